"""Search in the archive: the index tells which documents, their texts tell how well.

The order is that of BM25 with two additions: a word in the title counts three times, and a place
that denies the word (未限电) or says that it is over counts little.
"""

import math
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tanzhe.workspace.denial import is_denied
from tanzhe.workspace.folding import folded
from tanzhe.workspace.postings import Matches, indexed_until, matches
from tanzhe.workspace.records import COLUMNS, Found, Hit, stored
from tanzhe.workspace.terms import intervals_of, is_one_term
from tanzhe.workspace.words import Asked, phrase_pattern

SNIPPET = 60  # characters each side of a hit
MOST_READ = 3_000  # candidates whose text is read so that they are counted exactly
READ_FOR_ONE = 2  # candidates read for each hit that is shown, where there are more
FEWEST_READ = 100
# Robertson and Zaragoza, The Probabilistic Relevance Framework (2009): k1 between 1.2 and 2, b
# between .5 and .8 are good for most collections.
K1, B = 1.2, 0.75
IN_TITLE = 3.0  # a title is short and chosen; BM25F of the same authors gives it a few times more
DENIED = 0.1  # still found, behind every document that tells of the thing
_CHECKED = 64  # candidates whose text is read at once
_TITLE = COLUMNS.split(", ").index("title")
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class _Search:
    """A query made ready."""

    wanted: tuple[re.Pattern[str], ...]
    unwanted: tuple[re.Pattern[str], ...]
    rarity: tuple[float, ...]  # of each wanted phrase
    usual: float  # length of a text


def find(db: sqlite3.Connection, asked: Asked, limit: int) -> Found:
    """The documents that have all that is asked for; inside one reading transaction.

    Args:
        db: the index.
        asked: with at least one wanted phrase.
        limit: most hits, at least one.
    """
    intervals = intervals_of(asked.wanted)
    possible = _living(db, matches(db, intervals))
    sure = all(map(is_one_term, asked.wanted)) and all(map(is_one_term, asked.unwanted))
    for phrase in asked.unwanted if sure else ():
        possible = _without(possible, matches(db, intervals_of([phrase])).ids)
    search = _made_ready(db, asked, possible)
    chosen = _chosen(db, possible, intervals, limit)
    fresh = [row[0] for row in db.execute(_FRESH, (indexed_until(db),))]
    having = list(_having(db, [*fresh, *chosen.tolist()], search))
    having.sort(key=lambda one: (-one.score, -one.number))
    # What was read is counted as read, what was not as the index has it.
    return Found(
        hits=tuple(_hit(one) for one in having[:limit]),
        total=len(possible.ids) - len(chosen) + len(having),
        exact=sure or len(chosen) == len(possible.ids),
    )


_FRESH = "SELECT id FROM documents WHERE id > ? ORDER BY id DESC"


def _living(db: sqlite3.Connection, found: Matches) -> Matches:
    """Without the documents that were taken out after they were indexed."""
    gone = np.array([row[0] for row in db.execute("SELECT id FROM retired")], np.int64)
    return _without(found, gone)


def _without(found: Matches, others: Ids) -> Matches:
    if not len(others):
        return found
    kept = ~np.isin(found.ids, others)
    return Matches(found.ids[kept], found.counts[kept], found.sizes[kept])


def _made_ready(db: sqlite3.Connection, asked: Asked, possible: Matches) -> _Search:
    many = int(db.execute("SELECT count(*) FROM documents").fetchone()[0])
    holding = [len(possible.ids)]
    if len(asked.wanted) > 1:
        holding = [len(matches(db, intervals_of([phrase])).ids) for phrase in asked.wanted]
    return _Search(
        wanted=tuple(map(phrase_pattern, asked.wanted)),
        unwanted=tuple(map(phrase_pattern, asked.unwanted)),
        rarity=tuple(_rarity(many, one) for one in holding),
        usual=float(possible.sizes.mean()) if len(possible.sizes) else 1000.0,
    )


def _rarity(many: int, holding: int) -> float:
    return math.log1p((many - min(holding, many) + 0.5) / (min(holding, many) + 0.5))


def _saturated(times: float, size: float, usual: float) -> float:
    return times * (K1 + 1) / (times + K1 * (1 - B + B * size / max(usual, 1.0)))


def _chosen(
    db: sqlite3.Connection, possible: Matches, intervals: Sequence[tuple[int, int]], limit: int
) -> Ids:
    """The candidates worth reading: all where they are few, else the best by their counts."""
    most = max(READ_FOR_ONE * limit, FEWEST_READ)
    if len(possible.ids) <= (MOST_READ if len(intervals) > 1 else most):
        return possible.ids
    counts, sizes = possible.counts, possible.sizes[:, None]
    long = 1 - B + B * sizes / max(float(sizes.mean()), 1.0)
    scores = (counts * (K1 + 1) / (counts + K1 * long)).sum(axis=1).astype(np.float64)
    # Newer ones first where all else is equal: a document's number is added as a trifle.
    scores = scores + possible.ids / (1e6 * max(int(possible.ids[-1]), 1))
    best = np.argpartition(scores, len(scores) - most)[-most:]
    return possible.ids[np.sort(best)]


def _having(db: sqlite3.Connection, numbers: Sequence[int], search: _Search) -> Iterator["_Having"]:
    """The documents of these ids whose text really has what is asked for, scored."""
    for at in range(0, len(numbers), _CHECKED):
        some = numbers[at : at + _CHECKED]
        marks = ",".join("?" * len(some))
        rows = db.execute(f"SELECT id, {COLUMNS}, text FROM documents WHERE id IN ({marks})", some)
        for number, *row in rows:
            if (places := _all_places(row, search)) is not None:
                yield _Having(number, row, places, _score(places, len(row[-1]), search))


@dataclass(frozen=True)
class _Places:
    """Where a phrase stands in a document."""

    text: list[tuple[int, int]]
    asserted: list[tuple[int, int]]
    title: int
    asserted_in_title: int

    @property
    def count(self) -> int:
        return len(self.text) + self.title

    @property
    def denied(self) -> int:
        return self.count - len(self.asserted) - self.asserted_in_title

    @property
    def weight(self) -> float:
        own = len(self.asserted) + IN_TITLE * self.asserted_in_title
        return own + DENIED * self.denied / (self.denied + 1)  # however often: below one assertion


@dataclass(frozen=True)
class _Having:
    """A document that has what is asked for."""

    number: int
    row: Sequence[str]
    places: Sequence[_Places]
    score: float


def _all_places(row: Sequence[str], search: _Search) -> list[_Places] | None:
    """Where each wanted phrase stands, or None where one is missing or an unwanted one is there."""
    long = len(row[_TITLE])
    whole = folded(f"{row[_TITLE]}\n{row[-1]}")
    title, text = whole[:long], whole[long + 1 :]
    places = []
    for pattern in search.wanted:
        place = _places(pattern, text, title)
        if not place.count:
            return None
        places.append(place)
    if any(pattern.search(text) or pattern.search(title) for pattern in search.unwanted):
        return None
    return places


def _score(places: Sequence[_Places], size: int, search: _Search) -> float:
    weights = zip(search.rarity, places, strict=True)
    return sum(rare * _saturated(one.weight, size, search.usual) for rare, one in weights)


def _hit(one: _Having) -> Hit:
    start, end = _best(one.places)
    snippet = one.row[-1][max(0, start - SNIPPET) : end + SNIPPET]
    return Hit(
        document=stored(tuple(one.row[:-1])),
        start=start,
        end=end,
        snippet=" ".join(snippet.split()),
        count=sum(place.count for place in one.places),
        denied=sum(place.denied for place in one.places),
        score=round(one.score, 4),
    )


def _places(pattern: re.Pattern[str], text: str, title: str) -> _Places:
    spans = [match.span() for match in pattern.finditer(text)]
    titled = [match.span() for match in pattern.finditer(title)]
    return _Places(
        text=spans,
        asserted=[span for span in spans if not is_denied(text, *span)],
        title=len(titled),
        asserted_in_title=sum(not is_denied(title, *span) for span in titled),
    )


def _best(places: Sequence[_Places]) -> tuple[int, int]:
    """The first place to show: asserted rather than denied, of the first word that has one."""
    for spans in ("asserted", "text"):
        for one in places:
            if found := getattr(one, spans):
                return found[0][0], found[0][1]
    return 0, 0
