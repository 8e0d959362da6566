"""What a web page writes around a document: its table of particulars, crumbs, dates of posting."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, cast

from tanzhe.model.policy import Passage, Stated
from tanzhe.places import provinces
from tanzhe.policy.bodies.names import run_of_bodies
from tanzhe.policy.outline.view import shown_text
from tanzhe.policy.words import groups

Particular = Literal["title", "number", "issuer", "signed", "posted"]
# The particulars that rules on open government information ask every page to state.
_LABELS: tuple[tuple[Particular | None, str], ...] = tuple(
    (None if kind == "none" else cast(Particular, kind), words)
    for kind, words in groups("particular")
)
_KINDS = {f"k{n}": kind for n, (kind, _) in enumerate(_LABELS)}
_LABEL = re.compile(
    "(?<![\u4e00-\u9fff])[【〖\\[]?\\s*(?:"
    + "|".join(f"(?P<k{n}>{words})" for n, (_, words) in enumerate(_LABELS))
    + ")\\s*(?P<mark>[】〗\\]]?\\s*[：:]|[】〗\\]]|[（(](?=20\\d\\d)|(?=\\s*[\t|]|\\s*$))"
)
# Only such a table has these.
_SURE = re.compile(
    r"索\s*引\s*号|发文字号|发文机关|成文日期|发文机构|主题分类|体裁分类|公文时效|发布机构|生成日期"
)
# What a reader sets or presses: its value never stands on the next line, the document does.
_TOOL = re.compile(
    r"[【〖\[]?\s*(?:字\s*[号体]|视力保护色|保护视力色|分享到?|浏览|点击|阅读|访问|附件下载|文件下载|下载)"
)
_GAP = " \t|*#_>　[]【】〖〗（）()"
_BULLET = re.compile(r"(?:\d{1,2}[.、)]|[-+·•])?")
# 2026-03-09 10:11: whatever has a clock beside it was posted then, and not signed.
_CLOCK = re.compile(
    r"20\d\d\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}日?[\s　T]{0,4}\d{1,2}[:：]\d{2}"
)
_CRUMBS = re.compile(
    r"(?:首页|位置|政务公开|信息公开|政策文件|通知公告)[^。；]{0,40}?[>＞»›→/]|[>＞»›→][^。；]{0,30}[>＞»›→]"
)
_BUTTONS = re.compile(
    r"(?:大|中|小|原创|打印(?:本页|此页)?|关闭(?:窗口|本页)?|收藏|分享|微信|微博|微信好友|朋友圈|新浪|[Qq]{2}(?:空间)?|纠错|我要纠错"
    r"|语音播报|朗读|听全文|下载(?:文件|全文)?|正文|扫一扫|二维码|无障碍|适老化|简|繁|EN|字体|字号|[A-]|[\s\[\]【】|·/、+：:-])+"
)
# 近日，甲、乙印发《丙》…《丙》全文如下。: an agency hands on the document itself.
_LEAD = re.compile(
    r"(?:近日|日前|日电)[，,\s]{0,4}(?P<who>[^《》。，]{4,200}?)"
    r"(?:联合)?(?:印发|发布|公布|出台)了?\s{0,4}《(?P<name>[^》\n]{3,80})》"
)
_WHOLE = re.compile(r"全文如下[。：:]")
LONGEST_LEAD = 600  # letters from there to the document
SHORTEST_WHOLE = 300  # letters below a title; less is no document but a link to it
LONGEST_TOP = 4000  # letters in which such a lead stands
LONGEST_BYLINE = 14  # letters of a name under a title; a title is longer
FEWEST_BEHIND_TITLE = 2  # labels with colons behind a title on one line; one may be its own word
MOST_BYLINES = 3  # author, account, editor
LONGEST_LINE = 400  # of particulars in one line
MOST_LINES = 160  # above a document: menus of large sites


@dataclass(frozen=True, kw_only=True, slots=True)
class Masthead:
    """What a page states of a document, and the stretches in which it does.

    Attributes:
        particulars: title, number, issuer and dates as the page states them.
        spans: start and end of every stretch that is the page's and not the document's.
    """

    particulars: dict[Particular, Stated] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()

    def stated(self, name: Particular) -> tuple[Stated, ...]:
        """The particular in a tuple, () where the page does not state it."""
        found = self.particulars.get(name)
        return (found,) if found else ()

    def issuers(self) -> tuple[Stated, ...]:
        """The bodies the page names, each for itself: 甲、乙."""
        return tuple(
            one.model_copy(update={"words": words})
            for one in self.stated("issuer")
            for piece in re.split(r"[、，,;；\s]+(?![^（(]*[）)])", one.words)
            for words in [n.text for n in run_of_bodies(piece, 0, len(piece))] or [piece]
            if words
        )


def read_masthead(source: str) -> Masthead:
    r"""The particulars of a page and where they stand; nothing for a document alone.

    Args:
        source: the text as read, with its line breaks.

    Example:
        >>> page = "发文字号：某发〔2026〕3号\n关于节电的通知\n各县：\n现通知。"
        >>> found = read_masthead(page)
        >>> found.particulars["number"].words, [page[a:b] for a, b in found.spans]
        ('某发〔2026〕3号', ['发文字号：某发〔2026〕3号'])
    """
    particulars: dict[Particular, Stated] = {}
    taken: dict[int, tuple[int, int]] = {}
    top = list(_top_lines(shown_text(source)))
    tabled = any(_SURE.search(line) for _, _, line in top)
    awaited: tuple[Particular | None] | None = None  # a label whose value stands on the next line
    for number, at, line in top:
        fields = list(_fields(line, tabled=tabled))
        if fields:
            first = 0 if _BULLET.fullmatch(line[: fields[0][0]].strip(_GAP)) else fields[0][0]
            taken[number] = (at + first, at + len(line))
            for _, kind, start, end in fields:
                _keep(particulars, kind, source, at + start, at + end)
            last = fields[-1]
            bare = last[2] == last[3] and not _TOOL.match(line, last[0])
            awaited = (last[1],) if bare else None
            continue
        if awaited is not None and not line.rstrip().endswith(("：", ":")):
            taken[number] = (at, at + len(line))
            _keep(particulars, awaited[0], source, at, at + len(line))
        elif _CLOCK.search(line):
            taken[number] = (at, at + len(line))
            taken.update(_bylines(top, number))
        elif _CRUMBS.search(line) or _BUTTONS.fullmatch(line):
            taken[number] = (at, at + len(line))
        awaited = None
    spans = sorted(taken.values())
    lead = _LEAD.search(source[:LONGEST_TOP])
    begun = _handed_on(source, lead) if lead else None
    if lead and begun:
        spans = [(0, begun)]
        _keep(particulars, "issuer", source, *lead.span("who"))
    return Masthead(particulars=particulars, spans=tuple(spans))


def _handed_on(source: str, lead: re.Match[str]) -> int | None:
    """Where the document itself begins below such a lead: after the word, or at its own title."""
    stop = lead.end() + LONGEST_LEAD
    whole = _WHOLE.search(source, lead.end(), stop)
    if whole:
        return whole.end()
    title = re.compile(rf"^[*#\s]*{re.escape(lead['name'])}[*#\s]*$", re.M)
    again = title.search(source, lead.end(), stop)
    return again.start() if again and len(source) - again.end() > SHORTEST_WHOLE else None


def _top_lines(source: str) -> Iterator[tuple[int, int, str]]:
    """The lines above the first sentence, with their numbers and offsets."""
    at = seen = 0
    awaited = False
    for number, line in enumerate(source.split("\n")):
        words = line.strip()
        prose = re.search(r"。", words) and not _LABEL.match(words.lstrip(_GAP)) and not awaited
        if prose or seen > MOST_LINES:
            return
        if words and len(words) <= LONGEST_LINE:
            seen += 1
            awaited = bool(_LABEL.fullmatch(words.strip(_GAP)))  # 内容概述：, its value below
            yield number, at, line
        at += len(line) + 1


def _bylines(top: list[tuple[int, int, str]], clock: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """The short lines around a time of posting: who posted it, and from where."""
    place = next(i for i, (number, _, _) in enumerate(top) if number == clock)
    for number, at, line in reversed(top[max(0, place - MOST_BYLINES) : place]):
        if len(line.strip()) > LONGEST_BYLINE:
            break
        yield number, (at, at + len(line))
    for number, at, line in top[place + 1 : place + 2]:
        if line.strip() in {p.zh for p in provinces()}:
            yield number, (at, at + len(line))


def _fields(line: str, *, tabled: bool) -> Iterator[tuple[int, Particular | None, int, int]]:
    """The labels of a line of particulars: where each begins, its kind, and where its value stands.

    Args:
        line: a line above the document.
        tabled: whether the page has a table of particulars; else a label needs its colon.
    """
    found = [one for one in _LABEL.finditer(line) if tabled or one["mark"].strip()]
    before = line[: found[0].start()].strip(_GAP) if found else ""
    several = sum(one["mark"].strip() in ("：", ":") for one in found) >= FEWEST_BEHIND_TITLE
    if not found or not (_BULLET.fullmatch(before) or _CLOCK.search(before) or several):
        return
    for number, label in enumerate(found):
        stop = found[number + 1].start() if number + 1 < len(found) else len(line)
        words = line[label.end() : stop]
        start = label.end() + len(words) - len(words.lstrip(_GAP))
        end = max(start, label.end() + len(words.rstrip(_GAP)))
        kind = next(kind for name, kind in _KINDS.items() if label[name] is not None)
        yield label.start(), kind, start, end


def _keep(
    particulars: dict[Particular, Stated], kind: Particular | None, source: str, a: int, b: int
) -> None:
    """Keep a particular that says something, the first of its kind."""
    words = re.sub(r"^[-—\\]+", "", " ".join(source[a:b].split()).strip(_GAP))
    words += "）" * (words.count("（") - words.count("）"))
    if kind and words.strip("-—/无\\") and kind not in particulars:
        particulars[kind] = Stated(words=words, span=Passage(start=a, end=b, text=source[a:b]))
