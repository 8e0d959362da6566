"""A table of hours: load, direct supply, contracts, the grid's carbon-free share."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.meters.clock import instant, said_time
from tanzhe.meters.words import places
from tanzhe.tables import Grid
from tanzhe.tables.grid import cell_at, is_blank, text_of
from tanzhe.tables.numbers import read_number

HOUR = 3600
_LOOKED_AT = 50  # rows that show whether a column holds numbers
_FIELDS = ("load", "direct", "contract", "grid")
# Energy of an hour, or the mean power over it.
_UNITS = {
    "mwh": 1000.0, "kwh": 1.0, "gwh": 1e6, "万千瓦时": 10_000.0, "千瓦时": 1.0, "度": 1.0,
    "mw": 1000.0, "kw": 1.0, "gw": 1e6, "万千瓦": 10_000.0, "千瓦": 1.0, "兆瓦时": 1000.0,
    "兆瓦": 1000.0,
}  # fmt: skip
_UNIT = re.compile("|".join(sorted(_UNITS, key=len, reverse=True)), re.I)
_PERCENT = re.compile(r"percent|%|％")


class HourTable(NamedTuple):
    """Hours as given, energies in kWh.

    Attributes:
        begin: of each hour, seconds UTC.
        load: energy.
        direct: available direct supply, zeros where no column gives it.
        contract: contracted supply with hourly proof, zeros likewise.
        grid_free: carbon-free share of the grid, 0 to 1, or None.
    """

    begin: NDArray[np.int64]
    load: NDArray[np.float64]
    direct: NDArray[np.float64]
    contract: NDArray[np.float64]
    grid_free: NDArray[np.float64] | None


def no_hours() -> HourTable:
    """No hours at all."""
    none = np.empty(0)
    return HourTable(np.empty(0, np.int64), none, none, none, None)


def read_hours(grid: Grid) -> HourTable:
    """The hours of a table, refused whole with every fault at once.

    Raises:
        InputError: no time or load; cells that are no number; hours that are missing, stand twice
            or are no hour.
    """
    titles = [text_of(cell) for cell in grid.rows[0]]
    bare = [_PERCENT.sub("", _UNIT.sub("", title)) for title in titles]
    at = dict.fromkeys(_FIELDS, -1) | places("hours", bare)
    if "time" not in at or at["load"] < 0:
        what = Words("缺时间列或负荷列", "There is no column of times or of load")
        do = Words("列名如 hour_begin、load_kWh、direct_kWh、contract_kWh",
                   "Name columns hour_begin, load_kWh, direct_kWh, contract_kWh")  # fmt: skip
        raise InputError.of(what, do, where=grid.file)
    faults = list(_unused(grid, titles, set(at.values())))
    begin: list[int] = []
    columns: dict[str, list[float]] = {name: [] for name in _FIELDS}
    odd: list[int] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        where = f"{grid.file} 第 {line} 行 row {line}"
        seconds = instant(cell_at(row, at["time"]))
        if seconds is None or seconds % HOUR:
            odd.append(line)
        begin.append(seconds or 0)
        for name, held in columns.items():
            held.append(_figure(row, at[name], titles, where, faults))
    refuse([*_no_hours(odd, grid), *faults])
    refuse(_broken(begin, grid))
    arrays = {name: np.array(held) for name, held in columns.items()}
    grid_free = None
    if at["grid"] >= 0:
        grid_free = arrays["grid"] / (100.0 if _PERCENT.search(titles[at["grid"]]) else 1.0)
    return HourTable(
        np.array(begin), arrays["load"], arrays["direct"], arrays["contract"], grid_free
    )


def _unused(grid: Grid, titles: Sequence[str], used: Set[int]) -> Iterator[Fault]:
    """Columns of numbers that are none of ours: to leave them out would answer another question."""
    for place, title in enumerate(titles):
        numbers = (read_number(cell_at(row, place)).value for row in grid.rows[1:_LOOKED_AT])
        if place in used or not title or all(one is None for one in numbers):
            continue
        yield Fault(
            Words(f"没有用到“{title}”列", f"Column “{title}” is not used"),
            Words(
                "请改名为 负荷、专线、绿电合同 或 电网，或删去；同一项的几列请先相加",
                "Name it load, direct, contract or grid, or take it out; add up columns of one "
                "kind first",
            ),
            where=grid.file,
        )


def _no_hours(lines: Sequence[int], grid: Grid) -> Iterator[Fault]:
    """One fault for all times that are no full hour."""
    if lines:
        shown = "、".join(str(line) for line in lines[:5]) + ("…" if len(lines) > 5 else "")
        yield Fault(
            Words(f"{len(lines)} 行的时间不是整点", f"{len(lines)} times are no full hours"),
            Words(
                "请写成 2025-06-21T00:00+08:00；更密的数据请先按小时相加",
                "Write them as 2025-06-21T00:00+08:00; add up finer data by the hour first",
            ),
            where=f"{grid.file} 第 {shown} 行 row {shown}",
        )


def _figure(
    row: tuple[object, ...], at: int, titles: list[str], where: str, faults: list[Fault]
) -> float:
    """A figure in kWh (a share as it is); zero for a column that is not there."""
    if at < 0:
        return 0.0
    value = read_number(cell_at(row, at)).value
    if value is None or value < 0:
        blank = is_blank(cell_at(row, at))
        what = Words("空着，不能当作零", "It is empty, which is no zero") if blank else Words(
            f"“{text_of(cell_at(row, at))}”不是非负的数",
            f"“{text_of(cell_at(row, at))}” is no number of zero or more",
        )  # fmt: skip
        do = Words("请填数；确实没有的填 0", "Fill it in; write 0 where there was none")
        faults.append(Fault(what, do, where=f"{where}, {titles[at]}"))
        return 0.0
    unit = _UNIT.search(titles[at])
    return value * (_UNITS[unit[0].casefold()] if unit else 1.0)


def _broken(begin: list[int], grid: Grid) -> list[Fault]:
    """Hours that do not follow each other."""
    faults: list[Fault] = []
    for line, before, after in zip(grid.lines[2:], begin, begin[1:], strict=False):
        if after - before == HOUR:
            continue
        what = Words(f"接在 {said_time(before)} 后面的不是下一小时",
                     f"It does not follow {said_time(before)} by an hour")  # fmt: skip
        do = Words("请补齐缺的小时、删去重复的；程序不会补值",
                   "Add the missing hours, take out doubles; nothing is filled in")  # fmt: skip
        where = f"{grid.file} 第 {line} 行 row {line}"
        faults.append(Fault(what, do, where=where))
    return faults
