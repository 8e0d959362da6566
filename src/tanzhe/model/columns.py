"""What a field of a park's entries is: its titles, unit, bounds and place in the workbook.

Fields of the records in `model.park` are annotated with a `Column`, ledgers with a `Sheet`. The
reader of JSON, the template, the reader of the workbook and their words follow from these alone.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, replace
from functools import cache
from typing import Literal, Self, get_args

from pydantic.fields import FieldInfo

from tanzhe.errors import Words
from tanzhe.model.base import Record

Kind = Literal["text", "number", "whole", "month", "choice", "name", "place", "indicator"]
Choices = Mapping[object, str]
ROW_UNIT = "计量单位"  # of the row, as its column of that title says
NEXT_UNIT = "按右边的单位"


@dataclass(frozen=True)
class Column:
    """A field: one column of a sheet, or one line of the sheet on the park.

    Attributes:
        title: in Chinese, the header.
        en: in English.
        hint: how to fill it; comment of the header and line of the guide.
        en_hint: the same in English; said where a cell that is needed is empty.
        kind: what its cells hold; `name` offers words and takes others too. Choices, open lists
            and numbers follow from what else is said and from the field's type.
        unit: printed under the header.
        needed: whether a filled row of the workbook must have it; as the record where None.
        figure: whether it may be unknown: totals are then bounds, and the rest is accounted.
        called: what it is called where it is unknown; the title where nothing is said.
        signed: whether a number may be negative.
        bounds: lowest and highest of whole numbers.
        choices: codes of the interface and their Chinese words, for `choice`.
        options: name of an open list, for `name`.
        units: of which the workbook offers a choice in a column of its own behind this one; the
            first is that of the record.
        unit_hint: how to fill that column.
        en_unit_hint: the same in English.
        later: whether a workbook may lack it, as those made before it came to be; such columns
            stand last.
        ask: what to do where it is missing in JSON.
        width: characters.
        field: of the record, or a name of the form where the record has none.
    """

    title: str
    en: str
    hint: str
    _: KW_ONLY
    en_hint: str = ""
    kind: Kind = "text"
    unit: str = ""
    needed: bool | None = None
    figure: bool = False
    called: str = ""
    signed: bool = False
    bounds: tuple[int, int] = (0, 0)
    choices: Choices | None = None
    options: str = ""
    units: tuple[str, ...] = ()
    unit_hint: str = ""
    en_unit_hint: str = ""
    later: bool = False
    ask: Words | None = None
    width: int = 14
    field: str = ""

    def __post_init__(self) -> None:
        if self.choices or self.options:
            object.__setattr__(self, "kind", "choice" if self.choices else "name")

    def of(self, name: str, info: FieldInfo) -> Self:
        """The column of a record's field: what is not said follows from its type."""
        types = (info.annotation, *get_args(info.annotation))
        number: Kind = "number" if float in types else "whole" if int in types else "text"
        return replace(
            self,
            field=name,
            kind=number if self.kind == "text" else self.kind,
            needed=info.is_required() if self.needed is None else self.needed,
        )


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A ledger: one sheet of the workbook, whose rows are a field of the record.

    Attributes:
        title: of the sheet.
        en: in English.
        about: what belongs on it, one sentence.
        prefix: of the ids filled in beforehand; "" for rows without ids.
        account: whether the park says why it is empty: nothing to account, or no data.
        optional: whether a workbook may lack it, as those made before it came to be.
        more: columns of the form in front of the record's own.
    """

    title: str
    en: str
    about: str
    prefix: str = ""
    account: bool = False
    optional: bool = False
    more: tuple[Column, ...] = ()


@cache
def columns(record: type[Record]) -> tuple[Column, ...]:
    """The fields of a record that are columns, in the order of the sheet.

    Example:
        >>> from tanzhe.model.park import Offset
        >>> [(one.field, one.title, one.unit) for one in columns(Offset)]
        [('kind', '类别', ''), ('tco2', '数量', 'tCO2')]
    """
    found = [
        one.of(name, info)
        for name, info in record.model_fields.items()
        for one in info.metadata
        if isinstance(one, Column)
    ]
    return tuple(sorted(found, key=lambda one: one.later))


def column(record: type[Record], field: str) -> Column:
    """The column of one field."""
    return next(one for one in columns(record) if one.field == field)


@cache
def sheets(record: type[Record]) -> Mapping[str, Sheet]:
    """The ledgers of a record by field."""
    return {
        name: one
        for name, info in record.model_fields.items()
        for one in info.metadata
        if isinstance(one, Sheet)
    }


def record_of(record: type[Record], field: str) -> type[Record]:
    """The class of a ledger's rows; `Record` itself where they are none."""
    inner = get_args(record.model_fields[field].annotation)
    rows = (one for one in inner if isinstance(one, type) and issubclass(one, Record))
    return next(rows, Record)
