"""Sheets of workbooks: XLSX and XLSM; legacy XLS, and ODS; each with its visibility."""

import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tanzhe.errors import InputError, Words
from tanzhe.tables import grid
from tanzhe.tables.appearance import Shown, hidden_rows, shows_scaled
from tanzhe.tables.grid import RESAVE, Grid, NoResult, Row, filled, refused

# What openpyxl lets through when a workbook is broken: from zip, XML, dates and its own objects.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    NotImplementedError,
)
_PASSWORD = b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00i\x00o\x00n\x00I\x00n\x00f\x00o"
# The old form has at most 65,536 rows of 256 columns: this holds for what is read here too.
_OLD_BYTES = 100_000_000


def read_xlsx(path: Path) -> list[Grid]:
    """Every sheet of an XLSX or XLSM workbook.

    Cached results stand for formulas; a formula without one is a `NoResult`.

    Raises:
        InputError: broken, or too many rows.
    """
    import openpyxl

    try:
        formulas = _has_formulas(path)
        with path.open("rb") as file:  # openpyxl leaves a file open that it cannot read
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            scaled = shows_scaled(path)
            found = [_sheet(path, sheet, scaled=scaled) for sheet in book.worksheets]
        return _unsaved(path, found) if formulas else found
    except InputError:
        raise
    except _BROKEN as error:
        what = Words("工作簿损坏或不是 XLSX", "Broken workbook, or not XLSX")
        raise refused(path.name, what, RESAVE) from error


def _has_formulas(path: Path) -> bool:
    """Whether any sheet holds formulas."""
    with zipfile.ZipFile(path) as archive:
        sheets = [e for e in archive.infolist() if e.filename.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(entry) for entry in sheets)


def _sheet(path: Path, sheet: Any, *, scaled: bool) -> Grid:
    sheet.reset_dimensions()  # a workbook may claim a million columns
    shown = Shown() if scaled else None
    numbers, rows = filled(_lines(path, sheet, shown), path.name)
    told = (*(shown.told() if shown else ()), *hidden_rows(sheet, numbers))
    visible = sheet.sheet_state == "visible"
    return Grid(path.name, sheet.title, visible, numbers, rows, "XLSX", told=told)


def _lines(path: Path, sheet: Any, shown: Shown | None) -> Iterator[tuple[int, Row]]:
    whole = (tuple(map(shown.value, row)) for row in sheet.iter_rows()) if shown else None
    rows = islice(whole or sheet.iter_rows(values_only=True), grid.MOST_ROWS + 2)
    for number, row in enumerate(rows, start=1):
        if number > grid.MOST_ROWS + 1:
            raise grid.too_many_rows(path.name)
        yield number, tuple(row)


def _unsaved(path: Path, found: list[Grid]) -> list[Grid]:
    """The grids with a mark in each cell whose formula has no result."""
    import openpyxl

    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=False)
        return [_marked(one, sheet) for one, sheet in zip(found, book.worksheets, strict=True)]


def _marked(one: Grid, sheet: Any) -> Grid:
    sheet.reset_dimensions()
    told: dict[int, Row] = dict(zip(one.lines, one.rows, strict=True))
    for number, row in enumerate(islice(sheet.iter_rows(values_only=True), grid.MOST_ROWS), 1):
        formulas = {
            i: NoResult(cell)
            for i, cell in enumerate(row)
            if isinstance(cell, str) and cell.startswith("=")
        }
        have = told.get(number, ())
        bare = {i: mark for i, mark in formulas.items() if grid.cell_at(have, i) is None}
        if bare:
            told[number] = tuple(bare.get(i, grid.cell_at(have, i)) for i in range(len(row)))
    lines = sorted(told)
    return one._replace(lines=lines, rows=[told[line] for line in lines])


_ODS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"


def read_xls(path: Path) -> list[Grid]:
    """Every sheet of a legacy XLS workbook.

    Raises:
        InputError: broken, locked by a password, or too large.
    """
    return _read_old(path, "XLS")


def read_ods(path: Path) -> list[Grid]:
    """Every sheet of an ODS workbook.

    Raises:
        InputError: broken, locked by a password, or too large.
    """
    _refuse_wide(path)
    return _read_old(path, "ODS")


def _refuse_wide(path: Path) -> None:
    """Refuse an ODS whose filled cells would span more than the limit when laid out.

    A few bytes may say a cell a thousand million times; the reader would lay them all out.

    Raises:
        InputError: it does, or is broken.
    """
    import lxml.etree

    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
            height = width = row = 0
            for _, element in lxml.etree.iterparse(file, tag=(f"{_ODS}table", f"{_ODS}table-row")):
                if element.tag == f"{_ODS}table":
                    height = width = row = 0
                    continue
                row += _repeated(element, "rows")
                column = 0
                for cell in element:
                    column += _repeated(cell, "columns")
                    if cell.get(_VALUE) is not None:
                        height, width = row, max(width, column)
                if height * width > grid.MOST_CELLS or height > grid.MOST_ROWS:
                    raise grid.too_many_rows(path.name)
                element.clear()
    except (lxml.etree.LxmlError, *_BROKEN) as error:
        if isinstance(error, InputError):
            raise
        what = Words("工作簿损坏，或不是 ODS 表格", "Broken workbook, or no ODS")
        raise refused(path.name, what, RESAVE) from error


def _repeated(element: Any, kind: str) -> int:
    told = str(element.get(f"{_ODS}number-{kind}-repeated", "1"))
    return int(told) if told.isdecimal() else 1


def _read_old(path: Path, form: str) -> list[Grid]:
    import python_calamine

    if path.stat().st_size > _OLD_BYTES:
        raise refused(path.name, Words("工作簿过大", "The workbook is too large"), RESAVE)
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            return [
                _old_sheet(path, book.get_sheet_by_name(about.name), str(about.visible), form)
                for about in book.sheets_metadata
                if "WorkSheet" in str(about.typ)
            ]
    except (InputError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # A panic of the Rust library is no Exception, and says no more than that the file is broken.
    except BaseException as error:
        locked = isinstance(error, python_calamine.PasswordError) or _is_locked(path)
        what = Words(f"工作簿损坏，或不是 {form} 表格", f"Broken workbook, or no {form}")
        if locked:
            raise _locked(path) from error
        raise refused(path.name, what, RESAVE) from error


def _is_locked(path: Path) -> bool:
    with path.open("rb") as file:
        return _PASSWORD in file.read(1_000_000)


def _locked(path: Path) -> InputError:
    return refused(
        path.name,
        Words("工作簿有密码，不能打开", "The workbook is locked by a password"),
        Words("请取消密码后另存", "Remove the password and save it again"),
    )


def _old_sheet(path: Path, sheet: Any, visible: str, form: str) -> Grid:
    lines = ((n, tuple(row)) for n, row in enumerate(sheet.iter_rows(), start=1))
    numbers, rows = filled(lines, path.name)
    return Grid(path.name, sheet.name, visible.endswith(".Visible"), numbers, rows, form)
