"""Renderers: one file per format, each with one function from `Page` to text or bytes.

A new format is one file here and one line in `RENDERERS`.
"""

from collections.abc import Callable

from tanzhe.errors import Words
from tanzhe.reports.page import Page
from tanzhe.reports.register import unknown_choice
from tanzhe.reports.renderers import html as html
from tanzhe.reports.renderers import json as json_renderer
from tanzhe.reports.renderers import markdown as markdown

Renderer = Callable[[Page], str | bytes]


def _word(page: Page) -> bytes:
    """Imported when first needed: python-docx takes a quarter of a second."""
    from tanzhe.reports.renderers import word

    return word.render(page)


RENDERERS: dict[str, Renderer] = {
    "docx": _word,
    "html": html.render,
    "json": json_renderer.render,
    "md": markdown.render,
}
# Formats that are bytes: a file, never the terminal.
BINARY = frozenset({"docx"})


def find_renderer(format: str) -> Renderer:
    """The renderer of a format.

    Raises:
        UnknownName: there is no such renderer; lists what there is.
    """
    if format not in RENDERERS:
        raise unknown_choice(Words("格式", "format"), format, tuple(RENDERERS))
    return RENDERERS[format]
