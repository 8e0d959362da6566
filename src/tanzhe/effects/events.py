"""When an event acts, on which products, and which way: read from its record, never from results.

Which events are asked, and over which periods, is settled before a figure is looked at.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tanzhe.effects.reasons import (
    NO_DIRECTION,
    OTHER_INDUSTRY,
    OTHER_PLACE,
    OTHER_SECTOR,
    PLAN,
    STATISTIC,
    VAGUE,
)
from tanzhe.effects.settings import LONGEST
from tanzhe.evidence.links.industry import sectors_of
from tanzhe.evidence.links.link import PLANS, isos_of
from tanzhe.evidence.links.window import begun, ending
from tanzhe.model import AskedEvent, Event, Note, Series
from tanzhe.model.effect import EffectSign
from tanzhe.periods import Month, months_between
from tanzhe.places import provinces
from tanzhe.sectors import Product, Sector, sector_of

NATION = "CN"
# What begins in the last third of a month moves the next one; what ends in the first third of a
# month hardly moves it.
LATE_DAY, EARLY_DAY = 20, 10
# Without a known end: what strikes is looked at for three months, what is decided for six.
STRIKES = {"accident", "epidemic", "gas_rationing", "maintenance", "power_rationing", "weather"}
STRIKING, DECIDED = 3, 6
# What lasts longer is no movement of a season but a condition of years.
LONGEST_NATIONAL = 6
VAGUE_DATES = ("half_year", "year")


class Acting(NamedTuple):
    """The months in which an event acts.

    Attributes:
        first: first month.
        last: last month; what is usual for its kind where no end is known.
        known: whether the end is known.
    """

    first: Month
    last: Month
    known: bool


def acting(event: Event) -> Acting:
    """The months in which an event acts."""
    one = begun(event)
    first = month_begun(one.date, exact=one.precision in ("day", "ten_days"))
    ended = ending(event)
    until = ended.date if ended else one.until
    if until is not None and event.kind != "project":  # a project goes on
        last = month_ended(until, exact=one.precision in ("day", "ten_days"))
        return Acting(first, max(first, last), known=True)
    usual = STRIKING if event.instrument in STRIKES else DECIDED
    return Acting(first, first.next(usual - 1), known=False)


def month_begun(text: str, *, exact: bool) -> Month:
    """The first month that a beginning moves.

    Example:
        >>> str(month_begun("2021-05-20", exact=True)), str(month_begun("2021-05-21", exact=True))
        ('2021-05', '2021-06')
    """
    month = Month.parse(text)
    late = exact and len(text) == 10 and date.fromisoformat(text).day > LATE_DAY
    return month.next() if late else month


def month_ended(text: str, *, exact: bool) -> Month:
    """The last month that something moves which ends then.

    Example:
        >>> str(month_ended("2021-09-10", exact=True)), str(month_ended("2021-09-09", exact=True))
        ('2021-09', '2021-08')
    """
    month = Month.parse(text)
    early = exact and len(text) == 10 and date.fromisoformat(text).day < EARLY_DAY
    return month.next(-1) if early else month


def sign_of(event: Event) -> EffectSign:
    """Which way an event is expected to move emissions; `either` where its record says neither."""
    return event.direction if event.direction in ("down", "up") else "either"


def is_national(event: Event) -> bool:
    """Whether an event concerns the nation or at least half of its provinces."""
    isos = isos_of(event)
    return NATION in isos or 2 * len(isos) >= len(provinces())


def asked(event: Event) -> AskedEvent:
    """An event of a catalogue as it is asked about."""
    one = begun(event)
    exact = {"month": 7, "year": 4}.get(one.precision, 10)
    ended = ending(event)
    until = ended.date if ended else one.until
    return AskedEvent(
        id=event.id,
        name=event.name,
        name_en=event.name_en,
        date=one.date[:exact],
        until=until[:exact] if until and event.kind != "project" else None,
        sign=sign_of(event),
        status=event.status,
    )


def why_not(event: Event, series: Series) -> Note | None:
    """Why an event cannot be held against a series at all, or None.

    An event of another industry or sector is no cause, whatever the figures do; plans, statistics
    and what is dated by the year only cannot be placed in a month.
    """
    if not event.dates or begun(event).precision in VAGUE_DATES:
        return VAGUE
    if event.kind == "statistic":
        return STATISTIC
    if event.instrument in PLANS or event.stage in ("target", "draft"):
        return PLAN
    if event.direction == "none":
        return NO_DIRECTION
    if series.region.startswith(NATION) and not isos_of(event) & {series.region, NATION}:
        return OTHER_PLACE
    return why_another(event, series)


def why_another(event: Event, series: Series) -> Note | None:
    """Why an event does not concern what a series measures, or None."""
    entry = sector_of(series.sector)
    if entry is None:
        return None
    own = _sector_of(entry)
    concerned = sectors_of(event)
    if concerned and own not in concerned:
        return OTHER_SECTOR
    made = _industries(entry, series)
    if event.industries and made and not made & set(event.industries):
        return OTHER_INDUSTRY
    return None


def _surely_concerns(event: Event, series: Series) -> bool:
    """Whether an event concerns a series; of a user's own total the industries are not known."""
    entry = sector_of(series.sector)
    known = entry is not None and _industries(entry, series)
    return why_another(event, series) is None and bool(known or not event.industries)


def _sector_of(entry: Sector | Product) -> str:
    if isinstance(entry, Sector):
        return entry.id
    return "power" if "power" in entry.industries else "industry"


def _industries(entry: Sector | Product, series: Series) -> set[str]:
    """Industries behind a product, or behind the products a sector's estimate is made of."""
    if isinstance(entry, Product):
        return set(entry.industries)
    made = (sector_of(part.product) for part in series.parts)
    return {name for one in made if isinstance(one, Product) for name in one.industries}


def concerning(events: Iterable[Event], series: Series) -> tuple[Event, ...]:
    """The events that can have moved what a series measures, anywhere."""
    return tuple(e for e in events if _moves(e) and why_another(e, series) is None)


def national_periods(events: Iterable[Event], series: Series) -> frozenset[str]:
    """Periods in which something national is known to have moved what a series measures.

    A national event with a known end at most six months away, or one kind of event (instrument and
    direction) at work in half of the provinces at once. They are no placebos.

    Args:
        events: the catalogue.
        series: whose periods are meant; merged months.
    """
    found: set[str] = set()
    provincial: dict[tuple[str, str, str], set[str]] = {}
    half = (len(provinces()) + 1) // 2
    for event in events:
        if not _moves(event) or why_another(event, series):
            continue
        act = acting(event)
        if is_national(event):
            brief = months_between(act.first, act.last) < LONGEST_NATIONAL
            if act.known and brief:
                found.update(_periods(act))
            continue
        if event.instrument is None or event.kind == "statistic":
            continue
        for period in _periods(act):
            key = (event.instrument, event.direction, period)
            provincial.setdefault(key, set()).update(isos_of(event))
    found.update(key[2] for key, isos in provincial.items() if len(isos) >= half)
    return frozenset(found & set(series.periods))


def _moves(event: Event) -> bool:
    """Whether an event can move figures in months that are known."""
    plan = event.instrument in PLANS or event.stage in ("target", "draft")
    dated = bool(event.dates) and begun(event).precision not in VAGUE_DATES
    return dated and not plan and event.reviewed and event.direction in ("down", "up", "mixed")


def _periods(act: Acting) -> list[str]:
    """The merged periods of some months."""
    count = months_between(act.first, act.last) + 1
    months = [act.first.next(at) for at in range(count)]
    return list(dict.fromkeys(str(m.next()) if m.month == 1 else str(m) for m in months))


def busy_periods(events: Iterable[Event], series: Series) -> dict[str, frozenset[str]]:
    """By region, the periods in which an event of its own is known to act on what is measured.

    Of a long event the first six periods, as they are measured. They are no placebos.

    Args:
        events: the catalogue.
        series: whose product is meant.
    """
    found: dict[str, set[str]] = {}
    for event in events:
        if not _moves(event) or event.kind == "statistic" or is_national(event):
            continue
        if why_another(event, series) is None:
            for iso in isos_of(event):
                found.setdefault(iso, set()).update(_periods(acting(event))[:LONGEST])
    return {iso: frozenset(periods) for iso, periods in found.items()}


def alike_elsewhere(
    events: Iterable[Event], series: Series, window: Sequence[str], sign: EffectSign
) -> frozenset[str]:
    """Regions where an event of the same direction acts on the same product for half a window.

    They are no donors: their figures hold an effect of the same kind. National events are left
    aside; they hit every donor. Without a direction there is no telling what is alike.

    Args:
        events: the catalogue.
        series: of the region asked.
        window: the periods measured.
        sign: expected direction.
    """
    found: set[str] = set()
    for event in events:
        if not _moves(event) or event.kind == "statistic" or is_national(event):
            continue
        if event.direction != sign or why_another(event, series):
            continue
        if 2 * len(set(_periods(acting(event))) & set(window)) >= len(window):
            found |= isos_of(event)
    return frozenset(found) - {series.region}


def others_in(
    events: Iterable[Event], series: Series, window: Sequence[str], own: str | None
) -> tuple[Event, ...]:
    """Other events of the region, or of the nation, that act on the series in a window."""
    near = [
        event
        for event in events
        if event.id != own
        and _moves(event)
        and event.kind != "statistic"
        and _surely_concerns(event, series)
        and set(_periods(acting(event))) & set(window)
    ]
    wide = _of_most_provinces(near) if series.region == NATION else set()
    here = {series.region, NATION}
    return tuple(one for one in near if isos_of(one) & here or one.id in wide)


def _of_most_provinces(events: Sequence[Event]) -> set[str]:
    """Events of one kind that half of the provinces had at once: the nation had them."""
    alike: dict[tuple[str | None, str], list[Event]] = {}
    for event in events:
        alike.setdefault((event.instrument, event.direction), []).append(event)
    half = (len(provinces()) + 1) // 2
    return {
        one.id
        for (instrument, _), kind in alike.items()
        if instrument is not None and len({iso for one in kind for iso in isos_of(one)}) >= half
        for one in kind
    }
