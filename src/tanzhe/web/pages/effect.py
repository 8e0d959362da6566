"""Did events move a series: the table of all, or one event with its checks."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from tanzhe.errors import Words
from tanzhe.model import EventEffect, EventEffects
from tanzhe.reports.effectpage import (
    HEADINGS,
    MARKS,
    effect_answer,
    effect_lines,
    effects_answer,
    effects_notes,
    effects_rows,
    verdict_words,
)
from tanzhe.web.desk import series_words
from tanzhe.web.pages import Page
from tanzhe.web.pages.series import codes
from tanzhe.web.twins import Cell, Table
from tanzhe.web.view import Asking
from tanzhe.web.words import signed

router = APIRouter()
PAGE = Page(router=router)
# The sign of a verdict.
CHIPS = {
    "effect": "ok",
    "no_effect_visible": "none",
    "cannot_tell": "open",
    "contradicted": "warn",
}
ORDER = tuple(CHIPS)
# How the line of a check begins: checks stand in a table of their own.
_CHECKS = {f"{mark} " for mark in MARKS.values()}


@router.get("/effect/{region}/{sector}")
async def effect(
    ask: Asking,
    region: str,
    sector: str,
    event: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """The events of a region on a series; with `event`, one of them."""
    asked = codes(ask, region, sector, "/effect")
    if isinstance(asked, Response):
        return asked
    if event is not None:
        one = await ask.ready(ask.desk.effect(asked, event))
        return ask.page(
            "effect/one.html", _twin_of_one(one), current="/", one=one, asked=asked,
            title=_title(one), chip=CHIPS[one.verdict],
            lines=[line for line in effect_lines(one, ask.language)[1:] if line[:2] not in _CHECKS],
        )  # fmt: skip
    found = await ask.ready(ask.desk.effects(asked.region, asked.sector))
    shown = sorted(found.effects, key=lambda each: (ORDER.index(each.verdict), each.event.date))
    return ask.page(
        "effect/all.html", _twin(found, asked.sector), current="/", found=found, asked=asked,
        title=_title_of_all(found, asked.region, asked.sector), shown=shown, chips=CHIPS,
        notes=effects_notes(found, ask.language),
    )  # fmt: skip


def _title(one: EventEffect) -> Words:
    """The finding: what the event did, or that it cannot be told."""
    name, verdict = series_words(one.region, one.product), verdict_words(one)
    event = Words(one.event.name, one.event.name_en or one.event.name)
    if one.effect is None or one.verdict in ("cannot_tell", "no_effect_visible"):
        return Words(f"{event.zh}：对{name.zh}{verdict.zh}", f"{event.en}: {verdict.en}, {name.en}")
    size = signed(one.effect.percent)
    return Words(
        f"{event.zh}：{name.zh}{size}，{verdict.zh}", f"{event.en}: {name.en} {size}, {verdict.en}"
    )


def _title_of_all(found: EventEffects, region: str, sector: str) -> Words:
    name = series_words(region, sector)
    moved = sum(one.verdict == "effect" for one in found.effects)
    if not found.effects:
        return Words(f"{name.zh}：没有能测算的事件", f"{name.en}: no event can be measured")
    return Words(
        f"{name.zh}：{len(found)}件事件中{moved}件有作用",
        f"{name.en}: {moved} of {len(found)} events had an effect",
    )


def _twin(found: EventEffects, sector: str) -> Table:
    zh, en = (effects_rows(found, "zh"), effects_rows(found, "en"))
    heads = [Words(*pair) for pair in zip(zh[0], en[0], strict=True)]
    title = _title_of_all(found, found.region, sector)
    rows: list[tuple[Cell, ...]] = [tuple(row) for row in zh[1:]]
    return Table(f"effects_{found.region}_{sector}", title, heads, rows, effects_answer(found))


def _twin_of_one(one: EventEffect) -> Table:
    heads = [*HEADINGS[:2], Words("检验", "Check"), Words("通过", "Passed"), Words("说明", "Says")]
    rows: list[tuple[Cell, ...]] = [
        (one.event.date, one.event.name, check.name,
         None if check.passed is None else str(check.passed).lower(), check.zh)
        for check in one.checks
    ]  # fmt: skip
    name = f"effect_{one.region}_{one.product}_{one.event.id}"
    return Table(name, _title(one), heads, rows, effect_answer(one))
