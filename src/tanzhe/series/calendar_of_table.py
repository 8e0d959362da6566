"""Moments of a user's table become periods of a series, without holes that nobody sees."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.model import Note
from tanzhe.model.series import Frequency
from tanzhe.notes import note_of
from tanzhe.periods import Month
from tanzhe.series import hours
from tanzhe.tables.moments import Moment, Span

# A search of months needs two years of eleven periods, one of years eight (`turning.episodes`).
FEWEST_MONTHS = 22
FEWEST_YEARS = 8
MOST_HOLES = 0.10

HOLES = note_of("calendar_holes")
QUARTERS = note_of("quarters_to_years")


class Entry(NamedTuple):
    """One usable row: when, how much, and in which line."""

    moment: Moment
    value: float | None
    line: int


class Standing(NamedTuple):
    """Values on their calendar."""

    frequency: Frequency
    merged: bool
    periods: tuple[str, ...]
    values: tuple[float | None, ...]
    notes: tuple[Note, ...]
    told: tuple[Words, ...] = ()
    lines: Mapping[str, int] = MappingProxyType({})


Values = dict[str, float | None]


def on_calendar(
    entries: Sequence[Entry], span: Span, file: str, *, merged: bool, power: bool = False
) -> Standing:
    """The periods and values of a series.

    Args:
        entries: in ascending order, each moment once.
        span: how long each lasts.
        file: for messages.
        merged: whether the table says that January and February are one.
        power: whether hours are power, which times time is what they add up to.

    Raises:
        InputError: no values, quarters or weeks, too many holes, too short.
    """
    if span == "hour":
        refuse(_few_days(entries, file))
    refuse(_value_faults(entries, file))
    notes: list[Note] = []
    told: list[Words] = []
    values: Values = {e.moment.text: e.value for e in entries}
    if span == "hour":
        values, notes = _hours(entries, power=power)
        told.extend(hours.told(notes))
        span = "day"
        told.extend(Words(note.zh, note.en) for note in notes)
    if span == "day":
        span, values = _coarser(values)
    if span == "month" and _is_quarterly(list(values)):
        span = "quarter"
        values = {f"{p[:4]}-Q{(int(p[5:7]) + 2) // 3}": v for p, v in values.items()}
    if span in ("quarter", "half", "week"):
        values = _years(values, span, file)
        notes.append(QUARTERS)
        span = "year"
    stands = _standing(values, span, file, notes, told, merged=merged)
    width = len(stands.periods[0])
    return stands._replace(lines={e.moment.text[:width]: e.line for e in reversed(entries)})


def _hours(entries: Sequence[Entry], *, power: bool) -> tuple[Values, list[Note]]:
    """Days of hours or shorter intervals."""
    known = [(e.moment, e.value) for e in entries if e.value is not None]
    readings = np.array([value for _, value in known], dtype=np.float64)
    if hours.runs_on(readings):
        return hours.readings_to_days([moment for moment, _ in known], readings)
    moments, values = [e.moment for e in entries], [e.value for e in entries]
    return hours.intervals_to_days(moments, values, power=power)


def _value_faults(entries: Sequence[Entry], file: str) -> list[Fault]:
    faults = []
    months = {e.moment.month for e in entries if e.value is not None}
    if not months:
        what = Words("数值列全是空的", "The value column is empty")
        faults.append(Fault(what, Words("请填入数值", "Fill in the values"), where=file))
    if months == {1}:
        faults.append(_january_only(file))
    return faults


def _few_days(entries: Sequence[Entry], file: str) -> list[Fault]:
    """Hours over less than two years: added up to months they are too few to search."""
    months = {(e.moment.year, e.moment.month) for e in entries}
    if len(months) >= FEWEST_MONTHS:
        return []
    days = sorted({e.moment._replace(minute=None).text for e in entries})
    what = Words(
        f"小时数据共 {len(days)} 天（{days[0]} 至 {days[-1]}），合计为月后只有 {len(months)} 期",
        f"Hours of {len(days)} days ({days[0]} to {days[-1]}): added up, {len(months)} months",
    )
    do = Words(
        f"请给出至少 {FEWEST_MONTHS} 期（两年）的小时、日或月数据",
        f"Give at least {FEWEST_MONTHS} periods (two years) of hours, days or months",
    )
    return [Fault(what, do, where=file)]


def _january_only(file: str) -> Fault:
    what = Words(
        "只有一月的数值；一月与二月合为一期，单有一月不成一期",
        "Only Januaries: January and February are one period, and January alone is none",
    )
    do = Words(
        f"请补上其余各月，至少要 {FEWEST_MONTHS} 期（一、二月算一期）",
        f"Add the other months; at least {FEWEST_MONTHS} periods (January-February is one)",
    )
    return Fault(what, do, where=file)


def _coarser(values: Values) -> tuple[Span, Values]:
    """Days of which each month, quarter, week or year has one stand for it."""
    periods = list(values)
    if len(periods) < 2:
        return "day", values
    days = [date.fromisoformat(p) for p in periods]
    steps = [(b - a).days for a, b in pairwise(days)]
    if steps.count(7) > 0.9 * len(steps):
        return "week", {
            f"{d.isocalendar()[0]}-W{d.isocalendar()[1]:02d}": values[str(d)] for d in days
        }
    if len({p[:7] for p in periods}) < len(periods):
        return "day", values
    if len(periods) > 2 and min(steps) > 300 and len({p[:4] for p in periods}) == len(periods):
        same = len({p[5:] for p in periods}) <= 2
        if same and periods[0][5:7] != "02":
            return "year", {p[:4]: v for p, v in values.items()}
    return "month", {p[:7]: v for p, v in values.items()}


def _is_quarterly(periods: Sequence[str]) -> bool:
    """Months that come once a quarter, always the same of it."""
    if len(periods) < 4:
        return False
    months = [Month.parse(p) for p in periods]
    gaps = [(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(months)]
    return gaps.count(3) >= 0.9 * len(gaps)


def _years(values: Values, span: Span, file: str) -> Values:
    """Quarters or halves added up to years where those are enough to search.

    Raises:
        InputError: they are not, or the periods are weeks, which straddle months and years.
    """
    zh = {"quarter": "季度", "half": "半年", "week": "周"}[span]
    each = {"quarter": 4, "half": 2}.get(span, 0)
    found: Values = {}
    for year in dict.fromkeys(period[:4] for period in values):
        parts = [value for period, value in values.items() if period[:4] == year]
        known = [value for value in parts if value is not None]
        found[year] = sum(known) if each and len(known) == each else None
    whole = [year for year, value in found.items() if value is not None]
    if len(whole) < FEWEST_YEARS:
        raise InputError.of(
            Words(
                f"这是{zh}数据（{len(values)} 期），不能检索转折点",
                f"These are {span}s ({len(values)} of them): turning points are not searched",
            ),
            Words(
                f"请给出月度数据（至少 {FEWEST_MONTHS} 期），或至少 {FEWEST_YEARS} 年的数据",
                f"Give months (at least {FEWEST_MONTHS}), or at least {FEWEST_YEARS} years",
            ),
            where=file,
        )
    first, last = whole[0], whole[-1]
    return {year: value for year, value in found.items() if first <= year <= last}


def _standing(
    values: Values, span: Span, file: str, notes: list[Note], told: list[Words], *, merged: bool
) -> Standing:
    frequency: Frequency = "year" if span == "year" else "month" if span == "month" else "day"
    if frequency == "month":
        apart = any(period.endswith("-01") for period in values)
        merged = not apart and (merged or len(values) > 11)
    # Rows prepared for months to come, and columns for years not yet known, hold nothing.
    known = [period for period, value in values.items() if value is not None]
    first, last = known[0], known[-1]
    if first.endswith("-02") and f"{first[:4]}-01" in values:
        first = f"{first[:4]}-01"  # an empty January says something about its February
    periods = _calendar(first, last, frequency, merged=merged)
    holes = [period for period in periods if period not in values]
    refuse(_gap_faults(file, periods, holes, frequency, merged=merged))
    notes.extend([HOLES] if holes else [])
    return Standing(
        frequency,
        merged,
        tuple(periods),
        tuple(values.get(period) for period in periods),
        tuple(notes),
        tuple(told),
    )


def _calendar(first: str, last: str, frequency: Frequency, *, merged: bool) -> list[str]:
    if frequency == "year":
        return [str(year) for year in range(int(first), int(last) + 1)]
    if frequency == "day":
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        return [str(start + timedelta(days=i)) for i in range((end - start).days + 1)]
    month, end_month, found = Month.parse(first), Month.parse(last), []
    while month <= end_month:
        found.append(str(month))
        month = month.next()
    return [p for p in found if not (merged and p.endswith("-01"))]


def _gap_faults(
    file: str, periods: list[str], holes: list[str], frequency: Frequency, *, merged: bool
) -> list[Fault]:
    """Too many holes in the calendar, or too few periods to search."""
    faults = []
    if len(holes) > MOST_HOLES * len(periods):
        shown = "、".join(holes[:5])
        what = Words(
            f"{len(periods)} 期中缺 {len(holes)} 期：{shown}……",
            f"{len(holes)} of {len(periods)} periods are missing: {shown}…",
        )
        faults.append(
            Fault(
                what,
                Words(
                    "请补上这些日期；没有数的把数值留空",
                    "Add these dates; leave the value empty where there is none",
                ),
                where=file,
            )
        )
    count = sum(not (p.endswith("-01") and not merged) for p in periods)
    if frequency == "month" and count < FEWEST_MONTHS:
        what = Words(
            f"只有 {count} 期（一、二月算一期）", f"Only {count} periods (January-February is one)"
        )
        do = Words(f"月度数据至少要 {FEWEST_MONTHS} 期", f"Give at least {FEWEST_MONTHS} periods")
        faults.append(Fault(what, do, where=file))
    return faults
