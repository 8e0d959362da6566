"""All events that the finders know, merged and in columns: many dates are scored at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tanzhe.evidence.finders.find import FinderAnswer
from tanzhe.evidence.links.link import exactness, is_background, is_vague, isos_of, source_score
from tanzhe.evidence.links.merge import merge_groups
from tanzhe.evidence.links.window import beginning, ending, last_day
from tanzhe.model import Event

Days = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Direction = Literal["down", "up", "mixed", "none", "unknown"]
MOST_PROVINCES = 16  # of 31: what so many did at the time is the nation's
ALIKE_DAYS = 31


@dataclass(frozen=True, slots=True)
class Known:
    """What one finder can say about dates.

    Attributes:
        first: first day that it covers, as an ordinal.
        last: last day that it covers.
        begun: sorted ordinals of the days on which its events may begin first.
        ended: sorted ordinals of the days on which they may begin last.
    """

    first: int
    last: int
    begun: Days
    ended: Days


@dataclass(frozen=True, slots=True)
class Alike:
    """What most provinces did at the time.

    Attributes:
        provinces: how many had the like within `ALIKE_DAYS` of each other.
        first: earliest begin among them.
        last: latest begin.
    """

    provinces: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Merged events and what their scores need; place and date apart from the rest.

    Attributes:
        events: each event once, and the end of what acts while it lasts once more, as an event of
            the opposite direction that begins there.
        ending: which of them are such ends.
        told: number of the event whose end it is; its own number for all others.
        background: plans, policies and statistics that no month can be told of.
        shared: which belong to a kind of event that most provinces had at the time.
        alike: what most provinces did then, of those; None for the others.
        first: earliest day on which each may have begun, as ordinals.
        last: latest such day.
        until: last day on which each still acted, -1 where not told.
        exact: what the precision of the date leaves of the time score.
        source: score of the best source.
        fact: False for leads.
        traits: one event of each kind that scores alike apart from date, place and source.
        trait: which of them each event is like.
        places: the distinct sets of provinces, each with whether most provinces had the like.
        place: which of them each event has.
        finders: for each finder, the events it knows; events told by two are known to both.
        known: for each finder, the days it covers, or None when it cannot say.
    """

    events: tuple[Event, ...]
    ending: Flags
    told: Days
    background: Flags
    shared: Flags
    alike: tuple[Alike | None, ...]
    first: Days
    last: Days
    until: Days
    exact: Numbers
    source: Numbers
    fact: Flags
    traits: tuple[Event, ...]
    trait: NDArray[np.intp]
    places: tuple[tuple[frozenset[str], bool], ...]
    place: NDArray[np.intp]
    finders: tuple[Flags, ...]
    known: tuple[Known | None, ...]


def _known(answer: FinderAnswer) -> Known | None:
    if answer.covers is None:
        return None
    ranges = [beginning(event) for event in answer.events]
    return Known(
        first=answer.covers[0].toordinal(),
        last=answer.covers[1].toordinal(),
        begun=np.sort(np.array([one.toordinal() for one, _ in ranges], dtype=np.int64)),
        ended=np.sort(np.array([one.toordinal() for _, one in ranges], dtype=np.int64)),
    )


def _trait_key(event: Event) -> tuple[object, ...]:
    """All that industry, direction and caps depend on."""
    return (
        frozenset(event.industries), frozenset(event.sectors), event.direction, event.stage,
        event.kind, event.instrument, is_vague(event),
    )  # fmt: skip


def _ordinals(days: Sequence[date]) -> Days:
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def _end_of(event: Event) -> Event | None:
    """The end of an event as one that pushes the other way."""
    end = ending(event)
    if end is None or is_background(event):
        return None
    other: Direction = "up" if event.direction == "down" else "down"
    return event.model_copy(update={"dates": (end,), "direction": other})


def _alike(events: Sequence[Event]) -> list[Alike | None]:
    """What most provinces had of the same instrument and direction at the time of each event."""
    alike: dict[tuple[object, ...], list[tuple[int, int, set[str]]]] = {}
    for number, event in enumerate(events):
        key = (event.instrument, event.direction, frozenset(event.industries))
        told = (beginning(event)[0].toordinal(), number, isos_of(event) - {"CN"})
        alike.setdefault(key, []).append(told)
    found: list[Alike | None] = [None] * len(events)
    for (instrument, *_), group in alike.items():
        everywhere = set().union(*(isos for _, _, isos in group))
        if instrument is None or len(everywhere) < MOST_PROVINCES:
            continue
        group.sort(key=lambda one: one[:2])
        days = [day for day, _, _ in group]
        for day, number, _ in group:
            near = group[bisect_left(days, day - ALIKE_DAYS) : bisect_right(days, day + ALIKE_DAYS)]
            provinces = len(set().union(*(isos for _, _, isos in near)))
            if provinces >= MOST_PROVINCES:
                span = (date.fromordinal(near[at][0]) for at in (0, -1))
                found[number] = Alike(provinces, *span)
    return found


def build(answers: Sequence[FinderAnswer]) -> Catalogue:
    """The catalogue of some finders' answers.

    Args:
        answers: one of each finder.

    Example:
        >>> from tanzhe.evidence.finders.find import ChronicleFinder, Query
        >>> day = date(2021, 5, 1)
        >>> query = Query(region_iso="CN-YN", sector="industry", first_day=day, last_day=day)
        >>> len(build([ChronicleFinder().find(query)]).events) > 250
        True
    """
    told = [(event, number) for number, answer in enumerate(answers) for event in answer.events]
    merged = merge_groups([event for event, _ in told if event.dates])
    teller: dict[str, set[int]] = {}
    for event, number in told:
        teller.setdefault(event.id, set()).add(number)
    begun = [event for event, _ in merged]
    ended = [(number, end) for number, event in enumerate(begun) if (end := _end_of(event))]
    events = (*begun, *(end for _, end in ended))
    told_by = [set().union(*(teller[name] for name in names)) for _, names in merged]
    tellers = [*told_by, *(told_by[number] for number, _ in ended)]
    alike = _alike(events)
    shared = [one is not None for one in alike]
    ranges = [beginning(event) for event in events]
    keys: dict[tuple[object, ...], int] = {}
    trait = [keys.setdefault(_trait_key(event), len(keys)) for event in events]
    traits = dict(zip(trait, events, strict=True))
    sets: dict[tuple[frozenset[str], bool], int] = {}
    place = [
        sets.setdefault((frozenset(isos_of(event)), most), len(sets))
        for event, most in zip(events, shared, strict=True)
    ]
    until = [last_day(event) for event in events]
    return Catalogue(
        events=events,
        ending=np.arange(len(events)) >= len(begun),
        told=np.array([*range(len(begun)), *(number for number, _ in ended)], dtype=np.int64),
        background=np.array([is_background(event) for event in events], dtype=np.bool_),
        shared=np.array(shared, dtype=np.bool_),
        alike=tuple(alike),
        until=np.array([day.toordinal() if day else -1 for day in until], dtype=np.int64),
        first=_ordinals([one for one, _ in ranges]),
        last=_ordinals([one for _, one in ranges]),
        exact=np.array([exactness(event) for event in events], dtype=np.float64),
        source=np.array([source_score(event) for event in events], dtype=np.float64),
        fact=np.array([event.reviewed for event in events], dtype=np.bool_),
        traits=tuple(traits[number] for number in range(len(keys))),
        trait=np.array(trait, dtype=np.intp),
        places=tuple(sets),
        place=np.array(place, dtype=np.intp),
        finders=tuple(
            np.array([number in tells for tells in tellers], dtype=np.bool_)
            for number in range(len(answers))
        ),
        known=tuple(_known(answer) for answer in answers),
    )


class _Same:
    """Answers compared by identity: hashing ten thousand events would cost more than it saves."""

    def __init__(self, answers: tuple[FinderAnswer, ...]) -> None:
        self.answers = answers

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.answers)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and list(map(id, self.answers)) == list(
            map(id, other.answers)
        )


@lru_cache(maxsize=2)
def _kept(same: _Same) -> Catalogue:
    return build(same.answers)


def catalogue_of(answers: Sequence[FinderAnswer]) -> Catalogue:
    """The catalogue of answers, built once where finders give the same answer again."""
    return _kept(_Same(tuple(answers)))
