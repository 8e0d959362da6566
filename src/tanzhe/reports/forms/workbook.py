"""Excel: what the page says, a sheet a table of data, and the facts with their places."""

import io
import re
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tanzhe.errors import Language, Words
from tanzhe.parks.office.template import put
from tanzhe.reports.forms.annextables import exact, said_facts
from tanzhe.reports.forms.typography import letters
from tanzhe.reports.pages.blocks import Figure, lines_of, plain, walk
from tanzhe.reports.pages.datatables import Cell, Column, DataTable
from tanzhe.reports.pages.page import Page
from tanzhe.reports.words.escape import one_line
from tanzhe.reports.words.vocabulary import labelled

FORM = {
    "name": "xlsx",
    "suffix": ".xlsx",
    "media": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "is_text": False,
}

_TEXT = Words("文字", "Text")
_FACTS = Words("数从哪里来", "Facts")
_FACT_HEAD = (
    Words("编号", "Id"), Words("文中", "Text"), Words("精确值", "Exact value"),
    Words("出处", "From"), Words("网址", "Address"),
)  # fmt: skip
_LONGEST_NAME, _WIDEST, _NARROWEST = 31, 60, 8
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def render(page: Page) -> bytes:
    """The page as the bytes of an .xlsx file; the same page gives the same bytes."""
    if page.workbook is not None:
        return page.workbook()
    book = Workbook()
    book.remove(book.active)
    _text(book, page)
    for table in page.tables:
        _data(book, table, page.language)
    _facts(book, page)
    return _saved(book, page)


def _sheet(book: Workbook, name: str) -> Worksheet:
    return book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:_LONGEST_NAME])


def _text(book: Workbook, page: Page) -> None:
    """Every line of the page, one a row, so that the workbook says all that the page says."""
    sheet = _sheet(book, _TEXT.said(page.language))
    sheet.column_dimensions["A"].width = 110
    row = 0
    for block in walk(page.blocks):
        for line in lines_of(block):
            row += 1
            cell = put(sheet, row, 1, one_line(plain(line)))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=row == 1)
        if isinstance(block, Figure):
            row += 1
            put(sheet, row, 1, one_line(block.drawing.key))


def _data(book: Workbook, table: DataTable, language: Language) -> None:
    head = [column.said(language) for column in table.columns]
    rows = [
        [_worded(cell, column, language) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    _filled(_sheet(book, table.title.said(language)), head, rows)


def _worded(cell: Cell, column: Column, language: Language) -> Cell:
    """A value of a closed choice in words."""
    if isinstance(cell, str) and column.choice:
        return labelled(column.choice, cell, language)
    return cell


def _facts(book: Workbook, page: Page) -> None:
    facts = said_facts(page)
    rows: list[list[Cell]] = []
    for fact in facts:
        place = page.places.get(fact.id)
        told = (place.zh if page.language == "zh" else place.en) if place else None
        value = fact.value if isinstance(fact.value, float | int) else exact(fact)
        rows.append([fact.id, fact.said(page.language), value, told, place.url if place else None])
    if rows:
        head = [one.said(page.language) for one in _FACT_HEAD]
        _filled(_sheet(book, _FACTS.said(page.language)), head, rows)


def _filled(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Head and rows; text is never a formula, and the head stays in sight."""
    for at, name in enumerate(head, 1):
        cell = put(sheet, 1, at, name)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for down, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            put(sheet, down, at, one_line(value) if isinstance(value, str) else value)
    for at in range(len(head)):
        texts = [head[at], *(str(row[at]) for row in rows if row[at] is not None)]
        width = max(letters(text) for text in texts) + 2
        letter = get_column_letter(at + 1)
        sheet.column_dimensions[letter].width = min(max(width, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "A2"
    if rows:
        sheet.auto_filter.ref = sheet.dimensions


def _saved(book: Workbook, page: Page) -> bytes:
    made = page.moment.replace(tzinfo=None)
    book.properties.creator = "tanzhe"
    book.properties.title = one_line(page.title)[:255]
    book.properties.created = made
    held, fixed = io.BytesIO(), io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":  # written now, but made then
                content = _MODIFIED.sub(rb"\g<1>" + f"{made:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            target.writestr(zipfile.ZipInfo(name, _NO_DAY), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
