"""Periods that run across: a row of the header whose cells are dates or parts of them."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.tables.axis import Axis, axis
from tanzhe.tables.choices import Choices
from tanzhe.tables.grid import Cell, Row, cell_at, is_blank, text_of
from tanzhe.tables.moments import Moment, joined
from tanzhe.tables.numbers import is_number, read_number

# Two dates side by side are a span that somebody mentions; three in order are an axis.
FEWEST = 3
_LOOKED_AT = 6
_ORDERED = 0.8
# A year or month and words that are no part of a date.
_WORDED = re.compile(r"(?P<period>(?:19|20)\d\d年(?:\d{1,2}月)?)(?P<words>[^\d\W][^\d]*)")


class PeriodRow(NamedTuple):
    """The rows of a header that tell the period of each column.

    Attributes:
        top: first row of the header.
        bottom: last row of it; the data begin below.
        periods: moment of each column, whole or without the year.
    """

    top: int
    bottom: int
    periods: dict[int, Moment]
    told: tuple[Words, ...]
    doubt: tuple[Words, Words] | None
    year_to_date: bool
    merged: bool


def find_period_row(rows: Sequence[Row], choices: Choices) -> PeriodRow | None:
    """The row whose cells are periods with numbers below them, or None."""
    for i, row in enumerate(rows):
        if sum(not is_blank(cell) for cell in row) < FEWEST:
            continue
        found = axis(_bare(row), choices)
        periods = _periods(row, found)
        if len(periods) < FEWEST:
            continue
        top, periods = _with_above(rows, i, periods, choices)
        if not _is_axis(periods) or not _numbers_below(rows, i, periods):
            continue
        return PeriodRow(top, i, periods, found.told, found.doubt, found.year_to_date, found.merged)
    return None


def _bare(row: Row) -> Row:
    """A row without the words that all its periods end in, as 2019年产量（万吨）."""
    said = {c: found for c, cell in enumerate(row) if (found := _WORDED.fullmatch(text_of(cell)))}
    if len(said) < FEWEST or len({found["words"] for found in said.values()}) > 1:
        return row
    return tuple(said[c]["period"] if c in said else cell for c, cell in enumerate(row))


def _periods(row: Row, found: Axis) -> dict[int, Moment]:
    periods = {c: m for c, m in enumerate(found.moments) if m is not None}
    if len(periods) >= FEWEST:
        return periods
    return _counted(row)


def _counted(row: Row) -> dict[int, Moment]:
    """A row 1 2 3 … 12 or … 31: months or days by how many they are."""
    numbers = {c: int(t) for c, cell in enumerate(row) if (t := text_of(cell)).isdecimal()}
    values = list(numbers.values())
    if values == list(range(1, 13)):
        return {c: Moment(month=n) for c, n in numbers.items()}
    if len(values) in (28, 29, 30, 31) and values == list(range(1, len(values) + 1)):
        return {c: Moment(day=n) for c, n in numbers.items()}
    return {}


def _with_above(
    rows: Sequence[Row], i: int, periods: dict[int, Moment], choices: Choices
) -> tuple[int, dict[int, Moment]]:
    """Months under years, or years under months: the row above holds to its right."""
    if i == 0 or (_is_axis(periods) and all(m.year is not None for m in periods.values())):
        return i, periods
    above = axis([cell_at(rows[i - 1], c) for c in range(len(rows[i]))], choices).moments
    if not any(above):
        return i, periods
    held: Moment | None = None
    both: dict[int, Moment] = {}
    for c, moment in enumerate(above):
        held = moment or held
        if c in periods:
            whole = joined(held, periods[c]) if held is not None else None
            if whole is None:
                return i, periods
            both[c] = whole
    return i - 1, both


def _is_axis(periods: dict[int, Moment]) -> bool:
    """Whether periods are distinct and mostly run one way."""
    keys = [_rank(moment) for moment in periods.values()]
    if len(set(keys)) < len(keys) or len(keys) < FEWEST:
        return False
    up = sum(a < b for a, b in pairwise(keys))
    steps = len(keys) - 1
    if up < _ORDERED * steps and steps - up < _ORDERED * steps:
        return False
    years = [m.year for m in periods.values() if m.span == "year"]
    plain = [y for y in years if y is not None]
    # Years as bare numbers may be figures: figures do not rise by one from cell to cell.
    if len(plain) == len(keys):
        gaps = {abs(b - a) for a, b in pairwise(plain)}
        return len(gaps) == 1 or max(gaps) <= 5
    return True


def _rank(moment: Moment) -> tuple[int, int, int, int]:
    month = moment.month or 3 * (moment.quarter or 0) or 6 * (moment.half or 0)
    month = month or (moment.week or 0) or (13 if moment.span == "year" else 0)
    return (moment.year or 0, month, moment.day or 0, moment.minute or 0)


def _numbers_below(rows: Sequence[Row], i: int, periods: dict[int, Moment]) -> bool:
    """Whether a row below holds numbers in the columns of the periods, and few other things."""
    for row in rows[i + 1 : i + 1 + _LOOKED_AT]:
        cells: list[Cell] = [cell_at(row, c) for c in periods]
        held = [cell for cell in cells if not is_blank(cell) and read_number(cell).why != "empty"]
        good = sum(map(is_number, held))
        if good and good >= 2 * (len(held) - good):
            # Years under years: the header goes on.
            return not all(len(text_of(cell)) == 4 and axis([cell]).read for cell in cells)
        below = axis([cell_at(row, c) for c in range(len(row))])
        if below.read >= FEWEST and below.read >= 0.5 * sum(not is_blank(c) for c in row):
            return False
    return False
