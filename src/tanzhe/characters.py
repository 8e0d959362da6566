"""Characters that are written in several ways, as one of them; offsets stay the same."""

import json
import re
import unicodedata
from functools import cache

from tanzhe import bundled

# Full-width digits, letters and signs of numbers. Brackets, commas and colons stay as they are:
# a full-width comma ends a clause, a half-width one groups digits.
_WIDE = {wide: chr(wide - 0xFEE0) for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
         *range(0xFF41, 0xFF5B), *map(ord, "．％／＋＄＝"))}  # fmt: skip
_LOWERED = {0x2080 + digit: str(digit) for digit in range(10)}  # CO₂
_SPACES = dict.fromkeys(map(ord, "\u2002\u2005\u2006\u2007\u2008\u2009\u200a\u202f"), "\u00a0")
_DOTS = dict.fromkeys(map(ord, "•⋅∙・‧･"), "·")
_MINUS = {ord("−"): "-", ord("－"): "-"}


@cache
def _simpler() -> dict[int, str]:
    return {
        ord(traditional): row["simplified"]
        for row in bundled.rows("tanzhe.data", "simplified.csv")
        for traditional in row["traditional"]
    }


@cache
def _plain() -> dict[int, str]:
    return {**_simpler(), **_WIDE, **_LOWERED, **_SPACES, **_DOTS, **_MINUS}


def simplified(text: str) -> str:
    """A text in simplified characters, one for one; simplified text stays as it is.

    Words are not exchanged: 噸 becomes 吨, but 網路 stays 网路. The table is that of OpenCC without
    the characters that simplified text uses itself (著 in 显著).

    Example:
        >>> simplified("限電120萬噸，效果顯著")
        '限电120万吨，效果显著'
    """
    return text if text.isascii() else text.translate(_simpler())


def plain(text: str) -> str:
    """A text in simplified characters and half-width digits, letters, dots and spaces.

    Lowered digits become plain ones, raised ones stay: CO₂ is CO2, 10⁴ is not 104. Spaces that do
    not break a line become U+00A0. `plain(text)[a:b]` stands where `text[a:b]` does.

    Example:
        >>> plain("２０２１年ＣＯ₂ 12萬ｋＷ•ｈ"), len(plain("ＣＯ₂"))
        ('2021年CO2 12万kW·h', 3)
    """
    return text if text.isascii() else text.translate(_plain())


_BEHIND = re.compile("(?<=[0-9０-９])(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[①-⑳])")


def narrow(text: str) -> str:
    """A text in its compatible form, ASCII where there is one; what is raised behind digits gets ^.

    A power and the mark of a footnote (12.5², 12①) are never read as further digits.

    Example:
        >>> narrow("１，２００ m³"), narrow("3×10⁴")
        ('1,200 m3', '3×10^4')
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _BEHIND.sub(r"^\g<0>", text))


# A half of a character that takes two, as JSON escapes it.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def whole_json(text: str | bytes) -> object:
    r"""JSON from outside; halves of characters, which no file or database holds, become U+FFFD.

    Raises:
        ValueError: it is no JSON.

    Example:
        >>> whole_json('["限\\ud800电"]') == ["限\ufffd电"]
        True
    """
    found: object = json.loads(text)
    if not _HALF.search(text.decode("latin-1") if isinstance(text, bytes) else text):
        return found
    packed = json.dumps(found, ensure_ascii=False).encode("utf-16-le", "surrogatepass")
    again: object = json.loads(packed.decode("utf-16-le", "replace"))
    return again


# Control characters but tab and line feed, line separators, and changes of writing direction.
STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


def unsteered(text: str) -> str:
    r"""A text without what moves a cursor, colours, hides or turns text around.

    Example:
        >>> unsteered("园区\x1b[31m\u202e")
        '园区[31m'
    """
    return STEERING.sub("", text)
