"""What each line of a report is: heading, numbered, bullet, table row, rule or plain."""

import re
from dataclasses import dataclass
from typing import Literal

from tanzhe.audits.lines.labels import role_of, worded
from tanzhe.audits.records import Days
from tanzhe.audits.spans import dates_in
from tanzhe.text import DateSpan

MarkKind = Literal["blank", "rule", "heading", "number", "bullet", "row", "plain"]

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s*(.*?)\s*#*$")
_RULE = re.compile(r"^\s*(?:[-*_=—─]\s*){3,}$")
_NUMBER = re.compile(
    r"^(\s*)(?:\*\*)?(?:\d{1,2}\s*(?:[、)）]|[.．](?!\d)|[.．](?=(?:19|20)\d{2}\s*[年./-]))|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]"
    r"|[一二三四五六七八九十]{1,3}[、.]|[①-⑳]|第[一二三四五六七八九十]{1,2}[，,、])\s*(.*)$"
)
_BULLET = re.compile(r"^(\s*)[-*+•·▪●○◆◦–]\s+(.*)$")
_CONFIDENCE = re.compile(
    r"(?:置信度|可信度|靠谱程度|把握|置信水平|confidence)\s*[:：为是]?\s*"
    r"(?:约)?\s*(\d{1,3}(?:\.\d+)?)\s*([%％]?)",
    re.I,
)
_POINT_WORD = re.compile(r"转折|变点|断点|节点|turning point|break", re.I)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One line: what it is, how far indented, and its words without the mark."""

    kind: MarkKind
    text: str
    indent: int = 0
    level: int = 0


def mark_of(line: str) -> Mark:
    """What a line is.

    Example:
        >>> mark_of("## 2021年9月").kind, mark_of("   - 地点：云南").indent
        ('heading', 3)
    """
    if not line.strip():
        return Mark(kind="blank", text="")
    if _RULE.match(line):
        return Mark(kind="rule", text="")
    line = re.sub(r"^\s*(?:>\s?)+", "", line)
    if match := _HEADING.match(line):
        return Mark(kind="heading", text=match[2], level=len(match[1]))
    if line.lstrip().startswith("|"):
        return Mark(kind="row", text=line.strip())
    signed = worded(line.lstrip().removeprefix("- "))
    if signed != line.lstrip().removeprefix("- "):
        return Mark(kind="plain", text=signed, indent=len(line) - len(line.lstrip()))
    for kind, pattern in (("bullet", _BULLET), ("number", _NUMBER)):
        if match := pattern.match(line):
            text = match[2]
            if kind == "number" and text.count("**") % 2 and "**" in line[: match.start(2)]:
                text = f"**{text}"  # the mark stood inside the bold words
            return Mark(kind=kind, text=text, indent=len(match[1]))  # type: ignore[arg-type]
    return Mark(kind="plain", text=line.strip(), indent=len(line) - len(line.lstrip()))


def bare(text: str) -> str:
    """Words without Markdown's stars, ticks and heading signs."""
    return re.sub(r"\*\*|__|`|^#+\s*", "", text).strip()


def as_days(span: DateSpan) -> Days:
    """A date of a text as a claim."""
    return Days(first=span.first_day, last=span.last_day, precision=span.precision, text=span.text)


def confidence_in(text: str) -> float | None:
    """A stated confidence as a probability.

    Example:
        >>> confidence_in("置信度：65%"), confidence_in("confidence 0.56")
        (0.65, 0.56)
    """
    match = _CONFIDENCE.search(text)
    if not match:
        return None
    value = float(match[1])
    return value / 100 if match[2] or value > 1 else value


LONGEST_POINT = 184  # days: a longer period is what was searched, not when it turned


def _is_long(span: DateSpan) -> bool:
    return span.precision == "period" and (span.last_day - span.first_day).days > LONGEST_POINT


def point_days(mark: Mark, *, first_line: bool, alone: bool) -> tuple[bool, Days | None]:
    """Whether a line heads a turning point, and the date it says.

    Args:
        mark: the line.
        first_line: nothing but blank lines stood before it.
        alone: the line before it is blank or a rule.
    """
    if mark.kind in ("blank", "rule", "row", "bullet") or len(mark.text) > 120:
        return False, None
    text = re.sub(r"^\d{1,2}(?:\.\d{1,2})*[.、)]?\s+(?=\D)", "", bare(mark.text))
    spans = [s for s in dates_in(text) if not s.inferred and not _is_long(s)]
    span = spans[0] if spans else None
    word = bool(_POINT_WORD.search(text[:14]) or role_of(re.split(r"[:：]", text)[0]) == "point")
    sure = confidence_in(text) is not None
    days = as_days(span) if span else None
    if first_line and (mark.level == 1 or mark.kind == "plain") and not sure:
        return False, None
    if mark.kind == "heading" and ((span and span.start <= 12) or (word and sure)):
        return True, days
    if word and span and span.start <= 24 and "共" not in text[: span.start]:
        return True, days
    if sure and span and span.start <= 12:
        return True, days
    whole = span is not None and not (text[: span.start] + text[span.end :]).strip(" 　：:。")
    alone = alone or (whole and span is not None and span.precision not in ("year", "period"))
    if span and span.start <= 1 and alone and mark.kind in ("plain", "number"):
        short = len(text) <= 40 and not re.search(r"[。；，]", text)
        chinese = mark.kind == "plain" or bool(re.match(r"\d{4}", text))
        ends = not text[span.end :].strip() or text[span.end : span.end + 1] in "：:（( "
        return short and chinese and ends, days
    return False, None
