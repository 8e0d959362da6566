"""Definitions of terms: 所称X，是指…, X：指…, X为…之比, X=…, and lists of terms."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tanzhe.model.policy import Definition, Passage
from tanzhe.policy.outline.tree import Part, heading
from tanzhe.policy.outline.view import View
from tanzhe.policy.tables.read import Table

_NO_POINT = r"(?![示导引标定数出挥南令向派针明])"  # 指导, 指标, 指定 define nothing
_RATIO = r"(?:之比|的?(?:比例|比重|比值|占比|百分比|百分率|比率)|之和|的?总和|的?总称|的?简称)"
_TERM = r"(?P<name>[^，。；：！？《》=＝≥≤—\n]{2,40}?)"
# How a term is joined to what it means, the surest first.
_SURE = re.compile(rf"{_TERM}，?(?:是指|系指|指的是){_NO_POINT}(?P<text>.)")
# A term whose short name stands in brackets: X（以下简称Y）是….
_SHORTENED = re.compile(rf"{_TERM}（(?:以下)?简称[^（）]{{2,20}}）是(?!否)(?P<text>[^，。；]{{6}})")
_CALLED = re.compile(rf"{_TERM}，?(?:是指|系指|指|包括){_NO_POINT}(?P<text>.)")
_POINTED = re.compile(
    rf"{_TERM}[：，](?:即|是|主要|一般)?(?P<text>指{_NO_POINT}.|用于(?:衡量|反映|评价)|表示|反映)"
)
_BARE = re.compile(rf"{_TERM}指{_NO_POINT}(?P<text>.)")
_SAID_RATIO = re.compile(
    rf"{_TERM}(?:：|，?即|，?为)(?P<text>[^。；：]{{4,90}}?{_RATIO}(?=[。；，（]|$)"
    r"|按照?[^。；]{2,80}(?:核算|计算|测算|统计|折算|确定))"
)
_FORMULA = re.compile(rf"{_TERM}[=＝](?P<text>[^=＝]*[\u4e00-\u9fff])")
_LISTED = re.compile(rf"{_TERM}(?:[：。]|—{{1,2}}|\n)(?P<text>[^：]{{8,}})", re.S)
_BRACKETED = re.compile(r"【(?P<name>[^】]{2,40})】[：，]?(?P<text>.{8,})")
_LIST_SECTION = re.compile(
    r"术语|名词|定义|(?:指标|概念|用语|有关)?(?:解释|释义|含义)|用语|指标说明|有关说明"
)
# Words before a term: where a definition may begin inside a line.
_LEAD = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+条|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d{1,2}(?:\.\d{1,2}){1,2}|\d{1,2}[.．、)）]|[①-⑳]|[附备]?注[：:]?|注释[：:]?|其中，?"
    r"|(?:指标|名词|术语|概念)(?:说明|解释|释义|含义)[：:]?"
    r"|(?:在)?(?:本|前款|这里|上述)[\u4e00-\u9fff]{0,8}?(?:中，|所[称指](?:的)?)|所[称指](?:的)?)+"
)
_STARTS = re.compile(r"(?<=[。；！？])|(?<=，)(?=[“\"])|(?=“)")
_NO_TERM = re.compile(
    r"^(?:其|该|这|此|它|以下|本|由|对|将|在|按|各|为|以|开展|推广|推进|加强|建立|鼓励|支持|完善|明确|实施"
    r"|探索|制定|组织|落实|做好|提升|强化)|联系|如下|内容|注$|^(?:名称|定义|解释|单位|部门)$"
    r"|(?:单位|部门|机构|时间|期限|周期|主体|对象|目标|范围|地点|方式)$"
)
_MEANS = frozenset("为在按以由经从与对")  # what a meaning begins with, and no verb's object
_TORN = re.compile(r"[仅均也都不并只泛特是即]$|主要$")  # 碳排放仅指: not what the word means
_SYMBOL = re.compile(r"[A-Za-z∑Σ]")  # E电 in a formula is a symbol, not a term
_TYPE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:指标|类)：[^：]{6,}")
_DEFINING = re.compile(
    r"(?:指标|名词|术语)?(?:定义|解释|释义|含义|口径)(?:[及和与].{1,6})?|计算(?:方法|公式|方式)"
)
SHORTEST_TEXT = 6  # letters; less explains nothing
LONGEST_TERM_LINE = 30  # letters of a term on a line of its own


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """A term and its meaning; `lead` is where the words before the term begin."""

    lead: int
    start: int
    end: int
    text: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stretch:
    """A stretch of text without parts inside, and whether a section on terms is around it."""

    start: int
    end: int
    listed: bool


def find_definitions(view: View, roots: list[Part]) -> tuple[Definition, ...]:
    """The document's own definitions, in order, each once.

    Args:
        view: the repaired text.
        roots: its outline, lists below 注： included.
    """
    made: list[Definition] = []
    for stretch in _stretches(view, roots):
        found = list(_within(view, stretch))
        for number, one in enumerate(found):
            following = found[number + 1].lead if number + 1 < len(found) else stretch.end
            stop = min(_stop(view, one.text, stretch), following)
            if stop - one.text >= SHORTEST_TEXT:
                made.append(
                    Definition(
                        name=view.text[one.start : one.end],
                        text=view.text[one.text : stop].strip(),
                        span=view.passage(one.start, stop),
                    )
                )
    return tuple(made)


def _within(view: View, stretch: _Stretch) -> Iterator[_Found]:
    """The definitions of a stretch, leftmost first, none inside another's term."""
    taken = stretch.start - 1
    places = _places(view, stretch)
    for number, (at, opens) in enumerate(places):
        if at <= taken:
            continue
        one = _read(view, at, stretch, opens=opens)
        if one:
            one = _nearest(view, one, places[number + 1 :], stretch)
            yield one
            taken = one.text


def _nearest(view: View, one: _Found, places: list[tuple[int, bool]], stretch: _Stretch) -> _Found:
    """The same meaning with a term that begins on a later line: headings may stand above it."""
    for at, opens in places:
        if at >= one.end:
            break
        again = _read(view, at, stretch, opens=opens) if opens else None
        if again and again.text == one.text:
            one = again
    return one


def _places(view: View, stretch: _Stretch) -> list[tuple[int, bool]]:
    """Where a term may begin; True where an item or a line does."""
    first = bisect_right(view.breaks, stretch.start)
    last = bisect_right(view.breaks, stretch.end - 1)
    places = dict.fromkeys(_sentence_starts(view, stretch), False)
    places.update({at: True for at in view.breaks[first:last] if _ended(view, at)})
    places[stretch.start] = True
    return sorted(places.items())


def _sentence_starts(view: View, stretch: _Stretch) -> Iterator[int]:
    for match in _STARTS.finditer(view.text, stretch.start, stretch.end):
        yield match.start()


def _ended(view: View, at: int) -> bool:
    """Whether what stands before a line start was a whole line: it has a stop, or is short."""
    if at == 0 or view.text[at - 1] in "。；！？：】）％%":
        return True
    before = bisect_right(view.breaks, at - 1)
    return at - (view.breaks[before - 1] if before else 0) <= LONGEST_TERM_LINE


def _read(view: View, at: int, stretch: _Stretch, *, opens: bool) -> _Found | None:
    lead = _LEAD.match(view.text, at, stretch.end)
    start = lead.end() if lead else at
    called = lead is not None and lead[0].endswith(("所称", "所称的", "所指", "所指的"))
    item = opens or lead is not None
    for pattern in _patterns(view, start, stretch, called=called, item=item):
        match = pattern.match(view.text, start, stretch.end)
        sure = called or stretch.listed
        plain = item and pattern not in (_BARE, _SAID_RATIO)
        # 项目的增加投资指为…: a line that begins so defines, though its term holds 的
        plain = plain or bool(opens and pattern is _BARE and match and match["text"] in _MEANS)
        one = _checked(view, at, match, owned=plain, sure=sure) if match else None
        if one and match and not (pattern is _FORMULA and _SYMBOL.search(match["name"])):
            return one
    if stretch.listed and item:
        return _term_line(view, at, start, stretch)
    return None


def _patterns(
    view: View, start: int, stretch: _Stretch, *, called: bool, item: bool
) -> Iterator[re.Pattern[str]]:
    """The ways of defining that are possible at a place."""
    if called:
        yield _CALLED
    yield from (_SURE, _SHORTENED)
    if item or view.text[start : start + 1] in ("“", '"'):
        yield from (_BRACKETED, _POINTED, _BARE, _SAID_RATIO, _FORMULA)
    elif view.text[start - 1 : start] in "；。":
        yield from (_POINTED, _BARE, _SAID_RATIO)
    if stretch.listed and item and not _TYPE.match(view.text, start, stretch.end):
        yield _LISTED


def _checked(
    view: View, lead: int, match: re.Match[str], *, owned: bool, sure: bool
) -> _Found | None:
    """A match whose name is a term, its quotes and English name taken off.

    Args:
        view: the repaired text.
        lead: where the words before the term begin.
        match: a way of defining.
        owned: whether 的 may stand in the name.
        sure: whether the words before it or the section say that a term follows.
    """
    name = match["name"].rstrip("，“” ")
    start = match.start("name") + len(name) - len(name.lstrip("“” 、"))
    name = re.sub(
        r"[（(][^（）()]*[）)]$|[”\"]$|(?<=[\u4e00-\u9fff])[A-Za-z][A-Za-z \-]*$",
        "",
        name.lstrip("“” 、"),
    )
    name = name.rstrip('”“" ')
    said = max(name.rfind(words) + len(words) for words in ("所称", "所指"))
    if said > 1:  # 第三章节电第九条本办法所称X: the heading before it lost its line
        start, name = start + said, name[said:]
    whole = name.count("（") == name.count("）")
    odd = not sure and (_NO_TERM.search(name) or ("的" in name and not owned))
    if not 2 <= len(name) <= 40 or not whole or odd or _TORN.search(name):
        return None
    text = match.end("name")
    while view.text[text : text + 1] in ("，", "：", "=", "＝", "”", "。", "—", "】", '"'):
        text += 1
    return _Found(lead=lead, start=start, end=start + len(name), text=text)


def _term_line(view: View, lead: int, start: int, stretch: _Stretch) -> _Found | None:
    """A term on a line of its own, its meaning on the next."""
    text = view.next_break(start)
    words = view.text[start:text]
    named = 2 <= len(words) <= LONGEST_TERM_LINE and not re.search(r"[，。；：=]", words)
    if not named or text >= stretch.end or _NO_TERM.search(words):
        return None
    name = re.sub(r"(?<=[\u4e00-\u9fff])[A-Za-z][A-Za-z \-]*$", "", words).strip()
    return _Found(lead=lead, start=start, end=start + len(name), text=text)


def _stretches(view: View, roots: list[Part]) -> list[_Stretch]:
    """The innermost parts, and what lies between them."""
    parts = [part for root in roots for part in root.walk()]
    cuts = {0, len(view.text)}
    for part in parts:
        cuts |= {part.start, part.marker.end, part.end}
        if view.at_break(part.heading_end) and _LIST_SECTION.search(heading(view, part)):
            cuts.add(part.heading_end)
    listed = [
        (part.start, part.end)
        for part in parts
        if _LIST_SECTION.search(heading(view, part)) and len(heading(view, part)) <= 14
    ]
    return [
        _Stretch(start=a, end=b, listed=any(x < a and b <= y for x, y in listed))
        for a, b in pairwise(sorted(cuts))
    ]


def _stop(view: View, start: int, stretch: _Stretch) -> int:
    """Where a definition ends: with its paragraph, or with the part."""
    for mark in re.finditer(r"。", view.text[start : stretch.end]):
        if view.at_break(start + mark.end()):
            return start + mark.end()
    return stretch.end


def table_definitions(source: str, table: Table) -> Iterator[Definition]:
    """The terms of a table with a column of names and one of meanings."""
    names = [i for i, column in enumerate(table.header) if column == "name"]
    texts = [i for i, title in enumerate(table.titles) if _DEFINING.fullmatch(title)]
    if not names or not texts or table.flattened:
        return
    for row in table.rows:
        if len(row) != len(table.header):
            continue
        name, text = row[names[-1]], row[texts[0]]
        if len(name.words) >= 2 and len(text.words) >= SHORTEST_TEXT:
            start, end = min(name.start, text.start), max(name.end, text.end)
            span = Passage(start=start, end=end, text=source[start:end])
            yield Definition(name=name.words, text=text.words, span=span)
