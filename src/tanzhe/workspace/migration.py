"""From the tables of an older version to those of this one, by Alembic, after a backup."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from alembic import op
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from tanzhe.disk import make_private
from tanzhe.errors import Words, WorkspaceError, why_not
from tanzhe.faults import fault_of
from tanzhe.workspace.bigrams import words_of
from tanzhe.workspace.database import Database
from tanzhe.workspace.mishaps import told
from tanzhe.workspace.schema import metadata

BACKUPS = "backups"
_HOME = Path(__file__).with_name("migrations")
_SOME = 256  # documents that are indexed at once


def upgrade(db: Database, version: str, folder: Path) -> None:
    """Bring an embedded workspace to this version; inside a transaction.

    Args:
        db: of an older version.
        version: which.
        folder: of the workspace; a copy of the index as it was is kept in `backups` there.

    Raises:
        WorkspaceError: there is no space for the copy, or the tables are not of that version; then
            nothing is changed.
    """
    kept = _back_up(folder, version)
    try:
        _migrate(db.connection, version)
    except SQLAlchemyError as error:
        raise _not_upgraded(error, kept) from error
    _make_private(folder)


def _migrate(connection: Connection, version: str) -> None:
    scripts = ScriptDirectory(str(_HOME), version_locations=[str(_HOME)])
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:old)"), {"old": version})
    context = MigrationContext.configure(
        connection,
        opts={"fn": lambda revision, context: scripts._upgrade_revs("head", revision)},
    )
    with Operations.context(context):
        context.run_migrations()


def _not_upgraded(error: SQLAlchemyError, kept: Path) -> WorkspaceError:
    """Tables that are not those of the version they say they are of; all is undone."""
    cause = getattr(error, "orig", error)
    return WorkspaceError(
        fault_of("workspace.migration.not_upgraded", cause=cause, where=str(kept))
    )


def _back_up(folder: Path, version: str) -> Path:
    """A whole copy of the index, before anything is changed."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    target = folder / BACKUPS / f"index-v{version.lstrip('0')}-{now}.sqlite"
    try:
        make_private(target.parent)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600))
        with (
            closing(sqlite3.connect(folder / "index.sqlite", timeout=30)) as own,
            closing(sqlite3.connect(target)) as copy,
        ):
            own.backup(copy)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            target.unlink()
        why = _why(error, target)
        what = Words(
            f"升级工作区之前的备份没有写成：{why.zh}",
            f"The backup before the upgrade could not be written: {why.en}",
        )
        do = Words(
            "请腾出磁盘空间后重试；工作区没有改动",
            "Free some space and try again; the workspace is unchanged",
        )
        raise WorkspaceError.of(what, do, where=str(target)) from error
    return target


def _why(error: OSError | sqlite3.Error, target: Path) -> Words:
    if isinstance(error, OSError):
        return why_not(error)
    return told(error, str(target)).faults[0].what


def _make_private(folder: Path) -> None:
    """What an older version made for everybody to read; another owner's is left alone."""
    with suppress(OSError):
        folder.chmod(0o700)
        for path in folder.glob("index.sqlite*"):
            path.chmod(0o600)


def _connection() -> Connection:
    return op.get_bind()


def make_missing() -> None:
    """Make the tables that an older version did not have."""
    connection = _connection()
    there = set(inspect(connection).get_table_names())
    missing = [table for name, table in metadata.tables.items() if name not in there]
    metadata.create_all(connection, tables=missing, checkfirst=False)


def index_all() -> None:
    """Index every document."""
    connection = _connection()
    last = 0
    while True:
        rows = connection.execute(
            text("SELECT id, title, text FROM documents WHERE id > :last ORDER BY id LIMIT :some"),
            {"last": last, "some": _SOME},
        ).fetchall()
        if not rows:
            return
        made = words_of([(title, body) for _, title, body in rows])
        connection.execute(
            text("INSERT INTO words (rowid, forms) VALUES (:id, :words)"),
            [{"id": row[0], "words": own} for row, own in zip(rows, made, strict=True)],
        )
        last = rows[-1][0]
