"""Which of a sentence's dates is the event's, and what kind of date it is."""

import re
from collections.abc import Iterable

from tanzhe.evidence.triggers import Trigger
from tanzhe.model.evidence import DateKind
from tanzhe.text import DateSpan

_BASE = re.compile(r"(?:较|比|相较于?|不及|高于|低于|到|截至|截止到?|compared with|than in)\s*$")
# A bound or a goal: 2023年1月1日（含）以后新投产, 2020年底前, 2020年初步建立.
_BOUND = re.compile(r"同期|步|(?:底|末)?(?:（含）)?(?:之|以)?(?:前|后)(?!三|续)")
# 实施方案 is a name.
_EFFECTIVE = re.compile(r"施行|生效|(?:执行|实施)(?!方案|意见|细则|办法|计划)")
_ISSUED = re.compile(r"印发|发布|下发|出台|公布|issued|released")


def is_usable(span: DateSpan) -> bool:
    """A plan of five years dates nothing."""
    return (span.last_day - span.first_day).days <= 370


def _is_base(sentence: str, span: DateSpan) -> bool:
    """Whether a date is a base, a goal or a bound: 较2020年减产三成, 到2020年, 2023年以后."""
    before = _BASE.search(sentence[: span.start])
    return before is not None or _BOUND.match(sentence, span.end) is not None


def nearest_date(sentence: str, spans: Iterable[DateSpan], trigger: Trigger) -> DateSpan | None:
    """The date before the trigger and nearest to it, else the nearest after it."""
    usable = [span for span in spans if is_usable(span) and not _is_base(sentence, span)]
    before = [span for span in usable if span.end <= trigger.start]
    after = [span for span in usable if span.start >= trigger.end]
    if before:
        return max(before, key=lambda span: span.end)
    return min(after, key=lambda span: span.start) if after else None


def date_kind(sentence: str, span: DateSpan, trigger: Trigger) -> DateKind:
    """What kind of date it is, by what comes first after it, else before it."""
    after = sentence[span.end : span.end + 14]
    before = sentence[max(0, span.start - 6) : span.start]
    for words in (after, before):
        issued, effective = _ISSUED.search(words), _EFFECTIVE.search(words)
        if issued and not (effective and effective.start() < issued.start()):
            return "issued"
        if effective and trigger.kind == "policy":
            return "effective"
    return "issued" if trigger.kind == "policy" else "happened"
