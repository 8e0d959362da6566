"""Reports of power: the mix, the months of water and the rest, with numbers by hand."""

import pytest

from reports.made import hainan
from tanzhe.model import PowerSystem
from tanzhe.reports import render
from tanzhe.reports.parts.power import water_months
from tanzhe.reports.registers.register import registers
from tanzhe.series.balance import changes_by_month, last_twelve_months
from tanzhe.series.power import cut_power, power_system

FULL = [name for name in registers() if name != "brief"]


def told(region: str, until: str = "9999") -> PowerSystem:
    """A balance with its last year and the months of five years, no episodes."""
    system = power_system(region)
    system = cut_power(system, 0, sum(p <= until for p in system.periods))
    last = last_twelve_months(system)
    assert last is not None
    months = changes_by_month(system, "2020-02" if region != "全国" else "2021-02")
    return system.model_copy(update={"changes": (last, *months)})


def text(region: str, register: str = "formal", language: str = "zh", until: str = "9999") -> str:
    made = hainan().model_copy(update={"power": told(region, until)})
    return render(made, register, "md", language)  # type: ignore[arg-type]


def test_hubei_in_september_2022_by_hand() -> None:
    """Hydropower of September 2017 to 2021: 160.2, 124.8, 118.7, 187.3, 219.7; line +0.25 a year.

    Mean 162.1 and three years on: 162.9 expected, 61.6 came: 101 less. Thermal power: mean 104.2
    and 7.41 a year: 126.4 expected, 148.0 came: 21.6 more. Consumption 210.0 for 229.9.
    """
    first = water_months(told("湖北"))[0]
    assert first.periods == ("2022-09",)
    assert first.thermal == pytest.approx(148.0 - 126.44, abs=0.01)
    parts = {one.term: one.contribution for one in first.shares}
    assert parts["hydro_power_generation"] == pytest.approx(162.89 - 61.6, abs=0.01)
    assert parts["electricity_consumption"] == pytest.approx(210.0 - 229.90, abs=0.01)
    assert sum(parts.values()) == pytest.approx(first.thermal)
    for register in FULL:
        report = text("湖北", register)
        assert "2022年9月：水电发61.6亿千瓦时（上年同月220亿千瓦时）" in report
        assert "多发21.6亿千瓦时（+17%），多发的原因里水电占100%" in report
        assert "| 2022年 | 1,591 | 1,175 |" in report
    english = text("湖北", "plain", "en")
    assert "September 2022: hydropower generated 6.16 TWh (22.0 TWh a year before)" in english


def test_the_drought_of_2022_comes_unasked_in_hubei() -> None:
    assert {c.periods[0] for c in water_months(told("湖北"))} == {"2022-08", "2022-09", "2022-10"}


def test_sichuan_in_august_2022_is_told_as_measured() -> None:
    """Hydropower was above the year before (408 for 392): the drought stopped its growth."""
    report = text("四川")
    month = next(line for line in report.splitlines() if "2022年8月：" in line)
    assert "水电发408亿千瓦时（上年同月392亿千瓦时），比应有水平少1" in month
    assert "用电多" in month and "水电占" in month


def test_a_month_that_is_not_published_leaves_a_dash() -> None:
    row = next(x for x in text("四川").splitlines() if x.startswith("| 2023年 | 917"))
    assert row.endswith("| — | — |")


def test_the_nation_has_its_last_twelve_months_and_no_other_provinces() -> None:
    report = text("全国")
    assert "| 2025年8月—2026年7月 | 62,196 |" in report
    assert "国际间净送受电" in report and "省际间" not in report and "Ember" in report


def test_where_water_is_not_there_it_is_said() -> None:
    assert "没有（或没有公布）水电" in text("上海")
    assert "来水对火电作用最大" not in text("山东")


def test_too_short_for_an_expected_path() -> None:
    assert "数据不足以推算" in text("四川", until="2017-12")


def test_brief_has_one_line() -> None:
    lines = [line for line in text("云南", "brief").splitlines() if "火电" in line]
    assert len(lines) == 1 and "水电多发245亿千瓦时（占59%）" in lines[0]


def test_power_without_a_balance_says_so_and_others_say_nothing() -> None:
    made = hainan()
    power = made.model_copy(update={"series": made.series.model_copy(update={"sector": "power"})})
    for register in registers():
        assert "用电量没有公布" in render(power, register, "md")
        assert "用电量没有公布" not in render(made, register, "md")
