"""What the index says of documents, and what a search gives."""

from collections.abc import Sequence

from tanzhe.model import Record

DESCRIBED = (
    "sha256", "name", "url", "media_type", "encoding", "title", "publisher", "published", "added",
)  # fmt: skip


class StoredDocument(Record):
    """What the index knows of a document.

    Attributes:
        sha256: of the raw bytes.
        name: file name or address it came under.
        url: address, or None.
        media_type: e.g. text/html.
        encoding: of the bytes, None for PDF and Word.
        title: "" when there is none.
        publisher: as the document names it, or None.
        published: day it was posted, YYYY-MM-DD, or None.
        added: UTC time it was added.
    """

    sha256: str
    name: str
    url: str | None
    media_type: str
    encoding: str | None
    title: str
    publisher: str | None
    published: str | None
    added: str


def stored(row: Sequence[str]) -> StoredDocument:
    """A row of the columns `DESCRIBED` as a record."""
    return StoredDocument(**dict(zip(DESCRIBED, row, strict=True)))


class Hit(Record):
    """A document that has all the words.

    Attributes:
        document: which.
        start: where the first word that is not denied stands in its text; 0 when only in the title.
        end: where it ends; 0 when only in the title.
        snippet: the text around it.
        count: how often the words stand in the text and title.
        denied: how many of these are denied or said to be over (未限电, 限电已解除).
        score: what the order rests on; comparable within one search only.
    """

    document: StoredDocument
    start: int
    end: int
    snippet: str
    count: int
    denied: int
    score: float


class Found(Record):
    """What a search gives.

    Attributes:
        hits: the best, best first.
        total: how many documents have all the words.
        exact: whether the total was counted in the texts; else it is the index's, a little high.
    """

    hits: tuple[Hit, ...]
    total: int
    exact: bool = True


class Retired(Record):
    """A document that was taken out of the library: the mark that stays in its place.

    Attributes:
        sha256: of the raw bytes.
        name: file name or address it came under.
        title: "" when there is none.
        at: UTC time it was taken out.
        why: removed, corrected, replaced (in its folder) or vanished (from its folder).
        words: the reason that was given; "" for none.
        successor: sha256 of the document that took its place, or None.
        used_by: what quoted it: each a report with its time, to be made again.
    """

    sha256: str
    name: str
    title: str
    at: str
    why: str
    words: str
    successor: str | None
    used_by: tuple[str, ...] = ()
