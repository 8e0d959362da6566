"""Who may ask: clients with their secrets, what they may see, where their answers go."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

from pydantic import Field

from tanzhe.errors import InputError, Words, why_not
from tanzhe.footprints.pact.records import ProductFootprint
from tanzhe.model import Record
from tanzhe.rulebook.reading import record_or_faults
from tanzhe.rulebook.strict_yaml import read_yaml

FILE = "clients.yaml"
LIFETIME = 3600  # seconds of a token


class Answers(Record):
    """Where answers to a client's requests go: agreed beforehand, never taken from a request.

    Attributes:
        url: base address of the client's own host.
        id: of ours there.
        secret: of ours there.
    """

    url: str = Field(pattern=r"^https?://")
    id: str
    secret: str


class Client(Record):
    """A data recipient.

    Attributes:
        id: name.
        secret: shared with it.
        products: product ids that it may see; empty for all.
        answers: where answers go, or None where none are agreed.
    """

    id: str = Field(min_length=1)
    secret: str = Field(min_length=8)
    products: tuple[str, ...] = ()
    answers: Answers | None = None

    def may_see(self, one: ProductFootprint) -> bool:
        """Whether a footprint is open to the client."""
        allowed = {value.casefold() for value in self.products}
        return not allowed or bool(allowed & {id.casefold() for id in one.productIds})


class _File(Record):
    """The file of clients."""

    clients: tuple[Client, ...]


def read_clients(folder: Path) -> tuple[Client, ...]:
    """The clients of a folder.

    Raises:
        InputError: the file is missing or wrong; every fault of it.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = why_not(error) if isinstance(error, OSError) else Words("不是 UTF-8", "Not UTF-8")
        raise InputError.of(what, Words("请检查文件", "Check the file"), where=str(path)) from error
    found, faults = record_or_faults(_File, read_yaml(text, name=FILE), where=FILE)
    if found is None:
        raise InputError(*faults)
    ids = [one.id for one in found.clients]
    if len(set(ids)) < len(ids) or any(":" in id for id in ids):
        what = Words("客户编号重复或含冒号", "A client id stands twice or holds a colon")
        raise InputError.of(what, Words("请改编号", "Change the ids"), where=FILE)
    return found.clients


def first_client(folder: Path) -> Client | None:
    """Make the file with one client of a random secret where there is none; else None."""
    path = folder / FILE
    if path.exists():
        return None
    one = Client(id="partner-1", secret=secrets.token_urlsafe(24))
    path.touch(mode=0o600)
    path.write_text(
        "# 数据接收方 data recipients; keep this file secret.\n"
        "# products: 只给看的产品编号 product ids it may see; 不写则全部 all when left out\n"
        "# answers: 请求的答复发往何处 where answers go: {url, id, secret}\n"
        f"clients:\n  - id: {one.id}\n    secret: {one.secret}\n",
        encoding="utf-8",
    )
    return one


class Tokens:
    """Bearer tokens, in memory: random, of limited life, kept as hashes.

    Args:
        clients: who may have one.
        clock: seconds that only go forward.
    """

    def __init__(self, clients: Iterable[Client], clock: Callable[[], float] = monotonic) -> None:
        self._clients = {one.id: one for one in clients}
        self._clock = clock
        self._held: dict[str, tuple[str, float]] = {}

    def issue(self, id: str, secret: str) -> str | None:
        """A new token, or None where the credentials are wrong."""
        client = self._clients.get(id)
        known = client.secret if client is not None else secrets.token_urlsafe(24)
        same = secrets.compare_digest(known.encode(), secret.encode())
        if client is None or not same:
            return None
        now = self._clock()
        # A token lives once more after its end, so that it can be told to be expired.
        self._held = {k: v for k, v in self._held.items() if v[1] + LIFETIME > now}
        token = secrets.token_urlsafe(32)
        self._held[_hash(token)] = (id, now + LIFETIME)
        return token

    def client_of(self, token: str) -> Client | None:
        """The client of a token that is valid, or None."""
        id, ends = self._held.get(_hash(token), ("", 0.0))
        return self._clients.get(id) if ends > self._clock() else None

    def is_expired(self, token: str) -> bool:
        """Whether it was valid once."""
        return _hash(token) in self._held and self.client_of(token) is None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
