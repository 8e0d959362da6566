"""The search of the top bar: a series, a province, a product, or an event."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.evidence.documents import chronicle_events
from tanzhe.errors import UnknownName, Words
from tanzhe.model import Event
from tanzhe.places import Place, find_place
from tanzhe.sectors import Product, Sector, find_sector, products
from tanzhe.web.pages import Page
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router)
MOST = 40


@router.get("/search")
async def search(ask: Asking, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Straight to a series where the words name one; else events that hold them all."""
    words = q.split()
    place, known = _named(words)
    if place is not None and known is not None:
        return RedirectResponse(ask.link("/series", place.iso, known.id), 303)
    if known is not None and len(words) == 1:
        return RedirectResponse(ask.link("/", sector=known.id), 303)
    if place is not None and len(words) == 1:
        return RedirectResponse(ask.link("/series", place.iso, "industry"), 303)
    found = _events(ask, words)
    columns = [Words("编号", "id"), Words("日期", "date"), Words("名称", "name")]
    rows = [(one.id, one.dates[0].date if one.dates else None, one.name) for one in found]
    title = Words(f"“{q}”：{len(found)}件事", f"“{q}”: {len(found)} events")
    return ask.page(
        "search.html", Table("search", title, columns, rows), q=q, found=found[:MOST],
        total=len(found), title=title, effect_of=_effect_of, products=products(),
    )  # fmt: skip


def _named(words: list[str]) -> tuple[Place | None, Sector | Product | None]:
    """The place and the sector among the words, also written together: 云南水泥."""
    tried = list(words)
    for word in words:
        tried += [part for at in range(2, len(word)) for part in (word[:at], word[at:])]
    place: Place | None = None
    known: Sector | Product | None = None
    for word in tried:
        with suppress(UnknownName):
            place = place or find_place(word)
        with suppress(UnknownName):
            known = known or find_sector(word)
    return place, known


def _events(ask: Ask, words: list[str]) -> list[Event]:
    """Events of the chronicle whose name or summary holds every word, the newest first."""
    if not words:
        return []
    wanted = [word.casefold() for word in words]
    found = [
        one
        for one in chronicle_events(ask.desk.workspace)
        if all(
            word in f"{one.name} {one.name_en} {one.summary} {one.summary_en}".casefold()
            for word in wanted
        )
    ]
    return sorted(found, key=lambda one: one.dates[0].date if one.dates else "", reverse=True)


def _effect_of(event: Event) -> tuple[str, str] | None:
    """Region and product on which an event can be measured: its first of each."""
    region = next((one.code for one in event.places if one.code.startswith("CN")), None)
    mine = set(event.industries)
    made = next((one.id for one in products() if mine & set(one.industries)), None)
    sector = made or next(iter(event.sectors), None)
    return (region, sector) if region and sector else None
