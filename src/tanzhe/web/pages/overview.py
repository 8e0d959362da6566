"""The overview: every province in its place, one sector at a time, or all as a table."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import Response

from tanzhe.api.series.overview import Overview, Tile
from tanzhe.errors import InputError, Words
from tanzhe.places import place_of, region_words
from tanzhe.reports.pages.datatables import Cell
from tanzhe.reports.words.dates import day_words, short_month
from tanzhe.reports.words.numbers import percent_words
from tanzhe.sectors import find_sector, sector_of, sector_words
from tanzhe.sectors import sectors as all_sectors
from tanzhe.web.jobs import Job
from tanzhe.web.pages import Page
from tanzhe.web.sparkline import sparkline
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask, Asking, Running
from tanzhe.web.words import SIGNS

router = APIRouter()
PAGE = Page(router=router, nav=Words("总览", "Overview"), home="/", order=10)

# What the built-in data hold: sectors, and the products with most emissions.
BUILT_IN = ("industry", "power")
PRODUCTS = ("cement", "crude_steel", "nonferrous_metals_10")
# The columns of the table.
TABLE = (*BUILT_IN, *PRODUCTS)
# Column and row of each province, from 0; the nation over the first four of row 0.
PLACES = {
    "CN-HL": (7, 0), "CN-XJ": (0, 1), "CN-NM": (4, 1), "CN-BJ": (5, 1), "CN-LN": (6, 1),
    "CN-JL": (7, 1), "CN-QH": (1, 2), "CN-GS": (2, 2), "CN-NX": (3, 2), "CN-SX": (4, 2),
    "CN-HE": (5, 2), "CN-TJ": (6, 2), "CN-XZ": (0, 3), "CN-SN": (3, 3), "CN-HA": (4, 3),
    "CN-SD": (5, 3), "CN-SC": (1, 4), "CN-CQ": (2, 4), "CN-HB": (3, 4), "CN-AH": (4, 4),
    "CN-JS": (5, 4), "CN-SH": (6, 4), "CN-YN": (1, 5), "CN-GZ": (2, 5), "CN-HN": (3, 5),
    "CN-JX": (4, 5), "CN-ZJ": (5, 5), "CN-GX": (2, 6), "CN-GD": (3, 6), "CN-FJ": (4, 6),
    "CN-HI": (3, 7),
}  # fmt: skip
# The large regions in the order of official tables, for a list on a phone.
REGIONS = {
    "华北": "North", "东北": "Northeast", "华东": "East", "华中": "Central", "华南": "South",
    "西南": "Southwest", "西北": "Northwest",
}  # fmt: skip
NATION = "CN"
ORDER = ("rising", "plateau", "past_peak", "undecided", "refused")


@router.get("/")
async def overview(
    ask: Asking, sector: str = "industry", view: Literal["map", "table"] = "map"
) -> Response:
    """The grid of a sector, or the table of all."""
    wanted = find_sector(sector).id
    if view == "table":
        return await _table(ask, wanted)
    if wanted not in BUILT_IN and sector_of(wanted) in all_sectors():
        return ask.page("overview/missing.html", current="/", sector=wanted, **_filters(wanted))
    found = await ask.ready(ask.desk.overview(wanted))
    provinces = [one for one in found.tiles if one.region != NATION]
    counts = Counter(_state(one) for one in provinces)
    return ask.page(
        "overview/map.html", _twin(found), current="/", found=found, counts=counts,
        nation=found.tile(NATION), tiles=_grouped(provinces), places=PLACES, regions=REGIONS,
        state=_state, line=_line, sparkline=sparkline, signs_of=SIGNS, order=ORDER,
        heading=_heading(found, counts), sector=wanted, **_filters(wanted),
    )  # fmt: skip


def _filters(sector: str) -> dict[str, Any]:
    """The buttons: what is built in, and what has to be added."""
    missing = [one.id for one in all_sectors() if one.id not in BUILT_IN]
    products = PRODUCTS if sector in (*BUILT_IN, *PRODUCTS, *missing) else (*PRODUCTS, sector)
    return {"built_in": BUILT_IN, "products": products, "missing": missing}


def _state(tile: Tile) -> str:
    return "refused" if tile.refused else tile.status or "undecided"


def _grouped(tiles: Sequence[Tile]) -> list[tuple[str, list[Tile]]]:
    """Tiles by large region, in the order of official tables."""
    found: dict[str, list[Tile]] = {name: [] for name in REGIONS}
    for one in tiles:
        place = place_of(one.region)
        if place is not None:
            found.setdefault(place.region, []).append(one)
    return [(name, held) for name, held in found.items() if held]


def _line(tile: Tile, found: Overview, language: str) -> str:
    """The last line of a tile: when the last episode began, and how deep it was."""
    if tile.refused is not None:
        return ""
    if tile.last is None:
        return "没有明显起落" if language == "zh" else "nothing seen"
    size = percent_words(tile.last.depth_percent, digits=0).zh
    month = short_month(tile.last.begin, merged=found.merged)
    low = tile.last.depth_percent < 0
    if language == "zh":
        return f"{month} {'低' if low else '高'} {size}"
    return f"{month} {'−' if low else '+'}{size}"


def _heading(found: Overview, counts: Counter[str]) -> tuple[Words, Words]:
    """What the page says: how many provinces stand where; and the nation."""
    name = sector_words(found.sector)
    all_of = sum(counts.values()) - counts["refused"]
    past, rising = counts["past_peak"], counts["rising"]
    title = Words(
        f"{name.zh}：{all_of}个省份中{past}个已过高点，{rising}个仍在上升",
        f"{name.en}: {past} of {all_of} provinces past their peak, {rising} still rising",
    )
    return title, _nation(found)


def _nation(found: Overview) -> Words:
    tile = found.tile(NATION)
    if tile is None or tile.month is None or tile.change_percent is None:
        return Words(
            "点一个省份看走势、事件和依据。", "Open a province for path, events, evidence."
        )
    name = sector_words(found.sector)
    change = tile.change_percent
    month = day_words(tile.month)
    if change < 0:
        size = percent_words(change).zh
        zh, en = f"此后下降{size}", f"and fell by {size} since"
    else:
        zh, en = "也就是目前", "which is now"
    return Words(
        f"全国{name.zh}的12个月合计在{month.zh}最高，{zh}。点一个省份看走势、事件和依据。",
        f"The nation's twelve-month sum was highest in {month.en}, {en}. "
        "Open a province for path, events and evidence.",
    )


COLUMNS = (
    Words("地区", "region"),
    Words("状态", "status"),
    Words("最高月", "peak month"),
    Words("比高点 %", "change since peak, %"),
    Words("最近12个月", "last twelve months"),
    Words("最近一段开始", "last episode begins"),
    Words("最大偏离 %", "depth, %"),
)


def _twin(found: Overview) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            one.region, _state(one), one.month, one.change_percent, one.latest,
            one.last.begin if one.last else None, one.last.depth_percent if one.last else None,
        )
        for one in found.tiles
    ]  # fmt: skip
    counts = Counter(_state(one) for one in found.tiles if one.region != NATION)
    title, _ = _heading(found, counts)
    return Table(f"overview_{found.sector}", title, COLUMNS, rows, found.model_dump(mode="json"))


async def _table(ask: Ask, sector: str) -> Response:
    """All provinces by all sectors: what is ready is shown, the rest is on its way."""
    jobs = {name: ask.desk.overview(name, ahead=name != TABLE[0]) for name in TABLE}
    ready: dict[str, Overview] = {}
    waiting: list[Job[Overview]] = []
    for name, job in jobs.items():
        try:
            ready[name] = await ask.ready(job)
        except Running:
            waiting.append(job)
        except InputError:
            continue  # the source has no such product: its column stays away
    if not ready:
        raise Running(waiting[0])
    first = next(iter(ready.values()))
    regions = [one.region for one in first.tiles]
    rows: list[tuple[Cell, ...]] = []
    for region in regions:
        cells: list[Cell] = [region]
        for found in ready.values():
            tile = found.tile(region)
            cells += [None, None] if tile is None else [_state(tile), tile.change_percent]
        rows.append(tuple(cells))
    names = [sector_words(name) for name in ready]
    columns = [COLUMNS[0]]
    for what in names:
        columns += [what, Words(f"{what.zh} 比高点 %", f"{what.en}: change since peak, %")]
    title = Words("各省各部门：是否已过高点", "All provinces and sectors: have they peaked")
    return ask.page(
        "overview/table.html", Table("overview", title, columns, rows), current="/",
        ready=ready, waiting=waiting, regions=regions, state=_state, title=title, sector=sector,
        region_words=region_words, line=_line, order=ORDER, **_filters(sector),
    )  # fmt: skip
