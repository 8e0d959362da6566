"""Sets of events near the best, grown one event at a time and exchanged.

Each set carries what it leaves of the scores and norms of all shapes. A further event is one step
of elimination: its row of the Gram matrix, the members taken out, says what it takes from all of
them. Sets of one size grow together, so that a step is a few operations on whole arrays; children
are judged in single precision first, and exactly where they may be among the highest.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.turning.calendar import Floats, Integers

Names = NDArray[np.uint64]
Singles = NDArray[np.float32]
# An event that the members of a set already say to this part is no further event.
LEAST_NEW = 0.02
# A fit leaves at least this part of the sum of squares: an exact one is not infinitely likely.
LEAST_LEFT = 1e-12
# Events of the best set are exchanged so often, while it gains more than this.
EXCHANGES, GAIN = 4, 1e-6
# Digits to which log posteriors of sets are told apart.
EQUAL = 9
# Log posteriors in single precision are right to less than this.
ROUGH = 0.05


@dataclass(frozen=True, eq=False)
class Work:
    """One series under one noise, ready for growing.

    Attributes:
        elements: whitened elements, one a row, shape (n_elements, n_known).
        parts: elements of each shape, shape (MOST_PARTS, n_shapes).
        weights: how much of each, shape (MOST_PARTS, n_shapes).
        scores: products of shapes and series, shape (n_shapes,).
        norms: squared norms of the shapes, shape (n_shapes,).
        prior: log prior of each shape at its place and width, shape (n_shapes,).
        sizes: prior variances by width, the smaller first, shape (2, n_shapes).
        names: a random number for each shape and width; a set is named by their exclusive or.
        squares: of the whitened series.
        floor: added to the sum of squares.
        freedom: degrees of freedom.
        constant: log evidence that no event changes.
    """

    elements: Floats
    parts: Integers
    weights: Floats
    scores: Floats
    norms: Floats
    prior: Floats
    sizes: Floats
    names: Names
    squares: float
    floor: float
    freedom: float
    constant: float
    _rows: dict[int, Floats] = field(default_factory=dict)

    @cached_property
    def least_norms(self) -> Singles:
        """Below these a shape is no further event."""
        return (LEAST_NEW * self.norms).astype(np.float32)

    @cached_property
    def slack(self) -> Singles:
        """What the priors add to the norms, shape (2, n_shapes)."""
        return (1 / self.sizes).astype(np.float32)

    @cached_property
    def shared(self) -> Singles:
        """Log priors of the shapes and of their sizes, shape (2, n_shapes)."""
        return (self.prior - 0.5 * np.log(self.sizes)).astype(np.float32)

    def gram(self, shapes: Integers) -> Floats:
        """Products of some shapes with all, one row each; a row is computed once."""
        new = [shape for shape in dict.fromkeys(shapes.tolist()) if shape not in self._rows]
        if new:
            parts = self.elements[self.parts[:, new]]
            columns = (self.weights[:, new, None] * parts).sum(axis=0)
            products = np.take(columns @ self.elements.T, self.parts, axis=1)
            products *= self.weights
            rows = products[:, 0] + products[:, 1]
            rows += products[:, 2]
            self._rows.update(zip(new, rows, strict=True))
        return np.array([self._rows[shape] for shape in shapes.tolist()])


class Grown(NamedTuple):
    """Sets of events.

    Attributes:
        members: shapes of each, -1: none, shape (n_sets, most).
        widths: which prior width each has, shaped as `members`.
        logs: log posterior, shape (n_sets,).
        names: of the sets, shape (n_sets,).
    """

    members: Integers
    widths: Integers
    logs: Floats
    names: Names

    def at(self, rows: Any) -> "Grown":
        """Some of the sets."""
        return Grown(*(part[rows] for part in self))


@dataclass(frozen=True)
class Limits:
    """How far to look.

    Attributes:
        beam: sets grown at each size.
        kept: sets kept at each size.
        most: largest set.
        negligible: sets this many log units below the best are dropped.
    """

    beam: int
    kept: int
    most: int
    negligible: float


def grown(work: Work, limits: Limits) -> Grown:
    """Sets of events near the best, the best first, each once."""
    nothing = _Front.of_nothing(work, limits.most)
    kept = _grown_from(nothing, limits)
    for _ in range(EXCHANGES):
        best = kept.at([int(kept.logs.argmax())])
        beside = _exchanged(nothing, best, limits)
        kept = _together([kept, beside])
        if not len(beside.logs) or beside.logs[0] <= best.logs[0] + GAIN:
            break
        start = nothing.with_events(beside.members[:1], beside.widths[:1])
        kept = _together([kept, _grown_from(start, limits)])
    _, once = np.unique(kept.names, return_index=True)
    kept = kept.at(once)
    # Equal sets stand by name: rounding, which differs between machines, does not order them.
    kept = kept.at(np.lexsort((kept.names, -kept.logs.round(EQUAL))))
    return kept.at(kept.logs >= kept.logs[0] - limits.negligible)


def _together(some: list[Grown]) -> Grown:
    return Grown(*(np.concatenate(parts) for parts in zip(*some, strict=True)))


def _grown_from(front: "_Front", limits: Limits) -> Grown:
    """The sets near the best that lead from one, itself among them."""
    kept = [front.sets]
    best = float(front.sets.logs[0])
    while front.size < limits.most:
        least = best - limits.negligible
        children, parents = front.children(least, limits.negligible, limits.kept)
        if not len(parents):
            break
        kept.append(children)
        top = float(children.logs[0])
        best = max(best, top)
        if top < best - limits.negligible / 2:
            break
        grow, last = children.at(np.s_[: limits.beam]), front.size
        front = front.at(parents[: limits.beam])
        front = front.with_event(grow.members[:, last], grow.widths[:, last])
    return _together(kept)


def _exchanged(nothing: "_Front", best: Grown, limits: Limits) -> Grown:
    """The likely sets that have another event in the place of one.

    Growing alone misses a pair of which neither looks like much without the other.
    """
    size = int((best.members >= 0).sum())
    if size < 2:
        return best.at(np.s_[:0])
    others = np.array([[k for k in range(size) if k != j] for j in range(size)])
    front = nothing.at(np.zeros(size, dtype=np.intp))
    front = front.with_events(best.members[0, others], best.widths[0, others])
    least = float(best.logs[0]) - limits.negligible
    return front.children(least, np.inf, limits.kept)[0]


@dataclass(frozen=True, eq=False)
class _Front:
    """Sets of one size, and what each leaves.

    Attributes:
        work: the series.
        sets: the sets.
        size: events in each.
        determinant: log determinant of their events, shape (n_sets,).
        squares: sum of squares left, shape (n_sets,).
        scores: products of all shapes and series that are left, shape (n_sets, n_shapes).
        norms: squared norms that are left, shape (n_sets, n_shapes).
        rows: rows of elimination, shape (n_sets, size, n_shapes).
    """

    work: Work
    sets: Grown
    size: int
    determinant: Floats
    squares: Floats
    scores: Floats
    norms: Floats
    rows: Floats

    @classmethod
    def of_nothing(cls, work: Work, most: int) -> "_Front":
        """The set without an event."""
        none = np.full((1, most), -1)
        log = work.constant - 0.5 * work.freedom * np.log([work.squares + work.floor])
        sets = Grown(none, np.zeros_like(none), log, np.zeros(1, dtype=np.uint64))
        return cls(work, sets, 0, np.zeros(1), np.array([work.squares]), work.scores[None],
                   work.norms[None], np.empty((1, 0, len(work.prior))))  # fmt: skip

    def at(self, rows: Integers) -> "_Front":
        """Some of the sets, also more than once."""
        parts = (self.determinant, self.squares, self.scores, self.norms, self.rows)
        return _Front(self.work, self.sets.at(rows), self.size, *(part[rows] for part in parts))

    def with_events(self, members: Integers, widths: Integers) -> "_Front":
        """Each set with as many further events, a row of each; -1 in the first row: none."""
        front = self
        for shapes, held in zip(members.T, widths.T, strict=True):
            if shapes[0] >= 0:
                front = front.with_event(shapes, held)
        return front

    def with_event(self, shapes: Integers, widths: Integers) -> "_Front":
        """Each set with a further event."""
        work, each = self.work, np.arange(len(shapes))
        variance, norm = work.sizes[widths, shapes], self.norms[each, shapes]
        scale = 1 / np.sqrt(norm + 1 / variance)
        row = work.gram(shapes)
        if self.size:
            row -= (self.rows[each, :, shapes][:, None, :] @ self.rows)[:, 0]
        row *= scale[:, None]
        taken = self.scores[each, shapes] * scale
        squares = np.maximum(self.squares - taken**2, LEAST_LEFT * self.squares)
        determinant = self.determinant + np.log1p(variance * norm)
        members, held = self.sets.members.copy(), self.sets.widths.copy()
        members[:, self.size], held[:, self.size] = shapes, widths
        log = work.constant - 0.5 * determinant - 0.5 * work.freedom * np.log(squares + work.floor)
        log += work.prior[members[:, : self.size + 1]].sum(axis=1)
        sets = Grown(members, held, log, self.sets.names ^ work.names[widths, shapes])
        return _Front(work, sets, self.size + 1, determinant, squares,
                      self.scores - taken[:, None] * row, np.maximum(self.norms - row * row, 0.0),
                      np.concatenate([self.rows, row[:, None]], axis=1))  # fmt: skip

    def children(self, least: float, negligible: float, most: int) -> tuple[Grown, Integers]:
        """The highest sets with one event more, each once, and their parents.

        Args:
            least: none below this ...
            negligible: ... nor so much below the highest.
            most: so many.
        """
        rough = self._rough().ravel()
        at = np.flatnonzero(rough >= max(least, float(rough.max()) - negligible) - 2 * ROUGH)
        # A set comes at most once from each parent, so this many hold the highest `most`.
        some = most * len(self.norms)
        if len(at) > some:
            near = rough[at]
            at = at[near >= np.partition(near, -some)[-some] - 2 * ROUGH]
        widths, place = np.divmod(at, self.norms.size)
        return self._exact(widths, *np.divmod(place, len(self.work.prior)), least, negligible, most)

    def _exact(
        self,
        widths: Integers,
        parents: Integers,
        shapes: Integers,
        least: float,
        negligible: float,
        most: int,
    ) -> tuple[Grown, Integers]:
        """The highest of some children, each once, and their parents."""
        work = self.work
        variance, norm = work.sizes[widths, shapes], self.norms[parents, shapes]
        squares = self.squares[parents]
        explained = self.scores[parents, shapes] ** 2 / (norm + 1 / variance)
        left = np.maximum(squares - explained, LEAST_LEFT * squares) + work.floor
        logs = self._offsets()[parents] + work.prior[shapes]
        logs -= 0.5 * work.freedom * np.log(left) + 0.5 * np.log1p(variance * norm)
        near = np.argsort(-logs, kind="stable")
        near = near[logs[near] >= max(least, logs.max(initial=-np.inf) - negligible)]
        names = self.sets.names[parents[near]] ^ work.names[widths[near], shapes[near]]
        _, once = np.unique(names, return_index=True)
        once.sort()
        near, names = near[once[:most]], names[once[:most]]
        parents = parents[near]
        members, held = self.sets.members[parents], self.sets.widths[parents]
        members[:, self.size], held[:, self.size] = shapes[near], widths[near]
        return Grown(members, held, logs[near], names), parents

    def _offsets(self) -> Floats:
        prior = self.work.prior[self.sets.members[:, : self.size]].sum(axis=1)
        return np.asarray(self.work.constant - 0.5 * self.determinant + prior)

    def _rough(self) -> Singles:
        """Log posteriors of all children in single precision, shape (2, n_sets, n_shapes)."""
        work = self.work
        total = self.squares + work.floor
        norms, squared = self.norms.astype(np.float32), (self.scores**2).astype(np.float32)
        squared /= total.astype(np.float32)[:, None]
        # Every child has a part of what is left, which is 1 before.
        least = ((LEAST_LEFT * self.squares + work.floor) / total).astype(np.float32)[:, None]
        plain = self._offsets() - 0.5 * work.freedom * np.log(total)
        out = np.empty((2, *norms.shape), dtype=np.float32)
        for logs, slack, prior in zip(out, work.slack, work.shared, strict=True):
            grown = norms + slack
            np.divide(squared, grown, out=logs)
            np.subtract(1, logs, out=logs)
            np.maximum(logs, least, out=logs)
            np.log(logs, out=logs)
            logs *= np.float32(work.freedom)
            logs += np.log(grown, out=grown)
            logs *= np.float32(-0.5)
            logs += prior
            logs += plain.astype(np.float32)[:, None]
        none = norms < work.least_norms
        none[np.arange(len(norms))[:, None], self.sets.members[:, : self.size]] = True
        np.copyto(out, -np.inf, where=none)
        return out
