"""Renderers: one module a form, each with one function `render` from `Page` to bytes.

A new form is one module here and one line in `FORMS`; every product then has it.
"""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.reports.pages.page import Page
from tanzhe.reports.registers.register import unknown_choice

Renderer = Callable[[Page], bytes]
_OFFICE = "application/vnd.openxmlformats-officedocument"


class Form(NamedTuple):
    """A form that every product can be given.

    Attributes:
        name: as `--format` takes it.
        suffix: how a file's name ends.
        media: its media type.
        is_text: whether it can be shown on a terminal.
    """

    name: str
    suffix: str
    media: str
    is_text: bool


# The module has the name of the form unless that is the name of something else.
_MODULES = {"md": "markdown", "docx": "word", "txt": "terminal", "xlsx": "workbook"}
FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("md", ".md", "text/markdown; charset=utf-8", True),
        Form("html", ".html", "text/html; charset=utf-8", True),
        Form("docx", ".docx", f"{_OFFICE}.wordprocessingml.document", False),
        Form("pdf", ".pdf", "application/pdf", False),
        Form("xlsx", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet", False),
        Form("csv", ".csv", "text/csv; charset=utf-8", True),
        Form("json", ".json", "application/json", True),
        Form("iamc", ".iamc.csv", "text/csv; charset=utf-8", True),
        Form("frictionless", ".zip", "application/zip", False),
        Form("txt", ".txt", "text/plain; charset=utf-8", True),
    )
}


def find_form(name: str) -> Form:
    """The form of a name.

    Raises:
        UnknownName: there is no such form; lists what there is.
    """
    if name not in FORMS:
        raise unknown_choice(Words("格式", "format"), name, tuple(FORMS))
    return FORMS[name]


def find_renderer(name: str) -> Renderer:
    """The renderer of a form, imported now: an office library takes a quarter of a second.

    Raises:
        UnknownName: there is no such form; lists what there is.
    """
    form = find_form(name)
    module = import_module(f"{__name__}.{_MODULES.get(form.name, form.name)}")
    renderer: Renderer = module.render
    return renderer
