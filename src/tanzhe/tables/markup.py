"""Tables of web pages and of XML spreadsheets, which statistics offices serve as “.xls”."""

from pathlib import Path
from typing import Any

from tanzhe.errors import Words
from tanzhe.tables.encoding import decoded
from tanzhe.tables.grid import RESAVE, Grid, Row, filled, refused

# A page may claim a cell over a million columns.
_WIDEST_SPAN = 1000
_EXCEL = "{urn:schemas-microsoft-com:office:spreadsheet}"


def is_markup(start: bytes) -> bool:
    """Whether a file begins as a page or XML does."""
    plain = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").replace(b"\x00", b"").lower()
    signs = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<meta", b"<workbook")
    return plain.startswith(signs)


def read_markup(path: Path) -> list[Grid]:
    """Every table of a page, or every sheet of an XML spreadsheet.

    Raises:
        InputError: no table in it.
    """
    raw = path.read_bytes()
    # A page that says gb2312 means its superset, which the bytes tell as well.
    text, encoding = decoded(raw, path.name)
    found = _spreadsheet(raw, path.name) if "office:spreadsheet" in text[:4000] else []
    found = found or _page(text, path.name, encoding)
    if not found:
        what = Words("内容是网页，里面没有表格", "It is a web page without a table")
        raise refused(path.name, what, RESAVE)
    return found


def _page(text: str, file: str, encoding: str) -> list[Grid]:
    import lxml.html

    body = text.split("?>", 1)[1] if text.lstrip().startswith("<?xml") else text
    try:
        tree = lxml.html.document_fromstring(body)
    except (ValueError, lxml.etree.LxmlError):
        return []
    found = []
    for number, table in enumerate(tree.iter("table"), start=1):
        if next(table.iterdescendants("table"), None) is not None:
            continue  # a frame: the table inside it comes by itself
        numbers, rows = filled(enumerate(_cells(table), start=1), file)
        if rows:
            found.append(Grid(file, f"table {number}", True, numbers, rows, "HTML", encoding))
    return found


def _cells(table: Any) -> list[Row]:
    """The rows of a table; a cell over several rows or columns stands in each of them."""
    held: dict[int, tuple[int, str]] = {}
    rows: list[Row] = []
    for line in table.iter("tr"):
        row: list[str] = []

        def carried(row: list[str] = row) -> None:
            while len(row) in held:
                left, text = held.pop(len(row))
                if left > 1:
                    held[len(row)] = (left - 1, text)
                row.append(text)

        for cell in line.iterchildren("td", "th"):
            carried()
            text = " ".join(cell.text_content().split())
            for _ in range(_span(cell, "colspan")):
                if (down := _span(cell, "rowspan")) > 1:
                    held[len(row)] = (down - 1, text)
                row.append(text)
        _rest(row, held)
        rows.append(tuple(row))
    return rows


def _rest(row: list[str], held: dict[int, tuple[int, str]]) -> None:
    """What still hangs down from above right of the last cell."""
    for position in sorted(p for p in held if p >= len(row)):
        left, text = held.pop(position)
        row.extend("" for _ in range(position - len(row)))
        if left > 1:
            held[position] = (left - 1, text)
        row.append(text)


def _span(cell: Any, name: str) -> int:
    told = str(cell.get(name, "1")).strip()
    return min(max(int(told), 1), _WIDEST_SPAN) if told.isdecimal() else 1


def _spreadsheet(raw: bytes, file: str) -> list[Grid]:
    """Sheets of an XML spreadsheet of 2003."""
    import lxml.etree

    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    tree = lxml.etree.fromstring(raw, parser)
    found = []
    for sheet in () if tree is None else tree.iter(f"{_EXCEL}Worksheet"):
        numbers, rows = filled(enumerate(map(_xml_row, sheet.iter(f"{_EXCEL}Row")), 1), file)
        name = str(sheet.get(f"{_EXCEL}Name", ""))
        visible = all(e.text != "SheetHidden" for e in sheet.iter("{*}Visible"))
        if rows:
            found.append(Grid(file, name, visible, numbers, rows, "XML"))
    return found


def _xml_row(row: Any) -> Row:
    cells: list[object] = []
    for cell in row.iter(f"{_EXCEL}Cell"):
        told = str(cell.get(f"{_EXCEL}Index", ""))
        if told.isdecimal() and len(cells) < int(told) <= _WIDEST_SPAN:
            cells.extend(None for _ in range(int(told) - 1 - len(cells)))
        data = cell.find(f"{_EXCEL}Data")
        text = "" if data is None else "".join(data.itertext()).strip()
        if data is not None and data.get(f"{_EXCEL}Type") == "DateTime":
            text = text.split("T00:00:00")[0]
        cells.append(text)
    return tuple(cells)
