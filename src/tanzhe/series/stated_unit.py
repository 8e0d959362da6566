"""The unit a user's table states, in the spellings in use."""

import re
from dataclasses import replace

from tanzhe.errors import Fault, InputError, Words
from tanzhe.faults import fault_of
from tanzhe.quantity import Unit
from tanzhe.sectors import Product, sector_of
from tanzhe.tables.units import spelled

# What stands below the line of a quotient: of t/万元 the 万元, of g per kWh the kWh.
PER = re.compile(r"(?:/|／|每|\bper\b)\s*(.+)", re.IGNORECASE)
# A quantity by time is a total of its period, or a pace.
TIMES = re.compile(r"(?:年|季|月|周|日|天|时|小时|[ymdh]|yr|year|month|day|hour)\b", re.IGNORECASE)


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
        if (below := PER.search(told)) and not TIMES.match(below[1]):
            raise InputError(
                fault_of("series.stated_unit.of_intensity", told=told, where=where)
            ) from error
        do = Words("请用 --unit 写明，如 --unit 万吨CO2", "State it by --unit, e.g. --unit MtCO2")
        fault: Fault = replace(error.faults[0], where=where, do=do)
        raise InputError(fault) from error
