"""Workbooks are read as they are shown: numbers shown smaller, rows that are hidden."""

from pathlib import Path

import openpyxl
import pytest

from tanzhe.tables.table import read_table


def _book(folder: Path, form: str, hidden: tuple[int, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["月份", "排放量（百万吨）"])
    for month in range(1, 13):
        sheet.append([f"2023-{month:02d}", 7_000_000 + 100_000 * month])
        sheet.cell(month + 1, 2).number_format = form
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    path = folder / "t.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("#,##0.0,,", 7.1),
        ("0!.0,", 710.0),
        ("#,##0.00", 7_100_000),
        ('0.0,,"百万吨"', 7_100_000),  # what is shown names its own size
        ("General", 7_100_000),
    ],
)
def test_numbers_are_read_as_they_are_shown(form: str, first: float, tmp_path: Path) -> None:
    table = read_table(_book(tmp_path, form))
    assert table.records.cells[0] == pytest.approx(first)
    said = [one for one in table.telling.decided if "缩小" in one.zh]
    assert bool(said) == (first < 7_100_000)


def test_hidden_rows_count_and_are_told(tmp_path: Path) -> None:
    table = read_table(_book(tmp_path, "General", (3, 4)))
    assert len(table.records.cells) == 12
    (told,) = [one for one in table.telling.decided if "隐藏" in one.zh]
    assert "2 行" in told.zh and "第 3、4 行" in told.zh and "rows 3、4" in told.en
    assert not any("隐藏" in one.zh for one in read_table(_book(tmp_path, "0")).telling.decided)
