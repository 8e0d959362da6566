"""Renderers: one module a form, each with one function `render` from `Page` to bytes.

A new form is one module here with a literal `FORM`; every product then has it.
"""

from collections.abc import Callable
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.registries import attribute, declared
from tanzhe.reports.pages.page import Page
from tanzhe.reports.registers.register import unknown_choice

Renderer = Callable[[Page], bytes]


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


# The modules that declare a form, and the forms by name.
_HOMES = {Form(**said): module for module, said in declared(__name__, "FORM").items()}
FORMS: dict[str, Form] = {form.name: form for form in sorted(_HOMES)}


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
    renderer: Renderer = attribute(__name__, _HOMES[form], "render")
    return renderer
