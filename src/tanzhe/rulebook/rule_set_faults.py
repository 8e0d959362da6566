"""What stands in the way of using a rule set."""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from tanzhe.errors import Fault, InputError, Words
from tanzhe.faults import fault_of
from tanzhe.model.rules import Condition, Indicator, RuleSet
from tanzhe.places import place_of
from tanzhe.quantity import Dimension, Unit
from tanzhe.rulebook.contradictions import contradictions, row_place
from tanzhe.rulebook.measures import OWN, measures
from tanzhe.rulebook.numerals import says_number
from tanzhe.rulebook.plausible import not_said, number_faults

# How much there is of something has no usual range; shares and intensities do.
_AMOUNTS = (
    Dimension.ELECTRICITY,
    Dimension.ENERGY,
    Dimension.MASS,
    Dimension.VOLUME,
    Dimension.CO2,
    Dimension.COUNT,
    Dimension.MONTHS,
    Dimension.HOURS,
)


def rule_set_faults(rule_set: RuleSet, *, where: str) -> list[Fault]:
    """All faults of a rule set, in the order of its indicators.

    Args:
        rule_set: draft or not.
        where: file name for messages.

    Returns:
        Empty when the set can be used: every indicator has a known measure, a unit of that
        measure, a believable threshold, words that hold it, and none contradicts another.
    """
    found: list[Fault] = []
    if place_of(rule_set.region) is None:
        found.append(fault_of("rulebook.rule_set_faults", region=rule_set.region, where=where))
    for at, one in enumerate(rule_set.indicators, 1):
        found += _indicator_faults(one, row_place(where, at, one))
    found += contradictions(rule_set, where=where)
    return found


def _indicator_faults(one: Indicator, where: str) -> Iterator[Fault]:
    yield from _measure_faults(one, where)
    quote = one.authority.quote
    own = one.measure is not None and one.measure.startswith(OWN)
    unknown = _unknown_unit(one.unit, where)
    yield from () if own else unknown  # a park states the value of its own measure as it stands
    ranged = "" if unknown or Unit.parse(one.unit).dimension in _AMOUNTS else one.unit
    yield from number_faults(one.threshold, Unit.parse(ranged).text if ranged else "", quote, where)
    if one.operator == "at_least_level" and one.unit != Unit.LEVEL.text:
        yield fault_of("rulebook.rule_set_faults.indicator_faults", where=where)
    if one.condition is not None:
        words = f"{quote}\n{one.definition}"  # tiers are often told below the table
        yield from _condition_faults(one.condition, words if quote else "", where)


def _measure_faults(one: Indicator, where: str) -> Iterator[Fault]:
    known = measures()
    if one.measure is None:
        yield Fault(
            Words(
                f"“{one.name}”还没有对应的量（measure: null）",
                f"“{one.id}” has no measure yet (measure: null)",
            ),
            Words(
                f"请从词表（tanzhe rules list --measures）中选一个，或自取以 {OWN} 开头的名字",
                f"Choose one (tanzhe rules list --measures), or your own beginning with {OWN}",
            ),
            where=where,
        )
    elif one.measure in known:
        yield from _other_dimension(one.unit, known[one.measure].unit, where)
    elif not one.measure.startswith(OWN):
        near = get_close_matches(one.measure, known, n=3) or list(known)
        yield _unknown_measure(where, one.measure, near)


def _unknown_unit(unit: str, where: str) -> list[Fault]:
    try:
        Unit.parse(unit)
    except InputError as error:
        return [replace(fault, where=where) for fault in error.faults]
    return []


def _other_dimension(unit: str, usual: str, where: str) -> Iterator[Fault]:
    try:
        given = Unit.parse(unit).dimension
    except InputError:
        return  # said by _unit_faults
    if given is not Unit.parse(usual).dimension:
        yield fault_of(
            "rulebook.rule_set_faults.other_dimension", unit=unit, usual=usual, where=where
        )


def _condition_faults(condition: Condition, words: str, where: str) -> Iterator[Fault]:
    low, high = condition.at_least, condition.below
    if low is None and high is None:
        yield fault_of("rulebook.rule_set_faults.condition_faults", where=where)
    if low is not None and high is not None and low >= high:
        yield Fault(
            Words(
                f"适用条件的下限 {low:.12g} 不小于上限 {high:.12g}",
                f"The condition's lower bound {low:.12g} is not below the upper {high:.12g}",
            ),
            Words("请核对条件", "Check the condition"),
            where=where,
        )
    for bound in (low, high):
        if words and bound is not None and not _says_bound(words, bound, condition.unit):
            yield not_said(bound, where)
    usual = measures().get(condition.measure)
    if usual is None and not condition.measure.startswith(OWN):
        yield _unknown_measure(where, condition.measure, ["energy_tce"])
    yield from _unknown_unit(condition.unit, where)
    if usual is not None:
        yield from _other_dimension(condition.unit, usual.unit, where)


def _says_bound(words: str, bound: float, unit: str) -> bool:
    """As written, or in the unit without its 万: 100 of 万tce is 100万吨标准煤."""
    try:
        size = Unit.parse(unit).size / Unit.TCE.size
    except InputError:
        size = 1.0  # told by its own check
    return says_number(words, bound) or says_number(words, round(bound * size, 9))


def _unknown_measure(where: str, measure: str, near: list[str]) -> Fault:
    return Fault(
        Words(f"不认识的量“{measure}”", f"Unknown measure “{measure}”"),
        Words(f"可用：{'、'.join(near)}", f"There are: {', '.join(near)}"),
        where=where,
    )
