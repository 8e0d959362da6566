"""The rows of a user's file: CSV in its usual encodings, XLSX, Parquet; refused when it lies."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words

# Daily values of 32 regions and 5 sectors over ten years are under 600,000 rows.
LARGEST_BYTES = 100_000_000
MOST_ROWS = 1_000_000
MOST_UNFOLDED = 500_000_000
ENCODINGS = ("utf-8-sig", "gb18030")
_SIGNS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "XLSX/ZIP",
    b"\xd0\xcf\x11\xe0": "XLS/DOC",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
}
_EXPECTED = {".xlsx": "XLSX/ZIP", ".xlsm": "XLSX/ZIP", ".parquet": "Parquet"}
_TEXT = (".csv", ".tsv", ".txt")


class Sheet(NamedTuple):
    """A table as it stands in a file.

    Attributes:
        file: its name.
        columns: the header.
        rows: cells as the file holds them, with the line or row number a user sees.
    """

    file: str
    columns: tuple[str, ...]
    rows: list[tuple[int, tuple[object, ...]]]


def _fault(path: Path, zh: str, en: str, do: Words) -> InputError:
    return InputError(Fault(what=Words(zh, en), where=path.name, do=do))


_RESAVE = Words("请另存为 CSV、XLSX 或 Parquet", "Save it as CSV, XLSX or Parquet")


def read_sheet(path: Path) -> Sheet:
    """The header and rows of a CSV, XLSX or Parquet file.

    Raises:
        InputError: missing, empty, too large, of another format than its name says, unreadable.
    """
    if not path.is_file():
        do = Words("请核对路径", "Check the path")
        raise _fault(path, "没有这个文件", "There is no such file", do)
    size = path.stat().st_size
    if size == 0:
        raise _fault(path, "文件是空的", "The file is empty", _RESAVE)
    if size > LARGEST_BYTES:
        limit = LARGEST_BYTES // 1_000_000
        do = Words("请只保留需要的地区和部门", "Keep only the regions and sectors needed")
        raise _fault(path, f"文件超过 {limit} MB", f"The file is over {limit} MB", do)
    sheet = _reader(path)
    if not sheet.rows:
        raise _fault(path, "表头之下没有数据", "There is nothing below the header", _RESAVE)
    return sheet


def _reader(path: Path) -> Sheet:
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        start = file.read(8)
    sign = next((name for head, name in _SIGNS.items() if start.startswith(head)), "text")
    expected = _EXPECTED.get(suffix, "text" if suffix in _TEXT else None)
    if expected is None:
        kinds = f"“{suffix}”"
        raise _fault(path, f"不支持的文件类型 {kinds}", f"File type {kinds} is not read", _RESAVE)
    if sign != expected:
        zh = f"扩展名是 {suffix}，内容却是 {sign}"
        raise _fault(path, zh, f"Named {suffix}, but it holds {sign}", _RESAVE)
    if expected == "text":
        return _csv(path, suffix)
    return _xlsx(path) if expected == "XLSX/ZIP" else _parquet(path)


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    do = Words("请另存为 UTF-8 编码的 CSV", "Save it as CSV in UTF-8")
    raise _fault(path, "编码既非 UTF-8 也非 GB18030", "Neither UTF-8 nor GB18030", do)


def _csv(path: Path, suffix: str) -> Sheet:
    text = _decoded(path)
    first = text.lstrip().split("\n", 1)[0]
    if first.lower().startswith(("<!doctype", "<html", "<?xml")):
        zh, en = "内容是网页，不是表格", "It is a web page, not a table"
        raise _fault(path, zh, en, _RESAVE)
    signs = {sign: first.count(sign) for sign in ",\t;，"}
    delimiter = "\t" if suffix == ".tsv" else max(signs, key=lambda s: signs[s])
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        lines = [(reader.line_num, tuple(row)) for row in islice(reader, MOST_ROWS + 2)]
    except csv.Error as error:
        raise _fault(path, "不是有效的 CSV", f"Not valid CSV: {error}", _RESAVE) from error
    return _sheet(path, iter(lines))


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


def _xlsx(path: Path) -> Sheet:
    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            # A few kilobytes can unfold to gigabytes; the limit holds for what is unfolded too.
            unfolded = sum(entry.file_size for entry in archive.infolist())
        if unfolded <= MOST_UNFOLDED:
            with path.open("rb") as file:  # openpyxl leaves a file open that it cannot read
                book = openpyxl.load_workbook(file, read_only=True, data_only=True)
                table = book.worksheets[0]
                table.reset_dimensions()  # a workbook may claim a million columns
                rows = islice(table.iter_rows(values_only=True), MOST_ROWS + 2)
                lines = [(n, tuple(row)) for n, row in enumerate(rows, start=1)]
            return _sheet(path, iter(lines))
    except InputError:
        raise
    except _BROKEN as error:
        zh = "工作簿损坏或不是 XLSX"
        raise _fault(path, zh, "Broken workbook, or not XLSX", _RESAVE) from error
    raise _fault(path, "工作簿展开后过大", "The workbook unfolds beyond the limit", _RESAVE)


def _parquet(path: Path) -> Sheet:
    import pyarrow
    import pyarrow.parquet

    try:
        about = pyarrow.parquet.read_metadata(path)
        groups = (about.row_group(i) for i in range(about.num_row_groups))
        unfolded = sum(group.total_byte_size for group in groups)
        fits = about.num_rows <= MOST_ROWS and unfolded <= MOST_UNFOLDED
        table = pyarrow.parquet.read_table(path) if fits else None
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise _fault(path, "Parquet 文件损坏", "Broken Parquet file", _RESAVE) from error
    if table is None:
        zh = f"Parquet 展开后过大或超过 {MOST_ROWS} 行"
        raise _fault(path, zh, f"Unfolds beyond the limit, or over {MOST_ROWS} rows", _RESAVE)
    columns = [column.to_pylist() for column in table.columns]
    body = enumerate(zip(*columns, strict=True), start=1)
    head: tuple[int, tuple[object, ...]] = (0, tuple(table.column_names))
    return _sheet(path, iter([head, *body]))


def _sheet(path: Path, lines: Iterator[tuple[int, tuple[object, ...]]]) -> Sheet:
    filled = [(n, row) for n, row in lines if any(c is not None and str(c).strip() for c in row)]
    if not filled:
        raise _fault(path, "文件里没有内容", "There is nothing in the file", _RESAVE)
    if len(filled) > MOST_ROWS:
        do = Words("请只保留需要的地区和部门", "Keep only the regions and sectors needed")
        raise _fault(path, f"超过 {MOST_ROWS} 行", f"Over {MOST_ROWS} rows", do)
    (_, head), *rows = filled
    columns = tuple("" if name is None else str(name).strip() for name in head)
    return Sheet(path.name, columns, rows)
