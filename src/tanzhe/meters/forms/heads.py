"""Heads of two rows: a heading over several columns, or units below headings."""

from collections.abc import Iterator

from tanzhe.meters.forms.headings import unit_factor
from tanzhe.meters.rows import micro
from tanzhe.tables.grid import Grid, cell_at, is_blank, text_of

_ROWS = 3  # rows of headings at most


def joined(grid: Grid) -> Grid:
    """A table whose two or three rows of headings have become one; others as they are.

    A further row is one of headings where it holds words and no number, and where cells above it
    are empty or it holds units alone; a line with one cell is a title and no heading.

    Args:
        grid: from its first line on.
    """
    upper = [text_of(cell) for cell in grid.rows[0]]
    groups: list[str] = []
    used = 1
    if sum(map(bool, upper)) > 1:
        while used < _ROWS and (lower := _further(grid, upper, used)) is not None:
            groups = _rightwards(upper)
            upper = [_title(one, two) for one, two in zip(upper, lower, strict=True)]
            used += 1
    if used == 1:
        return grid
    titles = tuple(_told_apart(upper, groups))
    return grid._replace(lines=grid.lines[used - 1 :], rows=[titles, *grid.rows[used:]])


def _further(grid: Grid, upper: list[str], used: int) -> list[str] | None:
    """The next row as headings, as wide as what stands above it, which is widened to it."""
    if len(grid.rows) < used + 2:
        return None
    row = grid.rows[used]
    lower = [text_of(cell_at(row, at)) for at in range(max(len(upper), len(row)))]
    upper += [""] * (len(lower) - len(upper))
    said = [one for one in lower if one]
    units = [one for one in said if unit_factor(one.strip("()（）")) is not None]
    numbers = any(micro(cell) is not None for cell in row if not is_blank(cell))
    below_blanks = any(two and not one for one, two in zip(upper, lower, strict=True))
    only_units = bool(said) and len(units) == len(said)
    merged = used == 1 or not lower[0]  # a third row stands below cells that were merged
    if not said or numbers or len(said) == len(upper) or not (below_blanks or only_units):
        return None
    return lower if merged else None


def _title(upper: str, lower: str) -> str:
    if not lower or not upper:
        return lower or upper
    bare = lower.strip("()（）")
    return f"{upper}（{bare}）" if unit_factor(bare) is not None else lower


def _rightwards(titles: list[str]) -> list[str]:
    """Headings over the columns that were merged to the right."""
    found: list[str] = []
    for one in titles:
        found.append(one or (found[-1] if found else ""))
    return found


def _told_apart(titles: list[str], groups: list[str]) -> Iterator[str]:
    """Headings that stand twice with what stands over them: 正向有功总, 反向有功总."""
    for one, group in zip(titles, [*groups, *[""] * len(titles)], strict=False):
        twice = one and titles.count(one) > 1 and group != one
        yield f"{group}{one}" if twice else one
