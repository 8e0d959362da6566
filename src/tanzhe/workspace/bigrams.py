"""The words under which a text is indexed: the same for SQLite and PostgreSQL.

Two neighbouring Chinese characters are one word, for most Chinese words are two characters; a
character that none follows is a word alone, and so is a Latin word or a number. A word that a
document has often for its length stands there once more with a mark for each step, so that the
documents richest in a word are found without counting: 限电, 限电±, 限电×, 限电÷.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.workspace.folding import Letters, letters_of
from tanzhe.workspace.words import CJK

MARKS = "±×÷§¶¤"  # twice, four, 8, 16, 32, 64 times in a text of usual length; parts of no word
USUAL = 1500  # characters of a text
B = 0.75  # how much a long text must have more; as search.py scores
IN_TITLE = 3  # a place in the title counts as so many
LONGEST = 64  # characters of a Latin word that are indexed
AT_ONCE = 100_000  # characters whose arrays stay in a processor's cache

Numbers = NDArray[np.uint64]

_SEPARATOR, _PAIRED, _WORD = 0, 1, 2
_PLANES = ((0x3400, 0xA000), (0xF900, 0xFB00))  # characters that make pairs: two bytes are enough
_OTHER = re.compile(rf"[\U00020000-\U0003ffff〇]|[^\W_{CJK}]+")
_SPACE = ord(" ")
_AFTER = np.array([_SPACE, *map(ord, MARKS)], np.uint32)


class Term(NamedTuple):
    """A word to look for, or the beginning of words."""

    word: str
    is_prefix: bool = False


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character of Unicode is to the index."""
    kinds = np.zeros(0x110000, np.uint8)
    every = np.arange(len(kinds), dtype=np.uint32).tobytes().decode("utf-32-le", "surrogatepass")
    for letters in re.finditer(r"[^\W_]+", every):
        kinds[slice(*letters.span())] = _WORD
    kinds[0x20000:0x40000] = _WORD
    for first, end in _PLANES:
        kinds[first:end] = _PAIRED
    return kinds


def words_of(documents: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The words of each document, apart by one space or several.

    Args:
        documents: title and text of each; several at once are quicker.

    Example:
        >>> next(iter(words_of([("", "。" * 1500 + "省内限电，CO2")]))).split()
        ['内限', '电', '省内', '限电', 'co2']
    """
    begin = size = 0
    for end, (title, text) in enumerate(documents, 1):
        size += len(title) + len(text)
        if size >= AT_ONCE or end == len(documents):
            yield from _words_of(documents[begin:end])
            begin, size = end, 0


def _words_of(documents: Sequence[tuple[str, str]]) -> Iterator[str]:
    parts = [part for document in documents for part in document]
    owners = [number for number in range(len(documents)) for _ in range(2)]
    letters = letters_of("".join(parts))
    lengths = np.array([len(part) for part in parts], np.int64)
    kinds = _kinds()[letters]
    pairs = _pairs(letters, kinds, lengths)
    sizes = B * lengths[1::2] / USUAL + 1 - B
    rows, ends = _rows(pairs, sizes)
    others = _others(letters, kinds, lengths, owners, sizes)
    begin = 0
    for number, end in enumerate(ends):
        made = rows[begin:end].tobytes().decode("utf-32-le")
        yield f"{made}{' '.join(others[number])}" if number in others else made
        begin = end


def _pairs(letters: Letters, kinds: NDArray[np.uint8], lengths: NDArray[np.int64]) -> Numbers:
    """Document, character and the one after it, in one number each, sorted."""
    parts = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    at = np.flatnonzero(kinds)
    plain, parts, kinds = letters[at].astype(np.uint64), parts[at], kinds[at]
    after = np.zeros_like(plain)
    follows = (kinds[1:] == _PAIRED) & (parts[1:] == parts[:-1])
    after[:-1] = np.where(follows, plain[1:], 0)
    paired = kinds == _PAIRED
    own = parts[paired]
    found = (own >> 1 << 32) | (plain[paired] << 16) | after[paired]
    titled = np.repeat(found[own % 2 == 0], IN_TITLE - 1)
    found = np.concatenate([found, titled])
    found.sort()
    return found


def _rows(pairs: Numbers, sizes: NDArray[np.float64]) -> tuple[Letters, list[int]]:
    """Four characters for each word and mark, and where those of each document end."""
    fresh = np.ones(len(pairs), np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=fresh[1:])
    firsts = np.flatnonzero(fresh)
    counts = np.diff(firsts, append=len(pairs))
    pairs = pairs[firsts]
    owners = (pairs >> 32).astype(np.int64)
    forms = 1 + _steps(counts / sizes[owners])
    ends = np.cumsum(np.bincount(owners, forms, len(sizes))).astype(np.int64).tolist()
    pairs = np.repeat(pairs, forms)
    begins = np.cumsum(forms) - forms
    marks = _AFTER[np.arange(len(pairs)) - np.repeat(begins, forms)]
    rows = np.full((len(pairs), 4), _SPACE, np.uint32)
    rows[:, 0] = (pairs >> 16) & 0xFFFF
    second = (pairs & 0xFFFF).astype(np.uint32)
    rows[:, 1] = np.where(second == 0, marks, second)
    rows[:, 2] = np.where(second == 0, _SPACE, marks)
    return rows, ends


def _steps(often: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many marks a word gets that stands so often in a text of usual length."""
    steps = np.zeros(len(often), np.int64)
    for step in range(len(MARKS)):
        steps += often >= 2 << step
    return steps


def _others(
    letters: Letters,
    kinds: NDArray[np.uint8],
    lengths: NDArray[np.int64],
    owners: Sequence[int],
    sizes: NDArray[np.float64],
) -> dict[int, list[str]]:
    """The Latin words of the documents that have some."""
    ends = np.cumsum(lengths)
    having = np.bincount(np.searchsorted(ends, np.flatnonzero(kinds == _WORD), "right"))
    counts: dict[int, Counter[str]] = {}
    for part in np.flatnonzero(having).tolist():
        own = letters[ends[part] - lengths[part] : ends[part]]
        words = _OTHER.findall(own.tobytes().decode("utf-32-le", "surrogatepass"))
        weight = 1 if part % 2 else IN_TITLE
        counter = counts.setdefault(owners[part], Counter())
        for word in words:
            counter[word[:LONGEST]] += weight
    return {
        number: [form for word, count in own.items() for form in _forms(word, count, sizes[number])]
        for number, own in counts.items()
    }


def _forms(word: str, count: int, size: float) -> Iterator[str]:
    yield word
    for step, mark in enumerate(MARKS):
        if count / size >= 2 << step:
            yield f"{word}{mark}"


def _is_paired(token: str) -> bool:
    return any(first <= ord(token[0]) < end for first, end in _PLANES)


def terms_of(phrases: Sequence[Sequence[str]]) -> list[Term]:
    """What a document with all phrases has.

    Single characters only count where nothing else does: too many words begin with them.

    Example:
        >>> terms_of([["限", "电"], ["铝"]]), terms_of([["铝"]])
        ([Term(word='限电', is_prefix=False)], [Term(word='铝', is_prefix=True)])
    """
    sure: dict[Term, None] = {}
    wide: dict[Term, None] = {}
    for phrase in phrases:
        for token, following in zip(phrase, [*phrase[1:], ""], strict=True):
            if not _is_paired(token):
                sure[Term(token[:LONGEST])] = None
            elif following and _is_paired(following):
                sure[Term(token + following)] = None
            else:
                wide[Term(token, is_prefix=True)] = None
    return list(sure or wide)


def is_one_term(phrase: Sequence[str]) -> bool:
    """Whether the index alone says that a document has a phrase: a pair, or a Latin word.

    Example:
        >>> [is_one_term(list(p)) for p in ("限电", "电解铝", "铝")] + [is_one_term(["yunnan"])]
        [True, False, False, True]
    """
    if len(phrase) == 1:
        return not _is_paired(phrase[0]) and len(phrase[0]) < LONGEST
    return len(phrase) == 2 and all(map(_is_paired, phrase))
