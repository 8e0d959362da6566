"""Rows of cells in columns, Chinese characters counting two."""

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
