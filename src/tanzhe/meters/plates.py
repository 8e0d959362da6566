"""What plates of meters and their transformers say: ratios and units."""

import re
from decimal import Decimal, InvalidOperation

from tanzhe.errors import InputError
from tanzhe.meters.tree import UNITS
from tanzhe.quantity import Unit

_GJ_OF_KWH = 0.0036
_SIDE = r"(\d+(?:\.\d+)?)\s*(k?[av])?"
_RATIO = re.compile(rf"{_SIDE}\s*[/:：∶]\s*{_SIDE}", re.I)
_SIGN = re.compile(r"^[×x*](?=\d)|倍$", re.I)


def ratio(text: str) -> Decimal | None:
    """A multiplier: a number, or primary over secondary; 1 for nothing, None for what is none.

    A ratio below one is none: 10/100 of a transformer is kV over V, which has to be said.

    Example:
        >>> ratio("400/5"), ratio("10kV/100V"), ratio("×80"), ratio("10/100"), ratio("")
        (Decimal('80'), Decimal('100'), Decimal('80'), None, Decimal('1'))
    """
    text = text.replace(",", "")
    found = _RATIO.fullmatch(text)
    if found is not None:
        above, below = (_side(found[at], found[at + 1]) for at in (1, 3))
        return above / below if above >= below > 0 else None
    try:
        number = Decimal(_SIGN.sub("", text) or 1)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def _side(number: str, unit: str | None) -> Decimal:
    return Decimal(number) * (1000 if (unit or "")[:1].casefold() == "k" else 1)


def unit_of(carrier: str, said: str) -> tuple[str, float | None]:
    """The unit of a carrier that a text says, or "" and what it is of the unit of the carrier.

    Example:
        >>> unit_of("water", "立方米"), unit_of("electricity", "MWh"), unit_of("heat", "kWh")
        (('m3', None), ('', 1000.0), ('', 0.0036))
    """
    known = UNITS[carrier]
    if said in known:
        return said, None
    base, size = base_unit(said)
    if carrier == "water" and base == "t":
        base = "m3"
    if carrier == "natural_gas" and base == "m3" and size == 1:
        return ("Nm3" if said[:1] in "nN标" else "m3"), None
    if base in known:
        return (base, None) if size == 1 else ("", size)
    return "", size * _GJ_OF_KWH if base == "kWh" and carrier == "heat" else None


def base_unit(text: str) -> tuple[str, float]:
    """A unit as the base unit of what it measures, and its size in it.

    Example:
        >>> base_unit("万千瓦时"), base_unit("块")
        (('kWh', 10000.0), ('块', 1.0))
    """
    try:
        unit = Unit.parse(text)
    except InputError:
        return text, 1.0
    base = next(one for one in Unit if one.dimension is unit.dimension and one.size == 1)
    return base.text, unit.size
