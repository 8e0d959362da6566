"""The common movement of a panel as a series of its own, and what each member has of it."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from tanzhe.turning.design import Floats, Integers
from tanzhe.turning.episodes.candidates import Candidates, Described, Table, built_in
from tanzhe.turning.episodes.noise import regular, remembered
from tanzhe.turning.episodes.panel import Panel
from tanzhe.turning.episodes.runs import Run, inside, runs
from tanzhe.turning.episodes.settings import EpisodeSettings
from tanzhe.turning.settings import Noise

# Events that many provinces share are rarer than those of one: half the rates. Rates learnt from
# the provinces would count each of them once for every province.
RARER = 2.0
SEASON = 1.0


@dataclass(frozen=True, eq=False)
class Nation:
    """The common movement, what began in it, and its usual course.

    Attributes:
        logs: mean movement of the others over all members, shape (n_periods,).
        table: its likely sets.
        runs: what began, by probability.
        courses: mean departure of each run given that it began, shape (n_runs, n_periods).
    """

    logs: Floats
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
    known = np.isfinite(panel.others)
    held = known.any(axis=0)
    sums = np.where(known, panel.others, 0.0).sum(axis=0)
    logs = np.where(held, sums / np.maximum(known.sum(axis=0), 1), np.nan)
    loudness = np.exp(np.log(panel.loudness).mean(axis=0))
    chosen = replace(panel.chosen, season=SEASON)
    prior = replace(built_in(len(logs), settings, rarer=RARER), log_weights=panel.alone.log_weights)
    described = Described.of(logs, panel.calendar, loudness, chosen, settings)
    table = described.explore(prior, settings).table(prior, settings)
    found = runs([(1.0, table)], len(logs), settings, settings.told)
    courses = np.array([_course(table, run) for run in found]).reshape(len(found), len(logs))
    return Nation(logs, table, found, courses)


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
    shares = stats.norm.sf((settings.least_loading - mean) / spread)
    return [
        Loading(float(m), float(s), run.anything * float(share))
        for m, s, share, run in zip(mean, spread, shares, found.runs, strict=True)
    ]


def _whitened(
    panel: Panel, i: int, noise: Noise, known: Integers, courses: Floats, settings: EpisodeSettings
) -> tuple[Floats, Floats]:
    base = regular(panel.calendar, panel.chosen, settings)
    loud = panel.loudness[i]
    covariance = loud[:, None] * remembered(len(loud), noise) * loud[None, :] + base
    factor = np.linalg.cholesky(covariance[np.ix_(known, known)])
    logs = panel.logs[i][known]
    both = np.column_stack([courses.T[known], logs - logs.mean()])
    white = np.linalg.solve(factor, both)
    return white[:, :-1], white[:, -1]
