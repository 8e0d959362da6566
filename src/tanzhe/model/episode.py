"""Episodes: when a series left its usual course, how deep, until when, whose it was."""

from typing import Literal

from pydantic import Field

from tanzhe.model.base import Manifest, Note, Record, Result
from tanzhe.model.series import Series

Band = Literal["established", "possible", "weak"]
Scope = Literal["province", "national", "calendar", "data"]
EpisodeShape = Literal["step", "slide", "pulse", "fading", "month", "unclear", "bend", "plateau"]
Family = Literal["level", "passing", "month", "trend"]
# What sort of course a shape is: words, evidence and amounts ask for this, never for a shape.
FAMILIES: dict[EpisodeShape, Family] = {
    "step": "level", "slide": "level", "pulse": "passing", "fading": "passing", "month": "month",
    "unclear": "month", "bend": "trend", "plateau": "trend",
}  # fmt: skip


class Driver(Record):
    """A product's contribution to a departure of the total, in percentage points."""

    product: str
    percentage_points: float


class Amount(Record):
    """What an episode added up to over its life.

    Attributes:
        value: in `unit`; negative: not emitted (or not made).
        interval: at the episode's `level`.
        unit: of the series.
    """

    value: float
    interval: tuple[float, float]
    unit: str


# Periods since its start from which a fresh episode is as stable as the next older ones.
STABILITY_AGES = (0, 1, 3, 6, 11)


class Stability(Record):
    """How often fresh episodes of this kind, band and age were still told later.

    Measured on the built-in data as of many months (docs/turning/episodes.md).

    Attributes:
        kept: share still told, with an episode of the same direction that overlaps it.
        moved: of these, the share whose begin had moved by more than a period.
        rebanded: of these, the share that was in another band.
        later: periods later, of eleven a year.
        n: number of episodes that the shares rest on.
    """

    kept: float = Field(ge=0, le=1)
    moved: float = Field(ge=0, le=1)
    rebanded: float = Field(ge=0, le=1)
    later: int
    n: int


class Episode(Record):
    """A departure of a series from its usual course.

    Attributes:
        id: stable name: region, sector, begin, direction.
        begin: first period that is off.
        begin_interval: first and last period that `begin` may be, at `level`.
        level: probability mass of the intervals.
        probability: that something of this direction began in the interval and lasts more than one
            period; for a `month` or `unclear`, that something of this direction began there at all.
        band: established (from .8), possible (.5 to .8), weak (below, told only when asked for).
        shape: the likeliest kind: step (another level that lasts), slide (a ramp to another level),
            pulse (another level that ends), fading (a jump that fades), month (a single odd
            period), unclear (whether it lasts cannot be told), bend (another trend), plateau (a
            trend that stops).
        shape_probability: of that kind, given that there is an episode; of `unclear`, that it is a
            single period after all.
        deepest: period of the largest departure.
        depth_percent: departure there from the expected path, %; of a bend or plateau, what the
            other trend has added up to by the end of the series.
        depth_interval: at `level`.
        end: first period after it; None where it lasts to the end of the series.
        amount: what it added up to over its life.
        trend_change: of a bend or plateau, change of the trend, percentage points a year.
        scope: province (its own), national (the nation's, shared), data (a fault of the data).
        loading: of a shared one, how much of the nation's departure the province has (1: as much).
        loading_interval: the same at `level`.
        excess_percent: of a shared one, depth less the nation's, percentage points.
        rank: of a shared one, place of the loading among the provinces, largest first.
        of: how many provinces share the nation's episode or might.
        contributions: products that moved; they add up to `depth_percent`.
        explained_by_water: of thermal power where it can be told, part of all that pushed it this
            way that hydropower brought, 0 to 1 (`PowerShare.share`).
        stability: of a fresh one, how often such episodes were still told a year later.
        notes: what changes how it should be read.
    """

    id: str
    begin: str
    begin_interval: tuple[str, str]
    level: float = Field(gt=0, lt=1)
    probability: float = Field(ge=0, le=1)
    band: Band
    shape: EpisodeShape
    shape_probability: float = Field(ge=0, le=1)
    deepest: str
    depth_percent: float
    depth_interval: tuple[float, float]
    end: str | None
    amount: Amount
    trend_change: float | None = None
    scope: Scope
    loading: float | None = None
    loading_interval: tuple[float, float] | None = None
    excess_percent: float | None = None
    rank: int | None = None
    of: int | None = None
    contributions: tuple[Driver, ...] = ()
    explained_by_water: float | None = Field(default=None, ge=0, le=1)
    stability: Stability | None = None
    notes: tuple[Note, ...] = ()

    @property
    def family(self) -> Family:
        """Another level that lasts, something that passes, a single month, or another trend."""
        return FAMILIES[self.shape]


class Episodes(Result):
    """The episodes of one series, by begin, with the path that was expected.

    Attributes:
        series: what was searched, merged to eleven periods a year.
        episodes: by begin.
        weaker: what may have happened but is not told, likeliest first; empty unless asked for.
        expected: path without episodes, in the unit of the series, one a period; empty where the
            series is idle and nothing can be judged, as are its edges.
        expected_low: lower edge of where nine of ten periods lie without an episode.
        expected_high: upper edge.
        smallest_tellable_percent: smallest departure over three periods that would have been told
            with probability .8; None where the series is idle.
        notes: what changes how the list should be read.
        manifest: what the run rested on.
    """

    series: Series
    episodes: tuple[Episode, ...]
    weaker: tuple[Episode, ...] = ()
    expected: tuple[float, ...]
    expected_low: tuple[float, ...]
    expected_high: tuple[float, ...]
    smallest_tellable_percent: float | None
    notes: tuple[Note, ...] = ()
    manifest: Manifest

    def __len__(self) -> int:
        return len(self.episodes)
