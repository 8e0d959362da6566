"""Factors of fuel rows: every fuel of every set in every unit it may be weighed in, by hand."""

from itertools import product
from math import inf

import pytest

from tanzhe.errors import InputError
from tanzhe.model.park import FuelUse, ParkYear
from tanzhe.model.rules import RuleValue
from tanzhe.parks.account.factors import Factors
from tanzhe.parks.account.fuels import burnt_gj, fuel_factor, fuel_faults
from tanzhe.rulebook import fuel_sets
from tanzhe.rulebook.fuels import Fuel, fuels

YEAR = 2025
FACTORS = Factors(YEAR)
# Of each unit that rows are written in: which base unit, and how many of them.
WEIGHED = {"t": ("t", 1.0), "kg": ("t", 1e-3), "万吨": ("t", 1e4), "m3": ("m3", 1.0),
           "万m3": ("m3", 1e4), "千m3": ("m3", 1e3)}  # fmt: skip
# Of each unit of the sets: GJ, tCO2 or tC of one, a base unit of fuel at a time.
SIZES = {
    "GJ/t": ("t", 1.0), "kJ/kg": ("t", 1e-3), "GJ/万m3": ("m3", 1e-4), "kJ/m3": ("m3", 1e-6),
    "tCO2/t": ("t", 1.0), "kgCO2/kg": ("t", 1.0), "tCO2/万m3": ("m3", 1e-4),
    "kgCO2/m3": ("m3", 1e-3), "kgCO2/L": ("m3", 1.0),
}  # fmt: skip
ALL = [one for name in fuel_sets() for one in fuels(name, YEAR)]


def row(fuel: Fuel, purpose: str, unit: str, **more: float | None) -> FuelUse:
    return FuelUse(id="F1", fuel=fuel.name, purpose=purpose, quantity=2, unit=unit,  # type: ignore[arg-type]
                   factor_set=fuel.set, evidence="过磅", **more)  # type: ignore[arg-type]  # fmt: skip


def per_unit(value: RuleValue, unit: str) -> float | None:
    """A value of a set for one unit of a row; None where they are not of one kind."""
    base, size = SIZES[value.unit]
    own, amount = WEIGHED[unit]
    return value.value * size * amount if own == base else None


def by_hand(fuel: Fuel, one: FuelUse) -> tuple[float, float, str] | None:
    """tCO2, GJ and the id of the factor; None where the set lacks what the row does not give."""
    heat, own = one.energy_gj_per_unit, one.factor_tco2
    if heat is None:
        heat = per_unit(fuel.heating_value, one.unit) if fuel.heating_value else None
    if own is not None:
        return None if heat is None else (own, heat, "")
    if one.purpose.startswith("conversion"):
        carbon = fuel.carbon_content
        if heat is None or carbon is None:
            return None
        assert carbon.unit == "tC/TJ"
        return heat * carbon.value / 1000 * 44 / 12, heat, carbon.id
    factor = fuel.emission_factor
    tco2 = per_unit(factor, one.unit) if factor else None
    return None if heat is None or factor is None or tco2 is None else (tco2, heat, factor.id)


@pytest.mark.parametrize("fuel", ALL, ids=lambda one: f"{one.set}-{one.name}")
def test_every_fuel_of_every_set(fuel: Fuel) -> None:
    values = {v.id: v for v in (fuel.carbon_content, fuel.emission_factor) if v}
    for unit, purpose, own in product(
        WEIGHED,
        ("fuel", "conversion_input", "conversion_output", "international_transport"),
        ({}, {"factor_tco2": 9.0}, {"energy_gj_per_unit": 7.0}),
    ):
        one = row(fuel, purpose, unit, **own)
        hand = by_hand(fuel, one)
        if hand is None:
            with pytest.raises(InputError):
                fuel_factor(one, FACTORS)
            continue
        found = fuel_factor(one, FACTORS)
        assert (found.tco2, found.gj, found.id) == (*map(pytest.approx, hand[:2]), hand[2])
        if not found.id:  # what the park measured stands before what the set says
            assert "过磅" in found.basis and found.notes == ()
            continue
        assert fuel.set in found.basis and found.notes[1:] == fuel.notes
        said = "尚未与官方原文核对" in found.notes[0].zh
        assert said is (values[found.id].checked is None)


def test_a_set_is_not_asked_for_what_the_park_measured() -> None:
    none = ALL[0].model_copy(update={"name": "某燃料"})
    for tco2, gj in ((1.0, 2.0), (0.0, 0.0)):
        found = fuel_factor(
            row(none, "fuel", "t", factor_tco2=tco2, energy_gj_per_unit=gj), FACTORS
        )
        assert (found.tco2, found.gj, found.id, found.notes) == (tco2, gj, "", ())
    for half in ({"factor_tco2": 1.0}, {"energy_gj_per_unit": 2.0}, {}):
        with pytest.raises(InputError):
            fuel_factor(row(none, "fuel", "t", **half), FACTORS)


def park(*rows: FuelUse) -> ParkYear:
    return ParkYear(name="甲", region="CN-YN", year=YEAR, equivalence_kgce_per_kwh=0.3, fuels=rows)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({}, None),
        ({"fuel": "某燃料"}, "fuels[0].fuel"),
        ({"factor_set": "某套"}, "fuels[0].factor_set"),
        ({"unit": "m3"}, "fuels[0].unit"),
    ],
)
def test_what_is_wrong_with_a_set_stands_at_its_cell(
    change: dict[str, str], where: str | None
) -> None:
    coal = next(one for one in ALL if one.set == "industry_2013" and one.name == "烟煤")
    one = row(coal, "fuel", "t").model_copy(update=change)
    found = fuel_faults(park(one), {"F1": "fuels[0]"}, FACTORS)
    assert [fault.where for fault in found] == ([where] if where else [])


def test_a_value_that_a_set_lacks_is_told_at_the_set() -> None:
    lacking = next(one for one in ALL if one.heating_value is None)
    (fault,) = fuel_faults(park(row(lacking, "fuel", "t")), {"F1": "fuels[0]"}, FACTORS)
    assert fault.where == "fuels[0].factor_set" and "低位发热量" in fault.what.zh


def test_fuel_that_is_burnt_holds_its_heat_and_what_a_set_tells_is_without_bound() -> None:
    def one(purpose: str, gj: float | None) -> FuelUse:
        return FuelUse(id="F1", fuel="烟煤", purpose=purpose, quantity=3, unit="t",  # type: ignore[arg-type]
                       energy_gj_per_unit=gj)  # fmt: skip

    counted = [one(purpose, 20.0) for purpose in
               ("fuel", "conversion_input", "international_transport")]  # fmt: skip
    others = [one(purpose, gj) for purpose in ("feedstock", "sold", "conversion_output")
              for gj in (20.0, None)]  # fmt: skip
    assert burnt_gj(park(*counted, *others)) == 180.0
    assert burnt_gj(park(*others)) == 0.0
    assert burnt_gj(park(*counted, one("fuel", 0.0))) == 180.0
    assert burnt_gj(park(*counted, one("fuel", None))) == inf
