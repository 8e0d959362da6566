"""Documents' events, their quotes, and their links to turning points."""

from typing import Literal

from tanzhe.model.base import Note, Record

EventKind = Literal["policy", "event", "project", "statistic"]
Stage = Literal["draft", "issued", "started", "commissioned", "achieved", "target", "unknown"]
DateKind = Literal[
    "signed",
    "issued",
    "effective",
    "posted",
    "announced",
    "happened",
    "reported_period",
    "ended",
    "unknown",
]
Precision = Literal["day", "ten_days", "month", "quarter", "half_year", "year", "period"]
Status = Literal["verified", "catalogued", "contradicted", "unsupported"]
Tier = Literal[
    "national_government",
    "provincial_government",
    "local_government",
    "state_media",
    "media",
    "industry_media",
    "company",
    "research",
    "database",
    "mirror",
    "user",
    "unknown",
]
Grade = Literal["strong", "medium", "weak", "none"]
Compared = Literal["dates", "provinces"]
EdgeName = Literal["begin", "end"]
Moment = Literal["begin", "during", "end"]


class Quote(Record):
    """A span of an archived document: `document_text[start:end] == text`, or it does not exist."""

    document: str
    start: int
    end: int
    text: str


class Source(Record):
    """Where an event can be read.

    Attributes:
        url: address, or None for a document that has none.
        path: name of a file in the user's folder, or None.
        publisher: as the record or page names it.
        tier: what kind of publisher this is.
        published: date of publication, YYYY-MM-DD, or None.
        sha256: of the archived document, or None when it was not fetched in this run.
        stated: whom the page itself names as its source (来源, 转载自); not certified.
        copy_of: sha256 of the document of which this one is a copy, or None.
        as_text: the address is shown as text, not as a link: nobody vouches for its host today.
    """

    url: str | None = None
    path: str | None = None
    publisher: str
    tier: Tier = "unknown"
    published: str | None = None
    sha256: str | None = None
    stated: str | None = None
    copy_of: str | None = None
    as_text: bool = False


class EventDate(Record):
    """A date of an event with its kind; `date` is the first day, `until` the last (inclusive)."""

    kind: DateKind
    date: str
    until: str | None = None
    precision: Precision
    status: Status
    quote: Quote | None = None


class EventPlace(Record):
    """A place of an event: GB/T 2260 or ISO code and the name as found."""

    code: str
    name: str
    status: Status
    quote: Quote | None = None


class EventQuantity(Record):
    """A number of an event: what it measures, value and unit, and the words as stated."""

    what: str
    value: float
    unit: str
    as_stated: str
    status: Status
    quote: Quote | None = None


class EventBody(Record):
    """A body (government, company) named by an event."""

    name: str
    status: Status
    quote: Quote | None = None


class Event(Record):
    """Something that happened or was decided, with every field checked or marked.

    Attributes:
        id: chronicle id, or made from the document and the span.
        name: what a reader calls it; name_status says how it is known.
        direction: an editor's or rule's judgement of the first effect on CO2.
        status: verified (every printed field has a quote in an archived text), or catalogued
            (from a reviewed chronicle record, not fetched in this run).
        reviewed: False for a lead: shown apart as 线索（未复核）, never as a fact.
    """

    id: str
    name: str
    name_en: str | None = None
    kind: EventKind
    stage: Stage = "unknown"
    instrument: str | None = None
    direction: Literal["down", "up", "mixed", "none", "unknown"] = "unknown"
    dates: tuple[EventDate, ...]
    places: tuple[EventPlace, ...]
    bodies: tuple[EventBody, ...] = ()
    sectors: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    quantities: tuple[EventQuantity, ...] = ()
    document_number: str | None = None
    summary: str
    summary_en: str | None = None
    status: Status
    reviewed: bool = True
    quotes: tuple[Quote, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()


class Link(Record):
    """How well an event fits a turning point.

    Attributes:
        grade: strong, medium, weak or none, from the score.
        score: 0 to 1, from time, place, industry and direction.
        p_value: probability that chance fits as well; None: not yet judged against chance.
        compared: what decided it: other dates of the series, or other provinces at the same date.
        lag_months: months from the event to the turning point; negative: the event came later.
        context: True when the event begins after the interval's end and so cannot be a cause.
        moment: what of the event is held against the point: its start; its end (a curb lifted); or
            that it had begun earlier and was in force (during).
        ended: of an end, the day on which the event ended, YYYY-MM-DD.
    """

    grade: Grade
    score: float
    p_value: float | None = None
    compared: Compared | None = None
    lag_months: int
    context: bool = False
    moment: Moment = "begin"
    ended: str | None = None


class LinkedEvent(Record):
    """An event and its link to one turning point."""

    event: Event
    link: Link


class VerifiedShare(Record):
    """How many of the statements that a report prints rest on what.

    Attributes:
        verified: with a quote that code read again in an archived text.
        catalogued: from a chronicle record compared with its source a second time; its original
            was not fetched in this run.
        printed: all statements.
    """

    verified: int
    catalogued: int
    printed: int

    @property
    def share(self) -> float | None:
        """Verified among printed, 0 to 1; None where nothing is printed."""
        return self.verified / self.printed if self.printed else None


class Unread(Record):
    """A page or file that gave no text, so that nothing in it can have been found.

    Attributes:
        address: of a page, or None.
        file: name of a file in the user's folder, or None.
        kind: name of the error, e.g. Blocked, NotFound, NoText, TooLarge, InputError.
        reason: why, in Chinese.
        reason_en: the same in English.
    """

    address: str | None = None
    file: str | None = None
    kind: str
    reason: str
    reason_en: str


class Searched(Record):
    """What was searched, so that 'not found' means something.

    Attributes:
        queries: words searched for.
        sources: names of the sources asked.
        documents_read: number of documents and catalogue records looked at.
        first: first day of the window, YYYY-MM-DD.
        last: last day of the window.
        unread: pages and files that could not be read.
    """

    queries: tuple[str, ...]
    sources: tuple[str, ...]
    documents_read: int
    first: str
    last: str
    unread: tuple[Unread, ...] = ()


class Evidence(Record):
    """What was found for the start or the end of one episode.

    Attributes:
        turning_point: id of the episode or turning point.
        edge: whether the events lie around its start or around its end.
        events: facts, best first; may be empty, which is a result.
        leads: unreviewed records, never printed as facts.
        background: plans, policies in force and statistics of the time whose effect is not dated to
            the month, a few; grade none, never evidence.
        searched: what was searched.
    """

    turning_point: str
    edge: EdgeName = "begin"
    events: tuple[LinkedEvent, ...]
    leads: tuple[LinkedEvent, ...] = ()
    background: tuple[LinkedEvent, ...] = ()
    searched: Searched

    @property
    def point(self) -> str:
        """Id of the episode or turning point."""
        return self.turning_point
