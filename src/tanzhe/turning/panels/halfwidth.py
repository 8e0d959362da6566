"""How far the estimated date of a step may be off, from the size of the step.

The error of the date is the argmax of a two-sided random walk with standard normal steps and drift
-delta/2, where delta is the step in standard deviations of the noise. Its distribution is
computed by quadrature, not simulated.

Source: Hendry and Pretis 2023, "Quantifying the uncertainty around break dates in models using
indicator saturation"; the argmax distribution goes back to Hinkley 1970, Biometrika 57.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

# Nodes of the Gauss-Legendre rule, and how far up a walk with downward drift is followed.
NODES = 160
FARTHEST = 14.0
ROOT = np.sqrt(2 * np.pi)
# The published tool lets the walk run 15 periods to each side and no further.
PUBLISHED_REACH = 15
# Without that cut the walk is followed until what is left does not matter for a level below .9999.
LONGEST_REACH = 400


def half_width(delta: float, level: float = 0.99, *, reach: int | None = None) -> int:
    """Smallest k with P(|error of the date| <= k) > level.

    Args:
        delta: size of the step over the standard deviation of the noise, > 0.
        level: between 0 and 1.
        reach: periods to each side that the error may have; None: no limit; 15 reproduces the
            published tool.

    Example:
        >>> [half_width(d, 0.99, reach=15) for d in (1.0, 2.0, 3.0, 4.0, 5.0)]
        [14, 5, 2, 1, 1]
        >>> half_width(1.0, 0.99)
        20
    """
    return _half_width(round(float(delta), 6), level, reach)


@lru_cache(maxsize=4096)
def _half_width(delta: float, level: float, reach: int | None) -> int:
    longest = reach if reach is not None else _needed(delta)
    one_side = error_probabilities(delta, longest)
    within = one_side[0] + 2 * np.concatenate([[0.0], np.cumsum(one_side[1:])])
    enough = np.flatnonzero(within / within[-1] > level)
    return int(enough[0]) if len(enough) else longest


def _needed(delta: float) -> int:
    """Periods after which the walk is surely far below zero."""
    return int(min(LONGEST_REACH, max(PUBLISHED_REACH, np.ceil(200 / delta**2))))


def error_probabilities(delta: float, reach: int) -> NDArray[np.float64]:
    """P(error = k) for k = 0..reach (the same for -k), for walks of `reach` steps to each side.

    Returns:
        Array of shape (reach + 1,).
    """
    drift = delta / 2
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    x = (nodes + 1) * FARTHEST / 2
    w = weights * FARTHEST / 2
    step = np.exp(-0.5 * (x[:, None] - x[None, :] + drift) ** 2) / ROOT
    # top[k]: density of a walk that is at x after k steps and was lower at every step before;
    # read backwards it stays positive.
    top = np.zeros((reach + 1, NODES))
    # below[m]: probability of not rising by x or more within m steps; never[m]: of not rising.
    below, never = np.ones((reach + 1, NODES)), np.ones(reach + 1)
    for m in range(1, reach + 1):
        below[m] = _stays(x, x, w * below[m - 1], drift)
        never[m] = _stays(np.zeros(1), x, w * below[m - 1], drift)[0]
        top[m] = np.exp(-0.5 * (x + drift) ** 2) / ROOT if m == 1 else step @ (w * top[m - 1])
    out = np.empty(reach + 1)
    out[0] = never[reach] ** 2
    for k in range(1, reach + 1):
        # At k the one walk is at its top x and never exceeds it later; the other never reaches x.
        out[k] = (w * top[k] * below[reach]).sum() * never[reach - k]
    return out


def _stays(
    room: NDArray[np.float64], x: NDArray[np.float64], weighed: NDArray[np.float64], drift: float
) -> NDArray[np.float64]:
    """Probability of staying below one step more, from `room` below the limit.

    After a step the room is x; it must be positive, and from there the walk must stay below again.
    """
    density = np.exp(-0.5 * (room[:, None] - x[None, :] + drift) ** 2) / ROOT
    staying: NDArray[np.float64] = density @ weighed + ndtr(room - FARTHEST + drift)
    return np.minimum(staying, 1.0)
