"""An episode: a year around it, what may explain it, the archived text, all provinces then."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from markupsafe import Markup

from tanzhe.errors import InputError, Language, Words
from tanzhe.model import Alongside, Episode
from tanzhe.reports.effectpage import effect_json
from tanzhe.reports.episodepage import sentence
from tanzhe.reports.escape import inert
from tanzhe.reports.eventparts import is_web_address
from tanzhe.reports.json import episode_json
from tanzhe.web import dossier, drawn
from tanzhe.web.desk import Told, region_words
from tanzhe.web.dossier import Card
from tanzhe.web.pages import Page
from tanzhe.web.pages.series import codes, csv_rows
from tanzhe.web.paper import Paper
from tanzhe.web.swarm import swarm
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
        "episode/page.html", _twin(told, one, cards, title), current="/", series=series, one=one,
        number=number, of=len(dossier.told_episodes(told.findings.found)), title=title,
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
    series = told.findings.series

    def markdown(language: Language) -> str:
        return _markdown(told, one, cards, title, language)

    def answer(language: Language) -> dict[str, Any]:
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

    return Paper(one.id, told, markdown, answer, csv_rows(series, told))


def _markdown(told: Told, one: Episode, cards: list[Card], title: Words, language: Language) -> str:
    """The page in our own Markdown: every word of a document is made inert."""
    series, found = told.findings.series, told.findings.found
    assert found is not None
    lines = [f"# {inert(title.said(language))}", ""]
    lines += [inert(dossier.lede(series, one, cards).said(language)), ""]
    lines += [inert(sentence(found, one).said(language)), ""]
    heads = Words("可能的原因", "Possible causes"), Words("没有查到", "None was found")
    lines += [f"## {heads[0].said(language)}", ""]
    for card in cards:
        name = card.event.name if language == "zh" else card.event.name_en or card.event.name
        lines.append(f"- **{inert(name)}**")
        text = card.event.summary if language == "zh" else card.event.summary_en
        if text:
            lines += ["", f"  {inert(text)}", ""]
    if not cards:
        lines.append(heads[1].said(language))
    names = region_words(series.region)
    lines += ["", inert(Words(f"地区：{names.zh}", f"Region: {names.en}").said(language))]
    return "\n".join(lines) + "\n"
