"""One event as sentences and blocks."""

import re

from tanzhe.errors import Words
from tanzhe.model import Event, EventDate, EventQuantity, LinkedEvent, Source
from tanzhe.model.evidence import EdgeName
from tanzhe.places import place_of
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.words.bodies import body_name
from tanzhe.reports.words.dates import day_words, event_date_words
from tanzhe.reports.words.escape import is_web_address
from tanzhe.reports.words.numbers import chance_words
from tanzhe.reports.words.speakable import is_speakable
from tanzhe.reports.words.subject import enter_region
from tanzhe.reports.words.vocabulary import quantity_name

# Only these are ever printed as fact.
PRINTABLE = ("verified", "catalogued")
LONGEST_QUOTE = 160
MOST_QUOTES = 2
MOST_SOURCES = 3
SHORT_SHA = 12
# A publisher that is known by its host alone: lu-xu.com（转载）.
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def is_printable(event: Event) -> bool:
    """Whether an event may enter a report: reviewed, and with a known date and place."""
    return (
        event.reviewed
        and event.status in PRINTABLE
        and any(date.status in PRINTABLE and date.date.strip() for date in event.dates)
        and any(place.status in PRINTABLE for place in event.places)
    )


def name(ledger: Ledger, event: Event) -> Sentence:
    """What it is called, and of what kind it is."""
    words = Words(event.name, event.name_en or event.name)
    # That an event has begun, or a statistic been measured, its date says.
    known = event.kind in ("event", "statistic") and event.stage in ("started", "achieved")
    stage = "unknown" if known else event.stage
    marks = {"kind": event.kind, "stage": stage, "status": event.status}
    return said("name", marks, name=ledger.enter("name", event.id, words))


def dates(ledger: Ledger, event: Event, *, lead: bool = False) -> list[Sentence]:
    """Its dates, each with its kind; those of a lead have not been checked."""
    return [
        said(
            "when",
            {"kind": "happened" if _runs(date) else date.kind},
            date=ledger.enter("date", date.date, words),
        )
        for date in event.dates
        if date.date.strip() and (lead or date.status in PRINTABLE)
        for words in [event_date_words(date)]
    ]


def _runs(date: EventDate) -> bool:
    """Whether it is a stretch of days in force, of which only the first was announced."""
    return date.until is not None and date.until > date.date and date.kind != "reported_period"


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
    who = [
        ledger.enter("body", body.name, body_name(body.name))
        for body in event.bodies
        if body.status in PRINTABLE
    ]
    number = ledger.same("code", event.document_number) if event.document_number else ""
    return [
        *([said("who", body=who)] if who else []),
        *([said("document", number=number)] if number else []),
    ]


def quantities(ledger: Ledger, event: Event) -> list[Sentence]:
    """Its numbers in the words of the source, where these are words of the report's language."""
    return [
        said(
            "quantity",
            what=ledger.enter("name", one.what, quantity_name(one.what)),
            stated=ledger.same("text", one.as_stated),
        )
        for one in event.quantities
        if one.status in PRINTABLE and _is_speakable(ledger, one)
    ]


def _is_speakable(ledger: Ledger, quantity: EventQuantity) -> bool:
    named = quantity_name(quantity.what).said(ledger.language)
    return is_speakable(named, quantity.as_stated, ledger.language)


def summary(ledger: Ledger, event: Event) -> list[Sentence]:
    """What happened, in one or two sentences."""
    words = Words(event.summary, event.summary_en or event.summary)
    if not event.summary.strip():
        return []
    text = ledger.enter("text", f"summary of {event.id}", words)
    return [said("summary", {"direction": event.direction}, text=text)]


def fit(ledger: Ledger, linked: LinkedEvent, *, edge: EdgeName) -> Sentence:
    """How well it fits, against chance, and how long before."""
    link = linked.link
    months = abs(link.lag_months)
    chance = "" if link.p_value is None else _chance(ledger, link.p_value)
    marks = {
        "grade": link.grade,
        "judged": "no" if link.p_value is None else "yes",
        "compared": link.compared or "dates",
        "edge": edge,
        "moment": link.moment,
        "order": "same" if not months else "before" if link.lag_months > 0 else "after",
    }
    words = Words(f"{months}个月", _months(months))
    lag = ledger.enter("number", months, words, unit="months") if months else ""
    ended = link.ended if link.moment == "end" else None
    day = ledger.enter("date", ended, day_words(ended)) if ended else ""
    return said("fit", marks, chance=chance, lag=lag, ended=day)


def _months(count: int) -> str:
    return f"{count} month" if count == 1 else f"{count} months"


def _chance(ledger: Ledger, p_value: float) -> str:
    return ledger.enter("number", p_value, chance_words(p_value), unit="%")


def sources(ledger: Ledger, event: Event) -> list[Sentence]:
    """Where it can be read; sites that only repeat others are named where there is nothing else."""
    first = event.sources[:MOST_SOURCES]
    named = [source for source in first if not _is_nameless(source)]
    return [_source(ledger, source) for source in named or first[:1]]


def unlinked(event: Event) -> list[str]:
    """Addresses of the sources that are not linked; they stand in the annex, once."""
    first = event.sources[:MOST_SOURCES]
    return [source.url for source in first if source.url and not _is_linked(source)]


def _is_linked(source: Source) -> bool:
    return is_web_address(source.url) and not source.as_text


def _is_nameless(source: Source) -> bool:
    """Whether all that is known of the publisher is a host nobody vouches for."""
    return source.as_text and _HOST.match(source.publisher) is not None


def _publisher(source: Source) -> Words:
    """The publisher's name; a host is none, what it repeats is."""
    host = _HOST.match(source.publisher)
    if host is None or not source.as_text:
        return body_name(source.publisher)
    rest = source.publisher[host.end() :].strip(" （）()")
    if not rest or rest in ("转载", "repost", "mirror"):
        return Words("转载网站", "a site that repeats others")
    return Words(f"转载网站（{rest}）", f"a site that repeats others ({rest})")


def _source(ledger: Ledger, source: Source) -> Sentence:
    linked = _is_linked(source)
    published = source.published
    return said(
        "source",
        {"tier": source.tier, "web": "yes" if linked else "no"},
        publisher=ledger.enter("body", source.publisher, _publisher(source)),
        published=ledger.enter("date", published, day_words(published)) if published else "",
        url=ledger.same("address", source.url) if source.url and linked else "",
        path=ledger.same("address", source.path) if source.path else "",
        digest=ledger.same("code", source.sha256[:SHORT_SHA]) if source.sha256 else "",
    )


def quotes(ledger: Ledger, event: Event) -> list[Sentence]:
    """The words of the archived documents."""
    found = [quote.text.strip() for quote in event.quotes if quote.text.strip()]
    return [said("quote", text=ledger.same("text", _cut(text))) for text in found[:MOST_QUOTES]]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "……"


def event_block(ledger: Ledger, linked: LinkedEvent, *, edge: EdgeName) -> Block:
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
            fit(ledger, linked, edge=edge),
            *sources(ledger, event),
            *quotes(ledger, event),
        ),
        notes=ledger.refer(event.notes),
    )


def short_event_block(ledger: Ledger, linked: LinkedEvent, *, about: str, edge: EdgeName) -> Block:
    """An event in one line: name, date, fit, first source; a lead has no fit."""
    event = linked.event
    return Block(
        kind="paragraph",
        about=about,
        sentences=(
            name(ledger, event),
            *dates(ledger, event, lead=about == "lead")[:1],
            *([] if about == "lead" else [fit(ledger, linked, edge=edge)]),
            *sources(ledger, event)[:1],
        ),
    )
