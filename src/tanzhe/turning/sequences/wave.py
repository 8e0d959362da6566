"""A smooth season under noise, such as the year in daily figures: found in means, and taken out.

Between neighbouring days the year is hidden: noise is all one sees. Means of several points show
it. The season is then a few harmonics of one period, which need not be a whole number of points;
its size may change slowly.
"""

import numpy as np

from tanzhe.turning.sequences.season import moving_mean, repeating, running_sum
from tanzhe.turning.sequences.segments import Floats

# Means of so many points; a season must be so many means long, and three of its cycles must
# nearly fit. With sixty means and more, chance seldom repeats three times.
BLOCKS, SHORTEST, NEARLY, FEWEST = (4, 8, 16, 30), 8, 2.9, 60
# At most so many lags of each kind of mean are looked at, each refined on so many periods around.
TRIED, REFINED = 2, 33
# The season is the typical value in so many parts of the cycle, as so many harmonics.
BINS, HARMONICS = 24, 3
# It is taken where odd and even cycles agree (correlation), and each half predicts the other so
# well that this share of the squared spread of the means goes.
AGREEMENT, REMOVED = 0.8, 0.4


def find_wave(x: Floats) -> float:
    """The period of a smooth season in points, 0 if there is none."""
    best, least = 0.0, 1.0 - REMOVED
    for size in BLOCKS:
        count = len(x) // size
        if count < FEWEST:
            break
        means = x[: count * size].reshape(count, size).mean(axis=1)
        for lag in repeating(means, 1, int(count / NEARLY))[:TRIED]:
            if lag < SHORTEST:
                continue
            period = _refined(means, lag)
            left = _left(means, period)
            if left < least:
                best, least = period * size, left
    return best


def _refined(means: Floats, lag: int) -> float:
    """The period near a lag whose harmonics leave least."""
    off = means - moving_mean(means, lag)
    inner = slice(lag // 2 + 1, len(off) - lag // 2 - 1)
    time = np.arange(len(off))[inner]

    def left(period: float) -> float:
        turns = 2 * np.pi * time[:, None] / period * np.arange(1, HARMONICS + 1)
        columns = np.hstack([np.cos(turns), np.sin(turns), np.ones((len(time), 1))])
        found = np.linalg.lstsq(columns, off[inner], rcond=None)[0]
        return float(np.abs(off[inner] - columns @ found).sum())

    there = np.linspace(0.85 * lag, min(1.15 * lag + 1, len(means) / NEARLY), REFINED)
    return min((float(p) for p in there), key=left)


def _left(means: Floats, period: float) -> float:
    """Share of the squared spread that the pattern of the other half of the cycles leaves.

    A mean of sizes, as in `plain_season`; 1 where the halves do not agree.
    """
    off = means - moving_mean(means, round(period))
    cycle = (np.arange(len(off)) / period).astype(np.int64)
    parts = _parts(len(off), period, min(BINS, int(period)))
    halves = [_typical(off[cycle % 2 == k], parts[cycle % 2 == k], parts) for k in (0, 1)]
    size = float(np.sqrt((halves[0] ** 2).sum() * (halves[1] ** 2).sum()))
    if size <= 0 or float((halves[0] * halves[1]).sum()) <= AGREEMENT * size:
        return 1.0
    other = np.where(cycle % 2 == 0, halves[1][parts], halves[0][parts])
    return float(np.mean(np.abs(off - other)) / np.mean(np.abs(off))) ** 2


def _parts(n: int, period: float, bins: int) -> np.ndarray:
    """The part of the cycle each point is in."""
    phase = np.arange(n) / period % 1.0
    return np.minimum((phase * bins).astype(np.int64), bins - 1)


def _typical(off: Floats, parts: np.ndarray, every: np.ndarray) -> Floats:
    """The median of each part of the cycle, around zero; zero where there is nothing."""
    bins = int(every.max()) + 1
    found = [off[parts == k] for k in range(bins)]
    out = np.array([float(np.median(one)) if len(one) else 0.0 for one in found])
    return np.asarray(out - out.mean())


def without_wave(x: Floats, period: float, level: Floats | None = None) -> Floats:
    """The sequence without a smooth season.

    Args:
        x: the sequence.
        period: of the season, in points.
        level: around which it swings; None: its mean over one cycle.
    """
    off = x - (moving_mean(x, round(period)) if level is None else level)
    # Within half a cycle of the ends the mean is that of a sequence turned over.
    edge = min(round(period) // 2 + 1, len(x) // 4) if level is None else 0
    inner = np.zeros(len(x), dtype=np.bool_)
    inner[edge : len(x) - edge] = True
    bins = min(BINS, int(period))
    parts = _parts(len(x), period, bins)
    waves = np.fft.rfft(_typical(off[inner], parts[inner], parts)) / bins
    phase = 2 * np.pi * (np.arange(len(x)) / period)
    shape = np.zeros(len(x))
    for k in range(1, min(HARMONICS, (bins - 1) // 2) + 1):
        # The middle of a part stands for it.
        turned = waves[k] * np.exp(-1j * np.pi * k / bins)
        shape += 2 * (turned * np.exp(1j * k * phase)).real / np.sinc(k / bins)
    half = min(int(2 * period), (len(x) - 1) // 2)
    around = running_sum(shape * shape * inner, half)
    size = running_sum(off * shape * inner, half) / np.where(around > 0, around, 1.0)
    return x - np.maximum(size, 0.0) * shape
