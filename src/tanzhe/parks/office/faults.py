"""The faults of a workbook, each with sheet and cell, gathered until the whole has been read."""

import re
from dataclasses import dataclass, field

from tanzhe.errors import Fault, Words
from tanzhe.parks.office.cells import Wrong

_PLACE = re.compile(r"(?P<sheet>.+)!(?P<column>[A-Z]*)(?P<row>\d*)")


def cell_place(sheet: str, cell: str) -> str:
    """Where a fault stands, as Excel writes addresses.

    Example:
        >>> cell_place("电力台账", "D7")
        '电力台账!D7'
    """
    return f"{sheet}!{cell}"


@dataclass
class Faults:
    """What is wrong so far, one fault a cell.

    Attributes:
        order: titles of the sheets, as they stand in the workbook.
        found: the faults by place.
    """

    order: tuple[str, ...]
    found: dict[str, Fault] = field(default_factory=dict)

    def add(self, sheet: str, cell: str, wrong: Wrong) -> None:
        """Remember a fault; the first of a cell is the one that is told."""
        place = cell_place(sheet, cell)
        self.found.setdefault(place, Fault(wrong.what, wrong.do, where=place))

    def say(self, sheet: str, cell: str, zh: tuple[str, str], en: tuple[str, str]) -> None:
        """Remember a fault told as (what, do) in both languages."""
        self.add(sheet, cell, Wrong(Words(zh[0], en[0]), Words(zh[1], en[1])))

    def stands_at(self, sheet: str, cell: str) -> bool:
        """Whether a cell has a fault."""
        return cell_place(sheet, cell) in self.found

    def on(self, sheet: str) -> bool:
        """Whether anything is wrong on a sheet."""
        return any(place.startswith(f"{sheet}!") for place in self.found)

    def sorted(self) -> list[Fault]:
        """The faults in the order a person meets them: sheet, row, column."""
        return sorted(self.found.values(), key=lambda one: self.rank(one.where))

    def rank(self, where: str) -> tuple[int, int, int, str]:
        """Sheet, row and column of a place, for sorting."""
        match = _PLACE.fullmatch(where)
        if match is None or match["sheet"] not in self.order:
            return len(self.order), 0, 0, where
        column = match["column"]
        return self.order.index(match["sheet"]), int(match["row"] or 0), len(column), column
