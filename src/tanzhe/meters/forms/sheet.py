"""A month's readings by hand: last and this month's figure of each meter, and their sum."""

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words, listed
from tanzhe.meters.clock import DAY, day_begin, instant, said_time
from tanzhe.meters.rows import MICRO, Batch, Row, batch_of, micro
from tanzhe.meters.store import Stated
from tanzhe.meters.tree import Tree
from tanzhe.meters.words import is_total, places
from tanzhe.tables.grid import Grid, cell_at, text_of

_DAY = re.compile(r"抄表日期[:：]?\s*(\d{4}\D+\d{1,2}\D+\d{1,2})")
_LOOKED_AT = 10


class Head(NamedTuple):
    """Where a sheet's table begins and what its columns are; -1 for none."""

    row: int
    meter: int
    last: int
    this: int
    energy: int
    last_day: int
    this_day: int
    multiplier: int


def head_of(grid: Grid) -> Head | None:
    """The heading row of a reading sheet, or None."""
    for number, row in enumerate(grid.rows[:_LOOKED_AT]):
        at = places("sheet", row)
        if is_head(row):
            meter = at.get("meter", at.get("name", -1))
            rest = (at.get(one, -1) for one in ("energy", "last_day", "this_day", "multiplier"))
            return Head(number, meter, at["last"], at["this"], *rest)
    return None


def is_head(titles: Sequence[object]) -> bool:
    """Whether headings are those of a reading sheet: a meter, last and this month's figure."""
    at = places("sheet", titles)
    return ("meter" in at or "name" in at) and {"last", "this"} <= set(at)


def read_sheet(grid: Grid, tree: Tree) -> tuple[Batch, tuple[Stated, ...]]:
    """The readings of a sheet, and the sums that it states beside them.

    This month's figure was read at the end of the day of reading, which stands above the head or
    in a column; last month's at the end of its own day, or of the same day a month before; a meter
    that began or ended between has its own day.

    Raises:
        InputError: no day of reading.
    """
    head = head_of(grid)
    assert head is not None
    above = " ".join(text_of(c) for row in grid.rows[: head.row] for c in row)
    day = _DAY.search(above)
    common = instant(re.sub(r"\D+", "-", day[1]) if day else None)
    aliases = tree.aliases()
    found: list[Row] = []
    stated: list[Stated] = []
    undated: list[int] = []
    days: list[int] = []
    multipliers: dict[str, set[str]] = defaultdict(set)
    for line, row in zip(grid.lines[head.row + 1 :], grid.rows[head.row + 1 :], strict=True):
        meter = text_of(cell_at(row, head.meter))
        where = f"{grid.file} 第 {line} 行 row {line}"
        energy = micro(cell_at(row, head.energy)) if head.energy >= 0 else None
        own = instant(cell_at(row, head.this_day)) if head.this_day >= 0 else None
        day_read = own if own is not None else common
        if any(is_total(cell) for cell in row) or not meter:
            if energy is not None and days:
                stated.append(_stated("", min(days), max(days), energy, where))
            continue
        if day_read is None:
            undated.append(line)
            continue
        multipliers[meter].add(text_of(cell_at(row, head.multiplier)))
        end = day_read + DAY
        before = instant(cell_at(row, head.last_day)) if head.last_day >= 0 else None
        begin = _month_before(end) if before is None else before + DAY
        days += [begin, end]
        spans = tree.of(aliases.get(meter, ""))
        start, stop = begin, end
        if spans:
            start = max(begin, spans[0].begins)
            stop = min(end, spans[-1].ends or end)
        for seconds, at in ((start, head.last), (stop, head.this)):
            value = micro(cell_at(row, at))
            why = "text" if value is None else "ok"
            found.append(Row(meter, seconds, value, line, why=why, text=text_of(cell_at(row, at))
                             if value is None else ""))  # fmt: skip
        if energy is not None:
            stated.append(_stated(aliases.get(meter, meter), start, stop, energy, where))
    if undated:
        raise InputError(_no_day(grid.file, undated))
    times = listed(said_time(one) for one in sorted(set(days))[:4])
    told = Words(f"抄表时刻按 {times.zh} 计", f"readings taken as of {times.en}")
    batch = batch_of(found, (told,))
    said = {name: frozenset(held - {""}) for name, held in multipliers.items()}
    return batch._replace(multipliers=said), tuple(stated)


def _no_day(file: str, lines: Sequence[int]) -> Fault:
    rows = "、".join(str(line) for line in lines[:10])
    return Fault(
        what=Words("没有抄表日期", "The day of reading is missing"),
        where=f"{file} 第 {rows} 行 row {rows}",
        do=Words(
            "请在表头上方写“抄表日期：2025年3月31日”，或加一列 抄表日期",
            "Write “抄表日期：2025年3月31日” (day of reading) above the header, or add a column "
            "“reading date”",
        ),
    )


def _stated(meter: str, begin: int, end: int, energy: int, where: str) -> Stated:
    amount = float(Decimal(energy) / MICRO)
    return Stated(meter=meter, begin=begin, end=end, amount=amount, where=where)


def _month_before(end: int) -> int:
    """The same day a month before, or the first of the month after the last month's end."""
    from datetime import date

    day = date.fromisoformat(said_time(end)[:10])
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return day_begin(date(year, month, min(day.day, 28) if day.day > 28 else day.day))
