"""A moment, whole or in part: what the cells of a table say about when."""

from functools import lru_cache
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
        return _text(self)


@lru_cache(maxsize=100_000)
def _text(moment: Moment) -> str:
    span = moment.span
    year = f"{moment.year:04d}"
    if span == "half":
        return f"{year}-H{moment.half}"
    if span == "quarter":
        return f"{year}-Q{moment.quarter}"
    if span == "week":
        return f"{year}-W{moment.week:02d}"
    if span == "month":
        return f"{year}-{moment.month:02d}"
    if span in ("day", "hour"):
        day = f"{year}-{moment.month or 0:02d}-{moment.day or 0:02d}"
        minute = moment.minute or 0
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
