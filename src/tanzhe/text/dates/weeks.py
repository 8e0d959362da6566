"""Weeks of a month or a year, and a year's first or last days and months."""

from datetime import date, timedelta

from tanzhe.periods import Month
from tanzhe.text.dates.days import Days, Groups, months, number_of, one_day, period


def week_of_year(year: int, number: int, *, inferred: bool) -> Days:
    """A week of ISO 8601.

    Raises:
        ValueError: the year has no such week.
    """
    monday = date.fromisocalendar(year, number, 1)
    return period(monday, monday + timedelta(days=6), inferred=inferred)


def week_of_month(year: int, month: int, g: Groups, *, inferred: bool) -> Days | None:
    """十月的第一周: as in ISO 8601 the week is the month's that holds its Thursday."""
    if g.get("weekday"):
        weekday = 6 if g["weekday"] in "日天" else number_of(g["weekday"]) - 1
        return _nth(year, month, weekday, g["week_of"], inferred=inferred)
    thursday = _nth(year, month, 3, g["week_of"], inferred=inferred)
    monday = thursday.first - timedelta(days=3) if thursday else None
    return period(monday, monday + timedelta(days=6), inferred=inferred) if monday else None


def _nth(year: int, month: int, weekday: int, which: str, *, inferred: bool) -> Days | None:
    days = [
        day
        for number in range(1, Month(year, month).last_day.day + 1)
        if (day := date(year, month, number)).weekday() == weekday
    ]
    at = len(days) if which == "最后" else number_of(which)
    return one_day(days[at - 1], inferred=inferred) if 1 <= at <= len(days) else None


def few_of_year(year: int, g: Groups, *, inferred: bool) -> Days | None:
    """前十天, 最后4个月 of a year; weeks begin on Mondays and are those of ISO 8601."""
    count, first = number_of(g["few"]), g["side"] != "最后"
    if g["of"] == "个月":
        begin = Month(year, 1 if first else 13 - count)
        return months(begin, begin.next(count - 1), "period", inferred=inferred)
    if g["of"] == "天":
        start = date(year, 1, 1) if first else date(year + 1, 1, 1) - timedelta(days=count)
        return period(start, start + timedelta(days=count - 1), inferred=inferred)
    start = date.fromisocalendar(year if first else year + 1, 1, 1)
    start -= timedelta(weeks=0 if first else count)
    return period(start, start + timedelta(days=7 * count - 1), inferred=inferred)
