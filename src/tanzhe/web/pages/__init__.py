"""The pages, one file each: a module here with a `PAGE` is served; nothing else names it."""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from fastapi import APIRouter

from tanzhe.errors import Words
from tanzhe.web.desk import Desk


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page, or a few that belong together.

    Attributes:
        router: its addresses.
        nav: its name in the top bar; None: it is reached from other pages.
        home: address that the name leads to.
        order: place in the top bar, smallest first.
        count: what waits there, shown beside the name; None: nothing is counted.
        open: whether it is shown to who has not signed in.
    """

    router: APIRouter
    nav: Words | None = None
    home: str = ""
    order: int = 100
    count: Callable[[Desk], int] | None = None
    open: bool = False


@cache
def pages() -> tuple[Page, ...]:
    """All pages by their place in the top bar."""
    found = (import_module(one.name) for one in pkgutil.iter_modules(__path__, f"{__name__}."))
    return tuple(sorted((module.PAGE for module in found), key=lambda page: page.order))
