"""The season and single odd points of a plain sequence, found and taken out.

A season is only taken out when the sequence clearly has one: the pattern of every second cycle must
show in the others. Its size may change slowly (traffic and tourism grow with their season).
"""

import numpy as np

from tanzhe.turning.sequences.noise import NORMAL
from tanzhe.turning.sequences.segments import Floats

# Cycles looked for; four of them must fit. 400 takes in a year of days.
SHORTEST, LONGEST, CYCLES = 4, 400, 4
# A cycle is tried where the differences over so many points repeat at least so well: neighbours
# show sharp patterns, points further apart smooth ones. At most so many of each, with their parts.
APART, REPEATS, TRIED, PARTS = (1, 4), 0.25, 6, (2, 3, 4, 5)
# It is taken when both halves of the cycles agree (correlation) and each half predicts the other so
# well that this share of the spread goes. A longer one must leave clearly less than a shorter one
# (12 explains what 24 explains), unless it is longer by less than a quarter (11 was nearly 12).
# Of 1,620 simulated seasons of 4 to 96 points 86 % are found and 7 % taken for another (66 and 20 %
# when a cycle was judged by the points it was made from); in 4,500 of noise (AR(1) 0 to 1), .5 %.
AGREEMENT, REMOVED, CLEARLY, NEARLY = 0.7, 0.3, 0.3, 1.25
# Share of differences cut at both ends before they are compared, against single jumps.
TAIL = 0.02
# A point is odd beyond so many standard deviations from the median of seven; at most two in a row,
# three may be the start of something. The measure is robust, but at least the mean distance, as
# most of a rounded sequence may stand at one value: without it, 70 to 95 % of rounded noise showed
# breaks, with it 3 %. And it is at least 1 % of the spread.
NEIGHBOURS, ODD, ROW, FINEST = 3, 5.0, 2, 0.01


def without_season(x: Floats, period: int) -> Floats:
    """The sequence without a season of so many points."""
    off = x - moving_mean(x, period)
    shape = np.resize(_pattern(off, period), len(x))
    half = min(2 * period, (len(x) - 1) // 2)
    size = running_sum(off * shape, half) / running_sum(shape * shape, half)
    return x - np.maximum(size, 0.0) * shape


def find_period(x: Floats) -> int:
    """The length of the season, 0 if there is none."""
    best = 0
    for period in _tried(x):
        seen = _shows(x, period) and _shows(x[::-1], period)
        if seen and (not best or _explains_more(x, period, best)):
            best = period
    return best


def _tried(x: Floats) -> list[int]:
    """Lags at which the differences repeat best, their neighbours and whole parts, ascending."""
    peaks = {lag for apart in APART for lag in repeating(x, apart, _longest(x))}
    found = {lag + k for lag in peaks for k in (-1, 0, 1) if SHORTEST <= lag + k <= _longest(x)}
    parts = {lag // k for lag in found for k in PARTS if lag % k == 0}
    return sorted(found | {p for p in parts if p >= SHORTEST})


def _longest(x: Floats) -> int:
    return min(len(x) // CYCLES, LONGEST)


def repeating(x: Floats, apart: int, longest: int) -> list[int]:
    """Lags up to the longest at which differences over so many points repeat best."""
    if longest < SHORTEST:
        return []
    steps = x[apart:] - x[:-apart]
    steps = np.clip(steps, *np.quantile(steps, [TAIL, 1 - TAIL]))
    steps = steps - steps.mean()
    whole = float((steps * steps).sum())
    if whole <= 0:
        return []
    size = 1 << (2 * len(steps) - 1).bit_length()
    power = np.abs(np.fft.rfft(steps, size)) ** 2
    alike = np.fft.irfft(power, size)[: longest + 2] / whole
    lags = np.arange(SHORTEST, longest + 1)
    peak = (alike[lags] >= alike[lags - 1]) & (alike[lags] >= alike[lags + 1])
    good = lags[peak & (alike[lags] > REPEATS)]
    order = np.argsort(-alike[good].round(9), kind="stable")[:TRIED]
    return [int(p) for p in good[order]]


def _shows(x: Floats, period: int) -> bool:
    """Whether odd and even cycles have the same pattern, and much of the spread goes with it."""
    off = x - moving_mean(x, period)
    odd, even = _halves(off, period)
    size = np.sqrt(float((odd * odd).sum()) * float((even * even).sum()))
    before = float(np.mean(np.abs(off)))
    if size <= 0 or before <= 0 or float((odd * even).sum()) <= AGREEMENT * size:
        return False
    return _left(off, period) < (1 - REMOVED) * before**2


def _explains_more(x: Floats, period: int, shorter: int) -> bool:
    """Whether a cycle leaves less than a shorter one, in both directions of time together."""
    there = x - moving_mean(x, period)
    both = (there, there[::-1])
    factor = 1.0 if period < NEARLY * shorter else 1 - CLEARLY
    return sum(_left(y, period) for y in both) < factor * sum(_left(y, shorter) for y in both)


def _halves(off: Floats, period: int) -> tuple[Floats, Floats]:
    """Patterns of odd and of even cycles."""
    cycles = len(off) // period
    table = off[: cycles * period].reshape(cycles, period)
    odd, even = np.median(table[::2], axis=0), np.median(table[1::2], axis=0)
    return odd - odd.mean(), even - even.mean()


def _left(off: Floats, period: int) -> float:
    """Squared spread around the pattern of the other half of the cycles.

    A mean of sizes: a median would not see a season of one month in twelve.
    """
    odd, even = _halves(off, period)
    other = np.resize(np.concatenate([even, odd]), len(off))
    return float(np.mean(np.abs(off - other))) ** 2


def _pattern(off: Floats, period: int) -> Floats:
    shape = np.array([np.median(off[k::period]) for k in range(period)])
    return np.asarray(shape - shape.mean(), dtype=np.float64)


def moving_mean(x: Floats, period: int) -> Floats:
    """Mean over one cycle around each point; past the ends the sequence is turned over."""
    half = period // 2
    before = 2 * x[0] - x[1 : half + 1][::-1]
    after = 2 * x[-1] - x[-half - 1 : -1][::-1]
    whole = np.concatenate([before, x, after])
    sums = np.concatenate([[0.0], np.cumsum(whole)])
    total = sums[2 * half + 1 :] - sums[: -2 * half - 1]
    if period % 2 == 0:
        total = total - (whole[: len(x)] + whole[2 * half :]) / 2
    return np.asarray(total / period, dtype=np.float64)


def running_sum(x: Floats, half: int) -> Floats:
    """Sum over `half` points to both sides, mirrored at the ends."""
    sums = np.concatenate([[0.0], np.cumsum(np.pad(x, half, mode="reflect"))])
    return np.asarray(sums[2 * half + 1 :] - sums[: -2 * half - 1], dtype=np.float64)


def without_odd_points(x: Floats) -> Floats:
    """The sequence with single odd points, at most two in a row, put at the median around them."""
    half = min(NEIGHBOURS, (len(x) - 1) // 4)
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(x, half, mode="reflect"), 2 * half + 1
    )
    middle = np.median(windows, axis=1)
    off = np.abs(x - middle)
    noise = max(NORMAL * float(np.median(off)), float(off.mean()))
    odd = off > ODD * max(noise, FINEST * float(x.std()))
    ends = np.flatnonzero(np.diff(np.concatenate([[0], odd.astype(np.int64), [0]])))
    out = x.copy()
    for a, b in ends.reshape(-1, 2):
        if b - a <= ROW:
            out[a:b] = middle[a:b]
    return out
