"""A province's view over its parks: who is on which list, whose data are there, who is best."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from tanzhe.model.park import Assessment, IndicatorResult
from tanzhe.names import folded
from tanzhe.operators import Operator
from tanzhe.rulebook.park_register import RegisteredPark, recognised

_SMALLER: tuple[Operator, ...] = ("<=", "<", "at_least_level")


class Seat(NamedTuple):
    """A park of the view.

    Attributes:
        name: as listed, else as the park writes it.
        lists: entries of the lists it stands on.
        certain: whether its own name is the listed one, or only a short form of it.
        result: its latest year, or None where no file was given.
        given: indicators of which it has a value.
        asked: indicators of its rule set.
        rank: 1 for the least CO2 per energy among the parks that can be compared, or None.
    """

    name: str
    lists: tuple[RegisteredPark, ...]
    certain: bool
    result: Assessment | None
    given: int
    asked: int
    rank: int | None


class Availability(NamedTuple):
    """One indicator over all parks with a file.

    Attributes:
        id: of the indicator.
        name: as the rule set calls it.
        unit: of the values.
        given: parks with a value.
        lacking: names of those without.
        met: how many reach their threshold.
        best: the best value and whose it is, or None.
        median: of the values, or None.
        worst: likewise.
    """

    id: str
    name: str
    unit: str
    given: int
    lacking: tuple[str, ...]
    met: int
    best: tuple[float, str] | None
    median: float | None
    worst: tuple[float, str] | None


class ProvinceView(NamedTuple):
    """The view.

    Attributes:
        seats: parks on lists first, in their order, then others with a file.
        indicators: availability and benchmark.
    """

    seats: tuple[Seat, ...]
    indicators: tuple[Availability, ...]


def province_view(listed: Sequence[RegisteredPark], results: Sequence[Assessment]) -> ProvinceView:
    """Parks on lists beside the parks whose files are given; of several years the latest.

    Args:
        listed: of a province, or all.
        results: assessments.
    """
    latest: dict[tuple[str, str], Assessment] = {}
    for one in sorted(results, key=lambda each: each.park.year):
        latest[one.park.region, folded(one.park.name)] = one
    held = list(latest.values())
    matches = {id(one): recognised(one.park.name, one.park.region) for one in held}
    ranks = _ranks(held)
    seats: list[Seat] = []
    for name, region in dict.fromkeys((one.name, one.region) for one in listed):
        entries = tuple(one for one in listed if (one.name, one.region) == (name, region))
        own = next((one for one in held if any(m.name == name for m in matches[id(one)][0])), None)
        certain = own is not None and matches[id(own)][1]
        seats.append(_seat(name, entries, certain, own, ranks))
    seated = {id(seat.result) for seat in seats if seat.result is not None}
    seats += [
        _seat(one.park.name, matches[id(one)][0], matches[id(one)][1], one, ranks)
        for one in held
        if id(one) not in seated
    ]
    return ProvinceView(tuple(seats), tuple(_availability(held)))


def _seat(
    name: str,
    lists: tuple[RegisteredPark, ...],
    certain: bool,
    result: Assessment | None,
    ranks: dict[int, int],
) -> Seat:
    indicators = result.indicators if result else ()
    return Seat(
        name=name,
        lists=lists,
        certain=certain,
        result=result,
        given=sum(one.value is not None for one in indicators),
        asked=len(indicators),
        rank=ranks.get(id(result)) if result else None,
    )


def _ranks(held: Sequence[Assessment]) -> dict[int, int]:
    """Places by CO2 per energy; equal values share one."""
    values = [(one.emission_per_energy, id(one)) for one in held]
    known = sorted((value, key) for value, key in values if value is not None)
    return {key: 1 + sum(other < value for other, _ in known) for value, key in known}


def _availability(held: Sequence[Assessment]) -> list[Availability]:
    ids = dict.fromkeys(_key(one) for result in held for one in result.indicators)
    return [_of_indicator(id, held) for id in ids]


def _key(one: IndicatorResult) -> str:
    """Tiers of the core indicator are one indicator."""
    return "core" if one.kind == "core" else one.id


def _of_indicator(id: str, held: Sequence[Assessment]) -> Availability:
    found = [
        (one, result.park.name) for result in held for one in result.indicators if _key(one) == id
    ]
    first = found[0][0]
    known = [(one.value, name) for one, name in found if one.value is not None]
    smaller = first.operator in _SMALLER
    ordered = sorted(known, key=lambda pair: pair[0], reverse=not smaller)
    return Availability(
        id=id,
        name=first.name,
        unit=first.unit,
        given=len(known),
        lacking=tuple(name for one, name in found if one.value is None),
        met=sum(one.status == "met" for one, _ in found),
        best=ordered[0] if ordered else None,
        median=median(value for value, _ in known) if known else None,
        worst=ordered[-1] if ordered else None,
    )
