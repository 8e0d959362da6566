"""The meters of a park: whose each is, what it counts, below which other, from when to when."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from tanzhe.errors import Words
from tanzhe.meters.clock import day_begin
from tanzhe.model import Record
from tanzhe.model.park import Generation, Supply
from tanzhe.terms import words_of

Carrier = Literal["electricity", "heat", "natural_gas", "water", "steam"]
Kind = Literal["register", "interval", "power"]
HeatSource = Literal["bought", "sold", "own"]
# The unit of a carrier, and what a million of the smallest figure kept is.
UNITS: dict[str, tuple[str, ...]] = {
    "electricity": ("kWh",),
    "heat": ("GJ",),
    "natural_gas": ("Nm3", "m3"),
    "water": ("m3",),
    "steam": ("t",),
}
CARRIER_WORDS: dict[str, Words] = words_of("meters.tree.carrier_words")


class Meter(Record):
    """One meter as declared, for one span of days.

    Attributes:
        meter: its name in the park.
        firm: whose consumption it counts.
        carrier: what it counts.
        unit: kWh, GJ, Nm3, m3 or t; figures after the multiplier are in it.
        parent: the meter it stands behind, or "".
        multiplier: of current and voltage transformers.
        digits: whole digits of the register: it wraps at ten to this power.
        decimals: digits behind the point.
        kind: count that grows, energy of intervals, or mean power.
        start: first day it counts.
        end: last day it counts, or None.
        remark: anything.
        supply: which row of the electricity ledger it gives, or None: an inner meter.
        generation: what made the power or the heat, where the ledger asks.
        heat: of heat and steam: bought, sold, or made in the park from energy counted elsewhere;
            None: an inner meter.
        gj_per_t: GJ a tonne of steam counts for, as the contract says, or None.
        capacity: rated kW (or unit an hour), after the multiplier, or None.
        points: its names in other systems: point of MyEMS, address, topic.
    """

    meter: str
    firm: str
    carrier: Carrier
    unit: str
    parent: str = ""
    multiplier: float = 1.0
    digits: int | None = None
    decimals: int | None = None
    kind: Kind = "register"
    start: date
    end: date | None = None
    remark: str = ""
    supply: Supply | None = None
    generation: Generation | None = None
    heat: HeatSource | None = None
    gj_per_t: float | None = None
    capacity: float | None = None
    points: tuple[str, ...] = ()

    @property
    def begins(self) -> int:
        """First instant it counts, seconds UTC."""
        return day_begin(self.start)

    @property
    def ends(self) -> int | None:
        """The instant it stops to count, or None."""
        return None if self.end is None else day_begin(self.end + timedelta(days=1))


class Tree(NamedTuple):
    """All meters of a park, by name and then by day.

    Attributes:
        meters: each span of each meter.
    """

    meters: tuple[Meter, ...] = ()

    @property
    def names(self) -> list[str]:
        """Names, sorted."""
        return sorted({one.meter for one in self.meters})

    def of(self, name: str) -> tuple[Meter, ...]:
        """The spans of a meter, in order."""
        return tuple(one for one in self.meters if one.meter == name)

    def aliases(self) -> dict[str, str]:
        """Every name of other systems, and the meter's own, to the meter's own."""
        known = {one.meter: one.meter for one in self.meters}
        for one in self.meters:
            known |= dict.fromkeys(one.points, one.meter)
        return known

    def children(self, name: str) -> list[str]:
        """Meters right behind a meter."""
        return sorted({one.meter for one in self.meters if one.parent == name})

    def successor(self, name: str) -> str | None:
        """The meter that took its place: same firm, carrier and parent, from the next day on."""
        last = self.of(name)[-1]
        if last.end is None:
            return None
        follows = last.end + timedelta(days=1)
        same = (last.firm, last.carrier, last.parent)
        for one in self.meters:
            at = one.start == follows and one.meter != name
            if at and (one.firm, one.carrier, one.parent) == same:
                return one.meter
        return None

    def joined(self, others: Iterable[Meter]) -> "Tree":
        """With other spans; a span of the same meter and first day takes the older one's place."""
        spans = {(one.meter, one.start): one for one in self.meters}
        spans |= {(one.meter, one.start): one for one in others}
        return Tree(tuple(spans[key] for key in sorted(spans)))
