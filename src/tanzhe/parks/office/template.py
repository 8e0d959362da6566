"""The workbook a park fills in: empty, or holding a park's year."""

import re
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tanzhe.model.columns import Column
from tanzhe.model.park import ParkYear
from tanzhe.parks.office import style
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.filling import ledger_rows, park_fields
from tanzhe.parks.office.guide import guide_lines
from tanzhe.parks.office.layout import GUIDE, INDICATORS, LEDGERS, OPTIONS, PARK, REMARK
from tanzhe.parks.office.options import Options
from tanzhe.places import provinces

HEADER_ROW = 2
SPARE_ROWS = 50  # with ids and borders; further rows are read just the same
VALIDATED_ROWS = 1000
# What no office file may hold.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def template(
    options: Options, park: ParkYear | None = None, *, spare_rows: int = SPARE_ROWS
) -> Workbook:
    """The workbook of `tanzhe park template`.

    Args:
        options: what the open drop-downs offer.
        park: entries to fill in; None for an empty template.
        spare_rows: empty rows prepared below the entries of each ledger.

    Returns:
        An openpyxl workbook: 填报说明, 园区信息, a sheet per ledger, and a hidden list of options.
    """
    book = Workbook()
    book.remove(book.active)
    _guide(book.create_sheet(GUIDE))
    lists = _Lists(options)
    _park_sheet(book.create_sheet(PARK.sheet), lists, park_fields(park, options) if park else {})
    rows = ledger_rows(park, options) if park else {}
    for ledger in LEDGERS:
        prepared = _prepared(ledger, options, rows.get(ledger.path, []), spare_rows)
        _ledger_sheet(book.create_sheet(ledger.sheet), ledger, lists, list(prepared))
    lists.write(book.create_sheet(OPTIONS))
    book.active = 0
    return book


class _Lists:
    """The words of all drop-downs, on one hidden sheet."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._lists: dict[str, list[str]] = {
            "省份": [place.zh for place in provinces()],
            "指标": [one.name for one in options.indicators.values()],
            **{name: list(words) for name, words in options.names.items()},
        }

    def of(self, column: Column) -> Sequence[str]:
        """The words offered in a column, empty when it takes anything."""
        match column.kind:
            case "choice":
                return list((column.choices or {}).values())
            case "place":
                return self._lists["省份"]
            case "indicator":
                return self._lists["指标"]
            case "name":
                return self._lists[column.options]
            case _:
                return ()

    def formula(self, words: Sequence[str]) -> str:
        """The range the words stand in; written inline where Excel's 255 characters suffice."""
        inline = ",".join(words)
        if len(inline) < 200 and "," not in "".join(words):
            return f'"{inline}"'
        position = list(self._lists.values()).index(list(words)) + 1
        letter = get_column_letter(position)
        return f"'{OPTIONS}'!${letter}$2:${letter}${len(words) + 1}"

    def write(self, sheet: Worksheet) -> None:
        """The hidden sheet."""
        for position, (name, words) in enumerate(self._lists.items(), 1):
            for row, word in enumerate((name, *words), 1):
                sheet.cell(row, position, word)
        sheet.sheet_state = "hidden"


def _guide(sheet: Worksheet) -> None:
    for row, line in enumerate(guide_lines(), 1):
        for column, text in enumerate(line.cells, 1):
            style.guide_cell(sheet.cell(row, column, text), line.kind)
        if not line.kind.startswith("table"):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=5)
            style.fit_height(sheet, row, line.cells[0], style.GUIDE_WIDTH)
        elif line.kind == "table":
            style.fit_height(sheet, row, line.cells[-1], style.GUIDE_WIDTHS[-1])
    style.widths(sheet, style.GUIDE_WIDTHS)
    style.page(sheet, landscape=False)


def _park_sheet(sheet: Worksheet, lists: _Lists, fields: Mapping[str, object]) -> None:
    put(sheet, 1, 1, PARK.about)
    style.about(sheet, 4)
    for position, title in enumerate(("项目", "填写", "单位", "怎么填"), 1):
        style.header(put(sheet, HEADER_ROW, position, title), needed=True)
    for row, column in enumerate(PARK.columns, HEADER_ROW + 1):
        cells = (_star(column), fields.get(column.field), column.unit, column.hint)
        for position, value in enumerate(cells, 1):
            cell = put(sheet, row, position, value)
            style.field(cell, entered=position == 2)
        style.entry(sheet.cell(row, 2), column.kind, column.unit)
        _validate(sheet, lists, column, f"B{row}")
        style.fit_height(sheet, row, column.hint, style.PARK_WIDTHS[-1])
    style.widths(sheet, style.PARK_WIDTHS)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    style.page(sheet, landscape=True)


def _ledger_sheet(
    sheet: Worksheet, ledger: Ledger, lists: _Lists, rows: Sequence[Mapping[str, object]]
) -> None:
    remark = Column(REMARK, "remarks", "随便写，程序不读。", width=24)
    columns = (*ledger.columns, remark)
    put(sheet, 1, 1, f"{ledger.sheet}：{ledger.about}")
    style.about(sheet, len(columns))
    for position, column in enumerate(columns, 1):
        cell = put(sheet, HEADER_ROW, position, _header(column))
        style.header(cell, needed=bool(column.needed))
        cell.comment = _comment(column)
        letter = get_column_letter(position)
        last = VALIDATED_ROWS + HEADER_ROW
        _validate(sheet, lists, column, f"{letter}{HEADER_ROW + 1}:{letter}{last}")
        sheet.column_dimensions[letter].width = column.width
    for number, fields in enumerate(rows, HEADER_ROW + 1):
        for position, column in enumerate(columns, 1):
            cell = put(sheet, number, position, fields.get(column.field))
            style.entry(cell, column.kind, _cell_unit(column, fields, lists.options))
    first_free = 2 if ledger.prefix or ledger is INDICATORS else 1
    sheet.freeze_panes = f"{get_column_letter(first_free)}{HEADER_ROW + 1}"
    sheet.row_dimensions[HEADER_ROW].height = style.HEADER_HEIGHT
    style.page(sheet, landscape=True)


def _prepared(
    ledger: Ledger, options: Options, rows: Sequence[Mapping[str, object]], spare: int
) -> Iterable[Mapping[str, object]]:
    """The rows, then empty ones with their ids; the indicators stand there from the start."""
    yield from rows
    if ledger is INDICATORS and not rows:
        yield from ({"indicator": one.name} for one in options.indicators.values())
    used = {str(row.get("id")) for row in rows}
    names = (f"{ledger.prefix}{n}" for n in range(1, spare + len(rows) + 1))
    free = [name for name in names if name not in used][:spare]
    yield from ({"id": name} if ledger.prefix else {} for name in free)


def _cell_unit(column: Column, fields: Mapping[str, object], options: Options) -> str:
    """Unit of one cell: `%` for the indicators that are shares."""
    if column.field != "value" or "indicator" not in fields:
        return column.unit
    name = fields["indicator"]
    return next((one.unit for one in options.indicators.values() if one.name == name), "")


def _star(column: Column) -> str:
    return f"*{column.title}" if column.needed else column.title


def _header(column: Column) -> str:
    return f"{_star(column)}\n（{column.unit}）" if column.unit else _star(column)


def _comment(column: Column) -> Comment:
    duty = "必填。" if column.needed else "选填。"
    comment = Comment(duty + column.hint, "tanzhe")
    comment.width, comment.height = 320, 110
    return comment


def _validate(sheet: Worksheet, lists: _Lists, column: Column, cells: str) -> None:
    words = lists.of(column)
    if words:
        rule = DataValidation(type="list", formula1=lists.formula(words), allow_blank=True)
        rule.error, rule.errorTitle = "请从下拉中选。", column.title
        rule.showErrorMessage = column.kind in ("choice", "place")
    elif column.kind in ("number", "whole"):
        kind = "decimal" if column.kind == "number" else "whole"
        least = "-1E+15" if column.signed else "0"
        rule = DataValidation(
            type=kind, operator="greaterThanOrEqual", formula1=least, allow_blank=True
        )
        told = "" if column.signed else "不小于零的"
        rule.error, rule.errorTitle = f"请只填{told}数字，不带单位和文字。", column.title
        rule.showErrorMessage = True
    else:
        return
    rule.prompt, rule.promptTitle = column.hint[:255], column.title[:32]
    rule.showInputMessage = len(cells) < 6  # on the park's sheet; ledgers have header comments
    sheet.add_data_validation(rule)
    rule.add(cells)


def put(sheet: Worksheet, row: int, column: int, value: object) -> Cell:
    """Write a cell; text stays text, whatever sign it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = UNPRINTABLE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value
    return cell
