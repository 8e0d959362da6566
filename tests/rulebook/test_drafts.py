"""Drafts as an officer may get them, tests/rules/drafts.yaml: every contradiction at once."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from policy.made import read

from tanzhe.model.rules import Authority, Condition, Indicator, RuleSet
from tanzhe.policy.tables.rules_draft import draft_rule_set
from tanzhe.rulebook import dump_rule_set, parse_rule_set, rule_set
from tanzhe.rulebook.confirm import confirmation_faults
from tanzhe.rulebook.contradictions import both_apply, contradictions
from tanzhe.rulebook.remarks import draft_remarks

FILE = Path(__file__).parents[1] / "rules/drafts.yaml"
WRITTEN = yaml.safe_load(FILE.with_name("documents_to_drafts.yaml").read_text(encoding="utf-8"))
CASES = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def condition_of(bounds: list[Any] | None) -> Condition | None:
    if bounds is None:
        return None
    low, high = (None if one == "无" else float(one) for one in bounds[:2])
    unit = bounds[2] if len(bounds) > 2 else "tce"
    return Condition(measure="energy_tce", at_least=low, below=high, unit=unit)


def row_of(at: int, tree: dict[str, Any]) -> Indicator:
    name, operator, threshold, unit, measure, quote = (
        one.strip().strip('"') for one in tree["行"].split("|")
    )
    return Indicator.model_validate(
        {
            "id": f"row_{at}",
            "kind": "guiding",
            "name": name,
            "measure": measure,
            "operator": operator,
            "threshold": float(threshold),
            "unit": unit,
            "condition": condition_of(tree.get("条件")),
            "by_year": tree.get("年份"),
            "duty": "mandatory",
            "authority": Authority(
                title="某办法", number="某文〔2026〕1号", place="表", quote=quote
            ),
            "confidence": "secondary",
        }
    )


def draft_of(case: dict[str, Any]) -> RuleSet:
    rows = tuple(row_of(at, tree) for at, tree in enumerate(case["行"], 1))
    base = rule_set("cn-yn-2025-987")
    changed = {"id": "cn-xx-2026-1", "region": "CN-SC", "issued": "2026-03-01", "draft": True}
    return base.model_copy(update={**changed, "indicators": rows, "reviews": ()})


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["名称"])
def test_draft(case: dict[str, Any]) -> None:
    draft = parse_rule_set(dump_rule_set(draft_of(case)), name="草案.yaml")
    faults = confirmation_faults(draft, where="草案.yaml")
    said = [f"{one.where}: {one.what.zh}。{one.do.zh}" for one in faults]
    wanted = case.get("拒绝", [])
    assert len(said) == len(wanted), said
    for one in wanted:
        place, words = one.split(" ", 1)
        assert any(f"{place} row_" in line and words in line for line in said), (one, said)
    remarks = "\n".join(one.zh for one in draft_remarks(draft)).replace("200,000", "20 万")
    for words in case.get("请看", []):
        assert words in remarks, remarks
    assert all(one.what.en and one.do.en for one in faults)


@pytest.mark.parametrize("case", WRITTEN, ids=lambda c: c["名称"])
def test_draft_of_a_document(case: dict[str, Any]) -> None:
    draft = parse_rule_set(dump_rule_set(draft_rule_set(read(case["原文"]))), name="草案.yaml")
    faults = confirmation_faults(draft, where="草案.yaml")
    said = [
        f"{f.where} {f.what.zh}。{f.do.zh}" for f in faults if "还没有对应的量" not in f.what.zh
    ]
    assert len(said) == len(case["拒绝"]), said
    for one in case["拒绝"]:
        place, words = one.split(" ", 1)
        assert any(f"{place} " in line and words in line for line in said), (one, said)
    remarks = "\n".join(one.zh for one in draft_remarks(draft))
    for words in case.get("请看", []):
        assert words in remarks, remarks


def test_there_are_ten_and_more() -> None:
    assert len(CASES) >= 10 and len({case["名称"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("id", ["cn-yn-2025-987", "cn-ndrc-2025-910"])
def test_the_built_in_sets_hold_no_contradiction(id: str) -> None:
    assert list(contradictions(rule_set(id), where=id)) == []


BOUNDS = st.one_of(st.none(), st.floats(0, 1e7))


@given(BOUNDS, BOUNDS, BOUNDS, BOUNDS, st.floats(0, 1e7))
def test_tiers_that_hold_one_value_apply_at_once(
    low: float | None, high: float | None, low2: float | None, high2: float | None, value: float
) -> None:
    one = Condition(measure="energy_tce", at_least=low, below=high, unit="tce")
    other = Condition(measure="energy_tce", at_least=low2, below=high2, unit="tce")
    if one.holds(value) and other.holds(value):
        assert both_apply(one, other) and both_apply(other, one)
