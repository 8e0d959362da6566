"""An official document: its structure beside the text, and the way to a rule set."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import anyio.to_thread
from fastapi import APIRouter, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.evidence.documents import add_documents, list_documents
from tanzhe.api.reports.policy import draft_rules, read_kept_policy
from tanzhe.errors import Words
from tanzhe.model.policy import Passage, PolicyDocument
from tanzhe.terms import words_of
from tanzhe.web.pages import Page
from tanzhe.web.twins import Made, Table, makers_of
from tanzhe.web.view import Asking

router = APIRouter()
PAGE = Page(router=router)
STATUSES = {
    "issued": ("ok", Words("已印发", "Issued")), "draft": ("warn", Words("征求意见稿", "Draft")),
    "news": ("none", Words("报道，不是文件", "News, not the document")),
    "other": ("none", Words("不是政策文件", "No policy")),
}  # fmt: skip
PARTS = words_of("web.policies.parts")
LISTED = 200
TITLE = Words("可读的政策文件", "Documents that can be read")
COLUMNS = (
    Words("标题", "title"), Words("发布单位", "publisher"), Words("发布日期", "published"),
    Words("sha256", "sha256"),
)  # fmt: skip


class Entry(NamedTuple):
    """One thing a document says.

    Attributes:
        id: of it on the page.
        part: key of `PARTS`.
        words: what it says, short.
        beside: who, by when, how much.
        span: where it stands.
    """

    id: str
    part: str
    words: str
    beside: str
    span: Passage


class Piece(NamedTuple):
    """A run of the text, with the entry it belongs to, if any."""

    text: str
    entry: str


@router.get("/policies")
async def front(ask: Asking) -> Response:
    """Where a document is dropped, and those of the library."""
    held = list_documents(ask.library)[::-1]
    rows = [(one.title or one.name, one.publisher, one.published, one.sha256) for one in held]
    return ask.page(
        "policies/front.html", Table("policies", TITLE, COLUMNS, rows), current="/documents",
        held=held[:LISTED],
    )  # fmt: skip


@router.post("/policies")
async def drop(ask: Asking, file: UploadFile) -> Response:
    """Put the document into the library; then read it."""
    ask.must("reviewer")
    inbox = ask.inbox("documents")
    held = await inbox.put(file)
    try:
        contents = await anyio.to_thread.run_sync(add_documents, ask.library, [held.path])
    finally:
        inbox.drop(held.id)
    ask.changed()
    return RedirectResponse(ask.link("/policies", contents.documents[0]), 303)


@router.get("/policies/{sha256}")
@router.get("/policies/{sha256}/{part}")
async def page(
    ask: Asking, sha256: str, part: str = "", q: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """What it says, beside its text."""
    kept = ask.library
    title = Words(f"读政策 {sha256[:8]}", f"Reading policy {sha256[:8]}")
    policy = await ask.ready(
        ask.work(("policy", sha256), title, lambda _: read_kept_policy(kept, sha256))
    )
    text = kept.text_of(sha256) or ""
    everything = list(entries(policy))
    shown = [
        one for one in everything
        if part in ("", one.part) and (not q or q in one.words or q in one.beside)
    ]  # fmt: skip
    return ask.page(
        "policies/page.html", twin(sha256, policy), current="/policies", policy=policy,
        sha256=sha256, groups={name: [one for one in shown if one.part == name] for name in PARTS},
        pieces=pieces(text, shown), parts=PARTS, part=part, q=q,
        counts={name: sum(one.part == name for one in everything) for name in PARTS},
        state=STATUSES[policy.status],
    )  # fmt: skip


def entries(policy: PolicyDocument) -> Iterator[Entry]:
    """Everything a document says, part by part."""
    for at, goal in enumerate(policy.goals):
        by = f"{goal.by}" if goal.by else ""
        yield Entry(f"goals-{at}", "goals", goal.span.text, by, goal.span)
    for at, task in enumerate(policy.tasks):
        bodies = "；".join(f"{one.role}：{one.name}" for one in task.responsible_bodies)
        words = f"{task.number}{task.heading}"
        yield Entry(f"tasks-{at}", "tasks", words, bodies, task.span)
    for at, row in enumerate(policy.indicators):
        beside = "，".join(one for one in (row.requirement, row.condition) if one)
        yield Entry(f"indicators-{at}", "indicators", row.name, beside, row.span)
    for at, due in enumerate(policy.deadlines):
        yield Entry(f"deadlines-{at}", "deadlines", due.span.text, due.when, due.span)
    for at, term in enumerate(policy.definitions):
        yield Entry(f"definitions-{at}", "definitions", term.name, term.text, term.span)
    for at, cited in enumerate(policy.cited_documents):
        yield Entry(f"cited-{at}", "cited", cited.title, cited.number or "", cited.span)


def pieces(text: str, shown: list[Entry]) -> list[Piece]:
    """The text cut at the entries; where they overlap, the shorter one has the words."""
    owner = [-1] * len(text)
    order = sorted(range(len(shown)), key=lambda at: shown[at].span.start - shown[at].span.end)
    for at in order:
        span = shown[at].span
        if text[span.start : span.end] == span.text:
            owner[span.start : span.end] = [at] * (span.end - span.start)
    made: list[Piece] = []
    start, named = 0, set()
    for end in range(1, len(text) + 1):
        if end == len(text) or owner[end] != owner[start]:
            at = owner[start]
            id = shown[at].id if at >= 0 else ""
            made.append(Piece(text[start:end], "" if id in named else id))
            named.add(id)
            start = end
    return made


def twin(sha256: str, policy: PolicyDocument) -> Made:
    """A policy in its other forms; as YAML its indicators as a draft rule set."""
    makers = makers_of(policy)
    if policy.indicators:
        makers["yaml"] = lambda language: draft_rules(policy)
    return Made(f"policy_{sha256[:12]}", makers)
