"""Tables that people really had, each read right or refused with a way out."""

import csv
from pathlib import Path

import pytest

from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.series.table import table_series
from tanzhe.tables.choices import Choices, pairs
from tanzhe.tables.told import Telling

CASES = Path(__file__).parents[3] / "shared/data/field_cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the field cases are not in ../shared")


def read(name: str, choices: Choices | None = None, region: str = "云南") -> Series:
    return table_series(CASES / name, region, "工业", choices or Choices())


def plain() -> list[float]:
    with (CASES / "S20_plain.csv").open(encoding="utf-8") as file:
        return [float(row["数值(万吨)"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("S01_nbs_province_month.csv", "万吨"),
        ("S02_nbs_national_tall.csv", "万吨"),
        ("S04_one_fullwidth_date.csv", "万吨CO2"),
        ("S07_year_and_month_columns.csv", "万吨CO2"),
        ("S13_months_across.csv", "1"),
        ("S16_hidden_first_sheet.xlsx", "万吨CO2"),
        ("S17_note_sheet_first.xlsx", "万吨CO2"),
        ("S18_merged_year_cells.xlsx", "万吨CO2"),
        ("S20_plain.csv", "万吨CO2"),
        ("S21_header_with_co2.csv", "万吨CO2"),
        ("S24_wind_header_block.csv", "万吨"),
    ],
)
def test_the_same_sixty_months(name: str, unit: str) -> None:
    series = read(name)
    assert (series.periods[0], series.periods[-1], len(series)) == ("2018-01", "2022-12", 60)
    assert series.values == pytest.approx(plain())
    assert (series.unit, series.region) == (unit, "CN-YN")


def test_october_typed_as_a_number() -> None:
    series = read("S05_october_typed_as_number.xlsx")
    months = plain()
    assert series.merged and len(series) == 55
    assert series.values[8] == months[9]
    assert series.values[0] == pytest.approx(months[0] + months[1])


def test_decimal_commas_are_told() -> None:
    telling = Telling()
    series = table_series(CASES / "S12_decimal_comma.csv", "云南", "工业", telling=telling)
    assert series.values == pytest.approx([value / 1000 for value in plain()], abs=5e-4)
    assert series.unit == "MtCO2"
    assert any("0,888" in words.en for words in telling.decided)


def test_rows_by_fuel_are_chosen_or_added() -> None:
    with pytest.raises(InputError) as caught:
        read("S14_rows_by_fuel.csv")
    (fault,) = caught.value.faults
    assert "能源品种 (原煤, 天然气, 柴油)" in fault.what.en
    assert fault.do.zh == '请选：--where "能源品种=原煤"；或相加：--sum-by "能源品种"'
    added = read("S14_rows_by_fuel.csv", Choices(sum_by=("能源品种",)))
    assert added.values == pytest.approx(plain(), abs=0.2)
    coal = read("S14_rows_by_fuel.csv", Choices(where=pairs(["能源品种=原煤"])))
    assert coal.values[0] == 767.1
    assert "能源品种=原煤" in coal.source


def test_country_column_and_days_first() -> None:
    series = read("S22_country_column.csv", region="Ruritania")
    assert series.values == pytest.approx(plain())
    with pytest.raises(InputError, match="China, Ruritania"):
        read("S22_country_column.csv")


def test_the_thirteenth_month_is_the_year() -> None:
    telling = Telling()
    series = table_series(CASES / "S23_month_13_is_the_year.csv", "云南", "工业", telling=telling)
    assert (len(series), series.unit) == (60, "MtCO2")
    assert series.values == pytest.approx([value / 30 for value in plain()], abs=6e-4)
    assert "totals of the year, left out" in telling.skipped[0].en


@pytest.mark.parametrize(
    ("name", "what", "do"),
    [
        ("S08_quarters.csv", "These are quarters (20 of them)", "Give months (at least 22)"),
        ("S15_hourly_meter.csv", "Hours of 8 days", "two years"),
        ("S19_formulas_without_results.xlsx", "Formulas without their results", "recalculate"),
    ],
)
def test_one_message_with_a_way_out(name: str, what: str, do: str) -> None:
    with pytest.raises(InputError) as caught:
        read(name)
    (fault,) = caught.value.faults
    assert what in fault.what.en and do in fault.do.en


def test_hidden_sheet_is_read_only_when_it_is_named() -> None:
    telling = Telling()
    table_series(CASES / "S16_hidden_first_sheet.xlsx", "云南", "工业", telling=telling)
    assert "旧版" in telling.skipped[0].zh
    old = read("S16_hidden_first_sheet.xlsx", Choices(sheet="旧版"))
    assert old.values[0] == 639.2
