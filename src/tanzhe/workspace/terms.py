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

from tanzhe.workspace.folding import Letters, letters_of
from tanzhe.workspace.words import CJK

Numbers = NDArray[np.uint64]
Interval = tuple[int, int]

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
    """The terms of texts, one for each place: term * 65536 + number of the text, unsorted.

    Args:
        texts: a few hundred at once; two neighbours with one number share no pair.
        numbers: below 65536, one for each text.
    """
    letters = letters_of("".join(texts))
    lengths = np.array([len(text) for text in texts], np.int64)
    owners = np.repeat(np.array(numbers, np.uint64), lengths)
    kinds = _kinds()[letters]
    begins = np.zeros(len(letters) + 1, np.bool_)
    begins[np.cumsum(lengths)] = True
    parts = np.cumsum(begins[:-1])
    at = np.flatnonzero(kinds)
    plain, parts = letters[at].astype(np.uint64), parts[at]
    follows = (kinds[at][1:] == _PAIRED) & (parts[1:] == parts[:-1])
    after = np.zeros_like(plain)
    after[:-1] = np.where(follows, plain[1:], 0)
    paired = kinds[at] == _PAIRED
    pairs = (plain[paired] << 32) | (after[paired] << 16) | owners[at][paired]
    words = _words(letters, lengths.tolist(), numbers, set(owners[kinds == _WORD].tolist()))
    return np.concatenate([pairs, np.array(words, np.uint64)])


def _words(
    letters: Letters, lengths: Sequence[int], numbers: Sequence[int], having: set[int]
) -> list[int]:
    """The Latin words of the texts that have some."""
    raw = letters.tobytes()
    found: list[int] = []
    start = 0
    for length, number in zip(lengths, numbers, strict=True):
        if number in having:
            text = raw[4 * start : 4 * (start + length)].decode("utf-32-le", "surrogatepass")
            found += [(_word_term(word) << 16) | number for word in _OTHER.findall(text)]
        start += length
    return found


def intervals_of(phrases: Sequence[Sequence[str]]) -> list[Interval]:
    """First and last term of each interval that a document with all phrases has a term of.

    Single characters only count where nothing else does: their intervals are wide.

    Example:
        >>> [first == last for first, last in intervals_of([["限", "电"], ["铝"]])]
        [True]
    """
    sure: set[Interval] = set()
    wide: set[Interval] = set()
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


def is_one_term(phrase: Sequence[str]) -> bool:
    """Whether the index alone says that a document has a phrase: a pair, or a Latin word.

    Example:
        >>> [is_one_term(list(p)) for p in ("限电", "电解铝", "铝")] + [is_one_term(["yunnan"])]
        [True, False, False, True]
    """
    pair = len(phrase) == 2 and all(map(_is_paired, phrase))
    return pair or (len(phrase) == 1 and not _is_paired(phrase[0]))
