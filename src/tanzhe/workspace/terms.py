"""What the index keeps of a text: numbers for pairs of Chinese characters and for Latin words.

Two neighbouring characters are one term, for most Chinese words are two characters; a character
that none follows is a term alone. The number of a pair begins with that of its first character,
so that all pairs of a character are an interval. A Latin word is a checksum below those: two words
may share one, so whoever finds a document by its terms must look into the text as well.
"""

import re
from collections.abc import Sequence
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tanzhe.workspace.words import CJK

Numbers = NDArray[np.uint64]

_SEPARATOR, _PAIRED, _WORD = 0, 1, 2
_PLANES = ((0x3400, 0xA000), (0xF900, 0xFB00))  # characters that make pairs: two bytes are enough
_FIRST_PAIR = 0x3400 << 16
_OTHER = re.compile(rf"[\U00020000-\U0003ffff〇]|[^\W_{CJK}]+")


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character of Unicode is to the index."""
    kinds = np.fromiter((chr(c).isalnum() for c in range(0x110000)), np.uint8, 0x110000)
    kinds *= _WORD
    kinds[0x20000:0x40000] = _WORD
    for first, end in _PLANES:
        kinds[first:end] = _PAIRED
    return kinds


def _word_term(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) % _FIRST_PAIR


def _is_paired(token: str) -> bool:
    return any(first <= ord(token[0]) < end for first, end in _PLANES)


def keys_of(texts: Sequence[str], numbers: Sequence[int]) -> Numbers:
    """The terms of texts, each with the number of its text: term * 65536 + number, unsorted.

    Args:
        texts: a few hundred at once.
        numbers: below 65536, one for each text.
    """
    lowered = [text.lower() for text in texts]
    letters = np.frombuffer("".join(lowered).encode("utf-32-le", "surrogatepass"), "<u4")
    owners = np.repeat(np.array(numbers, np.uint64), [len(text) for text in lowered])
    kinds = _kinds()[letters]
    at = np.flatnonzero(kinds)
    letters, owners, kinds = letters[at].astype(np.uint64), owners[at], kinds[at]
    after = np.zeros_like(letters)
    follows = (kinds[1:] == _PAIRED) & (owners[1:] == owners[:-1])
    after[:-1] = np.where(follows, letters[1:], 0)
    paired = kinds == _PAIRED
    pairs = (letters[paired] << 32) | (after[paired] << 16) | owners[paired]
    with_words = set(owners[kinds == _WORD].tolist())
    words = [
        (_word_term(word) << 16) | number
        for text, number in zip(lowered, numbers, strict=True)
        if number in with_words
        for word in set(_OTHER.findall(text))
    ]
    return np.concatenate([pairs, np.array(words, np.uint64)])


def intervals_of(phrases: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """First and last term of each interval that a document with all phrases has a term of.

    Single characters only count where nothing else does: their intervals are wide.

    Example:
        >>> [first == last for first, last in intervals_of([["限", "电"], ["铝"]])]
        [True]
    """
    sure: set[tuple[int, int]] = set()
    wide: set[tuple[int, int]] = set()
    for phrase in phrases:
        for token, following in zip(phrase, [*phrase[1:], ""], strict=True):
            if not _is_paired(token):
                sure.add((_word_term(token), _word_term(token)))
            elif following and _is_paired(following):
                pair = (ord(token) << 16) | ord(following)
                sure.add((pair, pair))
            else:
                wide.add((ord(token) << 16, (ord(token) << 16) | 0xFFFF))
    return sorted(sure) or sorted(wide)
