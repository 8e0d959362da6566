"""What goes wrong with the database of a workspace, in plain words: what it is, and what to do."""

import socket
import sqlite3

from sqlalchemy.exc import DBAPIError

from tanzhe.errors import ConnectionLost, LoginRefused, TanzheError, Words, WorkspaceError

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
            "请把备份恢复到另一个文件夹：tanzhe workspace restore 备份.zip --workspace 文件夹；"
            "没有备份时，在那里重新收入文件",
            "Bring a backup into another folder: tanzhe workspace restore FILE.zip --workspace "
            "FOLDER; without one, add the documents anew there",
        ),
    ),
    (
        ("SQLITE_CANTOPEN",),
        Words("工作区的索引文件打不开", "The file of the index cannot be opened"),
        Words(
            "index.sqlite 应是可以读写的文件；请检查权限，或换一个工作区",
            "index.sqlite must be a file that can be read and written; check permissions, or use "
            "another workspace",
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
            "请工作区的所有者用 tanzhe workspace grant 授予 reader、reviewer 或 administrator",
            "Ask the owner of the workspace for reader, reviewer or administrator: tanzhe "
            "workspace grant",
        ),
    ),
    (
        ("28P01",),
        Words(
            "数据库拒绝登录：用户名或密码不对，或没有给密码",
            "The database refuses the login: user or password is wrong, or no password was given",
        ),
        Words(
            "请核对用户名和密码；密码放在 PGPASSWORD 或地址里（USER:PASSWORD@HOST）",
            "Check user and password; the password stands in PGPASSWORD or in the address "
            "(USER:PASSWORD@HOST)",
        ),
    ),
    (
        ("28",),
        Words(
            "数据库不让这个用户从这台计算机登录",
            "The database does not let this user in from this computer",
        ),
        Words(
            "请检查用户名，请管理员查看 pg_hba.conf；服务器要求加密时在地址后面写 ?sslmode=require",
            "Check the user, ask for a look at pg_hba.conf; where the server wants encryption, end "
            "the address with ?sslmode=require",
        ),
    ),
    (
        ("3D",),
        Words("服务器上没有这个数据库", "The server has no such database"),
        Words(
            "请检查地址末尾的数据库名；新建：CREATE DATABASE 名称 ENCODING 'UTF8' "
            "TEMPLATE template0",
            "Check the name at the end of the address, or make it: CREATE DATABASE NAME ENCODING "
            "'UTF8' TEMPLATE template0",
        ),
    ),
    (
        ("53300",),
        Words("数据库的连接已用完", "All connections of the database are taken"),
        Words(
            "请稍后再试，或请管理员提高 max_connections",
            "Try again later, or ask for more max_connections",
        ),
    ),
    (
        ("no encryption",),
        Words("服务器不加密，地址里却要求加密", "The server does not encrypt, as the address asks"),
        Words(
            "请管理员打开 ssl，或去掉地址里的 sslmode",
            "Ask for ssl on the server, or take sslmode out of the address",
        ),
    ),
)  # fmt: skip


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
    for codes, what, do in _MEANING:
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
    return WorkspaceError.of(
        Words(
            "工作区的索引文件 index.sqlite 是空的（0 字节）",
            "The file of the index, index.sqlite, is empty (0 bytes)",
        ),
        Words(
            "如果这里收入过文件，请把备份恢复到另一个文件夹（tanzhe workspace restore）；"
            "没有收入过就删除这个文件再运行",
            "If documents were here, bring a backup into another folder (tanzhe workspace "
            "restore); if not, delete the file and run it again",
        ),
        where=where,
    )


def only_read(where: str) -> WorkspaceError:
    """A change of a workspace that can only be read."""
    return WorkspaceError.of(
        Words("工作区只能读，没有改动", "The workspace can only be read; nothing changed"),
        Words(
            "请检查文件夹权限或你的角色，或换一个工作区",
            "Check the folder's permissions or your role, or use another workspace",
        ),
        where=where,
    )
