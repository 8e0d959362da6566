"""What goes wrong with the database of a workspace, in plain words: what it is, and what to do."""

import socket
import sqlite3
from functools import cache

from sqlalchemy.exc import DBAPIError

from tanzhe import bundled
from tanzhe.errors import ConnectionLost, LoginRefused, TanzheError, Words, WorkspaceError
from tanzhe.faults import fault_of

_BROKEN = (
    "network error",
    "communication error",
    "connection is closed",
    "can't create a connection",
)


def _code(cause: BaseException | None) -> str:
    """SQLSTATE of PostgreSQL, or the name of SQLite's code, of what a driver raised."""
    name = str(getattr(cause, "sqlite_errorname", ""))
    if "refuses SSL" in str(cause):
        return "no encryption"
    while cause is not None:  # what the server said may be followed by the end of the connection
        told = cause.args[0] if cause.args else None
        if isinstance(told, dict):
            return str(told.get("C", ""))
        cause = cause.__context__
    return name


def is_lost(error: DBAPIError) -> bool:
    """Whether the connection is gone: closed by the server, or broken on the way."""
    code = _code(error.orig)
    if code.startswith(("28", "3D", "53300", "no encryption")):
        return False
    if error.connection_invalidated or code.startswith(("57P", "08")):
        return True
    text = str(error.orig).lower()
    return any(words in text for words in _BROKEN)


@cache
def _meanings() -> tuple[tuple[tuple[str, ...], Words, Words], ...]:
    """Beginnings of codes, what they mean, and what to do; the first that fits decides."""
    return tuple(
        (
            tuple(row["codes"].split(";")),
            Words(row["what"], row["what_en"]),
            Words(row["do"], row["do_en"]),
        )
        for row in bundled.rows("tanzhe.workspace", "mishaps.csv")
    )


def told(error: DBAPIError | sqlite3.Error, where: str, *, opening: bool = False) -> TanzheError:
    """An error of a driver, in plain words.

    Args:
        error: of SQLAlchemy, or of SQLite itself.
        where: the workspace.
        opening: whether there was no connection yet.
    """
    if isinstance(error, sqlite3.Error):
        return _meant(error, where)
    if is_lost(error):
        return unreachable(where, error.orig) if opening else lost(where)
    return _meant(error.orig, where)


def _meant(cause: BaseException | None, where: str) -> WorkspaceError:
    code = _code(cause)
    for codes, what, do in _meanings():
        if code.startswith(codes):
            kind = LoginRefused if code.startswith("28") else WorkspaceError
            return kind.of(what, do, where=where)
    what = Words(f"工作区出错：{_said(cause)}", f"The workspace failed: {_said(cause)}")
    do = Words(
        "请检查路径、权限和磁盘空间；tanzhe workspace check 可检查工作区",
        "Check the path, permissions and disk space; tanzhe workspace check looks it over",
    )
    return WorkspaceError.of(what, do, where=where)


def _said(cause: BaseException | None) -> str:
    told = cause.args[0] if cause is not None and cause.args else cause
    return str(told.get("M", told)) if isinstance(told, dict) else str(told)


def lost(where: str) -> ConnectionLost:
    """The server is not there, or no more."""
    return ConnectionLost.of(
        Words("与数据库的连接断了", "The connection to the database is lost"),
        Words(
            "没有确认的改动都没有保存，已确认的都在；请检查服务器和网络后重新运行",
            "What was not confirmed is not kept, what was confirmed is; check the server and "
            "the network and run it again",
        ),
        where=where,
    )


def unreachable(where: str, error: BaseException | None) -> ConnectionLost:
    """The server was not there when it was first asked."""
    cause: BaseException | None = error
    why = Words("没有应答", "it does not answer")
    if "certificate" in str(error).lower():
        why = Words("它的证书不可信", "its certificate is not trusted")
    while cause is not None:
        for kind, words in _UNREACHED:
            if isinstance(cause, kind):
                why = words
        cause = cause.__cause__ or cause.__context__
    return ConnectionLost.of(
        Words(f"连不上数据库服务器：{why.zh}", f"The database server cannot be reached: {why.en}"),
        Words(
            "请核对地址和端口，确认 PostgreSQL 在运行、防火墙放行；tanzhe doctor 会再试一次",
            "Check the address and port, that PostgreSQL runs and no firewall is between; "
            "tanzhe doctor tries again",
        ),
        where=where,
    )


_UNREACHED = (
    (FileNotFoundError, Words("没有这个套接字", "there is no such socket")),
    (ConnectionRefusedError, Words("端口上没有服务", "nothing listens at the port")),
    (TimeoutError, Words("超时", "no answer in time")),
    (socket.gaierror, Words("没有这个主机名", "no computer has this name")),
)


def emptied(where: str) -> WorkspaceError:
    """An index of no bytes: nobody is making it, so that what it held is gone."""
    return WorkspaceError(fault_of("workspace.mishaps.emptied", where=where))


def only_read(where: str) -> WorkspaceError:
    """A change of a workspace that can only be read."""
    return WorkspaceError(fault_of("workspace.mishaps.only_read", where=where))
