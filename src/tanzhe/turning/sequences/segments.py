"""The evidence for one regime on every stretch between two candidate borders.

A regime is a level, a line or a parabola plus noise. Coefficients are normal and the noise variance
inverse gamma, so all of them integrate out in closed form; the three shapes are averaged with fixed
weights. Points count as a fraction of an observation each (`weight`), see `plain_noise`.

Stretches are put together from blocks, the points between neighbouring candidates, by adding
moments: with every position a candidate this is exact, with few it is as exact on those.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Weights of level, line, parabola: a regime is simple until shown otherwise, a curve is possible,
# so that smooth growth is one regime. Weights of .25 to .5 change the simulated scores by <= .02.
SHAPES = (0.4, 0.3, 0.3)
# Standard deviation of what each coefficient contributes, in standard deviations of the series: a
# level may be anywhere in its range, a slope too, a bow about half.
SPREADS = (1.0, 1.0, 0.5)
# Shape of the inverse gamma prior: the noise of a regime is within a factor of about 1.4 of the
# common scale. 4 (a factor of 1.7): simulated F1 and cover lower by .005, and skewed (lognormal)
# noise shows breaks half as often again.
ALIKE = 8.0


class Blocks(NamedTuple):
    """Moments of the points between neighbouring candidates.

    Attributes:
        borders: positions 0 = b0 < b1 < ... = n, shape (k + 1,).
        moments: number, sum y, sum t y, sum t^2 y, sum y^2; t from the block's start; shape (k, 5).
    """

    borders: Integers
    moments: Floats


def blocks_between(z: Floats, borders: Integers) -> Blocks:
    """The blocks of a series between given borders (0 and n among them)."""
    return Blocks(borders, _moments(z, borders))


def evidence(blocks: Blocks, shortest: int, scale: float, weight: float) -> Floats:
    """Log evidence of every stretch from border i to border j, minus infinity where too short.

    Args:
        blocks: series in standard deviations, cut at the candidates.
        shortest: least number of points of a regime.
        scale: common scale of the noise, in standard deviations of the series.
        weight: what a point counts, in independent observations.

    Returns:
        Array of shape (k + 1, k + 1).
    """
    by_size = _by_size(int(blocks.borders[-1]), scale, weight)
    rate = (ALIKE - 1) * scale**2
    return _table(blocks.borders, blocks.moments, shortest, weight, rate, by_size)


@njit(cache=True)
def _by_size(n: int, scale: float, weight: float) -> Floats:
    """What depends on the size of a stretch alone: for each shape a constant and a factor.

    The factors turn squared inner products with 1, centred t and centred t^2 into the sum of
    squares that the shape explains, shrunk by the prior. One row a size, for the memory's sake.
    """
    out = np.zeros((n + 1, 6))
    start = ALIKE * math.log((ALIKE - 1) * scale**2) - math.lgamma(ALIKE)
    for m in range(1, n + 1):
        size = float(m)
        constant = start + _log_gamma(ALIKE + weight * size / 2)
        norms = (
            size,
            size * (size**2 - 1) / 12,
            size * (size**2 - 1) * (size**2 - 4) / 180,
        )
        for k in range(3):
            gain = (SPREADS[k] / scale) ** 2 * size * weight
            constant -= 0.5 * math.log1p(gain)
            out[m, k] = constant + math.log(SHAPES[k])
            if norms[k] > 0:
                out[m, 3 + k] = gain / (1 + gain) / norms[k]
    return out


@njit(cache=True)
def _log_gamma(x: float) -> float:
    """Stirling's series; x is at least ALIKE, where it is right to 1e-7."""
    series = 1 / (12 * x) - 1 / (360 * x**3) + 1 / (1260 * x**5)
    return (x - 0.5) * math.log(x) - x + 0.5 * math.log(2 * math.pi) + series


@njit(cache=True)
def _moments(z: Floats, borders: Integers) -> Floats:
    count = len(borders) - 1
    out = np.zeros((count, 5))
    for k in range(count):
        for p in range(borders[k], borders[k + 1]):
            t = float(p - borders[k])
            out[k, 0] += 1.0
            out[k, 1] += z[p]
            out[k, 2] += t * z[p]
            out[k, 3] += t * t * z[p]
            out[k, 4] += z[p] * z[p]
    return out


@njit(cache=True)
def _table(
    borders: Integers,
    moments: Floats,
    shortest: int,
    weight: float,
    rate: float,
    by_size: Floats,
) -> Floats:
    count = len(borders) - 1
    out = np.full((count + 1, count + 1), -np.inf)
    half = 0.5 * weight
    for i in range(count):
        s0 = s1 = s2 = squares = 0.0
        for j in range(i, count):
            d = float(borders[j] - borders[i])
            s2 += moments[j, 3] + 2 * d * moments[j, 2] + d * d * moments[j, 1]
            s1 += moments[j, 2] + d * moments[j, 1]
            s0 += moments[j, 1]
            squares += moments[j, 4]
            m = borders[j + 1] - borders[i]
            if m < shortest:
                continue
            c = (m - 1) / 2.0
            line = s1 - c * s0
            bow = s2 - 2 * c * s1 + c * c * s0 - (float(m) * m - 1) / 12.0 * s0
            left0 = squares - s0 * s0 * by_size[m, 3]
            left1 = left0 - line * line * by_size[m, 4]
            left2 = left1 - bow * bow * by_size[m, 5]
            power = ALIKE + weight * m / 2
            e0 = by_size[m, 0] - power * math.log(rate + half * max(left0, 0.0))
            e1 = by_size[m, 1] - power * math.log(rate + half * max(left1, 0.0))
            e2 = by_size[m, 2] - power * math.log(rate + half * max(left2, 0.0))
            top = max(e0, max(e1, e2))
            total = math.exp(e0 - top) + math.exp(e1 - top) + math.exp(e2 - top)
            out[i, j + 1] = top + math.log(total)
    return out
