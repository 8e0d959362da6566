"""An audit as a page: what was checked, what is wrong line by line, what is right."""

import re
from collections.abc import Iterator
from functools import cache, partial

from tanzhe import bundled
from tanzhe.audits.json import audit_json
from tanzhe.audits.layout.understanding import LEAST_UNDERSTOOD
from tanzhe.audits.records import Audit, AuditItem, Finding
from tanzhe.errors import InputError, Language, Words
from tanzhe.faults import fault_of
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.pages.draft import Draft, bold, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.products.tables import record_table
from tanzhe.reports.words.escape import one_line
from tanzhe.terms import words_of

# The page of each result, by the name of its class.
PAGES = {"Audit": "audit_page"}

SEVERITIES = words_of("reports.auditreport.severities")
_NONE = Words("没有发现问题。", "Nothing was found wrong.")
_UNREAD = Words("版式没有读懂，没有核查。", "The layout was not understood; not judged.")
_LIMITS = Words(
    "只凭文字、网址和所给材料判断；没有列出的不等于已经证实。",
    "Judged from the text, the addresses and what was given; what is not listed is not proven.",
)


@cache
def kind_words(kind: str) -> Words:
    """What a kind of finding is called.

    Example:
        >>> kind_words("url_missing")
        Words(zh='没有网址', en='no address')

    Raises:
        InputError: a check tells of a kind that `kinds.csv` does not name.
    """
    rows = bundled.rows("tanzhe.audits.data", "kinds.csv")
    named = {row["kind"]: Words(row["zh"], row["en"]) for row in rows}
    if kind not in named:
        raise InputError(fault_of("reports.auditreport.kind_words", kind=kind, where=kind))
    return named[kind]


def audit_page(audit: Audit, language: Language = "zh") -> Page:
    """An audit as a page.

    Args:
        audit: what was found.
        language: of the page; words of the report stand as they are.
    """
    audit = clean(audit)
    title = one_line(audit.title or audit.name)
    draft = Draft(language, Words(f"报告核查：{title}", f"Audit of a report: {title}"))
    table = record_table("audit.findings", audit.findings)
    _sum(draft, audit, table)
    draft.say(_LIMITS)
    for note in audit.notes:
        draft.say(note, "small")
    if not audit.findings:
        draft.say(_NONE if audit.understood >= LEAST_UNDERSTOOD else _UNREAD)
    draft.table(
        Words("问题和处数", "Findings by kind"),
        [Words("问题", "Finding"), Words("代号", "Code"), Words("处", "Count")],
        [
            [kind_words(kind).said(language), kind, draft.same(number, str(number))]
            for kind, number in audit.by_kind.items()
        ],
        align=("left", "left", "right"),
    )
    for heading, wrong, right in _groups(draft, audit):
        draft.heading(Words(heading, heading))
        lines = [_finding(draft, audit, table, one) for one in wrong]
        if right:
            name = Words("核对无误的字段", "Fields that are right").said(language)
            lines.append(f"{name}{_colon(language)}{'；'.join(right)}")
        draft.count(lines, ordered=False)
    _text(draft, audit)
    return draft.page(
        product="audit",
        about=one_line(audit.name),
        made=audit.moment,
        answer=partial(audit_json, audit, language),
        tables=[
            table,
            record_table("audit.items", audit.items),
            record_table("audit.passed", audit.passed),
        ],
    )


def _text(draft: Draft, audit: Audit) -> None:
    """The report itself, what was found beside its lines."""
    if not audit.lines or not audit.findings:
        return
    found: dict[int, list[Finding]] = {}
    for one in audit.findings:
        found.setdefault(one.line, []).append(one)
    draft.annex(Words("原文和批注", "The report with remarks"))
    for number, line in enumerate(audit.lines, 1):
        text, heading = unmarked(one_line(line))
        remarks = [_remark(one, draft.language) for one in found.get(number, ())]
        if text or remarks:
            draft.say(bold(text) if heading else text or "—", remarks=remarks)


def _remark(one: Finding, language: Language) -> str:
    """What is wrong with a line, in its margin."""
    severity, kind = SEVERITIES[one.severity], kind_words(one.kind)
    told = Words(
        f"{severity.zh}·{kind.zh}：{one_line(one.explanation)}",
        f"{severity.en} · {kind.en}: {one_line(one.explanation_en)}",
    )
    return told.said(language)


def unmarked(text: str) -> tuple[str, bool]:
    """A line without the marks of Markdown, and whether it is a heading; a rule is nothing.

    Example:
        >>> unmarked("### 转折点：2019年3月"), unmarked("1. **时间**：2021年"), unmarked("---")
        (('转折点：2019年3月', True), ('1. 时间：2021年', False), ('', False))
    """
    bare = re.sub(r"\s", "", text)
    if re.fullmatch(r"-{3,}|\*{3,}|_{3,}", bare):
        return "", False
    head = re.match(r"\s*#{1,6}\s+", text)
    plain = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text[head.end() if head else 0 :])
    return plain, head is not None


def _colon(language: Language) -> str:
    return "：" if language == "zh" else ": "


def _sum(draft: Draft, audit: Audit, table: DataTable) -> None:
    items, findings, right = (
        draft.same(number, str(number), place=row_place(table) if table.rows else None)
        for number in (len(audit.items), len(audit.findings), len(audit.passed))
    )
    draft.say(
        Words(
            f"条目 {items} 条，发现问题 {findings} 处，核对无误的字段 {right} 个。",
            f"{items} items, {findings} findings, {right} fields checked and right.",
        )
    )


def _groups(draft: Draft, audit: Audit) -> Iterator[tuple[str, list[Finding], list[str]]]:
    """Heading, findings and passed checks: the whole report first, then item by item."""
    known = {item.id for item in audit.items}
    whole = [one for one in audit.findings if one.item not in known]
    if whole:
        yield Words("全篇", "The whole report").said(draft.language), whole, []
    for item in audit.items:
        wrong = [one for one in audit.findings if one.item == item.id]
        right = dict.fromkeys(
            Words(f"{p.field}（{p.zh}）", f"{p.field} ({p.en})").said(draft.language)
            for p in audit.passed
            if p.item == item.id
        )
        if wrong or right:
            yield _heading(draft, item), wrong, [one_line(one) for one in right]


def _heading(draft: Draft, item: AuditItem) -> str:
    title = one_line(item.title)
    line = draft.same(item.line, str(item.line))
    return Words(f"{item.id}　{title}（第 {line} 行）", f"{item.id} {title} (line {line})").said(
        draft.language
    )


def _finding(draft: Draft, audit: Audit, table: DataTable, one: Finding) -> str:
    """Severity and kind, line, field, and why."""
    kind, severity = kind_words(one.kind), SEVERITIES[one.severity]
    place = row_place(table, audit.findings.index(one))
    line = draft.same(one.line, str(one.line), place=place)
    zh_field = f"（{one_line(one.field)}）" if one.field else ""
    en_field = f" ({one_line(one.field)})" if one.field else ""
    return Words(
        f"{bold(f'{severity.zh}·{kind.zh}')}，第 {line} 行{zh_field}：{one_line(one.explanation)}",
        f"{bold(f'{severity.en} · {kind.en}')}, line {line}{en_field}: "
        f"{one_line(one.explanation_en)}",
    ).said(draft.language)
