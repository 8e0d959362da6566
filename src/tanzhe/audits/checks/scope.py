"""Events of another place, of the whole nation, or of another sector."""

import re

from tanzhe.audits.records import Item, ReportText, Verdicts
from tanzhe.audits.spans import places_in
from tanzhe.audits.words import Notion, every, notions, said
from tanzhe.errors import Words
from tanzhe.places import place_of

_AROUND = re.compile(
    r"(?:地区|省市?|市)?(?:以?[及和与]其?)?(?:周边|周围|毗邻)|\s+and (?:its )?surrounding", re.I
)


def check_scope(report: ReportText, verdicts: Verdicts) -> None:
    """Place and sector of every item against those of the report."""
    for item in report.items:
        if report.region:
            _place(item, report.region, verdicts)
        if report.sector == "industry":
            _sector(item, verdicts)


def _place(item: Item, region: str, verdicts: Verdicts) -> None:
    own = place_of(region)
    name = own.zh if own else region
    stated = item.of("place")
    main = [item.title, *(f.value for f in stated)]
    rest = [
        f.value for f in item.fields if f.role in ("text", "scale", "effect", "content", "actor")
    ]
    places = {p.iso for text in main for p in places_in(text)}
    wider = {p.iso for text in (*main, *rest) for p in places_in(text)}
    line = stated[0].line if stated else item.line
    field = stated[0].label if stated else None
    if not places:  # a bare line tells the place in its words
        told = [p.iso for one in item.of("text") for p in places_in(one.value)][:1]
        places = set(told)
    others = sorted(places - {region, "CN"})
    if any(_AROUND.match(t, p.end) for t in (*main, *rest) for p in places_in(t)):
        others = []  # 京津冀及周边 ends nowhere the words would say
    field_only = {p.iso for one in stated for p in places_in(one.value)}
    elsewhere = bool(field_only) and not field_only & {region, "CN"}
    if others and (region not in wider or elsewhere):
        names = "、".join(p.zh for iso in others if (p := place_of(iso)))
        words = Words(
            f"“{item.title[:24]}”在{names}，报告写的是{name}",
            f"“{item.title[:24]}” is in {', '.join(others)}, the report is about {region}",
        )
        verdicts.wrong("scope_mismatch", line, words, severity="error", item=item, field=field)
        return
    nation = next((m for text in (*main, *rest) if (m := said("national", text))), None)
    if nation and region not in wider and "省" not in "".join((*main, *rest)):
        words = Words(
            f"“{nation[0]}”是全国的，没有说与{name}有什么关系",
            f"“{nation[0]}” is national; what it did in {region} is not said",
        )
        verdicts.wrong("scope_mismatch", line, words, item=item, field=field)
    elif stated and region in places:
        verdicts.right(
            item, line, field or "地点", Words(f"地点在{name}", f"the place is in {region}")
        )


def _other_sectors(text: str) -> list[tuple[Notion, str]]:
    return [
        (one, match[0])
        for one in notions("sectors")
        if one.id != "industry" and (match := one.words.search(text))
    ]


def _tell(item: Item, line: int, field: str | None, found: Notion, words: str, v: Verdicts) -> None:
    v.wrong(
        "scope_mismatch", line,
        Words(
            f"“{words.strip('、，')}”属于{found.zh}，不是工业，不能解释工业排放的转折",
            f"“{words.strip('、，')}” belongs to {found.id}, not to industry",
        ),
        item=item, field=field,
    )  # fmt: skip


def _sector(item: Item, verdicts: Verdicts) -> None:
    own = next(n for n in notions("sectors") if n.id == "industry")
    for one in item.of("sector"):
        others = [n for n, _ in _other_sectors(one.value)]
        if others and any(
            n.id in ("transport", "buildings", "households", "farming") for n in others
        ):
            _tell(item, one.line, one.label, others[0], one.value[:24], verdicts)
            return
    if item.loose:
        own_words = own.words.search(item.text)
        apart = [] if own_words else [f for f in _other_sectors(item.text) if f[0].id != "power"]
        if apart:  # power and industry are told together in running text
            _tell(item, item.line, None, apart[0][0], apart[0][1], verdicts)
        return
    title = _other_sectors(item.title)
    if title and not own.words.search(item.title):
        _tell(item, item.line, None, title[0][0], title[0][1], verdicts)
        return
    for one in item.of("text", "cause"):
        found = _other_sectors(one.value)
        mine = own.words.search(item.title + one.value)
        if found and (one.role == "cause" or not mine) and len(every("named_place", one.value)) < 3:
            _tell(item, one.line, one.label or None, found[0][0], found[0][1], verdicts)
            return
