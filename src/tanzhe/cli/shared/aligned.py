"""Rows of cells in columns, Chinese characters counting two."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width


def width(text: str) -> int:
    """Columns a text takes in a terminal.

    Example:
        >>> width("碳 C")
        4
    """
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def aligned(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """One line a row, columns aligned.

    Args:
        rows: all of one length; the first may be headings.
        right: columns of numbers, aligned to the right.

    Example:
        >>> aligned([("省", "MtCO2"), ("云南", "7")], right=[1])
        ['省    MtCO2', '云南      7']
    """
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(_cells(row, widths, right)).rstrip() for row in rows]


def _cells(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> list[str]:
    gaps = [" " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)]
    return [
        gap + cell if i in right else cell + gap
        for i, (cell, gap) in enumerate(zip(row, gaps, strict=True))
    ]


def shortened(text: str, most: int) -> str:
    """A text of at most `most` columns, its end replaced by an ellipsis.

    Example:
        >>> shortened("云南省零碳园区", 9)
        '云南省零…'
    """
    if width(text) <= most:
        return text
    kept = text
    while width(kept) + 1 > most:
        kept = kept[:-1]
    return f"{kept}…"


_NO_FIRST = "，。、；：！？）》〉」』】”’…%％,.;:!?)]}"
_NO_LAST = "（《〈「『【“‘([{"
_PIECE = re.compile(r"\s+|[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef“”‘’…—]+|.", re.S)


def wrapped(text: str, most: int, *, indent: str = "") -> list[str]:
    """A paragraph as lines of at most `most` columns.

    Chinese breaks between any two characters but before a closing sign or after an opening one;
    Latin words and numbers stay whole unless they are longer than a line.

    Args:
        text: one paragraph; runs of white space count as one space.
        most: columns.
        indent: what the second and later lines begin with.

    Example:
        >>> wrapped("云南省的工业排放，2021 年下降。", 12)
        ['云南省的工业', '排放，2021', '年下降。']
    """
    lines: list[str] = []
    line = ""
    for unit in _units(text):
        room = most - width(line)
        if width(unit) > room and line.strip():
            lines.append(line.rstrip())
            line, unit = indent, unit.lstrip()
        while width(unit) > most - width(line):
            kept = _fitting(unit, most - width(line))
            lines.append(line + kept)
            line, unit = indent, unit[len(kept) :]
        line += unit
    return [*lines, line.rstrip()] if line.strip() else lines


def _units(text: str) -> list[str]:
    """The pieces that a line is never broken inside of."""
    found: list[str] = []
    for piece in _PIECE.findall(" ".join(text.split())):
        joined = found and (piece in _NO_FIRST or found[-1][-1] in _NO_LAST)
        if joined:
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _fitting(text: str, most: int) -> str:
    """As much of a text as fits, at least one character."""
    kept = text[:1]
    for character in text[1:]:
        if width(kept) + width(character) > most:
            break
        kept += character
    return kept
