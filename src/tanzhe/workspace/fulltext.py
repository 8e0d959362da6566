"""The index of words in the database: FTS5 of SQLite, `tsvector` with GIN of PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from tanzhe.workspace.bigrams import MARKS, Term, words_of
from tanzhe.workspace.database import Database

# PostgreSQL keeps a megabyte of words for one text; one with more is looked into every time.
MOST_BYTES = 900_000
_PUT = {
    "sqlite": text("INSERT INTO words (rowid, forms) VALUES (:id, :words)"),
    "postgresql": text(
        "INSERT INTO words VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
    ),
}
_DROP = {
    "sqlite": text("INSERT INTO words (words, rowid, forms) VALUES ('delete', :id, :words)"),
    "postgresql": text("DELETE FROM words WHERE id = :id"),
}
_COUNT = {
    "sqlite": text("SELECT count(*) FROM words WHERE words MATCH :asked"),
    "postgresql": text("SELECT count(*) FROM words WHERE words @@ CAST(:asked AS tsquery)"),
}
_NEWEST = {
    "sqlite": text(
        "SELECT rowid FROM words WHERE words MATCH :asked ORDER BY rowid DESC LIMIT :most"
    ),
    "postgresql": text(
        "SELECT id FROM words WHERE words @@ CAST(:asked AS tsquery) ORDER BY id DESC LIMIT :most"
    ),
}
_HAS = {
    "sqlite": text("SELECT 1 FROM words WHERE words MATCH :asked AND rowid = :id"),
    "postgresql": text("SELECT 1 FROM words WHERE words @@ CAST(:asked AS tsquery) AND id = :id"),
}
_CLEAR = {
    "sqlite": text("INSERT INTO words (words) VALUES ('delete-all')"),
    "postgresql": text("DELETE FROM words"),
}
_LARGE = text("SELECT id FROM words WHERE words IS NULL ORDER BY id DESC")


def put(db: Database, documents: Sequence[tuple[int, str, str]]) -> None:
    """Index documents: id, title and text of each."""
    db.run(_PUT[db.engine], _rows(db, documents))


def drop(db: Database, documents: Sequence[tuple[int, str, str]]) -> None:
    """Forget documents, given as they were indexed."""
    rows = _rows(db, documents)
    if db.engine == "postgresql":
        rows = [{"id": row["id"]} for row in rows]
    db.run(_DROP[db.engine], rows)


def _rows(db: Database, documents: Sequence[tuple[int, str, str]]) -> list[dict[str, Any]]:
    made = words_of([(title, body) for _, title, body in documents])
    return [
        {"id": number, "words": words if db.engine == "sqlite" else _lexemes(words)}
        for (number, *_), words in zip(documents, made, strict=True)
    ]


def _lexemes(words: str) -> str | None:
    """Each word once and whole; None where there are too many."""
    apart = " ".join(words.split())
    return apart if len(apart.encode()) <= MOST_BYTES else None


@dataclass(frozen=True)
class Query:
    """Documents with all of some words, and none of others.

    Attributes:
        terms: all must be there.
        without: none may be there.
        step: one of the terms must be there often: 0 however often, up to the number of marks.
    """

    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()
    step: int = 0

    def said(self, engine: str) -> str:
        """The query in the language of an engine."""
        says = _in_fts5 if engine == "sqlite" else _in_tsquery
        joint, either, no = _JOINTS[engine]
        found = joint.join(map(says, self.terms))
        if self.step:
            mark = MARKS[self.step - 1]
            often = either.join(says(Term(one.word + mark)) for one in self.terms)
            found = f"{found}{joint}({often})"
        return found + "".join(f"{no}{says(one)}" for one in self.without)


_JOINTS = {"sqlite": (" AND ", " OR ", " NOT "), "postgresql": (" & ", " | ", " & !")}


def _in_fts5(term: Term) -> str:
    return f'"{term.word}"*' if term.is_prefix else f'"{term.word}"'


def _in_tsquery(term: Term) -> str:
    return f"'{term.word}':*" if term.is_prefix else f"'{term.word}'"


def count(db: Database, query: Query) -> int:
    """How many indexed documents a query has."""
    return int(db.value(_COUNT[db.engine], {"asked": query.said(db.engine)}))


def newest(db: Database, query: Query, most: int) -> list[int]:
    """Ids of documents that a query has, the newest first."""
    asked = {"asked": query.said(db.engine), "most": most}
    return [row[0] for row in db.all(_NEWEST[db.engine], asked)]


def has(db: Database, number: int, word: str) -> bool:
    """Whether a document is indexed under a word."""
    asked = Query((Term(word),)).said(db.engine)
    return db.first(_HAS[db.engine], {"asked": asked, "id": number}) is not None


def clear(db: Database) -> None:
    """Forget all documents."""
    db.run(_CLEAR[db.engine])


def unindexed(db: Database) -> list[int]:
    """Ids of the documents that had too many words to be indexed, newest first."""
    return [row[0] for row in db.all(_LARGE)] if db.engine == "postgresql" else []
