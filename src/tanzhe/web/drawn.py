"""What the pictures draw, as the data that `charts.js` reads; all words are made here."""

from collections.abc import Sequence
from typing import Any

from tanzhe.errors import Language
from tanzhe.model import Episode, Episodes, Series
from tanzhe.reports.charts.axes import index_of, mean_months
from tanzhe.reports.charts.path import lines_of, words_of
from tanzhe.reports.facts.selection import faults, told_episodes
from tanzhe.reports.words.dates import day_words, period_words, short_month
from tanzhe.reports.words.vocabulary import label
from tanzhe.sectors import sector_words
from tanzhe.web.desk import Told
from tanzhe.web.view import Ask
from tanzhe.web.words import unit_on_page

Chart = dict[str, Any]
_DIGITS = 5


def window(series: Series, since: str | None, until: str | None) -> tuple[int, int]:
    """First and last position that a picture shows, of months or years as an address names them."""
    first = 0 if since is None else sum(one < since for one in series.periods)
    last = len(series) - 1
    if until is not None:
        whole = f"{until}-12" if len(until) == 4 else until
        last = sum(one <= whole for one in series.periods) - 1
    first = min(max(first, 0), len(series) - 1)
    return (first, last) if last > first else (0, len(series) - 1)


def path(ask: Ask, told: Told, shown: tuple[int, int]) -> Chart:
    """The path with its expected band and numbered episodes."""
    found = told.findings
    series, language = found.series, ask.language
    unit = unit_on_page(series).said(language)
    return {
        "kind": "path",
        **_axis(series, language),
        **{name: rounded(values) for name, values in lines_of(series, found.found).items()},
        "provisional": _provisional(series),
        "episodes": [
            _episode(ask, series, one, number)
            for number, one in enumerate(told_episodes(found.found), 1)
        ],
        "faults": [_span(series, one) for one in faults(found.found)],
        "window": list(shown),
        "unit": unit,
        "words": _words(ask),
        "label": ask.say(
            f"{unit}，{len(told_episodes(found.found))}段起落；左右键逐月看",
            f"{unit}, {len(told_episodes(found.found))} episodes; arrow keys move by month",
        ),
    }


def around(ask: Ask, told: Told, one: Episode, flags: Sequence[Chart]) -> Chart:
    """The same a year before its start to a year after its end, with the events as flags."""
    series = told.findings.series
    span = _span(series, one)
    year = 11 if series.frequency == "month" else 3
    last = min(len(series) - 1, span["last"] + year, span["first"] + 4 * year)
    shown = (max(0, span["first"] - year), last)
    drawn = path(ask, told, shown)
    drawn["episodes"] = [each for each in drawn["episodes"] if each["id"] == one.id]
    return {**drawn, "kind": "around", "flags": list(flags)}


def sums(ask: Ask, told: Told) -> Chart | None:
    """Twelve-month sums with their largest."""
    peak = told.findings.peak
    if peak is None:
        return None
    series, language = peak.series, ask.language
    known = [at for at, value in enumerate(peak.sums) if value is not None]
    top = index_of(series, peak.month)
    value = peak.sums[top] or 0.0
    month = period_words(series, peak.month).said(language)
    return {
        "kind": "sums",
        **_axis(series, language, len(peak.sums)),
        "actual": rounded(peak.sums),
        "peak": {
            "at": top,
            "words": ask.say(f"最高{value:.3g}，{month}", f"{value:.3g}, {month}"),
            "short": f"{value:.3g}, {short_month(peak.month, merged=series.merged)}",
        },
        "last": known[-1],
        "unit": unit_on_page(series).said(language),
        "words": _words(ask),
        "label": ask.say("12个月合计；左右键逐月看", "twelve-month sums; arrow keys move by month"),
    }


def products(ask: Ask, told: Told) -> list[Chart]:
    """The products under the same shading, largest first."""
    found = told.findings
    series = found.series
    shades = [
        {**_span(series, one), "way": _way(one)}
        for one in told_episodes(found.found) if one.family != "month"
    ]  # fmt: skip
    order = {share.product: at for at, share in enumerate(found.standing.products)}
    parts = sorted(series.parts, key=lambda part: order.get(part.product, len(order)))
    return [
        {
            "kind": "small",
            **_axis(series, ask.language),
            "actual": rounded(mean_months(series, part.values)),
            "shades": shades,
            "product": part.product,
            "name": ask.say(sector_words(part.product)),
            "unit": unit_on_page(series).said(ask.language),
            "words": _words(ask),
            "label": ask.say(sector_words(part.product)),
        }
        for part in parts
        if any(part.values)
    ]


def plain(ask: Ask, values: Sequence[tuple[str, float | None]], unit: str) -> Chart:
    """Values by period as they were read, with nothing worked out."""
    names = [day_words(period).said(ask.language) for period, _ in values]
    return {
        "kind": "small",
        "periods": [period for period, _ in values],
        "names": names,
        "shorts": [period for period, _ in values],
        "actual": rounded([value for _, value in values]),
        "shades": [],
        "name": unit or ask.say("数值", "value"),
        "words": _words(ask),
        "label": ask.say("读出来的数值；左右键逐期看", "values as read; arrow keys move by period"),
    }


def rows(series: Series, found: Episodes | None, language: Language) -> list[tuple[str, ...]]:
    """The numbers of the path as a table: period, then each line."""
    lines = lines_of(series, found)
    return [
        (
            period_words(series, period).said(language),
            *("—" if value is None else f"{value:,.4g}" for value in values),
        )
        for period, *values in zip(series.periods, *lines.values(), strict=True)
    ]


def rounded(values: Sequence[float | None]) -> list[float | None]:
    """Values with as many digits as a picture and its tooltip need."""
    return [None if one is None else float(f"{one:.{_DIGITS}g}") for one in values]


def _axis(series: Series, language: Language, count: int | None = None) -> Chart:
    periods = series.periods[:count]
    return {
        "periods": list(periods),
        "names": [period_words(series, one).said(language) for one in periods],
        "shorts": [short_month(one, merged=series.merged) for one in periods],
    }


def _span(series: Series, one: Episode) -> Chart:
    first = index_of(series, one.begin)
    if one.family == "month":
        return {"first": first, "last": first}
    last = len(series) if one.end is None else index_of(series, one.end, after=True)
    return {"first": first, "last": max(first, last - 1)}


def _way(one: Episode) -> str:
    return "low" if one.depth_percent < 0 else "high"


def _episode(ask: Ask, series: Series, one: Episode, number: int) -> Chart:
    way = "down" if one.depth_percent < 0 else "up"
    return {
        "id": one.id,
        "number": number,
        **_span(series, one),
        "lasting": one.end is None and one.family != "month",
        "deepest": index_of(series, one.deepest),
        "way": _way(one),
        "shared": one.scope == "national",
        "size": abs(one.depth_percent),
        "words": words_of(one, ask.language),
        "shape": label("shape", f"{one.shape}_{way}", ask.language, tone="plain"),
        "address": ask.link(f"/series/{series.region}/{series.sector}/episodes", one.id),
    }


def _provisional(series: Series) -> int | None:
    first = series.provisional_from
    return None if first is None else sum(one < first for one in series.periods)


def _words(ask: Ask) -> dict[str, str]:
    """The words that the script puts around numbers."""
    return {
        "actual": ask.say("实际", "actual"),
        "expected": ask.say("应有", "expected"),
        "off": ask.say("偏离", "off by"),
        "episode": ask.say("第{n}段", "episode {n}"),
        "open": ask.say("按 Enter 看依据", "Enter opens it"),
        "none": ask.say("未公布", "not published"),
        "range": ask.say("（{low}—{high}）", " ({low}–{high})"),
        "sum": ask.say("12个月合计", "twelve-month sum"),
        "total": ask.say("截至{month}", "up to {month}"),
    }
