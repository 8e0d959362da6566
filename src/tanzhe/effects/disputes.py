"""Faults of the data that an event of the place explains as well: what speaks for each is said."""

from collections.abc import Sequence

from tanzhe.effects.events import acting, asked, is_national, others_in
from tanzhe.errors import Words
from tanzhe.evidence.links.link import isos_of
from tanzhe.model import Episode, Episodes, Event, Note, Series
from tanzhe.periods import Month, months_between

# A record of more places is a campaign: it says little about one of them.
MOST_PLACES = 5
# How many months an event may begin before the figures leave their course, or after.
NEAR = 1
# A size that is taken for a fault because nothing is known to have caused it: an event is a cause.
BY_SIZE = ("impossible_jump", "level_jump")
# Seen in one source and not in another: the event speaks against it, and the fault stands.
BY_SOURCE = "data_defect"
DISPUTED = "disputed"


def with_disputes(found: Episodes, catalogue: Sequence[Event]) -> Episodes:
    """The episodes, those that an event of the place explains told with what speaks for each side.

    What was taken for a fault by its size alone is told as a movement that may be one; what a
    second source does not show stays a fault and names the event.

    Args:
        found: episodes of one series.
        catalogue: events with their places and dates.
    """
    told = tuple(_weighed(found.series, one, catalogue) for one in found.episodes)
    return found if told == found.episodes else found.model_copy(update={"episodes": told})


def _weighed(series: Series, one: Episode, catalogue: Sequence[Event]) -> Episode:
    if one.scope != "data" or series.frequency != "month":
        return one
    reason = next((note for note in one.notes if note.code in (*BY_SIZE, BY_SOURCE)), None)
    event = None if reason is None else _explaining(series, one, catalogue)
    if reason is None or event is None:
        return one
    others = tuple(note for note in one.notes if note is not reason)
    if reason.code in BY_SIZE:
        note = _either(event)
        # What was told beside the nation's own movement was the nation's before it was a fault.
        scope = "province" if one.excess_percent is None else "national"
        return one.model_copy(update={"scope": scope, "notes": (*others, note)})
    return one.model_copy(update={"notes": (_against(reason, event), *others)})


def _explaining(series: Series, one: Episode, catalogue: Sequence[Event]) -> Event | None:
    """The event of the place that began there and then and is expected to move it that way.

    A lead is enough: it is no cause yet, but the data are no longer the only reading.
    """
    leads = {event.id for event in catalogue if not event.reviewed}
    way = "down" if one.depth_percent < 0 else "up"
    first, last = (Month.parse(period) for period in one.begin_interval)
    near = [
        event
        for event in others_in(_as_if_reviewed(catalogue), series, series.periods, None)
        if event.direction == way
        and not is_national(event)
        and len(isos_of(event)) <= MOST_PLACES
        and months_between(first, acting(event).first) >= -NEAR
        and months_between(acting(event).first, last) >= -NEAR
    ]
    best = min(near, key=lambda one: (one.id in leads, len(isos_of(one)), one.id), default=None)
    if best is not None and best.id in leads:
        return best.model_copy(update={"reviewed": False})
    return best


def _as_if_reviewed(catalogue: Sequence[Event]) -> tuple[Event, ...]:
    return tuple(event.model_copy(update={"reviewed": True}) for event in catalogue)


def _named(event: Event) -> Words:
    """Its name and date; of a lead that nobody has reviewed it."""
    about = asked(event)
    lead = Words("", "") if event.reviewed else Words("，线索，未复核", ", a lead, not reviewed")
    return Words(
        f"“{about.name}”（{_day(about.date)}{lead.zh}）",
        f"“{about.name_en or about.name}” ({about.date}{lead.en})",
    )


def _either(event: Event) -> Note:
    named = _named(event)
    return Note(
        code=DISPUTED,
        zh=f"真实变动和数据问题都有可能，请核对原始数据。像真实变动：当地同期有{named.zh}，"
        "时间和方向都合；像数据问题：变成原来的数倍或几分之一，"
        "部门总量很少有这样大的起落，又只有一个来源。",
        en=f"Either reading is open; check the original figures. For a real movement: {named.en} "
        "happened there, at that time and in that direction. For a fault of the data: a whole "
        "sector rarely multiplies or shrinks several-fold, and one source alone shows it.",
    )


def _against(reason: Note, event: Event) -> Note:
    named = _named(event)
    return Note(
        code=reason.code,
        zh=f"{reason.zh.rstrip('。')}；但当地同期有{named.zh}，时间和方向都合，"
        "不能完全排除真实变动。",
        en=f"{reason.en.rstrip('.')}. Yet {named.en} happened there, at that time and in that "
        "direction: a real movement cannot be ruled out.",
    )


def _day(text: str) -> str:
    """A date as a Chinese reader writes it."""
    marks = zip(text.split("-"), "年月日", strict=False)
    return "".join(f"{int(part)}{mark}" for part, mark in marks)
