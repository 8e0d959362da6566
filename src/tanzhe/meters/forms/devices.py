"""What devices and collectors write: DLMS profiles, DL/T 698.45 freezes, Modbus registers."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tanzhe.errors import Fault, InputError, Words
from tanzhe.faults import fault_of
from tanzhe.meters.clock import instant
from tanzhe.meters.rows import (
    FLAT,
    INTERVAL,
    PEAK,
    REGISTER,
    REVERSE,
    SHARP,
    VALLEY,
    Batch,
    Row,
    batch_of,
    micro,
)
from tanzhe.tables.grid import Grid, cell_at, is_blank, text_of

_CLOCK_OBIS = "0-0:1.0.0.255"
# Registers by their codes of IEC 62056-61: total and rates, import and export, energy of a slot.
_OBIS = {
    "1-0:1.8.0.255": REGISTER, "1-0:1.8.1.255": SHARP, "1-0:1.8.2.255": PEAK,
    "1-0:1.8.3.255": FLAT, "1-0:1.8.4.255": VALLEY, "1-0:2.8.0.255": REVERSE,
    "1-0:1.29.0.255": INTERVAL,
}  # fmt: skip
_STATUS = re.compile(r"\d+-\d+:96\.10\.\d+\.255")
_SCALER = re.compile(r"\{\s*(-?\d+)\s*,\s*(\d+)")
_WATT_HOUR = 30  # enumeration of units of IEC 62056-62
_UNITS = {_WATT_HOUR: Decimal("0.001")}
_FREEZE_RATES = (REGISTER, SHARP, PEAK, FLAT, VALLEY)
_FREEZE = {"00100200": _FREEZE_RATES, "00200200": (REVERSE,)}
_FREEZE_TIME = "20210200"


def is_profile(titles: Sequence[object]) -> bool:
    """Whether a table is headed with OBIS codes."""
    return _CLOCK_OBIS in [text_of(title) for title in titles]


def read_profile(grid: Grid, meter: str, note: str) -> Batch:
    """A DLMS/COSEM profile; scaler and unit stand in the comment before the head.

    Args:
        grid: head and rows.
        meter: whose, since the profile does not say it.
        note: the comment.

    Raises:
        InputError: no scaler: Wh and 0.1 Wh could not be told apart.
    """
    titles = [text_of(cell) for cell in grid.rows[0]]
    scaler = _SCALER.search(note)
    unit = _UNITS.get(int(scaler[2])) if scaler else None
    if scaler is None or unit is None:
        raise InputError(fault_of("meters.devices.read_profile", where=grid.file))
    factor = unit * Decimal(10) ** int(scaler[1])
    columns = {at: _OBIS[one] for at, one in enumerate(titles) if one in _OBIS}
    status = next((at for at, one in enumerate(titles) if _STATUS.fullmatch(one)), -1)
    found: list[Row] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        time = instant(cell_at(row, titles.index(_CLOCK_OBIS)))
        if time is None:
            raise InputError(_no_time(grid.file, line))
        mark = text_of(cell_at(row, status)) if status >= 0 else ""
        bad = mark.strip("0") != ""
        for at, channel in columns.items():
            value = micro(cell_at(row, at), factor)
            why = "empty" if value is None else "flagged" if bad else "ok"
            # Energy of a slot is stamped with its end by a profile.
            begin = time - 900 if channel == INTERVAL else time
            text = f"status {mark}" if bad else ""
            found.append(Row(meter, begin, value, line, channel, why, text))
    scale = f"1 = {factor.normalize():f} kWh"
    told = Words(f"{scale}（scaler {scaler[1]}，Wh）", f"{scale} (scaler {scaler[1]}, Wh)")
    return batch_of(found, (told,))


def _no_time(file: str, line: int) -> Fault:
    return fault_of("meters.devices.no_time", where=f"{file} 第 {line} 行 row {line}")


def is_freeze(tree: object) -> bool:
    """Whether parsed JSON is a freeze of DL/T 698.45."""
    return isinstance(tree, dict) and {"oad", "columns", "records"} <= set(tree)


def read_freeze(held: Mapping[str, Any], name: str) -> Batch:
    """A minute freeze of DL/T 698.45: total and four rates, by its scale."""
    meter = str(held.get("meter", ""))
    found: list[Row] = []
    for number, record in enumerate(held["records"], 1):
        time = instant(record.get(_FREEZE_TIME))
        if time is None:
            raise InputError(_no_time(name, number))
        for oad, channels in _FREEZE.items():
            if oad not in held["columns"]:
                continue
            scale = Decimal(10) ** int(held.get("scale", {}).get(oad, [-2])[0])
            values = record.get(oad)
            for at, channel in enumerate(channels):
                cell = values[at] if isinstance(values, list) and at < len(values) else None
                if cell is None and channel != REGISTER and channel != REVERSE:
                    continue
                value = micro(cell, scale)
                why = "empty" if value is None else "ok"
                found.append(Row(meter, time, value, number, channel, why))
    return batch_of(found, (Words("总及尖峰平谷", "total and four rates"),))


def is_modbus(titles: Sequence[object]) -> bool:
    """Whether a table holds pairs of registers."""
    return {"hi_word", "lo_word"} <= {text_of(title).casefold() for title in titles}


_WORD = 1 << 16
_UNIT = Decimal("0.01")  # a unit of the register in kWh, as collectors of this form write it


def read_modbus(grid: Grid) -> Batch:
    """Pairs of 16-bit registers, high word first; a pair that only fits swapped is said to be so.

    The meter is named gateway/unit, e.g. `GW02/11`.
    """
    names = [text_of(cell).casefold() for cell in grid.rows[0]]
    found: list[Row] = []
    last: dict[str, int] = {}

    def of(row: Sequence[object], name: str) -> str:
        return text_of(cell_at(tuple(row), names.index(name))) if name in names else ""

    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        time = instant(of(row, "local_time") or of(row, "time"))
        if time is None:
            raise InputError(_no_time(grid.file, line))
        meter = "/".join(x for x in (of(row, "gateway"), of(row, "unit_id")) if x)
        error = of(row, "error")
        if error or is_blank(of(row, "hi_word")):
            found.append(Row(meter, time, None, line, why="timeout", text=error))
            continue
        high, low = int(of(row, "hi_word")), int(of(row, "lo_word"))
        count, swapped = high * _WORD + low, low * _WORD + high
        before = last.get(meter)
        if before is not None and high != low and _nearer(before, swapped, count):
            text = f"{high},{low}"
            found.append(Row(meter, time, micro(count, _UNIT), line, why="word_order", text=text))
            continue
        last[meter] = count
        found.append(Row(meter, time, micro(count, _UNIT), line))
    return batch_of(found, (Words("高字在前，1 = 0.01 kWh", "high word first, 1 = 0.01 kWh"),))


def _nearer(before: int, swapped: int, count: int) -> bool:
    """Whether the swapped pair follows the count before closely, and the pair as read does not."""
    whole = _WORD * _WORD
    near, far = (swapped - before) % whole, (count - before) % whole
    return near < _WORD and far > 16 * _WORD
