"""Which form a file has, and what is in it."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words
from tanzhe.meters.forms import across, bills, delimited, devices, long, messages, sheet
from tanzhe.meters.forms.headings import long_columns
from tanzhe.meters.rows import Batch
from tanzhe.meters.store import Bill, Stated
from tanzhe.meters.tree import Meter, Tree, is_tree, read_tree
from tanzhe.tables import Grid, read_grids
from tanzhe.tables.encoding import decoded

_SIGNS = ("\t", ";", "|", ",")
_LOOKED_AT = 64_000
_TITLES = 6  # lines among which the head of a table is sought
_SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".json",
             ".jsonl", ".ndjson")  # fmt: skip


class Found(NamedTuple):
    """What a file holds: meters, readings, bills, or readings with sums beside them.

    Attributes:
        form: what it was read as.
        batches: readings, some at a time.
        meters: a list of meters.
        bills: bills.
        stated: sums that stand beside readings.
    """

    form: Words
    batches: Iterator[Batch]
    meters: tuple[Meter, ...] = ()
    bills: tuple[Bill, ...] = ()
    stated: tuple[Stated, ...] = ()


def files_of(path: Path) -> list[Path]:
    """A file, or the files of a folder that may hold readings, in order of their names."""
    if not path.is_dir():
        return [path]
    return sorted(
        one
        for one in path.rglob("*")
        if one.is_file()
        and one.suffix.lower() in _SUFFIXES
        and not one.name.startswith((".", "~$"))
    )


def recognized(path: Path, tree: Tree, meter: str) -> Found:
    """What a file holds.

    Args:
        path: of the file.
        tree: the meters declared so far.
        meter: whose readings are, where the file does not say it.

    Raises:
        InputError: the form is not known, or the file cannot be read.
    """
    if not path.is_file():
        what = Words("没有这个文件", "There is no such file")
        do = Words("请核对路径", "Check the path")
        raise InputError(Fault(what=what, where=str(path), do=do))
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        form = Words("MQTT 消息", "MQTT messages")
        return Found(form, _once(lambda: messages.read_messages(_lines(path), path.name)))
    if path.suffix.lower() == ".json":
        return _json(path)
    if path.suffix.lower() == ".parquet":
        return _parquet(path, meter)
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        head = _head(path)
        columns = None if head is None else long_columns(head.titles)
        plain = head is not None and not devices.is_modbus(head.titles)
        if head is not None and columns is not None and plain and not _slots(head.titles):
            _need_meter(columns.meter, meter, path.name)
            form = Words("逐行读数 CSV", "CSV, a reading a row")
            return Found(form, delimited.read_long_csv(path, head, columns, meter))
    return _grids(path, tree, meter)


def _slots(titles: list[str]) -> bool:
    return sum(":" in title and title.replace(":", "").isdigit() for title in titles) > 20


def _lines(path: Path) -> list[str]:
    text, _ = decoded(path.read_bytes(), path.name)
    return text.splitlines()


def _once(make: Callable[[], Batch]) -> Iterator[Batch]:
    yield make()


def _json(path: Path) -> Found:
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        do = Words("请核对文件", "Check the file")
        what = Words(f"不是有效的 JSON：{error}", f"No valid JSON: {error}")
        raise InputError(Fault(what=what, where=path.name, do=do)) from error
    if devices.is_freeze(tree):
        form = Words("DL/T 698.45 冻结数据", "freeze of DL/T 698.45")
        return Found(form, _once(lambda: devices.read_freeze(path)))
    raise _unknown(path)


def _parquet(path: Path, meter: str) -> Found:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        columns = long_columns(pq.read_schema(path).names)
    except (pa.ArrowException, OSError) as error:
        what = Words("Parquet 文件损坏", "Broken Parquet file")
        do = Words("请重新导出", "Export it again")
        raise InputError(Fault(what=what, where=path.name, do=do)) from error
    if columns is None:
        raise _unknown(path)
    _need_meter(columns.meter, meter, path.name)
    form = Words("逐行读数 Parquet", "Parquet, a reading a row")
    return Found(form, long.read_long_parquet(path, columns, meter))


def _head(path: Path) -> delimited.Head | None:
    """The head of a text file, or None where it has none in its first lines."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    cut = start[: start.rfind(b"\n") + 1] or start
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None  # UTF-16: read as a whole
    text, encoding = decoded(cut, path.name)
    if encoding.startswith("utf-16") or encoding.startswith("utf-32"):
        return None
    mark = 3 if start.startswith(b"\xef\xbb\xbf") else 0
    first = text.split("\n", 1)[0].rstrip("\r")
    if first.lstrip('"').startswith("#") or not first.strip():
        return None
    sign = max(_SIGNS, key=first.count)
    titles = next(csv.reader([first], delimiter=sign), [])
    skip = mark + len(cut[mark:].split(b"\n", 1)[0]) + 1
    name = "utf8" if encoding in ("utf-8-sig", "utf-8", "ascii") else encoding
    return delimited.Head(titles, skip, 2, sign, name)


def _grids(path: Path, tree: Tree, meter: str) -> Found:
    """A small table by what its sheets hold; the first that is known counts."""
    for grid in read_grids(path):
        for above in range(min(_TITLES, len(grid.rows))):  # lines of title above the head
            below = grid._replace(lines=grid.lines[above:], rows=grid.rows[above:])
            found = _of_grid(below, tree, meter)
            if found is not None:
                return found
    raise _unknown(path)


def _of_grid(grid: Grid, tree: Tree, meter: str) -> Found | None:
    note, grid = _without_notes(grid)
    titles = grid.rows[0]
    if is_tree(grid):
        return Found(Words("计量表清单", "list of meters"), iter(()), tuple(read_tree(grid)))
    if bills.is_bills(grid):
        held = bills.read_bills(grid, tree)
        return Found(Words("账单", "bills"), iter(()), bills=held)
    if devices.is_profile(titles):
        _need_meter(-1, meter, grid.file)
        form = Words("DLMS 负荷曲线", "DLMS profile")
        return Found(form, _once(lambda: devices.read_profile(grid, meter, note)))
    if devices.is_modbus(titles):
        form = Words("Modbus 寄存器", "Modbus registers")
        return Found(form, _once(lambda: devices.read_modbus(grid)))
    if across.slots_of(grid):
        form = Words("一日一行的曲线", "a day a row")
        return Found(form, _once(lambda: across.read_day_rows(grid, tree, meter)))
    if across.is_month_form(grid):
        form = Words("MyEMS 离线表", "MyEMS form")
        return Found(form, _once(lambda: across.read_month_form(grid, tree)))
    if sheet.head_of(grid) is not None:
        batch, stated = sheet.read_sheet(grid, tree)
        return Found(Words("手工抄表", "reading sheet"), iter((batch,)), stated=stated)
    columns = long_columns(titles)
    if columns is not None:
        _need_meter(columns.meter, meter, grid.file)
        form = Words("逐行读数", "a reading a row")
        return Found(form, long.read_long_grid(grid, columns, meter))
    if across.meters_across(grid, tree):
        form = Words("一表一列", "a column a meter")
        return Found(form, _once(lambda: across.read_meters_across(grid, tree)))
    return None


def _without_notes(grid: Grid) -> tuple[str, Grid]:
    """Lines of comment before the head, and the rest."""
    notes: list[str] = []
    at = 0
    while at + 1 < len(grid.rows) and str(grid.rows[at][0] or "").lstrip().startswith("#"):
        notes.append(" ".join(str(cell) for cell in grid.rows[at] if cell))
        at += 1
    return " ".join(notes), grid._replace(lines=grid.lines[at:], rows=grid.rows[at:])


def _need_meter(column: int, meter: str, file: str) -> None:
    if column >= 0 or meter:
        return
    what = Words("文件没有写明是哪块表", "The file does not say which meter it is of")
    do = Words("请加 --meter 表号", "Add --meter METER")
    raise InputError(Fault(what=what, where=file, do=do))


def _unknown(path: Path) -> InputError:
    what = Words(
        "看不出是哪种读数，也不是计量表清单",
        "No form of readings is recognised, nor is it a list of meters",
    )
    do = Words(
        "读数请用列名 meter、time、reading（见 docs/parks/meters.md 列出的各种形式）；"
        "清单须有 表号、企业、能源品种 三列",
        "Use columns meter, time, reading (docs/parks/meters.md lists the forms); "
        "a list needs the columns meter, firm, carrier",
    )
    return InputError(Fault(what=what, where=path.name, do=do))
