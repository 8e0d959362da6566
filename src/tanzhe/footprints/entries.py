"""What a file holds, sheet by sheet, before anybody checks it: cells with their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words, why_not
from tanzhe.faults import fault_of
from tanzhe.footprints.form import Column, Sheet
from tanzhe.footprints.sheets import SHEETS
from tanzhe.names import folded
from tanzhe.rulebook.strict_yaml import read_yaml
from tanzhe.tables.files import read_grids
from tanzhe.tables.grid import Grid, NoResult, is_blank, letters

LARGEST_FILE = 20_000_000  # bytes
_HEADER_WITHIN = 20  # rows; people put titles above a header


class Cell(NamedTuple):
    """A value and where it stands: `活动数据!E5`, or `activity[1].amount`."""

    value: object
    at: str


Entry = Mapping[str, Cell]


@dataclass
class Entries:
    """A file's entries.

    Attributes:
        name: of the file.
        rows: of each sheet by its key; the product is one row.
        faults: found while reading; told together with all others.
    """

    name: str
    rows: dict[str, list[Entry]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, where: str, zh: tuple[str, str], en: tuple[str, str]) -> None:
        """Remember a fault told as (what, do) in both languages."""
        self.faults.append(Fault(Words(zh[0], en[0]), Words(zh[1], en[1]), where=where))


def read_entries(path: Path) -> Entries:
    """The entries of a workbook, YAML or JSON file in the form of `tanzhe footprint template`.

    Raises:
        InputError: the file cannot be read at all.
    """
    if path.suffix.lower() in (".yaml", ".yml", ".json"):
        return _of_yaml(path)
    return _of_workbook(path)


def _of_workbook(path: Path) -> Entries:
    entries = Entries(path.name)
    grids = {folded(grid.sheet): grid for grid in read_grids(path)}
    known = {folded(one.title) for one in SHEETS}
    if not known & set(grids):
        have = "、".join(grid.sheet for grid in grids.values()) or path.name
        raise InputError(fault_of("footprints.entries.of_workbook", have=have, where=path.name))
    for any_sheet in grids.values():
        _stray(any_sheet, known, entries)
    for sheet in SHEETS:
        grid = grids.get(folded(sheet.title))
        if grid is None:
            entries.rows[sheet.key] = []
        elif sheet.lines:
            entries.rows[sheet.key] = [_lines(sheet, grid, entries)]
        else:
            entries.rows[sheet.key] = _table(sheet, grid, entries)
    return entries


def _stray(grid: Grid, known: set[str], entries: Entries) -> None:
    """A hidden sheet counts though nobody sees it; a copy under another name would not count."""
    if folded(grid.sheet) in known:
        if not grid.visible:
            entries.wrong(
                f"{grid.sheet}!A1",
                ("工作表是隐藏的", "请取消隐藏；不要的请删除"),
                ("The sheet is hidden", "Unhide it, or delete it if it is not wanted"),
            )
        return
    for sheet in SHEETS:
        titles = _titles(sheet)
        head = None if sheet.lines else _header(grid, titles)
        if head is None or len(grid.rows) <= head + 1:
            continue
        told = {titles[_key_of(c)].key for c in grid.rows[head] if _key_of(c or "") in titles}
        if 2 * len(told) >= len(sheet.columns):
            entries.wrong(
                f"{grid.sheet}!A1",
                (
                    f"表头与“{sheet.title}”相同，但表名不对，不会计入",
                    f"请把数据并入“{sheet.title}”，或删去",
                ),
                (f"It has the header of “{sheet.title}” under another name", "Move the rows there"),
            )
            return


def _key_of(text: object) -> str:
    """A header without its star, unit and width."""
    first = str(text).strip().lstrip("*＊").split("\n")[0]
    return folded(first.split("（")[0].split("(")[0])


def _titles(sheet: Sheet) -> dict[str, Column]:
    return {_key_of(name): one for one in sheet.columns for name in (one.title, one.key)}


def _lines(sheet: Sheet, grid: Grid, entries: Entries) -> Entry:
    titles = _titles(sheet)
    found: dict[str, Cell] = {}
    for number, row in zip(grid.lines, grid.rows, strict=True):
        column = titles.get(_key_of(row[0])) if row and not is_blank(row[0]) else None
        value = row[1] if len(row) > 1 else None
        at = f"{grid.sheet}!B{number}"
        if column is None:
            if not is_blank(value) and _key_of(value) != folded("填写"):
                _unknown(f"{grid.sheet}!A{number}", str(row[0]), titles, entries)
        elif column.key in found:
            _twice(f"{grid.sheet}!A{number}", column.title, entries)
        else:
            found[column.key] = Cell(value, at)
    for column in sheet.columns:
        found.setdefault(column.key, Cell(None, f"{grid.sheet}!（{column.title}）"))
    return found


def _table(sheet: Sheet, grid: Grid, entries: Entries) -> list[Entry]:
    titles = _titles(sheet)
    head = _header(grid, titles)
    if head is None:
        entries.wrong(
            f"{grid.sheet}!A1",
            ("找不到表头", "请从模板复制表头一行"),
            ("There is no header row", "Copy the header row from the template"),
        )
        return []
    at: dict[int, Column] = {}
    for position, title in enumerate(grid.rows[head]):
        column = None if is_blank(title) else titles.get(_key_of(title))
        place = f"{grid.sheet}!{letters(position)}{grid.lines[head]}"
        if column is None:
            if any(not is_blank(_at(row, position)) for row in grid.rows[head + 1 :]):
                _unknown(place, "" if is_blank(title) else str(title), titles, entries)
        elif column in at.values():
            _twice(place, column.title, entries)
        else:
            at[position] = column
    for column in sheet.columns:
        if column.needed and column not in at.values():
            entries.wrong(
                f"{grid.sheet}!A{grid.lines[head]}",
                (f"表头缺少“{column.title}”列", "请从模板补上"),
                (f"The header lacks “{column.title}”", "Add it from the template"),
            )
    found: list[Entry] = []
    for number, row in zip(grid.lines[head + 1 :], grid.rows[head + 1 :], strict=True):
        cells = {
            one.key: Cell(_at(row, i), f"{grid.sheet}!{letters(i)}{number}")
            for i, one in at.items()
        }
        if any(not is_blank(cell.value) for cell in cells.values()):
            lost = {c.key: Cell(None, f"{grid.sheet}!A{number}") for c in sheet.columns}
            found.append(lost | cells)
    return found


def _header(grid: Grid, titles: Mapping[str, Column]) -> int | None:
    """The row most like the header, when at least three of its titles are known."""
    counts = [
        len({titles[_key_of(c)].key for c in row if not is_blank(c) and _key_of(c) in titles})
        for row in grid.rows[:_HEADER_WITHIN]
    ]
    best = max(range(len(counts)), key=lambda i: counts[i], default=None)
    return best if best is not None and counts[best] >= 3 else None


def _at(row: Sequence[object], position: int) -> object:
    return row[position] if position < len(row) else None


def _unknown(place: str, title: str, titles: Mapping[str, Column], entries: Entries) -> None:
    names = "、".join(dict.fromkeys(one.title for one in titles.values()))
    entries.wrong(
        place,
        (f"不认识的项“{title[:40]}”，里面有内容", f"请用模板的名称：{names}"),
        (f"Unknown item “{title[:40]}” with content", "Use the names of the template"),
    )


def _twice(place: str, title: str, entries: Entries) -> None:
    entries.wrong(
        place,
        (f"“{title}”出现两次", "请只保留一个"),
        (f"“{title}” stands twice", "Keep one of them"),
    )


def _of_yaml(path: Path) -> Entries:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unread(path, Words("文件过大", "The file is too large"))
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _unread(path, why_not(error)) from error
    except UnicodeDecodeError as error:
        raise _unread(path, Words("不是 UTF-8 文本", "Not UTF-8 text")) from error
    entries = Entries(path.name)
    tree = read_yaml(text, name=path.name)
    if "specVersion" in tree:
        what = Words("这是 PACT 碳足迹，不是填报表", "This is a PACT footprint, no form")
        do = Words("校验请用 tanzhe verify", "Check it with tanzhe verify")
        raise InputError.of(what, do, where=path.name)
    sheets = {folded(name): one for one in SHEETS for name in (one.key, one.title)}
    for key, value in tree.items():
        sheet = sheets.get(folded(key))
        if sheet is None:
            names = "、".join(f"{one.key}（{one.title}）" for one in SHEETS)
            entries.wrong(
                key,
                (f"不认识的键“{key[:40]}”", f"可用：{names}"),
                (f"Unknown key “{key[:40]}”", f"There are: {', '.join(o.key for o in SHEETS)}"),
            )
        elif sheet.key in entries.rows:
            _twice(key, key, entries)
        else:
            entries.rows[sheet.key] = _rows(sheet, value, entries)
    for sheet in SHEETS:
        empty: list[Entry] = [_row(sheet, {}, sheet.key, entries)] if sheet.lines else []
        entries.rows.setdefault(sheet.key, empty)
    return entries


def _rows(sheet: Sheet, value: object, entries: Entries) -> list[Entry]:
    if value == "" or value is None:
        value = {} if sheet.lines else []
    if sheet.lines and isinstance(value, Mapping):
        return [_row(sheet, value, sheet.key, entries)]
    if not sheet.lines and isinstance(value, list) and all(isinstance(o, Mapping) for o in value):
        return [_row(sheet, o, f"{sheet.key}[{i}]", entries) for i, o in enumerate(value, 1)]
    shape = Words("键值表", "a mapping") if sheet.lines else Words("列表", "a list of mappings")
    entries.wrong(
        sheet.key,
        (f"应为{shape.zh}", "请参照模板"),
        (f"It must be {shape.en}", "See the template"),
    )
    return [_row(sheet, {}, sheet.key, entries)] if sheet.lines else []


def _row(sheet: Sheet, value: Mapping[str, object], place: str, entries: Entries) -> Entry:
    titles = _titles(sheet)
    found: dict[str, Cell] = {}
    for key, one in value.items():
        column = titles.get(_key_of(key))
        if column is None:
            _unknown(f"{place}.{key}"[:80], key, titles, entries)
        elif isinstance(one, Mapping | list):
            entries.wrong(
                f"{place}.{column.key}",
                ("应为一个值", "请写文字或数字"),
                ("One value is needed", "Write a text or a number"),
            )
        elif column.key in found:
            _twice(f"{place}.{key}", column.title, entries)
        else:
            blank = one in ("null", "~", "")
            found[column.key] = Cell(None if blank else one, f"{place}.{column.key}")
    for column in sheet.columns:
        found.setdefault(column.key, Cell(None, f"{place}.{column.key}"))
    return found


def _unread(path: Path, what: Words) -> InputError:
    do = Words("请检查路径和文件", "Check the path and the file")
    return InputError.of(what, do, where=path.name)


def without_result(value: object) -> bool:
    """Whether a cell is a formula that was saved without its result."""
    return isinstance(value, NoResult)
