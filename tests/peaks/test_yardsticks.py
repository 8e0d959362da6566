"""The Mann-Kendall test, seasons and odd months a second time, a pair and a month at a time."""

from math import erfc, isfinite, nan, sqrt
from random import Random
from statistics import NormalDist, mean, median

import numpy as np
import pytest

from tanzhe.daily_means import spikes
from tanzhe.peaks.months import month_effects
from tanzhe.peaks.yardsticks import mann_kendall
from tanzhe.periods import Month, period_days


def rank(values: list[float], one: float) -> float:
    """The mean of the places that equal values take."""
    return sum(v < one for v in values) + (values.count(one) + 1) / 2


def widened(values: list[float]) -> float:
    """Hamed and Rao (1998): what autocorrelation of the ranks around the trend adds."""
    n = len(values)
    pairs = [(i, j) for j in range(n) for i in range(j)]
    trend = median((values[j] - values[i]) / (j - i) for i, j in pairs)
    # As the product: the same differences, or ties would be told apart by rounding.
    flat = [float(v) for v in np.array(values) - trend * np.arange(1, n + 1)]
    ranks = [rank(flat, one) - (n + 1) / 2 for one in flat]
    power = sum(one**2 for one in ranks)
    added = 0.0
    for lag in range(1, n):
        memory = (
            sum(a * b for a, b in zip(ranks, ranks[lag:], strict=False)) / power if power else 0
        )
        if abs(memory) > NormalDist().inv_cdf(0.975) / sqrt(n):
            added += (n - lag) * (n - lag - 1) * (n - lag - 2) * memory
    return max(1.0, 1 + 2 * added / (n * (n - 1) * (n - 2)))


def test_mann_kendall_pair_by_pair() -> None:
    wide = 0
    for seed in range(300):
        rng = Random(seed)
        n, drift, held = rng.randrange(2, 26), rng.choice((0.0, 0.5, -1.0)), rng.choice((0.5, 1.0))
        walk, values = 0.0, []
        for at in range(n):
            walk = held * walk + rng.gauss(0, 1)
            values.append(float(round(drift * at + walk, rng.choice((0, 2)))))
        found = mann_kendall(np.array(values))
        if n < 4 or len(set(values)) == 1:
            assert found is None
            continue
        score = sum((b > a) - (b < a) for j, b in enumerate(values) for a in values[:j])
        ties = [values.count(one) for one in set(values)]
        variance = n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)
        more = widened(values)
        wide += more > 1
        z = (score - (score > 0) + (score < 0)) / sqrt(variance / 18 * more)
        assert found is not None and found.years == n
        assert found.z == pytest.approx(z)
        assert found.p_value == pytest.approx(min(1.0, erfc(abs(z) / sqrt(2))))
    assert 20 < wide < 280


@pytest.mark.parametrize("per_year", [11, 12])
def test_seasons_month_by_month(per_year: int) -> None:
    rng = Random(per_year)
    half = per_year // 2
    for missing in (0.0, 0.05, 0.2):
        logs = [nan if rng.random() < missing else rng.gauss(0, 1) for _ in range(6 * per_year)]
        gaps: dict[int, list[float]] = {month: [] for month in range(per_year)}
        for at in range(half, len(logs) - half):
            around = list(range(at - half, at + half + 1))
            # Of twelve months the two that are half a year away are one month, half each.
            weights = [
                0.5 if per_year == 12 and i in (around[0], around[-1]) else 1 for i in around
            ]
            held = [(w, logs[i]) for w, i in zip(weights, around, strict=True) if isfinite(logs[i])]
            weight = sum(w for w, _ in held)
            if weight >= per_year - 2 and isfinite(logs[at]):
                gaps[at % per_year].append(logs[at] - sum(w * v for w, v in held) / weight)
        effects = [median(gaps[m]) if gaps[m] else 0.0 for m in range(per_year)]
        wanted = [effects[at % per_year] - mean(effects) for at in range(len(logs))]
        assert month_effects(np.array(logs), per_year).tolist() == pytest.approx(wanted)


@pytest.mark.parametrize("merged", [True, False])
def test_a_month_is_odd_beyond_three_times_the_largest_beside_it(merged: bool) -> None:
    """By the day: January with February is no larger than others."""
    year = 11 if merged else 12
    months = [Month(2020 + n // 12, n % 12 + 1) for n in range(60) if n % 12 or not merged]
    months = months[: 4 * year]
    names = [str(one) for one in months]
    days = np.array([period_days(one, merged=merged) for one in months])

    def odd(means: np.ndarray) -> list[int]:
        return np.flatnonzero(spikes(means * days, names, merged=merged)).tolist()

    for at in (0, 1, year, 2 * year, 4 * year - 1):
        for times, told in ((2.999, False), (3.001, True)):
            means = np.full(4 * year, 10.0)
            means[at] *= times
            assert odd(means) == ([at] if told else [])
    for away, told in ((year, False), (year + 1, True)):  # the largest of a year to either side
        for other in (20 + away, 20 - away):
            means = np.full(4 * year, 10.0)
            means[20], means[other] = 31.0, 11.0
            assert (20 in odd(means)) is told
    for known, told in ((year - 1, False), (year, True)):
        means = np.full(4 * year, np.nan)
        means[: known + 1] = 10.0
        means[0] = 31.0
        assert (0 in odd(means)) is told
