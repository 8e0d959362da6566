"""Sharp level changes of output that last: what a statistical re-basing looks like.

A furnace is lit over weeks and a plant runs in over months; a list of enterprises is exchanged from
one period to the next. A leap is therefore one period's change that is large against the changes of
all other periods, is held by the periods after it, and is followed by calm.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Series

Floats = NDArray[np.float64]
NORMAL = 1.4826
PERIODS = 11
# The periods before and after that tell the level.
BESIDE, FEWEST = 5, 4
ROUNDS = 3


class Limits(NamedTuple):
    """What makes a change a leap.

    Attributes:
        least: smallest change from one period to the next, in logs.
        deviations: the same in robust standard deviations of such changes.
        held: least part of it that the levels before and after differ by.
        calm: largest robust standard deviation of the periods after, as part of that.
    """

    least: float
    deviations: float
    held: float
    calm: float


# A fifth, and four robust standard deviations of the changes from period to period. Of such leaps
# of the built-in output two thirds more fall on New Year than on other turns: bench/faults.py.
ALONE = Limits(float(np.log(1.2)), 4.0, 0.6, 1 / 4)
# Where a second series is a second witness each needs less.
TOGETHER = Limits(float(np.log(1.1)), 3.0, 0.5, 1 / 2)


class Leap(NamedTuple):
    """A sharp level change.

    Attributes:
        at: position of the first period on the new level.
        size: in logs, from the median of the five periods before to that of the five after.
    """

    at: int
    size: float


def logs_of(series: Series) -> Floats:
    """Logs of the values, NaN where not published or not positive."""
    return np.log(np.where(series.array > 0, series.array, np.nan))


def spread(values: Floats) -> float:
    """Robust standard deviation about the median; infinite where nothing is known."""
    known = values[np.isfinite(values)]
    if not known.size:
        return np.inf
    return NORMAL * float(np.median(np.abs(known - np.median(known))))


def without_season(logs: Floats) -> Floats:
    """Logs less the usual departure of each period of the year from the level around it.

    Args:
        logs: monthly with January and February merged, NaN where not published.
    """
    month = np.arange(len(logs)) % PERIODS
    level = _level(logs, PERIODS // 2, np.mean)
    out = logs
    for _ in range(ROUNDS):
        gap = logs - level
        season = np.array([middle(gap[month == m]) for m in range(PERIODS)])
        out = logs - (season - season.mean())[month]
        level = _level(out, 2, np.median)
    return np.asarray(out)


def middle(values: Floats) -> float:
    """Median of what is known, 0 where nothing is."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else 0.0


def _level(values: Floats, reach: int, middle: Callable[[Floats], Any]) -> Floats:
    """Middle of the periods up to `reach` before and after, where half of them are known."""
    out = np.full(len(values), np.nan)
    for t in range(len(values)):
        around = values[max(0, t - reach) : t + reach + 1]
        known = around[np.isfinite(around)]
        if known.size > reach:
            out[t] = middle(known)
    return out


def leaps(logs: Floats, limits: Limits = ALONE) -> tuple[Leap, ...]:
    """The leaps of a series.

    Args:
        logs: monthly with January and February merged, NaN where not published.
        limits: what makes a change a leap.

    Example:
        >>> flat = np.log(100 + np.tile([0.0, 3, -2], 16))
        >>> flat[22:] += 0.4
        >>> [(leap.at, round(leap.size, 1)) for leap in leaps(flat)]
        [(22, 0.4)]
    """
    plain = without_season(logs)
    change = np.diff(plain, prepend=np.nan)
    limit = max(limits.least, limits.deviations * spread(change))
    found = []
    for t in np.flatnonzero(np.abs(change) > limit):
        before, after = plain[max(0, t - BESIDE) : t], plain[t : t + BESIDE]
        if min(np.isfinite(before).sum(), np.isfinite(after).sum()) < FEWEST:
            continue
        size = float(np.nanmedian(after) - np.nanmedian(before))
        year = np.nanmedian(plain[t : t + PERIODS]) - np.nanmedian(plain[max(0, t - PERIODS) : t])
        # The end of a slump of some months is no new level: the years beside differ too.
        held = size * np.sign(change[t]) > limits.held * abs(change[t])
        lasts = year * size > size**2 / 2
        if held and lasts and spread(after) < limits.calm * abs(size):
            found.append(Leap(int(t), size))
    return tuple(found)
