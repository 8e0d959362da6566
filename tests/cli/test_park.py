"""`tanzhe park assess` as a user types it: what is printed, refused and returned."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tanzhe.cli.main import cli

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
    done = run(WORKED, "--json", "--out", "报告.txt")
    assert done.exit_code == 2
    assert "docx" in json.loads(done.stdout)["errors"][0]["what"]
