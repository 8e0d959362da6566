"""Marks around the text of a fact, so that its id lives through a template or a sentence.

The marks are private signs of Unicode, which no text from a document ever keeps
(`tanzhe.reports.words.escape.one_line` drops them).
"""

import re

OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
FACT = re.compile(f"{OPEN}(?P<fact>[^{MIDDLE}]*){MIDDLE}(?P<said>[^{CLOSE}]*){CLOSE}")
_SIGNS = re.compile(f"{OPEN}[^{MIDDLE}]*{MIDDLE}|[{OPEN}{MIDDLE}{CLOSE}]")


def marked(fact: str, text: str) -> str:
    """The text of a fact with its id around it."""
    return f"{OPEN}{fact}{MIDDLE}{text}{CLOSE}"


def unmarked(text: str) -> str:
    """The text without marks.

    Example:
        >>> unmarked("约" + marked("n1", "12%"))
        '约12%'
    """
    return _SIGNS.sub("", text)


def capitalized(text: str) -> str:
    """The text with its first letter large, wherever marks stand before it."""
    at = next((m.end() for m in re.finditer(f"^{OPEN}[^{MIDDLE}]*{MIDDLE}", text)), 0)
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]
