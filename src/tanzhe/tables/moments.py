"""A moment, whole or in part: what the cells of a table say about when."""

from datetime import date
from typing import Literal, NamedTuple

Span = Literal["hour", "day", "week", "month", "quarter", "half", "year"]
SPANS: tuple[Span, ...] = ("hour", "day", "week", "month", "quarter", "half", "year")


class Moment(NamedTuple):
    """The parts of a moment that a cell says; the others are None.

    Attributes:
        first: first month where the cell says a span of months (1-2月), `month` the last.
        minute: minute of the day, 0 to 1440.
    """

    year: int | None = None
    half: int | None = None
    quarter: int | None = None
    month: int | None = None
    first: int | None = None
    week: int | None = None
    day: int | None = None
    minute: int | None = None

    @property
    def span(self) -> Span | None:
        """How long the moment lasts, by its finest part; None where the year is not said."""
        if self.year is None:
            return None
        if self.minute is not None:
            return "hour"
        for name in ("day", "week", "month", "quarter", "half"):
            if getattr(self, name) is not None:
                return name
        return "year"

    @property
    def text(self) -> str:
        """The period as text that sorts among its like: 2021, 2021-05, 2021-05-31 13:15."""
        span = self.span
        year = f"{self.year:04d}"
        if span == "half":
            return f"{year}-H{self.half}"
        if span == "quarter":
            return f"{year}-Q{self.quarter}"
        if span == "week":
            return f"{year}-W{self.week:02d}"
        if span == "month":
            return f"{year}-{self.month:02d}"
        if span in ("day", "hour"):
            day = f"{year}-{self.month or 0:02d}-{self.day or 0:02d}"
            minute = self.minute or 0
            return day if span == "day" else f"{day} {minute // 60:02d}:{minute % 60:02d}"
        return year


def joined(one: Moment, other: Moment) -> Moment | None:
    """Both taken together; None where they contradict each other.

    Example:
        >>> joined(Moment(year=2021), Moment(month=5)).text
        '2021-05'
    """
    parts: list[int | None] = []
    for a, b in zip(one, other, strict=True):
        if a is not None and b is not None and a != b:
            return None
        parts.append(a if b is None else b)
    return Moment(*parts)


def day_of(moment: Moment) -> date:
    """The first day of a moment."""
    if moment.week is not None:
        return date.fromisocalendar(moment.year or 1, moment.week, 1)
    quarter = 3 * (moment.quarter or 1) - 2
    half = 6 * (moment.half or 1) - 5
    return date(moment.year or 1, moment.month or max(quarter, half), moment.day or 1)
