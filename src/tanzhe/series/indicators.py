"""What the words of one cell of an official table say: month, province, product, measure, unit."""

import re
import unicodedata
from datetime import date
from functools import cache
from typing import NamedTuple

from tanzhe import bundled
from tanzhe.errors import InputError
from tanzhe.places import provinces
from tanzhe.quantity import Unit
from tanzhe.series.additions import Measure

_MONTH = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})(?!\d)\s*月?份?")
# 2024年1-5月 is cumulative by its own words.
_SPAN = re.compile(r"(\d{4})\s*年\s*1\s*月?\s*[-—–~至]\s*(\d{1,2})\s*月")
_PLAIN = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(?:\.0)?")
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*")
_RATE = re.compile(r"同比|环比|增长|增速|增减|比重|占比|^%$")
_TO_DATE = re.compile(r"累计|年初至今")
_OF_MONTH = re.compile(r"当期|本期|本月|当月")
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
# What stands around the name of a product in the office's names of its indicators.
_AROUND = re.compile(
    r"累计值|累计|年初至今|当期值|当期|本期|本月|当月|指标|分省|月度|数据|各省|主要"
)
_LABEL = re.compile(r"^(?:指标|地区|时间|单位|数据库|分组)[:：]")
# Days on which a page was made or fetched are no months of data.
_PAGE = re.compile(r"更新|下载|发布|打印|导出")
_TIME = ("时间", "月份", "日期", "时期", "年月", "统计时间", "period", "date", "time", "month")
_NATION = ("全国", "中国", "合计", "总计")
_LONGEST_UNIT = 8


class Said(NamedTuple):
    """What words say; None where they do not.

    Attributes:
        period: YYYY-MM.
        place: GB/T 2260 code of a province; empty for the nation, which is not used.
        product: product id; empty for an indicator that is none of ours.
        measure: of the month alone, or from January on.
        unit: as written.
        rate: a growth rate or a share.
        name: of the indicator as written.
    """

    period: str | None = None
    place: str | None = None
    product: str | None = None
    measure: Measure | None = None
    unit: str | None = None
    rate: bool | None = None
    name: str | None = None

    def beside(self, other: "Said") -> "Said":
        """These words, and the other ones' where they say nothing."""
        mine = {key: value for key, value in self._asdict().items() if value is not None}
        return other._replace(**mine)


NOTHING = Said()


@cache
def _products() -> dict[str, str]:
    rows = bundled.rows("tanzhe.data", "nbs_indicators.csv")
    return {row["name"]: row["product"] for row in rows}


@cache
def _places() -> dict[str, str]:
    known = dict.fromkeys(_NATION, "")
    for place in provinces():
        known |= dict.fromkeys((place.zh, place.zh_full, place.en, place.adcode), place.adcode)
    return known


@cache
def _long_names() -> tuple[str, ...]:
    """Names of places that may begin a title, the longest first."""
    return tuple(sorted((n for n in _places() if len(n) > 1), key=len, reverse=True))


def is_label(text: str) -> bool:
    """Whether a line names what it tells: 指标：水泥产量."""
    return bool(_LABEL.match(unicodedata.normalize("NFKC", text).strip()))


@cache
def said(text: str) -> Said:
    """What a cell's words say.

    Example:
        >>> said("水泥产量_累计值(万吨)")[2:5]
        ('cement', 'year_to_date', '万吨')
        >>> said("2024年12月").period, said("云南省").place, said("备注") == NOTHING
        ('2024-12', '530000', True)
    """
    plain = _LABEL.sub("", unicodedata.normalize("NFKC", text).replace(" ", "").strip())
    if not plain or _PAGE.search(plain):
        return NOTHING
    if plain in _places():
        return Said(place=_places()[plain])
    if whole := _period(plain):
        return whole
    if _is_unit(plain):
        return Said(unit=plain)
    return _indicator(plain)


def is_time(cell: object) -> bool:
    """Whether a header says that months stand below it."""
    return isinstance(cell, str) and cell.strip().casefold() in _TIME


def period_of(cell: object) -> str | None:
    """The month of a date cell or of 202412, or None."""
    if isinstance(cell, date):
        return f"{cell.year}-{cell.month:02d}"
    found = _PLAIN.fullmatch(str(cell).strip())
    return f"{found.group(1)}-{found.group(2)}" if found else None


def _period(plain: str) -> Said | None:
    """A cell that is a month, or a span from January on, and nothing else."""
    if found := _SPAN.fullmatch(plain):
        return _month(*found.groups())._replace(measure="year_to_date")
    if found := _MONTH.fullmatch(plain):
        return _month(*found.groups())
    if _DAY.fullmatch(plain) and (found := _MONTH.match(plain)):
        return _month(*found.groups())
    return None


def _month(year: str, month: str) -> Said:
    return Said(period=f"{year}-{int(month):02d}") if 1 <= int(month) <= 12 else NOTHING


@cache
def _is_unit(plain: str) -> bool:
    if len(plain) > _LONGEST_UNIT or plain[0].isdigit():
        return False
    try:
        return Unit.parse(plain).text != "1"
    except InputError:
        return False


def _indicator(plain: str) -> Said:
    """The product, measure and unit of an indicator's name, with a month or province inside it."""
    brackets = [b for b in _BRACKET.findall(plain) if b]
    bare = _BRACKET.sub("", plain)
    out = NOTHING
    for pattern in (_SPAN, _MONTH):
        if found := pattern.search(bare):
            bare = bare.replace(found.group(), "")
            out = _month(*found.groups())
            out = out._replace(measure="year_to_date") if pattern is _SPAN else out
            break
    place = next((n for n in _long_names() if bare.startswith(n) and len(bare) > len(n)), "")
    bare = bare.removeprefix(place)
    rate = bool(_RATE.search(bare)) or "%" in brackets
    measure: Measure | None = out.measure
    if _TO_DATE.search(bare):
        measure = "year_to_date"
    elif _OF_MONTH.search(bare):
        measure = "month"
    unit = next((b for b in reversed(brackets) if _is_unit(b)), None)
    name = re.sub(r"[_:：、,，\-]", "", _AROUND.sub("", _RATE.sub("", bare)))
    own = name.removesuffix("产量")
    product = _products().get(own, _products().get(name))
    like = product is None and bool(own) and ("产量" in name or unit or measure or rate)
    if place and product:
        out = out._replace(place=_places()[place])
    return out._replace(
        product="" if like else product,
        measure=measure,
        unit=unit,
        rate=True if rate else (False if product or measure else None),
        name=plain if product is not None or like else None,
    )
