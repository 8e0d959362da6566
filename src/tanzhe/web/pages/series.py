"""A series: peak, path with its expected band and episodes, sums, years, products; or several."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response
from pydantic import BeforeValidator

from tanzhe.errors import Words
from tanzhe.places import find_place
from tanzhe.sectors import find_sector
from tanzhe.web import drawn
from tanzhe.web.comparison import comparison
from tanzhe.web.desk import Asked, Told
from tanzhe.web.pages import Page
from tanzhe.web.reading import episodes_of, gist
from tanzhe.web.twins import Report
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router, nav=Words("序列", "Series"), home="/series", order=15)


def as_month(text: object) -> object:
    """A month as people write it, as the address holds it; anything else as it is.

    Example:
        >>> as_month("2021年3月"), as_month("2021.3"), as_month("2021"), as_month("三月")
        ('2021-03', '2021-03', '2021', '三月')
    """
    found = re.fullmatch(r"\s*(\d{4})(?:\s*[年./-]\s*(?:(\d{1,2})\s*月?)?)?\s*", str(text))
    if found is None:
        return text
    return found[1] if found[2] is None else f"{found[1]}-{int(found[2]):02d}"


MonthName = Annotated[
    str | None, BeforeValidator(as_month), Query(pattern=r"^(\d{4}(-(0[1-9]|1[0-2]))?)?$")
]


def codes(ask: Ask, region: str, sector: str, under: str) -> Asked | RedirectResponse:
    """What an address names; where it does so by names, the address with codes.

    Args:
        ask: the question.
        region: name or code.
        sector: likewise.
        under: what the address begins with, e.g. `/series`; what follows the sector is kept.

    Raises:
        UnknownName: nobody knows it; suggests the nearest.
    """
    place, known = find_place(region), find_sector(sector)
    if (region, sector) == (place.iso, known.id):
        return Asked(place.iso, known.id)
    rest = ask.request.url.path.removeprefix(under).strip("/").split("/")[2:]
    form = {} if ask.form is None else {"form": ask.form}
    there = ask.link(under, place.iso, known.id, *rest, **form, **ask.request.query_params)
    return RedirectResponse(there, 307)


@router.get("/series")
async def front(ask: Asking) -> Response:
    """The list of series is the table of the overview."""
    return RedirectResponse(ask.link("/", view="table"), 307)


@router.get("/series/{region}")
async def of_region(ask: Asking, region: str) -> Response:
    """A region's first series."""
    return RedirectResponse(ask.link("/series", find_place(region).iso, "industry"), 307)


@router.get("/series/{region}/{sector}")
async def series(
    ask: Asking,
    region: str,
    sector: str,
    since: MonthName = None,
    until: MonthName = None,
    beside: Annotated[str | None, Query(alias="with", max_length=200)] = None,
    scale: Literal["index", "level"] = "index",
    as_of: MonthName = None,
) -> Response:
    """One series; with others beside it, their comparison."""
    named = codes(ask, region, sector, "/series")
    if isinstance(named, Response):
        return named
    if beside:
        return await comparison(ask, named, beside, scale, (since, until))
    asked = named._replace(as_of=as_of)
    told = await ask.ready(ask.desk.told(asked))
    found = told.findings
    window = drawn.window(found.series, since, until)
    return ask.page(
        "series/page.html", twin(told), current="/series", found=found, series=found.series,
        gist=gist(told, ask.language), episodes=episodes_of(told, ask.language),
        path=drawn.path(ask, told, window), sums=drawn.sums(ask, told), window=window,
        products=drawn.products(ask, told), years=found.standing.years, asked=asked,
        largest=max((one.value or 0.0 for one in found.standing.years), default=0.0),
        rows=drawn.rows(found.series, found.found, ask.language),
    )  # fmt: skip


def twin(told: Told) -> Report:
    """A series in the forms of its report."""
    series = told.findings.series
    return Report(f"{series.region}_{series.sector}", told)
