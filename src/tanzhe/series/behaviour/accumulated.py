"""Figures that add up within a year, and the differences of all that add up.

Cumulative within the year: they rise from period to period, fall where a year begins, and begin
each year with about as much as they gain in a period. Levels that rise within each year (a season)
begin with far more than they gain; growing levels do not fall where a year begins. The same within
half-years, quarters, and months of days.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tanzhe.model import Note, Series
from tanzhe.periods import Month, merged_periods
from tanzhe.series.behaviour.figures import Bools, Figures, Integers, place, places

# Revisions make a few cumulative figures fall within a year: so many of the steps at most, more
# where the column is called cumulative. A level without trend falls in half of them.
REVISED, REVISED_AND_SAID = 0.10, 0.25
# The first figure of a year is at most so many times the year's typical gain: levels that rise
# within each year begin it with eight times what they gain and more. No lower end: January of works
# that stop in winter is next to nothing.
ALIKE = 5.0
# Parts of a year hold few periods, and within quarters levels may have a season of their own: the
# first figure is about one gain where they add up.
ALIKE_IN_PART = 2.5
FEWEST_STEPS = 8


@dataclass(frozen=True)
class Year:
    """The span within which figures are cumulative.

    Attributes:
        month: with which it begins.
        length: in months: a year, half-year, quarter or month.
    """

    month: int
    length: int = 12

    def of(self, spots: Integers, *, daily: bool, periods: Sequence[str]) -> Integers:
        """Number of the cumulative year of each period."""
        months = places([p[:7] for p in periods]) if daily else spots
        return np.asarray((months - (self.month - 1)) // self.length)

    def start(self, number: int, *, daily: bool) -> int:
        """Place of the first period of a year."""
        first = number * self.length + self.month - 1
        return place(f"{first // 12:04d}-{first % 12 + 1:02d}-01") if daily else first


def cumulative_year(figures: Figures, *, said: bool) -> Year | None:
    """The year within which figures are cumulative, or None where they are not.

    Args:
        figures: days or months.
        said: whether the column is called cumulative.
    """
    if figures.series.frequency not in ("day", "month"):
        return None
    # The calendar year first: with few years another month may fit as well.
    candidates = [Year(month) for month in range(1, 13)] + [Year(1, 6), Year(1, 3)]
    if figures.series.frequency == "day":
        candidates.append(Year(1, 1))
    # Sums that begin anew each half-year or month rise in most steps of a year too: the span within
    # which fewest fall.
    falls = {year: _falls_within(figures, year, said=said) for year in candidates}
    fitting = {year: count for year, count in falls.items() if count is not None}
    return min(fitting, key=lambda year: fitting[year], default=None)


def _falls_within(figures: Figures, year: Year, *, said: bool) -> int | None:
    """How many steps within the spans fall where figures add up in them; None where they do not."""
    seen = np.flatnonzero(np.isfinite(figures.values))
    daily = figures.series.frequency == "day"
    periods = [figures.series.periods[i] for i in seen]
    x, spots = figures.values[seen], places(periods)
    if len(x) < FEWEST_STEPS:
        return None
    numbers = year.of(spots, daily=daily, periods=periods)
    steps, new = np.diff(x), np.diff(numbers) > 0
    inside = ~new
    if not new.any() or inside.sum() < FEWEST_STEPS:
        return None
    # A first year that is counted from its last months need not stand above the next.
    begins = np.flatnonzero(new)
    if (steps[begins[1:] if len(begins) > 1 else begins] >= 0).any():
        return None
    falls = (steps < 0) & inside
    revised = REVISED_AND_SAID if said else REVISED
    rises = (steps > 0) & inside
    if falls.sum() > revised * inside.sum() or rises.sum() < inside.sum() / 2:
        return None
    gains = steps / np.diff(spots)
    ratios = []
    for at in np.flatnonzero(new) + 1:
        same = inside & (numbers[1:] == numbers[at])
        gone = spots[at] - year.start(int(numbers[at]), daily=daily) + 1
        typical = float(np.median(gains[same])) if same.any() else 0.0
        if typical > 0:
            ratios.append(x[at] / gone / typical)
    most = ALIKE if year.length == 12 else ALIKE_IN_PART
    return int(falls.sum()) if ratios and float(np.median(ratios)) <= most else None


def differenced(figures: Figures, year: Year | None) -> Series:
    """What was gained in each period, January and February as one.

    Args:
        figures: cumulative or running.
        year: within which they are cumulative; None: they run on.

    Returns:
        Differences to the period before; None where that is not known, and where the difference
        is not above zero, together with its neighbour that rests on the same mistaken figure.
        Periods before the first difference are left out.
    """
    series = figures.series
    daily = series.frequency == "day"
    spots = places(series.periods)
    known = {int(s): float(v) for s, v in zip(spots, figures.values, strict=True) if np.isfinite(v)}
    numbers = year.of(spots, daily=daily, periods=series.periods) if year else np.zeros(len(spots))
    starts = {year.start(int(n), daily=daily) for n in np.unique(numbers)} if year else set()
    if daily:
        periods, ends = list(series.periods), [(int(s), int(s)) for s in spots]
    else:
        months = merged_periods(Month.parse(series.periods[0]), Month.parse(series.periods[-1]))
        periods = [str(m) for m in months]
        last = [place(p) for p in periods]
        ends = [(s - 1 if p.endswith("-02") else s, s) for p, s in zip(periods, last, strict=True)]
    gained = np.array([_gain(known, starts, first, end) for first, end in ends])
    mistaken = gained <= 0
    gained[_resting_on_mistakes(mistaken, ends, known, starts)] = np.nan
    some = np.flatnonzero(np.isfinite(gained) | mistaken)
    begin = int(some[0]) if len(some) else 0
    return series.model_copy(
        update={
            "periods": tuple(periods[begin:]),
            "values": tuple(
                None if v != v else float(f"{v:.12g}") for v in gained[begin:].tolist()
            ),
            "merged": series.merged or not daily,
            "notes": (*series.notes, _note(year, int(mistaken.sum()))),
        }
    )


def _resting_on_mistakes(
    mistaken: Bools, ends: list[tuple[int, int]], known: dict[int, float], starts: set[int]
) -> list[int]:
    """Positions of differences below zero, and of the next where the figure itself was wrong.

    If the next figure is back above the one before, the one between was mistaken, and both
    differences that rest on it go.
    """
    out = []
    for at in np.flatnonzero(mistaken).tolist():
        out.append(at)
        first, end = ends[at]
        after, before = known.get(end + 1), known.get(first - 1)
        inside = first not in starts and end + 1 not in starts and at + 1 < len(ends)
        if inside and after is not None and before is not None and after >= before:
            out.append(at + 1)
    return out


def _gain(known: dict[int, float], starts: set[int], first: int, last: int) -> float:
    """The figure of the last period less that before the first, nothing where a year begins."""
    if last not in known:
        return float("nan")
    # February of a year that is counted from February holds January too.
    if starts & set(range(first, last + 1)):
        return known[last] if first in starts or last in starts else float("nan")
    return known[last] - known[first - 1] if first - 1 in known else float("nan")


def _note(year: Year | None, mistaken: int) -> Note:
    zh, en = _WHAT[year is None]
    if year is not None and year.length != 12:
        part = {6: ("半年", "half-year"), 3: ("季度", "quarter"), 1: ("月", "month")}[year.length]
        zh = zh.replace("每年", f"每{part[0]}").replace("年初", f"{part[0]}初")
        en = en.replace("each year", f"each {part[1]}")
    elif year is not None and year.month != 1:
        zh += f"（年度自 {year.month} 月起）"
        en += f" (years begin in month {year.month})"
    if mistaken:
        zh += f"；{mistaken} 期的差额不大于零（累计数经修订或有误），留空"
        en += f"; {mistaken} differences are not above zero (revised or mistaken) and left empty"
    zh += "；若确为各期总量，请加 --figures level"
    en += "; if each is the total of its period, add --figures level"
    code = "running_differenced" if year is None else "cumulative_differenced"
    return Note(code=code, zh=zh + "。", en=en + ".")


_WHAT = {
    False: (
        "表中数值在每年内逐期累加、年初回落，是累计数；已取与上期之差作为当期值，"
        "一月与二月合为一期",
        "The figures rise within each year and fall where it begins: they are cumulative. Their "
        "differences are used; January and February are one period",
    ),
    True: (
        "表中数值逐期上升、从不回落，是表计读数或历年累计数；已取与上期读数之差，记在读数当期，"
        "首期没有差额，略去",
        "The figures run on and never fall: readings of a meter, or a total over the years. The "
        "difference to the reading before is used for the period of the reading; the first has "
        "none and is left out",
    ),
}
