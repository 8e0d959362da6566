"""The built-in catalogue of dated facts, and users' own records in the same form."""

from functools import cache
from pathlib import Path

from tanzhe import bundled
from tanzhe.disk import read_regular
from tanzhe.errors import NOT_UTF8, refuse, why_not
from tanzhe.evidence.chronicle_records import ChronicleRecord, read_chronicle
from tanzhe.faults import fault_of
from tanzhe.model import (
    Event,
    EventBody,
    EventDate,
    EventPlace,
    EventQuantity,
    Note,
    Source,
)
from tanzhe.model.evidence import DateKind, Status
from tanzhe.notes import note_of
from tanzhe.places import place_of
from tanzhe.text.names.publishers import tier_of

LARGEST = 20_000_000  # bytes; the built-in catalogue has one
_LOW = note_of("chronicle_low_confidence")
_UNKNOWN_KIND = note_of("chronicle_date_kind")
# What a kind of date leaves open (data/CHRONICLE.md): ordered is not carried out, and the day on
# which a page was posted or a thing announced is not the day on which it happened.
_KIND_NOTES: dict[DateKind, Note] = {
    "unknown": _UNKNOWN_KIND,
    "effective": note_of("chronicle_ordered"),
    "posted": note_of("chronicle_posted"),
    "announced": note_of("chronicle_announced"),
}


def event_of(record: ChronicleRecord) -> Event:
    """The event of a record: catalogued when reviewed, else a lead."""
    status: Status = "catalogued" if record.is_fact else "unsupported"
    kind = _date_kind(record)
    return Event(
        id=record.id,
        name=record.name_zh,
        name_en=record.name_en,
        kind=record.kind,
        stage=record.stage,
        instrument=record.instrument,
        direction=record.direction,
        dates=(
            EventDate(
                kind=kind,
                date=record.start.isoformat(),
                until=record.end.isoformat() if record.end else None,
                precision=record.date_precision,
                status=status,
            ),
        ),
        places=tuple(_place(iso, status) for iso in record.regions),
        bodies=tuple(EventBody(name=name, status=status) for name in record.actors),
        sectors=record.sectors,
        industries=record.industries,
        quantities=tuple(
            EventQuantity(
                what=q.what, value=q.value, unit=q.unit, as_stated=q.as_stated, status=status
            )
            for q in record.quantities
        ),
        document_number=record.document_number,
        summary=record.summary_zh,
        summary_en=record.summary_en,
        status=status,
        reviewed=record.is_fact,
        sources=tuple(
            Source(
                url=s.url,
                publisher=s.publisher,
                tier=tier_of(s.url, s.publisher_tier),
                as_text=s.publisher_tier == "other",
                published=s.published,
            )
            for s in record.sources
        ),
        notes=(
            *((_KIND_NOTES[kind],) if kind in _KIND_NOTES else ()),
            *((_LOW,) if record.confidence == "low" else ()),
        ),
    )


def _date_kind(record: ChronicleRecord) -> DateKind:
    if record.date_kind is not None:
        return record.date_kind
    is_period = record.kind == "statistic" and record.end is not None
    return "reported_period" if is_period else "unknown"


def _place(iso: str, status: Status) -> EventPlace:
    place = place_of(iso)
    return EventPlace(code=iso, name=place.zh if place else iso, status=status)


@cache
def chronicle() -> tuple[Event, ...]:
    """The built-in records as events, by start."""
    text = bundled.text("tanzhe.data", "chronicle.jsonl")
    return tuple(event_of(record) for record in read_chronicle(text, "chronicle.jsonl"))


def load_chronicle(path: str | Path) -> tuple[Event, ...]:
    """A user's records as events.

    Raises:
        InputError: lists every fault; or the file cannot be read as UTF-8.
    """
    path = Path(path)
    try:
        text = read_regular(path, LARGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = why_not(error) if isinstance(error, OSError) else NOT_UTF8
        refuse([fault_of("evidence.chronicle.unopened", why=why, where=path.name)])
        raise  # refuse has raised already
    return tuple(event_of(record) for record in read_chronicle(text, path.name))
