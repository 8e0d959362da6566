"""The built-in source `ember`: the nation's electricity by month and source, to 2026-07.

Source, terms and packing: src/tanzhe/data/README.md. January is published here; series keep it,
and `calendar.monthly` merges it with February as it does for every source.
"""

import csv
import hashlib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError
from tanzhe.faults import fault_of
from tanzhe.model import Note, Part, Series
from tanzhe.notes import note_of
from tanzhe.places import region_words
from tanzhe.quantity import Quantity, Unit
from tanzhe.rulebook import fixed_factor
from tanzhe.sectors import Product, sector_of, sector_words
from tanzhe.series.remarks import named

SOURCE = "ember"
NATION = "CN"
POWER = "power"
THERMAL = "thermal_power_generation"
FILE = "ember_power.csv"

Floats = NDArray[np.float64]

# Which columns a product is the sum of. Thermal is fossil only: bioenergy stands beside it.
COLUMNS = {
    THERMAL: ("coal", "gas", "other_fossil"),
    "hydro_power_generation": ("hydro",),
    "nuclear_power_generation": ("nuclear",),
    "wind_power_generation": ("wind",),
    "solar_power_generation": ("solar",),
    "bioenergy_generation": ("bioenergy",),
    "power_generation": (
        "coal", "gas", "other_fossil", "hydro", "nuclear", "wind", "solar", "bioenergy",
    ),
    "electricity_consumption": ("demand",),
}  # fmt: skip
YI_KWH_PER_TWH = 10.0

ATTRIBUTION = note_of("ember")
FOSSIL_ONLY = note_of("fossil_generation")
ONE_FACTOR = note_of("one_factor")


class Ember(NamedTuple):
    """The packaged months.

    Attributes:
        periods: YYYY-MM, January included.
        columns: TWh by column.
        sha256: of the file.
    """

    periods: tuple[str, ...]
    columns: dict[str, Floats]
    sha256: str

    @property
    def vintage(self) -> str:
        """What it calls itself."""
        return f"{self.periods[0]}..{self.periods[-1]}"


@cache
def ember() -> Ember:
    """The packaged months, read once.

    Example:
        >>> ember().vintage
        '2016-01..2026-07'
    """
    raw = files("tanzhe.data").joinpath(FILE).read_bytes()
    rows = list(csv.DictReader(raw.decode("ascii").splitlines()))
    names = [name for name in rows[0] if name != "period"]
    columns = {n.removesuffix("_twh"): np.array([float(row[n]) for row in rows]) for n in names}
    periods = tuple(row["period"] for row in rows)
    return Ember(periods, columns, hashlib.sha256(raw).hexdigest())


def has(region_iso: str, sector_or_product_id: str) -> bool:
    """Whether this source has the region and sector: the nation's power and its products."""
    return region_iso == NATION and sector_or_product_id in (POWER, *COLUMNS)


def ember_series(region_iso: str, sector_or_product_id: str) -> Series:
    """Monthly emissions of the nation's power, or its generation by source and consumption.

    Args:
        region_iso: `CN`; the source has no provinces.
        sector_or_product_id: `power` (MtCO2), or a product such as `wind_power_generation`
            (亿千瓦时).

    Returns:
        Months with January, without peers; power has fossil generation as its only part.

    Raises:
        InputError: not in this source.

    References:
        Ember, monthly electricity data, CC BY 4.0.

    Example:
        >>> series = ember_series("CN", "power")
        >>> series.unit, series.periods[-1], series.parts[0].product
        ('MtCO2', '2026-07', 'thermal_power_generation')
    """
    if not has(region_iso, sector_or_product_id):
        raise _not_covered(region_iso, sector_or_product_id)
    product = THERMAL if sector_or_product_id == POWER else sector_or_product_id
    known = sector_of(product)
    assert isinstance(known, Product)
    columns = [ember().columns[name] for name in COLUMNS[product]]
    output = YI_KWH_PER_TWH * np.sum(columns, axis=0)
    notes = (ATTRIBUTION, *((FOSSIL_ONLY,) if product == THERMAL else ()))
    if sector_or_product_id != POWER:
        return _series(product, known.unit, output, notes)
    rate = fixed_factor(THERMAL)
    each = (Quantity(1.0, Unit.parse(known.unit)) * rate.quantity).to(Unit.MT_CO2).value
    part = Part(
        product=THERMAL,
        values=tuple((output * each).tolist()),
        factor=rate.quantity.value,
        factor_unit=rate.value.unit,
        factor_source=f"{rate.value.authority.title} ({rate.value.describes})",
    )
    return _series(POWER, Unit.MT_CO2.text, output * each, (*notes, ONE_FACTOR), (part,))


def _series(
    sector: str, unit: str, values: Floats, notes: tuple[Note, ...], parts: tuple[Part, ...] = ()
) -> Series:
    return Series(
        region=NATION,
        sector=sector,
        unit=unit,
        frequency="month",
        periods=ember().periods,
        values=tuple(values.tolist()),
        source=SOURCE,
        vintage=ember().vintage,
        sha256=ember().sha256,
        notes=notes,
        parts=parts,
    )


def _not_covered(region_iso: str, wanted: str) -> InputError:
    products, what, where = named(COLUMNS), sector_words(wanted), region_words(region_iso)
    return InputError(
        fault_of(
            "series.ember.not_covered", where_=where, what=what, products=products, where=SOURCE
        )
    )
