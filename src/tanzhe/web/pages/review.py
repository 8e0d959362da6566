"""What reports found, to be accepted, rejected, put right or merged, a key a record."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

import anyio.to_thread
from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.evidence.added_events import Addition, add_event
from tanzhe.api.evidence.documents import list_documents
from tanzhe.api.evidence.reviews import (
    Reviewed,
    open_events,
    review_event,
    reviewed_event,
    reviewed_events,
)
from tanzhe.errors import Fault, InputError, Words
from tanzhe.evidence.finders.folder import FolderContents
from tanzhe.model.evidence import Event, EventPlace, Quote, Status
from tanzhe.places import place_of, provinces
from tanzhe.reports.words.dates import event_date_words
from tanzhe.reports.words.vocabulary import quantity_name
from tanzhe.terms import words_of
from tanzhe.web.desk import Desk
from tanzhe.web.pages import Page
from tanzhe.web.pages.documents import read_in
from tanzhe.web.pages.overview import TABLE
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask, Asking
from tanzhe.workspace import Workspace
from tanzhe.workspace.reviews import Action, State

router = APIRouter()
TITLE = Words("待复核", "Review")
COLUMNS = (
    Words("编号", "id"), Words("事件", "event"), Words("状态", "state"), Words("谁", "by"),
    Words("何时", "at"), Words("未核对的项", "fields not verified"),
)  # fmt: skip
STATES: dict[State, tuple[str, Words]] = {
    "open": ("open", Words("待复核", "open")), "accepted": ("ok", Words("已接受", "accepted")),
    "rejected": ("bad", Words("已否决", "rejected")), "merged": ("none", Words("已合并", "merged")),
}  # fmt: skip
STATUSES: dict[Status, tuple[str, Words]] = {
    "verified": ("ok", Words("原文里有", "in the text")),
    "catalogued": ("warn", Words("只在目录里", "in the catalogue only")),
    "contradicted": ("bad", Words("与原文不符", "against the text")),
    "unsupported": ("open", Words("原文里没有", "not in the text")),
}
ACTIONS: dict[Action, Words] = words_of("web.review.actions")
KINDS = {"date": Words("时间", "Date"), "place": Words("地点", "Place"),
         "quantity": Words("数量", "Quantity"), "body": Words("单位", "Body")}  # fmt: skip
DIRECTIONS = words_of("web.review.directions")
MOST_LISTED = 100  # documents of the library to choose from
AROUND = 260  # characters of the text shown on either side of a passage


def _open(desk: Desk) -> int:
    if desk.workspace is None:
        return 0
    return open_events(desk.workspace)


PAGE = Page(router=router, nav=TITLE, home="/review", order=20, count=_open)


class Field(NamedTuple):
    """One field of a record.

    Attributes:
        id: on the page.
        name: what it is.
        value: as the record has it.
        status: how it is known.
        quote: where it stands, or None.
    """

    id: str
    name: Words
    value: Words
    status: Status
    quote: Quote | None


class Excerpt(NamedTuple):
    """A passage in its archived text."""

    field: str
    document: str
    before: str
    passage: str
    after: str
    at: str


@router.get("/review")
async def queue(ask: Asking, state: State = "open") -> Response:
    """The records that stand so, and the first of them opened."""
    found = await anyio.to_thread.run_sync(reviewed_events, ask.library, state)
    first = found[0].found.id if found else ""
    return await _page(ask, found, state, first)


@router.post("/review")
async def add(
    ask: Asking,
    file: UploadFile | None = None,
    document: Annotated[str, Form(pattern=r"^([0-9a-f]{64})?$")] = "",
    name: Annotated[str, Form(max_length=300)] = "",
    region: Annotated[str, Form(max_length=40)] = "",
    begin: Annotated[str, Form(max_length=10)] = "",
    end: Annotated[str, Form(max_length=10)] = "",
    sector: Annotated[str, Form(max_length=40)] = "",
    direction: Annotated[Literal["down", "up", "mixed", "none", "unknown"], Form()] = "unknown",
    passage: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Add an event with the words of a document: one of the library, or the file sent."""
    ask.must("reviewer")
    kept = ask.library
    if not name.strip():
        raise InputError(_NAMELESS)
    if file is not None and file.filename:
        contents = await read_in(ask, [file])
        if len(contents.documents) != 1:
            raise InputError(_not_one(contents))
        (document,) = contents.documents
    said = Addition(
        name=name, region=region, begin=begin, end=end, sector=sector, direction=direction,
        passage=passage,
    )  # fmt: skip
    event = await anyio.to_thread.run_sync(add_event, kept, document, said)
    ask.changed()
    return RedirectResponse(ask.link("/review", event.id, state="accepted"), 303)


@router.get("/review/{id}")
async def record(ask: Asking, id: str, state: State = "open") -> Response:
    """One record among those that stand so."""
    kept = ask.library
    found = await anyio.to_thread.run_sync(reviewed_events, kept, state)
    return await _page(ask, found, state, id)


@router.post("/review/{id}")
async def decide(
    ask: Asking,
    id: str,
    action: Annotated[Action, Form()],
    seen: Annotated[int, Form(ge=0)] = 0,
    state: Annotated[State, Form()] = "open",
    words: Annotated[str, Form(max_length=500)] = "",
    name: Annotated[str, Form(max_length=300)] = "",
    summary: Annotated[str, Form(max_length=2000)] = "",
    into: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Keep what was decided, with who and when; then the next record."""
    ask.must("reviewer")
    kept = ask.library
    listed = [one.found.id for one in reviewed_events(kept, state)]
    fields: dict[str, Any] | None = None
    if action == "edit":
        event = reviewed_event(kept, id).event
        told = {"name": name.strip() or event.name, "summary": summary.strip()}
        fields = {key: value for key, value in told.items() if value != getattr(event, key)}
    elif action == "merge":
        fields = {"into": into}
    await anyio.to_thread.run_sync(
        lambda: review_event(kept, id, action, fields=fields, words=words, seen=seen)
    )
    ask.changed()
    after = listed[listed.index(id) + 1 :] if id in listed else []
    there = id if action in ("edit", "undo") else next(iter(after), "")
    parts = (there,) if there else ()
    return RedirectResponse(ask.link("/review", *parts, state=state), 303)


async def _page(ask: Ask, found: tuple[Reviewed, ...], state: State, id: str) -> Response:
    kept = ask.library
    one = await anyio.to_thread.run_sync(reviewed_event, kept, id) if id else None
    fields = list(fields_of(one.event)) if one else []
    ids = [row.found.id for row in found]
    at = ids.index(id) if id in ids else -1
    rows = [
        (row.found.id, row.event.name, ask.say(STATES[row.standing.state][1]), row.standing.by,
         row.standing.at, sum(part.status != "verified" for part in fields_of(row.event)))
        for row in found
    ]  # fmt: skip
    return ask.page(
        "review/page.html", Table("review", TITLE, COLUMNS, rows), current="/review", found=found,
        state=state, states=STATES, statuses=STATUSES, actions=ACTIONS, one=one, fields=fields,
        excerpts=list(excerpts(kept, fields)), kinds=KINDS,
        seen=one.history[-1].id if one and one.history else 0, gist_of=gist_of,
        documents=list_documents(kept)[: -MOST_LISTED - 1 : -1], provinces=provinces(),
        sectors=TABLE, directions=DIRECTIONS,
        before=ids[at - 1] if at > 0 else "", after=ids[at + 1] if -1 < at < len(ids) - 1 else "",
    )  # fmt: skip


def fields_of(event: Event) -> Iterator[Field]:
    """The checked fields of an event."""
    for at, date in enumerate(event.dates):
        yield Field(f"date-{at}", KINDS["date"], event_date_words(date), date.status, date.quote)
    for at, place in enumerate(event.places):
        value = place_words(place)
        yield Field(f"place-{at}", KINDS["place"], value, place.status, place.quote)
    for at, amount in enumerate(event.quantities):
        name = quantity_name(amount.what)
        value = Words(f"{name.zh} {amount.as_stated}", f"{name.en} {amount.as_stated}")
        yield Field(f"quantity-{at}", KINDS["quantity"], value, amount.status, amount.quote)
    for at, body in enumerate(event.bodies):
        value = Words(body.name, body.name)
        yield Field(f"body-{at}", KINDS["body"], value, body.status, body.quote)


def place_words(place: EventPlace) -> Words:
    """The name of a place; of a province in both languages."""
    known = place_of(place.code)
    return Words(place.name, place.name if known is None else known.en)


def gist_of(event: Event) -> Words:
    """Where and when, in a few words for the list."""
    where = [place_words(one) for one in event.places[:2]]
    more = len(event.places) > len(where)
    when = event_date_words(event.dates[0]) if event.dates else Words("", "")
    parts = (
        "、".join(one.zh for one in where) + ("等" if more else ""),
        ", ".join(one.en for one in where) + (" and others" if more else ""),
    )
    return Words(f"{parts[0]} · {when.zh}".strip(" ·"), f"{parts[1]} · {when.en}".strip(" ·"))


def excerpts(kept: Workspace, fields: list[Field]) -> Iterator[Excerpt]:
    """The passages of the fields, each once, with the text around."""
    shown: dict[tuple[str, int, int], None] = {}
    for field in fields:
        quote = field.quote
        if quote is None or (quote.document, quote.start, quote.end) in shown:
            continue
        shown[quote.document, quote.start, quote.end] = None
        text = kept.text_of(quote.document)
        # A quote that the archive does not bear out is not shown as one.
        if text is None or text[quote.start : quote.end] != quote.text:
            continue
        yield Excerpt(
            field.id, quote.document, text[max(0, quote.start - AROUND) : quote.start], quote.text,
            text[quote.end : quote.end + AROUND], f"{quote.start}-{quote.end}",
        )  # fmt: skip


_NAMELESS = Fault(
    Words("没有写名称", "It has no name"), Words("请写这件事叫什么", "Say what the event is called")
)


def _not_one(contents: FolderContents) -> Fault:
    """Why what was sent is not the one document that an event stands in."""
    if contents.unread:
        first = contents.unread[0]
        return Fault(Words(first.reason, first.reason_en), _ANOTHER, where=first.file or "")
    return Fault(Words("不止一份文件", "More than one document"), _ANOTHER)


_ANOTHER = Words("请放入一份能读的文件", "Send one document that can be read")
