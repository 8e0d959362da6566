"""Tables with time or meters across: 96 columns of a day, a column a day, a column a meter."""

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from tanzhe.errors import Fault, Words, refuse
from tanzhe.meters.clock import BEIJING, DAY, instant
from tanzhe.meters.forms.headings import plain
from tanzhe.meters.rows import INTERVAL, POWER, Batch, Row, batch_of, micro
from tanzhe.meters.tree import Tree
from tanzhe.tables import Grid
from tanzhe.tables.grid import cell_at, is_blank, text_of

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_OF_METER = ("表号", "meter", "计量点", "电表号")
_OF_DAY = ("数据日期", "日期", "date", "day")
_OF_MULTIPLIER = ("倍率", "multiplier")
_OF_TYPE = ("数据类型", "类型", "type")
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


def read_day_rows(grid: Grid, tree: Tree, meter: str) -> Batch:
    """A day a row, its slots across: 00:15 to 24:00 are ends; 00:00 to 23:45 could be either.

    Raises:
        InputError: slots that may begin or end at their heading; a multiplier that differs from
            the tree's; days that are none; all at once.
    """
    slots = slots_of(grid)
    names = [plain(cell) for cell in grid.rows[0]]
    step = DAY // len(slots)
    faults: list[Fault] = []
    if min(slots.values()) == 0:
        faults.append(
            Fault(
                what=Words("列名从 00:00 到 23:45，看不出是区间起点还是终点",
                           "Columns 00:00 to 23:45: begins or ends of intervals?"),
                where=grid.file,
                do=Words("请把列名改成终点（00:15 至 24:00），或改成一行一个数，列名 begin",
                         "Head them with ends (00:15 to 24:00), or a row each with a column begin"),
            )
        )  # fmt: skip
    found: list[Row] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):

        def cell(known: tuple[str, ...], row: tuple[object, ...] = row) -> object:
            return next((cell_at(row, names.index(one)) for one in known if one in names), None)

        whose = text_of(cell(_OF_METER)) or meter
        day = instant(cell(_OF_DAY))
        if day is None:
            faults.append(_no_day(grid.file, line, cell(_OF_DAY)))
            continue
        faults += _other_multiplier(grid.file, line, whose, cell(_OF_MULTIPLIER), tree)
        kind = INTERVAL if _ENERGY.search(text_of(cell(_OF_TYPE))) else POWER
        for at, minute in slots.items():
            value = micro(cell_at(row, at))
            blank = is_blank(cell_at(row, at))
            why = "empty" if blank else "text" if value is None else "ok"
            text = text_of(cell_at(row, at))[:80] if why == "text" else ""
            found.append(Row(whose, day + 60 * minute - step, value, line, kind, why, text))
    refuse(faults)
    return batch_of(found, ("00:15 至 24:00 是区间末 headings are ends of intervals",))


def _no_day(file: str, line: int, cell: object) -> Fault:
    return Fault(
        what=Words(f"“{text_of(cell)}”不是日期", f"“{text_of(cell)}” is no date"),
        where=f"{file} 第 {line} 行 row {line}",
        do=Words("请写成 2025-03-01", "Write it as 2025-03-01"),
    )


def _other_multiplier(
    file: str, line: int, meter: str, cell: object, tree: Tree
) -> Iterator[Fault]:
    declared = {one.multiplier for one in tree.of(tree.aliases().get(meter, ""))}
    told = micro(cell)
    if told is None or not declared or told / 1_000_000 in declared:
        return
    known = "、".join(f"{one:g}" for one in sorted(declared))
    yield Fault(
        what=Words(f"倍率 {text_of(cell)} 与计量表清单的 {known} 不同",
                   f"Multiplier {text_of(cell)} differs from the list's {known}"),
        where=f"{file} 第 {line} 行 row {line}",
        do=Words("请核对铭牌，改正清单或此文件；换过互感器的在清单中分两段填",
                 "Check the plate and mend the list or the file; two spans where it was changed"),
    )  # fmt: skip


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
    return batch_of(found, ("每格是当日用量 each cell is the energy of its day",))


_HOUR = ("hour_begin_local", "hour_begin", "time", "时间", "begin", "time_begin")
_UNIT_BEHIND = re.compile(r"(.+?)[_\s]*[（(]?(kWh|MWh|GJ|Nm3|m3|t)[）)]?$", re.I)


def meters_across(grid: Grid, tree: Tree) -> dict[int, tuple[str, Decimal]]:
    """Columns that are headed with a meter and perhaps its unit; the factor of the unit."""
    from tanzhe.meters.forms.long import unit_factor

    aliases = tree.aliases()
    found: dict[int, tuple[str, Decimal]] = {}
    for at, cell in enumerate(grid.rows[0]):
        name = text_of(cell)
        if name in aliases:
            found[at] = (name, Decimal(1))
        elif (match := _UNIT_BEHIND.fullmatch(name)) and match[1].strip() in aliases:
            found[at] = (match[1].strip(), unit_factor(match[2]) or Decimal(1))
    has_time = any(plain(cell) in _HOUR for cell in grid.rows[0])
    return found if has_time else {}


def read_meters_across(grid: Grid, tree: Tree) -> Batch:
    """A column a meter, each the energy of the interval that begins at the row's time.

    The figures are energy after the multiplier: they are divided by it, as readings are before.
    """
    columns = meters_across(grid, tree)
    at_time = next(at for at, cell in enumerate(grid.rows[0]) if plain(cell) in _HOUR)
    found: list[Row] = []
    faults: list[Fault] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        begin = instant(cell_at(row, at_time))
        if begin is None:
            faults.append(_no_day(grid.file, line, cell_at(row, at_time)))
            continue
        for at, (meter, factor) in columns.items():
            times = tree.of(tree.aliases()[meter])[0].multiplier
            cell = cell_at(row, at)
            value = micro(cell, factor / Decimal(str(times)))
            why = "empty" if is_blank(cell) else "text" if value is None else "ok"
            text = text_of(cell)[:80] if why == "text" else ""
            found.append(Row(meter, begin, value, line, INTERVAL, why, text))
    refuse(faults)
    return batch_of(found, ("各列是倍率之后的区间电量 columns are energy after the multiplier",))
