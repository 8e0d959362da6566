"""Cells of CSV that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from tanzhe.reports.pages.datatables import Cell, DataTable
from tanzhe.reports.words.escape import one_line

# What makes a spreadsheet calculate, also behind blanks, or as a full-width sign.
_ACTIVE = tuple("=+-@\t\r＝＋－＠")


def inactive(text: str) -> str:
    """A text that a spreadsheet shows as it is; an active one has a `'` before it.

    Example:
        >>> inactive("=1+1"), inactive("平常"), inactive("-5")
        ("'=1+1", '平常', "'-5")
    """
    plain = one_line(text)
    return f"'{plain}" if plain.startswith(_ACTIVE) else plain


def cell_text(cell: Cell) -> str:
    """A cell as CSV holds it: true and false, numbers with all their digits, empty for unknown."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return inactive(cell) if isinstance(cell, str) else repr(cell)


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Lines of CSV, comma and line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([cell_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def table_csv(table: DataTable) -> str:
    """A table of data under the names of its columns."""
    return csv_text([column.name for column in table.columns], table.rows)
