"""Paths of the coming years, simulated from the growth of the past years."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.peaks.settings import Growth

Floats = NDArray[np.float64]


class Panel(NamedTuple):
    """What comparable series say of growth, so that a short series need not say it alone.

    Attributes:
        drift: median yearly growth, in logs.
        spread: median standard deviation of yearly growth, in logs.
    """

    drift: float
    spread: float


def growth_paths(
    logs: Floats, years: int, panel: Panel, growth: Growth, draws: np.random.Generator, paths: int
) -> Floats:
    """Simulated logs of the coming years, by a random walk whose drift and scale are uncertain.

    Recent growth counts most: its weight halves every `growth.half_life` years. Drift and scale
    are drawn anew for each path (Student t), which is what keeps small probabilities honest.

    Args:
        logs: logarithms of yearly values, oldest first, at least two.
        years: how many to simulate.
        panel: the growth of comparable series.
        growth: half-life, and for how many years of growth the panel counts.
        draws: the source of chance.
        paths: how many.

    Returns:
        Array of shape (paths, years).
    """
    newest = np.diff(logs)[::-1][: growth.longest]
    weights = 0.5 ** (np.arange(len(newest)) / growth.half_life)
    total = weights.sum()
    worth = total**2 / (weights**2).sum()
    mean = (weights @ newest + growth.drift_worth * panel.drift) / (total + growth.drift_worth)
    own = worth / total * (weights @ (newest - mean) ** 2)
    freedom = worth + growth.spread_worth
    variance = (own + growth.spread_worth * panel.spread**2) / freedom
    scale = np.sqrt(variance * freedom / draws.chisquare(freedom, paths))
    drift = mean + scale * draws.standard_normal(paths) / np.sqrt(worth + growth.drift_worth)
    steps = draws.standard_normal((paths, years))
    drifts = np.repeat(drift[:, None], years, axis=1)
    if growth.wander:
        moves = draws.standard_normal((paths, years)).cumsum(axis=1)
        drifts = drifts + growth.wander * scale[:, None] * moves
    return np.asarray(logs[-1] + (drifts + scale[:, None] * steps).cumsum(axis=1))
