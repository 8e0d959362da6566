"""Rule sets: what parks are judged by, and a policy's indicators on their way to one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from tanzhe.api.reports.policy import draft_rules, read_kept_policy
from tanzhe.api.rules.rulebook import Draft, confirm_rules, list_rules, read_draft, show_rule
from tanzhe.errors import Fault, InputError, Language, NotFound, Words
from tanzhe.faults import fault_of
from tanzhe.model.rules import Condition, Indicator, RuleSet
from tanzhe.operators import sign_words
from tanzhe.periods import today
from tanzhe.reports.pages.datatables import Cell
from tanzhe.web.inbox import Held, Inbox
from tanzhe.web.pages import Page
from tanzhe.web.pages.parks import KINDS
from tanzhe.web.twins import Made, Table, Twin
from tanzhe.web.view import Ask, Asking

router = APIRouter()
PAGE = Page(router=router)
TITLE = Words("指标体系", "Rule sets")
COLUMNS = (
    Words("编号", "id"), Words("标题", "title"), Words("文件", "document"),
    Words("指标数", "indicators"), Words("已核对", "checked"),
)  # fmt: skip
INDICATORS = (
    Words("代码", "id"), Words("指标", "indicator"), Words("类型", "kind"),
    Words("关系", "operator"), Words("门槛", "limit"), Words("单位", "unit"),
    Words("原文", "quote"), Words("位置", "place"),
)  # fmt: skip
LONGEST_DRAFT = 400_000


def _drafts(ask: Ask) -> Inbox:
    return ask.inbox("drafts")


@router.get("/rules")
async def front(ask: Asking) -> Response:
    """Every rule set, and drafts that wait for a person."""
    known = await anyio.to_thread.run_sync(list_rules, ask.workspace)
    rows: list[tuple[Cell, ...]] = [
        (one.id, one.title, one.document, one.indicators, one.checked) for one in known.rule_sets
    ]
    return ask.page(
        "rules/list.html", Table("rules", TITLE, COLUMNS, rows), current="/parks", known=known,
        drafts=_drafts(ask).all(),
    )  # fmt: skip


@router.get("/rules/drafts/{id}")
async def draft(ask: Asking, id: str) -> Response:
    """A draft: what must be mended, its rows, and the person's word."""
    held = _drafts(ask).of(id)
    found, faults = await anyio.to_thread.run_sync(_read, ask, held.path)
    text = held.path.read_text(encoding="utf-8")
    return ask.page(
        "rules/draft.html", _draft_twin(held, found, faults, text), current="/parks", held=held,
        found=found, faults=faults, text=text, today=today().isoformat(), kinds=KINDS,
        sign=sign_words, condition=condition_words,
    )  # fmt: skip


@router.get("/rules/{id}")
async def rules(ask: Asking, id: str) -> Response:
    """One rule set: each limit with the words behind it."""
    found = await anyio.to_thread.run_sync(
        lambda: show_rule(id, year=today().year, workspace=ask.workspace)
    )
    if not isinstance(found, RuleSet):
        raise NotFound(fault_of("web.rules.no_set", where=id))
    return ask.page(
        "rules/page.html", twin_of(found), current="/parks", found=found, kinds=KINDS,
        sign=sign_words, condition=condition_words,
    )  # fmt: skip


@router.post("/policies/{sha256}/rules")
async def begin(ask: Asking, sha256: str) -> Response:
    """The indicators of a policy as a draft."""
    ask.must("reviewer")
    kept = ask.library

    def drafted() -> tuple[str, str]:
        policy = read_kept_policy(kept, sha256)
        return f"{sha256[:12]}.yaml", draft_rules(policy)

    name, text = await anyio.to_thread.run_sync(drafted)
    held = _drafts(ask).put_bytes(name, text.encode())
    return RedirectResponse(ask.link("/rules/drafts", held.id), 303)


@router.post("/rules/drafts/{id}")
async def mend(
    ask: Asking, id: str, text: Annotated[str, Form(max_length=LONGEST_DRAFT)]
) -> Response:
    """Keep a draft with what was put right, in place of the one before."""
    ask.must("reviewer")
    drafts = _drafts(ask)
    held = drafts.of(id)
    mended = drafts.put_bytes(held.name, text.replace("\r\n", "\n").encode())
    if mended.id != id:
        drafts.drop(id)
    return RedirectResponse(ask.link("/rules/drafts", mended.id), 303)


@router.post("/rules/drafts/{id}/confirm")
async def confirm(ask: Asking, id: str, by: Annotated[str, Form(max_length=60)] = "") -> Response:
    """Write a person's name and day on it and let it judge parks."""
    ask.must("reviewer")
    drafts, kept = _drafts(ask), ask.library
    held = drafts.of(id)

    def install() -> str:
        found = read_draft(held.path, kept).rule_set
        confirm_rules(found, kept, by=ask.named(by), on=today().isoformat())
        return found.id

    name = await anyio.to_thread.run_sync(install)
    drafts.drop(id)
    ask.changed()
    return RedirectResponse(ask.link("/rules", name), 303)


@router.post("/rules/drafts/{id}/drop")
async def forget(ask: Asking, id: str) -> Response:
    """Throw a draft away."""
    _drafts(ask).drop(id)
    return RedirectResponse(ask.link("/rules"), 303)


def _read(ask: Ask, path: Path) -> tuple[Draft | None, tuple[Fault, ...]]:
    """The draft, or what must be mended before it can be confirmed."""
    try:
        return read_draft(path, ask.workspace), ()
    except InputError as error:
        return None, error.faults


def condition_words(one: Condition) -> Words:
    """Which parks an indicator is for.

    Example:
        >>> condition_words(Condition(measure="energy_tce", at_least=2e5, below=1e6, unit="tce"))
        Words(zh='年综合能源消费量 ≥ 200,000 且 < 1,000,000 tce', en='energy a year ≥ 200,000 and < 1,000,000 tce')
    """  # noqa: E501
    low = "" if one.at_least is None else f"≥ {one.at_least:,.10g}"
    high = "" if one.below is None else f"< {one.below:,.10g}"
    ends = [part for part in (low, high) if part]
    return Words(
        f"年综合能源消费量 {' 且 '.join(ends)} {one.unit}",
        f"energy a year {' and '.join(ends)} {one.unit}",
    )


def _draft_twin(held: Held, found: Draft | None, faults: tuple[Fault, ...], text: str) -> Twin:
    """A draft in its other forms: its rows, or what must be mended; as YAML itself."""
    if found is not None:
        told = twin_of(found.rule_set)
    else:
        columns = (Words("要改的", "to mend"), Words("在哪里", "where"), Words("怎么改", "how"))
        rows = [(one.what.zh, one.where, one.do.zh) for one in faults]
        told = Table(held.path.stem, Words("指标体系草案", "Draft rule set"), columns, rows)
    makers: dict[str, Callable[[Language], bytes | str]] = {
        form: partial(told.made, form) for form in told.forms
    }
    return Made(held.path.stem, {**makers, "yaml": lambda _: text})


def twin_of(found: RuleSet) -> Table:
    """A rule set in its other forms."""
    rows = [_cells(one) for one in found.indicators]
    title = Words(found.title, found.title)
    return Table(found.id, title, INDICATORS, rows, found.model_dump(mode="json"))


def _cells(one: Indicator) -> tuple[Cell, ...]:
    return (
        one.id, one.name, one.kind, one.operator, one.threshold, one.unit, one.authority.quote,
        one.authority.place,
    )  # fmt: skip
