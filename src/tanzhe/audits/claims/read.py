"""What an item claims: its date, and the window of its turning point."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from tanzhe.audits.lines.marks import as_days, bare
from tanzhe.audits.records import Days, Field, Item, Point
from tanzhe.audits.spans import dates_in
from tanzhe.audits.words import said
from tanzhe.periods import Month
from tanzhe.text import DateSpan

WINDOW = (-2, 3)  # months before and after the turning point
_AHEAD = re.compile(
    r"(?:到|至|力争|目标|计划|预计|规划|拟|将于?|有望|截至|截止|较|比|相比|不迟于|由|从)\s*$"
)
_WINDOW = re.compile(r"窗口期?(?:是|为)?[：:]?|\bwindow:?\s", re.I)
_WHOLE = re.compile(r"20\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}")
_PLAN = re.compile(r"[十]?[一二三四五]五|五年规划|规划期")
ADDRESS = re.compile(r"(?<=\])\([^)]*\)?|https?://\S+")
LONGEST_STRETCH = 184  # days: half a year
FINE = ("day", "ten_days", "month", "quarter", "half_year")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The date an item claims.

    Attributes:
        days: the date, or None when there is none.
        field: the field it stands in, or None.
        line: where it stands.
        text: the words it was read from.
    """

    days: Days | None
    field: Field | None
    line: int
    text: str

    @property
    def fine(self) -> bool:
        """Whether it says more than a year."""
        return self.days is not None and self.days.precision in FINE


def moved(day: date, months: int, *, end: bool = False) -> date:
    """A day some months later; `end`: the last day of that month."""
    to = Month(day.year, day.month).next(months)
    last = monthrange(to.year, to.month)[1]
    return date(to.year, to.month, last if end else min(day.day, last))


def window_of(days: Days) -> tuple[date, date]:
    """First and last day that count for a turning point, whole months.

    Example:
        >>> march = Days(first=date(2019, 3, 1), last=date(2019, 3, 31), precision="month", text="")
        >>> [str(day) for day in window_of(march)]
        ['2019-01-01', '2019-06-30']
    """
    first = moved(days.first.replace(day=1), WINDOW[0])
    return first, moved(days.last, WINDOW[1], end=True)


def window_at(point: Point) -> tuple[date, date] | None:
    """The window of a turning point: the one its heading states, else months around its date.

    Example:
        >>> head = "2020年2月（窗口2019年12月—2020年6月）"
        >>> days = Days(first=date(2020, 2, 1), last=date(2020, 2, 29), precision="month", text="")
        >>> point = Point(id="2020-02", heading=head, line=1, days=days)
        >>> [str(day) for day in window_at(point)]
        ['2019-12-01', '2020-06-30']
    """
    if point.days is None:
        return None
    stated = _WINDOW.search(point.heading)
    for span in dates_in(point.heading[stated.end() :])[:1] if stated else ():
        if span.first_day < span.last_day and span.first_day <= point.days.last:
            return span.first_day, span.last_day
    return window_of(point.days)


def _reference(point: Point) -> date | None:
    return point.days.first.replace(day=15) if point.days else None


def _happened(text: str, point: Point) -> list[DateSpan]:
    """Dates of what happened, without targets, bases and plan periods."""
    return [
        span
        for span in dates_in(text, _reference(point))
        if not _AHEAD.search(text[max(0, span.start - 6) : span.start])
        and span.qualifier not in ("before", "as_of")
        and not _PLAN.search(span.text)
    ]


def claim_of(item: Item, point: Point) -> Claim:
    """The date an item claims: of its date field, else of its stage, text or title."""
    for one in item.of("date"):
        value = bare(one.value)
        first = value.split("\n", 1)[0]
        # 2021年2月30日 is no date, and none of the lines below it is meant.
        value = first if _WHOLE.search(first) and not dates_in(first) else value
        spans = [s for s in dates_in(value, _reference(point)) if not _PLAN.search(s.text)]
        days = as_days(spans[0]) if spans else _bare_year(value)
        return Claim(days=days, field=one, line=one.line, text=value)
    for one in item.of("stage", "text"):
        spans = _happened(bare(ADDRESS.sub(" ", one.value)), point)
        if spans and one.role == "text":
            spans = [s for s in spans if _is_fine(s) or not _ahead(s, point)]
            spans = [_best(spans, point)] if spans else []
        if spans:
            return Claim(days=as_days(spans[0]), field=one, line=one.line, text=spans[0].text)
    for span in _happened(item.title, point):
        if span.precision in FINE:
            return Claim(days=as_days(span), field=None, line=item.line, text=span.text)
    return Claim(days=None, field=None, line=item.line, text="")


def _is_fine(span: DateSpan) -> bool:
    """Whether a date says more than a year: also a stretch of days, 4月1日至11日."""
    stretch = (span.last_day - span.first_day).days <= LONGEST_STRETCH
    return span.precision in FINE or (span.precision == "period" and stretch)


def _ahead(span: DateSpan, point: Point) -> bool:
    """A year that begins after the turning point is what is aimed at."""
    return point.days is not None and span.first_day > point.days.last


def _best(spans: list[DateSpan], point: Point) -> DateSpan:
    """Of the dates of a sentence the first that lies in the window, else the first fine one.

    A sentence compares: from 216,000 in March 2021 to 127,000 in March 2022.
    """
    fine = [s for s in spans if s.precision in FINE]
    window = window_at(point)
    if window is not None:
        first, last = window
        near = [s for s in fine if s.last_day >= first and s.first_day <= last]
        fine = near or fine
    return (fine or spans)[0]


def _bare_year(value: str) -> Days | None:
    """2021 alone in a date field."""
    match = re.fullmatch(r"(20\d{2})\s*年?度?", value)
    if not match:
        return None
    year = int(match[1])
    return Days(first=date(year, 1, 1), last=date(year, 12, 31), precision="year", text=value)


def is_empty_value(text: str) -> bool:
    """Whether a field says nothing.

    Example:
        >>> is_empty_value("—"), is_empty_value("2021年9月")
        (True, False)
    """
    return not re.sub(r"[\s\-—_/.。…*无]|N/?A|null|none", "", text, flags=re.I) or bool(
        len(text) <= 8
        and said("vague_date", text)
        and re.fullmatch(r"不详|未知|待定|暂无|不明", text)
    )
