"""Power as a system: the balance of electricity, and what moved thermal generation.

    thermal = consumption - hydro - nuclear - wind - solar - net exchange

Net exchange is what is left, so the balance holds in every month, and so does every comparison that
is linear in the terms: `balance.py` makes them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError, Words
from tanzhe.model import Note, PowerFlow, PowerSystem
from tanzhe.notes import note_of
from tanzhe.places import find_place, provinces
from tanzhe.quantity import Unit
from tanzhe.series import ember
from tanzhe.series.basket import MATERIAL
from tanzhe.series.calendar import monthly
from tanzhe.series.estimate import SOURCE as NBS
from tanzhe.series.estimate import cells
from tanzhe.series.output import Output, output, packaged
from tanzhe.series.remarks import MERGED
from tanzhe.series.span import AS_OF, last_known

Floats = NDArray[np.float64]
THERMAL = "thermal_power_generation"
CONSUMPTION = "electricity_consumption"
HYDRO = "hydro_power_generation"
NET_EXCHANGE = "net_exchange"
OTHERS = (
    HYDRO,
    "nuclear_power_generation",
    "wind_power_generation",
    "solar_power_generation",
    "bioenergy_generation",
)

COUNTED = note_of("net_exchange")
ABOVE_SIZE = note_of("above_designated_size")


@dataclass(frozen=True, eq=False)
class _Figures:
    """Terms by name, each of shape (n_periods,), NaN where not published, and their origin."""

    periods: tuple[str, ...]
    terms: dict[str, Floats]
    source: str
    vintage: str
    sha256: str
    notes: tuple[Note, ...]


def power_system(region: str, of: Output | None = None) -> PowerSystem:
    """Generation by source, consumption and net exchange of a province or the nation, by month.

    Args:
        region: any name of a province (statistics office) or the nation (Ember).
        of: the output of a workspace; None: the packaged output.

    Returns:
        Without `changes`; `balance.changes_by_year` and its neighbours make them.

    Raises:
        InputError: no thermal generation or consumption of this region.
        UnknownName: a region nobody knows.

    Example:
        >>> system = power_system("四川")
        >>> system.unit, [flow.term for flow in system.sources]
        ('亿千瓦时', ['hydro_power_generation', 'solar_power_generation'])
        >>> system.missing
        ('nuclear_power_generation', 'wind_power_generation')
    """
    place = find_place(region)
    figures = _national() if place.iso == ember.NATION else _provincial(place.iso, of or packaged())
    known = {name: values for name, values in figures.terms.items() if np.isfinite(values).any()}
    for needed in (THERMAL, CONSUMPTION):
        if needed not in known:
            raise _not_published(place.zh, place.en, needed)
    sources = tuple(name for name in OTHERS if name in known)
    # Bioenergy is inside thermal power where it is not told apart.
    missing = tuple(n for n in OTHERS if n not in known and n != "bioenergy_generation")
    return PowerSystem(
        region=place.iso,
        unit=Unit.YI_KWH.text,
        periods=figures.periods,
        thermal=cells(known[THERMAL]),
        sources=tuple(PowerFlow(term=name, values=cells(known[name])) for name in sources),
        consumption=cells(known[CONSUMPTION]),
        net_exchange=cells(_rest(known, sources)),
        missing=missing,
        source=figures.source,
        vintage=figures.vintage,
        sha256=figures.sha256,
        notes=(*figures.notes, COUNTED),
    )


def cut_power(system: PowerSystem, start: int, end: int) -> PowerSystem:
    """The periods from position `start` to before `end`, with the same sources and no changes."""
    return system.model_copy(
        update={
            "periods": system.periods[start:end],
            "thermal": system.thermal[start:end],
            "sources": tuple(
                flow.model_copy(update={"values": flow.values[start:end]})
                for flow in system.sources
            ),
            "consumption": system.consumption[start:end],
            "net_exchange": system.net_exchange[start:end],
            "changes": (),
        }
    )


def as_known_power(system: PowerSystem, month: str | None) -> PowerSystem:
    """The system as it would have been asked about at the end of a month.

    Args:
        system: as published.
        month: YYYY-MM, the last month whose figures are used; None: the system as it is.

    Raises:
        InputError: a malformed month, or nothing until then.
    """
    if month is None:
        return system
    last = last_known(system.periods, month)
    known = cut_power(system, 0, system.periods.index(last) + 1)
    return known.model_copy(update={"notes": (*system.notes, AS_OF)})


def _rest(known: dict[str, Floats], sources: tuple[str, ...]) -> Floats:
    """Consumption less what is published; unknown where a source that matters is missing."""
    rest = known[CONSUMPTION] - known[THERMAL]
    for name in sources:
        values = known[name]
        rest = rest - (values if name in material(known, sources) else np.nan_to_num(values))
    return np.asarray(rest)


def material(known: dict[str, Floats], sources: tuple[str, ...]) -> tuple[str, ...]:
    """Sources with at least 5 % of the generation: without one of them a month says nothing."""
    means = {name: float(np.nanmean(known[name])) for name in (THERMAL, *sources)}
    return tuple(n for n in sources if means[n] >= MATERIAL * sum(means.values()))


def _national() -> _Figures:
    series = {n: monthly(ember.ember_series("CN", n)) for n in (THERMAL, CONSUMPTION, *OTHERS)}
    one = series[THERMAL]
    return _Figures(one.periods, {name: s.array for name, s in series.items()}, one.source,
                    one.vintage, one.sha256, one.notes)  # fmt: skip


def _provincial(iso: str, of: Output) -> _Figures:
    row = next(i for i, place in enumerate(provinces()) if place.iso == iso)
    names = [name for name in (THERMAL, CONSUMPTION, *OTHERS) if name in of.products]
    terms = {name: output(name, of)[row] for name in names}
    return _Figures(of.periods, terms, NBS, of.vintage, of.sha256, (MERGED, ABOVE_SIZE))


def _not_published(zh: str, en: str, term: str) -> InputError:
    what = Words("火力发电量", "thermal generation")
    if term == CONSUMPTION:
        what = Words("全社会用电量", "electricity consumption")
    return InputError.of(
        Words(f"{zh}没有公布{what.zh}", f"{en} publishes no {what.en}"),
        Words("请换一个地区", "Ask for another region"),
        where="power",
    )
