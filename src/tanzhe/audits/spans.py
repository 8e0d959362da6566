"""Dates, quantities and places of a passage; many checks ask for the same, it is read once."""

import re
from datetime import date
from functools import lru_cache

from tanzhe.text import (
    DateSpan,
    PlaceSpan,
    QuantitySpan,
    read_dates,
    read_places,
    read_quantities,
)

_FIGURE = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿半数A-Za-z]")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAY = re.compile(
    r"(?:(?P<y>(?:19|20)\d{2})\s*年\s*)?(?<![\d.])(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
    r"|(?<![\d/.-])(?P<y2>(?:19|20)\d{2})-(?P<m2>\d{2})-(?P<d2>\d{2})(?![\d-])"
    rf"|\b(?P<d3>\d{{1,2}})\s+(?P<m3>{'|'.join(MONTHS)})(?:,?\s+(?P<y3>20\d\d))?\b"
)
MOST_KEPT = 16384  # passages: those of a report of two million characters


@lru_cache(maxsize=MOST_KEPT)
def dates_in(text: str, reference: date | None = None) -> tuple[DateSpan, ...]:
    """All dates of a passage; a date without a year takes it from the reference day."""
    return tuple(read_dates(text, reference))


@lru_cache(maxsize=MOST_KEPT)
def quantities_in(text: str) -> tuple[QuantitySpan, ...]:
    """All quantities of a passage."""
    if not _FIGURE.search(text):
        return ()
    return tuple(read_quantities(text))


@lru_cache(maxsize=MOST_KEPT)
def places_in(text: str) -> tuple[PlaceSpan, ...]:
    """All places of a passage."""
    return tuple(read_places(text))


def days_of_no_month(text: str) -> tuple[str, ...]:
    """Days that no calendar has; without a year 29 February is one.

    Example:
        >>> days_of_no_month("2021年9月31日起，2月29日止，13月1日报")
        ('2021年9月31日', '13月1日')
    """
    return tuple(m[0] for m in _DAY.finditer(text) if not _exists(m))


def _exists(match: re.Match[str]) -> bool:
    year = int(match["y"] or match["y2"] or match["y3"] or 2000)
    month = match["m"] or match["m2"] or str(MONTHS.index(match["m3"]) + 1)
    try:
        date(year, int(month), int(match["d"] or match["d2"] or match["d3"]))
    except ValueError:
        return False
    return True
