"""A month's readings by hand: last and this month's figure of each meter, and their sum."""

import re
from decimal import Decimal
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words
from tanzhe.meters.clock import DAY, day_begin, instant, said_time
from tanzhe.meters.rows import MICRO, Batch, Row, batch_of, micro
from tanzhe.meters.store import Stated
from tanzhe.meters.tree import Tree
from tanzhe.tables import Grid
from tanzhe.tables.grid import cell_at, text_of

_LAST, _THIS = (
    ("上月示数", "上期示数", "起码", "上次抄码"),
    ("本月示数", "本期示数", "止码", "本次抄码"),
)
_METER, _ENERGY = ("表号", "计量表", "表计编号"), ("用电量", "用量", "电量", "实用电量")
_DAY = re.compile(r"抄表日期[:：]?\s*(\d{4}\D+\d{1,2}\D+\d{1,2})")
_LOOKED_AT = 10
_SUM = ("合计", "总计", "小计")


class Head(NamedTuple):
    """Where a sheet's table begins and what its columns are."""

    row: int
    meter: int
    last: int
    this: int
    energy: int


def head_of(grid: Grid) -> Head | None:
    """The heading row of a reading sheet, or None."""
    for number, row in enumerate(grid.rows[:_LOOKED_AT]):
        names = [re.sub(r"[（(].*?[）)]|\s", "", text_of(cell)) for cell in row]
        at = [next((names.index(w) for w in known if w in names), -1)
              for known in (_METER, _LAST, _THIS, _ENERGY)]  # fmt: skip
        if min(at[:3]) >= 0:
            return Head(number, *at)
    return None


def read_sheet(grid: Grid, tree: Tree) -> tuple[Batch, tuple[Stated, ...]]:
    """The readings of a sheet, and the sums that it states beside them.

    This month's figure was read at the end of the day of reading, last month's at the end of the
    same day a month before; a meter that began or ended between has its own day.

    Raises:
        InputError: no day of reading.
    """
    head = head_of(grid)
    assert head is not None
    above = " ".join(text_of(c) for row in grid.rows[: head.row] for c in row)
    day = _DAY.search(above)
    end = instant(re.sub(r"\D+", "-", day[1]) if day else None)
    if end is None:
        do = Words(
            "请在表头上方写“抄表日期：2025年3月31日”",
            "Write “抄表日期：2025年3月31日” (day of reading) above the header",
        )
        what = Words("没有抄表日期", "The day of reading is missing")
        raise InputError(Fault(what=what, where=grid.file, do=do))
    end += DAY
    begin = _month_before(end)
    aliases = tree.aliases()
    found: list[Row] = []
    stated: list[Stated] = []
    for line, row in zip(grid.lines[head.row + 1 :], grid.rows[head.row + 1 :], strict=True):
        meter = text_of(cell_at(row, head.meter))
        where = f"{grid.file} 第 {line} 行 row {line}"
        energy = micro(cell_at(row, head.energy)) if head.energy >= 0 else None
        if not meter:
            if energy is not None and any(w in text_of(cell) for cell in row for w in _SUM):
                stated.append(_stated("", begin, end, energy, where))
            continue
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
    told = f"抄表时刻按 {said_time(begin)} 和 {said_time(end)} 计 readings taken as of these"
    return batch_of(found, (told,)), tuple(stated)


def _stated(meter: str, begin: int, end: int, energy: int, where: str) -> Stated:
    amount = float(Decimal(energy) / MICRO)
    return Stated(meter=meter, begin=begin, end=end, amount=amount, where=where)


def _month_before(end: int) -> int:
    """The same day a month before, or the first of the month after the last month's end."""
    from datetime import date

    day = date.fromisoformat(said_time(end)[:10])
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return day_begin(date(year, month, min(day.day, 28) if day.day > 28 else day.day))
