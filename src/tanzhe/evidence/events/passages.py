"""The sentences of a document, and the day it was written."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tanzhe.model import Quote
from tanzhe.text import read_dates
from tanzhe.text.files.boilerplate import without_boilerplate

HEAD = 1500  # characters in which a page says when it was posted
LEAD = 220  # characters of text after the title that count as its lead

_POSTED = re.compile(
    r"(?:^[#>*\s-]*(?:发布(?:时间|日期)|发文日期|成文日期|日期|时间|PubDate|posted|published|date)"
    r"|(?<=[\s|｜])发布(?:时间|日期))\s*[:：]\s*(?P<day>[^\n]{6,30})"
    # News pages state the hour under the headline: 2022-08-16 08:30 来源.
    r"|^\s*(?P<hour>20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s+\d{1,2}:\d\d",
    re.I | re.M,
)
_ALONE = re.compile(
    r"(?:^|[\n\s。])(?P<day>(?:20\d\d|二[〇○零]\S{2})\s*年[^\n。]{1,6}月[^\n。"
    r"]{1,4}日)(?=\s|$|（)"
)
_EFFECTIVE = re.compile(
    r"(?:本|该)?(?:办法|规定|条例|规则|标准|通知|方案|细则|公告|意见|规范)?自\s*"
    r"(?P<day>20\d\d年\d{1,2}月\d{1,2}日)\s*起(?:正式)?(?:施行|实施|执行|生效)"
)
# The last line of an official print: 生态环境部办公厅2022年6月13日印发.
_PRINTED = re.compile(
    r"(?P<body>[一-鿿]{2,24}?办公(?:厅|室))\s*(?P<day>20\d\d年\d{1,2}月\d{1,2}日)\s*印发"
)
_ENDS = re.compile(r"[。！？；\n]|(?<=[a-z\d\)])\.(?=\s+[A-Z])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: its offsets in the document's text and its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day a document says of itself, with the offsets of its words."""

    day: date
    start: int
    end: int
    kind: str


def quote(document: str, text: str, start: int, end: int) -> Quote:
    """The quote of a span; its words are cut from the text, never retyped."""
    return Quote(document=document, start=start, end=end, text=text[start:end])


def passages(text: str) -> list[Passage]:
    """The sentences of a text, in order, without white space at their ends.

    What only stands around the text of a page is none.

    Example:
        >>> [p.text for p in passages("一、限电。 二、停产")]
        ['一、限电', '二、停产']
    """
    text = without_boilerplate(text)
    found: list[Passage] = []
    at = 0
    for end in [*(m.start() for m in _ENDS.finditer(text)), len(text)]:
        words = text[at:end]
        kept = words.strip()
        if kept:
            start = at + words.index(kept[0])
            found.append(Passage(start, start + len(kept), kept))
        at = end + 1
    return found


def _first_day(text: str, start: int, end: int, kind: str) -> StatedDay | None:
    for span in read_dates(text[start:end], date(2000, 1, 1)):
        if span.precision == "day" and not span.inferred:
            return StatedDay(span.first_day, start + span.start, start + span.end, kind)
    return None


def posted_day(text: str) -> StatedDay | None:
    """The day of posting that the head of the text states."""
    text = without_boilerplate(text)
    match = _POSTED.search(text[:HEAD])
    if match is None:
        return None
    group = "day" if match["day"] else "hour"
    return _first_day(text, match.start(group), match.end(group), "posted")


def signed_day(text: str) -> StatedDay | None:
    """The day under the text of an official document: the last one that stands alone."""
    text = without_boilerplate(text)
    matches = list(_ALONE.finditer(text))
    for match in reversed(matches):
        found = _first_day(text, match.start("day"), match.end("day"), "signed")
        if found:
            return found
    return None


def printed_line(text: str) -> tuple[StatedDay, int, int] | None:
    """The day on which an official document was issued, and where the issuing office stands.

    Example:
        >>> text = "生态环境部办公厅2022年6月13日印发"
        >>> stated, start, end = printed_line(text)
        >>> str(stated.day), text[start:end]
        ('2022-06-13', '生态环境部办公厅')
    """
    text = without_boilerplate(text)
    matches = list(_PRINTED.finditer(text))
    if not matches:
        return None
    last = matches[-1]
    stated = _first_day(text, last.start("day"), last.end("day"), "issued")
    return (stated, last.start("body"), last.end("body")) if stated else None


def effective_day(text: str) -> StatedDay | None:
    """The day from which a document says that it applies, when it names one such day only.

    Example:
        >>> stated = effective_day("第四十三条　本办法自2021年2月1日起施行。")
        >>> str(stated.day) if stated else None
        '2021-02-01'
    """
    text = without_boilerplate(text)
    matches = list(_EFFECTIVE.finditer(text))
    if len({match["day"] for match in matches}) != 1:
        return None
    return _first_day(text, matches[0].start("day"), matches[0].end("day"), "effective")


@lru_cache(maxsize=16)
def _kept_passages(text: str) -> tuple[Passage, ...]:
    return tuple(passages(text))


def passage_at(text: str, offset: int) -> Passage:
    """The sentence that holds an offset, or the whole text where none does."""
    known = _kept_passages(text)
    at = bisect_right(known, offset, key=lambda passage: passage.start) - 1
    if at >= 0 and known[at].start <= offset < known[at].end:
        return known[at]
    return Passage(0, len(text), text)


@lru_cache(maxsize=64)
def reference_day(text: str) -> date | None:
    """The day that 今年 and 5月10日 refer to: posting, else signing, else none."""
    stated = posted_day(text) or signed_day(text)
    return stated.day if stated else None
