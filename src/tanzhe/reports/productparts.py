"""The main products of a sector as blocks: many events show there first."""

from tanzhe.model import TurningPoints
from tanzhe.reports.eventparts import evidence_blocks
from tanzhe.reports.findings import Findings
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.numbers import count_words
from tanzhe.reports.pointparts import short_sentences
from tanzhe.reports.subject import enter_sector, measure_of
from tanzhe.reports.tree import Block


def product_blocks(ledger: Ledger, findings: Findings) -> tuple[Block, ...]:
    """One block a product with its points; products without any are named together at the end."""
    moved = [one for one in findings.products if _shown(one)]
    still = [one for one in findings.products if not _shown(one)]
    blocks = [_product(ledger, findings, one) for one in moved]
    if still:
        names = [enter_sector(ledger, one.series.sector) for one in still]
        quiet = said("still", product=names)
        blocks.append(Block(kind="paragraph", about="still", sentences=(quiet,)))
    return tuple(blocks)


def _shown(points: TurningPoints) -> bool:
    return any(p.band != "weak" for p in points.of_scope("province", "national"))


def _product(ledger: Ledger, findings: Findings, points: TurningPoints) -> Block:
    series = points.series
    aside = len(points.of_scope("calendar", "data"))
    number = ledger.enter("number", aside, count_words(aside)) if aside else ""
    head = said(
        "product",
        {"measure": measure_of(series)},
        product=enter_sector(ledger, series.sector),
        aside=number,
    )
    blocks = tuple(
        Block(
            kind="list",
            about="short_point",
            sentences=short_sentences(ledger, series, point),
            blocks=tuple(
                block
                for block in evidence_blocks(ledger, findings.evidence_for(point.id), short=True)
                if block.about != "unsearched"
            ),
            notes=ledger.refer(point.notes),
        )
        for point in points.of_scope("province", "national")
        if point.band != "weak"
    )
    return Block(
        kind="section",
        about="product",
        sentences=(head,),
        blocks=blocks,
        notes=ledger.refer(series.notes),
    )
