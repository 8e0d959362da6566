"""The cases an officer can read, tests/rules/plans*.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from parks.plans import park_of, plan_of
from tanzhe.api.parks.plans import plan as planned
from tanzhe.model.plan import Measure, Plan

FOLDER = Path(__file__).parents[1] / "rules"
CASES = [
    case
    for path in sorted(FOLDER.glob("plans*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
]


def approx(number: float) -> Any:
    """Thresholds and tiers are passed by a part in a billion, so amounts are not exact."""
    return pytest.approx(number, rel=1e-7, abs=0.01)


def yuan(wan: float) -> Any:
    return pytest.approx(wan, rel=1e-7, abs=1e-5)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Plan]:
    return {case["名称"]: plan_of(case, tmp_path_factory.mktemp("case")) for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["名称"])
def test_case(case: dict[str, Any], plans: dict[str, Plan]) -> None:
    plan = plans[case["名称"]]
    assert plan.status == case["状态"]
    if plan.status in ("planned", "already_met"):
        assert plan.cost_wan_yuan == yuan(case["成本"])
        told = {one.name: one.amount for one in plan.measures}
        assert told == {name: approx(amount) for name, amount in case.get("数量", {}).items()}
        core = next(one for one in plan.after.indicators if one.kind == "core")
        assert core.status == "met"
    if "单位能耗碳排放" in case:
        assert plan.after.emission_per_energy == pytest.approx(case["单位能耗碳排放"], abs=1e-8)
    if "再减一吨的成本" in case:
        price = next(one.price_yuan for one in plan.binding if one.name.startswith("core"))
        assert price == pytest.approx(case["再减一吨的成本"])
    if "约束" in case:
        assert {one.name for one in plan.binding} == set(case["约束"])
    if "来不及" in case:
        assert list(plan.too_late) == case["来不及"]
    if "能耗" in case:
        assert plan.after.energy_tce == pytest.approx(case["能耗"], abs=1e-3)
        assert plan.after.energy_tce >= case["能耗"]
    if "档次" in case:
        assert plan.tier == case["档次"]
    if "达不到" in case:
        assert {one.indicator: one.best for one in plan.unreachable} == {
            name: approx(best) for name, best in case["达不到"].items()
        }
    if "超出" in case:
        assert plan.unreachable[0].gap_tco2 == approx(case["超出"])
    if "绿电不够" in case:
        assert plan.green.unproven_at_most is not None and plan.green.unproven_at_most < 0
        assert "仅靠绿电不能达标" in plan.green.words


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["名称"])
def test_solver_and_accounting_agree(case: dict[str, Any], plans: dict[str, Plan]) -> None:
    """Emissions and energy of the program are those of the accounting."""
    plan = plans[case["名称"]]
    if plan.after is None:
        return
    for told, name in (("tco2", "total"), ("tce", None)):
        moved = sum(getattr(one, told) for one in plan.measures)
        before, after = (
            getattr(one.emissions, name) if name else one.energy_tce
            for one in (plan.before, plan.after)
        )
        assert before + moved == pytest.approx(after, rel=1e-9, abs=2e-6)


def test_a_case_has_a_park() -> None:
    assert len(CASES) >= 12
    assert park_of(CASES[0])["electricity"][0]["kwh"] == 1e9


def test_a_threshold_that_no_measure_moves_binds_nothing() -> None:
    """能效诊断覆盖率 stands at its bound, 100 %, but more room there would save nothing."""
    park = {
        "name": "园区", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
        "electricity": [{"supply": "grid", "kwh": 1e9}],
        "indicators": {"energy_diagnosis": {"value": 1, "evidence": "报告"}},
    }  # fmt: skip
    proof = Measure(
        name="绿证", kind="certificate", potential=1e6, unit="MWh", unit_cost_yuan=5
    )  # fmt: skip
    found = planned(park, [proof])
    assert found.status == "planned"
    assert [one.name for one in found.binding] == ["core_020"]
