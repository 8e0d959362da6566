"""Tables side by side on one sheet: each column of values has the dates to its left."""

import re

from tanzhe.names import folded
from tanzhe.tables.axis import axis
from tanzhe.tables.choices import Choices
from tanzhe.tables.columns import named_column
from tanzhe.tables.grid import cell_at, is_blank
from tanzhe.tables.layout import Block
from tanzhe.tables.row_moments import DateColumns
from tanzhe.tables.vocabulary import has_role

# A column of dates is dates but for notes.
_MOSTLY = 0.6


def beside_another(block: Block | None, choices: Choices) -> Block | None:
    """Where a column of the second of two tables side by side is chosen: the second."""
    if block is None or choices.column is None or block.periods:
        return block
    names = block.names
    chosen = named_column(choices.column, names, range(len(names))) or 0
    dates = dates_of(block, chosen, choices)
    if dates == block.dates:
        return block
    left, begin = min(dates.columns), block.begin
    rows = [
        row if i < begin else tuple(None if c < left else cell for c, cell in enumerate(row))
        for i, row in enumerate(block.grid.rows)
    ]
    return block._replace(
        grid=block.grid._replace(rows=rows), dates=dates, told=dates.told, doubt=dates.doubt,
        year_to_date=dates.year_to_date, merged=dates.merged,
    )  # fmt: skip


def dates_of(block: Block, column: int, choices: Choices) -> DateColumns:
    """The columns that tell when of a column of values: those of its own table.

    Args:
        block: a sheet, perhaps with several tables side by side.
        column: of values.
        choices: order of day and month.

    Returns:
        The dates nearest to the left, called as those of the first table or as dates are; those
        of the first where there are no others.
    """
    if block.periods or not block.dates.columns:
        return block.dates
    own = [_again(block, first, column, choices) for first in block.dates.columns]
    columns = tuple(c for c in own if c is not None)
    if len(columns) < len(own):
        return block.dates
    found = axis([cell_at(row, columns[0]) for row in block.grid.rows[block.begin :]], choices)
    return block.dates._replace(
        columns=columns, told=found.told, doubt=found.doubt,
        year_to_date=found.year_to_date, merged=found.merged,
    )  # fmt: skip


def _again(block: Block, first: int, column: int, choices: Choices) -> int | None:
    """The dates nearest to the left of a column that stand where the first table does not."""
    kind = block.dates.kinds[block.dates.columns.index(first)]
    for c in range(column - 1, max(block.dates.columns), -1):
        same = _last(block.names[c]) == _last(block.names[first])
        if not same and (kind or not has_role(block.names[c], "date")):
            continue
        cells = [cell_at(row, c) for row in block.grid.rows[block.begin :]]
        held = sum(not is_blank(cell) for cell in cells)
        if held and (kind or axis(cells, choices).read >= _MOSTLY * held):
            return c
    return None


def _last(name: str) -> str:
    return folded(re.sub(r"#\d+$", "", name.rsplit("/", 1)[-1]))
