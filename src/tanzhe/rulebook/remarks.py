"""What a reviewer of a draft should look at once more: gaps between tiers, limits left in words."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from tanzhe.errors import Words
from tanzhe.model.rules import Condition, Indicator, RuleSet
from tanzhe.names import folded
from tanzhe.quantity import Unit
from tanzhe.rulebook.contradictions import (
    INFINITE,
    LOWER,
    UPPER,
    both_apply,
    bounds,
    in_base_unit,
    same_thing,
)
from tanzhe.rulebook.demands import demanded, without_brackets

_WHOLE = 100
_SAME = 1e-9
_EQUALS = re.compile(r"[=＝]|等于")


def draft_remarks(rule_set: RuleSet) -> tuple[Words, ...]:
    """What tiers leave open and what a reviewer should look at once more; no faults.

    Args:
        rule_set: as read.
    """
    families: dict[tuple[str, int | None], list[Indicator]] = {}
    for one in rule_set.indicators:
        if one.condition is not None:
            key = (folded(without_brackets(one.name)), one.by_year)
            families.setdefault(key, []).append(one)
    found = [said for rows in families.values() for said in _open_tiers(rows)]
    return (*found, *_weaker_later(rule_set), *_left_in_words(rule_set), *_equal(rule_set))


def _left_in_words(rule_set: RuleSet) -> Iterator[Words]:
    """A limit that stands in a quote and in no row: 不低于10%、不高于30%."""
    families: dict[str, list[Indicator]] = {}
    for one in rule_set.indicators:
        families.setdefault(folded(without_brackets(one.name)), []).append(one)
    for one in rule_set.indicators:
        rows = families[folded(without_brackets(one.name))]
        used = {abs(row.threshold) for row in rows}
        conditions = [row.condition for row in rows if row.condition]
        bound = [value for c in conditions for value in (c.at_least, c.below) if value is not None]
        named = demanded(one.name)  # 5000吨标准煤及以上企业 is whom it counts
        left = [
            number
            for number in demanded(one.authority.quote)
            if number not in (*bound, *named) and not any(_scaled(number, n) for n in used)
        ]
        if left and one.condition is None:
            told = "、".join(f"{number:g}" for number in left)
            yield Words(
                f"“{one.name}”的引文里还有一个限值 {told}，没有写成行或条件",
                f"The quote of “{one.name}” holds another limit: {told}",
            )


def _scaled(number: float, used: float) -> bool:
    """Whether two numbers are one but for the 万 of a unit."""
    return bool(number) and any(abs(used / number - size) < _SAME for size in (1.0, 1e4, 1e8))


def _equal(rule_set: RuleSet) -> Iterator[Words]:
    """An equal sign nobody wrote: more than 85 % would not meet it."""
    for one in rule_set.indicators:
        whole = one.unit == Unit.PERCENT.text and one.threshold == _WHOLE
        if one.operator == "==" and not whole and not _EQUALS.search(one.authority.quote):
            yield Words(
                f"“{one.name}”按正好等于 {one.threshold:g} 判断，原文没有写“等于”，请核对方向",
                f"“{one.name}” must equal {one.threshold:g}, which the words do not say",
            )


def _open_tiers(rows: Sequence[Indicator]) -> Iterator[Words]:
    name = rows[0].name
    conditions = [one.condition for one in rows if one.condition]
    if len({one.measure for one in conditions}) > 1:
        yield Words(
            f"“{name}”各档的适用条件看的是不同的量，是否重叠请人工判断",
            f"The tiers of “{name}” look at different measures: check whether they overlap",
        )
        return
    tiers = sorted(bounds(one) for one in conditions)
    size, unit = _shown_in(conditions[0])
    if tiers[0][0] > 0 and tiers[0][0] != -INFINITE:
        told = f"{tiers[0][0] / size:,.10g} {unit}"
        yield Words(f"“{name}”在 {told} 以下没有门槛", f"No threshold of “{name}” below {told}")
    for (_, end), (start, _) in pairwise(tiers):
        if end < start:
            told = f"{end / size:,.10g} – {start / size:,.10g} {unit}"
            yield Words(f"“{name}”两档之间有空档：{told}", f"Gap between tiers of “{name}”: {told}")
    if tiers[-1][1] != INFINITE:
        told = f"{tiers[-1][1] / size:,.10g} {unit}"
        yield Words(f"“{name}”在 {told} 及以上没有门槛", f"No threshold from {told} on: “{name}”")


def _shown_in(one: Condition) -> tuple[float, str]:
    unit = Unit.known(one.unit)
    return (unit.size, unit.text) if unit else (1.0, one.unit)


def _weaker_later(rule_set: RuleSet) -> Iterator[Words]:
    """A later target that asks for less than an earlier one: perhaps so, perhaps swapped."""
    for one, other in combinations(rule_set.indicators, 2):
        if one.by_year is None or other.by_year is None or not same_thing(one, other):
            continue
        first, later = sorted((one, other), key=lambda row: row.by_year or 0)
        if first.by_year == later.by_year or first.operator != later.operator:
            continue
        weaker = (
            in_base_unit(later) < in_base_unit(first)
            if later.operator in LOWER
            else later.operator in UPPER and in_base_unit(later) > in_base_unit(first)
        )
        if weaker and both_apply(first.condition, later.condition):
            yield Words(
                f"“{later.name}”{later.by_year} 年的门槛比 {first.by_year} 年宽，"
                "请核对年份是否写反",
                f"The target of {later.by_year} is weaker than that of {first.by_year}: "
                f"“{later.name}”",
            )
