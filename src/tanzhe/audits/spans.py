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
