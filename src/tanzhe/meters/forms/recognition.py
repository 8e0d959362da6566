"""Which form a file has, and what is in it."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tanzhe.disk import read_bounded
from tanzhe.errors import Fault, InputError, Words, listed
from tanzhe.meters.clock import instant
from tanzhe.meters.forms import (
    across,
    bills,
    delimited,
    devices,
    heads,
    long,
    messages,
    periods,
    sheet,
)
from tanzhe.meters.forms.headings import Long, long_columns
from tanzhe.meters.forms.monthly import read_monthly
from tanzhe.meters.lists import is_list, read_list
from tanzhe.meters.rows import Batch, Side
from tanzhe.meters.store import Bill, Stated
from tanzhe.meters.tree import Meter, Tree
from tanzhe.tables.encoding import decoded
from tanzhe.tables.files import read_grids
from tanzhe.tables.grid import Grid, cell_at, text_of

_SIGNS = ("\t", ";", "|", ",")
_LOOKED_AT = 64_000
_LONGEST = 1_000_000  # characters of a message
_LARGEST = 50_000_000  # bytes of JSON that is read whole
_TITLES = 6  # lines among which the head of a table is sought
_MONTHS = (
    Words("各月的数没有写明是哪块表", "Figures of months, of no meter"),
    Words(
        "请加一列 表号；没有计量表的，把全年用量填进园区填报表的台账（tanzhe park template）",
        "Add a column of meters; where there are none, put the year's amounts into the ledgers of "
        "the park's workbook (tanzhe park template)",
    ),
)
_SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".json",
             ".jsonl", ".ndjson")  # fmt: skip


class Found(NamedTuple):
    """What a sheet holds: meters, readings, bills, or readings with sums beside them.

    Attributes:
        form: what it was read as.
        batches: readings, some at a time.
        meters: a list of meters.
        bills: bills.
        stated: sums that stand beside readings.
        sheet: of a workbook with several; "" else.
        told: what was decided in reading, of lists.
    """

    form: Words
    batches: Iterator[Batch]
    meters: tuple[Meter, ...] = ()
    bills: tuple[Bill, ...] = ()
    stated: tuple[Stated, ...] = ()
    sheet: str = ""
    told: tuple[Words, ...] = ()


class Asked(NamedTuple):
    """What was said about files beside themselves.

    Attributes:
        meter: whose readings are, where a file does not say it.
        fields: of a list's field, the heading to take it from or what it is for all.
        slots: `begin` or `end`, what columns from 00:00 to 23:45 are.
        cells: `reading` or `amount`, what cells of months and days are.
        side: `primary`, figures are after the multiplier, or `secondary`, before it.
    """

    meter: str = ""
    fields: Mapping[str, str] = MappingProxyType({})
    slots: str = ""
    cells: str = ""
    side: Side = ""


def files_of(path: Path) -> list[Path]:
    """A file, or the files of a folder in order of their names, hidden ones left out."""
    if not path.is_dir():
        return [path]
    return sorted(
        one for one in path.rglob("*") if one.is_file() and not one.name.startswith((".", "~$"))
    )


def may_be_read(path: Path) -> bool:
    """Whether files of this type hold readings."""
    return path.suffix.lower() in _SUFFIXES


def recognized(path: Path, tree: Tree, asked: Asked) -> list[Found]:
    """What the sheets of a file hold; a file of text is one sheet.

    Args:
        path: of the file.
        tree: the meters declared so far.
        asked: what was said beside the file.

    Raises:
        InputError: the form is not known, or the file cannot be read.
    """
    if not path.is_file():
        what = Words("没有这个文件", "There is no such file")
        do = Words("请核对路径", "Check the path")
        raise InputError(Fault(what=what, where=str(path), do=do))
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        form = Words("MQTT 消息", "MQTT messages")
        return [Found(form, messages.read_messages(_lines(path), path.name))]
    if path.suffix.lower() == ".json":
        return [_json(path)]
    if path.suffix.lower() == ".parquet":
        return [_parquet(path, tree, asked)]
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        head = _head(path)
        columns = None if head is None else _said(long_columns(head.titles), asked)
        plain = head is not None and not devices.is_modbus(head.titles)
        if head is not None and columns is not None and plain and not _slots(head.titles):
            meter, told = _whose(columns.meter, asked, tree, path.stem)
            form = Words("逐行读数 CSV", "CSV, a reading a row")
            batches = delimited.read_long_csv(path, head, columns, meter)
            return [Found(form, read_monthly(batches, columns), told=told)]
    return _grids(path, tree, asked)


def _said(columns: Long | None, asked: Asked) -> Long | None:
    """The columns of a long table with what was said of its times and its side."""
    if columns is not None and asked.slots:
        columns = columns._replace(end=asked.slots == "end", begin=asked.slots == "begin")
    return columns if columns is None else columns._replace(side=asked.side or columns.side)


def _slots(titles: list[str]) -> bool:
    return sum(":" in title and title.replace(":", "").isdigit() for title in titles) > 20


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file; one that is longer than any message comes in pieces."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    _, encoding = decoded(start[: start.rfind(b"\n") + 1] or start, path.name)
    with path.open(encoding=encoding, errors="replace") as file:
        while line := file.readline(_LONGEST):
            yield line


def _once(make: Callable[[], Batch]) -> Iterator[Batch]:
    yield make()


def _json(path: Path) -> Found:
    do = Words("请核对文件", "Check the file")
    try:
        tree = json.loads(read_bounded(path, _LARGEST, where=path.name, do=do))
    except (ValueError, RecursionError) as error:
        what = Words("不是有效的 JSON", "No valid JSON")
        raise InputError(Fault(what=what, where=path.name, do=do)) from error
    if devices.is_freeze(tree):
        form = Words("DL/T 698.45 冻结数据", "freeze of DL/T 698.45")
        return Found(form, _once(lambda: devices.read_freeze(tree, path.name)))
    raise _unknown(path)


def _parquet(path: Path, tree: Tree, asked: Asked) -> Found:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        columns = _said(long_columns(pq.read_schema(path).names), asked)
    except (pa.ArrowException, OSError) as error:
        what = Words("Parquet 文件损坏", "Broken Parquet file")
        do = Words("请重新导出", "Export it again")
        raise InputError(Fault(what=what, where=path.name, do=do)) from error
    if columns is None:
        raise _unknown(path)
    meter, told = _whose(columns.meter, asked, tree, path.stem)
    form = Words("逐行读数 Parquet", "Parquet, a reading a row")
    batches = long.read_long_parquet(path, columns, meter)
    return Found(form, read_monthly(batches, columns), told=told)


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
    lines = [one.rstrip("\r") for one in (*text.split("\n", 2)[:2], "")[:2]]
    first = lines[0]
    if first.lstrip('"').startswith("#") or not first.strip():
        return None
    sign = max(_SIGNS, key=first.count)
    titles, below = (next(csv.reader([one], delimiter=sign), []) for one in lines)
    columns = long_columns(titles)
    if sheet.is_head(titles):
        return None
    if columns is not None and (
        columns.clock >= 0 or not instant(cell_at(tuple(below), columns.time), utc=columns.utc)
    ):
        return None  # a day and a time of day, or a second row of headings: read cell by cell
    skip = mark + len(cut[mark:].split(b"\n", 1)[0]) + 1
    name = "utf8" if encoding in ("utf-8-sig", "utf-8", "ascii") else encoding
    return delimited.Head(titles, skip, 2, sign, name)


def _grids(path: Path, tree: Tree, asked: Asked) -> list[Found]:
    """A small table by what its sheets hold; lists of meters first, the others are read by them."""
    grids = [one for one in read_grids(path) if one.visible] or read_grids(path)
    several = len(grids) > 1
    named = [one._replace(file=f"{path.name}［{one.sheet}］") if several else one for one in grids]
    lists = [(one, head) for one in named if (head := _headed(one, is_list)) is not None]
    found: list[Found] = []
    for whole, grid in lists:
        held = read_list(grid, asked.fields)
        form = Words("计量表清单", "list of meters")
        sheet_name = whole.sheet if several else ""
        found.append(Found(form, iter(()), held.meters, sheet=sheet_name, told=held.told))
        tree = tree.joined(held.meters)
    unread: list[str] = []
    for whole in named:
        if any(whole is one for one, _ in lists):
            continue
        one = _of_sheet(whole, tree, asked, path.stem)
        if one is None:
            unread.append(whole.sheet)
        else:
            found.append(one._replace(sheet=whole.sheet if several else ""))
    if not found:
        raise _unknown(path, named, tree)
    if unread:
        names = listed(unread)
        told = Words(f"没有读的工作表：{names.zh}", f"Sheets not read: {names.en}")
        found[-1] = found[-1]._replace(told=(*found[-1].told, told))
    return found


def _heads(grid: Grid) -> Iterator[Grid]:
    """A table below each of its first lines: lines of title may stand above its head."""
    for above in range(min(_TITLES, len(grid.rows) - 1)):
        yield grid._replace(lines=grid.lines[above:], rows=grid.rows[above:])


def _headed(grid: Grid, known: Callable[[Grid], bool]) -> Grid | None:
    """The table below the head that is known, unless readings stand below a head above it."""
    for below in _heads(grid):
        one = heads.joined(below)
        if long_columns(one.rows[0]) is not None or sheet.head_of(one) is not None:
            return None
        if across.is_month_form(one) or across.slots_of(one) or bills.is_bills(one):
            return None
        if periods.table_of(one) is not None:
            return None
        if known(one):
            return one
    return None


def _of_sheet(grid: Grid, tree: Tree, asked: Asked, stem: str) -> Found | None:
    for above, below in enumerate(_heads(grid)):
        said = [" ".join(map(text_of, row)) for row in reversed(grid.rows[:above])]
        found = _of_grid(below, tree, asked, (*said, grid.sheet, stem))
        if found is not None:
            return found
    return None


def _of_grid(grid: Grid, tree: Tree, asked: Asked, beside: Sequence[str]) -> Found | None:
    """What a table is; `beside`: what stands above it, the names of its sheet and file."""
    stem = f"{beside[-1]} {beside[-2]}".strip()
    note, grid = _without_notes(grid)
    grid = heads.joined(grid)
    titles = grid.rows[0]
    if bills.is_bills(grid):
        held = bills.read_bills(grid, tree)
        return Found(Words("账单", "bills"), iter(()), bills=held)
    if devices.is_profile(titles):
        meter, told = _whose(-1, asked, tree, stem)
        form = Words("DLMS 负荷曲线", "DLMS profile")
        return Found(form, _once(lambda: devices.read_profile(grid, meter, note)), told=told)
    if devices.is_modbus(titles):
        form = Words("Modbus 寄存器", "Modbus registers")
        return Found(form, _once(lambda: devices.read_modbus(grid)))
    if across.slots_of(grid):
        form = Words("一日一行的曲线", "a day a row")
        return Found(form, _once(lambda: across.read_day_rows(grid, asked.meter, asked.slots)))
    if across.is_month_form(grid):
        form = Words("MyEMS 离线表", "MyEMS form")
        return Found(form, _once(lambda: across.read_month_form(grid, tree)))
    table = periods.table_of(across.turned(grid, tree) or grid, beside)
    if table is not None:
        batch, stated = periods.read_periods(table, tree, asked.cells)
        form = Words("各月或各日的数", "figures of months or days")
        return Found(form, iter((batch,)), stated=stated)
    if sheet.head_of(grid) is not None:
        batch, stated = sheet.read_sheet(grid, tree)
        return Found(Words("手工抄表", "reading sheet"), iter((batch,)), stated=stated)
    columns = _said(long_columns(titles), asked)
    if columns is not None:
        meter, told = _whose(columns.meter, asked, tree, stem)
        form = Words("逐行读数", "a reading a row")
        batches = long.read_long_grid(grid, columns, meter)
        return Found(form, read_monthly(batches, columns), told=told)
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


def _whose(column: int, asked: Asked, tree: Tree, stem: str) -> tuple[str, tuple[Words, ...]]:
    """The meter that rows without one are of: the one asked for, or the one the file is named by.

    Returns:
        Its name, and what was decided.

    Raises:
        InputError: neither says it.
    """
    if column >= 0 or asked.meter:
        return asked.meter, ()
    named = [one for one in tree.aliases() if one and _stands_in(one, stem)]
    if named:
        found = max(named, key=len)
        return found, (Words(f"按文件名是 {found} 的读数", f"of {found}, by the name of the file"),)
    what = Words("文件没有写明是哪块表", "The file does not say which meter it is of")
    do = Words(
        "请以表号命名文件或工作表，或加 --meter 表号",
        "Name the file or the sheet by the meter, or add --meter METER",
    )
    raise InputError(Fault(what=what, where=stem, do=do))


def _stands_in(meter: str, stem: str) -> bool:
    """Whether a name stands in another by itself: E-1 stands in 2025_E-1, not in E-10.

    Example:
        >>> _stands_in("E-1", "2025年E-1读数"), _stands_in("E-1", "E-10")
        (True, False)
    """
    own, text = re.escape(meter.casefold()), stem.casefold()
    return re.search(rf"(?<![a-z0-9-]){own}(?![a-z0-9-])", text) is not None


def _unknown(path: Path, grids: Sequence[Grid] = (), tree: Tree | None = None) -> InputError:
    what = Words(
        "看不出是哪种读数，也不是计量表清单",
        "No form of readings is recognised, nor is it a list of meters",
    )
    if any(across.is_months(below) for one in grids for below in _heads(one)):
        return InputError(Fault(what=_MONTHS[0], where=path.name, do=_MONTHS[1]))
    strange = [name for one in grids for name in across.strange_meters(one)]
    if strange and tree is not None:
        names = listed(strange[:8])
        do = Words(
            f"如果 {names.zh} 各列是计量表，请先加入写有它们的清单，或用 --as 列名=表号 指明",
            f"If the columns {names.en} are meters, add a list that has them first, or say which "
            "they are with --as COLUMN=METER",
        )
        return InputError(Fault(what=what, where=path.name, do=do))
    do = Words(
        "读数要有时间列和示数（或电量、功率）列；清单要有表号列，和能源品种、上级表、倍率之一"
        "（docs/parks/meters.md 列出各种形式和列名）",
        "Readings need a column of times and one of readings (or energy, power); a list needs a "
        "column of meters and one of carrier, parent or multiplier (docs/parks/meters.md lists "
        "forms and headings)",
    )
    return InputError(Fault(what=what, where=path.name, do=do))
