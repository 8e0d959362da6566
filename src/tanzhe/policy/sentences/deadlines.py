"""Deadlines and reviews: in force from, valid until, evaluated in, reported each year by."""

import re
from datetime import date
from itertools import pairwise
from typing import cast

from tanzhe.model.policy import Deadline, DeadlineKind
from tanzhe.policy.outline.numbering import accepted
from tanzhe.policy.outline.quoted import without_titles
from tanzhe.policy.outline.view import View
from tanzhe.policy.words import either, groups
from tanzhe.text import DateSpan, read_dates

_RHYTHM = re.compile(
    r"(?:每(?:个)?(?:半年|季度?|两年|三年|五年|年度?|月|周)|次年|(?:下"
    r"|次)一?年度)(?:的)?(?:(?:第[一二三四]季度|\d{1,2}月(?:份)?(?:\d{1,2}日|底|末"
    r"|上旬|中旬|下旬)?"
    r"|年底|年末|\d{1,2}日)(?:前|之前|以前|内)?)?"
)
_FROM_ISSUE = re.compile(
    r"自(?:印发|发布|公布|颁布|签发|印发实施)之日(?:起)?(?:\d+日后"
    r"|满?\d+日)?(?:起)?(?:正式)?(?:施行|实施|执行|生效|起)"
)
_VALID = re.compile(
    r"有效期(?:为|限为|至|到|：)?(?:(?P<years>[一二三四五六七八九十\d]{1,2}年)"
    r"|(?P<until>(?:至|到)?20\d\d年\d{1,2}月(?:\d{1,2}日|底)?))?"
    r"|试行(?:期)?(?:为)?(?P<trial>[一二三四五\d]{1,2}年)"
)
_WITHIN = re.compile(
    r"(?:印发|发布|公布|批复|收到.{0,10}?|施行)(?:之日起"
    r"|后)[一二三四五六七八九十\d]{1,3}个?(?:工作日|日|天|月|年)内"
)
_KINDS: tuple[tuple[DeadlineKind, re.Pattern[str]], ...] = tuple(
    (cast(DeadlineKind, kind), re.compile(words)) for kind, words in groups("deadline")
)
_CONSEQUENCE = re.compile(
    r"(?:对(?:于)?)?[^，。；]{0,60}(?:调出|退出|取消|撤销|移出|通报|约谈|整改|摘牌"
    r"|收回|扣减|不予|增补|动态调整|奖励|表彰|追责|问责).*"
)
_PAST = re.compile(either("past_words"))
_OWN = re.compile(r"本[\u4e00-\u9fff]{2,6}|施行|实施|执行|印发")
_BEFORE = "之前|以前|前"
_END = "(?:底|末)?"
# A bound that ends its clause: 第一批3座，2026年9月底前；
_BOUND = re.compile(rf"{_END}(?:{_BEFORE})(?=[；。）)]|$)")
_TAIL = re.compile(rf"{_BEFORE}|之内|以内|内|起|底前|底|末")
_DUE = re.compile(rf"{_END}(?:{_BEFORE}|起|开始|内|完成|开展|，?(?:组织|对|开展|启动|完成))")
_DUE_OF_YEAR = re.compile(rf"{_END}(?:{_BEFORE}|起|开展|完成)")
_FIELD = re.compile(r"(?:责任|牵头|配合|主管|承办)(?:单位|部门)[：:]|(?:完成)?时限[：:]")
LONGEST = 320


def _sentences(view: View, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences; a part that begins on a line of its own ends the one before."""
    stops = {start + mark.end() for mark in re.finditer(r"[。！？]", view.text[start:end])}
    parts = (m.start for m in accepted(view) if start < m.start < end)
    stops |= {at for at in parts if view.at_break(at)}
    return list(pairwise(sorted(stops | {start, end})))


def find_deadlines(view: View, start: int, end: int, issued: date | None) -> tuple[Deadline, ...]:
    """Deadlines and reviews of a stretch, in order.

    Args:
        view: the repaired text.
        start: where to begin, usually below the head.
        end: where to stop.
        issued: day of the document, for 自印发之日起 and years that are not written.
    """
    found: list[Deadline] = []
    for a, b in _sentences(view, start, end):
        text = view.text[a:b]
        for one in sorted(_of_sentence(view, a, b, issued), key=lambda d: text.find(d.when[:5])):
            if not any(
                o.kind == one.kind and o.when == one.when and o.span == one.span for o in found
            ):
                found.append(one)
    return tuple(found)


def _of_sentence(view: View, start: int, end: int, issued: date | None) -> list[Deadline]:
    text = without_titles(view.text[start:end])
    found: list[Deadline] = []
    for match in _FROM_ISSUE.finditer(text):
        day = issued.isoformat() if issued else None
        found.append(_made(view, start, text, match.start(), match.end(), "effective", day, None))
    own = _OWN.search(text)
    for match in _VALID.finditer(text):
        if own and (match["years"] or match["until"] or match["trial"]):
            found.append(_expiry(view, start, text, match))
    for match in [*_RHYTHM.finditer(text), *_WITHIN.finditer(text)]:
        kind = _kind(text, match.start(), match.end(), rhythm=True)
        if kind and len(match[0]) > 1:
            found.append(_made(view, start, text, match.start(), match.end(), kind, None, None))
    return found + _dated(view, start, text, issued)


def _dated(view: View, start: int, text: str, issued: date | None) -> list[Deadline]:
    """What is due on a day or in a month that the sentence names."""
    if not re.search(r"[年月日季周]", text):
        return []
    taken = [(m.start(), m.end()) for p in (_RHYTHM, _VALID) for m in p.finditer(text)]
    found: list[Deadline] = []
    for span in read_dates(text, issued):
        years = span.last_day.year - span.first_day.year
        if any(a <= span.start < b for a, b in taken) or (span.precision == "period" and years > 1):
            continue
        kind = _dated_kind(text, span, issued)
        if kind and (kind != "expires" or _OWN.search(text)):
            first, last = span.first_day.isoformat(), span.last_day.isoformat()
            begins = re.match(r"起|开始", text[span.end :])
            if begins and kind == "completion" and span.precision != "day":
                continue  # 9月起按月调度: nothing is due then
            day = first if kind == "effective" or span.precision == "day" else last
            found.append(_made(view, start, text, span.start, span.end, kind, day, last))
    return found


def _made(
    view: View, offset: int, text: str, a: int, b: int, kind: DeadlineKind,
    day: str | None, until: str | None,
) -> Deadline:  # fmt: skip
    at = offset + _quote_start(view, offset, text, a)
    if _FIELD.match(view.text, at):  # 责任单位：…；完成时限：…: the task stands above
        at = max((m.start for m in accepted(view) if m.start <= at), default=at)
    stop = min(offset + len(text), max(at + LONGEST, offset + b))
    after = (
        _CONSEQUENCE.search(view.text, offset + b, offset + len(text)) if kind == "review" else None
    )
    return Deadline(
        kind=kind,
        date=day,
        until=until if until != day else None,
        when=text[a:b] + _tail(text, b),
        consequence=after[0].rstrip("。〔（") if after else "",
        span=view.passage(at, stop),
    )


def _tail(text: str, end: int) -> str:
    found = _TAIL.match(text, end)
    return found[0] if found else ""


def _quote_start(view: View, offset: int, text: str, at: int) -> int:
    """Where the quote begins: with the sentence, below a heading or signature that has no stop."""
    if len(text) > LONGEST:
        return max(text.rfind(mark, 0, at) for mark in "；，。") + 1
    lines = [i for i in range(1, at) if view.at_break(offset + i) and "，" not in text[:i]]
    return lines[-1] if lines else 0


def _expiry(view: View, offset: int, text: str, match: re.Match[str]) -> Deadline:
    until = read_dates(match["until"]) if match["until"] else []
    day = until[0].last_day.isoformat() if until else None
    return _made(view, offset, text, match.start(), match.end(), "expires", day, None)


def _kind(text: str, a: int, b: int, *, rhythm: bool = False) -> DeadlineKind | None:
    """What is due, by the words that follow, else by those before in the clause."""
    following = re.split(r"[；。]", text[b : b + 60])[0]
    leading = re.split(r"[；。，]", text[max(0, a - 30) : a])[-1]
    order = (
        _KINDS if not rhythm else [k for k in _KINDS if k[0] in ("report", "review", "completion")]
    )
    hits = [(m.start(), kind) for kind, p in order if (m := p.search(following))]
    if hits:
        return _preferred(hits)
    hits = [(m.start(), kind) for kind, p in order if (m := p.search(leading))]
    if hits:
        return hits[0][1]
    return "completion" if not rhythm and _BOUND.match(text, b) else None


def _preferred(hits: list[tuple[int, DeadlineKind]]) -> DeadlineKind:
    """The nearest verb; comments, force and expiry win over what follows them."""
    at, first = min(hits)
    objects = [k for p, k in hits if k in ("review", "comment") and p - at <= 10]
    if first == "completion" and objects:  # 完成, 开展 say nothing yet: 开展中期评估
        return objects[0]
    named = [k for at, k in hits if k in ("comment", "effective", "expires") and at <= 24]
    return named[0] if named else first


def _dated_kind(text: str, span: DateSpan, issued: date | None) -> DeadlineKind | None:
    before, after = text[max(0, span.start - 10) : span.start], text[span.end : span.end + 6]
    if _PAST.search(before) or re.match(r"(?:以来|印发|发布的|公布的|通过)", after):
        return None
    in_force = re.search(r"施行|实施|执行", text[span.end : span.end + 8])
    if issued and span.last_day < issued and span.precision != "year" and not in_force:
        return None
    if issued and span.last_day.year < issued.year:
        return None
    ends = ("自", "从", "至", "截至", "为", "：", "于", "在")
    due = _DUE.match(after) or before.endswith(ends)
    if span.precision in ("year", "period") and not _DUE_OF_YEAR.match(after):
        return None
    if not due and not re.search(r"底|末", span.text):
        return None
    if re.search(r"(?:到|比|较)$", before):  # goals stand elsewhere
        return None
    return _kind(text, span.start, span.end)
