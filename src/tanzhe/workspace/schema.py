"""The tables of a workspace, and their version."""

import sqlite3

from tanzhe.errors import Fault, InputError, Words

SCHEMA_VERSION = 1

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
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (tokens, content='', tokenize="unicode61");
CREATE TABLE IF NOT EXISTS cache (
    kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, added TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
"""


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
    """Create the tables of a new index, or check the version of an old one.

    Raises:
        InputError: the index was made by a newer version, or is no index.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        for statement in TABLES.split(";\n"):
            if statement.strip():
                db.execute(statement)
        db.execute(
            "INSERT OR IGNORE INTO meta VALUES ('schema_version', ?)", (str(SCHEMA_VERSION),)
        )
        row = db.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    if int(row[0]) != SCHEMA_VERSION:
        raise InputError(
            Fault(
                what=Words(
                    f"工作区由另一版本建立（{row[0]}，本版本为 {SCHEMA_VERSION}）",
                    f"The workspace has schema {row[0]}, this version reads {SCHEMA_VERSION}",
                ),
                where=where,
                do=Words("请升级 tanzhe 或换一个工作区", "Upgrade tanzhe or use another workspace"),
            )
        )
