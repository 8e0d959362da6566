"""Text as search compares it: no case, no width, no raised or lowered signs, one script.

Every character becomes one character, so that a place in the folded text is the same place in the
text itself. CO₂, ＣＯ２ and co2 are one word, 限電 and 限电 are one.
"""

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tanzhe.characters import simplified

Letters = NDArray[np.uint32]

# Planes with characters that NFKC or lower case changes one for one.
_PLANES = ((0, 0x3400), (0xA000, 0xD800), (0xF900, 0x20000), (0x2F800, 0x2FA20))
# Characters that simplified text has too, in other words; what is asked and what is read are
# folded alike, so that 乾 in 乾县 is still found by 乾县, and 乾旱 is found by 干旱.
_TRADITIONAL_TOO = {"乾": "干", "夥": "伙", "摺": "折", "菸": "烟", "麽": "么", "着": "著"}


@cache
def _table() -> Letters:
    """What each character of Unicode becomes."""
    table = np.arange(0x110000, dtype=np.uint32)
    for first, end in _PLANES:
        for code in range(first, end):
            plain = unicodedata.normalize("NFKC", chr(code)).lower()
            if len(plain) == 1:
                table[code] = ord(plain)
    ideographs = "".join(map(chr, range(0x3400, 0xA000)))
    for one, other in zip(ideographs, simplified(ideographs), strict=True):
        table[ord(one)] = ord(_TRADITIONAL_TOO.get(one, other))
    return np.take(table, table)  # a compatibility sign may stand for a traditional character


def letters_of(text: str) -> Letters:
    """The folded characters of a text, as numbers."""
    return np.take(_table(), np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"))


def folded(text: str) -> str:
    """A text as it is compared, of the same length.

    Example:
        >>> folded("ＣＯ₂ 限電"), folded("Yunnan")
        ('co2 限电', 'yunnan')
    """
    return letters_of(text).tobytes().decode("utf-32-le", "surrogatepass")
