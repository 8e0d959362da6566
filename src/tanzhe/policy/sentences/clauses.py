"""Indicators that stand in sentences: lists of conditions, 不高于…, and 指标名称：… lines."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from tanzhe.model.policy import PolicyIndicator
from tanzhe.operators import operator_of
from tanzhe.policy.outline.tree import Part, heading
from tanzhe.policy.outline.view import View
from tanzhe.policy.sentences.metrics import subject
from tanzhe.policy.sentences.tasks import CONDITIONS
from tanzhe.policy.tables.requirement import read_requirement
from tanzhe.text import QuantitySpan, read_quantities

_SECTION = re.compile(
    r"(?:申报|申请|认定|准入|评价|入选|遴选|验收|建设|创建|基本|推荐|考核|合格|达标|否决)(?:条件|标准|指标|门槛)"
    r"|(?:指标|准入|门槛)(?:要求|条件)|(?:条件|门槛)$"
)
_TIME = re.compile(r"^(?:年|个?月|天|日|小时|周|岁|分钟|℃|个)$")
_AFTER_TIME = re.compile(r"^(?:以上|以下)?(?:工作日|自然日|月|季度|年度|交易日)")
_ITEM = re.compile(
    r"[；。：，]|(?<=[%上下个家])、|(?:并|且|或者?|及|和)(?=[^，。；]{2,24}(?:不[低高少超大]|达到|≥|≤))"
)
_FIELD = r"[，；、。]?"
_LABELLED = re.compile(
    rf"(?:指标(?:类型|类别)：(?P<kind>[^：，；。]{{2,12}}?){_FIELD})?"
    rf"指标名称：(?P<name>[^：，；。]{{2,40}}?){_FIELD}(?:(?:计量)?单位：(?P<unit>[^：，；。]{{1,16}}?){_FIELD})?"
    r"(?:目标|指标|建设)?(?:要求|值|目标值|目标)：(?P<demand>[^：，；。]{1,40}?)"
    r"(?=[，；。]|指标(?:名称|类型|类别)：|(?:备注|说明)：|$)"
)
LONGEST_NAME = 40


def sentence_indicators(view: View, roots: list[Part]) -> tuple[PolicyIndicator, ...]:
    """Thresholds that sentences of a section or article on conditions state.

    Elsewhere a number in a sentence is a goal or an account of things, not an indicator.

    Args:
        view: the repaired text, without tables.
        roots: its outline, from the first word to the last.
    """
    found = list(_labelled(view))
    for start, end in _stretches(view, roots):
        found += _within(view, start, end)
    unique = {one.span.start: one for one in reversed(found)}
    return tuple(unique[at] for at in sorted(unique))


def _stretches(view: View, roots: list[Part]) -> Iterator[tuple[int, int]]:
    for root in roots:
        for part in root.walk():
            named = len(heading(view, part)) <= 20 and _SECTION.search(heading(view, part))
            asked = CONDITIONS.search(view.text, part.marker.end, min(part.end, part.start + 160))
            if asked and part.parts and asked.end() > part.own_end:
                asked = None  # said of one of its parts
            if named or asked:
                yield (asked.end() if asked else part.heading_end), part.end


def _within(view: View, start: int, end: int) -> Iterator[PolicyIndicator]:
    text = view.text[start:end]
    cuts = [0, *(m.end() for m in _ITEM.finditer(text)), len(text)]
    for quantity in read_quantities(text):
        operator = operator_of(quantity.bound)
        if operator is None or not _counts(text, quantity):
            continue
        at = cuts[bisect_right(cuts, quantity.start) - 1]
        name = _name(text, at, quantity)
        if not name:
            continue
        stop = min((c for c in cuts if c > quantity.end), default=len(text))
        stop = at + len(text[at:stop].rstrip("，；。：、并且或及和"))
        first = start + at
        named = view.text.find(name, first, start + stop)
        named_end = named + len(name) if named >= 0 else start + quantity.end
        yield PolicyIndicator(
            kind="",
            name=name,
            operator=operator,
            value=quantity.low,
            unit=quantity.unit,
            change=quantity.change,
            requirement=view.text[start + quantity.start : start + stop],
            span=view.passage(first, start + max(stop, quantity.end)),
            name_span=view.passage(max(named, first), named_end),
        )


def _labelled(view: View) -> Iterator[PolicyIndicator]:
    """A table written out: 指标名称：…；目标要求：…."""
    for match in _LABELLED.finditer(view.text):
        demand = read_requirement(match["demand"])
        if demand is None or demand.value is None:
            continue
        yield PolicyIndicator(
            kind=match["kind"] or "",
            name=match["name"],
            operator=demand.operator,
            value=demand.value,
            high=demand.high,
            unit=demand.unit or match["unit"] or "",
            condition=demand.condition,
            change=demand.change,
            requirement=match["demand"],
            span=view.passage(match.start("demand"), match.end("demand")),
            name_span=view.passage(match.start("name"), match.end("name")),
        )


def _counts(text: str, quantity: QuantitySpan) -> bool:
    """Whether a number is a threshold and not a term (20个工作日, 近三年)."""
    after = text[quantity.end : quantity.end + 8]
    if not quantity.unit or _AFTER_TIME.match(after) or quantity.low != quantity.high:
        return False
    return not (_TIME.match(quantity.unit) and quantity.unit != "个")


def _name(text: str, start: int, quantity: QuantitySpan) -> str:
    """What the clause measures, "" where it names nothing."""
    words = re.sub(
        r"^(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、)）]|[①-⑳])+",
        "",
        subject(text, start, quantity),
    )
    words = re.sub(r"(?:应当?|须|必须|原则上|不得|总体)+$", "", words).strip("，、：“”")
    relative = re.search(r"平均(?:水平|值)|先进水平", words)  # 低于全省平均水平20%: no threshold
    return words if 2 <= len(words) <= LONGEST_NAME and not relative else ""
