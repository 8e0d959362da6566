"""Levels of a table of one's own that change at once and stay: a unit, a definition, or the world.

A works that opens or closes a line changes so as well. From threefold on a change is taken for one
of the data until a person says otherwise (`--figures level`); from `DOUBTFUL` on, and where it is
down and back within a year, it is told as what happened, with the doubt.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.daily_means import daily_means
from tanzhe.errors import Words
from tanzhe.model import Episode, Episodes, Note, Series
from tanzhe.notes import note_of
from tanzhe.series.leaps import ALONE, Leap, leaps, middle, spread

Floats = NDArray[np.float64]
# Total emissions of a province do not change threefold from one month to the next and stay there:
# half a year's median on either side, and no value of one side within so much of the other.
JUMP, APART = 3.0, 1.5
JUMP_WINDOW = 6
# A season may do that every year: the same months of the year before must differ as well.
AGAINST_LAST_YEAR = 2.0
# A factor of two, less what noise takes from it.
DOUBTFUL = 1.8
A_YEAR = 11
# Neighbours tell one change; a level of years is told by three, two at an end.
BESIDE, YEARS = 2, 3
# A fall that a rise takes back within a year, but for so much of it, is a stop before it is a unit.
# What stops still heats and lights: a thousandth left is thousands of the unit.
UNDONE, IDLE = 1 / 4, 1 / 300
SURE, DOUBT = "level_jump", "level_doubt"


class LevelChange(NamedTuple):
    """A level that changed from one period to the next and stayed.

    Attributes:
        at: position of the first period on the new level.
        period: that period.
        size: in logs.
        note: what is said of it.
    """

    at: int
    period: str
    size: float
    note: Note


def level_changes(series: Series) -> tuple[LevelChange, ...]:
    """Where the level is twice or half of what it was, or more, from one period on.

    Args:
        series: of a table of one's own; months merged, or years.

    Example:
        >>> flat = [100.0, 103, 98, 101, 99, 102] * 8
        >>> values = tuple(flat[:24] + [v / 12 for v in flat[24:]])
        >>> periods = tuple(str(1970 + i) for i in range(48))
        >>> made = Series(region="X", sector="industry", unit="t", frequency="year",
        ...     periods=periods, values=values, source="t.csv", vintage="", sha256="")
        >>> [(one.period, one.note.code) for one in level_changes(made)]
        [('1994', 'level_jump')]
    """
    logs = _logs(series)
    sharp = leaps(logs) if series.merged else _leaps_of_years(logs)
    found: list[Leap] = []
    for leap in sharp:
        if abs(leap.size) < np.log(DOUBTFUL) or (found and leap.at - found[-1].at < BESIDE):
            continue
        found.append(leap)
    within = A_YEAR if series.merged else BESIDE
    stops = {
        before.at: after.at
        for before, after in pairwise(found)
        if np.log(IDLE) < before.size < 0 < after.size
        and after.at - before.at <= within
        and abs(before.size + after.size) < UNDONE * abs(before.size)
    }
    return tuple(
        _change(series, leap.at, leap.size, stops.get(leap.at))
        for leap in found
        if leap.at not in stops.values()
    )


def _leaps_of_years(logs: Floats) -> list[Leap]:
    """Steps far beyond all others, less the usual growth, that the years after hold."""
    steps = np.diff(logs, prepend=np.nan)
    usual, limit = middle(steps), ALONE.deviations * spread(steps)
    found = []
    for at in np.flatnonzero(np.abs(steps - usual) > limit).tolist():
        size = float(steps[at] - usual)
        before, after = logs[max(0, at - YEARS) : at], logs[at : at + YEARS]
        if min(np.isfinite(before).sum(), np.isfinite(after).sum()) < BESIDE:
            continue
        moved = float(np.nanmedian(after) - np.nanmedian(before))
        if moved * np.sign(size) > ALONE.held * abs(size):
            found.append(Leap(at, size))
    return found


def jumps(series: Series) -> list[tuple[str, Words]]:
    """Periods from which the level is threefold or a third of what it was, and stays, in words."""
    return [
        (series.periods[at], _words(series, at, size)) for at, size in _jumps(series, _logs(series))
    ]


def _logs(series: Series) -> Floats:
    """Logs of positive values, of months a day."""
    values = np.where(series.array > 0, series.array, np.nan)
    if series.frequency == "month":
        values = daily_means(values, series.periods, merged=series.merged)
    return np.log(values)


def _jumps(series: Series, logs: Floats) -> list[tuple[int, float]]:
    a_year = {"year": 0, "month": A_YEAR if series.merged else 12, "day": 365}[series.frequency]
    found = []
    for i in range(JUMP_WINDOW, len(logs) - JUMP_WINDOW + 1):
        left, right = logs[i - JUMP_WINDOW : i], logs[i : i + JUMP_WINDOW]
        if not (np.isfinite(left).all() and np.isfinite(right).all()):
            continue
        change = float(np.median(right) - np.median(left))
        low, high = (left, right) if change > 0 else (right, left)
        apart = float(high.min() - low.max()) > np.log(APART)
        if abs(change) > np.log(JUMP) and apart and not _is_season(logs, i, a_year, change):
            found.append((i, change))
    return found


def _is_season(logs: Floats, i: int, a_year: int, change: float) -> bool:
    """Whether the year before went the same way at that place."""
    if not a_year or i < a_year:
        return False
    before = logs[i - a_year : i - a_year + JUMP_WINDOW]
    differs = (logs[i : i + JUMP_WINDOW] - before) * np.sign(change)
    return bool(np.isfinite(before).any()) and float(np.nanmedian(differs)) < np.log(
        AGAINST_LAST_YEAR
    )


def _words(series: Series, at: int, size: float, back: int | None = None) -> Words:
    """The change without a judgement."""
    period = _named(series, at)
    times = np.exp(abs(size))
    shown = f"{times:.0f}" if times >= 10 else f"{times:.1f}"
    times_zh, times_en = (f"{shown} 倍", f"{shown} times")
    if size < 0:
        times_zh, times_en = f"1/{shown} ", f"1/{shown} of"
    then_zh, then_en = "并保持", "at once and to stay"
    if back is not None:
        then_zh, then_en = (
            f"，{_named(series, back)} 起恢复",
            f"and from {_named(series, back)} back",
        )
    return Words(
        f"{period} 起水平变为此前的约 {times_zh}{then_zh}".replace(" ，", "，"),
        f"From {period} the level is about {times_en} what it was, {then_en}",
    )


def _named(series: Series, at: int) -> str:
    period = series.periods[at]
    return f"{period[:4]}-01/02" if series.merged and period.endswith("-02") else period


def _change(series: Series, at: int, size: float, back: int | None) -> LevelChange:
    words = _words(series, at, size, back)
    if abs(size) > np.log(JUMP) and back is None:
        note = note_of("level_jump", words=words)
    else:
        note = note_of("level_doubt", words=words)
    return LevelChange(at, series.periods[at], size, note)


def without_level_changes(found: Episodes) -> Episodes:
    """The episodes, those that begin with such a change of scope `data` or told with the doubt."""
    codes = {note.code for note in found.series.notes}
    if codes.isdisjoint({SURE, DOUBT}):
        return found
    changes = level_changes(found.series)
    told = tuple(_judged(found.series, one, changes) for one in found.episodes)
    return found.model_copy(update={"episodes": told})


def _judged(series: Series, one: Episode, changes: tuple[LevelChange, ...]) -> Episode:
    first, last = (series.periods.index(period) for period in one.begin_interval)
    begun = [
        change.note
        for change in changes
        if first - 1 <= change.at <= last + 1 and change.size * one.depth_percent > 0
    ]
    if not begun or one.family == "month":
        return one
    scope = "data" if begun[0].code == SURE else one.scope
    return one.model_copy(update={"scope": scope, "notes": (*one.notes, begun[0])})
