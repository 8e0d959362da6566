"""What was found in a series as pages: turns, episodes, peak, effect of events, power."""

from collections.abc import Callable, Sequence
from functools import partial

from tanzhe.errors import Language, Words
from tanzhe.model import (
    Episode,
    Episodes,
    EventEffect,
    EventEffects,
    PeakStatus,
    Series,
    TurningPoints,
)
from tanzhe.places import region_words
from tanzhe.reports.answers.effect import (
    effect_answer,
    effect_lines,
    effects_answer,
    effects_notes,
    effects_rows,
    percent_cells,
)
from tanzhe.reports.answers.episode import episode_lines, episodes_json
from tanzhe.reports.answers.json import turns_json
from tanzhe.reports.answers.peak import peak_answer, peak_lines
from tanzhe.reports.answers.turns import turns_lines
from tanzhe.reports.charts.drawing import of_effect, of_path, of_sums
from tanzhe.reports.pages.blocks import Drawing, Figure, Run
from tanzhe.reports.pages.datatables import DataTable, YearValue
from tanzhe.reports.pages.draft import Draft, Known, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.parts.peak import ago_words
from tanzhe.reports.products.datasets import (
    checks_table,
    contributions_table,
    donors_table,
    effects_table,
    episodes_table,
    expected_table,
    peak_table,
    series_table,
    sums_table,
    year_values,
)
from tanzhe.reports.products.tables import data_table
from tanzhe.reports.words.dates import day_words, period_words, span_words
from tanzhe.reports.words.numbers import (
    amount_words,
    chance_words,
    confidence_words,
    effect_digits,
    percent_words,
)
from tanzhe.reports.words.subject import title_words
from tanzhe.reports.words.vocabulary import label

# The page of each result, by the name of its class.
PAGES = {
    "TurningPoints": "turns_page",
    "Episodes": "episodes_page",
    "PeakStatus": "peak_page",
    "EventEffect": "effect_page",
    "EventEffects": "effects_page",
}


def _about(series: Series) -> str:
    return f"{series.region}_{series.sector}"


def turns_page(points: TurningPoints, language: Language = "zh", *, top: int = 0) -> Page:
    """The turning points of a series.

    Args:
        points: from `turning_points`.
        language: of the page.
        top: how many were asked for; weak signals fill the list.
    """
    points = clean(points)
    tables = [_points_table(points)]
    found = points.found
    if found is not None:
        tables += [episodes_table([found]), contributions_table([found])]
    tables.append(series_table(points.series, found))
    lines = turns_lines(points, language, top=top)
    words = title_words(points.series, "什么时候变了", "when it turned")
    draft = _lines(language, words, lines, [] if found is None else _of_episodes(found), tables)
    if found is not None:
        _picture(draft, 1, "path", partial(of_path, found.series, found))
    return draft.page(
        product="turns",
        about=_about(points.series),
        made=points.manifest.created,
        answer=partial(turns_json, points, language),
        tables=tables,
        values=year_values(points.series),
        scenario=_scenario(points.series),
    )


def _scenario(series: Series) -> str:
    return f"{series.source} {series.vintage}"


def episodes_page(found: Episodes, language: Language = "zh") -> Page:
    """What happened in a series."""
    found = clean(found)
    tables = [
        episodes_table([found]),
        contributions_table([found]),
        series_table(found.series, found),
    ]
    words = title_words(found.series, "发生了什么", "what happened")
    draft = _lines(language, words, episode_lines(found, language), _of_episodes(found), tables)
    _picture(draft, 1, "path", partial(of_path, found.series, found))
    return draft.page(
        product="episodes",
        about=_about(found.series),
        made=found.manifest.created,
        answer=partial(episodes_json, found, language),
        tables=tables,
        values=year_values(found.series),
        scenario=_scenario(found.series),
    )


def peak_page(peak: PeakStatus, language: Language = "zh") -> Page:
    """Whether a series has peaked."""
    peak = clean(peak)
    tables = [peak_table(peak), sums_table(peak), series_table(peak.series)]
    words = title_words(peak.series, "达峰判断", "has it peaked?")
    known = [(_of_peak(peak), row_place(tables[0], 0).row)]
    draft = _lines(language, words, peak_lines(peak, language), known, tables)
    _picture(draft, 2, "sums", partial(of_sums, peak))
    return draft.page(
        product="peak",
        about=_about(peak.series),
        made=peak.manifest.created,
        answer=partial(peak_answer, peak, language),
        tables=tables,
        values=year_values(peak.series),
        scenario=_scenario(peak.series),
    )


def effect_page(found: EventEffect, language: Language = "zh") -> Page:
    """What an event did to a product."""
    found = clean(found)
    tables = [
        effects_table([found]),
        checks_table(found),
        donors_table(found),
        expected_table(found),
        series_table(found.series),
    ]
    words = title_words(found.series, "事件的作用", "effect of an event")
    known = [(_of_effect(found), row_place(tables[0], 0).row)]
    draft = _lines(language, words, effect_lines(found, language), known, tables)
    if found.expected:
        _picture(draft, 2, "window", partial(of_effect, found))
    return draft.page(
        product="effect",
        about=f"{_about(found.series)}_{found.event.date}",
        made=found.manifest.created,
        answer=partial(effect_answer, found, language),
        tables=tables,
        values=year_values(found.series),
        scenario=_scenario(found.series),
    )


def effects_page(found: EventEffects, language: Language = "zh") -> Page:
    """What the catalogued events of a region did."""
    found = clean(found)
    tables = [effects_table(found.effects)]
    where = region_words(found.region)
    draft = Draft(language, Words(f"{where.zh}：事件的作用", f"{where.en}: effects of events"))
    head, *rows = effects_rows(found, language)
    measured = [one for one in found.effects if one.effect is not None]
    told = [
        [
            draft.told(cell, _of_effect(one), row_place(tables[0], found.effects.index(one)))
            for cell in row
        ]
        for row, one in zip(rows, measured, strict=True)
    ]
    draft.table(
        Words("事件作用测算", "Effects measured"), [Words(cell, cell) for cell in head], told
    )
    if not told:
        draft.say(Words("没有可以测算的事件。", "No event that could be measured."))
    for note in effects_notes(found, language):
        draft.say(note, "small")
    made = found.effects[0].manifest.created if found.effects else ""
    return draft.page(
        product="effects",
        about=found.region,
        made=made,
        answer=partial(effects_answer, found, language),
        tables=tables,
        values=_effect_values(found),
        scenario=_scenario(found.effects[0].series) if found.effects else "",
    )


def _effect_values(found: EventEffects) -> list[YearValue]:
    """The yearly values of what was measured, each series once."""
    every = {(one.series.region, one.series.sector): one.series for one in found.effects}
    return [value for series in every.values() for value in year_values(series)]


_Rows = Sequence[tuple[Sequence[Known], str]]


def _lines(
    language: Language, title: Words, lines: Sequence[str], known: _Rows, tables: list[DataTable]
) -> Draft:
    """The title, then a paragraph a line; each line's facts lead to the row they fit best."""
    draft = Draft(language, title)
    rows = {row_place(table, at).row: row_place(table, at) for table in tables
            for at in range(len(table.rows))}  # fmt: skip
    for line in lines[1:]:
        facts, row = max(
            known, key=lambda one: sum(fact.words.said(language) in line for fact in one[0]),
            default=((), ""),
        )  # fmt: skip
        draft.say(draft.told(line, facts, rows.get(row)))
    return draft


def _of_episodes(found: Episodes) -> list[tuple[list[Known], str]]:
    table = episodes_table([found])
    every = [
        (_of_episode(found, one), row_place(table, at).row) for at, one in enumerate(found.episodes)
    ]
    if found.smallest_tellable_percent is not None:
        size = found.smallest_tellable_percent
        every.append(([Known(size, _same(f"{size:.0f}%"), "%")], ""))
    return every


def _same(text: str) -> Words:
    return Words(text, text)


def _of_episode(found: Episodes, one: Episode) -> list[Known]:
    """What the sentence on an episode says."""
    digits = effect_digits(one.depth_percent)
    low, high = one.depth_interval
    known = [
        Known(one.depth_percent, percent_words(one.depth_percent, digits=digits), "%"),
        Known(low, percent_words(low, digits=digits, signed=True), "%"),
        Known(high, percent_words(high, digits=digits, signed=True), "%"),
        Known(one.probability, confidence_words(one.probability), "%"),
        Known(one.amount.value, amount_words(one.amount.value, one.amount.unit), one.amount.unit),
        Known(one.begin, period_words(found.series, one.begin), kind="date"),
        Known(one.deepest, period_words(found.series, one.deepest), kind="date"),
        Known("/".join(one.begin_interval), span_words(found.series, *one.begin_interval),
              kind="date"),
    ]  # fmt: skip
    if one.end is not None:
        known.append(Known(one.end, period_words(found.series, one.end), kind="date"))
    return known


def _of_peak(peak: PeakStatus) -> list[Known]:
    series = peak.series
    known = [
        Known(peak.month, period_words(series, peak.month), kind="date"),
        Known("/".join(peak.month_interval), span_words(series, *peak.month_interval),
              kind="date"),
        Known(peak.change_percent, _same(f"{abs(peak.change_percent):.1f}%"), "%"),
        Known(peak.years_since, ago_words(peak.years_since)),
    ]  # fmt: skip
    for value in (*peak.change_interval, peak.slope_percent_per_year, *peak.slope_interval):
        known.append(Known(value, percent_words(value, digits=1, signed=True), "%"))
    known += [Known(p, confidence_words(p), "%") for p in peak.record_stands.values()]
    if peak.trend_test is not None:
        known.append(Known(peak.trend_test.p_value, chance_words(peak.trend_test.p_value), "%"))
    return known


def _of_effect(found: EventEffect) -> list[Known]:
    known = [
        Known(found.event.date, day_words(found.event.date), kind="date"),
        Known(found.event.date[:7], _same(found.event.date[:7]), kind="date"),
        Known("/".join(found.window), span_words(found.series, *found.window), kind="date"),
    ]
    for size in (found.effect, found.own, found.excess, found.after):
        if size is not None:
            percent, _, amount = percent_cells(size)
            digits = effect_digits(size.percent)
            known += [
                Known(size.percent, percent, "%"),
                Known(size.percent, percent_words(size.percent, digits=digits), "%"),
                Known(size.amount.value, amount, size.amount.unit),
                *(Known(end, percent_words(end, digits=digits, signed=True), "%")
                  for end in size.percent_interval),
            ]  # fmt: skip
    if found.p_value is not None:
        known.append(Known(found.p_value, chance_words(found.p_value), "%"))
    return known


def _picture(draft: Draft, at: int, name: str, draw: Callable[..., Drawing]) -> None:
    """A picture by the name of its caption, as the block at some place."""
    title = label("figure", name, draft.language)
    drawn = draw(title=title, language=draft.language)
    draft.blocks.insert(at, Figure(title=(Run(text=title),), drawing=drawn))


def _points_table(points: TurningPoints) -> DataTable:
    rows = [
        (
            p.id, p.date, *p.interval, p.confidence, p.band, p.kind, p.scope, p.until,
            p.effect.percent, *p.effect.percent_interval, p.effect.mt_per_year,
        )
        for p in points
    ]  # fmt: skip
    return data_table("series.turning_points", rows)
