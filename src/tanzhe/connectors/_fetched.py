"""What was fetched, when, and from where: raw bytes by sha256, a record of each address beside."""

import contextlib
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from tanzhe.connectors._http import Answer
from tanzhe.disk import put_whole
from tanzhe.model import Record
from tanzhe.workspace.archive import Archive

FRESH = timedelta(hours=24)  # a page this young is not asked for again
_KEPT = (
    "content-type", "content-language", "date", "etag", "expires", "last-modified", "server",
)  # fmt: skip


class Fetched(Record):
    """One page as it was fetched.

    Attributes:
        asked: the address asked for.
        url: the address that answered, after redirects.
        sha256: of the raw bytes in the archive.
        content_type: as the source says.
        fetched: UTC time of the fetch, or of the last time the source said it is unchanged.
        headers: of the answer, those that say something of the page.
    """

    asked: str
    url: str
    sha256: str
    content_type: str
    fetched: str
    headers: dict[str, str]

    @property
    def validators(self) -> dict[str, str]:
        """Request headers that ask whether the page has changed."""
        pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        return {sent: self.headers[kept] for sent, kept in pairs if kept in self.headers}


class FetchStore:
    """The fetched pages of a workspace folder.

    Args:
        folder: of the workspace; bytes go to its archive, records to its folder `fetched`.
    """

    def __init__(self, folder: Path) -> None:
        self._archive = Archive(folder / "archive")
        self._folder = folder / "fetched"
        self._folder.mkdir(parents=True, exist_ok=True)

    def _path(self, url: str) -> Path:
        return self._folder / f"{hashlib.sha256(url.encode()).hexdigest()}.json"

    def find(self, url: str) -> Fetched | None:
        """The last fetch of an address whose bytes are still kept, or None."""
        path = self._path(url)
        try:
            found = Fetched.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            return None
        return found if self._archive.path_of(found.sha256).is_file() else None

    def pages(self) -> Iterator[Fetched]:
        """The last fetch of every address, in order of their records' names."""
        for path in sorted(self._folder.glob("*.json")):
            with contextlib.suppress(ValidationError):
                yield Fetched.model_validate_json(path.read_bytes())

    def is_fresh(self, page: Fetched) -> bool:
        """Whether a page is young enough not to be asked for again."""
        return datetime.now(UTC) - datetime.fromisoformat(page.fetched) < FRESH

    def content(self, page: Fetched) -> bytes:
        """The raw bytes of a page."""
        return self._archive.get(page.sha256) or b""

    def put(self, asked: str, answer: Answer) -> Fetched:
        """Keep an answer: its bytes, its address, headers and the time."""
        page = Fetched(
            asked=asked,
            url=answer.url,
            sha256=self._archive.put(answer.content),
            content_type=answer.content_type,
            fetched=_now(),
            headers={name: value for name, value in answer.headers if name in _KEPT},
        )
        self._write(page)
        return page

    def still(self, page: Fetched) -> Fetched:
        """The page with a new time: the source says it is unchanged."""
        renewed = page.model_copy(update={"fetched": _now()})
        self._write(renewed)
        return renewed

    def _write(self, page: Fetched) -> None:
        put_whole(self._path(page.asked), page.model_dump_json(indent=1).encode(), private=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
