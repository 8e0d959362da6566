"""A power network as tables hold it: buses with generation and load, lines with their flows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import fsum, isfinite
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.tables.grid import Grid, cell_at, is_blank, text_of

_BUSES: Mapping[str, tuple[str, ...]] = {
    "bus": ("bus", "节点", "母线", "变电站"),
    "generation": ("generation", "发电", "出力", "上网"),
    "load": ("load", "负荷", "用电", "下网"),
    "source": ("source", "电源", "发电类型", "电厂"),
    "factor": ("factor", "排放因子", "co2"),
    "hour": ("hour", "time", "时间", "时刻", "小时"),
}
_LINES: Mapping[str, tuple[str, ...]] = {
    "from": ("from", "起点", "首端"),
    "to": ("to", "终点", "末端"),
    "sent": ("sent", "flow", "送出", "首端功率", "潮流"),
    "received": ("received", "受入", "末端功率", "收到"),
    "hour": ("hour", "time", "时间", "时刻", "小时"),
}
_UNITS = ("kwh", "mwh", "gwh", "kw", "mw", "gw", "万千瓦时", "万千瓦", "亿千瓦时")
_SHOWN = {"kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "kw": "kW", "mw": "MW", "gw": "GW"}
# Of a factor: kg that a word of its heading counts, and the kWh that it is of.
_MASSES = {
    f"{sign}{of}": kg
    for sign, kg in (("g", 0.001), ("kg", 1.0), ("t", 1000.0)) for of in ("", "co2", "co2e")
}  # fmt: skip
_ENERGIES = {"kwh": 1.0, "mwh": 1000.0, "gwh": 1e6, "万千瓦时": 10_000.0}
_PARTS = ("per", *_MASSES, *_UNITS)  # of a heading, beside its word
MOST = 3.0  # kgCO2/kWh: twice what the worst coal plant emits; more is another unit


class Generator(NamedTuple):
    """What generates at a bus: its source, "" where none is named, amount, kgCO2/kWh or None."""

    bus: str
    source: str
    amount: float
    factor: float | None


class Line(NamedTuple):
    """A flow from one bus to another: what was sent, and what arrived."""

    start: str
    end: str
    sent: float
    received: float


class Network(NamedTuple):
    """One hour of a network, all amounts in one unit.

    Attributes:
        hour: as written, "" where the tables have none.
        unit: of the amounts, as the headings say.
        buses: in the order of the table.
        generators: at the buses.
        loads: by bus.
        lines: with their flows.
    """

    hour: str
    unit: str
    buses: tuple[str, ...]
    generators: tuple[Generator, ...]
    loads: Mapping[str, float]
    lines: tuple[Line, ...]


def read_networks(grids: Sequence[Grid]) -> list[Network]:
    """The hours of a network, refused whole with every fault at once.

    Args:
        grids: sheets or files of which one lists buses and one lists lines.

    Raises:
        InputError: each fault with file, row and column.
    """
    faults: list[Fault] = []
    buses = next((g for g in grids if _is(g, _BUSES, ("bus", "generation", "load"))), None)
    lines = next((g for g in grids if _is(g, _LINES, ("from", "to", "sent"))), None)
    if buses is None or lines is None:
        raise InputError(
            fault_of("meters.network.no_tables", where=", ".join(grid.file for grid in grids))
        )
    units = {*_units(buses), *_units(lines)}
    if len(units) > 1:
        told = "、".join(sorted(units))
        faults.append(
            fault_of("meters.network.read_networks", told=told, where=f"{buses.file}, {lines.file}")
        )
    rows = list(_rows(buses, _BUSES, faults))
    flows = list(_rows(lines, _LINES, faults))
    hours = list(dict.fromkeys([*(r.hour for r in rows), *(r.hour for r in flows)]))
    names = dict.fromkeys(row.texts["bus"] for row in rows)
    for row in flows:
        for end in ("from", "to"):
            if row.texts[end] not in names:
                faults.append(_unknown(lines, row, end))
    faults += _lacking_hours(rows, flows, lines)
    refuse(faults)
    unit = _SHOWN.get(first := next(iter(units), ""), first)
    return [_network(hour, unit, tuple(names), rows, flows) for hour in hours]


class _Row(NamedTuple):
    line: int
    hour: str
    texts: dict[str, str]
    numbers: dict[str, float | None]


_TEXTS = ("bus", "source", "from", "to")
_NEEDED = ("bus", "from", "to", "sent")


def _places(grid: Grid, names: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(grid.rows[0]):
        title = "".join(one for one in _words(cell) if one not in _PARTS)
        for field, known in names.items():
            if title in known:
                found.setdefault(field, at)
    return found


def _is(grid: Grid, names: Mapping[str, tuple[str, ...]], needed: Sequence[str]) -> bool:
    return set(needed) <= set(_places(grid, names))


def _words(cell: object) -> list[str]:
    return [one for one in re.split(r"[\W_]+", text_of(cell).casefold()) if one]


def _units(grid: Grid) -> Iterator[str]:
    for words in map(_words, grid.rows[0]):
        if not {*words} & {*_MASSES}:
            yield from (one for one in words if one in _UNITS)


def _scale(title: object) -> float:
    """What the figures of a factor's column are in kgCO2/kWh, by its heading."""
    words = _words(title)
    mass = next((_MASSES[one] for one in words if one in _MASSES), 1.0)
    return mass / next((_ENERGIES[one] for one in words if one in _ENERGIES), 1.0)


def _rows(grid: Grid, names: Mapping[str, tuple[str, ...]], faults: list[Fault]) -> Iterator[_Row]:
    places = _places(grid, names)
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        texts: dict[str, str] = {}
        numbers: dict[str, float | None] = {}
        for field, at in places.items():
            cell = cell_at(row, at)
            if field in _TEXTS:
                texts[field] = text_of(cell)
            elif field != "hour":
                numbers[field] = _number(cell, grid, line, field, faults)
                if field == "factor" and numbers[field] is not None:
                    numbers[field] = _factor(numbers[field], grid, line, at, faults)
            empty = not texts.get(field) if field in _TEXTS else numbers.get(field) is None
            if field in _NEEDED and empty and is_blank(cell):
                faults.append(
                    fault_of(
                        "meters.network.empty",
                        where=f"{grid.file} 第 {line} 行 row {line}, {field}",
                    )
                )
        hour = text_of(cell_at(row, places["hour"])) if "hour" in places else ""
        yield _Row(line, hour, texts, numbers)


def _number(cell: object, grid: Grid, line: int, field: str, faults: list[Fault]) -> float | None:
    if is_blank(cell):
        return None
    try:
        number = float(str(cell).replace(",", ""))
    except ValueError:
        number = float("nan")
    negative = field in ("generation", "load", "factor") and number < 0
    if isfinite(number) and not negative:
        return number
    faults.append(
        fault_of(
            "meters.network.number",
            cell=cell,
            where=f"{grid.file} 第 {line} 行 row {line}, {field}",
        )
    )
    return None


def _factor(
    number: float | None, grid: Grid, line: int, at: int, faults: list[Fault]
) -> float | None:
    """A factor in kgCO2/kWh, refused where it is beyond any plant's."""
    found = (number or 0.0) * _scale(grid.rows[0][at])
    if found <= MOST:
        return found
    faults.append(
        fault_of(
            "meters.network.factor",
            found=found,
            where=f"{grid.file} 第 {line} 行 row {line}, {text_of(grid.rows[0][at])}",
        )
    )
    return None


def _unknown(grid: Grid, row: _Row, end: str) -> Fault:
    name = row.texts[end]
    return Fault(
        Words(f"节点表里没有“{name}”", f"The buses have no “{name}”"),
        Words("请补上这个节点，或改正名称", "Add the bus, or correct the name"),
        where=f"{grid.file} 第 {row.line} 行 row {row.line}, {end}",
    )


def _lacking_hours(rows: Sequence[_Row], flows: Sequence[_Row], lines: Grid) -> Iterator[Fault]:
    """Hours that only one of the tables has."""
    only = {row.hour for row in rows} ^ {row.hour for row in flows}
    if only and flows:
        told = "、".join(sorted(only)[:5])
        yield fault_of("meters.network.lacking_hours", told=told, where=lines.file)


def _network(
    hour: str, unit: str, buses: tuple[str, ...], rows: Sequence[_Row], flows: Sequence[_Row]
) -> Network:
    own = [row for row in rows if row.hour == hour]
    generators = tuple(
        Generator(row.texts["bus"], row.texts.get("source", ""), amount, row.numbers.get("factor"))
        for row in own
        if (amount := row.numbers["generation"] or 0.0) > 0
    )
    loads = {
        bus: fsum(row.numbers["load"] or 0.0 for row in own if row.texts["bus"] == bus)
        for bus in buses
    }
    lines = tuple(
        Line(
            row.texts["from"],
            row.texts["to"],
            sent,
            sent if (got := row.numbers.get("received")) is None else got,
        )
        for row in flows
        if row.hour == hour and (sent := row.numbers["sent"] or 0.0) is not None
    )
    return Network(hour, unit, buses, generators, loads, lines)
