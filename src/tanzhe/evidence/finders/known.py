"""What was known on a day: later events and tellings are hidden."""

from datetime import date

from tanzhe.evidence.finders.find import FinderAnswer
from tanzhe.evidence.links.window import beginning
from tanzhe.model import Event, EventDate


def known_on(answer: FinderAnswer, day: date) -> FinderAnswer:
    """The answer as it could have been given on a day.

    Args:
        answer: of a finder.
        day: the last day of which anything is known.

    Returns:
        Without events that began later or of which every dated source was published later; an end
        that lay ahead is kept only where it was part of what was ordered.
    """
    events = tuple(_as_of(event, day) for event in answer.events if _is_known(event, day))
    covers = answer.covers and (answer.covers[0], min(answer.covers[1], day))
    return answer.model_copy(update={"events": events, "covers": covers})


def _is_known(event: Event, day: date) -> bool:
    if not event.dates or beginning(event)[0] > day:
        return False
    published = [source.published for source in event.sources if source.published]
    return not published or min(published)[:10] <= day.isoformat()


def _as_of(event: Event, day: date) -> Event:
    dates = tuple(_cut(one, day) for one in event.dates if not _is_later_end(one, day))
    return event if dates == event.dates else event.model_copy(update={"dates": dates})


def _is_later_end(one: EventDate, day: date) -> bool:
    return one.kind == "ended" and one.date > day.isoformat()


def _cut(one: EventDate, day: date) -> EventDate:
    ordered = one.kind in ("effective", "issued", "announced", "signed", "posted")
    if one.until is None or ordered or one.until <= day.isoformat():
        return one
    return one.model_copy(update={"until": None})
