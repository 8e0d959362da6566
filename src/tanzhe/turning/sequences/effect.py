"""What a break changed: a step or a slope, and by how much."""

from typing import Literal

import numpy as np

from tanzhe.turning.sequences.segments import Floats

# Regimes whose variances differ by this factor may differ in nothing else: a fitted parabola each
# must then explain so much more than one through both, each regime weighed by its own noise. Where
# only the noise changes, chance does so once in 900 (chi-square, three degrees of freedom). Series
# of 150 points whose spread doubles: 4 % show a break, 85 % without this; lognormal noise 8 and
# 19 %; the 15 real series as before.
UNLIKE, MOVED = 2.0, 16.0
# A regime's variance counts so many points of the common one, so that short regimes have some.
SHARED = 4


def moves(x: Floats, at: int) -> bool:
    """Whether level or trend changes between two regimes, and not the noise alone.

    Args:
        x: points of both regimes.
        at: position of the first point of the new regime in x.
    """
    time = np.linspace(-1, 1, len(x))
    left, right = _polynomial(x[:at], time[:at]), _polynomial(x[at:], time[at:])
    common = (left[0] + right[0]) / max(1, left[1] + right[1])
    if common <= 0:
        return True
    own = [(rss + SHARED * common) / (free + SHARED) for rss, free in (left, right)]
    if max(own) <= UNLIKE * min(own):
        return True
    size = 1 / np.sqrt(np.where(np.arange(len(x)) < at, own[0], own[1]))
    terms = np.vander(time, 3) * size[:, None]
    apart = x * size - terms @ np.linalg.lstsq(terms, x * size, rcond=None)[0]
    return float((apart**2).sum()) - left[0] / own[0] - right[0] / own[1] >= MOVED


def _polynomial(x: Floats, time: Floats) -> tuple[float, int]:
    """Residual sum of squares of a parabola, and degrees of freedom; of less in short regimes."""
    degree = 2 if len(x) >= 9 else 1 if len(x) > 3 else 0
    terms = np.vander(time, degree + 1)
    left = x - terms @ np.linalg.lstsq(terms, x, rcond=None)[0]
    return float((left**2).sum()), len(x) - degree - 1


def effect_of(x: Floats, at: int) -> tuple[Literal["step", "slope"], float]:
    """Kind and size of a break between two regimes.

    Two explanations with as many numbers are compared by least squares: one trend and a step, and a
    trend that bends without a step.

    Args:
        x: points of both regimes, in units of the data.
        at: position of the first point of the new regime in x.

    Returns:
        The kind, and the size of the step or the change of the slope per point.

    Example:
        >>> effect_of(np.array([1.0, 1, 1, 1, 3, 3, 3, 3]), 4)
        ('step', 2.0)
        >>> effect_of(np.array([0.0, 0, 0, 0, 1, 2, 3, 4]), 4)
        ('slope', 1.0)
    """
    time = np.arange(len(x), dtype=np.float64) - (len(x) - 1) / 2
    step = (np.arange(len(x)) >= at).astype(np.float64)
    # The last point of the old regime is where the trend bends.
    bend = np.maximum(np.arange(len(x)) - (at - 1), 0).astype(np.float64)
    left_step, by_step = _fitted(x, time, step)
    left_bend, by_bend = _fitted(x, time, bend)
    return ("step", round_off(by_step)) if left_step <= left_bend else ("slope", round_off(by_bend))


def _fitted(x: Floats, time: Floats, change: Floats) -> tuple[float, float]:
    """Residual sum of squares with level, trend and change, and the coefficient of the change."""
    y = _without(x - x.mean(), time)
    c = _without(change - change.mean(), time)
    squares = float((c * c).sum())
    size = float((c * y).sum()) / squares if squares > 0 else 0.0
    left = y - size * c
    return float((left * left).sum()), size


def _without(y: Floats, time: Floats) -> Floats:
    return np.asarray(y - time * (float((time * y).sum()) / float((time * time).sum())))


def round_off(size: float) -> float:
    """Twelve significant digits: the rest is rounding of sums."""
    return float(f"{size:.12g}")
