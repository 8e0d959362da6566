"""What others judge a peak by: the Mann-Kendall test of yearly values."""

import numpy as np
from scipy.special import ndtr, ndtri

from tanzhe.model.peak import TrendTest
from tanzhe.peaks.filters import Floats

FEWEST = 4
# Ranks are called autocorrelated beyond this two-sided level (Hamed, Rao 1998).
SIGNIFICANT = 0.05


def mann_kendall(values: Floats) -> TrendTest | None:
    """The Mann-Kendall test, its variance corrected for autocorrelation (Hamed, Rao 1998).

    Args:
        values: yearly, oldest first, without gaps.

    Returns:
        None below four values or where all are equal.

    Example:
        >>> mann_kendall(np.array([1.0, 2.0, 3.0, 4.0, 5.0])).z > 0
        True
    """
    n = len(values)
    if n < FEWEST or np.ptp(values) == 0:
        return None
    signs = np.sign(values[None, :] - values[:, None])
    statistic = float(np.triu(signs, 1).sum())
    _, ties = np.unique(values, return_counts=True)
    tied = (ties * (ties - 1) * (2 * ties + 5)).sum()
    variance = (n * (n - 1) * (2 * n + 5) - tied) / 18 * _correction(values)
    z = (statistic - np.sign(statistic)) / np.sqrt(variance)
    return TrendTest(years=n, z=float(z), p_value=float(min(1.0, 2 * ndtr(-abs(z)))))


def _correction(values: Floats) -> float:
    """By how much autocorrelation of the ranks around the trend widens the variance."""
    n = len(values)
    first, second = np.triu_indices(n, 1)
    slope = np.median((values[second] - values[first]) / (second - first))
    ranks = _ranks(values - slope * np.arange(1, n + 1))
    centred = ranks - ranks.mean()
    power = float(centred @ centred)
    if power == 0:
        return 1.0
    lags = np.arange(1, n)
    memory = np.array([centred[lag:] @ centred[:-lag] / power for lag in lags])
    bound = ndtri(1 - SIGNIFICANT / 2) / np.sqrt(n)
    counted = np.where(np.abs(memory) > bound, memory, 0.0)
    terms = (n - lags) * (n - lags - 1.0) * (n - lags - 2.0) * counted
    corrected = 1 + 2 / (n * (n - 1.0) * (n - 2.0)) * terms.sum()
    # Negative autocorrelation of a handful of years must not make a trend out of nothing.
    return max(1.0, float(corrected))


def _ranks(values: Floats) -> Floats:
    """Ranks from one, equal values having the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place])
