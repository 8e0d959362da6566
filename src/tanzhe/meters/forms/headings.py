"""Where the columns of a long table of readings stand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tanzhe.errors import InputError
from tanzhe.meters.rows import CHANNELS, Side
from tanzhe.meters.words import bracketed, places, side_of
from tanzhe.quantity import Dimension, Unit
from tanzhe.tables.grid import text_of

# Signs of a source that a reading is to be believed (192: good, as OPC writes it); any other sign
# sets it aside.
GOOD = frozenset(
    ("", "0", "00", "192", "good", "ok", "valid", "正常", "有效", "false", "nan", "none")
)
# Power in kW; what is metered is sized in kWh, GJ, m3 and t, the units of meters.
_POWER = {"w": Decimal("0.001"), "kw": Decimal(1), "mw": Decimal(1000), "千瓦": Decimal(1)}
_METERED = (Dimension.ELECTRICITY, Dimension.ENERGY, Dimension.VOLUME, Dimension.MASS)


class Long(NamedTuple):
    """Where the columns of a long table stand; -1 for none.

    Attributes:
        meter: names of meters.
        time: instants, or days.
        clock: times of day beside days.
        utc: whether a time without zone is UTC.
        end: whether it is the end of an interval.
        values: column, channel and unit, as its heading says it, of each figure.
        quality: signs of the source.
        unit: unit of each row.
        multiplier: of each row, as the file says it.
        begin: whether it was said to be the begin of an interval.
        side: of the transformers, that headings say the figures are on.
    """

    meter: int
    time: int
    clock: int
    utc: bool
    end: bool
    values: tuple[tuple[int, int, str], ...]
    quality: int
    unit: int
    multiplier: int = -1
    begin: bool = False
    side: Side = ""


def long_columns(titles: Sequence[object]) -> Long | None:
    """The columns of a long table, or None where time or figures are not named."""
    at = places("readings", titles)
    day, clock = at.get("date", -1), at.get("clock", -1)
    local = at.get("local", -1)
    if day >= 0:  # a day, and the time of it beside it
        clock, local = (local if local >= 0 else clock), day
    elif local < 0:
        clock, local = -1, clock
    else:
        clock = -1
    time = next((one for one in (at.get("utc", -1), local, at.get("end", -1)) if one >= 0), -1)
    values = tuple(
        (at[name], channel, _unit_of(titles[at[name]]))
        for channel, name in enumerate(CHANNELS)
        if name in at
    )
    if time < 0 or not values:
        return None
    only_end = "utc" not in at and local < 0
    meter = at.get("meter", at.get("name", -1))
    quality, unit, multiplier = (at.get(one, -1) for one in ("quality", "unit", "multiplier"))
    return Long(
        meter, time, clock, "utc" in at, only_end, values, quality, unit, multiplier=multiplier,
        side=side_of(titles),
    )  # fmt: skip


def _unit_of(title: object) -> str:
    """The unit in the brackets of a heading, "" where none stands there."""
    said = bracketed(title)
    return said if unit_factor(said) is not None else ""


def unit_factor(unit: object) -> Decimal | None:
    """What a unit of a reading is in the unit of its meter; None for one that is not known.

    Example:
        >>> unit_factor("Wh"), unit_factor("万千瓦时"), unit_factor("fathom")
        (Decimal('0.001'), Decimal('10000'), None)
    """
    text = text_of(unit)
    if not text or text.casefold() in _POWER:
        return _POWER.get(text.casefold(), Decimal(1))
    try:
        found = Unit.parse(text)
    except InputError:
        return None
    metered = found.dimension in _METERED and "ce" not in found.text
    return Decimal(f"{found.size:g}") if metered else None
