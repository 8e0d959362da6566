"""Quantities of more than one number: shares, fractions, discounts, coins, hours and minutes."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

from tanzhe.numerals import NUMBER_CHARS, NUMERAL_OR_DIGITS, number_of, tidy
from tanzhe.text.quantities.amounts import (
    SIGN,
    START,
    TO,
    Change,
    QuantitySpan,
    neighbours,
    number_pattern,
    pair_pattern,
    plain_number,
    shortened,
    span_of,
)
from tanzhe.text.quantities.units import UNITS, normal_unit, one_of

_ONE = NUMERAL_OR_DIGITS
_ZH = "[一二三四五六七八九]"
WORDS: dict[str, tuple[float, str, Change | None]] = {
    "减半": (50.0, "%", "down"), "腰斩": (50.0, "%", "down"), "一半": (50.0, "%", None),
    "过半": (50.0, "%", None), "半数": (50.0, "%", None), "翻番": (2.0, "倍", "up"),
    "翻一倍": (2.0, "倍", "up"), "翻了一倍": (2.0, "倍", "up"), "doubled": (2.0, "倍", "up"),
    "tripled": (3.0, "倍", "up"), "quadrupled": (4.0, "倍", "up"), "halved": (50.0, "%", "down"),
    "a quarter": (0.25, "", None), "one quarter": (0.25, "", None), "one third": (1 / 3, "", None),
    "a third": (1 / 3, "", None), "two thirds": (2 / 3, "", None), "two-thirds": (2 / 3, "", None),
    "one-third": (1 / 3, "", None), "three quarters": (0.75, "", None), "a dozen": (12.0, "", None),
    "半折": (50.0, "%", None), "对折": (50.0, "%", None), "百分百": (100.0, "%", None),
    "半成": (5.0, "%", None),
}  # fmt: skip
_DISCOUNT = (
    rf"(?<![曲转周一百])(?P<a>{_ZH}点{_ZH}|两|陆点五|{_ZH}{{1,2}}|{_ZH}\s{_ZH}|\d\s\d|\d(?:\.\d)?|\d\d)折(?![叠旧算合射线磨"
    r"腾返弯断损现标扣页])"
)
_TENTHS = rf"(?P<a>[一二两三四五六七八九])成(?P<b>{_ZH}|半)(?![成分个多年月])"
_COINS = (
    rf"{START}(?P<yuan>{_ONE})(?:元|块|圆)(?:(?P<jiao>{_ONE})(?:角|毛)(?:(?P<fen>{_ONE})分)?钱?"
    rf"|(?P<tail>{_ZH}|\d)(?![\d.点分元角毛块万亿千百十个年月日]))"
)
_SMALL_COINS = rf"{START}(?P<jiao>{_ONE})(?:角|毛)(?P<fen>{_ONE})分?钱?"
# How many of each there are in the one before; a month has no fixed number of days.
_TIMES_IN = {"年": 0, "个月": 12, "周": 0, "天": 7, "小时": 24, "分钟": 60, "秒": 60}
_TIME_UNIT = "年|个?月|个?星期|周|天|个?小时|时|分钟?|秒钟?"
_TIME_PART = rf"{_ONE}(?:{_TIME_UNIT})"
_TIMES = rf"{START}{_TIME_PART}(?:[多余]?[零又加]?{_TIME_PART}){{1,5}}(?![之前后])"
_HOUR_OF_DAY = re.compile(rf"{_ONE}时")
_TIME = re.compile(rf"(?P<a>{_ONE})(?P<unit>{_TIME_UNIT})")
_AND_A_HALF = rf"{START}(?P<a>{_ONE})个半(?P<unit>月|小时|钟头|星期|世纪)"
_AND_MORE = rf"{START}(?P<a>{_ONE})个多(?P<unit>月|小时|钟头|星期|世纪)"
_HALF = (
    r"(?<![上下前后大过一多近])半个?(?P<unit>小时|钟头|年(?![报度])|天|月(?!刊|板)|斤|吨"
    r"|公里|里(?!程)|世纪|亩|公斤|打|分钟|升|百)"
)
_DOZEN = rf"{START}(?P<a>{_ONE})打(?![开算造破击响印断包工压通车法])"


def _number(words: str | None) -> float:
    value = number_of(words) if words else 0.0
    if value is None:
        raise ValueError(words)
    return value


def _percent(m: re.Match[str]) -> QuantitySpan:
    times = 1000.0 if m["k"] else 1.0
    low, high = times * _number(m["a"]), times * _number(m["b"]) if m["b"] else None
    minus = bool(m["sign"]) or bool(m["minus"])
    return span_of(m, -low if minus else low, "%", high)


def _permille(m: re.Match[str]) -> QuantitySpan:
    return span_of(m, tidy(_number(m["a"]) * (0.01 if m["base"] == "万" else 0.1)), "%")


def _fraction(m: re.Match[str]) -> QuantitySpan | None:
    below = 1e6 if m["below"] == "百万" else _number(m["below"])
    if not below:
        return None
    value = _number(m["whole"]) + _number(m["above"]) / below
    return span_of(m, -value if bool(m["sign"]) != bool(m["minus"]) else value, "")


def _slash(m: re.Match[str]) -> QuantitySpan | None:
    above, below = int(m["above"]), int(m["below"])
    if not 0 < above < below:
        return None
    return span_of(m, _number(m["whole"]) + above / below, "")


def _doublings(m: re.Match[str]) -> QuantitySpan:
    return replace(span_of(m, 2.0 ** _number(m["a"]), "倍"), change="up", reached=True)


def _discount(m: re.Match[str]) -> QuantitySpan:
    words = re.sub(r"\s", "", m["a"])
    value = _number(words) if words.isascii() or "点" in words or len(words) == 1 else None
    if value is None:  # 八五折
        value = (_number(words[0]) * 10 + _number(words[1])) / 10
    return span_of(m, tidy(value * 10 if value < 10 else value), "%")


def _tenths(m: re.Match[str]) -> QuantitySpan:
    last = 5.0 if m["b"] == "半" else _number(m["b"])
    return span_of(m, 10 * _number(m["a"]) + last, "%")


def _coins(m: re.Match[str]) -> QuantitySpan:
    g = m.groupdict()
    jiao = g["jiao"] or g.get("tail")
    total = _number(g.get("yuan")) + _number(jiao) / 10 + _number(g["fen"]) / 100
    return span_of(m, tidy(total), "元")


def _times(m: re.Match[str]) -> QuantitySpan | None:
    """2小时30分钟 in hours; None where the parts do not come out, as with months and days."""
    if _HOUR_OF_DAY.match(m[0]):
        return None  # 15时30分 is a time of day, 8天20时 none
    parts = [(_number(part["a"]), _time_unit(part["unit"])) for part in _TIME.finditer(m[0])]
    order = list(_TIMES_IN)
    first, total, per_first = parts[0][1], parts[0][0], 1.0
    for (_, above), (value, unit) in pairwise(parts):
        between = order[order.index(above) + 1 : order.index(unit) + 1]
        for step in between:
            per_first *= _TIMES_IN[step]
        if not between or not per_first:
            return None
        total += value / per_first
    return span_of(m, total, first)


def _time_unit(words: str) -> str:
    short = words.removeprefix("个")
    return {"月": "个月", "星期": "周", "时": "小时", "分": "分钟", "秒钟": "秒"}.get(short, short)


def _and_a_half(m: re.Match[str]) -> QuantitySpan:
    return span_of(
        m, _number(m["a"]) + 0.5, normal_unit("个月" if m["unit"] == "月" else m["unit"])[0]
    )


def _and_more(m: re.Match[str]) -> QuantitySpan:
    unit = "个月" if m["unit"] == "月" else m["unit"]
    return replace(span_of(m, _number(m["a"]), normal_unit(unit)[0]), bound="over")


def _half(m: re.Match[str]) -> QuantitySpan:
    words = {"月": "个月", "打": "", "百": ""}.get(m["unit"], m["unit"])
    many = {"打": 12, "百": 100}.get(m["unit"], 1)
    return span_of(m, 0.5 * many, UNITS[words][0] if words else "")


def _dozen(m: re.Match[str]) -> QuantitySpan:
    return span_of(m, 12 * _number(m["a"]), "")


def _word(m: re.Match[str]) -> QuantitySpan:
    value, unit, change = WORDS[m[0].lower()]
    to = unit == "倍"  # doubled is to twice the level, not up by twice
    return replace(span_of(m, value, unit), change=change, reached=to)


def _number_with_unit(m: re.Match[str]) -> QuantitySpan | None:
    return plain_number(m) or (shortened(m) if m["b"] else None)


Read = Callable[[re.Match[str]], QuantitySpan | None]
SHAPES: tuple[tuple[str, Read], ...] = (
    (
        rf"(?P<sign>{SIGN})百分之(?P<minus>负)?(?P<a>{_ONE})(?:{TO}(?:百分之)?(?P<b>"
        rf"{_ONE}))?\s?(?P<k>[kK])?",
        _percent,
    ),
    (rf"(?<![百十千万])(?P<base>[千仟万])分之(?P<a>{_ONE})", _permille),
    (
        rf"(?=[负{NUMBER_CHARS}])(?<![{NUMBER_CHARS}.])(?P<sign>负)?(?:(?P<whole>{_ONE})"
        rf"又)?(?P<below>百万|{_ONE})分之(?P<minus>负)?(?P<above>{_ONE})",
        _fraction,
    ),
    (
        r"(?<![\d./年月A-Za-z])(?:(?P<whole>\d{1,6})(?:又|\s(?=\d/)))?(?P<above>\d{1,2})/(?P"
        r"<below>\d{1,3})(?![\d./月A-Za-z])",
        _slash,
    ),
    (r"翻了?近?(?P<a>[一两二三四五]|\d)番", _doublings),
    (_DISCOUNT, _discount),
    (_TENTHS, _tenths),
    (_COINS, _coins),
    (_SMALL_COINS, _coins),
    (_TIMES, _times),
    (_AND_A_HALF, _and_a_half),
    (_AND_MORE, _and_more),
    (_HALF, _half),
    (_DOZEN, _dozen),
    (one_of(WORDS), _word),
    # Marks of items (一、 and （三）) and numbers of substances (95718-78-8) count nothing.
    (
        r"(?:^|(?<=[\n。；：]))[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十百])"
        r"|[（(][一二三四五六七八九十]{1,3}[)）]|(?<![\d-])\d{2,7}-\d{2}-\d(?![\d-])",
        lambda m: None,
    ),
    (
        r"五角大楼|\d0后|一成不变|百折不挠|一方面?|一体|一般|七台河|三角洲|万元户|三元(?=锂|正极|材料|电池|区|催化)|[一二三]次(?=能源|产业|污染|利用)",
        lambda m: None,
    ),
)


@cache
def shapes() -> tuple[tuple[re.Pattern[str], Read], ...]:
    """Every way a quantity is written, with its reader; None keeps its place, read as nothing."""
    simple = ((pair_pattern(), neighbours), (number_pattern(), _number_with_unit))
    return (*((re.compile(pattern), read) for pattern, read in SHAPES), *simple)


def quantity_of(match: re.Match[str], read: Read) -> QuantitySpan | None:
    """A match as a quantity, or None when it says none."""
    try:
        return read(match)
    except (ValueError, OverflowError):
        return None
