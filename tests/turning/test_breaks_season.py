"""The season of a plain sequence: the shortest cycle that explains it, and none in noise."""

import numpy as np
import pytest

from tanzhe.turning import breaks
from tanzhe.turning.plain_season import find_period, moving_mean
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
