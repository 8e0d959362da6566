"""When readings come: their grid of slots, gaps, clocks that drift, hours that are eight off."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words
from tanzhe.meters.clock import BEIJING, DAY, said_time
from tanzhe.meters.findings import Finding, finding

Whole = NDArray[np.int64]
STANDARD = (60, 300, 600, 900, 1200, 1800, 3600, 2 * 3600, 6 * 3600, DAY)
# A clock may be five minutes off before it is set: collectors allow one to ten.
CLOCK_OFF = 300
_NEAR = 0.2  # a usual step this close to a standard one means the standard one
_RUN = 3  # equal steps that show another interval, not gaps
_MOSTLY = 0.3  # share of readings off the grid that makes it one finding
_ONE_SLOT = 3.0  # usual gains that a slot adds at most where eight hours are a slip of the clock


def nominal_step(time: Whole) -> int:
    """Seconds between readings as they are meant; 0 where too few tell.

    Example:
        >>> nominal_step(np.array([0, 960, 1920, 2880, 3840]))
        900
    """
    if len(time) < 4:
        return 0
    steps, counts = np.unique(np.diff(time), return_counts=True)
    usual = int(steps[np.argmax(counts)])
    near = [one for one in STANDARD if abs(one - usual) <= _NEAR * one]
    return min(near, key=lambda one: abs(one - usual)) if near else usual


def snapped(time: Whole, step: int) -> Whole:
    """Instants moved to their slot where at most five minutes are between; others as they are."""
    if step <= 0:
        return time
    off = _off(time, step)
    return np.where(np.abs(off) <= min(CLOCK_OFF, step // 2), time - off, time)


def _off(time: Whole, step: int) -> Whole:
    """Seconds that instants are after their slot (before: negative); days are Beijing's."""
    base = time + BEIJING if step > 3600 else time
    return (base + step // 2) % step - step // 2


def slot_findings(
    meter: str, channel: str, time: Whole, gain: Whole, step: int, excused: Whole
) -> Iterator[Finding]:
    """What is wrong with when readings came.

    Args:
        meter: whose.
        channel: which figure.
        time: seconds UTC, rising.
        gain: what was added since the reading before.
        step: of the grid.
        excused: instants at which a row stood that does not count and is told for itself.
    """
    if step <= 0 or step > DAY or len(time) < 2:
        return
    off = _off(time, step)
    yield from _clock(meter, channel, time, off)
    steps = np.diff(snapped(time, step))
    usual = _usual(gain[1:], steps, step)
    for at in np.flatnonzero(steps > 1.5 * step).tolist():
        yield from _long_step(meter, channel, time, gain, steps, at, step, usual, excused)


def _usual(gain: Whole, steps: Whole, step: int) -> float:
    held = gain[(steps == step) & (gain > 0)]
    return float(np.median(held)) if len(held) else 0.0


def _long_step(
    meter: str, channel: str, time: Whole, gain: Whole, steps: Whole, at: int, step: int,
    usual: float, excused: Whole,
) -> Iterator[Finding]:  # fmt: skip
    """A step longer than a slot: eight hours off, another interval, or a gap."""
    lasted, first, last = int(steps[at]), int(time[at]) + step, int(time[at + 1]) - step
    shifted = abs(lasted - step - BEIJING) <= CLOCK_OFF
    if shifted and usual > 0 and 0 < gain[at + 1] <= _ONE_SLOT * usual:
        told = Words("时间跳过八小时，电量只有一个采集点的量",
                     "Time skips eight hours, energy one slot")  # fmt: skip
        yield finding("utc", meter, time[at] + step, time[-1], told=told, channel=channel,
                      count=len(time) - at - 1)  # fmt: skip
        return
    if lasted in STANDARD and _run(steps, at) >= _RUN:
        if at and steps[at - 1] == lasted:
            return  # told where the run began
        told = Words(f"由 {step // 60} 分钟变为 {lasted // 60} 分钟",
                     f"from {step // 60} to {lasted // 60} minutes")  # fmt: skip
        yield finding("interval_length", meter, first, time[at + _run(steps, at)], told=told,
                      channel=channel, count=_run(steps, at))  # fmt: skip
        return
    slots = np.arange(first, last + step // 2, step)
    missing = slots[~np.isin(slots, excused)] if len(excused) else slots
    if not len(missing):
        return
    told = Words(f"缺 {len(missing)} 个采集点", f"{len(missing)} slots are missing")
    yield finding("gap", meter, missing[0], missing[-1], told=told, channel=channel,
                  count=len(missing))  # fmt: skip


def _run(steps: Whole, at: int) -> int:
    """How many steps around a position are equal to it."""
    first = last = at
    while first > 0 and steps[first - 1] == steps[at]:
        first -= 1
    while last + 1 < len(steps) and steps[last + 1] == steps[at]:
        last += 1
    return last - first + 1


def _clock(meter: str, channel: str, time: Whole, off: Whole) -> Iterator[Finding]:
    """Readings off the grid: a clock that drifts, or single ones."""
    far = np.flatnonzero(off != 0)
    if not len(far):
        return
    worst = int(np.max(np.abs(off)))
    minutes = Words(f"最多偏 {worst / 60:.3g} 分钟", f"up to {worst / 60:.3g} minutes off")
    if len(far) > _MOSTLY * len(time):
        kind = "clock" if worst > CLOCK_OFF else "clock_set"
        yield finding(kind, meter, time[0], time[-1], told=minutes, channel=channel,
                      count=len(far))  # fmt: skip
        return
    for at in far:
        away = int(off[at])
        told = Words(f"应为 {said_time(int(time[at]) - away)}",
                     f"the slot is {said_time(int(time[at]) - away)}")  # fmt: skip
        kind = "clock" if abs(away) > CLOCK_OFF else "clock_set"
        yield finding(kind, meter, time[at], told=told, channel=channel)
