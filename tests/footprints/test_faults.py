"""Bad input: all faults at once, each with its cell and what to do; nothing half-written."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from footprints.studies import PRODUCT, calculated, flow, form, written
from tanzhe.cli.main import cli
from tanzhe.errors import InputError


def faults(folder: Path, filled: dict[str, Any], name: str = "study.yaml") -> dict[str, str]:
    with pytest.raises(InputError) as refused:
        calculated(folder, filled, name)
    assert all(f.do.zh and f.do.en and f.what.en for f in refused.value.faults)
    return {fault.where: fault.what.zh for fault in refused.value.faults}


def test_every_fault_of_a_workbook_with_its_cell(tmp_path: Path) -> None:
    product = {"region": "云雨", "start": "去年", "unit": "斤", "unit_amount": 0, "name": None}
    rows = [
        flow("M1", "约300", "t", "1", "tCO2e/t"),
        flow("M1", 3, "斗", "1", "tCO2e/t", technological=6),
        flow("M3", None, "t", "1", "tCO2e/t", share="Z9"),
        flow("M4", 1, "t", None, "", stage="出厂前"),
    ]
    told = faults(tmp_path, form(product, activity=rows), "study.xlsx")
    assert set(told) == {
        "产品!B3", "产品!B9", "产品!B10", "产品!B14", "产品!B15", "活动数据!E3", "活动数据!F4",
        "活动数据!P4", "活动数据!E5", "活动数据!O5", "活动数据!B6", "活动数据!H6",
    }  # fmt: skip


def test_ids_that_stand_twice(tmp_path: Path) -> None:
    rows = [flow("M1", 1, "t", "1", "tCO2e/t"), flow("M1", 2, "t", "1", "tCO2e/t")]
    assert "重复" in faults(tmp_path, form(activity=rows))["activity[2].amount"]


def test_no_activity_is_no_zero(tmp_path: Path) -> None:
    assert "没有任何活动数据" in str(faults(tmp_path, form()))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"own": False}, "恰有一行是本产品"),
        ({"method": "能量"}, "没有填"),
        ({"method": "随便"}, "不在选项中"),
    ],
)
def test_allocation(tmp_path: Path, change: dict[str, Any], why: str) -> None:
    rows = [
        {"group": "A1", "product": "甲", "own": True, "method": "质量", "mass": 1, "reason": "x"},
        {"group": "A1", "product": "乙", "own": False, "method": "质量", "mass": 1, "reason": "x"},
    ]
    rows = [{**row, **change} for row in rows]
    activity = [flow("M1", 1, "t", "1", "tCO2e/t", share="A1")]
    assert why in str(faults(tmp_path, form(activity=activity, allocation=rows)))


def test_a_row_must_say_how_it_is_shared_where_there_are_groups(tmp_path: Path) -> None:
    group = [
        {"group": "A1", "product": "甲", "own": True, "method": "质量", "mass": 1, "reason": "x"}
    ]
    rows = [flow("M1", 1, "t", "1", "tCO2e/t")]
    assert "没有说怎么分" in str(faults(tmp_path, form(activity=rows, allocation=group)))


def test_units_that_do_not_fit(tmp_path: Path) -> None:
    rows = [
        flow("M1", 1, "m3", "1", "tCO2e/t"), flow("M2", 1, "t", "1", "元/t"),
        flow("M3", 1, "t", "steel.co2", ""),
    ]  # fmt: skip
    assert set(faults(tmp_path, form(activity=rows))) == {
        "activity[1].amount", "activity[2].amount", "activity[3].amount",
    }  # fmt: skip


def test_output_of_another_kind_than_the_unit(tmp_path: Path) -> None:
    told = faults(
        tmp_path, form({"output_unit": "件"}, activity=[flow("M1", 1, "t", "1", "tCO2e/t")])
    )
    assert "不是同一类" in told["product.output_unit"]


def test_unknown_names_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, form(activity=[flow("M1", 1, "t", "1", "tCO2e/t")]))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  name:", "  nmae: x\n  name:") + "抵销: []\n", encoding="utf-8")
    error = CliRunner().invoke(cli, ["footprint", str(path)]).exception
    assert isinstance(error, InputError)
    assert [one.where for one in error.faults] == ["product.nmae", "抵销"]


def test_a_formula_without_result_and_an_unknown_column(tmp_path: Path) -> None:
    path = written(tmp_path, form(activity=[flow("M1", 1, "t", "1", "tCO2e/t")]), "study.xlsx")
    book = load_workbook(path)
    sheet = book["活动数据"]
    sheet["E3"] = "=1+1"
    sheet.cell(2, 30, "我的列")
    sheet.cell(3, 30, 7)
    book.save(path)
    error = CliRunner().invoke(cli, ["footprint", str(path)]).exception
    assert isinstance(error, InputError)
    assert {one.where for one in error.faults} == {"活动数据!AD2", "活动数据!E3"}


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"- 1", b"product: [1]\nactivity: 3\n", b"a: &x 1"]
)
def test_what_is_no_form(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    assert isinstance(CliRunner().invoke(cli, ["footprint", str(path)]).exception, InputError)
    path = tmp_path / "x.xlsx"
    path.write_bytes(raw)
    assert isinstance(CliRunner().invoke(cli, ["footprint", str(path)]).exception, InputError)


def test_nothing_is_written_where_anything_is_wrong(tmp_path: Path) -> None:
    filled = form({"fossil_carbon": None}, activity=[flow("M1", 1, "t", "1", "tCO2e/t")])
    assert PRODUCT["fossil_carbon"] == 0
    path, out = written(tmp_path, filled), tmp_path / "out.json"
    done = CliRunner().invoke(cli, ["footprint", str(path), "--pact", str(out)])
    assert "化石碳含量" in str(done.exception) and not out.exists()
    assert CliRunner().invoke(cli, ["footprint", str(path)]).exit_code == 0


def test_a_file_that_is_missing() -> None:
    assert isinstance(CliRunner().invoke(cli, ["footprint", "none.xlsx"]).exception, InputError)


@pytest.mark.parametrize(
    ("typed", "fine"),
    [("0.4", False), ("1", False), ("0.4%", True), ("40", True), ("0", True), ("101", False)],
)
def test_shares_that_may_be_two_things(tmp_path: Path, typed: str, fine: bool) -> None:
    rows = [flow("M1", 1, "t", "1", "tCO2e/t", data="供应商", primary_share=typed)]
    if fine:
        assert calculated(tmp_path, form(activity=rows)).primary_share == Decimal(typed.rstrip("%"))
    else:
        assert "activity[1].primary_share" in faults(tmp_path, form(activity=rows))


def test_a_share_that_excel_keeps_as_a_fraction(tmp_path: Path) -> None:
    rows = [flow("M1", 1, "t", "1", "tCO2e/t", data="供应商", primary_share=40)]
    path = written(tmp_path, form(activity=rows), "study.xlsx")
    book = load_workbook(path)
    cell = book["活动数据"]["N3"]
    assert cell.value == "40%" and cell.number_format == "@"
    cell.value, cell.number_format = 0.4, "0%"
    book.save(path)
    error = CliRunner().invoke(cli, ["footprint", str(path)]).exception
    assert isinstance(error, InputError) and error.faults[0].where == "活动数据!N3"


def test_copies_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, form(activity=[flow("M1", 1, "t", "1", "tCO2e/t")]), "study.xlsx")
    book = load_workbook(path)
    book.copy_worksheet(book["活动数据"]).title = "活动数据 (2)"
    book["分配"].sheet_state = "hidden"
    book.save(path)
    error = CliRunner().invoke(cli, ["footprint", str(path)]).exception
    assert isinstance(error, InputError)
    assert [one.where for one in error.faults] == ["分配!A1", "活动数据 (2)!A1"]
