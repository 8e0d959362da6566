"""Events that a person adds with the words of a document; reports are given them, too."""

import re
from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field

from tanzhe.errors import InputError
from tanzhe.evidence.finders.find import FinderAnswer, Query, covered, page_of
from tanzhe.evidence.links.window import period_bounds
from tanzhe.faults import fault_of
from tanzhe.model import Event, Record
from tanzhe.model.evidence import EventDate, EventPlace, Precision, Quote, Status
from tanzhe.places import Place, find_place
from tanzhe.sectors import Product, find_sector
from tanzhe.text import read_dates, read_places
from tanzhe.workspace import Workspace
from tanzhe.workspace.reviews import Reviews

ADDED = "added-"  # what the id of such an event begins with
LONGEST_PASSAGE = 600  # characters
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


class Addition(Record):
    """What a person says of an event.

    Attributes:
        name: what it is called.
        region: where: a province or 全国, as people write it.
        begin: YYYY, YYYY-MM or YYYY-MM-DD.
        end: likewise, the last day; "" where it is not known or the same.
        sector: sector, product, or "" for all.
        direction: its first effect on CO2.
        passage: words of the document that say so.
    """

    name: str = Field(min_length=1, max_length=300)
    region: str
    begin: str
    end: str = ""
    sector: str = ""
    direction: Literal["down", "up", "mixed", "none", "unknown"] = "unknown"
    passage: str


class _Days(NamedTuple):
    first: date
    last: date
    precision: Precision


def add_event(workspace: Workspace, sha256: str, addition: Addition) -> Event:
    """Keep an event that a person found in a document, accepted by whoever adds it.

    Its date and place count as verified where code reads them in the passage, too; else they are
    catalogued: somebody's word.

    Args:
        workspace: its library holds the document.
        sha256: of the document.
        addition: the event.

    Raises:
        InputError: the passage does not stand in the document, a date or place cannot be read, or
            the document is not there.
    """
    document, text = workspace.document(sha256), workspace.text_of(sha256)
    if document is None or text is None:
        raise InputError(fault_of("api.added_events.add_event", where=sha256[:12]))
    quote = _quoted(sha256, text, addition.passage)
    place, days = find_place(addition.region), _days(addition)
    known = find_sector(addition.sector) if addition.sector.strip() else None
    is_product = isinstance(known, Product)
    dated = _date_status(quote.text, days, document.published)
    placed: Status = "verified" if _names(quote.text, place) else "catalogued"
    event = Event(
        id=f"{ADDED}{sha256[:12]}-{quote.start}",
        name=addition.name.strip(),
        kind="event",
        direction=addition.direction,
        dates=(
            EventDate(
                kind="happened", date=days.first.isoformat(),
                until=None if days.last == days.first else days.last.isoformat(),
                precision=days.precision, status=dated,
                quote=quote if dated == "verified" else None,
            ),
        ),
        places=(
            EventPlace(
                code=place.iso, name=place.zh, status=placed,
                quote=quote if placed == "verified" else None,
            ),
        ),
        sectors=() if known is None or is_product else (known.id,),
        industries=known.industries if isinstance(known, Product) else (),
        summary=re.sub(r"\s+", "", quote.text) if re.search("[㐀-鿿]", text) else quote.text,
        status="verified" if dated == placed == "verified" else "catalogued",
        quotes=(quote,),
        sources=(page_of(document, text, document.name).source,),
    )  # fmt: skip
    own = Reviews(workspace.db)
    passage = {"sha256": sha256, "first": quote.start, "last": quote.end, "text": quote.text}
    with workspace.transaction():
        own.keep([(event.id, event.model_dump_json(), [passage])])
        own.decide(event.id, "accept")
    return event


class AddedFinder:
    """The events that people added, while their documents are in the library.

    Args:
        workspace: where they are kept.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.name = "added"
        held = {one.sha256 for one in workspace.documents()}
        found = (
            Event.model_validate_json(record)
            for id, record in Reviews(workspace.db).events().items() if id.startswith(ADDED)
        )  # fmt: skip
        events = tuple(one for one in found if {q.document for q in one.quotes} <= held)
        self._answer = FinderAnswer(
            events=events, documents_read=len(events), covers=covered(events)
        )

    @property
    def is_empty(self) -> bool:
        """Whether nobody added any."""
        return not self._answer.events

    def find(self, query: Query) -> FinderAnswer:
        """All of them, whatever the query."""
        return self._answer


def _quoted(sha256: str, text: str, passage: str) -> Quote:
    """Where the words stand in the text; how lines are broken does not matter."""
    signs = re.sub(r"\s+", "", passage)
    found = None
    if 4 <= len(signs) <= LONGEST_PASSAGE:
        found = re.search(r"\s*".join(map(re.escape, signs)), text)
    if found is None:
        raise InputError(
            fault_of(
                "api.added_events.quoted",
                longest_passage=LONGEST_PASSAGE,
                where=passage.strip()[:60] or "passage",
            )
        )
    return Quote(document=sha256, start=found.start(), end=found.end(), text=found[0])


def _days(addition: Addition) -> _Days:
    begin, end = addition.begin.strip(), addition.end.strip()
    try:
        first, last = period_bounds(begin, merged=False)
        if end:
            last = period_bounds(end, merged=False)[1]
    except ValueError:
        first = last = date.min
    if first == date.min or len(begin) not in _PRECISIONS or last < first:
        raise InputError(
            fault_of("api.added_events.days", where=f"{begin} {end}".strip() or "begin")
        )
    precision = _PRECISIONS[len(begin)]
    return _Days(first, last if end or precision != "day" else first, precision)


def _date_status(passage: str, days: _Days, published: str | None) -> Status:
    """Verified where code reads the first day in the passage, too."""
    reference = date.fromisoformat(published) if published and len(published) == 10 else None
    read = read_dates(passage, reference=reference)
    same = any(one.first_day <= days.first <= one.last_day for one in read)
    return "verified" if same else "catalogued"


def _names(passage: str, place: Place) -> bool:
    return any(one.iso == place.iso for one in read_places(passage))
