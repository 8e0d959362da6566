"""What was found for a turning point as blocks: events, leads, and what was searched."""

import re
from urllib.parse import urlsplit

from tanzhe.errors import Words
from tanzhe.model import Event, Evidence, LinkedEvent, Searched, Source
from tanzhe.places import place_of
from tanzhe.reports.dates import day_words, event_date_words, range_words
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.numbers import chance_words, count_words
from tanzhe.reports.subject import enter_region
from tanzhe.reports.tree import Block, Sentence
from tanzhe.reports.vocabulary import quantity_name, source_name

# Only these are ever printed as fact.
PRINTABLE = ("verified", "catalogued")
LONGEST_QUOTE = 160
MOST_QUOTES = 2
MOST_SOURCES = 3
MOST_QUERIES = 6
SHORT_SHA = 12


def is_printable(event: Event) -> bool:
    """Whether an event may enter a report: reviewed, and with a known date and place."""
    return (
        event.reviewed
        and event.status in PRINTABLE
        and any(date.status in PRINTABLE for date in event.dates)
        and any(place.status in PRINTABLE for place in event.places)
    )


def facts_of(evidence: Evidence) -> tuple[LinkedEvent, ...]:
    """The events that may be printed as facts, best first."""
    return tuple(one for one in evidence.events if is_printable(one.event))


def is_candidate(linked: LinkedEvent) -> bool:
    """Whether an event may be a reason: it fits at all, and did not begin afterwards."""
    return linked.link.grade != "none" and not linked.link.context


def leads_of(evidence: Evidence) -> tuple[LinkedEvent, ...]:
    """The leads, and the events that are only leads because nobody has reviewed them."""
    unreviewed = tuple(one for one in evidence.events if not one.event.reviewed)
    return (*evidence.leads, *unreviewed)


def is_web_address(url: str | None) -> bool:
    """Whether an address may become a link."""
    if not url or re.search(r"[\s<>\"\\\x00-\x1f]", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def name(ledger: Ledger, event: Event) -> Sentence:
    """What it is called, and of what kind it is."""
    words = Words(event.name, event.name_en or event.name)
    marks = {"kind": event.kind, "stage": event.stage, "status": event.status}
    return said("name", marks, name=ledger.enter("name", event.id, words))


def dates(ledger: Ledger, event: Event, *, lead: bool = False) -> list[Sentence]:
    """Its dates, each with its kind; those of a lead have not been checked."""
    return [
        said("when", {"kind": date.kind}, date=ledger.enter("date", date.date, words))
        for date in event.dates
        if lead or date.status in PRINTABLE
        for words in [event_date_words(date)]
    ]


def places(ledger: Ledger, event: Event) -> Sentence:
    """Where it happened."""
    ids = [
        enter_region(ledger, place.code)
        if place_of(place.code)
        else ledger.same("place", place.name)
        for place in event.places
        if place.status in PRINTABLE
    ]
    return said("where", place=list(dict.fromkeys(ids)))


def bodies(ledger: Ledger, event: Event) -> list[Sentence]:
    """Who is named, and under which document number."""
    who = [ledger.same("body", body.name) for body in event.bodies if body.status in PRINTABLE]
    number = ledger.same("code", event.document_number) if event.document_number else ""
    return [
        *([said("who", body=who)] if who else []),
        *([said("document", number=number)] if number else []),
    ]


def quantities(ledger: Ledger, event: Event) -> list[Sentence]:
    """Its numbers in the words of the source."""
    return [
        said(
            "quantity",
            what=ledger.enter("name", one.what, quantity_name(one.what)),
            stated=ledger.same("text", one.as_stated),
        )
        for one in event.quantities
        if one.status in PRINTABLE
    ]


def summary(ledger: Ledger, event: Event) -> list[Sentence]:
    """What happened, in one or two sentences."""
    words = Words(event.summary, event.summary_en or event.summary)
    if not event.summary.strip():
        return []
    text = ledger.enter("text", f"summary of {event.id}", words)
    return [said("summary", {"direction": event.direction}, text=text)]


def fit(ledger: Ledger, linked: LinkedEvent) -> Sentence:
    """How well it fits, against chance, and how long before."""
    link = linked.link
    months = abs(link.lag_months)
    chance = "" if link.p_value is None else _chance(ledger, link.p_value)
    marks = {
        "grade": link.grade,
        "judged": "no" if link.p_value is None else "yes",
        "context": "yes" if link.context else "no",
        "order": "same" if not months else "before" if link.lag_months > 0 else "after",
    }
    words = Words(f"{months}个月", _months(months))
    lag = ledger.enter("number", months, words, unit="months") if months else ""
    return said("fit", marks, chance=chance, lag=lag)


def _months(count: int) -> str:
    return f"{count} month" if count == 1 else f"{count} months"


def _chance(ledger: Ledger, p_value: float) -> str:
    return ledger.enter("number", p_value, chance_words(p_value), unit="%")


def sources(ledger: Ledger, event: Event) -> list[Sentence]:
    """Where it can be read."""
    return [_source(ledger, source) for source in event.sources[:MOST_SOURCES]]


def _source(ledger: Ledger, source: Source) -> Sentence:
    linked = is_web_address(source.url)
    published = source.published
    return said(
        "source",
        {"tier": source.tier, "web": "yes" if linked else "no"},
        publisher=ledger.same("body", source.publisher),
        published=ledger.enter("date", published, day_words(published)) if published else "",
        url=ledger.same("address", source.url) if source.url else "",
        path=ledger.same("address", source.path) if source.path else "",
        digest=ledger.same("code", source.sha256[:SHORT_SHA]) if source.sha256 else "",
    )


def quotes(ledger: Ledger, event: Event) -> list[Sentence]:
    """The words of the archived documents."""
    found = [quote.text.strip() for quote in event.quotes if quote.text.strip()]
    return [said("quote", text=ledger.same("text", _cut(text))) for text in found[:MOST_QUOTES]]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "……"


def event_block(ledger: Ledger, linked: LinkedEvent) -> Block:
    """An event with all its fields."""
    event = linked.event
    return Block(
        kind="paragraph",
        about="event",
        sentences=(
            name(ledger, event),
            *dates(ledger, event),
            places(ledger, event),
            *bodies(ledger, event),
            *summary(ledger, event),
            *quantities(ledger, event),
            fit(ledger, linked),
            *sources(ledger, event),
            *quotes(ledger, event),
        ),
        notes=ledger.refer(event.notes),
    )


def short_event_block(ledger: Ledger, linked: LinkedEvent, *, about: str) -> Block:
    """An event in one line: name, date, fit, first source; a lead has no fit."""
    event = linked.event
    return Block(
        kind="paragraph",
        about=about,
        sentences=(
            name(ledger, event),
            *dates(ledger, event, lead=about == "lead")[:1],
            *([] if about == "lead" else [fit(ledger, linked)]),
            *sources(ledger, event)[:1],
        ),
    )


def searched(ledger: Ledger, what: Searched, *, found: bool) -> Sentence:
    """What was searched; all of it where nothing was found."""
    number = len(what.queries)
    count = ledger.enter("number", what.documents_read, count_words(what.documents_read))
    queries = ledger.enter("number", number, count_words(number)) if number > MOST_QUERIES else ""
    return said(
        "searched",
        {"found": "yes" if found else "no"},
        query=[ledger.same("name", query) for query in what.queries[:MOST_QUERIES]],
        queries=queries,
        source=[ledger.enter("name", source, source_name(source)) for source in what.sources],
        documents=count,
        window=ledger.enter(
            "date", f"{what.first}/{what.last}", range_words(what.first, what.last)
        ),
    )


def evidence_blocks(ledger: Ledger, evidence: Evidence | None, *, short: bool) -> list[Block]:
    """Events, leads and the search of one turning point."""
    if evidence is None:
        return [Block(kind="paragraph", about="unsearched")]
    facts = facts_of(evidence)
    leads = [short_event_block(ledger, one, about="lead") for one in leads_of(evidence)]
    if short:
        events = [short_event_block(ledger, one, about="brief_event") for one in facts]
        return [*events, *leads]
    what = searched(ledger, evidence.searched, found=any(map(is_candidate, facts)))
    search = Block(kind="paragraph", about="searched", sentences=(what,))
    events = [event_block(ledger, one) for one in facts if is_candidate(one)]
    others = [one for one in facts if not is_candidate(one)]
    background = [short_event_block(ledger, one, about="background") for one in others]
    return [*events, *background, *leads, search]
