"""The report on a series of the reader's own table."""

from fastapi import APIRouter
from fastapi.responses import Response

from tanzhe.api.reports.findings import investigate
from tanzhe.api.series.turning import load
from tanzhe.errors import Fault, InputError, Words
from tanzhe.model import Progress
from tanzhe.reports.registers.register import register_titles
from tanzhe.web.desk import Told
from tanzhe.web.inbox import Held
from tanzhe.web.jobs import Job
from tanzhe.web.pages import Page
from tanzhe.web.pages.report import body
from tanzhe.web.pages.sources import tables
from tanzhe.web.pages.tables import Reading, reading_of
from tanzhe.web.twins import Report
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router)


@router.get("/tables/{id}/report")
async def report(ask: Asking, id: str, register: str = "plain") -> Response:
    """The report on a series of the table."""
    held = tables(ask).of(id)
    told = reading_of(ask)
    if not told.region or not told.sector:
        raise InputError(_WHOSE)
    found = await ask.ready(_job(ask, held, told))
    twin = Report(f"{held.path.stem}_{register}", found, register)
    text, parts = body(str(found.report(register, "html", ask.language)))
    return ask.page(
        "tables/report.html", twin, current="/sources", held=held, register=register, body=text,
        parts=parts, registers=register_titles(),
        back=ask.link("/tables", id, **ask.request.query_params),
    )  # fmt: skip


def _job(ask: Ask, held: Held, told: Reading) -> Job[Told]:
    workspace = ask.desk.workspace

    def work(progress: Progress) -> Told:
        series = load(
            told.region, told.sector, held.path, workspace=workspace, choices=told.choices
        )
        return Told(investigate(series, workspace=workspace, progress=progress))

    title = Words(f"{told.region}{told.sector}（{held.name}）", f"{told.region} ({held.name})")
    return ask.work(("table", held.id, told), title, work, quick=False)


_WHOSE = Fault(
    Words("没有说是哪个地区、哪个部门的数", "Whose series it is was not said"),
    Words("回到表的页面，填上地区和部门", "Go back to the table and fill in both"),
    where="region, sector",
)
