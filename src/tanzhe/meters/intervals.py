"""Meters that say the energy or the mean power of each slot."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words
from tanzhe.meters.clock import BEIJING, DAY
from tanzhe.meters.findings import Finding, finding
from tanzhe.meters.registers import OVERLOAD, SENTINELS
from tanzhe.meters.rows import MICRO, POWER
from tanzhe.meters.tree import Meter

Whole = NDArray[np.int64]

# A day's highest slot against its third highest, as collectors' head ends do.
SPIKE = 1.8
_FEWEST = 12  # slots of a day from which a third highest tells


class Slots(NamedTuple):
    """What is believed of a meter of intervals: of each figure whether it is, and what is wrong."""

    believed: NDArray[np.bool_]
    findings: list[Finding]


def judged_slots(meter: Meter, channel: int, time: Whole, value: Whole, step: int) -> Slots:
    """What is believed of energies or powers of slots.

    Args:
        meter: as declared.
        channel: `INTERVAL` or `POWER`.
        time: begins of slots, seconds UTC, rising.
        value: millionths.
        step: seconds of a slot.
    """
    believed = np.ones(len(value), bool)
    found: list[Finding] = []
    name = "power" if channel == POWER else "interval"
    whole = value // MICRO
    coded = np.isin(whole, [one for one in SENTINELS if one != 0]) & (value % MICRO == 0)
    for kind, wrong in (("sentinel", coded), ("negative", (value < 0) & ~coded)):
        for at in np.flatnonzero(wrong).tolist():
            told = Words(f"{value[at] / MICRO:g}", f"{value[at] / MICRO:g}")
            found.append(finding(kind, meter.meter, time[at], told=told, channel=name))
        believed &= ~wrong
    for at, told in _spikes(meter, channel, time, np.where(believed, value, 0), step):
        believed[at] = False
        found.append(finding("spike", meter.meter, time[at], told=told, channel=name))
    return Slots(believed, found)


def _spikes(
    meter: Meter, channel: int, time: Whole, value: Whole, step: int
) -> Iterator[tuple[int, Words]]:
    days = (time + BEIJING) // DAY
    starts = np.concatenate(([0], np.flatnonzero(np.diff(days)) + 1, [len(days)]))
    limit = _limit(meter, channel, step)
    for first, behind in pairwise(starts):
        held = value[first:behind]
        if limit is not None:
            for at in np.flatnonzero(held > limit):
                told = Words("超过额定功率", "beyond the rated power")
                yield int(first + at), told
            continue
        if len(held) < _FEWEST:
            continue
        order = np.argsort(held)
        third = float(held[order[-3]])
        for at in order[:-3:-1]:
            if third > 0 and (held[at] - third) / third > SPIKE:
                times = f"{held[at] / third:.3g}"
                told = Words(f"是当日第三高的 {times} 倍", f"{times} times the day's third highest")
                yield int(first + at), told


def _limit(meter: Meter, channel: int, step: int) -> float | None:
    """Most that a slot can hold by the rated power, millionths before the multiplier."""
    if meter.capacity is None:
        return None
    hours = 1.0 if channel == POWER else step / 3600
    return meter.capacity * OVERLOAD * hours / meter.multiplier * MICRO
