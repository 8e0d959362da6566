"""How the template looks: fonts, colours, number formats, widths, paper."""

import math

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_NAME = "微软雅黑"
_GREEN, _PALE, _GREY, _LINE = "1F6B4F", "DCEBE3", "595959", "BFBFBF"
_EDGE = Border(*(Side(style="thin", color=_LINE) for _ in range(4)))
_WRAP = Alignment(wrap_text=True, vertical="center")
_TEXT, _AMOUNT, _SHARE, _AS_IT_IS = "@", "#,##0.00", "0.00%", "General"
_FORMATS = {_TEXT: "文本", _AMOUNT: "数量", _SHARE: "比例", _AS_IT_IS: "数字"}
_LINE_HEIGHT = 16.5  # points of a line of 10-point text

HEADER_HEIGHT = 46
GUIDE_WIDTHS = (12, 22, 18, 7, 78)
GUIDE_WIDTH = sum(GUIDE_WIDTHS)
PARK_WIDTHS = (20, 34, 12, 72)


def guide_cell(cell: Cell, kind: str) -> None:
    """A cell of the guide."""
    cell.alignment = _WRAP
    match kind:
        case "title":
            cell.font = Font(_NAME, 18, bold=True, color=_GREEN)
        case "heading":
            cell.font = Font(_NAME, 12, bold=True, color=_GREEN)
        case "table_head":
            header(cell, needed=True)
        case "table":
            cell.font, cell.border = Font(_NAME, 10), _EDGE
            if cell.column == 1 and cell.value:
                cell.font = Font(_NAME, 10, bold=True)
        case _:
            cell.font = Font(_NAME, 10)


def about(sheet: Worksheet, columns: int) -> None:
    """The line above the header that says what belongs on the sheet."""
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    cell = sheet.cell(1, 1)
    cell.font, cell.alignment = (
        Font(_NAME, 11, bold=True, color=_GREEN),
        Alignment(vertical="center"),
    )
    sheet.row_dimensions[1].height = 26


def header(cell: Cell, *, needed: bool) -> None:
    """A header; columns that must be filled are darker."""
    cell.fill = PatternFill("solid", fgColor=_GREEN if needed else _PALE)
    cell.font = Font(_NAME, 10, bold=True, color="FFFFFF" if needed else "1F1F1F")
    cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    cell.border = _EDGE


def field(cell: Cell, *, entered: bool) -> None:
    """A cell of the sheet on the park: label, entry, unit or hint."""
    cell.alignment, cell.border = _WRAP, _EDGE
    cell.font = Font(_NAME, 10, color="000000" if entered or cell.column == 1 else _GREY)


def entry(cell: Cell, kind: str, unit: str) -> None:
    """A cell to be filled in, with the format of what belongs there.

    Thousands of cells share a few named styles: styling each by itself takes ten times as long.
    """
    wrapped, format = kind in ("text", "name"), _format(kind, unit)
    name = f"填写{_FORMATS[format]}{'换行' if wrapped else ''}"
    book = cell.parent.parent
    if name not in book.named_styles:
        style = NamedStyle(name, font=Font(_NAME, 10), border=_EDGE, number_format=format)
        style.alignment = Alignment(vertical="center", wrap_text=wrapped)
        book.add_named_style(style)
    cell.style = name


def _format(kind: str, unit: str) -> str:
    if kind == "number":
        return _SHARE if unit == "%" else _AS_IT_IS if "/" in unit or not unit else _AMOUNT
    return _AS_IT_IS if kind == "whole" else _TEXT


def widths(sheet: Worksheet, sizes: tuple[int, ...]) -> None:
    """Widths of the columns, in characters."""
    for position, size in enumerate(sizes, 1):
        sheet.column_dimensions[get_column_letter(position)].width = size


def fit_height(sheet: Worksheet, row: int, text: str, width: int) -> None:
    """Make a row high enough for a text that wraps at a width in characters."""
    size = sum(2 if ord(c) > 0x2E80 else 1 for c in text)
    lines = max(1, math.ceil(size / (width * 0.95)))
    sheet.row_dimensions[row].height = max(
        lines * _LINE_HEIGHT + 4, sheet.row_dimensions[row].height or 0
    )


def page(sheet: Worksheet, *, landscape: bool) -> None:
    """A4, as wide as one page, the header on each."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False
    if landscape:
        sheet.print_title_rows = "1:2"
