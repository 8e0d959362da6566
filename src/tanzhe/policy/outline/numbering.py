"""Numbers of parts: 第一章, 一、, （一）, 1., 1.1, (1), ①, also where a bracket is missing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tanzhe.numerals import small_number
from tanzhe.policy.outline.view import View

Style = Literal[
    "chapter", "section", "article", "comma", "paren",
    "dot", "decimal", "sub_decimal", "digit_paren", "ring",
]  # fmt: skip
# The order in which official documents nest them (GB/T 9704 and the rules on regulations).
RANKS: dict[Style, int] = {
    "chapter": 0, "section": 1, "article": 2, "comma": 3, "paren": 4,
    "dot": 5, "decimal": 6, "sub_decimal": 7, "digit_paren": 8, "ring": 9,
}  # fmt: skip
_ZH = "[一二三四五六七八九十百〇零两]{1,5}"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第({_ZH}|\d{{1,2}})[章编篇](?:[、：]|(?!节))")),
    ("section", re.compile(rf"第({_ZH}|\d{{1,2}})节(?!约|能)")),
    ("article", re.compile(rf"第({_ZH}|\d{{1,3}})条(?![第、款例件和至]|的规定|规定)")),
    ("comma", re.compile(rf"({_ZH})(?:、|．|\.(?!\d))")),
    ("paren", re.compile(rf"[（〈<﹙]({_ZH})(?:[）〉>﹚]、?|(?=[\u4e00-\u9fff]))|({_ZH})）")),
    ("dot", re.compile(r"(?<![\d.])(\d{1,2})(?:[．、]|\.(?![\d]))")),
    ("digit_paren", re.compile(r"（(\d{1,2})）|(?<![\d（.])(\d{1,2})）")),
    ("ring", re.compile(r"([①-⑳])")),
)
_ENDS = "。；！？：”）】〕］》…;"
_SENTENCE_ENDS = "。；！？"
LONGEST_HEADING = 45
MOST_LEFT_OUT = 50  # articles that an extract leaves out between two


@dataclass(frozen=True, kw_only=True, slots=True)
class Marker:
    """A number that opens a part: where, which style, which ordinal."""

    start: int
    end: int
    style: Style
    ordinal: int

    @property
    def rank(self) -> int:
        """How deep parts of this style lie; 0 is outermost."""
        return RANKS[self.style]


def _ordinal(words: str) -> int | None:
    if len(words) == 1 and "①" <= words <= "⑳":
        return ord(words) - ord("①") + 1
    return small_number(words)


def _spaced_dot(view: View) -> Iterator[Marker]:
    """1. 2025年 loses its blank in the view; the source still has it."""
    for match in re.finditer(r"(?<![\d.])(\d{1,2})\.(?=\d)", view.text):
        gap = view.source[view.origin[match.end() - 1] + 1 : view.origin[match.end()]]
        if gap and view.at_break(match.start()):
            yield Marker(start=match.start(), end=match.end(), style="dot", ordinal=int(match[1]))


_DECIMAL = re.compile(
    r"(?<![\d.])\d{1,2}\.(?P<mid>\d{1,2})(?:\.(?P<last>\d{1,2}))?(?![\d.%])(?=[^\d,])"
)
_UNIT = re.compile(r"[个家项座万亿千百吨米元度倍年月日克%℃a-zA-Z]|平方|立方|公[里顷斤]")
_BARE = re.compile(r"(?<![\d.])(?P<number>\d{1,2})(?=[\u4e00-\u9fff])")


def _opens_words(view: View, at: int) -> bool:
    """Whether a heading follows a number: words after a blank, and no unit (1.5万吨)."""
    gap = view.source[view.origin[at - 1] + 1 : view.origin[at]]
    return bool(gap) or not _UNIT.match(view.text, at)


def _decimals(view: View) -> Iterator[Marker]:
    """1.1 and 1.1.1 at the beginning of a line, and the 1 without a point above them."""
    inner: set[str] = set()
    for match in _DECIMAL.finditer(view.text):
        if not view.at_break(match.start()) or not _opens_words(view, match.end()):
            continue
        inner.add(match[0].partition(".")[0])
        style: Style = "sub_decimal" if match["last"] else "decimal"
        ordinal = int(match["last"] or match["mid"])
        yield Marker(start=match.start(), end=match.end(), style=style, ordinal=ordinal)
    for match in _BARE.finditer(view.text) if inner else ():
        gap = view.source[view.origin[match.end() - 1] + 1 : view.origin[match.end()]]
        if gap and view.at_break(match.start()) and match["number"] in inner:
            number = int(match["number"])
            yield Marker(start=match.start(), end=match.end(), style="dot", ordinal=number)


def candidates(view: View) -> list[Marker]:
    """Everything that may be the number of a part, in order."""
    found = [*_spaced_dot(view), *_decimals(view)]
    for style, pattern in _PATTERNS:
        for match in pattern.finditer(view.text):
            words = next(group for group in match.groups() if group)
            ordinal = _ordinal(words)
            whole = match[0][0] == "（" and match[0].endswith("）")
            lone = style in ("paren", "digit_paren") and not whole
            if ordinal and not (lone and not view.at_break(match.start())):
                found.append(
                    Marker(start=match.start(), end=match.end(), style=style, ordinal=ordinal)
                )
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Marker] = []
    for marker in found:
        if not kept or marker.start >= kept[-1].end:
            kept.append(marker)
    return kept


def _in_place(view: View, marker: Marker, last: Marker | None) -> bool:
    """Whether a part may begin here: a new line, after a sentence, or after a short heading."""
    if view.at_break(marker.start) or view.text[marker.start - 1] in _ENDS:
        return True
    if last is None or marker.start - last.end > LONGEST_HEADING:
        return False
    between = view.text[last.end : marker.start]
    deeper = marker.rank > last.rank or (marker.rank == last.rank == RANKS["chapter"])
    return deeper and not any(c in between for c in _SENTENCE_ENDS + "（《")


def _opens_a_list(view: View, marker: Marker, following: list[Marker]) -> bool:
    """Whether a first number without a place of its own is followed by a second that has one."""
    if marker.ordinal != 1 or marker.style in ("dot", "digit_paren", "ring"):
        return False
    for other in following:
        if other.style == marker.style:
            return other.ordinal == 2 and _in_place(view, other, None)
    return False


def _is_clause_of_law(view: View, marker: Marker) -> bool:
    """Whether 第N条 or 第N章 opens a clause and is not a mention: 依照本办法第十条."""
    if marker.style not in ("article", "chapter"):
        return False
    return view.text[marker.start - 1] not in "照据法例定则程、和至第或及由反按依和与"


def _begins(last: Marker | None, marker: Marker) -> bool:
    """Whether an article is the first below the line of its chapter."""
    if last is None or last.style not in ("chapter", "section"):
        return False
    return marker.style == "article" and marker.start - last.end <= LONGEST_HEADING


def accepted(view: View) -> list[Marker]:
    """The numbers that open parts, told from mentions (依照第三条) by place and by order."""
    kept: list[Marker] = []
    latest: dict[Style, int] = {}
    found = candidates(view)
    for number, marker in enumerate(found):
        last = kept[-1] if kept else None
        rest = found[number + 1 : number + 40]
        before = latest.get(marker.style, 0)
        next_one = marker.ordinal == before + 1
        expected = next_one and before > 0 and _is_clause_of_law(view, marker)
        if not (expected or _in_place(view, marker, last) or _opens_a_list(view, marker, rest)):
            continue
        ended = marker.start == 0 or view.text[marker.start - 1] in _ENDS or _begins(last, marker)
        # 第五条 below 第一条 on a line of its own: an extract leaves articles out.
        gap = MOST_LEFT_OUT if marker.style in ("chapter", "article") else 3
        skipped = ended and view.at_break(marker.start) and before < marker.ordinal <= before + gap
        if marker.ordinal == 1 or next_one or skipped:
            kept.append(marker)
            latest[marker.style] = marker.ordinal
    return kept
