"""`tanzhe park compare` as a user types it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tanzhe.cli.park import park
from tanzhe.cli.shared.aligned import width
from tanzhe.errors import InputError


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    found = []
    for number, name in enumerate(["曲靖经济技术开发区绿色铝精深加工零碳园区", "甲园"]):
        project = {
            "name": "源网荷储一体化和增量配电网项目（二期）", "owner": "云南省能源投资集团有限公司",
            "content": "300 MW 风电直连与 100 MWh 储能", "investment": 150000,
            "period": "2025年3月—2026年12月", "abatement": 400000,
        }  # fmt: skip
        tree = {
            "name": name, "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
            "electricity": [{"supply": "grid", "kwh": 1e9 * (1 + number)}],
            "projects": [project],
        }  # fmt: skip
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
        found.append(str(file))
    return found


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(park, [str(a) for a in arguments], catch_exceptions=True)


def test_tables_fit_a_hundred_columns_and_are_aligned(files: list[str]) -> None:
    done = run("compare", *files)
    assert done.exit_code == 0
    parts = done.stdout.split("\n\n")
    states, gaps, projects = parts[1], parts[2], parts[-2]
    for table in (states, gaps, projects):
        lines = table.splitlines()
        assert len(lines) == 3
        assert max(map(width, lines)) <= 100
    # Columns of numbers end at the same column, however wide the names are.
    ends = set()
    for line, word in zip(states.splitlines(), ["tCO2/tce", "2.7750", "2.7750"], strict=True):
        ends.add(width(line[: line.index(word) + len(word)]))
    assert len(ends) == 1
    assert "2 个园区，0 个达到核心指标" in parts[0] and "2026-12" in parts[0]


def test_json_is_the_documented_form(files: list[str]) -> None:
    done = run("compare", *files, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert set(told) == {
        "rules", "review", "definition", "states", "outlooks", "projects", "notes",
    }  # fmt: skip
    first = told["states"][0]
    assert (first["emission_per_energy"], first["limit"], first["core"]) == (2.775, 0.2, False)
    assert told["outlooks"][0]["expected"]["outlook"] == "at_risk"
    assert told["projects"][0]["project"]["investment"] == 150000


def test_faults_as_json_name_the_files(files: list[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    done = run("compare", files[0], files[0], bad, "--json")
    assert done.exit_code == 2
    where = [error.get("path", "") for error in json.loads(done.stdout)["errors"]]
    assert any("0.json" in one for one in where) and any("bad.json" in one for one in where)
    assert isinstance(run("compare", *files, bad).exception, InputError)
