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
from tanzhe.reports.words.vocabulary import sector_name, unit_name

PERIODS: dict[str, CellType] = {"day": "date", "month": "yearmonth", "year": "year"}
_WHOLE = {"month": 12, "year": 1}
MERGED_YEAR = 11


def column(
    name: str, zh: str, en: str, type: CellType = "string", unit: str = "", *, choice: str = ""
) -> Column:
    """A column by its names."""
    return Column(name=name, title=Words(zh, en), type=type, unit=unit, choice=choice)


def period_cell(series: Series, period: str) -> Cell:
    """A period as its column's type wants it."""
    return int(period) if series.frequency == "year" else period


def series_table(series: Series, found: Episodes | None = None) -> DataTable:
    """The values, with the path expected where there is one."""
    columns = [
        column("period", "时间", "Period", PERIODS[series.frequency]),
        column("value", "实际", "Actual", "number", series.unit),
    ]
    lines: list[Sequence[Cell]] = [series.values]
    if found is not None and found.expected:
        for name, zh, en, values in (
            ("expected", "应有水平", "Expected", found.expected),
            ("expected_low", "范围下端", "Lower end", found.expected_low),
            ("expected_high", "范围上端", "Upper end", found.expected_high),
        ):
            columns.append(column(name, zh, en, "number", series.unit))
            lines.append(values)
    periods = [period_cell(series, period) for period in series.periods]
    return DataTable(
        name="series",
        title=Words("序列", "Series"),
        columns=tuple(columns),
        rows=tuple(zip(periods, *lines, strict=True)),
    )


def episodes_table(every: Sequence[Episodes]) -> DataTable:
    """One row an episode of the series and of its products."""
    rows = [_episode(found.series, one) for found in every for one in found.episodes]
    return DataTable(
        name="episodes",
        title=Words("起落", "Episodes"),
        columns=(
            column("id", "编号", "Id"),
            column("region", "地区", "Region"),
            column("sector", "部门或产品", "Sector or product"),
            column("begin", "开始", "Begin"),
            column("begin_first", "最早开始", "Earliest begin"),
            column("begin_last", "最迟开始", "Latest begin"),
            column("end", "结束", "End"),
            column("shape", "形态", "Shape"),
            column("kind", "怎么变的", "Kind", choice="shape"),
            column("scope", "范围", "Scope", choice="scope"),
            column("deepest", "最深", "Deepest"),
            column("depth_percent", "最多差", "Depth", "number", "%"),
            column("depth_low", "下端", "Lower end", "number", "%"),
            column("depth_high", "上端", "Upper end", "number", "%"),
            column("amount", "累计", "In all", "number"),
            column("amount_low", "累计下端", "In all, lower end", "number"),
            column("amount_high", "累计上端", "In all, upper end", "number"),
            column("amount_unit", "累计的单位", "Unit of the total"),
            column("probability", "把握", "Probability", "number"),
            column("shape_probability", "形态把握", "Probability of the shape", "number"),
            column("band", "档次", "Band", choice="band"),
            column("excess_percent", "比全国多出", "Beyond the nation", "number", "%"),
            column("rank", "排第几", "Rank", "integer"),
            column("of", "共几个", "Of", "integer"),
        ),
        rows=tuple(rows),
    )


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
    return DataTable(
        name="contributions",
        title=Words("各产品的份额", "Contributions of products"),
        columns=(
            column("episode", "起落", "Episode"),
            column("product", "产品", "Product"),
            column("percentage_points", "百分点", "Percentage points", "number"),
        ),
        rows=tuple(
            (one.id, driver.product, driver.percentage_points)
            for found in every
            for one in found.episodes
            for driver in one.contributions
        ),
    )


def years_table(standing: Standing) -> DataTable:
    """One row a calendar year."""
    return DataTable(
        name="years",
        title=Words("各年", "Years"),
        columns=(
            column("first", "起", "First"),
            column("last", "止", "Last"),
            column("whole", "整年", "Whole year", "boolean"),
            column("value", "合计", "Total", "number", standing.unit),
            column("growth_percent", "比上年", "On year", "number", "%"),
            column("share_percent", "占全部", "Share", "number", "%"),
            column("rank", "排第几", "Rank", "integer"),
            column("of", "共几个", "Of", "integer"),
        ),
        rows=tuple(
            (t.first, t.last, t.whole, t.value, t.growth_percent, t.share_percent, t.rank, t.of)
            for t in standing.years
        ),
    )


def products_table(standing: Standing) -> DataTable:
    """One row a product of the sector, of the last twelve months."""
    return DataTable(
        name="products",
        title=Words("产品", "Products"),
        columns=(
            column("product", "产品", "Product"),
            column("value", "最近十二个月", "Last twelve months", "number", standing.unit),
            column("share_percent", "占比", "Share", "number", "%"),
            column("growth_percent", "比上年", "On year", "number", "%"),
            column("change_percent", "比基年", "Since the base year", "number", "%"),
        ),
        rows=tuple(
            (p.product, p.value, p.share_percent, p.growth_percent, p.change_percent)
            for p in standing.products
        ),
    )


def peak_table(peak: PeakStatus) -> DataTable:
    """The judgement as one row."""
    stands = sorted(peak.record_stands.items())
    return DataTable(
        name="peak",
        title=Words("达峰判断", "Peak"),
        columns=(
            column("status", "判断", "Judgement", choice="peak"),
            column("month", "最高", "Largest, until"),
            column("month_first", "最早", "Earliest"),
            column("month_last", "最迟", "Latest"),
            column("change_percent", "此后", "Change since", "number", "%"),
            column("change_low", "下端", "Lower end", "number", "%"),
            column("change_high", "上端", "Upper end", "number", "%"),
            column("slope_percent_per_year", "每年走势", "Trend a year", "number", "%"),
            column("slope_low", "走势下端", "Trend, lower end", "number", "%"),
            column("slope_high", "走势上端", "Trend, upper end", "number", "%"),
            column("years_since", "距最高几年", "Years since", "number"),
            *(
                column(f"stands_{n}", f"{n}个月内不被超过", f"Stands {n} months", "number")
                for n, _ in stands
            ),
        ),
        rows=(
            (
                peak.status, peak.month, *peak.month_interval, peak.change_percent,
                *peak.change_interval, peak.slope_percent_per_year, *peak.slope_interval,
                peak.years_since, *(p for _, p in stands),
            ),
        ),
    )  # fmt: skip


def sums_table(peak: PeakStatus) -> DataTable:
    """The rolling sums that the judgement looks at."""
    series = peak.series
    return DataTable(
        name="sums",
        title=Words("滚动合计", "Rolling sums"),
        columns=(
            column("until", "截至", "Up to", PERIODS[series.frequency]),
            column("value", "合计", "Sum", "number", series.unit),
        ),
        rows=tuple(
            (period_cell(series, period), value)
            for period, value in zip(series.periods, peak.sums, strict=True)
        ),
    )


def evidence_table(every: Sequence[Evidence]) -> DataTable:
    """One row an event and a source of it, with the first passage that says it."""
    rows = [
        _event(one, linked, kind)
        for one in every
        for kind, group in (("evidence", one.events), ("lead", one.leads))
        for linked in group
    ]
    return DataTable(
        name="evidence",
        title=Words("佐证和线索", "Evidence and leads"),
        columns=(
            column("episode", "起落", "Episode"),
            column("edge", "开始或结束", "Edge"),
            column("kind", "佐证或线索", "Kind"),
            column("event", "事件编号", "Event id"),
            column("name", "事件", "Event"),
            column("name_en", "事件（英文）", "Event (English)"),
            column("date", "日期", "Date"),
            column("grade", "强弱", "Grade", choice="grade"),
            column("p_value", "碰巧的机会", "Chance", "number"),
            column("status", "核验", "Status", choice="status"),
            column("publisher", "发布者", "Publisher"),
            column("url", "网址", "Address"),
            column("document", "原文校验值", "Document sha256"),
            column("start", "起于第几字", "Start", "integer"),
            column("end", "止于第几字", "End", "integer"),
            column("quote", "原文", "Quote"),
        ),
        rows=tuple(rows),
    )


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
    return DataTable(
        name="effects",
        title=Words("事件的作用", "Effects of events"),
        columns=(
            column("event", "事件编号", "Event id"),
            column("name", "事件", "Event"),
            column("name_en", "事件（英文）", "Event (English)"),
            column("date", "日期", "Date"),
            column("region", "地区", "Region"),
            column("product", "产品", "Product"),
            column("first", "起", "First"),
            column("last", "止", "Last"),
            column("expected", "预期方向", "Expected"),
            column("percent", "实测", "Measured", "number", "%"),
            column("percent_low", "下端", "Lower end", "number", "%"),
            column("percent_high", "上端", "Upper end", "number", "%"),
            column("amount", "累计", "In all", "number"),
            column("amount_low", "累计下端", "In all, lower end", "number"),
            column("amount_high", "累计上端", "In all, upper end", "number"),
            column("amount_unit", "累计的单位", "Unit of the total"),
            column("p_value", "碰巧的机会", "Chance", "number"),
            column("verdict", "判断", "Verdict", choice="effect"),
        ),
        rows=tuple(_effect(one) for one in every),
    )


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
    return DataTable(
        name="checks",
        title=Words("检验", "Checks"),
        columns=(
            column("name", "检验", "Check", choice="check"),
            column("passed", "通过", "Passed", "boolean"),
            column("zh", "说明", "Says, Chinese"),
            column("en", "说明（英文）", "Says, English"),
        ),
        rows=tuple((c.name, c.passed, c.zh, c.en) for c in one.checks),
    )


def expected_table(one: EventEffect) -> DataTable:
    """What each period around the event would have been without it."""
    unit = one.series.unit
    actual = dict(zip(one.series.periods, one.series.values, strict=True))
    return DataTable(
        name="expected",
        title=Words("事件前后", "Around the event"),
        columns=(
            column("period", "时间", "Period", PERIODS[one.series.frequency]),
            column("value", "实际", "Actual", "number", unit),
            column("expected", "应有水平", "Expected", "number", unit),
            column("expected_low", "范围下端", "Lower end", "number", unit),
            column("expected_high", "范围上端", "Upper end", "number", unit),
        ),
        rows=tuple(
            (at.period, actual[at.period], at.value, *(at.interval or (None, None)))
            for at in one.expected
        ),
    )


def donors_table(one: EventEffect) -> DataTable:
    """The regions that the comparison is mixed from."""
    return DataTable(
        name="donors",
        title=Words("对照地区", "Donors"),
        columns=(
            column("region", "地区", "Region"),
            column("weight", "权重", "Weight", "number"),
        ),
        rows=tuple((donor.region, donor.weight) for donor in one.donors),
    )


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
