"""A report as a page, with the data behind it."""

from functools import partial

from tanzhe.errors import Language
from tanzhe.reports.answers.json import report_json
from tanzhe.reports.charts import drawing
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.pages.blocks import Figure, Line, plain
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.pages.marked import read_blocks
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import places_of
from tanzhe.reports.parts.build import build
from tanzhe.reports.products.datasets import (
    contributions_table,
    effects_table,
    episodes_table,
    evidence_table,
    peak_table,
    products_table,
    series_table,
    sums_table,
    year_values,
    years_table,
)
from tanzhe.reports.registers.polishing import Polish, with_polish
from tanzhe.reports.registers.register import find_register
from tanzhe.reports.registers.wording import worded
from tanzhe.reports.words.vocabulary import label

# The page of each result, by the name of its class.
PAGES = {"Findings": "report_page"}


def report_page(
    findings: Findings,
    language: Language = "zh",
    *,
    register: str = "plain",
    polish: Polish | None = None,
) -> Page:
    """The report as a page.

    Args:
        findings: what was found.
        language: zh or en.
        register: raw, plain, formal or brief.
        polish: smooths a paragraph and changes no fact; None leaves all as the template has it.

    Raises:
        UnknownName: no such register; the message lists the available ones.
    """
    how = find_register(register, language)
    report = build(findings, language=language)
    words = worded(report, how, language)
    if polish is not None:
        words = with_polish(words, polish)
    tables = report_tables(findings)

    def figure(about: str, title: Line) -> Figure:
        drawn = drawing(about, findings, title=plain(title), language=language)
        return Figure(title=title, drawing=drawn)

    return Page(
        product="report",
        about=f"{findings.series.region}_{findings.series.sector}",
        language=language,
        blocks=read_blocks(words, figure=figure, annex=label("page", "annex", language)),
        facts=report.facts,
        places=places_of(report, findings, tables),
        made=findings.manifest.created,
        answer=partial(report_json, findings, language),
        tables=tables,
        values=year_values(findings.series),
        scenario=f"{findings.series.source} {findings.series.vintage}",
    )


def report_tables(findings: Findings) -> tuple[DataTable, ...]:
    """The series first, then what was judged of it; a table without rows is left out."""
    every = [one for one in (findings.found, *findings.products) if one is not None]
    tables = [
        series_table(findings.series, findings.found),
        episodes_table(every),
        contributions_table(every),
        years_table(findings.standing),
        products_table(findings.standing),
        evidence_table(findings.evidence),
        effects_table(findings.effects.effects if findings.effects else ()),
    ]
    if findings.peak is not None:
        tables += [peak_table(findings.peak), sums_table(findings.peak)]
    return tuple(table for table in tables if table.rows)
