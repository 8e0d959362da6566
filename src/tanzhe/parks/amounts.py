"""A number as people write it in a form: 1.2万, 3.5万千瓦时, 1,200吨, 六百; or why it is not taken.

What is written in full is taken, in the unit that is asked for. What would need a guess is told
with the number it stands for, never with the digits before its 万.
"""

import re
from typing import NamedTuple

from tanzhe.characters import narrow
from tanzhe.errors import InputError, Words
from tanzhe.names import folded
from tanzhe.numerals import numbers_in, scale_of, tidy
from tanzhe.quantity import Unit

_ROUGH_BEFORE = re.compile(r"^(?:大约|大概|约|近|接近|不足|不到|超过|超|逾|[~≈<>≤≥])\s*")
_ROUGH_AFTER = re.compile(r"(?:左右|上下|以上|以下|以内|多|余)$")
_ROUGH_INSIDE = re.compile(r"(?<=[\d百千万亿])[多余来几](?=[^\d]|$)")
_RANGE = re.compile(r"[-—–~～至到]")
_MORE_DIGITS = re.compile(r"[\d,.，。]|[eE][-+]?\d")
_A_YEAR = re.compile(r"(?:/|每)(?:年|[ay])$")
_WAN = re.compile(r"[wWkK]")
_SCALED = re.compile(r"^[十百千万亿]+(?!瓦)")
_MONEY = {"元": 1.0, "万元": 1e4, "亿元": 1e8}
# Units of trade that stand for one of ours; a certificate is of one MWh.
_ALIASES = {"方": "m3", "立方": "m3", "张": "MWh", "吨标煤": "tce"}


class Taken(NamedTuple):
    """A number that was taken, in the unit asked for, and what is said of it."""

    value: float
    said: Words


class Refused(NamedTuple):
    """Why a text is no number that can be taken, and what to write instead."""

    what: Words
    do: Words


def read_amount(text: str, unit: str = "") -> Taken | Refused | None:
    """A number with 万 or 亿, with a unit, or in Chinese numerals.

    Args:
        text: of one cell; plain digits need no reading.
        unit: in which it is wanted, e.g. kWh; "" where nobody knows.

    Returns:
        The number in that unit; or why it cannot be taken; or None where the text holds none.

    Example:
        >>> read_amount("1.2万", "kWh").value, read_amount("3.5万千瓦时", "MWh").value
        (12000.0, 35.0)
        >>> read_amount("1.2万", "万m3").do.zh
        '请只写数字：1.2 万m3 写 1.2，12,000 万m3 写 12000'
    """
    plain = narrow(text).strip()
    if "^" in plain and "10^" not in plain:
        return None  # 12.5²: a footnote
    bare = _ROUGH_AFTER.sub("", _ROUGH_INSIDE.sub("", _ROUGH_BEFORE.sub("", plain)))
    found = next(numbers_in(bare), None)
    if found is None or found.start > 0:
        return None
    rest = _A_YEAR.sub("", bare[found.end :].strip())
    if _MORE_DIGITS.match(rest):
        return None  # 1,5000 and 1.200,5: which digits are meant is anybody's guess
    if _RANGE.match(rest) and any(True for _ in numbers_in(rest[1:])):
        return _no(f"“{text}”是区间", f"“{text}” is a range", _EXACT)
    if bare != plain:
        number = f"{found.value:,.12g}"
        return _no(
            f"“{text}”是约数（约 {number}{rest}）",
            f"“{text}” is about {number} {rest}".rstrip(),
            _EXACT,
        )
    return _taken(text, found.value, found.scale, rest, unit)


_EXACT = Words("请填核实后的准确数字", "Write the exact, verified number")


def _no(zh: str, en: str, do: Words) -> Refused:
    return Refused(Words(zh, en), do)


def _taken(text: str, number: float, scale: float, rest: str, unit: str) -> Taken | Refused:
    digits = f"{number:.12g}"
    if _WAN.fullmatch(rest):
        many = tidy(number * (1e4 if rest in "wW" else 1e3))
        do = Words(f"若指 {many:,.12g}，请写 {many:.12g}", f"Write {many:.12g} if that is meant")
        return _no(f"“{text}”的“{rest}”不是单位", f"“{rest}” in “{text}” is no unit", do)
    if not rest and scale > 1 and (prefix := _SCALED.match(unit)):
        short = tidy(number / scale_of(prefix[0]))
        do = Words(
            f"请只写数字：{short:,.12g} {unit} 写 {short:.12g}，{number:,.12g} {unit} 写 {digits}",
            f"Write digits alone: {short:.12g} for {short:,.12g} {unit}, {digits} for "
            f"{number:,.12g} {unit}",
        )
        return _no(
            f"这一格的单位是“{unit}”，“{text}”有两种读法",
            f"The unit here is {unit}: “{text}” has two readings",
            do,
        )
    size = 1.0 if not rest or folded(rest) == folded(unit) else _ratio(rest, unit)
    if size is None:
        asked = unit or "本行的计量单位"
        do = Words(
            f"请换算成 {asked} 后只写数字，不写单位",
            f"Convert it to {unit or 'the unit of the row'} and write the number alone",
        )
        return _no(
            f"“{rest}”不能换算成 {asked}（现为“{text}”）",
            f"“{rest}” in “{text}” is no {unit or 'unit of this row'}",
            do,
        )
    value = tidy(number * size)
    return Taken(
        value,
        Words(
            f"“{text}”按 {value:,.12g} {unit}".rstrip() + " 读取",
            f"“{text}” was read as {value:,.12g} {unit}".rstrip(),
        ),
    )


def _ratio(rest: str, unit: str) -> float | None:
    """How many of the unit asked for one of the unit written is, or None."""
    if rest in _MONEY and unit in _MONEY:
        return _MONEY[rest] / _MONEY[unit]
    try:
        written, wanted = Unit.parse(_ALIASES.get(rest, rest)), Unit.parse(unit)
    except InputError:
        return None
    same = written.dimension is wanted.dimension
    return written.size / wanted.size if same else None
