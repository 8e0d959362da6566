"""What happens to tables on their way, and rarer forms of dates and units; on both sides."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.series.table import table_series
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.numbers import read_number
from tanzhe.tables.units import spelled

MONTHS = [(y, m) for y in (2018, 2019, 2020) for m in range(1, 13)]
VALUES = [1000 + 10 * (i**3 % 37) + 0.5 for i in range(36)]
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()  # noqa: SIM905


def read(
    folder: Path, lines: list[str], choices: Choices = DEFAULT, region: str = "云南"
) -> Series:
    path = folder / "t.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return table_series(path, region, "工业", choices)


def said(folder: Path, lines: list[str], choices: Choices = DEFAULT) -> str:
    with pytest.raises(InputError) as caught:
        read(folder, lines, choices)
    assert len(caught.value.faults) == 1
    return caught.value.said("zh")


def dated(write: str, header: str = "日期,碳排放（万吨）") -> list[str]:
    return [
        header,
        *(write.format(y=y, m=m, r=ROMAN[m - 1], yy=y - 2000, v=v)
          for (y, m), v in zip(MONTHS, VALUES, strict=True)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        dated("{y},{r},{v}", "年,月,碳排放（万吨）"),
        dated("{r}.{y},{v}"),
        dated("{y}-{r},{v}"),
        dated("截至{y}年{m}月底,{v}"),
        dated("{y}-{m:02d},{v}万吨", "日期,碳排放"),
        dated('{y}-{m:02d},"{v:,}"'),
    ],
)
def test_rarer_forms(tmp_path: Path, lines: list[str]) -> None:
    series = read(tmp_path, lines)
    assert (series.periods[0], series.unit) == ("2018-01", "万吨CO2")
    assert series.values == pytest.approx(VALUES)


def test_roman_numerals_up_to_four_are_asked(tmp_path: Path) -> None:
    rows = [f"{r}.{y},{y}" for y in range(1996, 2021) for r in ROMAN[:4]]
    assert "季度" in said(tmp_path, ["日期,碳排放（万吨）", *rows])


def test_units_in_a_column_may_be_chosen(tmp_path: Path) -> None:
    rows = [f"{y}-{m:02d},{v},万吨" for (y, m), v in zip(MONTHS, VALUES, strict=True)]
    rows += ["2021-01,12006000,吨"]
    lines = ["日期,碳排放量,单位", *rows]
    assert "单位混用" in said(tmp_path, lines)
    assert read(tmp_path, lines, Choices(where=(("单位", "万吨"),))).values == tuple(VALUES)


def test_a_number_with_another_unit_than_its_column(tmp_path: Path) -> None:
    lines = dated("{y}-{m:02d},{v}")
    lines[1] = "2018-01,12785000吨"
    assert "单位混用" in said(tmp_path, lines)


def test_units_behind_numbers() -> None:
    assert read_number("1278.5万吨")[:1] == (1278.5,)
    assert read_number("1,278.5 t").unit == "t" and read_number("1278.5人").value is None


def test_thousands_without_quotes(tmp_path: Path) -> None:
    header = "日期,碳排放（万吨）,备注"
    assert "千分位" in said(tmp_path, dated("{y}-{m:02d},{v:,},", header))
    assert read(tmp_path, dated("{y}-{m:02d},{v},,", header)).values == tuple(VALUES)


@pytest.mark.parametrize("book", [False, True])
def test_years_taken_for_days(tmp_path: Path, book: bool) -> None:
    lines = dated("2026/{m}/{yy},{v}")
    if not book:
        assert "Excel 把年份当成了日" in said(tmp_path, lines)
        return
    path = tmp_path / "t.xlsx"
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append(["月份", "碳排放（万吨）"])
    for (y, m), v in zip(MONTHS, VALUES, strict=True):
        sheet.append([datetime(2026, m, y - 2000), v])
    made.save(path)
    with pytest.raises(InputError) as caught:
        table_series(path, "云南", "工业")
    assert "2018 年 1 月" in caught.value.said("zh")


def test_months_on_their_fifteenth_are_months(tmp_path: Path) -> None:
    assert read(tmp_path, dated("{y}/{m}/15,{v}")).values == tuple(VALUES)


def test_provinces_in_lines_of_their_own(tmp_path: Path) -> None:
    rows = dated("{y}-{m:02d},{v}")
    twice = [f"{y}-{m:02d},{2 * v}" for (y, m), v in zip(MONTHS, VALUES, strict=True)]
    lines = [rows[0], "云南,", *rows[1:], "四川,", *twice]
    series = read(tmp_path, lines)
    assert series.values == tuple(VALUES) and [p.region for p in series.peers] == ["CN-SC"]
    assert read(tmp_path, lines, region="四川").values[0] == 2 * VALUES[0]
    alone = read(tmp_path, [rows[0], "云南,", *rows[1:]])
    assert alone.values == tuple(VALUES)


def test_two_tables_side_by_side(tmp_path: Path) -> None:
    lines = ["2018-2019年,,,2020年,", "月份,碳排放（万吨）,,月份,碳排放（万吨）"]
    for i in range(24):
        (y, m), v = MONTHS[i], VALUES[i]
        late = f"2021-{m:02d},{v * 2}" if i < 12 else f"2022-{m:02d},{v * 3}"
        lines.append(f"{y}-{m:02d},{v},,{late}")
    assert "有多个数值列" in said(tmp_path, lines)
    series = read(tmp_path, lines, Choices(column="2020年/碳排放（万吨）"))
    assert (series.periods[0], series.values[0]) == ("2021-01", 2 * VALUES[0])
    assert read(tmp_path, lines, Choices(column="E")).periods[0] == "2021-01"
    assert read(tmp_path, lines, Choices(column="B")).periods[0] == "2018-01"


def test_year_and_month_side_by_side(tmp_path: Path) -> None:
    lines = ["年,月,碳排放（万吨）,,年,月,碳排放（万吨）"]
    for (y, m), v in zip(MONTHS, VALUES, strict=True):
        lines.append(f"{y},{m},{v},,{y + 3},{m},{v * 2}")
    series = read(tmp_path, lines, Choices(column="G"))
    assert (series.periods[0], series.values[0]) == ("2021-01", 2 * VALUES[0])


def test_a_second_date_of_another_name_is_not_taken(tmp_path: Path) -> None:
    lines = dated("{y}-{m:02d},2023-01-05,{v}", "月份,更新日期,碳排放（万吨）")
    assert read(tmp_path, lines, Choices(column="碳排放")).values == tuple(VALUES)


@pytest.mark.parametrize(
    ("text", "unit", "scale"),
    [
        ("10^4 t", "万吨CO2", 1.0), ("×10⁴ t CO₂", "万吨CO2", 1.0), ("万吨CO2当量", "万吨CO2", 1.0),
        ("百吨", "万吨CO2", 0.01),
        ("10⁴吨", "万吨CO2", 1.0), ("MtC", "MtCO2", 44 / 12), ("万吨碳", "万吨CO2", 44 / 12),
        ("million metric tons of carbon", "MtCO2", 44 / 12), ("MtCO2", "MtCO2", 1.0),
        ("million metric tons of carbon dioxide", "MtCO2", 1.0),
    ],
)  # fmt: skip
def test_units(text: str, unit: str, scale: float) -> None:
    found = spelled(text, carbon=True)
    assert found is not None
    assert found.unit.text == unit and found.scale == pytest.approx(scale)
    assert found.element == (scale == 44 / 12)


def test_coal_is_no_carbon_and_carbon_is_said(tmp_path: Path) -> None:
    coal = spelled("Mtce")
    assert coal is not None and not coal.element
    series = read(tmp_path, dated("{y}-{m:02d},{v}", "日期,碳排放（万吨碳）"))
    assert series.values[0] == pytest.approx(VALUES[0] * 44 / 12)
    assert "carbon_to_co2" in [note.code for note in series.notes]


@pytest.mark.parametrize("ending", ["xlsx", "xls", "parquet"])
def test_a_file_that_is_none_of_its_ending_is_told_as_that(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"t.{ending}"
    path.write_bytes(bytes((37 * i * i + 11 * i) % 256 for i in range(3000)))
    with pytest.raises(InputError) as caught:
        table_series(path, "云南", "工业")
    assert f"扩展名是 .{ending}，内容却不是" in caught.value.said("zh")
    assert f"ends in .{ending} but is none" in caught.value.said("en")
