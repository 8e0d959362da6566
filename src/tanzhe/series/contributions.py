"""Which products an episode came from: contributions that add up to its depth."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Driver, Episode, Series

Floats = NDArray[np.float64]
# A product's usual share is the mean of the same periods of so many years before the episode.
YEARS_BEFORE = 2
# Over at most so many periods: what lasts is told by its first year.
LONGEST = 11
# Where the figures themselves moved by less than this part of the depth, or the other way, their
# parts say nothing of it.
LEAST_SEEN = 1 / 3


def contributions(
    series: Series, episode: Episode, expected: Sequence[float]
) -> tuple[Driver, ...]:
    """How much of an episode's depth each product brought, in percentage points.

    A product is expected to keep the share of the total that it had in the same months of the two
    years before; what it is off by, against the expected total, is its contribution. They are
    brought to the depth that is told, so that they add up to it.

    Args:
        series: with `parts`.
        episode: of this series.
        expected: path without episodes, one a period.

    Returns:
        Largest first; empty without parts, without a year before, or where the figures did not
        move that way.
    """
    if not series.parts:
        return ()
    first = series.periods.index(episode.begin)
    end = len(series) if episode.end is None else series.periods.index(episode.end)
    life = range(first, max(first + 1, min(end, first + LONGEST)))
    parts = np.array([[np.nan if v is None else v for v in part.values] for part in series.parts])
    total, usual = series.array, np.asarray(expected)
    shares = [_usual_shares(parts, total, series, period, first) for period in life]
    held = [i for i, period in enumerate(life)
            if np.isfinite(shares[i]).all() and np.isfinite(parts[:, period]).all()]  # fmt: skip
    if not held:
        return ()
    at = [life[i] for i in held]
    off = sum(
        parts[:, period] - usual[period] * shares[i] for i, period in zip(held, at, strict=True)
    )
    percent = 100 * off / usual[at].sum()
    seen = float(percent.sum())
    if seen * episode.depth_percent <= 0 or abs(seen) < LEAST_SEEN * abs(episode.depth_percent):
        return ()
    points = percent * episode.depth_percent / seen
    order = np.argsort(-np.abs(points), kind="stable")
    return tuple(
        Driver(product=series.parts[k].product, percentage_points=round(float(points[k]), 2))
        for k in order
    )


def _usual_shares(parts: Floats, total: Floats, series: Series, period: int, first: int) -> Floats:
    """Mean share of each product in the same period of the years before the episode."""
    per_year = 1 if series.frequency == "year" else 11 if series.merged else 12
    before = [period - per_year * k for k in range(1, 12)]
    before = [p for p in before if 0 <= p < first][:YEARS_BEFORE]
    known = [
        parts[:, p] / total[p] for p in before if np.isfinite(parts[:, p]).all() and total[p] > 0
    ]
    return np.mean(known, axis=0) if known else np.full(len(parts), np.nan)
