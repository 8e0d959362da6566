"""Weights of donors: none negative, adding up to one, as near to the treated series as they can."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# The row that makes the weights add up to one, against the largest entry of the data: heavy enough
# for a sum of one to nine digits, light enough for the rest to keep six.
HEAVY = 1e4


def simplex_weights(target: Floats, donors: Floats, ridge: float = 0.0) -> Floats:
    """Weights on the simplex with the least squared distance between target and donors.

    Solved exactly by non-negative least squares with one heavy row for the sum; first-order
    methods stop early (Proposition 99: -19.6 in place of -19.5).

    Args:
        target: shape (rows,).
        donors: shape (rows, donors).
        ridge: added to the squared distance, times the sum of squared weights.

    Returns:
        Shape (donors,), not negative, adding up to one.

    Example:
        >>> simplex_weights(np.array([1.0, 2.0]), np.array([[0.0, 2.0], [1.0, 3.0]])).round(6)
        array([0.5, 0.5])
    """
    from scipy.optimize import nnls  # takes a while to load, and hardly any command needs it

    count = donors.shape[1]
    heavy = HEAVY * max(float(np.abs(donors).max()), float(np.abs(target).max()), 1e-300)
    rows = [donors, np.full((1, count), heavy)]
    aims = [target, np.array([heavy])]
    if ridge > 0:
        rows.append(np.sqrt(ridge) * np.eye(count))
        aims.append(np.zeros(count))
    found, _ = nnls(np.vstack(rows), np.concatenate(aims))
    return np.asarray(found / found.sum())
