"""JSON in the form that the interface promises."""

import json

from tanzhe.reports.pages.page import Page

FORM = {
    "name": "json",
    "suffix": ".json",
    "media": "application/json",
    "is_text": True,
}


def render(page: Page) -> bytes:
    """The product as JSON text."""
    told = json.dumps(page.answer(), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{told}\n".encode()
