"""What stands in one cell of a user's table: a period, a number, a name of a column."""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from tanzhe.errors import UnknownName
from tanzhe.model.series import Frequency
from tanzhe.names import folded
from tanzhe.places import find_place

Role = Literal["date", "year", "month", "value", "region", "sector", "unit"]

NAMES: dict[Role, tuple[str, ...]] = {
    "date": ("日期", "时间", "月份", "时期", "期间", "年月", "date", "period", "time", "datetime"),
    "year": ("年", "年份", "year"),
    "month": ("月", "month"),
    "value": (
        "数值", "值", "排放", "排放量", "碳排放", "碳排放量", "二氧化碳排放量", "产量",
        "value", "emissions", "emission", "co2", "co2emissions",
    ),
    "region": (
        "地区", "省份", "省", "省区市", "城市", "园区", "region", "province", "state", "city",
    ),
    "sector": ("部门", "行业", "产品", "领域", "sector", "industry", "product"),
    "unit": ("单位", "unit", "units"),
}  # fmt: skip
_ROLE = {folded(name): role for role, names in NAMES.items() for name in names}
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_MONTH = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})月?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEAR = re.compile(r"(\d{4})年?(?:\.0)?")


def role_of(column: str) -> tuple[Role | None, str | None]:
    """What a column holds by its name, and the unit in brackets behind it.

    Example:
        >>> role_of("碳排放量（万吨CO2）"), role_of("Region"), role_of("备注")
        (('value', '万吨CO2'), ('region', None), (None, None))
    """
    unit = _BRACKETS.search(column)
    role = _ROLE.get(folded(_BRACKETS.sub("", column)))
    return role, unit.group(1).strip() if unit and role == "value" else None


def is_wide(columns: Sequence[str]) -> bool:
    """Whether several columns are named by provinces or by periods: a table on its side.

    Example:
        >>> is_wide(["日期", "云南", "四川省"]), is_wide(["地区", "2020", "2021年"])
        (True, True)
        >>> is_wide(["日期", "云南", "吨数"])
        False
    """
    return sum(_is_place(name) or read_period(name) is not None for name in columns) > 1


def _is_place(name: str) -> bool:
    try:
        return bool(find_place(name))
    except UnknownName:
        return False


def read_period(cell: object) -> tuple[Frequency, str] | None:
    """The period of a cell, or None when it is not a date.

    Args:
        cell: text as 2021-05, 2021/5, 2021年5月, 202105, 2021-05-31, 20210531 or 2021; a number
            written that way; a date of a workbook.

    Example:
        >>> read_period("2021年5月"), read_period("202105"), read_period(2021)
        (('month', '2021-05'), ('month', '2021-05'), ('year', '2021'))
        >>> read_period("2021-13") is None
        True
    """
    if isinstance(cell, datetime):
        return "day", cell.date().isoformat()
    if isinstance(cell, date):
        return "day", cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if found := _DAY.fullmatch(text):
        return _day(*found.groups())
    if found := _MONTH.fullmatch(text):
        return _month(*found.groups())
    if found := _PLAIN.fullmatch(text):
        year, month, day = found.groups()
        return _day(year, month, day) if day else _month(year, month)
    if found := _YEAR.fullmatch(text):
        return ("year", found.group(1)) if 1900 <= int(found.group(1)) <= 2100 else None
    return None


def _month(year: str, month: str) -> tuple[Frequency, str] | None:
    inside = 1900 <= int(year) <= 2100 and 1 <= int(month) <= 12
    return ("month", f"{year}-{int(month):02d}") if inside else None


def _day(year: str, month: str, day: str) -> tuple[Frequency, str] | None:
    try:
        return "day", date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def is_empty(cell: object) -> bool:
    """Whether a cell holds nothing: empty, blank, a dash or NA."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return True
    return str(cell).strip() in ("", "-", "—", "--", "……", "NA", "N/A", "NaN", "nan", "null")


def read_number(cell: object) -> float | None:
    """The number of a cell, or None when it is not a finite number.

    Thousands separators and full-width digits are understood.

    Example:
        >>> read_number("1,234.5"), read_number("约3"), read_number("inf")
        (1234.5, None, None)
    """
    if isinstance(cell, bool):
        return None
    text = str(cell).strip().replace("，", ",")
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if "_" in text:  # Python reads 1_000; nobody writes it in a table
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
