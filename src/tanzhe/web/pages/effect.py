"""Did events move a series: the table of all, or one event with its checks."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from markupsafe import Markup

from tanzhe.errors import Language, Words
from tanzhe.model import EventEffect, EventEffects
from tanzhe.reports.answers.effect import (
    MARKS,
    effect_lines,
    effects_notes,
    verdict_words,
)
from tanzhe.reports.charts.drawing import of_effect
from tanzhe.reports.products.seriespages import effect_page, effects_page
from tanzhe.reports.words.vocabulary import label
from tanzhe.web.desk import series_words
from tanzhe.web.pages import Page
from tanzhe.web.pages.series import codes
from tanzhe.web.twins import Paper
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
        twin = Paper(f"effect_{one.region}_{one.product}", partial(effect_page, one))
        return ask.page(
            "effect/one.html", twin, current="/series", one=one, asked=asked,
            title=_title(one), chip=CHIPS[one.verdict], **_picture(one, ask.language),
            lines=[line for line in effect_lines(one, ask.language)[1:] if line[:2] not in _CHECKS],
        )  # fmt: skip
    found = await ask.ready(ask.desk.effects(asked.region, asked.sector))
    twin = Paper(f"effects_{asked.region}_{asked.sector}", partial(effects_page, found))
    shown = sorted(found.effects, key=lambda each: (ORDER.index(each.verdict), each.event.date))
    return ask.page(
        "effect/all.html", twin, current="/series", found=found, asked=asked,
        title=_title_of_all(found, asked.region, asked.sector), shown=shown, chips=CHIPS,
        notes=effects_notes(found, ask.language),
    )  # fmt: skip


def _picture(one: EventEffect, language: Language) -> dict[str, Any]:
    """The months around it, for a page and for a phone; None where it could not be measured."""
    if not one.expected:
        return {"picture": None}
    drawn = of_effect(one, title=label("figure", "window", language), language=language)
    return {"picture": drawn, "drawn": [Markup(drawn.wide), Markup(drawn.narrow)]}


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
