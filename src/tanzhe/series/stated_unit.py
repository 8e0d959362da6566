"""The unit a user's table states, in the spellings in use."""

from dataclasses import replace

from tanzhe.errors import InputError
from tanzhe.quantity import Unit
from tanzhe.sectors import Product, sector_of

_MASS = {
    "t": "t",
    "吨": "t",
    "万吨": "万吨",
    "万t": "万吨",
    "Mt": "Mt",
    "百万吨": "Mt",
    "亿吨": "亿吨",
    "亿t": "亿吨",
}


def stated_unit(told: str, sector: str, *, where: str) -> tuple[str, float]:
    """The unit of a series, and what to multiply the table's values by.

    Args:
        told: as the table says, e.g. 万吨二氧化碳; empty when it says nothing.
        sector: sector or product id; tonnes of anything but a product mean tonnes of CO2.
        where: the file, for messages.

    Returns:
        The text of a `quantity.Unit` and the factor; 亿吨 of CO2 become MtCO2.

    Raises:
        InputError: the unit is not known.

    Example:
        >>> stated_unit("亿吨", "industry", where="x"), stated_unit("万吨", "cement", where="x")
        (('MtCO2', 100.0), ('万吨', 1.0))
    """
    if not told:
        return Unit.ONE.text, 1.0
    plain = told.replace(" ", "").replace("二氧化碳", "CO2").replace("CO₂", "CO2")
    mass = _MASS.get(plain.removesuffix("CO2"))
    carbon = plain.endswith("CO2") or not isinstance(sector_of(sector), Product)
    if mass == "亿吨" and carbon:
        return Unit.MT_CO2.text, Unit.YI_T.size / Unit.MT_CO2.size
    text = f"{mass}CO2" if mass and carbon else (mass or plain)
    try:
        return Unit.parse(text).text, 1.0
    except InputError as error:
        raise InputError(*(replace(fault, where=where) for fault in error.faults)) from error
