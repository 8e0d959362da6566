"""The form to fill in: a workbook or a YAML file, empty or holding a study."""

import io
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tanzhe.footprints.form import Column, Sheet
from tanzhe.footprints.sheets import SHEETS

Values = Mapping[str, object]
Filled = Mapping[str, list[Values]]
_GREEN, _PALE = "1F6B4F", "DCEBE3"
_ROWS = 500  # with drop-downs; further rows are read just the same


def workbook_template(filled: Filled | None = None) -> bytes:
    """The workbook, as bytes of an .xlsx file.

    Args:
        filled: values by the keys of sheets and columns; None for an empty form.
    """
    book = Workbook()
    book.remove(book.active)
    for sheet in SHEETS:
        page = book.create_sheet(sheet.title)
        rows = (filled or {}).get(sheet.key, [])
        if sheet.lines:
            _lines(page, sheet, rows[0] if rows else {})
        else:
            _table(page, sheet, rows)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _lines(page: Worksheet, sheet: Sheet, values: Values) -> None:
    _about(page, sheet)
    for position, title in enumerate(("项目", "填写", "怎么填"), 1):
        _header(page, 2, position, title, needed=True)
    for number, column in enumerate(sheet.columns, 3):
        _put(page, number, 1, f"*{column.title}" if column.needed else column.title)
        _put(page, number, 2, values.get(column.key))
        _put(page, number, 3, _hint(column))
        _drop_down(page, column, f"B{number}")
    for letter, width in zip("ABC", (18, 44, 70), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A3"


def _table(page: Worksheet, sheet: Sheet, rows: list[Values]) -> None:
    _about(page, sheet)
    for position, column in enumerate(sheet.columns, 1):
        title = f"*{column.title}" if column.needed else column.title
        _header(page, 2, position, title, needed=column.needed)
        if hint := _hint(column):
            page.cell(2, position).comment = Comment(hint, "tanzhe", width=360, height=150)
        letter = get_column_letter(position)
        page.column_dimensions[letter].width = column.width
        _drop_down(page, column, f"{letter}3:{letter}{_ROWS}")
        for number in range(3, _ROWS + 1) if column.kind == "percent" else ():
            page.cell(number, position).number_format = "@"  # so that 40% stays what was typed
        for number, values in enumerate(rows, 3):
            _put(page, number, position, _shown(values.get(column.key), column))
    page.freeze_panes = "B3"


def _shown(value: object, column: Column) -> object:
    """A value as it is written: percentages with their sign."""
    if column.kind == "percent" and isinstance(value, Decimal | int | float):
        return f"{Decimal(repr(value)) if isinstance(value, float) else value}%"
    return value


def _about(page: Worksheet, sheet: Sheet) -> None:
    _put(page, 1, 1, f"{sheet.title}：{sheet.about.zh} {sheet.about.en}")
    page.cell(1, 1).font = Font(size=11, bold=True, color=_GREEN)
    page.sheet_view.showGridLines = True


def _header(page: Worksheet, row: int, position: int, title: str, *, needed: bool) -> None:
    cell = page.cell(row, position, title)
    cell.fill = PatternFill("solid", fgColor=_GREEN if needed else _PALE)
    cell.font = Font(bold=True, color="FFFFFF" if needed else "1F1F1F")
    cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")


def _hint(column: Column) -> str:
    """How a cell is filled in, with the words to choose from, in both languages."""
    choices = [*(column.choices or {}).values()]
    zh = (column.hint.zh, f"选：{'、'.join(one.zh for one in choices)}" if choices else "")
    english = ", ".join(f"{one.zh} = {one.en}" for one in choices if one.zh != one.en)
    en = (column.key.replace("_", " "), column.hint.en, english)
    return " | ".join(("。".join(filter(None, zh)), "; ".join(filter(None, en)))).removeprefix(
        " | "
    )


def _put(page: Worksheet, row: int, position: int, value: object) -> None:
    """Write a cell; text stays text, whatever sign it begins with."""
    cell = page.cell(row, position)
    if isinstance(value, str):
        cell.value, cell.data_type = value, "s"
    elif isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral_value() else float(value)
    elif isinstance(value, bool):
        cell.value = "是" if value else "否"
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def _drop_down(page: Worksheet, column: Column, cells: str) -> None:
    words = [one.zh for one in (column.choices or {}).values()]
    if column.kind == "yes":
        words = ["是", "否"]
    if words:
        rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        rule.error, rule.showErrorMessage = "请从下拉中选。", True
        page.add_data_validation(rule)
        rule.add(cells)


def yaml_template(filled: Filled | None = None) -> str:
    """The same form as YAML; an empty one has a row of each table, commented out."""
    return "\n".join(_yaml(filled or {})) + "\n"


def _yaml(filled: Filled) -> Iterator[str]:
    yield "# 产品碳足迹 product carbon footprint: tanzhe footprint FILE.yaml"
    for sheet in SHEETS:
        rows = filled.get(sheet.key, [])
        yield f"\n# {sheet.title}：{sheet.about.zh} {sheet.about.en}"
        yield f"{sheet.key}:" if sheet.lines or rows else f"{sheet.key}: []"
        if sheet.lines:
            values = rows[0] if rows else {}
            yield from (_entry(c, values.get(c.key), "  ") for c in sheet.columns)
        elif rows:
            for values in rows:
                given = [c for c in sheet.columns if values.get(c.key) is not None]
                for number, column in enumerate(given):
                    lead = "  - " if number == 0 else "    "
                    yield _entry(column, _shown(values[column.key], column), lead, told=False)
        else:
            for number, column in enumerate(sheet.columns):
                yield _entry(column, None, "#  - " if number == 0 else "#    ")


def _entry(column: Column, value: object, lead: str, *, told: bool = True) -> str:
    text = "" if value is None else _scalar(value)
    star = "必填 " if column.needed else ""
    remark = f"  # {star}{column.title}。{_hint(column)}" if told else ""
    return f"{lead}{column.key}: {text}{remark}"


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal | int | date):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
