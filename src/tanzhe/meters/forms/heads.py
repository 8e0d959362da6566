"""Heads of two rows: a heading over several columns, or units below headings."""

from tanzhe.meters.forms.headings import unit_factor
from tanzhe.meters.rows import micro
from tanzhe.tables import Grid
from tanzhe.tables.grid import cell_at, is_blank, text_of


def joined(grid: Grid) -> Grid:
    """A table whose two rows of headings have become one; others as they are.

    The second row is one of headings where it holds words and no number, and where cells of the
    first are empty above it or it holds units alone.
    """
    if len(grid.rows) < 3:
        return grid
    upper = [text_of(cell) for cell in grid.rows[0]]
    lower = [text_of(cell_at(grid.rows[1], at)) for at in range(len(upper))]
    lower += [text_of(cell) for cell in grid.rows[1][len(upper) :]]
    upper += [""] * (len(lower) - len(upper))
    said = [one for one in lower if one]
    units = [one for one in said if unit_factor(one.strip("()（）")) is not None]
    numbers = any(micro(cell) is not None for cell in grid.rows[1] if not is_blank(cell))
    below_blanks = any(two and not one for one, two in zip(upper, lower, strict=True))
    only_units = bool(said) and len(units) == len(said)
    if not said or numbers or len(said) == len(upper) or not (below_blanks or only_units):
        return grid
    titles = tuple(_title(one, two) for one, two in zip(upper, lower, strict=True))
    return grid._replace(lines=grid.lines[1:], rows=[titles, *grid.rows[2:]])


def _title(upper: str, lower: str) -> str:
    if not lower or not upper:
        return lower or upper
    bare = lower.strip("()（）")
    return f"{upper}（{bare}）" if unit_factor(bare) is not None else lower
