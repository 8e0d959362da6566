"""Words of an assessment, and its numbers as officers write them."""

from collections.abc import Mapping

from tanzhe.errors import Words
from tanzhe.model.park import Assessment
from tanzhe.parks.terms import LEDGERS
from tanzhe.places import place_of
from tanzhe.reports.words.escape import one_line

APART: Mapping[str, Words] = {
    "international_transport": Words(
        "国际航空航海用能排放", "energy of international aviation and shipping"
    )
}
MISSING = "—"
_COUNTED = ("级", "个", "项")
_WAN = 1e4


def amount(value: float | None, unit: str = "") -> str:
    """A quantity with its unit: shares in percent, tonnes to a hundredth, ratios to 0.0001.

    Example:
        >>> amount(0.86, "1"), amount(117634.16955, "tCO2"), amount(None)
        ('86%', '117,634.17 tCO2', '—')
    """
    if value is None:
        return MISSING
    if unit in ("1", "%"):
        return f"{round(value * 100, 2):,.10g}%" if unit == "1" else f"{value:,.10g}%"
    places = 4 if "/" in unit else 2
    return f"{round(value, places):,.12g} {unit}".rstrip()


def place_words(where: str, result: Assessment) -> Words:
    """Where in the entries something is missing: a row's id, or the sheet that asks for it."""
    if where in {one.id for one in result.indicators}:
        return Words("指标", "Indicators")
    if where in LEDGERS:
        name = LEDGERS[where]
        return Words(f"{name}台账", f"Ledger of {name.en}")
    if where in type(result.park).model_fields:
        return Words("园区信息", "About the park")
    return Words(one_line(where), one_line(where))


def region_words(region: str) -> Words:
    """A province, or the code where it is none."""
    place = place_of(region)
    return Words(place.zh_full, place.en) if place else Words(region, region)


def unit_words(unit: str) -> Words:
    """A unit of a ledger; 万 is ten thousand, levels and pieces are counted without a word.

    Example:
        >>> unit_words("万m3").en, unit_words("万千瓦时").en, unit_words("t").en
        ('10⁴ m3', '10⁴ kWh', 't')
    """
    if unit in _COUNTED:
        return Words(unit, "")
    en = unit.replace("千瓦时", "kWh").replace("万", "10⁴ ").replace("亿", "10⁸ ")
    return Words(unit, en.replace("吨", "t").replace("  ", " "))


def tonnes(value: float, what: str = "二氧化碳") -> str:
    """Tonnes as a report says them aloud.

    Example:
        >>> tonnes(117634.17), tonnes(820.5, "标准煤")
        ('11.76 万吨二氧化碳', '820.5 吨标准煤')
    """
    if abs(value) >= _WAN:
        return f"{value / _WAN:,.2f} 万吨{what}"
    return f"{round(value, 2):,.10g} 吨{what}"


def ratio(value: float) -> str:
    """Emissions per energy, said aloud.

    Example:
        >>> ratio(0.431624756)
        '0.4316 吨二氧化碳/吨标准煤'
    """
    return f"{round(value, 4):.10g} 吨二氧化碳/吨标准煤"


def day(iso: str) -> str:
    """The day of a UTC time.

    Example:
        >>> day("2026-03-09T08:00:00Z")
        '2026年3月9日'
    """
    year, month, date = (int(part) for part in iso[:10].split("-"))
    return f"{year}年{month}月{date}日"
