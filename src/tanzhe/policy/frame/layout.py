"""Which stretch of a file is the policy itself: after the notice, before the annexes."""

import re
from dataclasses import dataclass

from tanzhe.policy.frame.colophon import Colophon
from tanzhe.policy.frame.head import Head
from tanzhe.policy.outline.annexes import annex_starts
from tanzhe.policy.outline.numbering import RANKS, accepted
from tanzhe.policy.outline.view import View

_LISTED_ANNEX = re.compile(r"附件?：(?=\d{1,2}[.．]|[^。]{4,80})")
_AFTERWORD = re.compile(r"(?:^|[。）])(?:抄送|主题词|信息公开选项|（此件.{0,8}公开.{0,4}）)")
_PLAN_NAME = re.compile(r"[^，。；：！？《》]{4,60}(?:方案|规划|计划|要点)(?:（[^（）]{1,20}）)?")
_HANDS_ON = re.compile(
    r"(?:印发|转发|下发)给你们|现(?:予|将)?(?:印发|转发|公布|发布|下发)|现将.{4,80}(?:印发|转发|下发)"
)
FEWEST_PARTS = 3  # numbered parts of an appended plan; headlines of other pages have none
SHORTEST = 150  # letters; a named annex without text is no document


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Offsets in the view.

    Attributes:
        start: where the policy's own text begins.
        end: where it ends.
        annexes: start, end of the heading, and name of every annex.
    """

    start: int
    end: int
    annexes: tuple[tuple[int, int, str], ...]


def _spaceless(words: str) -> str:
    return re.sub(r"\s", "", words)


def _announced_at(view: View, head: Head, colophon: Colophon) -> int | None:
    """Where the document begins that the notice issues."""
    name = re.sub(r"（20\d\d年?[-—–－]20\d\d年?）$", "", _spaceless(head.announced))
    if len(name) < 4:
        return None
    at, found = head.title_end, None
    while (at := view.text.find(name, at)) >= 0:
        quoted = (
            view.text[at - 1 : at] in "《〈"
            or view.text[at + len(name) : at + len(name) + 1] in "》〉"
        )
        listed = re.search(r"附件?[：:]?(?:\d{1,2}[.．、])?$", view.text[max(0, at - 8) : at])
        later = colophon.end is None or at >= colophon.end or view.at_break(at)
        if not quoted and later and not (listed and _only_listed(view, at, name, colophon)):
            found = at + len(name)
            break
        at += 1
    if found is None:
        return None
    numbered = any(m.start >= found for m in accepted(view))
    return found if numbered or len(view.text) - found > SHORTEST else None


def _only_listed(view: View, at: int, name: str, colophon: Colophon) -> bool:
    """Whether an annex is only named here and comes later, or not at all."""
    again = view.text.find(name, at + len(name))
    signed_after = colophon.start is not None and at < colophon.start
    return signed_after or again >= 0


def _after_signature(
    view: View, head: Head, colophon: Colophon, annexes: list[tuple[int, int, str]]
) -> int | None:
    """Below the signature of a notice or decree, where numbered parts follow.

    A notice with parts of its own stays the document; what it appends are annexes. A notice that
    only hands a document on is followed by it, however short that is.
    """
    if colophon.end is None:
        return None
    handed = _handed_on(view, head, colophon)
    if handed is not None:
        below = [end for at, end, _ in annexes if colophon.end <= at <= handed]
        return below[-1] if below else colophon.end
    rest = sum(m.start >= colophon.end for m in accepted(view))
    before = sum(head.end <= m.start < colophon.end for m in accepted(view))
    if annexes and annexes[0][0] - colophon.end <= SHORTEST:
        return annexes[0][1] if rest >= 3 and before == 0 else None
    long = len(view.text) - colophon.end >= 3 * SHORTEST
    return colophon.end if long and rest >= 3 and rest > before else None


def _handed_on(view: View, head: Head, colophon: Colophon) -> int | None:
    """Where the first part stands below the signature of a notice without parts of its own."""
    assert colophon.end is not None
    parts = accepted(view)
    if any(head.end <= m.start < colophon.end for m in parts):
        return None
    if not _HANDS_ON.search(view.text, head.end, colophon.end):
        return None
    below = next((m for m in parts if m.start >= colophon.end), None)
    opens = below is not None and below.ordinal == 1 and below.rank <= RANKS["comma"]
    return below.start if below is not None and opens else None


def appended_plan(view: View, colophon: Colophon) -> tuple[int, int] | None:
    """Where the plan stands that a notice with parts of its own appends below its signature."""
    signed = colophon.end
    if signed is None or sum(m.start >= signed for m in accepted(view)) < FEWEST_PARTS:
        return None
    for start, end in view.lines():
        near = signed <= start <= signed + SHORTEST
        if near and _PLAN_NAME.fullmatch(view.text, start, end):
            return end, len(view.text)
    return None


def layout(view: View, head: Head, colophon: Colophon) -> Layout:
    """The stretch of the policy itself, and its annexes."""
    annexes = annex_starts(view, head.end, colophon.end)
    start = _announced_at(view, head, colophon)
    if start is None:
        start = _after_signature(view, head, colophon, annexes)
    main = start if start is not None else head.end
    later = [one for one in annexes if one[0] > main]
    ends = [a for a, _, _ in later if a - main > SHORTEST]
    if colophon.start is not None and colophon.start > main + 20:
        ends.append(colophon.start)
    afterword = _AFTERWORD.search(view.text, main + 20)
    if afterword:
        ends.append(afterword.start() + (afterword[0][0] in "。）"))
    end = min(ends, default=len(view.text))
    listed = [m.start() for m in _LISTED_ANNEX.finditer(view.text, main, end)]
    if listed and end - listed[-1] < 600:
        end = listed[-1] if listed[-1] > main + 20 else end
    return Layout(start=main, end=max(end, main), annexes=tuple(later))
