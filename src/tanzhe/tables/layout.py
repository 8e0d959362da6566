"""Where the header stands, where the data begin, and which way the dates run."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.names import folded
from tanzhe.tables.across import PeriodRow, find_period_row
from tanzhe.tables.choices import Choices
from tanzhe.tables.dates_down import find_date_columns
from tanzhe.tables.grid import Grid, Row, cell_at, is_blank, text_of
from tanzhe.tables.moments import Moment
from tanzhe.tables.naming import is_place, is_sector
from tanzhe.tables.numbers import is_number, read_number
from tanzhe.tables.row_moments import DateColumns
from tanzhe.tables.units import is_unit, unit_in_line
from tanzhe.tables.vocabulary import BLOCK_ROLE

# Services of data put up to some fifteen rows above the figures.
DEEPEST = 80
MOST_HEADER_ROWS = 24
_ORDINALS = frozenset("甲乙丙丁戊己")


class Block(NamedTuple):
    """A grid with its header understood.

    Attributes:
        grid: the cells.
        titles: lines above the header, as text.
        header: positions of the header's rows in the grid.
        begin: position of the first row of data.
        names: of each column.
        units: of each column, from a row of units; "" without one.
        regions: of each column, from a row of regions; "" without one.
        dates: the columns that tell when, each row.
        periods: moment of each column whose cells are values at that moment; empty where the
            dates run down.
    """

    grid: Grid
    titles: tuple[str, ...]
    header: tuple[int, ...]
    begin: int
    names: tuple[str, ...]
    units: tuple[str, ...]
    regions: tuple[str, ...]
    dates: DateColumns
    periods: dict[int, Moment]
    told: tuple[Words, ...]
    doubt: tuple[Words, Words] | None
    year_to_date: bool
    merged: bool


def find_block(grid: Grid, choices: Choices) -> Block | None:
    """The table of a grid, or None where no dates with numbers beside them are found."""
    grid = _from_header(grid, choices)
    rows = grid.rows
    outside = (grid.sheet,)
    row = find_period_row(rows[:DEEPEST], choices)
    down = None if row else find_date_columns(rows, choices, outside)
    if row is not None:
        return _across(grid, row, choices)
    if down is None or not down.columns:
        return None
    begin = down.begin
    header, titles = _header(rows, begin, choices)
    names, units, regions = _names(rows, header, grid.width, down.columns[0])
    return Block(
        grid, titles, header, begin, names, units, regions, down, {}, down.told, down.doubt,
        down.year_to_date, down.merged,
    )  # fmt: skip


def _from_header(grid: Grid, choices: Choices) -> Grid:
    """The grid from the line on that was named the header."""
    if choices.header is None:
        return grid
    keep = [i for i, line in enumerate(grid.lines) if line >= choices.header]
    return grid._replace(lines=[grid.lines[i] for i in keep], rows=[grid.rows[i] for i in keep])


def _across(grid: Grid, row: PeriodRow, choices: Choices) -> Block | None:
    rows = grid.rows
    header = tuple(range(row.top, row.bottom + 1))
    begin = row.bottom + 1
    titles = tuple(_line(rows[i]) for i in range(row.top))
    names, units, regions = _names(rows, header, grid.width, 0)
    whole = all(moment.year is not None for moment in row.periods.values())
    dates = DateColumns.none(begin)
    years = {moment.span for moment in row.periods.values()} == {"year"}
    if not whole or years:
        outside = (grid.sheet, *titles)
        said = frozenset(
            part
            for moment in row.periods.values()
            for part, value in moment._asdict().items()
            if value is not None
        )
        beside = [_without(one, row.periods) for one in rows]
        found = find_date_columns(beside, choices, outside, parts=said)
        if found is None and not whole:
            return None
        if found is not None:
            dates = found._replace(begin=max(begin, found.begin))
            begin = dates.begin
    return Block(
        grid, titles, header, begin, names, units, regions, dates, row.periods,
        (*row.told, *dates.told), row.doubt or dates.doubt, row.year_to_date, row.merged,
    )  # fmt: skip


def _without(row: Row, columns: dict[int, Moment]) -> Row:
    return tuple(None if i in columns else cell for i, cell in enumerate(row))


def _line(row: Row) -> str:
    return " ".join(text_of(cell) for cell in row if not is_blank(cell))


def _count(row: Row) -> int:
    return sum(not is_blank(cell) for cell in row)


def _label(row: Row) -> str | None:
    return BLOCK_ROLE.get(folded(text_of(cell_at(row, 0)).rstrip(":：")))


def _header(
    rows: Sequence[Row], begin: int, choices: Choices
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Rows of the header among those above the data, and the lines above it as text."""
    if choices.header is not None:
        return tuple(range(begin)), ()
    wide = median(_count(row) for row in rows[begin : begin + 20])
    found: list[int] = []
    for i in range(begin - 1, max(-1, begin - 1 - MOST_HEADER_ROWS), -1):
        row = rows[i]
        labelled = _label(row) is not None and _count(row) > 0
        titled = any(unit_in_line(text_of(c)) for c in row) and not labelled
        # A title begins at the left; a single name over another column is a header.
        alone = _count(row) < 2 and not is_blank(cell_at(row, 0))
        if i == begin - 1 and is_section(row):
            continue
        if not labelled and (alone or titled) and not (wide <= 1 and not found):
            break
        found.append(i)
    header = tuple(sorted(i for i in found if not _is_numbering(rows[i])))
    section = begin - 1 if begin and is_section(rows[begin - 1]) else -1
    titles = [_line(rows[i]) for i in range(begin) if i not in found and i != section]
    return header, tuple(titles)


def is_section(row: Row) -> bool:
    """A row with nothing but a province or sector at its left: the rows below are of it."""
    return _count(row) == 1 and (is_place(name := text_of(cell_at(row, 0))) or is_sector(name))


def _is_numbering(row: Row) -> bool:
    """A row 甲 1 2 3 that statistical forms put under the header."""
    texts = [text_of(cell) for cell in row if not is_blank(cell)]
    plain = [t for t in texts if t not in _ORDINALS]
    numbers = [int(t) for t in plain if t.isdecimal()]
    return len(numbers) == len(plain) > 1 and numbers == list(
        range(numbers[0], numbers[0] + len(numbers))
    ) and numbers[0] in (1, 2)  # fmt: skip


def _names(
    rows: Sequence[Row], header: tuple[int, ...], width: int, label_column: int
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Names, units and regions of the columns."""
    labels = {i: _label(rows[i]) for i in header}
    if sum(label is not None for label in labels.values()) >= 2:
        return _of_block(rows, labels, width)
    units = [""] * width
    kept = []
    for i in header:
        cells = [text_of(cell_at(rows[i], c)) for c in range(width)]
        others = [t for c, t in enumerate(cells) if t and c != label_column]
        if len(header) > 1 and others and all(is_unit(t) or t in ("单位", "unit") for t in others):
            units = [t.strip("()（） ") if is_unit(t) else "" for t in cells]
            units = [t if c != label_column else "" for c, t in enumerate(units)]
        else:
            kept.append(cells)
    joined = [_joined(column) for column in zip(*_to_the_right(kept), strict=True)] if kept else []
    names = [name or f"列{c + 1}" for c, name in enumerate(joined)] or [
        f"列{c + 1}" for c in range(width)
    ]
    return tuple(_distinct(names)), tuple(units), ("",) * width


def _of_block(
    rows: Sequence[Row], labels: dict[int, str | None], width: int
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    def cells(role: str) -> list[str]:
        found = [i for i, label in labels.items() if label == role]
        return [text_of(cell_at(rows[found[0]], c)) for c in range(width)] if found else []

    bare = [i for i, label in labels.items() if label is None]
    plain = [text_of(cell_at(rows[bare[0]], c)) for c in range(width)] if bare else []
    names = cells("name") or plain or cells("region")
    units = cells("unit") or [""] * width
    regions = cells("region") or [""] * width
    names = [name or f"列{c + 1}" for c, name in enumerate(names)]
    return tuple(_distinct(names)), ("", *units[1:]), ("", *regions[1:])


def _to_the_right(levels: list[list[str]]) -> list[list[str]]:
    """Upper levels of a header hold for the columns to their right until the next."""
    for upper in levels[:-1]:
        held = ""
        for c, text in enumerate(upper):
            held = text or held
            if not text and any(level[c] for level in levels[levels.index(upper) + 1 :]):
                upper[c] = held if c else ""
    return levels


def _joined(parts: Sequence[str]) -> str:
    return "/".join(dict.fromkeys(part for part in parts if part))


def _distinct(names: Sequence[str]) -> list[str]:
    """Names made different where two columns have the same."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return found


def numeric_share(cells: Sequence[object]) -> float:
    """Share of the cells with content that are numbers; 0 where nothing stands."""
    held = [cell for cell in cells if not is_blank(cell) and read_number(cell).why != "empty"]
    return sum(map(is_number, held)) / len(held) if held else 0.0
