"""`tanzhe data add`, `list` and `remove` on a download of the statistics office."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tanzhe.api.series.turning import load
from tanzhe.cli.main import cli
from tanzhe.errors import InputError
from tanzhe.kept import key
from tanzhe.places import provinces
from tanzhe.series.calendar import monthly
from tanzhe.series.output import output, packaged
from tanzhe.workspace import Workspace


@pytest.fixture
def download(tmp_path: Path) -> Path:
    return written(tmp_path / "分省月度数据.csv")


def written(path: Path) -> Path:
    """Cement of all provinces, months across, in the encoding of the site; 2024-12 revised."""
    start = packaged().periods.index("2024-02")
    total = np.cumsum(output("cement")[:, start : start + 11], axis=1)
    total[:, 10] += 0.2 * (total[:, 10] - total[:, 9])
    lines = ["数据库：分省月度数据", "指标：水泥产量_累计值(万吨)", "时间：最近13个月"]
    lines += [",".join(["地区", "2025年2月", "2025年1月", "2024年12月", "2024年11月"])]
    for place, row in zip(provinces(), total.tolist(), strict=True):
        lines.append(f"{place.zh_full},{0.9 * row[0]:.2f},,{row[10]:.2f},{row[9]:.2f}")
    path.write_bytes("\n".join([*lines, "数据来源：国家统计局"]).encode("gbk"))
    return path


def run(folder: Path, *words: str) -> str:
    result = CliRunner().invoke(cli, ["data", *words, "--workspace", str(folder)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_add_list_use_and_remove(download: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    said = run(folder, "add", str(download))
    assert "新增 31 个数值" in said and "与原有数据不同 30 个" in said and "+20.0" in said
    name = next(word for word in said.split() if word.startswith("2025-02-"))[:16]
    assert name in run(folder, "list")
    with Workspace.open(folder) as workspace:
        series = load("云南", "水泥", workspace=workspace)
        assert series.periods[-1] == "2025-02" and name in series.vintage
        asked = key("tanzhe.api.series.episode", 0, monthly(series))
    assert "没有改动" in run(folder, "add", str(download))
    assert name in run(folder, "remove", name)
    assert name not in run(folder, "list")
    with Workspace.open(folder) as workspace:
        series = load("云南", "水泥", workspace=workspace)
        assert series == load("云南", "水泥")
        # A kept answer is not that of another vintage.
        assert key("tanzhe.api.series.episode", 0, monthly(series)) != asked


def test_json_holds_every_change(download: Path, tmp_path: Path) -> None:
    told = json.loads(run(tmp_path / "ws", "add", str(download), "--json"))
    assert (len(told["new"]), len(told["changed"])) == (31, 30)
    assert {row["before"] for row in told["new"]} == {None}
    listed = json.loads(run(tmp_path / "ws", "list", "--json"))
    assert listed[0]["added"][0]["id"] == told["vintage"]["id"]


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("日期,数值\n2024-01,3\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["data", "add", str(path), "--workspace", str(tmp_path)])
    assert isinstance(result.exception, InputError)
    assert "水泥产量_累计值" in result.exception.said()
    assert not (tmp_path / "output").exists()
