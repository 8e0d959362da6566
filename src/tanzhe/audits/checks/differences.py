"""A stated change against the two levels it lies between: cut by D, from A to B."""

import itertools
import re

from tanzhe.audits.checks.sentences import Sentence, tell
from tanzhe.audits.records import Verdicts
from tanzhe.errors import Words
from tanzhe.text import QuantitySpan

_FROM = re.compile(r"(?:[由从自]|\bfrom)[^，。；,;\d]{0,20}$", re.I)
_FROM_YEAR = re.compile(r"(?:[由从自]|\bfrom)[^，。；,;]{0,24}$", re.I)  # 从2020年的24977万吨
_TO = re.compile(
    r"(?:[至到为]|\bto|\binto)\s*(?:了|约|about )?(?:20\d{2}年(?:\d{1,2}月)?的?)?$", re.I
)
_BY = re.compile(
    r"\bby (?:about |some )?$|(?:压减|下降|提高|[减增降升])[^，。；\d]{0,8}$"
    r"|\b(?:down|up|a (?:cut|fall|drop|rise|decrease|increase|reduction) of)\s*$", re.I,
)  # fmt: skip
# Of another base, or of many years: not the difference of the two levels.
_OTHER = re.compile(
    r"其中|同时|另外|同比|环比|累计|年均|平均|每年|计划|of which|annual|per year"
    r"|year[- ]on[- ]year",
    re.I,
)
MOST_APART = 60  # letters between two neighbours of the three amounts
SLACK = 0.01  # of the change: beyond what rounding to the last digits leaves open


def check_differences(at: Sentence, verdicts: Verdicts) -> None:
    """Three amounts of one unit side by side, one led by from, one by to, one by by."""
    spans = [s for s in at.spans if s.unit and s.low == s.high and not s.bound]
    for three in zip(spans, spans[1:], spans[2:], strict=False):
        roles = {_role(at, span): span for span in three}
        if len({s.unit for s in three}) > 1 or set(roles) != {"from", "to", "by"}:
            continue
        words = at.text[three[0].start : three[-1].end]
        gaps = [b.start - a.end for a, b in itertools.pairwise(three)]
        if max(gaps) > MOST_APART or _OTHER.search(words):
            continue
        _judge(at, roles["from"], roles["to"], roles["by"], verdicts)


def _role(at: Sentence, span: QuantitySpan) -> str:
    before = at.text[max(0, span.start - 26) : span.start]
    if span.reached or _TO.search(before):
        return "to"
    if _FROM.search(before):
        return "from"
    if span.change or _BY.search(before):
        return "by"
    return "from" if _FROM_YEAR.search(before) else ""


def _judge(
    at: Sentence, start: QuantitySpan, end: QuantitySpan, by: QuantitySpan, verdicts: Verdicts
) -> None:
    true, told = abs(start.value - end.value), abs(by.value)
    slack = sum(_half_digit(s) for s in (start, end, by)) + SLACK * told
    relative = 100 * true / start.value if by.unit == "%" and start.value else told
    if abs(true - told) <= slack or (by.unit == "%" and abs(relative - told) <= 0.6):
        words = Words(
            f"“{by.text}”是“{start.text}”与“{end.text}”之差",
            f"“{by.text}” is the difference of “{start.text}” and “{end.text}”",
        )
        verdicts.right(at.item, at.line, at.label or "正文", words)
        return
    shown = by.text.replace(_number(by), f"{true * float(_number(by)) / told:.4g}", 1)
    told_zh = f"“{start.text}”与“{end.text}”相差 {shown}，不是“{by.text}”"
    told_en = f"“{start.text}” and “{end.text}” differ by {shown}, not “{by.text}”"
    tell(at, Words(told_zh, told_en), verdicts)


def _number(span: QuantitySpan) -> str:
    match = re.search(r"\d+(?:\.\d+)?", span.text.replace(",", ""))
    return match[0] if match else "1"


def _half_digit(span: QuantitySpan) -> float:
    """Half a unit of the last digit an amount is written with."""
    number = _number(span)
    places = len(number.partition(".")[2])
    return 0.5 * 10.0**-places * abs(span.value) / float(number) if float(number) else 0.0
