"""The edges that a naive look takes for turns: Spring Festival and the January-February rule.

On raw months the step into March (and into February) stands out in nearly every province of every
year. It is listed so that a reader who expects it finds out what it is, and never explained.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Series
from tanzhe.periods import Month, period_days
from tanzhe.turning.calendar import Floats

# A change between neighbouring months stands out when it is so many robust standard deviations.
STANDS_OUT = 2.0
# Other regions show it too when theirs goes the same way by at least one; the calendar is at work
# when at least half of them do.
ALIKE = 1.0
MOST = 0.5
# Robust standard deviation from the median absolute deviation of a normal variable.
MAD_TO_SD = 1.4826
FEWEST_ORDINARY = 6
# Published figures are rounded to about a thousandth: no month is calmer.
ROUNDED = 1e-3


@dataclass(frozen=True)
class HolidayEdge:
    """A raw change between neighbouring months at Spring Festival.

    Attributes:
        month: the later of the two months, January to March, YYYY-MM.
        change: log change of the daily mean.
        compared: other regions looked at.
        alike: how many of them show it too.
    """

    month: str
    change: float
    compared: int
    alike: int


def holiday_edges(raw: Series) -> list[HolidayEdge]:
    """The Spring Festival edges that stand out in a raw daily or monthly series.

    Args:
        raw: before January and February are merged, with peers; yearly series have none. A source
            that publishes them merged has only the edge into March.
    """
    if raw.frequency == "year":
        return []
    own, *others = (
        _holiday_changes(s.frequency, s.merged, s.periods, s.values) for s in (raw, *raw.peers)
    )
    out = []
    for month, (change, loudness) in own.items():
        alike = sum(other.get(month, (0.0, 0.0))[1] > ALIKE for other in others)
        if loudness > STANDS_OUT and alike >= MOST * len(others):
            out.append(HolidayEdge(month, change, len(others), alike))
    return out


# Each region's are looked at again for every other: a source has a few dozen regions.
@lru_cache(maxsize=64)
def _holiday_changes(
    frequency: str, merged: bool, periods: tuple[str, ...], values: tuple[float | None, ...]
) -> dict[str, tuple[float, float]]:
    """Changes into January, February and March: log change, and its size in ordinary changes.

    The size is positive in the direction that the calendar explains, down into the first two and
    up into March. Where a source merges January and February only March is looked at: the low
    period itself is no edge that a reader of published figures would see.
    """
    known = np.array(values, dtype=np.float64)
    monthly = frequency == "month"
    months, means = _of_months(periods, known, merged) if monthly else _of_days(periods, known)
    change = np.diff(np.log(means, out=np.full(len(means), np.nan), where=means > 0))
    month = np.array([Month.parse(m).month for m in months[1:]])
    ordinary = change[(month > 3) & np.isfinite(change)]
    if len(ordinary) < FEWEST_ORDINARY:
        return {}
    deviation = float(np.median(np.abs(ordinary - np.median(ordinary))))
    spread = max(MAD_TO_SD * deviation, ROUNDED)
    looked_at = (3,) if merged else (1, 2, 3)
    found = {}
    for i in np.flatnonzero(np.isin(month, looked_at) & np.isfinite(change)).tolist():
        direction = 1 if month[i] == 3 else -1
        found[months[i + 1]] = (float(change[i]), direction * float(change[i]) / spread)
    return found


def _of_months(periods: tuple[str, ...], values: Floats, merged: bool) -> tuple[list[str], Floats]:
    """Daily means of months."""
    days = [period_days(Month.parse(p), merged=merged) for p in periods]
    return list(periods), values / np.array(days)


def _of_days(days: tuple[str, ...], values: Floats) -> tuple[list[str], Floats]:
    """Means of the days of each month."""
    names, position = _months_of(days)
    total = np.bincount(position, weights=np.nan_to_num(values))
    count = np.bincount(position, weights=np.isfinite(values))
    means = np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)
    return list(names), means


@lru_cache(maxsize=4)
def _months_of(days: tuple[str, ...]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    names, position = np.unique([day[:7] for day in days], return_inverse=True)
    return tuple(str(name) for name in names), position
