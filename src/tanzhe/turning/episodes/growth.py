"""Sets of events near the best, grown one event at a time and exchanged.

Sets stand in slots, each with what it leaves of the scores and norms of all shapes. A further event
is one step of elimination: its row of the Gram matrix, the members taken out, says what it takes
from all of them. These two steps over all shapes are compiled; children are looked at through a
bound that needs no logarithm first.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tanzhe.turning.calendar import Floats, Integers

Names = NDArray[np.uint64]
# An event that the members of a set already say to this part is no further event.
LEAST_NEW = 0.02
# A fit leaves at least this part of the sum of squares: an exact one is not infinitely likely.
LEAST_LEFT = 1e-12
# Events of the best set are exchanged so often, while it gains more than this.
EXCHANGES, GAIN = 4, 1e-6
# Sums may be taken in any order: all numbers are finite.
FAST = {"reassoc", "contract", "nsz", "arcp"}


class Work(NamedTuple):
    """One series under one noise, ready for growing.

    Attributes:
        elements: whitened elements, one a row, shape (n_elements, n_known).
        parts: elements of each shape, shape (n_shapes, MOST_PARTS).
        weights: how much of each, shape (n_shapes, MOST_PARTS).
        scores: products of shapes and series, shape (n_shapes,).
        norms: squared norms of the shapes, shape (n_shapes,).
        prior: log prior of each shape at its place and width, shape (n_shapes,).
        sizes: prior variances by width, shape (2, n_shapes).
        volumes: log(1 + size x norm), shape (2, n_shapes).
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
    volumes: Floats
    names: Names
    squares: float
    floor: float
    freedom: float
    constant: float

    def log(self, determinant: float, squares: float) -> float:
        """Log evidence from the log determinant of the events and what is left."""
        left = np.log(squares + self.floor)
        return float(self.constant - 0.5 * determinant - 0.5 * self.freedom * left)


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
    slots = _Slots(work, limits)
    slots.empty(0)
    kept = slots.grow_from(0)
    for _ in range(EXCHANGES):
        best = kept.at(int(kept.logs.argmax()))
        beside = slots.exchanged(best)
        kept = _together([kept, beside])
        if not len(beside.logs) or beside.logs[0] <= best.logs + GAIN:
            break
        slots.build(0, beside.members[0], beside.widths[0])
        kept = _together([kept, slots.grow_from(0)])
    kept = kept.at(np.argsort(-kept.logs, kind="stable"))
    kept = kept.at(kept.logs >= kept.logs[0] - limits.negligible)
    _, first = np.unique(kept.names, return_index=True)
    return kept.at(np.sort(first))


def _together(some: list[Grown]) -> Grown:
    return Grown(*(np.concatenate(parts) for parts in zip(*some, strict=True)))


class _Slots:
    """Sets while they grow, in two halves: parents in one, children in the other."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self.work, self.limits = work, limits
        self.half = max(limits.beam, limits.most)
        count, most, shapes = 2 * self.half, limits.most, len(work.prior)
        self.members = np.full((count, most), -1)
        self.widths = np.zeros((count, most), dtype=np.intp)
        self.count = [0] * count
        self.names = np.zeros(count, dtype=np.uint64)
        self.determinant, self.squares, self.logs = np.zeros((3, count))
        self.scores, self.norms = np.empty((2, count, shapes))
        self.rows = np.empty((count, most, shapes))

    def empty(self, at: int) -> None:
        """The set of nothing."""
        work = self.work
        self.members[at], self.widths[at], self.count[at], self.names[at] = -1, 0, 0, 0
        self.determinant[at], self.squares[at] = 0.0, work.squares
        self.scores[at], self.norms[at] = work.scores, work.norms
        self.logs[at] = work.log(0.0, work.squares)

    def build(self, at: int, members: Integers, widths: Integers, without: int = -1) -> None:
        """A set from its events, one of them left out."""
        self.empty(at)
        for j, (shape, width) in enumerate(zip(members.tolist(), widths.tolist(), strict=True)):
            if shape >= 0 and j != without:
                self.extend(at, at, width, shape)

    def extend(self, source: int, at: int, width: int, shape: int) -> None:
        """The set of one slot with a further event, in another or the same."""
        work, count = self.work, self.count[source]
        variance, norm = work.sizes[width, shape], self.norms[source, shape]
        taken = _extended(
            work.elements, work.parts, work.weights, shape, 1 / np.sqrt(norm + 1 / variance), count,
            self.scores[source], self.norms[source], self.rows[source],
            self.scores[at], self.norms[at], self.rows[at],
        )  # fmt: skip
        squares = self.squares[source]
        self.squares[at] = max(squares - taken**2, LEAST_LEFT * squares)
        self.determinant[at] = self.determinant[source] + np.log1p(variance * norm)
        self.members[at], self.widths[at] = self.members[source], self.widths[source]
        self.members[at, count], self.widths[at, count] = shape, width
        self.count[at] = count + 1
        self.names[at] = self.names[source] ^ work.names[width, shape]
        prior = float(work.prior[self.members[at, : count + 1]].sum())
        self.logs[at] = work.log(self.determinant[at], self.squares[at]) + prior

    def grow_from(self, at: int) -> Grown:
        """The sets near the best that lead from one, itself among them."""
        limits, size = self.limits, self.count[at]
        kept = [Grown(self.members[[at]], self.widths[[at]], self.logs[[at]], self.names[[at]])]
        best, base, count = float(self.logs[at]), at, 1
        while size < limits.most:
            least = best - limits.negligible
            children, parents = self.highest(base, count, size, least, limits.negligible)
            if not len(parents):
                break
            kept.append(children)
            top = float(children.logs[0])
            best = max(best, top)
            if top < best - limits.negligible / 2:
                break
            base = self.half - base
            count = min(limits.beam, len(parents))
            for j in range(count):
                width, shape = int(children.widths[j, size]), int(children.members[j, size])
                self.extend(int(parents[j]), base + j, width, shape)
            size += 1
        return _together(kept)

    def exchanged(self, best: Grown) -> Grown:
        """The likely sets that have another event in the place of one.

        Growing alone misses a pair of which neither looks like much without the other.
        """
        size = int((best.members >= 0).sum())
        if size < 2:
            return best.at(np.s_[None, ...]).at(np.s_[:0])
        for j in range(size):
            self.build(j, best.members, best.widths, without=j)
        least = float(best.logs) - self.limits.negligible
        return self.highest(0, size, size - 1, least, np.inf)[0]

    def highest(
        self, base: int, count: int, size: int, least: float, negligible: float
    ) -> tuple[Grown, Integers]:
        """The highest children of some slots, each set of events once, and their parents.

        Args:
            base: first slot.
            count: number of slots.
            size: events in each.
            least: none below this ...
            negligible: ... nor so much below the highest.
        """
        work, those = self.work, slice(base, base + count)
        members = self.members[those, :size]
        offsets = work.constant - 0.5 * self.determinant[those] + work.prior[members].sum(axis=1)
        logs, places, names = _highest(
            work, self.scores[those], self.norms[those], self.squares[those], offsets,
            self.names[those], members, least, negligible, self.limits.kept,
        )  # fmt: skip
        near = logs >= max(least, logs[0] - negligible) if len(logs) else slice(0)
        logs, places, names = logs[near], places[near], names[near]
        parents = base + places[:, 0]
        members, widths = self.members[parents], self.widths[parents]
        widths[:, size], members[:, size] = places[:, 1], places[:, 2]
        return Grown(members, widths, logs, names), parents


@njit(cache=True, fastmath=FAST)
def _extended(
    elements: Floats,
    parts: Integers,
    weights: Floats,
    shape: int,
    scale: float,
    count: int,
    scores: Floats,
    norms: Floats,
    rows: Floats,
    new_scores: Floats,
    new_norms: Floats,
    new_rows: Floats,
) -> float:
    """What is left of scores and norms with a further event, in place; what it explains."""
    shapes, known = len(parts), elements.shape[1]
    column = np.zeros(known)
    for p in range(parts.shape[1]):
        weight, element = weights[shape, p], elements[parts[shape, p]]
        for t in range(known):
            column[t] += weight * element[t]
    products = np.empty(len(elements))
    for e in range(len(elements)):
        total = 0.0
        for t in range(known):
            total += elements[e, t] * column[t]
        products[e] = total
    row = new_rows[count]
    for s in range(shapes):
        total = 0.0
        for p in range(parts.shape[1]):
            total += weights[s, p] * products[parts[s, p]]
        row[s] = total
    for k in range(count):
        share, other, copy = rows[k, shape], rows[k], new_rows[k]
        for s in range(shapes):
            value = other[s]
            copy[s] = value
            row[s] -= share * value
    taken = scores[shape] * scale
    for s in range(shapes):
        value = row[s] * scale
        row[s] = value
        new_scores[s] = scores[s] - taken * value
        new_norms[s] = max(norms[s] - value * value, 0.0)
    return float(taken)


@njit(cache=True, fastmath=FAST)
def _highest(
    work: Work,
    scores: Floats,
    norms: Floats,
    squares: Floats,
    offsets: Floats,
    names: Names,
    members: Integers,
    least: float,
    negligible: float,
    kept: int,
) -> Any:
    """The highest children of some sets: log posterior; parent, width and shape; name."""
    logs, found = np.empty(kept), np.zeros(kept, np.uint64)
    places = np.zeros((kept, 3), np.int64)
    many, shapes = 0, scores.shape[1]
    bounds = np.empty(shapes)
    half = 0.5 * work.freedom
    for i in range(len(scores)):
        total, smallest = squares[i] + work.floor, LEAST_LEFT * squares[i] + work.floor
        plain = offsets[i] - half * np.log(total)
        for width in range(2):
            # -log(1 - x) <= x / (1 - x) for the part explained; the determinant is that of the
            # empty set times q, the norm having become smaller, and log(q) >= 1 - 1 / q.
            for s in range(shapes):
                size = work.sizes[width, s]
                share = 1 / (1 + size * norms[i, s])
                explained = scores[i, s] * scores[i, s] * size * share
                left = max(total - explained, smallest)
                lost = (1 + size * work.norms[s]) * share - 1
                bounds[s] = (
                    work.prior[s] + half * explained / left - 0.5 * (work.volumes[width, s] - lost)
                )
            for s in range(shapes):
                if plain + bounds[s] < least or norms[i, s] < LEAST_NEW * work.norms[s]:
                    continue
                known = False
                for k in range(members.shape[1]):
                    known = known or members[i, k] == s
                if known:
                    continue
                size = work.sizes[width, s]
                explained = scores[i, s] ** 2 / (norms[i, s] + 1 / size)
                left = max(squares[i] - explained, LEAST_LEFT * squares[i]) + work.floor
                log = offsets[i] + work.prior[s] - half * np.log(left)
                log -= 0.5 * np.log1p(size * norms[i, s])
                if log < least:
                    continue
                name = names[i] ^ work.names[width, s]
                for j in range(many):
                    known = known or found[j] == name
                if known:
                    continue
                j = min(many, kept - 1)
                while j > 0 and logs[j - 1] < log:
                    logs[j], found[j] = logs[j - 1], found[j - 1]
                    for k in range(3):
                        places[j, k] = places[j - 1, k]
                    j -= 1
                logs[j], found[j] = log, name
                places[j, 0], places[j, 1], places[j, 2] = i, width, s
                many = min(many + 1, kept)
                least = max(least, logs[0] - negligible)
                if many == kept:
                    least = max(least, logs[kept - 1])
    return logs[:many], places[:many], found[:many]
