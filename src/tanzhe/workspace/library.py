"""Which folder a document came from, what took its place, and what rests on it."""

import sqlite3
from collections.abc import Mapping, Sequence

from tanzhe.workspace.records import COLUMNS, Retired

REMOVED, CORRECTED, REPLACED, VANISHED = "removed", "corrected", "replaced", "vanished"


def next_id(db: sqlite3.Connection) -> int:
    """An id that no document has, nor any that was taken out: the index still knows those."""
    row = db.execute(
        "SELECT max(coalesce((SELECT max(id) FROM documents), 0), "
        "coalesce((SELECT max(id) FROM retired), 0))"
    ).fetchone()
    return int(row[0]) + 1


def retire(
    db: sqlite3.Connection, sha256: str, *, why: str, words: str, successor: str | None, at: str
) -> bool:
    """Take a document out of the library; text and bytes stay for those who quoted it."""
    done = db.execute(
        f"INSERT INTO retired (id, {COLUMNS}, text, at, why, words, successor) "
        f"SELECT id, {COLUMNS}, text, ?, ?, ?, ? FROM documents WHERE sha256 = ?",
        (at, why, words, successor, sha256),
    ).rowcount
    db.execute("DELETE FROM documents WHERE sha256 = ?", (sha256,))
    db.execute("DELETE FROM folders WHERE sha256 = ?", (sha256,))
    return bool(done)


def erase(db: sqlite3.Connection, sha256: str) -> None:
    """Delete text and small bytes of a document that was taken out; the mark stays."""
    db.execute("DELETE FROM raws WHERE id IN (SELECT id FROM retired WHERE sha256 = ?)", (sha256,))
    db.execute("UPDATE retired SET text = NULL WHERE sha256 = ?", (sha256,))


def retired(db: sqlite3.Connection, sha256: str | None = None) -> list[Retired]:
    """All that was taken out and not taken in again, last first; or one."""
    rows = db.execute(
        "SELECT sha256, name, title, at, why, words, successor FROM retired AS r "
        "WHERE sha256 NOT IN (SELECT sha256 FROM documents) AND (:one IS NULL OR sha256 = :one) "
        "AND id = (SELECT max(id) FROM retired WHERE sha256 = r.sha256) ORDER BY at DESC, id DESC",
        {"one": sha256},
    ).fetchall()
    names = ("sha256", "name", "title", "at", "why", "words", "successor")
    return [
        Retired(**dict(zip(names, row, strict=True)), used_by=tuple(users_of(db, row[0])))
        for row in rows
    ]


def users_of(db: sqlite3.Connection, sha256: str) -> list[str]:
    """What quoted a document, and when."""
    rows = db.execute("SELECT at, what FROM uses WHERE sha256 = ? ORDER BY at, what", (sha256,))
    return [f"{at[:10]} {what}" for at, what in rows]


def members(db: sqlite3.Connection, folder: str) -> dict[str, str]:
    """Path to sha256 of the documents that a folder gave when it was added last."""
    return dict(db.execute("SELECT path, sha256 FROM folders WHERE folder = ?", (folder,)))


def set_members(db: sqlite3.Connection, folder: str, found: Mapping[str, str]) -> None:
    """What a folder gives now."""
    db.execute("DELETE FROM folders WHERE folder = ?", (folder,))
    db.executemany(
        "INSERT INTO folders VALUES (?, ?, ?)", [(folder, *one) for one in found.items()]
    )


def is_held(db: sqlite3.Connection, sha256: str) -> bool:
    """Whether a folder still gives a document."""
    row = db.execute("SELECT 1 FROM folders WHERE sha256 = ? LIMIT 1", (sha256,)).fetchone()
    return row is not None


def note_uses(db: sqlite3.Connection, documents: Sequence[str], what: str, at: str) -> None:
    """That something quotes documents; the same again is only newer."""
    db.executemany(
        "INSERT OR REPLACE INTO uses VALUES (?, ?, ?)", [(one, what, at) for one in documents]
    )


def documents_of(db: sqlite3.Connection, what: str) -> list[str]:
    """The documents that something quoted."""
    return [row[0] for row in db.execute("SELECT sha256 FROM uses WHERE what = ?", (what,))]


def forget_uses(db: sqlite3.Connection, what: str) -> None:
    """Something was made again: what it quoted before does not count any more."""
    db.execute("DELETE FROM uses WHERE what = ?", (what,))
