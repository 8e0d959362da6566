"""How much of what is printed rests on a field that code read again in an archived text."""

from collections.abc import Iterable

from tanzhe.model import Event, VerifiedShare
from tanzhe.model.evidence import Status

_PRINTED: tuple[Status, ...] = ("verified", "catalogued")


def statements_of(event: Event) -> tuple[Status, ...]:
    """The status of each statement that a report may print of an event.

    Its name and summary stand for the event as a whole; each date, place, body, quantity and the
    document number stand for themselves. What may not be printed is not counted.
    """
    whole = (event.status,) * (1 + bool(event.summary.strip()) + bool(event.document_number))
    parts = (
        *(one.status for one in event.dates),
        *(one.status for one in event.places),
        *(one.status for one in event.bodies),
        *(one.status for one in event.quantities),
    )
    return tuple(status for status in (*whole, *parts) if status in _PRINTED)


def verified_share(events: Iterable[Event]) -> VerifiedShare:
    """How many printed statements of events are verified, how many only catalogued.

    Args:
        events: those that a report prints as facts, each counted once by id.

    Returns:
        Verified and printed statements; their ratio is `share`.

    Example:
        >>> from tanzhe.evidence.chronicle import chronicle
        >>> found = verified_share(e for e in chronicle() if e.reviewed)
        >>> found.verified, found.catalogued == found.printed
        (0, True)
    """
    once = {event.id: event for event in events if event.status in _PRINTED and event.reviewed}
    said = [status for event in once.values() for status in statements_of(event)]
    return VerifiedShare(
        verified=said.count("verified"), catalogued=said.count("catalogued"), printed=len(said)
    )
