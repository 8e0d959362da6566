"""Findings become a `Report` tree."""

from tanzhe.errors import Language
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.selection import aside, is_idle, told_episodes
from tanzhe.reports.facts.tree import Block, Report
from tanzhe.reports.parts.annex import annex
from tanzhe.reports.parts.apparatus import footnotes, title
from tanzhe.reports.parts.effect import effects_section
from tanzhe.reports.parts.episode import episode_block
from tanzhe.reports.parts.figures import figures
from tanzhe.reports.parts.power import power_section
from tanzhe.reports.parts.product import products_section
from tanzhe.reports.parts.standing import standing_section
from tanzhe.reports.parts.summary import summary
from tanzhe.reports.parts.sure import sure_section
from tanzhe.reports.parts.years import year_moves


def build(findings: Findings, *, language: Language = "zh") -> Report:
    """The report of what was found, as a tree without words.

    Args:
        findings: where a series stands, whether it has peaked, what happened, with evidence.
        language: the language it will be read in. Every fact carries both; a quantity that has
            no words in this one is left out.

    Returns:
        A tree in which every number, date, name, unit and address is a fact. A series without
        any episode gives a full report that says so, one that is too short a report of where it
        stands; one that is zero throughout gives a short report that says why.
    """
    ledger = Ledger(language)
    blocks = (
        title(ledger, findings),
        summary(ledger, findings),
        *(() if is_idle(findings.series) else _body(ledger, findings)),
        annex(ledger, findings),
        footnotes(ledger),
    )
    return Report(language=language, facts=ledger.facts, blocks=blocks)


def _body(ledger: Ledger, findings: Findings) -> tuple[Block, ...]:
    """Where it stands, what happened and why, how sure that is; the pictures between."""
    return (
        *figures(ledger, findings),
        _standing(ledger, findings),
        power_section(ledger, findings),
        _episodes(ledger, findings),
        products_section(ledger, findings),
        effects_section(ledger, findings),
        sure_section(ledger, findings),
    )


def _standing(ledger: Ledger, findings: Findings) -> Block:
    """Where it stands, with the years that moved much."""
    section = standing_section(ledger, findings)
    moves = year_moves(ledger, findings)
    return section.model_copy(update={"blocks": (*section.blocks, *moves)})


def _episodes(ledger: Ledger, findings: Findings) -> Block:
    """What happened, with its reasons; a series in which nothing did says so."""
    found = findings.found
    if found is None:
        return Block(kind="section", about="episodes")
    blocks = tuple(
        episode_block(ledger, findings, found, number, one)
        for number, one in enumerate(told_episodes(found), 1)
    )
    nothing = () if blocks else (said("nothing", {"aside": aside(findings.series, found)}),)
    return Block(kind="section", about="episodes", sentences=nothing, blocks=blocks)
