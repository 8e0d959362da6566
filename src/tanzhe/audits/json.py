"""An audit as JSON, in the form the interface promises."""

from tanzhe.audits.records import Audit, Finding
from tanzhe.errors import Language
from tanzhe.trees import picked

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
    told = picked(one, "kind", "item", "turning_point", "field", "line", "severity")
    return {**told, "explanation": one.said(language), "against": one.against}
