"""The season of a plain sequence: the shortest cycle that explains it, and none in noise."""

import numpy as np
import pytest

from tanzhe.errors import InputError
from tanzhe.turning import breaks
from tanzhe.turning.sequences.season import find_period, moving_mean
from tanzhe.turning.sequences.wave import find_wave
from turning.draws import noise


def seasonal(period: int, cycles: int, seed: int = 5, rho: float = 0.0) -> np.ndarray:
    r = np.random.default_rng([seed, period])
    pattern = noise(r, period)
    pattern *= 3 / pattern.std()
    return np.tile(pattern, cycles) + noise(r, period * cycles, rho)


def test_a_season_is_found_and_taken_out() -> None:
    y = seasonal(12, 16)
    y[100:] += 5
    assert find_period(y) == 12
    assert [abs(b.index - 100) <= 1 for b in breaks(y)] == [True]


@pytest.mark.parametrize("period", [6, 7, 12, 24, 48, 52, 96])
@pytest.mark.parametrize("cycles", [5, 20])
@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_the_shortest_cycle_that_explains_is_taken(period: int, cycles: int, rho: float) -> None:
    assert find_period(seasonal(period, cycles, rho=rho)) == period


@pytest.mark.parametrize(("short", "times"), [(12, 4), (7, 4), (12, 2), (24, 7)])
def test_a_longer_cycle_is_taken_where_only_it_explains(short: int, times: int) -> None:
    """Days that are alike within weeks that are not: 48 is not 12."""
    r = np.random.default_rng(short)
    inner, outer = 3 * noise(r, short), 3 * noise(r, times)
    y = np.tile(np.tile(inner, times) + np.repeat(outer, short), 8)
    assert find_period(y + noise(r, len(y))) == short * times


@pytest.mark.parametrize("period", [12, 24, 48, 52])
def test_a_smooth_wave_under_noise_is_found(period: int) -> None:
    r = np.random.default_rng(period)
    wave = 4 * np.sin(2 * np.pi * np.arange(12 * period) / period)
    found = find_period(wave + noise(r, len(wave)))
    # Neighbouring lengths cannot be told apart over twelve cycles.
    assert abs(found - period) <= max(1, period // 24)


def test_noise_and_wandering_have_no_season() -> None:
    lengths = (40, 100, 150, 300, 600)
    found = [
        find_period(noise(np.random.default_rng([i, 7]), lengths[i % 5], rho)) > 0
        for i in range(60)
        for rho in (0.0, 0.3, 0.6, 0.9, 0.999)
    ]
    assert np.mean(found) <= 0.02  # measured .005 on 4,500


@pytest.mark.parametrize("period", [4, 5, 12, 13])
def test_the_moving_mean_is_that_of_one_cycle(period: int) -> None:
    y = noise(np.random.default_rng(1), 60)
    half = period // 2
    weights = np.ones(2 * half + 1)
    if period % 2 == 0:
        weights[[0, -1]] = 0.5
    inner = [y[t - half : t + half + 1] @ weights / period for t in range(half, 60 - half)]
    np.testing.assert_allclose(moving_mean(y, period)[half : 60 - half], inner, atol=1e-12)
    np.testing.assert_allclose(moving_mean(np.arange(60.0), period), np.arange(60.0), atol=1e-12)


def daily(seed: int, steps: tuple[float, ...] = (), years: float = 4.0) -> np.ndarray:
    """Days with a yearly wave, noise, and steps at .27, .52 and .78 of the time."""
    r = np.random.default_rng([seed, 365])
    time = np.arange(int(365.25 * years))
    y = 20 + 2 * np.sin(2 * np.pi * time / 365.25 + r.uniform(0, 6)) + 0.5 * noise(r, len(time))
    for share, size in zip((0.27, 0.52, 0.78), steps, strict=False):
        y[int(share * len(time)) :] += size
    return y


def test_a_year_of_days_is_no_break() -> None:
    assert sum(bool(breaks(daily(seed))) for seed in range(24)) <= 1  # measured 0; 23 before


@pytest.mark.parametrize("seed", range(3))
def test_steps_in_a_year_of_days_are_found(seed: int) -> None:
    found = [b.index for b in breaks(daily(seed, (2.0, -2.5, 2.0)))]
    assert all(min(abs(i - at) for i in found) <= 10 for at in (394, 759, 1139)), found
    assert len(found) <= 4


def test_a_period_can_be_told() -> None:
    y = daily(1, (2.0,), years=2.5)
    assert [abs(b.index - 246) <= 10 for b in breaks(y, period=365.25)] == [True]
    assert breaks(daily(1, years=2.5), period=365.25) == []
    assert breaks(seasonal(12, 16), period=12) == []
    for wrong in (1.5, -3, 80):
        with pytest.raises(InputError, match="period"):
            breaks(seasonal(12, 10), period=wrong)


def test_wandering_has_no_wave() -> None:
    found = [
        find_wave(noise(np.random.default_rng([i, 3]), n, rho)) > 0
        for i in range(12)
        for n in (400, 1500)
        for rho in (0.0, 0.6, 0.9, 0.999)
    ]
    assert np.mean(found) <= 0.02  # measured 3 of 1,500
