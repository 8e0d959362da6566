"""Which documents hold a term: segments of up to 4,096 documents, each written once in one go.

A segment is a row of `segments` (its first and last document) and its blocks: numbers of terms,
where the documents of each end, and the documents, in a few kilobytes. The id of a block is its
segment and its first term, so that blocks are appended and found by one look-up.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tanzhe.workspace.terms import Numbers, keys_of

MOST_DOCUMENTS = 4_096  # of a segment; local numbers must stay below 65,536
MOST_CHARACTERS = 8_000_000  # of a segment, so that making one takes some 200 megabytes
BATCH_CHARACTERS = 500_000  # tokenised at once
BLOCK = 8192  # bytes, about
ABSORBED = 2  # a segment is made anew together with at least half as many new documents
Local = NDArray[np.int64]


def indexed_until(db: sqlite3.Connection) -> int:
    """The id of the last document that a segment holds; 0 for none."""
    return int(db.execute("SELECT coalesce(max(last), 0) FROM segments").fetchone()[0])


def index_pending(db: sqlite3.Connection) -> None:
    """Put the documents that no segment holds yet into segments; inside a transaction.

    Small segments before them are made anew together with them, so that segments stay few.
    """
    first = indexed_until(db) + 1
    newest = int(db.execute("SELECT coalesce(max(id), 0) FROM documents").fetchone()[0])
    if newest < first:
        return
    for begin, last in db.execute(
        "SELECT first, last FROM segments ORDER BY first DESC"
    ).fetchall():
        few = last - begin < ABSORBED * (newest - last)
        if not few or newest - begin >= MOST_DOCUMENTS:
            break
        _drop(db, begin, last)
        first = begin
    while first <= newest:
        first = _write_segment(db, first) + 1


def _drop(db: sqlite3.Connection, first: int, last: int) -> None:
    db.execute("DELETE FROM segments WHERE first = ?", (first,))
    db.execute("DELETE FROM blocks WHERE id >= ? AND id < ?", (first << 32, (last + 1) << 32))


def _write_segment(db: sqlite3.Connection, first: int) -> int:
    """Make one segment of the documents from `first` on; returns its last document."""
    rows = db.execute(
        "SELECT id, title || char(10) || text FROM documents WHERE id >= ? AND id < ? ORDER BY id",
        (first, first + MOST_DOCUMENTS),
    )
    keys: list[Numbers] = []
    numbers: list[int] = []
    texts: list[str] = []
    size = total = 0
    last = first
    for last, text in rows:
        numbers.append(last - first)
        texts.append(text)
        size += len(text)
        if size >= BATCH_CHARACTERS:
            keys.append(keys_of(texts, numbers))
            total += size
            numbers, texts, size = [], [], 0
            if total >= MOST_CHARACTERS:
                break
    keys.append(keys_of(texts, numbers))
    db.executemany(
        "INSERT INTO blocks VALUES (?, ?)", _blocks(first, _unique(np.concatenate(keys)))
    )
    db.execute("INSERT INTO segments VALUES (?, ?)", (first, last))
    return last


def _is_fresh(sorted_numbers: Numbers | NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Where a number differs from the one before."""
    fresh = np.ones(len(sorted_numbers), np.bool_)
    np.not_equal(sorted_numbers[1:], sorted_numbers[:-1], out=fresh[1:])
    return fresh


def _unique(keys: Numbers) -> Numbers:
    """The keys, sorted in place, each once; for so many ten times as fast as `np.unique`."""
    keys.sort()
    return keys[_is_fresh(keys)]


def _blocks(segment: int, keys: Numbers) -> Iterator[tuple[int, bytes]]:
    """The blocks of a segment, in order; its keys are sorted and unique."""
    terms = (keys >> np.uint64(16)).astype(np.uint32)
    documents = keys.astype(np.uint16)
    begins = np.flatnonzero(_is_fresh(terms))
    ends = np.append(begins[1:], len(terms))
    number = np.cumsum(8 + 2 * (ends - begins)) // BLOCK
    cuts = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(begins)]
    for one, other in pairwise(cuts):
        if one == other:
            continue
        start = begins[one]
        own = terms[begins[one:other]]
        parts = (
            np.uint32(other - one),
            own,
            (ends[one:other] - start).astype(np.uint32),
            documents[start : ends[other - 1]],
        )
        yield (segment << 32) | int(own[0]), b"".join(part.tobytes() for part in parts)


def candidates(db: sqlite3.Connection, intervals: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Ids of the documents that have a term of every interval, newest first, by segment."""
    segments = db.execute("SELECT first FROM segments ORDER BY first DESC").fetchall()
    for (segment,) in segments:
        found: Local | None = None
        for first, last in intervals:
            own = _documents(db, segment, first, last)
            found = own if found is None else np.intersect1d(found, own, assume_unique=True)
            if not len(found):
                break
        if found is not None and len(found):
            yield (found[::-1] + segment).tolist()


def _documents(db: sqlite3.Connection, segment: int, first: int, last: int) -> Local:
    """Local numbers of the documents of a segment that have a term of an interval."""
    base = segment << 32
    rows = db.execute(
        "SELECT data FROM blocks WHERE id <= ? AND id >= coalesce("
        "(SELECT max(id) FROM blocks WHERE id >= ? AND id <= ?), ?)",
        (base | last, base, base | first, base | first),
    )
    found = [_in_block(data, first, last) for (data,) in rows]
    joined = np.concatenate(found) if found else np.empty(0, np.uint16)
    return (np.unique(joined) if first < last else joined).astype(np.int64)


def _in_block(data: bytes, first: int, last: int) -> NDArray[np.uint16]:
    count = int.from_bytes(data[:4], "little")
    terms = np.frombuffer(data, "<u4", count, 4)
    ends = np.frombuffer(data, "<u4", count, 4 + 4 * count)
    documents = np.frombuffer(data, "<u2", -1, 4 + 8 * count)
    low, high = np.searchsorted(terms, (first, last + 1))
    if low == high:
        return documents[:0]
    return documents[ends[low - 1] if low else 0 : ends[high - 1]]
