"""What kind of figures a table holds: each rule on both sides."""

from pathlib import Path

import numpy as np
import pytest

from series.judged import outcome, right
from series.tables import all_kinds
from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.series.behaviour import behaved

# Of each kind so many tables are drawn; `bench/figures.py` draws more and counts the misses.
EACH = 4
MONTHS = tuple(f"{y}-{m:02d}" for y in range(2018, 2023) for m in range(1, 13))
CASES = Path(__file__).parents[3] / "shared/data/field_cases"
SEASON = np.tile([0.86, 0.78, 1.02, 0.99, 1.03, 1.05, 1.06, 1.04, 1.0, 0.99, 1.02, 1.16], 5)


def works(seed: int = 0, noise: float = 0.03) -> np.ndarray:
    """Sixty months of a works with a season and noise, in 万吨 with one decimal."""
    rng = np.random.default_rng(seed)
    return (1500 * SEASON * np.exp(rng.normal(0, noise, 60))).round(1)


def series(values: np.ndarray, periods: tuple[str, ...] = MONTHS, **other: object) -> Series:
    about = {"region": "X", "sector": "industry", "unit": "万吨CO2", "frequency": "month"}
    cells = tuple(None if v != v else float(v) for v in values)
    about |= {"source": "t.csv", "vintage": "", "sha256": "", **other}
    return Series(periods=periods, values=cells, **about)


def codes(values: np.ndarray, periods: tuple[str, ...] = MONTHS, **other: object) -> list[str]:
    return [note.code for note in behaved(series(values, periods, **other)).notes]


def refusal(values: np.ndarray, *names: str, **other: object) -> str:
    with pytest.raises(InputError) as caught:
        behaved(series(values, **other), names)
    return caught.value.said("en")


def year_to_date(monthly: np.ndarray) -> np.ndarray:
    return np.concatenate([np.cumsum(monthly[i : i + 12]) for i in range(0, 60, 12)])


def test_cumulative_figures_become_differences() -> None:
    monthly = works()
    found = behaved(series(year_to_date(monthly).round(1)))
    assert found.merged and found.periods[:2] == ("2018-02", "2018-03")
    assert [n.code for n in found.notes] == ["cumulative_differenced"]
    truth = dict(zip(MONTHS, monthly, strict=True))
    truth = {p: v + truth[f"{p[:4]}-01"] if p.endswith("-02") else v for p, v in truth.items()}
    assert np.allclose(found.array, [truth[p] for p in found.periods], atol=0.11)


@pytest.mark.parametrize("name", all_kinds())
def test_kinds_of_figures(name: str) -> None:
    for seed in range(EACH):
        what = outcome(*all_kinds()[name](np.random.default_rng(seed)))
        assert right(name, what), (seed, what)


@pytest.mark.parametrize("power", [-4, -3, -2, -1, 1, 2, 3, 4])
def test_unit_that_changes_for_good_is_refused_with_its_row(power: int) -> None:
    values = works()
    values[36:] = (values[36:] * 10.0**power).round(6)
    with pytest.raises(InputError) as caught:
        behaved(series(values), (), {p: i + 2 for i, p in enumerate(MONTHS)})
    assert "another unit" in caught.value.said("en")
    assert "2021-01" in caught.value.said("en")


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("S03_cumulative", "cumulative_differenced"),
        ("S10_meter_reading", "running_differenced"),
        ("S20_plain", None),
    ],
)
@pytest.mark.skipif(not CASES.is_dir(), reason="the field cases are not in ../shared")
def test_field_cases_are_read(case: str, code: str | None) -> None:
    from tanzhe.series.table import table_series

    found = [n.code for n in table_series(CASES / f"{case}.csv", "云南", "工业").notes]
    assert [c for c in found if c != "unit_not_stated"] == ([code] if code else [])


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("S06_unit_slips_from_2021", "10,000 times"),
        ("S09_growth_rates", "growth rates"),
        ("S11_annual_spread_over_months", "annual figures"),
    ],
)
@pytest.mark.skipif(not CASES.is_dir(), reason="the field cases are not in ../shared")
def test_field_cases_are_refused(case: str, said: str) -> None:
    from tanzhe.series.table import table_series

    with pytest.raises(InputError) as caught:
        table_series(CASES / f"{case}.csv", "云南", "工业")
    assert said in caught.value.said("en")


def test_a_person_may_say_that_figures_are_levels() -> None:
    values = works()
    values[36:] *= 1000
    told = behaved(series(values), as_levels=True)
    assert told.values == tuple(values.tolist())
    assert [note.code for note in told.notes] == ["figures_as_told"]
    with pytest.raises(InputError):
        behaved(series(values), ("增速(%)",), as_levels=True)


@pytest.mark.skipif(not CASES.is_dir(), reason="the field cases are not in ../shared")
def test_check_tells_what_a_table_holds() -> None:
    from tanzhe.series.checks import check

    def codes_of(name: str) -> list[str]:
        return [finding.code for finding in check(CASES / f"{name}.csv")]

    assert codes_of("S20_plain") == []
    assert codes_of("S03_cumulative") == ["figures"]
    assert codes_of("S06_unit_slips_from_2021") == ["unusable"]


@pytest.mark.parametrize("at", [10, 32, 45])
@pytest.mark.parametrize("length", [1, 2])
def test_slip_of_ten_beside_a_true_step_is_set_apart(at: int, length: int) -> None:
    """The rise into it is less than tenfold, as the level falls by a quarter at that place."""
    values = works(noise=0.015)
    values[at:] *= 0.76
    values = values.round(1)
    values[at : at + length] *= 10
    found = behaved(series(values))
    assert [n.code for n in found.notes] == ["another_unit"]
    assert [i for i, v in enumerate(found.values) if v is None] == list(range(at, at + length))


def test_a_month_of_three_times_is_no_slip() -> None:
    values = works()
    values[32:34] *= 3
    assert codes(values) == []


@pytest.mark.parametrize("power", [10, 100, 1000])
def test_a_month_in_another_unit_every_year_is_no_season(power: int) -> None:
    values = works(noise=0.015)
    values[::12] *= power
    found = behaved(series(values))
    assert [n.code for n in found.notes] == ["another_unit"]
    assert [i for i, v in enumerate(found.values) if v is None] == [0, 12, 24, 36, 48]


def test_a_season_that_rises_a_hundredfold_stays() -> None:
    """Heating: half a year at next to nothing."""
    values = works(noise=0.05)
    winter = np.tile(np.array([1, 1, 0.6, 0.05, 0.01, 0.01, 0.01, 0.01, 0.01, 0.1, 0.7, 1]), 5)
    assert "another_unit" not in codes((values * winter).round(2))


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("近12个月碳排放（万吨）", "sums or means"), ("滚动合计", "sums or means"),
        ("rolling 12 months", "sums or means"), ("累计平均（万吨）", "sums or means"),
        ("比上年同月±万吨", "changes against"), ("较上月增减（万吨）", "changes against"),
    ],
)  # fmt: skip
def test_changes_and_rolling_sums_are_refused_by_their_words(column: str, said: str) -> None:
    assert said in refusal(works(), column)


@pytest.mark.parametrize(
    "column", ["碳排放（万吨）", "日均排放量", "12月排放", "近似值", "增量配网"]
)
def test_words_of_levels_pass(column: str) -> None:
    assert [n.code for n in behaved(series(works()), (column,)).notes] == []


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_rolling_sums_without_a_word_are_refused(seed: int) -> None:
    rng = np.random.default_rng(seed)
    monthly = 1500 * np.tile(SEASON[:12], 6) * np.exp(rng.normal(0, 0.03, 72))
    monthly[44:] *= 0.76
    rolling = np.convolve(monthly, np.ones(12), "valid")[1:]
    assert "last twelve months" in refusal(rolling.round(1))


@pytest.mark.parametrize("noise", [0.005, 0.01, 0.02])
def test_calm_months_without_season_are_no_rolling_sums(noise: float) -> None:
    for seed in range(8):
        values = 1500 * np.exp(np.random.default_rng(seed).normal(0, noise, 60))
        values[32:] *= 0.76
        assert codes(values.round(1)) == []
