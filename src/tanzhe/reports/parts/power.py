"""Power as a system: the mix, and what water, demand and exchange did to thermal power."""

from collections.abc import Sequence

from tanzhe.errors import Words
from tanzhe.model import PowerChange, PowerFlow, PowerShare, PowerSystem
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.selection import told_episodes
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.parts.standing import enter_amount
from tanzhe.reports.parts.years import large_years
from tanzhe.reports.words.dates import day_words
from tanzhe.reports.words.numbers import percent_words
from tanzhe.reports.words.power import (
    A_YEAR,
    CONSUMPTION,
    MOST,
    NET_EXCHANGE,
    leading,
    months_words,
    opposing,
    push_option,
    sends_out,
)
from tanzhe.reports.words.vocabulary import label, source_name

POWER = ("power", "thermal_power_generation")
THERMAL, HYDRO = "thermal_power_generation", "hydro_power_generation"
YEARS = 5
# So many months in which water moved thermal power are told.
MOST_MONTHS = 3
# And beside them, whatever moved it, the months that were furthest from the expected path.
MOST_FURTHEST = 2
# A month is told from one percent of its thermal power on: less is printed as nothing.
WORTH = 1.0
NATION = "CN"
TWH = 0.1


def power_section(ledger: Ledger, findings: Findings) -> Block:
    """The mix by year, the last year and each episode, the months of water, what the rest is."""
    system = findings.power
    if system is None:
        is_power = findings.series.sector in POWER
        nothing = (said("no_balance"),) if is_power else ()
        return Block(kind="section", about="power", sentences=nothing)
    return Block(
        kind="section",
        about="power",
        sentences=(*_no_water(system), _rest(ledger, system), *_quiet(findings)),
        # What the rest is stands in a sentence.
        notes=ledger.refer([note for note in system.notes if note.code != "net_exchange"]),
        blocks=(
            *_mix(ledger, system),
            *(_change(ledger, system, one) for one in _told(system, findings)),
            *(_month(ledger, system, one) for one in water_months(system)),
            *(_month(ledger, system, one, about="furthest") for one in _furthest(system)),
        ),
    )


def shown_years(periods: Sequence[str]) -> tuple[str, ...]:
    """The last whole years that a table shows."""
    whole = [period[:4] for period in periods if period.endswith("-12")]
    return tuple(whole[-YEARS:])


def water_months(system: PowerSystem) -> tuple[PowerChange, ...]:
    """The months in which water pushed thermal power most the way it went, largest push first.

    A month counts if at least one percent of its thermal power went that way; a merged period is
    two months.
    """
    found = [one for one in _months(system) if _is_moved(one)]
    return tuple(sorted(found, key=lambda one: -_a_month(one, _water(one)))[:MOST_MONTHS])


def _months(system: PowerSystem) -> list[PowerChange]:
    """Single months against the expected path."""
    return [c for c in system.changes if c.of == "span" and c.against == "expected"]


def _water(change: PowerChange) -> float:
    water = change.share_of(HYDRO)
    return 0.0 if water is None else water.contribution


def _a_month(change: PowerChange, value: float) -> float:
    """The size a month; January and February are one period."""
    return abs(value) / (2 if change.periods[0].endswith("-02") else 1)


def _is_moved(change: PowerChange) -> bool:
    """Whether water is a reason to speak of for a month that is out of its course."""
    if not any(one.term == HYDRO for one in leading(change)):
        return False
    part = min(1.0, abs(_water(change)) / abs(change.thermal))
    return part * abs(change.thermal_percent) >= WORTH


def _furthest(system: PowerSystem) -> list[PowerChange]:
    """The months in which thermal power was furthest from its path, unless told already."""
    told = water_months(system)
    if not told:
        return []
    months = [one for one in _months(system) if one.share_of(HYDRO) is not None]
    found = sorted(months, key=lambda one: -_a_month(one, one.thermal))[:MOST_FURTHEST]
    return [one for one in found if one not in told]


def _quiet(findings: Findings) -> list[Sentence]:
    """That the months told are no episodes, where there are none."""
    quiet = findings.found is not None and not told_episodes(findings.found)
    return [said("quiet")] if quiet else []


def _told(system: PowerSystem, findings: Findings) -> list[PowerChange]:
    """The last twelve months, each episode, years that moved much; each by the best path, once."""
    first = {c.episode or c.of: c for c in reversed(system.changes) if c.of != "span"}
    last = [one for one in first.values() if one.of == "twelve_months"]
    episodes = [one for one in first.values() if one.of == "episode"]
    asked = {one.first[:4] for one in large_years(findings)}
    known = {one.periods for one in last}
    years = [
        one
        for one in system.changes
        if one.of == "year" and one.periods[0][:4] in asked and one.periods not in known
    ]
    return [*last, *sorted([*episodes, *years], key=lambda one: one.periods[0])]


def _mix(ledger: Ledger, system: PowerSystem) -> tuple[Block, ...]:
    """One row a year and one for the last twelve months."""
    flows = (
        PowerFlow(term=THERMAL, values=system.thermal),
        *system.sources,
        PowerFlow(term=CONSUMPTION, values=system.consumption),
        PowerFlow(term=NET_EXCHANGE, values=system.net_exchange),
    )
    years = shown_years(system.periods)
    spans = [[p for p in system.periods if p[:4] == year] for year in years]
    last = list(system.periods[-A_YEAR:])
    if len(last) == A_YEAR and not last[-1].endswith("-12"):
        spans.append(last)
    return tuple(_row(ledger, system, flows, span) for span in spans if len(span) == A_YEAR)


def _row(
    ledger: Ledger, system: PowerSystem, flows: Sequence[PowerFlow], span: Sequence[str]
) -> Block:
    unit = ledger.enter("unit", system.unit, Words(system.unit, "TWh"))
    cells = []
    for flow in flows:
        values = [flow.values[system.periods.index(period)] for period in span]
        known = [value for value in values if value is not None]
        whole = len(known) == len(values)
        value = _enter_cell(ledger, sum(known), system.unit) if whole else ""
        cells.append(said("cell", {"term": flow.term}, value=value))
    return Block(
        kind="table",
        about="mix",
        sentences=(said("mix", when=_enter_span(ledger, span), unit=unit), *cells),
    )


def _enter_cell(ledger: Ledger, value: float, unit: str) -> str:
    """The fact of an amount whose unit stands in the head of the table."""
    return ledger.enter("number", value, Words(_cell(value), _cell(TWH * value)), unit=unit)


def _cell(value: float) -> str:
    size = f"{abs(value):,.0f}" if abs(value) >= 10 else f"{abs(value):.1f}"
    return ("−" if value < 0 and float(size.replace(",", "")) else "") + size


def _change(ledger: Ledger, system: PowerSystem, change: PowerChange) -> Block:
    """How much thermal power changed, and what pushed it."""
    return Block(
        kind="list",
        about="power_change",
        sentences=(
            _moved_words(ledger, change, system),
            *_pushes(ledger, system, change),
            *_left_out(ledger, change),
        ),
    )


def _moved_words(ledger: Ledger, change: PowerChange, system: PowerSystem) -> Sentence:
    marks = {
        "way": "up" if change.thermal > 0 else "down",
        "base": _base(change),
        "of": change.of,
    }
    return said(
        "moved",
        marks,
        span=_enter_span(ledger, change.periods),
        value=enter_amount(ledger, change.thermal, system.unit),
        percent=_enter_percent(ledger, change.thermal_percent),
    )


def _base(change: PowerChange) -> str:
    """What a change is measured against."""
    if change.against == "expected":
        return "expected"
    if change.of == "episode" or len(change.periods) > A_YEAR:
        return "before"
    return "last_year" if _is_year(change.periods) else "year"


def _is_year(periods: Sequence[str]) -> bool:
    return len(periods) == A_YEAR and periods[-1].endswith("-12")


def _pushes(
    ledger: Ledger, system: PowerSystem, change: PowerChange, but: str = ""
) -> list[Sentence]:
    """What pushed thermal power along, largest first, then what offset a part of it."""
    along = [one for one in leading(change) if one.term != but]
    mostly = bool(along) and (along[0].share or 0) >= MOST
    role = "main" if mostly else "several"
    against = [one for one in opposing(change) if one.term != but]
    return [
        *(_push(ledger, system, one, role) for one in along),
        *(_push(ledger, system, one, "offset") for one in against),
    ]


def _push(ledger: Ledger, system: PowerSystem, one: PowerShare, role: str) -> Sentence:
    share = "" if one.share is None else enter_part(ledger, one.share)
    return said(
        "push",
        {"what": push_option(system, one), "role": role},
        value=enter_amount(ledger, one.change, system.unit),
        share=share,
    )


def _left_out(ledger: Ledger, change: PowerChange) -> list[Sentence]:
    """Months and sources that could not be compared."""
    if not change.left_out and not change.unsplit:
        return []
    months = [_enter_span(ledger, [period]) for period in change.left_out]
    return [said("left_out", {}, month=months, source=_enter_terms(ledger, change.unsplit))]


def _month(
    ledger: Ledger, system: PowerSystem, change: PowerChange, about: str = "water_month"
) -> Block:
    """Hydropower of a month: what it was, a year before, against its path; thermal power too."""
    period = change.periods[0]
    water = change.share_of(HYDRO)
    flow = next(flow for flow in system.sources if flow.term == HYDRO)
    now, before = (_value(system, flow, p) for p in (period, _year_before(period)))
    assert water is not None
    marks = {
        "water": "up" if water.change > 0 else "down",
        "way": "up" if change.thermal > 0 else "down",
        "along": "yes" if water.share is not None else "no",
    }
    sentence = said(
        about,
        marks,
        month=_enter_span(ledger, change.periods),
        now="" if now is None else enter_amount(ledger, now, system.unit),
        before="" if before is None else enter_amount(ledger, before, system.unit),
        gap=enter_amount(ledger, water.change, system.unit),
        value=enter_amount(ledger, change.thermal, system.unit),
        percent=_enter_percent(ledger, change.thermal_percent),
        share="" if water.share is None else enter_part(ledger, water.share),
    )
    return Block(
        kind="list",
        about=about,
        sentences=(sentence, *_pushes(ledger, system, change, but=HYDRO)),
    )


def _value(system: PowerSystem, flow: PowerFlow, period: str) -> float | None:
    return flow.values[system.periods.index(period)] if period in system.periods else None


def _year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}"


def _no_water(system: PowerSystem) -> list[Sentence]:
    """Why no month of water is told."""
    if water_months(system):
        return []
    there = any(flow.term == HYDRO for flow in system.sources)
    state = "none" if not there else "small" if _months(system) else "short"
    return [said("no_water", {"state": state})]


def _rest(ledger: Ledger, system: PowerSystem) -> Sentence:
    """What net exchange is made of, how large it is, and where all figures come from."""
    recent = list(zip(system.net_exchange, system.consumption, strict=True))[-A_YEAR:]
    known = [(rest, used) for rest, used in recent if rest is not None and used is not None]
    slots: dict[str, str | list[str]] = {}
    if len(known) == A_YEAR:
        rest, used = (sum(column) for column in zip(*known, strict=True))
        slots |= {
            "value": enter_amount(ledger, rest, system.unit),
            "percent": enter_part(ledger, abs(rest) / used),
            "span": _enter_span(ledger, system.periods[-A_YEAR:]),
        }
        way = "in" if rest > 0 else "out"
    else:
        way = "out" if sends_out(system) else "in"
    return said(
        "rest",
        {"where": "nation" if system.region == NATION else "province", "way": way},
        missing=_enter_terms(ledger, system.missing),
        source=ledger.enter("name", system.source, source_name(system.source)),
        **slots,
    )


def _enter_terms(ledger: Ledger, terms: Sequence[str]) -> list[str]:
    return [
        ledger.enter(
            "name", term, Words(label("power_term", term), label("power_term", term, "en"))
        )
        for term in terms
    ]


def _enter_span(ledger: Ledger, periods: Sequence[str]) -> str:
    words = day_words(periods[0][:4]) if _is_year(periods) else months_words(periods)
    return ledger.enter("date", f"{periods[0]}/{periods[-1]}", words)


def _enter_percent(ledger: Ledger, value: float) -> str:
    words = percent_words(value, signed=True)
    return ledger.enter("number", value, words, unit="%")


def enter_part(ledger: Ledger, share: float) -> str:
    """The fact of a part of what pushed thermal power, 0 to 1, in whole percent."""
    words = percent_words(100 * share, digits=0 if share >= 0.01 else 1)
    return ledger.enter("number", 100 * share, words, unit="%")
