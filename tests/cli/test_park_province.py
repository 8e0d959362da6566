"""`tanzhe park province`: lists, data and benchmark of a province's parks."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tanzhe.cli.main import cli
from tanzhe.workspace import Workspace


def park(name: str, proven: float, **changed: Any) -> dict[str, Any]:
    certificate = {"id": name, "mwh": proven, "generated": "2025-06", "status": "cancelled",
                   "holder": name}  # fmt: skip
    return {
        "name": name, "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
        "electricity": [{"supply": "grid", "kwh": 1e9, "certificates": [certificate]}], **changed,
    }  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Any:
    def go(*arguments: object) -> Result:
        told = []
        for one in arguments:
            if isinstance(one, dict):
                path = tmp_path / f"{one['name']}-{one['year']}.json"
                path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
                told.append(str(path))
            else:
                told.append(str(one))
        Workspace.open(tmp_path / "w").close()
        return CliRunner().invoke(
            cli, ["park", "province", *told, "--workspace", str(tmp_path / "w")]
        )

    return go


def test_the_lists_of_the_whole_country(run: Any) -> None:
    told = json.loads(run("--json").output)
    assert len(told["parks"]) == 71 and told["indicators"] == []
    assert all(one["year"] is None and one["lists"] for one in told["parks"])


def test_listed_parks_find_their_files_and_others_follow(run: Any) -> None:
    listed = park("云南曲靖经济技术开发区", 950_000, indicators={
        "solid_waste": {"value": 0.8, "evidence": "台账"}})  # fmt: skip
    earlier = park("云南曲靖经济技术开发区", 0, year=2024)
    other = park("甲园", 900_000)
    told = json.loads(run("云南", other, earlier, listed, "--json").output)
    rows = {one["name"]: one for one in told["parks"]}
    assert list(rows) == ["云南大理祥云经济技术开发区", "云南曲靖经济技术开发区", "甲园"]
    found = rows["云南曲靖经济技术开发区"]
    assert (found["year"], found["rank"], found["certain"]) == (2025, 1, True)
    assert rows["云南大理祥云经济技术开发区"]["verdict"] is None
    assert (rows["甲园"]["rank"], rows["甲园"]["lists"]) == (2, [])
    assert found["indicators_given"] == rows["甲园"]["indicators_given"] + 1
    by_id = {one["id"]: one for one in told["indicators"]}
    core, waste = by_id["core"], by_id["solid_waste"]
    assert core["given"] == 2 and core["met"] == 1
    assert core["best"] == [pytest.approx(0.13875), "云南曲靖经济技术开发区"]
    assert core["median"] == pytest.approx((0.13875 + 0.2775) / 2)
    assert (waste["given"], waste["lacking"]) == (1, ["甲园"])
    shown = run("云南", other, listed).output
    assert "没有数据" in shown and "3 个园区，2 个有数据" in shown


def test_faults_of_all_files_and_parks_of_other_provinces(run: Any) -> None:
    wrong = park("乙园", -1)
    away = park("丙园", 1, region="四川")
    done = run("云南", wrong, away, "--json")
    told = json.loads(done.output)["errors"]
    assert done.exit_code == 2 and len(told) == 2
    assert told[0]["path"].startswith("乙园-2025.json") and "不在云南" in told[1]["what"]
