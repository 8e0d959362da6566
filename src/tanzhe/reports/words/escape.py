"""Text from documents made inert in Markdown, and the one way to write a link."""

import re
import unicodedata
from urllib.parse import urlsplit

# What could start emphasis, code, links, tables, HTML, entities, footnotes, headings or formulas.
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>|~^#$&])")
_BARE_ADDRESS = re.compile(r"(:)(?=//)|(?<=www)(\.)|(@)", re.IGNORECASE)
_LIST_MARK = re.compile(r"^([-+])(?=\s|$)|^(\d+)([.)])(?=\s|$)")
# Changes of writing direction and invisible signs can make a text read as something else.
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def one_line(text: str) -> str:
    """Text without line breaks, control signs and runs of spaces."""
    spaced = "".join(
        " " if c.isspace() else "" if unicodedata.category(c) in _HIDDEN else c for c in text
    )
    return re.sub(r" {2,}", " ", spaced).strip()


def inert(text: str) -> str:
    r"""Text that is only text in Markdown, wherever it stands in a line.

    Example:
        >>> inert("a | b ](x) <script>")
        'a \\| b \\](x) \\<script\\>'
    """
    return line_start(escaped(one_line(text)))


def escaped(text: str) -> str:
    """A piece of a line without active signs; its spaces stay."""
    return _BARE_ADDRESS.sub(lambda m: "\\" + m[0], _ACTIVE.sub(r"\\\1", text))


def line_start(text: str) -> str:
    """A line that does not begin like an item of a list."""
    return _LIST_MARK.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text)


def link(text: str, url: str) -> str:
    """A link; `url` must have been found to be a web address."""
    address = re.sub(r"[()<>|\\]", lambda m: f"%{ord(m[0]):02X}", url)
    return f"[{text}]({address})"


def unescaped(text: str) -> str:
    """The text behind `inert`."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def is_web_address(url: str | None) -> bool:
    """Whether an address may become a link."""
    if not url or re.search(r"[\s<>\"\\\x00-\x1f]", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
