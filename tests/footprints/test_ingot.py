"""The made-up aluminium ingot, calculated by hand in its own file, from the example's study."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from footprints.ingot import ingot
from footprints.pact.test_schema import judge
from tanzhe.api.footprints.studies import product_footprint
from tanzhe.cli.main import cli
from tanzhe.footprints.exchange import pact_object
from tanzhe.footprints.records import FootprintResult

STUDY = Path(__file__).parents[2] / "src/tanzhe/data/example/ingot.yaml"
NOW = datetime(2026, 3, 20, 1, tzinfo=UTC)
# t CO2e of the plant by row, before allocation, worked out by hand.
TONNES = {
    "E1": "10400", "E2": "19530", "E3": "25272", "E4": "173310", "P1": "150304", "P2": "7380",
    "P3": "1240", "M1": "220800", "M2": "31500", "M3": "5950", "T1": "2112", "G1": "5405.475",
    "G2": "875", "B1": "220",
}  # fmt: skip


@pytest.fixture(scope="module")
def result() -> FootprintResult:
    return product_footprint(STUDY)


def test_every_row_is_the_hand_calculation(result: FootprintResult) -> None:
    found = {line.row: line.kg / 1000 for line in result.lines}
    assert set(found) == set(TONNES)
    for row, tonnes in TONNES.items():
        # the gas by its published parameters, not by the factor rounded to four places
        allowed = Decimal("0.01") if row == "G1" else Decimal("0.0000001")
        assert abs(found[row] - Decimal(tonnes)) < allowed, row


def test_the_result_and_its_sensitivities(result: FootprintResult) -> None:
    assert round(result.per_unit, 4) == Decimal("6.5299")
    others = {one.code: round(one.per_unit, 4) for one in result.alternatives}
    assert others == {
        "no_contracts": Decimal("10.9258"), "allocation_mass": Decimal("6.4147"),
    }  # fmt: skip


def test_stages_lines_and_total_agree(result: FootprintResult) -> None:
    assert sum(result.stages.values()) == pytest.approx(result.per_unit)
    assert sum(line.per_unit for line in result.lines) == pytest.approx(result.per_unit)


def test_quality_and_primary_share(result: FootprintResult) -> None:
    assert result.primary_share is not None and round(result.primary_share, 1) == Decimal("37.8")
    assert result.quality is not None
    assert [f"{one:.2f}" for one in result.quality] == ["1.83", "2.09", "1.83"]


def test_offsets_are_listed_and_not_subtracted(result: FootprintResult) -> None:
    assert result.offsets == 50_000
    assert "offsets_listed" in {note.code for note in result.notes}


def test_power_without_proof_is_told(result: FootprintResult) -> None:
    assert "power_unproven.E4" in {note.code for note in result.notes}


def test_the_pact_object_is_that_of_the_hand_calculation(result: FootprintResult) -> None:
    made, expected = pact_object(result, now=NOW).json_object(), ingot()
    assert list(judge().iter_errors(made)) == []
    for key, value in expected["pcf"].items():
        if "Description" not in key and key not in (
            "secondaryEmissionFactorSources", "landManagementFossilGhgEmissions",
        ):  # fmt: skip
            assert made["pcf"][key] == value, key
    assert {key: made[key] for key in ("companyIds", "productIds", "created", "status")} == {
        key: expected[key] for key in ("companyIds", "productIds", "created", "status")
    }


def test_the_same_moment_gives_the_same_object(result: FootprintResult) -> None:
    assert pact_object(result, now=NOW) == pact_object(result, now=NOW)
    later = pact_object(
        result, now=NOW.replace(hour=2), preceding=(pact_object(result, now=NOW).id,)
    )
    assert later.precedingPfIds is not None and later.id not in later.precedingPfIds


def test_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "ingot.json"
    done = CliRunner().invoke(cli, ["footprint", str(STUDY), "--pact", str(out)])
    assert done.exit_code == 0, done.output
    assert "碳足迹 6.5299 kgCO2e / 1 kg" in done.output
    assert CliRunner().invoke(cli, ["verify", str(out)]).exit_code == 0
    again = CliRunner().invoke(cli, ["footprint", str(STUDY), "--pact", str(out)])
    assert again.exit_code != 0 and "没有覆盖" in str(again.exception)


def test_english_has_no_chinese_of_ours(result: FootprintResult) -> None:
    from tanzhe.cli.lines.footprint import footprint_summary

    text = footprint_summary(result, "en")
    assert "Footprint 6.5299 kgCO2e / 1 kg" in text and "Sensitivity:" in text


def test_json_names_row_and_cell_of_every_line() -> None:
    done = CliRunner().invoke(cli, ["footprint", str(STUDY), "--json"])
    told = json.loads(done.stdout)
    assert told["per_unit"].startswith("6.52990315")
    assert all(one["row"] and one["at"] and one["factor"]["source"] for one in told["lines"])


def test_an_empty_template_tells_what_is_missing(tmp_path: Path) -> None:
    for name in ("t.xlsx", "t.yaml"):
        path = str(tmp_path / name)
        assert CliRunner().invoke(cli, ["footprint", "template", path]).exit_code == 0
        error = CliRunner().invoke(cli, ["footprint", path]).exception
        assert error is not None and str(error).count("缺少") >= 12


def test_the_report_says_it_in_order_and_every_number_is_the_accounts(
    result: FootprintResult, tmp_path: Path
) -> None:
    out, page = tmp_path / "ingot.docx", tmp_path / "ingot.html"
    for path in (out, page):
        done = CliRunner().invoke(cli, ["footprint", str(STUDY), "--out", str(path)])
        assert done.exit_code == 0, done.output
    document = docx.Document(str(out))
    lines = [one.text for one in document.paragraphs]
    heads = [one for one in lines if one[1:2] == "、" and one[0] in "一二三四五六七八"]
    assert [one[2:] for one in heads] == [
        "目的、产品和范围", "结果", "清单", "电力", "分配", "取舍", "数据质量", "解释和局限",
    ]  # fmt: skip
    text = "\n".join(lines).replace("\u2060", "").replace("\u202f", " ")
    for number in ("6.5299", "10.9258", "6.4147", "37.8%", "0.9980", "50,000 tCO2e"):
        assert number in text, number
    cells = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    assert [row[0] for row in cells[1:]] == [line.row for line in result.lines]
    assert "不是认证" in page.read_text(encoding="utf-8")
