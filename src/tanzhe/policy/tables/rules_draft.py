"""An indicator table as a draft rule set, for a person to confirm."""

import re
from collections.abc import Iterable

from tanzhe.errors import Fault, InputError
from tanzhe.faults import fault_of
from tanzhe.model.policy import Definition, PolicyDocument, PolicyIndicator
from tanzhe.model.rules import Authority, Condition, Duty, Indicator, IndicatorKind, Review, RuleSet
from tanzhe.places import place_in_front, provinces
from tanzhe.rulebook import measure_of, measures
from tanzhe.text import read_places, read_quantities

_KINDS: tuple[tuple[str, IndicatorKind], ...] = (
    ("核心", "core"), ("引导", "guiding"), ("特色", "characteristic"),
)  # fmt: skip
_ENERGY = re.compile(r"能源消费|能耗|用能|能源消耗")
_ENERGY_UNITS = {"吨标准煤": "tce", "tce": "tce"}
_INCLUDED = re.compile(r"[（(]不?含[）)]")
_PER_ENERGY = re.compile(r"^吨(?:二氧化碳|CO2)?/吨标准煤$")


def draft_rule_set(policy: PolicyDocument) -> RuleSet:
    """The indicator table of a policy as a draft: every value with its quote, nothing checked.

    Args:
        policy: from `read_policy`.

    Raises:
        InputError: no indicator with a number was read.
    """
    counted = [one for one in policy.indicators if one.value is not None and one.operator]
    if not counted:
        raise InputError(_nothing(policy))
    ids = _ids(counted)
    return RuleSet(
        id=_set_id(policy),
        title=_set_title(policy),
        region=_region(policy),
        document=_authority(policy, "", ""),
        issued=policy.date,
        used_from=int(policy.date[:4]) if policy.date else None,
        accounting=_accounting(policy),
        indicators=tuple(_indicator(policy, one, id) for one, id in zip(counted, ids, strict=True)),
        reviews=tuple(_reviews(policy)),
        draft=True,
        note=_set_note(policy, counted),
    )


def _nothing(policy: PolicyDocument) -> Fault:
    title = policy.title.words if policy.title else ""
    return fault_of("policy.rules_draft.nothing", where=title)


def _authority(policy: PolicyDocument, place: str, quote: str) -> Authority:
    title = policy.title.words if policy.title else "（未读出标题）"
    announced = re.search(r"《([^《》]+)》", title)
    return Authority(
        title=announced[1] if announced and title.startswith(("关于", *_names(policy))) else title,
        number=policy.document_numbers[0].words if policy.document_numbers else "",
        place=place,
        quote=quote,
        published=policy.date,
        sha256=policy.sha256,
    )


def _names(policy: PolicyDocument) -> tuple[str, ...]:
    return tuple(one.words for one in policy.issuers)


def _set_id(policy: PolicyDocument) -> str:
    """cn-yn-2025-987 from place and number; without a number from the sha256."""
    region = _region(policy).lower()
    head = region if region.startswith("cn") else f"cn-{region}"
    for stated in policy.document_numbers:
        found = re.search(r"(20\d\d)\D{0,4}?第?(\d{1,5})号", stated.words)
        if found:
            return f"{head}-{found[1]}-{found[2]}"
    year = policy.date[:4] if policy.date else "undated"
    return f"{head}-{year}-{policy.sha256[:6]}"


def _set_title(policy: PolicyDocument) -> str:
    title = policy.title.words if policy.title else ""
    announced = re.search(r"《([^《》]+)》", title)
    name = announced[1] if announced else title or "未读出标题"
    return name if "指标体系" in name else f"{name}的指标体系"


def _region(policy: PolicyDocument) -> str:
    """The province of its issuers, else of its title; CN where none is named."""
    words = [*_names(policy), policy.title.words if policy.title else ""]
    for text in words:
        named = (place for place in provinces() if place.zh_full in text)
        if place := next(named, None) or place_in_front(text):
            return place.iso
    for text in words:
        for found in read_places(text):
            iso = getattr(found, "iso", None)
            if isinstance(iso, str) and iso.startswith("CN-"):
                return iso
    return "CN"


def _ids(indicators: Iterable[PolicyIndicator]) -> list[str]:
    """Known measures keep their names, the core one its threshold; others are numbered."""
    found: list[str] = []
    numbers: dict[str, int] = {}
    for one in indicators:
        measure = measure_of(one.name)
        numbers.setdefault(one.name, len(numbers) + 1)
        base = measure or f"indicator_{numbers[one.name]:02d}"
        if measure == "emission_per_energy" and one.value is not None:
            base = f"core_{round(100 * one.value):03d}"
        if one.by_year:
            base = f"{base}_{one.by_year}"
        tier = 2
        while base in found:
            base, tier = f"{base.removesuffix(f'_tier{tier - 1}')}_tier{tier}", tier + 1
        found.append(base)
    return found


def _indicator(policy: PolicyDocument, one: PolicyIndicator, id: str) -> Indicator:
    measure = measure_of(one.name)
    kind, kind_note = _kind(one, measure)
    duty, duty_note = _duty(policy, one)
    condition, condition_note = _condition(one)
    definition = _definition(policy.definitions, one.name)
    notes = [
        "" if measure else "名称不在已知的量里，请复核人补上 measure。",
        kind_note,
        duty_note,
        condition_note,
        "原文没有写“不低于”或“不高于”，方向请复核。"
        if one.operator == "==" and "=" not in one.requirement
        else "",
        f"范围上限 {one.high:g}。" if one.high is not None else "",
        one.note,
    ]
    assert one.operator is not None and one.value is not None  # draft_rule_set leaves others out
    return Indicator(
        id=id,
        kind=kind,
        name=one.name,
        measure=measure,
        operator=one.operator,
        threshold=one.value,
        unit=_unit(one.unit, measure),
        condition=condition,
        by_year=one.by_year,
        duty=duty,
        authority=_authority(policy, _place(one), _quote(one)),
        definition=f"{definition.name}：{definition.text}" if definition else "",
        confidence="secondary",
        checked=None,
        note="".join(notes),
    )


def _kind(one: PolicyIndicator, measure: str | None) -> tuple[IndicatorKind, str]:
    """As the type says; emissions per energy are the core of every known system."""
    for word, kind in _KINDS:
        if word in one.kind:
            return kind, ""
    if measure == "emission_per_energy":
        return "core", "原文没有写明指标类型，按核心指标写入，请复核。"
    return "other", ""


def _place(one: PolicyIndicator) -> str:
    """In the table, or in a sentence that holds name and demand together."""
    if one.span.start <= one.name_span.start < one.span.end:
        return "正文条款"
    return f"指标表 {one.kind}".strip()


def _quote(one: PolicyIndicator) -> str:
    """Name and requirement where they stand side by side, else the requirement alone."""
    name, demand = one.name_span, one.span
    side_by_side = 0 <= demand.start - name.end <= 1
    return f"{name.text}\t{demand.text}" if side_by_side else demand.text


def _accounting(policy: PolicyDocument) -> str | None:
    """The method the document cites, where it is the national one for zero-carbon parks."""
    cited = any("零碳园区碳排放核算方法" in one.title for one in policy.cited_documents)
    return "annex4" if cited else None


def _unit(stated: str, measure: str | None) -> str:
    """The rulebook's way to write a unit, where measure and unit are known."""
    if measure and _PER_ENERGY.match(stated):
        return measures()[measure].unit
    return stated


def _duty(policy: PolicyDocument, one: PolicyIndicator) -> tuple[Duty, str]:
    for said in policy.indicator_types:
        if said.name == one.kind and said.duty:
            return said.duty, ""
    words = one.kind + one.attribute
    if "约束" in words:
        return "mandatory", ""
    if "预期" in words or "引导" in words:
        return "excusable", "是否必须达到，原文没有写明，按类型暂定，请复核。"
    return "mandatory", "是否必须达到，原文没有写明，暂按必须，请复核。"


def _condition(one: PolicyIndicator) -> tuple[Condition | None, str]:
    if not one.condition:
        return None, ""
    said = _INCLUDED.sub("", one.condition)  # 20万（含）-100万吨标准煤: the dash is no sign
    found = [q for q in read_quantities(said) if q.unit in _ENERGY_UNITS]
    if not found or not _ENERGY.search(one.condition):
        return None, f"适用条件“{one.condition}”请复核人写成 condition。"
    low: float | None = None
    high: float | None = None
    if len(found) >= 2:
        low, high = found[0].low, found[1].high
    elif found[0].low != found[0].high:
        low, high = found[0].low, found[0].high
    elif found[0].bound in ("at_most", "under"):
        high = found[0].low
    else:
        low = found[0].low
    return Condition(measure="energy_tce", at_least=low, below=high, unit="tce"), ""


def _definition(definitions: tuple[Definition, ...], name: str) -> Definition | None:
    """The definition of the same name, order of its parts aside; never of a similar one."""
    same = sorted(re.sub(r"[/、]", "", name))
    return next((d for d in definitions if sorted(re.sub(r"[/、]", "", d.name)) == same), None)


def _reviews(policy: PolicyDocument) -> list[Review]:
    return [
        Review(
            name="中期评估" if "中期" in one.span.text else "评估",
            date=one.date or one.when,
            quote=one.span.text,
            consequence=one.consequence,
        )
        for one in policy.deadlines
        if one.kind == "review"
    ]


def _set_note(policy: PolicyDocument, counted: list[PolicyIndicator]) -> str:
    left = [one.name for one in policy.indicators if one not in counted]
    notes = [note.zh for note in policy.notes]
    if left:
        notes.append(f"这些指标的要求不是数值，没有写入：{'、'.join(left)}。")
    if _accounting(policy) is None:
        notes.append("没有读出核算方法，accounting 请复核人填写。")
    return "".join(notes)
