"""Which of a sentence's dates is the event's, and what kind of date it is."""

import re
from collections.abc import Iterable

from tanzhe.characters import simplified
from tanzhe.evidence.events.triggers import Trigger
from tanzhe.model.evidence import DateKind
from tanzhe.text import DateSpan

_BASE = re.compile(r"(?:较|比|相较于?|不及|高于|低于|到|截至|截止到?|compared with|than in)\s*$")
# A bound or a goal: 2023年1月1日（含）以后新投产, 2020年底前, 2020年初步建立.
_BOUND = re.compile(
    r"同期|步|(?:底|末)?(?:（含）)?(?:及|或)?(?:之|以)?(?:前|后)(?!三|续)|[^，。；]{0,14}基础上"
)
# When something was told (新华社北京3月5日电, 8日表示, 记者24日获悉) is not when it happened.
_TOLD = (
    "(?:获悉|了解到|得知|报道|消息|介绍|透露|表示|指出|强调|通报|告诉|坦言|认为"
    "|(?<![简统名合又俗对号职])称(?!为|作|号)|说(?!明))"
)
_TOLD_AFTER = re.compile(
    r"\s*(?:电|讯|消息|报道)(?![力解站厂网价器池机炉])|[\d\s:：]{0,9}来源[:：]"
    r"|\s*\([A-Z][A-Za-z ]{1,20}\)\s*(?:--|[—–-])|[，,]?\s*(?:本报|本网)?记者"
    rf"|[^，。；、\n]{{0,30}}?{_TOLD}"
)
_TOLD_BEFORE = re.compile(r"(?:记者|据)[^，。；\n]{0,20}$|(?:said|reported)\s+(?:on\s+)?$", re.I)
_DECLARED = re.compile(r"[^，。；\n]{0,12}宣布[^，。；\n]{0,24}[，：]")  # 8日宣布，其工厂已投产
# Nor is the day a page says of itself, or that of an address.
_LABEL = re.compile(r"(?:时间|日期|posted|published|date)\s*[:：]\s*$", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s（）()，。；]+", re.I)
# 实施方案 is a name.
_EFFECTIVE = re.compile(r"施行|生效|(?:执行|实施)(?!方案|意见|细则|办法|计划)")
_ISSUED = re.compile(r"印发|发布|下发|出台|公布|issued|released")


def is_usable(span: DateSpan) -> bool:
    """A plan of five years dates nothing."""
    return (span.last_day - span.first_day).days <= 370


def is_own_day(sentence: str, span: DateSpan) -> bool:
    """Whether a date says when something happened, and not when it was told or put on a page.

    Example:
        >>> from tanzhe.text import read_dates
        >>> text = "新华社北京2021年3月5日电 2021年3月1日起限电"
        >>> [is_own_day(text, span) for span in read_dates(text)]
        [False, True]
    """
    before, written = sentence[: span.start], simplified(sentence)
    if _LABEL.search(before) or _TOLD_BEFORE.search(written[: span.start]):
        return False
    if _TOLD_AFTER.match(written, span.end) or _DECLARED.match(written, span.end):
        return False
    return not any(a.start() <= span.start < a.end() for a in _ADDRESS.finditer(sentence))


def _is_base(sentence: str, span: DateSpan) -> bool:
    """Whether a date is a base, a goal or a bound: 较2020年减产三成, 到2020年, 2023年以后."""
    before = _BASE.search(sentence[: span.start])
    return before is not None or _BOUND.match(sentence, span.end) is not None


def nearest_date(sentence: str, spans: Iterable[DateSpan], trigger: Trigger) -> DateSpan | None:
    """The date before the trigger and nearest to it, else the nearest after it."""
    usable = [
        span
        for span in spans
        if is_usable(span) and is_own_day(sentence, span) and not _is_base(sentence, span)
    ]
    before = [span for span in usable if span.end <= trigger.start]
    after = [span for span in usable if span.start >= trigger.end]
    if before:
        return max(before, key=lambda span: span.end)
    return min(after, key=lambda span: span.start) if after else None


def date_kind(sentence: str, span: DateSpan, trigger: Trigger) -> DateKind:
    """What kind of date it is, by what comes first after it, else before it."""
    after = sentence[span.end : span.end + 14]
    before = re.split("[，。；]", sentence[max(0, span.start - 6) : span.start])[-1]
    for words in (after, before):
        issued, effective = _ISSUED.search(words), _EFFECTIVE.search(words)
        if issued and not (effective and effective.start() < issued.start()):
            return "issued"
        if effective and trigger.kind == "policy":
            return "effective"
    return "issued" if trigger.kind == "policy" else "happened"
