"""Code checks each field of an event against the archived text; nothing else certifies."""

import math
from collections.abc import Callable

from tanzhe.evidence.events.passages import passage_at, reference_day
from tanzhe.evidence.events.readings import (
    bodies_in,
    dates_in,
    document_numbers_in,
    places_in,
    quantities_in,
)
from tanzhe.model import Event, EventBody, EventDate, EventPlace, EventQuantity, Quote
from tanzhe.model.evidence import Status
from tanzhe.text import (
    normal_number,
)

# Text of a document by sha256, or None when it is not archived.
TextOf = Callable[[str], str | None]


def quote_holds(quote: Quote, text_of: TextOf) -> bool:
    """Whether the archived text has these words at these offsets."""
    text = text_of(quote.document)
    return (
        text is not None
        and 0 <= quote.start < quote.end <= len(text)
        and text[quote.start : quote.end] == quote.text
    )


def _sentence(quote: Quote, text: str) -> tuple[str, int]:
    passage = passage_at(text, quote.start)
    return passage.text, quote.start - passage.start


def date_holds(one: EventDate, text_of: TextOf) -> bool:
    """Whether the quoted words, read again in their sentence, give the same days."""
    if one.quote is None or not quote_holds(one.quote, text_of):
        return False
    text = text_of(one.quote.document) or ""
    sentence, at = _sentence(one.quote, text)
    for span in dates_in(sentence, reference_day(text)):
        if (span.start, span.text) == (at, one.quote.text):
            last = one.until or one.date
            return (span.first_day.isoformat(), span.last_day.isoformat()) == (one.date, last)
    return False


def place_holds(place: EventPlace, text_of: TextOf) -> bool:
    """Whether the quoted words name the place, or for the nation a national body."""
    if place.quote is None or not quote_holds(place.quote, text_of):
        return False
    if any(span.code == place.code for span in places_in(place.quote.text)):
        return True
    # A short name may count only after its province (甘肃白银): read it in its sentence.
    sentence, at = _sentence(place.quote, text_of(place.quote.document) or "")
    if any((s.start, s.code) == (at, place.code) for s in places_in(sentence)):
        return True
    bodies = bodies_in(place.quote.text)
    return place.code == "000000" and any(b.kind == "government" for b in bodies)


def quantity_holds(quantity: EventQuantity, text_of: TextOf) -> bool:
    """Whether the quoted words, read again in their sentence, give the same value and unit."""
    if quantity.quote is None or not quote_holds(quantity.quote, text_of):
        return False
    text = text_of(quantity.quote.document) or ""
    sentence, at = _sentence(quantity.quote, text)
    return any(
        span.start == at
        and span.unit == quantity.unit
        and math.isclose(span.value, quantity.value, rel_tol=1e-9)
        for span in quantities_in(sentence, reference_day(text))
    )


def body_holds(body: EventBody, text_of: TextOf) -> bool:
    """Whether the quoted words name the body, under any of its names."""
    if body.quote is None or not quote_holds(body.quote, text_of):
        return False
    return any(span.name == body.name for span in bodies_in(body.quote.text))


def _number_holds(event: Event, text_of: TextOf) -> bool:
    wanted = normal_number(event.document_number or "")
    texts = [text_of(sha) or "" for sha in {quote.document for quote in event.quotes}]
    return any(n.number == wanted for text in texts for n in document_numbers_in(text))


def _status(holds: bool) -> Status:
    return "verified" if holds else "unsupported"


def verify_event(event: Event, text_of: TextOf) -> Event:
    """The event with every field marked by what the archived text says.

    Args:
        event: from rules or proposed by anybody; its own statuses are not believed.
        text_of: text of a document by sha256.

    Returns:
        Status `verified` only when name, a date and a place have quotes that hold; fields without
        are `unsupported` and are not to be printed. A document number that is not in the text is
        taken away.

    Example:
        >>> from tanzhe.evidence.chronicle import chronicle
        >>> verify_event(chronicle()[0], lambda sha: None).status
        'unsupported'
    """
    quotes = tuple(q for q in event.quotes if quote_holds(q, text_of))
    dates = tuple(
        d.model_copy(update={"status": _status(date_holds(d, text_of))}) for d in event.dates
    )
    places = tuple(
        p.model_copy(update={"status": _status(place_holds(p, text_of))}) for p in event.places
    )
    named = any(q.text == event.name for q in quotes)
    whole = named and all(
        any(field.status == "verified" for field in fields) for fields in (dates, places)
    )
    return event.model_copy(
        update={
            "quotes": quotes,
            "dates": dates,
            "places": places,
            "bodies": tuple(
                b.model_copy(update={"status": _status(body_holds(b, text_of))})
                for b in event.bodies
            ),
            "quantities": tuple(
                q.model_copy(update={"status": _status(quantity_holds(q, text_of))})
                for q in event.quantities
            ),
            "document_number": event.document_number if _number_holds(event, text_of) else None,
            "status": _status(whole),
        }
    )
