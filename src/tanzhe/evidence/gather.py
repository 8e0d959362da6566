"""Evidence for the start and end of episodes: plan, ask, rank, judge, say what was read."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from tanzhe.errors import Words
from tanzhe.evidence.events.copies import with_copies_told
from tanzhe.evidence.events.readings import places_in
from tanzhe.evidence.events.verify import TextOf
from tanzhe.evidence.finders.find import Finder, FinderAnswer, Query
from tanzhe.evidence.finders.known import known_on
from tanzhe.evidence.grading.background import background
from tanzhe.evidence.grading.catalogue import Alike, Catalogue, Days, catalogue_of
from tanzhe.evidence.grading.chance import Chance
from tanzhe.evidence.links.edge import Edge, edges_of
from tanzhe.evidence.links.industry import industry_score
from tanzhe.evidence.links.link import is_of_another_scale, judged, link, place_of_isos
from tanzhe.evidence.links.window import DEFAULT_WINDOW, Window, beginning, window_of
from tanzhe.model import (
    Episodes,
    Event,
    Evidence,
    LinkedEvent,
    Note,
    Progress,
    Searched,
    Series,
    silent,
)
from tanzhe.periods import Month
from tanzhe.places import place_of
from tanzhe.sectors import sector_of

_SHARED = "shared_measure"
MOST_PRODUCTS = 4  # products that get a query of their own
_SEARCHING = Words("查找佐证", "Looking for evidence")
# What a query asks for, by the direction the series went.
_DOWN_WORDS = ("限产", "限电", "能耗双控", "停产", "错峰生产")
_UP_WORDS = ("投产", "复产", "开工", "新增产能")


def home_of(region: str) -> str:
    """The province of a user's own region, so that its events count: ISO code, else the name.

    Example:
        >>> home_of("曲靖市"), home_of("CN-GS"), home_of("某园区")
        ('CN-YN', 'CN-GS', '某园区')
    """
    if place_of(region) is not None:
        return region
    return next((place.iso for place in places_in(region) if place.iso), region)


def plan(edge: Edge, series: Series, window: Window) -> Query:
    """The search for the causes of one edge.

    Args:
        edge: begin or end of a departure.
        series: its series.
        window: its days.

    Returns:
        A query whose words are the region with each product that moved and with what moves
        emissions that way: 云南 有色金属, 云南 限电.
    """
    place = place_of(series.region)
    region = place.zh if place else series.region
    sign = 1 if edge.percent > 0 else -1
    products = tuple(
        driver.product
        for driver in edge.drivers
        if driver.percentage_points * sign > 0
    )  # fmt: skip
    subjects = [sector_of(name) for name in (series.sector, *products[:MOST_PRODUCTS])]
    named = [subject.zh for subject in subjects if subject is not None]
    happened = _DOWN_WORDS if sign < 0 else _UP_WORDS
    return Query(
        region_iso=home_of(series.region),
        sector=series.sector,
        first_day=window.first,
        last_day=window.last,
        products=products,
        words=tuple(dict.fromkeys(f"{region} {word}" for word in (*named, *happened))),
    )


def _ranked(
    catalogue: Catalogue, edge: Edge, window: Window, series: Series, before: int
) -> list[LinkedEvent]:
    """Events of the right days and place, causes before context, best first, each once."""
    chance = Chance(catalogue, edge, series, before)
    linked = [
        _linked(catalogue, int(at), edge, window, series, chance)
        for at in _near(catalogue, edge, window, series.region)
    ]
    ranked = sorted(linked, key=lambda one: (one.link.context, -one.link.score, one.event.id))
    best: dict[object, LinkedEvent] = {}
    for one in ranked:
        best.setdefault(_once(one.event, series.region), one)
    return list(best.values())


def _once(event: Event, region: str) -> object:
    """What is told once: an event; for the nation, a measure that most provinces took."""
    shared = region == "CN" and any(note.code == _SHARED for note in event.notes)
    return (event.instrument, event.direction, event.industries) if shared else event.id


def _as_shared(event: Event, alike: Alike, region: str) -> Event:
    """An event with the note that most provinces did the like; for the nation, told as theirs."""
    days = [f"{day.year}年{day.month}月{day.day}日" for day in (alike.first, alike.last)]
    span = f"{alike.first.isoformat()} to {alike.last.isoformat()}"
    note = Note(
        code=_SHARED,
        zh=f"同一时期{alike.provinces}个省份有同类措施（{days[0]}至{days[1]}）。",
        en=f"{alike.provinces} provinces took the like at the time ({span}).",
    )
    change: dict[str, object] = {"notes": (*event.notes, note)}
    if region == "CN":
        name_en = event.name_en or event.name
        change["name"] = f"{alike.provinces}个省份的同类措施，如{event.name}"
        change["name_en"] = f"similar measures in {alike.provinces} provinces, such as {name_en}"
    return event.model_copy(update=change)


def _near(catalogue: Catalogue, edge: Edge, window: Window, region: str) -> Days:
    """The events of a region that may have begun in the window, or were in force at a start."""
    first, last = window.first.toordinal(), window.last.toordinal()
    places = [place_of_isos(isos, edge, region, shared=one)[0] for isos, one in catalogue.places]
    here = np.array(places, dtype=np.float64) > 0
    in_time = (catalogue.first <= last) & (catalogue.last >= first)
    if edge.name == "begin":
        acted = catalogue.until >= window.interval_first.toordinal()
        in_time |= (catalogue.last < first) & acted
    return np.flatnonzero(in_time & ~catalogue.background & here[catalogue.place])


def _linked(
    catalogue: Catalogue,
    at: int,
    edge: Edge,
    window: Window,
    series: Series,
    chance: Chance,
) -> LinkedEvent:
    """An event with its link, judged against chance."""
    event, shared = catalogue.events[at], bool(catalogue.shared[at])
    unjudged = link(event, edge, window, region=series.region, sector=series.sector, shared=shared)
    told = catalogue.events[int(catalogue.told[at])]
    if (alike := catalogue.alike[at]) is not None:
        told = _as_shared(told, alike, series.region)
    if catalogue.ending[at]:
        unjudged = unjudged.model_copy(update={"moment": "end", "ended": _ended(event)})
    if unjudged.context:
        return LinkedEvent(event=told, link=unjudged)
    if is_of_another_scale(event, series.region, series.sector):
        return LinkedEvent(event=told, link=unjudged.model_copy(update={"grade": "none"}))
    return LinkedEvent(event=told, link=judged(unjudged, chance.judgement(at, unjudged.score)))


def _evidence(
    edge: Edge,
    series: Series,
    finders: Sequence[Finder],
    months: tuple[int, int],
    most: int,
    text_of: TextOf | None,
    as_of: Callable[[FinderAnswer], FinderAnswer],
) -> Evidence:
    window = window_of(edge, merged=series.merged, months=months)
    query = plan(edge, series, window)
    answers = [as_of(finder.find(query)) for finder in finders]
    home = series.model_copy(update={"region": home_of(series.region)})
    catalogue = catalogue_of(answers)
    ranked = _ranked(catalogue, edge, window, home, months[0])
    facts = [one for one in ranked if one.event.reviewed]
    leads = [one for one in ranked if not one.event.reviewed
             and industry_score(one.event, edge, series.sector) > 0]  # fmt: skip
    return Evidence(
        turning_point=edge.point,
        edge=edge.name,
        events=_told(facts[:most], text_of),
        leads=_told(leads[:most], text_of),
        background=background(catalogue, edge, window, region=home.region, sector=series.sector),
        searched=Searched(
            queries=query.words,
            sources=tuple(finder.name for finder in finders),
            documents_read=sum(answer.documents_read for answer in answers),
            first=window.first.isoformat(),
            last=window.last.isoformat(),
            unread=tuple(dict.fromkeys(one for answer in answers for one in answer.unread)),
        ),
    )


def _ended(end: Event) -> str:
    return beginning(end)[1].isoformat()


def _hiding(day: date | None) -> Callable[[FinderAnswer], FinderAnswer]:
    """Hides what was not known on a day; the same answer is hidden once, so it is read once."""
    if day is None:
        return lambda answer: answer
    hidden: dict[int, tuple[FinderAnswer, FinderAnswer]] = {}

    def as_of(answer: FinderAnswer) -> FinderAnswer:
        if id(answer) not in hidden:
            hidden[id(answer)] = (answer, known_on(answer, day))
        return hidden[id(answer)][1]

    return as_of


def _told(linked: Sequence[LinkedEvent], text_of: TextOf | None) -> tuple[LinkedEvent, ...]:
    """The links, the copies among the sources of their events told."""
    events = [one.event for one in linked]
    told = with_copies_told(events, text_of) if text_of else events
    return tuple(
        LinkedEvent(event=event, link=one.link) for event, one in zip(told, linked, strict=True)
    )


def gather(
    found: Episodes,
    finders: Sequence[Finder],
    *,
    window: tuple[int, int] = DEFAULT_WINDOW,
    most: int = 10,
    known_by: date | None = None,
    text_of: TextOf | None = None,
    progress: Progress = silent,
) -> tuple[Evidence, ...]:
    """Evidence for the start of each episode and, where it ended, for its end.

    What is of scope data gets none, so it is not in the result. An edge for which
    nothing was found is, with no events: `searched` says where was looked.

    Args:
        found: episodes of one series.
        finders: where to look.
        window: months before and after the interval of an edge.
        most: most events, and most leads, for an edge.
        known_by: hides what began or was told after this day; None: what came after the month
            as of which the series was asked for, if it was.
        text_of: text of a document by sha256, to tell copies from sources of their own.
        progress: told after each edge.

    Raises:
        SourceError: a finder's source failed.
        InputError: a finder's input is bad.

    Returns:
        In the order of the episodes, begin before end; events that began after the interval stand
        last, marked `context`, with grade none.
    """
    edges = edges_of(found)
    month = found.series.as_of
    as_of = _hiding(known_by or (Month.parse(month).last_day if month else None))
    gathered = []
    for number, edge in enumerate(edges, 1):
        gathered.append(_evidence(edge, found.series, finders, window, most, text_of, as_of))
        progress(_SEARCHING, number, len(edges))
    return tuple(gathered)
