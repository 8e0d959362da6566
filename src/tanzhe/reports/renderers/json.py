"""JSON in the form that the interface promises."""

import json

from tanzhe.reports.json import report_json
from tanzhe.reports.page import Page


def render(page: Page) -> str:
    """The report as JSON text."""
    told = report_json(page.findings, page.language)
    return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
