"""A document as extraction needs it, and what holds for all of its events."""

from dataclasses import dataclass
from datetime import date

from tanzhe.evidence.events.passages import quote
from tanzhe.model import EventDate, EventPlace, Quote, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A document as extraction needs it.

    Attributes:
        sha256: id of the document.
        text: the archived text that quotes refer to.
        title: its title, "" when there is none.
        source: where it can be read.
    """

    sha256: str
    text: str
    title: str
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What holds for the whole document.

    Attributes:
        page: the document.
        reference: the day it was written, or None.
        title_start: where its title stands in the text, -1 for nowhere.
        places: of its title, its issuer or its lead.
        own_dates: its signing and posting.
        document_number: its own, or None.
        is_draft: put out for comments.
    """

    page: Page
    reference: date | None
    title_start: int
    places: tuple[EventPlace, ...]
    own_dates: tuple[EventDate, ...]
    document_number: str | None
    is_draft: bool

    def quote(self, start: int, end: int) -> Quote:
        """The quote of a passage of the document."""
        return quote(self.page.sha256, self.page.text, start, end)
