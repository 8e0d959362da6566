"""Lines broken at the edge of a page become whole again, each under the number of its first."""

import re
import unicodedata
from collections.abc import Sequence

from tanzhe.audits.lines.labels import read_label, worded
from tanzhe.audits.lines.marks import mark_of

LEAST_BREAKS = 3  # lines that run on at one width: fewer are chance
LEAST_WIDTH = 24  # columns; narrower text is a list
FULL = 0.8  # of the width from which a line is full
_ENDS = re.compile(r"[。！？；：:.!?…”’\"》】]\s*$|https?://\S+\s*$")
_OPEN = re.compile(r"[，,、（(〈《“—-]\s*$")


def width(text: str) -> int:
    """Columns a line takes up; a Chinese letter takes two.

    Example:
        >>> width("abc"), width("转折")
        (3, 4)
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def unwrapped(lines: Sequence[str]) -> tuple[list[str], dict[int, int]]:
    """Lines with broken ones joined; the others stay where they are, and those joined are empty.

    A line runs on when it is as wide as the page and ends in mid-sentence.

    Args:
        lines: as read.

    Returns:
        As many lines, and for each that was joined the number of the last line it takes in.

    Example:
        >>> page = ["减少产量约三十万吨，其中电解铝企业", "减少二十万吨，铁合金企业减少十万吨"]
        >>> unwrapped([*page, *page, "三成。"])[1]
        {1: 5}
    """
    kinds = [mark_of(line).kind for line in lines]
    broken = [at for at in range(len(lines) - 1) if _runs_on(lines, kinds, at)]
    widths = sorted(width(lines[at].strip()) for at in broken)
    if len(widths) < LEAST_BREAKS or widths[9 * len(widths) // 10] < LEAST_WIDTH:
        return list(lines), {}
    full = FULL * widths[9 * len(widths) // 10]
    if sum(w >= full for w in widths) < LEAST_BREAKS:
        return list(lines), {}
    out, start = list(lines), -1
    reach: dict[int, int] = {}
    for at in broken:
        if width(lines[at].strip()) < full and not _OPEN.search(lines[at]):
            continue
        if reach.get(start + 1) != at + 1:
            start = at
        out[start] = _joined(out[start], lines[at + 1])
        out[at + 1] = ""
        reach[start + 1] = at + 2
    return out, reach


def _runs_on(lines: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    here, after = lines[at], lines[at + 1]
    if worded(after.lstrip()) != after.lstrip():
        return False  # led by a picture
    if kinds[at] not in ("plain", "bullet", "number") or kinds[at + 1] != "plain":
        return False
    if _ENDS.search(here) or len(after) - len(after.lstrip()) > len(here) - len(here.lstrip()) + 1:
        return False
    indented = len(after) - len(after.lstrip()) >= 2 and kinds[at] == "plain"
    first = at == 0 or not lines[at - 1].strip()
    if indented and not (first and here[:2].isspace()):
        return False  # the first line of a paragraph
    return not (read_label(after.strip()) and not _OPEN.search(here)) and "**" not in after[:4]


def _joined(one: str, two: str) -> str:
    """Two parts of a line; English words are set apart."""
    left, right = one.rstrip(), two.strip()
    latin = left[-1:].isascii() and right[:1].isascii() and not right.startswith("http")
    return f"{left}{' ' if latin else ''}{right}"
