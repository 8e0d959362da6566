"""Findings to a finished report in a register, a language and a form."""

from functools import partial

from tanzhe.errors import Language
from tanzhe.reports.answers.json import report_json
from tanzhe.reports.build import build
from tanzhe.reports.charts import drawing
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.forms import FORMS, find_form, find_renderer
from tanzhe.reports.pages.blocks import Figure, Line, plain
from tanzhe.reports.pages.marked import read_blocks
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import places_of
from tanzhe.reports.products.datasets import year_values
from tanzhe.reports.products.findings import report_tables
from tanzhe.reports.registers.polishing import Polish, with_polish
from tanzhe.reports.registers.register import find_register
from tanzhe.reports.registers.wording import worded
from tanzhe.reports.words.vocabulary import label


def check_wording(register: str, format: str, language: Language = "zh") -> None:
    """Refuse a register or format that does not exist, before any work is done for it.

    Raises:
        UnknownName: no such register or format; the message lists the available ones.
    """
    find_register(register, language)
    find_form(format)


def is_binary(format: str) -> bool:
    """Whether a report of this format is bytes, for a file and never the terminal."""
    return not FORMS[format].is_text


def report_page(
    findings: Findings,
    register: str = "plain",
    language: Language = "zh",
    *,
    polish: Polish | None = None,
) -> Page:
    """The report as a page.

    Args:
        findings: what was found.
        register: raw, plain, formal or brief.
        language: zh or en.
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


def render(
    findings: Findings,
    register: str = "plain",
    format: str = "md",
    language: Language = "zh",
    *,
    polish: Polish | None = None,
) -> str | bytes:
    """The finished report.

    Args:
        findings: what was found.
        register: raw, plain, formal or brief.
        format: one of `FORMS`; JSON and tables are the same in every register.
        language: zh or en.
        polish: smooths a paragraph and changes no fact; None leaves all as the template has it.

    Returns:
        The text of the file; its bytes for forms that are no text.

    Raises:
        UnknownName: no such register or format; the message lists the available ones.
    """
    check_wording(register, format, language)
    page = report_page(findings, register, language, polish=None if format == "json" else polish)
    content = find_renderer(format)(page)
    return content if is_binary(format) else content.decode()
