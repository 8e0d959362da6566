"""`tanzhe park assess` as a user types it: what is printed, refused and returned."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tanzhe.cli.main import cli
from tanzhe.workspace import Workspace

WORKED: dict[str, Any] = {
    "name": "示例园区", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.30,
    "fuels": [
        {"fuel": "烟煤", "purpose": "fuel", "quantity": 30000, "unit": "t",
         "factor_tco2": 2.0715, "energy_gj_per_unit": 23.204},
        {"fuel": "天然气", "purpose": "fuel", "quantity": 800, "unit": "万Nm3",
         "factor_tco2": 21.6219, "energy_gj_per_unit": 389.31},
    ],
    "electricity": [
        {"supply": "grid", "generation": None, "kwh": 3e8, "evidence": "发票", "certificates": [
            {"id": "G1", "mwh": 80000, "generated": "2025-03", "status": "cancelled",
             "holder": "示例园区"}]},
        {"supply": "direct", "generation": "nonfossil", "kwh": 2e8, "evidence": "合同"},
    ],
    "heat": [
        {"direction": "in", "gj": 200000, "fossil": True, "factor_tco2_per_gj": 0.11},
        {"direction": "out", "gj": 50000, "fossil": True},
    ],
    "processes": [{"product": "硅酸盐水泥熟料", "output_t": 100000, "factor_tco2_per_t": 0.5274,
                   "basis": "国家温室气体排放因子数据库"}],
    "offsets": [{"kind": "碳汇", "tco2": 1000}],
    "indicators": {}, "excuses": {}, "projects": [],
}  # fmt: skip
PROMISED = {
    "emissions", "energy_tce", "emission_per_energy", "tier", "indicators", "verdict", "reason",
    "gap_by_source", "offsets_listed", "notes",
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Any:
    def go(content: object, *options: str, name: str = "park.json") -> Result:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif content is not None:
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        workspace = str(tmp_path / "workspace")
        Workspace.open(workspace).close()
        return CliRunner().invoke(
            cli, ["park", "assess", str(path), "--workspace", workspace, *options]
        )

    return go


def test_worked_example_is_exact(run: Any) -> None:
    done = run(WORKED, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert set(told) >= PROMISED
    assert told["emissions"] == {
        "fuel": 79442.52, "conversion": 0, "electricity": 183150, "heat": 16500,
        "process": 52740, "total": 331832.52,
    }  # fmt: skip
    assert round(told["energy_tce"], 1) == 189497.2
    assert round(told["emission_per_energy"], 4) == 1.7511
    assert (told["verdict"], told["reason"]) == ("not_applicable", "below_threshold")
    assert (told["tier"], told["direct_share"], told["offsets_listed"]) == (None, 0.4, 1000)
    assert any("40.00%" in note and "低于 50%" in note for note in told["notes"])
    assert {"id", "value", "threshold", "status", "gap", "formula", "notes"} <= set(
        told["indicators"][0]
    )


def test_summary_puts_the_verdict_first(run: Any) -> None:
    lines = run(WORKED).output.splitlines()
    assert lines[0] == "示例园区（云南省）2025 年"
    assert lines[1].startswith("总体结论：不适用")
    text = "\n".join(lines)
    for words in ("单位能耗碳排放 1.7511 tCO2/tce", "不含天然气", "还缺的凭证和数据", "没有扣减"):
        assert words in text


def test_exit_code_says_not_met(run: Any) -> None:
    park = {**WORKED, "electricity": [{"supply": "grid", "kwh": 1e9}]}
    done = run(park)
    assert done.exit_code == 1
    assert "总体结论：未达到" in done.output
    assert "距核心指标的差距" in done.output
    assert run(park, "--json").exit_code == 1


def test_refusal_as_json_lists_path_what_and_do(run: Any) -> None:
    park = {**WORKED, "name": "", "electricity": [{"supply": "gird", "kwh": -1}]}
    done = run(park, "--json")
    assert done.exit_code == 2
    errors = json.loads(done.output)["errors"]
    assert [one["path"] for one in errors] == [
        "name", "electricity[0].supply", "electricity[0].kwh",
    ]  # fmt: skip
    assert all(set(one) == {"path", "what", "do"} for one in errors)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_as_json_is_in_the_language_asked_for(
    run: Any, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANZHE_LANG", language)
    (error,) = json.loads(run({**WORKED, "name": ""}, "--json").output)["errors"]
    is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in error["do"])
    assert is_chinese == (language == "zh")


def test_rules_by_id_by_file_and_unknown(run: Any, tmp_path: Path) -> None:
    told = json.loads(run(WORKED, "--json", "--rules", "cn-ndrc-2025-910").output)
    assert (told["rules"], len(told["indicators"])) == ("cn-ndrc-2025-910", 6)
    done = run(WORKED, "--json", "--rules", "cn-zz-1")
    assert done.exit_code == 2
    assert "cn-yn-2025-987" in json.loads(done.output)["errors"][0]["do"]
    assert run(WORKED, "--json", "--rules", str(tmp_path / "none.yaml")).exit_code == 2


DRAFT = """\
id: cn-sc-2026-1
title: 某省草案
region: CN-SC
document: {title: 某方案, number: 川发改〔2026〕1号, place: 附件}
indicators:
  - {id: core, kind: core, name: 单位能耗碳排放, measure: emission_per_energy, operator: <=,
     threshold: 0.25, unit: 吨/吨标准煤, duty: mandatory, place: 表, quote: ≤0.25,
     condition: {measure: energy_tce, at_least: 5, unit: 万吨标准煤},
     confidence: secondary, checked: null}
  - {id: green, kind: guiding, name: 绿电占比, measure: green_electricity, operator: ">=",
     threshold: 50, unit: "%", duty: excusable, place: 表, quote: ≥50%, confidence: secondary,
     checked: null}
  - {id: rate, kind: other, name: 某率, measure: null, operator: ">=", threshold: 3, unit: 斗,
     duty: mandatory, place: 表, quote: "3", confidence: secondary, checked: null}
  - {id: odd, kind: other, name: 某档, measure: own_x, operator: ">=", threshold: 3, unit: 个,
     duty: mandatory, condition: {measure: own_y, at_least: 1, unit: 个}, place: 表, quote: "3",
     confidence: secondary, checked: null}
draft: true
"""


def test_a_draft_of_unknown_measures_is_judged_as_far_as_it_goes(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    done = run(WORKED, "--json", "--rules", str(path))
    assert done.exit_code == 1, done.output
    told = json.loads(done.output)
    assert told["tier"] == "core"
    assert told["verdict"] == "not_met"
    assert {one["id"]: one["status"] for one in told["indicators"]} == {
        "core": "not_met", "green": "met", "rate": "missing", "odd": "undefined",
    }  # fmt: skip
    assert told["indicators"][1]["value"] == 0.56  # 80 of 300 and 200 of 500 GWh
    assert sum(told["gap_by_source"].values()) == pytest.approx(
        331832.52 - 0.25 * told["energy_tce"]
    )
    assert any("草案" in note for note in told["notes"])


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"not json", b"[1, 2]", b"null", b"{\"name\": ", b"\xff\xfe\x00\x01\x81",
        b'{"name": "a", "name": "b"}', b"[" * 100000, b'{"year": ' + b"9" * 5000 + b"}",
        b'{"name": "\\ud800", "electricity": []}', b'{"electricity": [{"kwh": NaN}]}',
        b'{"electricity": [{"kwh": 1e999}]}', b'{"electricity": [{"kwh": -Infinity}]}',
    ],
)  # fmt: skip
def test_broken_files_are_refused_with_a_message(run: Any, raw: bytes) -> None:
    for options in ((), ("--json",)):
        done = run(raw, *options)
        assert done.exit_code == 2 or "InputError" in repr(done.exception)
    errors = json.loads(run(raw, "--json").output)["errors"]
    assert all(one["what"] and one["do"] for one in errors)


def test_gb18030_and_marked_utf8_are_read(run: Any) -> None:
    text = json.dumps(WORKED, ensure_ascii=False)
    for encoding in ("gb18030", "utf-8-sig"):
        done = run(text.encode(encoding), "--json")
        assert json.loads(done.output)["name"] == "示例园区"


def test_missing_file_folder_and_other_suffix(run: Any, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    for name in ("nothing.json", "folder.json"):
        done = run(None, "--json", name=name)
        assert done.exit_code == 2
        assert json.loads(done.output)["errors"][0]["path"] == name


def test_a_report_name_that_cannot_be_written_is_told_as_json_too(run: Any) -> None:
    done = run(WORKED, "--json", "--out", "报告.doc")
    assert done.exit_code == 2
    assert "docx" in json.loads(done.stdout)["errors"][0]["what"]


def test_several_rule_sets_judge_one_account(run: Any, tmp_path: Path) -> None:
    sets = ("--rules", "cn-yn-2025-987", "--rules", "cn-ndrc-2025-910")
    done = run(WORKED, *sets, "--json")
    told = json.loads(done.output)["assessments"]
    assert [one["rules"] for one in told] == ["cn-yn-2025-987", "cn-ndrc-2025-910"]
    assert told[0]["emissions"] == told[1]["emissions"]
    assert len(told[0]["indicators"]) > len(told[1]["indicators"])
    shown = run(WORKED, *sets).output
    assert (
        shown.count("总体结论：不适用") == 2 and shown.count("综合能源消费量 189,497.20 tce") == 1
    )
    done = run(WORKED, *sets, "--out", str(tmp_path / "报告.html"))
    assert {path.name for path in tmp_path.glob("报告*")} == {
        "报告-cn-yn-2025-987.html", "报告-cn-ndrc-2025-910.html",
    }  # fmt: skip


def test_the_table_by_firm(run: Any) -> None:
    rows = [{**WORKED["electricity"][0], "firm": "甲铝业"}, WORKED["electricity"][1]]
    shown = run({**WORKED, "electricity": rows}).output
    line = next(one for one in shown.splitlines() if one.startswith("甲铝业"))
    assert "183,150.00" in line and "55.2%" in line and "220,000.0" in line
    assert "（未写明企业）" in shown
    assert "By firm:" not in run(WORKED).output


def test_a_template_for_one_rule_set(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    def names(*options: str) -> list[object]:
        path = tmp_path / f"{len(options)}.xlsx"
        asked = ["park", "template", str(path), *options]
        assert CliRunner().invoke(cli, asked).exit_code == 0
        return [
            row[0].value for row in load_workbook(path)["指标"].iter_rows(min_row=3) if row[0].value
        ]

    folder = str(tmp_path / "w")
    national = names("--rules", "cn-ndrc-2025-910", "--workspace", folder)
    everything = names()
    assert 0 < len(national) < len(everything) and set(national) <= set(everything)
    wrong = [
        "park",
        "template",
        str(tmp_path / "x.xlsx"),
        "--rules",
        "no-such",
        "--workspace",
        folder,
    ]
    assert CliRunner().invoke(cli, wrong).exit_code != 0 and not (tmp_path / "x.xlsx").exists()


def test_a_workbook_of_before_has_no_column_of_firms(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "旧.xlsx"
    CliRunner().invoke(cli, ["park", "template", str(path), "--example"])
    before = CliRunner().invoke(cli, ["park", "assess", str(path), "--json"])
    book = load_workbook(path)
    for name in ("燃料", "电力台账", "热力", "工业过程"):
        (firm,) = [one for one in book[name][2] if str(one.value).startswith("企业")]
        for row in book[name].iter_rows(min_row=2):
            row[firm.column - 1].value = None
    for row in book["园区信息"].iter_rows():
        if row[0].value == "编制单位":
            row[0].value = None
    book.save(path)
    after = CliRunner().invoke(cli, ["park", "assess", str(path), "--json"])
    old, new = json.loads(before.output), json.loads(after.output)
    assert old["emissions"] == new["emissions"] and old["lines"] == new["lines"]


def test_earlier_years_stand_in_the_report_and_strangers_are_refused(
    run: Any, tmp_path: Path
) -> None:
    for name, changed in (("2024", {"year": 2024}), ("别园", {"year": 2024, "name": "别园"})):
        text = json.dumps({**WORKED, **changed}, ensure_ascii=False)
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    out = tmp_path / "r.html"
    earlier = ("--earlier", str(tmp_path / "2024.json"), "--base-year", "2024")
    assert run(WORKED, *earlier, "--out", str(out)).exit_code == 0
    assert "较2024年" in out.read_text(encoding="utf-8")
    draft = tmp_path / "申报书.html"
    done = run(WORKED, *earlier, "--application", "--out", str(draft))
    assert done.exit_code == 0 and "申报书（草稿）" in draft.read_text(encoding="utf-8")
    wrong = ("--earlier", str(tmp_path / "别园.json"), "--earlier", str(tmp_path / "park.json"))
    told = json.loads(run(WORKED, *wrong, "--json").output)["errors"]
    assert [one["path"] for one in told] == ["别园.json", "park.json"]
    assert run(WORKED, "--application", "--out", str(tmp_path / "a.xlsx")).exit_code != 0
    assert not (tmp_path / "a.xlsx").exists()
