"""Turning points as every package sees them."""

from collections.abc import Iterator, Sequence
from typing import Literal, overload

from pydantic import Field

from tanzhe.model.base import Manifest, Note, Record, Result
from tanzhe.model.episode import Band, Driver, Episodes, Scope
from tanzhe.model.peak import PeakStatus
from tanzhe.model.series import Series

Kind = Literal["step", "slope", "pulse"]


class Effect(Record):
    """How much a turning point moved emissions.

    Attributes:
        percent: change against the level expected without it, %; for a slope, % a year.
        percent_interval: lower and upper end at the point's `level`.
        mt_per_year: the same in MtCO2 a year; None for what did not last and for other units.
    """

    percent: float
    percent_interval: tuple[float, float]
    mt_per_year: float | None = None


class TurningPoint(Record):
    """When, how much and how surely a series turned.

    Attributes:
        id: stable name: region, sector, date; of the episode it is.
        date: first period of the new regime.
        interval: first and last period that `date` may be, at probability `level`.
        level: probability mass of the interval given that there is an edge.
        confidence: probability that a durable edge of this sign exists and lies in `interval`.
        band: established (from .8), possible (.5 to .8), weak (below .5).
        kind: a step lasts; a slope bends the trend; a pulse ends, at `until`.
        scope: province; national (most provinces at once); calendar (Spring Festival or the
            January-February rule); data (a defect or a change of vintage).
        until: first period after a pulse that is over, None otherwise.
        effect: size with interval.
        drivers: products that moved, largest first; they add up to the effect.
        single: for a single odd period, listed apart: probability that it is off; None for every
            other point.
        regions_compared: other regions of the same source that were looked at; 0: none.
        regions_alike: how many of them moved the same way at the same time.
        notes: what changes how this point should be read.
    """

    id: str
    date: str
    interval: tuple[str, str]
    level: float = Field(gt=0, lt=1)
    confidence: float = Field(ge=0, le=1)
    band: Band
    kind: Kind
    scope: Scope
    until: str | None = None
    effect: Effect
    drivers: tuple[Driver, ...] = ()
    single: float | None = Field(default=None, ge=0, le=1)
    regions_compared: int = 0
    regions_alike: int = 0
    notes: tuple[Note, ...] = ()


class TurningPoints(Result, Sequence[TurningPoint]):
    """The turning points of one series, by weight of the evidence, with what they rest on.

    Attributes:
        series: what was searched, merged to eleven periods a year.
        points: durable points by confidence, then weak signals where asked for, then single odd
            months, then faults of the data, then calendar edges.
        adjusted: daily means without season and moving holiday, in the unit of the series a day
            (a yearly series: its values), one per period; for pictures. Empty when not computed.
        found: the episodes the points are; None for a made-up list.
        peak: whether the series has peaked; None where that cannot be judged.
        peak_missing: why not.
        manifest: what the run rested on.
    """

    series: Series
    points: tuple[TurningPoint, ...]
    adjusted: tuple[float | None, ...] = ()
    found: Episodes | None = None
    peak: PeakStatus | None = None
    peak_missing: Note | None = None
    manifest: Manifest

    def __iter__(self) -> Iterator[TurningPoint]:  # type: ignore[override]
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    @overload
    def __getitem__(self, index: int) -> TurningPoint: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[TurningPoint, ...]: ...
    def __getitem__(self, index: int | slice) -> TurningPoint | tuple[TurningPoint, ...]:
        return self.points[index]

    def of_band(self, *bands: Band) -> tuple[TurningPoint, ...]:
        """The durable points of the given bands of province and nation, in the same order."""
        moved = self.of_scope("province", "national")
        return tuple(p for p in moved if p.band in bands and p.single is None)

    def of_scope(self, *scopes: Scope) -> tuple[TurningPoint, ...]:
        """The points of the given scopes, in the same order."""
        return tuple(p for p in self.points if p.scope in scopes)
