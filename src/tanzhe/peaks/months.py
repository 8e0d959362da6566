"""Months: level, damped slope and autocorrelated noise, and the year's sums they will give."""

from typing import NamedTuple

import numpy as np

from tanzhe.peaks.filters import Filtered, Floats, Model, crossed, filtered

# Variances of level and slope in units of that of the noise's innovation, damping of the slope and
# autocorrelation of the noise, a period. White noise in place of autocorrelated noise would let
# the level take up the noise, and every probability would drift to the middle.
LEVEL, SLOPE = (0.005, 0.03, 0.15, 0.5), (0.0, 0.0003, 0.003)
DAMPING, MEMORY = (0.93, 0.98), (0.3, 0.7)
_GRID = crossed(LEVEL, SLOPE, DAMPING, MEMORY)
# First scale: innovations of three percent; first slope: a percent a period.
SCALE, FIRST_SLOPE = 0.03, 0.01
# An odd month, beyond the square root of five standard deviations, moves neither level nor scale.
ODD = 5.0


def _model() -> Model:
    level, slope, damping, memory = _GRID.T
    n = len(_GRID)
    step, moves, spread = np.zeros((n, 3, 3)), np.zeros((n, 3, 3)), np.zeros((n, 3, 3))
    step[:, 0, 0] = 1.0
    step[:, 0, 1] = step[:, 1, 1] = damping
    step[:, 2, 2] = memory
    moves[:, 0, 0] = level + slope
    moves[:, 0, 1] = moves[:, 1, 0] = moves[:, 1, 1] = slope
    moves[:, 2, 2] = 1.0
    spread[:, 0, 0] = spread[:, 2, 2] = 1.0 / (1.0 - memory**2)
    spread[:, 1, 1] = (FIRST_SLOPE / SCALE) ** 2
    return Model(
        step, moves, np.array([1.0, 0.0, 1.0]), np.zeros(n), spread,
        memory=0.985, weight_memory=0.995, worth=6.0, scale=SCALE, clip=ODD,
    )  # fmt: skip


_MODEL = _model()


class Months(NamedTuple):
    """What is known of the path of monthly logs.

    Attributes:
        season: effect of each period's calendar month, shape (periods,).
        per_year: periods a year.
        state: where the filters stand.
    """

    season: Floats
    per_year: int
    state: Filtered

    @classmethod
    def of(cls, adjusted: Floats, season: Floats, per_year: int) -> "Months":
        """Run the filters over logs without season."""
        start = adjusted[np.isfinite(adjusted)][:per_year]
        first = np.array([float(np.median(start)), 0.0, 0.0])
        return cls(season, per_year, filtered(_MODEL, first, adjusted))

    def paths(self, years: int, draws: np.random.Generator, paths: int) -> Floats:
        """Simulated logs of the coming periods, season put back, shape (paths, periods)."""
        periods = years * self.per_year
        chosen, scale, now = self.state.draw(draws, paths)
        wander, slope, damping, memory = _GRID[chosen].T
        level, trend, noise = now.T
        found = np.empty((paths, periods))
        coming = self.season[-self.per_year :]
        for period in range(periods):
            moves = scale[:, None] * draws.standard_normal((paths, 3))
            trend = damping * trend + np.sqrt(slope) * moves[:, 0]
            level = level + trend + np.sqrt(wander) * moves[:, 1]
            noise = memory * noise + moves[:, 2]
            found[:, period] = level + noise + coming[period % self.per_year]
        return found

    def noise(self, draws: np.random.Generator, paths: int, periods: int) -> Floats:
        """Draws of the noise of single periods, shape (paths, periods)."""
        chosen, scale, _ = self.state.draw(draws, paths)
        memory = _GRID[chosen, 3]
        moves = scale[:, None] * draws.standard_normal((paths, periods))
        found = np.empty((paths, periods))
        found[:, 0] = moves[:, 0] / np.sqrt(1 - memory**2)
        for period in range(1, periods):
            found[:, period] = memory * found[:, period - 1] + moves[:, period]
        return found


def month_effects(logs: Floats, per_year: int) -> Floats:
    """The usual departure of each calendar month from the year around it, adding up to zero.

    Args:
        logs: one a period, NaN where not published.
        per_year: periods a year, 11 or 12.

    Returns:
        The median over the years of the log less its centred mean of one year, for every period.
    """
    around = _centred(logs, per_year)
    month = np.arange(len(logs)) % per_year
    gaps = logs - around
    effects = np.array([_median(gaps[month == m]) for m in range(per_year)])
    return np.asarray((effects - effects.mean())[month])


def _median(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else 0.0


def _centred(logs: Floats, per_year: int) -> Floats:
    """Mean of the year around each period; NaN where more than two of its periods are missing."""
    half = per_year // 2
    weights = np.ones(2 * half + 1)
    if per_year % 2 == 0:
        weights[0] = weights[-1] = 0.5
    known = np.isfinite(logs)
    held = np.convolve(np.where(known, logs, 0.0), weights, mode="same")
    count = np.convolve(known.astype(float), weights, mode="same")
    inside = np.zeros(len(logs), dtype=bool)
    inside[half : len(logs) - half] = True
    enough = inside & (count >= weights.sum() - 2)
    return np.where(enough, held / np.maximum(count, 1.0), np.nan)


def year_sums(values: Floats, per_year: int) -> Floats:
    """Sums over one year ending at each period; NaN before the first year and over gaps.

    Args:
        values: shape (..., periods).
        per_year: periods a year.

    Example:
        >>> year_sums(np.arange(1.0, 6.0), 3).tolist()
        [nan, nan, 6.0, 9.0, 12.0]
    """
    windows = np.lib.stride_tricks.sliding_window_view(values, per_year, axis=-1)
    head = np.full((*values.shape[:-1], per_year - 1), np.nan)
    return np.concatenate([head, windows.sum(axis=-1)], axis=-1)
