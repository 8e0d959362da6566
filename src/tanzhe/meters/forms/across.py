"""Tables with time or meters across: 96 columns of a day, a column a day, a column a meter."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

from tanzhe.errors import Fault, Words, listed, refuse
from tanzhe.meters.clock import BEIJING, DAY, instant
from tanzhe.meters.forms.headings import unit_factor
from tanzhe.meters.rows import INTERVAL, POWER, REGISTER, Batch, Row, batch_of, micro
from tanzhe.meters.tree import Tree
from tanzhe.meters.words import is_total, places, side_of, totals_left
from tanzhe.tables.grid import Grid, cell_at, is_blank, text_of

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_MONTH = re.compile(r"(\d{4}\s*[-/.年]\s*)?(1[0-2]|0?[1-9])\s*月?")
_A_DAY = (24, 48, 96)
_MYEMS = ("年", "月")
_ENERGY = re.compile(r"电量|energy|kWh", re.I)


def slots_of(grid: Grid) -> dict[int, int]:
    """Minutes of the day that the columns of a grid are headed with, by place."""
    found: dict[int, int] = {}
    for at, cell in enumerate(grid.rows[0]):
        match = _CLOCK.fullmatch(text_of(cell))
        if match:
            found[at] = 60 * int(match[1]) + int(match[2])
    return found if len(found) in _A_DAY else {}


def read_day_rows(grid: Grid, meter: str, slots_are: str = "") -> Batch:
    """A day a row, its slots across: 00:15 to 24:00 are ends; 00:00 to 23:45 could be either.

    Args:
        grid: of the sheet.
        meter: whose readings are, where no column says it.
        slots_are: `begin` or `end`, what headings from 00:00 to 23:45 are.

    Raises:
        InputError: slots that may begin or end at their heading, days that are none; all at once.
    """
    slots = slots_of(grid)
    columns = {**places("list", grid.rows[0]), **places("readings", grid.rows[0])}
    open_ended = min(slots.values()) == 0
    back = 0 if open_ended and slots_are == "begin" else DAY // len(slots)
    faults: list[Fault] = []
    if open_ended and not slots_are:
        faults.append(
            Fault(
                what=Words("列名从 00:00 到 23:45，看不出是区间起点还是终点",
                           "Columns 00:00 to 23:45: begins or ends of intervals?"),
                where=grid.file,
                do=Words("请加 --slots begin（起点）或 --slots end（终点）",
                         "Add --slots begin or --slots end"),
            )
        )  # fmt: skip
    found: list[Row] = []
    multipliers: dict[str, set[str]] = defaultdict(set)
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        cell = {field: cell_at(row, at) for field, at in columns.items()}
        whose = text_of(cell.get("meter", cell.get("name"))) or meter
        day = instant(cell.get("date", cell.get("local")))
        if day is None:
            faults.append(_no_day(grid.file, line, cell.get("date")))
            continue
        multipliers[whose].add(text_of(cell.get("multiplier")))
        kind = INTERVAL if _ENERGY.search(text_of(cell.get("kind", cell.get("sort")))) else POWER
        for at, minute in slots.items():
            value = micro(cell_at(row, at))
            blank = is_blank(cell_at(row, at))
            why = "empty" if blank else "text" if value is None else "ok"
            text = text_of(cell_at(row, at))[:80] if why == "text" else ""
            found.append(Row(whose, day + 60 * minute - back, value, line, kind, why, text))
    refuse(faults)
    ends = Words("列名是区间末", "headings are ends of intervals")
    begins = Words("列名是区间起", "headings are begins of intervals")
    batch = batch_of(found, (ends if back else begins,))
    said = {name: frozenset(held - {""}) for name, held in multipliers.items()}
    return batch._replace(multipliers=said).on(side_of(grid.rows[0]))


def _no_day(file: str, line: int, cell: object) -> Fault:
    return Fault(
        what=Words(f"“{text_of(cell)}”不是日期", f"“{text_of(cell)}” is no date"),
        where=f"{file} 第 {line} 行 row {line}",
        do=Words("请写成 2025-03-01", "Write it as 2025-03-01"),
    )


def is_month_form(grid: Grid) -> bool:
    """Whether a sheet is MyEMS's form: year, month and a column a day."""
    names = [text_of(cell) for cell in grid.rows[0]]
    return all(one in names for one in _MYEMS) and "1" in names and "28" in names


def read_month_form(grid: Grid, tree: Tree) -> Batch:
    """MyEMS's form: a meter a row, a day a column, each the energy of that day."""
    names = [text_of(cell) for cell in grid.rows[0]]
    days = {at: int(one) for at, one in enumerate(names) if one.isdigit() and 1 <= int(one) <= 31}
    title = next(names.index(one) for one in ("名称", "name", "ID") if one in names)
    aliases = tree.aliases()
    found: list[Row] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        name = text_of(cell_at(row, title))
        whose = name if name in aliases else name.split()[0] if name.split() else name
        year = int(text_of(cell_at(row, names.index("年"))))
        month = int(text_of(cell_at(row, names.index("月"))))
        last = calendar.monthrange(year, month)[1]
        for at, day in days.items():
            cell = cell_at(row, at)
            value = micro(cell)
            begin = int(datetime(year, month, min(day, last), tzinfo=UTC).timestamp()) - BEIJING
            if day > last:
                if not is_blank(cell):
                    text = f"{month}月{day}日 {text_of(cell)}"
                    found.append(Row(whose, begin, value, line, INTERVAL, "no_such_day", text))
                continue
            why = "empty" if is_blank(cell) else "text" if value is None else "ok"
            text = text_of(cell)[:80] if why == "text" else ""
            found.append(Row(whose, begin, value, line, INTERVAL, why, text))
    told = (Words("每格是当日用量", "each cell is the energy of its day"),)
    return batch_of(found, told).on(side_of(names))


_UNIT_BEHIND = re.compile(
    r"(.+?)[_\s]*[（(]?(万?(?:kWh|MWh|GJ|Nm3|m3|t|千瓦时|吨)|度)[）)]?$", re.I
)
_FEWEST_REGISTERS = 6  # rows that never fall from which columns are taken for registers


def _time_of(grid: Grid) -> int:
    at = places("readings", grid.rows[0])
    return next((at[one] for one in ("local", "date", "clock", "utc") if one in at), -1)


def turned(grid: Grid, tree: Tree) -> Grid | None:
    """A month a row and a meter a column as a figure a row; None where it is not so.

    Args:
        grid: of the sheet.
        tree: meters declared.
    """
    at = places("periods", grid.rows[0]).get("month", _time_of(grid))
    months = [text_of(cell_at(row, at)) for row in grid.rows[1:]]
    months = [one for one in months if one and not is_total(one)]
    columns = _meters(grid, tree)
    if not columns or at < 0 or not months or not all(map(_MONTH.fullmatch, months)):
        return None
    rows: list[tuple[object, ...]] = [("月份", "表号", "单位", "数量")]
    lines = grid.lines[:1]
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        for place, (meter, _) in columns.items():
            unit = _UNIT_BEHIND.fullmatch(text_of(grid.rows[0][place]))
            rows.append((cell_at(row, at), meter, unit[2] if unit else "", cell_at(row, place)))
            lines = [*lines, line]
    return grid._replace(lines=lines, rows=rows)


def meters_across(grid: Grid, tree: Tree) -> dict[int, tuple[str, Decimal]]:
    """Columns that are headed with a meter and perhaps its unit; the factor of the unit."""
    return _meters(grid, tree) if _time_of(grid) >= 0 else {}


def _meters(grid: Grid, tree: Tree) -> dict[int, tuple[str, Decimal]]:
    aliases = tree.aliases()
    found: dict[int, tuple[str, Decimal]] = {}
    for at, cell in enumerate(grid.rows[0]):
        name = text_of(cell)
        if name in aliases:
            found[at] = (name, Decimal(1))
        elif (match := _UNIT_BEHIND.fullmatch(name)) and match[1].strip() in aliases:
            found[at] = (match[1].strip(), unit_factor(match[2]) or Decimal(1))
    return found


def is_months(grid: Grid) -> bool:
    """Whether the months of a year stand across: amounts, which no meter reads."""
    return sum(bool(_MONTH.fullmatch(text_of(cell))) for cell in grid.rows[0]) >= 3


def strange_meters(grid: Grid) -> list[str]:
    """Headings of numbers beside a time, which may be meters that nobody declared."""
    time = _time_of(grid)
    if time < 0 or len(grid.rows) < 2:
        return []
    first = grid.rows[1]
    return [
        text_of(cell)
        for at, cell in enumerate(grid.rows[0])
        if at != time and text_of(cell) and micro(cell_at(first, at)) is not None
    ]


def read_meters_across(grid: Grid, tree: Tree) -> Batch:
    """A column a meter: the energy of the interval that begins at the row's time, or readings.

    Columns that never fall over many rows are registers. Energies are after the multiplier.
    """
    columns, at_time = meters_across(grid, tree), _time_of(grid)
    registers = _never_fall(grid, columns)
    found: list[Row] = []
    faults: list[Fault] = []
    left: list[int] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        begin = instant(cell_at(row, at_time))
        if begin is None:
            if any(is_total(cell) for cell in row):
                left.append(line)
                continue
            faults.append(_no_day(grid.file, line, cell_at(row, at_time)))
            continue
        for at, (meter, factor) in columns.items():
            cell = cell_at(row, at)
            value = micro(cell, factor)
            why = "empty" if is_blank(cell) else "text" if value is None else "ok"
            text = text_of(cell)[:80] if why == "text" else ""
            channel = REGISTER if registers else INTERVAL
            found.append(Row(meter, begin, value, line, channel, why, text))
    refuse(faults)
    batch = batch_of(found, tuple(_told_across(grid, columns, at_time, registers, left)))
    return batch if registers else batch._replace(after=frozenset((INTERVAL,)))


def _never_fall(grid: Grid, columns: Mapping[int, object]) -> bool:
    """Whether every column grows or stays from row to row, over rows enough to tell."""
    for at in columns:
        held = [value for row in grid.rows[1:] if (value := micro(cell_at(row, at))) is not None]
        grows = all(one <= two for one, two in pairwise(held))
        if len(held) < _FEWEST_REGISTERS or not grows or held[0] == held[-1]:
            return False
    return True


def _told_across(
    grid: Grid, columns: Mapping[int, object], time: int, registers: bool, left: Sequence[int]
) -> Iterator[Words]:
    if registers:
        yield Words("各列数值只增不减，按示数读", "columns never fall: read as registers")
    else:
        yield Words("各列是倍率之后的区间电量", "columns are energy after the multiplier")
    unread = [one for one in strange_meters(grid) if one not in
              {text_of(grid.rows[0][at]) for at in columns}]  # fmt: skip
    if unread:
        names = listed(unread[:8])
        yield Words(
            f"没有读的列，清单中没有这些表：{names.zh}",
            f"columns not read, no list has them: {names.en}",
        )
    if left:
        yield totals_left(left)
