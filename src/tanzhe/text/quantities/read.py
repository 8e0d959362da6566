"""Numbers with units in Chinese and English text, each a span."""

import re
from dataclasses import replace
from datetime import date

from tanzhe.characters import plain as plain_of
from tanzhe.operators import BOUNDS, Bound, spellings
from tanzhe.text.dates.read import date_places
from tanzhe.text.dates.words import MASKS
from tanzhe.text.gaps import Closed
from tanzhe.text.quantities.amounts import TWO_AMOUNTS, Change, QuantitySpan
from tanzhe.text.quantities.compounds import quantity_of, shapes
from tanzhe.text.spans import Span, leftmost_longest

__all__ = ["Bound", "Change", "QuantitySpan", "read_quantities"]

_DOWN = (
    "下降|减少|降低|压减|减产|下滑|削减|缩减|回落|压降|限产|下调|减排|降幅|压缩|"
    "少产|下跌|缩小|降|减|down|fell|cut|drop(?:ped)?|decline[ds]?|reduced?|"
    "decrease[ds]?"
)
_UP = (
    "增长|增加|提高|上升|提升|上涨|上浮|扩大|增幅|涨幅|新增|增产|增|涨|升|up|"
    "rose|rise|grew|growth|increase[ds]?"
)
_FILLERS = (
    "了|近|约|逾|超|超过|至少|不低于|幅度|比例|达到?|为|[^\\S\\n]"
    "|by|about|over|around|more than|nearly"
)
CHANGE = re.compile(
    rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?P<reached>[到至为]|\s*to)?(?:{_FILLERS})*$", re.I
)
BEFORE = tuple(
    (
        bound,
        re.compile(
            rf"(?:{spellings(bound, 'signs', 'words', 'near')})\s*(?:为|可?达到?)?\s*$", re.I
        ),
    )
    for bound in BOUNDS
)
AFTER = tuple(
    (bound, re.compile(rf"\s*(?:{words})"))
    for bound in BOUNDS
    if (words := spellings(bound, "behind"))
)


def _candidates(plain: str) -> list[QuantitySpan]:
    """The longest reading at each place; what says no quantity keeps its place as well."""
    found: list[Span] = []
    for pattern, read in shapes():
        for m in pattern.finditer(plain):
            span = quantity_of(m, read)
            found.append(span or Span(start=m.start(), end=m.end(), text=m[0]))
    return [span for span in leftmost_longest(found) if isinstance(span, QuantitySpan)]


def _bound(span: QuantitySpan, plain: str) -> QuantitySpan:
    left, right = plain[max(0, span.start - 14) : span.start], plain[span.end : span.end + 6]
    for bound, pattern in AFTER:
        if pattern.match(right):
            return replace(span, bound=bound)
    for bound, pattern in BEFORE:
        if pattern.search(left):
            return replace(span, bound=bound)
    return span


def _changed(span: QuantitySpan, plain: str) -> QuantitySpan:
    if span.change:
        return span
    found = CHANGE.search(plain[max(0, span.start - 24) : span.start])
    if not found:
        return span
    change: Change = "down" if found["down"] else "up"
    return replace(span, change=change, reached=bool(found["reached"]))


def read_quantities(text: str, reference: date | None = None) -> list[QuantitySpan]:
    """All numbers with their units, in order; dates and document numbers are left out.

    Args:
        text: Chinese or English.
        reference: the day the text was written; passed on to `read_dates`.

    Returns:
        Spans with `text[start:end] == span.text`, not overlapping. The span is number and unit;
        约, 以上 and 下降 stand in `bound` and `change`.

    Example:
        >>> [(q.value, q.unit) for q in read_quantities("年产值183.3亿元，能耗下降8.3%")]
        [(18330000000.0, '元'), (8.3, '%')]
    """
    plain = plain_of(text)
    hidden = list(TWO_AMOUNTS.sub("\\g<first>\0", plain))
    for mask in MASKS:
        for m in mask.finditer(plain):
            hidden[m.start() : m.end()] = "\0" * len(m[0])
    for day in date_places(text, reference or date(2000, 6, 1)):
        hidden[day.start : day.end] = "\0" * (day.end - day.start)
    shown = "".join(hidden)
    closed = Closed(shown)
    spans = closed.led_back(_candidates(closed.text), text)
    return [_changed(_bound(span, plain), plain) for span in spans]
