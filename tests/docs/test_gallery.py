"""The notebooks of the gallery run from top to bottom and write what they say they write."""

import json
import re
from pathlib import Path

import pytest

GALLERY = Path(__file__).parents[2] / "docs" / "gallery"
NOTEBOOKS = sorted(GALLERY.glob("*.ipynb"))
# What the last state of a notebook must be, by name of its variable.
STATES = {
    "province": lambda told: told["points"].series.region == "CN-YN",
    "peak": lambda told: told["found"]["云南"].status == "past_peak",
    "effect": lambda told: told["found"].verdict == "effect",
    "own_table": lambda told: told["series"].region == "示例市",
    "evidence": lambda told: told["policy"].is_policy,
    "audit": lambda told: len(told["found"].findings) > 0,
    "park": lambda told: told["result"].verdict == "not_met",
    "footprint": lambda told: abs(float(told["result"].per_unit) - 6.53) < 0.01,
}


def test_there_are_eight_jobs() -> None:
    assert {one.stem for one in NOTEBOOKS} == set(STATES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TANZHE_WORKSPACE", str(tmp_path / "workspace"))
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert all(not cell.get("outputs") for cell in cells)
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    told: dict[str, object] = {}
    for part in code:
        exec(compile(part, path.name, "exec"), told)
    assert STATES[path.stem](told)
    for name in re.findall(r'\.save\("([^"]+)"', "\n".join(code)):
        assert (tmp_path / name).stat().st_size > 0, name
