"""Single rules of the account by hand, each on both sides of its border."""

from typing import Any

import pytest

from parks.test_one_row import FAILING, park
from tanzhe.api.parks.assessment import assess
from tanzhe.model.park import (
    Certificate,
    ElectricityRow,
    FuelUse,
    HeatRow,
    ParkYear,
    ProcessRow,
)
from tanzhe.parks.account.account import Account, account
from tanzhe.parks.account.balance import Balance
from tanzhe.parks.account.certificates import above_grid, repeated
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.account.factors import Factors
from tanzhe.parks.account.fuels import fuel_factor, measured_in
from tanzhe.parks.account.unknown import Effect, effect_of
from tanzhe.parks.assessment.judging import judged_by
from tanzhe.parks.assessment.tiers import Tiers, outside, tiers_of
from tanzhe.rulebook import find_fuel, rule_set


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
        ("车", "烟煤", 1.0, ""), ("t", "天然气", 1.0, "t"),
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


GRID = {"id": "D1", "supply": "grid", "kwh": 1e6, "evidence": "发票"}


def booked(**ledgers: Any) -> Account:
    return account(assess(park(**ledgers)).park)


def fuel_row(id: str, purpose: str, tonnes: float, tco2: float | None, gj: float | None) -> Any:
    return {"id": id, "fuel": "烟煤", "purpose": purpose, "quantity": tonnes, "unit": "t",
            "factor_tco2": tco2, "energy_gj_per_unit": gj, "evidence": "过磅"}  # fmt: skip


def test_a_park_that_takes_nothing_off_has_nothing_left_of_deductions() -> None:
    assert booked(electricity=[GRID]).balance == Balance(0, 0, 0, 0)


def test_what_is_left_of_heat_carbon_and_conversion_by_hand() -> None:
    """Of 1,000 t into conversion 400 t of product: 600 t x 20 GJ may be heat, and 20 GJ/t fuel."""
    steam = {"id": "R1", "direction": "out", "gj": 5_000, "fossil": True, "evidence": "合同",
             "factor_tco2_per_gj": 0.1}  # fmt: skip
    came = {**steam, "id": "R2", "direction": "in", "gj": 700}
    found = booked(
        fuels=[
            fuel_row("F1", "conversion_input", 1_000, 2.0, 20.0),
            fuel_row("F2", "conversion_output", 400, 1.5, 20.0),
            fuel_row("F3", "fuel", 100, 2.0, 20.0),
        ],
        heat=[steam, came],
        electricity=[GRID],
    )
    assert found.emissions.conversion == pytest.approx(1_400)
    assert found.balance.conversion == pytest.approx(1_400)
    assert found.balance.heat == pytest.approx(700 + 100 * 20 + 600 * 20 - 5_000)
    power = 1e6 * found.factors("grid_other_electricity").value / 1e3
    assert found.balance.energy == pytest.approx(1_400 + 200 - 500 + 70 + power)
    # Carbon of fuel, of what conversion lost and of heat bought, without what leaves in steam.
    assert found.balance.carbon == pytest.approx(1_400 + 200 + 70 - 500)


def test_only_rows_that_take_off_are_named_where_all_is_less_than_nothing() -> None:
    clean = {"id": "D2", "supply": "direct", "generation": "nonfossil", "kwh": 1e6,
             "evidence": "合同"}  # fmt: skip
    told = booked(
        electricity=[GRID, clean],
        fuels=[
            fuel_row("F1", "conversion_input", 10, 2.0, 20.0),
            fuel_row("F2", "conversion_output", 900, 3.0, 20.0),
        ],
    )
    (doubt,) = [one for one in told.doubts if "能源活动排放合计" in one.zh]
    assert doubt.rows == ("F2",)


def test_power_without_certificates_is_one_line_of_all_of_it() -> None:
    (line,) = [one for one in booked(electricity=[GRID]).lines if one.source == "electricity"]
    assert (line.row, line.amount) == ("D1", 1e6)


@pytest.mark.parametrize(
    ("generation", "what"),
    [("fossil", "直供化石电"), ("nonfossil", "直供非化石电"), ("waste_heat", "直供余热余压电")],
)
def test_direct_power_is_called_what_it_was_made_of(generation: str, what: str) -> None:
    row = {"id": "D1", "supply": "direct", "generation": generation, "kwh": 1e6, "evidence": "合同"}
    (line,) = [one for one in booked(electricity=[row]).lines if one.row == "D1"]
    assert line.what.startswith(what)
    assert (line.tco2 > 0) == (generation != "nonfossil")


@pytest.mark.parametrize("purpose", ["sold", "feedstock"])
def test_fuel_outside_the_account_without_a_heating_value_holds_nothing(purpose: str) -> None:
    row = FuelUse(id="F1", fuel="烟煤", purpose=purpose, quantity=3, unit="t")  # type: ignore[arg-type]
    found = fuel_factor(row, Factors(2025))
    assert (found.tco2, found.gj) == (0.0, 0.0)


@pytest.mark.parametrize(("tco2", "gj"), [(2.0, None), (None, 20.0), (None, None)])
def test_what_neither_park_nor_set_gives_counts_nothing(
    tco2: float | None, gj: float | None
) -> None:
    row = FuelUse(id="F1", fuel="烟煤", purpose="fuel", quantity=3, unit="t", factor_tco2=tco2,
                  energy_gj_per_unit=gj)  # fmt: skip
    found = fuel_factor(row, Factors(2025))
    assert (found.tco2, found.gj) == (tco2 or 0.0, gj or 0.0)


def test_emissions_per_energy_are_the_core_before_other_core_indicators() -> None:
    rules = rule_set("cn-yn-2025-987")
    use = EnergyUse(account(assess(FAILING).park))
    core = tiers_of(rules, use).core
    assert core is not None and core.measure == "emission_per_energy"
    other = core.model_copy(update={"id": "other", "measure": "clean_energy"})
    for applying in ((other, core), (core, other)):
        assert Tiers(applying=applying, without_tier=(), unknown=()).core is core
    assert Tiers(applying=(other,), without_tier=(), unknown=()).core is other


def test_the_state_of_the_core_is_that_of_the_core_alone() -> None:
    judged = judged_by(rule_set("cn-yn-2025-987"), account(assess(FAILING).park), ())
    states = {one.id: one.status for one in judged.indicators}
    assert judged.core is not None and judged.core_status == states[judged.core.id] == "not_met"
    assert set(states.values()) > {"not_met"}


STEAM = {"id": "R1", "direction": "out", "gj": 2_000, "fossil": True, "evidence": "合同",
         "factor_tco2_per_gj": 0.1}  # fmt: skip


@pytest.mark.parametrize(("more", "told"), [(0.0, False), (0.01, True)])
@pytest.mark.parametrize("what", ["carbon", "energy"])
def test_what_leaves_a_conversion_may_be_all_that_came_in(
    what: str, more: float, told: bool
) -> None:
    carbon, energy = (2.0 + more, 20.0) if what == "carbon" else (2.0, 20.0 + more)
    found = booked(
        fuels=[
            fuel_row("F1", "conversion_input", 100, 2.0, 20.0),
            fuel_row("F2", "conversion_output", 100, carbon, energy),
        ]
    )
    assert any("加工转换产出" in one.zh for one in found.doubts) is told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, False),
        ({"gj": 2_000.01}, True),
        ({"factor_tco2_per_gj": 0.10001}, True),
    ],
)
def test_heat_sent_out_may_be_all_that_fuel_holds(change: dict[str, float], told: bool) -> None:
    fuel = fuel_row("F1", "fuel", 100, 2.0, 20.0)  # 2,000 GJ and 200 t
    found = booked(fuels=[fuel], heat=[{**STEAM, **change}])
    assert any("外供化石热力" in one.zh for one in found.doubts) is told


@pytest.mark.parametrize("percent", [100.0, 98.0])
def test_a_conversion_by_a_set_is_heat_times_carbon_times_oxidation(percent: float) -> None:
    row = FuelUse(id="F1", fuel="烟煤", purpose="conversion_input", quantity=1, unit="t",
                  factor_set="industry_2013")  # fmt: skip
    factors = Factors(2025)
    oxidation = factors("conversion_oxidation")
    assert (oxidation.value, oxidation.unit) == (100.0, "%")
    factors._found["conversion_oxidation"] = oxidation.model_copy(update={"value": percent})
    coal = find_fuel("industry_2013", "烟煤")
    assert coal.heating_value is not None and coal.carbon_content is not None
    by_hand = coal.heating_value.value * coal.carbon_content.value / 1000 * 44 / 12 * percent / 100
    assert fuel_factor(row, factors).tco2 == pytest.approx(by_hand)


def bought(id: str, kwh: float, *certificates: Certificate) -> ElectricityRow:
    return ElectricityRow(id=id, supply="grid", kwh=kwh, certificates=certificates, evidence="发票")


def certificate(id: str, mwh: float, status: str = "cancelled", holder: str = "") -> Certificate:
    return Certificate(id=id, mwh=mwh, generated="2025-03", status=status, holder=holder)  # type: ignore[arg-type]


def with_power(*rows: ElectricityRow) -> ParkYear:
    return assess(FAILING).park.model_copy(update={"electricity": rows})


@pytest.mark.parametrize(
    ("holders", "said"),
    [(("甲", ""), "（甲、未写）"), (("", "乙"), "（未写、乙）"), (("甲", "乙"), "（甲、乙）")],
)
def test_a_certificate_of_two_holders_names_both(holders: tuple[str, str], said: str) -> None:
    rows = [bought(f"D{n}", 1e6, certificate("绿证甲", 10, holder=one))
            for n, one in enumerate(holders)]  # fmt: skip
    (fault,) = repeated([with_power(*rows)], {"D0": "electricity[0]", "D1": "electricity[1]"})
    assert f"被两个用户使用{said}" in fault.what.zh
    english = said.strip("（）").replace("未写", "not said").replace("、", ", ")
    assert f"is used by two holders ({english})" in fault.what.en
    assert "electricity[0].certificates[0]" in fault.what.zh
    assert fault.where == "electricity[1].certificates[0].id"


def test_more_certificates_than_power_bought_are_told_at_the_last_row_that_counts() -> None:
    rows = (
        bought("D1", 100_000, certificate("甲", 150)),
        bought("D2", 100_000, certificate("乙", 51)),
        bought("D3", 0, certificate("丙", 900, status="held")),
    )
    (fault,) = above_grid(with_power(*rows), {})
    assert fault.what.zh == "绿证合计 201 MWh 多于网购电量 200 MWh"
    assert fault.what.en == "Certificates of 201 MWh exceed 200 MWh bought from the grid"
    assert fault.where == "D2.certificates"
    even = (rows[0], bought("D2", 100_000, certificate("乙", 50)))
    assert list(above_grid(with_power(*even), {})) == []


@pytest.mark.parametrize("what", ["carbon", "energy", "heat", "heat carbon", "all"])
@pytest.mark.parametrize(("billionths", "told"), [(0.95, False), (1.05, True)])
def test_sums_of_typed_numbers_are_equal_to_a_billionth(
    what: str, billionths: float, told: bool
) -> None:
    more = dict.fromkeys(("carbon", "energy", "heat", "heat carbon", "all"), 1.0)
    # Of all that is added up, what comes in and what leaves, where all is one sum.
    more[what] = 1 + billionths * (2e-9 if what == "all" else 1e-9)
    if what in ("carbon", "energy"):
        ledgers = {"fuels": [
            fuel_row("F1", "conversion_input", 100, 2.0, 20.0),
            fuel_row("F2", "conversion_output", 100, 2.0 * more["carbon"], 20.0 * more["energy"]),
        ]}  # fmt: skip
    elif what == "all":
        sent = {"id": "D2", "supply": "exported", "generation": "fossil", "kwh": 1e6 * more["all"]}
        made = {"id": "D3", "supply": "onsite", "generation": "fossil", "kwh": 1e3}
        coal = {**fuel_row("F1", "fuel", 100, 0.0, 20.0), "fuel": "生物质成型燃料"}
        ledgers = {"electricity": [GRID, sent, made], "fuels": [coal]}
    else:
        out = {**STEAM, "gj": 2_000 * more["heat"], "factor_tco2_per_gj": 0.1 * more["heat carbon"]}
        ledgers = {"fuels": [fuel_row("F1", "fuel", 100, 2.0, 20.0)], "heat": [out]}
    found = booked(**ledgers)
    assert ("unexplained_negative_term" in [one.reason for one in found.doubts]) is told
