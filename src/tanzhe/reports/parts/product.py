"""The main products of a sector: what happened there and was not told with the total."""

from tanzhe.model import Episodes
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.selection import faults, is_idle, own_episodes, told_episodes
from tanzhe.reports.facts.tree import Block
from tanzhe.reports.parts.episode import short_episode_block
from tanzhe.reports.words.numbers import count_words
from tanzhe.reports.words.subject import enter_sector, measure_of


def products_section(ledger: Ledger, findings: Findings) -> Block:
    """One block a product with episodes of its own; the others are named together at the end."""
    own = {one.series.sector: own_episodes(one, findings.found) for one in findings.products}
    shown = [one for one in findings.products if own[one.series.sector]]
    rest = [one for one in findings.products if one not in shown and not is_idle(one.series)]
    followed = [one for one in rest if told_episodes(one)]
    still = [one for one in rest if one not in followed]
    return Block(
        kind="section",
        about="products",
        blocks=(
            *(_product(ledger, findings, one) for one in shown),
            *_named(ledger, "followed", followed),
            *_named(ledger, "still", still),
        ),
    )


def _named(ledger: Ledger, about: str, products: list[Episodes]) -> tuple[Block, ...]:
    """Products in one sentence; nothing where there are none."""
    if not products:
        return ()
    names = said(about, product=[enter_sector(ledger, one.series.sector) for one in products])
    return (Block(kind="paragraph", about=about, sentences=(names,)),)


def _product(ledger: Ledger, findings: Findings, one: Episodes) -> Block:
    series = one.series
    told, own = told_episodes(one), own_episodes(one, findings.found)
    counts = {"with_total": len(told) - len(own), "faults": len(faults(one))}
    ids = {k: ledger.enter("number", n, count_words(n)) for k, n in counts.items() if n}
    head = said(
        "product",
        {"measure": measure_of(series), "frequency": series.frequency},
        product=enter_sector(ledger, series.sector),
        **ids,
    )
    return Block(
        kind="section",
        about="product",
        sentences=(head,),
        blocks=tuple(short_episode_block(ledger, findings, one, episode) for episode in own),
    )
