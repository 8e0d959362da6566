"""A ledger found in a workbook: its sheet by title, its columns by header, its filled rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from tanzhe.errors import Words, quoted
from tanzhe.names import folded
from tanzhe.parks.office.book import Cell, Table
from tanzhe.parks.office.cells import as_text, is_blank
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.faults import Faults
from tanzhe.parks.office.layout import LEDGERS, REMARK

MOST_ROWS = 5_000  # of a ledger: fifty firms, twelve months and eight kinds are fewer
# The header stands in row 2; people put titles and notes above it.
_HEADER_WITHIN = 20


@dataclass(frozen=True)
class Row:
    """One filled row: its number and its cells by field."""

    number: int
    cells: dict[str, Cell]

    def at(self, field: str) -> str:
        """Address of a field's cell, or of the row where the column is missing."""
        return self.cells[field].at if field in self.cells else f"A{self.number}"


def header_key(text: str) -> str:
    r"""A header without its unit, star, width and spaces.

    Example:
        >>> header_key("*电量\n（按右边的单位）") == header_key(" 电 量 ")
        True
    """
    first = re.split(r"[\n\r（(]", text.strip().lstrip("*＊"))[0]
    return folded(first).lstrip("*")


def find_sheet(tables: Iterable[Table], title: str) -> Table | None:
    """The sheet of a title; width and spaces do not matter."""
    return next((one for one in tables if folded(one.title) == folded(title)), None)


def filled_rows(tables: list[Table], ledger: Ledger, faults: Faults) -> list[Row]:
    """The filled rows of a ledger's sheet, top down.

    A missing sheet, a missing or unknown or repeated column, a hidden row are faults.
    """
    table = find_sheet(tables, ledger.sheet)
    if table is None:
        if not ledger.optional:
            _no_sheet(tables, ledger, faults)
        return []
    rows = list(table.rows())
    head = _header(rows, ledger)
    if head is None:
        faults.say(
            table.title,
            "A1",
            ("找不到表头", "请从模板复制表头一行"),
            ("There is no header row", "Copy the header row from the template"),
        )
        return []
    at = _columns(table, ledger, rows[head], rows[head + 1 :], faults)
    found = []
    for number, cells in rows[head + 1 :]:
        row = Row(number, {name: cells[i] for name, i in at.items() if i < len(cells)})
        if _is_filled(row, ledger):
            found.append(row)
            _check_hidden(table, row, faults)
        if len(found) > MOST_ROWS:
            faults.say(
                table.title,
                f"A{number}",
                (f"超过 {MOST_ROWS} 行", "请按品种、企业汇总后填报"),
                (f"Over {MOST_ROWS} rows", "Enter sums by kind and firm instead"),
            )
            return []
    return found


def stray_ledgers(tables: list[Table], faults: Faults) -> None:
    """A second sheet with a ledger's header, such as a copy, would silently count for nothing."""
    known = {folded(one.sheet) for one in LEDGERS}
    for table in tables:
        if folded(table.title) in known:
            continue
        rows = list(table.rows())
        for ledger in LEDGERS:
            head = _header(rows, ledger)
            if head is not None and len(rows) > head + 1 and len(ledger.columns) > 2:
                faults.say(
                    table.title,
                    "A1",
                    (
                        f"这张表的表头与“{ledger.sheet}”相同，但表名不对",
                        f"请把数据并入“{ledger.sheet}”，或删去这张表",
                    ),
                    (
                        f"It has the header of “{ledger.sheet}” under another name",
                        f"Move the rows to “{ledger.sheet}”, or delete the sheet",
                    ),
                )
                break


def _is_filled(row: Row, ledger: Ledger) -> bool:
    """Whether anything stands beside what the template fills in beforehand."""
    given = {"id"} | ({"indicator"} if ledger.path == "indicators" else set())
    return any(
        cell.problem or not is_blank(cell.value)
        for name, cell in row.cells.items()
        if name not in given
    )


def _check_hidden(table: Table, row: Row, faults: Faults) -> None:
    if table.is_hidden(row.number):
        faults.say(
            table.title,
            f"A{row.number}",
            ("隐藏的行里有数据", "请取消隐藏或筛选；不要的行请删除"),
            ("A hidden row holds data", "Unhide or unfilter it; delete it if it is not wanted"),
        )


def _no_sheet(tables: list[Table], ledger: Ledger, faults: Faults) -> None:
    have = quoted(one.title for one in tables)
    faults.say(
        ledger.sheet,
        "A1",
        (
            f"缺少工作表“{ledger.sheet}”，现有：{have.zh}",
            "请从模板补上这张表；没有数据也保留空表",
        ),
        (
            f"The sheet “{ledger.sheet}” is missing; there are {have.en}",
            "Add it from the template; keep it empty when there is nothing to enter",
        ),
    )


def _header(rows: list[tuple[int, list[Cell]]], ledger: Ledger) -> int | None:
    """Index of the row most like the header, when it holds at least half of the titles."""
    titles = {header_key(one.title) for one in ledger.columns}
    best, most = None, 0
    for index, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
        hits = len({header_key(str(c.value)) for c in cells if not is_blank(c.value)} & titles)
        if hits > most:
            best, most = index, hits
    return best if 2 * most >= len(titles) else None


def _columns(
    table: Table,
    ledger: Ledger,
    head: tuple[int, list[Cell]],
    body: list[tuple[int, list[Cell]]],
    faults: Faults,
) -> dict[str, int]:
    """Position of each field; what is missing, repeated or unknown is a fault."""
    fields = {header_key(one.title): one.field for one in ledger.columns}
    at: dict[str, int] = {}
    unknown: list[Cell] = []
    for position, cell in enumerate(head[1]):
        key = "" if is_blank(cell.value) else header_key(str(cell.value))
        if key in fields and fields[key] in at:
            _repeated(table, cell, faults)
        elif key in fields:
            at[fields[key]] = position
        elif key != header_key(REMARK) and _has_content(body, position):
            unknown.append(cell)
    for cell in unknown:
        _unknown(table, cell, [c.title for c in ledger.columns if c.field not in at], faults)
    if lost := [c.title for c in ledger.columns if c.field not in at and not c.later]:
        _missing(table, head[0], lost, faults)
    return at


def _has_content(body: list[tuple[int, list[Cell]]], position: int) -> bool:
    return any(
        position < len(cells) and (cells[position].problem or not is_blank(cells[position].value))
        for _, cells in body
    )


def _repeated(table: Table, cell: Cell, faults: Faults) -> None:
    title = as_text(cell.value)
    faults.say(
        table.title,
        cell.at,
        (f"“{title}”列出现两次", "请只保留一列"),
        (f"The column “{title}” stands twice", "Keep one of them"),
    )


def _unknown(table: Table, cell: Cell, missing: list[str], faults: Faults) -> None:
    if is_blank(cell.value):
        faults.say(
            table.title,
            cell.at,
            ("这一列有内容，没有列名", f"请补上模板的列名；补充说明写在“{REMARK}”列"),
            ("The column has content and no header", f"Name it; remarks go under “{REMARK}”"),
        )
        return
    title = as_text(cell.value).split("\n")[0]
    near = get_close_matches(title, missing, n=1, cutoff=0.3)
    hint = Words(f"是不是“{near[0]}”？", f"Is it “{near[0]}”? ") if near else Words("", "")
    faults.say(
        table.title,
        cell.at,
        (f"不认识的列“{title}”", f"{hint.zh}请改回模板的列名；补充说明写在“{REMARK}”列"),
        (
            f"Unknown column “{title}”",
            f"{hint.en}Use the template's headers; remarks go under “{REMARK}”",
        ),
    )


def _missing(table: Table, number: int, titles: list[str], faults: Faults) -> None:
    names = "”“".join(titles)
    faults.say(
        table.title,
        f"A{number}",
        (f"表头缺少“{names}”列", "请从模板补上，没有数据也保留空列"),
        (f"The header lacks “{names}”", "Add it from the template, empty if need be"),
    )
