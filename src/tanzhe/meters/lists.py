"""Lists of meters as people keep them: which table is one, and the meters in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tanzhe.errors import Fault, Words, listed, refuse
from tanzhe.faults import fault_of
from tanzhe.meters.listed import Given, Line, filled_down, told_columns
from tanzhe.meters.tree import Meter, Tree
from tanzhe.meters.words import is_total, places
from tanzhe.tables.grid import Grid, cell_at, is_blank, text_of
from tanzhe.tables.vocabulary import is_foot

# What tells a list from any other table with names: each says something of a meter.
_OF_METERS = ("carrier", "sort", "parent", "multiplier", "ct", "digits", "supply", "capacity")
_FIGURES = ("register", "interval")
# What a parent is not, though it stands in the cell of one.
_NONE = frozenset(("无", "-", "—", "–", "/", "\\", "none", "n/a", "na", "0", "null", "根", "root"))


class Listed(NamedTuple):
    """The meters of a list, and what was decided in reading it."""

    meters: tuple[Meter, ...]
    told: tuple[Words, ...]


def is_list(grid: Grid) -> bool:
    """Whether a table is a list of meters: a meter a row, things that meters have, no readings."""
    titles = grid.rows[0]
    found, figures = places("list", titles), places("readings", titles)
    if "meter" in found:
        known = any(one in found for one in (*_OF_METERS, "firm", "name"))
    else:
        known = "name" in found and any(
            one in found for one in _OF_METERS if one not in ("sort", "capacity")
        )
    dated = any(one in figures for one in ("local", "date", "utc")) and "start" not in found
    counted = any(one in figures for one in _FIGURES) or "amount" in places("bills", titles)
    return known and not dated and not counted and len(grid.rows) > 1


def read_list(grid: Grid, given: Mapping[str, str]) -> Listed:
    """The meters of a table, refused whole with every fault at once.

    Args:
        grid: of the table.
        given: of a field the heading to take it from, or what it is for all rows.

    Raises:
        InputError: each fault with its rows and column.
    """
    columns = Given(grid, given)
    grid, filled = filled_down(grid, columns)
    faults: dict[tuple[str, Words, Words], list[int]] = {}
    found: list[Meter] = []
    left: list[int] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        if _is_note(row, columns.at):
            left.append(line)
            continue
        cells = Line(row, columns)
        meter = cells.meter()
        for fault in cells.faults:
            faults.setdefault(fault, []).append(line)
        if meter is not None and not cells.faults:
            found.append(meter)
    together = [] if faults else [*_wrong_together(found, grid.file)]
    refuse([*_at_once(faults, grid, columns), *together])
    return Listed(_named(found, grid, columns), tuple(told_columns(grid, columns, left, filled)))


def _is_note(row: Sequence[object], columns: Mapping[str, int]) -> bool:
    """Whether a row is a sum or a line below the table rather than a meter."""
    held = [cell for cell in row if not is_blank(cell)]
    if any(is_total(cell) for cell in held):
        return True
    at = columns.get("meter", 0)
    filled = [field for field, one in columns.items() if not is_blank(cell_at(tuple(row), one))]
    if is_foot(text_of(held[0])) and not {"firm", "carrier"} & set(filled):
        return True
    return len(held) <= 2 and (is_blank(cell_at(tuple(row), at)) or len(filled) < 2)


def _at_once(
    faults: Mapping[tuple[str, Words, Words], Sequence[int]], grid: Grid, columns: Given
) -> Iterator[Fault]:
    """A fault of many rows is told once, with its rows; a column that lacks, without them."""
    for (field, what, do), lines in faults.items():
        heading = columns.title(field)
        if not columns.has(field) and len(lines) == len(grid.rows) - 1:
            yield Fault(what, do, where=grid.file)
            continue
        rows = "、".join(str(line) for line in lines[:12]) + ("…" if len(lines) > 12 else "")
        where = f"{grid.file} 第 {rows} 行 row {rows}, {heading}"
        yield Fault(what, do, where=where)


def _named(found: Sequence[Meter], grid: Grid, columns: Given) -> tuple[Meter, ...]:
    """The meters, known by their other names too where these are theirs alone."""
    if "name" not in columns.at or "meter" not in columns.at:
        return tuple(found)
    names: dict[str, set[str]] = {}
    for row in grid.rows[1:]:
        name, meter = (text_of(cell_at(row, columns.at[one])) for one in ("name", "meter"))
        names.setdefault(name, set()).add(meter)
    own = {next(iter(held)): name for name, held in names.items() if name and len(held) == 1}
    taken = {one.meter for one in found}
    return tuple(
        one.model_copy(update={"points": (*one.points, own[one.meter])})
        if one.meter in own and own[one.meter] not in taken
        else one
        for one in found
    )


def with_parents(tree: Tree) -> Tree:
    """The tree with parents by their own names, whatever a list called them.

    Raises:
        InputError: parents that no list declares, meters that stand behind themselves.
    """
    aliases = tree.aliases()
    lost: dict[str, list[str]] = {}
    found: list[Meter] = []
    for one in tree.meters:
        parent = "" if one.parent.casefold() in _NONE - {*aliases} else one.parent
        if parent and parent not in aliases:
            lost.setdefault(parent, []).append(one.meter)
        own = aliases.get(parent, parent)
        found.append(one if own == one.parent else one.model_copy(update={"parent": own}))
    refuse([*_lost(lost), *_circles(found)])
    return Tree(tuple(found))


def _lost(lost: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    for parent, meters in lost.items():
        yield fault_of("meters.lists.lost", parent=parent, where=listed(meters).zh)


def _wrong_together(meters: Sequence[Meter], file: str) -> Iterator[Fault]:
    """Spans of a meter that overlap."""
    spans: dict[str, list[Meter]] = {}
    for one in meters:
        spans.setdefault(one.meter, []).append(one)
    for name, held in spans.items():
        held.sort(key=lambda one: one.start)
        for before, after in pairwise(held):
            if before.end is None or after.start <= before.end:
                yield fault_of("meters.lists.wrong_together", name=name, where=file)


def _circles(meters: Iterable[Meter]) -> Iterator[Fault]:
    """Meters that stand behind themselves."""
    parents = {one.meter: one.parent for one in meters}
    for name in parents:
        seen, at = {name}, parents[name]
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at == name:
            yield fault_of("meters.lists.circles", name=name, where=name)
