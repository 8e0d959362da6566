"""The factor of a row: of the rulebook, of the user with its source, or of a supplier's file."""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tanzhe.errors import InputError, Words
from tanzhe.footprints.pact.meaning import of_another_family
from tanzhe.footprints.records import ActivityRow, Factor, Row
from tanzhe.footprints.units import factor_unit, ratio
from tanzhe.model import Note
from tanzhe.model.rules import RuleValue
from tanzhe.quantity import CO2_PER_CARBON, Unit
from tanzhe.rulebook import Fuel, find_fuel, fuel_sets, rule_value, rule_values, table_names

FOOTPRINTS = "electricity_footprint"
# Tables whose values may stand in a footprint: of life cycles, or of what is burnt and made at the
# works. The park account's own electricity factors are another family and stand in none of them.
_TABLES = (FOOTPRINTS, "process", "process_other_gases")
_ACCOUNT = ("annex4", "grid", "grid_enterprise")
_FUELS = "fuel."


class Found(NamedTuple):
    """A factor with its notes, or why there is none."""

    factor: Factor | None
    notes: tuple[Note, ...] = ()
    what: Words = Words("", "")
    do: Words = Words("", "")


def is_file(text: str) -> bool:
    """Whether a factor is the name of a supplier's file."""
    return text.lower().endswith(".json")


def factor_of(row: Row, *, year: int) -> Found:
    """The factor of a row that names no supplier's file.

    Args:
        row: with a number of its own, or an id of the rulebook.
        year: in which it is used.
    """
    try:
        value = Decimal(row.factor.replace(",", ""))
    except ArithmeticError:
        return _of_rulebook(row, year)
    return _own(row, value, year)


def _own(row: Row, value: Decimal, year: int) -> Found:
    source = f"{row.factor_source} {row.evidence}"
    per_kwh = _per_kwh(value, row.factor_unit)
    if of_another_family(source) or per_kwh in _of_account():
        return Found(None, (), *_MIXED)
    if per_kwh is not None and _CO2_ALONE.search(row.factor_unit):
        return Found(None, (), *_ALONE)
    if not value.is_finite() or value < 0:
        return Found(
            None, (),
            Words(f"因子不能为负：{row.factor}", f"A factor is not negative: {row.factor}"),
            Words("清除和吸收由“气体类别”表示", "The gas category says what is removed"),
        )  # fmt: skip
    notes = []
    if row.factor_year is None:
        notes.append(
            Note(
                code=f"factor_without_year.{row.id}",
                zh=f"{row.id}“{row.what}”的因子年份不详，时间代表性存疑。",
                en=f"The year of the factor of {row.id} “{row.what}” is not known: whether it "
                f"fits is in "
                "doubt.",
            )
        )
    elif abs(row.factor_year - year) > _OLD:
        notes.append(
            Note(
                code=f"factor_old.{row.id}",
                zh=f"{row.id}“{row.what}”的因子是 {row.factor_year} 年的，用于 {year} 年。",
                en=f"The factor of {row.id} “{row.what}” is of {row.factor_year}, used for {year}.",
            )
        )
    factor = Factor(
        value=value, unit=row.factor_unit, source=row.factor_source, year=row.factor_year,
        region=row.factor_region,
    )  # fmt: skip
    return Found(factor, tuple(notes))


def _per_kwh(value: Decimal, unit: str) -> Decimal | None:
    """A factor of electricity in kg a kWh; None for factors of anything else."""
    per = factor_unit(unit)
    size = None if per is None else ratio(per.per, Unit.KWH)
    return None if per is None or size is None else value * per.kg / size


@cache
def _of_account() -> frozenset[Decimal]:
    """kgCO2/kWh of the tables that account parks and provinces."""
    return frozenset(
        Decimal(repr(one.value))
        for table in _ACCOUNT
        for one in rule_values(table)
        if one.unit == "kgCO2/kWh" and one.value
    )


_OLD = 10  # years; data quality matrices call more than that the worst class
_CO2_ALONE = re.compile(r"CO[2₂](?!e|当量)", re.I)
_ALONE = (
    Words("因子的单位是每度电的 CO2，不是 CO2e", "The factor is of CO2 a kWh, not of CO2e"),
    Words(
        "全生命周期因子请写 kgCO2e/kWh；园区核算的二氧化碳因子不能用于产品碳足迹",
        "Write kgCO2e/kWh for a life-cycle factor; CO2 factors of accounts are not for products",
    ),
)
_MIXED = (
    Words(
        "这是园区核算的二氧化碳排放因子（另一类量），不能用于产品碳足迹",
        "A CO2 factor of the park account, another family: not for product footprints",
    ),
    Words(
        "请改用全生命周期因子，如规则库 electricity_footprint",
        "Use a life-cycle factor, e.g. electricity_footprint of the rulebook",
    ),
)


def _of_rulebook(row: Row, year: int) -> Found:
    table = row.factor.partition(".")[0]
    if row.factor.startswith(_FUELS):
        return _fuel(row, year)
    if table not in _TABLES and table in table_names():
        return Found(None, (), *_MIXED)
    try:
        found = rule_value(row.factor, year=year)
    except InputError as error:
        fault = error.faults[0]
        return Found(None, (), fault.what, fault.do)
    return Found(official(found.value), found.notes)


def official(value: RuleValue) -> Factor:
    """A factor of the rulebook."""
    unit = value.unit if value.unit.find("CO2e") >= 0 else value.unit.replace("CO2", "CO2e", 1)
    return Factor(
        value=Decimal(repr(value.value)),
        unit=unit,
        source=f"{value.authority.title} {value.name}".strip(),
        year=value.describes,
        region="CN",
        id=value.id,
        family="co2e" if "CO2e" in value.unit else "co2",
    )


def _fuel(row: Row, year: int) -> Found:
    """What burning a fuel gives, from a set that the user names: `fuel.industry_2013.烟煤`."""
    set_name, _, name = row.factor.removeprefix(_FUELS).partition(".")
    try:
        fuel = find_fuel(set_name, name, year)
    except InputError as error:
        fault = error.faults[0]
        return Found(None, (), fault.what, fault.do)
    value, unit = _burnt(fuel)
    if value is None:
        return Found(
            None, (),
            Words(f"{set_name} 没有“{name}”的完整参数", f"{set_name} lacks parameters of {name}"),
            Words(f"请换一套：{'、'.join(fuel_sets())}", f"Name another: {', '.join(fuel_sets())}"),
        )  # fmt: skip
    parts = (fuel.heating_value, fuel.carbon_content, fuel.oxidation, fuel.emission_factor)
    known = next(one for one in parts if one is not None)
    note = Note(
        code=f"burning_only.{row.id}",
        zh=f"{row.id}“{row.what}”的因子只含燃烧的二氧化碳；开采、运输等上游要另有一行。",
        en=f"The factor of {row.id} “{row.what}” is the CO2 of burning alone; mining, transport "
        f"and "
        "the like upstream need a row of their own.",
    )
    factor = Factor(
        value=value, unit=unit, source=f"{known.authority.title} {fuel.name}",
        year=known.describes, region="CN", id=row.factor, family="co2",
    )  # fmt: skip
    return Found(factor, (*fuel.notes, note))


def _burnt(fuel: Fuel) -> tuple[Decimal | None, str]:
    """tCO2 per unit of a fuel: its heat, carbon and oxidation, multiplied."""
    heat, carbon, oxidation = fuel.heating_value, fuel.carbon_content, fuel.oxidation
    if heat is not None and carbon is not None and oxidation is not None:
        tonnes = _exact(heat) * _exact(carbon) / 1000 * _exact(oxidation) / 100
        return tonnes * Decimal(CO2_PER_CARBON), f"tCO2e/{heat.unit.partition('/')[2]}"
    whole = fuel.emission_factor
    if whole is not None:
        return _exact(whole), whole.unit.replace("CO2", "CO2e", 1)
    return None, ""


def _exact(value: RuleValue) -> Decimal:
    return Decimal(repr(value.value))


def kilograms(amount: Decimal, unit: str, factor: Factor) -> Decimal | None:
    """kgCO2e of an amount, or None where its unit and the factor's do not fit.

    Example:
        >>> f = Factor(value=Decimal("0.5777"), unit="kgCO2e/kWh", source="x")
        >>> kilograms(Decimal(2), "MWh", f)
        Decimal('1155.4000')
    """
    per, own = factor_unit(factor.unit), Unit.known(unit)
    size = ratio(own, per.per) if per is not None and own is not None else None
    return None if per is None or size is None else amount * size * factor.value * per.kg


def primary_part(row: ActivityRow) -> Decimal:
    """The share of primary data in a row, 0 to 1."""
    if row.data == "primary":
        return Decimal(1)
    return (row.primary_share or Decimal(0)) / 100 if row.data == "supplier" else Decimal(0)
