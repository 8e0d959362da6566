"""Tables of web pages: those that only arrange the page, and those whose cells are merged."""

from typing import Any

LONGEST_CELL = 200  # letters; a cell with more holds a text, and its table arranges the page
MOST_MERGED = 60  # rows or columns one cell may cover
MOST_CELLS = 20_000  # of a table whose merged cells are written out


def untabled(tree: Any) -> None:
    """Turn tables that arrange the page into plain blocks, in place."""
    for table in reversed(list(tree.iter("table"))):
        cells = [one for one in table.iter("td", "th") if _table_of(one) is table]
        rows = {id(one.getparent()) for one in cells}
        nested = table.find(".//table") is not None
        long = any(len(one.text_content().strip()) > LONGEST_CELL for one in cells)
        if nested or long or len(cells) <= max(1, len(rows)):
            for one in [table, *(e for e in table.iter() if _table_of(e) is table)]:
                if one.tag in ("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
                    one.tag = "div"


def _table_of(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def spread(tree: Any) -> None:
    """Write merged cells once into every row and column they cover, in place."""
    for table in tree.iter("table"):
        rows = [one for one in table.iter("tr") if _table_of(one) is table]
        cells = [one for row in rows for one in row if one.tag in ("td", "th")]
        size = sum(_span(one, "colspan") * _span(one, "rowspan") for one in cells)
        if size > MOST_CELLS or size == len(cells):
            continue
        below: dict[int, tuple[int, Any]] = {}  # column -> rows still to come, and the cell
        for row in rows:
            below = _spread_row(row, below)


def piped(tree: Any) -> None:
    """Write every table as lines with pipes, in place: reading a short page loses its columns."""
    for table in list(tree.iter("table")):
        lines = []
        for row in table.iter("tr"):
            cells = [" ".join(one.text_content().split()) for one in row if one.tag in ("td", "th")]
            if any(cells):
                line = table.makeelement("p")
                line.text = f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
                lines.append(line)
        tail = table.tail
        table.clear()
        table.tag, table.tail = "div", tail
        table.extend(lines)


def _spread_row(row: Any, above: dict[int, tuple[int, Any]]) -> dict[int, tuple[int, Any]]:
    cells = [one for one in row if one.tag in ("td", "th")]
    placed: list[Any] = []
    below: dict[int, tuple[int, Any]] = {}

    def fill() -> None:
        while len(placed) in above and len(placed) < MOST_MERGED:
            left, cell = above[len(placed)]
            if left > 1:
                below[len(placed)] = (left - 1, cell)
            placed.append(_copy(cell))

    for cell in cells:
        fill()
        wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
        for number in range(wide):
            if high > 1:
                below[len(placed)] = (high - 1, cell)
            placed.append(cell if number == 0 else _copy(cell))
    fill()
    for cell in cells:
        for name in ("colspan", "rowspan"):
            cell.attrib.pop(name, None)
    for at, cell in enumerate(placed):
        row.insert(at, cell)
    return below


def _span(cell: Any, name: str) -> int:
    said = (cell.get(name) or "1").strip()
    return min(max(1, int(said)), MOST_MERGED) if said.isdecimal() and len(said) < 4 else 1


def _copy(cell: Any) -> Any:
    """The same words in another cell."""
    made = cell.makeelement(cell.tag)
    made.text = " ".join(cell.text_content().split())
    return made
