"""Numbers, dates and closed choices as templates print them."""

from collections.abc import Callable
from typing import Any

from tanzhe.errors import Language, Words
from tanzhe.model import Series
from tanzhe.model.peak import PeakWord
from tanzhe.reports.words.dates import day_words, period_words, range_words, span_words
from tanzhe.reports.words.numbers import (
    amount_words,
    chance_words,
    confidence_words,
    effect_digits,
    percent_words,
)
from tanzhe.reports.words.vocabulary import label, source_name, unit_name
from tanzhe.web.desk import region_words, sector_words, series_words

# The sign of each state: shape and word first, colour second.
SIGNS = {
    "rising": ("▲", "high", Words("仍在上升", "Still rising")),
    "plateau": ("▬", "flat", Words("平台", "Plateau")),
    "past_peak": ("▼", "low", Words("已过高点", "Past its peak")),
    "undecided": ("◌", "open", Words("还看不出", "Undecided")),
    "refused": ("▨", "data", Words("没有数据", "No data")),
}


def signed(percent: float) -> str:
    """A change in percent with its sign: −15%, +4.2%.

    Example:
        >>> signed(-15.2), signed(4.23)
        ('−15%', '+4.2%')
    """
    return percent_words(percent, digits=effect_digits(percent), signed=True).zh


def interval(ends: tuple[float, float], language: Language) -> str:
    """Both ends of an interval in percent: −19%至−11%."""
    digits = min(effect_digits(end) for end in ends)
    low, high = (percent_words(end, digits=digits, signed=True).zh for end in ends)
    return f"{low}至{high}" if language == "zh" else f"{low} to {high}"


def size(percent: float) -> str:
    """A change in percent without its sign."""
    return percent_words(percent, digits=effect_digits(percent)).zh


def short_month(period: str, *, merged: bool) -> str:
    """A month as a tile has room for: 2021.4; a merged one 2021.1–2.

    Example:
        >>> short_month("2021-04", merged=True), short_month("2021-02", merged=True)
        ('2021.4', '2021.1–2')
    """
    if len(period) != 7:
        return period
    year, month = period.split("-")
    return f"{year}.1–2" if merged and month == "02" else f"{year}.{int(month)}"


def sign_of(status: PeakWord | None) -> tuple[str, str, Words]:
    """Shape, colour and word of a peak status."""
    return SIGNS[status or "undecided"]


def period(series: Series, name: str, language: Language) -> str:
    """A period of a series."""
    return period_words(series, name).said(language)


def span(series: Series, first: str, last: str, language: Language) -> str:
    """A run of periods of a series."""
    return span_words(series, first, last).said(language)


def last_of(series: Series, end: str) -> str:
    """The last period of an episode that is over: the one before the first period after it."""
    return next((one for one in reversed(series.periods) if one < end), series.periods[0])


def _spoken(words_of: Callable[..., Words]) -> Callable[..., str]:
    """A function of `Words` as one of a text: the language comes last."""

    def said(*arguments: Any) -> str:
        *given, language = arguments
        return words_of(*given).said(language)

    return said


GLOBALS: dict[str, Any] = {
    "amount": _spoken(amount_words),
    "chance": _spoken(chance_words),
    "confidence": _spoken(confidence_words),
    "day": _spoken(day_words),
    "days": _spoken(range_words),
    "interval": interval,
    "label": label,
    "last_of": last_of,
    "period": period,
    "region": _spoken(region_words),
    "sector_name": _spoken(sector_words),
    "series_name": _spoken(series_words),
    "short_month": short_month,
    "sign_of": sign_of,
    "signed": signed,
    "size": size,
    "source_name": _spoken(source_name),
    "span": span,
    "unit": _spoken(unit_name),
}
