"""The annex: matters of calendar and data, the search, the source of the series."""

from tanzhe.errors import Words
from tanzhe.evidence.events.verified import verified_share
from tanzhe.model import Episodes, Event
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.selection import faults
from tanzhe.reports.facts.shocks import Shock, calendar_edges, hidden_shocks
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.parts.episode import SAID_ANYWAY, direction_of, enter_span
from tanzhe.reports.parts.event import unlinked
from tanzhe.reports.parts.evidence import facts_of, left_out, searched
from tanzhe.reports.words.dates import day_words, period_words
from tanzhe.reports.words.numbers import count_words, percent_words
from tanzhe.reports.words.subject import measure_of, subject_slots
from tanzhe.reports.words.vocabulary import source_name, unit_of


def annex(ledger: Ledger, findings: Findings) -> Block:
    """Everything a reader may want to look up, folded away."""
    return Block(
        kind="section",
        about="annex",
        sentences=(
            _origin(ledger, findings),
            *_calendar(ledger, findings),
            *_unlinked(ledger, findings),
            *_verified(ledger, findings),
        ),
        blocks=(
            *(_fault_list(ledger, one) for one in _searched_series(findings) if faults(one)),
            *_searches(ledger, findings),
        ),
        notes=ledger.refer(findings.series.notes),
    )


def _searched_series(findings: Findings) -> tuple[Episodes, ...]:
    return (*(() if findings.found is None else (findings.found,)), *findings.products)


def _calendar(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """The edges that the calendar makes, in one sentence."""
    series, edges = findings.series, calendar_edges(findings)
    dates = [ledger.enter("date", p.date, period_words(series, p.date)) for p in edges]
    return [
        *([said("calendar", date=dates)] if dates else []),
        *(_shock(ledger, one) for one in hidden_shocks(findings)),
    ]


def _shock(ledger: Ledger, one: Shock) -> Sentence:
    """What all regions did, of which a region with loud months shows nothing of its own."""
    words = percent_words(one.percent)
    return said(
        "shock",
        {"direction": direction_of(one.percent)},
        year=ledger.enter("date", one.year, day_words(one.year)),
        percent=ledger.enter("number", one.percent, words, unit="%"),
    )


def _unlinked(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """The addresses that are shown as text, each once, beside the event they tell of."""
    named = {fact.value for fact in ledger.facts if fact.kind == "name"}
    told: dict[str, Event] = {
        linked.event.id: linked.event
        for one in findings.evidence
        for linked in (*one.events, *one.leads)
        if linked.event.id in named
    }
    return [
        said(
            "unlinked",
            event=ledger.enter("name", one.id, Words(one.name, one.name_en or one.name)),
            url=[ledger.same("address", url) for url in dict.fromkeys(unlinked(one))],
        )
        for one in told.values()
        if unlinked(one)
    ]


def _verified(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """How many statements about the events of the report were read again in their originals."""
    named = {fact.value for fact in ledger.facts if fact.kind == "name"}
    facts = [linked.event for one in findings.evidence for linked in facts_of(one)]
    share = verified_share(event for event in facts if event.id in named)
    if not share.printed:
        return []
    numbers = {"printed": share.printed, "verified": share.verified, "copied": share.catalogued}
    ids = {k: ledger.enter("number", n, count_words(n)) for k, n in numbers.items()}
    return [said("verified", {"any": "yes" if share.verified else "no"}, **ids)]


def _fault_list(ledger: Ledger, found: Episodes) -> Block:
    """The faults of the data of one series, each with its reason in a note."""
    rows = []
    for one in faults(found):
        size = percent_words(one.depth_percent, signed=True)
        reason = [note for note in one.notes if note.code not in ("fresh", *SAID_ANYWAY)]
        rows.append(
            said(
                "fault",
                span=enter_span(ledger, found.series, one),
                size=ledger.enter("number", one.depth_percent, size, unit="%"),
                why=[
                    ledger.enter("text", note.code, Words(note.zh, note.en)) for note in reason[:1]
                ],
            )
        )
    head = said(
        "whose", {"measure": measure_of(found.series)}, **subject_slots(ledger, found.series)
    )
    return Block(kind="list", about="faults", sentences=(head, *rows))


def _searches(ledger: Ledger, findings: Findings) -> tuple[Block, ...]:
    """What was searched for each episode of the series asked for; of products in one line."""
    if findings.found is None:
        return ()
    blocks = []
    for one in findings.found.episodes:
        for edge in ("begin", "end"):
            evidence = next(
                (e for e in findings.evidence if e.point == one.id and e.edge == edge), None
            )
            if evidence is None or (edge == "end" and one.family == "month"):
                continue
            at = one.begin if edge == "begin" else one.end or one.begin
            period = ledger.enter("date", at, period_words(findings.series, at))
            around = said("around", {"edge": edge}, period=period)
            what = searched(ledger, evidence.searched)
            unlisted = left_out(ledger, evidence)
            rest = [said("left_out", {}, **unlisted)] if unlisted else []
            blocks.append(Block(kind="list", about="searched", sentences=(around, what, *rest)))
    return tuple(blocks)


def _origin(ledger: Ledger, findings: Findings) -> Sentence:
    series = findings.series
    periods, missing = len(series), sum(value is None for value in series.values)
    first = series.provisional_from
    provisional = (
        ledger.enter("date", first, period_words(series, first)) if first is not None else ""
    )
    marks = {
        "frequency": series.frequency,
        "merged": "yes" if series.merged else "no",
        "measure": measure_of(series),
    }
    return said(
        "origin",
        marks,
        **subject_slots(ledger, series),
        source=ledger.enter("name", series.source, source_name(series.source)),
        vintage=ledger.enter("text", series.vintage, _vintage(series.vintage)),
        digest=ledger.same("code", series.sha256),
        unit=ledger.enter("unit", series.unit, unit_of(series)),
        periods=ledger.enter("number", periods, count_words(periods)),
        missing=ledger.enter("number", missing, count_words(missing)) if missing else "",
        provisional=provisional,
        software=ledger.same("code", findings.manifest.tanzhe),
    )


def _vintage(text: str) -> Words:
    """The state of a source; that of a user's table is the last period in it."""
    last = text.removeprefix("to ")
    return Words(text, text) if last == text else Words(f"截至{day_words(last).zh}", text)
