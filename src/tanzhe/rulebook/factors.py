"""Activity-estimate factors: direct CO2 per unit of output, by product and year described.

The values stand in `rulebook/data/activity/<product>.yaml`, each with unit, scope, source,
confidence and who checked it; see docs/series/nbs_output.md for how they are used.
"""

from functools import cache
from typing import Self

from pydantic import Field, field_validator, model_validator

from tanzhe.errors import InputError, UnknownName, Words
from tanzhe.model import Record
from tanzhe.model.rules import Authority, Checked, Confidence, ResolvedValue, RuleValue
from tanzhe.quantity import Dimension, Unit
from tanzhe.rulebook.reading import data_folder, record_or_faults
from tanzhe.rulebook.strict_yaml import read_yaml
from tanzhe.rulebook.years import value_for_year

_INTENSITIES = (
    Dimension.INTENSITY_MASS,
    Dimension.INTENSITY_ELECTRICITY,
    Dimension.INTENSITY_CASE,
)


class Bilingual(Record):
    """A sentence in Chinese and English, as it stands in a data file."""

    zh: str
    en: str


class _Entry(Record):
    """One value as its file has it: the year described, the range it may lie in, its source."""

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
        name: in Chinese.
        unit: text of a `quantity.Unit`.
        series_year: the one year used over a whole monthly series, because a factor that
            changed every January would put a false step there.
        series_year_reason: why this year.
        scope: what is counted and what is not.
        values: ascending by year described; they may be carried either way, because a series
            begins before most of them.
    """

    product: str
    name: str = ""
    unit: str
    series_year: int
    series_year_reason: Bilingual
    scope: Bilingual
    entries: tuple[_Entry, ...] = Field(alias="values", repr=False)

    @field_validator("unit")
    @classmethod
    def _unit_is_known(cls, text: str) -> str:
        if Unit.parse(text).dimension not in _INTENSITIES:
            raise ValueError(f"{text} is not emissions per unit of output")
        return text

    @model_validator(mode="after")
    def _years_ascend(self) -> Self:
        years = [one.year for one in self.entries]
        if years != sorted(set(years)) or self.series_year not in years:
            raise ValueError(f"years must ascend, and hold {self.series_year}: {years}")
        return self

    @property
    def values(self) -> tuple[RuleValue, ...]:
        """The values as every official number is kept."""
        return tuple(self._value(one) for one in self.entries)

    def _value(self, one: _Entry) -> RuleValue:
        low, high = one.low or one.value, one.high or one.value
        return RuleValue(
            id=f"activity.{self.product}",
            name=f"{self.name or self.product}的排放系数",
            value=one.value,
            unit=self.unit,
            authority=Authority(title=one.source, number=one.number, place=""),
            describes=one.year,
            carrying="either_way",
            confidence=one.confidence,
            checked=one.checked,
            note=f"可信范围 {low:g} 至 {high:g}。" if low < high else "",
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
            raise InputError.of(
                Words("文件名与产品不符", "The file name is not the product"),
                Words(f"应为 {one.product}.yaml", f"Call it {one.product}.yaml"),
                where=entry.name,
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
        raise UnknownName.of(
            Words(f"没有“{product}”的排放系数", f"No emission factor for “{product}”"),
            Words(f"有系数的产品：{have}", f"Products with a factor: {have}"),
        )
    return known[product]


def factor(product: str, year: int) -> ResolvedValue:
    """The factor of a product for a year, as every dated official number is chosen.

    Args:
        product: product id.
        year: the year the output was made.

    Returns:
        The value, with a note when it describes another year.

    Raises:
        UnknownName: the product has no factor.

    Example:
        >>> factor("crude_steel", 2016).value.value, factor("crude_steel", 2024).value.describes
        (1.813, 2019)
    """
    return value_for_year(activity_factor(product).values, year)


def fixed_factor(product: str) -> ResolvedValue:
    """The one factor used over a whole monthly series, so that no January holds a false step.

    Raises:
        UnknownName: the product has no factor.

    Example:
        >>> fixed_factor("thermal_power_generation").quantity.unit.text
        'kgCO2/kWh'
    """
    return factor(product, activity_factor(product).series_year)
