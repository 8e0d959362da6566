"""Dates and numbers as officers, Excel, R and Python write them."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tanzhe.tables.axis import axis
from tanzhe.tables.choices import Choices
from tanzhe.tables.numbers import notation, read_number
from tanzhe.tables.readings import readings
from tanzhe.tables.units import spelled, unit_in_line, unit_in_name
from tanzhe.tables.vocabulary import key

RULES = Path(__file__).parents[1] / "rules"
DATES = yaml.safe_load((RULES / "table_dates.yaml").read_text(encoding="utf-8"))
NUMBERS = yaml.safe_load((RULES / "table_numbers.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("cell", "period"), DATES["one"])
def test_one_date(cell: object, period: str | None) -> None:
    found = [moment.text for _, moment in readings(cell) if moment.year is not None]
    assert found == ([] if period is None else [period])


@pytest.mark.parametrize(("cells", "periods"), DATES["column"])
def test_a_column_of_dates(cells: list[object], periods: list[str]) -> None:
    found = axis(cells)
    assert found.doubt is None
    assert [moment and moment.text for moment in found.moments] == periods


@pytest.mark.parametrize(("cell", "decimal", "meant"), NUMBERS)
def test_one_number(cell: str, decimal: str, meant: float | str) -> None:
    read = read_number(cell, "," if decimal == "," else ".")
    assert (read.why or read.value) == (meant if isinstance(meant, str) else pytest.approx(meant))


def test_dates_of_workbooks() -> None:
    assert readings(datetime(2021, 5, 31))[0][1].text == "2021-05-31"
    assert readings(date(2021, 5, 31))[0][1].text == "2021-05-31"
    assert readings(datetime(2021, 5, 31, 16, 30, tzinfo=UTC))[0][1].text == "2021-06-01 00:30"
    assert readings(time(8, 15))[0][1].minute == 495
    assert readings(True) == () and readings(None) == ()


def test_day_or_month_first_is_asked_and_answered() -> None:
    cells = ["01/02/2018", "02/01/2018", "03/04/2018"]
    assert axis(cells).doubt is not None
    told = axis(cells, Choices(dates="mdy"))
    assert [m and m.text for m in told.moments] == ["2018-01-02", "2018-02-01", "2018-03-04"]
    mixed = axis(["15/01/2018", "01/15/2018"])
    assert mixed.doubt is not None and "15/01/2018" in mixed.doubt[0].en


def test_sums_since_january_are_told() -> None:
    assert axis(["1-2月", "1-3月", "1-12月"]).year_to_date
    assert not axis(["2018年1-2月", "2018年3月"]).year_to_date
    assert axis(["2018年1-2月", "2018年3月"]).merged


@pytest.mark.parametrize(
    ("cells", "delimiter", "decimal"),
    [
        (["1,278", "998"], ";", "."),
        (["1,278", "0,998"], ",", ","),
        (["1,5", "2,25"], ",", ","),
        (["1,278.5"], ";", "."),
        (["1.278,5"], ",", ","),
        (["1,278", "3,456"], ",", "."),
        (["1,278,000", "3,456"], ";", "."),
        (["12", "13.5"], ";", "."),
    ],
)
def test_decimal_commas_are_proven(cells: list[str], delimiter: str, decimal: str) -> None:
    found = notation(cells, delimiter)
    assert (found.decimal, found.doubt) == (decimal, None)


@pytest.mark.parametrize(
    ("cells", "delimiter"), [(["1,278", "3,456"], ";"), (["1,5", "1,234.5"], ",")]
)
def test_what_a_comma_cannot_prove_is_asked(cells: list[str], delimiter: str) -> None:
    assert notation(cells, delimiter).doubt is not None
    assert notation(cells, delimiter, ",") == notation(["1"], "", ",")


@given(st.floats(min_value=0.001, max_value=1e12), st.sampled_from(",.’ "))
def test_thousands_any_way(value: float, sign: str) -> None:
    shown = f"{value:,.3f}"
    if sign == ".":
        told = shown.replace(",", "_").replace(".", ",").replace("_", ".")
        assert read_number(told, ",").value == pytest.approx(value, abs=6e-4)
    else:
        assert read_number(shown.replace(",", sign)).value == pytest.approx(value, abs=6e-4)


@given(st.text(max_size=30))
def test_any_text_is_read_or_not(text: str) -> None:
    for _, moment in readings(text):
        assert moment.year is None or moment.text
    read = read_number(text)
    assert (read.value is None) == bool(read.why)


@pytest.mark.parametrize(
    ("text", "unit", "scale"),
    [
        ("万吨", "万吨", 1), ("10000 tons", "万吨", 1), ("Ton th", "万吨", 0.1),
        ("MtCO2", "MtCO2", 1),
        ("Million Metric Tons of Carbon Dioxide", "MtCO2", 1), ("kt CO2", "万吨CO2", 0.1),
        ("吨二氧化碳", "tCO2", 1), ("亿吨CO₂", "MtCO2", 100), ("GWh", "亿千瓦时", 0.01),
        ("TWh", "亿千瓦时", 10), ("billion kWh", "亿千瓦时", 10), ("亿千瓦时", "亿千瓦时", 1),
        ("万吨标准煤", "万tce", 1), ("Mtce", "万tce", 100), ("PJ", "GJ", 1e6), ("%", "%", 1),
    ],
)  # fmt: skip
def test_units(text: str, unit: str, scale: float) -> None:
    found = spelled(text)
    assert found is not None
    assert (found.unit.text, found.scale) == (unit, pytest.approx(scale))


def test_units_in_names_and_lines() -> None:
    named = {
        "碳排放量（万吨CO2）": "万吨CO2", "CO2排放量(万吨)": "万吨", "coal_twh": "twh", "co2": "",
        "排放量/万吨": "万吨", "value (Mt)": "Mt", "产量，万吨": "万吨", "数值": "", "月份": "",
        "Emissions, thousand tonnes CO2": "thousand tonnes CO2", "power_generation": "",
    }  # fmt: skip
    assert {name: unit_in_name(name) for name in named} == named
    assert unit_in_line("表1　各省产量　　单位：万吨") == "万吨"
    assert unit_in_line("Unit: kt") == "kt" and unit_in_line("单位负责人：某某") == ""


@pytest.mark.parametrize("blank", [" ", "\u3000", "\t", "(", "（"])
def test_a_cell_that_is_endless_is_no_number_and_is_read_at_once(blank: str) -> None:
    """A pattern that tries every blank anew takes minutes here."""
    assert read_number(f"1{blank * 60_000}01").why == "bad"
    assert key(f"产量{blank * 60_000}x").startswith("产量")


def test_blanks_around_a_number_or_nothing_are_none_of_it() -> None:
    assert read_number(f"{' ' * 60_000}12.5 ").value == 12.5
    assert read_number(" " * 60_000).why == "empty"
