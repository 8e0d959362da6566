"""The board as an Excel workbook, and the way back: a sheet a kind, the id hidden in column A."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tanzhe.archives import unfolded
from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.parks.office import style
from tanzhe.parks.office.template import put
from tanzhe.tracking.board import Wanted
from tanzhe.tracking.items import KINDS, STATUSES, Item, Kind, last_day
from tanzhe.tracking.lights import LIGHTS, Light, due_of, light

HEADER_ROW = 2
MOST_UNFOLDED = 10_000_000  # bytes; a board of a thousand tasks unfolds to two
SPARE = 200  # rows that the drop-down reaches
_COLOURS: Mapping[Light, str] = {
    "red": "F8CBAD",
    "yellow": "FFE699",
    "green": "C6E0B4",
    "grey": "D9D9D9",
}
_DATE = "yyyy-mm-dd"


class Column(NamedTuple):
    """A column: field of the item, header, width, whether it is read back, which kinds have it."""

    field: str
    title: str
    width: int = 14
    back: bool = False
    kinds: tuple[Kind, ...] = tuple(KINDS)


_UPDATED = Column("updated_at", "更新时间", 20)
_WORK: tuple[Kind, ...] = ("task", "project", "review")
COLUMNS = (
    Column("number", "序号", 8, kinds=("task",)),
    Column("park", "园区", 22, kinds=("project", "finding")),
    Column("title", "事项", 34),
    Column("text", "来源条款", 50, kinds=("task", "target", "review")),
    Column("document", "来源文件", 30, kinds=("task", "target", "review")),
    Column("content", "建设内容", 34, kinds=("project",)),
    Column("metric", "指标", 24, kinds=("target",)),
    Column("value", "目标值", 12, kinds=("target",)),
    Column("unit", "单位", 10, kinds=("target",)),
    Column("by", "目标年份", 10, kinds=("target",)),
    Column("ground", "情形", 22, kinds=("finding",)),
    Column("lead", "牵头", 22, back=True, kinds=_WORK),
    Column("others", "责任、配合", 26, back=True, kinds=_WORK),
    Column("implement", "具体落实", 24, back=True, kinds=_WORK),
    Column("person", "责任人", 12, back=True, kinds=_WORK),
    Column("start", "开始", 12, back=True, kinds=_WORK),
    Column("due", "完成时限", 12, back=True),
    Column("due_words", "时限原文", 14),
    Column("progress", "进度（%）", 9, back=True, kinds=_WORK),
    Column("status", "状态", 10, back=True),
    Column("light", "灯", 6),
    Column("investment", "总投资（万元）", 13, back=True, kinds=("project",)),
    Column("invested", "已完成投资（万元）", 13, back=True, kinds=("project",)),
    Column("abatement", "年减排量（tCO2）", 13, back=True, kinds=("project",)),
    Column("abated", "已实现年减排量（tCO2）", 13, back=True, kinds=("project",)),
    Column("evidence", "佐证材料", 30),
    Column("problem", "存在问题", 26, back=True, kinds=_WORK),
    Column("next_step", "下一步", 26, back=True, kinds=_WORK),
    Column("remark", "备注", 26, back=True),
    Column("updated_by", "更新人", 12),
    _UPDATED,
)


def board_workbook(items: Sequence[Item], today: date) -> bytes:
    """The board as the bytes of an .xlsx file: real days, drop-downs, lights in words and colour.

    Args:
        items: of the board.
        today: by which lights are set.
    """
    book = Workbook()
    book.remove(book.active)
    for kind in KINDS:
        own = [one for one in items if one.kind == kind]
        if own or kind == "task":
            _sheet(book.create_sheet(KINDS[kind].zh), kind, own, today)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _columns(kind: Kind) -> list[Column]:
    return [one for one in COLUMNS if kind in one.kinds]


def _sheet(sheet: Worksheet, kind: Kind, items: Sequence[Item], today: date) -> None:
    columns = _columns(kind)
    told = "深色表头的列可以改，改完用 tanzhe track import 读回"
    put(sheet, 1, 1, f"{KINDS[kind].zh}（{today.isoformat()}）：{told}")
    style.about(sheet, len(columns) + 1)
    style.header(put(sheet, HEADER_ROW, 1, "编号"), needed=False)
    for at, column in enumerate(columns, 2):
        style.header(put(sheet, HEADER_ROW, at, column.title), needed=column.back)
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    for row, item in enumerate(items, HEADER_ROW + 1):
        put(sheet, row, 1, item.id)
        for at, column in enumerate(columns, 2):
            cell = put(sheet, row, at, _shown(item, column.field, today))
            style.field(cell, entered=column.back)
            if column.field in ("start", "due"):
                cell.number_format = _DATE
            if column.field == "light":
                colour = _COLOURS[light(item, today)]
                cell.fill = PatternFill("solid", fgColor=colour)
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = f"D{HEADER_ROW + 1}"
    sheet.row_dimensions[HEADER_ROW].height = style.HEADER_HEIGHT
    names = [column.field for column in columns]
    _dropdown(sheet, names.index("status") + 2, [words.zh for words in STATUSES.values()])
    style.page(sheet, landscape=True)


def _dropdown(sheet: Worksheet, column: int, words: Sequence[str]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=False)
    rule.showErrorMessage = True
    letter = get_column_letter(column)
    sheet.add_data_validation(rule)
    rule.add(f"{letter}{HEADER_ROW + 1}:{letter}{HEADER_ROW + SPARE}")


def _shown(item: Item, field: str, today: date) -> object:
    match field:
        case "light":
            return LIGHTS[light(item, today)].zh
        case "status":
            return STATUSES[item.status].zh
        case "evidence":
            return "；".join(one.name for one in item.evidence) or None
        case "due":
            return due_of(item, today) or item.due
        case "updated_at":
            return item.updated_at[:19].replace("T", " ")
        case _:
            return getattr(item, field) or None if field != "progress" else item.progress


def is_board(path: Path) -> bool:
    """Whether a workbook is a board that this module wrote.

    Raises:
        InputError: it unfolds beyond the limit.
    """
    try:
        with ZipFile(path) as archive:
            unfolded(archive, path.name, MOST_UNFOLDED)
        book = load_workbook(path, read_only=True)
    except InputError:
        raise
    except Exception:  # whatever is wrong with it, it is no board; its own reader says what
        return False
    try:
        known = {words.zh for words in KINDS.values()}
        return any(
            name in known and book[name].cell(HEADER_ROW, 1).value == "编号"
            for name in book.sheetnames
        )
    finally:
        book.close()


def read_board(path: Path, items: Mapping[str, Item], today: date) -> list[Wanted]:
    """What was changed in a workbook, cell by cell; what is as it was is left out.

    Args:
        path: written by `board_workbook`, edited since.
        items: the board as it is.
        today: for what repeats yearly.

    Raises:
        InputError: unknown ids, words that are no status, cells that are no day or number, each
            with its sheet and cell.
    """
    book = load_workbook(path, data_only=True)
    faults: list[Fault] = []
    wanted = [
        one
        for kind, words in KINDS.items()
        if words.zh in book.sheetnames
        for one in _read_sheet(book[words.zh], kind, items, today, faults)
    ]
    refuse(faults)
    return wanted


def _read_sheet(
    sheet: Worksheet, kind: Kind, items: Mapping[str, Item], today: date, faults: list[Fault]
) -> Iterator[Wanted]:
    titles = {str(cell.value): cell.column for cell in sheet[HEADER_ROW] if cell.value}
    places = {c: titles[c.title] for c in _columns(kind) if c.back and c.title in titles}
    for row in range(HEADER_ROW + 1, sheet.max_row + 1):
        id = sheet.cell(row, 1).value
        filled = any(sheet.cell(row, at).value is not None for at in places.values())
        if id is None and not filled:
            continue
        item = items.get(str(id))
        if item is None:
            faults.append(
                Fault(
                    Words(f"台账没有编号“{id}”", f"The board has no item “{id}”"),
                    Words(
                        "不要在表中加行或改编号；新增用 tanzhe track add",
                        "Do not add rows or change ids; add items with tanzhe track add",
                    ),
                    where=f"{sheet.title}!A{row}",
                )
            )
            continue
        fields: dict[str, Any] = {}
        for column, at in places.items():
            cell = sheet.cell(row, at)
            if _same(cell.value, _shown(item, column.field, today)):
                continue
            try:
                fields[column.field] = _value(cell.value, column.field)
            except ValueError:
                faults.append(_unread(sheet.title, cell.coordinate, column, cell.value))
        since = sheet.cell(row, titles[_UPDATED.title]).value if _UPDATED.title in titles else None
        if fields and since != _shown(item, _UPDATED.field, today):
            faults.append(_stale(item, f"{sheet.title}!A{row}"))
        elif fields:
            yield Wanted(item.id, fields, f"{sheet.title}!A{row}")


def _stale(item: Item, where: str) -> Fault:
    """Somebody else changed it since the workbook was written: neither change may be lost."""
    return Fault(
        Words(
            f"导出之后“{item.title}”已被 {item.updated_by} 改过",
            f"“{item.title}” was changed by {item.updated_by} since the workbook was written",
        ),
        Words("请重新导出再改", "Write the workbook anew and change that"),
        where=where,
    )


def _same(cell: object, shown: object) -> bool:
    cell = cell.date() if isinstance(cell, datetime) else cell
    if isinstance(cell, str):
        cell = cell.strip() or None
    return cell == shown or (cell is None and shown == "")


def _value(cell: object, field: str) -> object:
    if field in ("start", "due"):
        if cell is None:
            return None
        if isinstance(cell, datetime):
            return cell.date()
        found = last_day(str(cell))
        if found is None:
            raise ValueError
        return found
    if field == "status":
        known = {words.zh: key for key, words in STATUSES.items()}
        if (status := known.get(str(cell).strip())) is None:
            raise ValueError
        return status
    if field in ("progress", "investment", "invested", "abatement", "abated"):
        if cell is None:
            return 0.0 if field == "progress" else None
        return float(str(cell).replace(",", "").removesuffix("%"))
    return "" if cell is None else str(cell).strip()


def _unread(sheet: str, at: str, column: Column, value: object) -> Fault:
    do = {
        "status": Words("请从下拉中选", "Choose from the list"),
        "start": Words("请写日期，如 2026-03-31", "Write a day, e.g. 2026-03-31"),
        "due": Words("请写日期，如 2026-12-31", "Write a day, e.g. 2026-12-31"),
    }.get(column.field, Words("请只填数字", "Write a number alone"))
    what = Words(f"“{column.title}”读不懂“{value}”", f"“{column.title}”: “{value}” cannot be read")
    return Fault(what, do, where=f"{sheet}!{at}")
