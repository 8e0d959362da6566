"""Thresholds for several target years: 2027年 and 2030年 columns of one table."""

from pathlib import Path

import pytest

from tanzhe.model.rules import RuleSet
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.entry.park import read_park
from tanzhe.policy.read import read_policy
from tanzhe.policy.tables.rules_draft import draft_rule_set
from tanzhe.rulebook import dump_rule_set, parse_rule_set
from tanzhe.rulebook.confirm import confirmation_faults, confirmed, install
from tanzhe.rulebook.rule_sets import rule_set
from tanzhe.text import read_bytes

DOCUMENT = """四川省经济和信息化厅关于印发《四川省零碳工业园区指标体系》的通知
川经信环资〔2026〕31号
各市（州）经济和信息化主管部门：
现将《四川省零碳工业园区指标体系》印发你们，请遵照执行。
四川省经济和信息化厅
2026年6月16日
四川省零碳工业园区指标体系
序号\t指标名称\t单位\t2025年（基准）\t2027年\t2030年\t属性
1\t单位能耗碳排放\t吨二氧化碳/吨标准煤\t0.9\t≤2\t≤0.3\t约束性
2\t清洁能源消费占比\t%\t52\t≥70\t≥90\t预期性
"""
PARK = {
    "name": "试算园区",
    "region": "CN-SC",
    "equivalence_kgce_per_kwh": 0.30,
    "electricity": [
        {"supply": "grid", "generation": None, "kwh": 300_000_000, "evidence": "结算单"},
        {"supply": "direct", "generation": "nonfossil", "kwh": 200_000_000, "evidence": "合同"},
    ],
    "fuels": [], "heat": [], "processes": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def draft() -> RuleSet:
    return draft_rule_set(read_policy(read_bytes(DOCUMENT.encode(), "text/plain")))


def test_the_draft_keeps_the_year_of_each_column(draft: RuleSet) -> None:
    rows = [(one.measure, one.threshold, one.by_year) for one in draft.indicators]
    assert rows == [
        ("emission_per_energy", 2.0, 2027),
        ("emission_per_energy", 0.3, 2030),
        ("clean_energy", 70.0, 2027),
        ("clean_energy", 90.0, 2030),
    ]


def test_it_can_be_written_confirmed_and_installed(draft: RuleSet, tmp_path: Path) -> None:
    again = parse_rule_set(dump_rule_set(draft), name="草案.yaml")
    assert again == draft
    assert confirmation_faults(again, where="草案.yaml", document=DOCUMENT) == []
    install(confirmed(again, by="张三", on="2026-11-20"), tmp_path)
    assert rule_set(draft.id, folder=tmp_path).indicators[1].by_year == 2030


def test_two_rows_of_one_year_still_overlap(draft: RuleSet) -> None:
    same = tuple(one.model_copy(update={"by_year": 2027}) for one in draft.indicators)
    faults = confirmation_faults(draft.model_copy(update={"indicators": same}), where="x")
    assert [f.what.zh for f in faults if "重叠" in f.what.zh] == [
        "与“core_200_2027”的适用范围重叠，门槛有两个：2 和 0.3",
        "与“clean_energy_2027”的适用范围重叠，门槛有两个：70 和 90",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "threshold"), [(2026, 2.0), (2027, 2.0), (2028, 0.3), (2030, 0.3), (2033, 0.3)]
)
def test_the_first_target_not_yet_past_holds(draft: RuleSet, year: int, threshold: float) -> None:
    held = draft.in_year(year).indicators
    assert [one.measure for one in held] == ["emission_per_energy", "clean_energy"]
    assert held[0].threshold == threshold


@pytest.mark.parametrize(("year", "status"), [(2026, "met"), (2029, "not_met")])
def test_a_park_is_judged_by_the_target_of_its_year(draft: RuleSet, year: int, status: str) -> None:
    """300 GWh x 0.8325 over 500 GWh x 0.30: 249,750 t over 150,000 tce, 1.665 t/tce."""
    result = assess_park(read_park({**PARK, "year": year}), draft)
    core = result.indicators[0]
    assert core.value == pytest.approx(1.665)
    assert (core.threshold, core.status) == ((2.0 if year == 2026 else 0.3), status)
    said = next(note.zh for note in result.notes if note.code == "rules_by_year")
    assert f"单位能耗碳排放（{2027 if year == 2026 else 2030} 年）" in said
