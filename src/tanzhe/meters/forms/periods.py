"""Tables of months or days, across or down: readings at their ends, or what was used in them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from tanzhe.errors import Fault, Words, listed, refuse
from tanzhe.meters.clock import DAY, day_begin
from tanzhe.meters.forms.headings import unit_factor
from tanzhe.meters.rows import INTERVAL, MICRO, MONTH, REGISTER, Batch, Row, batch_of, micro
from tanzhe.meters.store import Stated
from tanzhe.meters.tree import Tree
from tanzhe.meters.words import bracketed, choices, figure_of, is_total, places, totals_left
from tanzhe.names import folded
from tanzhe.periods import Month
from tanzhe.tables.grid import Grid, cell_at, is_blank, text_of
from tanzhe.tables.grid import Row as Line
from tanzhe.tables.moments import Moment, joined
from tanzhe.tables.readings import readings

_FEWEST_MONTHS, _FEWEST_DAYS = 3, 5  # columns from which a table is one of periods
_NUMBERED_DAYS = 28  # columns headed 1, 2, 3 ... are days from so many on
_FEWEST_RISING = 6  # cells that never fall from which they are taken for readings
_HEADING = re.compile(r"(.*[\d一二三四五六七八九十]\s*[月日号]?)\D*")
_YEAR_MONTH = re.compile(r"(20\d\d)(?:\s*[-年/._]?\s*(1[0-2]|0?[1-9])(?!\d))?")
_UNIT = re.compile(r"(?:单位|unit)\s*[:：]\s*([^\s）)，,；;]+)", re.I)
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*月")
_RUNNING = re.compile(r"年累计|本年累计|累计用|ytd|year.to.date", re.I)
_FIELDS = ("register", "interval", "amount")


class Table(NamedTuple):
    """A table of periods.

    Attributes:
        grid: of the sheet, below what stands above its head.
        at: where its other fields stand.
        across: columns of periods; empty where periods stand down.
        beside: what stands above the head, then the names of sheet and file.
    """

    grid: Grid
    at: Mapping[str, int]
    across: Mapping[int, Moment]
    beside: tuple[str, ...]


class _Figure(NamedTuple):
    """What a cell of a period says, by its row, its column and what stands beside."""

    line: int
    meter: str
    when: Moment
    kind: str
    cell: object
    unit: str


def table_of(grid: Grid, beside: Sequence[str] = ()) -> Table | None:
    """The table of periods that a grid is, or None where it is none or names no meters.

    Args:
        grid: below its head.
        beside: what stands above the head, then the names of sheet and file.
    """
    titles = grid.rows[0]
    at = {**places("readings", titles), **places("periods", titles)}
    if "meter" not in at and "name" not in at:
        return None
    across = _across(titles)
    alone = "month" in at and not {"local", "date", "utc"} & set(at)  # no moments beside the month
    down = any(one in at for one in _FIELDS) and (alone or _are_months(grid, at))
    if across or down:
        return Table(grid, at, across, tuple(beside))
    return None


def _across(titles: Sequence[object]) -> dict[int, Moment]:
    """Columns of months, or else of days, by place."""
    numbered = {at: int(t) for at, one in enumerate(titles) if (t := text_of(one)).isdecimal()}
    numbered = {at: one for at, one in numbered.items() if 1 <= one <= 31}
    if len(numbered) >= _NUMBERED_DAYS:
        return {at: Moment(day=one) for at, one in numbered.items()}
    held = {at: one for at, cell in enumerate(titles) if (one := _period(cell)) is not None}
    days = {at: one for at, one in held.items() if one.day is not None}
    months = {at: one for at, one in held.items() if one.day is None}
    if len(days) >= _FEWEST_MONTHS and all(one.day == 1 for one in days.values()):
        months |= {at: one._replace(day=None) for at, one in days.items()}  # 2025-01-01: a month
    if len(months) >= _FEWEST_MONTHS:
        return months
    return days if len(days) >= _FEWEST_DAYS else {}


def _period(cell: object) -> Moment | None:
    """The month or day that a heading says, whatever figure it names beside (1月用电量)."""
    if isinstance(cell, str):
        bare = re.sub(r"[（(].*?[）)]", "", cell).strip()
        found = _HEADING.fullmatch(bare)
        cell = found[1] if found else bare
    held = {one for way, one in readings(cell) if way in ("", "dot", "year")}
    one = held.pop() if len(held) == 1 else Moment()
    single = one.minute is None and one.first is None and one.week is None
    return one if single and (one.month or one.day) else None


def _are_months(grid: Grid, at: Mapping[str, int]) -> bool:
    """Whether the times of a long table are months."""
    column = next((at[one] for one in ("local", "date") if one in at), -1)
    held = [cell_at(row, column) for row in grid.rows[1:]]
    held = [one for one in held if not is_blank(one) and not is_total(one)]
    found = [_period(one) if isinstance(one, str) else None for one in held]
    return bool(found) and all(one is not None and one.day is None for one in found)


def read_periods(table: Table, tree: Tree, cells: str = "") -> tuple[Batch, tuple[Stated, ...]]:
    """The readings or amounts of a table of periods, and the sums of its rows.

    Readings of a month are as of its end, of a day as of its begin; amounts are after the
    multiplier. What the cells are is said by words, else by whether they fall, else asked.

    Args:
        table: of `table_of`.
        tree: meters declared.
        cells: `reading` or `amount`, what was said of them; "" for nothing.

    Raises:
        InputError: no year, cells that could be either, sums of the year so far; all at once.
    """
    figures, left = _figures(table)
    faults = _no_period(table, figures)
    series: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    for one in figures:
        series[one.meter, one.kind].append(one)
    kinds = _decided(table, series, cells)
    refuse([*faults, *(() if faults else _undecided(table, series, kinds, cells))])
    counted = [one for one in figures if kinds[one.meter, one.kind] in ("register", "interval")]
    rows = [_row(one, kinds[one.meter, one.kind]) for one in counted]
    sums = tuple(_sums(table, counted, rows, tree))
    rows += _opening(table, rows, counted)
    batch = batch_of(rows, tuple(_told(table, rows, left, figures, counted)))
    units: dict[str, set[str]] = defaultdict(set)
    for one in counted:
        units[one.meter] |= {one.unit} if one.unit else set()
    held = {meter: frozenset(said) for meter, said in units.items() if said}
    said = _multipliers(table) if any(one.channel == REGISTER for one in rows) else {}
    return batch._replace(units=held, multipliers=said, after=frozenset((INTERVAL,))), sums


def _opening(table: Table, rows: Sequence[Row], counted: Sequence[_Figure]) -> list[Row]:
    """Readings as of the begin of the first period, where a column gives them: 年初示数."""
    place = table.at.get("opening", -1)
    held = dict(zip(table.grid.lines, table.grid.rows, strict=True))
    found: dict[int, Row] = {}
    for one, row in zip(counted, rows, strict=True):
        cell = cell_at(held[row.line], place)
        if row.channel != REGISTER or is_blank(cell):
            continue
        year, month, day = _place(one)
        begin = day_begin(date(year, month, 1))
        value = micro(cell, unit_factor(one.unit) or 1)
        first = row._replace(time=begin, value=value, why="text" if value is None else "ok",
                             text=text_of(cell)[:80] if value is None else "")  # fmt: skip
        if not day and (row.line not in found or begin < found[row.line].time):
            found[row.line] = first
    return [*found.values()]


def _multipliers(table: Table) -> dict[str, frozenset[str]]:
    whose = table.at.get("meter", table.at.get("name", -1))
    said: dict[str, set[str]] = defaultdict(set)
    for row in table.grid.rows[1:]:
        if one := text_of(cell_at(row, table.at.get("multiplier", -1))):
            said[text_of(cell_at(row, whose))].add(one)
    return {meter: frozenset(held) for meter, held in said.items()}


def _figures(table: Table) -> tuple[list[_Figure], list[int]]:
    """The figures of a table, and the rows that add up others.

    A meter that was merged downwards, as far as a workbook tells, stands in each of its rows.
    """
    at, grid = table.at, table.grid
    merged = grid.form.startswith(("XLS", "ODS"))
    columns = [*table.across] or sorted({at[one] for one in _FIELDS if one in at})
    whose = at.get("meter", at.get("name", -1))
    found: list[_Figure] = []
    left: list[int] = []
    above = ""
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        if all(is_blank(cell_at(row, one)) for one in columns):
            continue
        if any(is_total(cell) for cell in row):
            left.append(line)
            continue
        above = text_of(cell_at(row, whose)) or (above if merged else "")
        found += (_figure(table, line, above, row, one) for one in columns)
    return found, left


def _figure(table: Table, line: int, meter: str, row: Line, place: int) -> _Figure:
    at, title = table.at, text_of(table.grid.rows[0][place])
    items = [text_of(cell_at(row, at[one])) for one in ("kind", "item") if one in at]
    rate = next((folded(one) for one in items if folded(one) in choices("rate")), "")
    kind = rate or figure_of(" ".join(items)) or figure_of(title)
    if table.across:
        when = _joined(table.across[place], _context(table, row))
    else:
        column = next(at[one] for one in ("month", "local", "date") if one in at)
        text = text_of(cell_at(row, column))
        alone = text.isdecimal() and len(text) < 3
        when = _joined(_period(f"{text}月" if alone else text), _context(table, row))
    unit = text_of(cell_at(row, at["unit"])) if "unit" in at else ""
    return _Figure(line, meter, when, kind, cell_at(row, place), unit or _unit(table, title))


def _joined(when: Moment | None, context: Moment) -> Moment:
    """A period with the year, or the month, that stands beside it."""
    if when is None or when.year is not None:
        return when or Moment()
    beside = context._replace(month=None) if when.month is not None else context
    return joined(when, beside) or when


def _context(table: Table, row: Sequence[object]) -> Moment:
    """Year and month that a row, or else what stands beside the table, says."""
    year, month = (re.sub(r"\D+$", "", text_of(cell_at(tuple(row), table.at.get(one, -1))))
                   for one in ("year", "month"))  # fmt: skip
    if year.isdecimal():
        return Moment(year=int(year), month=int(month) if month.isdecimal() else None)
    for text in table.beside:
        years = {one[1] for one in _YEAR_MONTH.finditer(text)}
        if len(years) == 1:
            months = {one[2] for one in _YEAR_MONTH.finditer(text) if one[2]}
            months = months or {one[1] for t in table.beside for one in _MONTH.finditer(t)}
            month = months.pop() if len(months) == 1 else ""
            return Moment(year=int(years.pop()), month=int(month) if month else None)
    return Moment()


def _unit(table: Table, title: str) -> str:
    """The unit in the brackets of a heading, or what stands beside the table."""
    said = [bracketed(title), *(m[1] for text in table.beside if (m := _UNIT.search(text)))]
    return next((one for one in said if one and unit_factor(one) is not None), "")


def _no_period(table: Table, figures: Sequence[_Figure]) -> list[Fault]:
    """Periods that are not known whole: asked once."""
    if all(one.when.year and one.when.month for one in figures):
        return []
    if any(one.when.day for one in figures):
        what = Words("各列只有日，看不出是哪年哪月", "The month of the days is not said")
        example = "2025年3月", "2025-03"
    else:
        what = Words("月份没有写明年份", "The year of the months is not said")
        example = "2025年", "2025"
    do = Words(
        f"请在表头上方、工作表名或文件名里写明，如 {example[0]}",
        f"Say it above the head, in the name of the sheet or of the file, e.g. {example[1]}",
    )
    return [Fault(what=what, where=table.grid.file, do=do)]


def _decided(
    table: Table, series: Mapping[tuple[str, str], Sequence[_Figure]], cells: str
) -> dict[tuple[str, str], str]:
    """What each series is: register, interval, what else its words say, "" where nothing tells."""
    said = {"reading": "register", "amount": "interval"}.get(cells, "")
    said = said or next((kind for text in table.beside if (kind := figure_of(text))), "")
    if not said:
        falls = {_falls(held) for (_, kind), held in series.items() if not kind}
        if (True in falls) is not (False in falls):
            said = "interval" if True in falls else "register"
    return {key: key[1] or said for key in series}


def _falls(held: Sequence[_Figure]) -> bool | None:
    """Whether figures fall from any period to the next; None for too few to tell, or level ones."""
    known = [v for one in sorted(held, key=_place) if (v := micro(one.cell)) is not None]
    if any(two < one for one, two in pairwise(known)):
        return True
    return False if len(known) >= _FEWEST_RISING and known[-1] > known[0] else None


def _place(one: _Figure) -> tuple[int, int, int]:
    return one.when.year or 0, one.when.month or 0, one.when.day or 0


def _undecided(
    table: Table, series: Mapping[tuple[str, str], Sequence[_Figure]],
    kinds: Mapping[tuple[str, str], str], cells: str,
) -> Iterator[Fault]:  # fmt: skip
    """Cells that could be readings or amounts, and amounts that grow as sums of the year do."""
    if any(not kind for kind in kinds.values()):
        yield Fault(
            what=Words("看不出各格是示数还是当期用量",
                       "It is not said whether cells are readings or amounts"),
            where=table.grid.file,
            do=Words("请加 --cells reading（期末示数）或 --cells amount（当期用量）",
                     "Add --cells reading (as of the end) or --cells amount (of the period)"),
        )  # fmt: skip
    amounts = [held for key, held in series.items() if kinds[key] == "interval"]
    running = amounts and all(_falls(held) is False for held in amounts)
    said = any(_RUNNING.search(text) for text in table.beside)
    if not cells and amounts and (running or said):
        yield Fault(
            what=Words("各格像是年初以来的累计用量：每块表都只增不减",
                       "The cells look like sums of the year so far: every meter's only grow"),
            where=table.grid.file,
            do=Words("是累计的，请改为各期用量；确是当期用量的，加 --cells amount",
                     "If they are, give each period's own; if they are not, add --cells amount"),
        )  # fmt: skip


def _row(one: _Figure, kind: str) -> Row:
    year, month, day = _place(one)
    this = Month(year, month)
    why = "empty" if is_blank(one.cell) else "ok"
    text = ""
    if day > this.last_day.day:
        why, text, day = "empty" if why == "empty" else "no_such_day", text_of(one.cell), 1
    begin = day_begin(date(year, month, day or 1))
    end = begin if day else day_begin(this.next().first_day)
    factor = unit_factor(one.unit) or Decimal(1)
    value = micro(one.cell, factor)
    if why == "ok" and value is None:
        why, text = "text", text_of(one.cell)[:80]
    channel = REGISTER if kind == "register" else INTERVAL if day else MONTH
    time = end if kind == "register" else begin
    return Row(one.meter, time, value, one.line, channel, why, text)


def _sums(
    table: Table, figures: Sequence[_Figure], rows: Sequence[Row], tree: Tree
) -> Iterator[Stated]:
    """What the rows state as the sum of their amounts."""
    place = next((at for at, one in enumerate(table.grid.rows[0]) if is_total(one)), -1)
    if place < 0 or not table.across:
        return
    whole = dict(zip(table.grid.lines, table.grid.rows, strict=True))
    aliases = tree.aliases()
    spans: dict[int, list[_Figure]] = defaultdict(list)
    for one, row in zip(figures, rows, strict=True):
        if row.channel != REGISTER and row.why != "empty":
            spans[row.line].append(one)
    for line, held in spans.items():
        factor = unit_factor(held[0].unit) or Decimal(1)
        amount = micro(cell_at(whole[line], place), factor)
        ordered = sorted(map(_place, held))
        first, last = (
            date(year, month, day or 1) for year, month, day in (ordered[0], ordered[-1])
        )
        end = day_begin(last) + DAY if ordered[-1][2] else day_begin(
            Month(last.year, last.month).next().first_day)  # fmt: skip
        if amount is not None:
            yield Stated(
                meter=aliases.get(held[0].meter, held[0].meter), begin=day_begin(first), end=end,
                amount=float(Decimal(amount) / MICRO),
                where=f"{table.grid.file} 第 {line} 行 row {line}",
            )  # fmt: skip


def _told(
    table: Table, rows: Sequence[Row], left: Sequence[int], figures: Sequence[_Figure],
    counted: Sequence[_Figure],
) -> Iterator[Words]:  # fmt: skip
    channels = {row.channel for row in rows}
    daily = any(one.when.day for one in counted)
    if REGISTER in channels and daily:
        yield Words("每格是示数，按当日 00:00 计", "cells are readings, as of 00:00 of their days")
    elif REGISTER in channels:
        yield Words(
            "每格是示数，按当月终了计", "cells are readings, as of the ends of their months"
        )
    if channels & {INTERVAL, MONTH}:
        what = Words("当日", "days") if daily else Words("当月", "months")
        yield Words(
            f"每格是{what.zh}用量（已乘倍率）",
            f"cells are amounts of their {what.en}, after the multiplier",
        )
    if left:
        yield totals_left(dict.fromkeys(left))
    apart = sorted({one.line for one in figures} - {one.line for one in counted})
    if apart:
        lines = listed(map(str, apart))
        yield Words(
            f"分时段、功率等行没有计入：第 {lines.zh} 行",
            f"rates, powers left out: rows {lines.en}",
        )
    used = {*table.across, *table.at.values()}
    unread = [t for at, one in enumerate(table.grid.rows[0])
              if at not in used and (t := text_of(one)) and not is_total(one)]  # fmt: skip
    if unread:
        names = listed(unread[:8])
        yield Words(f"没有用到的列：{names.zh}", f"columns not used: {names.en}")
