"""What an office file unfolds to is known before it is unfolded, wherever one is read."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tanzhe.api.parks.assessment import assess
from tanzhe.archives import MOST_TIMES, SMALL_PART, is_swollen
from tanzhe.errors import InputError
from tanzhe.tables.files import SMALL_UNFOLDED, read_grids
from tanzhe.tracking.workbook import is_board


def _workbook(sheet: str) -> bytes:
    """A workbook whose one sheet has these cells."""
    held, out = io.BytesIO(), io.BytesIO()
    Workbook().save(held)
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            raw = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                start, end = re.split(rb"<sheetData ?/>|<sheetData></sheetData>", raw)
                raw = start + b"<sheetData>" + sheet.encode() + b"</sheetData>" + end
            target.writestr(part.filename, raw)
    return out.getvalue()


BOMB = "<row>" + "<c/>" * 8_000_000 + "</row>"


@pytest.mark.parametrize("read", [read_grids, assess, is_board], ids=lambda one: one.__name__)
def test_every_reader_refuses_a_sheet_that_swells(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(_workbook(BOMB))
    assert path.stat().st_size < 100_000
    with pytest.raises(InputError, match=r"(?s)bomb.xlsx.*展开后过大.*beyond the limit"):
        read(path)


def test_a_thousand_fold_is_no_file_of_a_person() -> None:
    assert not is_swollen(1, SMALL_PART)
    assert not is_swollen(SMALL_PART, MOST_TIMES * SMALL_PART)
    assert is_swollen(SMALL_PART, MOST_TIMES * SMALL_PART + 1)


def test_a_large_sound_workbook_is_read_as_a_small_one(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>{i}</v></c><c r="B{i}"><v>{i * 7919 % 10007}</v></c></row>'
        for i in range(1, 120_001)
    )
    path = tmp_path / "large.xlsx"
    path.write_bytes(_workbook(rows))
    assert len(rows) > SMALL_UNFOLDED  # so it is read in a process of its own
    (grid,) = read_grids(path)
    assert (grid.lines[-1], grid.rows[-1]) == (120_000, (120_000, 120_000 * 7919 % 10007))


def test_empty_cells_count_too(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{i}"><c r="XFD{i}"/></row>' for i in range(1, 1901))
    path = tmp_path / "wide.xlsx"
    path.write_bytes(_workbook(rows))
    with pytest.raises(InputError, match="cells, empty ones too"):
        read_grids(path)


def test_more_columns_than_a_sheet_has(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("月份" + ",甲" * 16_384 + "\n2020-01" + ",1" * 16_384 + "\n", "utf-8")
    with pytest.raises(InputError, match="Over 16384 columns"):
        read_grids(path)
