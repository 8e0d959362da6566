"""Months by their daily means, and those that no month can be."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tanzhe.periods import Month, period_days

Floats = NDArray[np.float64]
# No month is so many times the largest of the year to either side.
SPIKE = 3.0


def daily_means(values: Floats, months: Sequence[str], *, merged: bool) -> Floats:
    """Means a day, so that January with February is no larger than other months.

    Args:
        values: sums over each month, NaN where not published.
        months: YYYY-MM.
        merged: whether YYYY-02 stands for January and February.
    """
    days = np.array([period_days(Month.parse(one), merged=merged) for one in months])
    return np.asarray(values / days)


def spikes(values: Floats, months: Sequence[str], *, merged: bool) -> NDArray[np.bool_]:
    """Which months are over three times the largest of the year to either side.

    Args:
        values: as for `daily_means`.
        months: YYYY-MM.
        merged: whether YYYY-02 stands for January and February.

    Example:
        >>> flat = np.full(24, 10.0)
        >>> flat[9] = 100
        >>> months = [f"{2020 + i // 12}-{i % 12 + 1:02d}" for i in range(24)]
        >>> np.flatnonzero(spikes(flat, months, merged=False)).tolist()
        [9]
    """
    means, a_year = daily_means(values, months, merged=merged), 11 if merged else 12
    found = np.zeros(len(means), dtype=bool)
    for at in range(len(means)):
        around = np.delete(means, at)[max(0, at - a_year) : at + a_year]
        around = around[np.isfinite(around)]
        found[at] = len(around) >= a_year and means[at] > SPIKE * around.max()
    return found
