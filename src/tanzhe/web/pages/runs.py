"""Work under way and done: what, how far, how long; cancelled with one press."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from tanzhe.errors import NotFound, TanzheError, Words
from tanzhe.faults import fault_of
from tanzhe.terms import words_of
from tanzhe.web.desk import Desk
from tanzhe.web.jobs import Job, Stopped
from tanzhe.web.pages import Page
from tanzhe.web.rendering import environment
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask, Asking

router = APIRouter()
COLUMNS = (
    Words("编号", "number"), Words("做什么", "what"), Words("状态", "state"),
    Words("进度", "progress"), Words("说明", "note"),
)  # fmt: skip
STATES = words_of("web.runs.states")
# How often a page is told, and for how long one stream lasts before the browser asks anew.
EVERY, STREAM_SECONDS = 1.0, 600.0


def _waiting(desk: Desk) -> int:
    return sum(not job.is_done for job in desk.jobs)


PAGE = Page(router=router, nav=Words("运行", "Runs"), home="/runs", order=90, count=_waiting)


def state_of(job: Job[object]) -> str:
    """Which of `STATES` a job is in."""
    if not job.is_done:
        return "run"
    if job.future.cancelled() or isinstance(job.failure, Stopped):
        return "none"
    return "ok" if job.failure is None else "bad"


def mine(ask: Ask) -> Iterator[Job[Any]]:
    """The work that this reader may see: everybody's, and their own."""
    name = "" if ask.member is None else ask.member.name
    return (job for job in ask.desk.jobs if job.owner in ("", name))


def _note(job: Job[object]) -> Words:
    """What a reader should know beside the state."""
    if not job.is_done:
        return job.what
    failure = None if job.future.cancelled() else job.failure
    if isinstance(failure, TanzheError):
        fault = failure.faults[0]
        return Words(f"{fault.what.zh}：{fault.do.zh}", f"{fault.what.en}: {fault.do.en}")
    return Words("", "")


@router.get("/runs")
async def runs(ask: Asking) -> Response:
    """All work of this server, the newest first."""
    jobs = list(mine(ask))
    rows = [
        (job.number, ask.say(job.title), ask.say(STATES[state_of(job)]),
         f"{job.done}/{job.total}" if job.total else None, ask.say(_note(job)))
        for job in jobs
    ]  # fmt: skip
    title = Words("运行", "Runs")
    return ask.page(
        "runs/page.html", Table("runs", title, COLUMNS, rows), current="/runs", **_shown(ask)
    )


@router.get("/runs/events")
async def events(ask: Asking) -> Response:
    """The table again whenever it changes, as server-sent events."""
    return StreamingResponse(_stream(ask), media_type="text/event-stream")


async def _stream(ask: Ask) -> AsyncIterator[str]:
    last = ""
    for _ in range(int(STREAM_SECONDS / EVERY)):
        if await ask.request.is_disconnected():
            return
        text = environment().get_template("runs/table.html").render(
            ask=ask, say=ask.say, link=ask.link, here=ask.here, language=ask.language, **_shown(ask)
        )  # fmt: skip
        if text != last:
            last = text
            yield "".join(f"data: {line}\n" for line in text.splitlines()) + "\n"
        await asyncio.sleep(EVERY)


@router.post("/runs/{number}/cancel")
async def cancel(ask: Asking, number: int) -> Response:
    """Stop a piece of work at its next step."""
    job = next((one for one in mine(ask) if one.number == number), None)
    if job is None:
        raise NotFound(fault_of("web.runs.cancel", where=str(number)))
    if not job.owner:
        ask.must("reviewer")  # others wait for it, too
    job.cancel()
    return RedirectResponse(ask.link("/runs"), 303)


def _shown(ask: Ask) -> dict[str, Any]:
    return {
        "jobs": [(job, state_of(job), _note(job)) for job in mine(ask)],
        "states": STATES,
    }
