"""A unit that changes by a power of ten on the way, in one row, a block or for good.

A jump by 10, 100, 1,000 ... may be a unit or the world: a works that closes, a line that starts.
The jump less the power of ten is what is left of the series' own change from period to period. If
it was a unit, that is of the usual size; if not, it may be anything within half a power of ten. The
odds of the two, with what is known beforehand and what the digits show, decide.
"""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tanzhe.series.behaviour.figures import Figures, Floats, Integers, quantum, spread

# A jump nearer to a power of ten than to none.
NEAREST = 0.5
# Odds of a unit against the world before seeing the size: rises of thirty times and more from one
# period to the next hardly happen, a tenth is left of works that close.
RISE_TENFOLD, RISE_FURTHER = 4.0, 100.0
FALL_TO_A_TENTH, FALL_FURTHER = 0.5, 3.0
# A rise to about ten times for a few periods and back: no emissions do that, so the rise may be
# further from ten, as where the level itself turns at that place.
SPIKE, SPIKE_PERIODS = 5.0, 3
# One part of each year that stands a power of ten above both its neighbours, to so much.
SPIKE_NEAR = 0.15
# The digits: a unit that changes moves the last printed digit with it; the world leaves it.
MOVED, UNMOVED = 20.0, 1 / 3
# A series that also changes by this factor (in powers of ten) without being near one of them is not
# steady; each such change makes the world likelier: odds times OWN / (OWN + number), squared.
LARGE, OWN = 0.25, 0.5
# In one unit the six values before and after a jump are alike within this; a works that recovers
# after two months is not, as it was there before.
AROUND, SAME_LEVEL = 6, 0.35
# The usual change from period to period is at least this, in powers of ten (2 %).
SMALLEST_CHANGE = 0.01
# Density of Student's t with three degrees of freedom at zero: real changes have heavy tails.
T3 = 0.3676


class Slip(NamedTuple):
    """Values that are off by a power of ten.

    Attributes:
        at: positions of the values that are not in the unit of most.
        power: by how many powers of ten they are off, one each.
    """

    at: list[int]
    power: list[int]


def slipped(figures: Figures) -> Slip:
    """The values that are in another unit than most; nothing where there are none."""
    x = figures.values
    seen = np.flatnonzero(np.isfinite(x) & (x > 0))
    if len(seen) < 4:
        return Slip([], [])
    powers = _powers(x[seen], _season(figures, seen))
    base = Counter(powers.tolist()).most_common(1)[0][0]
    off = np.flatnonzero(powers != base)
    return Slip(seen[off].tolist(), (powers[off] - base).tolist())


def _season(figures: Figures, seen: Integers) -> list[str]:
    """Part of the year of each value: months have one, years and days none."""
    if figures.series.frequency != "month":
        return [""] * len(seen)
    return [figures.series.periods[i][5:7] for i in seen]


def _powers(x: Floats, season: list[str]) -> Integers:
    """Power of ten of the unit of each value against the first."""
    steps = np.diff(np.log10(x))
    steps = steps - _usual(steps, season[1:])
    powers = np.where(np.abs(steps) > NEAREST, np.round(steps), 0.0)
    left = steps - powers
    size = max(spread(left), SMALLEST_CHANGE)
    steady = (OWN / (OWN + int((np.abs(left) > LARGE).sum()))) ** 2
    jumps = np.flatnonzero(powers).tolist()
    odds = {t: steady * _odds(x, t, int(powers[t]), float(left[t]) / size, size) for t in jumps}

    def spike(t: int, u: int) -> float:
        if powers[t] < 0 or u - t > SPIKE_PERIODS:
            return 0.0
        near = [_near(float(left[i]) / size, size) for i in (t, u)]
        return steady * SPIKE * near[0] * near[1] * _digits(x, t, int(powers[t]), u)

    kept = {t for t in jumps if odds[t] > 1}
    for t, u in pairwise(jumps):
        # There and back is one story, told by both jumps together.
        if powers[t] == -powers[u] and max(odds[t] * odds[u], spike(t, u)) > 1:
            kept |= {t, u}
    powers[[t for t in jumps if t not in kept]] = 0.0
    return _rejoined(np.log10(x), np.concatenate([[0], np.cumsum(powers)]).astype(np.int_))


def _rejoined(logs: Floats, powers: Integers) -> Integers:
    """The powers, all nought where the level does not go on when they are taken out."""
    level = logs - powers
    for t in np.flatnonzero(np.diff(powers)).tolist():
        before = level[max(0, t + 1 - AROUND) : t + 1]
        after = level[t + 1 : t + 1 + AROUND]
        if abs(float(np.median(after) - np.median(before))) > SAME_LEVEL:
            return np.zeros_like(powers)
    return powers


def _usual(steps: Floats, season: list[str]) -> Floats:
    """The usual change into each part of the year, where three years or more show it."""
    out = np.zeros(len(steps))
    for part in set(season):
        here = np.array([s == part for s in season])
        if part and here.sum() >= 3:
            out[here] = np.median(steps[here])
    spiked = _spiked(out, season)
    out[spiked] -= np.round(out[spiked])
    return out


def _spiked(usual: Floats, season: list[str]) -> Integers:
    """Steps into and out of a part of the year that stands a power of ten above its neighbours.

    No season does that: it is a unit that one part of each year has.
    """
    parts: set[str] = set()
    for t in range(len(usual) - 1):
        up, down = float(usual[t]), float(usual[t + 1])
        exact = abs(up - round(up)) < SPIKE_NEAR and abs(up + down) < 2 * SPIKE_NEAR
        if season[t] and round(up) >= 1 and exact:
            parts |= {season[t], season[t + 1]}
    return np.array([t for t, part in enumerate(season) if part in parts], dtype=np.int_)


def _odds(x: Floats, t: int, power: int, distance: float, size: float) -> float:
    """Odds of a unit against the world for the jump after position t."""
    near = _near(distance, size)
    fall = FALL_TO_A_TENTH if power == -1 else FALL_FURTHER
    rise = RISE_TENFOLD if power == 1 else RISE_FURTHER
    before = rise if power > 0 else fall
    return near * before * _digits(x, t, power)


def _near(distance: float, size: float) -> float:
    """Density of what is left of a jump, in units of the usual change."""
    return T3 * (1 + distance**2 / 3) ** -2 / size


def _digits(x: Floats, t: int, power: int, end: int | None = None) -> float:
    """What the last printed digit says: it moved with the unit, or stayed.

    Args:
        x: all values.
        t: the position before the jump.
        power: of ten.
        end: the last position of the other unit, where that is known.
    """
    left = x[max(0, t - 11) : t + 1]
    right = x[t + 1 : (t + 12 if end is None else end) + 1]
    moved = round(float(np.log10(quantum(right) / quantum(left))))
    if moved == power:
        return MOVED
    return UNMOVED if moved == 0 else 1.0
