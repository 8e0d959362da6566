"""Steady growth of a lone series turns nowhere; a true step in it is still found."""

import numpy as np
import pytest

from tanzhe.api.series.turning import turning_points
from tanzhe.model import Series
from tanzhe.turning.episodes.prepare import calendar_of, logs_of
from tanzhe.turning.panels.robust.pooling import Values, with_trend_size
from tanzhe.turning.panels.robust.settings import DEFAULT


def growth(rate: float, noise: float, seed: int = 0, step: float = 0.0, years: int = 38) -> Series:
    """Years of one growth rate with noise, and a step after twenty of them."""
    rng = np.random.default_rng(seed)
    time = np.arange(years)
    logs = rate * time + rng.normal(0, noise, years) + step * (time >= 20)
    return Series(
        region="X", sector="industry", unit="万吨CO2", frequency="year", source="t.csv",
        vintage="", sha256="", periods=tuple(str(1985 + i) for i in range(years)),
        values=tuple((100 * np.exp(logs)).round(2).tolist()),
    )  # fmt: skip


def months(rate: float, noise: float) -> Series:
    """Five years of eleven periods that grow by some per cent a year."""
    rng = np.random.default_rng(1)
    periods = [f"{y}-{m:02d}" for y in range(2018, 2023) for m in range(2, 13)]
    days = np.tile([59.0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 5)
    logs = rate / 11 * np.arange(55) + rng.normal(0, noise, 55)
    return Series(
        region="X", sector="industry", unit="万吨CO2", frequency="month", merged=True,
        source="t.csv", vintage="", sha256="", periods=tuple(periods),
        values=tuple((days * np.exp(logs)).round(4).tolist()),
    )  # fmt: skip


@pytest.mark.parametrize("rate", [0.05, 0.08, 0.1])
@pytest.mark.parametrize("noise", [0.003, 0.01])
def test_steady_growth_of_years_turns_nowhere(rate: float, noise: float) -> None:
    assert not [p for p in turning_points(growth(rate, noise)).points if p.confidence >= 0.5]


@pytest.mark.parametrize("rate", [0.05, 0.1])
def test_steady_growth_of_months_turns_nowhere(rate: float) -> None:
    assert not [p for p in turning_points(months(rate, 0.003)).points if p.confidence >= 0.5]


def test_a_step_in_steady_growth_is_found() -> None:
    points = turning_points(growth(0.08, 0.01, step=-0.24)).points
    sure = [p for p in points if p.confidence >= 0.8]
    assert [p.kind for p in sure] == ["step"]


def prepared(series: Series) -> Values:
    return Values.of(logs_of(series), calendar_of(series))


def test_a_lone_series_and_years_choose_from_larger_trends() -> None:
    lone = prepared(growth(0.08, 0.01))
    assert with_trend_size([lone], DEFAULT).trend_size > DEFAULT.trend_size
    assert with_trend_size([lone, lone], DEFAULT).trend_size > DEFAULT.trend_size
    calm = prepared(growth(0.0, 0.01))
    assert with_trend_size([calm], DEFAULT).trend_size <= DEFAULT.trend_size
    monthly = prepared(months(0.1, 0.003))
    assert with_trend_size([monthly], DEFAULT).trend_size > DEFAULT.trend_size
    assert with_trend_size([monthly, monthly], DEFAULT).trend_size <= DEFAULT.trend_size


def test_steady_growth_of_a_panel_of_years_turns_nowhere() -> None:
    own, *others = (
        growth(rate, 0.01, seed=i).model_copy(update={"region": name})
        for i, (name, rate) in enumerate([("X", 0.08), ("Y", 0.07), ("Z", 0.06), ("W", 0.09)])
    )
    found = turning_points(own.model_copy(update={"peers": tuple(others)})).points
    assert not [p for p in found if p.confidence >= 0.5]
