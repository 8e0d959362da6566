"""Load and green supply of a park hour by hour: a year as one picture, storage to try."""

from collections import Counter
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.meters.hours import HoursResult, match_hours
from tanzhe.errors import Fault, InputError, Words
from tanzhe.meters.clock import said_time
from tanzhe.meters.hours.matching import Storage
from tanzhe.reports.pages.datatables import Cell
from tanzhe.reports.words.dates import day_words
from tanzhe.tables.files import read_grids
from tanzhe.web.inbox import Held, Inbox
from tanzhe.web.jobs import Job
from tanzhe.web.pages import Page
from tanzhe.web.twins import Files, Table
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router)
TITLE = Words("负荷与绿电逐小时匹配", "Load and green supply hour by hour")
COLUMNS = tuple(
    Words(zh, en)
    for zh, en in (
        ("时间", "hour"), ("负荷", "load"), ("直供", "direct"), ("合约", "contract"),
        ("储能放电", "discharged"), ("储能充电", "charged"), ("未覆盖", "unmatched"),
    )
)  # fmt: skip
HOURS = 24
NO_HOUR = -1


class Month(NamedTuple):
    """A month for a reader: its name, its load and what of it was covered."""

    name: str
    load: float
    covered: float


def _inbox(ask: Ask) -> Inbox:
    return ask.inbox("hours")


@router.get("/hours")
async def front(ask: Asking) -> Response:
    """Where a table of hours is dropped."""
    held = _inbox(ask).all()
    return ask.page("hours/front.html", Files("hours", TITLE, held), current="/parks", held=held)


@router.post("/hours")
async def drop(ask: Asking, file: UploadFile) -> Response:
    """Keep the table; then its hours."""
    held = await _inbox(ask).put(file, read_grids)
    return RedirectResponse(ask.link("/hours", held.id), 303)


@router.get("/hours/{id}")
async def hours(
    ask: Asking,
    id: str,
    power: Annotated[float, Query(ge=0, le=1e9)] = 0.0,
    capacity: Annotated[float, Query(ge=0, le=1e9)] = 0.0,
    efficiency: Annotated[float, Query(gt=0, le=1)] = 0.9,
) -> Response:
    """The score beside the yearly share, the year as a picture, storage supposed."""
    held = _inbox(ask).of(id)
    if (power > 0) != (capacity > 0):
        raise InputError(_HALF)
    storage = Storage(power, power, capacity, efficiency) if power else None
    result = await ask.ready(_job(ask, held, storage))
    rows: list[tuple[Cell, ...]] = [
        (said_time(begin), *(result.matched[name][at] for name in
         ("load", "direct", "contract", "discharged", "charged", "unmatched")))
        for at, begin in enumerate(result.begin)
    ]  # fmt: skip
    answer = {**result.model_dump(mode="json"), "file": held.name}
    return ask.page(
        "hours/page.html", Table(f"{held.path.stem}_hours", TITLE, COLUMNS, rows, answer),
        current="/parks", held=held, result=result, score=result.score,
        picture=picture(ask, result), months=months(result), power=power, capacity=capacity,
        efficiency=efficiency,
    )  # fmt: skip


def _job(ask: Ask, held: Held, storage: Storage | None) -> Job[HoursResult]:
    title = Words(f"逐小时匹配 {held.name}", f"Hours of {held.name}")
    return ask.work(
        ("hours", held.id, storage), title, lambda _: match_hours(held.path, storage=storage)
    )


def shares(result: HoursResult) -> list[float]:
    """What of each hour's load was covered, 0 to 1; an hour without load is covered."""
    return [
        1.0 - left / load if load > 0 else 1.0
        for load, left in zip(result.matched["load"], result.matched["unmatched"], strict=True)
    ]


def picture(ask: Ask, result: HoursResult) -> dict[str, Any]:
    """Days across, hours down, each cell the percent covered; -1 where no hour is known."""
    days: dict[str, list[int]] = {}
    for begin, share in zip(result.begin, shares(result), strict=True):
        day, hour = said_time(begin)[:10], int(said_time(begin)[11:13])
        days.setdefault(day, [NO_HOUR] * HOURS)[hour] = round(100 * share)
    return {
        "days": list(days), "cells": list(days.values()), "months": [
            (period_label(month, ask), count)
            for month, count in Counter(day[:7] for day in days).items()
        ],
        "label": ask.say("每天每小时绿电覆盖的比例", "Share of each hour covered by green supply"),
        "covered": ask.say("覆盖", "covered"), "unknown": ask.say("不知道", "not known"),
    }  # fmt: skip


def period_label(month: str, ask: Ask) -> str:
    """A month below the picture: 3月, Mar."""
    return ask.say(f"{int(month[5:])}月", day_words(month).en[:3])


def months(result: HoursResult) -> list[Month]:
    """The same by month, for who cannot see the picture."""
    found: dict[str, list[float]] = {}
    for at, begin in enumerate(result.begin):
        held = found.setdefault(said_time(begin)[:7], [0.0, 0.0])
        load = result.matched["load"][at]
        held[0] += load
        held[1] += load - result.matched["unmatched"][at]
    return [Month(name, load, covered) for name, (load, covered) in found.items()]


_HALF = Fault(
    Words("储能只写了一半", "Only half of the storage is given"),
    Words("功率和容量都要填，或都不填", "Give both power and capacity, or neither"),
    where="power, capacity",
)
