"""The annexes of a document: where each begins, and what it is called."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TypeVar

from tanzhe.model.policy import Annex, Definition, PolicyIndicator
from tanzhe.policy.outline.view import View

_NUMBER = r"(?:[0-9]{1,2}(?!\d)|[一二三四五六七八九十]{1,2}|[A-H](?![A-Za-z]))"
# A line that opens an annex: 附件, 附件1, 附件2 名单, == 附录A 计算方法 ==.
_OPENS = re.compile(
    rf"[=*—\-【\[]{{0,4}}附(?:件|录|表)(?P<number>{_NUMBER})?(?P<mark>[：:.．、]?)(?P<title>[^。；]{{0,80}}?)[=*—\-】\]]{{0,4}}"
)
_LISTED = re.compile(r"[：:](?:1|一)?[.．、]")
_STOPS = re.compile(r"[。；]")
LONGEST_TITLE = 60  # letters
SHORTEST = 40  # letters of an annex that has a text and is not a line of a list

Placed = TypeVar("Placed", PolicyIndicator, Definition)


def annex_starts(view: View, after: int, signed: int | None) -> list[tuple[int, int, str]]:
    """Start, end of its heading, and name of every annex below an offset.

    Args:
        view: the repaired text.
        after: where to begin.
        signed: where the signature ends, or None; above it annexes are only listed.
    """
    lines = [(a, b) for a, b in view.lines() if a >= after]
    found: list[tuple[int, int, str]] = []
    for number, (a, b) in enumerate(lines):
        opens = _OPENS.fullmatch(view.text, a, b)
        if not opens or (signed is not None and a < signed):
            continue
        if signed is None and (opens["mark"] or opens["title"]) and _is_listed(view, lines, number):
            continue
        title, end = opens["title"], b
        if not title and number + 1 < len(lines):
            below = view.text[slice(*lines[number + 1])]
            if len(below) <= LONGEST_TITLE and not _STOPS.search(below):
                title, end = below, lines[number + 1][1]
        name = f"附件{opens['number'] or ''} {title}".strip()
        found.append((a, end, name))
    bounds = [*found, (len(view.text), 0, "")]
    return [one for one, after_it in pairwise(bounds) if after_it[0] - one[0] > SHORTEST]


def _is_listed(view: View, lines: list[tuple[int, int]], number: int) -> bool:
    """Whether a line only lists an annex: a list, or another annex or the signature follows."""
    a, b = lines[number]
    if _LISTED.search(view.text, a, b):
        return True
    below = view.text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
    return not below or bool(_OPENS.fullmatch(below)) or len(below) <= LONGEST_TITLE // 2


def find_annexes(view: View, starts: Iterable[tuple[int, int, str]]) -> tuple[Annex, ...]:
    """The annexes as records; each reaches to the next, the last to the end."""
    bounds = [*starts, (len(view.text), len(view.text), "")]
    return tuple(
        Annex(name=name, span=view.passage(a, stop))
        for (a, _, name), (stop, _, _) in pairwise(bounds)
    )


def placed(items: Iterable[Placed], annexes: tuple[Annex, ...]) -> tuple[Placed, ...]:
    """The items, each with the annex it stands in."""
    return tuple(
        one.model_copy(update={"annex": _around(one.span.start, annexes)}) for one in items
    )


def _around(at: int, annexes: tuple[Annex, ...]) -> str:
    return next((one.name for one in annexes if one.span.start <= at < one.span.end), "")
