"""The cases an officer can read, tests/rules/factors*.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhe.rulebook import factor

FOLDER = Path(__file__).parents[1] / "rules"
CASES = [
    case
    for path in sorted(FOLDER.glob("factors*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["名称"])
def test_case(case: dict[str, Any]) -> None:
    found = factor(case["产品"], case["年份"])
    assert found.value.value == case["系数"]
    assert found.value.unit == case["单位"]
    assert found.value.describes == case["描述年份"]
    assert [n.code for n in found.notes] == (
        [f"carried.{found.value.id}"] if case.get("沿用") else []
    )
