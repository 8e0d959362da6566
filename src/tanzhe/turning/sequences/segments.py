"""The evidence for one regime on every stretch between two candidate borders.

A regime is a level, a line or a parabola plus noise. Coefficients are normal and the noise variance
inverse gamma, so all of them integrate out in closed form; the three shapes are averaged with fixed
weights. Points count as a fraction of an observation each (`weight`), see `plain_noise`.

Stretches are put together from blocks, the points between neighbouring candidates, by adding
moments: with every position a candidate this is exact, with few it is as exact on those.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
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


@dataclass(frozen=True, eq=False)
class Blocks:
    """Moments of the points between neighbouring candidates.

    Attributes:
        borders: positions 0 = b0 < b1 < ... = n, shape (k + 1,).
        moments: number, sum y, sum t y, sum t^2 y, sum y^2; t from the block's start; shape (k, 5).
    """

    borders: Integers
    moments: Floats

    @cached_property
    def stretches(self) -> tuple[Integers, Integers, Floats, Floats]:
        """First and last border of each stretch; sums of squares; squares of inner products.

        The products are those with level, line and bow, shape (3, n_stretches).
        """
        starts, ends = np.triu_indices(len(self.borders), 1)
        sizes = self.borders[ends] - self.borders[starts]
        d = (self.borders[None, :-1] - self.borders[:-1, None]).astype(np.float64)
        _, level, line, bow, squares = self.moments.T
        parts = (level, line + d * level, bow + d * (2 * line + d * level), squares)
        moved = np.stack(np.broadcast_arrays(*parts)) * (d >= 0)
        s0, s1, s2, total = np.cumsum(moved, axis=2)[:, starts, ends - 1]
        centre = (sizes - 1) / 2
        beside = s2 - 2 * centre * s1 + (centre**2 - (sizes**2.0 - 1) / 12) * s0
        return starts, ends, total, np.stack([s0, s1 - centre * s0, beside]) ** 2


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
    starts, ends, squares, explained = blocks.stretches
    sizes = blocks.borders[ends] - blocks.borders[starts]
    long = sizes >= shortest
    starts, ends, sizes = starts[long], ends[long], sizes[long]
    prior = _by_size(int(blocks.borders[-1]), scale, weight)
    rate, half = (ALIKE - 1) * scale**2, 0.5 * weight
    power = -(ALIKE + weight * sizes / 2)
    left = squares[long]
    each = np.empty((3, len(left)))
    for shape in range(3):
        left = left - explained[shape, long] * prior[3 + shape, sizes]
        np.log(rate + half * np.maximum(left, 0.0), out=each[shape])
        each[shape] *= power
        each[shape] += prior[shape, sizes]
    top = each.max(axis=0)
    each -= top
    out = np.full((len(blocks.borders), len(blocks.borders)), -np.inf)
    out[starts, ends] = top + np.log(np.exp(each, out=each).sum(axis=0))
    return out


def _by_size(n: int, scale: float, weight: float) -> Floats:
    """What depends on the size of a stretch alone: for each shape a constant and a factor.

    The factors turn squared inner products with 1, centred t and centred t^2 into the sum of
    squares that the shape explains, shrunk by the prior. Shape (6, n + 1).
    """
    size = np.arange(n + 1, dtype=np.float64)
    start = ALIKE * math.log((ALIKE - 1) * scale**2) - math.lgamma(ALIKE)
    norms = np.stack([size, size * (size**2 - 1) / 12, size * (size**2 - 1) * (size**2 - 4) / 180])
    gains = np.array([(spread / scale) ** 2 for spread in SPREADS])[:, None] * size * weight
    constants = (
        start + _log_gamma(ALIKE + weight * size / 2) - 0.5 * np.cumsum(np.log1p(gains), axis=0)
    )
    constants += np.log(SHAPES)[:, None]
    factors = np.divide(gains / (1 + gains), norms, out=np.zeros_like(norms), where=norms > 0)
    return np.concatenate([constants, factors])


def _log_gamma(x: Floats) -> Floats:
    """Stirling's series; x is at least ALIKE, where it is right to 1e-7."""
    series = 1 / (12 * x) - 1 / (360 * x**3) + 1 / (1260 * x**5)
    return np.asarray((x - 0.5) * np.log(x) - x + 0.5 * math.log(2 * math.pi) + series)


def _moments(z: Floats, borders: Integers) -> Floats:
    """See `Blocks`."""
    t = (np.arange(len(z)) - np.repeat(borders[:-1], np.diff(borders))).astype(np.float64)
    each = np.stack([np.ones(len(z)), z, t * z, t * t * z, z * z])
    return np.ascontiguousarray(np.add.reduceat(each, borders[:-1], axis=1).T)
