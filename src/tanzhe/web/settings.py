"""How the pages are served."""

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from tanzhe.errors import Fault, InputError, Language, Words

LARGEST_UPLOAD = 64 * 1024 * 1024
PORT = 8120


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How the pages are served.

    Attributes:
        workspace: folder of the workspace or address of a database, None for the usual one.
        sign_in: each reader signs in with their own user of the database.
        host: address to listen on.
        port: likewise; 0 takes a free one.
        token: readers must give it; None only on loopback.
        names: host names under which other machines know this one.
        language: of pages whose address names none.
        warm: compute the first page before anybody asks.
        secret: signs forms; new in each process.
    """

    workspace: str | Path | None = None
    sign_in: bool = False
    host: str = "127.0.0.1"
    port: int = PORT
    token: str | None = None
    names: tuple[str, ...] = ()
    language: Language = "zh"
    warm: bool = True
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def __post_init__(self) -> None:
        """Refuse an open door."""
        if not is_loopback(self.host) and not self.token:
            raise InputError(_OPEN)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Whether an address is of this machine alone.

    Example:
        >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
        (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


_OPEN = Fault(
    Words("向其他机器开放需要口令", "Other machines may only be served with a token"),
    Words(
        "加上 --token（口令自动生成），或只在本机：--host 127.0.0.1",
        "Add --token (one is made), or stay on this machine: --host 127.0.0.1",
    ),
    where="--host",
)
