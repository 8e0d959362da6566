"""Everything about one episode: what it was, what may explain it, where that can be read."""

from dataclasses import dataclass
from typing import NamedTuple

from tanzhe.api.series.overview import Overview
from tanzhe.errors import Language, NotFound, Words
from tanzhe.faults import fault_of
from tanzhe.model import Alongside, Episode, Event, EventEffect, Growth, LinkedEvent, Series
from tanzhe.model.evidence import EdgeName, Quote
from tanzhe.reports.charts.axes import index_of
from tanzhe.reports.facts.selection import told_episodes
from tanzhe.reports.words.dates import event_date_words, period_words, span_words
from tanzhe.reports.words.numbers import amount_words, percent_words
from tanzhe.reports.words.vocabulary import label
from tanzhe.web.desk import Told, series_words
from tanzhe.web.words import last_of
from tanzhe.workspace import Workspace

FLAGS = "甲乙丙丁戊己庚辛壬癸"
LATIN = "ABCDEFGHIJ"
EDGES: tuple[EdgeName, ...] = ("begin", "end")
GRADES = ("strong", "medium", "weak")
# So much of a document stands before and after a passage.
AROUND = 400
MOST_CARDS = 6


@dataclass(frozen=True)
class Card:
    """An event beside an episode.

    Attributes:
        flag: its letter in the picture.
        linked: event and fit.
        edge: whether it stands at the start or the end.
        measured: its measured effects on the sector or its products, decided ones first.
        lead: not reviewed, never a fact.
        first: first quote of it among all of the page, from 0; None where it has none.
    """

    flag: Words
    linked: LinkedEvent
    edge: EdgeName
    measured: tuple[EventEffect, ...]
    lead: bool
    first: int | None

    @property
    def event(self) -> Event:
        """The event."""
        return self.linked.event


class Piece(NamedTuple):
    """A piece of a text: whether it is quoted, and whether it is the quote that is open."""

    text: str
    quoted: bool
    now: bool


@dataclass(frozen=True)
class Passage:
    """A place in an archived text.

    Attributes:
        document: sha256.
        name: of the document.
        published: day, or None.
        pieces: the text around the quote, quotes marked.
        start: where the quote begins in the text, in characters.
        end: where it ends.
        cut_before: text was left out before.
        cut_after: and after.
    """

    document: str
    name: str
    published: str | None
    pieces: tuple[Piece, ...]
    start: int
    end: int
    cut_before: bool
    cut_after: bool


def find_episode(told: Told, id: str) -> tuple[int, Episode]:
    """The number and episode of an id.

    Raises:
        NotFound: the series has no such episode now; says which it has.
    """
    held = told_episodes(told.findings.found)
    for number, one in enumerate(held, 1):
        if one.id == id:
            return number, one
    names = "、".join(one.id for one in held) or "—"
    raise NotFound(fault_of("web.dossier.find_episode", names=names, where=id))


def heading(series: Series, one: Episode) -> Words:
    """The finding: when, what, how far from what was to be expected."""
    name = series_words(series.region, series.sector)
    way = "down" if one.depth_percent < 0 else "up"
    if one.end is not None:
        span = span_words(series, one.begin, max(one.begin, last_of(series, one.end)))
        when = Words(span.zh, f"in {span.en}")
    else:
        month = period_words(series, one.begin)
        lasts = one.family != "month"
        when = Words(
            f"{month.zh}{'起' if lasts else ''}", f"{'from' if lasts else 'in'} {month.en}"
        )
    if one.family == "trend":
        shape = [label("shape", f"{one.shape}_{way}", tongue) for tongue in ("zh", "en")]
        return Words(f"{when.zh}，{name.zh}{shape[0]}", f"{name.en}: {shape[1]} {when.en}")
    size = percent_words(one.depth_percent).zh
    zh = f"{when.zh}，{name.zh}比应有水平{'低' if way == 'down' else '高'}，最多约{size}"
    side = "below" if way == "down" else "above"
    return Words(zh, f"{name.en} up to {size} {side} the expected level {when.en}")


def lede(series: Series, one: Episode, cards: list[Card]) -> Words:
    """How much in all, until when, and what fits in time."""
    zh, en = [], []
    if one.family != "month" and one.amount.value * one.depth_percent > 0:
        size = amount_words(one.amount.value, one.amount.unit)
        ends = sorted(abs(end) for end in one.amount.interval)
        low, high = (amount_words(end, one.amount.unit) for end in ends)
        less = one.amount.value < 0
        until = period_words(series, series.periods[-1])
        so_far = Words(f"到{until.zh}", f"By {until.en}, ") if one.end is None else Words("", "")
        zh.append(f"{so_far.zh}累计{'少' if less else '多'}{size.zh}（{low.zh}至{high.zh}）")
        en.append(
            f"{so_far.en}{size.en} {'less' if less else 'more'} in all ({low.en} to {high.en})"
        )
    if one.end is not None and one.family != "month":
        end = period_words(series, one.end)
        zh.append(f"{end.zh}回到应有水平")
        en.append(f"back at the expected level by {end.en}")
    fit = [card for card in cards if card.linked.link.grade in GRADES[:2] and not card.lead]
    if fit:
        event = fit[0].event
        zh.append(f"时间上对得上的是“{event.name}”")
        en.append(f"what fits in time is “{event.name_en or event.name}”")
    else:
        zh.append("没有查到时间上对得上的事项")
        en.append("no event was found that fits in time")
    return Words("；".join(zh) + "。", "; ".join(en) + ".")


def cards_of(told: Told, one: Episode) -> list[Card]:
    """The events around begin and end that fit, then those that do not, then leads."""
    found = told.findings
    effects = () if found.effects is None else found.effects.effects
    order = ("effect", "contradicted", "no_effect_visible", "cannot_tell")
    chosen: list[tuple[LinkedEvent, EdgeName, bool]] = []
    for edge in EDGES:
        seen = found.evidence_for(one.id, edge)
        if seen is not None:
            chosen += [(each, edge, False) for each in seen.events if each.link.grade in GRADES]
    for edge in EDGES:
        seen = found.evidence_for(one.id, edge)
        if seen is not None:
            chosen += [(each, edge, True) for each in seen.leads]
    once: dict[str, tuple[LinkedEvent, EdgeName, bool]] = {}
    for each in chosen:
        once.setdefault(each[0].event.id, each)
    cards: list[Card] = []
    quotes = 0
    for at, (linked, edge, lead) in enumerate(list(once.values())[:MOST_CARDS]):
        mine = [each for each in effects if each.event.id == linked.event.id]
        mine.sort(key=lambda each: order.index(each.verdict))
        count = len(linked.event.quotes)
        cards.append(
            Card(
                flag=Words(FLAGS[at], LATIN[at]),
                linked=linked,
                edge=edge,
                measured=tuple(mine),
                lead=lead,
                first=quotes if count else None,
            )
        )
        quotes += count
    return cards


def quotes_of(cards: list[Card]) -> list[Quote]:
    """All quotes of the page, in the order of the cards."""
    return [quote for card in cards for quote in card.event.quotes]


def passage(workspace: Workspace | None, quotes: list[Quote], at: int) -> Passage | None:
    """The archived text around a quote; None where the text is not kept."""
    if workspace is None or not 0 <= at < len(quotes):
        return None
    open_now = quotes[at]
    text = workspace.text_of(open_now.document)
    if text is None or text[open_now.start : open_now.end] != open_now.text:
        return None  # taken out, or corrected since: nothing is shown in its place
    begin, end = max(0, open_now.start - AROUND), min(len(text), open_now.end + AROUND)
    same = sorted(
        {
            (one.start, one.end) for one in quotes
            if one.document == open_now.document and begin <= one.start and one.end <= end
        }
    )  # fmt: skip
    pieces, last = [], begin
    for start, stop in same:
        if start < last:
            continue  # overlaps the one before
        pieces.append(Piece(text[last:start], quoted=False, now=False))
        pieces.append(Piece(text[start:stop], quoted=True, now=start == open_now.start))
        last = stop
    pieces.append(Piece(text[last:end], quoted=False, now=False))
    document = workspace.document(open_now.document)
    name = open_now.document[:12] if document is None else document.title or document.name
    return Passage(
        document=open_now.document, name=name,
        published=None if document is None else document.published, pieces=tuple(pieces),
        start=open_now.start, end=open_now.end, cut_before=begin > 0, cut_after=end < len(text),
    )  # fmt: skip


def flags(series: Series, cards: list[Card], language: Language) -> list[dict[str, object]]:
    """The events as flags of the picture, at their first day, or their last for an end."""
    found: list[dict[str, object]] = []
    for card in cards:
        dates = [one for one in card.event.dates if one.date.strip()]
        if not dates:
            continue
        ended = card.linked.link.ended if card.edge == "end" else None
        day = ended or dates[0].date
        name = card.event.name if language == "zh" else card.event.name_en or card.event.name
        found.append(
            {
                "at": index_of(series, day[:7] if series.frequency == "month" else day[:4]),
                "letter": card.flag.said(language),
                "words": f"{event_date_words(dates[0]).said(language)} {name}"
                if len(name) < 20 else name,
                "lead": card.lead,
                "size": {"strong": 3, "medium": 2, "weak": 1}.get(card.linked.link.grade, 0),
            }
        )  # fmt: skip
    return found


def in_the_month(found: Overview, series: Series, one: Episode) -> Alongside | None:
    """How far every province lay from its expected path in the deepest month."""
    if one.deepest not in found.periods:
        return None
    at = found.periods.index(one.deepest)
    regions = [
        Growth(region=tile.region, value=tile.latest or 0.0, percent=tile.departures[at] or 0.0)
        for tile in found.tiles
        if tile.region != "CN" and at < len(tile.departures) and tile.departures[at] is not None
    ]
    if len(regions) < 2:
        return None
    regions.sort(key=lambda each: each.percent)
    return Alongside(first=one.deepest, last=one.deepest, regions=tuple(regions))
