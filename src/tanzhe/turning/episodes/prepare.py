"""A Series becomes logarithms on a calendar, or is refused with every reason."""

from functools import lru_cache

import numpy as np

from tanzhe.errors import Fault, Words, refuse
from tanzhe.model import Note, Series
from tanzhe.periods import Month, holiday_days, period_days
from tanzhe.turning.calendar import Calendar, Floats

# Two years of eleven periods; of yearly values, as many as a plain sequence needs.
SHORTEST, FEWEST_YEARS = 22, 8
# Months of 38 years: the shapes of events grow with the length, what they take of each other with
# its square; longer series take the fast path.
LONGEST = 420
# A zero is a stop or an unpublished month, and a logarithm has no place for it: it counts as
# missing. So many positive periods at least must be left: eleven seasons and a trend.
FEWEST_POSITIVE = 12
# No series of emissions spans more powers of ten than this; effects beyond would not be numbers.
WIDEST = 100
LONGER = Words("请提供更长的序列", "Provide a longer series")
LONGER_MONTHS = Words(
    "请提供更长的序列；一月与二月合为一期，两个月都要有数据，单有一月不成一期",
    "Provide a longer series; January and February are one period, which needs data of both",
)

ZEROS = Note(
    code="zeros_left_out",
    zh="数值为零的时期（停产、停暖或未公布）按缺失处理，转折只在有数值的时期之间判断。",
    en="Periods with the value zero (stopped, not heated or not published) count as missing; "
    "turns are judged between the others only.",
)


def daily_means(series: Series) -> Floats:
    """Values per day of each period, so that the length of months and leap years cancel."""
    if series.frequency != "month":
        return series.array
    return series.array / _days(series.periods, series.merged)


def period_lengths(series: Series) -> Floats:
    """Days of each period; ones where values are not taken by the day."""
    if series.frequency != "month":
        return np.ones(len(series))
    return _days(series.periods, series.merged).astype(float)


@lru_cache(maxsize=64)
def _days(periods: tuple[str, ...], merged: bool) -> Floats:
    return np.array([period_days(Month.parse(p), merged=merged) for p in periods])


def calendar_of(series: Series) -> Calendar:
    """Season and moving holiday of each period."""
    if series.frequency == "year":
        n = len(series)
        return Calendar(season=(0,) * n, holiday=(0.0,) * n, per_year=1)
    return _merged_calendar(series.periods)


@lru_cache(maxsize=64)
def _merged_calendar(periods: tuple[str, ...]) -> Calendar:
    months = [Month.parse(p) for p in periods]
    # The merged period always holds most of the holiday; what moves is how much March gets.
    beyond = [0.0 if m.month <= 2 else float(holiday_days(m, merged=True)) for m in months]
    return Calendar(
        season=tuple(max(m.month, 2) - 2 for m in months), holiday=tuple(beyond), per_year=11
    )


def logs_of(series: Series) -> Floats:
    """Logarithms of daily means; zeros and unpublished periods are missing, NaN."""
    means = daily_means(series)
    return np.log(means, out=np.full(len(means), np.nan), where=means > 0)


def is_long(series: Series) -> bool:
    """Whether a series is too long for the search over sets of events."""
    return len(series) > LONGEST


def is_searchable(series: Series) -> bool:
    """Whether a merged series is long enough, not negative and not mostly zero."""
    return not _faults(series) and not is_idle(series)


def is_idle(series: Series) -> bool:
    """Whether too few positive values are left to judge anything."""
    values = series.array[np.isfinite(series.array)]
    return bool((values > 0).sum() < min(FEWEST_POSITIVE, shortest(series)))


def shortest(series: Series) -> int:
    """Fewest known periods that a series of this frequency needs."""
    return FEWEST_YEARS if series.frequency == "year" else SHORTEST


def check(series: Series) -> None:
    """Refuse a series that cannot be searched, with every reason.

    Raises:
        InputError: daily or unmerged input, too short, or negative.
    """
    refuse(_faults(series))


def _faults(series: Series) -> list[Fault]:
    where = f"{series.source} {series.region} {series.sector}"
    values = series.array
    known = values[np.isfinite(values)]
    faults = []
    if series.frequency == "day" or (series.frequency == "month" and not series.merged):
        faults.append(
            Fault(
                Words(
                    "序列还不是合并1—2月后的月度数据",
                    "The series is not monthly with January and February merged",
                ),
                Words(
                    "先用 tanzhe.series.calendar.monthly 转换",
                    "Convert it with tanzhe.series.calendar.monthly first",
                ),
                where=where,
            )
        )
    fewest = shortest(series)
    if len(known) < fewest:
        faults.append(
            Fault(
                Words(
                    f"只有 {len(known)} 个有数值的时期，至少需要 {fewest} 个",
                    f"Only {len(known)} periods have values; at least {fewest} needed",
                ),
                LONGER_MONTHS if series.merged else LONGER,
                where=where,
            )
        )
    if np.isinf(values).any():
        first = series.periods[int(np.flatnonzero(np.isinf(values))[0])]
        faults.append(
            Fault(
                Words("有无穷大的值", "Infinite values"),
                Words("请核对数据", "Check the data"),
                where=f"{where} {first}",
            )
        )
    positive = np.log10(known[known > 0])
    if len(positive) and np.ptp(positive) > WIDEST:
        faults.append(
            Fault(
                Words(
                    f"最大值与最小值相差 {np.ptp(positive):.0f} 个数量级",
                    f"Largest and smallest value are {np.ptp(positive):.0f} powers of ten apart",
                ),
                Words("请核对数据和单位", "Check the data and their unit"),
                where=where,
            )
        )
    if (known < 0).any():
        first = series.periods[int(np.flatnonzero(values < 0)[0])]
        faults.append(
            Fault(
                Words("有负值，排放量不能为负", "Negative values; emissions cannot be"),
                Words("请核对数据", "Check the data"),
                where=f"{where} {first}",
            )
        )
    return faults
