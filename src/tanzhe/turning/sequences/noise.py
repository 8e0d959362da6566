"""How much a point counts, when neighbours repeat each other and the model is not quite true.

A likelihood that takes every point as independent cuts any wandering series into pieces. Each point
is therefore worth less than one observation, for two reasons:

* Noise that remembers. With autocorrelation r, n points say as much about a level as
  n (1 - r) / (1 + r) independent ones. r cannot be told from breaks in one series: measured on what
  a first search leaves, it is too small where that search cut drift into pieces, and too large for
  wiggles nobody would call noise. So two readings of it are averaged with equal weight: of all
  that is left, corrected for what short regimes hide, and of what is left beyond the resolution
  of an eye.
* No series is exactly made of lines and parabolas. A coarsened posterior (Miller and Dunson 2019,
  JASA 114, 1113-1125) asks only for data near those of the model: the weight is a / (a + n).
"""

from itertools import pairwise

import numpy as np

from tanzhe.turning.sequences.segments import Floats, Integers

# Two readings. Added noise, in standard deviations of the series, under which wiggles are not
# counted, and the share of the correction for short regimes. (The correction in the second reading
# too: simulated F1 and cover lower by .002, those of the 15 real series by .02 and .01.)
READINGS = ((0.0, 1.0), (0.1, 0.0))
# a in a / (a + n), and the n from which it stays. Chosen on simulated families: F1 with 400, 1600
# and none is lower by .002, .017 and .034. It stays at 1/3 so that long series keep their breaks.
COARSENING = 800.0
LONGEST_COARSENED = 1600
# Autocorrelation beyond 9/11 is counted as 9/11: short series cannot show more.
LEAST_WEIGHT = 0.1
# Residuals are cut at so many robust standard deviations before products are taken.
CUT = 3.0
# 1 / the 75 % quantile of the normal: from a median of sizes to a standard deviation.
NORMAL = 1.4826


def coarsening(n: int) -> float:
    """What a point counts because the model is only nearly true."""
    return COARSENING / (COARSENING + min(n, LONGEST_COARSENED))


def weights(z: Floats, borders: Integers) -> list[float]:
    """What a point counts, once for each reading.

    Args:
        z: series in standard deviations.
        borders: breaks of the first search.
    """
    left = residuals(z, borders)
    regimes = (len(borders) + 1) / len(z)
    out = []
    for resolution, corrected in READINGS:
        r = autocorrelation(left, borders, resolution)
        r += corrected * hidden(r) * regimes
        r = min(max(r, 0.0), 1.0)
        out.append(max(LEAST_WEIGHT, (1 - r) / (1 + r)) * coarsening(len(z)))
    return out


def hidden(r: float) -> float:
    """By how much r is too small around fitted lines, times the length of a line.

    Source: Marriott and Pope 1954, Biometrika 41, 390-402: (1 + 3 r) / n around a mean; a slope
    takes away as much again, here 2 + 4 r in all.
    """
    return 2 + 4 * max(r, 0.0)


def residuals(z: Floats, borders: Integers) -> Floats:
    """What a line in each regime leaves."""
    out = np.empty_like(z)
    edges = [0, *(int(b) for b in borders), len(z)]
    for a, b in pairwise(edges):
        y = z[a:b] - z[a:b].mean()
        t = np.arange(b - a) - (b - a - 1) / 2
        squares = float((t * t).sum())
        out[a:b] = y - (t * ((t * y).sum() / squares) if squares > 0 else 0.0)
    return out


def autocorrelation(left: Floats, borders: Integers, resolution: float) -> float:
    """Correlation of neighbours within regimes, outliers cut, with some noise thought added."""
    middle = float(np.median(left))
    size = NORMAL * float(np.median(np.abs(left - middle)))
    cut = np.clip(left, -CUT * size, CUT * size)
    together = np.ones(len(left) - 1, dtype=np.bool_)
    together[np.asarray(borders, dtype=np.int64) - 1] = False
    a, b = cut[1:][together], cut[:-1][together]
    own = float((0.5 * (a * a + b * b) + resolution**2).sum())
    return float((a * b).sum()) / own if own > 0 else 0.0
