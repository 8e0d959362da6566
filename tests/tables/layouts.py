"""Layouts of tables that analysts get, written anew with figures of our own.

Each is a function that writes a file into a folder, with what must come out of it. Forms after the
exports and downloads that are named; names, figures and footers are made up.
"""

import csv
import io
from calendar import month_abbr, monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random

import openpyxl

from tanzhe.tables.choices import Choices

Row = Sequence[object]
MONTHS = [(year, month) for year in range(2018, 2023) for month in range(1, 13)]
SEASON = (0.86, 0.78, 1.02, 0.99, 1.03, 1.05, 1.06, 1.04, 1.0, 0.99, 1.02, 1.16)
YEARS = list(range(1997, 2023))


def figure(year: int, month: int, scale: float = 1.0) -> float:
    """A month's figure: a season, a little noise and a fall by a quarter in September 2020."""
    number = (year - 2018) * 12 + month
    noise = ((number * 7919) % 101 - 50) / 2000
    fallen = 0.75 if (year, month) >= (2020, 9) else 1.0
    return round(1234.5 * scale * SEASON[month - 1] * (1 + noise) * fallen, 1)


def annual(year: int, scale: float = 1.0) -> float:
    """A year's figure."""
    return round(100.0 * scale * 1.05 ** (year - 1997) * (1 + ((year * 7919) % 101 - 50) / 2500), 2)


TRUTH = [figure(*month) for month in MONTHS]


def text(rows: Sequence[Row], sign: str = ",") -> str:
    """Rows as delimited text."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def save(
    folder: Path, name: str, rows: Sequence[Row], sign: str = ",", encoding: str = "utf-8"
) -> Path:
    """Rows as a text file."""
    path = folder / name
    path.write_bytes(text(rows, sign).encode(encoding))
    return path


def book(folder: Path, name: str, sheets: dict[str, Sequence[Row]], merge: str = "") -> Path:
    """Sheets of rows as a workbook."""
    path = folder / name
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if merge:
            sheet.merge_cells(merge)
    made.save(path)
    return path


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A file, and what reading it must give.

    Attributes:
        write: writes the file into a folder.
        region: asked for.
        sector: asked for.
        values: what must come out; None where it must be refused for good.
        first: first period.
        unit: of the series.
        said: what the refusal without `choices` must say; "" where it reads at once.
        choices: what the refusal says to add, after which it reads right.
        scale: of the values against `values`.
    """

    write: Callable[[Path], Path]
    region: str = "云南"
    sector: str = "工业"
    values: Sequence[float] | None = field(default_factory=lambda: TRUTH)
    first: str = "2018-01"
    unit: str = "万吨CO2"
    said: str = ""
    choices: Choices | None = None


LAYOUTS: dict[str, Layout] = {}


def layout(**about: object) -> Callable[[Callable[[Path], Path]], Callable[[Path], Path]]:
    """Registers the function below it as a layout."""

    def registered(write: Callable[[Path], Path]) -> Callable[[Path], Path]:
        LAYOUTS[write.__name__] = Layout(write=write, **about)  # type: ignore[arg-type]
        return write

    return registered


def end_of(year: int, month: int) -> datetime:
    """The last day of a month, as data services date it."""
    return datetime(year, month, monthrange(year, month)[1])


def descending() -> Iterator[tuple[int, int]]:
    """Months, the newest first."""
    return reversed(MONTHS)


@layout(sector="水泥", unit="万吨")
def wind_workbook(folder: Path) -> Path:
    rows: list[Row] = [
        ["Wind", None, None],
        ["指标名称", "产量:水泥:云南:当月值", "产量:水泥:四川:当月值"],
        ["频率", "月", "月"],
        ["单位", "万吨", "万吨"],
        ["指标ID", "S0000001", "S0000002"],
        ["时间区间", "2018-01:2022-12", "2018-01:2022-12"],
        ["来源", "示例", "示例"],
        ["更新时间", "2023-01-17", "2023-01-17"],
        *([end_of(y, m), figure(y, m), figure(y, m, 2)] for y, m in descending()),
        ["数据来源：Wind", None, None],
    ]
    return book(folder, "水泥产量.xlsx", {"万得": rows})


@layout(sector="水泥", unit="万吨")
def wind_text_in_gbk(folder: Path) -> Path:
    rows: list[Row] = [
        ["指标名称", "水泥产量:云南省:当月值", "水泥产量:四川省:当月值"],
        ["频率", "月", "月"],
        ["单位", "万吨", "万吨"],
        ["指标ID", "S0000001", "S0000002"],
        *([f"{y}-{m:02d}", f"{figure(y, m):,.2f}", f"{figure(y, m, 2):,.2f}"] for y, m in MONTHS),
        [],
        ["数据来源：Wind"],
    ]
    return save(folder, "a.csv", rows, encoding="gb18030")


@layout(sector="cement", unit="万吨")
def ceic_workbook(folder: Path) -> Path:
    names = [
        "CN: Industrial Production: Cement: Yunnan",
        "CN: Industrial Production: Cement: Gansu",
    ]
    rows: list[Row] = [
        [None, *names],
        ["Region", "China", "China"],
        ["Subnational", "Yunnan", "Gansu"],
        ["Frequency", "Monthly", "Monthly"],
        ["Unit", "Ton th", "Ton th"],
        ["Source", "Example Bureau", "Example Bureau"],
        ["Status", "Active", "Active"],
        ["Series ID", "300000001 (CABCD)", "300000002 (CABCE)"],
        ["SR Code", "SR0000001", "SR0000002"],
        ["Mnemonic", None, None],
        ["Function Description", None, None],
        ["First Obs. Date", datetime(2018, 1, 1), datetime(2018, 1, 1)],
        ["Last Obs. Date", datetime(2022, 12, 1), datetime(2022, 12, 1)],
        ["Last Update Time", datetime(2023, 1, 18), datetime(2023, 1, 19)],
        *([datetime(y, m, 1), 10 * figure(y, m), 10 * figure(y, m, 3)] for y, m in MONTHS),
    ]
    return book(folder, "CEIC.xlsx", {"My Series": rows})


@layout(sector="水泥", unit="万吨")
def ifind_workbook(folder: Path) -> Path:
    rows: list[Row] = [
        ["指标名称", "云南:产量:水泥:当月值"],
        ["频率", "月"],
        ["单位", "万吨"],
        ["指标ID", "M000001"],
        ["来源", "示例"],
        *([f"{y}-{m:02d}-{monthrange(y, m)[1]}", figure(y, m)] for y, m in descending()),
        ["数据来源：同花顺iFinD"],
    ]
    return book(folder, "ifind.xlsx", {"Sheet1": rows})


def _nbs(y: int, m: int) -> str:
    return f"{y}年{m}月"


@layout(sector="水泥", unit="万吨")
def office_provinces_gbk(folder: Path) -> Path:
    rows: list[Row] = [
        ["数据库：分省月度数据"],
        ["指标：水泥产量_当期值(万吨)"],
        ["时间：最近60个月"],
        ["地区", *(_nbs(*month) for month in descending())],
        ["北京市", *("" for _ in MONTHS)],
        ["四川省", *(figure(*month, 2) for month in descending())],
        ["云南省", *(figure(*month) for month in descending())],
        ["注：2011年起，统计起点有调整。"],
        ["数据来源：国家统计局"],
    ]
    return save(folder, "分省月度数据.csv", rows, encoding="gb18030")


@layout(sector="水泥", unit="万吨")
def office_page_called_xls(folder: Path) -> Path:
    def line(cells: Row, tag: str = "td") -> str:
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"

    body = [
        f"<tr><td colspan={len(MONTHS) + 1}>数据库：分省月度数据</td></tr>",
        f"<tr><td colspan={len(MONTHS) + 1}>指标：水泥产量_当期值(万吨)</td></tr>",
        line(["地区", *(_nbs(*month) for month in descending())], "th"),
        line(["云南省", *(figure(*month) for month in descending())]),
        line(["四川省", *(figure(*month, 2) for month in descending())]),
    ]
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
        f"<body><table border=1>{''.join(body)}</table></body></html>"
    )
    path = folder / "分省月度数据.xls"
    path.write_bytes(page.encode("gb18030"))
    return path


@layout(
    sector="水泥",
    unit="万吨",
    said="指标",
    choices=Choices(where=(("指标", "水泥产量_当期值(万吨)"),)),
)
def office_indicators_down(folder: Path) -> Path:
    rows: list[Row] = [
        ["数据库：月度数据"],
        ["时间：最近60个月"],
        ["指标", *(_nbs(*month) for month in descending())],
        ["水泥产量_当期值(万吨)", *(figure(*month) for month in descending())],
        ["粗钢产量_当期值(万吨)", *(figure(*month, 3) for month in descending())],
        ["水泥产量_同比增长(%)", *(1.5 for _ in MONTHS)],
        ["数据来源：国家统计局"],
    ]
    return save(folder, "月度数据.csv", rows)


@layout(sector="cement", unit="万吨")
def office_in_english(folder: Path) -> Path:
    rows: list[Row] = [
        ["Database: Monthly by Province"],
        ["Indicator: Output of Cement, Current Period(10000 tons)"],
        ["Region", *(f"{month_abbr[m]} {y}" for y, m in descending())],
        ["Sichuan", *(figure(*month, 2) for month in descending())],
        ["Yunnan", *(figure(*month) for month in descending())],
        ["Data Sources：National Bureau"],
    ]
    return save(folder, "nbs.csv", rows)


@layout(
    sector="水泥",
    unit="万吨",
    first="2018-02",
    values=[
        v
        for y in range(2018, 2023)
        for v in (round(figure(y, 1) + figure(y, 2), 1), *(figure(y, m) for m in range(3, 13)))
    ],
)
def january_and_february_are_one(folder: Path) -> Path:
    rows: list[Row] = [["时间", "水泥产量（万吨）"]]
    for y in range(2018, 2023):
        rows.append([f"{y}年1-2月", round(figure(y, 1) + figure(y, 2), 1)])
        rows.extend([f"{y}年{m}月", figure(y, m)] for m in range(3, 13))
    return save(folder, "t.csv", rows)


@layout(values=[annual(y) for y in YEARS], first="1997", unit="MtCO2", sector="全部")
def ceads_provinces_by_years(folder: Path) -> Path:
    rows: list[Row] = [
        ["Table 1 Apparent CO2 emissions of 30 provinces (Unit: Mt)", *([None] * len(YEARS))],
        ["Province", *YEARS],
        ["Beijing", *(annual(y, 0.4) for y in YEARS)],
        ["Yunnan", *(annual(y) for y in YEARS)],
        ["Sum", *(round(annual(y) + annual(y, 0.4), 2) for y in YEARS)],
        ["Source: example inventory", *([None] * len(YEARS))],
    ]
    return book(folder, "ceads.xlsx", {"Read me": [["CEADs-like"], ["cite us"]], "Data": rows})


@layout(
    values=[annual(y) for y in YEARS],
    first="1997",
    unit="MtCO2",
    sector="工业",
    said="--sheet",
    choices=Choices(sheet="Scope 1", where=(("Sector", "Total Consumption"),)),
)
def ceads_sheets(folder: Path) -> Path:
    rows: list[Row] = [["Province", "Year", "Sector", "Total (Mt CO2)"]]
    for y in YEARS:
        for sector, share in (("Smelting of metals", 0.4), ("Total Consumption", 1.0)):
            rows.append(["Yunnan", y, sector, annual(y, share)])
            rows.append(["Gansu", y, sector, annual(y, 2 * share)])
    fuels: list[Row] = [["Year", "Raw Coal", "Coke", "Crude Oil"]]
    fuels.extend([y, annual(y, 5), annual(y, 3), annual(y, 2)] for y in YEARS)
    return book(folder, "ceads.xlsx", {"NOTE": [["unit: Mt"]], "Scope 1": rows, "Fuels": fuels})


@layout(
    region="China",
    sector="电力",
    unit="亿千瓦时",
    values=[10 * v for v in TRUTH],
    said="--where",
    choices=Choices(where=(("Variable", "Coal"), ("Unit", "TWh"))),
)
def ember_long(folder: Path) -> Path:
    head = [
        "Area",
        "ISO 3 code",
        "Date",
        "Area type",
        "Continent",
        "Ember region",
        "EU",
        "OECD",
        "G20",
        "G7",
        "ASEAN",
        "Category",
        "Subcategory",
        "Variable",
        "Unit",
        "Value",
        "YoY absolute change",
        "YoY % change",
    ]
    rows: list[Row] = [head]
    for area, code, scale in (("China", "CHN", 1.0), ("India", "IND", 0.3)):
        for y, m in MONTHS:
            for variable, share in (("Coal", 1.0), ("Gas", 0.1), ("Wind", 0.2)):
                for unit, factor in (("TWh", 1.0), ("%", 0.01)):
                    rows.append([
                        area, code, f"{y}-{m:02d}-01", "Country", "Asia", "Asia", 0, 0, 1, 0, 0,
                        "Electricity generation", "Fuel", variable, unit,
                        round(figure(y, m, scale * share) * factor, 2), "", "",
                    ])  # fmt: skip
    return save(folder, "monthly_full_release_long_format.csv", rows)


@layout(
    region="全国",
    sector="电力",
    unit="亿千瓦时",
    values=[10 * v for v in TRUTH],
    said="coal_twh",
    choices=Choices(column="coal_twh"),
)
def ember_wide(folder: Path) -> Path:
    rows: list[Row] = [["period", "coal_twh", "gas_twh", "carbon_intensity_gco2_kwh"]]
    rows.extend([f"{y}-{m:02d}", figure(y, m), figure(y, m, 0.1), 700] for y, m in MONTHS)
    return save(folder, "ember.csv", rows)


def _edgar(rows: Sequence[Row]) -> list[Row]:
    note = [["Content:", "Monthly emissions"], ["Substance:", "CO2"], ["Unit:", "Gg"],
            ["Compound: CO2 excluding short-cycle"], ["Date: 2023"], [None], [None],
            ["© European example"], [None]]  # fmt: skip
    return [*note, *rows]


@layout(
    region="China",
    sector="全部",
    unit="万吨CO2",
    values=[v / 10 for v in TRUTH],
    said="--sheet",
    choices=Choices(sheet="TOTALS BY COUNTRY"),
)
def edgar_monthly(folder: Path) -> Path:
    months = [month_abbr[m] for m in range(1, 13)]
    head = ["IPCC_annex", "C_group_IM24_sh", "Country_code_A3", "Name", "Substance", "Year"]
    rows: list[Row] = [[*head, *months]]
    parts: list[Row] = [[*head[:4], "ipcc_code_2006", "Substance", "Year", *months]]
    for y in range(2018, 2023):
        for code, name, scale in (("CHN", "China", 1.0), ("IND", "India", 0.2)):
            about = ["Non-Annex_I", "Asia", code, name]
            rows.append([*about, "CO2", y, *(figure(y, m, scale) for m in range(1, 13))])
            for part in ("1.A.1.a", "1.A.2"):
                parts.append(
                    [*about, part, "CO2", y, *(figure(y, m, scale / 2) for m in range(1, 13))]
                )
    sheets = {"info": [["readme"]], "TOTALS BY COUNTRY": _edgar(rows), "IPCC 2006": _edgar(parts)}
    return book(folder, "EDGAR_CO2_m.xlsx", sheets)


@layout(region="China", sector="全部", unit="万吨CO2", first="1997",
        values=[annual(y) / 10 for y in YEARS])  # fmt: skip
def edgar_annual(folder: Path) -> Path:
    rows: list[Row] = [
        ["IPCC_annex", "Country_code_A3", "Name", "Substance", *(f"Y_{y}" for y in YEARS)],
        ["Non-Annex_I", "CHN", "China", "CO2", *(annual(y) for y in YEARS)],
        ["Non-Annex_I", "IND", "India", "CO2", *(annual(y, 0.3) for y in YEARS)],
    ]
    return book(folder, "EDGAR.xlsx", {"TOTALS BY COUNTRY": _edgar(rows)})


@layout(
    region="CHN",
    sector="power",
    unit="tCO2",
    values=TRUTH,
    said="subsector",
    choices=Choices(where=(("subsector", "electricity-generation"),)),
)
def climate_trace(folder: Path) -> Path:
    rows: list[Row] = [
        ["iso3_country", "sector", "subsector", "start_time", "end_time", "gas",
         "emissions_quantity", "emissions_quantity_units", "temporal_granularity", "created_date",
         "modified_date"],
    ]  # fmt: skip
    for y, m in MONTHS:
        for part, scale in (("electricity-generation", 1.0), ("heat-plants", 0.1)):
            rows.append([
                "CHN", "power", part, f"{y}-{m:02d}-01 00:00:00",
                f"{y}-{m:02d}-{monthrange(y, m)[1]} 23:59:59", "co2", figure(y, m, scale), "tonnes",
                "month", "2023-03-01 00:00:00", "2024-10-01 00:00:00",
            ])  # fmt: skip
    return save(folder, "power_country_emissions.csv", rows)


@layout(
    region="USA",
    sector="工业",
    unit="MtCO2",
    said="MSN",
    choices=Choices(where=(("MSN", "XXEIEUS"),)),
)
def eia_long(folder: Path) -> Path:
    rows: list[Row] = [["MSN", "YYYYMM", "Value", "Column_Order", "Description", "Unit"]]
    unit = "Million Metric Tons of Carbon Dioxide"
    for order, (msn, scale) in enumerate((("XXEIEUS", 1.0), ("YYEIEUS", 0.5)), start=1):
        for y in range(2018, 2023):
            months = [figure(y, m, scale) for m in range(1, 13)]
            rows.extend([msn, f"{y}{m:02d}", v, order, f"{msn} CO2 Emissions", unit]
                        for m, v in enumerate(months, start=1))  # fmt: skip
            rows.append([msn, f"{y}13", round(sum(months), 1), order, f"{msn} CO2 Emissions", unit])
        rows.append([msn, "202301", "Not Available", order, f"{msn} CO2 Emissions", unit])
    return save(folder, "MER_T11_01.csv", rows)


@layout(
    region="USA",
    sector="全部",
    unit="MtCO2",
    said="--sheet",
    choices=Choices(sheet="Monthly Data", column="Coal CO2 Emissions"),
)
def eia_workbook(folder: Path) -> Path:
    head: list[Row] = [
        ["U.S. Example Administration"], ["Monthly Review"], [None], ["Table 11.1"], [None],
        ["Release Date: 2023"],
    ]  # fmt: skip
    unit = "(Million Metric Tons of Carbon Dioxide)"
    monthly: list[Row] = [
        *head,
        ["Month", "Coal CO2 Emissions", "Natural Gas CO2 Emissions", "Petroleum CO2 Emissions"],
        [None, unit, unit, unit],
        *([datetime(y, m, 1), figure(y, m), figure(y, m, 0.6), figure(y, m, 0.7)]
          for y, m in MONTHS),
    ]  # fmt: skip
    years: list[Row] = [*head, ["Annual Total", "Coal CO2 Emissions"], [None, unit],
                        *([y, annual(y)] for y in YEARS)]  # fmt: skip
    return book(folder, "T11.xlsx", {"Monthly Data": monthly, "Annual Data": years})


def _daily(y: int, m: int) -> Iterator[tuple[date, float]]:
    days = monthrange(y, m)[1]
    for d in range(1, days + 1):
        uneven = Random(366 * y + 31 * m + d).uniform(0.97, 1.03)
        yield date(y, m, d), round(figure(y, m) / days * uneven, 6)


@layout(region="China", sector="Industry", unit="1", first="2018-01-01",
        values=[v for month in MONTHS for _, v in _daily(*month)])  # fmt: skip
def carbon_monitor_countries(folder: Path) -> Path:
    rows: list[Row] = [["country", "date", "sector", "value", "timestamp"]]
    for month in MONTHS:
        for day, value in _daily(*month):
            for country, scale in (("China", 1.0), ("ROW", 2.0)):
                for sector in ("Industry", "Power"):
                    stamp = int(datetime(day.year, day.month, day.day).timestamp())
                    rows.append([country, day.strftime("%d/%m/%Y"), sector, scale * value, stamp])
    return save(folder, "carbonmonitor-global.csv", rows)


@layout(region="Kunming", sector="Industry", unit="万吨CO2", first="2018-01-01",
        values=[v / 10 for month in MONTHS for _, v in _daily(*month)])  # fmt: skip
def carbon_monitor_cities(folder: Path) -> Path:
    rows: list[Row] = [["city", "country", "date", "sector", "value (KtCO2)", "timestamp"]]
    for month in MONTHS:
        for day, value in _daily(*month):
            for city in ("Kunming", "Chengdu"):
                rows.append([city, "China", day.isoformat(), "Industry", value, 1])
    return save(folder, "carbonmonitor-cities.csv", rows)


@layout(
    region="某园区",
    sector="用电",
    unit="1",
    said="",
    first="2018-01-01",
    values=[v for month in MONTHS for _, v in _daily(*month)],
)
def days_across(folder: Path) -> Path:
    """The form in which an energy manager types offline meters: a column a day."""
    rows: list[Row] = [["ID", "名称", "年", "月", "备注", *(str(d) for d in range(1, 32))]]
    for y, m in MONTHS:
        values = [v for _, v in _daily(y, m)]
        rows.append([3, "总表", y, m, "万吨 日用量", *values, *([None] * (31 - len(values)))])
    return book(folder, "OfflineMeter.xlsx", {"OfflineMeter": rows})


@layout()
def form_of_an_office(folder: Path) -> Path:
    rows: list[Row] = [
        ["云南省工业碳排放情况表", None, None, None],
        ["填报单位：某局", None, None, "单位：万吨"],
        ["年份", "月份", "排放量", "备注"],
    ]
    for y in range(2018, 2023):
        rows.extend([y if m == 1 else None, f"{m}月", figure(y, m), None] for m in range(1, 13))
        rows.append([None, "合计", round(sum(figure(y, m) for m in range(1, 13)), 1), None])
    rows.extend([["填表人：某某", None, None, "审核：某某"], ["注：数据为初步核算。"]])
    return book(folder, "上报表.xlsx", {"Sheet1": rows}, merge="A1:D1")


@layout()
def sheet_by_province(folder: Path) -> Path:
    def rows(scale: float) -> list[Row]:
        return [["月份", "碳排放（万吨）"],
                *([f"{y}-{m:02d}", figure(y, m, scale)] for y, m in MONTHS)]  # fmt: skip

    sheets = {"说明": [["分省数据"]], "四川": rows(2), "云南": rows(1), "贵州": rows(0.5)}
    return book(folder, "分省.xlsx", sheets)


@layout()
def sheet_by_year(folder: Path) -> Path:
    sheets = {
        f"{y}年": [["月份", "碳排放（万吨）"], *([f"{m}月", figure(y, m)] for m in range(1, 13))]
        for y in range(2018, 2023)
    }
    return book(folder, "分年.xlsx", sheets)


@layout(unit="1")
def written_by_r(folder: Path) -> Path:
    rows: list[Row] = [["", "time", "co2"]]
    rows.extend([i, f"{y}-{m:02d}-01 00:00:00", figure(y, m)]
                for i, (y, m) in enumerate(MONTHS, start=1))  # fmt: skip
    return save(folder, "r.csv", rows)


@layout(unit="MtCO2")
def years_with_decimals(folder: Path) -> Path:
    rows: list[Row] = [["time", "emissions (Mt)"]]
    rows.extend([f"{y + (m - 1) / 12:.3f}", figure(y, m)] for y, m in MONTHS)
    return save(folder, "zoo.csv", rows)


@layout(unit="MtCO2")
def excel_unicode_text(folder: Path) -> Path:
    rows: list[Row] = [["月份", "排放量（百万吨）"]]
    rows.extend([f"{month_abbr[m]}-{y % 100}", f"{figure(y, m):,}"] for y, m in MONTHS)
    return save(folder, "unicode.txt", rows, "\t", "utf-16")


@layout(region="台灣")
def traditional_characters(folder: Path) -> Path:
    rows: list[Row] = [["年月", "二氧化碳排放量（萬噸）"]]
    rows.extend([f"民國{y - 1911}年{m}月", figure(y, m)] for y, m in MONTHS)
    return save(folder, "tw.csv", rows, encoding="big5hkscs")


@layout()
def fullwidth_commas(folder: Path) -> Path:
    path = folder / "f.txt"
    lines = ["时间，排放量（万吨）", *(f"{y}年{m}月，{figure(y, m)}" for y, m in MONTHS)]
    path.write_text("\n".join(lines), encoding="gb18030")
    return path


@layout(unit="tCO2")
def pipes(folder: Path) -> Path:
    rows: list[Row] = [["obs_date", "region", "emissions_t"]]
    for y, m in MONTHS:
        rows.extend([[f"{y}{m:02d}", "Yunnan", figure(y, m)], [f"{y}{m:02d}", "Hubei", 1.5]])
    return save(folder, "p.txt", rows, "|")


@layout(unit="tCO2", region="Bremen")
def european_numbers(folder: Path) -> Path:
    rows: list[Row] = [["Datum", "Stadt", "Emissionen (t)"]]
    for y, m in MONTHS:
        shown = f"{figure(y, m):,.1f}".replace(",", " ").replace(".", ",")
        rows.append([f"01.{m:02d}.{y}", "Bremen", shown])
    return save(folder, "e.csv", rows, ";")


@layout(sector="水泥", unit="万吨")
def provinces_over_indicators(folder: Path) -> Path:
    rows: list[Row] = [
        ["各省水泥产量（单位：万吨）"],
        ["时间", "云南", None, "四川", None],
        [None, "本月", "上年同月", "本月", "上年同月"],
    ]
    for y, m in MONTHS:
        rows.append([f"{y}-{m:02d}", figure(y, m), figure(y, m, 1.1), figure(y, m, 2), 5.5])
    return book(folder, "两级.xlsx", {"Sheet1": rows})


@layout()
def years_over_months(folder: Path) -> Path:
    years = [c for y in range(2018, 2023) for c in (f"{y}年", *([None] * 11))]
    months = [f"{m}月" for _ in range(5) for m in range(1, 13)]
    rows: list[Row] = [
        ["单位：万吨"],
        ["地区", *years],
        [None, *months],
        ["云南", *(figure(*month) for month in MONTHS)],
        ["贵州", *(figure(*month, 0.7) for month in MONTHS)],
    ]
    return book(folder, "年月.xlsx", {"Sheet1": rows})


@layout(unit="MtCO2")
def provinces_across(folder: Path) -> Path:
    rows: list[Row] = [["日期 (MtCO2)", "全国", "北京市", "云南省", "西藏自治区"]]
    for y, m in MONTHS:
        rows.append(
            [f"{y}/{m}", figure(y, m, 30), figure(y, m, 0.2), figure(y, m), figure(y, m, 0.1)]
        )
    return save(folder, "w.csv", [["单位：百万吨"], *rows])


@layout()
def fuels_and_their_total(folder: Path) -> Path:
    rows: list[Row] = [["月份", "煤炭（万吨）", "石油（万吨）", "天然气（万吨）", "合计（万吨）"]]
    for y, m in MONTHS:
        whole = figure(y, m)
        coal, oil = round(0.6 * whole, 1), round(0.3 * whole, 1)
        rows.append([f"{y}.{m:02d}", coal, oil, round(whole - coal - oil, 1), whole])
    return save(folder, "fuels.csv", rows)


@layout(region="China", sector="全部", unit="万吨CO2", first="1997",
        values=[annual(y) / 10 for y in YEARS])  # fmt: skip
def world_bank(folder: Path) -> Path:
    rows: list[Row] = [
        ["Data Source", "World Development Example"],
        [],
        ["Last Updated Date", "2023-05-10"],
        [],
        ["Country Name", "Country Code", "Indicator Name", "Indicator Code",
         *(str(y) for y in YEARS), "2023", ""],
        ["India", "IND", "CO2 emissions (kt)", "EN.ATM.CO2E.KT",
         *(annual(y, 2) for y in YEARS), "", ""],
        ["China", "CHN", "CO2 emissions (kt)", "EN.ATM.CO2E.KT",
         *(annual(y) for y in YEARS), "", ""],
    ]  # fmt: skip
    return save(folder, "API_EN.csv", rows)


@layout(region="China", sector="全部", unit="1", first="1997", values=[annual(y) for y in YEARS])
def entity_code_year(folder: Path) -> Path:
    rows: list[Row] = [["Entity", "Code", "Year", "Annual CO2 emissions"]]
    for name, code, scale in (("China", "CHN", 1.0), ("India", "IND", 0.3)):
        rows.extend([name, code, y, annual(y, scale)] for y in YEARS)
    return save(folder, "annual-co2.csv", rows)


@layout(region="CHN", sector="全部", unit="1")
def sdmx(folder: Path) -> Path:
    rows: list[Row] = [
        ["LOCATION", "INDICATOR", "SUBJECT", "MEASURE", "FREQUENCY", "TIME", "Value", "Flag Codes"]
    ]
    for country, scale in (("CHN", 1.0), ("IND", 0.3)):
        rows.extend([country, "GHG", "TOT", "MLN", "M", f"{y}-{m:02d}", figure(y, m, scale), ""]
                    for y, m in MONTHS)  # fmt: skip
    return save(folder, "DP_LIVE.csv", rows)


@layout(unit="1")
def fred(folder: Path) -> Path:
    rows: list[Row] = [["observation_date", "XXCO2TOT"]]
    rows.extend([f"{y}-{m:02d}-01", figure(y, m)]
                for y, m in MONTHS)  # fmt: skip
    return save(folder, "fred.csv", rows)


@layout()
def excel_serials(folder: Path) -> Path:
    origin = date(1899, 12, 30)
    rows: list[Row] = [["日期", "排放量（万吨）"]]
    rows.extend([(date(y, m, 1) - origin).days, figure(y, m)] for y, m in MONTHS)
    return save(folder, "serial.csv", rows)


@layout()
def second_table_below(folder: Path) -> Path:
    rows: list[Row] = [["月份", "排放量（万吨）"]]
    rows.extend([f"{y}-{m:02d}", figure(y, m)] for y, m in MONTHS)
    rows.extend([["", ""], ["月份", "用电量（亿千瓦时）"]])
    rows.extend([f"{y}-{m:02d}", figure(y, m, 0.2)] for y, m in MONTHS)
    return save(folder, "two.csv", rows)


@layout()
def totals_of_years_between(folder: Path) -> Path:
    rows: list[Row] = [["时间", "排放量（万吨）"]]
    for y in range(2018, 2023):
        rows.extend([f"{y}年{m}月", figure(y, m)] for m in range(1, 13))
        rows.append([f"{y}年", round(sum(figure(y, m) for m in range(1, 13)), 1)])
    return save(folder, "totals.csv", rows)


def _so_far(y: int, m: int) -> float:
    return round(sum(figure(y, k) for k in range(1, m + 1)), 1)


@layout(
    first="2018-02",
    values=[
        v
        for y in range(2018, 2023)
        for v in (round(figure(y, 1) + figure(y, 2), 1), *(figure(y, m) for m in range(3, 13)))
    ],
)
def sums_since_january(folder: Path) -> Path:
    rows: list[Row] = [["时间", "累计排放量（万吨）"]]
    for y in range(2018, 2023):
        rows.extend([f"{y}年1-{m}月", _so_far(y, m)] for m in range(2, 13))
    return save(folder, "ytd.csv", rows)


@layout()
def utc_midnights(folder: Path) -> Path:
    rows: list[Row] = [["date", "value (万吨)"]]
    for y, m in MONTHS:
        before = date.fromordinal(date(y, m, 1).toordinal() - 1)
        rows.append([f"{before}T16:00:00.000Z", figure(y, m)])
    return save(folder, "js.csv", rows)


@layout(sector="水泥", unit="万吨")
def metadata_beside_each_series(folder: Path) -> Path:
    rows: list[Row] = [
        ["指标名称", "频率", "单位", "指标ID", "来源", *(end_of(*month) for month in MONTHS)],
        ["水泥产量:云南:当月值", "月", "万吨", "S1", "示例", *(figure(*month) for month in MONTHS)],
        [
            "水泥产量:四川:当月值",
            "月",
            "万吨",
            "S2",
            "示例",
            *(figure(*month, 2) for month in MONTHS),
        ],
    ]
    return book(folder, "行.xlsx", {"Sheet1": rows})


@layout(unit="1", region="CN")
def eurostat(folder: Path) -> Path:
    path = folder / "env.tsv"
    head = "freq,unit,geo\\TIME_PERIOD\t" + "\t".join(f"{y}-{m:02d} " for y, m in MONTHS)
    row = "M,THS_T,CN\t" + "\t".join(f"{figure(y, m)} p" for y, m in MONTHS)
    path.write_text(f"{head}\n{row}\n", encoding="utf-8")
    return path
