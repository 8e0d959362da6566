"""Batch runs: every province in many sectors at once, kept as a folder with what it rests on."""

import re
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.batches.batch import Run, batch, runs_of
from tanzhe.api.batches.tasks import Ask as Question
from tanzhe.errors import NotFound, Words
from tanzhe.faults import fault_of
from tanzhe.model import Progress
from tanzhe.places import find_place, provinces, region_words
from tanzhe.reports.pages.datatables import Cell
from tanzhe.runs.folder import read_rows
from tanzhe.runs.manifest import RunManifest, read_manifest
from tanzhe.runs.words import BANDS, PEAKS
from tanzhe.sectors import find_sector, sector_words
from tanzhe.web.pages import Page
from tanzhe.web.pages.overview import BUILT_IN
from tanzhe.web.pages.overview import PRODUCTS as MAIN
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask, Asking
from tanzhe.web.words import SIGNS

router = APIRouter()
# Before the pages of single runs.
PAGE = Page(router=router, order=85)
TITLE = Words("成批计算", "Batch runs")
SECTORS = (*BUILT_IN, *MAIN)
COLUMNS = (
    Words("地区", "region"), Words("部门", "sector"), Words("事件数", "episodes"),
    Words("最大一次开始", "begins"), Words("结束", "ends"), Words("最大偏离 %", "depth, %"),
    Words("概率", "probability"), Words("达峰判断", "peak"), Words("最高月", "peak month"),
    Words("比高点 %", "change since peak, %"), Words("没有判断的原因", "why not judged"),
)  # fmt: skip
_ID = re.compile(r"[\w.-]{1,100}")


@router.get("/runs/batches")
async def front(ask: Asking) -> Response:
    """The runs kept in the workspace, and how one is begun."""
    held = await anyio.to_thread.run_sync(_held, ask)
    rows: list[tuple[Cell, ...]] = [
        (name, one.made.begun, one.outputs.series if one.outputs else None,
         one.outputs.episodes if one.outputs else None)
        for name, one in held
    ]  # fmt: skip
    columns = (Words("编号", "id"), Words("开始", "begun"), Words("序列", "series"),
               Words("事件", "episodes"))  # fmt: skip
    return ask.page(
        "runs/batches.html", Table("batches", TITLE, columns, rows), current="/runs", held=held,
        sectors=SECTORS, provinces=provinces(),
    )  # fmt: skip


@router.post("/runs/batches")
async def begin(
    ask: Asking,
    sectors: Annotated[list[str] | None, Form()] = None,
    regions: Annotated[list[str] | None, Form()] = None,
    since: Annotated[str, Form(pattern=r"^(\d{4}-\d{2})?$")] = "",
    until: Annotated[str, Form(pattern=r"^(\d{4}-\d{2})?$")] = "",
) -> Response:
    """Begin one; it goes on when the page is closed, and what is done is kept."""
    ask.must("reviewer")
    kinds = tuple(dict.fromkeys(find_sector(one).id for one in sectors or SECTORS))
    places = tuple(dict.fromkeys(find_place(one).iso for one in regions or ()))
    question = Question(sectors=kinds, regions=places, since=since or None, until=until or None)
    workspace = ask.desk.workspace

    def work(progress: Progress) -> Run:
        return batch(question, workspace=workspace, progress=progress)

    name = "、".join(sector_words(one).zh for one in kinds)
    title = Words(f"成批计算：{name}", f"Batch: {', '.join(sector_words(k).en for k in kinds)}")
    ask.work(("batch", question.model_dump_json()), title, work, quick=False)
    return RedirectResponse(ask.link("/runs"), 303)


@router.get("/runs/batches/{id}")
async def run(ask: Asking, id: str) -> Response:
    """A run: its matrix, what it rests on, how it is repeated."""
    folder = None
    if _ID.fullmatch(id):
        known = await anyio.to_thread.run_sync(runs_of, ask.desk.workspace)
        folder = next((one for one in known if one.name == id), None)
    if folder is None:
        raise NotFound(fault_of("web.batches.no_run", where=id[:100]))
    manifest = await anyio.to_thread.run_sync(read_manifest, folder)
    finished = manifest.outputs is not None
    rows = (
        await anyio.to_thread.run_sync(lambda: list(read_rows(folder, "series")))
        if finished
        else []
    )
    cells = [_cells(one, ask) for one in rows]
    answer = {"manifest": manifest.model_dump(mode="json"), "series": rows}
    return ask.page(
        "runs/batch.html", Table(f"batch_{id}", TITLE, COLUMNS, cells, answer), current="/runs",
        id=id, manifest=manifest, rows=rows, bands=BANDS, peaks=PEAKS, region_words=region_words,
        sector_words=sector_words, signs_of=SIGNS, finished=finished,
    )  # fmt: skip


def _held(ask: Ask) -> list[tuple[str, RunManifest]]:
    """The runs of the workspace, the newest first."""
    found = [(one.name, read_manifest(one)) for one in runs_of(ask.desk.workspace)]
    return sorted(
        (one for one in found if one[1].kind == "batch"), key=lambda one: one[1].made.begun,
        reverse=True,
    )  # fmt: skip


def _cells(row: dict[str, Any], ask: Ask) -> tuple[Cell, ...]:
    return (
        ask.say(region_words(row["region_name"])), ask.say(sector_words(row["sector_name"])),
        row["episodes"] if row["status"] == "done" else None, row["begin"] or None,
        row["end"] or None, row["depth_percent"], row["probability"],
        ask.say(PEAKS[row["peak_status"] or ""]), row["peak_month"] or None,
        row["peak_change_percent"], row[f"why_{ask.language}"] or None,
    )  # fmt: skip
