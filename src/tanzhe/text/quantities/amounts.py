"""One number with its unit: 183.3亿元, 1万7千, 三四十家, $5 billion."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from tanzhe.numerals import (
    DIGITS,
    ENGLISH,
    MULTIPLIERS,
    NUMBER_CHARS,
    NUMERAL_OR_DIGITS,
    SCALE,
    SPACE,
    WORDS,
    number_of,
    scale_of,
    tidy,
)
from tanzhe.operators import Bound
from tanzhe.text.quantities.units import CURRENCY, IDIOM, KINDS, MEASURE, UNIT, normal_unit, one_of
from tanzhe.text.spans import Span

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
        reached: True for 降至, 增至 and 翻番: the value is the level after the change.
    """

    value: float
    unit: str
    low: float
    high: float
    bound: Bound | None = None
    change: Change | None = None
    reached: bool = False


SIGN = r"(?:(?<!-)[-–+](?=\.?\d)|负|零下)?"
TO = r"\s*(?:[-—–－~～―]{1,2}|至|到|to)\s*"
_UNIT = rf"(?P<unit>{MEASURE})"
_MONEY = one_of(CURRENCY)
_MONEY_UNIT = one_of(written for written, kind in KINDS.items() if kind == "money")
_PAIR = (
    r"(?P<head>[二三四五六七八九]?十)?(?P<p>[一二两三四五六七八])(?P<q>[二三四五六七八九])"
    r"(?P<pscale>[十百千](?:万亿|万|亿)?|万亿|万|亿)?"
)
# Where a number may begin; looked at first, because most characters are none.
START = rf"(?<![{NUMBER_CHARS}.])(?=[{NUMBER_CHARS}])"
_FOLLOWED = rf"(?={SPACE}?{UNIT}|[多余]{UNIT}|\s*(?:[，。；、,;)）]|$))"
# 203 万吨: a scale apart from its number has its unit behind it, or ends the clause.
_APART = rf"{SPACE}{{1,2}}(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万){_FOLLOWED}"
_SCALE = rf"{SCALE}|{_APART}|{WORDS}"
# $20，300美圆: each has its currency, so the comma groups no digits.
TWO_AMOUNTS = re.compile(rf"(?P<first>{_MONEY}\s?\d{{1,3}})，(?=\d{{3}}{SPACE}?{_MONEY_UNIT})")
# 5G, 2.1.3: a number that goes on is not a number.
_GLUED = re.compile(r"[ \u00a0]?[MGkKT](?![A-Za-z\d])|·\d|[A-Za-z^⁰¹²³⁴⁵⁶⁷⁸⁹]|\.\d|/\d")
# kW·x, t/(x): a unit that goes on is not the unit it begins with.
_GOES_ON = re.compile(r"[ \u00a0]?[·/][ \u00a0]?[(（]?[ \u00a0]?[A-Za-z]|[⁻²³]")
_NOT_AFTER = re.compile(r"第$|\^[-+]?$|\d·$|[A-Za-z_]$|[\d]\.$|[\d][./]$")
_WORDLIKE = ("万一", "十一", "五一", "三三两两", "一一", "一二", "三四", "六一", "八一", "七一")


@cache
def pair_pattern() -> re.Pattern[str]:
    """Two digits side by side: 三四十家."""
    return re.compile(
        rf"(?<![零〇一二三四五六七八九两十百千万亿第点\d]){_PAIR}(?:个(?=月|小时|星期|百分点))?"
        rf"{_UNIT}"
    )


@cache
def number_pattern() -> re.Pattern[str]:
    """A number with its unit; compiled when first asked for, which takes a moment."""
    return re.compile(
        rf"(?=[{NUMBER_CHARS}.¥￥$€£₽₩₹A-Za-z人新港华摄负零+\-–])(?<![A-Za-z\d.])(?:(?P<money"
        rf">{_MONEY})\s?)?(?<![A-Za-z\d.])(?P<degree>华氏|摄氏)?(?:温度)?"
        rf"(?P<sign>{SIGN})(?P<a>{NUMERAL_OR_DIGITS}|{ENGLISH})"
        rf"(?:(?P<a_scale>{_SCALE})?{_UNIT.replace('<unit>', '<a_unit>')}?{TO}(?P<b>"
        rf"{NUMERAL_OR_DIGITS}))?"
        rf"(?:{SPACE}?(?P<more0>多|余|几|来(?!源|自|年|到|电|水)))?(?P<scale>{_SCALE})?"
        rf"(?:{SPACE}?(?P<more>多|余|几))?(?:[ \u00a0-]?{_UNIT})?(?P<tail>半)?",
    )


def span_of(
    match: re.Match[str], value: float, unit: str, high: float | None = None
) -> QuantitySpan:
    """A match as a quantity or, with `high`, a range."""
    top = value if high is None else high
    return QuantitySpan(
        start=match.start(),
        end=match.end(),
        text=match[0],
        value=value if high is None else tidy((value + top) / 2),
        unit=unit,
        low=value,
        high=top,
    )


def _unit_of(match: re.Match[str]) -> tuple[str, float]:
    g = match.groupdict()
    words = g["unit"] or ""
    if g["money"] and words in ("", "元"):
        return CURRENCY[g["money"]], 1.0
    unit, factor = normal_unit(words)
    if unit == "度" and ("亿" in (g["scale"] or "") + g["a"] or "万" in (g["scale"] or "")):
        return "千瓦时", factor
    if unit == "度" and g["degree"]:
        return ("℃" if g["degree"] == "摄氏" else "华氏度"), factor
    return unit, factor


def plain_number(match: re.Match[str]) -> QuantitySpan | None:
    """A match of `number_pattern` as a quantity; None when it is part of a word."""
    g = match.groupdict()
    if _NOT_AFTER.search(match.string[max(0, match.start() - 2) : match.start()]):
        return None
    first = number_of(g["a"])
    if first is None:
        return None
    bare = not g["unit"] and not g["money"]
    if g["unit"] and _GOES_ON.match(match.string, match.end()):
        return None
    if not g["unit"] and " " in g["b" if g["b"] else "a"]:
        return None  # 12 345: one number or two
    if "，" in g["a"] and "分别" in match.string[max(0, match.start() - 12) : match.start()]:
        return None  # 分别为20，300吨
    if re.match(r"0\d+(?!\d*\.)", g["a"]):
        return None  # 0871-63625188: a code
    if bare and not g["scale"] and _GLUED.match(match.string, match.end()):
        return None
    unit, factor = _unit_of(match)
    if not _is_quantity(match, unit) or (g["tail"] and not unit) or (g["more0"] == "来" and bare):
        return None
    factor *= scale_of(g["scale"])
    minus = g["sign"] and g["sign"] != "+"
    low = tidy((first * factor + (0.5 * factor if g["tail"] else 0)) * (-1 if minus else 1))
    bound: Bound | None = "over" if g["more"] or g["more0"] else None
    if not g["b"]:
        return replace(span_of(match, low, unit), bound=bound)
    second = number_of(g["b"])
    if second is None:
        return None
    if g["a_scale"] or g["a_unit"]:
        own = scale_of(g["a_scale"] or (None if g["a_unit"] else g["scale"]))
        low = tidy(first * own * normal_unit(g["a_unit"] or g["unit"] or "")[1])
    high = tidy(second * factor)
    return replace(span_of(match, low, unit, high), bound=bound) if low <= high else None


def shortened(match: re.Match[str]) -> QuantitySpan | None:
    """A match whose range is none (2-1) read again as its first number alone."""
    again = number_pattern().fullmatch(match.string, match.start(), match.end("a"))
    return plain_number(again) if again else None


def neighbours(match: re.Match[str]) -> QuantitySpan | None:
    """三四十家, 十七八个, 七八成: from one to the next."""
    p, q = DIGITS[match["p"]], DIGITS[match["q"]]
    if q != p + 1:
        return None
    head = (DIGITS[match["head"][0]] * 10 if len(match["head"]) > 1 else 10) if match["head"] else 0
    unit, factor = normal_unit(match["unit"])
    factor *= scale_of(match["pscale"])
    span = span_of(match, tidy((head + p) * factor), unit, tidy((head + q) * factor))
    return replace(span, bound="about")


def _is_quantity(match: re.Match[str], unit: str) -> bool:
    """Whether a numeral is a number here and not part of a word (一些, 十分, 千万)."""
    g = match.groupdict()
    number = str(g["a"])
    if number.isascii() and number[0].isalpha():
        return bool(unit or g["scale"]) or number not in ("one", "zero")
    if number[0].isascii():
        return True
    before = match.string[match.start("a") - 1 : match.start("a")]
    if before and before in "数几成" and number[0] in MULTIPLIERS:
        return False  # 数十家, 几百万: no number is said
    if not any(c in DIGITS or c in "十拾廿卅" for c in number):
        return _bare_scale(match, unit, before)
    if unit == number == "两":
        return False
    if len(number) == 1 and not g["scale"]:
        return _single(match, unit, before)
    if not unit and (number in _WORDLIKE or _digits_only(number)):
        return False
    return not (len(number) == 1 and not unit) or str(g["scale"]).strip() not in ("十", "百", "千")


def _digits_only(number: str) -> bool:
    """三五, 七八: digits side by side are no number unless a zero stands among them."""
    return len(number) == 2 and all(c in DIGITS for c in number) and not set(number) & set("零〇○")


def _single(match: re.Match[str], unit: str, before: str) -> bool:
    g = match.groupdict()
    if g["sign"] or g["degree"] or g["more0"]:
        return True
    if g["a"] in "拾陆伍" and KINDS.get(g["unit"] or "") != "money":
        return False  # 拾起, 陆家: formal numerals stand in sums of money
    if not unit:
        after = match.string[match.end() : match.end() + 1]
        return not re.search(r"[\u4e00-\u9fffA-Za-z]", before + after)
    return g["unit"] not in IDIOM or g["a"] != "一"


def _bare_scale(match: re.Match[str], unit: str, before: str) -> bool:
    """近百家, 上千万元; but 百家争鸣 and 千万不要 say no number."""
    led = bool(match["more0"] or match["more"]) or (bool(before) and before in "近上约逾超过达每")
    return bool(unit) and (led or match["unit"] not in IDIOM | {"家"})
