"""The tables of a workspace, their version, and the way from older ones."""

import sqlite3

from tanzhe.errors import Fault, InputError, Words

SCHEMA_VERSION = 3

# `raws` holds small raw bytes, unless they are the text's own; larger ones are files.
# `blocks` and `segments` are the index of words (postings.py). `retired` are the documents taken
# out of the library, `folders` where the others came from, `uses` what quoted which (library.py).
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    url TEXT,
    media_type TEXT NOT NULL,
    encoding TEXT,
    title TEXT NOT NULL,
    publisher TEXT,
    published TEXT,
    added TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_published ON documents (published);
CREATE TABLE IF NOT EXISTS raws (id INTEGER PRIMARY KEY, raw BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS segments (
    first INTEGER PRIMARY KEY, last INTEGER NOT NULL, sizes BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS blocks (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS retired (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT,
    media_type TEXT NOT NULL,
    encoding TEXT,
    title TEXT NOT NULL,
    publisher TEXT,
    published TEXT,
    added TEXT NOT NULL,
    text TEXT,
    at TEXT NOT NULL,
    why TEXT NOT NULL,
    words TEXT NOT NULL,
    successor TEXT
);
CREATE INDEX IF NOT EXISTS retired_sha256 ON retired (sha256);
CREATE TABLE IF NOT EXISTS folders (
    folder TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (folder, path)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS folders_sha256 ON folders (sha256);
CREATE TABLE IF NOT EXISTS uses (
    sha256 TEXT NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (sha256, what)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cache (
    kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, added TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
"""
# What turns a version into the next. Version 1 kept every raw file beside the index, where it
# stays, and words as single characters. Version 2 kept no counts of words. Documents without
# postings are indexed when needed.
UPGRADES = {
    1: ("DROP TABLE IF EXISTS words",),
    2: ("DROP TABLE IF EXISTS segments", "DELETE FROM blocks"),
}


def connect(path: str) -> sqlite3.Connection:
    """An open index: write-ahead log, waits for other writers, explicit transactions."""
    db = sqlite3.connect(path, timeout=30.0, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA busy_timeout = 30000")
    db.execute("PRAGMA cache_size = -65536")
    db.execute("PRAGMA wal_autocheckpoint = 8000")
    return db


def prepare(db: sqlite3.Connection, where: str) -> None:
    """Create the tables of a new index, or bring an old one to this version; no document is lost.

    Raises:
        InputError: the index was made by a newer version, or is no index.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        _create(db)
        db.execute(
            "INSERT OR IGNORE INTO meta VALUES ('schema_version', ?)", (str(SCHEMA_VERSION),)
        )
        version = int(
            db.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()[0]
        )
        if version > SCHEMA_VERSION:
            raise _too_new(version, where)
        _upgrade(db, version)
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _create(db: sqlite3.Connection) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)


def _upgrade(db: sqlite3.Connection, version: int) -> None:
    for older in range(version, SCHEMA_VERSION):
        for statement in UPGRADES[older]:
            db.execute(statement)
    if version < SCHEMA_VERSION:
        _create(db)
        db.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(SCHEMA_VERSION),))


def _too_new(version: int, where: str) -> InputError:
    return InputError(
        Fault(
            what=Words(
                f"工作区由更新的版本建立（{version}，本版本为 {SCHEMA_VERSION}）",
                f"The workspace has schema {version}, this version reads {SCHEMA_VERSION}",
            ),
            where=where,
            do=Words("请升级 tanzhe 或换一个工作区", "Upgrade tanzhe or use another workspace"),
        )
    )
