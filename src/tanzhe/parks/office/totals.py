"""Rows that only sum up those above them: counted, they would count everything twice."""

import re
from collections.abc import Sequence
from functools import cache
from math import isclose

from tanzhe.errors import InputError
from tanzhe.model import Note
from tanzhe.model.columns import Column
from tanzhe.parks.office.cells import Wrong, as_text, is_blank, plain, read_number, value_of
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.faults import Faults, cell_place
from tanzhe.parks.office.table import Row
from tanzhe.parks.terms import TOTAL_ROW
from tanzhe.quantity import Unit

_WORD = re.compile(r"(?:[合总小共]计|总和|汇总|(?:grand|sub)?-?totals?|sum)[:：]?", re.I)
_LABEL = re.compile(r"[^\d，。,.]{0,8}[合总小共]计[:：]?")  # 全年合计, 用电量小计
# Rows without amounts that add up: values of rules and indicators.
_NO_AMOUNTS = ("indicators", "excuses", "overrides")
LEAST_SUMMED = 2  # rows: one row and its equal are no total
SAME = 1e-4  # of the amount: a total rounded to the four digits tables are printed with


def without_totals(rows: Sequence[Row], ledger: Ledger, faults: Faults) -> list[Row]:
    """The rows of a ledger without its totals, each of which is a fault that names the row.

    A total says so in words, or lacks what every row must have and holds the sum of those above.
    """
    kept: list[Row] = []
    above = _Above(ledger)
    for row in rows:
        at = _labelled(row, ledger)
        if at is None and _lacks_words(row, ledger) and (summed := above.summed(row)):
            at = row.at(summed[0].field)
        if at is None:
            kept.append(row)
            above.add(row)
            continue
        above.begin()
        faults.say(
            ledger.sheet,
            at,
            (f"第 {row.number} 行是合计行", "请删去：合计由程序计算，留着会重复计算"),
            (
                f"Row {row.number} is a total",
                "Delete it: totals are computed, and it would be counted twice",
            ),
        )
    return kept


def total_notes(rows: Sequence[Row], ledger: Ledger) -> list[Note]:
    """A remark on every complete row that holds the sum of those above: it may be a total."""
    found: list[Note] = []
    above = _Above(ledger)
    for row in rows:
        summed = above.summed(row)
        if not summed:
            above.add(row)
            continue
        above.begin()
        column = summed[0]
        place = cell_place(ledger.sheet, row.at(column.field))
        amount = as_text(row.cells[column.field].value)
        zh = (
            f"{place} 的“{column.title}”{amount} 等于上面各行之和。"
            "如果这是合计行，请删去后重算：现在它与上面各行重复计算了。"
        )
        en = (
            f"{place}: {amount} is the sum of the rows above. "
            "If the row is a total, delete it and run again: now it is counted twice."
        )
        found.append(Note(code=f"{TOTAL_ROW}.{place}", zh=zh, en=en))
    return found


class _Above:
    """Sums of the rows above, of all and of those since the last total, by column and unit."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.sums: list[_Sums] = [{}, {}]

    def begin(self) -> None:
        """A total stands here: those below it may have one of their own."""
        self.sums[1] = {}

    def add(self, row: Row) -> None:
        """One more row, no total."""
        for column in _amount_columns(self.ledger):
            unit, amount = _amount(row, self.ledger, column)
            if amount is not None:
                for sums in self.sums:
                    number, total = sums.get((column.field, unit), (0, 0.0))
                    sums[column.field, unit] = (number + 1, total + amount)

    def summed(self, row: Row) -> list[Column]:
        """The amounts of a row, when each of them is such a sum."""
        for sums in self.sums:
            found: list[Column] = []
            for column in _amount_columns(self.ledger):
                unit, own = _amount(row, self.ledger, column)
                if own is None:
                    continue
                number, total = _sum(sums, column.field, unit)
                if not own or not isclose(own, total, rel_tol=SAME):
                    found = []
                    break
                if number >= LEAST_SUMMED:
                    found.append(column)
            if found:
                return found
        return []


_Sums = dict[tuple[str, str], tuple[int, float]]  # how many rows, and their sum


def _sum(sums: _Sums, field: str, wanted: str) -> tuple[int, float]:
    """Rows with an amount in a column, and their sum in a unit; other kinds of units left out."""
    number, total = 0, 0.0
    for (column, unit), (rows, amount) in sums.items():
        size = _ratio(unit, wanted) if column == field else None
        if size is not None:
            number, total = number + rows, total + amount * size
    return number, total


def _labelled(row: Row, ledger: Ledger) -> str | None:
    """The cell whose words call the row a total."""
    for column in ledger.columns:
        cell = row.cells.get(column.field)
        if cell is None or not isinstance(cell.value, str) or column.kind == "number":
            continue
        text = re.sub(r"\s", "", plain(cell.value))
        leads = column.field == "id" or column.needed
        if _WORD.fullmatch(text) or (leads and _LABEL.fullmatch(text)):
            return cell.at
    return None


def _lacks_words(row: Row, ledger: Ledger) -> bool:
    """Whether a row leaves empty what tells a row of its kind from others."""
    units = {ledger.unit_field(column) for column in ledger.columns}
    return any(
        column.needed
        and column.kind != "number"
        and column.field not in units
        and (column.field not in row.cells or is_blank(row.cells[column.field].value))
        for column in ledger.columns
    )


def _amount_columns(ledger: Ledger) -> list[Column]:
    """The columns whose numbers add up: amounts, not factors."""
    if ledger.path in _NO_AMOUNTS:
        return []
    return [one for one in ledger.columns if one.kind == "number" and "/" not in one.unit]


def _amount(row: Row, ledger: Ledger, column: Column) -> tuple[str, float | None]:
    """Unit and amount of a cell; None where it is blank or no number."""
    unit = text_of(row, ledger.unit_field(column))
    cell = row.cells.get(column.field)
    if cell is None or cell.problem or is_blank(cell.value):
        return unit, None
    number = value_of(read_number(cell.value, unit or column.unit))
    return unit, None if isinstance(number, Wrong) else number


def text_of(row: Row, field: str) -> str:
    """The text of a cell, "" where it is blank or its column is missing."""
    cell = row.cells.get(field)
    return "" if cell is None or is_blank(cell.value) else as_text(cell.value)


@cache
def _ratio(unit: str, wanted: str) -> float | None:
    """How many of the wanted unit one of a unit is; None for units of different kinds.

    A row without a unit is taken to be in that of the others, as totals often are.
    """
    if unit == wanted or not unit or not wanted:
        return 1.0
    try:
        one, other = Unit.parse(unit), Unit.parse(wanted)
    except InputError:
        return None
    return one.size / other.size if one.dimension == other.dimension else None
