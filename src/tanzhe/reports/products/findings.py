"""The data behind a report."""

from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.products.datasets import (
    contributions_table,
    effects_table,
    episodes_table,
    evidence_table,
    peak_table,
    products_table,
    series_table,
    sums_table,
    years_table,
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
