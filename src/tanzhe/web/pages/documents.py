"""The library: search, read at a place, add, correct, remove."""

import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Form, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.evidence.documents import (
    add_documents,
    correct_document,
    list_documents,
    remove_document,
    retired_documents,
    search_documents,
)
from tanzhe.errors import Fault, InputError, NotFound, Words
from tanzhe.evidence.finders.folder import FolderContents
from tanzhe.faults import fault_of
from tanzhe.web.archives import laid_out
from tanzhe.web.pages import Page
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask, Asking
from tanzhe.workspace import StoredDocument

router = APIRouter()
PAGE = Page(router=router, nav=Words("文件", "Documents"), home="/documents", order=50)
A_PAGE = 50  # documents
COLUMNS = (
    Words("标题", "title"), Words("发布单位", "publisher"), Words("发布日期", "published"),
    Words("名称", "name"), Words("sha256", "sha256"), Words("摘录", "snippet"),
)  # fmt: skip
TITLE = Words("文件库", "Library of documents")
# Passages as addresses name them: characters 120 to 168 are c120-168.
_PLACE = re.compile(r"c?(\d{1,9})-(\d{1,9})")


@router.get("/documents")
async def documents(
    ask: Asking,
    q: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The documents with the words, or all by page."""
    kept = ask.library
    if q.strip():
        found = await anyio.to_thread.run_sync(search_documents, kept, q, A_PAGE)
        shown = [(hit.document, hit.snippet, f"{hit.start}-{hit.end}") for hit in found.hits]
        total = found.total
    else:
        everything = await anyio.to_thread.run_sync(list_documents, kept)
        newest = everything[::-1][(page - 1) * A_PAGE : page * A_PAGE]
        shown = [(one, "", "") for one in newest]
        total = len(everything)
    rows = [
        (one.title or one.name, one.publisher, one.published, one.name, one.sha256, snippet)
        for one, snippet, _ in shown
    ]
    return ask.page(
        "documents/list.html", Table("documents", TITLE, COLUMNS, rows), current="/documents",
        shown=shown, total=total, q=q, number=page, last=max(1, -(-total // A_PAGE)),
        retired=() if q else retired_documents(kept)[:20],
    )  # fmt: skip


@router.post("/documents")
async def add(ask: Asking, files: list[UploadFile]) -> Response:
    """Read files into the library; all that can be read, and why the others cannot."""
    ask.must("reviewer")
    contents = await read_in(ask, files)
    if contents.unread:
        return ask.page(
            "documents/added.html", current="/documents", read=len(contents.documents),
            unread=contents.unread,
        )  # fmt: skip
    (only, *others) = contents.documents
    return RedirectResponse(ask.link("/documents", *(() if others else (only,))), 303)


async def read_in(ask: Ask, files: Sequence[UploadFile]) -> FolderContents:
    """Read what was sent into the library.

    Raises:
        InputError: nothing was sent.
    """
    sent = [(one.filename, await one.read()) for one in files if one.filename]
    kept = ask.library
    with tempfile.TemporaryDirectory(prefix="tanzhe-") as place:
        paths = await anyio.to_thread.run_sync(lambda: list(laid_out(Path(place), sent)))
        if not paths:
            raise InputError(_NOTHING)
        contents = await anyio.to_thread.run_sync(add_documents, kept, paths)
    ask.changed()
    return contents


@router.get("/documents/{sha256}")
async def document(
    ask: Asking,
    sha256: str,
    at: Annotated[str, Query(pattern=_PLACE.pattern)] = "",
) -> Response:
    """One document as it was archived, a passage marked."""
    kept = ask.library
    one = kept.document(sha256)
    text = None if one is None else kept.text_of(sha256)
    retired = kept.retired(sha256)
    if one is None or text is None:
        raise NotFound(_unknown(sha256, [mark.name for mark in retired]))
    before, passage, after = _cut(text, at)
    answer = {**one.model_dump(), "text": text}
    twin = Table(
        f"document_{sha256[:12]}", Words(one.title or one.name, one.title or one.name), COLUMNS,
        [(one.title, one.publisher, one.published, one.name, one.sha256, text)], answer,
    )  # fmt: skip
    return ask.page(
        "documents/page.html", twin, current="/documents", one=one, before=before,
        passage=passage, after=after, characters=len(text), retired=retired,
        anchor=f"c{at.removeprefix('c')}" if passage else "",
    )  # fmt: skip


@router.post("/documents/{sha256}/remove")
async def remove(
    ask: Asking,
    sha256: str,
    words: Annotated[str, Form(max_length=500)] = "",
    erase: Annotated[bool, Form()] = False,
) -> Response:
    """Take a document out; its mark and what rests on it stay."""
    ask.must("administrator")
    kept = ask.library
    await anyio.to_thread.run_sync(lambda: remove_document(kept, sha256, words=words, erase=erase))
    ask.changed()
    return RedirectResponse(ask.link("/documents"), 303)


@router.post("/documents/{sha256}/correct")
async def correct(
    ask: Asking, sha256: str, file: UploadFile, words: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Put a corrected file in the place of a document."""
    ask.must("administrator")
    kept, inbox = ask.library, ask.inbox("documents")
    held = await inbox.put(file)
    try:
        mark = await anyio.to_thread.run_sync(
            lambda: correct_document(kept, sha256, Path(held.path), words=words)
        )
    finally:
        inbox.drop(held.id)
    ask.changed()
    return RedirectResponse(ask.link("/documents", mark.successor or sha256), 303)


def passages(ask: Ask, one: StoredDocument, places: Iterable[tuple[int, int]]) -> list[str]:
    """Addresses of passages of a document."""
    return [ask.link("/documents", one.sha256, at=f"{start}-{end}") for start, end in places]


def _cut(text: str, at: str) -> tuple[str, str, str]:
    """Before, at and after a place."""
    found = _PLACE.fullmatch(at)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if not start < end <= len(text):
        return text, "", ""
    return text[:start], text[start:end], text[end:]


_NOTHING = Fault(
    Words("没有选文件", "No file was chosen"),
    Words("请选文件再提交", "Choose files and send them again"),
)


def _unknown(sha256: str, names: list[str]) -> Fault:
    if names:
        return Fault(
            Words("这份文件已从文件库取出", "This document was taken out of the library"),
            Words("在“文件”页可看到何时、为何取出", "The page Documents says when and why"),
            where=names[0],
        )
    return fault_of("web.documents.unknown", where=sha256[:64])
