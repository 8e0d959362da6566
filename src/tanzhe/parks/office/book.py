"""A workbook opened with care: values beside formulas, merged ranges, hidden rows, sane size."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tanzhe.archives import unfolded
from tanzhe.errors import InputError, Words
from tanzhe.parks.office.cells import is_blank

# A filled template has some 60 kB and unfolds to under 1 MB; ten times that takes half a minute.
LARGEST_BYTES = 20_000_000
MOST_UNFOLDED = 10_000_000
MOST_CELLS = 400_000
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#N/A", "#NAME?", "#NUM!", "#NULL!")
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
    RuntimeError,
    RecursionError,
)
_TEMPLATE = Words(
    "请用 tanzhe park template 生成的 .xlsx 模板填报",
    "Fill in the .xlsx template made by: tanzhe park template",
)


class Cell(NamedTuple):
    """One cell as the reader sees it.

    Attributes:
        at: its address, e.g. D7.
        value: as Excel last computed it.
        problem: why its value cannot be used, or None.
    """

    at: str
    value: object
    problem: str | None


@dataclass(frozen=True)
class Table:
    """A sheet's cells, sheet by sheet in both readings of the file.

    Attributes:
        title: of the sheet.
        values: with the results of formulas.
        formulas: with the formulas themselves.
    """

    title: str
    values: Worksheet
    formulas: Worksheet

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Rows that hold anything, with the number a user sees."""
        merged = self._merged()
        for number, row in enumerate(self.values.iter_rows(), start=1):
            cells = [self._cell(number, i, one.value, merged) for i, one in enumerate(row, 1)]
            if any(cell.problem or not is_blank(cell.value) for cell in cells):
                yield number, cells

    def is_hidden(self, number: int) -> bool:
        """Whether a row is hidden, by hand or by a filter."""
        dimension = self.values.row_dimensions.get(number)
        return bool(dimension and dimension.hidden)

    def _merged(self) -> dict[tuple[int, int], str]:
        """Ranges by the cells they hold; a range as wide as a sheet is not walked through."""
        found: dict[tuple[int, int], str] = {}
        for area in self.values.merged_cells.ranges:
            if area.size["rows"] * area.size["columns"] <= MOST_CELLS:
                found |= dict.fromkeys(area.cells, area.coord)
        return found

    def _cell(
        self, row: int, column: int, value: object, merged: dict[tuple[int, int], str]
    ) -> Cell:
        at = f"{get_column_letter(column)}{row}"
        problem = None
        if isinstance(value, str) and value.strip() in _ERRORS:
            problem = f"error:{value.strip()}"
        elif value is None and self.formulas.cell(row, column).data_type == "f":
            problem = "formula"
        elif (row, column) in merged and self._holds(merged[row, column]):
            problem = f"merged:{merged[row, column]}"
        return Cell(at, value, problem)

    def _holds(self, area: str) -> bool:
        return not is_blank(self.values[area.split(":")[0]].value)


def open_book(path: Path) -> list[Table]:
    """The sheets of a workbook.

    Raises:
        InputError: missing, empty, too large, encrypted, of another format, or broken.
    """
    _check_file(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of a workbook we do not read
            values = _loaded(path, data=True)
            formulas = _loaded(path, data=False) if _has_formulas(path) else values
    except _BROKEN as error:
        raise _refused(
            path, "工作簿已损坏，读不出来", "The workbook is broken", _TEMPLATE
        ) from error
    sheets = [(one, formulas[one.title]) for one in values.worksheets]
    cells = sum(one.max_row * one.max_column for one, _ in sheets)
    if cells > MOST_CELLS * 10:
        do = Words("请删去多余的行列后另存", "Delete the rows and columns not needed and save")
        raise _refused(path, "工作表的范围过大", "The sheets span too many cells", do)
    return [Table(values.title, values, formulas) for values, formulas in sheets]


def _loaded(path: Path, *, data: bool) -> Workbook:
    with path.open("rb") as file:  # openpyxl leaves a file open that it cannot read
        return load_workbook(file, data_only=data, keep_links=False)


def _has_formulas(path: Path) -> bool:
    """Whether any sheet computes; most ledgers do not, and need not be read twice."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<f[ >/]", archive.read(name)) for name in sheets)


def _refused(path: Path, zh: str, en: str, do: Words) -> InputError:
    return InputError.of(Words(zh, en), do, where=path.name)


def _check_file(path: Path) -> None:
    if not path.is_file():
        do = Words("请核对路径", "Check the path")
        raise _refused(path, "没有这个文件", "There is no such file", do)
    size = path.stat().st_size
    if size == 0:
        raise _refused(path, "文件是空的", "The file is empty", _TEMPLATE)
    if size > LARGEST_BYTES:
        raise _too_large(path, size)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_OLE):
        raise _old_or_locked(path)
    if not start.startswith(_ZIP):
        raise _refused(path, "不是 Excel 工作簿（.xlsx）", "Not an .xlsx workbook", _TEMPLATE)
    _check_archive(path)


def _too_large(path: Path, size: int) -> InputError:
    limit = LARGEST_BYTES // 1_000_000
    zh, en = f"文件有 {size // 1_000_000} MB，超过 {limit} MB", f"The file is over {limit} MB"
    do = Words("请删去图片和无关的工作表后另存", "Remove pictures and other sheets, then save")
    return _refused(path, zh, en, do)


def _old_or_locked(path: Path) -> InputError:
    if _LOCKED in path.read_bytes():
        do = Words("请去掉打开密码后另存", "Remove the password and save it again")
        return _refused(path, "工作簿有打开密码", "The workbook is password-protected", do)
    do = Words("请在 Excel 中另存为 .xlsx", "Save it as .xlsx in Excel")
    return _refused(path, "是旧格式（.xls）", "It is in the old .xls format", do)


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            unfolded(archive, path.name, MOST_UNFOLDED)
    except _BROKEN as error:
        raise _refused(
            path, "工作簿已损坏，读不出来", "The workbook is broken", _TEMPLATE
        ) from error
    if "xl/workbook.xml" not in names:
        raise _refused(path, "不是 Excel 工作簿（.xlsx）", "Not an .xlsx workbook", _TEMPLATE)
