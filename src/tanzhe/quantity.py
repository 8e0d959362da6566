"""Numbers with units; every conversion of the product lives here and nowhere else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from tanzhe import bundled
from tanzhe.errors import InputError, Words

GJ_PER_KWH = 3.6e-3  # by definition: the energy in the power, not the fuel it took to make it
CO2_PER_CARBON = 44 / 12  # masses of CO2 and of its carbon


class Dimension(Enum):
    """What a unit measures; numbers of different dimensions never mix."""

    CO2 = "二氧化碳"
    MASS = "质量"
    ELECTRICITY = "电量"
    ENERGY = "能量"
    GLASS_CASE = "玻璃重量箱"
    SHARE = "份额"
    INTENSITY_MASS = "吨产品排放"
    INTENSITY_ELECTRICITY = "度电排放"
    INTENSITY_CASE = "重量箱排放"
    VOLUME = "体积"
    INTENSITY_VOLUME = "体积燃料排放"
    INTENSITY_ENERGY = "单位能量排放"
    CARBON_PER_ENERGY = "单位热值含碳量"
    ENERGY_PER_MASS = "质量热值"
    ENERGY_PER_VOLUME = "体积热值"
    ENERGY_PER_ELECTRICITY = "电力折能"
    ENERGY_PER_ENERGY = "热力折能"
    ELECTRICITY_PER_MASS = "吨产品电耗"
    FOOTPRINT_ELECTRICITY = "度电碳足迹"  # life-cycle CO2e: another family, never mixed with CO2
    FOOTPRINT_MASS = "吨产品二氧化碳当量"
    COUNT = "数量"
    LEVEL = "等级"
    MONTHS = "月数"
    HOURS = "小时数"
    TRANSPORT = "货物周转量"
    AREA = "面积"


class Unit(Enum):
    """A unit: its text, its dimension and its size in the dimension's base unit.

    Base units: tCO2, t, m3, kWh, GJ, weight case (50 kg of glass), t·km, m2, 1, and quotients.
    """

    T_CO2 = ("tCO2", Dimension.CO2, 1.0)
    WAN_T_CO2 = ("万吨CO2", Dimension.CO2, 1e4)
    MT_CO2 = ("MtCO2", Dimension.CO2, 1e6)
    T = ("t", Dimension.MASS, 1.0)
    WAN_T = ("万吨", Dimension.MASS, 1e4)
    YI_T = ("亿吨", Dimension.MASS, 1e8)
    KWH = ("kWh", Dimension.ELECTRICITY, 1.0)
    MWH = ("MWh", Dimension.ELECTRICITY, 1e3)
    YI_KWH = ("亿千瓦时", Dimension.ELECTRICITY, 1e8)
    GJ = ("GJ", Dimension.ENERGY, 1.0)
    TCE = ("tce", Dimension.ENERGY, 29.3076)  # GB/T 2589-2020: 1 kgce = 29,307.6 kJ
    CASE = ("重量箱", Dimension.GLASS_CASE, 1.0)
    WAN_CASE = ("万重量箱", Dimension.GLASS_CASE, 1e4)
    ONE = ("1", Dimension.SHARE, 1.0)
    PERCENT = ("%", Dimension.SHARE, 0.01)
    T_CO2_PER_T = ("tCO2/t", Dimension.INTENSITY_MASS, 1.0)
    KG_CO2_PER_KWH = ("kgCO2/kWh", Dimension.INTENSITY_ELECTRICITY, 1e-3)
    T_CO2_PER_CASE = ("tCO2/重量箱", Dimension.INTENSITY_CASE, 1.0)
    KG_CO2_PER_KG = ("kgCO2/kg", Dimension.INTENSITY_MASS, 1.0)
    KG = ("kg", Dimension.MASS, 1e-3)
    L = ("L", Dimension.VOLUME, 1e-3)
    M3 = ("m3", Dimension.VOLUME, 1.0)
    QIAN_M3 = ("千m3", Dimension.VOLUME, 1e3)
    WAN_M3 = ("万m3", Dimension.VOLUME, 1e4)
    YI_M3 = ("亿m3", Dimension.VOLUME, 1e8)
    T_CO2_PER_WAN_M3 = ("tCO2/万m3", Dimension.INTENSITY_VOLUME, 1e-4)
    KG_CO2_PER_M3 = ("kgCO2/m3", Dimension.INTENSITY_VOLUME, 1e-3)
    KG_CO2_PER_L = ("kgCO2/L", Dimension.INTENSITY_VOLUME, 1.0)
    WAN_KWH = ("万千瓦时", Dimension.ELECTRICITY, 1e4)
    KGCE = ("kgce", Dimension.ENERGY, 29.3076e-3)
    WAN_TCE = ("万tce", Dimension.ENERGY, 29.3076e4)
    T_CO2_PER_GJ = ("tCO2/GJ", Dimension.INTENSITY_ENERGY, 1.0)
    T_CO2_PER_TJ = ("tCO2/TJ", Dimension.INTENSITY_ENERGY, 1e-3)
    T_CO2_PER_TCE = ("tCO2/tce", Dimension.INTENSITY_ENERGY, 1 / 29.3076)
    T_C_PER_TJ = ("tC/TJ", Dimension.CARBON_PER_ENERGY, 1e-3)
    GJ_PER_T = ("GJ/t", Dimension.ENERGY_PER_MASS, 1.0)
    KJ_PER_KG = ("kJ/kg", Dimension.ENERGY_PER_MASS, 1e-3)
    KGCE_PER_KG = ("kgce/kg", Dimension.ENERGY_PER_MASS, 29.3076)
    TCE_PER_T = ("tce/t", Dimension.ENERGY_PER_MASS, 29.3076)
    KGCE_PER_T = ("kgce/t", Dimension.ENERGY_PER_MASS, 29.3076e-3)
    GJ_PER_WAN_M3 = ("GJ/万m3", Dimension.ENERGY_PER_VOLUME, 1e-4)
    KJ_PER_M3 = ("kJ/m3", Dimension.ENERGY_PER_VOLUME, 1e-6)
    KGCE_PER_M3 = ("kgce/m3", Dimension.ENERGY_PER_VOLUME, 29.3076e-3)
    KGCE_PER_KWH = ("kgce/kWh", Dimension.ENERGY_PER_ELECTRICITY, 29.3076e-3)
    KJ_PER_KWH = ("kJ/kWh", Dimension.ENERGY_PER_ELECTRICITY, 1e-6)
    KGCE_PER_MJ = ("kgce/MJ", Dimension.ENERGY_PER_ENERGY, 29.3076)
    KWH_PER_T = ("kWh/t", Dimension.ELECTRICITY_PER_MASS, 1.0)
    KG_CO2E_PER_KWH = ("kgCO2e/kWh", Dimension.FOOTPRINT_ELECTRICITY, 1e-3)
    T_CO2E_PER_T = ("tCO2e/t", Dimension.FOOTPRINT_MASS, 1.0)
    COUNT = ("个", Dimension.COUNT, 1.0)
    LEVEL = ("级", Dimension.LEVEL, 1.0)
    MONTH = ("月", Dimension.MONTHS, 1.0)
    HOUR = ("小时", Dimension.HOURS, 1.0)
    GWH = ("GWh", Dimension.ELECTRICITY, 1e6)
    MJ = ("MJ", Dimension.ENERGY, 1e-3)
    TJ = ("TJ", Dimension.ENERGY, 1e3)
    T_KM = ("t·km", Dimension.TRANSPORT, 1.0)
    QIAN_T_KM = ("千t·km", Dimension.TRANSPORT, 1e3)
    WAN_T_KM = ("万t·km", Dimension.TRANSPORT, 1e4)
    M2 = ("m2", Dimension.AREA, 1.0)
    G = ("g", Dimension.MASS, 1e-6)
    KT = ("kt", Dimension.MASS, 1e3)
    SHI_WAN_T = ("十万吨", Dimension.MASS, 1e5)
    MT = ("Mt", Dimension.MASS, 1e6)
    QIAN_WAN_T = ("千万吨", Dimension.MASS, 1e7)
    SHI_YI_T = ("十亿吨", Dimension.MASS, 1e9)
    WH = ("Wh", Dimension.ELECTRICITY, 1e-3)
    SHI_WAN_KWH = ("十万千瓦时", Dimension.ELECTRICITY, 1e5)
    QIAN_WAN_KWH = ("千万千瓦时", Dimension.ELECTRICITY, 1e7)
    TWH = ("TWh", Dimension.ELECTRICITY, 1e9)
    BAI_WAN_M3 = ("百万m3", Dimension.VOLUME, 1e6)
    QIAN_WAN_M3 = ("千万m3", Dimension.VOLUME, 1e7)
    SHI_YI_M3 = ("十亿m3", Dimension.VOLUME, 1e9)
    KG_CO2 = ("kgCO2", Dimension.CO2, 1e-3)
    KT_CO2 = ("ktCO2", Dimension.CO2, 1e3)
    YI_T_CO2 = ("亿吨CO2", Dimension.CO2, 1e8)
    GT_CO2 = ("GtCO2", Dimension.CO2, 1e9)
    KJ = ("kJ", Dimension.ENERGY, 1e-6)
    PJ = ("PJ", Dimension.ENERGY, 1e6)
    WAN_GJ = ("万GJ", Dimension.ENERGY, 1e4)
    KTCE = ("ktce", Dimension.ENERGY, 29.3076e3)
    MTCE = ("Mtce", Dimension.ENERGY, 29.3076e6)
    YI_TCE = ("亿tce", Dimension.ENERGY, 29.3076e8)

    def __init__(self, text: str, dimension: Dimension, size: float) -> None:
        self.text = text
        self.dimension = dimension
        self.size = size

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """The unit of a text, 亿千瓦小时 and other spellings included.

        Raises:
            InputError: unknown unit; the message lists the known ones.
        """
        plain = _plain(text)
        found = _by_text().get(plain.casefold()) or _with_prefix(plain)
        if found is not None and plain not in _AMBIGUOUS:
            return found
        known = ", ".join(unit.text for unit in cls)
        raise InputError.of(
            Words(f"不认识的单位：“{text}”", f"Unknown unit: “{text}”"),
            Words(f"可用单位：{known}", f"Known units: {known}"),
        )

    @classmethod
    def known(cls, text: str) -> "Unit | None":
        """The unit of a text, or None where nobody knows it.

        Example:
            >>> Unit.known("万kWh").text, Unit.known("nothing")
            ('万千瓦时', None)
        """
        try:
            return cls.parse(text)
        except InputError:
            return None


@cache
def _by_text() -> dict[str, Unit]:
    return {unit.text.casefold(): unit for unit in reversed(Unit)}


@cache
def _spelled() -> dict[str, str]:
    """Units as official documents spell them out."""
    rows = bundled.rows("tanzhe.data", "unit_spellings.csv")
    return {row["written"]: row["unit"] for row in rows}


def _plain(text: str) -> str:
    """The usual spellings of one unit made one: 千瓦小时, CO₂, Nm³, 吨标准煤."""
    for spelling, plain in (
        ("千瓦小时", "千瓦时"),
        ("标煤", "标准煤"),
        ("W·h", "Wh"),
        ("W.h", "Wh"),
        ("₂", "2"),
        ("³", "3"),
        ("Nm3", "m3"),
        ("²", "2"),
    ):
        text = text.replace(spelling, plain)
    text = text.strip()
    return _spelled().get(text, text)


# What may stand before a unit: ten thousand as a word, a power or a number, and letters of SI.
_CHINESE = {"十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_LETTERS = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "m": 1e-3}
_POWER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_PREFIXED = (
    r"(?P<number>10(?:\^|\*\*|e)\d|1e\d|10[⁰¹²³⁴⁵⁶⁷⁸⁹]|10{{0,2}}(?:,000)+|10*)?[×·x*]?"
    r"(?P<words>[十百千万亿]*)(?P<letters>[kKMGTm]{{{count}}})(?P<base>.+)"
)
# A million tonnes or a metric ton: nobody knows.
_AMBIGUOUS = frozenset({"mt", "MT", "mT"})
_PREFIXABLE = ("kWh", "t", "kg", "m3", "L", "tce", "重量箱", "tCO2")
_BASES = ("t", "Wh", "m3", "tCO2", "gCO2", "tce", "gce", "J", "L", "g", "重量箱")


def _with_prefix(text: str) -> Unit | None:
    """A unit of ours that a prefix and a simple unit make: 万t, kt, 10^4 t, 10kkWh, 亿立方米."""
    for match in _splits(text):
        base = _base(match["base"])
        if base is None:
            continue
        size = base.size * _number(match["number"] or "1")
        for word in match["words"]:
            size *= _CHINESE[word]
        for letter in match["letters"]:
            size *= _LETTERS[letter]
        return next(
            (one for one in Unit if one.dimension is base.dimension and _same(one.size, size)), None
        )
    return None


def _splits(text: str) -> "Iterator[re.Match[str]]":
    """Ways to part a text into prefix and unit, the fewest letters first: Mt, then kkWh."""
    whole = re.sub(r"\s", "", text).replace("千瓦时", "kWh").replace("千克", "kg")
    for count in range(3):
        if match := re.fullmatch(_PREFIXED.format(count=count), whole):
            yield match


def _base(text: str) -> "_Base | None":
    """The simple unit of a text, spelt in letters or words."""
    plain = _spelled().get(text, text)
    for name in _BASES:
        if plain.casefold() == name.casefold() and plain[:1] != "T":
            return _SIMPLE[name]
    found = _by_text().get(plain.casefold())
    if found is None or found.text not in _PREFIXABLE:
        return None
    return _Base(found.dimension, found.size)


def _number(text: str) -> float:
    """10, 10^4, 10⁴, 1e4, 10,000."""
    if found := re.fullmatch(r"(?:10(?:\^|\*\*|e)|1e)(\d)|10([⁰¹²³⁴⁵⁶⁷⁸⁹])", text):
        return 10.0 ** int((found[1] or found[2]).translate(_POWER))
    return float(text.replace(",", ""))


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * other


class _Base(NamedTuple):
    """A simple unit: what it measures, and its size in the base unit of that."""

    dimension: Dimension
    size: float


_SIMPLE = {
    "t": _Base(Dimension.MASS, 1.0),
    "g": _Base(Dimension.MASS, 1e-6),
    "Wh": _Base(Dimension.ELECTRICITY, 1e-3),
    "m3": _Base(Dimension.VOLUME, 1.0),
    "L": _Base(Dimension.VOLUME, 1e-3),
    "tCO2": _Base(Dimension.CO2, 1.0),
    "gCO2": _Base(Dimension.CO2, 1e-6),
    "tce": _Base(Dimension.ENERGY, 29.3076),
    "gce": _Base(Dimension.ENERGY, 29.3076e-6),
    "J": _Base(Dimension.ENERGY, 1e-9),
    "重量箱": _Base(Dimension.GLASS_CASE, 1.0),
}


_PRODUCTS = {
    (Dimension.VOLUME, Dimension.INTENSITY_VOLUME): Unit.T_CO2,
    (Dimension.ENERGY, Dimension.INTENSITY_ENERGY): Unit.T_CO2,
    (Dimension.MASS, Dimension.ENERGY_PER_MASS): Unit.GJ,
    (Dimension.VOLUME, Dimension.ENERGY_PER_VOLUME): Unit.GJ,
    (Dimension.ELECTRICITY, Dimension.ENERGY_PER_ELECTRICITY): Unit.GJ,
    (Dimension.MASS, Dimension.INTENSITY_MASS): Unit.T_CO2,
    (Dimension.ELECTRICITY, Dimension.INTENSITY_ELECTRICITY): Unit.T_CO2,
    (Dimension.GLASS_CASE, Dimension.INTENSITY_CASE): Unit.T_CO2,
}


@dataclass(frozen=True)
class Quantity:
    """A number with its unit.

    Example:
        >>> (Quantity(100, Unit.WAN_T) * Quantity(0.52, Unit.T_CO2_PER_T)).to(Unit.MT_CO2)
        Quantity(value=0.52, unit=<Unit.MT_CO2: ('MtCO2', <Dimension.CO2: '二氧化碳'>, 1000000.0)>)
    """

    value: float
    unit: Unit

    def to(self, unit: Unit) -> "Quantity":
        """The same amount in another unit of the same dimension.

        Raises:
            InputError: the units measure different things.
        """
        if unit.dimension is not self.unit.dimension:
            raise _mixed(self.unit, unit)
        return Quantity(self.value * self.unit.size / unit.size, unit)

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.value + other.to(self.unit).value, self.unit)

    def __mul__(self, factor: "Quantity") -> "Quantity":
        unit = _PRODUCTS.get((self.unit.dimension, factor.unit.dimension))
        if unit is None:
            raise _mixed(self.unit, factor.unit)
        return Quantity(self.value * self.unit.size * factor.value * factor.unit.size, unit)


def _mixed(one: Unit, other: Unit) -> InputError:
    return InputError.of(
        Words(
            f"单位不能混用：{one.text}（{one.dimension.value}）与 {other.text}"
            f"（{other.dimension.value}）",
            f"Units do not mix: {one.text} ({one.dimension.name.lower()}) and {other.text} "
            f"({other.dimension.name.lower()})",
        ),
        Words("请先核对数据的单位", "Check the units of the data first"),
    )
