"""The shapes an event may have, one column each."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tanzhe.turning.design import Floats, Integers
from tanzhe.turning.episodes.settings import SHAPES, EpisodeSettings, Shape
from tanzhe.turning.settings import Noise


@dataclass(frozen=True, eq=False)
class Shapes:
    """Every event that may be in a series, one a column.

    Attributes:
        kind: index into SHAPES, shape (n_shapes,).
        begin: first period that is off, shape (n_shapes,).
        full: first period at full size, shape (n_shapes,).
        end: first period after it, the number of periods where it lasts, shape (n_shapes,).
        columns: unit effect in each period, shape (n_periods, n_shapes).
        single: whether it is over, or nearly so, after one period, shape (n_shapes,).
        positions: of how many each kind has, shape (n_kinds,).
        changes: from each period to the next, sparse, shape (n_shapes, n_periods): a shape is so
            many steps, and steps are quickly whitened.
    """

    kind: Integers
    begin: Integers
    full: Integers
    end: Integers
    columns: Floats
    single: NDArray[np.bool_]
    positions: Integers
    changes: csr_matrix


class _Collected:
    """Columns as they are added."""

    def __init__(self, periods: int) -> None:
        self.periods = periods
        self.rows: list[tuple[int, int, int, int, bool]] = []
        self.columns: list[Floats] = []

    def add(
        self, shape: Shape, begin: int, full: int, end: int, column: Floats, *, single: bool = False
    ) -> None:
        self.rows.append((SHAPES.index(shape), begin, full, end, single))
        self.columns.append(column)

    def shapes(self) -> Shapes:
        kind, begin, full, end, single = np.array(self.rows, dtype=np.intp).T
        positions = np.bincount(kind, minlength=len(SHAPES))
        columns = np.column_stack(self.columns)
        changes = np.diff(columns, axis=0, prepend=0.0)
        steps = csr_matrix(np.where(np.abs(changes) > 1e-12, changes, 0.0).T)
        return Shapes(kind, begin, full, end, columns, single.astype(bool), positions, steps)


@lru_cache(maxsize=64)
def shapes(periods: int, per_year: int, noise: Noise, settings: EpisodeSettings) -> Shapes:
    """All shapes of a series of `periods` periods, `per_year` a year, under a noise."""
    found, time, margin = _Collected(periods), np.arange(periods), settings.margin
    last = periods - margin
    for begin in range(margin, last + 1):
        found.add("step", begin, begin, periods, (time >= begin).astype(float))
    for length in settings.ramps:
        for begin in range(margin, last - length + 2):
            rise = np.clip((time - begin + 1) / length, 0.0, 1.0)
            found.add("ramp", begin, begin + length - 1, periods, rise)
    for length in settings.rectangles:
        for begin in range(margin, last - length + 1):
            inside = (time >= begin) & (time < begin + length)
            found.add("pulse", begin, begin, begin + length, inside.astype(float))
    for length in settings.triangles:
        half = (length + 1) // 2
        for begin in range(margin, last - length + 1):
            height = np.clip(1 - np.abs(time - begin - half + 1) / half, 0.0, 1.0)
            found.add("pulse", begin, begin + half - 1, begin + length, height)
    for kept in settings.fadings:
        for begin in range(1, periods - 1):
            left = np.where(time >= begin, kept ** np.maximum(time - begin, 0), 0.0)
            brief = kept == min(settings.fadings)
            found.add("fade", begin, begin, periods, left, single=brief)
    for begin in range(periods):
        found.add("odd", begin, begin, begin + 1, (time == begin).astype(float), single=True)
    for begin in range(settings.bend_margin, periods - settings.bend_margin):
        slope = np.maximum(time - begin + 1, 0) / per_year
        found.add("bend", begin, periods - 1, periods, slope)
    response = noise.rho - noise.theta
    if response >= settings.least_memory:
        brief = response * noise.rho < settings.quick
        for begin in range(1, periods - 1):
            since = np.maximum(time - begin, 0)
            left = np.where(since == 0, 1.0, response * noise.rho ** np.maximum(since - 1, 0))
            column = np.where(time >= begin, left, 0.0)
            found.add("innovation", begin, begin, periods, column, single=brief)
    return found.shapes()
