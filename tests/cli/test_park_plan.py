"""`tanzhe park plan` as a user types it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tanzhe.cli.park import park
from tanzhe.errors import InputError

PARK = {
    "name": "示例园区", "region": "贵州", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
    "electricity": [{"supply": "grid", "kwh": 1e9}],
}  # fmt: skip
MEASURES = "措施:\n  - {名称: 绿证, 类型: 绿证, 潜力: 1000000, 单位: MWh, 单位成本: 5}\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    entered, measures = tmp_path / "park.json", tmp_path / "measures.yaml"
    entered.write_text(json.dumps(PARK), encoding="utf-8")
    measures.write_text(MEASURES, encoding="utf-8")
    return str(entered), str(measures)


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(park, [str(a) for a in arguments], catch_exceptions=True)


def test_json_is_the_documented_form(files: tuple[str, str]) -> None:
    done = run("plan", *files, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert set(told) == {
        "name", "region", "year", "rules", "status", "tier", "by", "cost_wan_yuan", "measures",
        "unused", "too_late", "before", "after", "binding", "alternatives", "unreachable",
        "left_by_source", "green", "open", "notes", "manifest",
    }  # fmt: skip
    assert told["status"] == "planned"
    assert told["cost_wan_yuan"] == pytest.approx(463.963964, abs=1e-4)
    assert told["measures"][0]["name"] == "绿证"
    assert told["after"]["emission_per_energy"] == pytest.approx(0.2)
    assert told["green"]["unproven_at_most"] == pytest.approx(0.072072, abs=1e-6)


def test_the_answer_for_reading(files: tuple[str, str]) -> None:
    done = run("plan", *files)
    assert done.exit_code == 0
    for words in ("方案：可行", "463.96 万元/年", "927,928.0 MWh", "7.21%", "没有“绿证”就达不到"):
        assert words in done.stdout


def test_infeasible_is_an_answer(files: tuple[str, str], tmp_path: Path) -> None:
    few = tmp_path / "few.yaml"
    few.write_text(MEASURES.replace("1000000", "500000"), encoding="utf-8")
    done = run("plan", files[0], few)
    assert done.exit_code == 0
    # 500,000 MWh stay without proof: 416,250 t over 300,000 tce
    assert "不可行" in done.stdout and "1.3875" in done.stdout and "356,250.0 tCO2" in done.stdout


def test_the_template_is_filled_and_solved(files: tuple[str, str], tmp_path: Path) -> None:
    template = run("plan", files[0], "--template")
    assert template.exit_code == 0
    first, rest = template.stdout.split("\n\n", 1)
    first = first.replace("单位成本: ", "单位成本: 5").replace("潜力:  ", "潜力: 1000000")
    filled = tmp_path / "filled.yaml"
    filled.write_text(f"{first}\n\n{rest}", encoding="utf-8")
    assert "463.96 万元/年" in run("plan", files[0], filled).stdout


def test_faults_as_json(files: tuple[str, str], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(MEASURES.replace("MWh", "t").replace(": 5", ": -5"), encoding="utf-8")
    done = run("plan", files[0], wrong, "--json")
    assert done.exit_code == 2
    errors = json.loads(done.stdout)["errors"]
    assert len(errors) == 2
    assert all({"path", "what", "do"} == set(error) for error in errors)
    assert isinstance(run("plan", files[0], wrong).exception, InputError)


def test_measures_are_needed(files: tuple[str, str]) -> None:
    done = run("plan", files[0])
    assert done.exit_code == 2
    assert "--template" in done.output


def test_no_plan_over_ledgers_whose_data_are_missing(tmp_path: Path) -> None:
    entered, measures = tmp_path / "park.json", tmp_path / "measures.yaml"
    entered.write_text(json.dumps({**PARK, "fuels": None}), encoding="utf-8")
    measures.write_text(MEASURES, encoding="utf-8")
    done = run("plan", entered, measures, "--json")
    assert done.exit_code == 2
    (told,) = json.loads(done.stdout)["errors"]
    assert (told["path"], "缺少燃料台账的数据" in told["what"]) == ("fuels", True)


def test_no_plan_takes_the_fuel_that_sold_heat_is_made_of(tmp_path: Path) -> None:
    """200,000 GJ sold take off 22,000 t: the coal left must emit as much, 10,628 of 20,000 t."""
    entered, measures = tmp_path / "park.json", tmp_path / "measures.yaml"
    coal = {"fuel": "烟煤", "purpose": "fuel", "quantity": 20000, "unit": "t",
            "factor_tco2": 2.07, "energy_gj_per_unit": 23.2}  # fmt: skip
    power = [
        {"supply": "direct", "generation": "nonfossil", "kwh": 9e8},
        {"supply": "grid", "kwh": 1e8},
    ]
    sold = {"direction": "out", "gj": 200000, "fossil": True}
    tree = {**PARK, "fuels": [coal], "electricity": power, "heat": [sold]}
    entered.write_text(json.dumps(tree), encoding="utf-8")
    saving = "  - {名称: 节煤, 类型: 节能, 台账行: fuels-1, 潜力: 20000, 单位: t, 单位成本: 1}\n"
    measures.write_text(MEASURES.replace("1000000", "100000") + saving, encoding="utf-8")
    told = json.loads(run("plan", entered, measures, "--json").stdout)
    assert told["status"] == "planned"
    assert told["after"]["emission_per_energy"] == pytest.approx(0.2)
    amounts = {one["name"]: one["amount"] for one in told["measures"]}
    assert amounts["节煤"] == pytest.approx(20000 - 22000 / 2.07, rel=1e-6)
