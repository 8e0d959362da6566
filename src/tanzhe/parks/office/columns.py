"""What a sheet and a column of the workbook are."""

from dataclasses import dataclass
from typing import Literal

from tanzhe.model import Record
from tanzhe.parks.office.words import Choices

ROW_UNIT = "计量单位"  # of the row, as its column of that title says
NEXT_UNIT = "按右边的单位"
Kind = Literal["text", "number", "whole", "month", "choice", "name", "place", "indicator"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column, or one line of the sheet on the park.

    Attributes:
        field: field of the record, or a name of the form where the record has none.
        title: the header.
        kind: what its cells hold; `name` offers words and takes others too.
        unit: printed under the header.
        needed: whether a filled row must have it.
        figure: whether it may be unknown: totals are then bounds, and the rest is accounted.
        signed: whether a number may be negative.
        choices: codes of the interface and their Chinese words, for `choice`.
        options: name of an open list, for `name`.
        later: whether a workbook may lack it, as those made before it came to be.
        hint: how to fill it; comment of the header and line of the guide.
        width: characters.
    """

    field: str
    title: str
    kind: Kind = "number"
    unit: str = ""
    needed: bool = False
    figure: bool = False
    signed: bool = False
    choices: Choices | None = None
    options: str = ""
    later: bool = False
    hint: str
    width: int = 14


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

    def unit_field(self, column: Column) -> str:
        """The field of a row that holds a column's unit, or "" where the column has its own."""
        if ROW_UNIT in column.unit:
            return "unit"
        return f"{column.field}_unit" if column.unit == NEXT_UNIT else ""

    def column(self, field: str) -> Column:
        """The column of a field."""
        return next(one for one in self.columns if one.field == field)


def id_column(letter: str) -> Column:
    """The column of row ids, as the template fills them in."""
    hint = f"行的编号，结果里每一吨都标着它。可改成自己的编号，不得重复，如 {letter}1。"
    return Column(field="id", title="编号", kind="text", hint=hint, width=8)


EVIDENCE = Column(
    field="evidence",
    title="凭证",
    kind="text",
    hint="能证明本行数字的材料：结算单、发票、计量器具编号、统计报表表号等。",
    width=30,
)

FIRM = Column(
    field="firm",
    title="企业",
    kind="text",
    later=True,
    hint="这笔属于哪家企业，写全称，各表写法一致；填了就按企业分列结果。属于园区公共部分的留空。",
    width=20,
)
