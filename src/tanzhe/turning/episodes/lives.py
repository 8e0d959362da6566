"""The life of an episode: how deep, until when, how much over its life; each with an interval.

Sets of events in which it began are drawn by their probability, their sizes from the posterior.
What began in the interval is followed, less what later goes the other way, until a quarter of its
depth is left.
"""

from dataclasses import dataclass

import numpy as np

from tanzhe.turning.calendar import Floats, Integers
from tanzhe.turning.episodes.candidates import Mask, Table
from tanzhe.turning.episodes.runs import Run, inside

# An episode is over when this part of its depth is left.
OVER = 0.25
DRAWS, SEED = 400, 1


@dataclass(frozen=True, eq=False)
class Life:
    """What became of something that began.

    Attributes:
        paths: drawn departures while it lived, zero outside, shape (n_draws, n_periods).
        path: their mean.
        deepest: period of the largest departure of the mean path.
        end: first period after it, or None where it lasts to the end of the series.
        depth: departure at `deepest`, in logs: low, mean, high at the level asked.
    """

    paths: Floats
    path: Floats
    deepest: int
    end: int | None
    depth: tuple[float, float, float]


def life(tables: list[tuple[float, Table]], run: Run, level: float = 0.9) -> Life:
    """Follow a run through its life.

    Args:
        tables: descriptions of one series with their probabilities.
        run: what began.
        level: of the interval of the depth.
    """
    draws = np.random.default_rng(SEED)
    chances = [share * np.where(_has(table, run), table.weight, 0.0) for share, table in tables]
    totals = np.array([chance.sum() for chance in chances])
    split = draws.multinomial(DRAWS, totals / totals.sum())
    drawn = [
        _drawn(table, chance / chance.sum(), run, count, draws)
        for (_, table), chance, count in zip(tables, chances, split, strict=True)
        if count
    ]
    whole = np.concatenate(drawn)
    paths, ends = _until_over(whole, run)
    path = paths.mean(axis=0)
    deepest = int(np.argmax(run.sign * path))
    end = int(np.median(ends))
    low, high = np.quantile(paths[:, deepest], [(1 - level) / 2, (1 + level) / 2])
    depth = (float(low), float(path[deepest]), float(high))
    return Life(paths, path, deepest, end if end < paths.shape[1] else None, depth)


def _has(table: Table, run: Run) -> Mask:
    there = np.zeros(len(table.weight), dtype=bool)
    there[table.set[inside(table, run)]] = True
    return there


def _drawn(
    table: Table,
    chance: Floats,
    run: Run,
    count: int,
    draws: np.random.Generator,
) -> Floats:
    """Drawn departures: what began in the run, and what went the other way after it."""
    chosen = np.bincount(draws.choice(len(chance), size=count, p=chance), minlength=len(chance))
    out = []
    for number in np.flatnonzero(chosen):
        rows = np.flatnonzero(table.set == number)
        sizes = table.sizes[number].drawn(draws, int(chosen[number]))
        own = inside(table, run)[rows]
        back = (np.sign(table.mean[rows]) == -run.sign) & (table.begin[rows] > run.first)
        use = own | back
        out.append(sizes[:, use] @ table.columns[:, rows[use]].T)
    return np.concatenate(out)


def _until_over(paths: Floats, run: Run) -> tuple[Floats, Integers]:
    """The departures while they live, never beyond zero, and the first period after each."""
    own = np.maximum(run.sign * paths, 0.0)
    count, periods = own.shape
    time = np.arange(periods)
    deepest = own.argmax(axis=1)
    small = own < OVER * own[np.arange(count), deepest][:, None]
    small &= time >= deepest[:, None]
    over = np.where(small.any(axis=1), small.argmax(axis=1), periods)
    out = np.where(time < over[:, None], own, 0.0)
    alive = out > 0
    last = periods - alive[:, ::-1].argmax(axis=1)
    return run.sign * out, np.where(alive.any(axis=1), last, run.period + 1)
