"""The present trend: a straight line through the last years, under autocorrelated noise."""

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from tanzhe.peaks.filters import Floats

LEVEL = 0.9
MOST_MEMORY = 0.9


class Slope(NamedTuple):
    """A trend in % a year, with its interval at probability .9."""

    percent: float
    interval: tuple[float, float]


def slope(logs: Floats, per_year: int) -> Slope:
    """The trend of logs without season, by generalised least squares (Prais, Winsten 1954).

    Args:
        logs: the last years, NaN where not published.
        per_year: periods a year.

    Returns:
        The trend; a wide interval where noise remembers long.

    Example:
        >>> round(slope(np.log(1.05) * np.arange(6.0), 1).percent, 6)
        5.0
    """
    at = np.flatnonzero(np.isfinite(logs))
    y, x = logs[at], np.column_stack([np.ones(len(at)), at / per_year])
    memory = 0.0
    for _ in range(3):
        gaps = np.diff(at, prepend=at[0])
        fitted = _least_squares(y, x, memory, gaps)
        residuals = y - x @ fitted[0]
        memory = _memory(residuals)
    beta, error, freedom = _least_squares(y, x, memory, np.diff(at, prepend=at[0]))
    reach = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    ends = (beta[1] - reach, beta[1] + reach)
    return Slope(_percent(beta[1]), (_percent(ends[0]), _percent(ends[1])))


def _percent(logs: float) -> float:
    return float(np.expm1(np.clip(logs, -20, 20)) * 100)


def _memory(residuals: Floats) -> float:
    """Autocorrelation of one period, mended for its bias in short series (Kendall 1954)."""
    power = float(residuals @ residuals)
    if power <= 1e-20 * len(residuals):
        return 0.0
    memory = float(residuals[1:] @ residuals[:-1] / power)
    mended = memory + (1 + 4 * memory) / len(residuals)
    return float(np.clip(mended, 0.0, MOST_MEMORY))


def _least_squares(y: Floats, x: Floats, memory: float, gaps: Floats) -> tuple[Floats, float, int]:
    """Coefficients, the standard error of the second, and degrees of freedom."""
    kept = memory ** gaps[1:].astype(float) if memory else np.zeros(len(y) - 1)
    scale = np.concatenate([[1.0], 1 / np.sqrt(1 - kept**2)])
    lead = np.concatenate([[0.0], kept])
    white_y = scale * (y - lead * np.concatenate([[0.0], y[:-1]]))
    white_x = scale[:, None] * (x - lead[:, None] * np.vstack([np.zeros(2), x[:-1]]))
    beta, *_ = np.linalg.lstsq(white_x, white_y, rcond=None)
    freedom = max(1, len(y) - 2)
    left = white_y - white_x @ beta
    covariance = np.linalg.inv(white_x.T @ white_x) * float(left @ left) / freedom
    return beta, float(np.sqrt(max(covariance[1, 1], 0.0))), freedom
