"""The unit a user's table states, in the spellings in use."""

from dataclasses import replace

from tanzhe.errors import Fault, InputError, Words
from tanzhe.quantity import Unit
from tanzhe.sectors import Product, sector_of
from tanzhe.tables.units import spelled


def stated_unit(
    told: str, sector: str, *, where: str, carbon: bool | None = None
) -> tuple[str, float]:
    """The unit of a series, and what to multiply the table's values by.

    Args:
        told: as the table says, e.g. 万吨二氧化碳; empty when it says nothing.
        sector: sector or product id; tonnes of anything but a product mean tonnes of CO2.
        where: the file, for messages.
        carbon: whether a mass is one of CO2, where the table says so or says output or consumption;
            None: as the sector has it.

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
    if carbon is None:
        carbon = not isinstance(sector_of(sector), Product)
    known = spelled(told, carbon=carbon)
    if known is not None:
        return known.unit.text, known.scale
    try:
        return Unit.parse(told.replace(" ", "")).text, 1.0
    except InputError as error:
        do = Words("请用 --unit 写明，如 --unit 万吨CO2", "State it by --unit, e.g. --unit MtCO2")
        fault: Fault = replace(error.faults[0], where=where, do=do)
        raise InputError(fault) from error
