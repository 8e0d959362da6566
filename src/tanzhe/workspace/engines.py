"""Opening the database of a workspace, embedded or on a server, and making its tables."""

import os
import socket
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, create_engine, insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tanzhe.disk import make_private
from tanzhe.errors import InputError, Words, WorkspaceError, why_not
from tanzhe.faults import fault_of
from tanzhe.workspace.database import Database
from tanzhe.workspace.mishaps import emptied, told, unreachable
from tanzhe.workspace.places import address_of, folder_of, parts_of, without_password
from tanzhe.workspace.schema import VERSION, meta, metadata

INDEX = "index.sqlite"
_OWN = (INDEX, "meters", "tracking")  # meters and boards may be there before an index
ANSWER = 10.0  # seconds in which a server must take a connection
MADE = 2.0  # seconds in which an index that another begins is more than an empty file
PATIENCE = 30.0  # seconds that another writer is waited for
_SCHEMA = "tanzhe"  # of PostgreSQL: tables of ours do not mix with others
_CREATING = 0x7A6865  # key of the advisory lock under which tables are made


def is_missing(place: str | Path) -> bool:
    """Whether a place is a folder in which nothing of a workspace is yet."""
    folder = folder_of(place)
    return address_of(place) is None and not any((folder / one).exists() for one in _OWN)


def open_embedded(folder: Path) -> Database:
    """The database in a folder; it is made where there is none.

    Raises:
        InputError: the folder cannot be used, or is of a newer version, or is damaged.
    """
    where = str(folder)
    try:
        make_private(folder)
        path = folder / INDEX
        read_only = not (os.access(folder, os.W_OK) and (not path.exists() or _writable(path)))
        if not read_only and not path.exists():
            _begin(path, where)
        elif _is_emptied(path):
            raise emptied(where)
    except OSError as error:
        raise _cannot_open(where, why_not(error)) from error
    if read_only and not path.exists():
        raise _cannot_open(where, Words("文件夹不能写入", "The folder cannot be written"))
    connect = _reading(path) if read_only else _writing(path)
    return _opened(connect, where, read_only=read_only)


def _begin(path: Path, where: str) -> None:
    """A new index gets its name when it is whole, so that an empty one tells of a loss."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
        made = Path(folder) / INDEX
        made.touch(0o600)
        _opened(_writing(made), where).close()
        try:
            os.link(made, path)
        except FileExistsError:
            return  # another was quicker
        except OSError:  # a disk that knows no links
            path.touch(0o600)


def _is_emptied(path: Path) -> bool:
    """Whether an index stays without a byte; one that another is just making is soon filled."""
    until = time.monotonic() + MADE
    while path.is_file() and not path.stat().st_size:
        if time.monotonic() > until:
            return True
        time.sleep(0.01)
    return False


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK)


def _opened(connect: Callable[[], Connection], where: str, *, read_only: bool = False) -> Database:
    try:
        db = Database(connect, where, read_only=read_only)
    except (sqlite3.Error, DBAPIError) as error:
        raise told(error, where) from error
    try:
        _prepare(db)
    except BaseException:
        db.close()
        raise
    return db


def _writing(path: Path) -> Callable[[], Connection]:
    return _connecting(lambda: _configured(_patient(path)))


def _patient(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _configured(db: sqlite3.Connection) -> sqlite3.Connection:
    """Write-ahead log, so that readers and a writer do not wait for each other."""
    try:
        _in_log_mode(db)
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -65536")
        db.execute("PRAGMA wal_autocheckpoint = 8000")
    except BaseException:
        db.close()
        raise
    return db


def _in_log_mode(db: sqlite3.Connection) -> None:
    """Several that open a new file at once: SQLite does not wait for this lock itself."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _reading(path: Path) -> Callable[[], Connection]:
    """A file that may not be written; its folder may not even take the lock file of a reader."""

    def connect() -> sqlite3.Connection:
        address = path.resolve().as_uri()
        ways = [f"{address}?mode=ro"]
        log = path.with_name(f"{INDEX}-wal")
        if not log.exists() or not log.stat().st_size:
            ways.append(f"{address}?mode=ro&immutable=1")
        for last, way in enumerate(ways, 1):
            db = sqlite3.connect(
                way, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            try:
                db.execute("SELECT count(*) FROM sqlite_master")
            except sqlite3.Error:
                db.close()
                if last == len(ways):
                    raise
            else:
                return db
        raise AssertionError

    return _connecting(connect)


def _connecting(connect: Callable[[], sqlite3.Connection]) -> Callable[[], Connection]:
    def made() -> Connection:
        engine = create_engine(
            "sqlite://", creator=connect, poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        return engine.connect()

    return made


def open_server(address: str) -> Database:
    """The database of a team; its tables are made where there are none.

    Args:
        address: as `places.parts_of` reads it.

    Raises:
        InputError: the driver is not installed, or the server refuses.
        SourceError: the server cannot be reached.
    """
    where = without_password(address)
    try:
        import pg8000
    except ImportError as error:
        what = Words("没有安装 PostgreSQL 的驱动", "The driver of PostgreSQL is not installed")
        do = Words(
            '请安装：pip install "tanzhe[postgres]"', 'Install it: pip install "tanzhe[postgres]"'
        )
        raise InputError.of(what, do, where=where) from error
    parts = parts_of(address)

    def connect() -> Connection:
        _refuse_unanswered(parts)
        engine = create_engine(
            "postgresql+pg8000://",
            creator=lambda: pg8000.connect(**parts),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
        )
        opened = engine.connect()
        opened.exec_driver_sql(f"SET search_path = {_SCHEMA}")
        return opened

    try:
        db = Database(connect, where)
    except OSError as error:
        raise unreachable(where, error) from error
    except DBAPIError as error:
        raise told(error, where, opening=True) from error
    try:
        _prepare(db)
        may = "SELECT has_table_privilege('reviews', 'INSERT')"
        db.read_only = not db.value(text(may))
    except BaseException:
        db.close()
        raise
    return db


def _refuse_unanswered(parts: Mapping[str, object]) -> None:
    """Do not wait minutes for a computer that is not there; the driver knows no such limit."""
    if "host" in parts:
        address = (str(parts["host"]), int(str(parts["port"])))
        socket.create_connection(address, timeout=ANSWER).close()


def _prepare(db: Database) -> None:
    """Make the tables of a new database, or bring an old one to this version."""
    version = version_of(db)
    if version == VERSION:
        return
    if version is not None and (version > VERSION or not version.isdigit()):
        raise _too_new(version, db.where)
    if db.read_only:
        what = Words("工作区只能读，还不是当前版本", "It can only be read, and is not up to date")
        raise _cannot_open(db.where, what)
    if db.engine == "postgresql":
        with db.transaction():
            db.value(text(f"SELECT pg_advisory_xact_lock({_CREATING})"))
            if version_of(db) is None:
                db.plain(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
                _create(db)
        return
    with db.transaction():
        version = version_of(db)  # another may have been quicker
        if version is None:
            _create(db)
        elif version < VERSION:
            from tanzhe.workspace.migration import upgrade

            upgrade(db, version, Path(db.where))


def version_of(db: Database) -> str | None:
    """The version of the tables, or None where there are none."""
    named = "SELECT name FROM sqlite_master WHERE name IN ('alembic_version', 'meta')"
    home = ""
    if db.engine == "postgresql":
        home = f"{_SCHEMA}."
        named = (
            "SELECT relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n "
            f"ON n.oid = c.relnamespace WHERE nspname = '{_SCHEMA}' AND relname = 'alembic_version'"
        )
    names = {row[0] for row in db.all(text(named))}
    if "alembic_version" in names:
        return str(db.value(text(f"SELECT version_num FROM {home}alembic_version")))
    if "meta" in names:
        old = db.value(text("SELECT value FROM meta WHERE key = 'schema_version'"))
        return None if old is None else str(old).zfill(4)
    return None


def _create(db: Database) -> None:
    metadata.create_all(db.connection, checkfirst=False)
    stamp(db)


def stamp(db: Database) -> None:
    """Write the version where Alembic, and where older versions of this program look for it."""
    db.plain("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    db.run(text("INSERT INTO alembic_version VALUES (:version)"), {"version": VERSION})
    db.run(insert(meta), {"key": "schema_version", "value": str(int(VERSION))})


def _too_new(version: str, where: str) -> WorkspaceError:
    theirs, ours = version.lstrip("0") or "?", VERSION.lstrip("0")
    return WorkspaceError(
        fault_of("workspace.engines.too_new", theirs=theirs, ours=ours, where=where)
    )


def _cannot_open(where: str, why: Words) -> WorkspaceError:
    return WorkspaceError(fault_of("workspace.engines.cannot_open", why=why, where=where))
