"""Numbers with units; every conversion of the product lives here and nowhere else."""

from dataclasses import dataclass
from enum import Enum

from tanzhe.errors import Fault, InputError, Words


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


class Unit(Enum):
    """A unit: its text, its dimension and its size in the dimension's base unit.

    Base units: tCO2, t, kWh, GJ, weight case (50 kg of glass), 1, tCO2/t, tCO2/kWh, tCO2/case.
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
        wanted = text.strip().replace("千瓦小时", "千瓦时").replace("CO₂", "CO2")
        for unit in cls:
            if unit.text.casefold() == wanted.casefold():
                return unit
        known = ", ".join(unit.text for unit in cls)
        raise InputError(
            Fault(
                what=Words(f"不认识的单位：“{text}”", f"Unknown unit: “{text}”"),
                do=Words(f"可用单位：{known}", f"Known units: {known}"),
            )
        )


_PRODUCTS = {
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
    pair = f"{one.text}（{one.dimension.value}）与 {other.text}（{other.dimension.value}）"
    return InputError(
        Fault(
            what=Words(
                f"单位不能混用：{pair}",
                f"Units do not mix: {one.text} and {other.text}",
            ),
            do=Words("请先核对数据的单位", "Check the units of the data first"),
        )
    )
