"""Power as a system: generation by source, consumption, net exchange, and what moved them."""

from typing import Literal

from pydantic import Field

from tanzhe.model.base import Note, Record, Result

Comparison = Literal["year_before", "expected"]
ChangeOf = Literal["year", "span", "twelve_months", "episode"]

Values = tuple[float | None, ...]


class PowerFlow(Record):
    """One term of the balance of electricity over time.

    Attributes:
        term: product id (`hydro_power_generation`, `electricity_consumption`).
        values: one per period of the system; None: not published.
    """

    term: str
    values: Values


class PowerShare(Record):
    """What one term of the balance did to thermal generation.

    Attributes:
        term: product id, or `net_exchange`.
        change: of the term itself.
        contribution: to thermal generation: the change of consumption, less that of everything
            else. All contributions add up to the change of thermal generation.
        share: part of all that pushed thermal generation the way it went, 0 to 1; None for what
            pushed the other way.
    """

    term: str
    change: float
    contribution: float
    share: float | None = Field(default=None, ge=0, le=1)


class PowerChange(Record):
    """A change of thermal generation, told by the other terms of the balance.

    Attributes:
        of: a year, the span asked for, the last twelve months, or an episode.
        episode: its id, or None.
        against: the last same months that lie before it (of a year: the year before), or the
            expected path: season and straight line of every term in the years before.
        periods: what was compared; a merged period is written YYYY-02.
        left_out: periods of the span in which thermal generation, consumption or a source that
            matters is not published.
        thermal: change of thermal generation, in the unit of the system.
        thermal_percent: the same in percent of what it was compared with.
        shares: by size of the contribution; they add up to `thermal`.
        unsplit: sources that are published for part of these periods only and stay inside
            `net_exchange`.
    """

    of: ChangeOf
    episode: str | None = None
    against: Comparison
    periods: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    thermal: float
    thermal_percent: float
    shares: tuple[PowerShare, ...]
    unsplit: tuple[str, ...] = ()

    def share_of(self, term: str) -> PowerShare | None:
        """The share of one term, or None where it is not told apart."""
        return next((one for one in self.shares if one.term == term), None)


class PowerSystem(Result):
    """Generation by source, consumption and net exchange of a region; why thermal power moved.

    Attributes:
        region: ISO 3166-2 code.
        unit: of all figures but percentages.
        periods: ascending, YYYY-MM; January and February are one, written YYYY-02.
        thermal: thermal generation.
        sources: generation by every other source that is published.
        consumption: of electricity.
        net_exchange: consumption less all published generation: what came in less what went out,
            and everything that is not counted. None where a term that matters is not published.
        missing: sources that the region does not publish (or does not have).
        changes: of each year, of a span, of the last twelve months, and of thermal episodes.
        source: where the figures come from.
        vintage: what the source calls itself.
        sha256: of the bytes they were read from.
        notes: what a reader must know.
    """

    region: str
    unit: str
    periods: tuple[str, ...]
    thermal: Values
    sources: tuple[PowerFlow, ...]
    consumption: Values
    net_exchange: Values
    missing: tuple[str, ...]
    changes: tuple[PowerChange, ...] = ()
    source: str
    vintage: str
    sha256: str
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.periods)
