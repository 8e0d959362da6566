"""Which runs are told, as one list: adjacent ones joined, recoveries folded, shared ones added."""

from dataclasses import dataclass, replace

import numpy as np

from tanzhe.turning.episodes.candidates import Table
from tanzhe.turning.episodes.lives import Life, life
from tanzhe.turning.episodes.nation import Loading, Nation
from tanzhe.turning.episodes.runs import NEAR, Run, inside, joined, runs
from tanzhe.turning.episodes.settings import RAMP, STEP, EpisodeSettings

Tables = list[tuple[float, Table]]
# A run the other way is a recovery when it begins so near the end of an earlier episode ...
BACK = 2
# ... and takes it no further beyond its usual course than this part of its depth.
BEYOND = 0.5
# Signals less likely than this are not worth a line, however long a list is wanted.
WEAKEST = 0.02
# What the own past makes less likely than this shows against the others only.
OWN_PAST = 0.3
# An own episode beside a shared one is another when it is so many times as deep there.
DEEPER = 2.0
# Of the draws of loadings.
SEED = 2


@dataclass(frozen=True, eq=False)
class Told:
    """One episode of one series.

    Attributes:
        run: what began.
        life: what became of it.
        shared: what the member has of the nation's episode; None for its own.
        relative: whether it shows against the others only, not against the own past.
        lasts_from: probability of lasting from which it is no single period.
    """

    run: Run
    life: Life
    shared: Loading | None = None
    relative: bool = False
    lasts_from: float = 0.5

    @property
    def probability(self) -> float:
        """That it lasts more than a period where that is told, else that anything began."""
        return self.shared.probability if self.shared else max(self.run.lasting, self.single)

    @property
    def single(self) -> float:
        """Probability of a single period; 0 where something lasting is told."""
        return self.run.anything if self.is_month else 0.0

    @property
    def is_month(self) -> bool:
        """Whether only a single odd period is told."""
        return self.run.lasting < self.lasts_from


def own_episodes(tables: Tables, periods: int, settings: EpisodeSettings) -> list[Told]:
    """What is told of a series itself, by begin.

    Args:
        tables: its descriptions with their probabilities.
        periods: number of periods.
        settings: what is told.
    """
    found = runs(tables, periods, settings, settings.told)
    told = [_told(tables, run) for run in found]
    told = _together(tables, sorted(told, key=lambda one: one.run.period), settings)
    return _without_recoveries(told)


def weaker(
    tables: Tables, periods: int, told: list[Told], most: int, settings: EpisodeSettings
) -> list[Told]:
    """What may have happened beside what is told, likeliest first.

    Args:
        tables: descriptions of the series with their probabilities.
        periods: number of periods.
        told: what is told already; the same begin, or its end again, is no other signal.
        most: of them.
        settings: what is told.
    """
    found = [
        run for run in runs(tables, periods, settings, WEAKEST)
        if run.anything < settings.told and not any(_says(one, run) for one in told)
    ]  # fmt: skip
    weak = [replace(_told(tables, run), lasts_from=run.anything / 2) for run in found[:most]]
    return sorted(weak, key=lambda one: -one.probability)


def _says(one: Told, run: Run) -> bool:
    """Whether an episode says a run already: as its start or as its end."""
    if one.run.sign == run.sign:
        return abs(run.period - one.run.period) <= NEAR
    return one.life.end is not None and abs(run.period - one.life.end) <= BACK


def _told(tables: Tables, run: Run) -> Told:
    """A run with its life; the first description is that of the own past."""
    _, alone = tables[0]
    relative = len(tables) > 1 and alone.probability(inside(alone, run)) < OWN_PAST
    return Told(run, life(tables, run), relative=relative)


def _together(tables: Tables, told: list[Told], settings: EpisodeSettings) -> list[Told]:
    """Adjacent episodes of one sign as one, until nothing is adjacent."""
    for i, one in enumerate(told):
        for j in range(i + 1, len(told)):
            other = told[j]
            if one.run.sign == other.run.sign and _adjacent(one, other):
                run = joined(tables, one.run, other.run)
                rest = [t for k, t in enumerate(told) if k not in (i, j)]
                both = _told(tables, run)
                return _together(
                    tables, sorted([*rest, both], key=lambda t: t.run.period), settings
                )
    return told


def _adjacent(one: Told, other: Told) -> bool:
    """Whether the later begins while the earlier lives, or just after; lasting levels apart."""
    if one.life.end is None:
        # A level that lasts does not swallow what happens years later.
        return other.run.period - one.run.last <= NEAR
    return other.run.period - one.life.end <= NEAR - 1 and other.run.first > one.run.period


def _without_recoveries(told: list[Told]) -> list[Told]:
    kept = []
    for one in told:
        ends = (
            other
            for other in told
            if other is not one
            and other.run.sign == -one.run.sign
            and other.run.period < one.run.period
            and other.life.end is not None
            and abs(one.run.period - other.life.end) <= BACK
        )
        before = next(ends, None)
        if before is None or not _goes_back(one, before):
            kept.append(one)
    return kept


def _goes_back(one: Told, before: Told) -> bool:
    """Whether what began is a level or a ramp that ends the earlier episode."""
    rise = abs(one.life.depth[1])
    lasts = one.run.lasting_shares[STEP] + one.run.lasting_shares[RAMP] >= 0.5
    return bool(lasts and rise <= (1 + BEYOND) * abs(before.life.depth[1]))


def shared_episodes(found: Nation, loaded: list[Loading], settings: EpisodeSettings) -> list[Told]:
    """What the nation had and the member shares, at the nation's course times its loading."""
    out = []
    for run, loading in zip(found.runs, loaded, strict=True):
        if loading.probability < settings.shared:
            continue
        course = life([(1.0, found.table)], run)
        out.append(Told(run, _scaled(course, loading), loading))
    return out


def _scaled(course: Life, loading: Loading) -> Life:
    """The nation's life times a loading, both uncertain."""
    draws = np.random.default_rng(SEED).normal(loading.mean, loading.spread, len(course.paths))
    paths = course.paths * np.maximum(draws, 0.0)[:, None]
    at = paths[:, course.deepest]
    low, high = np.quantile(at, [0.05, 0.95])
    return replace(
        course,
        paths=paths,
        path=paths.mean(axis=0),
        depth=(float(low), float(at.mean()), float(high)),
    )


def one_list(own: list[Told], shared: list[Told]) -> list[Told]:
    """Own and shared episodes; an own one of the same sign that begins beside it is its excess."""
    kept = [one for one in own if not any(_is_excess(one, other) for other in shared)]
    return sorted([*kept, *shared], key=lambda one: one.run.period)


def _is_excess(one: Told, shared: Told) -> bool:
    """Whether an own episode is more of a shared one; what is far deeper is another."""
    near = abs(one.run.period - shared.run.period) <= NEAR
    there = abs(shared.life.path[one.life.deepest])
    same = one.run.sign == shared.run.sign
    return bool(near and same and abs(one.life.depth[1]) <= DEEPER * there)
