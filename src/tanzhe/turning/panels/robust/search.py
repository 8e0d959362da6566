"""The posterior over sets of components, by growing the likely ones.

Every set of one component is evaluated, then every way to add one component to the best sets, and
so on. All evaluated sets near the best are kept and averaged. For one component this is exact
enumeration; beyond, sets that no likely smaller set leads to are missed, which the tests compare
with full enumeration.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.turning.calendar import Floats, Integers
from tanzhe.turning.panels.robust.design import Design, Dictionary
from tanzhe.turning.panels.robust.settings import COMPONENTS, Settings

# A fit leaves at least this part of the sum of squares: an exact one is not infinitely likely.
LEAST_LEFT = 1e-12
Mask = NDArray[np.bool_]


def log_sum(logs: Floats) -> float:
    """Logarithm of the sum of exponentials: scipy's does it with checks that cost more than it."""
    top = float(logs.max())
    return top + float(np.log(np.exp(logs - top).sum()))


@dataclass(frozen=True)
class Models:
    """Sets of components with their evidence, for one series and one noise.

    Attributes:
        dictionary: of the components.
        members: shape (n_models, largest_set), positions in the dictionary as they were added, -1:
            none.
        log_evidence: log marginal likelihood of each set, without its prior.
        counts: number of components of each kind, shape (n_models, n_kinds).
        positions: number of places each kind could be in, shape (n_kinds,).
        mean: posterior mean of each component's effect, shaped as `members`, log units (a slope: a
            year); 0 where there is none.
        scale: its posterior scale, Student t with the degrees of freedom of the design.
        largest: of each set the largest effect in prior standard deviations, shape (n_models,).
    """

    dictionary: Dictionary
    members: Integers
    log_evidence: Floats
    counts: Integers
    positions: Integers
    mean: Floats
    scale: Floats
    largest: Floats

    def log_prior(self, log_rates: Floats) -> Floats:
        """Log prior of each set: each kind a Poisson process, evenly over its positions."""
        return self.counts @ _log_chances(self.positions, log_rates)


def _log_chances(positions: Integers, log_rates: Floats) -> Floats:
    """Log prior of one component of each kind at one of its positions."""
    return log_rates - np.log(np.maximum(positions, 1))


def search(design: Design, values: Floats, log_rates: Floats, settings: Settings) -> Models:
    """Sets of components near the best, with their evidence.

    Args:
        design: from `design.design`.
        values: logarithm of the series, shape (n_periods,), finite everywhere.
        log_rates: log of the expected number of components of each kind in this series.
        settings: beam width and limits.
    """
    growth = _Growth(design, values, log_rates)
    found = [growth.sets]
    best = float(growth.sets.logs[0])
    for size in range(settings.most_components):
        logs = growth.children()
        top = float(logs.max())
        best = max(best, top)
        places = _highest(logs, settings.kept, best - settings.negligible)
        near = len(places)
        last = top < best - settings.negligible / 2 or size + 1 == len(values) // 4
        if near < settings.beam and not last:
            # Too few are worth keeping, but a set of them with another component may be.
            places = _highest(logs, settings.beam, -np.inf)
        sets = growth.joined(logs, places)
        found.append(sets.first(near))
        if last:
            break
        growth.grow(sets.first(settings.beam))
    return _collect(found, design, log_rates)


def _highest(logs: Floats, most: int, least: float) -> Integers:
    """Places in the flattened table of the highest values from `least` on, the highest first."""
    tops = logs.max(axis=0)
    if most < len(tops):
        # So many columns reach this: what lies below it is not among the highest.
        least = max(least, np.partition(tops, -most)[-most])
    places = np.flatnonzero(logs >= least)
    low = -logs.ravel()[places]
    if len(places) > most:
        chosen = np.argpartition(low, most - 1)[:most]
        places, low = places[chosen], low[chosen]
    return places[np.argsort(low, kind="stable")]


class _Sets(NamedTuple):
    """Sets of one size, each a parent and a child that was added last.

    Attributes:
        logs: log posterior, shape (n_sets,).
        members: shape (n_sets, size).
        parent: number of the set without its child, shape (n_sets,).
        slopes: coefficients of the child on the other members, shape (n_sets, size - 1).
        grown: what the child multiplies the determinant by, shape (n_sets,).
        effects: posterior means in prior standard deviations, shape (n_sets, size).
        own: their variances in variances of the noise, shape (n_sets, size).
        residual: sum of squares left, shape (n_sets,).
    """

    logs: Floats
    members: Integers
    parent: Integers
    slopes: Floats
    grown: Floats
    effects: Floats
    own: Floats
    residual: Floats

    def first(self, count: int) -> "_Sets":
        """The first so many."""
        return self if count >= len(self.logs) else _Sets(*map(itemgetter(slice(count)), self))


def _collect(found: list[_Sets], design: Design, log_rates: Floats) -> Models:
    """All sets found, of one size after another, as one table."""
    members = _stacked([sets.members for sets in found], -1).astype(np.intp)
    residual = np.concatenate([sets.residual for sets in found])
    variance = np.maximum(residual, LEAST_LEFT * residual[0]) / design.degrees
    own = _stacked([sets.own for sets in found], 0.0)
    effects = _stacked([sets.effects for sets in found], 0.0)
    sizes = design.sizes[members]
    counts, positions = _counts(design.dictionary, members), design.dictionary.positions()
    logs = np.concatenate([sets.logs for sets in found])
    return Models(
        dictionary=design.dictionary,
        members=members,
        log_evidence=logs - counts @ _log_chances(positions, log_rates),
        counts=counts,
        positions=positions,
        mean=effects * sizes,
        scale=np.sqrt(variance[:, None] * own) * sizes,
        largest=np.abs(effects).max(axis=1, initial=0.0) / np.sqrt(variance),
    )


def _stacked(tables: Sequence[Floats | Integers], nothing: float) -> Floats:
    """Tables under each other, the last the widest, the narrower ones filled up with `nothing`."""
    out = np.full((sum(map(len, tables)), tables[-1].shape[1]), nothing)
    first = 0
    for table in tables:
        out[first : first + len(table), : table.shape[1]] = table
        first += len(table)
    return out


def _counts(dictionary: Dictionary, members: Integers) -> Integers:
    """Number of members of each kind."""
    kinds = len(COMPONENTS)
    # The last column counts places without a member.
    kind = np.append(dictionary.kind, kinds)[members]
    cells = kind + (kinds + 1) * np.arange(len(members))[:, None]
    counts = np.bincount(cells.ravel(), minlength=(kinds + 1) * len(members))
    return counts.reshape(-1, kinds + 1)[:, :kinds]


class _Growth:
    """Sets, and what each leaves of the series and of all components.

    Every set is a regression of the series on its components, whose sizes have unit normal priors.
    A further component is one step of elimination: its row of the Gram matrix, the members taken
    out, says what it takes out of diagonal, scores and residual.

    Attributes:
        sets: to be grown.
        offset: log posterior of each without the part of its residual, shape (n_sets,).
        gram: rows of the Gram matrix of the members, shape (n_sets, size, n_components).
        inverse: of the Gram matrix of the members plus one, shape (n_sets, size, size).
        grown: what each component would multiply the determinant by, (n_sets, n_components).
        score: what is left of the scores of the components, (n_sets, n_components).
    """

    def __init__(self, design: Design, values: Floats, log_rates: Floats) -> None:
        scores, residual = design.scores(values)
        self.design = design
        self.prior = _log_chances(design.dictionary.positions(), log_rates)[design.dictionary.kind]
        self.floor = LEAST_LEFT * residual
        self.sets = self._empty(residual)
        self.offset = np.array([design.log_constant])
        self.gram = np.empty((1, 0, len(self.prior)))
        self.inverse: Floats = np.empty((1, 0, 0))
        self.grown = 1 + np.maximum(design.diagonal, 0.0)[None]
        self.score = scores[None]

    def _empty(self, residual: float) -> _Sets:
        one, none = np.ones(1), np.empty((1, 0))
        return _Sets(
            logs=one * (self.design.log_constant - 0.5 * self.design.degrees * np.log(residual)),
            members=none.astype(np.intp),
            parent=np.zeros(1, dtype=np.intp),
            slopes=none,
            grown=one,
            effects=none,
            own=none,
            residual=one * residual,
        )

    def children(self) -> Floats:
        """Log posterior of every set with one component more, -inf where it is no new set.

        Returns:
            Array of shape (n_sets, n_components).
        """
        logs = np.square(self.score)
        logs /= self.grown
        np.subtract(self.sets.residual[:, None], logs, out=logs)
        np.maximum(logs, self.floor, out=logs)
        np.log(logs, out=logs)
        logs *= self.design.degrees
        logs += np.log(self.grown)
        logs *= -0.5
        logs += self.prior
        logs += self.offset[:, None]
        logs[self._known()] = -np.inf
        return logs

    def _known(self) -> Mask:
        """Components that are in a set, or lead to what an earlier set and another lead to."""
        members = self.sets.members
        order = np.arange(len(members))
        inside = np.zeros(self.score.shape, dtype=bool)
        inside[order[:, None], members] = True
        lacking = ~inside[:, members]
        twins = (lacking.sum(axis=2) == 1) & (order[:, None] > order)
        late, early, place = np.nonzero(lacking & twins[:, :, None])
        inside[late, members[early, place]] = True
        return inside

    def joined(self, logs: Floats, places: Integers) -> _Sets:
        """The children at places of the flattened table of `children`."""
        parent, child = np.divmod(places, len(self.prior))
        slopes = np.einsum("nkl,nl->nk", self.inverse[parent], self.gram[parent, :, child])
        grown, score = self.grown[parent, child], self.score[parent, child]
        effect = score / grown
        before = self.sets
        return _Sets(
            logs=logs.ravel()[places],
            members=np.column_stack([before.members[parent], child]),
            parent=parent,
            slopes=slopes,
            grown=grown,
            effects=np.column_stack([before.effects[parent] - slopes * effect[:, None], effect]),
            own=np.column_stack([before.own[parent] + slopes**2 / grown[:, None], 1 / grown]),
            residual=before.residual[parent] - effect * score,
        )

    def grow(self, sets: _Sets) -> None:
        """Go on from children of the present sets."""
        self.offset = (
            self.offset[sets.parent] + self.prior[sets.members[:, -1]] - 0.5 * np.log(sets.grown)
        )
        self.gram = self.design.rows(sets.members)
        gram = self.design.blocks(sets.members) + np.eye(sets.members.shape[1])
        self.inverse = np.asarray(np.linalg.inv(gram), dtype=np.float64)
        shares = np.column_stack([-sets.slopes, np.ones(len(sets.slopes))])
        left = np.matmul(shares[:, None, :], self.gram)[:, 0]
        self.score = self.score[sets.parent]
        self.score -= sets.effects[:, -1:] * left
        self.grown = self.grown[sets.parent]
        self.grown -= np.square(left, out=left) / sets.grown[:, None]
        np.maximum(self.grown, 1.0, out=self.grown)
        self.sets = sets
