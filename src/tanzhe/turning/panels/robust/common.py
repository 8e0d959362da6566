"""What the units of a panel have in common: the effect of each period and of the controls.

The published search estimates period effects together with everything else. Here they are taken out
first, two ways more careful: a noisy unit counts less than a calm one, and what each unit probably
did on its own is taken out before, so that a step of one is no mirrored step of the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tanzhe.turning.calendar import Calendar, Floats
from tanzhe.turning.panels.robust.pooling import Candidates, Prior, Values
from tanzhe.turning.panels.robust.search import log_sum

# Level, season and period effects are fitted in turn until nothing moves by this much of a unit's
# noise, at most so many times; a balanced panel is done at the second.
SETTLED = 1e-8
ROUNDS = 200
# From the median absolute deviation of differences to the standard deviation of an innovation.
NORMAL = 1.4826
# With fewer units "the others" means nothing: there are no period effects.
FEWEST_UNITS = 3

# Noise seldom takes a unit further than so many of its typical changes; sweeps of the polish.
BEYOND = 5.0
POLISHED = 2

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Common:
    """What the units share.

    Attributes:
        part: what each unit shares with the others, shape (n_units, n_periods).
        effects: of each period, shape (n_periods,).
        coefficients: of the controls, shape (n_controls,).
        errors: their standard errors, clustered by unit, shape (n_controls,).
    """

    part: Floats
    effects: Floats
    coefficients: Floats
    errors: Floats


def common(
    panel: Sequence[Values], own: Floats, controls: Floats, *, period_effects: bool = True
) -> Common:
    """The common part of a panel, given what each unit did on its own.

    Args:
        panel: units on one calendar.
        own: expected components of each unit, shape (n_units, n_periods).
        controls: shape (n_controls, n_units, n_periods).
        period_effects: whether periods have effects.
    """
    known = known_of(panel)
    left = np.array([values.logs for values in panel]) - own
    fitting = _Fitting(panel[0].calendar, known, left, period_effects)
    without = fitting.residual(left)
    beside = [fitting.residual(column) for column in controls]
    coefficients, errors = _regression(without, np.array(beside), fitting.weights)
    explained = np.tensordot(coefficients, controls, axes=1) if len(controls) else 0.0 * own
    effects = fitting.effects(left - explained)
    of_others = effects - fitting.own_influence(left - explained - effects)
    return Common(explained + of_others, effects, coefficients, errors)


def known_of(panel: Sequence[Values]) -> Mask:
    """Which periods of each unit are known, shape (n_units, n_periods)."""
    known = np.ones((len(panel), len(panel[0].calendar)), dtype=bool)
    for row, values in zip(known, panel, strict=True):
        row[list(values.missing)] = False
    return known


def outlying(panel: Sequence[Values], explained: Floats) -> Floats:
    """A first guess of what each unit did on its own: where it lies beyond any noise.

    A mean of few units follows one of them that leaps; medians do not (Tukey 1977, median polish).

    Args:
        panel: units on one calendar.
        explained: by the controls, shape (n_units, n_periods).

    Returns:
        Array of shape (n_units, n_periods), 0 where nothing is beyond.
    """
    if len(panel) < FEWEST_UNITS:
        return np.zeros(explained.shape)
    table = np.where(known_of(panel), np.array([v.logs for v in panel]) - explained, np.nan)
    season = np.array(panel[0].calendar.season)
    noise = change_sizes(table, season)
    limit = BEYOND * np.maximum(noise, np.median(noise))[:, None]
    for _ in range(POLISHED):
        for one in np.unique(season):
            table[:, season == one] -= _middle(table[:, season == one], axis=1)
        table -= _middle(table, axis=0)
    return np.where(np.abs(table) > limit, table, 0.0)


def _middle(table: Floats, axis: int) -> Floats:
    """Median of what is known, 0 where nothing is."""
    known = np.isfinite(table).any(axis=axis, keepdims=True)
    return np.asarray(np.nanmedian(np.where(known, table, 0.0), axis=axis, keepdims=True))


class _Fitting:
    """Unit levels, unit seasons and period effects, fitted in turn to columns of a panel."""

    def __init__(self, calendar: Calendar, known: Mask, left: Floats, period_effects: bool) -> None:
        self.known, self.with_periods = known, period_effects and len(known) >= FEWEST_UNITS
        self.season = np.array(calendar.season)
        noise = change_sizes(np.where(known, left, np.nan), self.season) ** 2
        typical = float(np.median(noise[noise > 0])) if (noise > 0).any() else 1.0
        # A calm unit counts more, but none more than twice what the typical one does.
        self.weights = 1.0 / (noise + typical)

    def own(self, columns: Floats) -> Floats:
        """Mean of each unit in each season."""
        out = np.zeros_like(columns)
        for season in np.unique(self.season):
            here = self.season == season
            counts = np.maximum(self.known[:, here].sum(axis=1), 1)
            sums = np.where(self.known, columns, 0.0)[:, here].sum(axis=1)
            out[:, here] = (sums / counts)[:, None]
        return out

    def periods(self, columns: Floats) -> Floats:
        """Weighted mean of each period over the units."""
        weights = np.where(self.known, self.weights[:, None], 0.0)
        return np.asarray((weights * columns).sum(axis=0) / np.maximum(weights.sum(axis=0), 1e-300))

    def own_influence(self, left: Floats) -> Floats:
        """What each unit adds to the period effects it is to be compared with.

        Args:
            left: columns without period effects.
        """
        if not self.with_periods:
            return np.zeros_like(left)
        weights = np.where(self.known, self.weights[:, None], 0.0)
        others = np.maximum(weights.sum(axis=0) - weights, 1e-300)
        return np.where(self.known, weights / others * (left - self.own(left)), 0.0)

    def effects(self, columns: Floats) -> Floats:
        """Period effects beside the units' own seasons."""
        total = np.zeros(columns.shape[1])
        if not self.with_periods:
            return total
        size = float(np.abs(np.where(self.known, columns - self.own(columns), 0.0)).max())
        for _ in range(ROUNDS):
            left = columns - total
            step = self.periods(left - self.own(left))
            total = total + step
            if np.abs(step).max() <= SETTLED * size:
                break
        return total

    def residual(self, columns: Floats) -> Floats:
        """Columns without period effects and the units' own seasons; zero where unknown."""
        left = columns - self.effects(columns)
        return np.where(self.known, left - self.own(left), 0.0)


def change_sizes(table: Floats, season: NDArray[np.intp]) -> Floats:
    """Robust standard deviation of each unit's changes from one period to the next.

    Args:
        table: shape (n_units, n_periods), NaN where unknown.
        season: of each period; the typical change into a season is no noise.

    Returns:
        Array of shape (n_units,); zero where nothing changes.
    """
    out = np.zeros(len(table))
    for i, row in enumerate(table):
        there = np.isfinite(row)
        changes, into = np.diff(row[there]), season[there][1:]
        for s in np.unique(into):
            changes[into == s] -= np.median(changes[into == s])
        out[i] = NORMAL * np.median(np.abs(changes)) if len(changes) else 0.0
    return out


def _regression(outcome: Floats, controls: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Weighted least squares of what is left; errors clustered by unit (Liang, Zeger 1986)."""
    if not len(controls):
        return np.zeros(0), np.zeros(0)
    root = np.sqrt(weights)[:, None]
    columns = (controls * root).reshape(len(controls), -1).T
    inner = np.linalg.pinv(columns.T @ columns, rcond=1e-12, hermitian=True)
    coefficients = inner @ (columns.T @ (outcome * root).ravel())
    rest = outcome - np.tensordot(coefficients, controls, axes=1)
    scores = np.einsum("cit,it,i->ic", controls, rest, weights)
    groups = len(weights)
    middle = scores.T @ scores * groups / (groups - 1)
    return coefficients, np.sqrt(np.maximum(np.diag(inner @ middle @ inner), 0.0))


def expected_own(candidates: Candidates, prior: Prior) -> Floats:
    """Posterior mean of the sum of all components of one unit, shape (n_periods,)."""
    posteriors = candidates.log_posterior(prior)
    total = log_sum(np.concatenate([p for p in posteriors if p is not None]))
    path = np.zeros(len(candidates.values.logs))
    for models, posterior in zip(candidates.models, posteriors, strict=True):
        if models is None or posterior is None:
            continue
        chosen = models.members >= 0
        weight = (np.exp(posterior - total)[:, None] * models.mean)[chosen]
        count = models.dictionary.columns.shape[1]
        path += models.dictionary.columns @ np.bincount(
            models.members[chosen], weights=weight, minlength=count
        )
    return path
