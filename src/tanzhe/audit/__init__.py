"""Somebody's report -> items and fields -> findings: what is wrong, where, and how it is known."""

from tanzhe.audit.checks.documents import Held
from tanzhe.audit.json import audit_json
from tanzhe.audit.records import Audit, Finding, Passed, ReportText
from tanzhe.audit.report import audit_report, read_report, read_report_text

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
