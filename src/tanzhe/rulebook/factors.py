"""Activity-estimate factors: direct CO2 per unit of output, by product and year described.

The values stand in `rulebook/data/activity/<product>.yaml`, each with unit, scope, source,
confidence and who checked it; see docs/series/nbs_output.md for how they are used.
"""

from functools import cache
from typing import Self

from pydantic import field_validator, model_validator

from tanzhe.errors import Fault, InputError, UnknownName, Words
from tanzhe.model import Note, Record
from tanzhe.model.rules import Checked, Confidence
from tanzhe.quantity import Dimension, Quantity, Unit
from tanzhe.rulebook.reading import data_folder, record_or_faults
from tanzhe.rulebook.strict_yaml import read_yaml

_INTENSITIES = (
    Dimension.INTENSITY_MASS,
    Dimension.INTENSITY_ELECTRICITY,
    Dimension.INTENSITY_CASE,
)


class Bilingual(Record):
    """A sentence in Chinese and English, as it stands in a data file."""

    zh: str
    en: str


class FactorValue(Record):
    """One value of a factor.

    Attributes:
        year: the year the value describes.
        value: CO2 per unit of output in the unit of its factor.
        low: lower end of the plausible range, or None.
        high: upper end, or None.
        source: the document, with what was divided by what where it is our own division.
        number: document number or DOI.
        confidence: how well it is supported.
        checked: who looked last.
    """

    year: int
    value: float
    low: float | None = None
    high: float | None = None
    source: str
    number: str
    confidence: Confidence
    checked: Checked

    @model_validator(mode="after")
    def _range_holds_value(self) -> Self:
        low, high = self.low or self.value, self.high or self.value
        if not 0 < low <= self.value <= high:
            raise ValueError(f"value {self.value} outside {low} to {high}")
        return self


class ActivityFactor(Record):
    """All values of one product, by year described.

    Attributes:
        product: product id, or `thermal_power_and_heat` for the whole power and heat sector.
        unit: text of a `quantity.Unit`.
        series_year: the one year used over a whole monthly series, because a factor that
            changed every January would put a false step there.
        series_year_reason: why this year.
        scope: what is counted and what is not.
        values: ascending by year.
    """

    product: str
    unit: str
    series_year: int
    series_year_reason: Bilingual
    scope: Bilingual
    values: tuple[FactorValue, ...]

    @field_validator("unit")
    @classmethod
    def _unit_is_known(cls, text: str) -> str:
        if Unit.parse(text).dimension not in _INTENSITIES:
            raise ValueError(f"{text} is not emissions per unit of output")
        return text

    @model_validator(mode="after")
    def _years_ascend(self) -> Self:
        years = [v.year for v in self.values]
        if years != sorted(set(years)) or self.series_year not in years:
            raise ValueError(f"years must ascend, and hold {self.series_year}: {years}")
        return self


class ResolvedFactor(Record):
    """The value of a factor for a year.

    Attributes:
        product: as asked for.
        year: the year asked for.
        described_year: the year the value describes.
        unit: text of a `quantity.Unit`.
        value: the record the number comes from.
        scope: what is counted and what is not.
        notes: `factor_carried` when the value describes another year.
    """

    product: str
    year: int
    described_year: int
    unit: str
    value: FactorValue
    scope: Bilingual
    notes: tuple[Note, ...] = ()

    @property
    def quantity(self) -> Quantity:
        """The factor as a number with its unit."""
        return Quantity(self.value.value, Unit.parse(self.unit))


_CARRIED = Note(
    code="factor_carried",
    zh="个别产品没有当年的排放系数，沿用了最接近年份的值。",
    en="Where a product has no factor for the year, the value of the nearest year is carried over.",
)


def parse_factor(text: str, *, name: str) -> ActivityFactor:
    """The factor of a YAML text.

    Args:
        text: the YAML.
        name: file name for messages.

    Raises:
        InputError: all faults: unknown or missing keys, unknown units, values out of range.
    """
    found, faults = record_or_faults(ActivityFactor, read_yaml(text, name=name), where=name)
    if found is None:
        raise InputError(*faults)
    return found


@cache
def activity_factors() -> dict[str, ActivityFactor]:
    """All packaged factors by product id.

    Example:
        >>> activity_factors()["crude_steel"].series_year
        2019
    """
    folder = data_folder().joinpath("activity")
    found: dict[str, ActivityFactor] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".yaml"):
            continue
        one = parse_factor(entry.read_text(encoding="utf-8"), name=entry.name)
        if entry.name != f"{one.product}.yaml":
            raise InputError(
                Fault(
                    what=Words("文件名与产品不符", "The file name is not the product"),
                    where=entry.name,
                    do=Words(f"应为 {one.product}.yaml", f"Call it {one.product}.yaml"),
                )
            )
        found[one.product] = one
    return found


def activity_factor(product: str) -> ActivityFactor:
    """All values of one product.

    Raises:
        UnknownName: no factor for the product; the message lists the products that have one.
    """
    known = activity_factors()
    if product not in known:
        have = ", ".join(known)
        raise UnknownName(
            Fault(
                what=Words(f"没有“{product}”的排放系数", f"No emission factor for “{product}”"),
                do=Words(f"有系数的产品：{have}", f"Products with a factor: {have}"),
            )
        )
    return known[product]


def factor(product: str, year: int) -> ResolvedFactor:
    """The factor of a product for a year, carried from the nearest described year if need be.

    Args:
        product: product id.
        year: the year the output was made.

    Returns:
        The value, with the note `factor_carried` when it describes another year; of two equally
        near years the earlier.

    Raises:
        UnknownName: the product has no factor.

    Example:
        >>> factor("crude_steel", 2016).value.value, factor("crude_steel", 2024).described_year
        (1.813, 2019)
    """
    known = activity_factor(product)
    value = min(known.values, key=lambda v: (abs(v.year - year), v.year))
    return ResolvedFactor(
        product=product,
        year=year,
        described_year=value.year,
        unit=known.unit,
        value=value,
        scope=known.scope,
        notes=() if value.year == year else (_CARRIED,),
    )


def fixed_factor(product: str) -> ResolvedFactor:
    """The one factor used over a whole monthly series, so that no January holds a false step.

    Raises:
        UnknownName: the product has no factor.

    Example:
        >>> fixed_factor("thermal_power_generation").quantity.unit.text
        'kgCO2/kWh'
    """
    return factor(product, activity_factor(product).series_year)
