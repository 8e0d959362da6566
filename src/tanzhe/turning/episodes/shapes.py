"""The shapes an event may have, each a short sum of elements that are quickly whitened."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.turning.calendar import Floats, Integers
from tanzhe.turning.episodes.settings import SHAPES, EpisodeSettings, Shape
from tanzhe.turning.noise import Noise

# A shape is a sum of at most so many elements.
MOST_PARTS = 3


class Crossed(NamedTuple):
    """Where the products of different parts of the shapes stand among products of blocks.

    Attributes:
        blocks: pairs of blocks of elements.
        places: in the flat products of those, one row for each pair of parts, shape (3, n_shapes).
        weights: how much of each product a squared norm has, shaped as `places`.
    """

    blocks: tuple[tuple[int, int], ...]
    places: Integers
    weights: Floats


@dataclass(frozen=True, eq=False)
class Shapes:
    """Every event that may be in a series.

    Elements come in blocks of one for each first period: steps, slopes (one a period), then what
    fades by each of `fadings`.

    Attributes:
        periods: length of the series.
        fadings: what is left after a period of the elements that fade.
        kind: index into SHAPES, shape (n_shapes,).
        begin: first period that is off, shape (n_shapes,); -1: a steeper trend throughout is no
            event that began.
        full: first period at full size, shape (n_shapes,).
        end: first period after it, the number of periods where it lasts, shape (n_shapes,).
        single: whether it is over, or nearly so, after one period, shape (n_shapes,).
        positions: of how many each kind has, shape (n_kinds,).
        parts: elements of each shape, shape (n_shapes, MOST_PARTS).
        weights: how much of each, 0 where there are fewer, shape (n_shapes, MOST_PARTS).
    """

    periods: int
    fadings: tuple[float, ...]
    kind: Integers
    begin: Integers
    full: Integers
    end: Integers
    single: NDArray[np.bool_]
    positions: Integers
    parts: Integers
    weights: Floats

    @cached_property
    def crossed(self) -> Crossed:
        """For the squared norms of the shapes."""
        n, firsts, seconds = self.periods, [0, 0, 1], [1, 2, 2]
        one, two = self.parts.T[firsts], self.parts.T[seconds]
        weights = 2 * self.weights.T[firsts] * self.weights.T[seconds]
        codes = np.where(weights != 0, (one // n) * len(self.parts) + two // n, 0)
        used, which = np.unique(codes, return_inverse=True)
        blocks = tuple(divmod(int(code), len(self.parts)) for code in used)
        places = (which.reshape(codes.shape) * n + one % n) * n + two % n
        return Crossed(blocks, np.where(weights != 0, places, 0), weights)

    def columns(self, members: Integers) -> Floats:
        """Unit effect of some shapes in each period, shape (n_periods, n_members)."""
        return self.of(_elements(self.periods, self.fadings), members).T

    def of(self, elements: Floats, members: Integers) -> Floats:
        """Some shapes from elements, whitened or not, one a row."""
        return np.asarray(np.einsum("sp,spt->st", self.weights[members],
                                    elements[self.parts[members]]))  # fmt: skip


@lru_cache(maxsize=64)
def _elements(periods: int, fadings: tuple[float, ...]) -> Floats:
    """Unit effect of every element in each period, one a row."""
    since = np.arange(periods)[None, :] - np.arange(periods)[:, None]
    later = since >= 0
    blocks = [later * 1.0, np.maximum(since + 1.0, 0.0)]
    blocks += [np.where(later, kept ** np.maximum(since, 0), 0.0) for kept in fadings]
    return np.concatenate(blocks)


class _Collected:
    """Shapes as they are added."""

    def __init__(self, periods: int) -> None:
        self.periods = periods
        self.rows: list[tuple[int, int, int, int, bool]] = []
        self.parts: list[list[int]] = []
        self.weights: list[list[float]] = []

    def add(
        self,
        shape: Shape,
        life: tuple[int, int, int],
        *parts: tuple[float, int, int],
        single: bool = False,
    ) -> None:
        """A shape by its start, full size and end, and its parts: weight, block, first period."""
        self.rows.append((SHAPES.index(shape), *life, single))
        there = [(w, block * self.periods + at) for w, block, at in parts if at < self.periods]
        there += [(0.0, 0)] * (MOST_PARTS - len(there))
        self.weights.append([weight for weight, _ in there])
        self.parts.append([part for _, part in there])

    def shapes(self, fadings: tuple[float, ...]) -> Shapes:
        kind, begin, full, end, single = np.array(self.rows, dtype=np.intp).T
        positions = np.bincount(kind, minlength=len(SHAPES))
        parts, weights = np.array(self.parts, dtype=np.intp), np.array(self.weights)
        return Shapes(self.periods, fadings, kind, begin, full, end, single.astype(bool),
                      positions, parts, weights)  # fmt: skip


STEPS, SLOPES, FADINGS = 0, 1, 2


@lru_cache(maxsize=64)
def shapes(periods: int, per_year: int, noise: Noise, settings: EpisodeSettings) -> Shapes:
    """All shapes of a series of `periods` periods, `per_year` a year, under a noise."""
    found, margin = _Collected(periods), settings.margin
    last = periods - margin
    # A slide leaves a level that was seen; without one it is a trend, and what is told is its end.
    seen = settings.bend_margin if per_year > 1 else settings.bend_years
    for begin in range(margin, last + 1):
        found.add("step", (begin, begin, periods), (1.0, STEPS, begin))
    for length in settings.ramps:
        for begin in range(seen, last - length + 2):
            life = (begin, begin + length - 1, periods)
            found.add("ramp", life, (1 / length, SLOPES, begin),
                      (-1 / length, SLOPES, begin + length))  # fmt: skip
    for length in settings.rectangles:
        for begin in range(margin, last - length + 1):
            end = begin + length
            found.add("pulse", (begin, begin, end), (1.0, STEPS, begin), (-1.0, STEPS, end))
    for length in settings.triangles:
        half = (length + 1) // 2
        for begin in range(margin, last - length + 1):
            life = (begin, begin + half - 1, begin + length)
            found.add("pulse", life, (1 / half, SLOPES, begin), (-2 / half, SLOPES, begin + half),
                      (1 / half, SLOPES, begin + 2 * half))  # fmt: skip
    for block, kept in enumerate(settings.fadings, start=FADINGS):
        brief = kept == min(settings.fadings)
        for begin in range(1, periods - 1):
            found.add("fade", (begin, begin, periods), (1.0, block, begin), single=brief)
    for begin in range(periods):
        found.add("odd", (begin, begin, begin + 1), (1.0, STEPS, begin), (-1.0, STEPS, begin + 1),
                  single=True)  # fmt: skip
    for begin in range(seen, periods - seen):
        found.add("bend", (begin, periods - 1, periods), (1 / per_year, SLOPES, begin))
    found.add("trend", (-1, 0, periods), (1 / per_year, SLOPES, 0))
    response = noise.rho - noise.theta
    if response < settings.least_memory:
        return found.shapes(settings.fadings)
    brief = response * noise.rho < settings.quick
    block = FADINGS + len(settings.fadings)
    for begin in range(1, periods - 1):
        found.add("innovation", (begin, begin, periods), (1.0, STEPS, begin),
                  (-1.0, STEPS, begin + 1), (response, block, begin + 1), single=brief)  # fmt: skip
    return found.shapes((*settings.fadings, noise.rho))
