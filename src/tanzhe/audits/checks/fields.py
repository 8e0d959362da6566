"""Fields that are missing, say nothing, or tell of no event."""

import re
from collections import Counter

from tanzhe.audits.claims.read import is_empty_value
from tanzhe.audits.lines.marks import bare
from tanzhe.audits.records import Field, Item, ReportText, Role, Verdicts
from tanzhe.audits.spans import dates_in, places_in, quantities_in
from tanzhe.audits.words import notion_in, said, without
from tanzhe.errors import Words
from tanzhe.terms import words_of
from tanzhe.text import read_bodies, read_document_numbers, read_titles

_ROLES: tuple[Role, ...] = ("date", "place", "actor", "scale", "effect")
_KEPT: dict[str, tuple[Role, ...]] = {
    "date": ("date", "stage", "text"),
    "effect": ("effect", "target", "scale", "cause", "text"),
    "scale": ("scale", "cost", "effect", "content", "cause", "text"),
}
_TITLE = re.compile(r"《[^》]*》?")
_ROLE_WORDS = words_of("audits.fields.role_words")
USUAL = 0.6  # share of the items that have a field from which the others lack it


def check_fields(report: ReportText, verdicts: Verdicts) -> None:
    """Missing, vague and vacuous fields, and items that are no events."""
    _missing(report, verdicts)
    for item in report.items:
        if not item.title.strip():
            words = Words("条目没有名称", "the item has no name")
            verdicts.wrong("field_missing", item.line, words, item=item)
        _no_event(item, verdicts)
        for one in item.fields:
            _empty(item, one, verdicts)
            _vague(report, item, one, verdicts)


def _missing(report: ReportText, verdicts: Verdicts) -> None:
    """What most items of a labelled report have and one has not."""
    items = [i for i in report.items if sum(f.role not in ("name", "text") for f in i.fields) >= 2]
    if len(items) < 3:
        return
    have = Counter(role for i in items for role in {f.role for f in i.fields})
    for role in _ROLES:
        kept = _KEPT.get(role, (role,))
        usual = sum(1 for item in items if item.of(*kept))
        if usual < USUAL * len(items) or not have[role]:
            continue
        for item in items:
            if not item.of(*kept):
                told = _ROLE_WORDS[role]
                words = Words(
                    f"其他条目大多有{told.zh}，“{item.title[:24]}”没有",
                    f"most other items state the {told.en}, “{item.title[:24]}” does not",
                )
                verdicts.wrong("field_missing", item.line, words, severity="note", item=item)


def _empty(item: Item, one: Field, verdicts: Verdicts) -> None:
    if item.in_table and item.of("date") and not one.value:
        filled = sum(bool(f.value) for f in item.fields)
        if 2 * filled > len(item.fields):
            return  # a cell that does not apply
    if one.label and one.role not in ("date", "source") and is_empty_value(one.value):
        words = Words(f"“{one.label}”是空的", f"“{one.label}” is empty")
        verdicts.wrong("field_missing", one.line, words, item=item, field=one.label)


def _no_event(item: Item, verdicts: Verdicts) -> None:
    if item.loose:
        return  # a sentence tells of its event in other sentences
    match = said("no_event", item.title)
    where = item.title
    if not match and item.category:
        match, where = said("no_event_label", item.category), item.category
    if not match:
        for one in item.of("text"):
            match, where = said("no_event_text", one.value), one.value
            if match:
                break
    if match:
        verdicts.wrong(
            "not_an_event", item.line,
            Words(
                f"“{where[:30]}”里的“{match[0]}”说的是状态、统计、培训或例行工作，不是有日期的事件",
                f"“{match[0]}” in “{where[:30]}” is a state, statistic or routine, no dated event",
            ),
            item=item,
        )  # fmt: skip


def checkable(text: str, region_iso: str | None) -> bool:
    """Whether a passage holds anything that can be looked up: number, date, name, title.

    Example:
        >>> checkable("促进工业领域低碳转型", None), checkable("产能缩减30%", None)
        (False, True)
    """
    plain = without("vacuous", bare(text))
    if re.search(r"\d", plain) or quantities_in(plain) or dates_in(plain, None):
        return True
    if read_titles(plain) or read_bodies(plain) or said("named_place", plain):
        return True
    if notion_in("stages", plain) or said("counted", plain) or said("not_yet", plain):
        return True
    return any(p.iso != "CN" and not p.code.endswith("0000") for p in places_in(plain))


def _vague(report: ReportText, item: Item, one: Field, verdicts: Verdicts) -> None:
    value = bare(re.sub(r"\]\([^)]*\)?", "]", one.value))
    if not value or is_empty_value(value):
        return
    if one.role == "place":
        match = said("unnamed_place", value)
        named = any(not p.code.endswith("0000") for p in places_in(value))
        if match and not named:
            words = Words(f"“{value[:24]}”没有说出是哪个地方", f"“{value[:24]}” names no place")
            _tell(item, one, words, verdicts)
        return
    plain = _TITLE.sub("《》", value)  # 若干 in the title of a document is its name
    amount = None if item.loose else said("vague_amount", plain)
    if one.role in ("scale", "effect", "content", "target", "cost", "cause", "text") and amount:
        words = Words(
            f"“{_around(plain, amount)}”说不出数量或内容，无法核对",
            f"“{_around(plain, amount)}” says no amount or content",
        )
        _tell(item, one, words, verdicts)
        return
    papers = one.role == "text" and not (item.loose and item.links)
    paper = said("unnamed_document", value) if papers else None
    if paper and not read_titles(value + item.title) and not read_document_numbers(value):
        words = Words(
            f"“{paper[0]}”没有写出文件名或文号，无法核对",
            f"“{paper[0]}” names neither title nor number of the document",
        )
        _tell(item, one, words, verdicts)
        return
    if item.loose and one.role == "text":
        _says_nothing(item, one, value, verdicts)
        return
    if item.in_table and _has_number(item):
        return  # the amount stands in a cell of its own
    empty = one.role in ("effect", "target", "content", "scale", "cause")
    alone = one.role == "text" and one is item.fields[0] and not re.search(r"\d", item.title)
    if (empty or alone) and not checkable(value, report.region):
        words = Words(
            f"“{value[:30]}”没有数字、日期、文件或名称，无法核对",
            f"“{value[:30]}” has no number, date, document or name to check",
        )
        _tell(item, one, words, verdicts)
    elif empty and quantities_in(value):
        verdicts.right(
            item, one.line, one.label, Words("有可核对的数字", "there are numbers to check")
        )


def _has_number(item: Item) -> bool:
    """Whether a cell of a row is a number alone."""
    return any(
        re.fullmatch(r"[约近超]?\s*[-+]?\d[\d,.]*\s*[^\d\s]{0,6}", f.value.strip())
        for f in item.fields
        if f.role not in ("date", "source", "name")
        and not re.search(r"序号|编号|no\.?$", f.label, re.I)
    )


def _says_nothing(item: Item, one: Field, value: str, verdicts: Verdicts) -> None:
    """A paragraph of nothing but praise and amounts nobody can count."""
    if item.links or item.cited:
        return  # what it says can be looked up
    dated = dates_in(value, None)
    plain = value
    for span in reversed(dated):
        plain = plain[: span.start] + plain[span.end :]
    plain = re.sub(r"https?://\S+", "", plain)
    if not checkable(re.sub(r"\d{1,2}月(?:份)?", "", plain), None):
        words = Words(
            f"“{value[:30]}”除了时间没有数字、文件或名称，无法核对",
            f"“{value[:30]}” has nothing but a date to check",
        )
        _tell(item, one, words, verdicts)


def _around(value: str, match: re.Match[str]) -> str:
    return value[max(0, match.start() - 8) : match.end() + 8]


def _tell(item: Item, one: Field, words: Words, verdicts: Verdicts) -> None:
    verdicts.wrong(
        "vague_or_vacuous_field", one.line, words, severity="note", item=item, field=one.label
    )
