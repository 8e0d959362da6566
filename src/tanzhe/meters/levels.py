"""A load that from one day to the next is a whole number of times what it was, and stays so."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words
from tanzhe.meters.clock import DAY
from tanzhe.meters.findings import Finding, finding

# A day of slots, compared with the same slots of the day before. Multipliers are ratios of
# transformers, so a change of one is a round factor; a week's rest comes back within days. A change
# at the turn of a weekend shows against the week before only, and then on all seven days.
_LEAST, _BAND, _TIGHT = 1.4, 0.03, 0.1
_ROUND = tuple(sorted({*range(2, 11), 1.5, 2.5, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100}))
_AFTER, _BEFORE = 4 * DAY, 8 * DAY
_WEEK = 7
_MOST_OFF = 0.1
_FEWEST = 24  # slots of a day: with fewer a day has no shape to compare


def level_findings(
    meter: str,
    multiplier: float,
    time: NDArray[np.int64],
    gain: NDArray[np.int64],
    known: NDArray[np.bool_],
    step: int,
) -> Iterator[Finding]:
    """Levels that move by a round factor, or by the multiplier, for a day or more.

    Args:
        meter: whose.
        multiplier: of the meter.
        time: seconds UTC of the end of each step.
        gain: what each step added.
        known: whether that is known.
        step: seconds of a slot.
    """
    if step <= 0 or DAY % step or DAY // step < _FEWEST or len(time) < 2 * DAY // step:
        return
    day = DAY // step
    first = int(time[0])
    place = ((time - first) // step).astype(np.int64)
    logs = np.full(int(place[-1]) + 1, np.nan)
    good = known & (gain > 0)
    logs[place[good]] = np.log(gain[good].astype(float))
    if len(logs) < 2 * day:
        return
    moves = _lasting(logs, day, day, multiplier, step)
    if len(logs) >= 2 * _WEEK * day:
        moves += [
            (at, size)
            for at, size in _lasting(logs, _WEEK * day, _WEEK * day, multiplier, step)
            if all(abs(at - other) > day for other, _ in moves)
        ]
    for at, size in sorted(moves):
        factor = float(np.exp(abs(size)))
        shown = f"{factor:.3g}" if size > 0 else f"1/{factor:.3g}"
        told = Words(f"用量变为此前同时段的 {shown} 倍", f"{shown} times the same slots before")
        yield finding("multiplier", meter, first + (at - 1) * step, told=told)


def _lasting(
    logs: NDArray[np.float64], lag: int, window: int, multiplier: float, step: int
) -> list[tuple[int, float]]:
    """Slots from which a level stands at a round factor of that `lag` before, and its logarithm.

    What comes back within days is a rest, or the day after one.
    """
    moves = list(_moves(logs[lag:] - logs[:-lag], window, multiplier))
    reach = (lag - DAY // step) * step  # of a week: as much longer as it is than a day
    return [
        (at + lag, size)
        for at, size in moves
        if not any(
            abs(size + other) < _MOST_OFF
            and -_BEFORE - reach <= (one - at) * step <= _AFTER + reach
            for one, other in moves
        )
    ]


def _moves(ratio: NDArray[np.float64], day: int, multiplier: float) -> Iterator[tuple[int, float]]:
    """Where `day` ratios, a day or a week of them, stand at a round factor, and its logarithm."""
    if np.isnan(ratio).all():
        return
    # A fall that follows a rise at once is an onset too.
    way = np.sign(ratio) * (np.abs(ratio) > np.log(_LEAST))
    onset = np.concatenate([[way[0] != 0], (way[1:] != 0) & (way[1:] != way[:-1])])
    onset[0] &= not np.isnan(way[0])
    onset[1:] &= ~np.isnan(way[1:])
    rows = [np.convolve(way == one, np.ones(day), "valid") for one in (1, -1)]
    near = np.maximum(*rows) >= 0.9 * day
    at = 0
    for start in np.flatnonzero(near & onset[: len(near)]).tolist():
        if start < at:
            continue
        held = ratio[start : start + day]
        held = held[~np.isnan(held)]
        if len(held) < 0.9 * day:
            continue
        size = float(np.median(held))
        spread = float(np.median(np.abs(held - size)))
        if spread <= _TIGHT * abs(size) and _is_round(abs(size), multiplier):
            yield int(start), size
            at = start + day


def _is_round(size: float, multiplier: float) -> bool:
    factors = [*_ROUND, *([multiplier] if multiplier > _LEAST else [])]
    return any(abs(size - np.log(one)) < _BAND for one in factors)
