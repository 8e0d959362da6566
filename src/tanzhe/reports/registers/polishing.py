"""Which parts of a finished report may be polished: plain paragraphs, nothing else."""

import re
from collections.abc import Callable

from tanzhe.reports.facts.factmarks import FACT, marked, unmarked

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
    return "\n".join(
        line if not line or _FIXED.match(line) else _polished(line, polish) for line in lines
    )


def _polished(line: str, polish: Polish) -> str:
    """The paragraph polished; what it says of the same facts is marked again, in their order."""
    smooth = polish(unmarked(line))
    done, at = "", 0
    for fact in FACT.finditer(line):
        found = smooth.find(fact["said"], at) if fact["said"] else -1
        if found >= 0:
            done += smooth[at:found] + marked(fact["fact"], fact["said"])
            at = found + len(fact["said"])
    return done + smooth[at:]
