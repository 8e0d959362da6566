"""`tanzhe data look`, and what `turns` says of a table of one's own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tables.layouts import LAYOUTS, MONTHS, figure, save

from tanzhe.cli.main import cli
from tanzhe.errors import InputError

ROWS = [
    ["单位：万吨"],
    ["日期", "能源品种", "碳排放量"],
    *(
        [f"{y}-{m:02d}", fuel, figure(y, m, scale)]
        for y, m in MONTHS
        for fuel, scale in (("煤", 0.7), ("气", 0.3))
    ),
]


def ran(*arguments: str | Path) -> tuple[str, str]:
    result = CliRunner().invoke(cli, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_look_tells_what_is_to_be_decided(tmp_path: Path) -> None:
    path = save(tmp_path, "t.csv", ROWS, encoding="gbk")
    said, _ = ran("data", "look", path, "--lang", "en")
    assert "File: t.csv (CSV ,，gb18030)" in said
    assert "Header: line 2    change: --header LINE" in said
    assert "B  能源品种  [category]" in said
    assert 'Choose: --where "能源品种=煤"; or add up: --sum-by "能源品种"' in said
    said, _ = ran("data", "look", path, "--sum-by", "能源品种")
    assert "日期：2018-01 至 2022-12，按月，60 期" in said
    assert "单位：万吨    改：--unit 单位" in said
    assert "决定：按 能源品种 相加" in said
    assert len(said.splitlines()) < 20


def test_look_as_data(tmp_path: Path) -> None:
    path = save(tmp_path, "t.csv", ROWS)
    told = json.loads(ran("data", "look", path, "--where", "能源品种=煤", "--json")[0])
    assert told["first"] == "2018-01" and told["periods"] == 60 and told["frequency"] == "month"
    assert told["first_values"][0] == ["2018-01", figure(2018, 1, 0.7)]
    assert {c["name"]: c["role"] for c in told["columns"]} == {
        "日期": "date", "能源品种": "category", "碳排放量": "value",
    }  # fmt: skip
    assert told["open"] == [] and told["unit"] == "万吨" and told["header_lines"] == [2]
    assert json.loads(ran("data", "look", path, "--json")[0])["open"][0]["do"]["zh"]


def test_turns_say_how_the_table_was_read(tmp_path: Path) -> None:
    path = LAYOUTS["wind_workbook"].write(tmp_path)
    out, err = ran("turns", "云南", "水泥", "--data", path, "--json", "--workspace", tmp_path / "w")
    told = json.loads(out)
    assert told["turning_points"][0]["date"] == "2020-09"
    (line,) = [line for line in err.splitlines() if line.startswith("读表")]
    assert "工作表" in line or "万得" in line
    assert "2018-01…2022-12 (60)" in line and "单位 万吨" in line


def test_another_column_is_another_answer(tmp_path: Path) -> None:
    rows = [["日期", "甲", "乙"], *([f"{y}-{m:02d}", figure(y, m), 50 + m] for y, m in MONTHS)]
    path = save(tmp_path, "t.csv", rows)
    asked = ("turns", "某园区", "工业", "--data", path, "--json", "--workspace", tmp_path / "w")
    with pytest.raises(InputError, match="Several value columns: 甲, 乙"):
        ran(*asked)
    first = json.loads(ran(*asked, "--column", "甲")[0])
    second = json.loads(ran(*asked, "--column", "乙")[0])
    assert [p["date"] for p in first["turning_points"]][:1] == ["2020-09"]
    assert "2020-09" not in [p["date"] for p in second["turning_points"]]
    assert "甲" in first["series"]["source"] and "乙" in second["series"]["source"]


def test_check_needs_no_region_column(tmp_path: Path) -> None:
    rows = [["日期", "数值"], *([f"{y}-{m:02d}", figure(y, m)] for y, m in MONTHS)]
    assert "findings: 0" in ran("data", "check", save(tmp_path, "t.csv", rows))[0]
