"""Instants: stored as seconds UTC, said and cut into months in Beijing's time (no summer time)."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
from numpy.typing import NDArray

BEIJING = 8 * 3600
DAY = 86_400
_ZONE = timezone(timedelta(seconds=BEIJING))
_TEXT = re.compile(
    r"(?:(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2}))"
    r"(?:[T\s]*(\d{1,2})\s*[:：时]?\s*(\d{2})?(?:\s*[:：分]?\s*(\d{2})(?:\.\d+)?秒?)?)?"
    r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?",
    re.I,
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_SHEET_DAY = re.compile(r"\d{5}(\.\d+)?")
_SHEET_DAY_OF_1970 = 25_569
_FIRST_SHEET_DAY, _LAST_SHEET_DAY = 36_526, 73_051  # 2000 to 2099
_MILLISECONDS = 100_000_000_000  # an epoch above this counts milliseconds
FIRST_YEAR, LAST_YEAR = 2000, 2100

Times = NDArray[np.int64]


def instant(cell: object, *, utc: bool = False) -> int | None:
    """Seconds UTC of a cell, or None where it is no moment.

    Args:
        cell: text, a date and time, seconds or milliseconds since 1970, or a day as a worksheet
            counts it.
        utc: what a time without a zone is in; else Beijing's.

    Example:
        >>> instant("2025-03-01 00:15"), instant("2025-02-28 16:15:00", utc=True)
        (1740759300, 1740759300)
        >>> said_time(instant("45658.25"))
        '2025-01-01 06:00'
        >>> instant("2025年3月1日 24:00") == instant("2025/3/2"), instant("三月"), instant("202512")
        (True, None, None)
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, datetime):
        known = cell if cell.tzinfo else cell.replace(tzinfo=UTC if utc else _ZONE)
        return int(known.timestamp())
    if isinstance(cell, date):
        return instant(datetime(cell.year, cell.month, cell.day), utc=utc)
    if isinstance(cell, int | float):
        return _of_sheet_day(cell, utc=utc) or (_of_epoch(int(cell)) if cell > 0 else None)
    text = str(cell).strip()
    if _EPOCH.fullmatch(text):
        return _of_epoch(int(text))
    if _SHEET_DAY.fullmatch(text):
        return _of_sheet_day(float(text), utc=utc)
    found = _TEXT.fullmatch(text)
    if found is None:
        return None
    parts = found.groups()
    return _of_parts((*(parts[:3] if parts[0] else parts[3:6]), *parts[6:]), utc=utc)


def _of_sheet_day(number: float, *, utc: bool) -> int | None:
    """A day as worksheets count it, from the end of 1899, to the second."""
    if not _FIRST_SHEET_DAY <= number < _LAST_SHEET_DAY:
        return None
    seconds = round((number - _SHEET_DAY_OF_1970) * DAY)
    return seconds if utc else seconds - BEIJING


def _of_epoch(number: int) -> int | None:
    seconds = number // 1000 if number > _MILLISECONDS else number
    return seconds if FIRST_YEAR <= 1970 + seconds / 31_556_952 < LAST_YEAR else None


def _of_parts(parts: Sequence[str | None], *, utc: bool) -> int | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in parts[:6])
    try:
        start = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    late = hour == 24 and minute == second == 0
    if (hour > 23 and not late) or minute > 59 or second > 59:
        return None
    seconds = int(start.timestamp()) + 3600 * hour + 60 * minute + second
    zone = (parts[6] or "").upper()
    if zone and zone not in ("Z", "UTC"):
        offset = 3600 * int(zone[1:3]) + 60 * int(zone[-2:])
        return seconds - (offset if zone[0] == "+" else -offset)
    return seconds if zone or utc else seconds - BEIJING


def said_time(seconds: int) -> str:
    """An instant in Beijing's time.

    Example:
        >>> said_time(1740759300)
        '2025-03-01 00:15'
    """
    moment = datetime.fromtimestamp(int(seconds), _ZONE)
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.second else f"{moment:%Y-%m-%d %H:%M}"


def month_numbers(times: NDArray[np.integer]) -> NDArray[np.int32]:
    """Beijing's month of each instant, counted from January 1970."""
    local = (times.astype(np.int64) + BEIJING).view("datetime64[s]")
    return local.astype("datetime64[M]").astype(np.int32)


def begin_months(times: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Whether each instant is the first of a month in Beijing.

    Example:
        >>> begin_months(np.array([month_begin(662), month_begin(662) + DAY])).tolist()
        [True, False]
    """
    local = (times.astype(np.int64) + BEIJING).view("datetime64[s]")
    return np.asarray(local.astype("datetime64[M]").astype("datetime64[s]") == local)


def month_ends(times: NDArray[np.integer]) -> Times:
    """The first instant after Beijing's month of each instant, seconds UTC.

    Example:
        >>> said_time(month_ends(np.array([1740759300]))[0])
        '2025-04-01 00:00'
    """
    ends = (month_numbers(times).astype(np.int64) + 1).view("datetime64[M]")
    seconds: Times = ends.astype("datetime64[s]").astype(np.int64) - BEIJING
    return seconds


def month_name(number: int) -> str:
    """A month that was counted from January 1970 as text.

    Example:
        >>> month_name(662)
        '2025-03'
    """
    return f"{1970 + number // 12:04d}-{number % 12 + 1:02d}"


def month_number(name: str) -> int:
    """The count of a month, e.g. `2025-03`, from January 1970."""
    year, month = name.split("-")
    return 12 * (int(year) - 1970) + int(month) - 1


def month_begin(number: int) -> int:
    """The first instant of a month in Beijing's time, seconds UTC.

    Example:
        >>> said_time(month_begin(662))
        '2025-03-01 00:00'
    """
    start = np.datetime64(number, "M").astype("datetime64[s]").astype(np.int64)
    return int(start) - BEIJING


def day_begin(day: date) -> int:
    """The first instant of a day in Beijing's time, seconds UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=_ZONE).timestamp())
