"""One connection to the database of a workspace: transactions, and errors in plain words.

The connection is in autocommit mode, and transactions are begun and ended here in so many words,
so that both engines behave alike: a change takes the lock of writers first, a reader never does.
"""

import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import RLock
from typing import Any, Literal

from sqlalchemy import Connection, Executable, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from tanzhe.errors import ConnectionLost, Fault, TanzheError, Words, WorkspaceError

Engine = Literal["sqlite", "postgresql"]
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]

_BEGIN = {
    ("sqlite", True): "BEGIN IMMEDIATE",
    ("sqlite", False): "BEGIN",
    ("postgresql", True): "BEGIN",
    ("postgresql", False): "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


class Database:
    """An open database, for one thread at a time.

    Args:
        connect: makes the connection; called again when it was lost.
        where: what messages call it; without a password.
        read_only: whether changes are refused.

    Long because all that both engines do to a transaction passes here.
    """

    def __init__(
        self, connect: Callable[[], Connection], where: str, *, read_only: bool = False
    ) -> None:
        self.where = where
        self.read_only = read_only
        self._connect = connect
        self._open: Connection | None = connect()
        self.engine: Engine = "sqlite" if self._open.dialect.name == "sqlite" else "postgresql"
        self.lock = RLock()
        self.depth = 0  # of transactions

    @property
    def connection(self) -> Connection:
        """The connection, made anew where it was lost."""
        if self._open is None:
            try:
                self._open = self._connect()
            except DBAPIError as error:
                raise self.told(error) from error
            except OSError as error:
                raise lost(self.where) from error
        return self._open

    def close(self) -> None:
        """Give the connection back."""
        with self.lock:
            self._drop()

    def _drop(self) -> None:
        """A connection that is lost cannot be closed in order either."""
        opened, self._open = self._open, None
        if opened is not None and not opened.invalidated:
            with suppress(Exception):
                opened.detach()
                opened.close()

    def all(self, statement: Executable, parameters: Parameters | None = None) -> list[Any]:
        """The rows that a statement gives."""
        return list(self._done(lambda: self.connection.execute(statement, parameters or {}).all()))

    def first(self, statement: Executable, parameters: Parameters | None = None) -> Any:
        """The first row, or None."""
        return self._done(lambda: self.connection.execute(statement, parameters or {}).first())

    def value(self, statement: Executable, parameters: Parameters | None = None) -> Any:
        """The only value of the first row; None where there is no row."""
        row = self.first(statement, parameters)
        return None if row is None else row[0]

    def run(self, statement: Executable, parameters: Parameters | None = None) -> int:
        """Change something; how many rows. Nothing is done for an empty list."""
        if parameters is not None and not parameters:
            return 0
        return int(
            self._done(lambda: self.connection.execute(statement, parameters or {}).rowcount)
        )

    def plain(self, sql: str) -> None:
        """A statement of the engine's own."""
        self._done(lambda: self.connection.exec_driver_sql(sql))

    def _done(self, work: Callable[[], Any]) -> Any:
        with self.lock:
            try:
                return work()
            except DBAPIError as error:
                if not _is_lost(error):
                    raise self.told(error) from error
                self._drop()
                if self.depth:
                    raise self.told(error) from error
            # Outside a transaction nothing was begun, so that the same may be asked once more.
            try:
                return work()
            except DBAPIError as error:
                if _is_lost(error):
                    self._drop()
                raise self.told(error) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several changes as one; may be nested.

        Raises:
            WorkspaceError: the workspace can only be read.
            ConnectionLost: the connection was lost; then nothing of it was kept.
        """
        if self.read_only:
            raise only_read(self.where)
        with self._transaction(writing=True):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One state of the database for several look-ups; takes no lock of writers."""
        with self._transaction(writing=False):
            yield

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[None]:
        with self.lock:
            if self.depth:
                yield
                return
            self.plain(_BEGIN[self.engine, writing])
            self.depth += 1
            try:
                yield
                self.plain("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self.depth -= 1

    def _roll_back(self) -> None:
        """Undo what was begun; a disk that is full may have undone it, a lost connection has."""
        if self._open is not None:
            with suppress(TanzheError):
                self.plain("ROLLBACK")

    def insert(self, table: Table, *, ignoring: Sequence[str] | None = None) -> Any:
        """A statement that inserts.

        Args:
            table: into which.
            ignoring: columns that tell one row from another: one that is there is left alone.
        """
        if ignoring is None:
            return Insert(table)
        made = postgresql.insert(table) if self.engine == "postgresql" else sqlite.insert(table)
        return made.on_conflict_do_nothing(index_elements=list(ignoring))

    def replacing(self, table: Table, keys: Sequence[str]) -> Any:
        """A statement that inserts, or changes the row that has the same keys."""
        made = postgresql.insert(table) if self.engine == "postgresql" else sqlite.insert(table)
        others = {one.name: made.excluded[one.name] for one in table.c if one.name not in keys}
        return made.on_conflict_do_update(index_elements=list(keys), set_=others)

    def told(self, error: DBAPIError) -> TanzheError:
        """What went wrong, in plain words."""
        return told(error, self.where)


def _code(error: DBAPIError) -> str:
    """SQLSTATE of PostgreSQL, or the name of SQLite's code."""
    cause: BaseException | None = error.orig
    name = str(getattr(cause, "sqlite_errorname", ""))
    while cause is not None:  # what the server said may be followed by the end of the connection
        told = cause.args[0] if cause.args else None
        if isinstance(told, dict):
            return str(told.get("C", ""))
        cause = cause.__context__
    return name


def _is_lost(error: DBAPIError) -> bool:
    """Whether the connection is gone: closed by the server, or broken on the way."""
    code = _code(error)
    if code.startswith(_REFUSED):
        return False
    if error.connection_invalidated or code.startswith(("57P", "08")):
        return True
    text = str(error.orig).lower()
    return any(words in text for words in _BROKEN)


_REFUSED = ("28", "3D")
_BROKEN = (
    "network error",
    "communication error",
    "connection is closed",
    "can't create a connection",
)


# Beginning of the code, what it means, what to do.
_MEANING = (
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001"),
        Words("另一个程序正占用工作区", "Another program is using the workspace"),
        Words("请稍后再试，或先关闭另一个 tanzhe", "Try again later, or close the other tanzhe"),
    ),
    (
        ("SQLITE_FULL", "53100", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC"),
        Words("磁盘已满，没有写入", "The disk is full; nothing was written"),
        Words(
            "请腾出空间后重新运行；已存好的都还在",
            "Free some space and run it again; what was kept before is still there",
        ),
    ),
    (
        ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ", "XX001", "XX002"),
        Words("工作区的索引已损坏", "The index of the workspace is damaged"),
        Words(
            "请用 tanzhe workspace restore 恢复备份；没有备份时，换一个文件夹重新收入文件",
            "Restore a backup with tanzhe workspace restore; without one, add the documents "
            "anew in another folder",
        ),
    ),
    (
        ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH", "25006"),
        Words("工作区只能读", "The workspace can only be read"),
        Words("请检查文件夹权限，或换一个工作区", "Check permissions, or use another workspace"),
    ),
    (
        ("42501",),
        Words("你的角色没有这项权限", "Your role may not do this"),
        Words(
            "请管理员用 tanzhe workspace grant 授予 reviewer 或 administrator",
            "Ask an administrator to grant reviewer or administrator: tanzhe workspace grant",
        ),
    ),
    (
        _REFUSED,
        Words("数据库拒绝登录", "The database refuses the login"),
        Words(
            "请检查地址里的用户名、密码和数据库名",
            "Check user, password and database in the address",
        ),
    ),
)  # fmt: skip


def told(error: DBAPIError, where: str, *, opening: bool = False) -> TanzheError:
    """An error of a driver, in plain words.

    Args:
        error: of SQLAlchemy.
        where: the workspace.
        opening: whether there was no connection yet.
    """
    if _is_lost(error):
        return unreachable(where, error.orig) if opening else lost(where)
    code = _code(error)
    for codes, what, do in _MEANING:
        if code.startswith(codes):
            return WorkspaceError(Fault(what=what, where=where, do=do))
    what = Words(f"工作区出错：{_said(error)}", f"The workspace failed: {_said(error)}")
    do = Words(
        "请检查路径、权限和磁盘空间；tanzhe workspace check 可检查工作区",
        "Check the path, permissions and disk space; tanzhe workspace check looks it over",
    )
    return WorkspaceError(Fault(what=what, where=where, do=do))


def _said(error: DBAPIError) -> str:
    cause = error.orig
    told = cause.args[0] if cause is not None and cause.args else cause
    return str(told.get("M", told)) if isinstance(told, dict) else str(told)


def lost(where: str) -> ConnectionLost:
    """The server is not there, or no more."""
    return ConnectionLost(
        Fault(
            what=Words("与数据库的连接断了", "The connection to the database is lost"),
            where=where,
            do=Words(
                "没有确认的改动都没有保存，已确认的都在；请检查服务器和网络后重新运行",
                "What was not confirmed is not kept, what was confirmed is; check the server and "
                "the network and run it again",
            ),
        )
    )


def unreachable(where: str, error: BaseException | None) -> ConnectionLost:
    """The server was not there when it was first asked."""
    cause: BaseException | None = error
    why = Words("没有应答", "it does not answer")
    while cause is not None:
        for kind, words in _UNREACHED:
            if isinstance(cause, kind):
                why = words
        cause = cause.__cause__ or cause.__context__
    return ConnectionLost(
        Fault(
            what=Words(
                f"连不上数据库服务器：{why.zh}", f"The database server cannot be reached: {why.en}"
            ),
            where=where,
            do=Words(
                "请核对地址和端口，确认 PostgreSQL 在运行、防火墙放行；tanzhe doctor 会再试一次",
                "Check the address and port, that PostgreSQL runs and no firewall is between; "
                "tanzhe doctor tries again",
            ),
        )
    )


_UNREACHED = (
    (FileNotFoundError, Words("没有这个套接字", "there is no such socket")),
    (ConnectionRefusedError, Words("端口上没有服务", "nothing listens at the port")),
    (TimeoutError, Words("超时", "no answer in time")),
    (socket.gaierror, Words("没有这个主机名", "no computer has this name")),
)


def only_read(where: str) -> WorkspaceError:
    """A change of a workspace that can only be read."""
    return WorkspaceError(
        Fault(
            what=Words("工作区只能读，没有改动", "The workspace can only be read; nothing changed"),
            where=where,
            do=Words(
                "请检查文件夹权限或你的角色，或换一个工作区",
                "Check the folder's permissions or your role, or use another workspace",
            ),
        )
    )
