"""Findings become a `Report` tree."""

from tanzhe.errors import Language
from tanzhe.model import TurningPoint
from tanzhe.reports.apparatus import footnotes, reading, series_section, title
from tanzhe.reports.dates import period_words
from tanzhe.reports.evidenceparts import evidence_blocks, evidence_sentence
from tanzhe.reports.findings import Findings
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.numbers import count_words
from tanzhe.reports.oddparts import odd_block
from tanzhe.reports.pointparts import (
    full_sentences,
    peers,
    point_marks,
    seeming_size,
    short_sentences,
)
from tanzhe.reports.productparts import product_blocks
from tanzhe.reports.selection import apart_points, is_idle, main_points, odd_points, weak_points
from tanzhe.reports.subject import measure_of, subject_slots
from tanzhe.reports.tree import Block, Report


def build(findings: Findings, *, language: Language = "zh") -> Report:
    """The report of what was found, as a tree without words.

    Args:
        findings: turning points, products, evidence, and how they came about.
        language: the language it will be read in. Every fact carries both; a quantity that has
            no words in this one is left out.

    Returns:
        A tree in which every number, date, name, unit and address is a fact. A series without
        any turning point gives a full report that says so; one that is zero throughout gives a
        short report that says why nothing can be judged.
    """
    ledger = Ledger(language)
    judged = not is_idle(findings.points.series)
    blocks = (
        title(ledger, findings),
        _summary(ledger, findings),
        *_judged(ledger, findings, judged=judged),
        series_section(ledger, findings),
        footnotes(ledger),
    )
    return Report(language=language, facts=ledger.facts, blocks=blocks)


def _judged(ledger: Ledger, findings: Findings, *, judged: bool) -> tuple[Block, ...]:
    """All that needs a series in which something could have turned."""
    if not judged:
        return ()
    return (
        Block(kind="chart", about="chart"),
        _points(ledger, findings),
        _odd(ledger, findings),
        _weak(ledger, findings),
        Block(kind="section", about="products", blocks=product_blocks(ledger, findings)),
        _apart(ledger, findings),
        reading(ledger),
    )


def _summary(ledger: Ledger, findings: Findings) -> Block:
    series, main = findings.points.series, main_points(findings)
    numbers = {
        "established": sum(point.band == "established" for point in main),
        "possible": sum(point.band == "possible" for point in main),
        "weak": len(weak_points(findings)),
        "odd": len(odd_points(findings.points)),
        "apart": len(apart_points(findings)),
    }
    ids = {k: ledger.enter("number", n, count_words(n)) for k, n in numbers.items() if n}
    marks = {
        "any": "yes" if main else "no",
        "idle": "yes" if is_idle(series) else "no",
        "measure": measure_of(series),
        "frequency": series.frequency,
        "offline": "yes" if findings.offline else "no",
        # Where nobody looked for reasons there is nothing to review.
        "reviewed": "yes" if findings.reviewed or not findings.evidence else "no",
    }
    count = said("count", marks, **ids, **subject_slots(ledger, series))
    return Block(kind="section", about="summary", sentences=(count,))


def _points(ledger: Ledger, findings: Findings) -> Block:
    blocks = tuple(_point(ledger, findings, point) for point in main_points(findings))
    return Block(kind="section", about="points", blocks=blocks)


def _point(ledger: Ledger, findings: Findings, point: TurningPoint) -> Block:
    evidence = findings.evidence_for(point.id)
    return Block(
        kind="section",
        about="point",
        notes=ledger.refer(point.notes),
        sentences=(
            *full_sentences(ledger, findings.points.series, point),
            evidence_sentence(ledger, evidence, short=False),
        ),
        blocks=evidence_blocks(ledger, evidence, short=False),
    )


def _odd(ledger: Ledger, findings: Findings) -> Block:
    """Single odd periods, apart from turning points and from weak signals."""
    series, points = findings.points.series, odd_points(findings.points)
    blocks = tuple(odd_block(ledger, findings, series, point) for point in points)
    lead = (said("odd", {"frequency": series.frequency}),) if blocks else ()
    return Block(kind="section", about="odd", sentences=lead, blocks=blocks)


def _weak(ledger: Ledger, findings: Findings) -> Block:
    """Weak signals; most are ordinary ups and downs, so they get no reasons."""
    blocks = tuple(
        Block(
            kind="list",
            about="short_point",
            notes=ledger.refer(point.notes),
            sentences=short_sentences(ledger, findings.points.series, point),
        )
        for point in weak_points(findings)
    )
    return Block(kind="section", about="weak", blocks=blocks)


def _apart(ledger: Ledger, findings: Findings) -> Block:
    """Calendar and data points, with the reason and never with a policy."""
    series = findings.points.series
    blocks = tuple(
        Block(
            kind="list",
            about="apart_point",
            notes=ledger.refer(point.notes),
            sentences=(
                said(
                    "apart",
                    point_marks(series, point),
                    date=ledger.enter("date", point.date, period_words(series, point.date)),
                    size=seeming_size(ledger, point),
                ),
                *peers(ledger, point),
            ),
        )
        for point in apart_points(findings)
    )
    return Block(kind="section", about="apart", blocks=blocks)
