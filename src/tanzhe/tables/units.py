"""Units as tables spell them: in the name of a column, a row of their own, a line above."""

import re
import unicodedata
from math import log10
from typing import NamedTuple

from tanzhe.quantity import Unit

_MASS = {
    "kg": 1e-3, "千克": 1e-3, "公斤": 1e-3,
    "t": 1.0, "吨": 1.0, "公吨": 1.0, "ton": 1.0, "tons": 1.0, "tonne": 1.0, "tonnes": 1.0,
    "噸": 1.0, "metricton": 1.0, "metrictons": 1.0, "metrictonnes": 1.0, "mt(metrictons)": 1.0,
    "kt": 1e3, "gg": 1e3, "千吨": 1e3, "ktons": 1e3, "kton": 1e3, "ktonnes": 1e3, "tonth": 1e3,
    "thousandtons": 1e3, "thousandtonnes": 1e3, "thousandmetrictons": 1e3, "1000tons": 1e3,
    "1000tonnes": 1e3, "'000tonnes": 1e3, "kilotonnes": 1e3, "kilotons": 1e3, "千公噸": 1e3,
    "万吨": 1e4, "万t": 1e4, "萬噸": 1e4, "萬公噸": 1e4, "万公吨": 1e4, "10000tons": 1e4,
    "10000tonnes": 1e4, "10000t": 1e4, "10kt": 1e4, "10kilotons": 1e4,
    "tentthousandtons": 1e4, "tenthousandtons": 1e4,
    "ton10th": 1e4,
    "wantons": 1e4, "104t": 1e4, "104吨": 1e4,
    "mt": 1e6, "tg": 1e6, "百万吨": 1e6, "mmt": 1e6, "milliontons": 1e6, "milliontonnes": 1e6,
    "millionmetrictons": 1e6, "millionmetrictonnes": 1e6, "tonmn": 1e6, "megatonnes": 1e6,
    "mtons": 1e6, "mtonnes": 1e6, "百萬噸": 1e6, "106t": 1e6,
    "106吨": 1e6, "百吨": 1e2, "百噸": 1e2,
    "千万吨": 1e7,
    "亿吨": 1e8, "亿t": 1e8, "億噸": 1e8, "100milliontons": 1e8, "ton100mn": 1e8,
    "108t": 1e8, "108吨": 1e8,
    "gt": 1e9, "pg": 1e9, "十亿吨": 1e9, "billiontons": 1e9, "billiontonnes": 1e9, "tonbn": 1e9,
    "gigatonnes": 1e9, "billionmetrictons": 1e9,
}  # fmt: skip
_POWER = {
    "kwh": 1.0, "千瓦时": 1.0, "千瓦小时": 1.0, "度": 1.0, "千瓦時": 1.0, "kw.h": 1.0, "kw·h": 1.0,
    "mwh": 1e3, "兆瓦时": 1e3, "megawatthours": 1e3, "mw·h": 1e3, "千kwh": 1e3, "thousandkwh": 1e3,
    "万千瓦时": 1e4, "万千瓦小时": 1e4, "万kwh": 1e4, "万度": 1e4, "10000kwh": 1e4, "萬度": 1e4,
    "gwh": 1e6, "吉瓦时": 1e6, "百万千瓦时": 1e6, "kwhmn": 1e6, "millionkwh": 1e6, "百万度": 1e6,
    "thousandmegawatthours": 1e6, "millionkilowatthours": 1e6,
    "亿千瓦时": 1e8, "亿千瓦小时": 1e8, "亿kwh": 1e8, "亿度": 1e8, "100millionkwh": 1e8,
    "億度": 1e8, "kwh100mn": 1e8, "108kwh": 1e8,
    "twh": 1e9, "太瓦时": 1e9, "十亿千瓦时": 1e9, "kwhbn": 1e9, "billionkwh": 1e9,
    "billionkilowatthours": 1e9,
}  # fmt: skip
_HEAT = {
    "mj": 1e-3, "gj": 1.0, "吉焦": 1.0, "百万千焦": 1.0, "tj": 1e3, "太焦": 1e3, "万吉焦": 1e4,
    "万gj": 1e4,
    "pj": 1e6, "ej": 1e9, "百万吉焦": 1e6,
}  # fmt: skip
_COAL = {
    "kgce": 1e-3, "千克标准煤": 1e-3, "tce": 1.0, "吨标准煤": 1.0, "吨标煤": 1.0,
    "吨标准煤当量": 1.0,
    "万tce": 1e4, "万吨标准煤": 1e4, "万吨标煤": 1e4, "10000tce": 1e4, "10000tonsofsce": 1e4,
    "ktce": 1e3, "mtce": 1e6, "百万吨标准煤": 1e6, "亿吨标准煤": 1e8, "亿吨标煤": 1e8,
    "萬噸標準煤": 1e4,
}  # fmt: skip
_VOLUME = {
    "m3": 1.0, "立方米": 1.0, "nm3": 1.0, "标方": 1.0, "cum": 1.0, "立方公尺": 1.0,
    "千立方米": 1e3, "万立方米": 1e4, "万m3": 1e4, "万方": 1e4, "万标方": 1e4,
    "10000cubicmeters": 1e4,
    "百万立方米": 1e6, "mcm": 1e6, "cummn": 1e6, "亿立方米": 1e8, "亿m3": 1e8, "亿方": 1e8,
    "100millioncubicmeters": 1e8, "100millioncum": 1e8, "bcm": 1e9,
}  # fmt: skip
_CASES = {"重量箱": 1.0, "万重量箱": 1e4, "10000weightcases": 1e4}
_SHARES = {"%": 1.0, "percent": 1.0, "pct": 1.0, "百分比": 1.0, "percentage": 1.0}
# Of each family: sizes of the units of `quantity`, largest first, and their texts.
_FAMILIES = (
    (_MASS, ((1e8, Unit.YI_T), (1e4, Unit.WAN_T), (1.0, Unit.T))),
    (_POWER, ((1e8, Unit.YI_KWH), (1e4, Unit.WAN_KWH), (1e3, Unit.MWH), (1.0, Unit.KWH))),
    (_HEAT, ((1.0, Unit.GJ),)),
    (_COAL, ((1e4, Unit.WAN_TCE), (1.0, Unit.TCE))),
    (_VOLUME, ((1e8, Unit.YI_M3), (1e4, Unit.WAN_M3), (1.0, Unit.M3))),
    (_CASES, ((1e4, Unit.WAN_CASE), (1.0, Unit.CASE))),
    (_SHARES, ((1.0, Unit.PERCENT),)),
)
# Words and digits that are units elsewhere and names or figures in a table.
_NO_MEASURE = (Unit.ONE, Unit.COUNT, Unit.LEVEL, Unit.MONTH, Unit.HOUR)
_CARBON = ((1e6, Unit.MT_CO2), (1e4, Unit.WAN_T_CO2), (1.0, Unit.T_CO2))
_CO2 = re.compile(
    r"(?:of)?(?:co2(?:-?e(?:q(?:uivalents?)?)?)?|carbondioxide(?:equivalents?)?"
    r"|二氧化碳(?:当量)?|二氧化碳當量)(?:当量|當量)?"
)
# Tonnes of carbon, not of CO2: MtC, 万吨碳, million metric tons of carbon.
_ELEMENT = re.compile(r"(?:-?c|(?:of)?carbon|碳)$")
_CO2_OF_CARBON = 44 / 12  # of the molecule to its carbon
_TIME = re.compile(r"(?:/|per|每)(?:month|mo|月|year|yr|a|年)$")


class Spelled(NamedTuple):
    """A unit as a table spells it.

    Attributes:
        unit: the nearest unit in size.
        scale: what a value is multiplied by to be in it.
        carbon: whether the table says CO2.
        equivalent: whether it says CO2 equivalents.
        element: whether it says carbon, not CO2; `scale` turns it into CO2.
    """

    unit: Unit
    scale: float
    carbon: bool
    equivalent: bool
    element: bool = False


def spelled(text: str, *, carbon: bool = False) -> Spelled | None:
    """The unit a text spells, or None.

    Args:
        text: 万吨, 10000 tons, Million Metric Tons of Carbon Dioxide, TWh, ktCO2.
        carbon: whether a mass is one of CO2 even where the text does not say so.

    Example:
        >>> found = spelled("Million Metric Tons of Carbon Dioxide")
        >>> found.unit.text, found.scale
        ('MtCO2', 1.0)
        >>> spelled("GWh").unit.text, spelled("GWh").scale, spelled("个百分点")
        ('亿千瓦时', 0.01, None)
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"^[×x*·](?=10)|(?<=10)\^", "", re.sub(r"[\s,_]+", "", plain))
    plain = plain.strip("()（）[]【】:：")
    equivalent = bool(re.search(r"co2-?e|当量|當量|equivalent", plain)) and "标准煤" not in plain
    bare = _TIME.sub("", _CO2.sub("", plain))
    says = bare != _TIME.sub("", plain)
    bare = bare.removesuffix("of")
    for sizes, units in _FAMILIES:
        size = sizes.get(bare)
        if size is None:
            continue
        steps = _CARBON if sizes is _MASS and (says or carbon) else units
        told, unit = min(steps, key=lambda step: abs(log10(step[0] / size)))
        return Spelled(unit, size / told, steps is _CARBON, equivalent)
    mass = _MASS.get(_ELEMENT.sub("", bare)) if _ELEMENT.search(bare) else None
    if mass is not None and not says:
        told, unit = min(_CARBON, key=lambda step: abs(log10(step[0] / mass)))
        return Spelled(unit, mass / told * _CO2_OF_CARBON, True, equivalent, True)
    return None


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit."""
    plain = text.strip().strip("()（）[]【】")
    if not plain or len(plain) > 50:
        return False
    if spelled(plain) is not None:
        return True
    folded = unicodedata.normalize("NFKC", plain).casefold().replace(" ", "")
    return any(unit.text.casefold() == folded for unit in Unit if unit not in _NO_MEASURE)


_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,50})[)）\]】]")
_TAIL = re.compile(r"[_/／,，:：\s]+([^_/／,，:：\s]+(?:\s+[^\s_/,]+){0,6})$")
_LINE = re.compile(
    r"(?:计量)?(?:单位|單位|units?)\s*(?:[:：]|\bis\b|\s+in\b)\s*"
    r"([^\s,，;；。)）]+(?: (?:tons|tonnes|metric|million|of|CO2|kWh)\b)*)",
    re.I,
)


def unit_in_name(name: str) -> str:
    """The unit that the name of a column carries, as it is written there; empty without one.

    Example:
        >>> unit_in_name("碳排放量（万吨CO2）"), unit_in_name("coal_twh"), unit_in_name("Mt CO2")
        ('万吨CO2', 'twh', 'Mt CO2')
    """
    for found in reversed(_BRACKETS.findall(name)):
        inner: str = re.sub(r"^(?:单位|unit)\s*[:：]?\s*", "", found.strip(), flags=re.I)
        if is_unit(inner):
            return inner
    bare = _BRACKETS.sub("", name).strip()
    if is_unit(bare) and spelled(bare) is not None:
        return bare
    tail = _TAIL.search(bare)
    while tail is not None:
        told = tail.group(1).strip()
        if is_unit(told):
            return told
        shorter = _TAIL.search(told)
        tail = shorter if shorter is not None and shorter.group(1) != told else None
    brackets = _BRACKETS.findall(name)
    return brackets[-1].strip() if brackets and _looks_like_unit(brackets[-1]) else ""


# Measures of something else, as a bracket holds them and nothing beside: to be refused, not unseen.
_OTHER = re.compile(
    r"[百千万亿]*(?:℃|°C|℉|°F|摄氏度|[%％‰]|人次?|次|户|辆|台|套|亩|公顷|平方(?:公里|千米|米)|公里|千米|米"
    r"|毫米|mm|km2?|m2|hPa|分贝)",
)


def _looks_like_unit(text: str) -> bool:
    """Whether brackets hold an unknown unit rather than a remark.

    Example:
        >>> _looks_like_unit("℃"), _looks_like_unit("万人"), _looks_like_unit("不含台湾")
        (True, True, False)
    """
    if _OTHER.fullmatch(text.strip()):
        return True
    return bool(re.search(r"吨|瓦|焦|立方|克|元|升|t\b|Wh\b|CO2|tce", text)) and len(text) <= 20


def unit_in_line(line: str) -> str:
    """The unit of a line above or below a table: 单位：万吨.

    Example:
        >>> unit_in_line("表1 各省产量　单位：万吨"), unit_in_line("Unit: kt")
        ('万吨', 'kt')
    """
    found = _LINE.search(line)
    if found is None:
        return ""
    told = found.group(1).strip()
    return told if is_unit(told) or _looks_like_unit(told) else ""
