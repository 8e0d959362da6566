"""Where a workspace is: a folder, or the address of a PostgreSQL database."""

import hashlib
import os
import re
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import platformdirs

from tanzhe.errors import InputError, Words

_ADDRESS = re.compile(r"postgres(?:ql)?(?:\+\w+)?:/*", re.I)
# One letter alone is a drive of Windows; the words of other programs are no folder either.
_OTHER_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]+:)+/|(?:.*\s)?(?:host|dbname)=", re.I)
_ASKED = ("host", "port", "sslmode")  # what an address may say after its ?
_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def named_place() -> str | None:
    """`TANZHE_WORKSPACE`, where it is set."""
    return os.environ.get("TANZHE_WORKSPACE", "").strip() or None


def default_place() -> str:
    """`TANZHE_WORKSPACE`, else a folder in the user's data directory."""
    return named_place() or platformdirs.user_data_dir("tanzhe", appauthor=False)


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
        raise InputError.of(what, do, where=re.split(r"[/\s]", text)[0])
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
    """An address as it may be shown, also where the password holds signs that end it early.

    Example:
        >>> without_password("postgresql://me:s/e@c@server/team?password=x")
        'postgresql://me@server/team?password='
    """
    shown = re.sub(r"(//[^/@:]*):.*@", r"\1@", address)
    return re.sub(r"(?<=[?&]password=)[^&]*", "", shown)


def parts_of(address: str) -> dict[str, object]:
    """What the driver needs of an address; a password may also stand in PGPASSWORD.

    Args:
        address: postgresql://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?host=FOLDER&sslmode=require]

    Raises:
        InputError: it cannot be read, or says something that is not known here.
    """
    split, asked = _split(address)
    port = split.port or int(asked.get("port", "5432"))
    user = unquote(split.username or "") or os.environ.get("PGUSER") or os.environ.get("USER")
    parts: dict[str, object] = {
        "user": user or "postgres",
        # Where a server asks for a password and there is none, the driver must have an empty one.
        "password": unquote(split.password or "") or os.environ.get("PGPASSWORD", ""),
        "database": unquote(split.path.lstrip("/")) or user,
        "application_name": "tanzhe",
    }
    if folder := asked.get("host"):
        parts["unix_sock"] = f"{folder}/.s.PGSQL.{port}"
    else:
        parts |= {"host": split.hostname or "localhost", "port": port}
        parts["ssl_context"] = _security(asked.get("sslmode", "disable"))
    return parts


def _split(address: str) -> tuple[SplitResult, dict[str, str]]:
    """The parts of an address that was written as one, and what it says after its ?."""
    behind = re.split(r"[/?#]", address.partition("//")[2], maxsplit=1)[1:]
    if "@" in "".join(behind):
        what = Words(
            "用户名或密码里有地址的标点（: / ? # 等）",
            "The user or password holds a sign of addresses (: / ? #)",
        )
        raise _not_read(address, what)
    try:
        split = urlsplit(address)
        asked = dict(parse_qsl(split.query, keep_blank_values=True))
        _ = split.port, int(asked.get("port", "0"))
    except ValueError as error:
        what = Words("数据库地址里的主机或端口不对", "The host or port of the address is not one")
        raise _not_read(address, what) from error
    if other := sorted(set(asked) - set(_ASKED)):
        names, known = ", ".join(other), ", ".join(_ASKED)
        what = Words(
            f"数据库地址里的 {names} 不认识（可用：{known}）",
            f"The address says {names}, which is not known (known: {known})",
        )
        raise _not_read(address, what)
    if asked.get("sslmode", "disable") not in _MODES:
        named, known = asked["sslmode"], ", ".join(_MODES)
        what = Words(
            f"没有 sslmode={named}（可用：{known}）", f"No sslmode={named} (known: {known})"
        )
        raise _not_read(address, what)
    return split, asked


def _not_read(address: str, what: Words) -> InputError:
    do = Words(
        "写成 postgresql://USER@HOST:PORT/DATABASE（用户、主机、端口、数据库）；"
        "密码放在 PGPASSWORD，或把其中的标点写成 %3A %2F %3F %23 %40",
        "Write postgresql://USER@HOST:PORT/DATABASE; put the password into PGPASSWORD, or write "
        "its signs as %3A %2F %3F %23 %40",
    )
    return InputError.of(what, do, where=without_password(address))


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
