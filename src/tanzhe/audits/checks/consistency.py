"""Numbers and dates that disagree inside one item."""

import re

from tanzhe.audits.checks.sentences import amounts
from tanzhe.audits.claims.compare import Fact, facts, facts_of, likeness
from tanzhe.audits.claims.read import ADDRESS, claim_of
from tanzhe.audits.lines.links import slug_numbers, slug_of
from tanzhe.audits.lines.marks import bare
from tanzhe.audits.records import Field, Item, Point, ReportText, Verdicts
from tanzhe.audits.spans import dates_in
from tanzhe.audits.words import notion_in, notions
from tanzhe.errors import Words

_ONE_OF_A_KIND = {"investment", "capacity", "output_value", "installed", "generation"}
CONFUSED = {
    frozenset(pair)
    for pair in (
        ("capacity", "output"), ("output_value", "profit"), ("installed", "generation"),
        ("intensity", "emission"), ("investment", "output_value"), ("share", "usage"),
    )
}  # fmt: skip
SAME_NAME = 0.5  # of `likeness`: half of the shorter name's pairs of letters
LEAST_WORDS = 3  # of English after the last Chinese letter: a sentence, not a name
_ASIDE = re.compile(r"[（(][^）)]*[）)]")
_SCALES = (1e1, 1e2, 1e3, 1e4, 1e8, 1e-1, 1e-2, 1e-3, 1e-4)


def check_consistency(report: ReportText, verdicts: Verdicts) -> None:
    """Each item against itself."""
    for point in report.points:
        for item in point.items:
            _heading_date(item, point, verdicts)
            _title_date(item, point, verdicts)
            _title_numbers(item, verdicts)
            _between_fields(item, verdicts)
            _noun_of_label(item, verdicts)
            _slug_scale(item, verdicts)
            _slug_noun(item, verdicts)
            _two_languages(item, verdicts)


def _heading_date(item: Item, point: Point, verdicts: Verdicts) -> None:
    """A heading that dates an event otherwise than the item below it does."""
    claim = claim_of(item, point)
    event = re.split(r"[:：]", _ASIDE.sub("", point.heading), maxsplit=1)[-1].strip()
    if point.days is None or claim.days is None or not claim.fine or len(event) < 4:
        return
    same = notion_in("stages", event) is not None and likeness(event, item.title) >= SAME_NAME
    apart = claim.days.first > point.days.last or claim.days.last < point.days.first
    if same and apart and not dates_in(event, None):
        verdicts.wrong(
            "self_contradiction", point.line,
            Words(
                f"标题把“{event[:24]}”写在“{point.days.text}”，条目的时间却是“{claim.days.text}”",
                f"the heading puts “{event[:24]}” in “{point.days.text}”, the item in"
                f" “{claim.days.text}”",
            ),
            item=item, field=claim.field.label if claim.field else None,
        )  # fmt: skip


def _title_date(item: Item, point: Point, verdicts: Verdicts) -> None:
    claim = claim_of(item, point)
    if claim.days is None or claim.field is None or item.loose:
        return
    for span in dates_in(item.title, None):
        fine = span.precision in ("day", "month") and not span.inferred
        apart = span.last_day < claim.days.first or span.first_day > claim.days.last
        if fine and apart and not re.search(r"[(（《]", item.title[: span.start][-1:]):
            verdicts.wrong(
                "self_contradiction", claim.line,
                Words(
                    f"名称里是“{span.text}”，时间却是“{claim.days.text}”",
                    f"“{span.text}” in the name, “{claim.days.text}” as the time",
                ),
                severity="error", item=item, field=claim.field.label,
            )  # fmt: skip


def _tell(item: Item, one: Fact, other: Fact, verdicts: Verdicts) -> None:
    verdicts.wrong(
        "self_contradiction", one.field.line,
        Words(
            f"“{one.text[-24:]}”与第 {other.field.line} 行“{other.text[-24:]}”不一致",
            f"“{one.text[-24:]}” does not agree with “{other.text[-24:]}” in line "
            f"{other.field.line}",
        ),
        severity="error", item=item, field=one.field.label,
    )  # fmt: skip


def _differ(one: Fact, other: Fact) -> bool:
    return abs(one.value - other.value) > 1e-6 * max(abs(one.value), abs(other.value))


def _title_numbers(item: Item, verdicts: Verdicts) -> None:
    """A size in the name and another one in a field."""
    title = Field(label="", role="name", value=item.title, line=item.line)
    rest = [f for f in facts(item) if f.field.role not in ("name",)]
    for one in facts_of(title):
        _title_noun(item, one, rest, verdicts)
        if not one.unit or one.unit in ("年", "%"):
            continue
        same = [f for f in rest if f.unit == one.unit and one.noun and f.noun is one.noun]
        if len(same) == 1 and _differ(one, same[0]):
            _tell(item, same[0], one, verdicts)


def _title_noun(item: Item, one: Fact, rest: list[Fact], verdicts: Verdicts) -> None:
    """The same number as a share in the name and as an amount below."""
    for fact in rest:
        equal = fact.unit == one.unit and not _differ(fact, one)
        nouns = frozenset(n.id for n in (one.noun, fact.noun) if n)
        if equal and nouns in CONFUSED:
            _tell(item, fact, one, verdicts)


def _between_fields(item: Item, verdicts: Verdicts) -> None:
    """Two fields that give the investment, capacity or output value of one thing."""
    seen: dict[tuple[str, str], Fact] = {}
    for one in item.fields:
        mine = [f for f in facts_of(one) if f.noun and f.noun.id in _ONE_OF_A_KIND]
        counts = [(f.noun.id, f.unit) for f in mine if f.noun]
        for fact in mine:
            key = (fact.noun.id if fact.noun else "", fact.unit)
            if counts.count(key) != 1 or one.role in ("source", "date"):
                continue
            if re.search(r"其中|首期|一期|二期|新增|带动|另", fact.text):
                continue
            first = seen.setdefault(key, fact)
            if first.field is not one and _differ(first, fact):
                _tell(item, fact, first, verdicts)


def _noun_of_label(item: Item, verdicts: Verdicts) -> None:
    """A field for capacity that holds an output, or the reverse."""
    for one in item.fields:
        label = notion_in("nouns", one.label) if one.label else None
        for fact in facts_of(one) if label and one.role != "name" else ():
            said = notion_in("nouns", fact.text)
            if label and said and frozenset((label.id, said.id)) in CONFUSED:
                verdicts.wrong(
                    "self_contradiction", one.line,
                    Words(
                        f"标签“{one.label}”说的是{label.zh}，内容“{fact.text[-24:]}”说的是{said.zh}",
                        f"the label “{one.label}” says {label.id}, “{fact.text[-24:]}” says "
                        f"{said.id}",
                    ),
                    item=item, field=one.label,
                )  # fmt: skip


def _slug_scale(item: Item, verdicts: Verdicts) -> None:
    """The same digits as in the address with another scale: 18.33 billion is not 18.33亿."""
    for link in item.links:
        for value, word, written in slug_numbers(link.url):
            if word not in ("billion", "million", "trillion"):
                continue
            near = facts(item)
            if any(not _differs(f.value, value) for f in near):
                continue
            for fact in near:
                if any(not _differs(fact.value * scale, value) for scale in _SCALES) and value:
                    verdicts.wrong(
                        "self_contradiction", fact.field.line,
                        Words(
                            f"网址里是“{written}”（{value:g}），正文“{fact.text[-24:]}”换算错了",
                            f"“{written}” ({value}) in the address was converted wrongly: "
                            f"“{fact.text[-24:]}”",
                        ),
                        severity="error", item=item, field=fact.field.label,
                    )  # fmt: skip


def _slug_noun(item: Item, verdicts: Verdicts) -> None:
    """The address speaks of output, the item of capacity; of output value, the item of profit."""
    for link in item.links:
        slug = slug_of(link.url)
        noun = next((n for n in notions("nouns") if n.slugs and n.slugs.search(slug)), None)
        numbers = [value for value, _, _ in slug_numbers(link.url)]
        for fact in facts(item) if noun else ():
            same = any(not _differs(fact.value, n) for n in numbers if n) or not numbers
            if fact.noun and noun and same and frozenset((fact.noun.id, noun.id)) in CONFUSED:
                verdicts.wrong(
                    "self_contradiction", fact.field.line,
                    Words(
                        f"网址“…{slug[-60:]}”说的是{noun.zh}，正文“{fact.text[-24:]}”写成{fact.noun.zh}",
                        f"the address “…{slug[-60:]}” speaks of {noun.id}, “{fact.text[-24:]}” "
                        f"of {fact.noun.id}",
                    ),
                    item=item, field=fact.field.label,
                )  # fmt: skip


def _two_languages(item: Item, verdicts: Verdicts) -> None:
    """A number in Chinese and another one in the English that repeats it."""
    for one in item.fields:
        value = bare(ADDRESS.sub(" ", one.value))
        end = max((m.end() for m in re.finditer(r"[一-鿿]", value)), default=0)
        english = re.findall(r"[A-Za-z]{2,}", value[end:])
        if one.role == "source" or not end or len(english) < LEAST_WORDS:
            continue
        here, there = ([s.value for s in amounts(text)] for text in (value[:end], value[end:]))
        apart = [(a, b) for a, b in zip(here, there, strict=False) if _differs(a, b)]
        if len(here) == len(there) and len(apart) == 1 and len(here) > 1:
            verdicts.wrong(
                "self_contradiction", one.line,
                Words(
                    f"中文写的是 {apart[0][0]:g}，英文写的是 {apart[0][1]:g}",
                    f"{apart[0][0]:g} in Chinese, {apart[0][1]:g} in English",
                ),
                severity="error", item=item, field=one.label,
            )  # fmt: skip


def _differs(one: float, other: float) -> bool:
    return abs(one - other) > 1e-6 * max(abs(one), abs(other))
