"""A table of hours: load, direct supply, contracts, the grid's carbon-free share."""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.meters.clock import instant, said_time
from tanzhe.tables import Grid
from tanzhe.tables.grid import cell_at, is_blank, text_of
from tanzhe.tables.numbers import read_number

HOUR = 3600
_TITLES = {
    "time": r"hour_begin|hour|time|时间|小时",
    "load": r"load|负荷|用电量",
    "direct": r"direct|专线|直供|自发",
    "contract": r"contract|wind|绿电|合同",
    "grid": r"grid|电网",
}
_UNITS = {"mwh": 1000.0, "kwh": 1.0, "gwh": 1e6, "万千瓦时": 10_000.0, "千瓦时": 1.0}
_UNIT = re.compile(r"(MWh|kWh|GWh|万千瓦时|千瓦时)", re.I)


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
    places = {
        name: next((at for at, t in enumerate(titles) if re.search(pattern, t, re.I)), -1)
        for name, pattern in _TITLES.items()
    }
    if min(places["time"], places["load"]) < 0:
        what = Words("缺时间列或负荷列", "There is no column of times or of load")
        do = Words("列名如 hour_begin、load_kWh、direct_kWh、contract_kWh",
                   "Name columns hour_begin, load_kWh, direct_kWh, contract_kWh")  # fmt: skip
        raise InputError(Fault(what=what, where=grid.file, do=do))
    faults: list[Fault] = []
    begin: list[int] = []
    columns: dict[str, list[float]] = {name: [] for name in _TITLES if name != "time"}
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        where = f"{grid.file} 第 {line} 行 row {line}"
        seconds = instant(cell_at(row, places["time"]))
        if seconds is None or seconds % HOUR:
            what = Words("时间不是整点", "The time is no full hour")
            do = Words("请写成 2025-06-21T00:00+08:00", "Write it as 2025-06-21T00:00+08:00")
            faults.append(Fault(what=what, where=where, do=do))
        begin.append(seconds or 0)
        for name, held in columns.items():
            held.append(_figure(row, places[name], titles, where, faults))
    refuse(faults)
    refuse(_broken(begin, grid))
    arrays = {name: np.array(held) for name, held in columns.items()}
    grid_free = None
    if places["grid"] >= 0:
        grid_free = arrays["grid"] / (100.0 if "percent" in titles[places["grid"]]
                                      or "%" in titles[places["grid"]] else 1.0)  # fmt: skip
    return HourTable(
        np.array(begin), arrays["load"], arrays["direct"], arrays["contract"], grid_free
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
        faults.append(Fault(what=what, where=f"{where}, {titles[at]}", do=do))
        return 0.0
    unit = _UNIT.search(titles[at])
    return value * (_UNITS[unit[1].casefold()] if unit else 1.0)


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
        faults.append(Fault(what=what, where=where, do=do))
    return faults
