"""A sheet of the workbook: its title, what belongs on it, and its columns, as the records say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from tanzhe.model import Record
from tanzhe.model.columns import NEXT_UNIT, ROW_UNIT, Column, Sheet, columns


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One sheet.

    Attributes:
        sheet: its title.
        path: where its rows stand in the JSON of the interface.
        record: what a row becomes.
        prefix: of the ids filled in beforehand, or "".
        optional: whether a workbook may lack it, as those made before it came to be.
        about: what belongs on it, one sentence.
        columns: from left to right.
    """

    sheet: str
    path: str
    record: type[Record]
    prefix: str = ""
    optional: bool = False
    about: str
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, path: str, sheet: Sheet, record: type[Record]) -> Self:
        """The sheet of a ledger whose rows are records, one a row."""
        return cls(
            sheet=sheet.title,
            path=path,
            record=record,
            prefix=sheet.prefix,
            optional=sheet.optional,
            about=sheet.about,
            columns=(*sheet.more, *_with_units(record)),
        )

    def unit_field(self, column: Column) -> str:
        """The field of a row that holds a column's unit, or "" where the column has its own."""
        if ROW_UNIT in column.unit:
            return "unit"
        return f"{column.field}_unit" if column.unit == NEXT_UNIT else ""

    def column(self, field: str) -> Column:
        """The column of a field."""
        return next(one for one in self.columns if one.field == field)


def _with_units(record: type[Record]) -> Iterator[Column]:
    """The columns of a record, behind those with a choice of units that choice."""
    for one in columns(record):
        yield one
        if one.units:
            yield Column(
                "单位",
                "unit",
                one.unit_hint,
                en_hint=one.en_unit_hint,
                field=f"{one.field}_unit",
                choices={unit: unit for unit in one.units},
                needed=one.needed,
                width=10,
            )
