"""Title, number and addressees: what stands above an official document's first sentence."""

import re
from dataclasses import dataclass
from itertools import pairwise

from tanzhe.model.policy import Stated
from tanzhe.policy.bodies.names import (
    IS_BODY,
    Name,
    blanks,
    listed_bodies,
    opens_name,
    run_of_bodies,
    swallowed,
)
from tanzhe.policy.outline.view import View
from tanzhe.policy.words import either
from tanzhe.text import read_document_numbers

_TITLE_ATOM = r"(?:《(?:[^《》]|《[^《》]{0,120}》){0,160}》|[^。；《》：])"
_KIND = (
    "(?:若干|指导|实施|有关|具体|工作)?(?:通知|公告|通告|复函|函|意见|批复|决定|通报|答复|请示|报告|命令|说明|解读|决议|建议"
    "|公示|措施|政策|规定|方案|计划|办法)"
)
_ABOUT = re.compile(
    rf"(?:关于"
    rf"|对(?=[^。]{{2,80}}答复)){_TITLE_ATOM}{{1,180}}?的{_KIND}(?![》、和及])(?:（[^（）]{{1,16}}）)?"
)
_ABOUT_BROKEN = re.compile(rf"关于[^。；]{{2,180}}?的{_KIND}(?:（[^（）]{{1,16}}）)?")
# What plans and regulations call themselves.
PLAN = rf"(?:{either('plan_names')})"
_PLAN_TITLE = re.compile(rf"[^，。；：！？]{{3,70}}{PLAN}(?:（[^（）]{{1,20}}）){{0,2}}")
_NAMED_BELOW = re.compile(
    r"《(?P<name>[^《》]{4,80})》(?:（[^）]*）)?(?:已经?于?|业经|经).{0,60}?(?:通过|同意|批准|审定)"
    r"|制定(?:了)?《(?P<made>[^《》]{4,80})》。?，?现予(?:以)?(?:公布|发布)"
)
_DATED = re.compile(r"（[^（）]*20\d\d年\d{1,2}月\d{1,2}日[^（）]*）")
_NUMBER_BEHIND = re.compile(r"（[^（）]*〔20\d\d〕[^（）]*号）$")
_BELOW_TITLE = re.compile(
    r"（(?:[^（）]{0,6}(?:征求意见|送审|讨论|试行|草案|暂行|修订)[^（）]{0,6}"
    r"|20\d\d年?[-—–至]20\d\d年?)）"
)
_QUOTED = re.compile(r"《[^《》]*》")
_TITLE_OUTSIDE = re.compile(r"(?<![《〈])关于[^《》]{0,60}的(?:通知|公告|决定|意见|函)")
_BEFORE_BODY = re.compile(
    r"第一章|第一条|目录|一、|为(?:了|贯彻|深入|全面|进一步|加快|推动|规范|加强|落实)|根据|按照"
)
_SERIAL = r"[（(]?(?:(?:19|20)\d{2}年?)?[）)]?第?[\d一二三四五六七八九十百〇零]{1,5}号"
_DECREE = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{2,80}}?)(?:公告|通告|令){_SERIAL}"
    r"|(?<![\u4e00-\u9fff])(?:(?:19|20)\d{2}年)?第\d{1,4}号(?![\u4e00-\u9fff])"
    r"|(?:19|20)\d{2}年第\d{1,4}号"
)
_NUMBERED = re.compile(r"文件|号")
_NOT_ADDRESSED = re.compile(r"[\d〔〕\[\]\\|]|通知$|关于")
LONGEST_SHORT = 4  # letters before a number's own: 工信部, 沪经信委; a whole name is longer
HEAD = 1500  # letters; title, number and addressees stand in them


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The head of a document.

    Attributes:
        title: repaired, with a blank between the bodies in it; None when there is none.
        title_end: offset in the view after the title.
        announced: title of the document that is issued with it (印发《…》), or "".
        numbers: its own document numbers.
        issuers: bodies named in the title or above it.
        addressees: bodies it is addressed to.
        end: offset in the view where the head ends.
    """

    title: Stated | None
    title_end: int
    announced: str
    numbers: tuple[Stated, ...]
    issuers: tuple[Stated, ...]
    addressees: tuple[Stated, ...]
    end: int


def read_head(view: View, given_title: str = "", *, page: bool = False) -> Head:
    """The head of a document.

    Args:
        view: the repaired text.
        given_title: what the file says of itself (HTML title, a head line), may be "".
        page: whether a page's own words stand above it: a first line is no title then.
    """
    start, end = _whole_title(view, *_title_bounds(view, given_title, page=page))
    names = _bodies_before(view, start) or _within_title(view, start, end)
    if end > start:
        start, end, names = _again(view, start, end, names)
    numbers = _numbers(view, start, end)
    names = names or _ordering(view, numbers) or _on_cover(view, end)
    addressees, after = _addressees(
        view, max([end, *(n_end for _, n_end in numbers if n_end < HEAD)])
    )
    beside = bool(names) and (names[-1].end == start or names[0].start == start)
    if not addressees and start > 0:
        addressees, after = _addressees(view, 0)
        after = after if after <= start else end
    whole = names[0].start if beside else start
    title = _titled(view, whole, end, names if beside else []) if end > start else None
    quoted = view.text[start - 1 : start] == "《"
    announced = _announced(view.text[start:end]) or _passed(view, start, end)
    return Head(
        title=title,
        title_end=end,
        announced=view.text[start:end] if quoted else announced,
        numbers=tuple({number.words: number for number, _ in reversed(numbers)}.values())[::-1],
        issuers=tuple(view.stated(n.start, n.end) for n in names),
        addressees=addressees,
        end=max(after, end),
    )


def _again(view: View, start: int, end: int, names: list[Name]) -> tuple[int, int, list[Name]]:
    """The last of several places where the title stands: a page prints it above the document."""
    words = view.text[start:end]
    at = start
    while (after := view.text.find(words, at + 1, HEAD)) >= 0:
        inside = view.at_break(start) and not view.at_break(after)
        if re.search(r"[。；]", view.text[end:after]) or view.text[after - 1] == "《" or inside:
            break
        names = _bodies_before(view, after) or names
        at, start, end = after, after, after + len(words)
    return start, end, names


def _within_title(view: View, start: int, end: int) -> list[Name]:
    """The bodies with which a title begins: 中共某省委 某省人民政府关于…的意见."""
    about = view.text.find("关于", start, end)
    names = _bodies_before(view, about) if about > start else []
    return names if names and names[0].start == start else []


def _ordering(view: View, numbers: list[tuple[Stated, int]]) -> list[Name]:
    """The bodies that an order or announcement names above its number: 某部令 第3号."""
    for number, end in numbers:
        word = re.search(r"(?:令|公告|通告)(?=[^令告]*$)", number.words)
        if word:
            first = end - len(number.words)
            last = first + word.start()
            named = run_of_bodies(view.text, first, last, blanks(view, first, last))
            return [_stateless(one) for one in named]
    return []


def _on_cover(view: View, at: int) -> list[Name]:
    """The bodies on a line of their own below the title, as on the cover of a plan."""
    end = view.next_break(at) if view.at_break(at) else at
    named = run_of_bodies(view.text, at, end, blanks(view, at, end)) if end - at > 3 else []
    whole = all(opens_name(view.text, n.start, n.end) and not swallowed(n.text) for n in named)
    return named if whole else []


def _stateless(name: Name) -> Name:
    """A body of the centre as everybody calls it."""
    state = "中华人民共和国"
    if not name.text.startswith(state):
        return name
    return Name(start=name.start + len(state), end=name.end, text=name.text[len(state) :])


def _titled(view: View, start: int, end: int, names: list[Name]) -> Stated:
    words = view.text[(names[-1].end if names else start) : end]
    joined = " ".join(n.text for n in names) + words
    return Stated(words=joined, span=view.passage(start, end))


def _announced(title: str) -> str:
    """X of 关于印发《X》的通知."""
    found = re.search(
        r"(?:印发|发布|公布|颁布|下发|批准|征求)《((?:[^《》]|《[^《》]*》)*)》", title
    )
    if found:
        return found[1]
    bare = re.search(
        rf"(?:印发|发布|公布|颁布)([^《》]{{4,60}}?{PLAN}(?:（[^（）]{{1,20}}）)?)的(?:通知|公告)",
        title,
    )
    return bare[1] if bare else ""


def _passed(view: View, start: int, end: int) -> str:
    """The regulation that an order below the title of a page puts into force."""
    named = _NAMED_BELOW.search(view.text, end, HEAD) if end > start else None
    name = (named["name"] or named["made"]) if named else ""
    return name if name.startswith(view.text[start:end]) else ""


def _title_bounds(view: View, given: str, *, page: bool) -> tuple[int, int]:
    text = view.text[:HEAD]
    about = _ABOUT.search(text) or _ABOUT_BROKEN.search(text)
    plan = _plan_line(view)
    given_at = _find_given(view, given)
    if about and plan and _within_plan(view, about, plan):
        about = None
    if about and _opens_document(view, about) and not (plan and plan[0] < about.start() - 60):
        return about.start(), about.end()
    if plan:
        return plan
    if given_at:
        return given_at
    line = next(((a, b) for a, b in view.lines()[:6] if b - a <= 80), None)
    return line if line and not page else (0, 0)


def _within_plan(view: View, about: re.Match[str], plan: tuple[int, int]) -> bool:
    """Whether 关于… is a plan's own line run on, or stands in its text: 为落实关于…的意见."""
    if plan[0] <= about.start() < plan[1]:
        return about.end() > plan[1] and view.at_break(plan[1])
    return plan[1] <= about.start() and not _titles(view, about)


def _titles(view: View, about: re.Match[str]) -> bool:
    """Whether 关于… begins a line, or follows the bodies that issue."""
    at = about.start()
    return view.at_break(at) or bool(_bodies_before(view, at))


def _opens_document(view: View, about: re.Match[str]) -> bool:
    """Whether 关于… stands at the top and not in the first paragraph."""
    before = view.text[: about.start()]
    if before.count("《") > before.count("》"):
        return False
    begun = view.at_break(about.start()) or about.start() == 0
    sentences = len(re.findall(r"[。；]", before))
    named = bool(_bodies_before(view, about.start()))
    opening = view.text[about.start() - 1 : about.start()]
    return sentences == 0 and opening not in "《（" if not begun else named or sentences <= 1


def _whole_title(view: View, start: int, end: int) -> tuple[int, int]:
    """With the bracket on the next line, （征求意见稿）; without a date in brackets."""
    marked = _DATED.search(view.text, start, end) or _NUMBER_BEHIND.search(view.text, start, end)
    if marked:
        return start, marked.start()
    while end > start and view.at_break(end):
        below = _BELOW_TITLE.match(view.text, end)
        if not below or (below.end() < len(view.text) and not view.at_break(below.end())):
            break
        end = below.end()
    return start, end


def _plan_line(view: View) -> tuple[int, int] | None:
    """A first line that is the name of a plan or regulation; or the name its preamble gives."""
    for start, end in _top_lines(view):
        whole = _PLAN_TITLE.fullmatch(view.text, start, end)
        if whole and whole[0].count("《") == whole[0].count("》"):
            return _wrapped_title(view, start), end
    named = _NAMED_BELOW.search(view.text[:HEAD])
    if named and re.search(
        r"关于[^《》。]{0,12}《" + re.escape(named[1] or named[2]), view.text[:HEAD]
    ):
        named = None  # the notice that issues it has a title of its own
    if named and not _TITLE_OUTSIDE.search(_QUOTED.sub("", view.text[: named.start()])):
        group = "name" if named["name"] else "made"
        return named.start(group), named.end(group)
    opening = _BEFORE_BODY.search(view.text[:160])
    flat = _PLAN_TITLE.match(view.text[: opening.start()]) if opening else None
    return (0, flat.end()) if flat and "《" not in flat[0] else None


def _top_lines(view: View) -> list[tuple[int, int]]:
    """The first lines; of a text in one line the first pieces between blanks."""
    lines = [line for line in view.lines()[:8] if line[0] <= HEAD]
    if len(view.lines()) > 2 or not lines or lines[0][1] < 200:
        return lines
    cuts = [0, *sorted(blanks(view, 0, 200)), 200]
    return [(a, b) for a, b in pairwise(cuts) if a < b][:4]


def _wrapped_title(view: View, start: int) -> int:
    """Where a title begins that runs over two lines: the line before it has no stop either."""
    before = [line for line in view.lines() if line[1] == start]
    if before and before[0][0] == 0 and re.fullmatch(r"[^，。；：、\d]{4,30}", view.text[:start]):
        return 0 if not IS_BODY.match(view.text[:start]) else start
    return start


def _find_given(view: View, given: str) -> tuple[int, int] | None:
    words = re.sub(r"\s+", "", given)
    if len(words) < 4:
        return None
    at = re.sub(r"\s", "\0", view.text).find(words)
    return (at, at + len(words)) if 0 <= at < HEAD else None


def _bodies_before(view: View, at: int) -> list[Name]:
    """The bodies that stand directly before 关于, as far back as they reach."""
    floor = max(0, at - 400)
    starts = {b for b in view.breaks if floor <= b < at} | ({0} if floor == 0 else set())
    starts |= {m.end() for m in _NUMBERED.finditer(view.text, floor, at)}
    for start in sorted(starts):
        if start < at:
            names = run_of_bodies(view.text, start, at, blanks(view, start, at))
            if names and not any(swallowed(n.text) for n in names):
                return names
    return []


def _numbers(view: View, title_start: int, title_end: int) -> list[tuple[Stated, int]]:
    """Its own numbers with their ends: above the title, below it, or on a line of their own."""
    found: list[tuple[Stated, int]] = []
    limit = min(len(view.text), title_end + 120)
    for span in read_document_numbers(view.text[:limit]):
        start = max([span.start, *(b for b in view.breaks if span.start < b < span.end - 8)])
        start = title_end if start < title_end < span.end - 6 else start
        start = _line_begun(view, start)
        own_line = view.at_break(start) and view.at_break(span.end)
        if not own_line and _is_cited(view.text, start, title_start, title_end):
            continue
        year = span.number.index("〔")
        body = view.text[start : span.end]
        opened = re.search(r"[〔\[［【（﹝]", body)
        short = body[: opened.start()] if opened else span.number[:year]
        if re.match(r"函[\u4e00-\u9fff]{2}", short) and view.text[start - 1] in "厅局部委院室":
            short, start = short[1:], start + 1
        words = short + span.number[year:]
        found.append((Stated(words=words, span=view.passage(start, span.end)), span.end))
    if not found:
        found = _decrees(view, title_start, title_end, limit)
    return found or (_lone_number(view) if title_end == 0 else [])


def _line_begun(view: View, at: int) -> int:
    """Where the line begins, if only a short form stands before: 沪经信委|产〔2026〕."""
    begun = max((b for b in view.breaks if at - LONGEST_SHORT <= b <= at), default=at)
    short = re.fullmatch(r"[\u4e00-\u9fff]*[部厅局委]", view.text[begun:at])
    return begun if short else at


def _lone_number(view: View) -> list[tuple[Stated, int]]:
    """A number on a line of its own, where no title stands above it."""
    for span in read_document_numbers(view.text[:HEAD]):
        if view.at_break(span.start) and view.at_break(span.end):
            return [(Stated(words=span.number, span=view.passage(span.start, span.end)), span.end)]
    return []


def _decrees(view: View, start: int, end: int, limit: int) -> list[tuple[Stated, int]]:
    """生态环境部令第28号, 公告2023年第12号."""
    for match in _DECREE.finditer(view.text[:limit]):
        at = _decree_start(view, match)
        cited = _is_cited(view.text, at, start, end) or view.text[at - 1 : at] in ("（", "《")
        if not cited and not (start <= at < end and match.end() <= end):
            words = view.text[at : match.end()]
            shut = words.count("（") > words.count("）") and view.text[match.end()] == "）"
            return [(view.stated(at, match.end() + shut), match.end() + shut)]
    return []


def _decree_start(view: View, match: re.Match[str]) -> int:
    """Where the bodies of an order begin: below what the page or the title says before them."""
    if match["body"] is None:
        return match.start()
    if match["body"].endswith(("公告", "通告")):  # 甲部乙部公告 公告2020年第43号
        return match.end("body")
    lines = [b for b in view.breaks if match.start() < b < match.end("body")]
    for at in (match.start(), *lines):
        names = run_of_bodies(view.text, at, match.end("body"), blanks(view, at, match.end("body")))
        if names and not any(swallowed(n.text) for n in names):
            return at
    return lines[-1] if lines else match.start()


def _is_cited(text: str, at: int, title_start: int, title_end: int) -> bool:
    before = text[max(0, at - 2) : at]
    if before.endswith("》（") or before.endswith("》"):
        return True
    if title_start <= at < title_end and "（" in text[title_start:at]:
        return True
    sentence = text[title_end:at] if at > title_end else ""
    return bool(re.search(r"[。，；]|根据|按照|依据|贯彻|《", sentence))


def _addressees(view: View, at: int) -> tuple[tuple[Stated, ...], int]:
    """The bodies before the first colon, where nothing but bodies stands there."""
    colon = view.text.find("：", at, at + 700)
    colon = view.text.find(":", at, at + 700) if colon < 0 else colon
    if colon < 0 or re.search(r"[。！？《]", view.text[at:colon]) or colon - at < 3:
        return (), at
    start = (
        at
        + len(view.text[at:colon])
        - len(view.text[at:colon].lstrip("（此件公开发布主动依申请）"))
    )
    for begin in (start, *(b for b in view.breaks if at < b < colon)):
        names = listed_bodies(view.text, begin, colon)
        fitting = [n for n in names if IS_BODY.match(n.text) or n.text.startswith(("各", "有关"))]
        plain = names and len(names[0].text) <= 60 and not _NOT_ADDRESSED.search(names[0].text)
        if plain and len(fitting) >= 0.6 * len(names):
            return tuple(view.stated(n.start, n.end) for n in names), colon + 1
    return (), at
