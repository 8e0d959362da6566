"""Tables as people make them by hand: each a turn of a case that was once read wrongly."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from tables.layouts import MONTHS, TRUTH, Row, book, figure, layout, save
from tanzhe.tables.choices import Choices

MERGED = [
    v
    for y in range(2018, 2023)
    for v in (round(figure(y, 1) + figure(y, 2), 1), *(figure(y, m) for m in range(3, 13)))
]
WORDS = ["日期", "排放量（万吨）"]
TWELVE = range(1, 13)
SPAN = range(2018, 2023)


def plain(head: Row, rows: Sequence[Row] = (), write: str = "{}-{:02d}") -> list[Row]:
    """A header and a row a month."""
    return [head, *([write.format(y, m), figure(y, m)] for y, m in MONTHS), *rows]


@layout()
def digits_in_full_width(folder: Path) -> Path:
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    rows = [
        [f"{y}-{m:02d}".translate(wide), str(figure(y, m)).translate(wide)] if m % 3 else
        [f"{y}-{m:02d}", figure(y, m)]
        for y, m in MONTHS
    ]  # fmt: skip
    return save(folder, "t.csv", [WORDS, *rows])


@layout()
def one_date_in_chinese_numerals(folder: Path) -> Path:
    rows = plain(WORDS, write="{}年{}月")
    rows[27] = ["二〇二〇年三月", rows[27][1]]
    return save(folder, "t.csv", rows)


@layout(values=None, said="Not a date: “2020-3月?”")
def one_date_that_is_none(folder: Path) -> Path:
    rows = plain(WORDS)
    rows[27] = ["2020-3月?", rows[27][1]]
    return save(folder, "t.csv", rows)


@layout()
def january_and_october_both_written_1(folder: Path) -> Path:
    rows: list[Row] = [WORDS, *([float(f"{y}.{m}"), figure(y, m)] for y, m in MONTHS)]
    return book(folder, "t.xlsx", {"Sheet1": rows})


@layout()
def the_same_newest_first(folder: Path) -> Path:
    months = reversed(MONTHS)
    rows: list[Row] = [WORDS, *([float(f"{y}.{m}"), figure(y, m)] for y, m in months)]
    return book(folder, "t.xlsx", {"Sheet1": rows})


@layout()
def october_as_a_number_in_text(folder: Path) -> Path:
    shown = [(f"{y}.1" if m == 10 else f"{y}.{m:02d}", figure(y, m)) for y, m in MONTHS]
    return save(folder, "t.csv", [WORDS, *shown])


@layout()
def month_before_year(folder: Path) -> Path:
    rows = [[f"{m}月", f"{y}年", figure(y, m)] for y, m in MONTHS]
    return save(folder, "t.csv", [["月", "年", "量（万吨）"], *rows])


@layout(unit="MtCO2", values=[round(v / 1000, 3) for v in TRUTH])
def decimal_commas_between_tabs(folder: Path) -> Path:
    rows = [[f"{y}-{m:02d}", f"{figure(y, m) / 1000:.3f}".replace(".", ",")] for y, m in MONTHS]
    return save(folder, "t.tsv", [["date", "value (Mt)"], *rows], "\t")


@layout(unit="tCO2", values=[int(v) for v in TRUTH])
def thousands_beside_hundreds(folder: Path) -> Path:
    rows = [[f"{y}-{m:02d}", f"{int(figure(y, m)):,}"] for y, m in MONTHS]
    return save(folder, "t.csv", [["date", "value (t)"], *rows], ";")


@layout(
    unit="tCO2",
    values=[int(3 * v) for v in TRUTH],
    said="--decimal",
    choices=Choices(decimal="."),
)
def commas_that_prove_nothing(folder: Path) -> Path:
    rows = [[f"{y}-{m:02d}", f"{int(3 * figure(y, m)):,}"] for y, m in MONTHS]
    return save(folder, "t.csv", [["date", "value (t)"], *rows], ";")


@layout()
def months_across_with_the_year(folder: Path) -> Path:
    months = [[figure(y, m) for m in TWELVE] for y in SPAN]
    rows = [[y, *row, round(sum(row), 1)] for y, row in zip(SPAN, months, strict=True)]
    head = ["年份", *(f"{m}月" for m in TWELVE), "全年"]
    return save(folder, "t.csv", [["单位：万吨"], head, *rows])


@layout(unit="1")
def bare_months_across(folder: Path) -> Path:
    rows = [[y, *(figure(y, m) for m in TWELVE)] for y in SPAN]
    return save(folder, "t.csv", [["年份", *TWELVE], *rows])


@layout(unit="1")
def provinces_and_years_down_months_across(folder: Path) -> Path:
    rows = [
        [name, y, *(figure(y, m, scale) for m in TWELVE)]
        for name, scale in (("云南", 1.0), ("四川", 2.0))
        for y in SPAN
    ]
    return save(folder, "t.csv", [["省份", "年份", *(f"{m}月" for m in TWELVE)], *rows])


@layout(unit="1")
def months_down_years_across(folder: Path) -> Path:
    rows = [[f"{m}月", *(figure(y, m) for y in SPAN)] for m in TWELVE]
    total = ["合计", *(round(sum(figure(y, m) for m in TWELVE), 1) for y in SPAN)]
    return save(folder, "t.csv", [["月份", *(f"{y}年" for y in SPAN)], *rows, total])


@layout(unit="1")
def pivot(folder: Path) -> Path:
    rows: list[Row] = [["行标签", "求和项:排放量"]]
    for y in SPAN:
        rows.append([f"{y}年", round(sum(figure(y, m) for m in TWELVE), 1)])
        rows.extend([f"{m}月", figure(y, m)] for m in TWELVE)
    return book(folder, "t.xlsx", {"Sheet1": [*rows, ["总计", 9.9]]})


def _fuels(folder: Path) -> Path:
    rows: list[Row] = [["日期", "企业", "能源品种", "碳排放量（万吨）"]]
    for y, m in MONTHS:
        whole = figure(y, m)
        coal = round(0.7 * whole, 1)
        for firm, fuel, value in (
            ("甲厂", "原煤", coal), ("甲厂", "天然气", round(whole - coal, 1)),
            ("甲厂", "合计", whole),
            ("乙厂", "原煤", 7.7), ("乙厂", "天然气", 1.1), ("乙厂", "合计", 8.8),
        ):  # fmt: skip
            rows.append([f"{y}-{m:02d}", firm, fuel, value])
    return save(folder, "t.csv", rows)


@layout(
    said="told apart by",
    choices=Choices(where=(("企业", "甲厂"),), sum_by=("能源品种",)),
)
def parts_are_added_without_their_total(folder: Path) -> Path:
    return _fuels(folder)


@layout(said="合计", choices=Choices(where=(("企业", "甲厂"), ("能源品种", "合计"))))
def the_total_is_chosen(folder: Path) -> Path:
    return _fuels(folder)


@layout()
def note_sheet_with_dates_and_numbers(folder: Path) -> Path:
    notes: list[Row] = [["更新日期", "2023-01-05"], ["版本", 1.2], ["上次更新", "2022-01-05"]]
    return book(folder, "t.xlsx", {"说明": notes, "数据": plain(WORDS)})


@layout()
def region_in_merged_cells(folder: Path) -> Path:
    rows: list[Row] = [["地区", "月份", "排放（万吨）"]]
    for name, scale in (("四川", 2.0), ("云南", 1.0)):
        rows.extend(
            [name if i == 0 else None, f"{y}-{m:02d}", figure(y, m, scale)]
            for i, (y, m) in enumerate(MONTHS)
        )
    return book(folder, "t.xlsx", {"Sheet1": rows})


@layout(unit="1")
def a_word_nobody_listed(folder: Path) -> Path:
    rows = [[i, f"{y}-{m:02d}", figure(y, m)] for i, (y, m) in enumerate(MONTHS, 1)]
    return save(folder, "t.csv", [["序号", "时段", "碳"], *rows])


@layout(unit="1")
def days_first_by_their_calendar(folder: Path) -> Path:
    rows = [[f"01/{m:02d}/{y % 100}", figure(y, m)] for y, m in MONTHS]
    return save(folder, "t.csv", [["date", "value"], *rows])


@layout(values=None, said="day or month first?")
def days_or_months_first(folder: Path) -> Path:
    days = [(2, 1), (1, 2), (3, 1), (1, 3), (4, 3), (3, 4)]
    rows = [[f"{a:02d}/{b:02d}/2018", 100 + i] for i, (a, b) in enumerate(days)]
    return save(folder, "t.csv", [["date", "value"], *rows])


@layout()
def blank_column_between(folder: Path) -> Path:
    rows: list[Row] = [
        ["Wind", None, None],
        ["指标名称", None, "云南:碳排放"],
        ["频率", None, "月"],
        ["单位", None, "万吨"],
        *([date(y, m, 28), None, figure(y, m)] for y, m in MONTHS),
    ]
    return book(folder, "t.xlsx", {"Sheet1": rows})


@layout()
def dates_in_the_middle(folder: Path) -> Path:
    rows = [[figure(y, m), f"{y}-{m:02d}", "云南"] for y, m in MONTHS]
    return save(folder, "t.csv", [["排放量（万吨）", "月份", "地区"], *rows])


@layout(values=None, said="2021年数据为初步核算")
def a_note_with_a_number(folder: Path) -> Path:
    return save(folder, "t.csv", plain(WORDS, [["2021年数据为初步核算", 1200]]))


@layout(values=None, said="no region")
def part_of_a_province(folder: Path) -> Path:
    rows = [
        [f"{y}-{m:02d}", who, figure(y, m)]
        for y, m in MONTHS
        for who in ("云南省（不含昆明）", "x")
    ]
    return save(folder, "t.csv", [["月份", "地区", "排放量（万吨）"], *rows])


@layout(values=None, said="is about CN-SC, not CN-YN")
def a_table_of_another_province(folder: Path) -> Path:
    return save(folder, "t.csv", [["四川省工业碳排放"], *plain(WORDS)])


@layout(values=MERGED, first="2018-02")
def some_januaries_in_february(folder: Path) -> Path:
    rows: list[Row] = [WORDS]
    for y, m in MONTHS:
        value: object = figure(y, m)
        if y != 2020 and m == 1:
            value = ""
        if y != 2020 and m == 2:
            value = round(figure(y, 1) + figure(y, 2), 1)
        rows.append([f"{y}-{m:02d}", value])
    return save(folder, "t.csv", rows)


@layout(values=None, said="weeks")
def weeks(folder: Path) -> Path:
    first = date(2018, 1, 1)
    rows = [[str(first + timedelta(days=7 * i)), 100 + i % 7] for i in range(200)]
    return save(folder, "t.csv", [["周", "排放量（万吨）"], *rows])


@layout(unit="1")
def no_header_at_all(folder: Path) -> Path:
    return save(folder, "t.csv", plain([])[1:])


@layout()
def from_day_to_day(folder: Path) -> Path:
    rows = []
    for y, m in MONTHS:
        last = date(y + m // 12, m % 12 + 1, 1) - timedelta(days=1)
        rows.append([f"{y}-{m:02d}-01~{last}", figure(y, m)])
    return save(folder, "t.csv", [["周期", "排放量（万吨）"], *rows])


@layout(values=None, said="Mixed units")
def two_units(folder: Path) -> Path:
    rows = [[f"{y}-{m:02d}", "吨" if y < 2020 else "万吨", figure(y, m)] for y, m in MONTHS]
    return save(folder, "t.csv", [["月份", "单位", "数值"], *rows])


@layout(said="--sheet", choices=Choices(sheet="终稿"))
def two_versions_side_by_side(folder: Path) -> Path:
    draft = [WORDS, *([f"{y}-{m:02d}", figure(y, m, 0.9)] for y, m in MONTHS)]
    return book(folder, "t.xlsx", {"初稿": draft, "终稿": plain(WORDS)})


@layout(said="--column", choices=Choices(column="水泥产量当期值(万吨)"), sector="水泥", unit="万吨")
def this_month_and_so_far(folder: Path) -> Path:
    rows = [
        [f"{y}年{m}月", figure(y, m), round(sum(figure(y, k) for k in range(1, m + 1)), 1), 1.0 + m]
        for y, m in MONTHS
    ]
    head = ["时间", "水泥产量当期值(万吨)", "水泥产量累计值(万吨)", "水泥产量同比增长(%)"]
    return save(folder, "t.csv", [["数据库：月度数据"], head, *rows])


@layout(unit="1")
def provinces_by_two_letters(folder: Path) -> Path:
    rows = [[f"{y}-{m:02d}", figure(y, m, 0.2), figure(y, m, 2), figure(y, m)] for y, m in MONTHS]
    return save(folder, "t.csv", [["Date", "BJ", "SC", "YN"], *rows])


@layout()
def the_year_before_its_months(folder: Path) -> Path:
    rows: list[Row] = [["年", "月", "数值/万吨"]]
    for y in SPAN:
        rows.append([y, "全年", round(sum(figure(y, m) for m in TWELVE), 1)])
        rows.extend(["", f"{m}月", figure(y, m)] for m in TWELVE)
    return save(folder, "t.csv", rows)


@layout()
def the_same_month_a_year_before(folder: Path) -> Path:
    rows = [[f"{y}-{m:02d}", figure(y, m), figure(y, m, 1.1), "1.2%"] for y, m in MONTHS]
    return save(folder, "t.csv", [["月份", "本年（万吨）", "上年同期（万吨）", "同比"], *rows])


@layout()
def some_months_with_a_day(folder: Path) -> Path:
    rows = [[f"{y}-{m:02d}" if y < 2021 else f"{y}-{m:02d}-01", figure(y, m)] for y, m in MONTHS]
    return save(folder, "t.csv", [WORDS, *rows])


@layout(said='--where "行业=NAME"', choices=Choices(where=(("行业", "合计"),)))
def industries_and_their_total(folder: Path) -> Path:
    rows = []
    for y, m in MONTHS:
        for name, share in (("钢铁", 0.5), ("水泥", 0.3), ("合计", 1.0)):
            rows.append([f"{y}-{m:02d}", name, figure(y, m, share)])
    return save(folder, "t.csv", [["月份", "行业", "排放(万吨)"], *rows])


@layout(said='--where "市=昆明"', choices=Choices(sum_by=("市",)))
def cities_of_a_province(folder: Path) -> Path:
    rows = []
    for y, m in MONTHS:
        whole = figure(y, m)
        first = round(0.6 * whole, 1)
        for province, city, value in (
            ("云南", "昆明", first), ("云南", "曲靖", round(whole - first, 1)),
            ("四川", "成都", 5.5),
        ):  # fmt: skip
            rows.append([province, city, f"{y}-{m:02d}", value])
    return save(folder, "t.csv", [["省", "市", "月份", "排放(万吨)"], *rows])


@layout()
def years_across_each_with_the_same_words(folder: Path) -> Path:
    head: Row = ["月份", *(f"{y}年排放量（万吨）" for y in SPAN)]
    rows = [[f"{m}月", *(figure(y, m) for y in SPAN)] for m in TWELVE]
    return save(folder, "t.csv", [head, *rows], encoding="gb18030")


@layout(values=None, said="Several value columns")
def years_across_of_two_things(folder: Path) -> Path:
    head: Row = ["月份", *(f"{y}年{word}" for y in (2021, 2022) for word in ("排放", "同比"))]
    rows = [[f"{m}月", *(figure(y, m) for y in (2018, 2019, 2020, 2021))] for m in TWELVE]
    return save(folder, "t.csv", [head, *rows])
