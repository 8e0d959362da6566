"""A page as it is sent: its template, or one of its other forms as a file."""

import base64
from functools import cache
from urllib.parse import quote

from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from tanzhe.errors import Language, NotFound
from tanzhe.faults import fault_of
from tanzhe.web import words
from tanzhe.web.twins import MEDIA, Twin

# What a browser shows itself; the rest it keeps as a file.
SHOWN = ("json", "md", "svg", "png")


@cache
def environment() -> Environment:
    """The templates; everything they print is escaped."""
    made = Environment(
        loader=PackageLoader("tanzhe.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(words.GLOBALS)
    made.filters["b64"] = lambda content: base64.b64encode(content).decode()
    return made


def in_form(twin: Twin | None, form: str, language: Language, path: str) -> Response:
    """A page in another form.

    Args:
        twin: the other forms; None: the page has none.
        form: asked for.
        language: of the page.
        path: of the page, for the message.

    Raises:
        NotFound: the page has no such form; says which there are.
    """
    if twin is None or form not in twin.forms:
        there = "、".join(f".{one}" for one in twin.forms) if twin is not None else "—"
        raise NotFound(fault_of("web.rendering.in_form", form=form, there=there, where=path))
    content = twin.made(form, language)
    raw = content if isinstance(content, bytes) else content.encode()
    name = quote(f"{twin.name}.{form}")
    shown = "inline" if form in SHOWN else "attachment"
    return Response(
        raw,
        media_type=MEDIA[form],
        headers={"content-disposition": f"{shown}; filename*=UTF-8''{name}"},
    )
