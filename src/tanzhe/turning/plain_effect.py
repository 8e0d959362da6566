"""What a break changed: a step or a slope, and by how much."""

from typing import Literal

import numpy as np

from tanzhe.turning.segments import Floats


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
