"""Who may do what in a workspace on a server: the database itself refuses the rest.

A reader reads and searches. A reviewer also adds documents and reviews, under his own name alone.
An administrator also takes documents out and brings back what was kept. Nobody changes or deletes
a review or an entry of the log; the owner of the database may copy a workspace into it.
"""

from typing import Literal, get_args

from sqlalchemy import text

from tanzhe.errors import InputError, Words
from tanzhe.workspace.database import Database
from tanzhe.workspace.log import note
from tanzhe.workspace.schema import GROWING, metadata

Role = Literal["reader", "reviewer", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)

_ADDING = (
    "documents", "words", "raws", "folders", "uses", "cache", "events", "passages", "runs", "jobs",
    "files",
)  # fmt: skip
_CHANGING = ("folders", "uses", "cache", "events", "passages", "runs", "jobs", "files")
_RIGHTS = {
    "reader": (("SELECT", ("ALL",)),),
    "reviewer": (("INSERT", (*_ADDING, *GROWING)), ("UPDATE, DELETE", _CHANGING)),
    "administrator": (
        ("INSERT, UPDATE, DELETE", tuple({*metadata.tables, "words"} - {*GROWING, "meta"})),
    ),
}


def grant(db: Database, user: str, role: Role | None) -> None:
    """Give a user of the server a role in this workspace, in place of the one he had.

    Args:
        db: on a server; who grants must own it.
        user: a login of the server.
        role: None takes the role away.

    Raises:
        InputError: it is no workspace on a server, or there is no such user.
        WorkspaceError: who grants may not.
    """
    if db.engine != "postgresql":
        raise _refused(
            Words("这个工作区是文件夹，没有角色", "The workspace is a folder and has no roles"),
            db.where,
            Words("权限由操作系统管理", "The system's permissions protect it"),
        )
    if not db.first(text("SELECT 1 FROM pg_roles WHERE rolname = :user"), {"user": user}):
        raise _refused(
            Words(f"服务器上没有用户“{user}”", f"The server has no user “{user}”"),
            db.where,
            Words("请先建立：CREATE ROLE … LOGIN", "Create the user first: CREATE ROLE … LOGIN"),
        )
    with db.transaction():
        names = _prepare(db)
        for name in names.values():
            db.plain(f"REVOKE {name} FROM {_quoted(user)}")
        if role is not None:
            db.plain(f"GRANT {names[role]} TO {_quoted(user)}")
        note(db, "granted", user, role or "")


def role_of(db: Database) -> str:
    """What the user of a server may do: a role, or `owner`, who may also grant."""
    owns = "SELECT bool_and(pg_has_role(tableowner, 'USAGE')) FROM pg_tables WHERE schemaname = :of"
    if db.value(text(owns), {"of": "tanzhe"}):
        return "owner"
    if db.value(text("SELECT has_table_privilege('documents', 'DELETE')")):
        return "administrator"
    return "reader" if db.read_only else "reviewer"


def _prepare(db: Database) -> dict[Role, str]:
    """The groups of this database, with what each may do; granting again changes nothing."""
    database = str(db.value(text("SELECT current_database()")))
    plain = {role: f"tanzhe_{database}"[:40] + f"_{role}" for role in ROLES}
    names = {role: _quoted(name) for role, name in plain.items()}
    there = {row[0] for row in db.all(text("SELECT rolname FROM pg_roles"))}
    if set(plain.values()) - there:
        _refuse_who_makes_no_roles(db)
    for lower, role in zip((None, *ROLES), ROLES, strict=False):
        if plain[role] not in there:
            db.plain(f"CREATE ROLE {names[role]} NOLOGIN")
        if lower is None:
            db.plain(f"GRANT USAGE ON SCHEMA tanzhe TO {names[role]}")
        else:
            db.plain(f"GRANT {names[lower]} TO {names[role]}")
            db.plain(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA tanzhe TO {names[role]}")
        for rights, tables in _RIGHTS[role]:
            which = "ALL TABLES IN SCHEMA tanzhe" if tables == ("ALL",) else ", ".join(tables)
            db.plain(f"GRANT {rights} ON {which} TO {names[role]}")
    for table in GROWING:
        db.plain(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        for policy, rule in (
            ("is_read", "FOR SELECT USING (true)"),
            ("own_name", 'FOR INSERT WITH CHECK ("by" = session_user)'),
        ):
            db.plain(f"DROP POLICY IF EXISTS {policy} ON {table}")
            db.plain(f"CREATE POLICY {policy} ON {table} {rule}")
    return names


def _refuse_who_makes_no_roles(db: Database) -> None:
    """Owning a database does not mean that one may make the groups of its roles."""
    may = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
    if db.value(text(may)):
        return
    user = _quoted(str(db.value(text("SELECT current_user"))))
    raise _refused(
        Words(
            "第一次授予角色要建立三个用户组，你的用户没有 CREATEROLE",
            "The first grant makes three groups, for which your user lacks CREATEROLE",
        ),
        db.where,
        Words(
            f"请服务器管理员执行一次：ALTER ROLE {user} CREATEROLE",
            f"Ask the server's administrator to run once: ALTER ROLE {user} CREATEROLE",
        ),
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("%", "%%") + '"'


def _refused(what: Words, where: str, do: Words) -> InputError:
    return InputError.of(what, do, where=where)
