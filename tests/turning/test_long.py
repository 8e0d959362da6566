"""More periods than the search over sets can hold: the same records by the fast path."""

import time

import numpy as np
import pytest

from tanzhe.api.series.turning import turning_points
from tanzhe.model import Series, TurningPoints
from tanzhe.turning.episodes.prepare import LONGEST
from turning.panels import series_of

YEARS = 50
# When it was computed stands in every manifest.
WHEN = {"manifest": True, "found": {"manifest"}, "peak": {"manifest"}}


def logs_of(seed: int = 0, years: int = YEARS) -> np.ndarray:
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, 0.04, 11 * years)
    for t in range(1, len(noise)):
        noise[t] += 0.3 * noise[t - 1]
    return np.tile(rng.normal(0, 0.1, 11), years) + noise


def made(logs: np.ndarray, **shape: float) -> Series:
    return series_of(logs, first=1960, **shape)  # type: ignore[arg-type]


def test_steps_are_dated_and_sized() -> None:
    logs = logs_of()
    logs[200:] += np.log(1.25)
    logs[380:] += np.log(0.8)
    series = made(logs)
    assert len(series) > LONGEST
    points = turning_points(series)
    assert [p.kind for p in points] == ["step", "step"]
    by_date = sorted(points, key=lambda p: p.date)
    for point, at, percent in zip(by_date, (200, 380), (25, -20), strict=True):
        assert point.interval[0] <= series.periods[at] <= point.interval[1]
        low, high = point.effect.percent_interval
        assert low < point.effect.percent < high and high - low < 8
        assert point.effect.percent == pytest.approx(percent, abs=3)
        assert point.effect.mt_per_year is not None
        assert [n.code for n in point.notes] == ["long_series"]
    assert "long_series" in [n.code for n in points.series.notes]


def test_a_bend_is_a_slope_a_year() -> None:
    logs = logs_of(1)
    logs[275:] -= 0.04 * np.arange(1, 276) / 11
    (point,) = turning_points(made(logs))
    assert point.kind == "slope" and point.effect.percent == pytest.approx(-4, abs=1)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_found_where_nothing_is(seed: int) -> None:
    assert len(turning_points(made(logs_of(10 + seed)))) == 0


def test_unit_gaps_and_order_do_not_matter() -> None:
    logs = logs_of(2)
    logs[300:] -= 0.3
    logs[[40, 41, 150]] = np.nan
    once, again, other = (
        turning_points(made(logs)),
        turning_points(made(logs)),
        turning_points(made(logs, scale=1000.0)),
    )
    assert _said(once) == _said(again)
    assert [(p.date, p.interval) for p in once] == [(p.date, p.interval) for p in other]
    assert once.adjusted[40] is None and len(once.adjusted) == len(logs)


def _said(points: TurningPoints) -> str:
    return points.model_dump_json(exclude=WHEN)


def test_peers_and_a_second_source_cost_nothing() -> None:
    series = made(logs_of(3, years=120))
    peers = tuple(series.model_copy(update={"region": f"R{i}"}) for i in range(12))
    start = time.process_time()
    points = turning_points(series.model_copy(update={"peers": peers, "reference": series}))
    assert time.process_time() - start < 3 and len(points) == 0


def test_stated_confidence_is_near_the_share_that_is_right() -> None:
    stated, right = [], []
    for seed in range(14):
        logs = logs_of(30 + seed)
        size = (-1) ** seed * (0.08 + 0.01 * seed)
        logs[260:] += size
        series = made(logs)
        for p in turning_points(series):
            low, high = (series.periods.index(at) for at in p.interval)
            stated.append(p.confidence)
            right.append(low <= 260 <= high and p.effect.percent * size > 0)
    assert len(stated) >= 14
    assert abs(np.mean(stated) - np.mean(right)) <= 0.07
