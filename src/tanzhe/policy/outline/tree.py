"""The tree of a document's numbered parts, with headings."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tanzhe.policy.outline.numbering import LONGEST_HEADING, RANKS, Marker, accepted
from tanzhe.policy.outline.view import View
from tanzhe.policy.words import either

_FIRST_STOP = re.compile(r"[。：；！？]")
# 第三条【职责】 and 第三条（职责）
_BRACKETED = re.compile(r"[【（〔][\u4e00-\u9fff、]{2,14}[】）〕]")
# What follows explains a table or illustrates: nobody's tasks.
_ASIDE = re.compile(
    r"(?:备?注|附注|注释)[：:]|(?:指标|名词|术语)(?:解释|说明|释义|含义)|专栏[\d一二三四五六七八九十]{0,2}"
)
_CLAUSE_STOP = re.compile(r"[，。：；！？]")
# Headings of sections that say their name and no more, also where the text lost its line breaks.
_RUN_ON = re.compile(either("named_sections"))
# 实施 and 保障 name a section only where nothing follows: 实施节能改造 is a task.
NAMED_SECTION = re.compile(f"{either('named_sections')}|{either('bare_sections')}")
SHORT_LINE = 17


@dataclass(kw_only=True, slots=True)
class Part:
    """A numbered part of a document.

    Attributes:
        marker: its number.
        end: offset after its last letter, sub-parts included.
        heading_end: offset after its heading; the heading begins where the number ends.
        parts: the parts inside it.
        parent: the part it stands in, or None.
    """

    marker: Marker
    end: int
    heading_end: int = 0
    parts: list["Part"] = field(default_factory=list)
    parent: "Part | None" = None

    @property
    def start(self) -> int:
        """Offset of its number."""
        return self.marker.start

    @property
    def own_end(self) -> int:
        """Offset where its own words end and its first sub-part begins."""
        return self.parts[0].start if self.parts else self.end

    def walk(self) -> Iterator["Part"]:
        """This part and all inside it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()


def heading(view: View, part: Part) -> str:
    """The heading of a part, without number and stop."""
    return view.text[part.marker.end : part.heading_end].strip(" 。：；，、【】")


def _without_contents(view: View, markers: list[Marker]) -> list[Marker]:
    """The markers without a table of contents, whose entries all come again."""
    at = re.search(r"目录", view.text[:3000])
    if not at:
        return markers
    inside = []
    for marker in markers:
        if marker.start < at.end():
            continue
        name = view.text[marker.start : marker.end + 4]
        if view.text.find(name, marker.end) < 0:
            break
        inside.append(marker)
    return [m for m in markers if m not in inside]


def _without_asides(view: View, markers: list[Marker]) -> list[Marker]:
    """The markers without the lists below 注： and in a box (专栏1)."""
    kept: list[Marker] = []
    asides = [m.end() for m in _ASIDE.finditer(view.text) if view.at_break(m.start())]
    for marker in markers:
        opened = max((at for at in asides if at <= marker.start), default=None)
        closed = opened is not None and any(
            m.start >= opened and m.rank < RANKS["dot"] for m in markers if m.start < marker.start
        )
        if opened is None or closed or marker.rank < RANKS["dot"]:
            kept.append(marker)
    return kept


def outline(
    view: View, start: int = 0, end: int | None = None, *, asides: bool = False
) -> list[Part]:
    """The outermost parts between two offsets, each with its sub-parts.

    A part of the same or an outer rank closes the open one; numbers may run on across sections.

    Args:
        view: the repaired text.
        start: where to begin.
        end: where to stop, or None for the end.
        asides: whether lists below 注： and in boxes count.
    """
    stop = len(view.text) if end is None else end
    inside = [m for m in accepted(view) if start <= m.start < stop]
    roots: list[Part] = []
    opened: list[Part] = []
    markers = _without_contents(view, inside)
    for marker in markers if asides else _without_asides(view, markers):
        while opened and opened[-1].marker.rank >= marker.rank:
            opened.pop()
        part = Part(marker=marker, end=stop, parent=opened[-1] if opened else None)
        (opened[-1].parts if opened else roots).append(part)
        opened.append(part)
    _close(roots, stop)
    _set_headings(view, roots)
    return roots


def _close(parts: list[Part], stop: int) -> None:
    for number, part in enumerate(parts, 1):
        part.end = parts[number].start if number < len(parts) else stop
        _close(part.parts, part.end)


def _candidates(view: View, part: Part) -> tuple[int, int]:
    """Where the heading would end by its first stop, and by its first line break."""
    stop = _FIRST_STOP.search(view.text, part.marker.end, part.own_end)
    line = min(view.next_break(part.marker.end), part.own_end)
    return (stop.start() if stop else part.own_end), line


def _set_headings(view: View, roots: list[Part]) -> None:
    """Headings end alike among parts of one rank: with a stop, or with the line."""
    ranks: dict[int, list[Part]] = defaultdict(list)
    for root in roots:
        for part in root.walk():
            ranks[part.marker.rank].append(part)
    for parts in ranks.values():
        ends = [_candidates(view, part) for part in parts]
        by_stop = sum(stop < line for stop, line in ends)
        by_line = sum(line <= stop and line - p.marker.end <= LONGEST_HEADING
                      for p, (stop, line) in zip(parts, ends, strict=True))  # fmt: skip
        for part, (stop, line) in zip(parts, ends, strict=True):
            part.heading_end = _heading_end(view, part, stop, line, stops=by_stop >= by_line)


def _heading_end(view: View, part: Part, stop: int, line: int, *, stops: bool) -> int:
    bracketed = _BRACKETED.match(view.text, part.marker.end, part.own_end)
    if bracketed and part.marker.style == "article":
        return bracketed.end()
    named = _RUN_ON.match(view.text, part.marker.end, part.own_end)
    if named and stop > named.end():
        return min(line, stop) if line - part.marker.end <= LONGEST_HEADING else named.end()
    order = (stop, line) if stops else (line, stop)
    for end in order:
        torn = stops and end == line and end < stop  # a page may break a sentence anywhere
        if end - part.marker.end <= (SHORT_LINE if torn else LONGEST_HEADING):
            return end
    clause = _CLAUSE_STOP.search(view.text, part.marker.end, part.own_end)
    end = clause.start() if clause else part.own_end
    return min(end, part.marker.end + LONGEST_HEADING)
