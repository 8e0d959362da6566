"""What each column of a table holds: the values, what they belong to, or neither."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.names import folded
from tanzhe.tables.choices import Choices
from tanzhe.tables.grid import Cell, Row, cell_at, is_blank, text_of
from tanzhe.tables.layout import Block, numeric_share
from tanzhe.tables.naming import is_place, is_sector, place_codes, places_in
from tanzhe.tables.numbers import read_number
from tanzhe.tables.told import ColumnRole, letter
from tanzhe.tables.units import is_unit, spelled, unit_in_name
from tanzhe.tables.vocabulary import (
    has_role,
    is_compared,
    is_no_value,
    is_part,
    is_rate,
    is_sum,
    is_total,
    key,
)

_HEAD, _TAIL = 400, 100
# A column of figures with remarks in it is still one of figures.
_NUMERIC = 0.6
_MOSTLY = 0.8
# Rounded parts add up to their total within this.
_ROUNDING = 0.002


class Roles(NamedTuple):
    """The columns of a block by role.

    Attributes:
        values: columns with values; several where `spread` tells them apart.
        spread: what the names of several value columns are: regions, sectors, or nothing.
        region: column of the region, or None.
        sector: column of the sector, or None.
        unit: column of the unit, or None.
        keys: other columns of words, which may tell rows apart.
        unused: columns left out with the reason.
        open: value columns among which a person must choose; `values` is empty then.
        told: decisions.
    """

    values: tuple[int, ...] = ()
    spread: str = ""
    region: int | None = None
    sector: int | None = None
    unit: int | None = None
    keys: tuple[int, ...] = ()
    unused: dict[int, Words] = {}  # noqa: RUF012  (filled anew by each reading)
    open: tuple[int, ...] = ()
    told: tuple[Words, ...] = ()

    def role_of(self, column: int, dates: Sequence[int]) -> ColumnRole:
        """The role of a column, for telling."""
        pairs: tuple[tuple[ColumnRole, Sequence[int | None]], ...] = (
            ("date", dates), ("value", self.values), ("region", (self.region,)),
            ("sector", (self.sector,)), ("unit", (self.unit,)), ("category", self.keys),
        )  # fmt: skip
        return next((role for role, columns in pairs if column in columns), "left_out")


def sample_of(rows: Sequence[Row], begin: int) -> list[Row]:
    """Rows at the beginning and end of the data."""
    body = len(rows) - begin
    if body <= _HEAD + _TAIL:
        return list(rows[begin:])
    return [*rows[begin : begin + _HEAD], *rows[-_TAIL:]]


def find_roles(block: Block, choices: Choices) -> Roles:
    """Which column holds what.

    Args:
        block: a table whose header and dates are known.
        choices: a column that was named.
    """
    rows = sample_of(block.grid.rows, block.begin)
    taken = {*block.dates.columns, *block.periods}
    width = len(block.names)
    cells = {c: [cell_at(row, c) for row in rows] for c in range(width) if c not in taken}
    held = {c: column for c, column in cells.items() if any(not is_blank(x) for x in column)}
    region = _best(block, held, "region")
    unit = _unit(block, held, region)
    numeric = [
        c for c, column in held.items()
        if c not in (region, unit) and _is_numeric(block.names[c], column)
    ]  # fmt: skip
    words = {
        c: column for c, column in held.items() if c not in numeric and c not in (region, unit)
    }
    sector = _best(block, words, "sector")
    keys = tuple(c for c in words if c != sector)
    roles = Roles(region=region, sector=sector, unit=unit, keys=keys, unused={})
    if block.periods:
        unused = {c: _sum_or_side(block.names[c]) for c in numeric}
        return roles._replace(values=tuple(block.periods), unused=unused)
    return _values(block, roles, numeric, held, rows, choices)


def _sum_or_side(name: str) -> Words:
    if is_sum(name):
        return Words("合计列，不重复计入", "a total of the others, not counted twice")
    return Words("不是日期下的数值", "no value under a date")


def _is_numeric(name: str, column: Sequence[Cell]) -> bool:
    share = numeric_share(column)
    return share >= _NUMERIC or (share > 0 and has_role(name, "value"))


def _best(block: Block, held: dict[int, list[Cell]], role: str) -> int | None:
    """The column of the region or sector: by what it holds, then by its name."""
    fits = is_place if role == "region" else is_sector
    ranked = []
    for c, column in held.items():
        texts = list(dict.fromkeys(text_of(x) for x in column if not is_blank(x)))[:200]
        named = has_role(block.names[c], "region" if role == "region" else "sector")
        share = sum(fits(text) for text in texts) / len(texts)
        alpha = sum(not text.replace(".", "").isdecimal() for text in texts) / len(texts)
        if share >= _MOSTLY and (alpha > 0 or named or _is_code(texts)):
            ranked.append((2 + named, alpha, len(texts), -c))
        elif named and alpha >= _MOSTLY:
            ranked.append((1, share, len(texts), -c))
    return -max(ranked)[3] if ranked else None


def _is_code(texts: Sequence[str]) -> bool:
    return all(len(text) == 6 and text.isdecimal() for text in texts)


def _unit(block: Block, held: dict[int, list[Cell]], region: int | None) -> int | None:
    for c, column in held.items():
        texts = list(dict.fromkeys(text_of(x) for x in column if not is_blank(x)))[:50]
        units = sum(is_unit(text) for text in texts)
        named = has_role(block.names[c], "unit")
        if c != region and (units == len(texts) or (named and not _is_numeric("", column))):
            return c
    return None


def _values(
    block: Block,
    roles: Roles,
    numeric: Sequence[int],
    held: dict[int, list[Cell]],
    rows: Sequence[Row],
    choices: Choices,
) -> Roles:
    """The column of values among those of numbers."""
    names = block.names
    if choices.column is not None:
        chosen = named_column(choices.column, names, tuple(held))
        if chosen is None:
            return roles._replace(open=tuple(numeric))
        unused = {c: Words("未选", "not chosen") for c in numeric if c != chosen}
        keys = tuple(c for c in roles.keys if c != chosen)
        return roles._replace(values=(chosen,), unused=unused, keys=keys)
    unused, candidates = {}, []
    for c in numeric:
        why = _no_level(names[c], block.units[c], held[c])
        if why is None:
            candidates.append(c)
        else:
            unused[c] = why
    # Growth rates or a constant alone are still what the table holds: others judge them.
    if not candidates:
        candidates = [c for c in numeric if not is_no_value(names[c])]
        unused = {c: why for c, why in unused.items() if c not in candidates}
    roles = roles._replace(unused=unused)
    return _chosen(block, roles, candidates, rows)


def _no_level(name: str, unit: str, column: Sequence[Cell]) -> Words | None:
    if is_no_value(name):
        return Words("编号或说明", "an id or a remark")
    said = unit or unit_in_name(name)
    known = spelled(said) if said else None
    if is_rate(name) or (known is not None and known.unit.text == "%"):
        return Words("比率或增速，不是总量", "a rate or share, no level")
    if is_compared(name):
        return Words("上年同期，供比较", "another period, for comparison")
    numbers = {v for x in column if (v := read_number(x).value) is not None}
    if len(numbers) == 1 and len(column) > 2 and not has_role(name, "value"):
        return Words("各行相同", "the same in every row")
    return None


def _chosen(
    block: Block,
    roles: Roles,
    candidates: list[int],
    rows: Sequence[Row],
) -> Roles:
    names = block.names
    if len(candidates) <= 1:
        return roles._replace(values=tuple(candidates))
    parts = [c for c in candidates if not (is_total(names[c]) or is_part(names[c]))]
    spread = _spread(block, parts, alone=len(parts) == 1)
    if spread:
        words = Words("合计或其中项，不作一类", "a total or a part, no kind of its own")
        left = {**roles.unused, **{c: words for c in candidates if c not in parts}}
        return roles._replace(values=tuple(parts), spread=spread, unused=left)
    others = {c: Words("另一数值列", "another value column") for c in candidates}
    named = [c for c in candidates if has_role(names[c], "value")]
    total = next((c for c in candidates if is_sum(names[c])), None)
    pick = named[0] if len(named) == 1 else None
    if pick is None and total is not None and _adds_up(total, candidates, rows):
        pick = total
    if pick is None:
        return roles._replace(open=tuple(candidates))
    unused = {**roles.unused, **{c: w for c, w in others.items() if c != pick}}
    rest = "、".join(names[c] for c in candidates if c != pick)
    told = Words(
        f"数值列取“{names[pick]}”，另有 {rest}（可用 --column 另选）",
        f"Values from “{names[pick]}”; there are also {rest} (choose by --column)",
    )
    return roles._replace(values=(pick,), unused=unused, told=(told,))


def _spread(block: Block, candidates: Sequence[int], *, alone: bool) -> str:
    """Whether the names of several columns, or of one beside totals, are places or sectors."""
    if not candidates:
        return ""
    names = [block.regions[c] or block.names[c] for c in candidates]
    said = [places_in(block.names[c]) or places_in(block.regions[c]) for c in candidates]
    single = sum(len(found) == 1 for found in said)
    distinct = {found[0] for found in said if len(found) == 1}
    if single >= _MOSTLY * len(names) and len(distinct) > (0 if alone else 1):
        return "region"
    codes = [found[0] for name in names if (found := place_codes(name))]
    if len(codes) >= _MOSTLY * len(names) and len(set(codes)) == len(codes) > 1:
        return "region"
    bare = set(telling_apart([block.names[c] for c in candidates]))
    if len(bare) == len(names) > 1 and all(map(is_sector, bare)):
        return "sector"
    return ""


def telling_apart(names: Sequence[str]) -> list[str]:
    """Names without units; of names of several levels the level that tells them apart.

    Example:
        >>> telling_apart(["排放（万吨）/工业", "排放（万吨）/电力"]), telling_apart(["水泥(吨)"])
        (['工业', '电力'], ['水泥'])
    """
    bare = [key(name) for name in names]
    levels = [name.split("/") for name in bare]
    if len({len(parts) for parts in levels}) > 1:
        return bare
    differing = [level for level in zip(*levels, strict=True) if len(set(level)) > 1]
    return list(differing[0]) if len(differing) == 1 else bare


def _adds_up(total: int, candidates: Sequence[int], rows: Sequence[Row]) -> bool:
    """Whether a column is the sum of the others, row by row."""
    good, seen = 0, 0
    for row in rows:
        whole = read_number(cell_at(row, total)).value
        parts = [read_number(cell_at(row, c)).value for c in candidates if c != total]
        if whole is None or any(part is None for part in parts):
            continue
        seen += 1
        good += abs(sum(p or 0.0 for p in parts) - whole) <= max(_ROUNDING * abs(whole), 0.11)
    return seen > 2 and good >= 0.95 * seen


def named_column(told: str, names: Sequence[str], columns: Sequence[int]) -> int | None:
    """The column of a name, of a name without its unit, or of a letter."""
    ways: tuple[Callable[[int], bool], ...] = (
        lambda c: folded(names[c]) == folded(told),
        lambda c: key(names[c]) == key(told),
        lambda c: letter(c) == told.strip().upper(),
        lambda c: folded(told) in folded(names[c]),
    )
    for same in ways:
        found = [c for c in columns if same(c)]
        if len(found) == 1:
            return found[0]
    return None
