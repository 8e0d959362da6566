"""Which parts of a finished report may be polished: plain paragraphs, nothing else."""

import re
from collections.abc import Callable

Polish = Callable[[str], str]

# Headings, lists, tables, figures, footnotes and what belongs to a list stand as they are.
_FIXED = re.compile(r"\s|#|[-*>|!]|\d+\.|\[\^")


def with_polish(markdown: str, polish: Polish) -> str:
    r"""The report with each plain paragraph polished; no line is added or lost.

    Args:
        markdown: of one report, a paragraph a line.
        polish: gives a paragraph back, on one line.

    Example:
        >>> with_polish("# a\n\nb\n\n- c", str.upper)
        '# a\n\nB\n\n- c'
    """
    lines = markdown.split("\n")
    return "\n".join(line if not line or _FIXED.match(line) else polish(line) for line in lines)
