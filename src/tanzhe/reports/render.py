"""Findings to a finished report in a register, a language and a form."""

from tanzhe.errors import Language
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.forms import FORMS, find_form, find_renderer
from tanzhe.reports.products.findings import report_page
from tanzhe.reports.registers.polishing import Polish
from tanzhe.reports.registers.register import find_register


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
    polish = None if format == "json" else polish
    page = report_page(findings, language, register=register, polish=polish)
    content = find_renderer(format)(page)
    return content if is_binary(format) else content.decode()
