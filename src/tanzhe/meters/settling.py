"""A month settled: energy of each slot, totals with their coverage, and all that was found.

Registers come first; power is integrated only where a meter has neither count nor intervals; what
a table gives for the whole month stands in where these do not know all of it. A gap between two
readings of a register loses the shape, not the energy; a gap of intervals loses both. Nothing is
filled in.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words
from tanzhe.meters.clock import DAY
from tanzhe.meters.findings import Finding, finding
from tanzhe.meters.intervals import judged_slots
from tanzhe.meters.levels import level_findings
from tanzhe.meters.registers import Judged, judged
from tanzhe.meters.rows import (
    CHANNELS,
    INTERVAL,
    MICRO,
    MONTH,
    POWER,
    REGISTER,
    REVERSE,
    SHARP,
    VALLEY,
)
from tanzhe.meters.slots import nominal_step, slot_findings, snapped
from tanzhe.meters.store import Correction
from tanzhe.meters.tree import Meter

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]

# Readings on either side that a month is judged with: a week's rest is known by the week before.
CONTEXT = 8 * DAY
_MAIN = (REGISTER, INTERVAL, POWER)
ROUNDED = 0.001  # a month's amount may be rounded as a bill is


class Readings(NamedTuple):
    """One figure of one meter, rising in time, with the days around the month."""

    time: Whole
    value: Whole


class Stretch(NamedTuple):
    """Energy between two instants, millionths of the unit after the multiplier."""

    begin: Whole
    end: Whole
    energy: Whole
    known: Truth


class Total(NamedTuple):
    """What a meter added over a month or any other time.

    Attributes:
        energy: known part, millionths.
        covered: seconds of which the energy is known.
        seconds: seconds the meter should have counted.
        basis: register, interval, power or month.
    """

    energy: int
    covered: int
    seconds: int
    basis: str

    @property
    def complete(self) -> bool:
        """Whether all of it is known."""
        return self.covered == self.seconds > 0


class MeterMonth(NamedTuple):
    """One meter's month.

    Attributes:
        meter: its name.
        stretches: of the basis, those that lie in the month or across its edges.
        step: seconds of a slot, 0 where there is none.
        total: of the month.
        reverse: of the reverse register, or None.
        findings: what is wrong.
    """

    meter: str
    stretches: Stretch
    step: int
    total: Total
    reverse: Total | None
    findings: list[Finding]


def settle_meter(
    spans: Sequence[Meter],
    readings: dict[int, Readings],
    excused: dict[int, Whole],
    corrections: Sequence[Correction],
    window: tuple[int, int],
    newest: int,
) -> MeterMonth:
    """Settle one meter's month.

    Args:
        spans: the meter as declared.
        readings: by channel, with the days around.
        excused: by channel, instants whose rows do not count and are told for themselves.
        corrections: about this meter.
        window: begin and end of the month, seconds UTC.
        newest: the newest instant the store has of any meter; nothing is missed after it.
    """
    meter = _of_window(spans, window)
    found: list[Finding] = []
    kept = {channel: _corrected(one, corrections) for channel, one in readings.items()}
    basis = next((one for one in _MAIN if one in kept and len(kept[one].time)), REGISTER)
    held: dict[int, Judged] = {}
    amount = _amount(kept.pop(MONTH, None), window[0])
    stretch, step = _nothing(), 0
    reverse: Stretch | None = None
    for channel, one in kept.items():
        away = excused.get(channel, np.empty(0, np.int64))
        size = nominal_step(one.time)
        if channel in (INTERVAL, POWER):
            size = size or 3600
            slots = judged_slots(meter, channel, one.time, one.value, size)
            found += slots.findings if channel == basis else []
            if channel == basis:
                none = np.zeros(len(one.time), np.int64)
                found += slot_findings(meter.meter, CHANNELS[channel], one.time, none, size, away)
            made = _of_slots(spans, channel, one, slots.believed, size)
        else:
            result = judged(meter, one.time, one.value)
            held[channel] = result
            if channel in (REGISTER, REVERSE):
                found += _register_findings(meter, channel, one, result, size, away)
            made = _of_register(spans, one, result, size)
        if channel == basis:
            stretch, step = made, size
        elif channel == REVERSE:
            reverse = made
    found += _rates(meter.meter, kept, held)
    found += _sums(meter, spans, kept, held, nominal_step(kept[INTERVAL].time)
                   if INTERVAL in kept else 0)  # fmt: skip
    stretch = _decided(stretch, corrections)
    begin, end = _counted(spans, window)
    inside = [one for one in found if window[0] <= one.begin < window[1]]
    inside += [one for one in found if one.kind == "overload" and one not in inside]
    inside += _silent(meter.meter, kept.get(basis), step, (begin, end), newest)
    stretch, total = _within(stretch, window), total_of(stretch, begin, end, CHANNELS[basis])
    if amount is not None and total.complete:
        inside += _differing(meter.meter, amount, total.energy, window)
    elif amount is not None and end > begin:
        stretch = Stretch(*(np.array([one]) for one in (begin, end, amount, True)))
        total = Total(amount, end - begin, end - begin, CHANNELS[MONTH])
    return MeterMonth(
        meter.meter, stretch, step, total,
        None if reverse is None else total_of(reverse, begin, end, "register"),
        inside,
    )  # fmt: skip


def _amount(one: Readings | None, begin: int) -> int | None:
    """The amount that a table gives for the month that begins then."""
    held = [] if one is None else one.value[one.time == begin].tolist()
    return held[0] if held else None


def _differing(
    meter: str, amount: int, measured: int, window: tuple[int, int]
) -> Iterator[Finding]:
    """A month's amount that is not what readings say, beyond rounding to whole units."""
    if abs(amount - measured) > max(MICRO, ROUNDED * abs(measured)):
        said, read = f"{amount / MICRO:,.0f}", f"{measured / MICRO:,.0f}"
        told = Words(f"表中 {said}，按读数 {read}", f"the table says {said}, readings {read}")
        yield finding("stated", meter, window[0], window[1], told=told, channel=CHANNELS[MONTH])


def _of_window(spans: Sequence[Meter], window: tuple[int, int]) -> Meter:
    """The span that holds most of a window, or the last."""
    good = [one for one in spans if one.begins < window[1] and (one.ends or window[1]) > window[0]]
    return (good or list(spans))[-1]


def _counted(spans: Sequence[Meter], window: tuple[int, int]) -> tuple[int, int]:
    """The part of a window in which the meter counts."""
    first, last = spans[0].begins, spans[-1].ends
    begin, end = max(window[0], first), window[1] if last is None else min(window[1], last)
    return begin, max(begin, end)


def _nothing() -> Stretch:
    none = np.empty(0, np.int64)
    return Stretch(none, none, none, np.empty(0, bool))


def _multipliers(spans: Sequence[Meter], begin: Whole) -> NDArray[np.float64]:
    """The multiplier that holds at each instant."""
    found = np.full(len(begin), spans[0].multiplier)
    for one in spans[1:]:
        found[begin >= one.begins] = one.multiplier
    return found


def _times(amount: Whole, factor: NDArray[np.float64]) -> Whole:
    """Exact where the factor is whole."""
    whole = np.rint(factor)
    if np.array_equal(whole, factor):
        exact: Whole = amount * whole.astype(np.int64)
        return exact
    return np.rint(amount * factor).astype(np.int64)


def _of_register(spans: Sequence[Meter], one: Readings, result: Judged, step: int) -> Stretch:
    kept = np.flatnonzero(result.believed)
    if len(kept) < 2:
        return _nothing()
    time = snapped(one.time, step)
    ends = kept[1:]
    begin = time[result.start[ends]]
    energy = _times(result.gain[ends], _multipliers(spans, begin))
    return Stretch(begin, time[ends], energy, result.known[ends])


def _of_slots(
    spans: Sequence[Meter], channel: int, one: Readings, believed: Truth, step: int
) -> Stretch:
    begin = snapped(one.time, step)
    energy = _times(one.value, _multipliers(spans, begin))
    if channel == POWER:
        energy = np.rint(energy * (step / 3600)).astype(np.int64)
    return Stretch(begin, begin + step, np.where(believed, energy, 0), believed)


def _within(one: Stretch, window: tuple[int, int]) -> Stretch:
    kept = (one.begin < window[1]) & (one.end > window[0])
    return Stretch._make(column[kept] for column in one)


def total_of(one: Stretch, begin: int, end: int, basis: str) -> Total:
    """What was added between two instants; a stretch across an edge counts for neither side."""
    inside = (one.begin >= begin) & (one.end <= end) & one.known
    covered = int(np.sum((one.end - one.begin)[inside]))
    return Total(int(np.sum(one.energy[inside])), covered, end - begin, basis)


def _corrected(one: Readings, corrections: Sequence[Correction]) -> Readings:
    """Readings as corrections say: set aside, moved in time, put in."""
    time, value = one.time, one.value
    for row in corrections:
        inside = (time >= row.begin) & (time <= row.end)
        if row.kind == "ignore":
            time, value = time[~inside], value[~inside]
        elif row.kind == "shift":
            time = np.where(inside, time + int(row.value or 0), time)
        elif row.kind == "reading":
            time = np.append(time, row.begin)
            value = np.append(value, np.int64(round((row.value or 0) * 1_000_000)))
        else:
            continue
        order = np.argsort(time, kind="stable")
        time, value = time[order], value[order]
        once = np.concatenate(([True], np.diff(time) > 0)) if len(time) else np.empty(0, bool)
        time, value = time[once], value[once]
    return Readings(time, value)


def _decided(one: Stretch, corrections: Sequence[Correction]) -> Stretch:
    """Stretches as corrections say: energy that is documented, factors."""
    for row in corrections:
        inside = (one.begin >= row.begin) & (one.end <= row.end)
        if row.kind == "factor" and row.value is not None:
            scaled = np.rint(one.energy * row.value).astype(np.int64)
            one = one._replace(energy=np.where(inside, scaled, one.energy))
        elif row.kind == "energy" and row.value is not None:
            apart = Stretch._make(column[~inside] for column in one)
            new = Stretch(
                np.array([row.begin]), np.array([row.end]),
                np.array([round(row.value * 1_000_000)]), np.array([True]),
            )  # fmt: skip
            joined = Stretch._make((np.append(a, b) for a, b in zip(apart, new, strict=True)))
            order = np.argsort(joined.begin, kind="stable")
            one = Stretch._make(column[order] for column in joined)
    return one


def _register_findings(
    meter: Meter, channel: int, one: Readings, result: Judged, step: int, excused: Whole
) -> Iterator[Finding]:
    name = CHANNELS[channel]
    for row in result.findings:
        yield row.model_copy(update={"channel": name})
    gain = np.where(result.known, result.gain, 0)
    if channel != REGISTER:
        return
    yield from slot_findings(meter.meter, name, one.time, gain, step, excused)
    good = result.known & (one.time - one.time[result.start] == step)
    yield from level_findings(meter.meter, meter.multiplier, one.time, gain, good, step)


def _rates(meter: str, kept: dict[int, Readings], held: dict[int, Judged]) -> Iterator[Finding]:
    """Totals that are not the sum of their rates, within a digit each."""
    rates = [one for one in range(SHARP, VALLEY + 1) if one in kept]
    if REGISTER not in kept or len(rates) < 2:
        return
    total = kept[REGISTER]
    shared = total.time[held[REGISTER].believed]
    for one in rates:
        shared = np.intersect1d(shared, kept[one].time[held[one].believed])
    if len(shared) < 2:
        return
    whole = total.value[np.searchsorted(total.time, shared)]
    parts = sum(kept[r].value[np.searchsorted(kept[r].time, shared)] for r in rates)
    off = np.diff(whole) - np.diff(parts)
    for at in np.flatnonzero(np.abs(off) > 10_000 * (len(rates) + 1)):
        told = Words(f"差 {off[at] / 1e6:g}", f"differs by {off[at] / 1e6:g}")
        yield finding("rates", meter, shared[at + 1], told=told)


def _sums(
    meter: Meter, spans: Sequence[Meter], kept: dict[int, Readings], held: dict[int, Judged],
    step: int,
) -> Iterator[Finding]:  # fmt: skip
    """Intervals that differ from the register by more than a last digit."""
    if REGISTER not in kept or INTERVAL not in kept or step <= 0:
        return
    made = _of_register(spans, kept[REGISTER], held[REGISTER], step)
    slot = made.known & (made.end - made.begin == step)
    begin, energy = made.begin[slot], made.energy[slot]
    other = kept[INTERVAL]
    told = _times(other.value, _multipliers(spans, other.time))
    shared, mine, theirs = np.intersect1d(begin, snapped(other.time, step), return_indices=True)
    digit = 10 ** (6 - (2 if meter.decimals is None else meter.decimals)) * meter.multiplier
    off = told[theirs] - energy[mine]
    for at in np.flatnonzero(np.abs(off) > digit):
        words = Words(f"差 {off[at] / 1e6:g}", f"differs by {off[at] / 1e6:g}")
        yield finding("sum", meter.meter, shared[at], told=words, channel="interval")


def _silent(
    meter: str, one: Readings | None, step: int, window: tuple[int, int], newest: int
) -> Iterator[Finding]:
    """A meter that sent for a day at least and then no more, though others did."""
    end = min(window[1], newest)
    if one is None or not 0 < step < DAY or not len(one.time) or len(one.time) < DAY // step:
        return
    last = int(one.time[-1])
    if window[0] <= last < end - DAY:
        told = Words("其他表此后仍有读数", "other meters went on")
        yield finding("silent", meter, last + step, end, told=told)
