"""A panel of regions, and what every window of it measures: for the event and for its placebos."""

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.effects.correction import Span, corrected, mean_in, nearby, pooled_slopes
from tanzhe.effects.gaps import METHODS, Gaps, Side, gaps, possible_starts
from tanzhe.effects.noise import Seasons, scale, seasons
from tanzhe.effects.settings import LEAST_OF_WINDOW
from tanzhe.effects.weights import Floats

Answer = Literal["own", "excess"]
SIDES: tuple[Side, Side] = ("before", "around")


class Measured(NamedTuple):
    """What the windows of one length measure, one row a period (NaN where none can start).

    Attributes:
        error: corrected gap of the window, logs, shape (periods, targets).
        noise: its standard deviation without an event.
    """

    error: Floats
    noise: Floats

    @property
    def t(self) -> Floats:
        """Errors in units of their noise."""
        return self.error / self.noise


class _Lesson(NamedTuple):
    """What a panel teaches about windows of one kind, used for a row with fewer donors too."""

    slopes: tuple[Floats, ...]
    seasons: Seasons


class Panel:
    """Regions' logs, and their measurements, each made once.

    Args:
        regions: names, one a row.
        logs: shape (regions, periods), NaN where not published.
        per_year: periods a year, 11 or 12.
    """

    def __init__(self, regions: Sequence[str], logs: Floats, per_year: int) -> None:
        self.regions = tuple(regions)
        self.logs = logs
        self.per_year = per_year
        self._gaps: dict[Side, Gaps] = {}
        self._lessons: dict[tuple[Side, Answer, Span], _Lesson] = {}
        self._chosen: tuple[tuple[int, tuple[int, ...]], dict[Side, Gaps]] = ((-1, ()), {})
        self._measured: dict[tuple[Side, Answer, Span], Measured] = {}

    @property
    def periods(self) -> int:
        """Number of periods."""
        return int(self.logs.shape[1])

    def gaps(self, side: Side) -> Gaps:
        """Gaps of every region to its own past and to all others."""
        if side not in self._gaps:
            self._gaps[side] = self._learnt(np.arange(len(self.logs)), side)
        return self._gaps[side]

    def _learnt(self, rows: NDArray[np.intp], side: Side, donors: NDArray[np.intp] | None = None
                ) -> Gaps:  # fmt: skip
        starts = possible_starts(self.periods, side)
        logs = self.logs if donors is None else self.logs[np.concatenate([rows, donors])]
        targets = rows if donors is None else np.arange(len(rows))
        return gaps(logs, targets, side, self.per_year, starts)

    def measured(self, side: Side, answer: Answer, window: Span) -> Measured:
        """What every region's windows measure.

        Args:
            side: what the fits may know.
            answer: against the own past, or the excess over the others.
            window: which periods after each start are averaged.
        """
        key = (side, answer, window)
        if key not in self._measured:
            found = self.gaps(side)
            errors, lesson = self._errors(found, *key, lesson=None)
            self._lessons[key] = lesson
            self._measured[key] = self._spread(errors, found.starts, window, lesson)
        return self._measured[key]

    def with_donors(
        self, region: int, donors: Sequence[int], side: Side, window: Span
    ) -> tuple[Measured, Gaps]:
        """The excess of one region over some donors only, judged by what the panel taught.

        Returns:
            Measurements of one target, and its gaps with the weights in the order of `donors`,
            the region itself first.
        """
        self.measured(side, "excess", window)
        lesson = self._lessons[(side, "excess", window)]
        # The windows of one question share their fits; the next question has other donors.
        if self._chosen[0] != (region, tuple(donors)):
            self._chosen = ((region, tuple(donors)), {})
        fits = self._chosen[1]
        if side not in fits:
            rows = np.array(donors, dtype=np.intp)
            fits[side] = self._learnt(np.array([region]), side, rows)
        found = fits[side]
        errors, _ = self._errors(found, side, "excess", window, lesson=lesson)
        return self._spread(errors, found.starts, window, lesson), found

    def _errors(
        self, found: Gaps, side: Side, answer: Answer, window: Span, *, lesson: _Lesson | None
    ) -> tuple[Floats, _Lesson]:
        """Corrected gaps of every start, the middle one of the ways to compare.

        One way can be far off: loadings on others that never moved together are chance.
        """
        ways = found.own[None] if answer == "own" else found.donors
        slopes, errors = [], []
        for number, way in enumerate(ways):
            mean = mean_in(way, found.starts, window, LEAST_OF_WINDOW)
            spans = nearby(side, window.length, self.per_year)
            features = np.stack([mean_in(way, found.starts, span) for span in spans])
            learnt = pooled_slopes(mean, features) if lesson is None else lesson.slopes[number]
            slopes.append(learnt)
            errors.append(corrected(mean, features, learnt))
        whole = np.median(errors, axis=0)
        if lesson is None:
            lesson = _Lesson(tuple(slopes), seasons(whole, found.starts, self.per_year))
        return whole, lesson

    def _spread(
        self, errors: Floats, starts: NDArray[np.intp], window: Span, lesson: _Lesson
    ) -> Measured:
        noise = scale(errors, starts, self.per_year, window.length, lesson.seasons)
        whole = np.full((2, self.periods, errors.shape[1]), np.nan)
        whole[0, starts], whole[1, starts] = errors, noise
        return Measured(whole[0], whole[1])

    @cached_property
    def loudness(self) -> Floats:
        """Usual noise of each region against its own past, shape (regions,)."""
        noise = self.measured("around", "own", Span(0, 3)).noise
        return np.array([np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else np.nan
                         for row in noise.T])  # fmt: skip


__all__ = ["METHODS", "SIDES", "Answer", "Measured", "Panel"]
