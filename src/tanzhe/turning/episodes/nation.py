"""The common movement of a panel as a series of its own, and what each member has of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, ndtr

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
# What some members had alone: so large a part of them, with so many times the movement of the mean.
PARTS, ALONE = (0.1, 0.2, 0.3, 0.4), 3.0
# One member says no more than this for or against (log odds): it may have had another event then.
MOST_SAID = 3.0
NOTHING, TINY = 1e-9, 1e-12


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
        probability: that all had it together and the member shares in it.
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
    panel: Panel, found: Nation, members: Sequence[Candidates], settings: EpisodeSettings
) -> tuple[list[float], list[list[Loading]]]:
    """The probability of each run that all had it together, and what each member has of it.

    All courses at once are fitted to a series under its likeliest noise, a loading of one expected
    beforehand. What some members had alone adds up to a movement of the mean too: a run is the
    nation's as far as the loadings of all are those of one movement.

    Args:
        panel: the panel.
        found: the nation.
        members: what was found in each alone.
        settings: size of loadings.
    """
    if not found.runs:
        return [], [[] for _ in members]
    fits = [_fit(panel, i, found, one, settings) for i, one in enumerate(members)]
    together = _together(np.array([_bare(*fit, settings) for fit in fits]), settings)
    held = [run.anything * float(share) for run, share in zip(found.runs, together, strict=True)]
    return held, [_loadings(*fit, held, settings) for fit in fits]


def loadings_of_sum(
    alone: Panel, candidates: Candidates, found: Nation, held: list[float],
    settings: EpisodeSettings,
) -> list[Loading]:  # fmt: skip
    """What the sum of all members has, by its own figures, of what they had together.

    Args:
        alone: the sum as a panel of its own.
        candidates: what was found in it.
        found: the nation of the members.
        held: probability of each run that all had it together.
        settings: size of loadings.
    """
    if not found.runs:
        return []
    return _loadings(*_fit(alone, 0, found, candidates, settings), held, settings)


def _fit(
    panel: Panel, i: int, found: Nation, candidates: Candidates, settings: EpisodeSettings
) -> tuple[Floats, Floats]:
    """Precision of a member's loadings by its figures alone, and its product with their mean."""
    noise = settings.noises[candidates.likeliest(panel.alone)]
    known = np.flatnonzero(np.isfinite(panel.logs[i]))
    white, values = _whitened(panel, i, noise, known, found.courses, settings)
    variance = panel.scale[i] ** 2
    return white.T @ white / variance, white.T @ values / variance


def _loadings(
    precision: Floats, product: Floats, held: list[float], settings: EpisodeSettings
) -> list[Loading]:
    beforehand = 1 / settings.loading_size**2
    covariance = np.linalg.inv(precision + beforehand * np.eye(len(product)))
    mean = covariance @ (product + beforehand)
    spread = np.sqrt(np.diag(covariance))
    shares = ndtr((mean - settings.least_loading) / spread)
    return [
        Loading(float(m), float(s), chance * float(share))
        for m, s, share, chance in zip(mean, spread, shares, held, strict=True)
    ]


def _bare(precision: Floats, product: Floats, settings: EpisodeSettings) -> Floats:
    """Each loading and its variance with nothing expected of it beforehand, shape (n_runs, 2)."""
    out = np.empty((len(product), 2))
    for run in range(len(product)):
        beforehand = np.full(len(product), 1 / settings.loading_size**2)
        beforehand[run] = NOTHING
        covariance = np.linalg.inv(precision + np.diag(beforehand))
        out[run] = covariance[run] @ (product + beforehand), covariance[run, run]
    return out


def _together(bare: Floats, settings: EpisodeSettings) -> Floats:
    """Probability that runs are one movement of all, not the sum of what some had, (n_runs,)."""
    mean, variance = bare[..., 0], bare[..., 1]
    one = _density(mean - 1, variance + settings.loading_size**2)
    none, alone = _density(mean, variance), _density(mean, variance + ALONE**2)
    against = [
        np.clip(np.log(one / ((1 - part) * none + part * alone)), -MOST_SAID, MOST_SAID).sum(axis=0)
        for part in PARTS
    ]
    return np.asarray(expit(np.min(against, axis=0)))


def _density(values: Floats, variance: Floats) -> Floats:
    return np.asarray(np.exp(-(values**2) / (2 * variance)) / np.sqrt(variance) + TINY)


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
