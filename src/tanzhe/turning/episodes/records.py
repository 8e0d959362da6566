"""Told episodes become records: dates, percent, amounts, whose they were."""

from dataclasses import asdict

import numpy as np

from tanzhe.model import Episode, Episodes, ManifestInput, Note, Series, new_manifest
from tanzhe.model.episode import FAMILIES, Amount, EpisodeShape, Stability
from tanzhe.turning.calendar import Floats
from tanzhe.turning.episodes import notes
from tanzhe.turning.episodes.candidates import GAP
from tanzhe.turning.episodes.engine import Judged
from tanzhe.turning.episodes.expected import NINE_OF_TEN, Expected, expected
from tanzhe.turning.episodes.points import band_of
from tanzhe.turning.episodes.prepare import period_lengths
from tanzhe.turning.episodes.settings import BEND, FADE, INNOVATION, PULSE, RAMP, STEP
from tanzhe.turning.episodes.stability import stability_of
from tanzhe.turning.episodes.told import Told

LEVEL = 0.9
NATION = "CN"
# A departure of three periods of so many innovations is told in eight of ten cases
# (bench/episodes.py, made-up panels).
TELLABLE = 4.3
# A trend that stops: what is left of it is below this, in logs a year.
FLAT = 0.015
# An episode that begins so near the end of the series may still be taken back.
FRESH, FRESH_YEARS = 6, 2
THREE_YEARS = 33  # periods; with less no month was seen three times


def episodes_of(judged: Judged, i: int, series: Series, top: int = 0) -> Episodes:
    """The episodes of a member of a judged panel.

    Args:
        judged: the panel after the search.
        i: number of the member.
        series: the member itself, on the calendar of the panel.
        top: so many signals that are not told are listed beside.
    """
    told = judged.told(i)
    weak = judged.weaker(i, told, top) if top else []
    departures = sum((one.life.path for one in told), np.zeros(len(series)))
    usual = expected(judged.panel, i, judged.members[i].alone, judged.panel.alone, departures,
                     judged.settings)  # fmt: skip
    lengths = period_lengths(series)
    found, beside = (
        tuple(_Told(judged, one, usual, series, lengths).record() for one in some)
        for some in (told, weak)
    )
    low, high = (usual.logs + side * NINE_OF_TEN * usual.spread for side in (-1, 1))
    return Episodes(
        series=series,
        episodes=found,
        weaker=beside,
        expected=_values(usual.logs, lengths),
        expected_low=_values(low, lengths),
        expected_high=_values(high, lengths),
        smallest_tellable_percent=round(100 * float(-np.expm1(-TELLABLE * usual.innovation)), 1),
        notes=_cautions(judged, series),
        manifest=new_manifest(
            [ManifestInput(name=series.source, sha256=series.sha256)],
            {**asdict(judged.settings), "vintage": series.vintage, "as_of": series.as_of},
        ),
    )


def _cautions(judged: Judged, series: Series) -> tuple[Note, ...]:
    short = series.frequency == "month" and len(series) < THREE_YEARS
    return (*(() if judged.nation else (notes.NO_COMPANY,)), *((notes.SHORT,) if short else ()))


def idle_episodes(series: Series) -> Episodes:
    """What can be said of a series that is zero throughout: that nothing can be judged."""
    return Episodes(
        series=series.model_copy(update={"notes": (*series.notes, notes.IDLE)}),
        episodes=(),
        expected=(),
        expected_low=(),
        expected_high=(),
        smallest_tellable_percent=None,
        notes=(notes.IDLE,),
        manifest=new_manifest([ManifestInput(name=series.source, sha256=series.sha256)], {}),
    )


def _values(logs: Floats, lengths: Floats) -> tuple[float, ...]:
    return tuple(float(f"{v:.6g}") for v in np.exp(logs) * lengths)


class _Told:
    """One told episode on its way to a record."""

    def __init__(
        self,
        judged: Judged,
        told: Told,
        usual: Expected,
        series: Series,
        lengths: Floats,
    ) -> None:
        self.judged, self.told, self.usual = judged, told, usual
        self.series, self.lengths = series, lengths

    def record(self) -> Episode:
        run, life, periods = self.told.run, self.told.life, self.series.periods
        shape, sure = self._shape()
        low, depth, high = (round(100 * float(np.expm1(v)), 2) for v in life.depth)
        way = "up" if run.sign > 0 else "down"
        return Episode(
            id=f"{self.series.region}-{self.series.sector}-{periods[run.period]}-{way}",
            begin=periods[run.period],
            begin_interval=(periods[self._earliest(run.first)], periods[run.last]),
            level=LEVEL,
            probability=round(min(self.told.probability, 1.0), 4),
            band=band_of(self.told.probability),
            shape=shape,
            shape_probability=round(sure, 3),
            deepest=periods[life.deepest],
            depth_percent=depth,
            depth_interval=(low, high),
            end=None if life.end is None else periods[life.end],
            amount=self._amount(),
            trend_change=self._trend_change(shape),
            scope="national" if self._is_shared else "province",
            stability=self._stability(),
            notes=tuple(self._notes()),
            **self._company(depth),
        )

    def _earliest(self, first: int) -> int:
        """What shows first after a gap may have begun anywhere in it."""
        known = np.flatnonzero(self.series.array[:first] > 0)
        before = int(known[-1]) + 1 if known.size else first
        return before if first - before >= GAP else first

    @property
    def _is_shared(self) -> bool:
        """Whether it is the nation's and told of another: what all had is the nation's own."""
        return self.told.shared is not None and self.series.region != NATION

    def _shape(self) -> tuple[EpisodeShape, float]:
        """The likeliest kind, and its probability given that there is an episode."""
        if self.told.is_month and not self.told.shared:
            single = 1 - self.told.run.lasting / self.told.run.anything
            return "month" if single >= 0.5 and self._is_over_at_once else "unclear", single
        shares = self.told.run.lasting_shares
        named: dict[EpisodeShape, float] = {
            "step": float(shares[STEP]),
            "slide": float(shares[RAMP]),
            "pulse": float(shares[PULSE]),
            "fading": float(shares[FADE] + shares[INNOVATION]),
            "bend": float(shares[BEND]),
        }
        best = max(named, key=lambda name: named[name])
        if best == "bend" and abs(self.usual.trend + self._bend()) < FLAT:
            return "plateau", named[best]
        return best, named[best]

    @property
    def _is_over_at_once(self) -> bool:
        """Whether the next period is there and back; what fades over some is not one period."""
        end = self.told.life.end
        return end is not None and end - self.told.run.period <= 1

    def _stability(self) -> Stability | None:
        """What is known of fresh ones like it, measured on months of the built-in output."""
        if not self.series.merged:
            return None
        return stability_of(
            lasting=not self.told.is_month or self.told.shared is not None,
            band=band_of(self.told.probability),
            age=len(self.series) - 1 - self.told.run.period,
        )

    def _bend(self) -> float:
        """Change of the trend in logs a year."""
        life = self.told.life
        last, since = len(life.path) - 1, len(life.path) - self.told.run.period
        return float(life.path[last] / since * self.judged.panel.calendar.per_year)

    def _trend_change(self, shape: EpisodeShape) -> float | None:
        if FAMILIES[shape] != "trend":
            return None
        return round(100 * float(np.expm1(self._bend())), 2)

    def _amount(self) -> Amount:
        """The sum of what was above or below the expected path, until the end that is told.

        What some draws go on with after it is no part: the sum would be more than the depth times
        the life beside it.
        """
        life = slice(self.told.life.end)
        usual = np.exp(self.usual.logs) * self.lengths
        sums = np.expm1(self.told.life.paths[:, life]) @ usual[life]
        low, high = np.quantile(sums, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        value, low, high = (float(f"{v:.4g}") for v in (sums.mean(), low, high))
        return Amount(value=value, interval=(low, high), unit=self.series.unit)

    def _company(self, depth: float) -> dict[str, object]:
        """What is told of a shared episode beside the nation and the other provinces."""
        mine, nation = self.told.shared, self.judged.nation
        if mine is None or nation is None or not self._is_shared:
            return {}
        place = nation.runs.index(self.told.run)
        means = sorted((row[place].mean for row in self.judged.loadings), reverse=True)
        course = 100 * float(np.expm1(nation.courses[place][self.told.life.deepest]))
        reach = NINE_OF_TEN * mine.spread
        return {
            "loading": round(mine.mean, 3),
            "loading_interval": (round(mine.mean - reach, 3), round(mine.mean + reach, 3)),
            "excess_percent": round(depth - course, 2),
            "rank": means.index(mine.mean) + 1,
            "of": len(means),
        }

    def _notes(self) -> list[Note]:
        run, series = self.told.run, self.series
        near = FRESH_YEARS if series.frequency == "year" else FRESH
        fresh = run.last >= len(series) - near or (
            series.provisional_from is not None
            and series.periods[run.last] >= series.provisional_from
        )
        told = (
            (self._shape()[0] == "month", notes.MONTH),
            (self._shape()[0] == "unclear", notes.UNCLEAR),
            (self._is_shared, notes.SHARED),
            (self.told.relative, notes.RELATIVE),
            (len(run.spans) > 1, notes.JOINED),
            (fresh, notes.FRESH),
        )
        return [note for holds, note in told if holds]
