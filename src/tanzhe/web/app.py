"""The server: guard, pages, static files, and errors as pages."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from tanzhe import bundled
from tanzhe.errors import (
    ConnectionLost,
    Fault,
    InputError,
    NoText,
    NotFound,
    TanzheError,
    TooLarge,
    UnknownName,
    Words,
    WorkspaceError,
)
from tanzhe.faults import fault_of
from tanzhe.reports.charts.tokens import coloured, token_sheet
from tanzhe.web.desk import Desk
from tanzhe.web.entry import own_form, signed_in
from tanzhe.web.guard import STATIC, Guard
from tanzhe.web.jobs import Stopped
from tanzhe.web.pages import pages
from tanzhe.web.settings import Settings
from tanzhe.web.view import Refused, Running, Unknown, asking

_LOG = logging.getLogger("tanzhe.web")
FIRST_SECTOR = "industry"
# What went wrong, as HTTP says it; the first that fits.
STATUS: tuple[tuple[type[TanzheError], int], ...] = (
    (Refused, 403), (UnknownName, 404), (NotFound, 404), (TooLarge, 413), (WorkspaceError, 403),
    (ConnectionLost, 503), (InputError, 400), (NoText, 400),
)  # fmt: skip


def build(settings: Settings) -> FastAPI:
    """The server of a workspace.

    Args:
        settings: where it is and who may ask.

    Raises:
        InputError: the workspace named cannot be opened.
    """
    desk = Desk(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if settings.warm:
            desk.overview(FIRST_SECTOR, ahead=True)
        yield
        desk.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.nav = [page for page in pages() if page.nav is not None]
    app.get(f"{STATIC}tokens.css", include_in_schema=False)(_tokens)
    app.get(f"{STATIC}report.css", include_in_schema=False)(_report_sheet)
    app.mount(STATIC.rstrip("/"), StaticFiles(directory=str(files("tanzhe.web") / "static")))
    for page in pages():
        before = [Depends(own_form)] if page.open else [Depends(signed_in), Depends(own_form)]
        app.include_router(page.router, dependencies=before)
    app.add_exception_handler(Running, _running)
    app.add_exception_handler(Unknown, _unknown)
    app.add_exception_handler(Stopped, _stopped)
    app.add_exception_handler(TanzheError, _refused)
    app.add_exception_handler(RequestValidationError, _misread)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _ours)
    app.add_middleware(Guard, settings=settings)
    return app


def _tokens() -> Response:
    return Response(token_sheet(), media_type="text/css")


def _report_sheet() -> Response:
    """The sheet of the pictures, which reports and pages share."""
    sheet = bundled.text("tanzhe.reports.forms", "chart.css")
    return Response(coloured(sheet), media_type="text/css")


def _running(request: Request, error: Exception) -> Response:
    assert isinstance(error, Running)
    ask = asking(request)
    return ask.page("states/running.html", status=202, job=error.job)


def _unknown(request: Request, error: Exception) -> Response:
    """To the page of signing in, and from there back; a program is told what is missing."""
    ask = asking(request)
    if ask.form is not None or request.method != "GET":
        fault = fault_of("web.app.unknown")
        return _told(request, InputError(fault), 401)
    return RedirectResponse(ask.link("/sign-in", to=ask.here()), 303)


def _stopped(request: Request, error: Exception) -> Response:
    fault = fault_of("web.app.stopped")
    return _told(request, InputError(fault), 409)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, TanzheError)
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 502)
    return _told(request, error, status)


def _told(request: Request, error: TanzheError, status: int) -> Response:
    ask = asking(request)
    if ask.form is not None:
        said = [
            {"what": one.what.said(ask.language), "where": one.where,
             "do": one.do.said(ask.language)}
            for one in error.faults
        ]  # fmt: skip
        return JSONResponse({"errors": said}, status)
    return ask.page("states/failed.html", status=status, faults=error.faults)


def _misread(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        Fault(
            _misunderstood(one),
            _wanted(one),
            where=".".join(str(step) for step in one["loc"][1:]),
        )
        for one in error.errors()
    ]
    return _told(request, InputError(*faults), 400)


def _misunderstood(one: Mapping[str, Any]) -> Words:
    if one["type"] == "missing":
        return Words("缺这一项", "This is missing")
    text = _shortened(one["input"])
    return Words(f"这一项读不懂：“{text}”", f"Not understood: “{text}”")


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _wanted(one: Mapping[str, Any]) -> Words:
    """What may be written in the place of what was not understood."""
    told = one.get("ctx", {})
    if one["type"] in ("literal_error", "enum"):
        return Words(f"可以写：{told['expected']}", f"It may be: {told['expected']}")
    if r"\d{4}" in str(told.get("pattern")):
        return Words("请写成 2021 或 2021-03", "Write 2021 or 2021-03")
    if one["type"].startswith(("int", "float", "greater", "less")):
        ends = [f"≥ {told['ge']:g}"] if "ge" in told else []
        ends += [f"≤ {told['le']:g}"] if "le" in told else []
        said = f"（{'，'.join(ends)}）" if ends else ""
        return Words(f"请写一个数{said}", f"Write a number {' '.join(ends)}".strip())
    return Words("请改这一项，或从总览重新开始", "Mend it, or begin at the overview")


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        what = Words("没有这一页", "There is no such page")
    else:
        what = Words(f"不能这样请求（{error.status_code}）", f"Not possible ({error.status_code})")
    do = Words("请从总览开始，或用上面的搜索", "Begin at the overview, or search above")
    return _told(request, NotFound.of(what, do, where=request.url.path), error.status_code)


def _ours(request: Request, error: Exception) -> Response:
    # The trace goes to standard error, to the reader go words.
    _LOG.error("%s", type(error).__name__, exc_info=error)
    fault = fault_of("web.app.ours")
    return _told(request, NotFound(fault), 500)
