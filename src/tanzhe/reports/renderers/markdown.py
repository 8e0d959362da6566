"""Markdown: the canonical text, without the figure, which needs a format that can hold it."""

import re

from tanzhe.reports.page import Page

_FIGURE = re.compile(r"^!\[.*\]\(chart:\w+\)\n\n?", re.MULTILINE)


def render(page: Page) -> str:
    """The report as Markdown."""
    return _FIGURE.sub("", page.markdown)
