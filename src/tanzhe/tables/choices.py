"""What a person decides about a table where it does not speak for itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tanzhe.errors import InputError
from tanzhe.faults import fault_of

DateOrder = Literal["dmy", "mdy"]
Decimal = Literal[".", ","]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Decisions about one table; whatever is left out is decided from the table itself.

    Attributes:
        sheet: name of the sheet to read.
        header: number of the line in which the names of the columns stand.
        date: name of the column with the dates.
        column: name of the column with the values.
        where: pairs of column and value; only rows that hold the value are read.
        sum_by: columns whose rows are added up.
        unit: unit of the values.
        dates: whether 01/02/2018 is 1 February (`dmy`) or 2 January (`mdy`).
        decimal: whether the comma or the point parts the decimals.
        figures: `level`: each figure is the total of its own period, whatever it looks like.
    """

    sheet: str | None = None
    header: int | None = None
    date: str | None = None
    column: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    sum_by: tuple[str, ...] = ()
    unit: str | None = None
    dates: DateOrder | None = None
    decimal: Decimal | None = None
    figures: Literal["level"] | None = None


DEFAULT = Choices()


def pairs(told: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Column and value of `--where 列=值`.

    Raises:
        InputError: no equals sign.

    Example:
        >>> pairs(["能源品种=原煤"])
        (('能源品种', '原煤'),)
    """
    found = []
    for text in told:
        column, sign, value = text.partition("=")
        if not sign or not column.strip():
            raise InputError(fault_of("tables.choices.pairs", text=text, where="--where"))
        found.append((column.strip(), value.strip()))
    return tuple(found)
