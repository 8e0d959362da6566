"""Ten inputs people really have, each with an answer worked out by hand."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from footprints.ingot import changed, ingot
from footprints.studies import OWN, calculated, flow, form, written
from tanzhe.api.footprints.studies import product_footprint
from tanzhe.errors import InputError
from tanzhe.footprints.account import footprint
from tanzhe.footprints.entries import read_entries
from tanzhe.footprints.exchange import pact_object
from tanzhe.footprints.records import FootprintResult
from tanzhe.footprints.study import study_of
from tanzhe.rulebook import rule_value

NOW = datetime(2026, 3, 20, tzinfo=UTC)


def codes(result: FootprintResult) -> set[str]:
    return {note.code for note in result.notes}


def power(id: str, amount: object, unit: str, source: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "what": id, "source": source, "amount": amount, "unit": unit, **more}


def published(key: str, year: int = 2025) -> Decimal:
    return Decimal(repr(rule_value(f"electricity_footprint.{key}", year=year).value.value))


GREEN = {"generation": "风电", "proof": "G1", "generated": "2025-03", "cancelled": True}


def test_green_power_of_an_ingot_works(tmp_path: Path) -> None:
    """1: green power over the grid carries its plant and the grid's losses."""
    rows = [power("E1", 1000, "MWh", "绿电交易", **GREEN)]
    result = calculated(tmp_path, form(power=rows))
    assert result.per_unit == published("wind") + published("transmission_with_losses")
    assert not any(code.startswith("power_unproven") for code in codes(result))


@pytest.mark.parametrize(
    "flaw",
    [
        {"proof": None}, {"cancelled": False}, {"cancelled": None}, {"generated": "2024"},
        {"generated": "2026-01"}, {"generated": None}, {"generated": "去年"},
    ],
)  # fmt: skip
def test_a_claim_that_the_rule_does_not_allow_is_the_average(
    tmp_path: Path, flaw: dict[str, Any]
) -> None:
    claim = {key: value for key, value in {**GREEN, **flaw}.items() if value is not None}
    result = calculated(tmp_path, form(power=[power("E1", 1000, "MWh", "绿证", **claim)]))
    assert result.per_unit == published("average")
    assert "power_unproven.E1" in codes(result)


def test_a_proof_used_twice_counts_nowhere(tmp_path: Path) -> None:
    rows = [power(id, 500, "MWh", "绿证", **GREEN) for id in ("E1", "E2")]
    result = calculated(tmp_path, form(power=rows))
    assert result.per_unit == published("average")


def test_own_power_whose_certificates_were_sold_is_the_average(tmp_path: Path) -> None:
    own = {"generation": "光伏", "sold": False}
    kept = calculated(tmp_path, form(power=[power("E1", 1000, "MWh", "自发自用", **own)]))
    sold = {**own, "sold": True}
    lost = calculated(tmp_path, form(power=[power("E1", 1000, "MWh", "自发自用", **sold)]))
    assert kept.per_unit == published("solar_pv") and lost.per_unit == published("average")
    assert kept.alternatives == ()  # it never was on the grid


def test_a_steel_coil_with_scrap(tmp_path: Path) -> None:
    """2: 600 t of pig iron at 1.9, 450 t of scrap that bears nothing but its processing at 0.02."""
    rows = [
        flow("铁水", 600, "t", "1.9", "tCO2e/t"),
        flow("废钢加工", 450, "t", "0.02", "tCO2e/t"),
    ]
    result = calculated(tmp_path, form(activity=rows))
    assert result.per_unit == (600 * Decimal("1.9") + 450 * Decimal("0.02")) / 1000


def test_cement_with_alternative_fuels(tmp_path: Path) -> None:
    """3: of 100 t of waste at 1.2 tCO2/t, 40 % is biomass: told apart, not in the total."""
    rows = [
        flow("熟料分解", 525, "tCO2e", None, "", data="初级"),
        flow("替代燃料化石部分", 60, "t", "1.2", "tCO2e/t"),
        flow("替代燃料生物质部分", 40, "t", "1.2", "tCO2e/t", category="生物二氧化碳（单列）"),
    ]
    result = calculated(tmp_path, form(activity=rows))
    assert result.per_unit == Decimal("0.597")
    assert result.categories["biogenic_co2"] == Decimal("0.048")
    assert "biogenic_apart" in codes(result)
    assert pact_object(result, now=NOW).pcf.pcfExcludingBiogenicUptake == "0.597"


def test_a_battery_cell_with_the_files_of_its_suppliers(tmp_path: Path) -> None:
    """4: 2,000 kg of a supplier's product at 6.5299, 37.8 % primary; the cell is a piece."""
    (tmp_path / "supplier.json").write_text(json.dumps(ingot()), encoding="utf-8")
    product = {"unit": "件", "unit_mass": "0.9", "output": 1000, "output_unit": "件"}
    rows = [flow("箔材", 2, "t", "supplier.json", "", factor_unit=None, data="供应商")]
    result = calculated(tmp_path, form(product, activity=rows))
    assert result.per_unit == 2 * Decimal("6.5299")
    assert result.primary_share == Decimal("37.8")
    made = pact_object(result, now=NOW)
    assert made.pcf.declaredUnitOfMeasurement == "piece"
    assert made.pcf.productMassPerDeclaredUnit == "0.9"


def test_a_suppliers_uptake_stays_beside_the_total(tmp_path: Path) -> None:
    supplier = changed(
        ingot(),
        {
            "pcf.biogenicCO2Uptake": "-1.1", "pcf.pcfIncludingBiogenicUptake": "5.4299",
            "pcf.biogenicCarbonContent": "0.3",
        },
        [],
    )  # fmt: skip
    (tmp_path / "s.json").write_text(json.dumps(supplier), encoding="utf-8")
    rows = [flow("木料", 1, "t", "s.json", "", factor_unit=None, data="供应商")]
    result = calculated(tmp_path, form({"output": 1}, activity=rows))
    assert result.per_unit == Decimal("6.5299") and result.uptake == Decimal("-1.1")
    made = pact_object(result, now=NOW).pcf
    assert made.pcfIncludingBiogenicUptake == "5.4299"


def test_a_wrong_or_old_file_of_a_supplier(tmp_path: Path) -> None:
    old = changed(ingot(), {"status": "Deprecated"}, [])
    old["validityPeriodStart"], old["validityPeriodEnd"] = (
        "2024-01-01T00:00:00Z",
        "2025-06-30T00:00:00Z",
    )
    (tmp_path / "old.json").write_text(json.dumps(old), encoding="utf-8")
    rows = [flow("M1", 1, "t", "old.json", "", factor_unit=None, data="供应商")]
    told = codes(calculated(tmp_path, form(activity=rows)))
    assert {"supplier_expired.M1", "supplier_deprecated.M1"} <= told
    wrong = changed(ingot(), {"pcf.biogenicCO2Uptake": "1"}, [])
    (tmp_path / "old.json").write_text(json.dumps(wrong), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        calculated(tmp_path, form(activity=rows))
    assert refused.value.faults[0].where == "activity[1].amount → old.json: pcf.biogenicCO2Uptake"
    away = [flow("M1", 1, "t", "../old.json", "", factor_unit=None, data="供应商")]
    with pytest.raises(InputError, match="不是单纯的文件名"):
        calculated(tmp_path, form(activity=away))


def co_products(method: str = "质量", **more: Any) -> list[dict[str, Any]]:
    rows = [
        {"group": "A1", "product": "烧碱", "own": True, "mass": 1000, "economic": 300},
        {"group": "A1", "product": "氯气", "own": False, "mass": 886, "economic": 100},
        {"group": "A1", "product": "氢气", "own": False, "mass": 25, "economic": 50},
    ]
    return [{**row, "method": method, "reason": "电解同时产出", **more} for row in rows]


def test_co_products(tmp_path: Path) -> None:
    """5: caustic soda of the chlor-alkali process, by mass, with the economic share beside it."""
    rows = [
        flow("电解", 1911, "t", "1", "tCO2e/t", share="A1"),
        flow("包装袋", 10, "t", "2", "tCO2e/t", share="本产品"),
    ]
    result = calculated(tmp_path, form(activity=rows, allocation=co_products()))
    assert result.shares["A1"] == Decimal(1000) / 1911
    assert result.per_unit == pytest.approx(Decimal("1.02"))
    (other,) = result.alternatives
    assert other.code == "allocation_economic"
    assert other.per_unit == pytest.approx(Decimal(1911) * 300 / 450 / 1000 + Decimal("0.02"))


def test_missing_transport_is_a_gap_and_no_zero(tmp_path: Path) -> None:
    """6: nothing is said of inbound transport: the result is incomplete and is not exchanged."""
    filled = form(activity=[flow("M1", 1, "t", "1", "tCO2e/t")])
    filled["cut_off"] = [one for one in filled["cut_off"] if one["stage"] != "运输进厂"]
    result = calculated(tmp_path, filled)
    assert result.gaps == ("inbound",) and "gap.inbound" in codes(result)
    with pytest.raises(InputError, match="运输进厂"):
        pact_object(result, now=NOW)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        (1_000_000, "kWh"), (1000, "MWh"), (100, "万kWh"), (100, "万千瓦时"), (1, "GWh"),
        ("0.01", "亿千瓦时"), ("１００", "万度"), ("1,000", "兆瓦时"),
    ],
)  # fmt: skip
def test_units_of_one_amount_of_power(tmp_path: Path, amount: object, unit: str) -> None:
    """7: one gigawatt hour in many spellings."""
    result = calculated(tmp_path, form(power=[power("E1", amount, unit, "电网无凭证")]))
    assert result.per_unit == published("average")


@pytest.mark.parametrize(
    ("amount", "unit", "factor", "per"),
    [
        (2, "t", "3", "tCO2e/t"), (2000, "kg", "3", "kgCO2e/kg"), (2000, "公斤", "3", "tCO2e/t"),
        ("0.0002", "万吨", "3000", "kgCO2e/t"), (2000, "kg", "3000", "gCO2e/kg"),
        (2, "万m3", "3", "tCO2e/万m3"), (20000, "Nm3", "0.3", "kgCO2e/m3"),
        (10, "万t·km", "0.06", "kgCO2e/t·km"), (100000, "吨公里", "0.06", "kgCO2e/tkm"),
        (7200, "MJ", "3", "tCO2e/3.6GJ"),
    ],
)  # fmt: skip
def test_units_of_amounts_and_factors(
    tmp_path: Path, amount: object, unit: str, factor: str, per: str
) -> None:
    rows = [flow("M1", amount, unit, factor, per)]
    if "3.6" in per:  # no unit: told, not guessed
        with pytest.raises(InputError, match="对不上"):
            calculated(tmp_path, form(activity=rows))
        return
    assert calculated(tmp_path, form(activity=rows)).per_unit == Decimal("0.006")


def test_biogenic_carbon_of_a_wooden_product(tmp_path: Path) -> None:
    """8: 0.45 kg of carbon in a kilogram took 1.65 kg of CO2 from the air."""
    rows = [
        flow("锯材加工", 100, "t", "1", "tCO2e/t"),
        flow("木材生长吸收", 1000, "t", "1.65", "tCO2e/t", category="生物吸收"),
    ]
    product = {"name": "木托盘", "biogenic_carbon": "0.45"}
    result = calculated(tmp_path, form(product, activity=rows))
    assert result.per_unit == Decimal("0.1") and result.uptake == Decimal("-1.65")
    made = pact_object(result, now=NOW).pcf
    assert made.biogenicCO2Uptake == "-1.65" and made.pcfIncludingBiogenicUptake == "-1.55"


def test_purchased_offsets_change_nothing(tmp_path: Path) -> None:
    """9: credits of more tonnes than the product has."""
    rows = [flow("M1", 100, "t", "1", "tCO2e/t")]
    bare = calculated(tmp_path, form(activity=rows))
    credits = [{"what": "林业碳汇", "tonnes": 1_000_000}]
    bought = calculated(tmp_path, form(activity=rows, offsets=credits))
    assert bought.per_unit == bare.per_unit == Decimal("0.1")
    assert bought.offsets == 1_000_000 and "offsets_listed" in codes(bought)
    with pytest.raises(InputError, match="不能为负数"):
        calculated(tmp_path, form(activity=[flow("碳汇", -100, "tCO2e", None, "")]))


def test_a_factor_without_year(tmp_path: Path) -> None:
    """10: an empty year is refused; one that nobody knows is said."""
    empty = [flow("M1", 1, "t", "1", "tCO2e/t", factor_year=None)]
    with pytest.raises(InputError) as refused:
        calculated(tmp_path, form(activity=empty))
    (fault,) = refused.value.faults
    assert fault.where == "activity[1].factor_year" and "不详" in fault.do.zh
    unknown = [flow("M1", 1, "t", "1", "tCO2e/t", factor_year="不详")]
    assert "factor_without_year.M1" in codes(calculated(tmp_path, form(activity=unknown)))


@pytest.mark.parametrize(
    "factor",
    ["annex4.grid_other_electricity", "grid.average.CN", "grid.average.CN-YN"],
)
def test_factors_of_the_park_account_are_refused(tmp_path: Path, factor: str) -> None:
    rows = [flow("E", 1, "MWh", factor, "")]
    with pytest.raises(InputError, match="另一类量"):
        calculated(tmp_path, form(activity=rows))


def test_they_are_refused_when_typed_too(tmp_path: Path) -> None:
    number = f"{rule_value('annex4.grid_other_electricity', year=2025).value.value}"
    rows = [flow("E", 1, "MWh", number, "kgCO2e/kWh", factor_source="910号文附件4")]
    with pytest.raises(InputError, match="另一类量"):
        calculated(tmp_path, form(activity=rows))


@pytest.mark.parametrize(
    ("number", "unit", "what"),
    [
        ("0.8325", "kgCO2e/kWh", "另一类量"),
        ("832.5", "kgCO2e/MWh", "另一类量"),
        ("0.41", "kgCO2/kWh", "不是 CO2e"),
    ],
)
def test_a_number_of_the_park_account_is_refused_whatever_its_source(
    tmp_path: Path, number: str, unit: str, what: str
) -> None:
    rows = [flow("E", 1, "MWh", number, unit, factor_source="供应商")]
    with pytest.raises(InputError, match=what):
        calculated(tmp_path, form(activity=rows))


def test_what_a_reader_would_ask_about_is_told(tmp_path: Path) -> None:
    """Rows alike, power twice, another report of the IPCC, a factor or an amount in other units."""
    rows = [
        flow("M1", 1_000_000_000, "t", "750", "tCO2e/t", stage="原材料"),
        flow("M2", 1, "t", "2", "tCO2e/t", what="炭", factor_source="IPCC AR5"),
        flow("M3", 1, "t", "2", "tCO2e/t", what="炭"),
        flow("P", 1, "MWh", "0.5", "kgCO2e/kWh"),
    ]
    told = codes(calculated(tmp_path, form(activity=rows)))
    assert {"alike.M2", "other_gwp.M2", "heavy.M1", "mass"} <= {*told}
    plain = codes(calculated(tmp_path, form(activity=[flow("M1", 1, "t", "2", "tCO2e/t")])))
    assert not {one.split(".")[0] for one in plain} & {"alike", "other_gwp", "heavy", "mass"}


def test_rows_from_a_parks_ledger(tmp_path: Path) -> None:
    park = {
        "name": "示例园区", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
        "electricity": [{"id": "D1", "supply": "grid", "kwh": 1_000_000}],
    }  # fmt: skip
    (tmp_path / "park.json").write_text(json.dumps(park), encoding="utf-8")
    row = {"id": "E1", "what": "电", "source": "电网无凭证", "ledger": "D1"}
    path = written(tmp_path, form(power=[row]))
    result = product_footprint(path, park=tmp_path / "park.json")
    assert result.per_unit == published("average") and result.lines[0].unit == "kWh"
    for wrong, why in (
        ({**row, "ledger": "D9"}, "台账里没有"),
        ({**row, "amount": 999, "unit": "MWh"}, "不符"),
    ):
        with pytest.raises(InputError, match=why):
            product_footprint(written(tmp_path, form(power=[wrong])), park=tmp_path / "park.json")
    same = written(tmp_path, form(power=[{**row, "amount": 1000, "unit": "MWh"}]))
    assert product_footprint(same, park=tmp_path / "park.json").per_unit == published("average")


def test_beyond_the_gate(tmp_path: Path) -> None:
    stages = ("运输出厂", "使用", "废弃处理")
    rows = [flow(stage, 100, "t", "1", "tCO2e/t", stage=stage) for stage in stages]
    rows.append(flow("生产", 100, "t", "1", "tCO2e/t"))
    whole = calculated(tmp_path, form({"boundary": "摇篮到坟墓"}, activity=rows))
    assert whole.per_unit == Decimal("0.4") and whole.to_gate == Decimal("0.1")
    gate = calculated(tmp_path, form(activity=rows))
    assert gate.per_unit == Decimal("0.1")
    made = pact_object(gate, now=NOW).pcf
    assert made.pcfExcludingBiogenicUptake == "0.1"
    assert made.outboundLogisticsGhgEmissions == "0.1"


def test_workbook_and_yaml_say_the_same(tmp_path: Path) -> None:
    filled = form(
        activity=[flow("M1", "12.5", "t", "0.3", "tCO2e/t", share="A1")],
        allocation=co_products(), power=[power("E1", 10, "MWh", "绿证", **GREEN, share="A1")],
    )  # fmt: skip
    one = calculated(tmp_path, filled)
    other = calculated(tmp_path, filled, "study.xlsx")
    assert one.per_unit == other.per_unit
    assert other.lines[0].at == "活动数据!E3"
    told = {key: rows[0] if key == "product" else rows for key, rows in filled.items()}
    (tmp_path / "study.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert footprint(study_of(read_entries(tmp_path / "study.json")), {}).per_unit == one.per_unit


def test_a_pact_object_is_no_form(tmp_path: Path) -> None:
    (tmp_path / "pact.json").write_text('{"id": "1", "specVersion": "3.0.4"}', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_entries(tmp_path / "pact.json")
    (only,) = refused.value.faults
    assert "tanzhe verify" in only.do.zh


def test_a_typed_factor_does_not_save_a_claim_without_proof(tmp_path: Path) -> None:
    typed = {"generation": "风电", "factor": "0.001", "factor_unit": "kgCO2e/kWh", **OWN}
    lost = calculated(tmp_path, form(power=[power("E1", 1000, "MWh", "绿证", **typed)]))
    assert lost.per_unit == published("average")
    proven = {**typed, **GREEN}
    kept = calculated(tmp_path, form(power=[power("E1", 1000, "MWh", "绿证", **proven)]))
    assert kept.per_unit == Decimal("0.001") and "power_own_factor.E1" in codes(kept)
    assert kept.alternatives[0].per_unit == published("average")


def test_a_year_without_a_published_footprint_is_told_at_the_row(tmp_path: Path) -> None:
    early = {"start": "2021-01-01", "end": "2021-12-31"}
    with pytest.raises(InputError) as refused:
        calculated(tmp_path, form(early, power=[power("E1", 1, "MWh", "电网无凭证")]))
    assert refused.value.faults[0].where == "power[1].amount"


@pytest.mark.parametrize(("amount", "told"), [(100_000, True), (10, False)])
def test_more_power_than_any_material_takes_is_told(
    tmp_path: Path, amount: int, told: bool
) -> None:
    power = [{"id": "E1", "what": "网电", "source": "电网无凭证", "amount": amount, "unit": "MWh"}]
    product = {"output": 100, "output_unit": "t"}
    found = codes(calculated(tmp_path, form(product=product, power=power)))
    assert ("power_much" in found) == told


@pytest.mark.parametrize(("year", "told"), [(2015, True), (2023, False)])
def test_factors_of_long_ago_are_told(tmp_path: Path, year: int, told: bool) -> None:
    rows = [flow("M1", 1, "t", "2", "tCO2e/t", factor_year=year)]
    assert ("old_factors" in codes(calculated(tmp_path, form(activity=rows)))) == told
