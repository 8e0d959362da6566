"""Whether two items tell of the same event, and where their facts differ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tanzhe.audits.claims.read import Claim, claim_of
from tanzhe.audits.lines.links import same_address
from tanzhe.audits.lines.marks import bare
from tanzhe.audits.records import Field, Item, Point
from tanzhe.audits.spans import places_in, quantities_in
from tanzhe.audits.words import Notion, notion_in, notions, said
from tanzhe.errors import Words
from tanzhe.text import read_titles

_GENERIC = re.compile(
    r"关于|印发|发布|出台|深化|落实|正式|推动|推进|继续|开展|全面|的|和|与|了|搞|省|市|全省|全市|"
    r"工业|部门|领域|碳排放|建设|项目|工程|专项|重点|实施|开建|开工|投产|启动"
)
SAME_NAME = 0.6  # share of letter pairs from which names mean one thing
MOST_NUMBERS = 100  # numbers looked at in one field
LARGE = 1e7  # numbers from which two equal ones hardly meet by chance
CLAUSE = 40  # letters around a number in which its noun may stand
SAME_WITH_URL = 0.3  # the same, when the address is one


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A number an item states.

    Attributes:
        value: in `unit`.
        unit: normal form.
        noun: what it measures, or None.
        text: as written, with a few words before.
        field: where it stands.
    """

    value: float
    unit: str
    noun: Notion | None
    text: str
    field: Field


@lru_cache(maxsize=16384)
def name_pairs(title: str) -> frozenset[str]:
    """Pairs of letters of a name without places and words that many names have."""
    for span in reversed(places_in(title)):
        title = title[: span.start] + " " + title[span.end :]
    plain = re.sub(r"[\W_]", "", _GENERIC.sub("", title)).lower()
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def likeness(one: str, other: str) -> float:
    """How much two names share, 0 to 1: equal document titles give 1.

    Example:
        >>> likeness("《甲省节能方案》发布", "《甲省节能方案》深化落实")
        1.0
    """
    mine, theirs = _titles_in(one), _titles_in(other)
    if mine and theirs:
        return 1.0 if mine & theirs else 0.0
    a, b = name_pairs(one), name_pairs(other)
    if not a or not b:
        return 0.0
    shared = len(a & b)
    return max(
        2 * shared / (len(a) + len(b)), 0.8 * shared / min(len(a), len(b)) if shared > 2 else 0
    )


def addresses(item: Item) -> set[str]:
    """The addresses of an item in the form in which equal ones are equal."""
    return {same_address(link.url) for link in item.links if link.url and not link.broken}


def is_same_event(one: Item, other: Item) -> bool:
    """Whether two items of one report tell of the same thing."""
    if one.loose or other.loose:  # sentences share words; the same sentence is the same
        return len(one.text) > 20 and one.text == other.text
    alike = likeness(one.title, other.title)
    if alike >= SAME_NAME:
        return True
    if alike >= SAME_WITH_URL and addresses(one) & addresses(other):
        return True
    shared = bool(name_pairs(one.title) & name_pairs(other.title))
    return (
        shared
        and bool(large_numbers(one) & large_numbers(other))
        and bool(cities(one) & cities(other))
    )


def large_numbers(item: Item) -> frozenset[tuple[float, str]]:
    """Numbers of an item that two events hardly share by chance, with their units."""
    return _large_in(item.text)


@lru_cache(maxsize=8192)
def _large_in(text: str) -> frozenset[tuple[float, str]]:
    plain = bare(re.sub(r"\]\([^)]*\)?", "]", text))
    return frozenset((q.value, q.unit) for q in quantities_in(plain) if q.value >= LARGE)


@lru_cache(maxsize=16384)
def _titles_in(text: str) -> frozenset[str]:
    return frozenset(t.text for t in read_titles(text)) if "《" in text else frozenset()


def cities(item: Item) -> frozenset[str]:
    """Codes of the cities and counties an item names."""
    return _cities_in(item.text)


@lru_cache(maxsize=8192)
def _cities_in(text: str) -> frozenset[str]:
    return frozenset(p.code for p in places_in(text) if not p.code.endswith("0000"))


def facts(item: Item) -> list[Fact]:
    """The numbers of an item with what they measure."""
    return [f for one in item.fields if one.role not in ("source", "date") for f in facts_of(one)]


def facts_of(one: Field) -> list[Fact]:
    """The numbers of a field; the noun stands in its clause, else in the label."""
    return [
        Fact(value=value, unit=unit, noun=noun, text=text, field=one)
        for value, unit, noun, text in _numbers(one.label, one.value)
    ]


@lru_cache(maxsize=16384)
def _numbers(label: str, words: str) -> tuple[tuple[float, str, Notion | None, str], ...]:
    value = bare(re.sub(r"\]\([^)]*\)?", "]", words))
    found = []
    for span in quantities_in(value)[:MOST_NUMBERS]:
        low, high = max(0, span.start - CLAUSE), span.end + CLAUSE
        start = max([low, *(value.rfind(mark, low, span.start) + 1 for mark in "，。；、\n")])
        ends = (at for mark in "，。；\n" if (at := value.find(mark, span.end, high)) >= 0)
        end = min(ends, default=high)
        noun = notion_in("nouns", value[start:end]) or notion_in("nouns", label)
        found.append((span.value, span.unit, noun, value[start : span.end]))
    return tuple(found)


def stage_of(item: Item) -> tuple[Notion, str, int] | None:
    """How far an item says it is: stage, words and line; the title before labels."""
    found = notion_in("stages", item.title)
    if found:
        return found, item.title, item.line
    for one in item.of("date", "stage"):
        if found := notion_in("stages", f"{one.label}{one.value}"):
            return found, f"{one.label}：{one.value}", one.line
    return None


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A fact in which two items differ: words of both, and the line in the first."""

    line: int
    field: str | None
    other_line: int
    words: Words


def _number_words(mine: Fact, theirs: Fact) -> Words:
    return Words(
        f"这里是“{mine.text[-30:]}”，那里是“{theirs.text[-30:]}”",
        f"“{mine.text[-30:]}” here, “{theirs.text[-30:]}” there",
    )


def different_numbers(one: Item, other: Item) -> Iterator[Difference]:
    """Numbers of the same noun and unit that differ, and equal numbers of different nouns."""
    mine, theirs = facts(one), facts(other)
    for fact in mine:
        same = [t for t in theirs if fact.noun and t.noun is fact.noun and t.unit == fact.unit]
        if same and all(abs(t.value - fact.value) > 1e-6 * abs(fact.value) for t in same):
            yield _difference(fact, same[0])
        for t in theirs:
            equal = t.value == fact.value and (t.unit == fact.unit or not t.unit or not fact.unit)
            if equal and fact.noun and t.noun and t.noun is not fact.noun and abs(t.value) > 2:
                yield Difference(
                    line=fact.field.line, field=fact.field.label, other_line=t.field.line,
                    words=Words(
                        f"同一个数，这里说的是{fact.noun.zh}（{_said(fact)}），那里是{t.noun.zh}（{_said(t)}）",
                        f"the same number is {fact.noun.id} ({_said(fact)}) here and {t.noun.id} "
                        f"({_said(t)}) there",
                    ),
                )  # fmt: skip


def _said(fact: Fact) -> str:
    return f"{fact.field.label}：{fact.text}"[-30:] if fact.field.label else fact.text[-30:]


def _difference(mine: Fact, theirs: Fact) -> Difference:
    return Difference(
        line=mine.field.line, field=mine.field.label, other_line=theirs.field.line,
        words=_number_words(mine, theirs),
    )  # fmt: skip


def different_dates(one: Claim, other: Claim) -> Difference | None:
    """Claimed dates that cannot be the same."""
    if one.days is None or other.days is None:
        return None
    if one.days.first <= other.days.last and other.days.first <= one.days.last:
        return None
    return Difference(
        line=one.line, field=one.field.label if one.field else None, other_line=other.line,
        words=Words(
            f"时间这里是“{one.days.text}”，那里是“{other.days.text}”",
            f"dated “{one.days.text}” here and “{other.days.text}” there",
        ),
    )  # fmt: skip


def different_stages(one: Item, other: Item) -> Difference | None:
    """One told as planned or under construction, the other as something else."""
    mine, theirs = stage_of(one), stage_of(other)
    if mine is None or theirs is None or mine[0] is theirs[0]:
        return None
    return Difference(
        line=mine[2], field=None, other_line=theirs[2],
        words=Words(
            f"进展不同：这里是{mine[0].zh}（“{mine[1][:24]}”），那里是{theirs[0].zh}（“{theirs[1][:24]}”）",
            f"“{mine[1][:24]}” ({mine[0].id}) here, “{theirs[1][:24]}” ({theirs[0].id}) there",
        ),
    )  # fmt: skip


def different_things(one: Item, other: Item) -> Difference | None:
    """A document in one report and a project in the other, or another sector."""
    kinds = [_thing(item) for item in (one, other)]
    sectors = [notion_in("sectors", item.title) for item in (one, other)]
    if kinds[0] and kinds[1] and kinds[0] != kinds[1]:
        zh, en = f"这里是{kinds[0]}，那里是{kinds[1]}", "a document in one, a project in the other"
    elif sectors[0] and sectors[1] and sectors[0] is not sectors[1]:
        zh = f"这里说的是{sectors[0].zh}，那里是{sectors[1].zh}"
        en = f"{sectors[0].id} here, {sectors[1].id} there"
    else:
        return None
    names = f"（“{one.title[:20]}”与“{other.title[:20]}”）"
    return Difference(line=one.line, field=None, other_line=other.line, words=Words(zh + names, en))


def _thing(item: Item) -> str:
    if said("document_name", item.title):
        return "文件"
    return "项目或行动" if said("project_name", item.title) else ""


def differences(one: Item, point: Point, other: Item, its: Point) -> list[Difference]:
    """All facts in which two tellings of one event differ."""
    found = list(different_numbers(one, other))
    for more in (
        different_dates(claim_of(one, point), claim_of(other, its)),
        different_stages(one, other),
        different_things(one, other),
    ):
        if more:
            found.append(more)
    return found


def stages_in(text: str) -> list[Notion]:
    """All stages a text names."""
    return [one for one in notions("stages") if one.words.search(text)]
