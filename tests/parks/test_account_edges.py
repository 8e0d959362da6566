"""Single rules of the account by hand, each on both sides of its border."""

from typing import Any

import pytest

from parks.test_one_row import park
from tanzhe.api.parks import assess
from tanzhe.model.park import Certificate, ElectricityRow, FuelUse, HeatRow, ProcessRow
from tanzhe.parks.account.account import account
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.account.fuels import measured_in
from tanzhe.parks.account.unknown import Effect, effect_of
from tanzhe.parks.assessment.tiers import outside
from tanzhe.rulebook import rule_set


def fuel(purpose: str, unit: str = "t", name: str = "烟煤") -> FuelUse:
    return FuelUse(id="F1", fuel=name, purpose=purpose, quantity=1, unit=unit)  # type: ignore[arg-type]


def power(supply: str, generation: str | None = None) -> ElectricityRow:
    return ElectricityRow(id="E1", supply=supply, generation=generation, kwh=1)  # type: ignore[arg-type]


def heat(direction: str, fossil: bool) -> HeatRow:
    return HeatRow(id="H1", direction=direction, gj=1, fossil=fossil)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "effect"),
    [
        (fuel("fuel"), ("fuel", 1, 1)),
        (fuel("conversion_input"), ("conversion", 1, 1)),
        (fuel("conversion_output"), ("conversion", -1, -1)),
        (fuel("sold"), ("fuel", 0, 0)),
        (fuel("feedstock"), ("fuel", 0, 0)),
        (fuel("international_transport"), ("fuel", 1, 1)),  # stays in the total
        (heat("in", True), ("heat", 1, 1)),
        (heat("in", False), ("heat", 0, 1)),
        (heat("out", True), ("heat", -1, -1)),
        (heat("out", False), ("heat", 0, -1)),
        (power("grid"), ("electricity", 1, 1)),
        (power("direct", "fossil"), ("electricity", 1, 1)),
        (power("direct", "nonfossil"), ("electricity", 0, 1)),
        (power("onsite", "nonfossil"), ("electricity", 0, 1)),
        (power("onsite", "fossil"), ("electricity", 0, 0)),  # its fuel is listed
        (power("onsite", "waste_heat"), ("electricity", 0, 0)),
        (power("green_trade", "nonfossil"), ("electricity", 0, 1)),
        (power("exported", "fossil"), ("electricity", -1, -1)),
        (power("exported", "nonfossil"), ("electricity", 0, -1)),
        (power("exported", "waste_heat"), ("electricity", 0, 0)),
        (Certificate(id="C1", mwh=1, generated="2025-03", status="cancelled", holder=""),
         ("electricity", -1, 0)),
        (ProcessRow(id="P1", product="水泥熟料", output_t=1, factor_tco2_per_t=0.5),
         ("process", 1, 0)),
    ],
)  # fmt: skip
def test_what_an_unknown_figure_would_have_added(row: Any, effect: tuple[str, int, int]) -> None:
    assert effect_of(row) == Effect(*effect)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "name", "size", "kind"),
    [
        ("t", "烟煤", 1.0, "t"), ("kg", "烟煤", 1e-3, "t"),
        ("m3", "天然气", 1.0, "gas_m3"), ("万m3", "天然气", 1e4, "gas_m3"),
        ("m3", "柴油", 1.0, "liquid_m3"), ("GJ", "烟煤", 1.0, "gj"), ("个", "烟煤", 1.0, ""),
        ("t", "天然气", 1.0, "t"),
    ],
)  # fmt: skip
def test_units_of_fuel(unit: str, name: str, size: float, kind: str) -> None:
    assert measured_in(fuel("fuel", unit, name)) == (pytest.approx(size), kind)


def hydrogen(tonnes: float) -> dict[str, Any]:
    return {"fuel": "氢气", "purpose": "conversion_output", "quantity": tonnes, "unit": "t",
            "factor_tco2": 0, "energy_gj_per_unit": 120.0}  # fmt: skip


@pytest.mark.parametrize(("tonnes", "told"), [(29.9, False), (30.2, True)])
def test_what_is_made_of_power_holds_no_more_energy_than_it(tonnes: float, told: bool) -> None:
    # A million kWh are 3,600 GJ: 30 t of hydrogen at 120 GJ/t, and no more.
    grid = {"supply": "grid", "kwh": 1e6, "evidence": "发票"}
    notes = " ".join(
        one.zh for one in assess(park(electricity=[grid], fuels=[hydrogen(tonnes)])).notes
    )
    assert ("多于园区全部投入的 3,600 GJ" in notes) is told


@pytest.mark.parametrize(("factor", "told"), [(3.066, False), (6.5, True)])
def test_a_product_of_too_much_carbon_is_told(factor: float, told: bool) -> None:
    coal = {"fuel": "洗精煤", "purpose": "conversion_input", "quantity": 50_000, "unit": "t",
            "factor_tco2": 2.405, "energy_gj_per_unit": 26.344}  # fmt: skip
    coke = {"fuel": "焦炭", "purpose": "conversion_output", "quantity": 9_000, "unit": "t",
            "factor_tco2": factor, "energy_gj_per_unit": 28.446}  # fmt: skip
    notes = " ".join(one.zh for one in assess(park(fuels=[coal, coke])).notes)
    assert ("不在这种燃料的" in notes) is told


def test_the_basis_names_certificates_where_they_count_and_the_rows_own_proof_elsewhere() -> None:
    proven = {
        "id": "D1", "supply": "grid", "kwh": 1e6, "evidence": "发票",
        "certificates": [
            {"id": "绿证甲", "mwh": 400, "generated": "2025-03", "status": "cancelled"},
            {"id": "绿证乙", "mwh": 100, "generated": "2025-03", "status": "held"},
        ],
    }  # fmt: skip
    lines = [line for line in assess(park(electricity=[proven])).lines if line.row == "D1"]
    covered, rest = sorted(lines, key=lambda line: line.tco2)
    assert (covered.amount, covered.tco2) == (pytest.approx(4e5), 0)
    assert "绿证甲" in covered.basis and "绿证乙" not in covered.basis
    assert rest.amount == pytest.approx(6e5) and rest.tco2 > 0
    assert "发票" in rest.basis and "绿证甲" not in rest.basis


def test_why_no_tier_applies() -> None:
    rules = rule_set("cn-yn-2025-987")
    small = assess(park(electricity=[{"supply": "grid", "kwh": 1e6, "evidence": "发票"}]))
    use = EnergyUse(account(small.park))
    assert outside(rules, use).reason == "below_threshold"
    bare = [one.model_copy(update={"condition": None}) for one in rules.indicators]
    assert outside(rules.model_copy(update={"indicators": tuple(bare)}), use).reason == (
        "outside_tiers"
    )
