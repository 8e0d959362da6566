"""`tanzhe policy` as a user runs it."""

import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from policy.made import cases

from tanzhe.cli.main import cli
from tanzhe.errors import InputError, NoText, TanzheError, TooLarge
from tanzhe.rulebook import parse_rule_set

TEXTS = {c["名称"]: c["原文"] for c in cases()}
PARK = TEXTS["中文数字日期，指标分档写在同一格里"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["policy", *(str(a) for a in arguments)])


@pytest.fixture
def park(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(PARK, encoding="utf-8")
    return path


def test_json_has_the_promised_fields(park: Path) -> None:
    found = json.loads(run(park, "--json").output)
    assert found["is_policy"] is True and found["status"] == "issued"
    assert found["document_numbers"] == ["黔发改环资〔2025〕402号"]
    assert found["issuers"] == ["贵州省发展和改革委员会"]
    assert found["date"] == "2025-07-03"
    first = found["indicators"][0]
    assert {k: first[k] for k in ("kind", "name", "operator", "value", "unit", "condition")} == {
        "kind": "核心指标",
        "name": "单位能耗碳排放",
        "operator": "<=",
        "value": 0.22,
        "unit": "吨/吨标准煤",
        "condition": "年综合能源消费量20万吨标准煤以下",
    }
    assert found["deadlines"][0]["date"] == "2027-12-31"
    assert "取消称号" in found["deadlines"][0]["consequence"]


def test_json_spans_are_in_the_text(park: Path) -> None:
    found = json.loads(run(park, "--json").output)
    text = park.read_text(encoding="utf-8").strip()
    for part in ("goals", "tasks", "indicators", "definitions", "deadlines", "cited_documents"):
        for one in found[part]:
            span = one["span"]
            assert text[span["start"] : span["end"]] == span["text"]
    title = found["spans"]["title"]
    assert text[title["start"] : title["end"]] == title["text"]


def test_the_page_is_chinese_and_complete(park: Path) -> None:
    page = run(park).output
    for words in (
        "政策文件（已印发）",
        "任务（3）",
        "指标（4）",
        "[核心指标] 单位能耗碳排放 ≤0.22",
        "评估：",
    ):
        assert words in page


def test_a_draft_rule_set_can_be_read_again(park: Path, tmp_path: Path) -> None:
    out = tmp_path / "草案.yaml"
    assert run(park, "--rules-out", out).exit_code == 0
    text = out.read_text(encoding="utf-8")
    found = parse_rule_set(text, name=out.name)
    assert found.draft and found.id == "cn-gz-2025-402" and found.region == "CN-GZ"
    core = found.indicators[0]
    assert (core.id, core.measure, core.unit) == ("core_022", "emission_per_energy", "tCO2/tce")
    assert core.condition is not None
    assert (core.condition.at_least, core.condition.below) == (None, 200_000)
    assert found.indicators[1].condition is not None
    assert found.indicators[1].condition.at_least == 200_000
    unknown = found.indicators[2]
    assert unknown.measure is None and unknown.id.startswith("indicator_")
    assert all(one.checked is None and one.authority.quote for one in found.indicators)
    assert found.reviews[0].date == "2027-12-31"


def test_an_existing_file_is_not_overwritten(park: Path, tmp_path: Path) -> None:
    out = tmp_path / "草案.yaml"
    out.write_text("我的", encoding="utf-8")
    result = run(park, "--rules-out", out)
    assert isinstance(result.exception, InputError) and "没有覆盖" in str(result.exception)
    assert out.read_text(encoding="utf-8") == "我的"


def test_no_indicators_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "新闻.txt"
    path.write_text(TEXTS["关于政策的新闻"], encoding="utf-8")
    result = run(path, "--rules-out", tmp_path / "x.yaml")
    assert isinstance(result.exception, InputError) and "指标" in str(result.exception)
    assert not (tmp_path / "x.yaml").exists()


@pytest.mark.parametrize(
    ("name", "raw", "error"),
    [
        ("空.txt", b"", NoText),
        ("空白.txt", b" \n\n", NoText),
        ("二进制.txt", b"\x00\x01\x02\xff" * 100, InputError),
        ("图片.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, InputError),
        ("表.xlsx", b"PK\x03\x04", InputError),
        ("坏.docx", b"PK\x03\x04 nothing", InputError),
        ("坏.pdf", b"%PDF-1.7 nothing", InputError),
    ],
)
def test_wrong_files_get_a_message(
    tmp_path: Path, name: str, raw: bytes, error: type[TanzheError]
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    assert isinstance(run(path).exception, error)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "巨大.txt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    result = run(path)
    assert isinstance(result.exception, TooLarge) and "300 MB" in str(result.exception)


def test_a_missing_file_and_a_folder_get_a_message(tmp_path: Path) -> None:
    assert isinstance(run(tmp_path / "没有.txt").exception, InputError)
    assert isinstance(run(tmp_path).exception, InputError)


def test_an_english_document_is_no_policy(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(TEXTS["英文文件"], encoding="utf-8")
    result = run(path)
    assert result.exit_code == 0 and "不是中文公文" in result.output


def _word(path: Path) -> None:
    """A Word file with a table whose type and name cells are merged over two tiers."""
    document = docx.Document()
    for line in ("某省零碳园区建设指标体系", "一、说明", "本表适用于省级零碳园区。"):
        document.add_paragraph(line)
    rows = [
        ("指标类型", "指标名称", "目标要求", "属性"),
        (
            "核心指标",
            "单位能耗碳排放",
            "≤0.2吨/吨标准煤（年综合能源消费量20万吨标准煤及以上的园区）",
            "约束性",
        ),
        ("", "", "≤0.1吨/吨标准煤（年综合能源消费量20万吨标准煤以下的园区）", "约束性"),
        ("引导指标", "绿电占比", "≥80%", "预期性"),
        ("", "储能利用率", "≥80%", "预期性"),
    ]
    table = document.add_table(rows=len(rows), cols=4)
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(number, column).text = words
    for top, bottom, column in ((1, 2, 0), (1, 2, 1), (3, 4, 0)):
        table.cell(top, column).merge(table.cell(bottom, column))
    document.save(str(path))


HTML = """<html><head><title>某省零碳园区建设指标体系</title></head><body>
<p>为规范零碳园区建设，制定本指标体系，请各有关单位认真执行，抓好落实，确保取得实效。</p>
<table><tr><th>指标类型</th><th>指标名称</th><th>目标要求</th><th>属性</th></tr>
<tr><td rowspan="2">核心指标</td><td rowspan="2">单位能耗碳排放</td>
<td>≤0.2吨/吨标准煤（年综合能源消费量20万吨标准煤及以上的园区）</td><td>约束性</td></tr>
<tr><td>≤0.1吨/吨标准煤（年综合能源消费量20万吨标准煤以下的园区）</td><td>约束性</td></tr>
<tr><td rowspan="2">引导指标</td><td>绿电占比</td><td>≥80%</td><td>预期性</td></tr>
<tr><td>储能利用率</td><td>≥80%</td><td>预期性</td></tr></table>
<p>本指标体系由某省发展和改革委员会负责解释，自发布之日起施行，请遵照执行，不得擅自改动。</p>
</body></html>"""
WANTED = [
    ("核心指标", "单位能耗碳排放", "<=", 0.2),
    ("核心指标", "单位能耗碳排放", "<=", 0.1),
    ("引导指标", "绿电占比", ">=", 80),
    ("引导指标", "储能利用率", ">=", 80),
]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_tables_of_word_and_web_pages(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"指标.{kind}"
    if kind == "docx":
        _word(path)
    else:
        path.write_text(HTML, encoding="utf-8")
    found = json.loads(run(path, "--json").output)["indicators"]
    assert [(i["kind"], i["name"], i["operator"], i["value"]) for i in found] == WANTED
