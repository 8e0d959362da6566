"""Reports against documents at hand: what a cited text does not say, and what was missed."""

import math
import re
from collections.abc import Sequence
from datetime import date

from tanzhe.audits.claims.compare import facts
from tanzhe.audits.claims.read import claim_of, window_at
from tanzhe.audits.lines.links import same_address
from tanzhe.audits.records import Item, Point, ReportText, Verdicts
from tanzhe.audits.words import notions, said
from tanzhe.errors import Words
from tanzhe.model import Record
from tanzhe.text import read_dates, read_places, read_quantities, read_titles

MOST_MISSED = 5  # documents named for one turning point


class Held(Record):
    """A document at hand.

    Attributes:
        name: file name.
        text: all of it.
        title: its title.
        url: address it names, or None.
        posted: day it was posted, or None.
    """

    name: str
    text: str
    title: str
    url: str | None = None
    posted: date | None = None


def check_documents(report: ReportText, held: Sequence[Held], verdicts: Verdicts) -> None:
    """Every item against the text of its address, every empty section against all texts."""
    by_address = {same_address(one.url): one for one in held if one.url}
    for point in report.points:
        for item in point.items:
            for link in item.links:
                source = by_address.get(same_address(link.url)) if link.url else None
                if source:
                    _support(item, point, source, verdicts)
        if point.empty and not point.items:
            _missed(report, point, held, verdicts)


def _support(item: Item, point: Point, source: Held, verdicts: Verdicts) -> None:
    """Date, numbers and document titles of an item in the text it cites."""
    claim = claim_of(item, point)
    where = source.name
    if claim.days is not None:
        spans = read_dates(source.text, source.posted)
        days = [(s.first_day, s.last_day) for s in spans]
        days += [(source.posted, source.posted)] if source.posted else []
        if not any(a <= claim.days.last and claim.days.first <= b for a, b in days):
            what = Words(f"时间“{claim.days.text}”", f"the date “{claim.days.text}”")
            _unsupported(
                item, claim.line, claim.field.label if claim.field else None, what, where, verdicts
            )
    spoken = read_quantities(source.text, source.posted)
    for fact in facts(item):
        equal = (
            q for q in spoken
            if (q.unit == fact.unit or not fact.unit or not q.unit)
            and math.isclose(q.value, fact.value, rel_tol=1e-6)
        )  # fmt: skip
        if next(equal, None) is None:
            what = Words(f"“{fact.text[-24:]}”", f"“{fact.text[-24:]}”")
            _unsupported(item, fact.field.line, fact.field.label, what, where, verdicts)
        else:
            words = Words(
                f"“{fact.text[-24:]}”在 {where} 里有", f"“{fact.text[-24:]}” is in {where}"
            )
            verdicts.right(item, fact.field.line, fact.field.label or "正文", words)
    plain = re.sub(r"\s", "", source.text + source.title)
    for title in read_titles(item.title):
        if re.sub(r"\s", "", title.text.strip("《》")) not in plain:
            what = Words(f"文件名{title.text}", f"the title {title.text}")
            _unsupported(item, item.line, None, what, where, verdicts)


def _unsupported(
    item: Item, line: int, field: str | None, what: Words, where: str, verdicts: Verdicts
) -> None:
    verdicts.wrong(
        "no_support_in_source", line,
        Words(
            f"{what.zh}在所引网址的存档（{where}）里找不到",
            f"{what.en} is not in the archived text of the address ({where})",
        ),
        severity="error", item=item, field=field, against=where,
    )  # fmt: skip


def _missed(report: ReportText, point: Point, held: Sequence[Held], verdicts: Verdicts) -> None:
    """Documents of the window, province and sector where the report says nothing was found."""
    window = window_at(point)
    if window is None:
        return
    first, last = window
    own = next(n for n in notions("sectors") if n.id == "industry")
    told = 0
    for one in held:
        if told >= MOST_MISSED or one.posted is None or not first <= one.posted <= last:
            continue
        head = f"{one.title}\n{one.text[:3000]}"
        placed = not report.region or any(p.iso == report.region for p in read_places(head))
        fits = own.words.search(head) or report.sector != "industry"
        acts = said("launch", head) or said("plan_name", one.title)
        if placed and fits and acts:
            told += 1
            verdicts.wrong(
                "evidence_missed", point.line,
                Words(
                    f"写的是未找到，手头却有窗口内的“{one.title[:30]}”（{one.posted}，{one.name}）",
                    f"“{one.title[:30]}” ({one.posted}, {one.name}) is here, yet nothing was found",
                ),
                point=point, against=one.name,
            )  # fmt: skip
