"""Pages saved as Markdown: links, pictures and escapes taken out, letter for letter."""

import re
from functools import lru_cache

_ADDRESS = (
    r"\((?:https?:|/|\.|#|<|javascript:|mailto:)[^()\n]{0,800}"
    r"(?:\([^()\n]{0,80}\)[^()\n]{0,200})?\)"
)
_PICTURE = re.compile(rf"!\[[^\]\n]{{0,200}}\]{_ADDRESS}")
_LINK = re.compile(rf"\[(?P<words>[^\[\]\n]{{0,200}})\]{_ADDRESS}")
_ESCAPE = re.compile(r"\\(?=[\[\]\-\\#>_*.()`~!|+])")
_EMPHASIS = re.compile(r"(?<![\w])_(?=[^_\n]{2,200}_(?!\w))|(?<=[^\s_])_(?!\w)")
_ONLY_MARKS = re.compile(r"[\s\d.,:：;|>＞»›→/\\*+·\-–—#\[\]()（）\0]*")


@lru_cache(maxsize=8)
def unlinked(text: str) -> str:
    r"""The text with blanks in place of Markdown's links, pictures and escapes; offsets stay.

    A line that holds links and nothing else is a menu and becomes blank.

    Example:
        >>> page = "- [首页](https://a.cn/)\n[某省](/a)关于节电的通知\\[打印\\]"
        >>> unlinked(page).split(), len(unlinked(page)) == len(page)
        (['某省', '关于节电的通知', '[打印', ']'], True)
    """
    if "](" not in text and "\\[" not in text:
        return text
    lines = [_plain(line) for line in text.split("\n")]
    return "\n".join(lines)


def _plain(line: str) -> str:
    if "](" in line:
        line = _PICTURE.sub(lambda m: " " * len(m[0]), line)
        others = _LINK.sub(lambda m: "\0" * len(m[0]), line)
        if "\0" in others and _ONLY_MARKS.fullmatch(others):
            return " " * len(line)
        line = _LINK.sub(_words, line)
    line = _ESCAPE.sub(" ", line)
    return _EMPHASIS.sub(" ", line) if "_" in line else line


def _words(match: re.Match[str]) -> str:
    """The words of a link where they stood."""
    behind = len(match[0]) - len(match["words"]) - 1
    return " " + match["words"] + " " * behind
