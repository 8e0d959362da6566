"""From days to months, and January with February: the calendar every comparison rests on."""

from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Note, Part, Series
from tanzhe.notes import note_of
from tanzhe.periods import Month, merged_periods, period_days
from tanzhe.series.carbon_monitor import SOURCE as CARBON_MONITOR

_DAILY = note_of("daily_to_months")
_CARBON_MONITOR_DAYS = Note(
    code="daily_to_months",
    zh="日值合计为月值：各省日值由全国日曲线乘以本省份额得到（工业、电力、航空为月度份额，交通、居民为年度"
    "份额），其间不含本省信息；"
    "一月与二月合为一期，记作二月。",
    en="Days are added up to months: provincial daily values are one national daily curve times a "
    "provincial share (of the month for industry, power and aviation, of the year for transport "
    "and households) and hold no provincial information within it; January and February are one "
    "period, written as February.",
)
_JANUARY = note_of("merged_january_february")


class _Plan:
    """How the periods of a series become merged months; made once and used for all peers."""

    def __init__(self, periods: tuple[str, ...], *, daily: bool) -> None:
        keys = [_month_of(period) for period in periods]
        self.months = merged_periods(Month.parse(keys[0]), Month.parse(keys[-1]))
        groups = {key: len(list(rows)) for key, rows in groupby(keys)}
        self.starts = np.flatnonzero([i == 0 or keys[i] != keys[i - 1] for i in range(len(keys))])
        self.found = list(groups)
        self.whole = np.array([groups[key] == _expected(key, daily) for key in self.found])
        self.periods = tuple(str(month) for month in self.months)
        self.position = [self.periods.index(key) for key in self.found]

    def totals(self, values: NDArray[np.float64]) -> tuple[float | None, ...]:
        """Monthly totals; None where a month is incomplete or has an empty value."""
        sums = np.where(self.whole, np.add.reduceat(values, self.starts), np.nan)
        result: list[float | None] = [None] * len(self.periods)
        for position, value in zip(self.position, sums.tolist(), strict=True):
            result[position] = None if value != value else value
        return tuple(result)


def _month_of(period: str) -> str:
    return f"{period[:4]}-02" if period[5:7] == "01" else period[:7]


def _expected(key: str, daily: bool) -> int:
    if daily:
        return period_days(Month.parse(key), merged=True)
    return 2 if key.endswith("-02") else 1


def monthly(series: Series) -> Series:
    """The series by month, with January and February as one period.

    Args:
        series: days are added up; months are merged where there is a January; years and merged
            months are returned as they are.

    Returns:
        Totals per period; a month with missing days, or half of January-February, is None. Parts,
        peers and the reference are converted too.

    Example:
        >>> s = Series(region="X", sector="industry", unit="t", frequency="month", source="",
        ...     vintage="", sha256="", periods=("2021-01", "2021-02", "2021-03"),
        ...     values=(1.0, 2.0, 4.0))
        >>> monthly(s).periods, monthly(s).values
        (('2021-02', '2021-03'), (3.0, 4.0))
    """
    plans: dict[tuple[str, ...], _Plan] = {}
    return _converted(series, plans)


def _needs_it(series: Series) -> bool:
    if series.frequency == "day":
        return True
    months = series.frequency == "month" and not series.merged
    return months and any(p.endswith("-01") for p in series.periods)


def _converted(series: Series, plans: dict[tuple[str, ...], _Plan]) -> Series:
    if not _needs_it(series):
        peers = tuple(_converted(peer, plans) for peer in series.peers)
        reference = _converted(series.reference, plans) if series.reference else None
        beside = tuple(_converted(one, plans) for one in series.companions)
        return series.model_copy(
            update={"peers": peers, "companions": beside, "reference": reference}
        )
    daily = series.frequency == "day"
    if series.periods not in plans:
        plans[series.periods] = _Plan(series.periods, daily=daily)
    plan = plans[series.periods]
    provisional = series.provisional_from and _month_of(series.provisional_from)
    return series.model_copy(
        update={
            "frequency": "month",
            "merged": True,
            "periods": plan.periods,
            "values": plan.totals(series.array),
            "parts": tuple(_part(part, plan) for part in series.parts),
            "peers": tuple(_converted(peer, plans) for peer in series.peers),
            "companions": tuple(_converted(one, plans) for one in series.companions),
            "reference": _converted(series.reference, plans) if series.reference else None,
            "notes": (*series.notes, _note(series)),
            "provisional_from": provisional,
        }
    )


def _note(series: Series) -> Note:
    if series.frequency != "day":
        return _JANUARY
    return _CARBON_MONITOR_DAYS if series.source == CARBON_MONITOR else _DAILY


def _part(part: Part, plan: _Plan) -> Part:
    values = np.array([np.nan if v is None else v for v in part.values])
    return part.model_copy(update={"values": plan.totals(values)})
