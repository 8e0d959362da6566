"""The meters of a park: readings added, the tree, what is wrong, where energy may be saved."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import anyio.to_thread
from fastapi import APIRouter, Form, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.meters.readings import (
    KINDS_OF_CORRECTION,
    add_readings,
    check_readings,
    correct,
    firm_months,
    meter_ledger,
    open_store,
)
from tanzhe.api.meters.weak import KINDS as WEAK
from tanzhe.api.meters.weak import WeakPoints, weak_points
from tanzhe.api.parks.assessment import read_source
from tanzhe.errors import Fault, InputError, Words
from tanzhe.faults import fault_of
from tanzhe.meters.clock import said_time
from tanzhe.meters.engine import FirmMonth
from tanzhe.meters.findings import KINDS, LEVELS, Finding
from tanzhe.meters.rows import MICRO
from tanzhe.meters.store import Store
from tanzhe.meters.tree import CARRIER_WORDS, Meter, Tree
from tanzhe.model import Progress
from tanzhe.reports.pages.datatables import Cell
from tanzhe.terms import words_of
from tanzhe.web.archives import laid_out
from tanzhe.web.pages import Page
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router)
TITLE = Words("计量表", "Meters")
COLUMNS = (
    Words("月份", "month"), Words("企业", "firm"), Words("品种", "carrier"),
    Words("用量", "amount"), Words("单位", "unit"), Words("覆盖率", "coverage"),
    Words("是否完整", "complete"),
)  # fmt: skip
SIGNS = {"fault": "bad", "advice": "warn", "note": "none"}
CORRECTIONS = words_of("web.meters.corrections")
SHOWN = 200
MONTHS = r"^(\d{4}(-\d{2})?)?$"


class Branch(NamedTuple):
    """A meter in the tree.

    Attributes:
        meter: its last span.
        depth: how many meters stand before it.
        faults: how many faults its readings have.
    """

    meter: Meter
    depth: int
    faults: int


class Seen(NamedTuple):
    """Everything the page tells of the meters."""

    findings: list[Finding]
    months: list[FirmMonth]
    weak: WeakPoints | None


def _store(ask: Ask) -> Store:
    return open_store(ask.library.folder)


@router.get("/meters")
async def meters(
    ask: Asking,
    month: Annotated[str, Query(pattern=MONTHS)] = "",
    level: Annotated[str, Query(pattern="^(fault|advice|note)?$")] = "",
) -> Response:
    """Tree, findings, months by firm and weak points, of all months or of some."""
    store = _store(ask)
    held = sorted(store.manifest.months)
    seen = Seen([], [], None)
    if held:
        seen = await ask.ready(_job(ask, store, month))
    counts = Counter(one.level for one in seen.findings)
    shown = [one for one in seen.findings if level in ("", one.level)]
    order = list(LEVELS)
    shown.sort(key=lambda one: (order.index(one.level), one.meter, one.begin))
    rows: list[tuple[Cell, ...]] = [
        (one.month, one.firm, ask.say(CARRIER_WORDS[one.carrier]), one.amount / MICRO, one.unit,
         round(one.coverage, 6), ask.say("是", "yes") if one.complete else ask.say("否", "no"))
        for one in seen.months
    ]  # fmt: skip
    return ask.page(
        "meters/page.html", Table("meters", TITLE, COLUMNS, rows, _answer(store, seen, ask)),
        current="/parks", held=held, month=month, level=level, levels=LEVELS, signs_of=SIGNS,
        counts=counts, findings=shown[:SHOWN], more=max(0, len(shown) - SHOWN), kinds=KINDS,
        tree=list(branches(store.tree, seen.findings)), carriers=CARRIER_WORDS, micro=MICRO,
        firms=seen.months, weak=seen.weak, weak_kinds=WEAK, sources=store.manifest.sources,
        bills=len(store.manifest.bills), corrections=CORRECTIONS, said_time=said_time,
        years=sorted({one[:4] for one in held}), fullest=fullest(held),
        corrected=store.manifest.corrections,
    )  # fmt: skip


@router.post("/meters")
async def add(
    ask: Asking,
    files: list[UploadFile],
    firm: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Add lists of meters, readings and bills: all files or none."""
    ask.must("reviewer")
    store = _store(ask)
    sent = [(one.filename or "", await one.read()) for one in files if one.filename]
    if not sent:
        raise InputError(_NOTHING)
    with tempfile.TemporaryDirectory(prefix="tanzhe-") as place:
        paths = await anyio.to_thread.run_sync(lambda: list(laid_out(Path(place), sent)))
        fields = {"firm": firm.strip()} if firm.strip() else {}
        added = await anyio.to_thread.run_sync(lambda: add_readings(store, paths, fields=fields))
    ask.changed()
    return ask.page("meters/added.html", current="/parks", added=added)


@router.post("/meters/correct")
async def decide(
    ask: Asking,
    meter: Annotated[str, Form(max_length=200)] = "",
    begin: Annotated[str, Form(max_length=40)] = "",
    end: Annotated[str, Form(max_length=40)] = "",
    kind: Annotated[str, Form(max_length=20)] = "",
    value: Annotated[str, Form(max_length=40)] = "",
    who: Annotated[str, Form(max_length=100)] = "",
    why: Annotated[str, Form(max_length=500)] = "",
    document: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Record what a person decided about a stretch of readings."""
    ask.must("reviewer")
    try:
        number = float(value.replace(",", "")) if value.strip() else None
    except ValueError as error:
        raise InputError(fault_of("web.meters.no_number", value=value, where="value")) from error
    if kind not in KINDS_OF_CORRECTION:
        kind = ""
    await anyio.to_thread.run_sync(
        lambda: correct(
            _store(ask), meter, begin.replace("T", " "), end.replace("T", " "), kind,
            who=ask.named(who), why=why, value=number, document=document,
        )
    )  # fmt: skip
    ask.changed()
    return RedirectResponse(ask.link("/meters"), 303)


@router.post("/meters/park")
async def judged(
    ask: Asking,
    year: Annotated[int, Form(ge=2000, le=2100)],
    file: UploadFile,
    by_firm: Annotated[bool, Form()] = False,
) -> Response:
    """The ledgers of a year from meters, in a park's file; then its verdict."""
    import json

    held = await ask.inbox("parks").put(file, read_source)
    store = _store(ask)
    made = await anyio.to_thread.run_sync(
        lambda: meter_ledger(store, year, held.path, by_firm=by_firm)
    )
    text = json.dumps(made.tree, ensure_ascii=False, indent=2)
    judged = ask.inbox("parks").put_bytes(f"{held.path.stem}_{year}.json", text.encode())
    return RedirectResponse(ask.link("/parks", judged.id), 303)


def _job(ask: Ask, store: Store, month: str) -> Any:
    workspace = ask.desk.workspace
    wanted = (month,) if month else ()

    def work(progress: Progress) -> Seen:
        found = check_readings(store, wanted, progress=progress)
        months = firm_months(store, wanted, progress=progress)
        try:
            weak = weak_points(store, wanted, workspace=workspace, progress=progress)
        except InputError:
            weak = None  # hours enough for none: the page says so
        return Seen(found, months, weak)

    stamp = store.manifest.model_dump_json()
    return ask.work(("meters", stamp, month), Words("计量表", "Meters"), work, quick=False)


def fullest(months: Sequence[str]) -> str:
    """The last of the years with most months: the one to judge a park by.

    Example:
        >>> fullest(["2024-12", "2025-01", "2025-02", "2026-01"])
        '2025'
    """
    counts = Counter(one[:4] for one in months)
    return max(counts, key=lambda year: (counts[year], year), default="")


def branches(tree: Tree, findings: Sequence[Finding]) -> Iterator[Branch]:
    """The meters from the edge of the park inwards, each before those behind it."""
    faults = Counter(one.meter for one in findings if one.level == "fault")
    seen: set[str] = set()

    def below(name: str, depth: int) -> Iterator[Branch]:
        if name in seen:
            return
        seen.add(name)
        yield Branch(tree.of(name)[-1], depth, faults[name])
        for child in tree.children(name):
            yield from below(child, depth + 1)

    known = set(tree.names)
    for name in tree.names:
        if tree.of(name)[-1].parent not in known:
            yield from below(name, 0)
    for name in tree.names:  # a ring of parents has no edge
        yield from below(name, 0)


def _answer(store: Store, seen: Seen, ask: Ask) -> dict[str, Any]:
    """For programs: everything, with times as text."""
    return {
        "meters": [one.model_dump(mode="json") for one in store.tree.meters],
        "months": [
            {**one._asdict(), "amount": one.amount / MICRO} for one in seen.months
        ],
        "findings": [
            {**one.model_dump(), "begin": said_time(one.begin), "end": said_time(one.end),
             "name": ask.say(KINDS[one.kind].name), "do": ask.say(KINDS[one.kind].do)}
            for one in seen.findings
        ],
        "weak_points": [] if seen.weak is None else [
            {**one._asdict(), "told": ask.say(one.told)} for one in seen.weak.points
        ],
    }  # fmt: skip


_NOTHING = Fault(
    Words("没有选文件", "No file was chosen"),
    Words("请选文件或文件夹再提交", "Choose files or a folder and send them again"),
)
