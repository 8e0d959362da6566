"""Tables of data; `tables.csv` says what each and its columns are called, in which type and unit.

A row there without a column is the table itself. `{unit}` and `{period}` are filled by the result.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.reports.pages.datatables import Cell, CellType, Column, DataTable


@cache
def _tables() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in bundled.rows("tanzhe.reports.products", "tables.csv"):
        found.setdefault(row["table"], []).append(row)
    return found


def columns_of(name: str, *, unit: str = "", period: CellType = "string") -> tuple[Column, ...]:
    """The columns of a table.

    Args:
        name: the product and the table, e.g. `park.firms`.
        unit: of the result's numbers.
        period: type of the result's periods.
    """
    return tuple(
        Column(
            name=row["column"],
            title=Words(row["zh"], row["en"]),
            type=row["type"].replace("{period}", period) or "string",
            unit=row["unit"].replace("{unit}", unit),
            choice=row["choice"],
        )
        for row in _tables()[name][1:]
    )


def data_table(
    name: str,
    rows: Iterable[Sequence[Cell]],
    *,
    unit: str = "",
    period: CellType = "string",
    more: Sequence[Column] = (),
) -> DataTable:
    """A table of data.

    Args:
        name: the product and the table, e.g. `park.firms`.
        rows: cells in the order of the columns.
        unit: of the result's numbers.
        period: type of the result's periods.
        more: columns behind those of `tables.csv`.
    """
    title = _tables()[name][0]
    return DataTable(
        name=name.partition(".")[2],
        title=Words(title["zh"], title["en"]),
        columns=(*columns_of(name, unit=unit, period=period), *more),
        rows=tuple(tuple(row) for row in rows),
    )


def record_table(name: str, records: Iterable[object], *, unit: str = "") -> DataTable:
    """A table of data, a row a record: its columns are the record's fields."""
    fields = [row["column"] for row in _tables()[name][1:]]
    rows = ([getattr(one, field) for field in fields] for one in records)
    return data_table(name, rows, unit=unit)
