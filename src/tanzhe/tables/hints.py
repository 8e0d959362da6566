"""Why a sheet is no table to us, and what its owner can do."""

from tanzhe.errors import InputError, Words
from tanzhe.tables.axis import axis
from tanzhe.tables.grid import Grid, cell_at, is_blank, refused, text_of
from tanzhe.tables.numbers import read_number
from tanzhe.tables.readings import readings
from tanzhe.tables.vocabulary import has_role

_SHOWN = 60


def why_no_table(grid: Grid, file: str) -> InputError:
    """One message on a grid without a table in it."""
    where = f"{file}, {grid.sheet}" if grid.sheet else file
    rows = grid.rows
    if len(rows) < 2:
        what = Words("表头之下没有数据", "There is nothing below the header")
        return refused(where, what, Words("请另存含有数据的表", "Save the table with its data"))
    numbers = sum(read_number(cell).value is not None for row in rows[:200] for cell in row)
    if not numbers:
        what = Words("表里没有数字", "There are no numbers in it")
        return refused(where, what, Words("请给出含有数值的表", "Give a table with values"))
    if (named := _named(grid)) is not None:
        column, cell = named
        return refused(
            where,
            Words(f"“{column}”列看不懂的日期“{cell}”", f"Not a date in “{column}”: “{cell}”"),
            Words("请把日期写成 2021-05 这样的形式", "Write dates like 2021-05"),
        )
    head = next((row for row in rows if sum(not is_blank(c) for c in row) > 1), rows[0])
    names = "、".join(text_of(c) for c in head if not is_blank(c))[:_SHOWN]
    best, unread = 0, ""
    for c in range(min(grid.width, 30)):
        cells = [cell_at(row, c) for row in rows[:200]]
        found = axis(cells)
        if found.read > best:
            best = found.read
            held = zip(cells[1:], found.moments[1:], strict=True)
            unread = next((text_of(x) for x, m in held if m is None and not is_blank(x)), "")
    if best and unread:
        return refused(
            where,
            Words(
                f"找不到日期列：有的写法读不懂，如“{unread[:30]}”",
                f"No date column: some dates cannot be read, e.g. “{unread[:30]}”",
            ),
            Words("请把日期写成 2021-05 这样的形式", "Write dates like 2021-05"),
        )
    return refused(
        where,
        Words(f"找不到日期列，现有列：{names}", f"No date column; there are: {names}"),
        Words(
            "请让一列或一行写日期（如 2021-05），或用 --header 行号 指明表头",
            "Let a column or row hold dates (like 2021-05), or tell the header's line by --header",
        ),
    )


def _named(grid: Grid) -> tuple[str, str] | None:
    """A column that is called date, and its first cell that is none."""
    for i, row in enumerate(grid.rows[:30]):
        for c, cell in enumerate(row):
            if isinstance(cell, str) and has_role(cell, "date"):
                below = (text_of(cell_at(r, c)) for r in grid.rows[i + 1 : i + 200])
                unread = next((text for text in below if text and not readings(text)), None)
                return None if unread is None else (text_of(cell), unread[:30])
    return None
