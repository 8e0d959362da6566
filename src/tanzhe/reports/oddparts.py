"""A single odd period as a block: it is listed apart, because it did not last."""

from tanzhe.model import Series, TurningPoint
from tanzhe.reports.evidenceparts import evidence_blocks, evidence_sentence
from tanzhe.reports.findings import Findings
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.numbers import confidence_words
from tanzhe.reports.pointparts import drivers, effect, headline, interval, peers
from tanzhe.reports.tree import Block, Sentence

# The words around an odd period say what this note says.
SAID_ANYWAY = "single_month"


def odd_block(ledger: Ledger, findings: Findings, series: Series, point: TurningPoint) -> Block:
    """When, how much, how surely it was odd, and what was found for it, in short.

    Its confidence as a turning point is near zero and is not told, nor is a yearly amount: the
    change lasted for one period.
    """
    bare = point.model_copy(update={"drivers": ()})
    size = point.effect.model_copy(update={"mt_per_year": None})
    evidence = findings.evidence_for(point.id)
    notes = tuple(note for note in point.notes if note.code != SAID_ANYWAY)
    return Block(
        kind="list",
        about="odd_point",
        notes=ledger.refer(notes),
        sentences=(
            headline(ledger, series, bare),
            effect(ledger, series, point.model_copy(update={"effect": size})),
            _probability(ledger, point),
            *([] if point.interval[0] == point.interval[1] else [interval(ledger, series, point)]),
            *peers(ledger, point),
            *drivers(ledger, point),
            evidence_sentence(ledger, evidence, short=True, beside="month"),
        ),
        blocks=evidence_blocks(ledger, evidence, short=True, beside="month"),
    )


def _probability(ledger: Ledger, point: TurningPoint) -> Sentence:
    """How surely the period was odd: another thing than the confidence of a turning point."""
    single = point.single or 0.0
    value = ledger.enter("number", single, confidence_words(single), unit="%")
    return said("oddness", value=value)
