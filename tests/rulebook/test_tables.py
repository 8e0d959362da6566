"""Tables of official numbers: what the loader refuses, and what the packaged tables hold."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from tanzhe.errors import InputError, UnknownName
from tanzhe.quantity import Dimension, Quantity, Unit
from tanzhe.rulebook import find_fuel, fuel_sets, fuels, rule_value, rule_values, table_names
from tanzhe.rulebook.table_file import Table, parse_table
from tanzhe.rulebook.tables import tables

SNAPSHOT = Path(__file__).with_name("resolved.txt")
FACTORS = Path(__file__).parents[3] / "shared/data/factors"
needs_factors = pytest.mark.skipif(
    not FACTORS.exists(), reason="the factor tables the rulebook was made from are not in ../shared"
)
GOOD = """
table: test
name: 试验
family: co2
documents:
  d: {title: 某办法, number: 某文〔2025〕1号, published: 2025-03, read_in: 原文}
parts: {heating_value: 低位发热量, emission_factor: 排放因子}
defaults: {document: d, place: 附录A, confidence: secondary, checked: null}
values:
  - {id: one, name: 甲, value: 0.5 tCO2/t, quote: 排放因子为0.5吨}
  - {id: two, name: 乙, parts: {heating_value: 20 GJ/t, emission_factor: 2 tCO2/t}}
"""


def all_values() -> list[str]:
    return [value.id for name in table_names() for value in rule_values(name)]


def test_a_good_table() -> None:
    table = parse_table(GOOD, name="x.yaml")
    ids = {value.id: (value.value, value.unit, value.name) for value in table.values}
    assert ids == {
        "test.one": (0.5, "tCO2/t", "甲"),
        "test.two.heating_value": (20.0, "GJ/t", "乙 低位发热量"),
        "test.two.emission_factor": (2.0, "tCO2/t", "乙 排放因子"),
    }
    assert table.values[0].authority.number == "某文〔2025〕1号"
    assert table.values[0].authority.quote == "排放因子为0.5吨"
    assert table.values[0].checked is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: 试验", "name: 试验\nname: 再来", "出现两次"),
        ("name: 甲,", "name: 甲, nmae: 乙,", "不认识的键"),
        ("name: 甲,", "", "缺少"),
        ("0.5 tCO2/t", "0.5 t/t", "不认识的单位"),
        ("0.5 tCO2/t", "0.5", "不认识的单位"),
        ("0.5 tCO2/t", "half tCO2/t", "不是数字加单位"),
        ("0.5 tCO2/t", "nan tCO2/t", "不是数字加单位"),
        ("0.5 tCO2/t", "inf tCO2/t", "不是数字加单位"),
        ("0.5 tCO2/t", "500 tCO2/t", "可信范围"),
        ("20 GJ/t", "20000 GJ/t", "可信范围"),
        ("20 GJ/t", "0.02 GJ/t", "可信范围"),
        ("0.5 tCO2/t", "0.5 kgCO2e/kWh", "类别"),
        ("family: co2", "family: co2e", "类别"),
        ("family: co2", "family: kg", "只能是"),
        ("为0.5吨", "为0.6吨", "引文中没有 0.5"),
        ("为0.5吨", "见附表", "引文中没有 0.5"),
        ("document: d", "document: e", "没有文件"),
        ("heating_value: 20", "heat: 20", "不认识的分项"),
        ("id: two", "id: one, value: 1 tCO2/t", "有且只有一个"),
        ("confidence: secondary", "confidence: sure", "只能是"),
        ("published: 2025-03, ", "", "缺少"),
        ("published: 2025-03,", "published: 2025年3月,", "写法不对"),
        ("value: 0.5 tCO2/t", "value: 0.5 tCO2/t, describes: 二〇二五", "不是整数"),
    ],
)
def test_faulty_tables_are_refused(old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        parse_table(GOOD.replace(old, new, 1), name="x.yaml")
    assert told in caught.value.said("zh")
    assert "x.yaml" in caught.value.said("zh")


def test_an_id_stands_once_a_year() -> None:
    with pytest.raises(InputError, match="出现两次"):
        parse_table(GOOD + "  - {id: one, name: 丙, value: 1 tCO2/t}\n", name="x.yaml")
    both = GOOD + "  - {id: one, name: 丙, value: 1 tCO2/t, describes: 2024}\n"
    assert len(parse_table(both, name="x.yaml").values) == 4


def test_every_fault_is_told_at_once() -> None:
    text = GOOD.replace("0.5 tCO2/t", "500 tCO2/t").replace("2 tCO2/t", "x tCO2/t")
    with pytest.raises(InputError) as caught:
        parse_table(text + "  - {id: three, nmae: 丙}\n", name="x.yaml")
    # out of range and not in its quote; no number; an unknown key and two missing ones
    assert len(caught.value.faults) >= 5
    assert {"x.yaml: one", "x.yaml: two", "x.yaml: three"} <= {f.where for f in caught.value.faults}


def test_all_packaged_tables_are_read() -> None:
    expected = {
        "annex4", "electricity_footprint", "energy_limits", "fuel", "green_power", "grid",
        "grid_enterprise", "process", "process_other_gases", "standard_coal",
    }  # fmt: skip
    assert set(table_names()) >= expected
    assert len(all_values()) >= 696


def test_unknown_table_and_id() -> None:
    with pytest.raises(UnknownName, match="annex4"):
        rule_values("annex5")
    with pytest.raises(UnknownName, match="grid_other_electricity"):
        rule_value("annex4.grid_other_electricty", year=2025)


def test_families_never_mix() -> None:
    """No CO2 table holds a life-cycle unit, and no kWh multiplies with one to CO2."""
    units = {v.unit for t in table_names() for one in tables(t) for v in one.values if co2(one)}
    assert not any("CO2e" in unit for unit in units)
    footprint = rule_value("electricity_footprint.average", year=2024).value
    with pytest.raises(InputError, match="单位不能混用"):
        Quantity(100.0, Unit.KWH) * Quantity(footprint.value, Unit.parse(footprint.unit))
    with pytest.raises(InputError, match="单位不能混用"):
        Quantity(footprint.value, Unit.parse(footprint.unit)).to(Unit.KG_CO2_PER_KWH)


def co2(table: Table) -> bool:
    return table.family == "co2"


def test_every_value_has_its_document() -> None:
    for name in table_names():
        for value in rule_values(name):
            assert value.authority.title and value.authority.number and value.authority.place
            assert value.authority.published and value.authority.read_in
            assert (value.checked is not None) == (value.confidence == "confirmed"), (
                f"{value.id}: `confirmed` is what somebody compared, and `checked` says who"
            )


def test_emission_factors_follow_from_their_parts() -> None:
    """Heating value x carbon content x oxidation x 44/12 gives the factor, in every set."""
    compared = 0
    for name in fuel_sets():
        for fuel in fuels(name):
            if fuel.heating_value and fuel.carbon_content and fuel.emission_factor:
                oxidation = fuel.oxidation.value / 100 if fuel.oxidation else 1.0
                made = fuel.heating_value.value * fuel.carbon_content.value / 1000
                made *= oxidation * 44 / 12
                assert made == pytest.approx(fuel.emission_factor.value, rel=2e-4), fuel.name
                compared += 1
    assert compared == 72


def test_standard_coal_follows_from_heating_values() -> None:
    coal = {v.id: v for v in rule_values("standard_coal")}
    pairs = [(v, coal[i.replace("heating_value", "coefficient")]) for i, v in coal.items()
             if i.endswith("heating_value")]  # fmt: skip
    assert len(pairs) == 33
    for heat, coefficient in pairs:
        assert heat.value / 29307.6 == pytest.approx(coefficient.value, rel=2e-3), heat.id


def test_levels_of_limits_ascend() -> None:
    limits = {v.id: v.value for v in rule_values("energy_limits")}
    for id, value in limits.items():
        if id.endswith("level1"):
            stem = id.removesuffix("level1")
            assert value <= limits[f"{stem}level2"] <= limits[f"{stem}level3"], stem


def test_fuel_sets_are_named_and_differ() -> None:
    assert find_fuel("industry_2013", "烟煤").emission_factor.value == 2.0715
    assert find_fuel("fuel.steel_2013", "bituminous_coal").emission_factor.value == 1.7471
    with pytest.raises(UnknownName, match="industry_2013"):
        fuels("")
    with pytest.raises(UnknownName, match="烟煤"):
        find_fuel("industry_2013", "煤")


def test_units_have_their_dimension() -> None:
    assert Unit.parse("吨/吨标准煤") is Unit.T_CO2_PER_TCE
    assert Unit.parse("GJ/万Nm³").dimension is Dimension.ENERGY_PER_VOLUME
    heat = Quantity(3000.0, Unit.T) * Quantity(23.204, Unit.GJ_PER_T)
    assert heat.to(Unit.TCE).value == pytest.approx(3000 * 23.204 / 29.3076)
    power = Quantity(1000.0, Unit.KWH) * Quantity(0.1229, Unit.KGCE_PER_KWH)
    assert power.to(Unit.KGCE).value == pytest.approx(122.9)
    gas = Quantity(1.0, Unit.WAN_M3) * Quantity(21.6219, Unit.T_CO2_PER_WAN_M3)
    assert gas.value == pytest.approx(21.6219)
    assert Quantity(1.0, Unit.T_CO2_PER_GJ).to(Unit.T_CO2_PER_TCE).value == pytest.approx(29.3076)


def resolved(year: int) -> str:
    """Every value as it resolves for a year, one a line, with the codes of its notes."""
    lines = [
        f"# 每个数用于 {year} 年及其描述年份时的取值；改动由此可见。TANZHE_GOLDEN=write 重写。"
    ]
    values = [value for name in table_names() for value in rule_values(name)]
    dated = {(value.id, when) for value in values for when in (value.describes, value.used_from)}
    asked = {(id, year) for id in all_values()} | {pair for pair in dated if pair[1] is not None}
    for id, when in sorted(asked):
        try:
            found = rule_value(id, year=when)
        except InputError as error:
            lines.append(f"{when}  {id}  拒绝：{error.faults[0].what.zh}")
            continue
        value, codes = found.value, " ".join(n.code.split(".")[0] for n in found.notes)
        described = f" ({value.describes})" if value.describes else ""
        lines.append(f"{when}  {id}  {value.value:.12g} {value.unit}{described}  {codes}".rstrip())
    return "\n".join(sorted(lines)) + "\n"


def test_snapshot_of_every_resolved_value() -> None:
    text = resolved(2025)
    if os.environ.get("TANZHE_GOLDEN") == "write":
        SNAPSHOT.write_text(text, encoding="utf-8")
    moved = set(text.splitlines()) ^ set(SNAPSHOT.read_text(encoding="utf-8").splitlines())
    assert not moved, "if so meant: TANZHE_GOLDEN=write pytest tests/rulebook, and read the diff"


def numbers_of_csv(name: str, columns: tuple[str, ...]) -> list[float]:
    with (FACTORS / name).open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    texts = [row[column] for row in rows for column in columns if row[column]]
    return sorted(float(text) for text in texts if text.replace(".", "").lstrip("-").isdigit())


@needs_factors
@pytest.mark.parametrize(
    ("csv_name", "columns", "names", "left_out"),
    [
        ("grid_co2_factors.csv", ("value",), ("grid", "grid_enterprise"), []),
        ("electricity_lca_footprint.csv", ("value",), ("electricity_footprint",), []),
        ("process_factors.csv", ("value",), ("process", "process_other_gases"), []),
        ("product_energy_limits.csv", ("level1", "level2", "level3"), ("energy_limits",), []),
        ("standard_coal_gbt2589_2020.csv", ("ncv", "coefficient"), ("standard_coal",), []),
        ("fuel_params.csv", ("ncv", "carbon_content", "oxidation", "ef"), ("fuel",), ["by_heat"]),
    ],
)
def test_every_number_was_taken_over(
    csv_name: str, columns: tuple[str, ...], names: tuple[str, ...], left_out: list[str]
) -> None:
    ours = [
        value.value
        for name in names
        for value in rule_values(name)
        if not any(part in value.id for part in left_out)
    ]
    assert Counter(numbers_of_csv(csv_name, columns)) <= Counter(ours)  # others may have come
