"""The posterior over sets of components, by growing the likely ones.

Every set of one component is evaluated, then every way to add one component to the best sets, and
so on. All evaluated sets near the best are kept and averaged. For one component this is exact
enumeration; beyond, sets that no likely smaller set leads to are missed, which the tests compare
with full enumeration.
"""

from dataclasses import dataclass

import numpy as np

from tanzhe.turning.design import Design, Floats, Integers
from tanzhe.turning.settings import COMPONENTS, Settings


def log_sum(logs: Floats) -> float:
    """Logarithm of the sum of exponentials: scipy's does it with checks that cost more than it."""
    top = float(logs.max())
    return top + float(np.log(np.exp(logs - top).sum()))


@dataclass(frozen=True)
class Models:
    """Sets of components with their evidence, for one series and one rho.

    Attributes:
        members: shape (n_models, most_components), positions in the dictionary, -1: none.
        log_evidence: log marginal likelihood of each set, without its prior.
        counts: number of components of each kind, shape (n_models, n_kinds).
        positions: number of places each kind could be in, shape (n_kinds,).
    """

    members: Integers
    log_evidence: Floats
    counts: Integers
    positions: Integers

    def log_prior(self, log_rates: Floats) -> Floats:
        """Log prior of each set: each kind a Poisson process, evenly over its positions."""
        return self.counts @ (log_rates - np.log(np.maximum(self.positions, 1)))


def search(design: Design, values: Floats, log_rates: Floats, settings: Settings) -> Models:
    """Sets of components near the best, with their evidence.

    Args:
        design: from `design.design`.
        values: logarithm of the series, shape (n_periods,), finite everywhere.
        log_rates: log of the expected number of components of each kind in this series.
        settings: beam width and limits.
    """
    grown = _Growth(design, values, log_rates)
    parents = np.empty((1, 0), dtype=np.intp)
    found, best = [grown.empty()], grown.empty()[1][0]
    for size in range(settings.most_components):
        members, evidence, prior = grown.children(parents, settings.kept)
        order = np.argsort(-(evidence + prior), kind="stable")
        members, evidence, prior = members[order], evidence[order], prior[order]
        top = float(evidence[0] + prior[0])
        best = max(best, top)
        near = evidence + prior > best - settings.negligible
        found.append((members[near], evidence[near]))
        parents = members[: settings.beam]
        if top < best - settings.negligible / 2 or size + 1 == len(values) // 4:
            break
    return _collect(found, design, settings)


def _collect(found: list[tuple[Integers, Floats]], design: Design, settings: Settings) -> Models:
    width = settings.most_components
    evidence = np.concatenate([e for _, e in found])
    members = np.full((len(evidence), width), -1)
    first = 0
    for sets, _ in found:
        members[first : first + len(sets), : sets.shape[1]] = sets
        first += len(sets)
    kinds = np.where(members >= 0, design.dictionary.kind[members], len(COMPONENTS))
    counts = np.stack([(kinds == k).sum(axis=1) for k in range(len(COMPONENTS))], axis=1)
    return Models(members, evidence, counts, design.dictionary.positions())


class _Growth:
    """Evaluates all ways to add one component to given sets, at once."""

    def __init__(self, design: Design, values: Floats, log_rates: Floats) -> None:
        self.design = design
        self.scores, self.residual = design.scores(values)
        positions = design.dictionary.positions()
        self.prior = (log_rates - np.log(np.maximum(positions, 1)))[design.dictionary.kind]
        # A sum of fixed random integers names a set whatever the order of its members.
        self.names = np.random.default_rng(0).integers(1 << 62, size=len(self.prior))

    def empty(self) -> tuple[Integers, Floats]:
        evidence = self.design.log_constant - self.design.degrees / 2 * np.log(self.residual)
        return np.empty((1, 0), dtype=np.intp), np.array([evidence])

    def children(self, parents: Integers, most: int) -> tuple[Integers, Floats, Floats]:
        """The best `most` sets with one component more: members, log evidence, log prior."""
        evidence, prior = self._evaluate(parents)
        total = (evidence + prior).ravel()
        count = min(3 * most, total.size)
        top = np.argpartition(-total, count - 1)[:count]
        top = top[np.argsort(-total[top], kind="stable")]
        parent, child = np.divmod(top, len(self.prior))
        names = self.names[parents].sum(axis=1)[parent] + self.names[child]
        _, first = np.unique(names, return_index=True)
        first = np.sort(first)[:most]
        parent, child = parent[first], child[first]
        members = np.sort(np.column_stack([parents[parent], child]), axis=1)
        return members, evidence[parent, child], prior[parent, child]

    def _evaluate(self, parents: Integers) -> tuple[Floats, Floats]:
        count, size = parents.shape
        spread = np.broadcast_to(self.design.diagonal, (count, len(self.prior)))
        score = np.broadcast_to(self.scores, spread.shape)
        residual = np.full(count, self.residual)
        log_determinant = np.zeros(count)
        if size:
            rows = self.design.rows(parents)
            block = np.take_along_axis(rows, np.repeat(parents[:, None], size, axis=1), axis=2)
            factor = np.linalg.cholesky(block + np.eye(size))
            inverse = np.linalg.inv(factor)
            reduced = inverse @ rows
            weights = np.einsum("bkl,bl->bk", inverse, self.scores[parents])
            spread = spread - np.einsum("bkm,bkm->bm", reduced, reduced)
            score = score - np.einsum("bk,bkm->bm", weights, reduced)
            residual = residual - np.einsum("bk,bk->b", weights, weights)
            log_determinant = 2 * np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
        grown = 1 + np.maximum(spread, 0.0)
        left = np.maximum(residual[:, None] - score**2 / grown, 1e-12 * self.residual)
        evidence = (
            self.design.log_constant
            - 0.5 * (log_determinant[:, None] + np.log(grown))
            - 0.5 * self.design.degrees * np.log(left)
        )
        if size:
            np.put_along_axis(evidence, parents, -np.inf, axis=1)
        prior = self.prior[parents].sum(axis=1)[:, None] + self.prior
        return evidence, prior
