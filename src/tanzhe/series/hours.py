"""Hours and shorter intervals become days: sums, differences of readings, or power times time."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words
from tanzhe.model import Note
from tanzhe.notes import note_of
from tanzhe.series.behaviour.meters import ROLLED, register_range
from tanzhe.tables.moments import Moment

Values = dict[str, float | None]
Floats = NDArray[np.float64]

# Two days of hours at least that hardly ever fall, and rise in most: readings. Running totals that
# begin anew each day fall once in 24 steps.
FEWEST_STEPS, FALLS = 48, 1 / 20
# Where a count begins anew, its first figure is at most so many times what it gains otherwise.
ALIKE = 5.0
_POWER = re.compile(r"(?:^|[\s(（/,，])(?:[kKMG]|万)?[Ww][)）\s]*$|[千兆万]瓦[)）\s]*$|功率")
_ENERGY = re.compile(r"kwh|mwh|gwh|千瓦时|兆瓦时|千瓦·?时|度|电量|电能|因数", re.IGNORECASE)

READINGS = note_of("readings_to_days")
SET_BACK = note_of("readings_set_back")


def is_power(words: Iterable[str]) -> bool:
    """Whether a column holds power (kW), of which hours are no energy before they last.

    Example:
        >>> is_power(["有功功率(kW)"]), is_power(["kW"]), is_power(["用电量(kWh)"])
        (True, True, False)
    """
    texts = list(words)
    return any(map(_POWER.search, texts)) and not any(map(_ENERGY.search, texts))


def runs_on(x: Floats) -> bool:
    """Whether values, none missing, are readings that run on; they may be set back now and then."""
    steps = np.diff(x)
    if len(steps) < FEWEST_STEPS:
        return False
    return bool((steps < 0).mean() <= FALLS and (steps > 0).mean() > 1 / 2)


def readings_to_days(moments: Sequence[Moment], readings: Floats) -> tuple[Values, list[Note]]:
    """What passed the meter each day, from the first reading of a day to that of the next.

    Args:
        moments: in order.
        readings: one for each, none missing.

    Returns:
        Values of days; None where the next day has no reading or a set-back cannot be told.
    """
    gains = np.diff(readings)
    falls = np.flatnonzero(gains < 0)
    notes = [READINGS]
    if len(falls):
        top = register_range(readings)
        after = readings[falls + 1]
        alike = after <= ALIKE * float(np.median(gains[gains > 0]))
        gains[falls] = gains[falls] + top if top else np.where(alike, after, np.nan)
        notes.append(ROLLED if top else SET_BACK)
    total = np.concatenate([[0.0], np.cumsum(np.nan_to_num(gains))])
    broken = np.concatenate([[0], np.cumsum(np.isnan(gains))])
    first: dict[str, int] = {}
    for at, moment in enumerate(moments):
        first.setdefault(moment._replace(minute=None).text, at)
    found: Values = {}
    for day, then in pairwise(first):
        a, b = first[day], first[then]
        apart = (date.fromisoformat(then) - date.fromisoformat(day)).days
        known = apart == 1 and broken[a] == broken[b]
        found[day] = float(f"{total[b] - total[a]:.12g}") if known else None
    return found, notes


def intervals_to_days(
    moments: Sequence[Moment], values: Sequence[float | None], *, power: bool
) -> tuple[Values, list[Note]]:
    """Sums of the days, power times the length of its interval; a day that lacks some is empty."""
    days = [moment._replace(minute=None).text for moment in moments]
    counts = Counter(days)
    whole = max(Counter(counts.values()).items(), key=lambda pair: (pair[1], pair[0]))[0]
    sums: dict[str, float] = {}
    lacking = {day: whole - count for day, count in counts.items() if count < whole}
    for day, value in zip(days, values, strict=True):
        if value is None:
            lacking[day] = lacking.get(day, 0) + 1
        sums[day] = sums.get(day, 0.0) + (value or 0.0)
    hours = 24 / whole if power else 1.0
    found: Values = {
        day: None if day in lacking else float(f"{total * hours:.12g}")
        for day, total in sums.items()
    }
    return found, [_added_up(whole, power=power), *_lacking(lacking, list(found))]


def _added_up(whole: int, *, power: bool) -> Note:
    minutes = 24 * 60 / whole
    if power:
        return note_of("power_to_days", minutes=minutes)
    return note_of("hours_to_days")


def _lacking(lacking: dict[str, int], days: list[str]) -> list[Note]:
    """How many intervals of how many days are missing, whole days among them."""
    start, end = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    absent = (end - start + timedelta(days=1)).days - len(days)
    if not lacking and not absent:
        return []
    count, first = sum(lacking.values()), min(lacking, default="")
    zh = f"有 {len(lacking)} 天共缺 {count} 个时段（首日 {first}）" if lacking else ""
    en = f"{count} intervals of {len(lacking)} days are missing (first {first})" if lacking else ""
    if absent:
        zh += f"{'，另' if zh else ''}有 {absent} 天整天缺失"
        en += f"{', and ' if en else ''}{absent} whole days are missing"
    zh += "；缺一个时段，当日和当月即留空"
    en += "; a day or month that lacks one is left empty"
    return [Note(code="intervals_missing", zh=zh + "。", en=en[0].upper() + en[1:] + ".")]


def told(notes: Iterable[Note]) -> list[Words]:
    """Notes as what is told on the way."""
    return [Words(note.zh, note.en) for note in notes]
