"""Rows entered twice and one firm under two names are told, and change no number."""

from copy import deepcopy
from typing import Any

from tanzhe.api.parks.assessment import assess

PARK: dict[str, Any] = {
    "name": "某园区", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
    "equivalence_source": "统计", "fuels": [], "heat": [], "processes": [], "offsets": [],
    "electricity": [
        {"id": "D1", "supply": "grid", "kwh": 180_000_000, "evidence": "结算单",
         "firm": "甲化工有限公司",
         "certificates": [
             {"id": "A", "mwh": 90_000, "generated": "2025-03", "status": "cancelled"}
         ]},
        {"id": "D2", "supply": "direct", "generation": "nonfossil", "kwh": 520_000_000,
         "evidence": "关口表", "firm": "乙公司"},
    ],
}  # fmt: skip


def _notes(tree: dict[str, Any]) -> list[str]:
    return [one.zh for one in assess(tree).notes]


def test_power_entered_twice_with_certificates_once_is_told() -> None:
    tree = deepcopy(PARK)
    again = {**tree["electricity"][0], "id": "D3"}
    del again["certificates"]
    tree["electricity"].append(again)
    assert any("D1、D3的内容完全相同" in one.replace(" ", "") for one in _notes(tree))
    assert not any("完全相同" in one for one in _notes(PARK))


def test_a_firm_under_two_names_is_told() -> None:
    tree = deepcopy(PARK)
    tree["electricity"][1]["firm"] = "甲化工有限责任公司"
    assert any("甲化工有限公司、甲化工有限责任公司只差公司的写法" in one for one in _notes(tree))
    assert not any("公司的写法" in one for one in _notes(PARK))
