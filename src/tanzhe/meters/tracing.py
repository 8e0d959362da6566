"""Where grid power comes from: average participation, every inflow shared by every outflow.

With P the flow through each bus and F' the flows received, the mix of the buses by generator is Q
in (diag(P) - F') Q = diag(G). A line's loss is a sink at the bus that sends, with its mix, so that
generation is loads and losses exactly, generator by generator (Bialek 1996, Proc. IEE 143, 313;
Kirschen 1997). It is evidence beside the account of a park, never in it.
"""

from collections.abc import Iterator, Sequence
from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.meters.network import Generator, Line, Network

Floats = NDArray[np.float64]
# A bus may be out of balance by this share of what flows through it: roundings of a table.
MOST_IMBALANCE = 1e-6


class Mix(NamedTuple):
    """What a bus had from one generator.

    Attributes:
        bus: where it was used.
        generator: bus of the generator.
        source: of the generator, or "".
        amount: of the load of the bus, in the unit of the table.
        share: of all that flows through the bus.
    """

    bus: str
    generator: str
    source: str
    amount: float
    share: float


class Traced(NamedTuple):
    """A network traced, one hour or several added up.

    Attributes:
        unit: of the amounts.
        hours: how many.
        mixes: of each bus with a load, by generator, those of nothing left out.
        losses: by generator, lines and roundings together.
        generated: by generator.
        factors: kgCO2/kWh of the load of each bus; None where a generator of it has none.
        dead: buses through which nothing flows: they have no mix.
        notes: what was done to the tables.
    """

    unit: str
    hours: int
    mixes: tuple[Mix, ...]
    losses: dict[tuple[str, str], float]
    generated: dict[tuple[str, str], float]
    factors: dict[str, float | None]
    dead: tuple[str, ...]
    notes: tuple[Words, ...]


def trace(networks: Sequence[Network]) -> Traced:
    """Trace the power of each bus to the generators, hour by hour, and add it up.

    Args:
        networks: hours of one network, as `read_networks` gives them.

    Returns:
        Per generator, loads and losses are its generation to 1e-9.

    Raises:
        InputError: every bus out of balance, every line that gives more than it takes, buses that
            no generation reaches, each with its hour.
    """
    faults: list[Fault] = []
    hours = [_Hour(one, faults) for one in networks]
    refuse(faults)
    parts = [one.solved() for one in hours]
    keys = list(dict.fromkeys(key for one in hours for key in one.keys))
    buses = networks[0].buses if networks else ()
    used: dict[tuple[str, tuple[str, str]], list[float]] = {}
    lost: dict[tuple[str, str], list[float]] = {key: [] for key in keys}
    flow: dict[str, list[float]] = {bus: [] for bus in buses}
    mixed: dict[tuple[str, tuple[str, str]], list[float]] = {}
    for hour, (loads, losses, shares) in zip(hours, parts, strict=True):
        for k, key in enumerate(hour.keys):
            lost[key].append(float(losses[k]))
            for b, bus in enumerate(buses):
                used.setdefault((bus, key), []).append(float(loads[b, k]))
                mixed.setdefault((bus, key), []).append(float(shares[b, k] * hour.through[b]))
        for b, bus in enumerate(buses):
            flow[bus].append(float(hour.through[b]))
    through = {bus: fsum(amounts) for bus, amounts in flow.items()}
    mixes = tuple(
        Mix(bus, *key, amount, fsum(mixed[bus, key]) / through[bus])
        for bus in buses
        for key in keys
        if (amount := fsum(used.get((bus, key), ()))) > 0
    )
    generators = [one for network in networks for one in network.generators]
    return Traced(
        unit=networks[0].unit if networks else "",
        hours=len(networks),
        mixes=mixes,
        losses={key: fsum(amounts) for key, amounts in lost.items()},
        generated={key: fsum(g.amount for g in generators if _key(g) == key) for key in keys},
        factors=_factors(mixes, generators),
        dead=tuple(bus for bus in buses if through[bus] == 0),
        notes=tuple(dict.fromkeys(note for one in hours for note in one.notes)),
    )


def _key(one: Generator) -> tuple[str, str]:
    return one.bus, one.source


def _factors(mixes: Sequence[Mix], generators: Sequence[Generator]) -> dict[str, float | None]:
    """kgCO2/kWh of each load; energy of one generator at different factors counts by amount."""
    known: dict[tuple[str, str], float | None] = {}
    for key in dict.fromkeys(map(_key, generators)):
        own = [one for one in generators if _key(one) == key]
        total = fsum(one.amount for one in own)
        if any(one.factor is None for one in own):
            known[key] = None
        else:
            known[key] = fsum(one.amount * (one.factor or 0.0) for one in own) / total
    found: dict[str, float | None] = {}
    for bus in dict.fromkeys(one.bus for one in mixes):
        mine = [(one.amount, known[one.generator, one.source]) for one in mixes if one.bus == bus]
        total = fsum(amount for amount, _ in mine)
        unknown = any(factor is None for _, factor in mine)
        found[bus] = (
            None if unknown else fsum(amount * (factor or 0.0) for amount, factor in mine) / total
        )
    return found


class _Hour:
    """One hour ready to be solved; what is wrong with it is collected."""

    def __init__(self, network: Network, faults: list[Fault]) -> None:
        self.notes: list[Words] = []
        self._at = {bus: number for number, bus in enumerate(network.buses)}
        self._hour = network.hour
        count = len(network.buses)
        self._received = np.zeros((count, count))  # [to, from]
        self._sunk = np.zeros(count)  # lost on lines, at the bus that sends
        self._sent = np.zeros(count)
        self._load = np.array([network.loads[bus] for bus in network.buses])
        for line in network.lines:
            self._add(line, faults)
        self.keys = list(dict.fromkeys(map(_key, network.generators)))
        self._made = np.zeros((count, len(self.keys)))
        for one in network.generators:
            self._made[self._at[one.bus], self.keys.index(_key(one))] += one.amount
        self.through: Floats = self._made.sum(axis=1) + self._received.sum(axis=1)
        self._rest = self.through - self._load - self._sent - self._sunk
        faults += self._unbalanced(network)
        faults += self._unreached(network)

    def _where(self, place: str) -> str:
        return f"{self._hour} {place}".strip()

    def _add(self, line: Line, faults: list[Fault]) -> None:
        """A flow, turned round where it is negative; what is lost sinks where it was sent."""
        start, end, sent, received = line
        if sent < 0 and received < 0:
            start, end, sent, received = end, start, -received, -sent
        elif sent > 0 > received:  # both ends feed the line: it keeps what they give
            self.notes.append(
                Words(
                    f"线路 {start}—{end} 两端都送出，作为两端的损耗",
                    f"Both ends of {start} - {end} send: counted as losses of both",
                )
            )
            self._sunk[self._at[start]] += sent
            self._sunk[self._at[end]] += -received
            return
        if sent < 0 < received or received > sent:
            faults.append(
                fault_of(
                    "meters.tracing.add",
                    received=received,
                    sent=sent,
                    where=self._where(f"{line.start} → {line.end}"),
                )
            )
            return
        self._received[self._at[end], self._at[start]] += received
        self._sent[self._at[start]] += received
        self._sunk[self._at[start]] += sent - received

    def _unbalanced(self, network: Network) -> Iterator[Fault]:
        for number, bus in enumerate(network.buses):
            rest = float(self._rest[number])
            outflow = float(self._load[number] + self._sent[number] + self._sunk[number])
            size = max(float(self.through[number]), outflow)
            if abs(rest) > MOST_IMBALANCE * size:
                came = f"{self.through[number]:,.9g}"
                yield fault_of(
                    "meters.tracing.unbalanced",
                    came=came,
                    outflow=outflow,
                    rest=rest,
                    where=self._where(bus),
                )

    def _unreached(self, network: Network) -> Iterator[Fault]:
        """Buses with a flow that comes from no generation: a loop that feeds itself."""
        reached = self._made.sum(axis=1) > 0
        while True:
            more = reached | ((self._received[:, reached] > 0).any(axis=1))
            if (more == reached).all():
                break
            reached = more
        lost = [
            bus
            for number, bus in enumerate(network.buses)
            if self.through[number] > 0 and not reached[number]
        ]
        if lost:
            told = "、".join(lost)
            yield fault_of("meters.tracing.unreached", told=told, where=self._where(told))

    def solved(self) -> tuple[Floats, Floats, Floats]:
        """Loads by bus and generator, losses by generator, shares by bus and generator."""
        alive = self.through > 0
        shares = np.zeros_like(self._made)
        if alive.any():
            matrix = np.diag(self.through[alive]) - self._received[np.ix_(alive, alive)]
            try:
                shares[alive] = np.linalg.solve(matrix, self._made[alive])
            except np.linalg.LinAlgError as error:
                raise InputError(
                    fault_of("meters.tracing.solved", where=self._where(""))
                ) from error
        loads = self._load[:, None] * shares
        losses = ((self._sunk + self._rest)[:, None] * shares).sum(axis=0)
        return loads, losses, shares
