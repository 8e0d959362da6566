"""Whether a workspace is whole: its database, its archive, its index and what quotes rest on."""

from collections.abc import Iterator

from sqlalchemy import func, select, text

from tanzhe.errors import Fault, TanzheError
from tanzhe.faults import fault_of
from tanzhe.workspace import fulltext
from tanzhe.workspace.bigrams import words_of
from tanzhe.workspace.library import lookups
from tanzhe.workspace.schema import documents, passages
from tanzhe.workspace.store import Workspace

_PAGE = 200


def faults(workspace: Workspace) -> Iterator[Fault]:
    """Everything that is not as it should be; reads every document.

    Args:
        workspace: to be looked over; nothing in it is changed.
    """
    broken = list(_database(workspace))
    yield from broken
    try:
        yield from damaged(workspace)
        yield from _index(workspace)
        yield from _passages(workspace)
    except TanzheError as error:
        yield from (fault for fault in error.faults if fault not in broken)


def _database(workspace: Workspace) -> Iterator[Fault]:
    if workspace.db.engine != "sqlite":
        return
    try:
        rows = workspace.db.all(text("PRAGMA integrity_check(5)"))
    except TanzheError as error:
        yield from error.faults
        return
    for row in rows:
        if row[0] != "ok":
            yield fault_of("workspace.integrity.database", row=row[0], where=workspace.db.where)


def damaged(workspace: Workspace) -> Iterator[Fault]:
    """Documents whose archived bytes are missing, or not as they were."""
    for one in workspace.documents():
        if workspace.bytes_of(one.sha256) is None:
            yield fault_of("workspace.integrity.damaged", where=f"{one.sha256[:12]} {one.name}")


def _index(workspace: Workspace) -> Iterator[Fault]:
    """Every document must be found under a word of its own."""
    missing = sum(1 for _ in _unfound(workspace))
    if missing:
        yield fault_of("workspace.integrity.index", missing=missing, where=workspace.db.where)


def _unfound(workspace: Workspace) -> Iterator[int]:
    db = workspace.db
    last = 0
    asked = select(documents.c.id, documents.c.title, documents.c.text).order_by(documents.c.id)
    large = set(fulltext.unindexed(db))
    while rows := db.all(asked.where(documents.c.id > last).limit(_PAGE)):
        made = words_of([(row.title, row.text) for row in rows])
        for row, words in zip(rows, made, strict=True):
            first = words.split(maxsplit=1)[:1]
            if first and row.id not in large and not fulltext.has(db, row.id, first[0]):
                yield row.id
        last = rows[-1].id


def _passages(workspace: Workspace) -> Iterator[Fault]:
    """A quoted passage must stand where it is said to stand."""
    for row in workspace.db.all(select(passages).order_by(passages.c.event, passages.c.number)):
        found = next(filter(None, map(workspace.db.first, lookups("text", row.sha256))), None)
        if found is not None and found[0][row.first : row.last] != row.text:
            yield fault_of("workspace.integrity.passages", where=f"{row.event} {row.sha256[:12]}")


def index_anew(workspace: Workspace) -> int:
    """Make the index of words anew from the documents.

    Returns:
        How many documents were indexed.
    """
    db = workspace.db
    with workspace.transaction():
        fulltext.clear(db)
        last = 0
        asked = select(documents.c.id, documents.c.title, documents.c.text).order_by(documents.c.id)
        while rows := db.all(asked.where(documents.c.id > last).limit(_PAGE)):
            fulltext.put(db, [(row.id, row.title, row.text) for row in rows])
            last = rows[-1].id
        return int(db.value(select(func.count()).select_from(documents)))
