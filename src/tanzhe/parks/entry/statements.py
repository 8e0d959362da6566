"""What is wrong with the values and explanations a park states for indicators."""

from collections.abc import Iterator

from tanzhe.errors import Fault, Words, listed
from tanzhe.faults import fault_of
from tanzhe.model.park import IndicatorEntry, ParkYear
from tanzhe.model.rules import Indicator, RuleSet
from tanzhe.quantity import Dimension, Unit
from tanzhe.rulebook import rule_set, rule_set_ids


def statement_faults(park: ParkYear, rules: RuleSet) -> list[Fault]:
    """Unknown indicators, shares above 1, counts and levels that are not whole.

    Args:
        park: as entered.
        rules: the rule set; ids of the built-in ones are known too, so that one file serves
            several sets.
    """
    known = _known(rules)
    found: list[Fault] = []
    for id, entry in park.indicators.items():
        where = f"indicators.{id}"
        if id not in known:
            found.append(_unknown(where, id, known))
        else:
            found.extend(_value_faults(known[id], entry, where))
    found.extend(_unknown(f"excuses.{id}", id, known) for id in park.excuses if id not in known)
    return found


def _known(rules: RuleSet) -> dict[str, Indicator]:
    """Indicators by id, and by measure where no id is called so."""
    sets = [rules, *(rule_set(id) for id in rule_set_ids() if id != rules.id)]
    rows = [one for each in sets for one in each.indicators]
    by_measure = {one.measure: one for one in reversed(rows) if one.measure}
    return {**by_measure, **{one.id: one for one in reversed(rows)}}


def _unknown(where: str, id: str, known: dict[str, Indicator]) -> Fault:
    names = list(known)
    return fault_of("parks.statements.unknown", id=id[:60], names=listed(names), where=where)


def _value_faults(indicator: Indicator, entry: IndicatorEntry, where: str) -> Iterator[Fault]:
    if entry.value is None:
        return
    unit = Unit.known(indicator.unit)
    if unit is None:
        return
    if unit.dimension is Dimension.SHARE and entry.value > 1:
        yield fault_of(
            "parks.statements.value_faults",
            indicator=indicator.name,
            entry=entry.value,
            where=f"{where}.value",
        )
    low = 1 if unit.dimension is Dimension.LEVEL else 0
    whole = unit.dimension in (Dimension.LEVEL, Dimension.COUNT)
    if whole and (entry.value != int(entry.value) or entry.value < low):
        yield Fault(
            Words(
                f"“{indicator.name}”应为整数（{indicator.unit}）",
                f"“{indicator.name}” should be a whole number ({indicator.unit})",
            ),
            Words("请填整数，如 2 级填 2", "Write a whole number, e.g. 2 for level 2"),
            where=f"{where}.value",
        )
