"""One cell read by its kind: text, number, date, year, choice, yes or no; or what is wrong."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.footprints.choices import Choices
from tanzhe.footprints.entries import without_result
from tanzhe.footprints.form import Column
from tanzhe.names import folded

UNKNOWN_YEAR = -1  # written 不详: nobody knows it, and that is said
LONGEST = 2000  # characters of a text
_LARGEST = Decimal("1e15")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEAR = re.compile(r"(\d{4})(?:\.0)?年?")
_UNKNOWN = ("不详", "未知", "unknown")
_YES = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}


class Wrong(NamedTuple):
    """What is wrong with a cell, and how to mend it."""

    what: Words
    do: Words


def plain(value: object) -> str:
    """The text of a cell: full-width signs as ASCII, nothing around it.

    Example:
        >>> plain("　１，２００ "), plain(2025.0)
        ('1,200', '2025')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    return unicodedata.normalize("NFKC", str(value)).replace("\u200b", "").strip()


def read_cell(value: object, column: Column) -> object | Wrong:
    """A cell that is not blank, by the kind of its column."""
    if without_result(value):
        return Wrong(
            Words("公式没有保存结果", "The formula was saved without its result"),
            Words("请在 Excel 里重新保存，或填数字", "Save it in Excel again, or type the number"),
        )
    if column.kind == "choice":
        return read_choice(value, column.choices or {})
    return _READERS[column.kind](value)


def read_text(value: object) -> str | Wrong:
    """A text of reasonable length."""
    text = plain(value) if not isinstance(value, str) else value.strip()
    if len(text) <= LONGEST and not any("\ud800" <= c <= "\udfff" or c == "\0" for c in text):
        return text
    return Wrong(
        Words("文字过长或含有无效字符", "The text is too long or holds invalid characters"),
        Words(f"请改成不超过 {LONGEST} 字的普通文字", f"At most {LONGEST} plain characters"),
    )


def read_number(value: object) -> Decimal | Wrong:
    """A number that is not negative, exactly as typed.

    Example:
        >>> read_number("１，２００"), read_number(0.1), read_number("约300").do.zh
        (Decimal('1200'), Decimal('0.1'), '请只填数字，单位写在单位列')
    """
    found = signed_number(value)
    if isinstance(found, Decimal) and found < 0:
        return Wrong(
            Words(f"不能为负数：{found}", f"It must not be negative: {found}"),
            Words(
                "请填正数；吸收、清除由“气体类别”表示，副产品用“分配”，抵消写在“抵消”表",
                "Write it positive; the gas category says what is taken up",
            ),
        )
    return found


def signed_number(value: object) -> Decimal | Wrong:
    """A number, exactly as typed."""
    text = plain(value)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if isinstance(value, bool | date) or not _NUMBER.fullmatch(text):
        return Wrong(
            Words(f"不是数字：“{text[:40]}”", f"Not a number: “{text[:40]}”"),
            Words("请只填数字，单位写在单位列", "Write the number alone, the unit in its column"),
        )
    try:
        number = Decimal(text)
    except InvalidOperation:  # not reached by what the pattern takes
        number = _LARGEST * 2
    if abs(number) > _LARGEST:
        return Wrong(
            Words("数值大得不合理", "The number is far too large"),
            Words("请核对数值和单位", "Check the number and its unit"),
        )
    return number


def read_percent(value: object) -> Decimal | Wrong:
    """A percentage from 0 to 100, in percent.

    A spreadsheet keeps 40% as 0.4 and 100% as 1: up to 1 only the sign tells what is meant.

    Example:
        >>> read_percent("0.6%"), read_percent(40), read_percent(0.4).do.zh
        (Decimal('0.6'), Decimal('40'), '请带上百分号写成文本：40% 或 0.4%')
    """
    text = plain(value)
    found = read_number(text.removesuffix("%"))
    if isinstance(found, Wrong):
        return found
    if 0 < found <= 1 and not text.endswith("%"):
        many, few = f"{(found * 100).normalize():f}", f"{found:f}"
        return Wrong(
            Words(f"{few} 可以是 {many}%，也可以是 {few}%", f"{few} may be {many} % or {few} %"),
            Words(
                f"请带上百分号写成文本：{many}% 或 {few}%",
                f"Write it as text with the sign: {many}% or {few}%",
            ),
        )
    if found > 100:
        return Wrong(
            Words(f"{found} 不是 0 至 100 的百分数", f"{found} is no percentage from 0 to 100"),
            Words("请填 0 至 100", "Write 0 to 100"),
        )
    return found


def read_rating(value: object) -> Decimal | Wrong:
    """A rating from 1 to 5."""
    found = read_number(value)
    if isinstance(found, Decimal) and not 1 <= found <= 5:
        return Wrong(
            Words(f"评分 {found} 不在 1 至 5 之间", f"The rating {found} is not from 1 to 5"),
            Words(
                "1 最好，5 最差；没有评就留空", "1 is best, 5 worst; leave it empty if not rated"
            ),
        )
    return found


def read_date(value: object) -> date | Wrong:
    """A day.

    Example:
        >>> read_date("2025年1月1日"), read_date("2025-12-31").year
        (datetime.date(2025, 1, 1), 2025)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = plain(value)
    found = _DATE.match(text)
    if found is not None:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
    return Wrong(
        Words(f"不是日期：“{text[:40]}”", f"Not a date: “{text[:40]}”"),
        Words("请写成 2025-01-01 的样子", "Write it like 2025-01-01"),
    )


def read_year(value: object) -> int | Wrong:
    """A year, or `UNKNOWN_YEAR` where the cell says so.

    Example:
        >>> read_year("2024年"), read_year("不详")
        (2024, -1)
    """
    text = plain(value)
    if text in _UNKNOWN:
        return UNKNOWN_YEAR
    found = _YEAR.fullmatch(text)
    if found is not None and 1950 <= int(found[1]) <= 2100:
        return int(found[1])
    return Wrong(
        Words(f"不是年份：“{text[:40]}”", f"Not a year: “{text[:40]}”"),
        Words("请写成 2024；确实不知道写“不详”", "Write 2024, or 不详 where nobody knows"),
    )


def read_yes(value: object) -> bool | Wrong:
    """Yes or no."""
    found = _YES.get(plain(value).casefold())
    if found is not None:
        return found
    return Wrong(
        Words(f"“{plain(value)[:20]}”不是是或否", f"“{plain(value)[:20]}” is no yes or no"),
        Words("请填“是”或“否”", "Write 是 or 否"),
    )


def read_choice(value: object, choices: Choices) -> str | Wrong:
    """The code of a chosen word, in either language; the code itself is understood too.

    Example:
        >>> read_choice("风电", {"wind": Words("风电", "wind")})
        'wind'
    """
    text = plain(value)
    for code, words in choices.items():
        if folded(text) in (folded(code), folded(words.zh), folded(words.en)):
            return code
    zh = [words.zh for words in choices.values()]
    near = get_close_matches(text, zh, n=1, cutoff=0.3)
    hint = Words(f"（最接近的是“{near[0]}”）", f" (nearest: {near[0]})") if near else Words("", "")
    return Wrong(
        Words(f"“{text[:40]}”不在选项中", f"“{text[:40]}” is none of the choices"),
        Words(
            f"请选：{'、'.join(zh)}{hint.zh}",
            f"Choose one of: {', '.join(words.en for words in choices.values())}{hint.en}",
        ),
    )


_READERS: dict[str, Callable[[object], object | Wrong]] = {
    "text": read_text,
    "factor": read_text,
    "number": read_number,
    "percent": read_percent,
    "rating": read_rating,
    "date": read_date,
    "year": read_year,
    "yes": read_yes,
}
