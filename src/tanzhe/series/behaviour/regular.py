"""Figures too regular to have been measured: one value all along, spread, drawn or copied.

What is measured differs from period to period in its last digits. Each rule asks for an exact
equality over several periods, to the last printed digit, that chance does not make: figures
printed so coarsely that neighbours are often equal are left alone.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from tanzhe.errors import Words
from tanzhe.periods import Month, period_days
from tanzhe.series.behaviour.figures import (
    Bools,
    Figures,
    Floats,
    Integers,
    places,
    quantum,
    runs,
    spread,
)

# Printed at least this finely against the spread from period to period: an exact equality of two
# neighbours then has a chance of about one in so many.
FINE = 10.0
# The same for cubics, whose bends are small; seven in a row are asked for instead.
FINE_CUBIC = 3.0
# From this share of the points on, lines may be short: two in three between quarterly figures.
MOSTLY = 0.5
# So many equal neighbours, points on one line or values of a copied block, none by chance.
FEWEST, ON_A_LINE, COPIED = 5, 5, 6
# Parts of a year: one figure for the whole of it, for half a year, for a quarter. So many of
# them must be flat: a single quarter of three equal values may be chance.
PARTS = ((12, 1), (6, 2), (3, 4))
# Where values move by less than so many units of the last digit, equal neighbours are rounding,
# unless this share of all parts is flat.
STEPS, MOST_FLAT = 5.0, 0.8
# How finely values are printed is judged by so many of them to both sides.
BESIDE = 12

DRAWN = Words(
    "数值恰在直线或曲线上：由少数几个数内插而来",
    "the values lie exactly on lines: interpolated between a few figures",
)


class Defect(NamedTuple):
    """Periods that are no figures of their own.

    Attributes:
        at: positions.
        what: what they are.
        whole: the table as a whole must be refused, however few they are.
    """

    at: list[int]
    what: Words
    whole: bool = False


def defects(figures: Figures) -> Iterator[Defect]:
    """Everything too regular, the most general first."""
    yield from _flat(figures)
    yield from _copied(figures)
    yield from _drawn(figures)


def is_line(figures: Figures) -> bool:
    """Whether all values lie on one exact line through time, level or not."""
    x = figures.values
    seen = np.flatnonzero(np.isfinite(x))
    if len(seen) < FEWEST:
        return False
    time = places([figures.series.periods[i] for i in seen]).astype(np.float64)
    for spots in (time, seen.astype(np.float64)):
        gains = np.diff(x[seen]) / np.diff(spots)
        if np.ptp(gains) <= 1e-9 * np.abs(x[seen]).max():
            return True
    return False


def _fine(x: Floats) -> bool:
    """Whether equal neighbours are no coarse printing."""
    return FINE * quantum(x) <= spread(np.diff(x[np.isfinite(x)]))


def _weights(figures: Figures) -> list[Floats]:
    """What an even spread is even in: periods, months, days."""
    series = figures.series
    ones = np.ones(len(series))
    if series.frequency != "month":
        return [ones]
    months = [Month.parse(p) for p in series.periods]
    days = np.array([period_days(m, merged=series.merged) for m in months], dtype=np.float64)
    if not series.merged:
        return [ones, days]
    return [ones, np.array([2.0 if m.month == 2 else 1.0 for m in months]), days]


def _flat(figures: Figures) -> Iterator[Defect]:
    """One figure for a whole year, half-year or quarter, spread over its periods."""
    x, series = figures.values, figures.series
    if series.frequency == "year":
        return
    half = quantum(x) / 2
    months = places([p[:7] for p in series.periods])
    for length, fewest in PARTS:
        groups = months // length
        for weight in _weights(figures):
            flat = [
                np.flatnonzero(groups == g)
                for g in np.unique(groups)
                if _is_even(x, weight, groups == g, months, length, half)
            ]
            parts = len(np.unique(groups))
            most = parts > fewest and len(flat) >= MOST_FLAT * parts
            if len(flat) < fewest:
                continue
            if most or _steps_finely(x[flat[0][0] : flat[-1][-1] + 2]):
                yield Defect(np.concatenate(flat).tolist(), _spread_words(length), whole=True)
                return


def _steps_finely(x: Floats) -> bool:
    """Whether values that change do so by several units of their last digit."""
    known = x[np.isfinite(x)]
    steps = np.abs(np.diff(known))
    return bool((steps > 0).any()) and float(np.median(steps[steps > 0])) >= STEPS * quantum(known)


def _is_even(
    x: Floats, weight: Floats, inside: Bools, months: Integers, length: int, half: float
) -> bool:
    """Whether a complete part of a year has one value per period, month or day."""
    # Eleven periods with January and February merged, or without a January at all.
    if len(np.unique(months[inside])) < max(2, length - 1) or not np.isfinite(x[inside]).all():
        return False
    rates, slack = x[inside] / weight[inside], half / weight[inside]
    low, high = float((rates - slack).max()), float((rates + slack).min())
    return low <= high + 1e-9 * abs(high)


def _spread_words(length: int) -> Words:
    zh, en = {12: ("年度", "annual"), 6: ("半年", "half-yearly"), 3: ("季度", "quarterly")}[length]
    return Words(
        f"{zh}数平摊到各期：每{zh[0]}各期（或每天）数值相同，没有各期自己的数据",
        f"These are {en} figures spread evenly over the periods, which have none of their own",
    )


def _copied(figures: Figures) -> Iterator[Defect]:
    """A block of values that stands twice, or a year that is another one times a number."""
    x = figures.values
    if not _fine(x):
        return
    for lag in range(1, len(x) - COPIED + 1):
        same = np.isfinite(x[lag:]) & (x[lag:] == x[:-lag])
        for a, b in runs(same, COPIED):
            if len(np.unique(x[a:b])) > COPIED // 2:
                first = span_words(figures, a, b)
                words = Words(
                    f"与 {first.zh} 的数值逐期相同，像是复制而来",
                    f"the same values as {first.en}, as if copied",
                )
                yield Defect(list(range(a + lag, b + lag)), words)
                return
    yield from _patterned(figures)


def span_words(figures: Figures, a: int, b: int) -> Words:
    """First and last period of positions a to b - 1."""
    periods = figures.series.periods
    return Words(f"{periods[a]} 至 {periods[b - 1]}", f"{periods[a]}..{periods[b - 1]}")


def _patterned(figures: Figures) -> Iterator[Defect]:
    """Years that are one pattern times an annual figure."""
    x, periods = figures.values, figures.series.periods
    if figures.series.frequency != "month" or (x[np.isfinite(x)] <= 0).any():
        return
    half = quantum(x) / 2
    years: dict[str, dict[str, float]] = {}
    for period, value in zip(periods, x.tolist(), strict=True):
        if value == value:
            years.setdefault(period[:4], {})[period[5:]] = value
    whole = [year for year, months in years.items() if len(months) >= 11]
    alike: set[str] = set()
    for one, other in combinations(whole, 2):
        months = sorted(years[one].keys() & years[other].keys())
        a = np.array([years[one][m] for m in months])
        b = np.array([years[other][m] for m in months])
        if len(months) >= 11 and half * FINE < spread(a) and _one_ratio(a, b, half):
            alike |= {one, other}
    if alike:
        words = Words(
            "各年之间每月的比例完全相同：年度数按固定比例分到各月，没有各月自己的数据",
            "Months of one year are those of another times one number: annual figures spread by a "
            "fixed pattern, and the months have none of their own",
        )
        yield Defect([i for i, p in enumerate(periods) if p[:4] in alike], words, whole=True)


def _one_ratio(a: Floats, b: Floats, half: float) -> bool:
    low, high = (b - half) / (a + half), (b + half) / np.maximum(a - half, half / 10)
    return bool(low.max() <= high.min())


def _drawn(figures: Figures) -> Iterator[Defect]:
    """Values on exact lines between few points: straight, in proportion, or cubics."""
    x = figures.values
    half = np.full(len(x), quantum(x) / 2)
    shapes = [(x, half, 2, FINE), (x, half, 4, FINE_CUBIC)]
    if np.nanmin(x) > 0:
        shapes.insert(1, (np.log(x), half / x, 2, FINE))
    for y, error, order, fine in shapes:
        inner = _on_lines(y, error, order, fine, x)
        if inner:
            yield Defect(inner, DRAWN)
            return


def _on_lines(y: Floats, error: Floats, order: int, fine: float, x: Floats) -> list[int]:
    """Positions inside lines (order 2) or cubics (order 4)."""
    if len(y) < ON_A_LINE + order:
        return []
    bends = np.abs(np.diff(y, order))
    slack = 2**order * error[order // 2 : len(y) - order // 2]
    zero = np.isfinite(bends) & (bends <= slack * (1 + 1e-6) + 1e-9 * float(np.nanmax(np.abs(y))))
    off = (bends / slack)[np.isfinite(bends) & ~zero]
    # Printing must be far finer than what bends: else zero bends are rounding.
    if not zero.any() or (len(off) and float(np.median(off)) <= fine):
        return []
    between = zero.mean() >= MOSTLY and zero.sum() > ON_A_LINE
    found = runs(zero, 1 if between else ON_A_LINE + order - 2)
    kept = [(a, b + order) for a, b in found if _finely_there(x, a, b + order)]
    return sorted({i for a, b in kept for i in range(a + 1, b - 1)})


def _finely_there(x: Floats, a: int, b: int) -> bool:
    """Whether values from a to b, if they change, and those around them change finely."""
    own = x[a:b]
    alone = float(np.nanmax(own)) == float(np.nanmin(own)) or _steps_finely(own)
    return alone and _steps_finely(x[max(0, a - BESIDE) : b + BESIDE])
