"""Rows of a rule set that contradict each other, their names or their words."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from tanzhe.errors import Fault, Words, listed
from tanzhe.faults import fault_of
from tanzhe.model.rules import Condition, Indicator, RuleSet
from tanzhe.names import folded
from tanzhe.quantity import Dimension, Unit
from tanzhe.rulebook.demands import (
    Tier,
    direction_of,
    holds_times_hundred,
    is_percent,
    name_direction,
    numbers_in_brackets,
    target_year,
    target_years,
    tier_in,
    without_brackets,
)
from tanzhe.rulebook.numerals import says_number

LOWER, UPPER = (">=", ">"), ("<=", "<")
_WAYS = {"at_least": Words("不低于", "at least"), "at_most": Words("不高于", "at most")}
INFINITE = float("inf")


Numbered = tuple[int, Indicator]


def row_place(where: str, at: int, one: Indicator) -> str:
    """Where a row stands, for messages: file, number of the row, id."""
    return f"{where}: #{at} {one.id}"


def contradictions(rule_set: RuleSet, *, where: str) -> Iterator[Fault]:
    """Everything that cannot be so, row by row, then between rows.

    Args:
        rule_set: draft or not.
        where: file name for messages.

    Returns:
        Faults; what is only worth a look is in `rulebook.remarks`.
    """
    rows = list(enumerate(rule_set.indicators, 1))
    for at, one in rows:
        place = row_place(where, at, one)
        yield from _against_words(one, place)
        yield from _percent(one, place)
        yield from _in_the_name(one, place)
        yield from _past_target(one, rule_set, place)
        yield from _negative(one, place)
    groups = _by_measure(rows)
    for group in groups.values():
        for (_, first), (at, other) in combinations(group, 2):
            yield from _between(first, other, row_place(where, at, other))
    yield from _shared_measures(groups, where)


def _against_words(one: Indicator, place: str) -> Iterator[Fault]:
    """The operator against the words, and against the name."""
    ways = {"at_least": LOWER, "at_most": UPPER}
    for said, source in (
        (direction_of(one.authority.quote, one.threshold), Words("原文", "the quote")),
        (name_direction(one.name), Words("名称", "the name")),
    ):
        if said is None or one.operator in ways[said] or one.operator == "at_least_level":
            continue
        yield Fault(
            Words(
                f"{source.zh}说的是{_WAYS[said].zh}，operator 却是 {one.operator}",
                f"{source.en} says {_WAYS[said].en}, the operator is {one.operator}",
            ),
            Words(
                f"请改为 {ways[said][0]}，或核对引文", f"Write {ways[said][0]}, or check the quote"
            ),
            where=place,
        )


def _percent(one: Indicator, place: str) -> Iterator[Fault]:
    """85 written as 0.85, a share where the words count pieces, pieces where they say percent."""
    unit = Unit.known(one.unit)
    if unit is None:
        return
    quote, value = one.authority.quote, one.threshold
    said = is_percent(quote, value)
    # No one asks for at least 0.85 %; at most 0.5 % of losses is usual.
    small = 0 < value <= 1 and one.operator in (*LOWER, "==") and said is not True
    if unit is Unit.PERCENT and (small or holds_times_hundred(quote, value)):
        yield Fault(
            Words(
                f"门槛 {value:g} % 多半是 {value * 100:g} % 写成了小数",
                f"{value:g} % is probably {value * 100:g} %",
            ),
            Words(
                f'份额写百分数：threshold: {value * 100:g}，unit: "%"',
                f'Write percent: threshold: {value * 100:g}, unit: "%"',
            ),
            where=place,
        )
    elif unit is Unit.ONE and value > 1:
        yield fault_of("rulebook.contradictions.percent", value=value, where=place)
    elif (said is True) != (unit.dimension is Dimension.SHARE) and said is not None:
        yield Fault(
            Words(
                f"引文里 {value:g} {'带' if said else '不带'}百分号，unit 却是“{one.unit}”",
                f"{value:g} is {'in' if said else 'no'} percent in the quote, not {one.unit}",
            ),
            Words(
                "请核对 threshold 是不是要求的数，unit 是不是原文的单位",
                "Is threshold the number that is asked, and unit the unit of the text?",
            ),
            where=place,
        )


def _in_the_name(one: Indicator, place: str) -> Iterator[Fault]:
    """A tier or a target year that stands in the name must stand in its own field."""
    tier = tier_in(one.name)
    if tier is not None and not _same_tier(one.condition, tier):
        yield Fault(
            Words(
                f"名称“{one.name}”里写着适用范围，"
                f"condition {'不同' if one.condition else '没有写'}",
                f"The name “{one.name}” tells a tier that the condition does not",
            ),
            Words(
                f"请写 condition: {_as_condition(tier)}", f"Write condition: {_as_condition(tier)}"
            ),
            where=place,
        )
    elif tier is None and one.condition is None and (words := numbers_in_brackets(one.name)):
        yield fault_of("rulebook.contradictions.in_the_name", words=words[0], where=place)
    years = target_years(_line_of(one))
    year = target_year(one.name)
    if year is None and years and one.by_year not in years:
        told = "、".join(str(one) for one in sorted(years))
        yield Fault(
            Words(
                f"引文里写着 {told} 年，by_year 却是 {one.by_year or '空的'}",
                f"The quote says {told}, by_year is {one.by_year}",
            ),
            Words("请按年份分行，各写 by_year", "Give each year its row and by_year"),
            where=place,
        )
    if year is not None and one.by_year != year:
        yield Fault(
            Words(
                f"名称里写着 {year} 年，by_year 却是 {one.by_year or '空的'}",
                f"The name says {year}, by_year is {one.by_year}",
            ),
            Words(f"请写 by_year: {year}", f"Write by_year: {year}"),
            where=place,
        )


def _line_of(one: Indicator) -> str:
    """The line of the quote that holds the threshold: what follows may be a colophon."""
    lines = one.authority.quote.splitlines()
    return next((line for line in lines if says_number(line, one.threshold)), "")


def _past_target(one: Indicator, rule_set: RuleSet, place: str) -> Iterator[Fault]:
    issued = rule_set.issued or rule_set.document.published or ""
    if one.by_year is not None and issued[:4].isdigit() and one.by_year < int(issued[:4]):
        yield fault_of(
            "rulebook.contradictions.past_target",
            by_year=one.by_year,
            issued=issued[:4],
            where=place,
        )


def _negative(one: Indicator, place: str) -> Iterator[Fault]:
    """A dash read as a sign: 20万（含）-100万."""
    condition = one.condition
    for bound in (condition.at_least, condition.below) if condition else ():
        if bound is not None and bound < 0:
            yield fault_of("rulebook.contradictions.negative", bound=bound, where=place)


def _between(one: Indicator, other: Indicator, place: str) -> Iterator[Fault]:
    """Two rows of one thing that some park meets at once."""
    if not same_thing(one, other) or not _at_once(one, other):
        return
    low, high = _lower(one, other), _upper(one, other)
    if low is not None and high is not None:
        if low > high:
            yield Fault(
                Words(
                    f"与“{one.id}”不能同时成立：{_told(one)}，又 {_told(other)}",
                    f"With “{one.id}” it cannot hold: {_told(one)} and {_told(other)}",
                ),
                Words("请核对两条的门槛和方向", "Check both thresholds and operators"),
                where=place,
            )
        return
    same = in_base_unit(one) == in_base_unit(other)
    yield Fault(
        Words(
            f"与“{one.id}”重复"
            if same
            else f"与“{one.id}”的适用范围重叠，门槛有两个："
            f"{one.threshold:g} 和 {other.threshold:g}",
            f"It repeats “{one.id}”" if same else f"It overlaps with “{one.id}”: two limits",
        ),
        Words(
            "请删去一条" if same else "请写明各档上下限（condition）或各自的目标年份（by_year）",
            "Drop one" if same else "Give each its tier (condition) or its year (by_year)",
        ),
        where=place,
    )


def _told(one: Indicator) -> str:
    return f"{one.operator} {one.threshold:g} {one.unit}"


def _by_measure(rows: Sequence[Numbered]) -> dict[str, list[Numbered]]:
    groups: dict[str, list[Numbered]] = {}
    for at, one in rows:
        if one.measure is not None:
            groups.setdefault(one.measure, []).append((at, one))
    return groups


def _shared_measures(groups: dict[str, list[Numbered]], where: str) -> Iterator[Fault]:
    """One measure for indicators of different names: one value would judge them all."""
    for measure, group in groups.items():
        names = {folded(without_brackets(one.name)): one.name for _, one in group}
        clash = any(
            _at_once(a, b) and not same_thing(a, b) for (_, a), (_, b) in combinations(group, 2)
        )
        if len(names) > 1 and clash:
            at, last = group[-1]
            ids = listed(one.id for _, one in group)
            yield fault_of(
                "rulebook.contradictions.shared_measures",
                count=len(names),
                ids=ids,
                measure=measure,
                where=row_place(where, at, last),
            )


def same_thing(one: Indicator, other: Indicator) -> bool:
    """Whether two rows are about one measure under one name, tiers and years aside."""
    names = {folded(without_brackets(row.name)) for row in (one, other)}
    return one.measure is not None and one.measure == other.measure and len(names) == 1


def _at_once(one: Indicator, other: Indicator) -> bool:
    """Whether both hold for some park in some year."""
    years = {one.by_year, other.by_year}
    apart = len(years) == 2 and None not in years  # targets of two years
    return not apart and both_apply(one.condition, other.condition)


def both_apply(one: Condition | None, other: Condition | None) -> bool:
    """Whether two conditions can hold at once; those of different measures are not compared."""
    if one is None or other is None:
        return True
    if one.measure != other.measure:
        return False
    (low, high), (low2, high2) = bounds(one), bounds(other)
    return max(low, low2) < min(high, high2)


def bounds(one: Condition) -> tuple[float, float]:
    """Lower and upper bound of a condition in the base unit of its dimension."""
    unit = Unit.known(one.unit)
    size = unit.size if unit else 1.0
    low = -INFINITE if one.at_least is None else one.at_least * size
    return low, INFINITE if one.below is None else one.below * size


def _lower(*rows: Indicator) -> float | None:
    return max((in_base_unit(one) for one in rows if one.operator in (*LOWER, "==")), default=None)


def _upper(*rows: Indicator) -> float | None:
    """The upper limit, where the rows are not all lower ones of their kind."""
    found = [one for one in rows if one.operator in (*UPPER, "==")]
    lower = [one for one in rows if one.operator in LOWER]
    if not found or (not lower and len({one.operator for one in found}) == 1):
        return None
    return min(in_base_unit(one) for one in found)


def in_base_unit(one: Indicator) -> float:
    """The threshold in the base unit of its dimension."""
    unit = Unit.known(one.unit)
    return round(one.threshold * (unit.size if unit else 1.0), 9)


def _same_tier(condition: Condition | None, tier: Tier) -> bool:
    if condition is None:
        return False
    named = Condition(
        measure=condition.measure, at_least=tier.at_least, below=tier.below, unit=Unit.TCE.text
    )
    ours, theirs = bounds(condition), bounds(named)
    # 100万吨以上 of two tiers: the lower one may leave its upper bound to the next.
    return all(a == b or b in (INFINITE, -INFINITE) for a, b in zip(ours, theirs, strict=True))


def _as_condition(tier: Tier) -> str:
    parts = ["measure: energy_tce"]
    parts += [f"at_least: {tier.at_least:.12g}"] if tier.at_least is not None else []
    parts += [f"below: {tier.below:.12g}"] if tier.below is not None else []
    return "{" + ", ".join([*parts, f"unit: {Unit.TCE.text}"]) + "}"
