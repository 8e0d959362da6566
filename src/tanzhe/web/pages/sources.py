"""Data: what there is, what was added to it, and a table of the reader's own."""

import anyio.to_thread
from fastapi import APIRouter, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.series.output import add_output, output_vintages, remove_output
from tanzhe.api.series.sources import known_sources
from tanzhe.errors import Words
from tanzhe.tables.files import read_grids
from tanzhe.web.inbox import Inbox
from tanzhe.web.pages import Page
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router, nav=Words("资料", "Data"), home="/sources", order=40)
COLUMNS = (
    Words("名称", "name"), Words("内容", "what"), Words("范围", "coverage"), Words("条款", "terms"),
    Words("内置", "built in"),
)  # fmt: skip
TITLE = Words("数据源", "Sources of data")


def tables(ask: Ask) -> Inbox:
    """Where tables that were dropped are kept."""
    return ask.inbox("tables")


@router.get("/sources")
async def sources(ask: Asking) -> Response:
    """Every source with its terms; vintages added; tables dropped."""
    known = known_sources()
    workspace = ask.desk.workspace
    rows = [
        (one.name, ask.say(one.what), ask.say(one.coverage), ask.say(one.terms),
         ask.say("是", "yes") if one.built_in else ask.say("否", "no"))
        for one in known
    ]  # fmt: skip
    return ask.page(
        "tables/sources.html", Table("sources", TITLE, COLUMNS, rows), current="/sources",
        sources=known, vintages=() if workspace is None else output_vintages(workspace),
        held=tables(ask).all(),
    )  # fmt: skip


@router.post("/sources/vintages")
async def add(ask: Asking, file: UploadFile) -> Response:
    """Add a download of monthly output to the built-in series."""
    ask.must("reviewer")
    workspace, inbox = ask.library, ask.inbox("vintages")
    held = await inbox.put(file, read_grids)
    try:
        added = await anyio.to_thread.run_sync(add_output, held.path, workspace)
    finally:
        inbox.drop(held.id)
    ask.changed()
    return ask.page("tables/added.html", current="/sources", added=added)


@router.post("/sources/vintages/{id}/remove")
async def remove(ask: Asking, id: str) -> Response:
    """Take a download out of the built-in series again."""
    ask.must("administrator")
    workspace = ask.library
    await anyio.to_thread.run_sync(remove_output, id, workspace)
    ask.changed()
    return RedirectResponse(ask.link("/sources"), 303)
