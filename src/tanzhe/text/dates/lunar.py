"""The Chinese lunar calendar, 1950 to 2060."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from tanzhe import bundled


@dataclass(frozen=True, slots=True)
class _LunarYear:
    new_year: date
    leap_month: int
    lengths: tuple[int, ...]
    qingming: date


@cache
def _lunar_years() -> dict[int, _LunarYear]:
    return {
        int(row["year"]): _LunarYear(
            new_year=date.fromisoformat(row["new_year"]),
            leap_month=int(row["leap_month"]),
            lengths=tuple(30 if sign == "+" else 29 for sign in row["months"]),
            qingming=date.fromisoformat(f"{row['year']}-{row['qingming']}"),
        )
        for row in bundled.rows("tanzhe.text.data", "lunar.csv")
    }


def lunar_month(year: int, month: int, *, leap: bool = False) -> tuple[date, date]:
    """First and last day of a month of the lunar year that begins in `year`.

    Raises:
        ValueError: a year outside 1950-2060, or a leap month that year does not have.

    Example:
        >>> [str(day) for day in lunar_month(2021, 8)]
        ['2021-09-07', '2021-10-05']
    """
    known = _lunar_years().get(year)
    if known is None or not 1 <= month <= 12 or (leap and known.leap_month != month):
        raise ValueError(f"{year}-{month}")
    at = month - 1 + (leap or 0 < known.leap_month < month)
    first = known.new_year + timedelta(days=sum(known.lengths[:at]))
    return first, first + timedelta(days=known.lengths[at] - 1)


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> date:
    """A day of the lunar year that begins in `year`.

    Example:
        >>> str(lunar_day(2021, 8, 15))
        '2021-09-21'
    """
    first, last = lunar_month(year, month, leap=leap)
    found = first + timedelta(days=day - 1)
    if not first <= found <= last:
        raise ValueError(f"{month}-{day}")
    return found


def qingming(year: int) -> date:
    """Tomb-sweeping day, a solar term: 4 or 5 April."""
    known = _lunar_years().get(year)
    if known is None:
        raise ValueError(str(year))
    return known.qingming
