"""Rows of totals are never counted, and stocks that do not come out are told."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tanzhe.cli.lines.park import park_summary
from tanzhe.errors import InputError
from tanzhe.model.park import ParkYear
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.entry.faults import check_park
from tanzhe.parks.office import example_park, office_options, read_workbook, template
from tanzhe.parks.office.fuel import stock_balance
from tanzhe.rulebook import rule_set

Cells = Sequence[tuple[str, str, object]]
RULES = "cn-yn-2025-987"


def filled(folder: Path, cells: Cells) -> Path:
    """The example as a workbook, with some cells written over."""
    held = io.BytesIO()
    template(office_options(), example_park()).save(held)
    book = load_workbook(io.BytesIO(held.getvalue()))
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    path = folder / "园区.xlsx"
    book.save(path)
    return path


def faults(path: Path) -> dict[str, str]:
    try:
        check_park(read_workbook(path, office_options()), rule_set(RULES))
    except InputError as error:
        return {fault.where: fault.said() for fault in error.faults}
    return {}


POWER = "电力台账"  # rows 3 to 6 of the example hold 180, 520, 96 and 110 GWh


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ([(POWER, "A7", "合计"), (POWER, "D7", 906_000_000), (POWER, "E7", "kWh")], f"{POWER}!A7"),
        ([(POWER, "A7", "合 计："), (POWER, "D7", 1), (POWER, "E7", "kWh")], f"{POWER}!A7"),
        ([(POWER, "B7", "小计"), (POWER, "D7", 9.06), (POWER, "E7", "亿千瓦时")], f"{POWER}!B7"),
        ([(POWER, "A7", "Grand Total"), (POWER, "D7", 5), (POWER, "E7", "MWh")], f"{POWER}!A7"),
        ([(POWER, "F7", "总计"), (POWER, "D7", 5), (POWER, "E7", "MWh")], f"{POWER}!F7"),
        # No word at all: what tells it from others is empty, and it holds the sum of the rest.
        ([(POWER, "D7", 90600), (POWER, "E7", "万千瓦时")], f"{POWER}!D7"),
        ([(POWER, "D7", 906_000_000)], f"{POWER}!D7"),
        ([("燃料", "B7", "全年能源合计"), ("燃料", "F7", 9150.5)], "燃料!B7"),
        ([("燃料", "C7", "t"), ("燃料", "F7", 9150.5), ("燃料", "H7", 2600)], "燃料!F7"),
        ([("抵消项", "A4", "合计"), ("抵消项", "B4", 3000)], "抵消项!A4"),
    ],
)  # fmt: skip
def test_a_total_is_told_as_one_and_nothing_else_is_asked_of_it(
    tmp_path: Path, cells: Cells, where: str
) -> None:
    found = faults(filled(tmp_path, cells))
    assert list(found) == [where]
    assert "是合计行" in found[where] and "请删去" in found[where]


def test_an_incomplete_row_that_is_no_sum_is_asked_to_be_filled_in(tmp_path: Path) -> None:
    found = faults(filled(tmp_path, [(POWER, "D7", 905_000_000), (POWER, "E7", "kWh")]))
    assert "没有填“供应方式”" in found[f"{POWER}!B7"]


def test_a_filled_in_row_that_holds_the_sum_is_remarked_beside_the_verdict(tmp_path: Path) -> None:
    def assessed(amount: float) -> str:
        cells = [(POWER, "B7", "网购电"), (POWER, "D7", amount), (POWER, "E7", "kWh")]
        source = read_workbook(filled(tmp_path, cells), office_options())
        park: ParkYear = check_park(source, rule_set(RULES))
        result = assess_park(park, rule_set(RULES), notes=list(source.notes))
        return park_summary(result).split("碳排放")[0]

    assert "！电力台账!D7 的“电量”906000000 等于上面各行之和" in assessed(906_000_000)
    assert "！" not in assessed(905_000_000)


def test_products_of_the_same_output_are_no_totals(tmp_path: Path) -> None:
    source = read_workbook(filled(tmp_path, []), office_options())
    assert [note.code for note in source.notes] == []


def test_stocks_that_do_not_come_out_are_told_with_their_numbers(tmp_path: Path) -> None:
    stocks = [("燃料", "D3", 500), ("燃料", "E3", 6000), ("燃料", "M3", 1500)]
    (note,) = read_workbook(filled(tmp_path, stocks), office_options()).notes
    assert note.zh == (
        "燃料!M3 所在行的库存不平：年初库存 500 + 购进 6000 − 期末库存 1500 = 5000，"
        "消费 6200，相差 1200。"
    )


@pytest.mark.parametrize(
    ("row", "comes_out"),
    [
        ({"opening": 500, "bought": 6000, "total": 6200, "closing": 300}, True),
        ({"opening": 500, "bought": 6000, "total": 6200, "closing": 270}, True),  # weighing
        ({"opening": 500, "bought": 6000, "total": 6200, "closing": 260}, False),
        ({"opening": 500, "bought": 6000, "total": 6200}, True),  # nobody said what is left
        ({"opening": 500, "bought": 6000, "total": None, "closing": 1500}, True),
        ({"opening": 0, "bought": 0, "conversion_output": 90, "sold": 40, "total": 50,
          "closing": 0}, True),
        ({"opening": 0, "bought": 0, "conversion_output": 90, "sold": 20, "total": 50,
          "closing": 0}, False),
    ],
)  # fmt: skip
def test_stocks_come_out_within_weighing(row: dict[str, float | None], comes_out: bool) -> None:
    amounts = {name: None if value is None else float(value) for name, value in row.items()}
    assert (stock_balance(amounts) is None) == comes_out
