"""From published months and cumulative values to output by period: the rules, in one place.

    1  output is the cumulative value less that of the period before in the same year; February is
       the cumulative value itself (January and February together)
    2  where a published month departs from the difference by over a tenth, the month is taken
    3  a difference below zero without a published month is not published; if the cumulative value
       itself was mistaken, neither is its neighbour
    4  furnaces run through: a difference far from the others of its year is a revision
    5  a zero is not published

Why, with examples: src/tanzhe/data/README.md.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.int_]

# A difference that departs this far from the published month holds revisions of earlier months:
# beyond the 90th percentile of all departures (11 %), far beyond the median (under 1 %).
REVISED = 0.10
# Furnaces run through. Without a published month to compare with, a difference outside these
# multiples of its year's median is a revision booked into one month, not output. Of 6,582
# published months of sizeable producers 8 lie outside.
FURNACES = {"crude_steel", "pig_iron", "nonferrous_metals_10", "flat_glass"}
LOWEST, HIGHEST = 0.25, 1.8
# A year's median needs so many months.
FEWEST = 6


class Axis:
    """The periods down an array: which are Februaries, and of which year.

    Args:
        periods: YYYY-MM without Januaries, ascending and without holes.
    """

    def __init__(self, periods: tuple[str, ...]) -> None:
        self.periods = periods
        self.february: Bools = np.array([p.endswith("-02") for p in periods])
        self.years: Integers = np.array([int(p[:4]) for p in periods])


def output_of(
    product: str, total: Floats, month: Floats, axis: Axis, known: Floats | None = None
) -> Floats:
    """Output per period, NaN where not published.

    Args:
        product: product id; furnaces have a rule of their own.
        total: cumulative values, shape (n_periods, n_provinces), NaN where there is none.
        month: independently published months, the same shape.
        axis: the periods.
        known: output known before, the same shape, for the typical month of a year; or None.
    """
    diff = differences(total, axis)
    month = np.where(axis.february[:, None], np.nan, month)  # one of the two months at best
    with np.errstate(divide="ignore", invalid="ignore"):
        departs = np.isfinite(month) & ~(np.abs(diff - month) <= REVISED * np.abs(month))
    free = ~np.isfinite(month)
    clean = without_mistakes(diff, total, free, axis)
    if product in FURNACES:
        clean = without_bookings(clean, free, axis, known)
    values = np.where(departs, month, clean)
    # A zero stands nearly always for "not published"; a province where the product never
    # appears has an empty line and is left out.
    return np.where(values > 0, values, np.nan)


def differences(total: Floats, axis: Axis) -> Floats:
    """Output of each period from cumulative values; February keeps January and February."""
    before = np.vstack([np.full(total.shape[1], np.nan), total[:-1]])
    before[axis.february] = 0
    out: Floats = total - before
    return out


def without_mistakes(diff: Floats, total: Floats, free: Bools, axis: Axis) -> Floats:
    """Differences without those that rest on a mistaken cumulative value.

    A negative difference at t has no published month (`free`) to replace it. If the next
    cumulative value is back above the one before, the value of t was wrong, and both differences
    that use it go. If t itself is above t-2, the value of t-1 was wrong. Else it is a revision
    that stands, and only t goes.
    """
    clean = diff.copy()
    for t, j in zip(*np.nonzero((diff < 0) & free), strict=True):
        clean[t, j] = np.nan
        same_after = t + 1 < len(diff) and axis.years[t + 1] == axis.years[t]
        same_before = t >= 2 and axis.years[t - 2] == axis.years[t]
        if same_after and total[t + 1, j] >= total[t - 1, j] and free[t + 1, j]:
            clean[t + 1, j] = np.nan
        elif same_before and total[t, j] >= total[t - 2, j] and free[t - 1, j]:
            clean[t - 1, j] = np.nan
    return clean


def without_bookings(diff: Floats, free: Bools, axis: Axis, known: Floats | None = None) -> Floats:
    """Differences of a furnace product without revisions booked into one month."""
    clean = diff.copy()
    typical = diff if known is None else np.where(np.isfinite(diff), diff, known)
    for year in np.unique(axis.years):
        rows = (year == axis.years) & ~axis.february
        part, of_year = diff[rows], typical[rows]
        enough = np.isfinite(of_year).sum(axis=0) >= FEWEST
        middle = np.full(part.shape[1], np.nan)
        middle[enough] = np.nanmedian(of_year[:, enough], axis=0)
        odd = ((part < LOWEST * middle) | (part > HIGHEST * middle)) & free[rows]
        clean[rows] = np.where(odd, np.nan, part)
    return clean
