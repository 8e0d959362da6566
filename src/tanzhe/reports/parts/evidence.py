"""What was found for an episode: the best events in full, weaker ones in a line, counts."""

from collections.abc import Sequence
from typing import Literal

from tanzhe.errors import Words
from tanzhe.model import Evidence, LinkedEvent, Searched
from tanzhe.model.evidence import EdgeName
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.parts.event import event_block, is_printable, short_event_block
from tanzhe.reports.words.dates import range_words
from tanzhe.reports.words.numbers import count_words
from tanzhe.reports.words.vocabulary import source_name

GRADES = ("strong", "medium", "weak")
GRADES_OF_A_REASON = ("strong", "medium")
# A reader takes in so many reasons; the rest is in the JSON.
MOST_REASONS = 3
MOST_WEAK = 2
MOST_LEADS = 2
MOST_BACKGROUND = 3
MOST_QUERIES = 6
MOST_UNREAD = 3

Share = Literal["all", "some", "none"]


def facts_of(evidence: Evidence) -> tuple[LinkedEvent, ...]:
    """The events that may be printed as facts, best first."""
    return tuple(one for one in evidence.events if is_printable(one.event))


def is_candidate(linked: LinkedEvent) -> bool:
    """Whether an event may be a reason: it fits at all, and did not begin afterwards."""
    return linked.link.grade in GRADES and not linked.link.context


def reasons_of(evidence: Evidence) -> list[LinkedEvent]:
    """All candidates, the best grade first and in the order given within a grade."""
    found = [one for one in facts_of(evidence) if is_candidate(one)]
    return sorted(found, key=lambda one: GRADES.index(one.link.grade))


def best_reason(evidence: Evidence) -> LinkedEvent | None:
    """The candidate with the best grade, or None where none fits better than chance."""
    best = next(iter(reasons_of(evidence)), None)
    return best if best is not None and best.link.grade in GRADES_OF_A_REASON else None


def leads_of(evidence: Evidence) -> tuple[LinkedEvent, ...]:
    """The leads, and the events that are only leads because nobody has reviewed them.

    What began afterwards leads nowhere.
    """
    unreviewed = tuple(one for one in evidence.events if not one.event.reviewed)
    return tuple(one for one in (*evidence.leads, *unreviewed) if not one.link.context)


def evidence_block(
    ledger: Ledger,
    evidence: Evidence | None,
    *,
    edge: EdgeName,
    short: bool = False,
    known: frozenset[str] = frozenset(),
) -> Block:
    """The reasons for the start or end of an episode, its leads, and the rest as counts.

    Args:
        ledger: of the report.
        evidence: what was found; None when nobody searched.
        edge: begin or end.
        short: weaker reasons are counted and leads are left out, as in the list of a product;
            where nothing was found, nothing is said.
        known: ids of events that were told in full before; they are told in a line.
    """
    if evidence is None:
        return Block(kind="list", about=edge, sentences=(said("evidence", {"weight": "open"}),))
    shown = shown_of(evidence, short=short)
    if short and not shown:
        return Block(kind="list", about=edge, sentences=(said("evidence", {"weight": "silent"}),))
    full = [
        one
        for one in shown
        if not short and one.link.grade in GRADES_OF_A_REASON and one.event.id not in known
    ]
    brief = [one for one in shown if one not in full]
    told = leads_of(evidence)[:MOST_LEADS] if edge == "begin" and not short else ()
    return Block(
        kind="list",
        about=edge,
        sentences=(
            _evidence(ledger, evidence, shown, edge),
            *(() if short or edge == "end" else _background(ledger, evidence)),
        ),
        blocks=(
            *(event_block(ledger, one, edge=edge) for one in full),
            *(short_event_block(ledger, one, about="brief_event", edge=edge) for one in brief),
            *(short_event_block(ledger, one, about="lead", edge=edge) for one in told),
        ),
    )


def shown_of(evidence: Evidence, *, short: bool = False) -> list[LinkedEvent]:
    """The events that are printed; what only happened at the time where nothing is better."""
    reasons = reasons_of(evidence)
    good = [one for one in reasons if one.link.grade in GRADES_OF_A_REASON]
    if good:
        return good[: 1 if short else MOST_REASONS]
    return reasons[:MOST_WEAK]


def _background(ledger: Ledger, evidence: Evidence) -> list[Sentence]:
    """Plans and policies in force at the time, by name: no evidence."""
    known = [one.event for one in evidence.background if is_printable(one.event)]
    if not known:
        return []
    names = [
        ledger.enter("name", event.id, Words(event.name, event.name_en or event.name))
        for event in known[:MOST_BACKGROUND]
    ]
    return [said("background", {}, name=names)]


def left_out(ledger: Ledger, evidence: Evidence) -> dict[str, str]:
    """What was found around an edge of the series and is not printed, as counts by why."""
    facts, shown = facts_of(evidence), shown_of(evidence)
    leads = len(leads_of(evidence))
    counts = {
        "further": len(reasons_of(evidence)) - len(shown),
        "unfit": sum(one.link.grade == "none" and not one.link.context for one in facts),
        "later": sum(one.link.context for one in facts),
        "leads": max(0, leads - MOST_LEADS) if evidence.edge == "begin" else leads,
    }
    return {k: ledger.enter("number", n, count_words(n)) for k, n in counts.items() if n}


def _evidence(
    ledger: Ledger, evidence: Evidence, shown: Sequence[LinkedEvent], edge: EdgeName
) -> Sentence:
    """What holds for the list as a whole: its weight and its caveats."""
    causal = any(one.link.grade in GRADES_OF_A_REASON for one in shown)
    what = evidence.searched
    marks = {
        "weight": "reason" if causal else "loose" if shown else "none",
        "unjudged": _share([one.link.p_value is None for one in shown]),
        "catalogued": _share([one.event.status == "catalogued" for one in shown]),
        "edge": edge,
    }
    documents = count_words(what.documents_read)
    nothing = {
        "documents": ledger.enter("number", what.documents_read, documents),
        "window": ledger.enter(
            "date", f"{what.first}/{what.last}", range_words(what.first, what.last)
        ),
    }
    return said("evidence", marks, **({} if shown else nothing))


def _share(held: Sequence[bool]) -> Share:
    """How many of the events something holds for."""
    return "none" if not any(held) else "all" if all(held) else "some"


def searched(ledger: Ledger, what: Searched) -> Sentence:
    """What was searched, so that nothing found means something."""
    number = len(what.queries)
    count = ledger.enter("number", what.documents_read, count_words(what.documents_read))
    queries = ledger.enter("number", number, count_words(number)) if number > MOST_QUERIES else ""
    window = range_words(what.first, what.last)
    unread = len(what.unread)
    examples = what.unread[:MOST_UNREAD]
    return said(
        "searched",
        unread=ledger.enter("number", unread, count_words(unread)) if unread else "",
        where=[ledger.same("address", one.address or one.file or "") for one in examples],
        why=[
            ledger.enter("text", one.reason, Words(one.reason, one.reason_en)) for one in examples
        ],
        query=[ledger.same("name", query) for query in what.queries[:MOST_QUERIES]],
        queries=queries,
        source=[ledger.enter("name", source, source_name(source)) for source in what.sources],
        documents=count,
        window=ledger.enter("date", f"{what.first}/{what.last}", window),
    )
