"""The tables of a workspace: one schema, for SQLite and for PostgreSQL.

`retired` are the documents taken out of the library, `folders` where the others came from, `uses`
what quoted which (library.py). `raws` are archived bytes, unless they are the text's own; in an
embedded workspace large ones are files. `words` is the index for full text (fulltext.py). Reviews
and the log can only grow: triggers of the database refuse to change or delete what stands there.
"""

from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.types import TypeDecorator

VERSION = "0004"

_ESCAPE = "\x1a"


class Whole(TypeDecorator[str]):
    """Text of any characters: PostgreSQL keeps no NUL, so that it is written as two others there.

    The escape character itself is doubled, so that every text comes back as it went in.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What is written."""
        if value is None or dialect.name != "postgresql":
            return value
        if "\0" not in value and _ESCAPE not in value:
            return value
        return value.replace(_ESCAPE, _ESCAPE * 2).replace("\0", f"{_ESCAPE}0")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        """What was written."""
        if value is None or dialect.name != "postgresql" or _ESCAPE not in value:
            return value
        parts = value.split(_ESCAPE * 2)
        return _ESCAPE.join(part.replace(f"{_ESCAPE}0", "\0") for part in parts)


metadata = MetaData()
Long = BigInteger().with_variant(Integer, "sqlite")


def _text(name: str, *, key: bool = False, optional: bool = False) -> Column[str]:
    return Column(name, Whole, primary_key=key, nullable=optional)


def _described() -> list[Column[str]]:
    """What is known of a document beside its text."""
    return [
        _text("name"), _text("url", optional=True), _text("media_type"),
        _text("encoding", optional=True), _text("title"), _text("publisher", optional=True),
        _text("published", optional=True), _text("added"),
    ]  # fmt: skip


meta = Table("meta", metadata, _text("key", key=True), _text("value"))
documents = Table(
    "documents",
    metadata,
    Column("id", Long, primary_key=True),
    Column("sha256", Whole, nullable=False, unique=True),
    *_described(),
    _text("text"),
    Index("documents_published", "published"),
)
raws = Table(
    "raws",
    metadata,
    Column("id", Long, primary_key=True, autoincrement=False),
    Column("raw", LargeBinary, nullable=False),
)
retired = Table(
    "retired",
    metadata,
    Column("id", Long, primary_key=True, autoincrement=False),
    _text("sha256"),
    *_described(),
    _text("text", optional=True),
    _text("at"),
    _text("why"),
    _text("words"),
    _text("successor", optional=True),
    Index("retired_sha256", "sha256"),
)
folders = Table(
    "folders",
    metadata,
    _text("folder", key=True),
    _text("path", key=True),
    _text("sha256"),
    Index("folders_sha256", "sha256"),
    sqlite_with_rowid=False,
)
uses = Table(
    "uses",
    metadata,
    _text("sha256", key=True),
    _text("what", key=True),
    _text("at"),
    sqlite_with_rowid=False,
)
cache = Table(
    "cache",
    metadata,
    _text("kind", key=True),
    _text("key", key=True),
    _text("value"),
    _text("added"),
    sqlite_with_rowid=False,
)
events = Table(
    "events",
    metadata,
    _text("id", key=True),
    _text("record"),
    _text("added"),
    sqlite_with_rowid=False,
)
passages = Table(
    "passages",
    metadata,
    _text("event", key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("sha256"),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    _text("text"),
    Index("passages_sha256", "sha256"),
    sqlite_with_rowid=False,
)
reviews = Table(
    "reviews",
    metadata,
    Column("id", Long, primary_key=True),
    _text("at"),
    _text("by"),
    _text("kind"),
    _text("subject"),
    _text("action"),
    _text("record", optional=True),
    _text("words"),
    Index("reviews_subject", "kind", "subject"),
)
runs = Table(
    "runs",
    metadata,
    _text("id", key=True),
    _text("kind"),
    _text("state"),
    _text("begun"),
    _text("ended", optional=True),
    _text("record"),
)
jobs = Table(
    "jobs",
    metadata,
    Column("id", Long, primary_key=True),
    _text("run"),
    _text("key"),
    _text("state"),
    _text("worker"),
    Column("attempts", Integer, nullable=False),
    _text("until", optional=True),
    _text("result", optional=True),
    UniqueConstraint("run", "key"),
    Index("jobs_state", "run", "state", "id"),
)
log = Table(
    "log",
    metadata,
    Column("id", Long, primary_key=True),
    _text("at"),
    _text("by"),
    _text("what"),
    _text("subject"),
    _text("words"),
)
files = Table(
    "files",
    metadata,
    _text("path", key=True),
    _text("sha256"),
    Column("content", LargeBinary, nullable=False),
    _text("at"),
)

GROWING = ("reviews", "log")  # tables of which nothing is changed or deleted

_SQLITE = (
    # Without positions: a pair of characters is a word of its own, and texts are looked into.
    "CREATE VIRTUAL TABLE words USING fts5 (forms, content='', detail=none, columnsize=0, "
    "tokenize='ascii')",
    # New pages of 16 kB in memory of 1 MB; segments are merged 64 at once, and not in between.
    *(
        f"INSERT INTO words (words, rank) VALUES ('{name}', {value})"
        for name, value in (("pgsz", 16000), ("automerge", 0), ("crisismerge", 64))
    ),
    *(
        f"CREATE TRIGGER {table}_{action.lower()} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} can only grow'); END"
        for table in GROWING
        for action in ("UPDATE", "DELETE")
    ),
)
_POSTGRESQL = (
    # A text of too many words has none here, and is looked into at every search (fulltext.py).
    "CREATE TABLE words (id BIGINT PRIMARY KEY, words TSVECTOR)",
    "CREATE INDEX words_words ON words USING gin (words)",
    "CREATE INDEX words_none ON words (id) WHERE words IS NULL",
    "CREATE FUNCTION can_only_grow() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '%% can only grow', TG_TABLE_NAME USING ERRCODE = '55000'; END $$",
    *(
        f"CREATE TRIGGER {table}_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION can_only_grow()"
        for table in GROWING
    ),
)
for _dialect, _statements in (("sqlite", _SQLITE), ("postgresql", _POSTGRESQL)):
    for _statement in _statements:
        event.listen(
            metadata,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )  # fmt: skip
