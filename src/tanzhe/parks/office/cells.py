"""What stands in one cell: a number, a month, a chosen word; or what is wrong with it.

Plain digits that Excel keeps as text (１２００, 1,200, " 1200 ") are numbers, and so is what is
written in full (1.2万, 1,200吨), which is said. Anything that needs a guess (约300, 100-120,
1.200,5) is refused with what to write instead.
"""

import math
import re
import sys
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import NamedTuple

from tanzhe.characters import narrow
from tanzhe.errors import Words, quoted
from tanzhe.names import folded
from tanzhe.numerals import signed_percent
from tanzhe.parks.amounts import Refused, Taken, read_amount

_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_UNKNOWN = re.compile(
    r"(?:暂无|没有|缺少?|无)数据|(?:数据)?暂?缺失?|不详|未知|待[定核查补]|n/?a|\?+", re.I
)
_MISSING = re.compile(r"[-—–/\\]+|无|没有|暂无|nan|null|none|\.+", re.I)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
LONGEST_SHOWN = 40  # characters of a number that is none
_MONTH_RUN = re.compile(r"(\d{4})(\d{2})")


class Wrong(NamedTuple):
    """What is wrong with a cell, and how to mend it."""

    what: Words
    do: Words


def plain(value: object) -> str:
    """The text of a cell: full-width signs as ASCII, nothing around it.

    Example:
        >>> plain("　１，２００ ")
        '1,200'
    """
    return narrow(str(value)).replace("\u200b", "").strip()


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing anybody would see."""
    return value is None or (isinstance(value, str) and not plain(value))


def read_number(value: object, unit: str = "") -> float | Taken | Wrong:
    """The number of a cell that is not blank.

    Args:
        value: of the cell.
        unit: in which the number is wanted.

    Example:
        >>> read_number("１，２００"), read_number(" 3.5 "), read_number("约300").do.zh
        (1200.0, 3.5, '请填核实后的准确数字')
        >>> read_number("1.2万", "kWh").value
        12000.0
    """
    if isinstance(value, bool):
        return _not_number(value, "请填数字", "Write a number")
    if isinstance(value, int | float):
        if abs(value) <= sys.float_info.max:  # a whole number may have four hundred digits
            return float(value)
        return _not_number(f"{value}"[:LONGEST_SHOWN], "请填数字", "Write a number")
    if isinstance(value, date):
        do = "单元格被 Excel 当成了日期：请把单元格格式改为“数值”后重填数字"
        return _not_number(
            f"{value:%Y-%m-%d}", do, "Excel made it a date: set number format, retype"
        )
    text = plain(value)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if _PLAIN.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    if _MISSING.fullmatch(text) or _UNKNOWN.fullmatch(text):
        return _no_datum(text)
    found = read_amount(text, unit)
    return Wrong(*found) if isinstance(found, Refused) else found or _no_number(text)


def says_unknown(value: object) -> bool:
    """Whether a cell says in words that there is a figure and nobody knows it.

    Example:
        >>> says_unknown("暂缺"), says_unknown("无"), says_unknown(0)
        (True, False, False)
    """
    return isinstance(value, str) and bool(_UNKNOWN.fullmatch(plain(value)))


def read_share(value: object) -> float | Wrong:
    """A share: 0.93, or the text 93% or 百分之九十三.

    Example:
        >>> read_share("93％"), read_share(0.5), read_share(93).do.zh
        (0.93, 0.5, '请写成 93%，或写成 0.93')
    """
    text = signed_percent(plain(value)) if isinstance(value, str) else ""
    if text.endswith("%"):
        inner = value_of(read_number(text[:-1]))
        return inner if isinstance(inner, Wrong) else float(f"{inner}e-2")
    number = value_of(read_number(value))
    if isinstance(number, Wrong) or number <= 1:
        return number
    share = f"{number:g}"
    what = Words(f"比例不能大于 1（100%），现为 {share}", f"A share above 1 (100%): {share}")
    if number > 100:
        return Wrong(
            what, Words("请核对数值，写成 0 至 1 的小数或百分数", "Write 0 to 1 or a percent")
        )
    small = f"{float(f'{number}e-2'):g}"
    do = Words(f"请写成 {share}%，或写成 {small}", f"Write {share}% or {small}")
    return Wrong(what, do)


def read_month(value: object) -> str | Wrong:
    """A month as YYYY-MM; Excel's dates are understood, a number like 2025.1 is not.

    Example:
        >>> read_month("2025年3月"), read_month(202503), read_month(datetime(2025, 3, 1))
        ('2025-03', '2025-03', '2025-03')
    """
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = plain(value)
    match = _MONTH_RUN.fullmatch(text)
    if match is None and isinstance(value, str):
        match = _MONTH.fullmatch(text)
    if match and 1 <= int(match[2]) <= 12:
        return f"{match[1]}-{int(match[2]):02d}"
    what = Words(f"不是年月：“{text}”", f"Not a month: “{text}”")
    return Wrong(what, Words("请写成 2025-03 的样子", "Write it like 2025-03"))


def read_choice(value: object, choices: Mapping[object, str]) -> object | Wrong:
    """The code of a chosen word; the code itself is understood too.

    Example:
        >>> read_choice(" 购入 ", {"in": "购入", "out": "外供"})
        'in'
    """
    text = plain(value)
    for code, word in choices.items():
        if folded(text) in (folded(word), folded(str(code))):
            return code
    allowed = quoted(choices.values())
    near = get_close_matches(text, choices.values(), n=1, cutoff=0.3)
    hint = Words(f"，最接近的是“{near[0]}”", f"; nearest: “{near[0]}”") if near else Words("", "")
    return Wrong(
        Words(f"“{text}”不在下拉选项中", f"“{text}” is not one of the choices"),
        Words(f"请从下拉中选：{allowed.zh}{hint.zh}", f"Choose one of: {allowed.en}{hint.en}"),
    )


def as_text(value: object) -> str:
    """The text of a cell as a person reads it: 2025 and not 2025.0.

    Example:
        >>> as_text(2025.0), as_text("  D1 "), as_text(datetime(2025, 3, 1))
        ('2025', 'D1', '2025-03-01')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return str(value).strip()


def _not_number(shown: object, zh: str, en: str) -> Wrong:
    return Wrong(Words(f"不是数字：“{shown}”", f"Not a number: “{shown}”"), Words(zh, en))


def _no_datum(text: str) -> Wrong:
    zh = "没有数据请留空；确实为零才填 0"
    return _not_number(text, zh, "Leave it empty when there is no datum; write 0 only for zero")


def _no_number(text: str) -> Wrong:
    zh = "请只填阿拉伯数字，如 1200 或 1200.5"
    return _not_number(text, zh, "Write plain digits such as 1200 or 1200.5")


def value_of(number: float | Taken | Wrong) -> float | Wrong:
    """The number alone."""
    return number.value if isinstance(number, Taken) else number
