"""Paths of growth against closed forms, the filter against a joint normal distribution."""

import numpy as np
import pytest
from scipy import stats

from tanzhe.peaks.annual import Panel, growth_paths
from tanzhe.peaks.damped import damped_paths
from tanzhe.peaks.filters import Model, filtered
from tanzhe.peaks.months import Months
from tanzhe.peaks.settings import STEADY, WANDERING, Growth


def test_one_year_ahead_is_student_t() -> None:
    logs = np.log(np.array([100.0, 104.0, 103.0, 108.0, 113.0, 112.0]))
    panel = Panel(0.01, 0.05)
    newest = np.diff(logs)[::-1]
    weights = 0.5 ** (np.arange(5) / 4.0)
    mean = (weights @ newest + 2 * 0.01) / (weights.sum() + 2)
    worth = weights.sum() ** 2 / (weights**2).sum()
    own = worth / weights.sum() * (weights @ (newest - mean) ** 2)
    scale = np.sqrt((own + 3 * 0.05**2) / (worth + 3))
    paths = growth_paths(logs, 1, panel, STEADY, np.random.default_rng(1), 200_000)
    for threshold in (-0.05, 0.0, 0.02, 0.1):
        exact = stats.t.cdf((threshold - mean) / (scale * np.sqrt(1 + 1 / (worth + 2))), worth + 3)
        simulated = (paths[:, 0] <= logs[-1] + threshold).mean()
        assert simulated == pytest.approx(exact, abs=0.005)


def test_growth_of_the_past_goes_on() -> None:
    logs = np.log(1.05) * np.arange(30.0)
    calm = Growth(half_life=4.0, drift_worth=0.0, spread_worth=3.0)
    paths = growth_paths(logs, 5, Panel(0.0, 1e-6), calm, np.random.default_rng(1), 500)
    expected = logs[-1] + np.log(1.05) * np.arange(1, 6)
    assert np.allclose(paths, expected, atol=1e-3)


def test_a_wandering_drift_widens_the_later_years() -> None:
    logs = np.cumsum(np.random.default_rng(3).normal(0.02, 0.03, 30))
    panel = Panel(0.02, 0.03)
    still = growth_paths(logs, 5, panel, STEADY, np.random.default_rng(1), 20_000).std(axis=0)
    moving = growth_paths(logs, 5, panel, WANDERING, np.random.default_rng(1), 20_000).std(axis=0)
    assert moving[4] / moving[0] > still[4] / still[0]


def test_the_damped_trend_bends() -> None:
    logs = np.concatenate([np.log(1.06) * np.arange(25.0), np.full(5, np.log(1.06) * 24)])
    paths = damped_paths(logs, 5, np.random.default_rng(1), 4000)
    assert abs(float(np.median(paths[:, 0])) - logs[-1]) < 0.02


def test_the_filter_is_the_conditional_normal() -> None:
    """Level, slope and noise observed at some periods: mean by the filter and by regression."""
    rng = np.random.default_rng(7)
    n, damping, memory, level, slope = 9, 0.9, 0.6, 0.2, 0.05
    step = np.array([[1, damping, 0], [0, damping, 0], [0, 0, memory]])
    moves = np.array([[level + slope, slope, 0], [slope, slope, 0], [0, 0, 1.0]])
    load, spread = np.array([1.0, 0.0, 1.0]), np.diag([2.0, 0.5, 1.5])
    values = rng.normal(size=n)
    values[4] = np.nan
    model = Model(
        step[None], moves[None], load, np.array([0.3]), spread[None],
        memory=1.0, weight_memory=1.0, worth=5.0, scale=1.0, clip=np.inf,
    )  # fmt: skip
    found = filtered(model, np.zeros(3), values)
    powers = [np.linalg.matrix_power(step, k) for k in range(n + 1)]

    def covariance(i: int, j: int) -> np.ndarray:  # of the states after i and j moves
        shared = powers[i] @ spread @ powers[j].T
        for k in range(1, min(i, j) + 1):
            shared = shared + powers[i - k] @ moves @ powers[j - k].T
        return np.asarray(shared)

    at = [i for i in range(n) if np.isfinite(values[i])]
    seen = np.array([[load @ covariance(i + 1, j + 1) @ load for j in at] for i in at])
    seen += 0.3 * np.eye(len(at))
    cross = np.array([covariance(n, j + 1) @ load for j in at]).T
    mean = cross @ np.linalg.solve(seen, values[at])
    spread_now = covariance(n, n) - cross @ np.linalg.solve(seen, cross.T)
    assert np.allclose(found.mean[0], mean)
    assert np.allclose(found.covariance[0], spread_now)
    # Squared standardised innovations add up to the quadratic form of the joint distribution.
    # (With the scale at one they are divided by the running scale, so only its sign is told.)
    assert found.worth == 5.0 + len(at)


def test_an_odd_month_moves_little() -> None:
    rng = np.random.default_rng(2)
    calm = rng.normal(0, 0.03, 80)
    odd = calm.copy()
    odd[-1] -= 1.0
    states = [Months.of(logs, np.zeros(80), 11).state for logs in (calm, odd)]
    level = [float(state.weights @ state.mean[:, 0]) for state in states]
    assert abs(level[1] - level[0]) < 0.05
