"""Numbers, dates and closed choices as templates print them."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from tanzhe.errors import Language, Words
from tanzhe.model import Series
from tanzhe.model.peak import PeakWord
from tanzhe.model.told import row_of
from tanzhe.parks.assessment.indicators import shown as with_unit
from tanzhe.places import region_words
from tanzhe.reports.charts.axes import tick_text
from tanzhe.reports.words.dates import (
    day_words,
    period_words,
    range_words,
    short_month,
    span_words,
)
from tanzhe.reports.words.numbers import (
    amount_words,
    chance_words,
    confidence_words,
    effect_digits,
    percent_words,
)
from tanzhe.reports.words.vocabulary import label, source_name, unit_name, unit_of
from tanzhe.sectors import sector_words
from tanzhe.web.desk import series_words

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
    return percent_words(percent, signed=True).zh


def interval(ends: tuple[float, float], language: Language) -> str:
    """Both ends of an interval in percent: −19%至−11%."""
    digits = min(effect_digits(end) for end in ends)
    low, high = (percent_words(end, digits=digits, signed=True).zh for end in ends)
    return f"{low}至{high}" if language == "zh" else f"{low} to {high}"


def size(percent: float) -> str:
    """A change in percent without its sign."""
    return percent_words(percent).zh


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


def subscript(text: str) -> str:
    """The 2 of CO2 as pages set it.

    Example:
        >>> subscript("MtCO2, kgCO2e/kWh")
        'MtCO₂, kgCO₂e/kWh'
    """
    return text.replace("CO2", "CO₂")


def unit_words(unit: str) -> Words:
    """A unit as a reader sees it on a page."""
    name = unit_name(unit)
    return Words(subscript(name.zh), subscript(name.en))


def unit_on_page(series: Series) -> Words:
    """The unit of a series as a reader sees it, or that its table states none.

    Example:
        >>> unit_on_page(Series(region="X", sector="industry", unit="tCO2", frequency="year",
        ...     source="t", periods=("2020",), values=(5.0,), vintage="", sha256="")).en
        'tCO₂'
    """
    name = unit_of(series)
    return Words(subscript(name.zh), subscript(name.en))


def _spoken(words_of: Callable[..., Words]) -> Callable[..., str]:
    """A function of `Words` as one of a text: the language comes last."""

    def said(*arguments: Any) -> str:
        *given, language = arguments
        return words_of(*given).said(language)

    return said


def brief(value: float, unit: str, beside: float | None = None) -> Words:
    """A value with as few digits as tell it from its limit: three, or more where those hide it.

    Example:
        >>> brief(0.43162, "tCO2/tce", 0.2).zh, brief(0.20004, "tCO2/tce", 0.2).zh
        ('0.432 tCO₂/tce', '0.20004 tCO₂/tce')
    """
    told = with_unit(value, unit)
    for digits in (3, 4):
        short = float(f"{value:.{digits}g}")
        if beside is None or value == beside or short != beside:
            told = with_unit(short, unit)
            break
    return Words(subscript(told.zh), subscript(told.en))


def vintage(name: str, language: Language) -> str:
    """What a source reaches, and which edition of a reader's own was put on top of it.

    Example:
        >>> vintage("2016-01..2026-07", "en"), vintage("2015-02..2025-03 9f2c", "zh")
        ('January 2016 – July 2026', '2015年2月—2025年3月（9f2c）')
    """
    span, _, edition = name.partition(" ")
    first, _, last = span.partition("..")
    said = range_words(first, last).said(language) if last else span
    return f"{said}（{edition}）" if edition and language == "zh" else f"{said} {edition}".strip()


def tongue(text: str, language: Language) -> str:
    """The tag of the language of a text that others wrote, on a page in a language.

    Example:
        >>> tongue("中国水泥协会", "en"), tongue("Yunnan", "en")
        ('zh-Hans', 'en')
    """
    return "zh-Hans" if language == "zh" or re.search("[㐀-鿿]", text) else "en"


_OPTION = re.compile(
    r"[（(][^（）()]*--[a-z][^（）()]*[）)]|[；;，,][^；;，,。（]*--[a-z][^；;，,。.]*"
)


def on_page(text: str) -> str:
    """A sentence without what it says of options of the command: the page has fields for them.

    Example:
        >>> on_page("取“本月”（可用 --column 另选）"), on_page("By region; another with --rules.")
        ('取“本月”', 'By region.')
    """
    return _OPTION.sub("", text)


def told_list(parts: Iterable[str], language: Language) -> str:
    """Sentences that may know both languages, in a row."""
    return row_of(parts).said(language)


GLOBALS: dict[str, Any] = {
    "amount": _spoken(amount_words),
    "brief": brief,
    "chance": _spoken(chance_words),
    "confidence": _spoken(confidence_words),
    "day": _spoken(day_words),
    "days": _spoken(range_words),
    "figure": tick_text,
    "interval": interval,
    "label": label,
    "on_page": on_page,
    "subscript": subscript,
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
    "told_list": told_list,
    "tongue": tongue,
    "unit": _spoken(unit_words),
    "vintage": vintage,
}
