"""Rows in columns for a terminal: a cell that is too long takes more lines."""

import io
import shutil
import sys
from collections.abc import Sequence

NARROWEST, WIDEST = 60, 120  # columns


def columns_of_terminal() -> int:
    """How wide lines may be: the terminal's columns, 80 where there is no terminal."""
    seen = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    return min(max(seen, NARROWEST), WIDEST)


def in_columns(rows: Sequence[Sequence[str]], most: int) -> list[str]:
    """The rows in columns; a cell that is too long for its column takes more lines."""
    from rich.console import Console  # a terminal's tools are loaded when there is a table
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    for _ in rows[0]:
        table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    page = io.StringIO()
    Console(file=page, width=most, color_system=None, markup=False, emoji=False, highlight=False,
            legacy_windows=False).print(table)  # fmt: skip
    return [line.rstrip() for line in page.getvalue().splitlines()]
