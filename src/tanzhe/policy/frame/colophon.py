"""Signature and dates: who signed an official document, on which day, and since when it holds."""

import re
from dataclasses import dataclass

from tanzhe.model.evidence import DateKind
from tanzhe.model.policy import PolicyDate, Stated
from tanzhe.policy.bodies.names import (
    CENTRAL,
    IS_BODY,
    Name,
    blanks,
    opens_name,
    run_of_bodies,
    swallowed,
)
from tanzhe.policy.outline.view import View
from tanzhe.text import DateSpan, read_dates

_AFTER = re.compile(
    r"^(?:[）)]?\s*$|（(?:此件|本件|联系人|联系|主动|公开|此文)|附件|附：|抄送"
    r"|主题词|信息公开|解读|.{0,20}办公[厅室].{0,16}印发)"
)
_PERSON = re.compile(
    r"(?:部长|局长|主任|省长|市长|州长|县长|主席|署长|行长|会长)[\u4e00-\u9fff]{2,4}$"
)
_PRINTED = re.compile(r"^(?:印发|印制|发出)")
# 环境保护部2011年2月10日批准发布的…: told of another document
_TOLD = re.compile(r"(?:批准|发布|公布|印发|颁布)(?:的|《|实施|了)|以来|起(?:施行|实施)|前|至|，")
# Below the title: （2026年2月26日某会议通过 2026年4月12日某部发布）
_RELEASED = re.compile(r"[\u4e00-\u9fff、]{0,30}(?:发布|印发|公布|颁布)）")
_CLOCK = re.compile(r"\s?\d{1,2}[：:]\d{2}")  # nobody signs at a minute; pages are posted at one
_EFFECTIVE = re.compile(r"^(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|起施行)")
_PASSED = re.compile(r"(?:办公[厅室]|会|部|局|委)$")
_MEETING = re.compile(
    r"由?(?P<body>[\u4e00-\u9fff]{2,20}?)(?:\d{4}年)?第?[\d一二三四五六七八九十]*次?[部局委]务会议"
    r"|经(?P<other>[\u4e00-\u9fff]{4,20}?(?:人民政府|人民代表大会常务委员会))"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Colophon:
    """Signature and dates.

    Attributes:
        issuers: bodies that signed, [] when none were found.
        dates: all dates the document gives of itself.
        start: offset in the view where the signature begins, or None.
        end: offset after the signing date, or None.
    """

    issuers: tuple[Stated, ...]
    dates: tuple[PolicyDate, ...]
    start: int | None
    end: int | None


def read_colophon(view: View, after: int) -> Colophon:
    """Signature and dates; the first signature below the head counts.

    Args:
        view: the repaired text.
        after: offset where the head ends.
    """
    spans = [s for s in read_dates(view.text) if s.precision == "day" and not s.inferred]
    signed = next((found for s in spans if (found := _signature(view, s, after))), None)
    kinded = [date for s in spans if (date := _kinded(view, s))]
    dates = list({(date.kind, date.date): date for date in reversed(kinded)}.values())[::-1]
    if signed:
        names, span = signed
        start = names[0].start if names else span.start
        first = _dated(view, span, "signed")
        issuers = tuple(view.stated(n.start, n.end) for n in names)
        return Colophon(issuers=issuers, dates=(first, *dates), start=start, end=span.end)
    return Colophon(issuers=(), dates=tuple(dates), start=None, end=None)


def _dated(view: View, span: DateSpan, kind: DateKind) -> PolicyDate:
    last = span.last_day.isoformat()
    first = span.first_day.isoformat()
    return PolicyDate(
        kind=kind,
        date=first,
        until=last if last != first else None,
        precision=span.precision,
        span=view.passage(span.start, span.end),
    )


def _kinded(view: View, span: DateSpan) -> PolicyDate | None:
    """A date that says of itself what it is: printed on, in force from."""
    after = view.text[span.end : span.end + 12]
    before = view.text[max(0, span.start - 6) : span.start]
    if _PRINTED.match(after) and _PASSED.search(before):
        return _dated(view, span, "issued")
    if _EFFECTIVE.match(after) and before.endswith("自"):
        return _dated(view, span, "effective")
    if _RELEASED.match(view.text, span.end) and view.at_break(view.text.rfind("（", 0, span.start)):
        return _dated(view, span, "issued")
    if before.endswith("（") and after.startswith("）") and view.at_break(span.start - 1):
        return _dated(view, span, "issued")  # alone in brackets below the title
    if re.search(r"发布(?:日期|时间)：?$", before) or _CLOCK.match(after):
        return _dated(view, span, "posted")
    if re.search(r"(?:成文|印发|颁布|公布|签发)(?:日期|时间)】?：?$", before):
        return _dated(view, span, "signed")
    return None


def _signature(view: View, span: DateSpan, floor: int) -> tuple[list[Name], DateSpan] | None:
    """The bodies before a date, where the date ends a line or is followed by what follows it."""
    if span.start < min(floor, 20):
        return None
    following = view.text[span.end : span.end + 40]
    if _TOLD.match(following) or _CLOCK.match(following):
        return None
    at_end = span.end == len(view.text) or view.at_break(span.end)
    closing = at_end or bool(_AFTER.match(following))
    names = _names_before(view, span.start)
    if names:
        return names, span
    own_line = view.at_break(span.start) and at_end
    before = view.text[max(0, span.start - 24) : span.start]
    person = _PERSON.search(before)
    if person:
        return _heads_of(view, span.start, floor), span
    return ([], span) if own_line and closing else None


def _heads_of(view: View, at: int, floor: int) -> list[Name]:
    """The bodies whose heads signed, one after the other: 甲部部长某某 乙局局长某某."""
    found: list[Name] = []
    while person := _PERSON.search(view.text[max(0, at - 24) : at]):
        at = max(0, at - 24) + person.start()
        names = _names_before(view, at)
        if not names:
            break
        found = names + found
        at = names[0].start
    return found


def _names_before(view: View, at: int) -> list[Name]:
    """The longest run of bodies that ends here."""
    low = max(0, at - 420)
    stop = max((view.text.rfind(c, low, at) for c in "。；！？》，、"), default=-1)
    low = max(low, stop + 1)
    marks = blanks(view, low, at)
    starts = sorted({low, *(m for m in marks)} | set(_central_starts(view.text, low, at)))
    torn: list[Name] = []  # may begin with the rest of a name that the line before begins
    for start in starts:
        opens = opens_name(view.text, start, at)
        if at - start < 3 or not (opens or view.at_break(start)):
            continue
        names = run_of_bodies(view.text, start, at, marks)
        if names and all(2 < len(n.text) <= 30 and _fits(n.text) for n in names):
            if opens or view.text[start - 1] in "。；！？》：）】":
                return names
            torn = torn or names
    return torn


_NOT_SIGNED = re.compile(
    r"附件|联系|电话|地址|邮编|工作|方案|通知|意见|印发|单位$|部门$|企业$|机构$"
    r"|会议|^自(?!然|治)|^[按于]|的|处$|站$|队$|所$"
)


def _fits(name: str) -> bool:
    whole = name.count("（") == name.count("）")
    odd = _NOT_SIGNED.search(name) and name not in CENTRAL
    return whole and bool(IS_BODY.match(name)) and not odd and not swallowed(name)


def _central_starts(text: str, low: int, at: int) -> list[int]:
    return [i for i in range(low, at - 2) if opens_name(text, i, at)]


def meeting_body(view: View) -> Stated | None:
    """The body whose meeting passed a regulation: 由生态环境部2022年第四次部务会议审议通过."""
    match = _MEETING.search(view.text[:1200])
    if not match:
        return None
    group = "body" if match["body"] else "other"
    words = re.sub(r"^(?:.*日)?(?:由|经)?", "", match[group])
    start = match.end(group) - len(words)
    known = words in CENTRAL or bool(IS_BODY.match(words))
    return view.stated(start, match.end(group)) if known and len(words) >= 3 else None
