"""The tiers of the core indicator, so that the workbook can choose among them itself."""

from typing import NamedTuple

from tanzhe.errors import UnknownName
from tanzhe.model.park import Assessment
from tanzhe.rulebook import rule_set

_RATIO, _ENERGY = "emission_per_energy", "energy_tce"


class Tier(NamedTuple):
    """One tier: consumption from, consumption below, largest emissions per energy (tCO2/tce)."""

    at_least: float
    below: float | None
    limit: float


def core_tiers(result: Assessment) -> list[Tier]:
    """All tiers of a built-in rule set; of another only the one that was applied."""
    try:
        rules = rule_set(result.rules)
    except UnknownName:
        return [
            Tier(0.0, None, one.threshold)
            for one in result.indicators
            if one.id == result.tier and one.threshold is not None
        ]
    found = []
    for one in rules.indicators:
        if one.kind != "core" or one.measure != _RATIO:
            continue
        when = one.condition if one.condition and one.condition.measure == _ENERGY else None
        low = when.at_least if when and when.at_least is not None else 0.0
        found.append(Tier(low, when.below if when else None, one.threshold))
    return found
