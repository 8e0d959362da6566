"""Readings, registers that roll over, and figures that add up in part of a table."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from series.test_behaviour import codes, refusal, series, works, year_to_date
from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.series.behaviour import behaved
from tanzhe.series.hours import is_power, runs_on
from tanzhe.series.table import table_series


def growing(seed: int, rate: float, noise: float) -> np.ndarray:
    """Sixty months that grow by some per cent each and never fall."""
    rng = np.random.default_rng(seed)
    return (100 * np.exp(np.cumsum(np.abs(rng.normal(rate, noise, 60))))).round(2)


@pytest.mark.parametrize("top", [10_000, 100_000])
def test_register_that_rolls_over_is_read_on(top: int) -> None:
    """Once or several times in five years; what is used is the same."""
    monthly = works()
    found = behaved(series(((top - 7000 + np.cumsum(monthly)) % top).round(1)), ("止码",))
    assert [n.code for n in found.notes] == ["register_rolled_over", "running_differenced"]
    assert np.allclose(found.array[:10], monthly[2:12], atol=0.11)
    assert 500 < np.nanmin(found.array) < np.nanmax(found.array) < 4500


def test_levels_that_fall_from_high_to_low_are_no_register() -> None:
    values = works()
    values[30:] *= 0.02
    assert "register_rolled_over" not in codes(values)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("rate", "noise"), [(0.011, 0.003), (0.03, 0.004), (0.006, 0.002)])
def test_steady_growth_is_no_meter(seed: int, rate: float, noise: float) -> None:
    assert codes(growing(seed, rate, noise)) == ["never_falls"]


def test_steady_growth_called_a_reading_is_one() -> None:
    found = behaved(series(growing(0, 0.011, 0.003)), ("电表读数",))
    assert [n.code for n in found.notes] == ["running_differenced"]


def test_readings_that_rise_and_fall_are_refused() -> None:
    assert "no meter runs so" in refusal(works(), "电表示数(万kWh)")


@pytest.mark.parametrize("first_years", [True, False])
def test_years_of_two_kinds_are_refused_with_the_years(first_years: bool) -> None:
    monthly = works()
    adding, cut = year_to_date(monthly), 24 if first_years else 36
    mixed = np.where((np.arange(60) < cut) == first_years, adding, monthly)
    said = refusal(mixed)
    assert ("2018, 2019" if first_years else "2021, 2022") in said
    assert "two kinds" in said


def test_a_year_of_growth_from_next_to_nothing_is_no_other_kind() -> None:
    """A works that starts up in its first year and goes on."""
    values = works()
    values[:12] *= np.linspace(0.08, 1, 12)
    assert codes(values.round(1)) == []


def test_cumulative_within_quarters() -> None:
    monthly = works()
    adding = np.concatenate([np.cumsum(monthly[i : i + 3]) for i in range(0, 60, 3)])
    found = behaved(series(adding.round(1)))
    assert [n.code for n in found.notes] == ["cumulative_differenced"]
    assert "each quarter" in found.notes[0].en
    assert np.allclose(found.array[1:11], monthly[2:12], atol=0.11)


def test_quarters_that_end_high_are_no_sums() -> None:
    assert codes((works(noise=0.01) * np.tile([0.8, 1.0, 1.2], 20)).round(1)) == []


def days(months: int = 24) -> list[date]:
    return [date(2019, 1, 1) + timedelta(days=i) for i in range(int(months * 30.5))]


def test_days_cumulative_within_the_month() -> None:
    rng = np.random.default_rng(0)
    daily, totals, so_far = rng.normal(1000, 60, len(days())), [], 0.0
    for day, value in zip(days(), daily, strict=True):
        so_far = value if day.day == 1 else so_far + value
        totals.append(so_far)
    periods = tuple(map(str, days()))
    found = behaved(series(np.array(totals).round(1), periods, frequency="day"))
    assert "each month" in found.notes[0].en
    assert np.allclose(found.array, daily, atol=0.11)


def hourly(path: Path, column: str, values: np.ndarray, left_out: tuple[int, ...] = ()) -> Series:
    start = np.datetime64("2020-01-01T00:00")
    rows = [f"时间,{column}"]
    rows += [
        f"{str(start + np.timedelta64(i, 'h')).replace('T', ' ')},{v:.1f}"
        for i, v in enumerate(values.tolist())
        if i not in left_out
    ]
    file = path / "hours.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return table_series(file, "云南", "工业")


def load(hours: int = 24 * 690) -> np.ndarray:
    return np.random.default_rng(0).normal(50, 3, hours).round(1)


def test_hours_of_a_register_that_rolls_over(tmp_path: Path) -> None:
    used = load()
    readings = (990_000 + np.concatenate([[0], np.cumsum(used)])) % 1_000_000
    found = hourly(tmp_path, "正向有功总电能(kWh)", readings)
    assert [n.code for n in found.notes][:2] == ["readings_to_days", "register_rolled_over"]
    assert np.allclose(found.array[:300], used.reshape(-1, 24).sum(axis=1)[:300], atol=0.5)


def test_hours_that_begin_anew_each_day(tmp_path: Path) -> None:
    used = load()
    found = hourly(tmp_path, "用电量(kWh)", np.cumsum(used.reshape(-1, 24), axis=1).ravel())
    assert "readings_set_back" in [n.code for n in found.notes]
    assert np.allclose(np.nanmedian(found.array), 1200, rtol=0.05)


def test_hours_that_go_up_and_down_are_added_up_and_missing_ones_told(tmp_path: Path) -> None:
    found = hourly(tmp_path, "用电量(kWh)", load(24 * 900), left_out=(30, 31, 2000))
    assert [n.code for n in found.notes][:2] == ["hours_to_days", "intervals_missing"]
    assert "3 intervals of 2 days" in found.notes[1].en
    assert [p for p, v in zip(found.periods, found.values, strict=True) if v is None] == [
        "2020-01-02", "2020-03-24",
    ]  # fmt: skip


def test_power_is_multiplied_by_time(tmp_path: Path) -> None:
    start, kw = np.datetime64("2020-01-01T00:00"), np.repeat(load()[: 24 * 690], 2)
    rows = ["时间,有功功率(kW)"]
    rows += [
        f"{str(start + np.timedelta64(30 * i, 'm')).replace('T', ' ')},{v:.1f}"
        for i, v in enumerate(kw.tolist())
    ]
    (tmp_path / "half_hours.csv").write_text("\n".join(rows), encoding="utf-8")
    found = table_series(tmp_path / "half_hours.csv", "云南", "工业")
    assert found.notes[0].code == "power_to_days" and "30 minutes" in found.notes[0].en
    assert np.allclose(found.array, load().reshape(-1, 24).sum(axis=1), atol=0.5)


@pytest.mark.parametrize(
    ("column", "power"),
    [("有功功率(kW)", True), ("负荷 MW", True), ("功率", True), ("用电量(kWh)", False),
     ("有功电量(万千瓦时)", False), ("功率因数", False), ("碳排放(万吨)", False)],
)  # fmt: skip
def test_power_by_its_unit(column: str, power: bool) -> None:
    assert is_power([column]) is power


def test_hours_that_fall_often_are_no_readings() -> None:
    assert not runs_on(load(500))
    assert runs_on(np.cumsum(load(500)))


def test_a_level_is_left_alone() -> None:
    assert codes(works()) == []
    with pytest.raises(InputError):
        behaved(series(works()), ("表码",))
