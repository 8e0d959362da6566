"""The report on a series: as it would be handed in, in a register, with its parts at the side."""

import re
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from tanzhe.errors import Fault, NotFound, Words
from tanzhe.faults import fault_of
from tanzhe.reports.charts import drawing, standalone
from tanzhe.reports.charts.picture import picture
from tanzhe.reports.registers.register import find_register, register_titles
from tanzhe.web.desk import series_words
from tanzhe.web.pages import Page
from tanzhe.web.pages.series import codes
from tanzhe.web.twins import MEDIA, Report
from tanzhe.web.view import Asking

router = APIRouter()
PAGE = Page(router=router)
_BODY = re.compile(r"<main>(.*)</main>", re.DOTALL)
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
# Pictures of a report that are files of their own, and how wide a PNG is printed.
PICTURES = ("path", "sums", "parts", "ranks")
INCHES = 8.0


@router.get("/reports")
async def front(ask: Asking) -> Response:
    """Reports are found by their series."""
    return RedirectResponse(ask.link("/", view="table"), 307)


@router.get("/reports/{region}/{sector}")
async def report(
    ask: Asking,
    region: str,
    sector: str,
    register: str = "plain",
    as_of: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}$")] = None,
) -> Response:
    """The report of a series."""
    asked = codes(ask, region, sector, "/reports")
    if isinstance(asked, Response):
        return asked
    find_register(register, ask.language)
    told = await ask.ready(ask.desk.told(asked._replace(as_of=as_of)))
    twin = Report(f"{asked.region}_{asked.sector}_{register}", told, register)
    inside, parts = body(str(told.report(register, "html", ask.language)))
    return ask.page(
        "report/page.html", twin, current="/series", asked=asked, register=register, body=inside,
        parts=parts, registers=register_titles(), title=series_words(asked.region, asked.sector),
    )  # fmt: skip


def body(page: str) -> tuple[Markup, list[tuple[str, str]]]:
    """What stands inside a report's page, with anchors at its headings.

    The reports escape every word of a document; nothing is added here but numbers of headings.
    """
    found = _BODY.search(page)
    assert found is not None, "a report's page has one main"
    parts: list[tuple[str, str]] = []

    def anchored(match: re.Match[str]) -> str:
        name = f"part-{len(parts) + 1}"
        parts.append((name, Markup(match[1]).striptags()))
        return f'<h2 id="{name}">{match[1]}</h2>'

    return Markup(_HEADING.sub(anchored, found[1])), parts


@router.get("/series/{region}/{sector}/{about}")
async def chart(ask: Asking, region: str, sector: str, about: str) -> Response:
    """A picture as a file: `.svg`, or `.png` at 300 dots an inch."""
    asked = codes(ask, region, sector, "/series")
    if isinstance(asked, Response):
        return asked
    if about not in PICTURES or ask.form not in ("svg", "png"):
        raise NotFound(_no_picture(about))
    told = await ask.ready(ask.desk.told(asked))
    found = told.findings
    missing = (about == "sums" and found.peak is None) or (about == "ranks" and not found.alongside)
    if missing or about == "parts":
        raise NotFound(_no_picture(about))
    title = ask.say(series_words(asked.region, asked.sector))
    drawn = drawing(about, found, title=title, language=ask.language)
    content: str | bytes | None = standalone(drawn.wide)
    if ask.form == "png":
        content = picture(drawn.wide, inches=INCHES)
    if content is None:
        raise NotFound(_NO_FONT)
    name = f"{asked.region}_{asked.sector}_{about}.{ask.form}"
    return Response(
        content, media_type=MEDIA[ask.form],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def _no_picture(about: str) -> Fault:
    return fault_of("web.report.no_picture", where=about)


_NO_FONT = Fault(
    Words(
        "本机没有中文字体，画不出PNG",
        "No PNG can be drawn: this machine has no font with Chinese letters",
    ),
    Words("请用 .svg，或安装 Noto CJK 字体", "Take .svg, or install a Noto CJK font"),
)
