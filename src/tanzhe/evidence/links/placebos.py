"""Events of elsewhere: they are only held against chance, never printed, and kept small."""

from tanzhe.evidence.links.link import isos_of, place_score
from tanzhe.model import Event, EventDate, EventPlace, Source


class Slimmer:
    """Leaves of an event of elsewhere what merging and chance ask for.

    Ten thousand documents may hold a hundred thousand events, nearly all of other provinces.

    Args:
        region: ISO code of the region whose events stay whole.
    """

    def __init__(self, region: str) -> None:
        self._region = region
        self._dates: dict[tuple[object, ...], EventDate] = {}
        self._places: dict[tuple[object, ...], EventPlace] = {}
        self._sources: dict[Source, Source] = {}

    def __call__(self, event: Event) -> Event:
        """The event, without quotes, bodies and numbers when it happened elsewhere."""
        if place_score(isos_of(event), self._region) > 0:
            return event
        kept = {
            **event.__dict__,
            "dates": tuple(map(self._date, event.dates)),
            "places": tuple(map(self._place, event.places)),
            "sources": tuple(self._sources.setdefault(one, one) for one in event.sources),
            "bodies": (), "quantities": (), "quotes": (), "notes": (),
        }  # fmt: skip
        return Event.model_construct(set(), **kept)

    def _date(self, one: EventDate) -> EventDate:
        key = (one.kind, one.date, one.until, one.precision, one.status)
        return self._dates.setdefault(key, one.model_copy(update={"quote": None}))

    def _place(self, one: EventPlace) -> EventPlace:
        key = (one.code, one.name, one.status)
        return self._places.setdefault(key, one.model_copy(update={"quote": None}))
