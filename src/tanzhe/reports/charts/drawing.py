"""A picture of a report by its name: wide, for a phone, how to read it, and its numbers."""

from collections.abc import Mapping, Sequence

from tanzhe.errors import Language
from tanzhe.model import Episode, Episodes, EventEffect, PeakStatus, Series
from tanzhe.reports.charts.parts import parts, rows_of
from tanzhe.reports.charts.path import lines_of, path
from tanzhe.reports.charts.ranks import ranks
from tanzhe.reports.charts.sums import sums
from tanzhe.reports.charts.window import around, lines_around, window
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.selection import faults, largest_split, told_episodes
from tanzhe.reports.pages.blocks import Drawing
from tanzhe.reports.words.dates import period_words
from tanzhe.reports.words.vocabulary import label, unit_of


def drawing(about: str, findings: Findings, *, title: str, language: Language) -> Drawing:
    """The picture of a name: path, sums, parts or ranks.

    Args:
        about: which.
        findings: what the report is made of; the report holds the picture only if it can be drawn.
        title: its caption.
        language: of all words.
    """
    if about == "path":
        return of_path(findings.series, findings.found, title=title, language=language)
    if about == "sums":
        assert findings.peak is not None
        return of_sums(findings.peak, title=title, language=language)
    if about == "parts":
        split = largest_split(findings.found)
        assert split is not None
        return _parts(split, title, language)
    return _ranks(findings, title, language)


def of_effect(found: EventEffect, *, title: str, language: Language) -> Drawing:
    """The months around an event, with what was expected without it.

    Args:
        found: an effect with its expected path.
        title: its caption.
        language: of all words.
    """
    wide, narrow = (
        window(found, title=title, language=language, narrow=small) for small in (False, True)
    )
    series = around(found)
    key = [_unit(series, language), label("key", f"window_{found.basis}", language)]
    return Drawing(
        wide=wide, narrow=narrow, key=_joined(key, language),
        table=_table(series, lines_around(found), language),
    )  # fmt: skip


def _table(
    series: Series, lines: Mapping[str, Sequence[float | None]], language: Language
) -> tuple[tuple[str, ...], ...]:
    """The numbers of a picture: a row a period, under the names of its lines."""
    head = (label("page", "period", language), *(label("page", name, language) for name in lines))
    rows = (
        (period_words(series, period).said(language), *(_number(value, language) for value in row))
        for period, *row in zip(series.periods, *lines.values(), strict=True)
    )
    return (head, *rows)


def _unit(series: Series, language: Language) -> str:
    each = label("each", series.frequency, language)
    merged = label("each", "merged", language) if series.merged else ""
    return f"{unit_of(series).said(language)}/{each}{merged}"


def of_path(series: Series, found: Episodes | None, *, title: str, language: Language) -> Drawing:
    """The path of a series with what was expected, and its numbered episodes.

    Args:
        series: what is drawn.
        found: its episodes; None: the line alone.
        title: its caption.
        language: of all words.
    """
    wide, narrow = (
        path(series, found, title=title, language=language, narrow=small) for small in (False, True)
    )
    lines = lines_of(series, found)
    key = [_unit(series, language)]
    key.append(label("key", "band" if "low" in lines else "line", language))
    told = told_episodes(found)
    if told:
        key.append(label("key", "badges", language))
    if any(one.scope == "national" for one in told):
        key.append(label("key", "shared", language))
    if faults(found):
        key.append(label("key", "faults", language))
    if series.provisional_from:
        key.append(label("key", "loose", language))
    if None in series.values:
        key.append(label("key", "gap", language))
    return Drawing(
        wide=wide, narrow=narrow, key=_joined(key, language), table=_table(series, lines, language)
    )


def _joined(key: list[str], language: Language) -> str:
    return "。".join(key) + "。" if language == "zh" else ". ".join(key) + "."


def _number(value: float | None, language: Language) -> str:
    # Nine digits first: the last differ between versions of numpy, and a tie would print so.
    return label("page", "missing", language) if value is None else f"{float(f'{value:.9g}'):,.4g}"


def of_sums(peak: PeakStatus, *, title: str, language: Language) -> Drawing:
    """Twelve-month sums with their largest.

    Args:
        peak: the judgement that holds them.
        title: its caption.
        language: of all words.
    """
    wide, narrow = (
        sums(peak, title=title, language=language, narrow=small) for small in (False, True)
    )
    unit = unit_of(peak.series).said(language)
    yearly = peak.series.frequency == "year"
    key = [unit, label("key", "years" if yearly else "sums", language)]
    rows = tuple(
        (period_words(peak.series, period).said(language), _number(value, language))
        for period, value in zip(peak.series.periods, peak.sums, strict=True)
        if value is not None
    )
    head = (label("page", "until", language), unit)
    return Drawing(wide=wide, narrow=narrow, key=_joined(key, language), table=(head, *rows))


def _parts(split: Episode, title: str, language: Language) -> Drawing:
    wide, narrow = (
        parts(split, title=title, language=language, narrow=small) for small in (False, True)
    )
    rows = tuple(
        (name, f"{end - start:+.1f}".replace("-", "−"))
        for name, start, end in rows_of(split, language)
    )
    head = (label("table", "product", language), label("page", "points", language))
    key = _joined([label("key", "parts", language)], language)
    return Drawing(wide=wide, narrow=narrow, key=key, table=(head, *rows))


def _ranks(findings: Findings, title: str, language: Language) -> Drawing:
    beside = findings.alongside
    assert beside is not None
    own = findings.series.region
    wide, narrow = (
        ranks(beside, own, title=title, language=language, narrow=small) for small in (False, True)
    )
    key = _joined([label("key", "ranks", language)], language)
    return Drawing(wide=wide, narrow=narrow, key=key)
