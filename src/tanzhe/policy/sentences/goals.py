"""Goals: what is to be reached, by which year or month, as sentences state it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tanzhe.model.policy import Goal
from tanzhe.operators import Bound, operator_of
from tanzhe.policy.outline.quoted import without_titles
from tanzhe.policy.outline.tree import NAMED_SECTION, Part, heading
from tanzhe.policy.outline.view import View
from tanzhe.policy.sentences.metrics import (
    COUNTED,
    bare_subject,
    base_year,
    noun_end,
    parallel,
    shared_by,
    subject,
)
from tanzhe.policy.sentences.moments import Moment, digits, grouped, moments
from tanzhe.policy.words import either
from tanzhe.text import QuantitySpan, read_quantities

_AIM = re.compile(either("aiming_words"))
# Outside a section on goals: what will be there by then, not what is to be handed in by then.
_WILL_BE = re.compile(
    r"，?[^，。；]{0,16}?(?:建成|建立|形成|实现|达到|构建|打造|培育|基本(?!原则)|显著|明显|全面|大幅|完善)"
)
_GOAL_SECTION = re.compile(r"目标")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_CLAUSE = re.compile(
    r"[，；：。]|（(?=其中)|(?<=[%个家座项吨时瓦里顷）])、|(?<=以上)、|(?<=左右)、|(?<=以[内下])、|(?<=[\d万亿][辆台套艘条户亩元人次处种])、|，?(?:并|且)"
)
_CLAUSE_END = re.compile(r"[，；。]")
# 由35%提高到50%: the first number is where things stand.
_FROM = re.compile(r"(?:由|从)[^，。；]{0,24}$")
_TO = re.compile(
    r"(?:左右|以上)?(?:逐步|稳步)?(?:提高|提升|上升|增长|增加|扩大|下降|降低|减少|提|升|增|降)[到至为]"
)
# 峰谷差率超过40%的省份达到5%: the first number says which provinces.
_WHICH = re.compile(r"(?:及?以上|及?以下|以内)?的(?=[^，；。、\d]{1,24}\d)")
# 2.0升及以下排量乘用车, 1万吨标准煤以上企业: a number that says which kind.
_CLASS = re.compile(
    r"及其?以[上下](?=[\u4e00-\u9fff]{2})"
    r"|以[上下]的?(?=[\u4e00-\u9fff]{0,6}(?:企业|单位|用户|机组|锅炉|设备|建筑|车辆))"
)
_YEAR_BEHIND = re.compile(r"(?:左右|以上|以内|以下)?（(?:到|至)?(?P<year>20\d\d)年(?:底|末)?前?）")
_NO_GOAL_UNITS = frozenset(("年", "个月", "天", "小时", "周", "岁", "℃", "月", "日", "分钟"))
_RANKED = re.compile(r"(?:第|前|首批|“|\+)$")
_JOINT = re.compile(r"(?:以上|左右|以下|以内)?[、，和及与]{1,2}")
# 2026年工作要点, 三年行动方案（2026—2028年）
_PLAN_YEAR = re.compile(r"(?<![-—–－至\d])(20\d\d)年(?:度)?(?![-—–－至\d])")
_PLAN_YEARS = re.compile(r"(20\d\d)年?[-—–－至]{1,2}20\d\d年?")
_LEADS_LIST = re.compile(r"(?:以下|如下|下列)[^，。]{0,8}$")
# What makes a number an addition, a pace or a sum over the years; 年均浓度 is a noun.
_COUNTING = re.compile(
    r"(?P<added>新增)|(?P<yearly>年均|年平均|每年)(?!(?:浓度|气温|降水|用电|产量|水平))|(?P<sum>累计)"
)
# 取消原定…的目标, 不再设置…: what follows in the sentence is no goal any more.
_GIVEN_UP = re.compile(
    r"(?:^|[，。；])[^，。；]{0,12}?(?:取消|不再(?:设置|设定|执行|实施|作为|考核)|停止执行|废止)[^。；]*$"
)
_TOLD_BY = re.compile(r"(?:要求|提出|明确|规定)，")
LONGEST_SENTENCE = 1500  # letters; more is a list that lost its stops, and is read piece by piece
LONGEST_GOAL = 260
LONGEST_NOUN = 24  # letters between two goals of a list: 绿色工厂30家、绿色供应链企业6家
LONGEST_NEXT = 8  # the same outside a section on goals: 造林1.5万亩，抚育森林15万亩
LONGEST_SECTION_NAME = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sentence:
    """A sentence, the part it stands in, and whether that is a section on goals."""

    start: int
    end: int
    part: Part | None
    named: bool


@dataclass(kw_only=True, slots=True)
class _Times:
    """The last times ahead that were named, by part: what follows in a part goes on from them."""

    issued: date | None
    planned: str | None
    last: dict[int, Moment] = field(default_factory=dict)

    def keep(self, part: Part | None, time: Moment) -> None:
        self.last[id(part)] = time

    def of(self, part: Part | None) -> Moment | None:
        around: Part | None = part
        while around is not None and id(around) not in self.last:
            around = around.parent
        return self.last.get(id(around))


def find_goals(
    view: View, roots: list[Part], start: int, end: int, issued: date | None, title: str = "",
    *, named: bool = False,
) -> tuple[Goal, ...]:  # fmt: skip
    """Goals with a year or in a section on goals.

    Args:
        view: the repaired text.
        roots: its outline.
        start: where the policy's text begins.
        end: where it ends.
        issued: day of the document; what lies before it is no goal.
        title: of the document; a plan for one year (2026年工作要点) says by when.
        named: whether what stands before the first part is one of goals.
    """
    year = set(_PLAN_YEAR.findall(without_titles(title)) or _PLAN_YEAR.findall(title))
    begun = _PLAN_YEARS.search(title)
    times = _Times(
        issued=issued or (date(int(begun[1]), 1, 1) if begun else None),
        planned=year.pop() if len(year) == 1 and not begun else None,
    )
    found: list[Goal] = []
    for sentence in _sentences(view, roots, start, end, named=named):
        found += _of_sentence(view, sentence, times)
    return tuple(found)


def _sentences(
    view: View, roots: list[Part], start: int, end: int, *, named: bool
) -> Iterator[_Sentence]:
    """Sentences within parts; a heading on a line of its own is none of the text below it."""
    parts = [part for root in roots for part in root.walk()]
    cuts: dict[int, tuple[Part | None, bool]] = {start: (None, named)}
    ends: dict[int, Part | None] = {}
    for part in parts:
        aims = _named(view, part)
        cuts[part.marker.end] = (part, aims)
        if _ends_heading(view, part):
            cuts[part.heading_end] = (part, aims)
        ends[part.end] = part.parent
    for at, parent in ends.items():
        if at < end:
            cuts.setdefault(at, (parent, parent is not None and _named(view, parent)))
    stops = {part.start for part in parts} | set(cuts) | {end}
    ordered = sorted(stops)
    for at in sorted(cuts):
        if start <= at < end:
            inside, aims = cuts[at]
            stop = ordered[bisect_right(ordered, at)]
            for match in _SENTENCE.finditer(view.text, at, stop):
                for first, last in _pieces(view.text, match.start(), match.end()):
                    yield _Sentence(start=first, end=last, part=inside, named=aims)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or its pieces where it is longer than any sentence is."""
    while end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(mark, start + 1, start + LONGEST_SENTENCE) for mark in "；，、")
        cut = cut + 1 if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _named(view: View, part: Part | None) -> bool:
    """Whether a part, or one around it, is called a section on goals."""
    around: Part | None = part
    while around is not None:
        name = heading(view, around)
        if len(name) <= LONGEST_SECTION_NAME and _GOAL_SECTION.search(name):
            return True
        around = around.parent
    return False


def _ends_heading(view: View, part: Part) -> bool:
    """Whether the heading is one, and not the first clause of a sentence."""
    at = part.heading_end
    if not part.marker.end < at < part.end:
        return False
    stopped = view.text[at] in "。：" or view.at_break(at)
    return stopped or bool(NAMED_SECTION.fullmatch(view.text, part.marker.end, at))


def _of_sentence(view: View, sentence: _Sentence, times: _Times) -> list[Goal]:
    text = without_titles(digits(view.text[sentence.start : sentence.end]))
    named = [one for one in moments(text, times.issued) if one.kind != "base"]
    ahead = [one for one in named if one.kind == "aim"]
    ahead += [one for one in named if one.kind == "year" and (sentence.named or ahead)]
    if sentence.named and not ahead and not any(one.kind == "past" for one in named):
        ahead = [one for one in (times.of(sentence.part), _planned(times)) if one][:1]
    quantities = [q for q in read_quantities(text) if _counts(text, q)]
    kept = [q for q in quantities if not _GIVEN_UP.search(text, 0, q.start)]
    if quantities and not kept:
        return []
    quantities = kept
    if not ahead and not (sentence.named and quantities and _AIM.search(text)):
        return _maybe(view, sentence, text, named, quantities, times)
    own = [one for one in ahead if one in named]
    found = _numbered(view, sentence, text, quantities, named, ahead)
    if own and sentence.named:
        times.keep(sentence.part, own[-1])
    if found or not own:
        return found
    return _unnumbered(view, sentence, text, own[0])


def _maybe(
    view: View, sentence: _Sentence, text: str, named: list[Moment],
    quantities: list[QuantitySpan], times: _Times,
) -> list[Goal]:  # fmt: skip
    """Goals outside a section on goals with a bare year: 2027年，绿电占比达到50%."""
    years = [one for one in named if one.kind == "year"]
    aimed = [q for q in quantities if years and q.start > years[0].end and _aimed(text, q)]
    if not aimed or sentence.named or not times.issued:
        return []
    return _numbered(view, sentence, text, aimed, named, years)


def _planned(times: _Times) -> Moment | None:
    if times.planned is None:
        return None
    return Moment(start=0, end=0, kind="aim", year=int(times.planned), by=times.planned)


def _numbered(
    view: View, sentence: _Sentence, text: str, quantities: list[QuantitySpan],
    named: list[Moment], ahead: list[Moment],
) -> list[Goal]:  # fmt: skip
    """The goals of a sentence that are numbers, each with its own year."""
    carried = next((one for one in ahead if one not in named), None)
    groups = grouped(text, [one for one in named if one.kind == "past" or one in ahead])
    found: list[Goal] = []
    for chain in _chains(
        text, _aims(text, quantities, LONGEST_NOUN if sentence.named else LONGEST_NEXT)
    ):
        before = [group for group in groups if group[-1].end <= chain[0].start]
        after = [group for group in groups if group[0].start >= chain[-1].end]
        group = (before or after or [[]])[-1 if before else 0]
        if group and group[-1].kind == "past":
            continue
        if not before and after and not carried and not sentence.named:
            continue  # 35%, 到2030年…: what stands before the first year is how things are
        when = group or ([carried] if carried else [])
        found += _goals(view, sentence, text, chain, when, found)
    return found


def _unnumbered(view: View, sentence: _Sentence, text: str, time: Moment) -> list[Goal]:
    """A goal in words: 到2027年，基本建成绿色制造体系."""
    after = text[time.end :]
    if len(text) > LONGEST_GOAL or not (sentence.named or _stands_as_aim(text, time, after)):
        return []
    quote_end = sentence.start + len(text.rstrip("。；： "))
    metric = view.text[sentence.start + time.end : quote_end].strip("，：、；。 ")
    if len(metric) < 2 or _LEADS_LIST.search(metric):
        return []
    lead = re.search(r"(?:到|至|截至)$", text[: time.start])
    first = sentence.start + (lead.start() if lead else time.start)
    span = view.passage(first, quote_end)
    return [Goal(metric=metric, by_year=time.year, by=time.by, span=span)]


def _stands_as_aim(text: str, time: Moment, after: str) -> bool:
    """Whether 到2027年 opens its clause and says what will be: not a deadline, nor an aside."""
    opened = re.search(r"(?:^|[，；：。])(?:力争|争取|确保)?(?:到|至)?$", text[: time.start])
    return bool(opened and not after.startswith("是") and _WILL_BE.match(after))


def _counts(text: str, quantity: QuantitySpan) -> bool:
    """Whether a number is something to reach, not a number of months or a rank."""
    if not quantity.unit:  # PUE降至1.2以下: a bare ratio is a goal where its bound is said
        bare = "." in quantity.text and (operator_of(quantity.bound) or quantity.reached)
        return bare and not re.match(r"[版阶:：]", text[quantity.end : quantity.end + 1])
    if quantity.unit in _NO_GOAL_UNITS or quantity.text[0] in "百千万亿":
        return False
    return not _RANKED.search(text[: quantity.start])


def _aims(text: str, quantities: list[QuantitySpan], reach: int) -> list[QuantitySpan]:
    """The numbers that are aimed at; in a section on goals also what is listed after them."""
    kept: list[QuantitySpan] = []
    for quantity in quantities:
        between = text[kept[-1].end : quantity.start] if kept else "。"
        follows = len(between) <= reach and not re.search(r"[。；（]", between)
        if _aimed(text, quantity) or (follows and not _TO.match(text, quantity.end)):
            kept.append(quantity)
    return kept


def _aimed(text: str, quantity: QuantitySpan) -> bool:
    """Whether the number stands in a clause that aims at it, not in one that compares."""
    before = text[max(0, quantity.start - 40) : quantity.start]
    clause = re.split(r"[，；。：]", before)[-1]
    after = text[quantity.end : quantity.end + 10]
    if (_FROM.search(clause) and _TO.match(after)) or _WHICH.match(text, quantity.end):
        return False
    if _CLASS.match(text, quantity.end) and quantity.unit != "%" and quantity.unit not in COUNTED:
        return False
    stated = (
        quantity.bound
        or quantity.change
        or re.search(r"[、和]$|分别|[为至到达]$|年，?$|占[^，；]{2,14}$|累计[^，；]{1,6}$", clause)
    )
    return bool(stated or _AIM.search(clause) or _AIM.match(after) or _YEAR_BEHIND.match(after))


def _chains(text: str, quantities: list[QuantitySpan]) -> list[list[QuantitySpan]]:
    """Numbers of one unit that follow each other: 分别达到30%、70%和100%."""
    chains: list[list[QuantitySpan]] = []
    for quantity in quantities:
        last = chains[-1][-1] if chains else None
        if last and last.unit == quantity.unit and _JOINT.fullmatch(
            text[last.end : quantity.start]
        ):  # fmt: skip
            chains[-1].append(quantity)
        else:
            chains.append([quantity])
    return chains


def _goals(
    view: View, sentence: _Sentence, text: str, chain: list[QuantitySpan],
    group: list[Moment], found: list[Goal],
) -> list[Goal]:  # fmt: skip
    """The goals of a chain; each number has its own year, or its own metric, where as many are."""
    start, end = _clause(text, chain[0])
    metric = shared_by(text, start, chain[-1]) or bare_subject(text, start, chain[0])
    if not metric:  # 建成5个零碳园区，…；2030年建成15个: what is counted alike, else what is near
        alike = [one for one in found if one.unit == chain[0].unit]
        near = alike or ([] if chain[0].unit in COUNTED else found)
        metric = near[-1].metric if near else subject(text, start, chain[0])
        if near and _COUNTING.search(text, start, chain[0].start):
            metric = re.sub(r"^(?:(?:年均|每年|累计)(?:新增)?|新增)", "", metric)
    metric = metric.replace("\0", "")
    if _TOLD_BY.match(metric):  # the title of whoever says so was no part of the text
        titles = re.findall(r"《[^《》]+》", view.text[sentence.start : sentence.start + start])
        titles += re.findall(r"《[^《》]+》", view.text[sentence.start + start : sentence.end])[:1]
        metric = (titles[-1] if titles else "") + metric
    by_years = len(group) == len(chain) > 1
    metrics = [metric] * len(chain) if by_years else parallel(metric, len(chain))
    end = max(end, chain[-1].end)
    made: list[Goal] = []
    for number, quantity in enumerate(chain):
        time = group[number] if by_years else (group[-1] if group else None)
        behind = _YEAR_BEHIND.match(text, quantity.end)
        reached = quantity.reached or chain[0].reached
        made.append(
            Goal(
                metric=metrics[number],
                operator=operator_of(quantity.bound or _bound_of(chain)),
                value=quantity.low,
                high=quantity.high if quantity.high != quantity.low else None,
                unit=quantity.unit,
                about=quantity.bound == "about",
                change=None if reached else (quantity.change or chain[0].change),
                counting="" if reached else _counting(text[start : chain[0].start]),
                base_year=base_year(text, start, end),
                by_year=int(behind["year"]) if behind else (time.year if time else None),
                by=behind["year"] if behind else (time.by if time else None),
                span=view.passage(sentence.start + start, sentence.start + end),
            )
        )
    return made


def _counting(before: str) -> str:
    """The word before a number that makes it an addition or a pace, of the nearest clause.

    累计新增 is a sum and 年均新增 a pace, not additions of one year.
    """
    found = list(_COUNTING.finditer(before))
    if len(found) > 1 and found[-1]["added"] and found[-1].start() == found[-2].end():
        found.pop()
    return found[-1][0] if found else ""


def _bound_of(chain: list[QuantitySpan]) -> Bound | None:
    """The bound a list shares: 分别不低于62%、71%、83%, or 62%、71%和83%以上."""
    return chain[0].bound or chain[-1].bound


def _clause(text: str, quantity: QuantitySpan) -> tuple[int, int]:
    start = 0
    for mark in _CLAUSE.finditer(text, 0, quantity.start):
        start = mark.end()
    ends = [noun_end(text, q) for q in read_quantities(text[: quantity.start])]
    listed = [at for at in ends if text[at] in "、和与及"]
    start = max(start, *(at + 1 for at in listed), 0)  # 节能量5000万吨、减排1.3亿吨
    stop = _CLAUSE_END.search(text, quantity.end)
    return start, stop.start() if stop else len(text.rstrip("。"))
