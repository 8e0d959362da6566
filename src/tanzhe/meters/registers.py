"""Counts that grow: which readings to believe, what each step adds, and what is wrong.

A reading is never changed. It is believed or not, and the energy between two believed ones is
known or not; whatever is doubted is said.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words
from tanzhe.meters.findings import Finding, finding
from tanzhe.meters.rows import MICRO
from tanzhe.meters.tree import Meter

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]

# Judgements of this module. A rated load is exceeded by a tenth before it is a jump; without a
# rated load ten times the busiest slots are. A code that stands for "no answer" is never a count.
OVERLOAD = 1.1
WITHOUT_RATING = 10.0
BUSIEST = 0.99
FEWEST = 20  # steps from which the busiest slots are known
MOST_JUMPS, MOST_OVER = 12, 0.005  # more steps above the rated load: it is the rating that is off
SENTINELS = (-1, 0, 65_535, 4_294_967_295)
SLIPS = (1_000.0, 10_000.0)
SLIP_BAND = 0.05
HORIZON = 200  # readings within which a wrong count comes back
HIGH, LOW = 0.9, 0.1  # of the modulus, before and after a roll-over
STILL = 24  # equal readings
WORDS = (1 << 16, 1 << 32)


class Judged(NamedTuple):
    """What is believed of one register.

    Attributes:
        believed: of each reading.
        gain: what the step that ends at a believed reading added, millionths; 0 elsewhere.
        known: whether that is known.
        start: position of the believed reading a step began at.
        findings: what is wrong.
    """

    believed: Truth
    gain: Whole
    known: Truth
    start: Whole
    findings: list[Finding]


class Pace(NamedTuple):
    """How fast a register goes, millionths a second: at most, at its busiest, and usually.

    `overloads` counts steps above the rated load where they are so many that it cannot be right.
    """

    most: float | None
    busiest: float | None
    usual: float | None
    overloads: int = 0


def pace_of(meter: Meter, time: Whole, value: Whole) -> Pace:
    """The pace of a register by its rated load and its own steps."""
    steps, gains = np.diff(time), np.diff(value)
    up = (gains > 0) & (steps > 0)
    rates = gains[up] / steps[up]
    usual = float(np.median(rates)) if len(rates) else None
    busiest = float(np.quantile(rates, BUSIEST, method="lower")) if len(rates) >= FEWEST else None
    if busiest is not None and usual is not None and busiest > WITHOUT_RATING * usual:
        busiest = min(busiest, float(np.quantile(rates, 0.9)) * 2)  # spoilt by what is wrong
    unrated = None if busiest is None else WITHOUT_RATING * busiest
    if meter.capacity is None:
        return Pace(unrated, busiest, usual)
    rated = meter.capacity * OVERLOAD / 3600 * MICRO / meter.multiplier
    over = int(np.sum(rates > rated))
    if over > max(MOST_JUMPS, MOST_OVER * len(rates)) and unrated is not None:
        return Pace(max(rated, unrated), busiest, usual, over)
    return Pace(rated, busiest, usual)


def judged(meter: Meter, time: Whole, value: Whole) -> Judged:
    """What is believed of a register.

    Args:
        meter: as declared.
        time: seconds UTC, rising.
        value: millionths of the displayed unit.

    Example:
        >>> from datetime import date
        >>> one = Meter(meter="E", firm="A", carrier="electricity", unit="kWh", digits=5,
        ...             start=date(2025, 1, 1))
        >>> count = np.array([99_980, 99_990, 0, 10]) * MICRO
        >>> (judged(one, np.arange(4) * 900, count).gain // MICRO).tolist()
        [0, 10, 10, 10]
    """
    return _Judge(meter, time, value).done()


class _Judge:
    """Judges the reads of one register.

    Long because every kind of finding looks at the same reads and corrections.
    """

    def __init__(self, meter: Meter, time: Whole, value: Whole) -> None:
        self.meter, self.time, self.value = meter, time, value
        self.pace = pace_of(meter, time, value)
        self.believed = np.ones(len(time), bool)
        self.unknown: set[int] = set()
        self.wraps: dict[int, int] = {}
        self.findings: list[Finding] = []
        self.digit = 10 ** (6 - (2 if meter.decimals is None else meter.decimals))

    def done(self) -> Judged:
        """Walk over the steps that cannot be, then add up the others."""
        self._walk()
        if self.pace.overloads:
            count = self.pace.overloads
            told = Words(f"{count} 个采集点超过额定功率", f"{count} slots above the rated power")
            self._say("overload", 0, len(self.time) - 1, told=told)
        kept = np.flatnonzero(self.believed)
        gain = np.zeros(len(self.time), np.int64)
        known = np.zeros(len(self.time), bool)
        start = np.zeros(len(self.time), np.int64)
        if len(kept) > 1:
            gain[kept[1:]] = np.diff(self.value[kept])
            known[kept[1:]] = True
            start[kept[1:]] = kept[:-1]
        for at, modulus in self.wraps.items():
            gain[at] += modulus
        for at in self.unknown:
            known[at], gain[at] = False, 0
        known &= gain >= 0
        self.findings += _still(self.meter, self.time, self.value, self.believed, self.pace)
        return Judged(self.believed, np.where(known, gain, 0), known, start, self.findings)

    def _walk(self) -> None:
        steps, gains = np.diff(self.time), np.diff(self.value)
        wrong = gains < 0
        if self.pace.most is not None:
            wrong |= gains > self.pace.most * steps + self.digit
        last = 0
        for at in (np.flatnonzero(wrong) + 1).tolist():
            if at < last or not self.believed[at]:
                continue
            before = self._before(at)
            if before is None or self._fits(before, at):
                continue
            last = self._settle(before, at)

    def _before(self, at: int) -> int | None:
        """The believed reading before a position."""
        held = np.flatnonzero(self.believed[:at])
        return int(held[-1]) if len(held) else None

    def _fits(self, before: int, at: int) -> bool:
        """Whether a reading can follow another."""
        gain = self.value[at] - self.value[before]
        return bool(gain >= 0 and gain <= self._room(before, at))

    def _room(self, before: int, at: int) -> float:
        """Most that a register can add between two readings."""
        if self.pace.most is None:
            return float("inf")
        return float(self.pace.most * float(self.time[at] - self.time[before]) + self.digit)

    def _settle(self, before: int, at: int) -> int:
        """Name what is wrong at a reading; the position from which to go on."""
        modulus = self._modulus(before, at)
        if modulus is not None:
            self.wraps[at] = modulus
            self._say("roll_over", at, told=_from_to(self.value[before], self.value[at]))
            return at + 1
        back = self._back(before, at)
        if back is not None:
            self._aside(before, at, back)
            return back
        slip = self._slip(before, at)
        if slip:
            self.believed[at:] = False
            end = len(self.time) - 1
            self._say("unit", at, end, told=_times(slip))
            return len(self.time)
        if self.value[at] < self.value[before]:
            self._say("reset", at, told=_from_to(self.value[before], self.value[at]))
        elif self._stood(before, at):
            return at + 1
        else:
            self._say("jump", at, told=_from_to(self.value[before], self.value[at]))
        self.unknown.add(at)
        return at + 1

    def _modulus(self, before: int, at: int) -> int | None:
        """What the register wrapped at, if it wrapped."""
        whole = [] if self.meter.digits is None else [10**self.meter.digits * MICRO]
        for modulus in (*whole, *(word * self.digit for word in WORDS)):
            low, high = int(self.value[at]), int(self.value[before])
            added = low + modulus - high
            near = high > HIGH * modulus and 0 <= low < LOW * modulus and high < modulus
            room = self._room(before, at)
            if self.pace.most is None and self.pace.usual is not None:
                lasted = float(self.time[at] - self.time[before])
                room = WITHOUT_RATING * self.pace.usual * lasted
            if near and added <= room:
                return int(modulus)
        return None

    def _back(self, before: int, at: int) -> int | None:
        """The reading at which a wrong count comes back to its line, by a step that cannot be."""
        later = slice(at + 1, min(len(self.time), at + HORIZON))
        value, time = self.value[later], self.time[later]
        gain = value - self.value[before]
        fits = gain >= 0
        if self.pace.most is not None:
            fits &= gain <= self.pace.most * (time - self.time[before]) + self.digit
        step = value - self.value[at : later.stop - 1]
        if self.value[at] < self.value[before]:
            pace = self.pace.busiest or self.pace.usual or 0.0
            returns = step > 2 * pace * (time - self.time[at : later.stop - 1])
        else:
            returns = step < 0
        found = np.flatnonzero(fits & returns)
        return at + 1 + int(found[0]) if len(found) else None

    def _aside(self, before: int, at: int, back: int) -> None:
        """Set readings aside that left the line and came back."""
        self.believed[at:back] = False
        values = self.value[at:back]
        slip = self._slip(before, at)
        if all(self._is_sentinel(int(one), before) for one in values):
            told = Words(f"读数 {_shown(values[0])}", f"reads {_shown(values[0])}")
            self._say("sentinel", at, back - 1, told=told)
        elif slip:
            self._say("unit", at, back - 1, told=_times(slip))
        elif values[0] > self.value[before]:
            self._say("spike", at, back - 1, told=_from_to(self.value[before], values[0]))
        else:
            first = self._departed(before, at, back) if back - at > 1 else at
            self._say("backwards", first, back - 1, told=_from_to(self.value[at - 1], values[0]))

    def _is_sentinel(self, value: int, before: int) -> bool:
        plain = value // MICRO if value % MICRO == 0 else None
        nines = self.meter.digits is not None and plain == 10**self.meter.digits - 1
        return (plain in SENTINELS or nines) and value != int(self.value[before])

    def _departed(self, before: int, at: int, back: int) -> int:
        """The first reading off the line between those around a run that goes backwards."""
        while before > 0:
            last = self._before(before)
            if last is None:
                break
            whole = float(self.value[back] - self.value[last])
            share = (self.time[before] - self.time[last]) / (self.time[back] - self.time[last])
            slot = whole * float(share)
            off = abs(float(self.value[before] - self.value[last]) - slot)
            if off <= slot / 2:
                break
            self.believed[before] = False
            at, before = before, last
        return at

    def _slip(self, before: int, at: int) -> float:
        """How many times a count is what it should be, where that is a slip of units; else 0."""
        high, low = float(self.value[at]), float(self.value[before])
        if high <= 0 or low <= 0:
            return 0.0
        for times in SLIPS:
            if abs(high / low / times - 1) < SLIP_BAND:
                return times
            if abs(low / high / times - 1) < SLIP_BAND:
                return 1 / times
        return 0.0

    def _stood(self, before: int, at: int) -> bool:
        """Whether a step is what gathered while the register stood still."""
        first = before
        while first > 0 and self.value[first - 1] == self.value[before]:
            first -= 1
        return first < before and self._fits(first, at)

    def _say(self, kind: str, first: int, last: int | None = None, *, told: Words) -> None:
        end = first if last is None else last
        self.findings.append(
            finding(kind, self.meter.meter, self.time[first], self.time[end],
                    told=told, count=end - first + 1)
        )  # fmt: skip


def _still(
    meter: Meter, time: Whole, value: Whole, believed: Truth, pace: Pace
) -> Iterator[Finding]:
    """Registers that stood still: stuck where they then jumped, else perhaps out of use."""
    held = np.flatnonzero(believed)
    moved = np.flatnonzero(np.diff(value[held]) != 0) + 1
    edges = np.concatenate(([0], moved, [len(held)]))
    long = np.flatnonzero(np.diff(edges) >= STILL).tolist()
    runs = [(int(edges[at]), int(edges[at + 1])) for at in long]
    idle: list[tuple[int, int]] = []
    for first, behind in runs:
        caught_up = behind < len(held) and pace.most is not None
        if caught_up and pace.most is not None:
            gain = float(value[held[behind]] - value[held[behind - 1]])
            lasted = float(time[held[behind]] - time[held[behind - 1]])
            caught_up = gain > pace.most * lasted
        if caught_up:
            told = Words(f"{behind - first} 个读数不变，随后一次补上",
                         f"{behind - first} equal readings, then caught up at once")  # fmt: skip
            yield finding("stuck", meter.meter, time[held[first]], time[held[behind - 1]],
                          told=told, count=behind - first)  # fmt: skip
        else:
            idle.append((first, behind))
    if len(idle) > 2:  # a load that stands still again and again is used so
        return
    for first, behind in idle:
        told = Words(f"{behind - first} 个读数不变", f"{behind - first} equal readings")
        yield finding("still", meter.meter, time[held[first]], time[held[behind - 1]],
                      told=told, count=behind - first)  # fmt: skip


def _shown(value: int | np.integer) -> str:
    return f"{int(value) / MICRO:.6f}".rstrip("0").rstrip(".")


def _from_to(before: int | np.integer, after: int | np.integer) -> Words:
    return Words(f"{_shown(before)} → {_shown(after)}", f"{_shown(before)} → {_shown(after)}")


def _times(slip: float) -> Words:
    return Words(f"数值为应有的 {slip:g} 倍", f"figures {slip:g} times what they should be")
