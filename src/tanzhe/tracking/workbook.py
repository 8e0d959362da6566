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

from tanzhe import bundled
from tanzhe.archives import unfolded
from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.faults import fault_of
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
_ID = Words("编号", "id")
_ENTERED = Words(
    "深色表头的列可以改，改完用 tanzhe track import 读回",
    "columns with dark heads may be changed; tanzhe track import reads them back",
)


class Column(NamedTuple):
    """A column: field of the item, heading, width, whether it is read back, which kinds have it."""

    field: str
    title: Words
    width: int = 14
    back: bool = False
    kinds: tuple[Kind, ...] = tuple(KINDS)


COLUMNS = tuple(
    Column(
        field=row["field"],
        title=Words(row["zh"], row["en"]),
        width=int(row["width"]),
        back=row["back"] == "yes",
        kinds=tuple(kind for kind in KINDS if not row["kinds"] or kind in row["kinds"].split(";")),
    )
    for row in bundled.rows("tanzhe.tracking", "columns.csv")
)
_UPDATED = next(one for one in COLUMNS if one.field == "updated_at")
# Fields of an item that are no columns of the workbook; places and checksums are for programs.
_MORE = {
    "rhythm": "节奏", "operator": "比较", "change": "变化方向", "base_year": "基准年",
    "source": "实测来源", "region": "地区", "sector": "部门", "yearly": "年值",
    "indicator": "园区指标", "accounts": "园区数据", "changes": "改动次数",
}  # fmt: skip
FIELDS: Mapping[str, Words] = {one.field: one.title for one in COLUMNS} | {
    name: Words(zh, name.replace("_", " ")) for name, zh in _MORE.items()
}


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
            _sheet(book.create_sheet(_both(KINDS[kind])), kind, own, today)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _both(words: Words) -> str:
    return f"{words.zh} {words.en}"


def _is(text: object, words: Words) -> bool:
    """Whether a cell says a word, in one language or in both; earlier boards have Chinese alone."""
    return str(text).strip() in (words.zh, words.en, _both(words))


def _columns(kind: Kind) -> list[Column]:
    return [one for one in COLUMNS if kind in one.kinds]


def _sheet(sheet: Worksheet, kind: Kind, items: Sequence[Item], today: date) -> None:
    columns = _columns(kind)
    day = today.isoformat()
    zh, en = f"{KINDS[kind].zh}（{day}）：{_ENTERED.zh}", f"{KINDS[kind].en} ({day}): {_ENTERED.en}"
    put(sheet, 1, 1, f"{zh} {en}")
    style.about(sheet, len(columns) + 1)
    style.header(put(sheet, HEADER_ROW, 1, _both(_ID)), needed=False)
    for at, column in enumerate(columns, 2):
        style.header(put(sheet, HEADER_ROW, at, _both(column.title)), needed=column.back)
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
    _dropdown(sheet, names.index("status") + 2, [_both(words) for words in STATUSES.values()])
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
            return _both(LIGHTS[light(item, today)])
        case "status":
            return _both(STATUSES[item.status])
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
        return any(_is(book[name].cell(HEADER_ROW, 1).value, _ID) for name in _sheets(book))
    finally:
        book.close()


def _sheets(book: Workbook) -> dict[str, Kind]:
    """The sheets of a workbook that are named by a kind."""
    return {
        name: kind for name in book.sheetnames for kind, words in KINDS.items() if _is(name, words)
    }


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
        for name, kind in _sheets(book).items()
        for one in _read_sheet(book[name], kind, items, today, faults)
    ]
    refuse(faults)
    return wanted


def _read_sheet(
    sheet: Worksheet, kind: Kind, items: Mapping[str, Item], today: date, faults: list[Fault]
) -> Iterator[Wanted]:
    titles = {
        column: cell.column
        for column in _columns(kind)
        for cell in sheet[HEADER_ROW]
        if cell.value and _is(cell.value, column.title)
    }
    places = {column: at for column, at in titles.items() if column.back}
    for row in range(HEADER_ROW + 1, sheet.max_row + 1):
        id = sheet.cell(row, 1).value
        filled = any(sheet.cell(row, at).value is not None for at in places.values())
        if id is None and not filled:
            continue
        item = items.get(str(id))
        if item is None:
            faults.append(
                fault_of("tracking.workbook.read_sheet", id=id, where=f"{sheet.title}!A{row}")
            )
            continue
        fields: dict[str, Any] = {}
        for column, at in places.items():
            cell = sheet.cell(row, at)
            if _same(_entered(cell), _shown(item, column.field, today)):
                continue
            try:
                fields[column.field] = _value(_entered(cell), column.field)
            except ValueError:
                faults.append(_unread(sheet.title, cell.coordinate, column, cell.value))
        since = sheet.cell(row, titles[_UPDATED]).value if _UPDATED in titles else None
        if fields and since != _shown(item, _UPDATED.field, today):
            faults.append(_stale(item, f"{sheet.title}!A{row}"))
        elif fields:
            yield Wanted(item.id, fields, f"{sheet.title}!A{row}")


def _stale(item: Item, where: str) -> Fault:
    """Somebody else changed it since the workbook was written: neither change may be lost."""
    return fault_of(
        "tracking.workbook.stale", item=item.title, updated_by=item.updated_by, where=where
    )


def _entered(cell: Any) -> object:
    """What somebody wrote: a share as Excel keeps it (80% is 0.8) in hundredths."""
    if isinstance(cell.value, int | float) and "%" in str(cell.number_format):
        return round(100 * cell.value, 6)
    return cell.value


def _same(cell: object, shown: object) -> bool:
    cell = cell.date() if isinstance(cell, datetime) else cell
    if isinstance(cell, str):
        cell = cell.strip() or None
    words = (*STATUSES.values(), *LIGHTS.values())
    if any(_is(cell, one) and _is(shown, one) for one in words):
        return True  # an earlier board in Chinese alone
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
        status = next((key for key, words in STATUSES.items() if _is(cell, words)), None)
        if status is None:
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
    title = column.title
    what = Words(f"“{title.zh}”读不懂“{value}”", f"“{title.en}”: “{value}” cannot be read")
    return Fault(what, do, where=f"{sheet}!{at}")
