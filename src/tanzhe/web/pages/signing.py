"""Signing in where a team's database knows its users, and out again."""

from typing import Annotated

import anyio
import anyio.to_thread
from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from tanzhe.errors import NotFound, TanzheError
from tanzhe.faults import fault_of
from tanzhe.web.members import Members
from tanzhe.web.pages import Page
from tanzhe.web.view import SESSION, Ask, Asking

router = APIRouter()
PAGE = Page(router=router, open=True)
# Seconds that a wrong password costs.
SLOWED = 1.0
LONGEST = 200
To = Annotated[str, Query(max_length=2000)]


def _members(ask: Ask) -> Members:
    if ask.desk.members is None:
        raise NotFound(fault_of("web.signing.members"))
    return ask.desk.members


def _within(address: str) -> str:
    """An address of ours; any other, and one that a browser takes for another's, is the overview.

    Example:
        >>> _within("/review?state=open"), _within("//evil.example")
        ('/review?state=open', '/')
    """
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and address[1:2] != "/" else "/"


@router.get("/sign-in")
async def form(ask: Asking, to: To = "/") -> Response:
    """Name and password."""
    _members(ask)
    if ask.member is not None:
        return RedirectResponse(_within(to), 303)
    return ask.page("signing.html", to=_within(to), faults=(), name="")


@router.post("/sign-in")
async def enter(
    ask: Asking,
    name: Annotated[str, Form(max_length=LONGEST)] = "",
    password: Annotated[str, Form(max_length=LONGEST)] = "",
    to: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Open the workspace as that user; a session of a new name, so that none can be planted."""
    members = _members(ask)
    try:
        session = await anyio.to_thread.run_sync(members.sign_in, name, password)
    except TanzheError as error:
        await anyio.sleep(SLOWED)
        return ask.page("signing.html", status=401, to=_within(to), faults=error.faults, name=name)
    answer = RedirectResponse(_within(to), 303)
    answer.set_cookie(SESSION, session, httponly=True, samesite="strict")
    return answer


@router.post("/sign-out")
async def leave(ask: Asking) -> Response:
    """End the session and give its connection back."""
    await anyio.to_thread.run_sync(_members(ask).sign_out, ask.session)
    answer = RedirectResponse(ask.link("/sign-in"), 303)
    answer.delete_cookie(SESSION)
    return answer
