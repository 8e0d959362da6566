"""An episode: a year around it, what may explain it, the archived text, all provinces then."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from markupsafe import Markup

from tanzhe.errors import InputError, Language, Words
from tanzhe.model import Alongside, Episode
from tanzhe.reports.answers.effect import effect_json
from tanzhe.reports.answers.episode import sentence
from tanzhe.reports.answers.json import episode_json
from tanzhe.reports.charts import drawing
from tanzhe.reports.facts.selection import told_episodes
from tanzhe.reports.pages.blocks import Figure, Run
from tanzhe.reports.pages.draft import Draft, clean
from tanzhe.reports.pages.page import Page as Document
from tanzhe.reports.products.datasets import (
    contributions_table,
    episodes_table,
    series_table,
)
from tanzhe.reports.words.escape import is_web_address
from tanzhe.web import dossier, drawn
from tanzhe.web.desk import Told, series_words
from tanzhe.web.dossier import Card
from tanzhe.web.pages import Page
from tanzhe.web.pages.series import codes
from tanzhe.web.swarm import swarm
from tanzhe.web.twins import Paper
from tanzhe.web.view import Ask, Asking, Running

router = APIRouter()
PAGE = Page(router=router)
UNDER = "/series"


@router.get("/series/{region}/{sector}/episodes/{id}")
async def episode(
    ask: Asking,
    region: str,
    sector: str,
    id: str,
    quote: Annotated[int, Query(ge=1, le=1000)] = 1,
    as_of: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}$")] = None,
) -> Response:
    """One episode of a series."""
    named = codes(ask, region, sector, UNDER)
    if isinstance(named, Response):
        return named
    told = await ask.ready(ask.desk.told(named._replace(as_of=as_of)))
    number, one = dossier.find_episode(told, id)
    series = told.findings.series
    cards = dossier.cards_of(told, one)
    quotes = dossier.quotes_of(cards)
    beside = await _beside(ask, told, one)
    picture = None if beside is None else _dots(ask, beside, series.region)
    title = dossier.heading(series, one)
    return ask.page(
        "episode/page.html", _twin(told, one, cards, title), current="/series", series=series,
        one=one, number=number, of=len(told_episodes(told.findings.found)), title=title,
        lede=dossier.lede(series, one, cards), cards=cards, dots=picture, beside=beside,
        chart=drawn.around(ask, told, one, dossier.flags(series, cards, ask.language)),
        passage=dossier.passage(ask.desk.workspace, quotes, quote - 1), quotes=quotes,
        quote=min(quote, max(len(quotes), 1)), searched=_searched(told, one),
        background=_background(told, one), is_web_address=is_web_address,
    )  # fmt: skip


async def _beside(ask: Ask, told: Told, one: Episode) -> Alongside | None:
    """All provinces in the deepest month; not while they are still worked on, nor elsewhere."""
    series = told.findings.series
    if not series.region.startswith("CN"):
        return None
    try:
        found = await ask.ready(ask.desk.overview(series.sector, series.as_of))
    except (Running, InputError):
        return None
    return dossier.in_the_month(found, series, one)


def _dots(ask: Ask, beside: Alongside, own: str) -> list[Markup]:
    """The provinces as dots, for a page and for a phone."""
    return [
        swarm(beside.regions, own, width=width, language=ask.language) for width in (560.0, 340.0)
    ]


def _searched(told: Told, one: Episode) -> list[Any]:
    found = (told.findings.evidence_for(one.id, edge) for edge in ("begin", "end"))
    return [each.searched for each in found if each is not None]


def _background(told: Told, one: Episode) -> list[Any]:
    seen = told.findings.evidence_for(one.id)
    return [] if seen is None else [each.event for each in seen.background]


def _twin(told: Told, one: Episode, cards: list[Card], title: Words) -> Paper:
    return Paper(one.id, partial(_paper, told, one, cards, title))


def _paper(
    told: Told, one: Episode, cards: list[Card], title: Words, language: Language
) -> Document:
    """The page in the page model: what it was, the picture, what may explain it."""
    found, series = told.findings.found, told.findings.series
    assert found is not None
    draft = Draft(language, title)
    draft.say(clean(dossier.lede(series, one, cards)))
    draft.say(sentence(found, one))
    name = series_words(series.region, series.sector)
    figure = drawing("path", told.findings, title=name.said(language), language=language)
    draft.blocks.append(Figure(title=(Run(text=name.said(language)),), drawing=figure))
    draft.section(Words("可能的原因", "Possible causes"))
    for card in clean(tuple(card.linked for card in cards)):
        event = card.event
        en = f"{event.name_en or event.name}. {event.summary_en or event.summary}"
        draft.say(Words(f"{event.name}。{event.summary}", en))
    if not cards:
        draft.say(Words("没有查到时间、地点、行业都对得上的事项。", "None was found that fits."))
    only = found.model_copy(update={"episodes": (one,)})
    return draft.page(
        product="episode", about=one.id, made=found.manifest.created,
        answer=partial(_answer, one, cards, language),
        tables=[series_table(series, found), episodes_table([only]), contributions_table([only])],
    )  # fmt: skip


def _answer(one: Episode, cards: list[Card], language: Language) -> dict[str, Any]:
    return {
        "episode": episode_json(one, language),
        "events": [
            {
                "event": card.event.model_dump(mode="json"),
                "link": card.linked.link.model_dump(mode="json"),
                "edge": card.edge, "lead": card.lead,
                "measured": [effect_json(each, language) for each in card.measured],
            }
            for card in cards
        ],
    }  # fmt: skip
