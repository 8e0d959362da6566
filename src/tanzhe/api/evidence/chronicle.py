"""The chronicle's records, chosen by place, industry, time and kind."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from tanzhe.errors import InputError
from tanzhe.evidence.chronicle_records import known_industries
from tanzhe.evidence.links.window import beginning, begun, period_bounds
from tanzhe.faults import fault_of
from tanzhe.model import Event
from tanzhe.model.evidence import EventKind
from tanzhe.places import find_place
from tanzhe.sectors import Product, find_sector

Reviewed = Literal["facts", "leads"]


def chosen_events(
    events: Sequence[Event],
    *,
    region: str | None = None,
    industry: str | None = None,
    since: str | None = None,
    until: str | None = None,
    kind: EventKind | None = None,
    reviewed: Reviewed | None = None,
) -> tuple[Event, ...]:
    """The records that meet every wish, by begin.

    Args:
        events: of the chronicle.
        region: a province or 全国, as people write it; the nation's own records are no province's.
        industry: an industry (`steel`) or a product (钢铁); records on all industry are left out.
        since: YYYY, YYYY-MM or YYYY-MM-DD; what ended before it is left out.
        until: what began after it is left out.
        kind: policy, event, project or statistic.
        reviewed: facts, or leads, alone.

    Raises:
        InputError: an unknown region or industry, a time that is none.

    Example:
        >>> from tanzhe.evidence.chronicle import chronicle
        >>> found = chosen_events(chronicle(), region="云南", industry="电解铝", since="2021-05",
        ...     until="2021-05")
        >>> found[-1].id
        'cn-yn-2021-05-aluminium-power-rationing'
    """
    wishes: list[Callable[[Event], bool]] = []
    if region is not None:
        iso = find_place(region).iso
        wishes.append(lambda event: any(place.code == iso for place in event.places))
    if industry is not None:
        named = _industries(industry)
        wishes.append(lambda event: bool(named & set(event.industries)))
    if since is not None:
        first = _days(since, "--since")[0]
        wishes.append(lambda event: _last(event) >= first)
    if until is not None:
        last = _days(until, "--until")[1]
        wishes.append(lambda event: beginning(event)[0] <= last)
    if kind is not None:
        wishes.append(lambda event: event.kind == kind)
    if reviewed is not None:
        wishes.append(lambda event: event.reviewed is (reviewed == "facts"))
    chosen = [event for event in events if all(wish(event) for wish in wishes)]
    return tuple(sorted(chosen, key=lambda event: (beginning(event)[0], event.id)))


def _last(event: Event) -> date:
    until = begun(event).until
    return date.fromisoformat(until) if until else beginning(event)[1]


def _industries(name: str) -> frozenset[str]:
    if name in known_industries():
        return frozenset({name})
    entry = find_sector(name)
    if isinstance(entry, Product):
        return frozenset(entry.industries)
    raise InputError(fault_of("api.chronicle.industries", name=name, where="--industry"))


def _days(text: str, where: str) -> tuple[date, date]:
    try:
        return period_bounds(text, merged=False)
    except ValueError as error:
        raise InputError(fault_of("api.chronicle.days", text=text, where=where)) from error
