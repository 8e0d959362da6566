"""Amounts and factors of a footprint in matching units, exactly."""

import re
from decimal import Decimal
from typing import NamedTuple

from tanzhe.quantity import Dimension, Unit

# The dimension of each unit that PACT knows, its spelling there, and the unit that it is.
DECLARED = {
    Dimension.MASS: ("kilogram", Unit.KG),
    Dimension.ELECTRICITY: ("kilowatt hour", Unit.KWH),
    Dimension.ENERGY: ("megajoule", Unit.MJ),
    Dimension.VOLUME: ("cubic meter", Unit.M3),
    Dimension.TRANSPORT: ("ton kilometer", Unit.T_KM),
    Dimension.AREA: ("square meter", Unit.M2),
    Dimension.COUNT: ("piece", Unit.COUNT),
    Dimension.HOURS: ("hour", Unit.HOUR),
}
_EMISSION = re.compile(
    r"(?P<mass>[a-zA-Z一-鿿]+?)\s*(?:CO2e?|CO2当量|二氧化碳当量)\s*[/每]\s*(?P<per>.+)"
)
_MEASURED = {"kgCO2e": Decimal(1), "tCO2e": Decimal(1000), "gCO2e": Decimal("0.001")}
_MASSES = {
    "g": Decimal("0.001"), "kg": Decimal(1), "t": Decimal(1000), "千克": Decimal(1),
    "公斤": Decimal(1), "吨": Decimal(1000), "万t": Decimal(10_000_000), "克": Decimal("0.001"),
}  # fmt: skip


class PerUnit(NamedTuple):
    """A unit of a factor: how many kg one of its mass units is, and the unit below the line."""

    kg: Decimal
    per: Unit


def measured(unit: str) -> Decimal | None:
    """Kilograms of one unit of CO2e that was measured or is known itself, or None.

    Example:
        >>> measured("tCO2e"), measured("t")
        (Decimal('1000'), None)
    """
    plain = unit.replace("₂", "2").replace(" ", "").replace("吨", "t").replace("千克", "kg")
    return _MEASURED.get(plain.replace("二氧化碳当量", "CO2e"))


def factor_unit(text: str) -> PerUnit | None:
    """The unit of an emission factor, or None where it is none.

    Example:
        >>> factor_unit("tCO2e/万m3").kg, factor_unit("kgCO2e/t·km").per.text
        (Decimal('1000'), 't·km')
    """
    found = _EMISSION.fullmatch(text.replace("₂", "2").replace("CO2eq", "CO2e").strip())
    if found is None:
        return None
    mass, per = _MASSES.get(found["mass"].strip()), Unit.known(found["per"])
    return PerUnit(mass, per) if mass is not None and per is not None else None


def ratio(one: Unit, other: Unit) -> Decimal | None:
    """How many of the other unit one is, or None where they measure different things.

    Example:
        >>> ratio(Unit.MWH, Unit.KWH)
        Decimal('1000')
    """
    if one.dimension is not other.dimension:
        return None
    return (_exact(one.size) / _exact(other.size)).normalize() + 0


def _exact(size: float) -> Decimal:
    """A size as it is written in the table of units, not as a float holds it."""
    return Decimal(repr(size))
