"""Which days an event may have begun on to count for a turning point."""

from calendar import monthrange
from datetime import date
from functools import cache

from tanzhe.evidence.links.edge import Edge
from tanzhe.model import Event, EventDate, Record
from tanzhe.model.evidence import DateKind
from tanzhe.periods import Month

DEFAULT_WINDOW = (-2, 3)  # months before and after the point's interval
VAGUE = ("half_year", "year")  # precisions that fit too many months to time a cause
# What stops to act when it ends.
_LIFTED = {
    "production_limit", "power_rationing", "gas_rationing", "energy_dual_control", "epidemic",
    "weather", "accident", "maintenance", "facility_closure", None,
}  # fmt: skip
LONG_DAYS = 366  # what is stated to last longer acts little by little

# Which date says when an event began to act: the first kind that is there.
_BEGINNING: tuple[DateKind, ...] = (
    "effective", "happened", "issued", "signed", "unknown", "announced", "posted",
    "reported_period",
)  # fmt: skip


class Window(Record):
    """Days around a turning point.

    Attributes:
        first: first day searched.
        last: last day searched.
        interval_first: first day of the point's interval.
        interval_last: last day of the point's interval; what begins later is only context.
        point: first day of the point's own period.
        point_last: last day of it.
    """

    first: date
    last: date
    interval_first: date
    interval_last: date
    point: date
    point_last: date


def period_bounds(period: str, *, merged: bool) -> tuple[date, date]:
    """First and last day of a period as series write it.

    Args:
        period: YYYY-MM-DD, YYYY-MM or YYYY.
        merged: YYYY-02 stands for January and February.

    Example:
        >>> [str(day) for day in period_bounds("2021-02", merged=True)]
        ['2021-01-01', '2021-02-28']
    """
    if len(period) == 10:
        day = date.fromisoformat(period)
        return day, day
    if len(period) == 4:
        return date(int(period), 1, 1), date(int(period), 12, 31)
    month = Month.parse(period)
    first = date(month.year, 1, 1) if merged and month.month == 2 else month.first_day
    return first, month.last_day


def _moved(day: date, months: int) -> date:
    to = Month(day.year, day.month).next(months)
    return date(to.year, to.month, min(day.day, monthrange(to.year, to.month)[1]))


def _edge_after(day: date, months: int) -> date:
    """A month's last day moves to a month's last day."""
    if day == Month(day.year, day.month).last_day:
        return Month(day.year, day.month).next(months).last_day
    return _moved(day, months)


def window_of(
    edge: Edge,
    *,
    merged: bool,
    months: tuple[int, int] = DEFAULT_WINDOW,
) -> Window:
    """The days searched for an edge: months before and after its interval.

    Args:
        edge: begin or end of a departure.
        merged: whether its series merges January and February.
        months: e.g. (-2, 3).
    """
    first, _ = period_bounds(edge.interval[0], merged=merged)
    _, last = period_bounds(edge.interval[1], merged=merged)
    own_first, own_last = period_bounds(edge.period, merged=merged)
    since = period_bounds(edge.since, merged=merged)[0] if edge.since else date.min
    return Window(
        first=max(_moved(first, months[0]), since),
        last=_edge_after(last, months[1]),
        interval_first=first,
        interval_last=last,
        point=own_first,
        point_last=own_last,
    )


def causal_days(first: str, last: str, *, merged: bool, before: int) -> tuple[date, date, date]:
    """First day searched, first and last day of an interval between two periods.

    Args:
        first: first period of the interval.
        last: last period of it.
        merged: YYYY-02 stands for January and February.
        before: months searched before the interval, negative.

    Example:
        >>> days = causal_days("2021-05", "2021-06", merged=True, before=-2)
        >>> [str(day) for day in days]
        ['2021-03-01', '2021-05-01', '2021-06-30']
    """
    begins = period_bounds(first, merged=merged)[0]
    return _moved(begins, before), begins, period_bounds(last, merged=merged)[1]


@cache
def _parsed(day: str) -> date:
    return date.fromisoformat(day)


def date_range(one: EventDate) -> tuple[date, date]:
    """Earliest and latest day that an event's date may mean as a beginning."""
    first = _parsed(one.date)
    if one.precision == "day":
        return first, first
    if one.precision == "month":
        return first, Month(first.year, first.month).last_day
    if one.precision == "quarter":
        return first, Month(first.year, first.month).next(2).last_day
    if one.precision == "half_year":
        return first, Month(first.year, first.month).next(5).last_day
    if one.precision == "year":
        return first, date(first.year, 12, 31)
    if one.precision == "ten_days":
        return first, _parsed(one.until) if one.until else first
    return first, first  # a period begins on its first day


def begun(event: Event) -> EventDate:
    """The date that says when an event began to act; of several of a kind the earliest."""
    for kind in _BEGINNING:
        dates = [one for one in event.dates if one.kind == kind]
        if dates:
            return min(dates, key=date_range)
    return min(event.dates, key=date_range)


def beginning(event: Event) -> tuple[date, date]:
    """Earliest and latest day on which an event may have begun to act."""
    return date_range(begun(event))


def ending(event: Event) -> EventDate | None:
    """The date on which an event stopped to act, as a date of kind `ended`; None when not told.

    Only of what acts while it lasts, for a year at most: a curb, a lockdown, a drought. A project
    has no end, a statistic's end is that of a period, and when inspectors leave nothing is lifted.
    """
    if event.kind not in ("policy", "event") or event.direction not in ("down", "up"):
        return None
    if event.instrument not in _LIFTED:
        return None
    ended = [one for one in event.dates if one.kind == "ended"]
    if ended:
        return max(ended, key=date_range)
    one = begun(event)
    if one.until is None or one.precision in VAGUE or lasts_long(one):
        return None
    day = _parsed(one.until)
    month = one.precision == "month"
    return EventDate(
        kind="ended",
        date=(day.replace(day=1) if month else day).isoformat(),
        precision="month" if month else "day",
        status=one.status,
    )


def lasts_long(one: EventDate) -> bool:
    """Whether a date's stated time is so long that what it dates acts little by little."""
    if one.until is None:
        return False
    return (_parsed(one.until) - _parsed(one.date)).days > LONG_DAYS


def last_day(event: Event) -> date | None:
    """The last day on which an event still acted, None when not told."""
    end = ending(event)
    return None if end is None else date_range(end)[1]


def is_in_force(event: Event, window: Window) -> bool:
    """Whether an event began before the days searched and still acted when the interval began."""
    until = last_day(event)
    began = beginning(event)[1]
    return until is not None and began < window.first and until >= window.interval_first


def is_context(event: Event, window: Window) -> bool:
    """Whether an event surely began after the interval's end, so that it is no cause."""
    return beginning(event)[0] > window.interval_last
