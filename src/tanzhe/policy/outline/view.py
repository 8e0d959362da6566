"""A repaired view of a text: one flowing line whose every letter knows where it came from."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tanzhe.characters import simplified
from tanzhe.model.policy import Passage, Stated
from tanzhe.policy.outline.markup import unlinked
from tanzhe.text.files.boilerplate import without_boilerplate

_CJK = r"\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’—…·①-⑳"
_IS_CJK = re.compile(rf"[{_CJK}]")
_WIDE = str.maketrans("([:;?!,", "（［：；？！，")
_WIDE_END = str.maketrans(")]", "）］")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％－／＝＜＞≧≦", "0123456789.%-/=<>≥≤")
# Page numbers, running feet and what a page's buttons say.
FURNITURE = re.compile(
    r"\s*(?:[-—–―·~]+\s*\d{1,4}\s*[-—–―·~]+"
    r"|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|page\s*\d+(?:\s*of\s*\d+)?|字号[:：]?\s*(?:[大中小]\s*)*|打印(?:本页)?"
    r"|关闭(?:窗口)?|分享到?[:：]?.{0,12}"
    r"|扫一扫.{0,20}|-{3,}|\*{3,}|_{3,})\s*",
    re.I,
)
# Letters that a scan read for digits: 2O25年, 〔2025〕l7号; not those of CO2, H2O and PM2.5.
_MISREAD = re.compile(
    r"(?<=\d)[Oo](?=[\d年月日号%％〕］万亿个])|(?<=\d)[lI](?=[\d年月日号%％〕］])"
    r"|(?<![A-Za-z\d])[lI](?=\d{0,3}\s*[年月日号%％])"
)
_MEANT = str.maketrans("OolI", "0011")
_SAYS = re.compile(r"[^\s\[\]\\!|>_*#]")  # a line of brackets is what is left of a menu
_LONE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_MARKS = re.compile(
    r"\*{2,}|__|`+|</?(?:br|p|b|strong|span|div|u|font)\b[^>\n]{0,80}>|&(?:nbsp|emsp|ensp);|�|\[\^\d{1,3}\]:?"
)
_LINE_MARKS = re.compile(r"\s*(?:#{1,6}|>+|[•●◆■▪▶]|[-+*](?=\s))\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """The text without line breaks, stray blanks, marks and page furniture.

    Attributes:
        source: the text as read.
        text: the repaired text.
        origin: for every letter of `text` its offset in `source`.
        breaks: sorted offsets in `text` at which a line of the source began.
    """

    source: str
    text: str
    origin: tuple[int, ...]
    breaks: tuple[int, ...]

    def passage(self, start: int, end: int) -> Passage:
        """The passage of the source that `text[start:end]` came from."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        return Passage(start=first, end=last, text=self.source[first:last])

    def stated(self, start: int, end: int) -> Stated:
        """The repaired words and their passage."""
        return Stated(words=self.text[start:end], span=self.passage(start, end))

    def at_break(self, at: int) -> bool:
        """Whether a line of the source began here."""
        index = bisect_left(self.breaks, at)
        return at == 0 or (index < len(self.breaks) and self.breaks[index] == at)

    def next_break(self, at: int) -> int:
        """The first line start after an offset, or the end of the text."""
        index = bisect_left(self.breaks, at + 1)
        return self.breaks[index] if index < len(self.breaks) else len(self.text)

    def lines(self) -> list[tuple[int, int]]:
        """Start and end of every line of the repaired text."""
        starts = [0, *(b for b in self.breaks if b > 0)]
        return [(a, b) for a, b in zip(starts, [*starts[1:], len(self.text)], strict=True) if a < b]


def _line_offsets(source: str) -> list[tuple[int, int]]:
    bounds, at = [], 0
    for line in source.split("\n"):
        bounds.append((at, at + len(line)))
        at += len(line) + 1
    return bounds


def _repeated(lines: Iterable[str]) -> set[str]:
    """Short lines that come again and again: running heads."""
    counted = Counter(line.strip() for line in lines)
    return {
        line
        for line, times in counted.items()
        if times >= 4 and 4 <= len(line) <= 40 and "\t" not in line and "|" not in line
    }


def _kept(
    source: str, bounds: list[tuple[int, int]], cut: Collection[int]
) -> list[tuple[int, int]]:
    """The lines that say something; lone page numbers go where the next line goes on."""
    heads = _repeated(source[a:b] for a, b in bounds)
    kept = []
    for number, (a, b) in enumerate(bounds):
        line = source[a:b]
        gone = number in cut or not _SAYS.search(line) or FURNITURE.fullmatch(line)
        if not gone and not _LONE_NUMBER.fullmatch(line) and line.strip() not in heads:
            kept.append((a, b))
    return kept


def _letters(source: str, a: int, b: int) -> list[tuple[str, int]]:
    """The letters of a line with their offsets, without marks and outer blanks."""
    lead = _LINE_MARKS.match(source, a, b)
    at = lead.end() if lead else a
    gone: set[int] = set()
    for mark in _MARKS.finditer(source, at, b):
        gone.update(range(mark.start(), mark.end()))
    return [(source[i], i) for i in range(at, b) if i not in gone]


def _joined(lines: list[list[tuple[str, int]]]) -> tuple[str, list[int], list[int]]:
    """One flowing text; a blank stays only between two letters that are not Chinese."""
    text: list[str] = []
    origin: list[int] = []
    breaks: list[int] = []
    for line in lines:
        blank, begun = bool(text), False
        for letter, at in line:
            if letter.isspace():
                blank = True
                continue
            if blank and text and not _IS_CJK.match(letter) and not _IS_CJK.match(text[-1]):
                text.append(" ")
                origin.append(origin[-1] + 1)
            if not begun:
                breaks.append(len(text))
                begun = True
            blank = False
            text.append(letter)
            origin.append(at)
    return "".join(text), origin, breaks


def _widened(text: str) -> str:
    """Simplified, with Chinese brackets and stops beside Chinese letters, letter for letter."""
    text = simplified(text).translate(_FULL_WIDTH)
    near = re.compile(
        rf"(?<=[{_CJK}%])[(\[:;?!)\],]|[(\[:;?!)\],](?=[{_CJK}])|(?<=[（［\d])[)\]]|\((?=\d)"
    )
    text = _MISREAD.sub(lambda m: m[0].translate(_MEANT), text)
    return near.sub(lambda m: m[0].translate(_WIDE).translate(_WIDE_END), text)


def shown_text(source: str) -> str:
    """The text without links and what stands around it; every offset stays."""
    return without_boilerplate(unlinked(source))


def repaired(source: str, cut: Collection[int] = (), blank: Iterable[tuple[int, int]] = ()) -> View:
    r"""The repaired view of a text.

    Args:
        source: the text as read.
        cut: numbers of lines to leave out (tables), counted from 0.
        blank: stretches to leave out (what a page writes around a document).

    Example:
        >>> view = repaired("云南省工业和 信息\n\n— 3 —\n\n化厅**印发**")
        >>> view.text, view.passage(0, 5).text
        ('云南省工业和信息化厅印发', '云南省工业')
    """
    bounds = _line_offsets(source)
    shown = shown_text(source)
    for a, b in blank:
        shown = shown[:a] + re.sub(r"[^\n]", " ", shown[a:b]) + shown[b:]
    lines = [_letters(shown, a, b) for a, b in _kept(shown, bounds, cut)]
    text, origin, breaks = _joined(lines)
    return View(source=source, text=_widened(text), origin=tuple(origin), breaks=tuple(breaks))
