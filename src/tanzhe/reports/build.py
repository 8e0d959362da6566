"""Findings become a `Report` tree."""

from tanzhe.errors import Language
from tanzhe.model import TurningPoint
from tanzhe.reports.apparatus import footnotes, reading, series_section, title
from tanzhe.reports.dates import period_words
from tanzhe.reports.eventparts import evidence_blocks, facts_of, is_candidate
from tanzhe.reports.findings import Findings
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.numbers import count_words
from tanzhe.reports.pointparts import (
    full_sentences,
    peers,
    point_marks,
    seeming_size,
    short_sentences,
)
from tanzhe.reports.productparts import product_blocks
from tanzhe.reports.subject import measure_of, subject_slots
from tanzhe.reports.tree import Block, Report

GRADES_OF_A_REASON = ("strong", "medium")


def build(findings: Findings, *, language: Language = "zh") -> Report:
    """The report of what was found, as a tree without words.

    Args:
        findings: turning points, products, evidence, and how they came about.
        language: the language it will mostly be read in; every fact carries both.

    Returns:
        A tree in which every number, date, name, unit and address is a fact. A series without
        any turning point gives a full report that says so.
    """
    ledger = Ledger()
    blocks = (
        title(ledger, findings),
        _summary(ledger, findings),
        Block(kind="chart", about="chart"),
        _points(ledger, findings),
        _weak(ledger, findings),
        Block(kind="section", about="products", blocks=product_blocks(ledger, findings)),
        _apart(ledger, findings),
        reading(ledger),
        series_section(ledger, findings),
        footnotes(ledger),
    )
    return Report(language=language, facts=ledger.facts, blocks=blocks)


def main_points(findings: Findings) -> tuple[TurningPoint, ...]:
    """Established and possible points of the province or the nation, in the order given."""
    moved = findings.points.of_scope("province", "national")
    return tuple(point for point in moved if point.band != "weak")


def weak_points(findings: Findings) -> tuple[TurningPoint, ...]:
    """Weak signals that fill the list up to `top`."""
    moved = findings.points.of_scope("province", "national")
    room = max(0, findings.top - len(main_points(findings)))
    return tuple(point for point in moved if point.band == "weak")[:room]


def apart_points(findings: Findings) -> tuple[TurningPoint, ...]:
    """Points that are no turning points: calendar artefacts and data defects."""
    return findings.points.of_scope("calendar", "data")


def _summary(ledger: Ledger, findings: Findings) -> Block:
    main = main_points(findings)
    numbers = {
        "established": sum(point.band == "established" for point in main),
        "possible": sum(point.band == "possible" for point in main),
        "weak": len(weak_points(findings)),
        "apart": len(apart_points(findings)),
    }
    ids = {k: ledger.enter("number", n, count_words(n)) for k, n in numbers.items() if n}
    marks = {
        "any": "yes" if main else "no",
        "measure": measure_of(findings.points.series),
        "offline": "yes" if findings.offline else "no",
        "reviewed": "yes" if findings.reviewed else "no",
    }
    count = said("count", marks, **ids, **subject_slots(ledger, findings.points.series))
    return Block(kind="section", about="summary", sentences=(count,))


def _points(ledger: Ledger, findings: Findings) -> Block:
    blocks = tuple(_point(ledger, findings, point) for point in main_points(findings))
    return Block(kind="section", about="points", blocks=blocks)


def _point(ledger: Ledger, findings: Findings, point: TurningPoint) -> Block:
    evidence = findings.evidence_for(point.id)
    facts = facts_of(evidence) if evidence else ()
    candidates = [one for one in facts if is_candidate(one)]
    causal = any(one.link.grade in GRADES_OF_A_REASON for one in candidates)
    weight = said("evidence", {"weight": "reason" if causal else "loose" if candidates else "none"})
    return Block(
        kind="section",
        about="point",
        sentences=(*full_sentences(ledger, findings.points.series, point), weight),
        blocks=tuple(evidence_blocks(ledger, evidence, short=False)),
        notes=ledger.refer(point.notes),
    )


def _weak(ledger: Ledger, findings: Findings) -> Block:
    blocks = tuple(
        Block(
            kind="list",
            about="short_point",
            sentences=short_sentences(ledger, findings.points.series, point),
            blocks=tuple(evidence_blocks(ledger, findings.evidence_for(point.id), short=True)),
            notes=ledger.refer(point.notes),
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
            sentences=(
                said(
                    "apart",
                    point_marks(series, point),
                    date=ledger.enter("date", point.date, period_words(series, point.date)),
                    size=seeming_size(ledger, point),
                ),
                *peers(ledger, point),
            ),
            notes=ledger.refer(point.notes),
        )
        for point in apart_points(findings)
    )
    return Block(kind="section", about="apart", blocks=blocks)
