"""The main products of a sector as blocks: many events show there first."""

from tanzhe.model import Series, TurningPoint, TurningPoints
from tanzhe.reports.evidenceparts import evidence_blocks, evidence_sentence
from tanzhe.reports.findings import Findings
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.numbers import count_words
from tanzhe.reports.oddparts import odd_block
from tanzhe.reports.pointparts import short_sentences
from tanzhe.reports.selection import durable_points, is_idle, odd_points
from tanzhe.reports.subject import enter_sector, measure_of
from tanzhe.reports.tree import Block


def product_blocks(ledger: Ledger, findings: Findings) -> tuple[Block, ...]:
    """One block a product with its points; products without any are named together at the end."""
    shown = [one for one in findings.products if durable_points(one) or odd_points(one)]
    rest = [one.series for one in findings.products if one not in shown]
    return (
        *(_product(ledger, findings, one) for one in shown),
        *_named(ledger, "still", [series for series in rest if not is_idle(series)]),
        *_named(ledger, "idle", [series for series in rest if is_idle(series)]),
    )


def _named(ledger: Ledger, about: str, products: list[Series]) -> tuple[Block, ...]:
    """Products in one sentence; nothing where there are none."""
    if not products:
        return ()
    names = said(about, product=[enter_sector(ledger, series.sector) for series in products])
    return (Block(kind="paragraph", about=about, sentences=(names,)),)


def _product(ledger: Ledger, findings: Findings, points: TurningPoints) -> Block:
    series = points.series
    aside = len(points.of_scope("calendar", "data"))
    number = ledger.enter("number", aside, count_words(aside)) if aside else ""
    head = said(
        "product",
        {"measure": measure_of(series), "frequency": series.frequency},
        product=enter_sector(ledger, series.sector),
        aside=number,
    )
    return Block(
        kind="section",
        about="product",
        notes=ledger.refer(series.notes),
        sentences=(head,),
        blocks=(
            *(_point(ledger, findings, series, point) for point in durable_points(points)),
            *(odd_block(ledger, findings, series, point) for point in odd_points(points)),
        ),
    )


def _point(ledger: Ledger, findings: Findings, series: Series, point: TurningPoint) -> Block:
    evidence = findings.evidence_for(point.id)
    return Block(
        kind="list",
        about="short_point",
        notes=ledger.refer(point.notes),
        sentences=(
            *short_sentences(ledger, series, point),
            evidence_sentence(ledger, evidence, short=True),
        ),
        blocks=evidence_blocks(ledger, evidence, short=True),
    )
