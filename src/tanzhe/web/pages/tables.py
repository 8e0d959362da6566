"""A table of the reader's own: how it is read, the decisions it leaves open, and its report."""

import re
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple

import anyio.to_thread
from fastapi import APIRouter, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.series.sources import check_data, look_at
from tanzhe.api.series.table_kinds import kind_of, recall_table, remember_table
from tanzhe.errors import Fault, InputError, Words
from tanzhe.faults import fault_of
from tanzhe.series.checks import CheckFinding
from tanzhe.tables.choices import Choices, pairs
from tanzhe.tables.files import read_grids
from tanzhe.tables.grid import Grid, letters, text_of
from tanzhe.tables.look import Look
from tanzhe.tables.told import ROLE_WORDS, ColumnTold
from tanzhe.terms import words_of
from tanzhe.web.drawn import plain
from tanzhe.web.inbox import Held
from tanzhe.web.pages import Page
from tanzhe.web.pages.sources import tables
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask, Asking

router = APIRouter()
# What each field of the form is called.
FIELDS = words_of("web.tables.fields")
PAGE = Page(router=router)
Named = Annotated[str | None, Query(max_length=200)]
SHOWN_ROWS, SHOWN_COLUMNS = 14, 24
COLUMNS = (
    Words("列", "column"), Words("名称", "name"), Words("作用", "role"), Words("依据", "why"),
)  # fmt: skip
TITLE = Words("这张表怎么读", "How the table is read")


class Reading(NamedTuple):
    """What the reader decided, as the address says it.

    Attributes:
        choices: about the table.
        region: whose series, as the table writes it or as anybody does.
        sector: likewise.
    """

    choices: Choices
    region: str
    sector: str


class Seen(NamedTuple):
    """A table as it is read.

    Attributes:
        look: the reading; None where nothing could be read.
        faults: why not, or what must be decided.
        grids: the sheets as they stand.
        findings: what is odd in the series.
    """

    look: Look | None
    faults: tuple[Fault, ...]
    grids: list[Grid]
    findings: list[CheckFinding]


def reading(
    sheet: Named = None,
    header: Annotated[int | None, Query(ge=1, le=100_000)] = None,
    date: Named = None,
    column: Named = None,
    where: Annotated[str, Query(max_length=1000)] = "",
    sum_by: Annotated[str, Query(max_length=500)] = "",
    unit: Named = None,
    dates: Literal["dmy", "mdy", ""] = "",
    decimal: Literal[".", ",", ""] = "",
    figures: Literal["level", ""] = "",
    region: Annotated[str, Query(max_length=100)] = "",
    sector: Annotated[str, Query(max_length=100)] = "",
) -> Reading:
    """The decisions in an address; an empty field decides nothing."""
    choices = Choices(
        sheet=sheet or None, header=header, date=date or None, column=column or None,
        where=pairs(one for one in where.split(";") if one.strip()),
        sum_by=tuple(one.strip() for one in sum_by.split(";") if one.strip()),
        unit=unit or None, dates=dates or None, decimal=decimal or None, figures=figures or None,
    )  # fmt: skip
    return Reading(choices, region.strip(), sector.strip())


DECISIONS = (
    "sheet", "header", "date", "column", "where", "sum_by", "unit", "dates", "decimal", "figures",
    "region", "sector",
)  # fmt: skip


@router.post("/tables")
async def drop(ask: Asking, file: UploadFile) -> Response:
    """Keep a table; then how it is read, as its kind was read before."""
    held = await tables(ask).put(file, read_grids)
    decided = await anyio.to_thread.run_sync(remembered, ask, held)
    return RedirectResponse(ask.link("/tables", held.id, **decided), 303)


def in_fields(ask: Ask, text: str) -> str:
    """A sentence that names options of the command, with the fields of this page in their place."""

    def named(option: re.Match[str]) -> str:
        field = FIELDS.get(option[1].replace("-", "_"))
        return option[0] if field is None else f"“{re.split('（| [(]', ask.say(field))[0]}”"

    return re.sub(r"--([a-z-]+)", named, text)


@router.post("/tables/{id}/drop")
async def throw_away(ask: Asking, id: str) -> Response:
    """Throw a table away."""
    tables(ask).drop(id)
    return RedirectResponse(ask.link("/sources"), 303)


@router.get("/tables/{id}")
async def table(ask: Asking, id: str) -> Response:
    """The reading with its reasons, what is open on top, and the sheet itself."""
    held = tables(ask).of(id)
    query = ask.request.query_params
    told = reading_of(ask)
    seen = await anyio.to_thread.run_sync(see, held, told.choices)
    look = seen.look
    decided = {name: query[name] for name in DECISIONS if query.get(name)}
    kept = await anyio.to_thread.run_sync(remembered, ask, held)
    rows = [] if look is None else [
        (one.place, one.name, ask.say(ROLE_WORDS[one.role]), ask.say(one.why))
        for one in look.telling.columns
    ]  # fmt: skip
    answer = None if look is None else look.json()
    return ask.page(
        "tables/table.html", Table(held.path.stem, TITLE, COLUMNS, rows, answer),
        fields=FIELDS, in_fields=partial(in_fields, ask),
        current="/sources", held=held, seen=seen, look=look, query=query, told=told,
        roles=ROLE_WORDS, preview=preview(seen), is_ready=look is not None and not seen.faults,
        known={"region": look.regions if look else (), "sector": look.sectors if look else ()},
        chart=plain(ask, look.values, look.unit) if look is not None and look.values else None,
        decided=decided, is_kept=bool(kept) and kept == decided,
    )  # fmt: skip


@router.post("/tables/{id}/remember")
async def remember(ask: Asking, id: str) -> Response:
    """Let the decisions of this address hold for every table of the kind."""
    ask.must("reviewer")
    held = tables(ask).of(id)
    decided = {name: one for name, one in ask.request.query_params.items() if name in DECISIONS}
    kind = await anyio.to_thread.run_sync(kind_of, held.path)
    remember_table(ask.library, kind, decided)
    return RedirectResponse(ask.link("/tables", id, **decided), 303)


@router.post("/tables/{id}/forget")
async def forget(ask: Asking, id: str) -> Response:
    """Let tables of this kind speak for themselves again."""
    ask.must("reviewer")
    held = tables(ask).of(id)
    kind = await anyio.to_thread.run_sync(kind_of, held.path)
    remember_table(ask.library, kind, {})
    return RedirectResponse(ask.link("/tables", id), 303)


def remembered(ask: Ask, held: Held) -> dict[str, str]:
    """What was decided about tables of this kind; nothing where nobody did, or none can be read."""
    if ask.workspace is None:
        return {}
    try:
        return recall_table(ask.workspace, kind_of(held.path))
    except InputError:
        return {}


def reading_of(ask: Ask) -> Reading:
    """The decisions in the address of this question.

    Raises:
        InputError: one that is none.
    """
    query: dict[str, Any] = dict(ask.request.query_params)
    fields = ("dates", "decimal", "figures")
    allowed = {"dates": ("dmy", "mdy"), "decimal": (".", ","), "figures": ("level",)}
    wrong = [name for name in fields if query.get(name, "") not in ("", *allowed[name])]
    header = query.get("header", "")
    if header and not (header.isdecimal() and int(header) > 0):
        wrong.append("header")
    if wrong:
        raise InputError(
            *(fault_of("web.tables.undecidable", value=query[name], where=name) for name in wrong)
        )
    given = {name: query[name][:1000] for name in DECISIONS if name in query and name != "header"}
    return reading(header=int(header) if header else None, **given)


def see(held: Held, choices: Choices) -> Seen:
    """How a table is read; a table that cannot be is shown with the reason."""
    grids = read_grids(held.path)
    try:
        look = look_at(held.path, choices)
    except InputError as error:
        return Seen(None, error.faults, grids, [])
    if look.open:
        return Seen(look, look.open, grids, [])
    try:
        return Seen(look, (), grids, check_data(held.path, None, choices))
    except InputError as error:
        return Seen(look, error.faults, grids, [])


def preview(seen: Seen) -> dict[str, Any]:
    """The first rows of the sheet that is read, with the role of each column."""
    wanted = seen.look.telling.sheets if seen.look else ()
    grid = next((one for one in seen.grids if one.sheet in wanted), seen.grids[0])
    columns: list[ColumnTold] = seen.look.telling.columns if seen.look else []
    roles = {one.place: one for one in columns}
    width = min(grid.width, SHOWN_COLUMNS)
    places = [letters(at) for at in range(width)]
    rows = [
        (line, [text_of(row[at]) if at < len(row) else "" for at in range(width)])
        for line, row in zip(grid.lines[:SHOWN_ROWS], grid.rows[:SHOWN_ROWS], strict=True)
    ]
    return {
        "sheet": grid.sheet, "places": places, "roles": roles, "rows": rows,
        "more_rows": len(grid.rows) - len(rows), "more_columns": grid.width - width,
        "header": set(seen.look.telling.header) if seen.look else set(),
        "sheets": [one.sheet for one in seen.grids if one.sheet],
    }  # fmt: skip
