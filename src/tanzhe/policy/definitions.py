"""Definitions of terms, and what the types of indicators mean."""

import re
from bisect import bisect_left
from itertools import pairwise

from tanzhe.model.policy import Definition, IndicatorType
from tanzhe.model.rules import Duty
from tanzhe.policy.outline import Part, heading
from tanzhe.policy.view import View

_NAME = r"[^，。；：！？《》〕】]{2,40}?"
_COLON = re.compile(
    rf"(?P<name>{_NAME})：(?:即|是)?(?P<text>指[^示导引]|是指|用于(?:衡量|反映|评价)|表示|反映"
    r"|按照?[^。；]{2,80}(?:核算|计算|测算|统计|折算|确定)|[^。；：]{4,60}(?:之比|的(?:比例|比重|比值|占比|百分比)))"
)
_IS = re.compile(
    rf"(?:本[\u4e00-\u9fff]{{1,8}}|前款|这里)?(?:中)?所称(?:的)?(?P<name>{_NAME})，"
    rf"?(?:是指|指的是|指|(?<!体)系指(?!标|数|导)|包括)(?P<text>.)"
)
_MEANS = re.compile(
    r"(?P<name>[^，。；：！？《》〕】的]{2,30}?)，?(?:是指|(?<!体)系指(?!标|数|导)|指的是)(?P<text>.)"
)
# 绿电占比指…, below 注： or at the beginning of a line: elsewhere 指 points, guides or accuses.
_SAYS = re.compile(
    r"(?P<name>[^，。；：！？《》指]{2,30}?)，?指(?![示导引标定数出挥南令向派针明])(?P<text>.)"
)
# 单位能耗碳排放=二氧化碳排放总量/综合能源消费量
_FORMULA = re.compile(r"(?P<name>[^，。；：！？《》=≥≤]{2,30})=(?P<text>[^=\d]*[\u4e00-\u9fff])")
_LIST_SECTION = re.compile(r"术语|名词|定义|(?:指标|概念|用语|有关)?(?:解释|释义|含义)|用语")
_LEAD = re.compile(
    r"(?:【[^】]{1,14}】|第[一二三四五六七八九十百\d]+条|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d{1,2}[.．、]|[①-⑳]|注[：:]?|其中|所称|(?:指标|名词|术语|概念)(?:说明|解释|释义|含义)[：:]?|本(?:办法|规定|条例|细则|通知|方案"
    r"|标准)(?:中)?|[“\"])+"
)
_TYPE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:指标|类)：[^：]{6,}")
_MUST = re.compile(r"必须(?:达到|满足|完成|实现)|应当(?:达到|满足)|必达|强制|约束")
_EXCUSE = re.compile(
    r"可(?:以)?(?:相应|作出|予以|酌情|不作|进行|适当)?.{0,8}(?:说明|豁免|放宽"
    r"|不纳入|不考核)|不作强制|不做强制|鼓励"
)


def find_definitions(view: View, roots: list[Part]) -> tuple[Definition, ...]:
    """The document's own definitions, in order, each once."""
    found: dict[int, Definition] = {}
    for start, end, listed in _stretches(view, roots):
        for pattern in (_COLON, _IS, _MEANS, _SAYS, _FORMULA):
            for match in pattern.finditer(view.text, start, end):
                if pattern in (_SAYS, _FORMULA) and not _begins_item(view, match.start()):
                    continue
                one = _definition(view, match, end)
                if one and not any(
                    d.span.start <= one.span.start < d.span.end for d in found.values()
                ):
                    found[one.span.start] = one
        if listed and not any(start <= _at(view, d) < end for d in found.values()):
            one = _listed(view, start, end)
            if one:
                found[one.span.start] = one
    return tuple(found[key] for key in sorted(found))


def _begins_item(view: View, at: int) -> bool:
    """Whether an item of a list or a line begins here, its number apart."""
    lead = _LEAD.match(view.text, at)
    return bool(lead) or view.at_break(at)


def _at(view: View, one: Definition) -> int:
    return bisect_left(view.origin, one.span.start)


def _stretches(view: View, roots: list[Part]) -> list[tuple[int, int, bool]]:
    """The innermost parts, and what lies between them; True in a section on terms."""
    cuts = sorted(
        {
            0,
            len(view.text),
            *(p.start for r in roots for p in r.walk()),
            *(p.end for r in roots for p in r.walk()),
            *(p.heading_end for r in roots for p in r.walk() if view.at_break(p.heading_end)),
        }
    )
    listed = [
        (p.start, p.end)
        for r in roots
        for p in r.walk()
        if _LIST_SECTION.search(heading(view, p)) and len(heading(view, p)) <= 14
    ]
    return [(a, b, any(x < a and b <= y for x, y in listed)) for a, b in pairwise(cuts)]


def _stop(view: View, start: int, end: int) -> int:
    """Where a definition ends: with the paragraph, where the next one begins, or with the part."""
    for mark in re.finditer(r"。|；(?=(?:本[\u4e00-\u9fff]{1,6})?所称)", view.text[start:end]):
        at = start + mark.end()
        if view.at_break(at) or mark[0] == "；":
            return at
    return end


def _definition(view: View, match: re.Match[str], end: int) -> Definition | None:
    start = match.start("name")
    lead = _LEAD.match(view.text, start, match.end("name"))
    name_start = lead.end() if lead else start
    name = view.text[name_start : match.end("name")].strip('“”"、 ')
    if not _is_term(view, name, name_start):
        return None
    text_start = match.start("text") if match.re is _COLON else match.end("name")
    text_start += view.text[text_start] in "，：="
    stop = _stop(view, text_start, end)
    if stop - text_start < 6:
        return None
    return Definition(
        name=name,
        text=view.text[text_start:stop].strip(),
        span=view.passage(name_start, stop),
    )


def _is_term(view: View, name: str, start: int) -> bool:
    """Whether words are a term: not the tail of a sentence that happens to hold 是指."""
    before = view.text[start - 1 : start]
    opens = (
        start == 0 or view.at_break(start) or before in "。；：.、．）》】称中“" or before.isdigit()
    )
    return (
        2 <= len(name) <= 40
        and opens
        and not re.search(r"^(?:其|该|这|此|它|以下|本)|联系|如下|内容|注$", name)
    )


def _listed(view: View, start: int, end: int) -> Definition | None:
    """An item of a list of terms: name, colon or stop, text."""
    lead = _LEAD.match(view.text, start, end)
    at = lead.end() if lead else start
    found = re.compile(rf"(?P<name>{_NAME})[：。](?P<text>[^：]{{8,}})").match(view.text, at, end)
    if not found or not lead or _TYPE.match(view.text, at, end):
        return None
    stop = _stop(view, found.start("text"), end)
    return Definition(
        name=found["name"],
        text=view.text[found.start("text") : stop],
        span=view.passage(at, stop),
    )


def find_types(view: View, kinds: set[str]) -> tuple[IndicatorType, ...]:
    """What the document says of each type of its indicators: to be reached, or to be explained.

    Args:
        view: the repaired text.
        kinds: types as the table states them.
    """
    found: dict[str, IndicatorType] = {}
    for match in re.finditer(r"(?P<name>[\u4e00-\u9fff]{1,8}(?:指标|类|性))：", view.text):
        name = next(
            (k for k in kinds if match["name"].endswith(k) or k.endswith(match["name"])), None
        )
        if name is None or name in found:
            continue
        stop = _type_end(view, match.end(), kinds)
        text = view.text[match.end() : stop]
        found[name] = IndicatorType(
            name=name, duty=_duty(text), text=text, span=view.passage(match.start("name"), stop)
        )
    return tuple(found.values())


def _type_end(view: View, start: int, kinds: set[str]) -> int:
    following = [at for k in kinds if (at := view.text.find(f"{k}：", start)) >= 0]
    limit = min([start + 240, len(view.text), *following])
    marks = [m.end() for m in re.finditer(r"。", view.text[start:limit])]
    ends = [start + m for m in marks if view.at_break(start + m)]
    return ends[0] if ends else (start + marks[-1] if marks else limit)


def _duty(text: str) -> Duty | None:
    if _EXCUSE.search(text):
        return "excusable"
    return "mandatory" if _MUST.search(text) else None
