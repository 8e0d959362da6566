"""Indicators that measures move by what they say, not through the ledgers."""

from collections.abc import Iterator
from math import inf

from tanzhe.errors import Fault, Words, listed
from tanzhe.model.park import IndicatorEntry, ParkYear
from tanzhe.model.plan import Measure
from tanzhe.model.rules import Indicator, RuleSet
from tanzhe.operators import Operator
from tanzhe.parks.measures.words import fault_at
from tanzhe.parks.planning.changes import Gain
from tanzhe.parks.planning.ratios import RATIOS
from tanzhe.quantity import Unit

_LOWER_IS_BETTER: tuple[Operator, ...] = ("<=", "<", "at_least_level")


def indicator_of(rules: RuleSet, name: str) -> Indicator | None:
    """The indicator of an id, or of a measure's name."""
    named = [one for one in rules.indicators if name in (one.id, one.measure)]
    return named[0] if named else None


def stated(park: ParkYear, indicator: Indicator) -> tuple[str, IndicatorEntry | None]:
    """The key a park states an indicator under, its id or its measure, and what it states."""
    for key in (indicator.id, indicator.measure or ""):
        if key in park.indicators:
            return key, park.indicators[key]
    return indicator.id, None


def gains_of(measure: Measure, park: ParkYear, rules: RuleSet) -> tuple[Gain, ...]:
    """The gains of a measure without faults; where smaller is better, a gain lowers the value."""
    found = []
    for name, gain in measure.indicators.items():
        indicator = indicator_of(rules, name)
        if indicator is not None:
            sign = -1 if indicator.operator in _LOWER_IS_BETTER else 1
            most = 1.0 if Unit.parse(indicator.unit) is Unit.PERCENT else inf
            key = stated(park, indicator)[0]
            found.append(Gain(indicator=indicator.id, key=key, amount=sign * gain, most=most))
    return tuple(found)


def gain_faults(measure: Measure, place: str, park: ParkYear, rules: RuleSet) -> Iterator[Fault]:
    """What is wrong with a measure's gains beside the park and its rule set."""
    for name, gain in measure.indicators.items():
        indicator = indicator_of(rules, name)
        if indicator is None:
            yield _fault(place, *_unknown(name, rules))
        elif indicator.measure in RATIOS or indicator.measure == "clean_energy":
            yield _fault(place, *_by_ledger(indicator))
        elif (entry := stated(park, indicator)[1]) is None or entry.value is None:
            yield _fault(place, *_not_stated(indicator))
        elif Unit.parse(indicator.unit) is Unit.PERCENT and gain * measure.potential > 1:
            yield _fault(place, *_above_one(indicator, gain * measure.potential))


def _fault(place: str, what: Words, do: Words) -> Fault:
    return fault_at(place, "indicators", what, do)


def _unknown(name: str, rules: RuleSet) -> tuple[Words, Words]:
    known = listed(one.id for one in rules.indicators if one.measure not in RATIOS)
    return (
        Words(f"{rules.id} 中没有指标“{name}”", f"{rules.id} has no indicator “{name}”"),
        Words(f"可用：{known.zh}", f"There are: {known.en}"),
    )


def _by_ledger(indicator: Indicator) -> tuple[Words, Words]:
    return (
        Words(
            f"“{indicator.name}”由台账计算，不能直接写增量",
            f"“{indicator.id}” is computed from the ledgers and takes no gain",
        ),
        Words(
            "请写这项措施减少或增加了哪一行台账", "Say which ledger row the measure moves instead"
        ),
    )


def _not_stated(indicator: Indicator) -> tuple[Words, Words]:
    return (
        Words(
            f"园区没有填报“{indicator.name}”的现值，增量无从加起",
            f"The park states no value of “{indicator.id}” that a gain could be added to",
        ),
        Words("请先在园区台账中填报现值", "State the present value in the park's entries first"),
    )


def _above_one(indicator: Indicator, gain: float) -> tuple[Words, Words]:
    return (
        Words(
            f"“{indicator.name}”按潜力合计增加 {gain:.0%}，超过 100%",
            f"“{indicator.id}” would gain {gain:.0%} at full potential, above 100%",
        ),
        Words(
            "份额按 0 至 1 写：每单位增加 1 个百分点写 0.01",
            "Shares run from 0 to 1: write 0.01 for one percentage point a unit",
        ),
    )
