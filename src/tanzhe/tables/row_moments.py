"""When each row speaks of, by the columns that tell it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.tables.axis import axis
from tanzhe.tables.choices import Choices
from tanzhe.tables.grid import Cell, Row, cell_at, is_blank, text_of
from tanzhe.tables.moments import Moment, joined
from tanzhe.tables.readings import ROMAN_MONTHS, SHORT, readings

_PARTS = {"month": (1, 12), "day": (1, 31), "quarter": (1, 4)}


class DateColumns(NamedTuple):
    """The columns that tell when a row speaks of.

    Attributes:
        columns: their positions; several where year and month stand apart.
        kinds: for each, the part that a bare number in it means: year, month, day, quarter, "".
        begin: position of the first row of data.
        utc: whether the column says that its times are of Greenwich.
        outside: what the name of the sheet or a title adds, e.g. the year.
        sparse: columns whose value holds for the rows below until the next.
    """

    columns: tuple[int, ...]
    kinds: tuple[str, ...]
    begin: int
    outside: Moment = Moment()
    sparse: tuple[int, ...] = ()
    told: tuple[Words, ...] = ()
    doubt: tuple[Words, Words] | None = None
    year_to_date: bool = False
    merged: bool = False
    utc: bool = False

    @classmethod
    def none(cls, begin: int) -> "DateColumns":
        """No column: the header tells when."""
        return cls((), (), begin)


def part_of(cell: Cell, kind: str) -> Moment | None:
    """What a bare number means in a column of that kind; texts speak for themselves."""
    text = text_of(cell)
    if kind == "month" and text.casefold() in ROMAN_MONTHS:
        return Moment(month=ROMAN_MONTHS[text.casefold()])
    if text.isdecimal():
        number = int(text)
        if kind == "hour":
            return Moment(minute=60 * number) if number <= 24 else None
        low, high = _PARTS.get(kind, (1, 0))
        if low <= number <= high:
            return Moment(**{kind: number})
        if kind == "month" and number == 13:
            return Moment()
        return None
    found = readings(cell)
    return found[0][1] if len(found) == 1 and found[0][0] != SHORT else None


def moments_of(rows: Sequence[Row], dates: DateColumns, choices: Choices) -> list[Moment | None]:
    """The moment of each row by its date columns; None where it is not whole or not readable."""
    if not dates.columns:
        return [dates.outside] * len(rows)
    whole: list[Moment | None] = [dates.outside] * len(rows)
    for column, kind in zip(dates.columns, dates.kinds, strict=True):
        cells = [cell_at(row, column) for row in rows]
        if kind in _PARTS or kind == "hour":
            told = [part_of(cell, kind) for cell in cells]
        else:
            told = axis(cells, choices).moments
        if kind == "headed":
            told = _under_years(told)
        if column in dates.sparse:
            told = _held_down(told, cells)
        if column == dates.columns[0] and dates.outside == Moment():
            whole = list(told)
            continue
        whole = [
            None if one is None or other is None else joined(one, other)
            for one, other in zip(whole, told, strict=True)
        ]
    return [_in_beijing(moment) for moment in whole] if dates.utc else whole


def _under_years(told: Sequence[Moment | None]) -> list[Moment | None]:
    """Months below the heading of their year, in one column, as pivot tables stand."""
    year: Moment | None = None
    found: list[Moment | None] = []
    for moment in told:
        if moment is not None and moment.span == "year":
            year = moment
        elif moment is not None and moment.year is None:
            moment = joined(year, moment) if year is not None else None
        found.append(moment)
    return found


def _in_beijing(moment: Moment | None) -> Moment | None:
    if moment is None or moment.minute is None or moment.day is None:
        return moment
    at = datetime(moment.year or 1, moment.month or 1, moment.day)
    told = at + timedelta(minutes=moment.minute + 8 * 60)
    return Moment(
        year=told.year, month=told.month, day=told.day, minute=told.hour * 60 + told.minute
    )


def _held_down(told: Sequence[Moment | None], cells: Sequence[Cell]) -> list[Moment | None]:
    held: Moment | None = None
    found: list[Moment | None] = []
    for moment, cell in zip(told, cells, strict=True):
        held = moment if moment is not None or not is_blank(cell) else held
        found.append(held)
    return found
