"""Goals: what is to be reached, by which year, as sentences state it."""

import re
from collections.abc import Iterator

from tanzhe.model.policy import Goal
from tanzhe.model.rules import Operator
from tanzhe.policy.deadlines import without_titles
from tanzhe.policy.outline import Part, heading
from tanzhe.policy.view import View
from tanzhe.text import QuantitySpan, read_quantities

_BY_YEAR = re.compile(
    r"(?:到|至|截至|(?<=20\d\d年)[、和])(?P<a>20\d\d)年(?:底|末|年底|年末|前"
    r"|底前)?(?!\d?\d?月)|(?P<b>20\d\d)年(?:底|末|年底)?(?:前|以前|之前)"
    r"|(?P<plan>“十[四五六七]五”(?:末|期末|期间|时期))|(?P<c>20\d\d)年(?:底|末)?，"
    r"?(?=[^，。；]{0,20}(?:达到|力争|实现))"
)
# 2027年，绿电占比提高到75%；2028年，…: in a section on goals a year alone is one ahead.
_CLAUSE_YEAR = re.compile(r"(?:^|(?<=[；：。标]))(?P<year>20\d\d)年(?:底|末)?，")
_PLAN_ENDS = {"四": 2025, "五": 2030, "六": 2035, "七": 2040}
_AIM = re.compile(
    r"力争|达到|实现|建成|目标|不低于|不高于|以上|以内|提高|下降|降低|控制在|超过"
    r"|启动|增至|降至|培育|打造|形成|完成|新增|提升|突破"
)
_PAST = re.compile(
    r"(?:已|已经|累计|截至目前|目前|截至20\d\d年底，)[^，。；]{0,16}(?:达到|建成|实现|完成)|^截至"
)
_GOAL_SECTION = re.compile(r"目标")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_BASE = re.compile(r"比(?P<year>20\d\d)年|较(?P<other>20\d\d)年|以(?P<third>20\d\d)年为基(?:准|期)")
_CLAUSE = re.compile(r"[，；：。]|(?<=[%个家座项吨时瓦里顷])、|，?(?:并|且)")
_VERBS = (
    r"(?:力争|争取|确保|努力|全省|全市|全国|全区|全县|全州|区域|我省|我市"
    r"|基本|高质量|累计|预计|以上|左右"
    r"|启动|建成投运|建成|建设|培育|打造|形成|创建|完成|新增|新建|改造|推广|布局|落地"
    r"|引进|认定|遴选|实施|推动|带动|实现|达到|达|超过|突破|不低于|不少于"
    r"|不小于|不大于|不得(?:低于|少于|小于|高于|超过|大于)|应当?|须|必须|原则上|至少"
    r"|不高于|不超过|控制在|保持在|稳定在|维持在|提高到|提升到|提升至|提高至"
    r"|增加到|下降到|降低到|降至|降到|增至|增长|增加|提高|提升|下降|降低|减少|削减"
    r"|约为|(?:大于|小于)(?:或?等于)?|分别)"
)
_AFTER_VERBS = re.compile(rf"(?:{_VERBS}|(?<!占)比|较|到|至|约|近|再|均|都|为|在|的)+$")
# 新增储能装机, but 增长率 and 建设用地 are nouns.
_BEFORE_VERBS = re.compile(rf"^(?:{_VERBS}(?!率|幅|速|量|值|用地)|[，、\s])+")
_COUNTED = frozenset("个家座项条台套辆艘批种处户人次起只件张所名")
_NOUN_AFTER = re.compile(
    r"(?:及其?以上|以上|左右"
    r"|以内)?(?:的)?(?P<noun>(?!以上|左右|以内|及)[^，。；：、（）\d]{2,30}?)(?=和|与|及|以及"
    r"|[，。；：、（）\d]|$)"
)
_BOUNDS: dict[str, Operator] = {"at_least": ">=", "at_most": "<=", "over": ">", "under": "<"}
LONGEST_GOAL = 260


def _ranges(view: View, roots: list[Part], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Stretches to search; True where the heading says that goals stand there."""
    inside = [
        (part.start, part.end)
        for root in roots
        for part in root.walk()
        if _GOAL_SECTION.search(heading(view, part)) and len(heading(view, part)) <= 16
    ]
    at = start
    for a, b in inside:
        if a >= at:
            yield at, a, False
            yield a, b, True
            at = b
    yield at, end, False


def find_goals(
    view: View, roots: list[Part], start: int, end: int, issued: int | None
) -> tuple[Goal, ...]:
    """Goals with a year or in a section on goals.

    Args:
        view: the repaired text.
        roots: its outline.
        start: where the policy's text begins.
        end: where it ends.
        issued: year of the document; what lies before it is no goal.
    """
    found: list[Goal] = []
    for a, b, named in _ranges(view, roots, start, end):
        for sentence in _SENTENCE.finditer(view.text, a, b):
            found += _of_sentence(view, sentence.start(), sentence.end(), named, issued)
    return tuple(found)


def _year(match: re.Match[str]) -> int | None:
    for group in ("a", "b", "c"):
        if match[group]:
            return int(match[group])
    return _PLAN_ENDS.get(match["plan"][2]) if match["plan"] else None


def _years(text: str, *, named: bool, issued: int | None) -> list[tuple[int, int, int]]:
    """Where a sentence names years ahead, and which; in a section on goals also a year alone."""
    found = {m.start(): (m.start(), m.end(), y) for m in _BY_YEAR.finditer(text) if (y := _year(m))}
    for match in _CLAUSE_YEAR.finditer(text) if named else ():
        found.setdefault(match.start(), (match.start(), match.end(), int(match["year"])))
    return sorted(one for one in found.values() if not issued or one[2] >= issued)


def _of_sentence(view: View, start: int, end: int, named: bool, issued: int | None) -> list[Goal]:
    text = without_titles(view.text[start:end])
    years = _years(text, named=named, issued=issued)
    if (not years and not named) or _PAST.search(text):
        return []
    quantities = [q for q in read_quantities(text) if _counts(text, q)]
    if not years and not (quantities and _AIM.search(text)):
        return []
    first = years[0][0] if years else 0
    aimed = [q for q in quantities if q.start >= first and _aimed(text, q)]
    chains = [_goal(view, start, text, chain, years) for chain in _chains(text, aimed)]
    goals = [goal for chain in chains for goal in chain]
    if goals or not years:
        return goals
    if not (named or _AIM.search(text[years[0][1] :])) or len(text) > LONGEST_GOAL:
        return []
    quote_end = len(text.rstrip("。 "))
    return [
        Goal(
            metric=view.text[start + years[0][1] : start + quote_end].strip("，：、 "),
            by_year=years[0][2],
            span=view.passage(start + first, start + quote_end),
        )
    ]


def _counts(text: str, quantity: QuantitySpan) -> bool:
    """Whether a number is something to reach, not a number of months or a rank."""
    if not quantity.unit or quantity.unit in ("年", "个月", "天", "小时", "周", "岁", "℃"):
        return False
    return not re.search(r"(?:第|前)$", text[: quantity.start])


def _aimed(text: str, quantity: QuantitySpan) -> bool:
    """Whether the number stands in a clause that aims at it, not in one that compares."""
    before = text[max(0, quantity.start - 40) : quantity.start]
    clause = re.split(r"[，；。：]", before)[-1]
    after = text[quantity.end : quantity.end + 10]
    stated = quantity.bound or quantity.change or re.search(r"[、和]$|分别|为$|年，?$", clause)
    return bool(stated or _AIM.search(clause) or _AIM.search(after))


def _chains(text: str, quantities: list[QuantitySpan]) -> list[list[QuantitySpan]]:
    """Numbers of one metric that follow each other: 分别达到30%、70%和100%."""
    chains: list[list[QuantitySpan]] = []
    for quantity in quantities:
        between = text[chains[-1][-1].end : quantity.start] if chains else ""
        if chains and re.fullmatch(r"(?:以上|左右|以下)?[、，和及]", between):
            chains[-1].append(quantity)
        else:
            chains.append([quantity])
    return chains


def _goal(
    view: View, offset: int, text: str, chain: list[QuantitySpan], years: list[tuple[int, int, int]]
) -> list[Goal]:  # fmt: skip
    """The goals of a chain; each number has its year where as many years are named."""
    by = [y for at, _, y in years if at <= chain[0].start] or [y for _, _, y in years]
    each = by[-len(chain) :] if len(by) >= len(chain) > 1 else [by[-1] if by else None] * len(chain)
    start, end = _clause(text, chain[0])
    metric = subject(text, start, chain[0])
    end = max(end, chain[-1].end)
    base = _BASE.search(text, start, end)
    return [
        Goal(
            metric=metric,
            operator=_BOUNDS.get(quantity.bound or ""),
            value=quantity.low,
            high=quantity.high if quantity.high != quantity.low else None,
            unit=quantity.unit,
            about=quantity.bound == "about",
            change=None if quantity.reached else (quantity.change or chain[0].change),
            base_year=int(base["year"] or base["other"] or base["third"]) if base else None,
            by_year=year,
            span=view.passage(offset + start, offset + end),
        )
        for quantity, year in zip(chain, each, strict=True)
    ]


def _clause(text: str, quantity: QuantitySpan) -> tuple[int, int]:
    start = 0
    for mark in _CLAUSE.finditer(text, 0, quantity.start):
        start = mark.end()
    stop = re.compile(r"[，；。]").search(text, quantity.end)
    end = stop.start() if stop else len(text)
    return start, end


def subject(text: str, start: int, quantity: QuantitySpan) -> str:
    """The noun before the number, or after it where things are counted."""
    before = _BASE.sub("", text[start : quantity.start])
    before = _BY_YEAR.sub("", before)
    before = re.sub(r"[≥≤<>=]+$", "", before)
    found = _BEFORE_VERBS.sub("", _AFTER_VERBS.sub("", before)).strip("，、：以")
    if quantity.unit in _COUNTED and not re.search(
        r"(?:数|数量|总数|规模|个数)(?:达到|超过|突破)?$", found
    ):
        noun = _NOUN_AFTER.match(text, quantity.end)
        if noun:
            return noun["noun"].strip("的")
    if not found:
        earlier = re.split(r"[，；。：]", text[:start].rstrip("，；"))[-1]
        found = _BEFORE_VERBS.sub("", _AFTER_VERBS.sub("", _BY_YEAR.sub("", earlier)))
    return found
