"""`tanzhe track` as a user types it: from a document and a park's file to report and exports."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from tanzhe.cli.main import cli

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "yunnan_zero_carbon_parks_2025_987.txt"
POLICY = """\
某某省发展和改革委员会关于印发《某某省零碳园区建设实施方案》的通知
某发改环资〔2026〕12号

各市（州）发展改革委：
现将《某某省零碳园区建设实施方案》印发给你们，请认真贯彻落实。

某某省发展和改革委员会
2026年2月10日

某某省零碳园区建设实施方案

一、总体目标
到2030年，建成5个以上零碳园区。

二、重点任务
（一）推进绿电直供。建设专线直供项目，2027年底前完成首批项目评估。（省能源局牵头，省发展改革委配合，各园区管委会具体落实）
（二）加强计量管理。持续推进用能单位计量器具配备。（省市场监管局负责）
"""
PARK: dict[str, Any] = {
    "name": "甲园", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
    "electricity": [{"supply": "grid", "kwh": 1e9}],
    "projects": [{"name": "光伏直供", "owner": "甲能源", "investment": 8000,
                  "period": "2025—2026年", "abatement": 50000}],
}  # fmt: skip
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "方案.txt").write_text(POLICY, encoding="utf-8")
    text = json.dumps(PARK, ensure_ascii=False)
    (tmp_path / "甲园.json").write_text(text, encoding="utf-8")
    (tmp_path / "验收.pdf").write_bytes(b"%PDF-1.4 made up")

    def go(*arguments: str) -> Result:
        told = [str(tmp_path / a) if (tmp_path / a).is_file() else a for a in arguments]
        workspace = str(tmp_path / "workspace")
        return CliRunner().invoke(cli, ["track", *told, "--workspace", workspace])

    return go


def items(run: Run, *options: str) -> dict[str, dict[str, Any]]:
    told = json.loads(run("list", "--json", "--today", "2026-06-30", *options).output)
    return {one["id"]: one for one in told["items"]}


def test_a_document_becomes_a_board_once(run: Run) -> None:
    assert run("import", "方案.txt", "--who", "张三").exit_code == 0
    found = items(run)
    first, second = found["2026-12-01"], found["2026-12-02"]
    assert (first["lead"], first["others"], first["implement"]) == (
        "省能源局", "省发展改革委", "各园区管委会",
    )  # fmt: skip
    assert (first["due"], second["due"], second["rhythm"]) == ("2027-12-31", None, "continuous")
    assert POLICY[first["start_at"] : first["end_at"]].startswith("（一）推进绿电直供")
    again = json.loads(run("import", "方案.txt", "--who", "李四", "--json").output)
    assert again["imported"][0]["new"] == [] and again["imported"][0]["known"] == len(found)


def test_from_the_park_to_the_report_and_its_exports(run: Run, tmp_path: Path) -> None:
    run("import", "方案.txt", "甲园.json", "--who", "张三")
    assert items(run, "--kind", "project")["甲园-01"]["light"] == "red"  # a year gone, nothing done
    done = run("set", "甲园-01", "--who", "张三", "--status", "in_progress", "--person", "李四",
               "--progress", "80", "--invested", "6500", "--abated", "40000",
               "--evidence", "验收.pdf")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert items(run)["甲园-01"]["evidence"][0]["name"] == "验收.pdf"
    run("add", "finding", "未批先建", "--ground", "violation", "--park", "甲园", "--who", "张三")
    out, ics = tmp_path / "中期.docx", tmp_path / "时限.ics"
    xlsx, feed = tmp_path / "台账.xlsx", tmp_path / "提醒.xml"
    told = run("report", "甲园.json", "--out", str(out), "--ics", str(ics), "--xlsx", str(xlsx),
               "--feed", str(feed), "--today", "2026-06-30", "--json")  # fmt: skip
    assert told.exit_code == 1, told.output  # at risk
    tree = json.loads(told.output)
    (park,) = tree["parks"]
    assert park["works"]["invested"] == 6500 and park["works"]["late"] == []
    assert "未批先建" in park["grounds"]["violation"][0]
    assert park["risk"].startswith("有风险") and park["missing"]
    assert all(one.stat().st_size > 200 for one in (out, ics, xlsx, feed))
    again = run("report", "甲园.json", "--out", str(out))
    assert again.exit_code != 0  # never over an existing file
    back = json.loads(run("import", "台账.xlsx", "--who", "张三", "--json",
                          "--today", "2026-06-30").output)  # fmt: skip
    assert back["imported"][0]["changed"] == []


def test_a_target_joined_to_data(run: Run, tmp_path: Path) -> None:
    draws = np.random.default_rng(3).normal(1, 0.03, 96)
    rows = [
        f"{2018 + at // 12}-{at % 12 + 1:02d},{1000 * 0.95 ** (at / 12) * draws[at]:.2f}"
        for at in range(96)
    ]
    (tmp_path / "排放.csv").write_text("月份,碳排放量(tCO2)\n" + "\n".join(rows), encoding="utf-8")
    run("add", "target", "碳排放", "--who", "张三", "--value", "10000", "--operator", "<=",
        "--by", "2027", "--unit", "tCO2")  # fmt: skip
    done = run("join", "T01", "甲园", "工业", "--data", "排放.csv", "--who", "张三", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["outlook"] == "on_track" and told["until"] == "2025-12"
    shown = json.loads(run("report", "--json", "--today", "2026-06-30").output)["targets"]
    assert shown[0]["probability"] == told["probability"]


def test_what_is_wrong_is_said_and_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "新闻.txt").write_text("今天天气很好。", encoding="utf-8")
    assert run("import", "新闻.txt", "--who", "张三").exit_code != 0
    assert run("set", "没有", "--who", "张三", "--progress", "1", "--json").exit_code == 2
    bad = run("add", "finding", "某事", "--who", "张三", "--json")
    assert len(json.loads(bad.output)["errors"]) == 2 and items(run) == {}
    run("import", "方案.txt", "--who", "张三")
    done = run("set", "2026-12-01", "--who", "张三", "--due", "年底", "--json")
    assert done.exit_code == 2 and "2026-12-31" in json.loads(done.output)["errors"][0]["do"]
    run("set", "2026-12-02", "--who", "张三", "--due", "2026年底")
    assert items(run)["2026-12-02"]["due"] == "2026-12-31"
    lost = run("set", "2026-12-01", "--who", "张三", "--evidence", str(tmp_path / "无.pdf"))
    assert lost.exit_code != 0 and items(run)["2026-12-01"]["changes"] == 0


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seeds")
def test_yunnan_has_fifteen_tasks_with_their_bodies(run: Run) -> None:
    run("import", str(SEED), "--who", "张三")
    tasks = items(run, "--kind", "task")
    assert len(tasks) == 15
    with_bodies = [one for one in tasks.values() if one["lead"] or one["others"]]
    assert len(with_bodies) == 15  # those of （十二） stand in its sentences
    assert tasks["2025-987-14"]["due"] == "2026-12-31"
    assert tasks["2025-987-14"]["lead"] == "省发展改革委、省工业和信息化厅、省能源局"
    (review,) = items(run, "--kind", "review").values()
    assert review["due"] == "2026-12-31" and "调出" in review["title"]


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("zh", ("来源条款：", "牵头：省能源局", "时限原文：")),
        ("en", ("source：", "lead：省能源局", "due in words：")),
    ],
)
def test_an_item_is_shown_in_the_language_asked_for(
    run: Run, language: str, labels: tuple[str, ...]
) -> None:
    run("import", "方案.txt", "--who", "张三")
    first = min(items(run))
    told = run("show", first, "--lang", language).output
    assert all(label in told for label in labels), told
    assert "sha256" not in told and "start_at" not in told


def test_a_draft_is_said_to_be_one_and_a_day_in_a_clause_of_no_known_kind_counts(
    run: Run, tmp_path: Path
) -> None:
    draft = POLICY.replace("方案》的通知", "方案（征求意见稿）》公开征求意见的公告")
    draft = draft.replace(
        "建设专线直供项目，2027年底前完成首批项目评估。", "2026年底前至少落地5个项目。"
    )
    (tmp_path / "稿.txt").write_text(draft, encoding="utf-8")
    told = run("import", "稿.txt", "--who", "张三").output
    assert "征求意见稿" in told
    first = next(one for one in items(run).values() if one["number"] == "（一）")
    assert (first["due"], first["due_words"]) == ("2026-12-31", "2026年底前")
