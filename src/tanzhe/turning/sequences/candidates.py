"""Where a long sequence may break: a fast screening before the exact search.

Up to `EXACT` points every position is a candidate. Beyond that, candidates are the positions where
the means, or the slopes, of the points before and after differ most, at window lengths from short
to a quarter of the sequence; a second pass adds every position near what the first pass found.
"""

import numpy as np

from tanzhe.turning.sequences.segments import Floats, Integers

# Up to so many points the search is exact; beyond, about so many candidates (the table is
# quadratic in them).
EXACT, CANDIDATES = 400, 300
# Shortest window; each next one is longer by this factor.
SHORTEST_WINDOW, LONGER = 6, 1.6
# Share of the candidates that go to an even grid, for changes too slow for any peak.
EVEN = 0.15
# Second pass: positions so far to both sides of a likely break, at most so many candidates.
AROUND, MOST = 15, 700
# What a border needs to be looked at again, in the first pass.
LIKELY = 0.02


def candidates(z: Floats) -> Integers:
    """Borders for the first pass, 0 and n among them."""
    n = len(z)
    if n <= EXACT:
        return np.arange(n + 1, dtype=np.int64)
    even = np.linspace(0, n, int(EVEN * CANDIDATES)).round().astype(np.int64)
    lengths = _window_lengths(n)
    each = int((1 - EVEN) * CANDIDATES) // (2 * len(lengths))
    chosen = [even]
    for half in lengths:
        levels, slopes = contrasts(z, half)
        chosen += [_peaks(levels, half, each), _peaks(slopes, half, each)]
    return np.unique(np.concatenate(chosen))


def refined(borders: Integers, likely: Integers, n: int) -> Integers:
    """Borders for the second pass: every position near a likely break, and all likely borders.

    Args:
        borders: candidates of the first pass.
        likely: those with some probability, the likeliest first.
        n: number of points.
    """
    room = np.arange(-AROUND, AROUND + 1)
    near = (likely[: MOST // len(room), None] + room[None, :]).ravel()
    even = borders[:: max(1, len(borders) // int(EVEN * CANDIDATES))]
    both = np.concatenate([[0, n], near, likely[:MOST], even])
    return np.unique(both[(both >= 0) & (both <= n)])


def _window_lengths(n: int) -> list[int]:
    lengths, length = [], float(SHORTEST_WINDOW)
    while length <= n / 4:
        lengths.append(int(length))
        length *= LONGER
    return lengths


def contrasts(z: Floats, half: int) -> tuple[Floats, Floats]:
    """Size of the difference of means, and of slopes, between `half` points after and before.

    Returns:
        Two arrays of shape (n + 1,), zero where a window does not fit.
    """
    n = len(z)
    sums = np.concatenate([[0.0], np.cumsum(z)])
    turns = np.concatenate([[0.0], np.cumsum(np.arange(n) * z)])
    total = sums[half:] - sums[:-half]
    # Sum of (t - centre) z over the window that starts at each position.
    centre = np.arange(n - half + 1) + (half - 1) / 2
    slope = (turns[half:] - turns[:-half]) - centre * total
    levels, slopes = np.zeros(n + 1), np.zeros(n + 1)
    levels[half : n - half + 1] = np.abs(total[half:] - total[:-half])
    slopes[half : n - half + 1] = np.abs(slope[half:] - slope[:-half])
    return levels, slopes


def _peaks(size: Floats, half: int, most: int) -> Integers:
    """The highest positions that are highest within half a window to both sides."""
    reach = max(1, half // 2)
    windows = _running_maximum(size, reach)
    top = np.flatnonzero((size >= windows) & (size > 0))
    order = np.argsort(-size[top], kind="stable")[:most]
    return np.asarray(top[order], dtype=np.int64)


def _running_maximum(x: Floats, reach: int) -> Floats:
    """Maximum over `reach` positions to both sides, by doubling."""
    width = 2 * reach + 1
    padded = np.pad(x, reach, mode="constant", constant_values=-np.inf)
    span, out = 1, padded
    while 2 * span <= width:
        out = np.maximum(out[:-span], out[span:])
        span *= 2
    left = width - span
    return np.maximum(out[: len(x)], out[left : left + len(x)])
