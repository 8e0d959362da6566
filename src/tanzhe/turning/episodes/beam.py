"""Sets of events near the best, grown one event at a time.

Each set is a regression of the series on its events, whose sizes have normal priors of one of two
widths; size, level, season, trend and noise are integrated out exactly. A further event is a rank
one change: what it takes from scores, norms, determinant and sum of squares of all others follows
from one row.
"""

from dataclasses import dataclass

import numpy as np

from tanzhe.turning.design import Floats, Integers
from tanzhe.turning.episodes.noise import White
from tanzhe.turning.episodes.settings import BEND, SHAPES, EpisodeSettings

# An event that the members of a set already say to this part is no further event.
LEAST_NEW = 0.02
# A fit leaves at least this part of the sum of squares: an exact one is not infinitely likely.
LEAST_LEFT = 1e-12
# Events of the best set are exchanged so often, while it gains more than this.
EXCHANGES, GAIN = 4, 1e-6


@dataclass(frozen=True, eq=False)
class Sets:
    """Sets of events of one series under one noise.

    Attributes:
        white: the series and shapes they are of.
        members: shapes of each set, shape (n_sets, most), -1: none.
        widths: which prior width each has, 0 or 1, shaped as `members`.
        evidence: log marginal likelihood with the places and widths of the events, without their
            rates, shape (n_sets,).
        counts: events of each kind, shape (n_sets, n_kinds).
    """

    white: White
    members: Integers
    widths: Integers
    evidence: Floats
    counts: Integers


@dataclass(frozen=True, eq=False)
class _Set:
    """One set while it grows: what it leaves of every shape."""

    members: tuple[int, ...]
    widths: tuple[int, ...]
    log: float
    determinant: float
    squares: float
    scores: Floats
    norms: Floats
    rows: Floats

    @property
    def key(self) -> frozenset[tuple[int, int]]:
        return frozenset(zip(self.members, self.widths, strict=True))


def variances(white: White, settings: EpisodeSettings) -> Floats:
    """Prior variance of each shape's size by width, shape (2, n_shapes)."""
    bend = white.shapes.kind == BEND
    pairs = zip(settings.sizes, settings.bend_sizes, strict=True)
    return np.array([np.where(bend, slope, size) ** 2 for size, slope in pairs])


def search(white: White, log_rates: Floats, settings: EpisodeSettings) -> Sets:
    """The likely sets of events of a series under one noise.

    Args:
        white: from `noise.whitened`.
        log_rates: log of the expected number of events of each kind in this series.
        settings: beam and limits.
    """
    beam = _Beam(white, log_rates, settings)
    kept = beam.grown_from([beam.empty])
    for _ in range(EXCHANGES):
        best = max(kept, key=lambda one: one.log)
        beside = beam.exchanged(best)
        kept.extend(beside)
        if not beside or max(one.log for one in beside) <= best.log + GAIN:
            break
        better = max(beside, key=lambda one: one.log)
        kept.extend(beam.grown_from([beam.built(better.members, better.widths)]))
    distinct = {one.key: one for one in kept}
    return _collected(list(distinct.values()), white, beam.rates, settings)


class _Beam:
    """Sets and what they leave, grown and exchanged.

    Attributes:
        white: the series and the shapes.
        settings: beam and limits.
        rates: log of the expected number of each shape's kind, shape (n_shapes,).
        prior: log prior of each shape at its place and width, shape (n_shapes,).
        sizes: prior variances, shape (2, n_shapes).
        empty: the set of nothing.
    """

    def __init__(self, white: White, log_rates: Floats, settings: EpisodeSettings) -> None:
        self.white, self.settings = white, settings
        places = -np.log(np.maximum(white.shapes.positions, 1)) - np.log(2.0)
        self.rates = log_rates[white.shapes.kind]
        self.prior = self.rates + places[white.shapes.kind]
        self.sizes = variances(white, settings)
        self.novel = LEAST_NEW * white.norms
        squares = float(white.values @ white.values)
        self.empty = _Set(
            (), (), self._log(0.0, squares), 0.0, squares, white.scores, white.norms,
            np.empty((0, len(self.prior))),
        )  # fmt: skip

    def grown_from(self, front: list[_Set]) -> list[_Set]:
        """The sets near the best that lead from some sets, these among them."""
        kept, best = list(front), max(one.log for one in front)
        while len(front[0].members) < self.settings.most:
            logs = np.stack([self.children(one) for one in front])
            top = float(logs.max())
            best = max(best, top)
            least = best - self.settings.negligible
            chosen = _distinct(front, logs, self.settings.kept, least)
            kept.extend(self._named(front[i], width, shape, logs[i, width, shape])
                        for i, width, shape in chosen)  # fmt: skip
            if not chosen or top < best - self.settings.negligible / 2:
                break
            front = [self.grown(front[i], w, shape) for i, w, shape in chosen[: self.settings.beam]]
        return kept

    def exchanged(self, one: _Set) -> list[_Set]:
        """The likely sets that have another event in the place of one.

        Growing alone misses a pair of which neither looks like much without the other.
        """
        size = len(one.members)
        if size < 2:
            return []
        rest = [
            self.built(one.members[:j] + one.members[j + 1 :], one.widths[:j] + one.widths[j + 1 :])
            for j in range(size)
        ]
        logs = np.stack([self.children(parent) for parent in rest])
        least = one.log - self.settings.negligible
        chosen = _distinct(rest, logs, self.settings.kept, least)
        return [self._named(rest[i], w, shape, logs[i, w, shape]) for i, w, shape in chosen]

    def built(self, members: tuple[int, ...], widths: tuple[int, ...]) -> _Set:
        """A set with what it leaves, from its events."""
        one = self.empty
        for shape, width in zip(members, widths, strict=True):
            one = self.grown(one, width, shape)
        return one

    def children(self, one: _Set) -> Floats:
        """Log posterior of the set with each shape at each width, shape (2, n_shapes)."""
        explained = one.scores**2 / (one.norms + 1 / self.sizes)
        left = np.maximum(one.squares - explained, LEAST_LEFT * one.squares) + self.white.floor
        logs = (len(self.white.values) - 1) * np.log(left) + np.log1p(self.sizes * one.norms)
        chosen = list(one.members)
        base = self.white.log_constant - 0.5 * one.determinant + float(self.prior[chosen].sum())
        logs = base - 0.5 * logs + self.prior
        logs[:, one.norms < self.novel] = -np.inf
        logs[:, chosen] = -np.inf
        return np.asarray(logs)

    def grown(self, one: _Set, width: int, shape: int) -> _Set:
        """The set with a further shape: a rank one change of everything it leaves."""
        row = self.white.rows @ self.white.rows[shape] - one.rows.T @ one.rows[:, shape]
        variance = self.sizes[width, shape]
        root = np.sqrt(one.norms[shape] + 1 / variance)
        taken, share = row / root, one.scores[shape] / root
        squares = max(one.squares - share**2, LEAST_LEFT * one.squares)
        determinant = one.determinant + float(np.log1p(variance * one.norms[shape]))
        members = (*one.members, shape)
        return _Set(
            members=members,
            widths=(*one.widths, width),
            log=self._log(determinant, squares) + float(self.prior[list(members)].sum()),
            determinant=determinant,
            squares=squares,
            scores=one.scores - share * taken,
            norms=np.maximum(one.norms - taken**2, 0.0),
            rows=np.vstack([one.rows, taken]),
        )

    def _log(self, determinant: float, squares: float) -> float:
        left = np.log(squares + self.white.floor)
        freedom = len(self.white.values) - 1
        return float(self.white.log_constant - 0.5 * determinant - 0.5 * freedom * left)

    def _named(self, one: _Set, width: int, shape: int, log: float) -> _Set:
        """A child by its events and posterior alone: most are never grown."""
        members, widths = (*one.members, shape), (*one.widths, width)
        return _Set(members, widths, float(log), 0.0, 0.0, one.scores, one.norms, one.rows)


def _distinct(
    front: list[_Set], logs: Floats, most: int, least: float
) -> list[tuple[int, int, int]]:
    """The highest children, each set of events once, the highest first."""
    flat = logs.ravel()
    many = min(len(flat), most * (len(front) + 1))
    places = np.argpartition(flat, -many)[-many:]
    places = places[flat[places] >= least]
    places = places[np.argsort(-flat[places], kind="stable")]
    seen, chosen = set(), []
    for place in places:
        i, width, shape = (int(v) for v in np.unravel_index(place, logs.shape))
        key = front[i].key | {(shape, width)}
        if key not in seen:
            seen.add(key)
            chosen.append((i, width, shape))
            if len(chosen) == most:
                break
    return chosen


def _collected(kept: list[_Set], white: White, rates: Floats, settings: EpisodeSettings) -> Sets:
    """All kept sets as one table."""
    best = max(one.log for one in kept)
    kept = [one for one in kept if one.log >= best - settings.negligible]
    most = max(1, max(len(one.members) for one in kept))
    members = np.full((len(kept), most), -1, dtype=np.intp)
    widths = np.zeros((len(kept), most), dtype=np.intp)
    for i, one in enumerate(kept):
        members[i, : len(one.members)], widths[i, : len(one.members)] = one.members, one.widths
    there = members >= 0
    evidence = np.array([one.log for one in kept]) - np.where(there, rates[members], 0).sum(axis=1)
    kind = np.where(there, white.shapes.kind[members], len(SHAPES))
    counts = np.stack([(kind == k).sum(axis=1) for k in range(len(SHAPES))], axis=1)
    return Sets(white, members, widths, evidence, counts)


@dataclass(frozen=True, eq=False)
class Sizes:
    """Posterior of the sizes of a set's events: Student t.

    Attributes:
        members: the shapes.
        mean: in logs (a bend: a year), shape (n_members,).
        inverse: covariance in variances of the innovation, shape (n_members, n_members).
        squares: sum of squares left.
        freedom: degrees of freedom.
    """

    members: Integers
    mean: Floats
    inverse: Floats
    squares: float
    freedom: int

    @property
    def spread(self) -> Floats:
        """Posterior standard deviations."""
        variance = self.squares / max(self.freedom - 2, 1)
        return np.asarray(np.sqrt(variance * np.diag(self.inverse)))

    def drawn(self, draws: np.random.Generator, count: int) -> Floats:
        """Sizes from the posterior, shape (count, n_members)."""
        scale = np.sqrt(self.squares / draws.chisquare(self.freedom, count))
        normal = draws.standard_normal((count, len(self.members)))
        root = np.linalg.cholesky(self.inverse)
        return np.asarray(self.mean + scale[:, None] * (normal @ root.T))


def sizes_of(sets: Sets, row: int, settings: EpisodeSettings) -> Sizes:
    """The sizes of the events of one set."""
    white = sets.white
    members = sets.members[row][sets.members[row] >= 0]
    prior = variances(white, settings)[sets.widths[row, : len(members)], members]
    rows = white.rows[members]
    inverse = np.linalg.inv(rows @ rows.T + np.diag(1 / prior))
    mean = inverse @ white.scores[members]
    squares = float(white.values @ white.values - white.scores[members] @ mean)
    return Sizes(members, mean, inverse, max(squares, 0.0) + white.floor, len(white.values) - 1)
