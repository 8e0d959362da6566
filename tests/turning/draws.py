"""What made-up sequences are drawn from: noise, bent paths, places of breaks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Random = np.random.Generator
Seen = list[tuple[int, float]]  # position, share of readers who mark it
Made = tuple[Floats, Seen]


def noise(r: Random, n: int, rho: float = 0.0, size: float = 1.0) -> Floats:
    y = r.normal(size=n) * size
    y[0] /= np.sqrt(1 - rho**2)
    for i in range(1, n):
        y[i] += rho * y[i - 1]
    return y


def bent(n: int, at: Sequence[float], levels: Sequence[float]) -> Floats:
    return np.interp(np.arange(n), at, levels)


def places(r: Random, n: int, count: int, gap: int) -> list[int]:
    """Places `gap` apart from each other and the ends; fewer where so many do not fit."""
    for _ in range(10_000 if count else 0):
        found = np.sort(r.integers(gap, n - gap, size=count))
        if count < 2 or np.diff(found).min() >= gap:
            return [int(p) for p in found]
    return places(r, n, count - 1, gap) if count else []


def sign(r: Random) -> float:
    return float(r.choice([-1, 1]))
