"""From an event and a series to its measured effect; and all of a region's catalogued events."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from tanzhe.api.evidence.documents import chronicle_events
from tanzhe.api.series.turning import NBS, load, main_products
from tanzhe.effects.events import (
    acting,
    asked,
    concerning,
    is_national,
    month_begun,
    month_ended,
    why_not,
)
from tanzhe.effects.measure import event_effect
from tanzhe.effects.reasons import LEAD, OPEN_END, THREE_PERIODS
from tanzhe.effects.settings import SURE
from tanzhe.errors import InputError, UnknownName, Words
from tanzhe.evidence.links.link import isos_of
from tanzhe.faults import fault_of
from tanzhe.kept import key
from tanzhe.model import (
    AskedEvent,
    Event,
    EventEffect,
    EventEffects,
    Note,
    NotMeasured,
    Progress,
    Series,
    silent,
)
from tanzhe.model.effect import EffectSign
from tanzhe.periods import Month
from tanzhe.sectors import Product, sector_of
from tanzhe.series.calendar import monthly
from tanzhe.tables.choices import DEFAULT as CHOICES
from tanzhe.tables.choices import Choices
from tanzhe.workspace import Workspace


def effect(
    series: Series | str,
    product: str | None = None,
    *,
    event: str | None = None,
    date: str | None = None,
    until: str | None = None,
    words: str = "",
    sign: EffectSign | None = None,
    workspace: Workspace | None = None,
) -> EventEffect:
    """What one event did to a region's product or sector, as far as the figures can tell.

    Args:
        series: daily or monthly, with the other regions as `peers`; or a region of the built-in
            data.
        product: product or sector, with a region.
        event: id in the chronicle (`tanzhe chronicle list`), or the exact name of one of the
            region's events; or
        date: the event's first month, YYYY-MM, or day.
        until: its last month or day; of a chronicle's event in place of its own.
        words: what the event was, for a date.
        sign: `down` or `up`, as expected before looking; of a chronicle's event its own direction.
        workspace: where a chronicle of the user's own is kept.

    Returns:
        Size in percent and amount with interval, against the own past and over the others;
        p-value, verdict, checks. An event of another industry is never measured: the answer is
        `cannot_tell` and says so.

    Raises:
        InputError: no such event, neither event nor date, or no monthly series.

    Example:
        >>> found = effect("上海", "水泥", date="2022-04", until="2022-05", sign="down")
        >>> found.verdict, found.effect.percent < -50
        ('effect', True)
    """
    if isinstance(series, str):
        series = load(series, product or "industry", workspace=workspace)
    if (event is None) == (date is None):
        raise InputError(fault_of("api.effects.no_event", where="--event, --date, --all"))
    months = monthly(series)
    catalogue = chronicle_events(workspace)
    if event is not None:
        return _of_record(months, _found(event, catalogue, months.region), catalogue, until, sign)
    first = month_begun(_month(date or ""), exact=True)
    last = month_ended(_month(until), exact=True) if until else None
    if until is not None and until[:7] < (date or "")[:7]:
        raise InputError(
            fault_of("api.effects.backwards", where=f"--date {date or ''} --until {until}")
        )
    about = AskedEvent(
        id=None, name=words or date or "", date=date or "", until=until, sign=sign or "either"
    )
    notes = () if last else (THREE_PERIODS,)
    return event_effect(
        months, about, first, max(first, last or first.next(2)), catalogue=catalogue, notes=notes
    )


def event_effects(
    region: str,
    products: Sequence[str] | None = None,
    *,
    data: str | Path = NBS,
    choices: Choices = CHOICES,
    as_of: str | None = None,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> EventEffects:
    """What a region's catalogued events did to its products and sectors.

    Events that name industries are held against the products of these; others against the
    sectors they concern.

    Args:
        region: a province, or the nation.
        products: products or sectors; None: the main products, industry and power.
        data: source, as `load` takes it.
        choices: decisions about a table of the user's own.
        as_of: last month whose figures are used, as if asked then, YYYY-MM.
        workspace: where results and a chronicle of the user's own are kept.
        progress: told how far the work is.

    Returns:
        One effect a pair of event and product, by date, those not measured with the reason, and
        how many verdicts chance alone would give.

    Raises:
        InputError: an unknown region or product.

    Example:
        >>> found = event_effects("上海", ["水泥"])
        >>> all(one.product == "cement" for one in found.effects)
        True
    """
    catalogue = chronicle_events(workspace)
    opened = partial(load, region, data=data, choices=choices, as_of=as_of, workspace=workspace)
    wanted = [monthly(one) for one in _series_of(opened, products)]
    question = key("tanzhe.api.series.effects", wanted, list(catalogue))
    if workspace is not None and (kept := workspace.fetch_json("effects", question)):
        return EventEffects.model_validate_json(kept)
    found = _all(wanted, catalogue, progress)
    if workspace is not None:
        workspace.store_json("effects", question, found.model_dump_json())
    return found


def _all(wanted: Sequence[Series], catalogue: Sequence[Event], progress: Progress) -> EventEffects:
    region = wanted[0].region
    pairs = list(_pairs(wanted, catalogue))
    known = {one.sector: concerning(catalogue, one) for one in wanted}
    effects: list[EventEffect] = []
    left: dict[str, NotMeasured] = {}
    for done, (event, one, reason) in enumerate(pairs):
        progress(Words("测算事件的作用", "Measuring the effects of events"), done, len(pairs))
        if reason is not None:
            left.setdefault(event.id, NotMeasured(event=asked(event), reason=reason))
            continue
        found = _of_record(one, event, known[one.sector], None, None)
        if found.p_value is None:
            left.setdefault(event.id, NotMeasured(event=asked(event), reason=found.notes[0]))
        else:
            effects.append(found)
    measured = {one.event.id for one in effects}
    return EventEffects(
        region=region,
        effects=tuple(sorted(effects, key=lambda one: (one.event.date, one.product))),
        not_measured=tuple(one for id, one in left.items() if id not in measured),
        by_chance=round(sum(SURE if _two(one) else 2 * SURE for one in effects), 1),
    )


def _two(one: EventEffect) -> bool:
    """Whether either direction is one and the same verdict."""
    return one.event.sign == "either"


def _pairs(
    wanted: Sequence[Series], catalogue: Sequence[Event]
) -> Iterator[tuple[Event, Series, Note | None]]:
    """Each event of the region with the series it is held against, or why with none.

    An event of some industries is held against their products where there are any; only else
    against the sector that holds them.
    """
    region = wanted[0].region
    for event in catalogue:
        if region not in isos_of(event) or (region != "CN" and "CN" in isos_of(event)):
            continue
        if not event.reviewed:
            yield event, wanted[0], LEAD
            continue
        reasons = [(one, why_not(event, one)) for one in wanted]
        fit = [one for one, reason in reasons if reason is None]
        products = [one for one in fit if isinstance(sector_of(one.sector), Product)]
        sectors = [one for one in fit if one not in products]
        chosen = products if event.industries and products else sectors or products
        for one in chosen:
            yield event, one, None
        if not chosen:
            yield event, wanted[0], reasons[0][1]


def _of_record(
    months: Series,
    event: Event,
    catalogue: Iterable[Event],
    until: str | None,
    sign: EffectSign | None,
) -> EventEffect:
    """The effect of a catalogued event; without a measurement where it is no cause."""
    about = asked(event)
    if until is not None:
        about = about.model_copy(update={"until": until})
    if sign is not None:
        about = about.model_copy(update={"sign": sign})
    act = acting(event)
    last = month_ended(_month(until), exact=True) if until else act.last
    notes = [*([] if event.reviewed else [LEAD]), *([] if act.known or until else [OPEN_END])]
    reason = why_not(event, months)
    return event_effect(
        months,
        about,
        act.first,
        max(act.first, last),
        national=is_national(event),
        catalogue=catalogue,
        notes=notes,
        refused=reason,
    )


def _series_of(opened: Callable[[str], Series], products: Sequence[str] | None) -> list[Series]:
    if products is not None:
        return [opened(name) for name in products]
    found: list[Series] = []
    refused: InputError | None = None
    for sector in ("industry", "power"):
        try:
            found.append(opened(sector))
        except InputError as error:  # not in this source
            refused = refused or error
    if not found and refused is not None:
        raise refused
    made = [one for sector in found for one in main_products(sector)]
    # Power is thermal generation times a factor: one of them is enough.
    return [*found, *(one for one in made if one.sector != "thermal_power_generation")]


def _found(event: str, catalogue: Sequence[Event], region: str) -> Event:
    """The event of an id, or of a name; of several so called, that of the region.

    Raises:
        UnknownName: none, or a name of several.
    """
    for one in catalogue:
        if one.id == event:
            return one
    named = [one for one in catalogue if event.strip() in (one.name, one.name_en)]
    here = [one for one in named if region in isos_of(one)] or named
    if len(here) == 1:
        return here[0]
    if here:
        ids = [f"{one.id} ({asked(one).date})" for one in here]
        raise UnknownName.of(
            Words(f"有{len(here)}件事都叫“{event}”", f"{len(here)} events are called “{event}”"),
            Words(f"请用编号：{'、'.join(ids)}", f"Give the id: {', '.join(ids)}"),
            where="--event",
        )
    like = [one for one in catalogue if event in one.id or event in one.name]
    near = [one.id for one in sorted(like, key=lambda one: region not in isos_of(one))][:5]
    near = near or get_close_matches(event, [one.id for one in catalogue], n=3, cutoff=0.7)
    raise UnknownName.of(
        Words(f"大事记中没有“{event}”", f"The chronicle has no “{event}”"),
        Words(
            f"相近的有：{'、'.join(near)}" if near else "用 tanzhe chronicle list --json 查编号",
            f"Near: {', '.join(near)}" if near else "See tanzhe chronicle list --json for ids",
        ),
        where="--event",
    )


def _month(text: str) -> str:
    """A month or day as typed.

    Raises:
        InputError: neither.
    """
    try:
        month = Month.parse(text)
        if not 1 <= month.month <= 12 or len(text) not in (7, 10):
            raise ValueError
        return text
    except ValueError:
        raise InputError(
            fault_of("api.effects.month", text=text, where="--date, --until")
        ) from None
