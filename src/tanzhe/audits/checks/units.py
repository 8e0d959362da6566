"""One amount told twice in other units, over other times, or in two languages."""

import itertools
import re

from tanzhe.audits.checks.sentences import Sentence, tell
from tanzhe.audits.records import Verdicts
from tanzhe.errors import Words
from tanzhe.text import QuantitySpan

# Sizes within one dimension; the units are those of `read_quantities`.
_SIZES: tuple[dict[str, float], ...] = (
    {"克": 1e-6, "千克": 1e-3, "公斤": 1e-3, "吨": 1.0, "kg": 1e-3},
    {"千瓦": 1.0, "兆瓦": 1e3, "吉瓦": 1e6, "瓦": 1e-3, "MW": 1e3, "GW": 1e6, "kW": 1.0},
    {"千瓦时": 1.0, "度": 1.0, "兆瓦时": 1e3, "吉瓦时": 1e6, "太瓦时": 1e9},
    {"平方米": 1.0, "亩": 666.667, "公顷": 1e4, "平方公里": 1e6},
    {"米": 1.0, "公里": 1e3, "千米": 1e3},
)
_EQUALS = re.compile(
    r"\s*(?:[，,]?\s*(?:即|也就是|合|折合|约合|相当于|等于|or|i\.e\.|that is|equ(?:al|ivalent) to)"
    r"(?:约|近|about)?\s*|[（(]\s*(?:即|合|约|约合|折合|or|about|=)?\s*)", re.I,
)  # fmt: skip
_DAY = re.compile(r"每[天日]|日均|日产|[/／]\s*[天日d]|per day|a day|daily", re.I)
_YEAR = re.compile(r"每年|年产|年均|一年|全年|[/／]\s*[年a]|per year|a year|annual|annually", re.I)
LEAST_DAYS, MOST_DAYS = 200.0, 370.0  # a plant runs that many days of a year
SLACK = 0.05  # of an amount converted and rounded


def check_units(at: Sentence, verdicts: Verdicts) -> None:
    """Amounts of a sentence that are told in two units or for a day and a year."""
    for one, two in itertools.pairwise(at.spans):
        between = at.text[one.end : two.start]
        if _EQUALS.fullmatch(between):
            _converted(at, one, two, verdicts)
        if len(between) <= 30 and one.unit and one.unit == two.unit:
            _daily(at, one, two, verdicts)


def _converted(at: Sentence, one: QuantitySpan, two: QuantitySpan, verdicts: Verdicts) -> None:
    sizes = next((s for s in _SIZES if one.unit in s and two.unit in s), None)
    if sizes is None or one.unit == two.unit or not one.value or not two.value:
        return
    ratio = one.value * sizes[one.unit] / (two.value * sizes[two.unit])
    if abs(ratio - 1) > SLACK:
        told = f"“{one.text}”与“{two.text}”不相等，相差 {max(ratio, 1 / ratio):.3g} 倍"
        en = f"“{one.text}” is not “{two.text}”: they differ {max(ratio, 1 / ratio):.3g} times"
        tell(at, Words(told, en), verdicts)


def _daily(at: Sentence, one: QuantitySpan, two: QuantitySpan, verdicts: Verdicts) -> None:
    """年产 2.4 万吨，折合每天 240 吨."""
    between = at.text[one.end : two.start]
    before, after = at.text[max(0, one.start - 10) : one.start], at.text[two.end : two.end + 8]
    year = _YEAR.search(before) or _YEAR.match(between.lstrip(" ，,"))
    day = _DAY.search(between) or _DAY.match(after.lstrip(" ，,"))
    if not year or not day or not two.value or re.search(r"[提升降增减]", between):
        return
    days = one.value / two.value
    if not LEAST_DAYS <= days <= MOST_DAYS:
        told = f"“{one.text}”一年、“{two.text}”一天，合 {days:.0f} 天，两个数必有一错"
        en = f"“{one.text}” a year and “{two.text}” a day make {days:.0f} days of a year"
        tell(at, Words(told, en), verdicts)
