"""Where a workspace is: a folder, or the address of a PostgreSQL database."""

import hashlib
import os
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import platformdirs

from tanzhe.errors import Fault, InputError, Words

_ADDRESS = re.compile(r"postgres(?:ql)?(?:\+pg8000)?:/+")
_OTHER_ADDRESS = re.compile(r"[a-z][a-z0-9+]+:/", re.I)  # one letter alone is a drive of Windows


def default_place() -> str:
    """`TANZHE_WORKSPACE`, else a folder in the user's data directory."""
    named = os.environ.get("TANZHE_WORKSPACE", "").strip()
    return named or platformdirs.user_data_dir("tanzhe", appauthor=False)


def address_of(place: str | Path | None) -> str | None:
    """The address of a database, or None for a folder; a path has lost one of its slashes.

    Raises:
        InputError: the address of something else.

    Example:
        >>> address_of("postgresql:/me@server/team"), address_of("a/folder")
        ('postgresql://me@server/team', None)
    """
    text = str(place) if place is not None else default_place()
    found = _ADDRESS.match(text)
    if found is None and _OTHER_ADDRESS.match(text):
        what = Words("工作区不在这种地址上", "No workspace is at such an address")
        do = Words(
            "请给出文件夹，或 postgresql://USER@HOST/DATABASE（用户、服务器、数据库）",
            "Give a folder, or postgresql://USER@HOST/DATABASE",
        )
        raise InputError(Fault(what=what, where=text.split("/", 1)[0], do=do))
    return f"postgresql://{text[found.end() :]}" if found else None


def folder_of(place: str | Path | None) -> Path:
    """The folder of a workspace; for a database one of this user's, for downloads and the like.

    Args:
        place: as typed; None for the default.
    """
    address = address_of(place)
    if address is None:
        return Path(place) if place is not None else Path(default_place())
    name = hashlib.sha256(without_password(address).encode()).hexdigest()[:16]
    return Path(platformdirs.user_data_dir("tanzhe", appauthor=False)) / "servers" / name


def default_folder() -> Path:
    """The folder of the default workspace."""
    return folder_of(None)


def without_password(address: str) -> str:
    """An address as it may be shown.

    Example:
        >>> without_password("postgresql://me:secret@server/team")
        'postgresql://me@server/team'
    """
    return re.sub(r"(//[^/@:]*):[^/@]*@", r"\1@", address)


def parts_of(address: str) -> dict[str, object]:
    """What the driver needs of an address; a password may also stand in PGPASSWORD.

    Args:
        address: postgresql://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?host=FOLDER&sslmode=require]
    """
    split = urlsplit(address)
    asked = parse_qs(split.query)
    port = split.port or 5432
    user = unquote(split.username or "") or os.environ.get("PGUSER", "") or os.environ.get("USER")
    password = unquote(split.password or "") or os.environ.get("PGPASSWORD")
    parts: dict[str, object] = {
        "user": user or "postgres",
        "password": password,
        "database": unquote(split.path.lstrip("/")) or user,
        "application_name": "tanzhe",
    }
    if folder := asked.get("host", [""])[0]:
        parts["unix_sock"] = f"{folder}/.s.PGSQL.{port}"
    else:
        parts |= {"host": split.hostname or "localhost", "port": port}
        parts["ssl_context"] = _security(asked.get("sslmode", ["disable"])[0])
    return parts


def _security(mode: str) -> object | None:
    """How the connection is kept secret, by the names of PostgreSQL's own programs."""
    if mode in ("disable", "allow", "prefer"):
        return None
    import ssl

    context = ssl.create_default_context()
    if mode != "verify-full":
        context.check_hostname = False
    if mode == "require":
        context.verify_mode = ssl.CERT_NONE
    return context
