"""Fuels: the factors of each row, and the account lines by purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from tanzhe.errors import Fault, InputError, UnknownName, Words
from tanzhe.model import Note
from tanzhe.model.account import AccountLine, EmissionSource
from tanzhe.model.park import FuelPurpose, FuelUse, ParkYear
from tanzhe.model.park_choices import PURPOSES
from tanzhe.model.rules import RuleValue
from tanzhe.model.told import Told
from tanzhe.parks.account.factors import Factors, basis_of, entered
from tanzhe.parks.words import names
from tanzhe.quantity import CO2_PER_CARBON, Dimension, Quantity, Unit
from tanzhe.rulebook import find_fuel, fuel_sets, fuel_words

BURNT: tuple[FuelPurpose, ...] = ("fuel", "conversion_input", "international_transport")


@dataclass(frozen=True, kw_only=True)
class FuelFactor:
    """What one unit of a row's fuel emits and holds.

    Attributes:
        tco2: tCO2 per unit of the row.
        gj: GJ per unit of the row.
        basis: document or evidence.
        id: id of the rulebook's value, "" for one the park entered.
        notes: of the rulebook's values.
    """

    tco2: float
    gj: float
    basis: Told
    id: str = ""
    notes: tuple[Note, ...] = ()


def sign(purpose: FuelPurpose) -> int:
    """1 where a purpose adds to the account, -1 where it takes from it, 0 outside it."""
    return PURPOSES[purpose].sign


def burnt_gj(park: ParkYear) -> float:
    """Energy of the fuel listed, GJ; without bound where a fuel set is yet to tell it."""
    burnt = [(f.quantity, f.energy_gj_per_unit) for f in park.fuels if f.purpose in BURNT]
    return sum(inf if gj is None else quantity * gj for quantity, gj in burnt)


def measured_in(row: FuelUse) -> tuple[float, str]:
    """The row's unit in t, m3 or GJ, and `t`, `gas_m3`, `liquid_m3`, `gj` or "" for none."""
    try:
        unit = Unit.parse(row.unit)
    except InputError:
        return 1.0, ""
    if unit.dimension is Dimension.MASS:
        return unit.size, "t"
    if unit.dimension is Dimension.VOLUME:
        return unit.size, "gas_m3" if names("gas", row.fuel) else "liquid_m3"
    return unit.size, "gj" if unit.dimension is Dimension.ENERGY else ""


def fuel_lines(park: ParkYear, found: Mapping[str, FuelFactor]) -> list[AccountLine]:
    """The account of the fuel ledger, a line a row; rows outside the account are listed with 0.

    Args:
        park: one calendar year.
        found: the factors of each row, by row id.
    """
    return [_line(row, found[row.id]) for row in park.fuels]


def _line(row: FuelUse, factor: FuelFactor) -> AccountLine:
    counted = sign(row.purpose) * row.quantity
    tco2 = factor.tco2 if counted else 0.0
    conversion = row.purpose in ("conversion_input", "conversion_output")
    source: EmissionSource = "conversion" if conversion else "fuel"
    use = PURPOSES[row.purpose].told
    return AccountLine(
        row=row.id,
        source=source,
        what=Told(f"{row.fuel}（{use}）", f"{fuel_words(row.fuel).en} ({use.en})"),
        amount=counted or row.quantity,
        unit=row.unit,
        factor=tco2,
        factor_unit=f"tCO2/{row.unit}",
        tco2=counted * tco2,
        tce=Quantity(counted * factor.gj, Unit.GJ).to(Unit.TCE).value,
        basis=factor.basis,
        factor_id=factor.id,
    )


def fuel_factor(row: FuelUse, factors: Factors) -> FuelFactor:
    """The factor of a row: its own numbers, and those of the set it names for what is missing.

    Raises:
        InputError: the set or the fuel in it is unknown, lacks a value, or has another unit.
    """
    if sign(row.purpose) == 0:
        basis = Told("附件4：不计入燃料排放", "annex 4: no emissions of fuel")
        return FuelFactor(tco2=0.0, gj=row.energy_gj_per_unit or 0.0, basis=basis)
    if row.factor_set is None or (
        row.factor_tco2 is not None and row.energy_gj_per_unit is not None
    ):
        return FuelFactor(
            tco2=row.factor_tco2 or 0.0,
            gj=row.energy_gj_per_unit or 0.0,
            basis=entered(row.evidence),
        )
    return _from_set(row, row.factor_set, factors)


def _from_set(row: FuelUse, set_name: str, factors: Factors) -> FuelFactor:
    fuel = find_fuel(set_name, row.fuel, factors.year)
    gj = row.energy_gj_per_unit
    if gj is None:
        gj = _per_row_unit(_needed(fuel.heating_value, row, "低位发热量", "heating value"), row)
    if row.factor_tco2 is not None:
        return FuelFactor(tco2=row.factor_tco2, gj=gj, basis=entered(row.evidence))
    if row.purpose in ("conversion_input", "conversion_output"):
        carbon = _needed(fuel.carbon_content, row, "单位热值含碳量", "carbon content")
        oxidation = factors("conversion_oxidation")
        tco2 = gj * _base(carbon) * CO2_PER_CARBON * _base(oxidation)
        chosen = carbon
    else:
        chosen = _needed(fuel.emission_factor, row, "排放因子", "emission factor")
        tco2 = _per_row_unit(chosen, row)
    return FuelFactor(
        tco2=tco2,
        gj=gj,
        basis=Told(
            f"{basis_of(chosen)}（园区选定的燃料参数集 {fuel.set}）",
            f"{basis_of(chosen)} (fuel set chosen by the park: {fuel.set})",
        ),
        id=chosen.id,
        notes=(_set_note(fuel.set, chosen), *fuel.notes),
    )


def _needed(value: RuleValue | None, row: FuelUse, zh: str, en: str) -> RuleValue:
    if value is not None:
        return value
    raise InputError.of(
        Words(
            f"参数集“{row.factor_set}”没有“{row.fuel}”的{zh}",
            f"The set “{row.factor_set}” gives no {en} of “{row.fuel}”",
        ),
        Words("请自行填写，或换一套参数", "Enter your own value or choose another set"),
    )


def _per_row_unit(value: RuleValue, row: FuelUse) -> float:
    """A value per t or m3 as one per unit of the row."""
    per = Unit.parse(value.unit.partition("/")[2])
    own = Unit.parse(row.unit)
    if own.dimension is not per.dimension:
        raise InputError.of(
            Words(
                f"“{row.fuel}”的单位 {row.unit} 与参数集的 {value.unit} 不是一类",
                f"The unit {row.unit} of “{row.fuel}” does not fit {value.unit} of the set",
            ),
            Words(f"请按 {per.text} 填写数量", f"Give the quantity in {per.text}"),
            where="unit",
        )
    return _base(value) * own.size


def _base(value: RuleValue) -> float:
    return value.value * Unit.parse(value.unit).size


def _set_note(name: str, value: RuleValue) -> Note:
    unchecked = Words("", "")
    if value.checked is None:
        unchecked = Words(
            "，尚未与官方原文核对，请用实测值或原文核对",
            ", not yet compared with the official text: use measured values or compare them",
        )
    return Note(
        code=f"fuel_set.{name}",
        zh=f"燃料参数采用园区选定的“{name}”（{value.authority.title}）{unchecked.zh}；"
        "各套参数数值不同，从不默认采用。",
        en=f"Fuel parameters are of the set “{name}” the park chose "
        f"({value.authority.title}){unchecked.en}; sets differ, and none is taken by default.",
    )


def fuel_faults(park: ParkYear, places: Mapping[str, str], factors: Factors) -> list[Fault]:
    """What is wrong with the fuel sets that rows name."""
    faults: list[Fault] = []
    for row in park.fuels:
        try:
            fuel_factor(row, factors)
        except InputError as error:
            lacking = isinstance(error, UnknownName) and row.factor_set in fuel_sets()
            key = "fuel" if lacking else "factor_set"
            faults += [
                Fault(f.what, f.do, where=f"{places[row.id]}.{f.where or key}")
                for f in error.faults
            ]
    return faults
