"""General-to-specific search in a block of candidate regressors, kept regressors taken out.

From the model with all candidates one path starts for each candidate that is not significant:
delete it, then go on deleting the least significant one while there is any. Every end of a path,
and the full model itself, is a candidate for the answer; the Schwarz criterion decides. Deleting is
a rank-one change of the inverse, so a path costs little more than its length.

Written from Pretis, Reade, Sucarrat 2018, J. Stat. Softw. 86(3), and Sucarrat 2021, R Journal.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import stdtrit

from tanzhe.errors import Fault, InputError, Words

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

# Columns whose part outside the others is below this share of their own norm are collinear.
TOLERANCE = 1e-7
# A residual below this share of what it was without candidates is what rounding left of zero.
EXACT = 1e-13


def critical_squares(alpha: float, rows: int, kept: int, candidates: int) -> Floats:
    """Squared critical values of |t| for models with 0..candidates candidates.

    Args:
        alpha: two-sided level.
        rows: number of observations.
        kept: rank of the kept regressors.
        candidates: largest number of candidates in the model.
    """
    degrees = rows - kept - np.arange(candidates + 1)
    return np.asarray(stdtrit(np.maximum(degrees, 1), 1 - alpha / 2) ** 2, dtype=np.float64)


def search_block(
    gram: Floats,
    scores: Floats,
    norms: Floats,
    residual: float,
    rows: int,
    kept: int,
    alpha: float,
    floor: float = 0.0,
) -> Integers:
    """Positions in the block of the candidates that survive, in their order.

    Args:
        gram: inner products of the candidates with kept regressors taken out, shape (c, c).
        scores: their inner products with the outcome, shape (c,).
        norms: squared norms of the candidates before kept regressors were taken out, shape (c,).
        residual: residual sum of squares without any candidate.
        rows: number of observations.
        kept: rank of the kept regressors.
        alpha: two-sided level of the t tests.
        floor: what a residual sum of squares may be by rounding alone.

    Raises:
        InputError: more candidates than the rows can tell apart.
    """
    free = independent(gram, norms)
    if not len(free):
        return free
    if len(free) >= rows - kept:
        raise InputError(_too_many(len(free), rows, kept))
    inner = np.ascontiguousarray(gram[np.ix_(free, free)])
    critical = critical_squares(alpha, rows, kept, len(free))
    stays = _tree(inner, scores[free], residual, rows, kept, critical, max(floor, EXACT * residual))
    return free[stays]


def _too_many(candidates: int, rows: int, kept: int) -> Fault:
    return Fault(
        Words(
            f"剩下 {candidates} 个候选指标，{rows} 行数据减去 {kept} 个保留变量已不够区分",
            f"{candidates} candidates are left; {rows} rows less {kept} kept regressors "
            "cannot tell them apart",
        ),
        Words("请取更小的 alpha，或使用更多数据", "Use a smaller alpha, or more data"),
        where="alpha",
    )


def independent(gram: Floats, norms: Floats) -> Integers:
    """Positions of columns that are not collinear with earlier ones: later columns go first."""
    return np.flatnonzero(_independent(np.ascontiguousarray(gram), norms, TOLERANCE**2))


@njit(cache=True)
def _independent(gram: Floats, norms: Floats, tolerance: float) -> NDArray[np.bool_]:
    count = gram.shape[0]
    factor = np.zeros((count, count))
    keep = np.zeros(count, dtype=np.bool_)
    taken = 0
    for j in range(count):
        left = gram[j, j]
        row = np.zeros(taken)
        position = 0
        for i in range(j):
            if keep[i]:
                value = gram[i, j]
                for k in range(position):
                    value -= factor[i, k] * row[k]
                row[position] = value / factor[i, position]
                left -= row[position] ** 2
                position += 1
        if left > tolerance * norms[j] and left > 0:
            keep[j] = True
            factor[j, :taken] = row
            factor[j, taken] = np.sqrt(left)
            taken += 1
    return keep


@njit(cache=True)
def _tree(
    gram: Floats,
    scores: Floats,
    residual: float,
    rows: int,
    kept: int,
    critical: Floats,
    floor: float,
) -> NDArray[np.bool_]:
    count = gram.shape[0]
    inverse: Floats = np.linalg.inv(gram).astype(np.float64)
    coefficients = inverse @ scores
    full = max(float(residual - (coefficients * scores).sum()), floor)
    best = np.ones(count, dtype=np.bool_)
    best_criterion = _schwarz(full, rows, kept + count)
    variance = float(full / (rows - kept - count))
    starts = np.zeros(count, dtype=np.bool_)
    for j in range(count):
        starts[j] = coefficients[j] ** 2 < critical[count] * variance * inverse[j, j]
    alive = np.ones(count, dtype=np.bool_)
    for start in range(count):
        if not starts[start]:
            continue
        p: Floats = inverse.copy()
        beta: Floats = coefficients.copy()
        rss = full
        alive[:] = True
        left, out = count, start
        while out >= 0:
            rss = _delete(p, beta, rss, alive, out)
            left -= 1
            out = _worst(p, beta, rss, alive, left, rows, kept, critical)
        criterion = _schwarz(rss, rows, kept + left)
        if criterion < best_criterion:
            best_criterion = criterion
            best[:] = alive
    return best


@njit(cache=True)
def _delete(p: Floats, beta: Floats, rss: float, alive: NDArray[np.bool_], out: int) -> float:
    """Take one candidate out of the model, in place; the new residual sum of squares."""
    count = p.shape[0]
    pivot = p[out, out]
    share = beta[out] / pivot
    rss += beta[out] * share
    alive[out] = False
    for i in range(count):
        if alive[i]:
            beta[i] -= p[i, out] * share
            part = p[i, out] / pivot
            for j in range(count):
                if alive[j]:
                    p[i, j] -= part * p[out, j]
    return rss


@njit(cache=True)
def _worst(
    p: Floats,
    beta: Floats,
    rss: float,
    alive: NDArray[np.bool_],
    left: int,
    rows: int,
    kept: int,
    critical: Floats,
) -> int:
    """The least significant candidate if it is not significant, else -1."""
    worst, least = -1, np.inf
    for j in range(p.shape[0]):
        if alive[j]:
            ratio = beta[j] ** 2 / p[j, j]
            if ratio < least:
                worst, least = j, ratio
    if worst >= 0 and least < critical[left] * rss / (rows - kept - left):
        return worst
    return -1


@njit(cache=True)
def _schwarz(rss: float, rows: int, parameters: int) -> float:
    """Schwarz criterion with the unbiased variance, as the published search has it."""
    variance = rss / (rows - parameters)
    fit = np.log(2 * np.pi * variance) + (rows - parameters) / rows
    return float(fit + parameters * np.log(rows) / rows)
