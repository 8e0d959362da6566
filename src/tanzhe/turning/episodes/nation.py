"""The common movement of a panel as a series of its own, and what each member has of it."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from tanzhe.turning.calendar import Floats, Integers
from tanzhe.turning.episodes.candidates import Candidates, Prior, Table, built_in
from tanzhe.turning.episodes.noise import regular, remembered
from tanzhe.turning.episodes.panel import Panel
from tanzhe.turning.episodes.runs import Run, inside, neighbours_joined, runs
from tanzhe.turning.episodes.settings import EpisodeSettings
from tanzhe.turning.noise import Noise

# Events that many provinces share are rarer than those of one: half the rates. Rates learnt from
# the provinces would count each of them once for every province.
RARER = 2.0


@dataclass(frozen=True, eq=False)
class Nation:
    """The common movement, what began in it, and its usual course.

    Attributes:
        candidates: likely sets of the mean movement.
        table: its likely sets.
        runs: what began, by probability.
        courses: mean departure of each run given that it began, shape (n_runs, n_periods).
    """

    candidates: Candidates
    table: Table
    runs: list[Run]
    courses: Floats


@dataclass(frozen=True)
class Loading:
    """What a member has of an episode of the nation.

    Attributes:
        mean: 1: as much as the nation.
        spread: posterior standard deviation.
        probability: that the nation had it and the member shares in it.
    """

    mean: float
    spread: float
    probability: float


def nation(panel: Panel, settings: EpisodeSettings) -> Nation:
    """Search the common movement of a panel."""
    described = panel.common(settings)
    prior = _prior(panel, settings)
    return nation_of(panel, described.explore(prior, settings).likely(prior), settings)


def nation_of(panel: Panel, candidates: Candidates, settings: EpisodeSettings) -> Nation:
    """What began in the common movement, from its likely sets."""
    table = candidates.table(_prior(panel, settings), settings)
    periods = panel.logs.shape[1]
    found = neighbours_joined(
        [(1.0, table)], runs([(1.0, table)], periods, settings, settings.told)
    )
    courses = np.array([_course(table, run) for run in found]).reshape(len(found), periods)
    return Nation(candidates, table, found, courses)


def _prior(panel: Panel, settings: EpisodeSettings) -> Prior:
    rates = built_in(panel.logs.shape[1], settings, rarer=RARER)
    return replace(rates, log_weights=panel.alone.log_weights)


def _course(table: Table, run: Run) -> Floats:
    rows = inside(table, run)
    return table.path(rows) / table.probability(rows)


def loadings(
    panel: Panel, i: int, found: Nation, candidates: Candidates, settings: EpisodeSettings
) -> list[Loading]:
    """What a member has of each run of the nation.

    All courses at once are fitted to the series under its likeliest noise, a loading of one
    expected beforehand.

    Args:
        panel: the panel.
        i: number of the member.
        found: the nation.
        candidates: what was found in the member alone.
        settings: size of loadings.
    """
    if not found.runs:
        return []
    noise = settings.noises[candidates.likeliest(panel.alone)]
    logs = panel.logs[i]
    known = np.flatnonzero(np.isfinite(logs))
    white, values = _whitened(panel, i, noise, known, found.courses, settings)
    scale = panel.scale[i]
    precision = (white.T @ white) / scale**2 + np.eye(white.shape[1]) / settings.loading_size**2
    covariance = np.linalg.inv(precision)
    start = np.ones(white.shape[1])
    mean = start + covariance @ (white.T @ (values - white @ start)) / scale**2
    spread = np.sqrt(np.diag(covariance))
    shares = ndtr((mean - settings.least_loading) / spread)
    return [
        Loading(float(m), float(s), run.anything * float(share))
        for m, s, share, run in zip(mean, spread, shares, found.runs, strict=True)
    ]


def _whitened(
    panel: Panel, i: int, noise: Noise, known: Integers, courses: Floats, settings: EpisodeSettings
) -> tuple[Floats, Floats]:
    base = regular(panel.calendar, panel.usual, settings)
    loud = panel.loudness
    covariance = loud[:, None] * remembered(len(loud), noise) * loud[None, :] + base
    factor = np.linalg.cholesky(covariance[np.ix_(known, known)])
    logs = panel.logs[i][known]
    both = np.column_stack([courses.T[known], logs - logs.mean()])
    white = np.linalg.solve(factor, both)
    return white[:, :-1], white[:, -1]
