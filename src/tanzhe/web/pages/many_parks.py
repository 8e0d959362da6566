"""Several parks: side by side, and a province's lists with those whose data are there."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query
from fastapi.responses import Response

from tanzhe.api.parks.assessment import assess
from tanzhe.api.parks.comparisons import compare
from tanzhe.api.parks.provinces import view_province
from tanzhe.errors import TanzheError, Words
from tanzhe.model import Progress
from tanzhe.parks.compare import Comparison
from tanzhe.parks.province import ProvinceView, Seat
from tanzhe.places import find_place, provinces
from tanzhe.reports.pages.datatables import Cell
from tanzhe.terms import words_of
from tanzhe.web.inbox import Held
from tanzhe.web.pages import Page
from tanzhe.web.pages.parks import VERDICTS, title_of
from tanzhe.web.twins import Made, Table, makers_of
from tanzhe.web.view import Ask, Asking

router = APIRouter()
# Before the pages of single parks, whose names would take these.
PAGE = Page(router=router, order=65)
LEVELS = words_of("web.many_parks.levels")
COLUMNS = (
    Words("园区", "park"), Words("名单", "lists"), Words("年度", "year"),
    Words("单位能耗碳排放 tCO2/tce", "tCO2/tce"), Words("名次", "rank"),
    Words("有数据的指标", "indicators given"), Words("全部指标", "indicators asked"),
    Words("结论", "verdict"),
)  # fmt: skip
MOST = 40  # parks side by side


class Province(NamedTuple):
    """The parks of a province.

    Attributes:
        view: lists and data.
        ids: files of the parks with data, by name and year.
        unread: files that are no sound park, by name.
    """

    view: ProvinceView
    ids: dict[tuple[str, int], str]
    unread: tuple[str, ...]


@router.get("/parks/compare")
async def side_by_side(
    ask: Asking,
    park: Annotated[list[str], Query(max_length=MOST)] = [],  # noqa: B006  (FastAPI copies it)
    rules: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Parks judged by one rule set, or the years of one park."""
    inbox, workspace = ask.inbox("parks"), ask.desk.workspace
    held = [inbox.of(one) for one in park]

    def work(_: Progress) -> Comparison:
        return compare([one.path for one in held], rules=rules or None, workspace=workspace)

    key = ("compare", tuple(one.id for one in held), rules)
    found = await ask.ready(ask.work(key, Words("园区比较", "Parks side by side"), work))
    ids = {one.name: one.id for one in held}
    return ask.page(
        "parks/compare.html", Made("parks", makers_of(found)), current="/parks", found=found,
        ids=ids, verdicts=VERDICTS, rule_title=title_of(ask, found.rules),
        largest=max(one.tco2 for one in found.states),
    )  # fmt: skip


@router.get("/parks/province")
async def province(ask: Asking, region: Annotated[str, Query(max_length=40)] = "") -> Response:
    """The parks on official lists beside those whose files were dropped here."""
    place = find_place(region) if region else None
    held = ask.inbox("parks").all()

    def work(_: Progress) -> Province:
        return gathered(held, None if place is None else place.zh, ask)

    key = ("province", region, tuple(one.id for one in held))
    found = await ask.ready(ask.work(key, Words("一省的园区", "A province's parks"), work))
    name = Words("全国", "China") if place is None else Words(place.zh, place.en)
    rows = [_cells(one, ask) for one in found.view.seats]
    title = Words(f"{name.zh}的零碳园区", f"Zero-carbon parks, {name.en}")
    return ask.page(
        "parks/province.html", Table("parks", title, COLUMNS, rows), current="/parks",
        found=found, seats=found.view.seats, indicators=found.view.indicators, name=name,
        region_code=region, provinces=provinces(), verdicts=VERDICTS, levels=LEVELS,
        given=sum(one.result is not None for one in found.view.seats),
    )  # fmt: skip


def gathered(held: Sequence[Held], region: str | None, ask: Ask) -> Province:
    """The view with the sound files of the region."""
    workspace = ask.desk.workspace
    iso = None if region is None else find_place(region).iso
    files, ids, unread = [], {}, []
    for one in held:
        try:
            told = assess(one.path, workspace=workspace)
        except TanzheError:
            unread.append(one.name)
            continue
        if iso in (None, told.park.region):
            files.append(one.path)
            ids[told.park.name, told.park.year] = one.id
    return Province(view_province(region, files, workspace=workspace), ids, tuple(unread))


def _cells(one: Seat, ask: Ask) -> tuple[Cell, ...]:
    lists = "；".join(dict.fromkeys(ask.say(LEVELS[entry.level]) for entry in one.lists))
    told = one.result
    return (
        one.name, lists, told.park.year if told else None,
        told.emission_per_energy if told else None, one.rank, one.given if told else None,
        one.asked if told else None,
        ask.say(VERDICTS[told.verdict][1]) if told else ask.say("没有数据", "no data"),
    )  # fmt: skip
