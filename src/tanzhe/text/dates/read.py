"""Dates and periods in Chinese and English text, each a span."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from tanzhe.characters import plain as plain_of
from tanzhe.model.evidence import Precision
from tanzhe.numerals import NUMBER_CHARS
from tanzhe.text.dates.context import CONTEXT
from tanzhe.text.dates.daynumbers import DAY_NUMBERS
from tanzhe.text.dates.days import Days, Reader, Rule
from tanzhe.text.dates.english import ENGLISH
from tanzhe.text.dates.eras import ERAS
from tanzhe.text.dates.festivals import festivals
from tanzhe.text.dates.numeric import NUMERIC
from tanzhe.text.dates.relative import RELATIVE
from tanzhe.text.dates.words import DATES, MASKS
from tanzhe.text.spans import Span, as_written, leftmost_longest

DateQualifier = Literal["as_of", "before", "since", "about"]


@dataclass(frozen=True, kw_only=True, slots=True)
class DateSpan(Span):
    """A day or period named in a text.

    Attributes:
        first_day: first day of what is named.
        last_day: last day, inclusive.
        precision: how exactly the text says it.
        approximate: True for 初、底、年底 and the like, where the days are our convention.
        qualifier: 截至 `as_of` (first_day and last_day are then the last day), 前 `before`,
            以来 `since`, 左右 `about`, or None.
        inferred: True when the year comes from context or from the reference day.
    """

    first_day: date
    last_day: date
    precision: Precision
    approximate: bool = False
    qualifier: DateQualifier | None = None
    inferred: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found(Span):
    """A match before overlaps are settled; `days` None: it looks like a date and is none."""

    match: re.Match[str]
    rule: Rule


BEFORE_AS_OF = re.compile(r"(截至|截止到?|到|止于|as of|until|by)(?:\s+the)?\s*$", re.I)
_WITH = r"\s*(?:[（(]含[当本]?[日天年月季度]*[)）])?\s*(?:(?:及|或|和)其?)?"  # （含）及以前, 或之后
BEFORE_BEFORE = re.compile(r"(?:不晚于|不迟于|最迟于?|早于)\s*$")
AFTER_BEFORE = re.compile(
    rf"{_WITH}(?:之前|以前|前(?!三|两|二|四|五|六|七|八|九|十|\d|后|期|述|列|景|沿))"
)
AFTER_SINCE = re.compile(rf"{_WITH}(?:以来|至今|到现在|到目前|迄今|起|之后|以后|后(?!续|期|方))")
BEFORE_SINCE = re.compile(r"(自从|自|从|since)\s*$", re.I)
AFTER_ABOUT = re.compile(r"\s*(左右|前后)")
BEFORE_ABOUT = re.compile(r"(大约|约|around|about)\s*$", re.I)
JOINT = re.compile(r"\s*(?:[-—–－~～―]{1,2}|至|到|起至|开始至|to|and|until|through)\s*")
BOTH_ENDS = re.compile(r"之间|间(?![断接隔])")  # 2007年与2009年间
NUMERALS = re.compile(rf"[{NUMBER_CHARS}]")
LATIN = re.compile(r"[A-Za-z]")
SENTENCE = re.compile(r"[。！？!?\n；]")


def _masked(text: str) -> str:
    """Document numbers give way, so that their years are not read as dates."""
    for mask in MASKS:
        text = mask.sub(lambda m: "\0" * len(m[0]), text)
    return text


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """All rules with their patterns, compiled when first needed."""
    rules = (*DATES, *NUMERIC, *DAY_NUMBERS, *CONTEXT, *RELATIVE, *festivals(), *ERAS, *ENGLISH)
    return tuple((re.compile(rule.pattern), rule) for rule in rules)


@cache
def _chinese_rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """The rules that a text without Latin letters can meet."""
    english = {id(rule) for rule in ENGLISH}
    return tuple((pattern, rule) for pattern, rule in _rules() if id(rule) not in english)


@lru_cache(maxsize=1024)  # dates and quantities of a passage are both read from this
def _matches(text: str) -> tuple[_Found, ...]:
    found = [
        _Found(start=m.start(), end=m.end(), text=m[0], match=m, rule=rule)
        for pattern, rule in (_rules() if LATIN.search(text) else _chinese_rules())
        for m in pattern.finditer(text)
    ]
    return tuple(leftmost_longest(found))


def _days(found: _Found, reader: Reader) -> Days | None:
    groups = {name: words or "" for name, words in found.match.groupdict().items()}
    try:
        return found.rule.read(groups, reader)
    except (ValueError, OverflowError):  # the day does not exist in the calendar
        return None


def _deadline(span: DateSpan, reference: date | None) -> DateSpan:
    """12月31日前 without a year lies ahead, also in January."""
    days = (span.first_day, span.last_day)
    if span.inferred and reference and span.last_day < reference and span.precision == "day":
        days = (days[0].replace(year=reference.year), days[1].replace(year=reference.year))
    return replace(span, qualifier="before", first_day=days[0], last_day=days[1])


def _qualified(span: DateSpan, text: str, reference: date | None) -> DateSpan:
    left, right = text[max(0, span.start - 8) : span.start], text[span.end : span.end + 12]
    if BEFORE_AS_OF.search(left) and not AFTER_BEFORE.match(right):
        return replace(span, qualifier="as_of", first_day=span.last_day)
    if AFTER_BEFORE.match(right) or BEFORE_BEFORE.search(left):
        return _deadline(span, reference)
    # 从…到… ends where it says.
    whole = span.precision == "period" and JOINT.search(span.text) is not None
    if not whole and (AFTER_SINCE.match(right) or BEFORE_SINCE.search(left)):
        return replace(span, qualifier="since")
    if AFTER_ABOUT.match(right) or BEFORE_ABOUT.search(left):
        return replace(span, qualifier="about", approximate=True)
    return span


def _same_year(first: DateSpan, second: DateSpan) -> DateSpan:
    """May 10 and June 3, 2021: the first lies in the year of the second."""
    if not first.inferred or second.inferred:
        return first
    year = second.first_day.year
    try:
        days = (first.first_day.replace(year=year), first.last_day.replace(year=year))
    except ValueError:  # 29 February
        return first
    return replace(first, first_day=days[0], last_day=days[1])


def _between(first: DateSpan, second: DateSpan, text: str) -> bool:
    """Whether what stands between two dates makes them one period: 至, or 与 … 之间."""
    gap = text[first.end : second.start]
    return bool(JOINT.fullmatch(gap)) or (
        gap.strip() in ("与", "和", "及") and BOTH_ENDS.match(text, second.end) is not None
    )


def _joined(spans: list[DateSpan], text: str) -> list[DateSpan]:
    """Two dates with 至 or a dash between them are one period."""
    joined: list[DateSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        beside = last and last.precision != "period" and _between(last, span, text)
        if last and beside:
            last = _same_year(last, span)
        if last and beside and last.first_day <= span.last_day:
            joined[-1] = DateSpan(
                start=last.start,
                end=span.end,
                text=text[last.start : span.end],
                first_day=last.first_day,
                last_day=span.last_day,
                precision="period",
                approximate=last.approximate or span.approximate,
                inferred=last.inferred,
            )
        else:
            joined.append(span)
    return joined


def _readings(
    plain: str, reference: date | None, *, counted: bool
) -> Iterator[tuple[_Found, Days | None]]:
    """What looks like a date, from left to right, with its days; None where it says none."""
    reader = Reader(reference)
    breaks = SENTENCE.finditer(plain)
    next_break = next(breaks, None)
    for found in _matches(plain):
        while next_break is not None and next_break.start() < found.start:
            if next_break[0] == "\n":
                reader.new_paragraph()
            else:
                reader.new_sentence()
            next_break = next(breaks, None)
        if found.rule.counted and not counted:
            continue
        days = _days(found, reader)
        if days is not None and date(1900, 1, 1) <= days.first <= days.last:
            reader.saw(days)
            yield found, days
        else:
            yield found, None


def date_places(text: str, reference: date | None) -> list[Span]:
    """Where a text names a date, or what looks like one and cannot be settled (2月30日, 每月5日).

    Durations counted from the day of writing (近三年) are not among them: they are numbers too.
    """
    readings = _readings(_masked(plain_of(text)), reference, counted=False)
    return [found for found, days in readings if days or NUMERALS.search(found.text)]


def date_spans(text: str, reference: date | None) -> list[DateSpan]:
    """Dates of a text, also durations counted from the day of writing (近三年)."""
    plain = _masked(plain_of(text))
    spans = [
        DateSpan(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            first_day=days.first,
            last_day=days.last,
            precision=days.precision,
            approximate=days.approximate,
            inferred=days.inferred,
        )
        for found, days in _readings(plain, reference, counted=True)
        if days
    ]
    joined = as_written(_joined(spans, plain), text)
    return [_qualified(span, plain, reference) for span in joined]


def read_dates(text: str, reference: date | None = None) -> list[DateSpan]:
    """All dates and periods of a text, in order.

    A year that is not written is taken from the same sentence, else from `reference`, else from
    earlier in the text; without any of them 5月10日 is not reported. With a reference in January
    to March, October to December mean the year before. Days that do not exist (2月30日) and
    years of document numbers (〔2021〕5号) are not dates.

    Args:
        text: Chinese or English.
        reference: the day the text was written, for 今年, 去年, 上月 and missing years.

    Returns:
        Spans with `text[start:end] == span.text`, not overlapping.

    Example:
        >>> [(s.text, str(s.first_day), str(s.last_day)) for s in read_dates("2021年5月中旬起")]
        [('2021年5月中旬', '2021-05-11', '2021-05-20')]
    """
    return date_spans(text, reference)
