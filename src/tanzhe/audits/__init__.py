"""Somebody's report -> items and fields -> findings: what is wrong, where, and how it is known."""

from tanzhe.audits.checks.documents import Held
from tanzhe.audits.json import audit_json
from tanzhe.audits.records import Audit, Finding, Passed, ReportText
from tanzhe.audits.report import audit_report, read_report, read_report_text

__all__ = [
    "Audit",
    "Finding",
    "Held",
    "Passed",
    "ReportText",
    "audit_json",
    "audit_report",
    "read_report",
    "read_report_text",
]
