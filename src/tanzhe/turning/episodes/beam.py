"""Sets of events near the best, and the sizes of their events.

Each set is a regression of the series on its events, whose sizes have normal priors of one of two
widths; size, level, season, trend and noise are integrated out exactly.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tanzhe.turning.calendar import Floats, Integers
from tanzhe.turning.episodes.growth import Limits, Work, grown
from tanzhe.turning.episodes.noise import White
from tanzhe.turning.episodes.settings import BEND, SHAPES, TREND, EpisodeSettings
from tanzhe.turning.episodes.shapes import Shapes


@dataclass(frozen=True, eq=False)
class Sets:
    """Sets of events of one series under one noise.

    Attributes:
        members: shapes of each set, shape (n_sets, most), -1: none.
        widths: which prior width each has, 0 or 1, shaped as `members`.
        evidence: log marginal likelihood with the places and widths of the events, without their
            rates, shape (n_sets,).
        counts: events of each kind, shape (n_sets, n_kinds).
    """

    members: Integers
    widths: Integers
    evidence: Floats
    counts: Integers

    def at(self, rows: NDArray[np.bool_]) -> "Sets":
        """Some of the sets."""
        return Sets(self.members[rows], self.widths[rows], self.evidence[rows], self.counts[rows])


def variances(shapes: Shapes, settings: EpisodeSettings) -> Floats:
    """Prior variance of each shape's size by width, shape (2, n_shapes)."""
    bend = np.isin(shapes.kind, (BEND, TREND))
    pairs = zip(settings.sizes, settings.bend_sizes, strict=True)
    return np.array([np.where(bend, slope, size) ** 2 for size, slope in pairs])


def search(white: White, log_rates: Floats, settings: EpisodeSettings) -> Sets:
    """The likely sets of events of a series under one noise.

    Args:
        white: from `noise.whitened`.
        log_rates: log of the expected number of events of each kind in this series.
        settings: beam and limits.
    """
    kind, positions = white.shapes.kind, white.shapes.positions
    places = -np.log(np.maximum(positions, 1)) - np.log(2.0)
    sizes = variances(white.shapes, settings)
    work = Work(
        elements=white.elements,
        parts=np.ascontiguousarray(white.shapes.parts.T),
        weights=np.ascontiguousarray(white.shapes.weights.T),
        scores=white.scores,
        norms=white.norms,
        prior=(log_rates + places)[kind],
        sizes=sizes,
        names=_names(len(kind)),
        squares=float(white.values @ white.values),
        floor=white.floor,
        freedom=float(len(white.values) - 1),
        constant=white.log_constant,
    )
    limits = Limits(settings.beam, settings.kept, settings.most, settings.negligible)
    kept = grown(work, limits)
    each = np.where(kept.members >= 0, kind[kept.members], len(SHAPES))
    counts = np.stack([(each == k).sum(axis=1) for k in range(len(SHAPES))], axis=1)
    return Sets(kept.members, kept.widths, kept.logs - counts @ log_rates, counts)


# Of the numbers by which sets are told apart.
SEED = 0


@lru_cache(maxsize=64)
def _names(shapes: int) -> NDArray[np.uint64]:
    """A random number for each shape and width, shape (2, n_shapes)."""
    draws = np.random.default_rng(SEED)
    return draws.integers(0, 2**63, size=(2, shapes), dtype=np.uint64)


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


def sizes_of(white: White, sets: Sets, chosen: Integers, settings: EpisodeSettings) -> list[Sizes]:
    """The sizes of the events of some sets of a series under one noise."""
    members, widths = sets.members[chosen], sets.widths[chosen]
    used, place = np.unique(members, return_inverse=True)
    place = place.reshape(members.shape)
    rows = white.rows(used)
    gram, scores = rows @ rows.T, white.scores[used]
    prior = variances(white.shapes, settings)
    squares, freedom = float(white.values @ white.values), len(white.values) - 1
    count = (members >= 0).sum(axis=1)
    out: list[Sizes | None] = [None] * len(chosen)
    for size in np.unique(count):
        those = np.flatnonzero(count == size)
        at, own = place[those, :size], members[those, :size]
        score = scores[at]
        precision = gram[at[:, :, None], at[:, None, :]]
        precision = precision + np.eye(size) / prior[widths[those, :size], own][:, None, :]
        inverse = np.linalg.inv(precision)
        mean = np.einsum("nij,nj->ni", inverse, score)
        left = np.maximum(squares - np.einsum("ni,ni->n", score, mean), 0.0) + white.floor
        for k, row in enumerate(those):
            out[row] = Sizes(own[k], mean[k], inverse[k], float(left[k]), freedom)
    return [one for one in out if one is not None]
