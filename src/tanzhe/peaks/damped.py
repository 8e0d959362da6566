"""A yearly local level whose trend is damped: level, slope and noise with uncertain variances."""

import numpy as np

from tanzhe.peaks.filters import Floats, Model, crossed, filtered

# Variances in units of that of the level's own moves, and damping of the slope a year.
SLOPE, NOISE, DAMPING = (0.0, 0.01, 0.05, 0.2, 0.6), (0.0, 0.5), (0.7, 0.85, 0.95, 1.0)
_GRID = crossed(SLOPE, NOISE, DAMPING)


def _model() -> Model:
    slope, noise, damping = _GRID.T
    n = len(_GRID)
    step, moves = np.zeros((n, 2, 2)), np.zeros((n, 2, 2))
    step[:, 0, 0] = 1.0
    step[:, 0, 1] = step[:, 1, 1] = damping  # the level moves by the slope of the same year
    moves[:, 0, 0] = 1.0 + slope
    moves[:, 0, 1] = moves[:, 1, 0] = moves[:, 1, 1] = slope
    spread = np.zeros((n, 2, 2))
    spread[:, 0, 0] = noise
    spread[:, 1, 1] = 1.0
    return Model(
        step, moves, np.array([1.0, 0.0]), noise, spread,
        memory=0.88, weight_memory=0.98, worth=3.0, scale=0.05, clip=np.inf,
    )  # fmt: skip


_MODEL = _model()


def damped_paths(logs: Floats, years: int, draws: np.random.Generator, paths: int) -> Floats:
    """Simulated logs of the coming years, shape (paths, years).

    Args:
        logs: logarithms of yearly values, oldest first.
        years: how many to simulate.
        draws: the source of chance.
        paths: how many.
    """
    state = filtered(_MODEL, np.array([logs[0], 0.0]), logs[1:])
    chosen, scale, now = state.draw(draws, paths)
    slope, noise, damping = _GRID[chosen].T
    level, trend = now[:, 0], now[:, 1]
    found = np.empty((paths, years))
    for year in range(years):
        moves = scale[:, None] * draws.standard_normal((paths, 3))
        trend = damping * trend + np.sqrt(slope) * moves[:, 0]
        level = level + trend + moves[:, 1]
        found[:, year] = level + np.sqrt(noise) * moves[:, 2]
    return found
