"""Units as tables spell them: in the name of a column, a row of their own, a line above."""

import re
import unicodedata
from math import log10
from typing import NamedTuple

from tanzhe import bundled
from tanzhe.quantity import Unit


def _spellings() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in bundled.rows("tanzhe.tables.data", "units.csv"):
        found.setdefault(row["family"], {})[row["spelling"]] = float(row["size"])
    return found


# Sizes by spelling, of each family in its base unit.
_SIZES = _spellings()
_MASS = _SIZES["mass"]
# Of each family: sizes of the units of `quantity`, largest first, and their texts.
_FAMILIES = (
    (_MASS, ((1e8, Unit.YI_T), (1e4, Unit.WAN_T), (1.0, Unit.T))),
    (_SIZES["power"], ((1e8, Unit.YI_KWH), (1e4, Unit.WAN_KWH), (1e3, Unit.MWH), (1.0, Unit.KWH))),
    (_SIZES["heat"], ((1.0, Unit.GJ),)),
    (_SIZES["coal"], ((1e4, Unit.WAN_TCE), (1.0, Unit.TCE))),
    (_SIZES["volume"], ((1e8, Unit.YI_M3), (1e4, Unit.WAN_M3), (1.0, Unit.M3))),
    (_SIZES["cases"], ((1e4, Unit.WAN_CASE), (1.0, Unit.CASE))),
    (_SIZES["shares"], ((1.0, Unit.PERCENT),)),
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
