"""Numbers with units in Chinese and English text, each a span."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from tanzhe.text.dates import read_dates
from tanzhe.text.datewords import MASKS
from tanzhe.text.numerals import (
    DIGIT,
    DIGITS,
    LONGEST,
    MULTIPLIERS,
    NUMERAL,
    chinese_number,
    plain_digits,
)
from tanzhe.text.spans import Span, leftmost_longest
from tanzhe.text.units import CURRENCY, DENOMINATOR, UNIT, WEAK, normal_unit, one_of

Bound = Literal["about", "at_least", "at_most", "over", "under"]
Change = Literal["down", "up"]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuantitySpan(Span):
    """A number as a text states it.

    Attributes:
        value: in `unit`, with 万 and 亿 multiplied out; the middle of a range; shares in %
            (三成 is 30 %), fractions without unit (三分之一 is 0.333).
        unit: normal form (吨标准煤, 元/千瓦时, %, 个百分点), "" for a bare number.
        low: lower end; equal to `value` unless a range is stated.
        high: upper end.
        bound: 约 about, 以上 at_least, 以内 at_most, 超过 over, 不足 under; None: as it stands.
        change: down or up when the text says the quantity is a change; None otherwise.
        reached: True for 降至 and 增至: the value is the level after the change.
    """

    value: float
    unit: str
    low: float
    high: float
    bound: Bound | None = None
    change: Change | None = None
    reached: bool = False


_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千(?![瓦伏克米焦卡])|百|十)"
_WORDS = r"(?:\s*(?:trillion|billion|million|thousand|bn|mn)\b)"
# 三千万千瓦 is thirty million kilowatts: the last 千 belongs to the unit.
_ZH = rf"(?:(?:(?!千[瓦伏克焦卡]){NUMERAL}){{1,31}}(?:点{DIGIT}{{1,12}}(?:万亿|亿|万|千|百)?)?)"
_SIGN = r"(?:[-−–](?=\d)|负|零下)?"
_MANY = r"(?P<more>多|余|几)?"
_TO = r"\s*(?:[-—–－~～―]{1,2}|至|到|to)\s*"
_UNIT = rf"(?P<unit>{UNIT}(?:\s*(?:/|每)\s*{DENOMINATOR})?)"
_MONEY = one_of(CURRENCY)
_ONE = rf"(?:{_ARABIC}|{_ZH})"

NUMBER = re.compile(
    rf"(?<![A-Za-z\d.])(?:(?P<money>{_MONEY})\s?)?(?<![A-Za-z\d.])(?P<sign>{_SIGN})(?P<a>{_ONE})"
    rf"(?:(?P<a_scale>{_SCALE}|{_WORDS})?{_UNIT.replace('<unit>', '<a_unit>')}?{_TO}(?P<b>{_ONE}))?"
    rf"(?P<more0>多|余|几)?(?P<scale>{_SCALE}|{_WORDS})?{_MANY}(?:[ -]?{_UNIT})?(?P<tail>半)?"
)
PERCENT = re.compile(rf"(?P<sign>{_SIGN})百分之(?P<a>{_ONE})(?:{_TO}(?:百分之)?(?P<b>{_ONE}))?")
PERMILLE = re.compile(rf"(?P<base>[千万])分之(?P<a>{_ONE})")
FRACTION = re.compile(rf"(?<![\d百千万])(?P<below>{_ONE})分之(?P<above>{_ONE})")
WORDS = {
    "减半": (50.0, "%", "down"), "腰斩": (50.0, "%", "down"), "一半": (50.0, "%", None),
    "过半": (50.0, "%", None), "半数": (50.0, "%", None), "翻一番": (2.0, "倍", "up"),
    "翻番": (2.0, "倍", "up"), "翻两番": (4.0, "倍", "up"), "翻了一番": (2.0, "倍", "up"),
}  # fmt: skip
WORD = re.compile(one_of(WORDS))

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
_BEFORE_WORDS: dict[Bound, str] = {
    "at_least": r"至少|不低于|不少于|不小于|不得低于|最低|≥|at least",
    "at_most": r"至多|不超过|不高于|不大于|不多于|不得超过|不得高于|最高|最多|控制在|≤|at most"
    "|up to",
    "over": r"超过|超|逾|高于|大于|多于|突破|过(?=半)|more than|over|above|exceed(?:ing|ed)?|>",
    "under": r"不足|不到|低于|小于|少于|未满|less than|under|below|fewer than|<",
    "about": r"大约|大概|约为?|近|接近|about|around|nearly|almost|approximately|some",
}
BEFORE = tuple(
    (bound, re.compile(rf"(?:{words})\s*(?:为|可?达到?)?\s*$", re.I))
    for bound, words in _BEFORE_WORDS.items()
)
AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("at_least", re.compile(r"\s*(?:及其?)?以上|\s*or more")),
    ("at_most", re.compile(r"\s*(?:及其?)?(?:以下|以内|之内)|\s*or less")),
    ("about", re.compile(r"\s*(?:左右|上下|前后)")),
)
_SCALES = {"trillion": 1e12, "billion": 1e9, "bn": 1e9, "million": 1e6, "mn": 1e6, "thousand": 1e3}
# 5G, 2.1.3: a number that goes on is not a number.
_GLUED = re.compile(r"[A-Za-z]|\.\d|/\d")
_NOT_AFTER = re.compile(r"第$|[A-Za-z_]$|[\d]\.$|[\d][./]$")


def _scale(words: str | None) -> float:
    if not words:
        return 1.0
    words = words.strip()
    if words in _SCALES:
        return _SCALES[words]
    product = 1.0
    for c in words:
        product *= MULTIPLIERS[c]
    return product


def _number(words: str) -> float | None:
    if len(words) > LONGEST:
        return None
    if words[0].isdigit() and words[0].isascii():
        return float(words.replace(",", ""))
    return chinese_number(words)


def _span(match: re.Match[str], value: float, unit: str, high: float | None = None) -> QuantitySpan:
    top = value if high is None else high
    return QuantitySpan(
        start=match.start(),
        end=match.end(),
        text=match[0],
        value=value if high is None else _tidy((value + top) / 2),
        unit=unit,
        low=value,
        high=top,
    )


def _tidy(value: float) -> float:
    """Drop the last digits that multiplying by 万 leaves: 183.3 * 1e8 is 18330000000."""
    return float(f"{value:.12g}")


def _plain(match: re.Match[str]) -> QuantitySpan | None:
    g = match.groupdict()
    first = _number(g["a"])
    if first is None:
        return None
    words = g["unit"] or ""
    if not words and not g["money"] and not g["scale"] and _GLUED.match(match.string, match.end()):
        return None
    if not words and g["money"]:
        unit, factor = CURRENCY[g["money"]], 1.0
    else:
        unit, factor = normal_unit(words)
    if not _is_quantity(match, unit):
        return None
    factor *= _scale(g["scale"])
    if unit == "度" and "亿" in (g["scale"] or "") + g["a"]:
        unit = "千瓦时"
    if g["tail"] and not unit:
        return None
    low = _tidy((first + (0.5 if g["tail"] else 0)) * (-1 if g["sign"] else 1) * factor)
    bound: Bound | None = "over" if g["more"] or g["more0"] else None
    if not g["b"] and _neighbours(g["a"]):
        ends = (DIGITS[g["a"][0]] * factor, DIGITS[g["a"][1]] * factor)
        return replace(_span(match, _tidy(ends[0]), unit, _tidy(ends[1])), bound="about")
    if not g["b"]:
        return replace(_span(match, low, unit), bound=bound)
    second = _number(g["b"])
    if second is None:
        return None
    if g["a_scale"] or g["a_unit"]:
        low = _tidy(first * _scale(g["a_scale"] or (None if g["a_unit"] else g["scale"]))
                    * normal_unit(g["a_unit"] or words)[1])  # fmt: skip
    high = _tidy(second * factor)
    return replace(_span(match, low, unit, high), bound=bound) if low <= high else None


def _neighbours(number: str) -> bool:
    """七八成 is seven to eight tenths."""
    return (
        len(number) == 2
        and all(c in DIGITS for c in number)
        and DIGITS[number[1]] == DIGITS[number[0]] + 1
        and number[0] not in "零〇○"
    )


def _is_quantity(match: re.Match[str], unit: str) -> bool:
    """Whether a numeral is a number here and not part of a word (一些, 十分, 千万)."""
    g = match.groupdict()
    number = str(g["a"])
    if number.isascii():
        return True
    before = match.string[match.start("a") - 1 : match.start("a")]
    if before and before in "数几上成" and number[0] in MULTIPLIERS:
        return False  # 数十家, 几百万: no number is said
    if not any(c in "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖十百" for c in number):
        return False
    if len(number) == 1 and not g["scale"]:
        return bool(unit) and unit not in WEAK
    if len(number) == 1 and not unit:
        return str(g["scale"]).strip() not in ("十", "百", "千") and number not in "十百千万"
    return not (not unit and number in ("万一", "十一", "五一", "三三两两", "一一", "一二", "三四"))


def _shortened(match: re.Match[str], plain: str) -> QuantitySpan | None:
    """A match whose range is none (2-1) read again as its first number alone."""
    again = NUMBER.fullmatch(plain, match.start(), match.end("a"))
    return _plain(again) if again else None


def _percent(match: re.Match[str]) -> QuantitySpan | None:
    low, high = _number(match["a"]), _number(match["b"]) if match["b"] else None
    if low is None:
        return None
    return _span(match, -low if match["sign"] else low, "%", high)


def _fraction(match: re.Match[str]) -> QuantitySpan | None:
    below, above = _number(match["below"]), _number(match["above"])
    if not below or above is None:
        return None
    return _span(match, above / below, "")


def _permille(match: re.Match[str]) -> QuantitySpan | None:
    above = _number(match["a"])
    base = 1e3 if match["base"] == "千" else 1e4
    return None if above is None else _span(match, _tidy(100 * above / base), "%")


def _candidates(plain: str) -> list[QuantitySpan]:
    found = [_percent(m) for m in PERCENT.finditer(plain)]
    found += [_permille(m) for m in PERMILLE.finditer(plain)]
    found += [_fraction(m) for m in FRACTION.finditer(plain)]
    for m in WORD.finditer(plain):
        value, unit, change = WORDS[m[0]]
        down_or_up: Change | None = "down" if change == "down" else "up" if change else None
        found.append(replace(_span(m, value, unit), change=down_or_up))
    for m in NUMBER.finditer(plain):
        if not _NOT_AFTER.search(plain[max(0, m.start() - 2) : m.start()]):
            found.append(_plain(m) or (_shortened(m, plain) if m["b"] else None))
    return leftmost_longest(span for span in found if span is not None)


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
    plain = plain_digits(text)
    hidden = list(plain)
    for mask in MASKS:
        for m in mask.finditer(plain):
            hidden[m.start() : m.end()] = "\0" * len(m[0])
    for day in read_dates(text, reference or date(2000, 6, 1)):
        hidden[day.start : day.end] = "\0" * (day.end - day.start)
    shown = "".join(hidden)
    spans = [_changed(_bound(span, plain), plain) for span in _candidates(shown)]
    return [replace(s, text=text[s.start : s.end]) for s in spans]
