"""A finished report on its way to a renderer."""

from dataclasses import dataclass

from tanzhe.errors import Language
from tanzhe.reports.findings import Findings
from tanzhe.reports.tree import Report


@dataclass(frozen=True)
class Page:
    """What a renderer may use.

    Attributes:
        findings: the results themselves, for tables, charts and data formats.
        report: the tree with its facts.
        markdown: the report in a register's words; the figure stands as an image named `chart`.
        language: of the words.
    """

    findings: Findings
    report: Report
    markdown: str
    language: Language
