"""Whether a window's residuals stand out among those of the same series at other times."""

import numpy as np

from tanzhe.effects.weights import Floats


def conformal_p_value(residuals: Floats, first: int, length: int, sign: int = 0) -> float:
    """The p-value of a window under moving-block permutations of the residuals.

    The residuals must come from a model fitted to all periods, the window among them, as if
    nothing had happened. Reference: Chernozhukov, Wuthrich, Zhu 2021, Journal of the American
    Statistical Association 116(536), 1849-1864.

    Args:
        residuals: shape (periods,), NaN left out of the means.
        first: position of the window.
        length: of the window.
        sign: -1 or 1: the mean residual in that direction counts; 0: its size.

    Returns:
        Share of the cyclic shifts whose window is at least as extreme, the window itself among
        them.

    Example:
        >>> conformal_p_value(np.array([0.0, 0.1, -0.1, 2.0]), 3, 1)
        0.25
    """
    periods = len(residuals)
    at = (np.arange(periods)[:, None] + np.arange(length)[None, :]) % periods
    values = residuals[at]
    known = np.isfinite(values)
    count = known.sum(axis=1)
    means = np.where(known, values, 0.0).sum(axis=1) / np.maximum(count, 1)
    score = np.abs(means) if sign == 0 else sign * means
    score = score[(count > 0) | (np.arange(periods) == first)]
    position = first - int((count[:first] == 0).sum())
    return float((score >= score[position] - 1e-12).mean())
