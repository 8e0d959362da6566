"""Figures nobody knows: what they would have added, and which totals are bounds without them."""

from collections.abc import Mapping
from typing import NamedTuple

from tanzhe.model.account import EmissionSource
from tanzhe.model.park import Certificate, ElectricityRow, FuelUse, HeatRow, ParkYear, ProcessRow
from tanzhe.model.verdict import Bound
from tanzhe.parks.account.fuels import sign

Known = FuelUse | ElectricityRow | HeatRow | ProcessRow | Certificate
# A ledger that is missing as a whole: what its rows would have added; heat goes both ways.
_LEDGERS: Mapping[str, Mapping[str, Bound]] = {
    "fuels": {"fuel": "at_least", "conversion": "at_least", "energy_tce": "at_least"},
    "heat": {"heat": "open", "energy_tce": "open"},
    "processes": {"process": "at_least"},
}


class Effect(NamedTuple):
    """What a row adds to: a term of the method; 1, -1 or 0 to CO2 and to energy."""

    source: EmissionSource
    tco2: int
    tce: int


def effect_of(row: Known) -> Effect:
    """What a row would have added, had its figure been known.

    Example:
        >>> effect_of(HeatRow(id="R1", direction="out", gj=0, fossil=False))
        Effect(source='heat', tco2=0, tce=-1)
    """
    match row:
        case FuelUse():
            conversion = row.purpose in ("conversion_input", "conversion_output")
            return Effect("conversion" if conversion else "fuel", *(sign(row.purpose),) * 2)
        case ElectricityRow():
            return Effect("electricity", *_power(row))
        case HeatRow():
            way = 1 if row.direction == "in" else -1
            return Effect("heat", way if row.fossil else 0, way)
        case ProcessRow():
            return Effect("process", 1, 0)
        case Certificate():
            return Effect("electricity", -1, 0)


def _power(row: ElectricityRow) -> tuple[int, int]:
    if row.supply == "exported":
        return -1 if row.generation == "fossil" else 0, 0 if row.generation == "waste_heat" else -1
    if row.supply == "onsite" and row.generation in ("fossil", "waste_heat"):
        return 0, 0
    if row.supply == "green_trade" or (
        row.supply in ("direct", "onsite") and row.generation == "nonfossil"
    ):
        return 0, 1
    return 1, 1


def is_incomplete(park: ParkYear) -> bool:
    """Whether data are missing without which the totals are bounds at best."""
    return bool(park.absent_ledgers) or any(one.tco2 or one.tce for one in park.unknown)


def bounds(park: ParkYear) -> dict[str, Bound]:
    """The totals that are not known: at least, at most, or open either way.

    Args:
        park: one calendar year.

    Returns:
        By `fuel`, `conversion`, `electricity`, `heat`, `process`, `total` and `energy_tce`; those
        that are known are left out.
    """
    found: dict[str, Bound] = {}
    for ledger in park.absent_ledgers:
        for key, bound in _LEDGERS.get(ledger, {}).items():
            _add(found, key, bound)
            if key != "energy_tce":
                _add(found, "total", bound)
    for one in park.unknown:
        for key, way in ((one.source, one.tco2), ("total", one.tco2), ("energy_tce", one.tce)):
            if way:
                _add(found, key, "at_least" if way > 0 else "at_most")
    return found


def _add(found: dict[str, Bound], key: str, bound: Bound) -> None:
    found[key] = bound if found.get(key, bound) == bound else "open"
