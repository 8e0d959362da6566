"""What must be said of a user's finished series before anything is searched in it."""

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError, Words
from tanzhe.model import Note, Series
from tanzhe.notes import note_of
from tanzhe.periods import Month, period_days
from tanzhe.series.calendar import monthly
from tanzhe.series.calendar_of_table import FEWEST_MONTHS

# Total emissions of a province do not change threefold from one month to the next and stay there:
# half a year's median on either side, and no value of one side within so much of the other.
JUMP, APART = 3.0, 1.5
JUMP_WINDOW = 6
# A season may do that every year: the same months of the year before must differ as well.
AGAINST_LAST_YEAR = 2.0


def jumps(series: Series) -> list[tuple[str, Words]]:
    """Periods from which the level is threefold or a third of what it was, and stays, in words."""
    values = np.log(np.where(series.array > 0, series.array, np.nan) / _lengths(series))
    a_year = {"year": 0, "month": 11 if series.merged else 12, "day": 365}[series.frequency]
    found = []
    for i in range(JUMP_WINDOW, len(values) - JUMP_WINDOW + 1):
        left, right = values[i - JUMP_WINDOW : i], values[i : i + JUMP_WINDOW]
        if not (np.isfinite(left).all() and np.isfinite(right).all()):
            continue
        change = float(np.median(right) - np.median(left))
        low, high = (left, right) if change > 0 else (right, left)
        apart = float(high.min() - low.max()) > np.log(APART)
        if abs(change) <= np.log(JUMP) or not apart or _is_season(values, i, a_year, change):
            continue
        where = series.periods[i]
        words = Words(
            f"{where} 起水平改变到三倍以上或三分之一以下并保持：不可能的跳变",
            f"From {where} the level is over three times or under a third of what it was, "
            "and stays: impossible",
        )
        found.append((where, words))
    return found


def _lengths(series: Series) -> NDArray[np.float64]:
    """Days of each month, so that January with February is no larger than other months."""
    if series.frequency != "month":
        return np.ones(len(series))
    months = [Month.parse(period) for period in series.periods]
    return np.array([period_days(m, merged=series.merged) for m in months], dtype=np.float64)


def _is_season(values: NDArray[np.float64], i: int, a_year: int, change: float) -> bool:
    """Whether the year before went the same way at that place."""
    if not a_year or i < a_year:
        return False
    before = values[i - a_year : i - a_year + JUMP_WINDOW]
    differs = (values[i : i + JUMP_WINDOW] - before) * np.sign(change)
    return bool(np.isfinite(before).any()) and float(np.nanmedian(differs)) < np.log(
        AGAINST_LAST_YEAR
    )


def spikes(series: Series) -> list[str]:
    """Months over three times the largest of the year to either side."""
    values = np.where(series.array > 0, series.array, np.nan) / _lengths(series)
    a_year = 11 if series.merged else 12
    found = []
    for i in range(len(values) if series.frequency == "month" else 0):
        around = np.delete(values, i)[max(0, i - a_year) : i + a_year]
        if np.isfinite(around).sum() >= a_year and values[i] > JUMP * np.nanmax(around):
            found.append(series.periods[i])
    return found


def with_jumps(series: Series) -> Series:
    """The series with a note for each jump that no sector makes."""
    notes = [note_of("level_jump", words=words) for _, words in jumps(monthly(series))]
    if single := spikes(monthly(series)):
        notes.append(_spiked(single))
    return series.model_copy(update={"notes": (*series.notes, *notes)}) if notes else series


def _spiked(periods: list[str]) -> Note:
    some = ", ".join(periods)
    return note_of("spike", some=some)


def refuse_broken_days(series: Series) -> None:
    """Refuse days of which too few months are whole because single days are missing.

    Raises:
        InputError: with how many days are missing, in how many months, and the first.
    """
    if series.frequency != "day":
        return
    known = sum(v is not None for v in monthly(series).values)
    empty = [p for p, v in zip(series.periods, series.values, strict=True) if v is None]
    months = {period[:7] for period in empty}
    if known >= FEWEST_MONTHS or not months:
        return
    cause = next((note for note in series.notes if note.code == "intervals_missing"), None)
    what = Words(
        f"{len(empty)} 天没有数值（首日 {empty[0]}），使 {len(months)} 个月不完整，"
        f"只剩 {known} 期完整（一、二月算一期），至少需要 {FEWEST_MONTHS} 期"
        + (f"。{cause.zh.rstrip('。')}" if cause else ""),
        f"{len(empty)} days have no value (first {empty[0]}), which leaves {len(months)} months "
        f"incomplete and {known} whole periods; at least {FEWEST_MONTHS} are needed"
        + (f". {cause.en.rstrip('.')}" if cause else ""),
    )
    do = Words(
        "请补齐缺失的日子或时段，或改用月度数据",
        "Complete the missing days or intervals, or give months",
    )
    raise InputError.of(what, do, where=series.source)
