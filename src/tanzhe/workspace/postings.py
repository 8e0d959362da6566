"""Which documents hold a term: segments of up to 4,096 documents, each written once in one go.

A segment is a row of `segments` (its first and last document, and how long each is) and its blocks:
numbers of terms, where the documents of each end, the documents, and how often each has the term,
in a few kilobytes. The id of a block is its segment and its first term, so that blocks are appended
and found by one look-up.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.workspace.terms import Interval, Numbers, keys_of

MOST_DOCUMENTS = 4_096  # of a segment; local numbers must stay below 65,536
MOST_CHARACTERS = 8_000_000  # of a segment, so that making one takes some 200 megabytes
BATCH_CHARACTERS = 500_000  # tokenised at once
BLOCK = 8192  # bytes, about
ABSORBED = 2  # a segment is made anew together with at least half as many new documents
MOST_COUNTED = 255  # of one term in one document
Local = NDArray[np.int64]
Counts = NDArray[np.float32]


class Matches(NamedTuple):
    """Documents that have a term of every interval: ids, how often (a column each), and length."""

    ids: Local
    counts: Counts
    sizes: Counts


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
        "SELECT id, title, text FROM documents WHERE id >= ? AND id < ? ORDER BY id",
        (first, first + MOST_DOCUMENTS),
    )
    keys: list[Numbers] = []
    numbers: list[int] = []
    texts: list[str] = []
    sizes = np.zeros(MOST_DOCUMENTS, np.uint32)
    size = total = 0
    last = first
    for last, title, text in rows:
        numbers += (last - first, last - first)
        texts += (title, text)
        sizes[last - first] = len(text)
        size += len(text)
        if size >= BATCH_CHARACTERS:
            keys.append(keys_of(texts, numbers))
            total += size
            numbers, texts, size = [], [], 0
            if total >= MOST_CHARACTERS:
                break
    keys.append(keys_of(texts, numbers))
    db.executemany("INSERT INTO blocks VALUES (?, ?)", _blocks(first, np.concatenate(keys)))
    lengths = sizes[: last - first + 1].tobytes()
    db.execute("INSERT INTO segments VALUES (?, ?, ?)", (first, last, lengths))
    return last


def _is_fresh(sorted_numbers: Numbers | NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Where a number differs from the one before."""
    fresh = np.ones(len(sorted_numbers), np.bool_)
    np.not_equal(sorted_numbers[1:], sorted_numbers[:-1], out=fresh[1:])
    return fresh


def _blocks(segment: int, keys: Numbers) -> Iterator[tuple[int, bytes]]:
    """The blocks of a segment, in order; its keys are sorted in place."""
    keys.sort()
    firsts = np.flatnonzero(_is_fresh(keys))
    counts = np.diff(firsts, append=len(keys)).clip(max=MOST_COUNTED).astype(np.uint8)
    keys = keys[firsts]
    terms = (keys >> np.uint64(16)).astype(np.uint32)
    documents = keys.astype(np.uint16)
    begins = np.flatnonzero(_is_fresh(terms))
    ends = np.append(begins[1:], len(terms))
    number = np.cumsum(8 + 3 * (ends - begins)) // BLOCK
    cuts = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(begins)]
    for one, other in pairwise(cuts):
        if one == other:
            continue
        start, end = begins[one], ends[other - 1]
        own = terms[begins[one:other]]
        parts = (
            np.uint32(other - one),
            own,
            (ends[one:other] - start).astype(np.uint32),
            documents[start:end],
            counts[start:end],
        )
        yield (segment << 32) | int(own[0]), b"".join(part.tobytes() for part in parts)


def matches(db: sqlite3.Connection, intervals: Sequence[Interval]) -> Matches:
    """The documents in segments that have a term of every interval, and how often."""
    parts = [
        _in_segment(db, segment, sizes, intervals)
        for segment, sizes in db.execute("SELECT first, sizes FROM segments ORDER BY first")
    ]
    none = Matches(np.empty(0, np.int64), np.empty((0, len(intervals)), np.float32), _NO_SIZES)
    return Matches(*(np.concatenate(own) for own in zip(none, *parts, strict=True)))


_NO_SIZES = np.empty(0, np.float32)


def _in_segment(
    db: sqlite3.Connection, segment: int, sizes: bytes, intervals: Sequence[Interval]
) -> Matches:
    found = np.empty(0, np.int64)
    columns: list[Counts] = []
    for first, last in intervals:
        own, counts = _documents(db, segment, first, last)
        if columns:
            found, at, among = np.intersect1d(found, own, assume_unique=True, return_indices=True)
            columns = [column[at] for column in columns]
            counts = counts[among]
        else:
            found = own
        columns.append(counts)
        if not len(found):
            break
    while len(columns) < len(intervals):
        columns.append(np.empty(0, np.float32))
    lengths = np.frombuffer(sizes, "<u4")[found].astype(np.float32)
    return Matches(found + segment, np.stack(columns, axis=1), lengths)


def _documents(db: sqlite3.Connection, segment: int, first: int, last: int) -> tuple[Local, Counts]:
    """Local numbers of the documents of a segment that have a term of an interval; how often."""
    base = segment << 32
    rows = db.execute(
        "SELECT data FROM blocks WHERE id <= ? AND id >= coalesce("
        "(SELECT max(id) FROM blocks WHERE id >= ? AND id <= ?), ?)",
        (base | last, base, base | first, base | first),
    )
    found = [_in_block(data, first, last) for (data,) in rows]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    documents = np.concatenate([own for own, _ in found]).astype(np.int64)
    counts = np.concatenate([own for _, own in found]).astype(np.float32)
    if first == last:
        return documents, counts
    own, of = np.unique(documents, return_inverse=True)
    return own, np.bincount(of, counts, len(own)).astype(np.float32)


def _in_block(data: bytes, first: int, last: int) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    count = int.from_bytes(data[:4], "little")
    terms = np.frombuffer(data, "<u4", count, 4)
    ends = np.frombuffer(data, "<u4", count, 4 + 4 * count)
    documents = np.frombuffer(data, "<u2", ends[-1], 4 + 8 * count)
    counts = np.frombuffer(data, np.uint8, ends[-1], 4 + 8 * count + 2 * int(ends[-1]))
    low, high = np.searchsorted(terms, (first, last + 1))
    part = slice(ends[low - 1] if low else 0, ends[high - 1]) if low < high else slice(0)
    return documents[part], counts[part]
