"""From a file to its grids, by what it holds and not by what it is called."""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from tanzhe.archives import is_swollen, unfolded
from tanzhe.child import in_child
from tanzhe.errors import Words
from tanzhe.tables import grid
from tanzhe.tables.delimited import read_text
from tanzhe.tables.grid import FEWER, RESAVE, Grid, refused
from tanzhe.tables.markup import is_markup, read_markup
from tanzhe.tables.objects import is_json, read_json
from tanzhe.tables.parquet import read_parquet
from tanzhe.tables.workbooks import read_ods, read_xls, read_xlsx

# A workbook that unfolds to less is read here; old forms do not tell what they unfold to.
SMALL_UNFOLDED = 8_000_000
# Signs of what is no table; a person is told what the file is instead.
_NO_TABLE = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
}
_OTHER_SUFFIXES = (".docx", ".doc", ".pptx", ".ppt", ".pdf")


def read_grids(path: Path) -> list[Grid]:
    """Every sheet of a table file with its cells.

    Args:
        path: CSV, TSV or text with any delimiter in any usual encoding, gzipped or not; XLSX,
            XLSM, XLS, ODS; Parquet; JSON; a page or XML that is called .xls.

    Returns:
        At least one grid with at least one row; hidden sheets are marked, not left out.

    Raises:
        InputError: missing, empty, too large, no table, unreadable.

    Example:
        >>> read_grids(Path("none.csv"))
        Traceback (most recent call last):
        ...
        tanzhe.errors.InputError: [none.csv] 没有这个文件。请核对路径
        [none.csv] There is no such file. Check the path
    """
    if not path.is_file():
        what = Words("没有这个文件", "There is no such file")
        raise refused(path.name, what, Words("请核对路径", "Check the path"))
    size = path.stat().st_size
    if size == 0:
        raise refused(path.name, Words("文件是空的", "The file is empty"), RESAVE)
    if size > grid.LARGEST_BYTES:
        limit = grid.LARGEST_BYTES // 1_000_000
        raise refused(
            path.name, Words(f"文件超过 {limit} MB", f"The file is over {limit} MB"), FEWER
        )
    found = [one for one in _read(path) if one.rows]
    if not found:
        what = Words("文件里没有内容", "There is nothing in the file")
        raise refused(path.name, what, RESAVE)
    return found


def read_files(paths: Sequence[Path]) -> list[Grid]:
    """The grids of a file; of several the visible ones, as sheets that are called as the files."""
    if len(paths) == 1:
        return read_grids(paths[0])
    found = [(path, [g for g in read_grids(path) if g.visible]) for path in paths]
    return [
        grid._replace(sheet=path.stem if len(grids) == 1 else f"{path.stem} {grid.sheet}")
        for path, grids in found
        for grid in grids
    ]


def joined_digest(digests: Sequence[str]) -> str:
    """What stands for several files: the sha256 of theirs, in their order; for one its own."""
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _read(path: Path) -> list[Grid]:
    with path.open("rb") as file:
        start = file.read(4000)
    for sign, name in _NO_TABLE.items():
        if start.startswith(sign):
            what = Words(f"内容是 {name}，不是表格", f"It holds {name}, no table")
            raise refused(path.name, what, RESAVE)
    if start.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _in_child(read_xls, path)
    if start.startswith(b"PAR1"):
        return [read_parquet(path)]
    if start.startswith(b"\x1f\x8b"):
        return [read_text(_unpacked(path), path.name)]
    if path.suffix.lower() in _OTHER_SUFFIXES:
        kind = f"“{path.suffix}”"
        what = Words(f"不支持的文件类型 {kind}", f"File type {kind} is not read")
        raise refused(path.name, what, RESAVE)
    if is_json(start, path.suffix):
        return read_json(path.read_bytes(), path.name)
    if is_markup(start):
        return read_markup(path)
    return [read_text(path.read_bytes(), path.name)]


def _zipped(path: Path) -> list[Grid]:
    """A workbook by what its archive holds; one that is large in a process of its own."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            ods = "content.xml" in names
            if ods:
                unfolded(archive, path.name, grid.MOST_UNFOLDED // 5, times=grid.MOST_UNFOLDED)
            else:
                size = unfolded(archive, path.name, grid.MOST_UNFOLDED)
    except (zipfile.BadZipFile, OSError, ValueError, LookupError) as error:
        what = Words("工作簿损坏或不是 XLSX", "Broken workbook, or not XLSX")
        raise refused(path.name, what, RESAVE) from error
    if ods:
        return _in_child(read_ods, path)
    if "xl/workbook.bin" in names:
        what = Words("不读 XLSB 工作簿", "XLSB workbooks are not read")
        raise refused(path.name, what, RESAVE)
    if any(name.startswith("xl/") for name in names):
        return read_xlsx(path) if size < SMALL_UNFOLDED else _in_child(read_xlsx, path)
    inside = [name for name in names if name.lower().endswith((".csv", ".xlsx", ".xls", ".txt"))]
    if not inside:
        what = Words("不是表格文件", "Broken workbook, or no table")
        raise refused(path.name, what, RESAVE)
    some = "、".join(inside[:3])
    raise refused(
        path.name,
        Words(f"是压缩包，内有 {some}", f"It is an archive that holds {some}"),
        Words("请解压后给出其中一个文件", "Unpack it and give one of its files"),
    )


def _in_child(read: Callable[[Path], list[Grid]], path: Path) -> list[Grid]:
    found: list[Grid] = in_child(read, path, where=path.name)
    return found


def _unpacked(path: Path) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(path.read_bytes())) as file:
            raw = file.read(grid.LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        what = Words("压缩文件损坏", "Broken gzip file")
        raise refused(path.name, what, RESAVE) from error
    if len(raw) > grid.LARGEST_BYTES or is_swollen(path.stat().st_size, len(raw)):
        what = Words("解压后过大", "It unfolds beyond the limit")
        raise refused(path.name, what, FEWER)
    return raw
