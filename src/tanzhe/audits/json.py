"""An audit as JSON, in the form the interface promises."""

from tanzhe.audits.records import Audit, Finding
from tanzhe.errors import Language

Json = dict[str, object]


def audit_json(audit: Audit, language: Language = "zh") -> Json:
    """An audit as plain data; `line` counts from 1."""
    return {
        "title": audit.title,
        "layout": audit.layout,
        "items": [item.model_dump() for item in audit.items],
        "findings": [_finding(one, language) for one in audit.findings],
        "summary": {
            "items": len(audit.items),
            "findings": len(audit.findings),
            "by_kind": audit.by_kind,
            "understood": audit.understood,
            "notes": [note.said(language) for note in audit.notes],
        },
    }


def _finding(one: Finding, language: Language) -> Json:
    return {
        "kind": one.kind,
        "item": one.item,
        "turning_point": one.turning_point,
        "field": one.field,
        "line": one.line,
        "severity": one.severity,
        "explanation": one.said(language),
        "against": one.against,
    }
