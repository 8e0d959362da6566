"""What must be said of a user's finished series before anything is searched in it."""

import numpy as np

from tanzhe.daily_means import spikes
from tanzhe.errors import InputError, Words
from tanzhe.model import Note, Series
from tanzhe.notes import note_of
from tanzhe.series.calendar import monthly
from tanzhe.series.calendar_of_table import FEWEST_MONTHS
from tanzhe.series.level_changes import level_changes

# From this share of the periods on, what is missing is said.
MANY_GAPS = 0.2


def with_jumps(series: Series) -> Series:
    """The series with a note for each change of level that a unit or a definition makes."""
    months = monthly(series)
    notes = [change.note for change in level_changes(months)]
    if months.frequency == "month":
        values = np.where(months.array > 0, months.array, np.nan)
        odd = np.flatnonzero(spikes(values, months.periods, merged=months.merged))
        notes += [_spiked([months.periods[at] for at in odd])] if len(odd) else []
    missing, every = months.values.count(None), len(months)
    if missing >= MANY_GAPS * every:
        notes.append(note_of("many_gaps", missing=missing, all=every))
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
