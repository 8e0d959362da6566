"""An official document as a page: what it is, its goals, tasks, indicators and dates."""

import re
from collections.abc import Sequence
from functools import partial

from tanzhe.errors import Language, Words
from tanzhe.model.policy import (
    Deadline,
    DeadlineKind,
    Goal,
    Passage,
    PolicyDocument,
    PolicyIndicator,
    PolicyStatus,
    Role,
    Task,
)
from tanzhe.operators import Operator, sign_words
from tanzhe.policy.json import policy_json
from tanzhe.reports.facts.tree import Place
from tanzhe.reports.pages.draft import Draft, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_anchor
from tanzhe.reports.products.policytables import policy_tables
from tanzhe.reports.words.dates import day_words
from tanzhe.reports.words.escape import one_line
from tanzhe.terms import words_of

# The page of each result, by the name of its class.
PAGES = {"PolicyDocument": "policy_page"}

_STATUS: dict[PolicyStatus, Words] = words_of("reports.policydocument.status")
_DUE: dict[DeadlineKind, Words] = words_of("reports.policydocument.due")
_DATES = words_of("reports.policydocument.dates")
_ROLES: dict[Role, Words] = words_of("reports.policydocument.roles")
_AT_LEAST = Words("达到或优于", "at least level ")
_DUTIES = {
    "mandatory": Words("必须达到", "mandatory"),
    "excusable": Words("可说明理由", "may be explained"),
    None: Words("未写明", "not stated"),
}
_CHANGES = {"down": Words("下降", "down "), "up": Words("提高", "up "), None: Words("", "")}
_SIZES = ((1e8, "亿"), (1e4, "万"))
_COUNTINGS = {
    "新增": Words("新增", "new "), "累计": Words("累计", "in all "),
    **dict.fromkeys(("年均", "年平均"), Words("年均", "a year on average ")),
    "每年": Words("每年", "each year "), "": Words("", ""),
}  # fmt: skip
_MOST = 60  # letters of a quote on one line


def policy_page(policy: PolicyDocument, language: Language = "zh") -> Page:
    """Everything that was read of an official document.

    Args:
        policy: from `read_policy`.
        language: of our words; those of the document stand as they are.
    """
    policy = clean(policy)
    title = one_line(policy.title.words) if policy.title else ""
    draft = Draft(language, Words(title or "（未读出标题）", title or "(no title was read)"))
    status, reason = _STATUS[policy.status], policy.reason
    if reason.code == "title_alone":
        status = Words("看不出是否已印发", "perhaps a policy")
    draft.say(Words(f"判断：{status.zh}。{reason.zh}", f"This is {status.en}. {reason.en}"))
    _head(draft, policy)
    _part(draft, Words("目标", "Goals"), [
        _goal(draft, one, at) for at, one in enumerate(policy.goals)])  # fmt: skip
    _tasks(draft, policy.tasks)
    _part(draft, Words("指标", "Indicators"), [
        _indicator(draft, one, at) for at, one in enumerate(policy.indicators)])  # fmt: skip
    _part(draft, Words("指标类型", "Types of indicators"), [
        Words(f"{one_line(t.name)}：{_DUTIES[t.duty].zh}（{_short(t.text)}）",
              f"{one_line(t.name)}: {_DUTIES[t.duty].en} ({_short(t.text)})")
        for t in policy.indicator_types])  # fmt: skip
    _part(draft, Words("定义", "Definitions"), [
        Words(f"{one_line(d.name)}：{_short(d.text)}{_annex(d.annex)}",
              f"{one_line(d.name)}: {_short(d.text)}{_annex(d.annex)}")
        for d in policy.definitions])  # fmt: skip
    _part(draft, Words("时限与评估", "Deadlines and reviews"), [
        _deadline(draft, one, at) for at, one in enumerate(policy.deadlines)])  # fmt: skip
    cited = [
        (f"《{one_line(c.title)}》" if c.title else "") + (f"（{c.number}）" if c.number else "")
        for c in policy.cited_documents
    ]
    _part(draft, Words("所引文件", "Documents cited"), [Words(c, c) for c in cited])
    annexes = [one_line(one.name) for one in policy.annexes]
    _part(draft, Words("附件", "Annexes"), [Words(one, one) for one in annexes])
    _part(draft, Words("注意", "Take care"), [Words(n.zh, n.en) for n in policy.notes])
    return draft.page(
        product="policy",
        about=title[:40] or policy.sha256[:12],
        made=policy.moment,
        answer=partial(policy_json, policy, language),
        tables=policy_tables(policy),
    )


def _short(words: str) -> str:
    plain = " ".join(one_line(words).split())
    return plain if len(plain) <= _MOST else plain[: _MOST - 1] + "…"


def _head(draft: Draft, policy: PolicyDocument) -> None:
    for name, stated in (
        (Words("文号：", "Number: "), policy.document_numbers),
        (Words("发文机关：", "Issued by: "), policy.issuers),
        (Words("主送机关：", "Addressed to: "), policy.addressees),
    ):
        if stated:
            words = "；".join(one_line(one.words) for one in stated)
            draft.say(name.said(draft.language) + words)
    if policy.dates:
        told = [
            f"{_DATES.get(d.kind, Words(d.kind, d.kind)).said(draft.language)} "
            f"{_date(draft, d.date, _passage(d.span))}"
            for d in policy.dates
        ]
        head = Words("日期：", "Dates: ").said(draft.language)
        draft.say(head + ("；" if draft.language == "zh" else "; ").join(told))


def _passage(span: Passage, table: str = "", row: int = 0) -> Place:
    """The passage of the document as a place, with its row of data."""
    where = f"{span.start}—{span.end}"
    return Place(
        zh=f"原文第{where}字：{_short(span.text)}",
        en=f"characters {where}: {_short(span.text)}",
        row=row_anchor(table, row) if table else "",
    )


def _date(draft: Draft, date: str, place: Place) -> str:
    return draft.fact(date, day_words(date), kind="date", place=place)


def _number(value: float) -> Words:
    """A number as officials write it: 3000万, 1.2亿; in English with all its digits."""
    size, name = next(((s, n) for s, n in _SIZES if abs(value) >= s), (1.0, ""))
    zh = f"{value / size:.10g}{name}" if name else f"{value:,.10g}"
    return Words(zh, f"{value:,.0f}" if value >= _SIZES[1][0] else f"{value:,.10g}")


def _amount(value: float, high: float | None, unit: str) -> Words:
    low, unit = _number(value), one_line(unit)
    upper = _number(high) if high is not None else None
    zh = f"{low.zh}–{upper.zh}" if upper else low.zh
    en = f"{low.en}–{upper.en}" if upper else low.en
    return Words(zh + unit, en + unit)


def _part(draft: Draft, name: Words, lines: Sequence[Words], *, count: int | None = None) -> None:
    """A heading with how many there are, and the list."""
    if lines:
        number = str(len(lines) if count is None else count)
        draft.heading(Words(f"{name.zh}（{number}）", f"{name.en} ({number})"))
        draft.count(lines, ordered=False)


def _annex(name: str) -> str:
    return f"〔{one_line(name).split(' ')[0]}〕" if name else ""


def _by(draft: Draft, by: str | None, place: Place) -> Words:
    if not by:
        return Words("", "")
    words = day_words(by)
    told = draft.fact(by, words, kind="date", place=place)
    return Words(f"{told} ", f"by {told}: ")


def _sign(operator: Operator | None) -> Words:
    if operator == "at_least_level":
        return _AT_LEAST
    return sign_words(operator) if operator else Words("", "")


def _goal(draft: Draft, one: Goal, at: int) -> Words:
    place = _passage(one.span, "goals", at)
    by = _by(draft, one.by, place)
    if one.value is None:
        return Words(f"{by.zh}{_short(one.metric)}", f"{by.en}{_short(one.metric)}")
    change, sign = _CHANGES[one.change], _sign(one.operator)
    metric = one_line(one.metric)
    text = _amount(one.value, one.high, one.unit)
    value = draft.fact(one.value, text, unit=one.unit, place=place)
    times = one.unit == "倍" and one.change is None  # 比2025年翻一番: twice as much as then
    base_zh = f"{'为' if times else '比'}{one.base_year}年{'的' if times else ''}"
    base_zh = base_zh if one.base_year else ""
    base_en = f" on {one.base_year}" if one.base_year else ""
    about = Words("左右", "about ") if one.about else Words("", "")
    counting = _COUNTINGS.get(one.counting, Words(one.counting, f"{one.counting} "))
    if one.counting == "新增":  # 新增提高800万千瓦
        change = Words("", "")
    return Words(
        f"{by.zh}{metric} {base_zh}{counting.zh}{change.zh}{sign.zh}{value}{about.zh}",
        f"{by.en}{metric} {counting.en}{change.en}{sign.en}{about.en}{value}{base_en}",
    )


def _tasks(draft: Draft, tasks: Sequence[Task]) -> None:
    lines: list[Words] = []
    for one in tasks:
        zh = en = f"{one_line(one.number)} {_short(one.heading)}"
        for role, words in _ROLES.items():
            bodies = [one_line(b.name) for b in one.responsible_bodies if b.role == role]
            if bodies:
                zh += f"；{words.zh}：{'、'.join(bodies)}"
                en += f"; {words.en}: {'、'.join(bodies)}"
        lines.append(Words(zh, en))
    _part(draft, Words("任务", "Tasks"), lines)


def _indicator(draft: Draft, one: PolicyIndicator, at: int) -> Words:
    place = _passage(one.span, "indicators", at)
    kinds = "·".join(one_line(text) for text in (one.kind, one.attribute) if text)
    kind = f"[{kinds}] " if kinds else ""
    condition = f"（{one_line(one.condition)}）" if one.condition else ""
    name, note = one_line(one.name), one_line(one.note)
    zh_year, en_year = (f" {one.by_year}年", f" {one.by_year}") if one.by_year else ("", "")
    zh_note = (f" 注：{note}" if note else "") + _annex(one.annex)
    en_note = (f" Note: {note}" if note else "") + _annex(one.annex)
    if one.value is None:
        what = f"：{one_line(one.requirement)}{condition}"
        zh, en = f"{kind}{name}{zh_year}{what}", f"{kind}{name}{en_year}{what}"
        return Words(zh + zh_note, en + en_note)
    change = _CHANGES[one.change if one.value >= 0 else None]
    change = Words("" if change.zh in name else change.zh, change.en)
    sign = _sign(one.operator)
    text = _amount(one.value, one.high, one.unit)
    value = draft.fact(one.value, text, unit=one.unit, place=place)
    about = Words("左右", "about ") if re.search("左右|约", one.requirement) else Words("", "")
    return Words(
        f"{kind}{name}{zh_year} {change.zh}{sign.zh}{value}{about.zh}{condition}{zh_note}",
        f"{kind}{name}{en_year} {change.en}{sign.en}{about.en}{value}{condition}{en_note}",
    )


def _deadline(draft: Draft, one: Deadline, at: int) -> Words:
    place = _passage(one.span, "deadlines", at)
    kind, when = _DUE[one.kind], one_line(one.when)
    day = _date(draft, one.date, place) if one.date else ""
    after = f"；{_short(one.consequence)}" if one.consequence else ""
    quote = _short(one.span.text)
    return Words(
        f"{kind.zh}：{when}{f'（{day}）' if day else ''} {quote}{after}",
        f"{kind.en}: {when}{f' ({day})' if day else ''} {quote}{after}",
    )
