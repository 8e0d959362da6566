"""The result workbook recomputes in LibreOffice to the numbers of the assessment."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from parks.soffice import needs_soffice
from tanzhe.model.park import Assessment
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.entry.park import read_park
from tanzhe.parks.office import example_park
from tanzhe.parks.terms import SOURCES, STATUSES, state_words
from tanzhe.reports.park.workbook import park_workbook
from tanzhe.rulebook import rule_set


def assessed(**changed: object) -> Assessment:
    park = example_park().model_copy(update=changed)
    return assess_park(park, rule_set("cn-yn-2025-987"))


def labelled(sheet: Worksheet, column: int = 2) -> dict[str, object]:
    return {str(row[0].value): row[column - 1].value for row in sheet.iter_rows()}


def saved(result: Assessment, folder: Path) -> Path:
    path = folder / "结果.xlsx"
    path.write_bytes(park_workbook(result))
    return path


@needs_soffice
def test_libreoffice_computes_the_same_numbers(computed: dict[str, Path]) -> None:
    result = assessed()
    book = load_workbook(computed["结果"], data_only=True)
    told = labelled(book["结论"])
    close = pytest.approx
    for source, word in SOURCES.items():
        assert told[word] == close(getattr(result.emissions, source), rel=1e-9)
        gap = labelled(book["结论"], 5)[word]
        assert gap == close(result.gap_by_source[source], rel=1e-9, abs=1e-6)
    assert told["合计"] == close(result.emissions.total, rel=1e-9)
    assert labelled(book["结论"], 3)["合计"] == close(result.energy_tce, rel=1e-9)
    assert told["单位能耗碳排放"] == close(result.emission_per_energy, rel=1e-8)
    assert told["核心指标"] == "未达到"
    tonnes = [row[8].value for row in book["核算明细"].iter_rows(min_row=3)]
    assert tonnes == [close(line.tco2, rel=1e-9) for line in result.lines]
    for row, one in zip(book["指标"].iter_rows(min_row=3), result.indicators, strict=True):
        assert row[1].value == one.name
        assert row[7].value == state_words(one)
        if one.gap is not None:
            assert row[6].value == close(one.gap, rel=1e-8, abs=1e-9)
    errors = [c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "e"]
    assert errors == []


@needs_soffice
def test_the_english_workbook_computes_the_same_numbers_and_words(
    computed: dict[str, Path],
) -> None:
    zh, en = (load_workbook(computed[name], data_only=True) for name in ("结果", "result"))
    assert en.sheetnames == ["Verdict", "Indicators", "Products", "Account", "Notes and sources"]
    for one, other in zip(zh, en, strict=True):
        assert (one.max_row, one.max_column) == (other.max_row, other.max_column)
        for row, again in zip(one.iter_rows(), other.iter_rows(), strict=True):
            for cell, same in zip(row, again, strict=True):
                if isinstance(cell.value, int | float):
                    assert same.value == cell.value, (other.title, same.coordinate)
    assert labelled(en["Verdict"])["Core indicator"] == "not met"
    results = [row[7].value for row in en["Indicators"].iter_rows(min_row=3)]
    assert results == [state_words(one).en for one in assessed().indicators]


@needs_soffice
def test_a_changed_amount_gives_what_a_new_assessment_would(computed: dict[str, Path]) -> None:
    park = example_park()
    told = load_workbook(computed["改"], data_only=True)["结论"]
    expected = assessed(
        fuels=(park.fuels[0].model_copy(update={"quantity": 100.0}), *park.fuels[1:]),
        electricity=tuple(
            row.model_copy(update={"kwh": 4.2e9}) if row.id == "D2" else row
            for row in park.electricity
        ),
    )
    assert expected.tier == "core_030"
    assert labelled(told)["合计"] == pytest.approx(expected.emissions.total, rel=1e-9)
    assert labelled(told, 3)["合计"] == pytest.approx(expected.energy_tce, rel=1e-9)
    assert labelled(told)["适用的限值"] == 0.3
    assert labelled(told)["核心指标"] == "达到"


def test_a_park_without_power_or_limit_has_no_broken_cells() -> None:
    tree = {
        "name": "空园区",
        "region": "云南",
        "year": 2025,
        "equivalence_kgce_per_kwh": 0.3,
        "electricity": [],
        "fuels": [],
    }
    result = assess_park(read_park(tree), rule_set("cn-yn-2025-987"))
    assert park_workbook(result)


def test_words_of_a_park_never_become_formulas(tmp_path: Path) -> None:
    result = assessed(name='=HYPERLINK("x")', equivalence_source="=1+1")
    book = load_workbook(saved(result, tmp_path))
    formulas = [
        str(c.value) for s in book for row in s.iter_rows() for c in row if c.data_type == "f"
    ]
    assert not any("HYPERLINK" in one or one == "=1+1" for one in formulas)
    assert len(formulas) > len(result.lines) * 2


def test_every_state_has_words() -> None:
    assert {state_words(one) for one in assessed().indicators} <= set(STATUSES.values())
