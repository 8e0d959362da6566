"""A table of hours: load, direct supply, contracts, the grid's carbon-free share."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, InputError, Words, listed, refuse
from tanzhe.faults import fault_of
from tanzhe.meters.clock import BEIJING, instant, said_time
from tanzhe.meters.words import places
from tanzhe.tables.grid import Grid, cell_at, is_blank, text_of
from tanzhe.tables.numbers import read_number
from tanzhe.terms import words_of

HOUR = 3600
_LOOKED_AT = 50  # rows that show whether a column holds numbers
_AMOUNTS = ("load", "direct", "contract")
_FIELDS = (*_AMOUNTS, "grid")
_NAMES = words_of("meters.tables.names")
_LAST, _FIRST = re.compile(r"(?<!\d)24[:：]00"), re.compile(r"(?<!\d)0?0[:：]00")
# Energy of an hour, or the mean power over it.
_UNITS = {
    "mwh": 1000.0, "kwh": 1.0, "gwh": 1e6, "万千瓦时": 10_000.0, "千瓦时": 1.0, "度": 1.0,
    "mw": 1000.0, "kw": 1.0, "gw": 1e6, "万千瓦": 10_000.0, "千瓦": 1.0, "兆瓦时": 1000.0,
    "兆瓦": 1000.0, "吉瓦时": 1e6, "太瓦时": 1e9, "twh": 1e9, "吉瓦": 1e6,
}  # fmt: skip
_POWERS = ("mw", "kw", "gw", "万千瓦", "千瓦", "兆瓦", "吉瓦")  # the others are energies
_FINER = (300, 600, 900, 1200, 1800)  # seconds of slots that add up to hours
_SIZES = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}  # 万kWh, 亿度
_UNIT = re.compile(
    rf"(?P<size>百万|千万|[千万亿])?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})",
    re.I,
)
_PERCENT = re.compile(r"percent|%|％")


class HourTable(NamedTuple):
    """Hours as given, energies in kWh.

    Attributes:
        begin: of each hour, seconds UTC.
        load: energy.
        direct: available direct supply, zeros where no column gives it.
        contract: contracted supply with hourly proof, zeros likewise.
        grid_free: carbon-free share of the grid, 0 to 1, or None.
        told: what was decided in reading.
    """

    begin: NDArray[np.int64]
    load: NDArray[np.float64]
    direct: NDArray[np.float64]
    contract: NDArray[np.float64]
    grid_free: NDArray[np.float64] | None
    told: tuple[Words, ...] = ()


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
    begin, odd = _begins(grid, at["time"])
    step = _step(begin)
    units = [u["unit"].casefold() if (u := _UNIT.search(title)) else "" for title in titles]
    faults = [*_unused(grid, titles, set(at.values())), *_no_hours(odd, grid)]
    used = {name: units[place] for name, place in at.items() if name in _AMOUNTS and place >= 0}
    faults += _no_units(used, grid, step)
    columns: dict[str, list[float]] = {name: [] for name in _FIELDS}
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        where = f"{grid.file} 第 {line} 行 row {line}"
        for name, held in columns.items():
            power = used.get(name) in _POWERS
            held.append(
                _figure(row, at[name], titles, where, faults) * (step / HOUR if power else 1)
            )
    refuse(faults)
    refuse(_unlikely(grid, at, titles, columns))
    ends = _are_ends(grid, at["time"])
    begin = [one - step for one in begin] if ends else begin
    refuse([*_broken(begin, grid, step), *_cut(begin, grid, step)])
    slots = HOUR // step
    arrays = {name: np.array(held).reshape(-1, slots).sum(1) for name, held in columns.items()}
    grid_free = None
    if at["grid"] >= 0:
        whole = 100.0 if _PERCENT.search(titles[at["grid"]]) else 1.0
        grid_free = arrays["grid"] / slots / whole
    told = tuple(_told(used, step, ends))
    return HourTable(
        np.array(begin[::slots]), arrays["load"], arrays["direct"], arrays["contract"], grid_free,
        told,
    )  # fmt: skip


_GROWING = 24  # rows of a load that never falls: a register, not what was used
_SUN = re.compile(r"光伏|太阳能|solar|\bpv\b", re.I)
_NIGHT, _AT_NIGHT = (22, 23, 0, 1, 2, 3), 0.05  # hours of Beijing, and their share of a day's sun


def _unlikely(
    grid: Grid, at: Mapping[str, int], titles: Sequence[str], columns: Mapping[str, list[float]]
) -> Iterator[Fault]:
    """Columns that are registers, shares in another size, and sun at night: asked."""
    for name in _AMOUNTS:
        steps = np.diff(columns[name])
        grows = len(steps) >= _GROWING and bool((steps >= 0).all()) and (steps > 0).mean()
        if grows and grows > 1 / 3:
            yield Fault(
                Words("数值只增不减，像是累计示数", "It never falls, as a register does"),
                Words("请换成每个时段的电量", "Give the energy of each interval"),
                where=f"{grid.file}, {titles[at[name]]}",
            )
    if at["grid"] >= 0 and any(columns["grid"]):
        percent = bool(_PERCENT.search(titles[at["grid"]]))
        highest = max(columns["grid"])
        if (highest <= 1) if percent else (highest > 1):
            yield Fault(
                Words(f"最大 {highest:g}，看不出是百分数还是比例",
                      f"At most {highest:g}: percent or a share of one?"),
                Words("列名带 % 的请写百分数（35），不带的写比例（0.35）",
                      "Write percent (35) below a heading with %, shares (0.35) below others"),
                where=f"{grid.file}, {titles[at['grid']]}",
            )  # fmt: skip
    place = at["direct"]
    if place >= 0 and _SUN.search(titles[place]) and sum(columns["direct"]):
        begins, _ = _begins(grid, at["time"])
        night = [v for t, v in zip(begins, columns["direct"], strict=True)
                 if (t + BEIJING) // HOUR % 24 in _NIGHT]  # fmt: skip
        share = sum(night) / sum(columns["direct"])
        if share > _AT_NIGHT:
            yield Fault(
                Words(f"光伏有 {share:.0%} 的电量在夜里（22 时至 4 时）：时间像是差了几小时",
                      f"{share:.0%} of the sun's energy is at night (22 to 4): the times look "
                      "some hours off"),
                Words("请换成北京时间，或在时间里写明时区（+00:00）；不只是光伏的，请改列名",
                      "Give Beijing's times or write the zone (+00:00); rename the column if it "
                      "is not the sun alone"),
                where=f"{grid.file}, {titles[place]}",
            )  # fmt: skip


def _begins(grid: Grid, place: int) -> tuple[list[int], list[int]]:
    """The instants of a table, and the rows whose time is none or no slot."""
    found = [instant(cell_at(row, place)) for row in grid.rows[1:]]
    step = _step([one for one in found if one is not None])
    odd = [line for line, one in zip(grid.lines[1:], found, strict=True)
           if one is None or one % step]  # fmt: skip
    return [one or 0 for one in found], odd


def _step(begin: Sequence[int]) -> int:
    """Seconds between most rows where they are parts of an hour that add up to it, else an hour."""
    steps = Counter(after - before for before, after in pairwise(begin))
    for step, count in steps.most_common(1):
        if step in _FINER and count > steps.total() / 2:
            return step
    return HOUR


def _are_ends(grid: Grid, place: int) -> bool:
    """Whether times are ends: 24:00 stands there, and the 00:00 of no day."""
    texts = [text_of(cell_at(row, place)) for row in grid.rows[1:]]
    last = any(_LAST.search(one) for one in texts)
    return last and not any(_FIRST.search(one) for one in texts)


def _no_units(used: Mapping[str, str], grid: Grid, step: int) -> Iterator[Fault]:
    """Columns without a unit beside others with one, or in parts of an hour."""
    if (step == HOUR and not any(used.values())) or all(used.values()):
        return
    names = listed(_NAMES[name].zh for name, unit in used.items() if not unit)
    en = listed(name for name, unit in used.items() if not unit)
    yield Fault(
        Words(f"{names.zh} 列没有写单位", f"Columns {en.en} name no unit"),
        Words("请在列名里写明：(kW) 是平均功率，(kWh) 是电量",
              "Say it in the heading: (kW) is mean power, (kWh) is energy"),
        where=grid.file,
    )  # fmt: skip


def _cut(begin: Sequence[int], grid: Grid, step: int) -> Iterator[Fault]:
    """A table of parts of hours that begins or ends amid an hour."""
    if begin and (begin[0] % HOUR or (begin[-1] + step) % HOUR):
        yield fault_of("meters.tables.cut", where=grid.file)


def _told(used: Mapping[str, str], step: int, ends: bool) -> Iterator[Words]:
    """What was decided in reading."""
    if ends:
        yield Words("时间是区间末（写到 24:00）", "times are ends of intervals (up to 24:00)")
    if not any(used.values()):
        yield Words("列名没有单位，按 kWh 计", "headings name no unit: taken for kWh")
    if step < HOUR:
        powers = [name for name, unit in used.items() if unit in _POWERS]
        energies = [name for name in used if name not in powers]
        minutes = step // 60
        for names, zh, en in (
            (powers, "平均功率，取小时平均", "mean power: averaged over the hour"),
            (energies, "电量，按小时相加", "energy: added up by the hour"),
        ):
            if names:
                chinese, english = listed(_NAMES[one].zh for one in names), listed(names)
                yield Words(f"{minutes} 分钟的 {chinese.zh} 是{zh}",
                            f"{english.en} of {minutes} minutes is {en}")  # fmt: skip


def _unused(grid: Grid, titles: Sequence[str], used: Set[int]) -> Iterator[Fault]:
    """Columns of numbers that are none of ours: to leave them out would answer another question."""
    for place, title in enumerate(titles):
        numbers = (read_number(cell_at(row, place)).value for row in grid.rows[1:_LOOKED_AT])
        if place in used or not title or all(one is None for one in numbers):
            continue
        yield fault_of("meters.tables.unused", title=title, where=grid.file)


def _no_hours(lines: Sequence[int], grid: Grid) -> Iterator[Fault]:
    """One fault for all times that are no full hour."""
    if lines:
        shown = "、".join(str(line) for line in lines[:5]) + ("…" if len(lines) > 5 else "")
        yield fault_of(
            "meters.tables.no_hours",
            count=len(lines),
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
    return value * (
        _SIZES.get(unit["size"], 1.0) * _UNITS[unit["unit"].casefold()] if unit else 1.0
    )


def _broken(begin: list[int], grid: Grid, step: int) -> list[Fault]:
    """Hours, or parts of them, that do not follow each other."""
    faults: list[Fault] = []
    for line, before, after in zip(grid.lines[2:], begin, begin[1:], strict=False):
        if after - before == step:
            continue
        minutes = step // 60
        what = Words(f"接在 {said_time(before)} 后面的不是 {minutes} 分钟后",
                     f"It does not follow {said_time(before)} by {minutes} minutes")  # fmt: skip
        do = Words("请补齐缺的小时、删去重复的；程序不会补值",
                   "Add the missing hours, take out doubles; nothing is filled in")  # fmt: skip
        where = f"{grid.file} 第 {line} 行 row {line}"
        faults.append(Fault(what, do, where=where))
    return faults
