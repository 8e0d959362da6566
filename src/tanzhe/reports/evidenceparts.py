"""What was found for a point: the best events in full or in a line, the rest as counts."""

from collections.abc import Sequence
from typing import Literal

from tanzhe.errors import Words
from tanzhe.model import Evidence, LinkedEvent, Searched
from tanzhe.reports.dates import range_words
from tanzhe.reports.eventparts import Beside, event_block, is_printable, short_event_block
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.numbers import count_words
from tanzhe.reports.tree import Block, Sentence
from tanzhe.reports.vocabulary import source_name

GRADES = ("strong", "medium", "weak")
GRADES_OF_A_REASON = ("strong", "medium")
# A reader takes in so many reasons; the rest is in the JSON.
MOST_REASONS = 5
MOST_SHORT_REASONS = 3
MOST_LEADS = 3
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


def leads_of(evidence: Evidence) -> tuple[LinkedEvent, ...]:
    """The leads, and the events that are only leads because nobody has reviewed them."""
    unreviewed = tuple(one for one in evidence.events if not one.event.reviewed)
    return (*evidence.leads, *unreviewed)


def evidence_sentence(
    ledger: Ledger, evidence: Evidence | None, *, short: bool, beside: Beside = "turn"
) -> Sentence:
    """What holds for the list of events as a whole: its weight, its caveats, what is left out.

    Args:
        ledger: of the report.
        evidence: what was found; None when nobody searched.
        short: for a list with few events and no leads.
        beside: whether the events are held against a turning point or an odd month.
    """
    if evidence is None:
        return said("evidence", {"weight": "unsearched", "beside": beside})
    reasons, facts, leads = reasons_of(evidence), facts_of(evidence), leads_of(evidence)
    shown = reasons[: _most(short)]
    causal = any(one.link.grade in GRADES_OF_A_REASON for one in shown)
    left_out = {
        "further": len(reasons) - len(shown),
        "unfit": sum(one.link.grade == "none" and not one.link.context for one in facts),
        "later": sum(one.link.context for one in facts),
        "leads": len(leads) if short else max(0, len(leads) - MOST_LEADS),
    }
    counts = {k: ledger.enter("number", n, count_words(n)) for k, n in left_out.items() if n}
    marks = {
        "weight": "reason" if causal else "loose" if reasons else "none",
        "unjudged": _share([one.link.p_value is None for one in shown]),
        "catalogued": _share([one.event.status == "catalogued" for one in shown]),
        "beside": beside,
        "rest": "yes" if counts else "no",
    }
    return said("evidence", marks, **counts)


def _most(short: bool) -> int:
    return MOST_SHORT_REASONS if short else MOST_REASONS


def _share(held: Sequence[bool]) -> Share:
    """How many of the events something holds for."""
    return "none" if not any(held) else "all" if all(held) else "some"


def evidence_blocks(
    ledger: Ledger, evidence: Evidence | None, *, short: bool, beside: Beside = "turn"
) -> tuple[Block, ...]:
    """Events, leads and the search of one point; short lists tell the search of nothing only."""
    if evidence is None:
        return (Block(kind="paragraph", about="unsearched"),)
    shown = reasons_of(evidence)[: _most(short)]
    asked = evidence.searched.model_copy(update={"queries": ()}) if short else evidence.searched
    what = searched(ledger, asked, found=bool(shown))
    search = Block(kind="paragraph", about="searched", sentences=(what,))
    if short:
        events = [
            short_event_block(ledger, one, about="brief_event", beside=beside) for one in shown
        ]
        return tuple(events) or (search,)
    leads = leads_of(evidence)[:MOST_LEADS]
    return (
        *(event_block(ledger, one) for one in shown),
        *(short_event_block(ledger, one, about="lead") for one in leads),
        search,
    )


def searched(ledger: Ledger, what: Searched, *, found: bool) -> Sentence:
    """What was searched, so that nothing found means something."""
    number = len(what.queries)
    count = ledger.enter("number", what.documents_read, count_words(what.documents_read))
    queries = ledger.enter("number", number, count_words(number)) if number > MOST_QUERIES else ""
    window = range_words(what.first, what.last)
    unread = len(what.unread)
    examples = what.unread[:MOST_UNREAD]
    return said(
        "searched",
        {"found": "yes" if found else "no"},
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
