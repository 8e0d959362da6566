"""Findings to a finished report in a register, a language and a format."""

from tanzhe.errors import Language
from tanzhe.reports.build import build
from tanzhe.reports.findings import Findings
from tanzhe.reports.page import Page
from tanzhe.reports.polishing import Polish, with_polish
from tanzhe.reports.register import find_register
from tanzhe.reports.renderers import BINARY, find_renderer
from tanzhe.reports.wording import worded


def check_wording(register: str, format: str, language: Language = "zh") -> None:
    """Refuse a register or format that does not exist, before any work is done for it.

    Raises:
        UnknownName: no such register or format; the message lists the available ones.
    """
    find_register(register, language)
    find_renderer(format)


def is_binary(format: str) -> bool:
    """Whether a report of this format is bytes, for a file and never the terminal."""
    return format in BINARY


def render(
    report_findings: Findings,
    register: str = "plain",
    format: str = "md",
    language: Language = "zh",
    *,
    polish: Polish | None = None,
) -> str | bytes:
    """The finished report.

    Args:
        report_findings: what was found.
        register: raw, plain, formal or brief.
        format: md, html, json or docx; JSON is the same in every register.
        language: zh or en.
        polish: smooths a paragraph and changes no fact; None leaves all as the template has it.

    Returns:
        The text of the file; its bytes for docx.

    Raises:
        UnknownName: no such register or format; the message lists the available ones.
    """
    how = find_register(register, language)
    renderer = find_renderer(format)
    report = build(report_findings, language=language)
    markdown = worded(report, how, language)
    if polish is not None and format != "json":
        markdown = with_polish(markdown, polish)
    return renderer(Page(report_findings, report, markdown, language))
