"""The cases an officer can read, tests/rules/parks_*.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from parks.case_words import tree_of
from tanzhe.api.parks.assessment import assess
from tanzhe.cli.park import exit_code
from tanzhe.errors import InputError
from tanzhe.model.park import Assessment
from tanzhe.parks.assessment.json import assessment_json, refusal_json
from tanzhe.parks.terms import STATUSES, level_words

FOLDER = Path(__file__).parents[1] / "rules"
CASES = [
    case
    for path in sorted(FOLDER.glob("parks_*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
TERMS = {
    "燃料排放": "fuel", "加工转换排放": "conversion", "电力排放": "electricity",
    "热力排放": "heat", "过程排放": "process", "总排放": "total",
}  # fmt: skip
FIELDS = {
    "综合能源消费量": "energy_tce", "单位能耗碳排放": "emission_per_energy",
    "直供比例": "direct_share", "抵消单列": "offsets_listed", "单列": "listed_apart",
    "无凭证电量上限": "unproven_share_limit", "档": "tier", "结论": "verdict",
    "原因": "reason", "界": "bounds", "取决于": "rests_on",
    "指标体系": "rules", "差距": "gap_by_source",
}  # fmt: skip
KNOWN = {
    *TERMS, *FIELDS, "拒绝", "理由含", "提示含", "缺凭证含", "敏感性", "核心", "核心差距", "指标",
    "指标差距", "指标提示含", "读法", "指标个数", "退出码", "产品", "企业", "不提示",
}  # fmt: skip


def test_there_are_cases_enough_and_each_has_its_own_name() -> None:
    names = [case["名称"] for case in CASES]
    assert len(names) >= 60
    assert len(names) == len(set(names))
    assert all(set(case["应得"]) <= KNOWN for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["名称"])
def test_case(case: dict[str, Any]) -> None:
    expected = case["应得"]
    if "拒绝" in expected:
        check_refusal(case, expected)
        return
    check_result(assess(tree_of(case), rules=case.get("指标体系")), expected)


def check_refusal(case: dict[str, Any], expected: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        assess(tree_of(case), rules=case.get("指标体系"))
    told = refusal_json(caught.value.faults)["errors"]
    assert sorted(one["path"] for one in told) == sorted(expected["拒绝"])
    assert all(one["what"] and one["do"] for one in told)
    for words in expected.get("理由含", []):
        assert any(words in one["what"] for one in told), told


def check_result(result: Assessment, expected: dict[str, Any]) -> None:
    told = assessment_json(result)
    for word, term in TERMS.items():
        if word in expected:
            assert told["emissions"][term] == pytest.approx(expected[word], abs=1e-6), word
    for word, field in FIELDS.items():
        if word in expected:
            check_field(told[field], expected[word], word)
    notes = "\n".join(told["notes"])
    for words in expected.get("提示含", []):
        assert words in notes, notes
    for words in expected.get("不提示", []):
        assert words not in notes, notes
    check_firms(told, expected.get("企业", {}))
    missing = "\n".join(one["what"] for one in told["missing_evidence"])
    for words in expected.get("缺凭证含", []):
        assert words in missing, missing
    for coefficient, value in expected.get("敏感性", {}).items():
        by_value = {
            s["equivalence_kgce_per_kwh"]: s["emission_per_energy"] for s in told["sensitivity"]
        }
        assert by_value[coefficient] == pytest.approx(value, abs=1e-8)
    if "退出码" in expected:
        assert exit_code(result) == expected["退出码"]
    check_indicators(told["indicators"], expected)
    check_products(result, expected.get("产品", []))


def check_firms(told: dict[str, Any], expected: dict[str, Any]) -> None:
    """Each firm's tonnes, and that all firms together are the park."""
    if not expected:
        return
    found = {one["name"]: one for one in told["firms"]}
    assert set(found) == set(expected)
    for name, wanted in expected.items():
        one = found[name]
        shown = {
            "吨": one["emissions"]["total"], "吨标煤": one["energy_tce"],
            "未证电量": one["unproven_kwh"], "缺凭证": len(one["missing_evidence"]),
            "缺数据": len(one["unknown"]),
        }  # fmt: skip
        assert {key: shown[key] for key in wanted} == pytest.approx(wanted, abs=1e-6), name
    for term, total in told["emissions"].items():
        parts = sum(one["emissions"][term] for one in found.values())
        assert parts == pytest.approx(total, abs=1e-5), term


def check_products(result: Assessment, expected: list[dict[str, Any]]) -> None:
    """The first results one by one: 等级, 单位能耗, 标准, and words of the reason or the notes."""
    for one, wanted in zip(result.products, expected, strict=False):
        assert level_words(one) == wanted["等级"], one
        if "单位能耗" in wanted:
            assert one.value == pytest.approx(wanted["单位能耗"])
        assert one.standard.startswith(wanted.get("标准", "")), one.standard
        assert (one.in_force_from or "无") == wanted.get("施行", one.in_force_from or "无")
        said = "；".join((one.formula, one.reason, one.reserved, *one.notes))
        for words in wanted.get("说明含", []):
            assert words in said, said
    assert len(result.products) >= len(expected)


def check_field(found: Any, wanted: Any, word: str) -> None:
    if wanted == "无":
        assert found is None, word
    elif word in ("界", "取决于"):
        assert found == wanted
    elif isinstance(wanted, dict):
        assert {key: found[key] for key in wanted} == pytest.approx(wanted, abs=1e-6), word
    elif isinstance(wanted, str):
        assert found == wanted, word
    else:
        assert found == pytest.approx(wanted, abs=1e-6), word


def check_indicators(indicators: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    by_id = {one["id"]: one for one in indicators}
    core = next(one for one in indicators if one["kind"] == "core")
    if "核心" in expected:
        assert STATUSES[core["status"]] == expected["核心"]
    if "核心差距" in expected:
        assert core["gap"] == pytest.approx(expected["核心差距"], abs=1e-9)
    for id, status in expected.get("指标", {}).items():
        assert STATUSES[by_id[id]["status"]] == status, id
    for id, gap in expected.get("指标差距", {}).items():
        assert by_id[id]["gap"] == pytest.approx(gap, abs=1e-9), id
    for id, words in expected.get("指标提示含", {}).items():
        assert words in "\n".join(by_id[id]["notes"]), id
    for id, values in expected.get("读法", {}).items():
        assert [r["value"] for r in by_id[id]["readings"]] == pytest.approx(values), id
    if "指标个数" in expected:
        assert len(indicators) == expected["指标个数"]
