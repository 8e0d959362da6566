"""What stands in the way of using a rule set."""

from collections.abc import Iterator
from difflib import get_close_matches

from tanzhe.errors import Fault, InputError, Words
from tanzhe.model.rules import Condition, Indicator, RuleSet
from tanzhe.places import place_of
from tanzhe.quantity import Unit
from tanzhe.rulebook.measures import OWN, measures
from tanzhe.rulebook.numerals import says_number
from tanzhe.rulebook.tables import plausible_ranges


def rule_set_faults(rule_set: RuleSet, *, where: str) -> list[Fault]:
    """All faults of a rule set, in the order of its indicators.

    Args:
        rule_set: draft or not.
        where: file name for messages.

    Returns:
        Empty when the set can be used: every indicator has a known measure, a unit of that
        measure, a believable threshold, and words that hold it.
    """
    found: list[Fault] = []
    if place_of(rule_set.region) is None:
        found.append(
            _fault(where, f"不认识的地区代码“{rule_set.region}”", "请写 ISO 代码，如 CN-YN、CN")
        )
    for one in rule_set.indicators:
        found += _indicator_faults(one, f"{where}: {one.id}")
    found += _overlapping(rule_set, where)
    return found


def _indicator_faults(one: Indicator, where: str) -> Iterator[Fault]:
    yield from _measure_faults(one, where)
    yield from _unit_faults(one.unit, one.threshold, where)
    if one.operator == "at_least_level" and one.unit != Unit.LEVEL.text:
        yield _fault(where, "at_least_level 的单位应为“级”", "请改 unit 或 operator")
    quote = one.authority.quote
    if quote and not says_number(quote, one.threshold):
        yield _fault(where, f"引文中没有 {one.threshold:g}：“{quote}”", "请抄录含有该数的原文")
    if one.condition is not None:
        yield from _condition_faults(one.condition, quote, where)


def _measure_faults(one: Indicator, where: str) -> Iterator[Fault]:
    known = measures()
    if one.measure is None:
        yield _fault(
            where, f"“{one.name}”还没有对应的量（measure: null）",
            f"请从词表中选一个，或自取以 {OWN} 开头的名字",
        )  # fmt: skip
    elif one.measure in known:
        yield from _other_dimension(one.unit, known[one.measure].unit, where)
    elif not one.measure.startswith(OWN):
        near = get_close_matches(one.measure, known, n=3) or list(known)
        yield _fault(where, f"不认识的量“{one.measure}”", f"可用：{'、'.join(near)}")


def _unknown_unit(unit: str, where: str) -> list[Fault]:
    try:
        Unit.parse(unit)
    except InputError as error:
        return [Fault(what=error.faults[0].what, where=where, do=error.faults[0].do)]
    return []


def _unit_faults(unit: str, number: float, where: str) -> Iterator[Fault]:
    unknown = _unknown_unit(unit, where)
    yield from unknown
    if unknown:
        return
    low, high = plausible_ranges().get(Unit.parse(unit).text, (float("-inf"), float("inf")))
    if not low <= number <= high:
        told = f"{number:g} {unit} 不在可信范围 {low:g} 至 {high:g} 内"
        yield _fault(where, told, "请核对小数点和单位")


def _other_dimension(unit: str, usual: str, where: str) -> Iterator[Fault]:
    try:
        given = Unit.parse(unit).dimension
    except InputError:
        return  # said by _unit_faults
    if given is not Unit.parse(usual).dimension:
        yield _fault(where, f"单位“{unit}”与这个量的单位“{usual}”不是一类", "请核对单位")


def _condition_faults(condition: Condition, quote: str, where: str) -> Iterator[Fault]:
    low, high = condition.at_least, condition.below
    if low is None and high is None:
        yield _fault(where, "适用条件没有上下限", "请填 at_least 或 below，或删去 condition")
    if low is not None and high is not None and low >= high:
        yield _fault(where, f"适用条件的下限 {low:g} 不小于上限 {high:g}", "请核对条件")
    for bound in (low, high):
        if quote and bound is not None and not says_number(quote, bound):
            yield _fault(where, f"引文中没有条件的 {bound:g}", "请抄录含有该数的原文")
    usual = measures().get(condition.measure)
    if usual is None and not condition.measure.startswith(OWN):
        yield _fault(where, f"不认识的量“{condition.measure}”", "例如 energy_tce")
    yield from _unknown_unit(condition.unit, where)
    if usual is not None:
        yield from _other_dimension(condition.unit, usual.unit, where)


def _overlapping(rule_set: RuleSet, where: str) -> Iterator[Fault]:
    """Two rows of one measure and kind that both apply to some park."""
    rows = [one for one in rule_set.indicators if one.measure is not None]
    for at, one in enumerate(rows):
        for other in rows[at + 1 :]:
            same = (one.measure, one.name, one.operator) == (
                other.measure, other.name, other.operator,
            )  # fmt: skip
            if same and _both_apply(one.condition, other.condition):
                yield _fault(
                    f"{where}: {other.id}",
                    f"与“{one.id}”的适用范围重叠",
                    "请写明各档的上下限，或删去重复的一条",
                )


def _both_apply(one: Condition | None, other: Condition | None) -> bool:
    if one is None or other is None:
        return True
    if one.measure != other.measure:
        return False
    lowest = max(one.at_least or float("-inf"), other.at_least or float("-inf"))
    highest = min(
        float("inf") if one.below is None else one.below,
        float("inf") if other.below is None else other.below,
    )
    return lowest < highest


def _fault(where: str, what: str, do: str) -> Fault:
    return Fault(what=Words(what, what), where=where, do=Words(do, do))
