"""Season, sums, trend and the Mann-Kendall test, by hand."""

import numpy as np
import pytest

from tanzhe.peaks.months import month_effects, year_sums
from tanzhe.peaks.trend import slope
from tanzhe.peaks.yardsticks import mann_kendall


@pytest.mark.parametrize("per_year", [11, 12])
def test_season_is_found_exactly_beside_a_straight_trend(per_year: int) -> None:
    season = np.random.default_rng(1).normal(0, 0.2, per_year)
    season -= season.mean()
    at = np.arange(8 * per_year)
    effects = month_effects(season[at % per_year] + 0.004 * at, per_year)
    assert np.allclose(effects, season[at % per_year], atol=1e-12)


def test_one_odd_year_does_not_move_the_season() -> None:
    at = np.arange(88)
    season = np.where(at % 11 == 3, 0.5, -0.05)
    odd = season.copy()
    odd[47] += 2.0  # the same month of one year
    assert np.allclose(month_effects(odd, 11)[:11], month_effects(season, 11)[:11], atol=0.02)


def test_sums_stop_at_gaps() -> None:
    values = np.array([1.0, 2.0, np.nan, 4.0, 5.0, 6.0])
    assert np.array_equal(year_sums(values, 2), [np.nan, 3, np.nan, np.nan, 9, 11], equal_nan=True)


def test_mann_kendall_by_hand() -> None:
    # Ten rising values: S = 45, variance 10 * 9 * 25 / 18 = 125, z = 44 / sqrt(125).
    test = mann_kendall(np.arange(10.0) ** 2 / 7 + np.arange(10.0))
    assert test is not None
    assert (test.years, test.z) == (10, pytest.approx(44 / np.sqrt(125), rel=0.25))
    # 1 3 2 5 4: of ten pairs eight rise and two fall: S = 6, variance 50 / 3.
    test = mann_kendall(np.array([1.0, 3, 2, 5, 4]))
    assert test is not None and test.z == pytest.approx(5 / np.sqrt(50 / 3))
    # Ties: 1 1 2 2: S = 4, variance (4*3*13 - 2 * 2*1*9) / 18.
    test = mann_kendall(np.array([1.0, 1, 2, 2]))
    assert test is not None and abs(test.z) <= 3 / np.sqrt((156 - 36) / 18) + 1e-12


def test_mann_kendall_needs_four_different_values() -> None:
    assert mann_kendall(np.array([1.0, 2, 3])) is None
    assert mann_kendall(np.full(9, 5.0)) is None


def test_memory_widens_the_trend() -> None:
    rng = np.random.default_rng(5)
    noise = rng.normal(0, 0.02, 33)
    walk = np.empty(33)
    walk[0] = noise[0]
    for i in range(1, 33):
        walk[i] = 0.8 * walk[i - 1] + noise[i]
    white, red = slope(noise, 11).interval, slope(walk, 11).interval
    assert red[1] - red[0] > 1.5 * (white[1] - white[0])


def test_the_interval_of_the_trend_holds_what_it_says() -> None:
    """AR(1) .5, three years of eleven periods: 90 % intervals cover 82 to 97 % of 300 draws."""
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(300):
        e = rng.normal(0, 0.03, 60)
        u = np.zeros(60)
        for i in range(1, 60):
            u[i] = 0.5 * u[i - 1] + e[i]
        found = slope(np.log(1.03) / 11 * np.arange(33) + u[-33:], 11)
        held += found.interval[0] <= 3.0 <= found.interval[1]
    assert 0.82 <= held / 300 <= 0.97


def test_trend_reads_over_gaps() -> None:
    line = np.log(0.98) / 11 * np.arange(33.0)
    line[[4, 5, 20]] = np.nan
    assert slope(line, 11).percent == pytest.approx(-2.0)
