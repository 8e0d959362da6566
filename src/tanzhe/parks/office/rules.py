"""The open lists as the rulebook has them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tanzhe.model.rules import RuleSet
from tanzhe.parks.office.options import Offer, Options
from tanzhe.rulebook import Fuel, fuel_sets, fuels, rule_set, rule_set_ids, tables
from tanzhe.rulebook.energy_standards import energy_standards
from tanzhe.rulebook.limited_products import limited_products

# The core indicator is computed from the ledgers; nobody states it.
_COMPUTED = "core"


@cache
def office_options() -> Options:
    """What the template offers, and the reader understands."""
    return Options(
        names={
            "fuels": {name: name for name in dict.fromkeys(one.name for one in _burnable())},
            "factor_sets": _factor_sets(),
            "products": {name: name for name in _products()},
            "units": {unit: unit for unit in dict.fromkeys(_unit(one) for one in _burnable())},
        },
        indicators=_indicators([rule_set(id) for id in rule_set_ids()]),
    )


def options_of(sets: Sequence[RuleSet]) -> Options:
    """What a template for these rule sets offers: of indicators, those they ask for."""
    return replace(office_options(), indicators=_indicators(sets))


def _products() -> dict[str, None]:
    """Products with limits in the rulebook, then those whose standard alone is known."""
    known = [one.name for one in limited_products()]
    return dict.fromkeys([*known, *(name for one in energy_standards() for name in one.names)])


def _burnable() -> list[Fuel]:
    """All fuels that have an emission factor in some set."""
    return [one for set in fuel_sets() for one in fuels(set) if one.emission_factor is not None]


def _unit(fuel: Fuel) -> str:
    """What a fuel is measured in: the unit below its factor."""
    assert fuel.emission_factor is not None
    return fuel.emission_factor.unit.partition("/")[2]


def _factor_sets() -> dict[str, str]:
    """Titles of the sets that hold emission factors, and their ids."""
    ids = dict.fromkeys(one.set for one in _burnable())
    return {tables(f"fuel.{id}")[0].name.partition(" ")[2]: id for id in ids}


def _indicators(sets: Sequence[RuleSet]) -> dict[str, Offer]:
    """All indicators a park states itself, by id; other names of one id are kept beside."""
    found: dict[str, Offer] = {}
    for one in (row for each in sets for row in each.indicators):
        if one.kind == _COMPUTED:
            continue
        known = found.get(one.id)
        if known is None:
            found[one.id] = Offer(one.name, one.unit, one.duty == "excusable")
        elif one.name not in (known.name, *known.other_names):
            names = (*known.other_names, one.name)
            found[one.id] = Offer(known.name, known.unit, known.excusable, names)
    return found
