"""Tables of data that several products share: series, years, episodes, peak, evidence, effects."""

from collections.abc import Sequence

from tanzhe.errors import Words
from tanzhe.model import (
    Episode,
    Episodes,
    EventEffect,
    Evidence,
    LinkedEvent,
    PeakStatus,
    Quote,
    Series,
    Standing,
)
from tanzhe.reports.pages.datatables import Cell, CellType, Column, DataTable, YearValue
from tanzhe.reports.products.tables import columns_of, data_table, record_table
from tanzhe.reports.words.vocabulary import sector_name, unit_name

PERIODS: dict[str, CellType] = {"day": "date", "month": "yearmonth", "year": "year"}
_WHOLE = {"month": 12, "year": 1}
MERGED_YEAR = 11


def period_cell(series: Series, period: str) -> Cell:
    """A period as its column's type wants it."""
    return int(period) if series.frequency == "year" else period


def series_table(series: Series, found: Episodes | None = None) -> DataTable:
    """The values, with the path expected where there is one."""
    unit, period = series.unit, PERIODS[series.frequency]
    lines: list[Sequence[Cell]] = [series.values]
    path: tuple[Column, ...] = ()
    if found is not None and found.expected:
        lines += [found.expected, found.expected_low, found.expected_high]
        path = columns_of("series.path", unit=unit)
    periods = [period_cell(series, period) for period in series.periods]
    rows = zip(periods, *lines, strict=True)
    return data_table("series.series", rows, unit=unit, period=period, more=path)


def episodes_table(every: Sequence[Episodes]) -> DataTable:
    """One row an episode of the series and of its products."""
    rows = [_episode(found.series, one) for found in every for one in found.episodes]
    return data_table("series.episodes", rows)


def _episode(series: Series, one: Episode) -> tuple[Cell, ...]:
    way = "down" if one.depth_percent < 0 else "up"
    return (
        one.id, series.region, series.sector, one.begin, *one.begin_interval, one.end, one.shape,
        f"{one.shape}_{way}", one.scope, one.deepest, one.depth_percent,
        *one.depth_interval, one.amount.value,
        *one.amount.interval, one.amount.unit, one.probability, one.shape_probability, one.band,
        one.excess_percent, one.rank, one.of,
    )  # fmt: skip


def contributions_table(every: Sequence[Episodes]) -> DataTable:
    """What each product brought to each episode."""
    rows = [
        (one.id, driver.product, driver.percentage_points)
        for found in every
        for one in found.episodes
        for driver in one.contributions
    ]
    return data_table("series.contributions", rows)


def years_table(standing: Standing) -> DataTable:
    """One row a calendar year."""
    return record_table("series.years", standing.years, unit=standing.unit)


def products_table(standing: Standing) -> DataTable:
    """One row a product of the sector, of the last twelve months."""
    return record_table("series.products", standing.products, unit=standing.unit)


def peak_table(peak: PeakStatus) -> DataTable:
    """The judgement as one row."""
    stands = sorted(peak.record_stands.items())
    row: tuple[Cell, ...] = (
        peak.status, peak.month, *peak.month_interval, peak.change_percent,
        *peak.change_interval, peak.slope_percent_per_year, *peak.slope_interval,
        peak.years_since, *(p for _, p in stands),
    )  # fmt: skip
    more = [
        Column(
            name=f"stands_{n}",
            title=Words(f"{n}个月内不被超过", f"Stands {n} months"),
            type="number",
        )
        for n, _ in stands
    ]
    return data_table("series.peak", [row], more=more)


def sums_table(peak: PeakStatus) -> DataTable:
    """The rolling sums that the judgement looks at."""
    series = peak.series
    periods = [period_cell(series, period) for period in series.periods]
    rows = zip(periods, peak.sums, strict=True)
    return data_table("series.sums", rows, unit=series.unit, period=PERIODS[series.frequency])


def evidence_table(every: Sequence[Evidence]) -> DataTable:
    """One row an event and a source of it, with the first passage that says it."""
    rows = [
        _event(one, linked, kind)
        for one in every
        for kind, group in (("evidence", one.events), ("lead", one.leads))
        for linked in group
    ]
    return data_table("series.evidence", rows)


def _event(one: Evidence, linked: LinkedEvent, kind: str) -> tuple[Cell, ...]:
    event, link = linked.event, linked.link
    date = event.dates[0].date if event.dates else None
    source = event.sources[0] if event.sources else None
    quote: Quote | None = event.quotes[0] if event.quotes else None
    return (
        one.point, one.edge, kind, event.id, event.name, event.name_en, date,
        link.grade if kind == "evidence" else None, link.p_value if kind == "evidence" else None,
        event.status, source.publisher if source else None, source.url if source else None,
        *((quote.document, quote.start, quote.end, quote.text) if quote else (None,) * 4),
    )  # fmt: skip


def effects_table(every: Sequence[EventEffect]) -> DataTable:
    """One row an event and a product."""
    return data_table("series.effects", map(_effect, every))


def _effect(one: EventEffect) -> tuple[Cell, ...]:
    size, event = one.effect, one.event
    measured: tuple[Cell, ...] = (None,) * 7
    if size is not None:
        amount = size.amount
        measured = (
            size.percent, *size.percent_interval, amount.value, *amount.interval, amount.unit,
        )  # fmt: skip
    return (
        event.id, event.name, event.name_en, event.date, one.region, one.product, *one.window,
        event.sign, *measured, one.p_value, one.verdict,
    )  # fmt: skip


def checks_table(one: EventEffect) -> DataTable:
    """The checks of one effect."""
    return record_table("series.checks", one.checks)


def expected_table(one: EventEffect) -> DataTable:
    """What each period around the event would have been without it."""
    unit, period = one.series.unit, PERIODS[one.series.frequency]
    actual = dict(zip(one.series.periods, one.series.values, strict=True))
    rows = [
        (at.period, actual[at.period], at.value, *(at.interval or (None, None)))
        for at in one.expected
    ]
    path = columns_of("series.path", unit=unit)
    return data_table("series.expected", rows, unit=unit, period=period, more=path)


def donors_table(one: EventEffect) -> DataTable:
    """The regions that the comparison is mixed from."""
    return record_table("series.donors", one.donors)


def year_values(series: Series) -> tuple[YearValue, ...]:
    """Totals of whole years, in the variables of the IAMC format."""
    per_year = MERGED_YEAR if series.merged else _WHOLE.get(series.frequency)
    years: dict[str, list[float | None]] = {}
    for period, value in zip(series.periods, series.values, strict=True):
        years.setdefault(period[:4], []).append(value)
    whole = {
        year: [value for value in values if value is not None]
        for year, values in years.items()
        if None not in values and len(values) == (per_year or _days(year))
    }
    variable, unit = variable_of(series), yearly_unit(series.unit)
    return tuple(
        YearValue(
            region=series.region,
            variable=variable,
            unit=unit,
            year=int(year),
            value=sum(values),
        )
        for year, values in whole.items()
    )


def yearly_unit(unit: str) -> str:
    """A unit as scenario databases write it, a year."""
    return "Mt CO2/yr" if unit == "MtCO2" else f"{unit_name(unit).en}/yr"


def _days(year: str) -> int:
    number = int(year)
    return 366 if number % 4 == 0 and (number % 100 != 0 or number % 400 == 0) else 365


def variable_of(series: Series) -> str:
    """The name of what a series measures, in levels."""
    name = sector_name(series.sector).en.replace("|", "/")
    name = name[:1].upper() + name[1:]
    return f"Emissions|CO2|{name}" if "CO2" in series.unit else f"Production|{name}"
