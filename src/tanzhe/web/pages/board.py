"""The board: tasks, projects, targets and reviews, what is late, who changed what."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, NamedTuple

import anyio.to_thread
from fastapi import APIRouter, Form, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.board.board_files import import_files
from tanzhe.api.board.tracking import add_item, open_board, set_item, targets
from tanzhe.errors import Language, NotFound, Words
from tanzhe.faults import fault_of
from tanzhe.periods import today
from tanzhe.reports.pages.datatables import Cell
from tanzhe.tracking.board import Board
from tanzhe.tracking.calendar import calendar
from tanzhe.tracking.feed import feed
from tanzhe.tracking.items import KINDS, STATUSES, Item, Kind, Status
from tanzhe.tracking.lights import LIGHTS, due_of, light, planned
from tanzhe.tracking.targets import OUTLOOKS, Joined
from tanzhe.tracking.workbook import FIELDS
from tanzhe.web.desk import Desk
from tanzhe.web.pages import Page
from tanzhe.web.twins import Made, Table
from tanzhe.web.view import Ask, Asking

router = APIRouter()
TITLE = Words("任务", "Tasks")
SIGNS = {"red": "late", "yellow": "warn", "green": "ok", "grey": "none"}
ORDER = tuple(LIGHTS)
OUTLOOK_SIGNS = {
    "reached": "ok", "on_track": "ok", "missed": "bad", "behind": "late", "open": "open",
    "not_measured": "none",
}  # fmt: skip
COLUMNS = (
    Words("编号", "id"), Words("类型", "kind"), Words("名称", "title"), Words("牵头", "lead"),
    Words("期限", "due"), Words("状态", "status"), Words("进度", "progress"), Words("灯", "light"),
)  # fmt: skip
# What the history of an item tells of.
TOLD = ("status", "progress", "lead", "due", "person", "remark", "title", "evidence")


class Row(NamedTuple):
    """An item as the board shows it.

    Attributes:
        item: the item.
        light: of the day.
        due: day, or None.
        plan: percent of its time that has gone, or None.
    """

    item: Item
    light: str
    due: date | None
    plan: float | None


def _board(ask: Ask) -> Board:
    return open_board(ask.library.folder)


def _late(desk: Desk) -> int:
    if desk.folder is None:
        return 0
    day = today()
    return sum(light(one, day) == "red" for one in open_board(desk.folder).items().values())


PAGE = Page(router=router, nav=TITLE, home="/tasks", order=80, count=_late)


@router.get("/tasks")
async def tasks(
    ask: Asking,
    kind: Kind | None = None,
    show: Annotated[str, Query(alias="light", pattern="^(red|yellow|green|grey)?$")] = "",
    due: Annotated[str, Query(pattern=r"^\d{0,4}$")] = "",
    lead: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """What is late first; by kind, light, days to go and body."""
    day = today()
    items = list((await anyio.to_thread.run_sync(_board(ask).items)).values())
    everything = [_row(one, day) for one in items]
    shown = sorted(
        (row for row in everything
         if kind in (None, row.item.kind) and show in ("", row.light)
         and (not lead or lead in row.item.lead)
         and (not due or (row.due is not None and (row.due - day).days <= int(due)))),
        key=lambda row: (ORDER.index(row.light), row.due or date.max, row.item.id),
    )  # fmt: skip
    return ask.page(
        "board/page.html", twin(ask, [row.item for row in shown], day), current="/tasks",
        rows=shown, counts=Counter(row.light for row in everything), kinds=KINDS, kind=kind,
        lights=LIGHTS, light=show, signs_of=SIGNS, statuses=STATUSES, lead=lead, due=due,
        leads=sorted({name for one in items for name in one.lead.split("、") if name}),
    )  # fmt: skip


@router.get("/tasks/{id}")
async def task(ask: Asking, id: str) -> Response:
    """One item: what it says, where it stands, its history, and how to change it."""
    board, day = _board(ask), today()
    items = await anyio.to_thread.run_sync(board.items)
    if id not in items:
        raise NotFound(fault_of("web.board.unknown", where=id))
    row = _row(items[id], day)
    joined: Joined | None = None
    if row.item.kind == "target":
        workspace = ask.desk.workspace
        found = await ask.ready(
            ask.work(
                ("targets", _stamp(board)), Words("目标对照数据", "Targets held against data"),
                lambda _: targets(board, workspace=workspace), quick=False,
            )
        )  # fmt: skip
        joined = next((one for one in found if one.item.id == id), None)
    return ask.page(
        "board/item.html", twin(ask, [row.item], day), current="/tasks", row=row, item=row.item,
        kinds=KINDS, statuses=STATUSES, signs_of=SIGNS, lights=LIGHTS, history=board.events_of(id),
        fields={name: FIELDS[name] for name in TOLD}, joined=joined, outlooks=OUTLOOKS,
        outlook_signs=OUTLOOK_SIGNS,
    )  # fmt: skip


@router.post("/tasks")
async def bring(
    ask: Asking, file: UploadFile, who: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """Bring a document, a park or the board's own workbook onto the board."""
    ask.must("reviewer")
    board, inbox = _board(ask), ask.inbox("board")
    held = await inbox.put(file)
    workspace = ask.desk.workspace
    try:
        await anyio.to_thread.run_sync(
            lambda: import_files(board, [held.path], ask.named(who), workspace=workspace)
        )
    finally:
        inbox.drop(held.id)
    return RedirectResponse(ask.link("/tasks"), 303)


@router.post("/tasks/add")
async def add(
    ask: Asking,
    title: Annotated[str, Form(max_length=300)] = "",
    who: Annotated[str, Form(max_length=100)] = "",
    lead: Annotated[str, Form(max_length=200)] = "",
    by: Annotated[str, Form(pattern=r"^(\d{4}(-\d{2}){0,2})?$")] = "",
) -> Response:
    """Put a task on the board by hand."""
    ask.must("reviewer")
    board = _board(ask)
    made = add_item(board, "task", title, ask.named(who), {"lead": lead, "by": by})
    return RedirectResponse(ask.link("/tasks", made.id), 303)


@router.post("/tasks/{id}")
async def change(
    ask: Asking,
    id: str,
    who: Annotated[str, Form(max_length=100)] = "",
    why: Annotated[str, Form(max_length=500)] = "",
    status: Annotated[Status | None, Form()] = None,
    progress: Annotated[float | None, Form(ge=0, le=100)] = None,
    person: Annotated[str | None, Form(max_length=100)] = None,
    remark: Annotated[str | None, Form(max_length=1000)] = None,
    evidence: list[UploadFile] | None = None,
) -> Response:
    """Change where it stands; what the board refuses is told and nothing is changed."""
    ask.must("reviewer")
    board, inbox = _board(ask), ask.inbox("board")
    told = {"status": status, "progress": progress, "person": person, "remark": remark}
    fields: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
    held = [await inbox.put(one) for one in evidence or () if one.filename]
    paths = [one.path for one in held]
    try:
        await anyio.to_thread.run_sync(
            lambda: set_item(board, id, ask.named(who), fields, evidence=paths, why=why)
        )
    finally:
        for one in held:
            inbox.drop(one.id)
    return RedirectResponse(ask.link("/tasks", id), 303)


def twin(ask: Ask, items: Sequence[Item], day: date) -> Made:
    """The items in their other forms; as Chinese Excel the board's own, which may be sent back."""

    def workbook(language: Language) -> bytes | str:
        from tanzhe.tracking.workbook import board_workbook

        return board_workbook(items, day) if language == "zh" else table.made("xlsx", language)

    rows: list[tuple[Cell, ...]] = [
        (one.id, ask.say(KINDS[one.kind]), one.title, one.lead, str(due_of(one, day) or ""),
         ask.say(STATUSES[one.status]), one.progress, ask.say(LIGHTS[light(one, day)]))
        for one in items
    ]  # fmt: skip
    table = Table("board", TITLE, COLUMNS, rows, [one.model_dump(mode="json") for one in items])
    makers: dict[str, Callable[[Language], bytes | str]] = {
        form: partial(table.made, form) for form in table.forms
    }
    return Made(
        "board",
        {
            **makers,
            "xlsx": workbook,
            "ics": lambda language: calendar(items, day, language),
            "xml": lambda language: feed(items, day, language),
        },
    )


def _row(item: Item, day: date) -> Row:
    return Row(item, light(item, day), due_of(item, day), planned(item, day))


def _stamp(board: Board) -> int:
    """Changes with every event of the board."""
    return sum(1 + one.changes for one in board.items().values())
