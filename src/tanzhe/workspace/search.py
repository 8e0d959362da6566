"""Search in the archive: the index tells which documents, their texts tell how well.

The order is that of BM25 with two additions: a word in the title counts three times, and a place
that denies the word (未限电) or says that it is over counts little.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from tanzhe.workspace import fulltext
from tanzhe.workspace.bigrams import MARKS, B, Term, is_one_term, terms_of
from tanzhe.workspace.database import Database
from tanzhe.workspace.denial import is_denied
from tanzhe.workspace.folding import folded
from tanzhe.workspace.fulltext import Query
from tanzhe.workspace.records import DESCRIBED, Found, Hit, stored
from tanzhe.workspace.schema import documents
from tanzhe.workspace.words import Asked, Phrase, phrase_pattern

SNIPPET = 60  # characters each side of a hit
MOST_READ = 3_000  # candidates whose text is read so that they are counted exactly
READ_FOR_ONE = 2  # candidates read for each hit that is shown, where there are more
FEWEST_READ = 100
# Robertson and Zaragoza, The Probabilistic Relevance Framework (2009): k1 between 1.2 and 2, b
# (with the words of the index, bigrams.py) between .5 and .8 are good for most collections.
K1 = 1.2
IN_TITLE = 3.0  # a title is short and chosen; BM25F of the same authors gives it a few times more
DENIED = 0.1  # still found, behind every document that tells of the thing
_CHECKED = 64  # candidates whose text is read at once
_TITLE = 1 + DESCRIBED.index("title")
_READ = select(documents.c.id, *(documents.c[name] for name in DESCRIBED), documents.c.text)


@dataclass(frozen=True)
class _Search:
    """A query made ready."""

    wanted: tuple[re.Pattern[str], ...]
    unwanted: tuple[re.Pattern[str], ...]
    rarity: tuple[float, ...]  # of each wanted phrase


def find(db: Database, asked: Asked, limit: int) -> Found:
    """The documents that have all that is asked for; inside one snapshot.

    Args:
        db: of the workspace.
        asked: with at least one wanted phrase.
        limit: most hits, at least one.
    """
    terms = terms_of(asked.wanted)
    # What the index alone decides, it counts; the rest is looked into.
    sure = all(map(is_one_term, (*asked.wanted, *asked.unwanted)))
    query = Query(terms=tuple(terms), without=_without(asked.unwanted) if sure else ())
    possible = fulltext.count(db, query)
    most = max(READ_FOR_ONE * limit, FEWEST_READ)
    if not (sure and len(terms) == 1) and possible <= MOST_READ:
        most = possible
    chosen = _chosen(db, query, most, possible)
    large = fulltext.unindexed(db)
    search = _made_ready(db, asked, possible)
    having = _scored(list(_having(db, [*large, *chosen], search)), search)
    having.sort(key=lambda one: (-one.score, -one.number))
    # What was read is counted as read, what was not as the index has it.
    return Found(
        hits=tuple(_hit(one) for one in having[:limit]),
        total=possible - len(chosen) + len(having),
        exact=sure or len(chosen) == possible,
    )


def _without(phrases: Sequence[Phrase]) -> tuple[Term, ...]:
    return tuple(terms_of(phrases))


def _made_ready(db: Database, asked: Asked, possible: int) -> _Search:
    many = int(db.value(select(func.count()).select_from(documents)))
    holding = [possible]
    if len(asked.wanted) > 1:
        holding = [fulltext.count(db, Query(tuple(terms_of([one])))) for one in asked.wanted]
    return _Search(
        wanted=tuple(map(phrase_pattern, asked.wanted)),
        unwanted=tuple(map(phrase_pattern, asked.unwanted)),
        rarity=tuple(_rarity(many, one) for one in holding),
    )


def _chosen(db: Database, query: Query, most: int, possible: int) -> list[int]:
    """The candidates worth reading: those richest in a word first, of equals the newest."""
    if possible <= most:
        return fulltext.newest(db, query, possible)
    found: dict[int, None] = {}
    for step in range(len(MARKS), -1, -1):
        if len(found) >= most:
            break
        # Those of a higher step are among these, so that as many more are asked for.
        found |= dict.fromkeys(fulltext.newest(db, replace(query, step=step), most + len(found)))
    return list(found)[:most]


def _rarity(many: int, holding: int) -> float:
    return math.log1p((many - min(holding, many) + 0.5) / (min(holding, many) + 0.5))


def _saturated(times: float, size: float, usual: float) -> float:
    return times * (K1 + 1) / (times + K1 * (1 - B + B * size / max(usual, 1.0)))


def _having(db: Database, numbers: Sequence[int], search: _Search) -> Iterator["_Having"]:
    """The documents of these ids whose text really has what is asked for."""
    for at in range(0, len(numbers), _CHECKED):
        some = numbers[at : at + _CHECKED]
        for row in db.all(_READ.where(documents.c.id.in_(some))):
            if (places := _all_places(row, search)) is not None:
                yield _Having(row[0], row, places)


def _scored(having: list["_Having"], search: _Search) -> list["_Having"]:
    usual = sum(len(one.row[-1]) for one in having) / max(len(having), 1)
    return [
        replace(one, score=_score(one.places, len(one.row[-1]), usual, search)) for one in having
    ]


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
    score: float = 0.0


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


def _score(places: Sequence[_Places], size: int, usual: float, search: _Search) -> float:
    weights = zip(search.rarity, places, strict=True)
    return sum(rare * _saturated(one.weight, size, usual) for rare, one in weights)


def _hit(one: _Having) -> Hit:
    start, end = _best(one.places)
    snippet = one.row[-1][max(0, start - SNIPPET) : end + SNIPPET]
    return Hit(
        document=stored(one.row[1:-1]),
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
