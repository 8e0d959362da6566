"""Spring Festival edges are named, not explained."""

import numpy as np

from tanzhe.api.series.turning import turning_points
from tanzhe.model import Series
from tanzhe.turning.episodes.holiday import holiday_edges
from turning.panels import months, series_of


def with_winter_dip(seed: int, region: str) -> Series:
    """The merged January-February period is a third lower every year, and nothing else happens."""
    rng = np.random.default_rng(seed)
    logs = rng.normal(0, 0.03, 77) + np.tile([-0.4] + [0.0] * 10, 7)
    return series_of(logs, region=region)


def test_the_edge_into_march_is_listed_as_calendar_and_nothing_else_is() -> None:
    peers = tuple(with_winter_dip(i, f"R{i}") for i in range(1, 10))
    series = with_winter_dip(0, "CN-YN").model_copy(update={"peers": peers})
    points = turning_points(series)
    assert {p.scope for p in points} == {"calendar"}
    assert [p.date for p in points] == [m for m in months(7)[1:] if m.endswith("-03")]
    assert all(p.effect.percent > 30 and p.regions_alike == 9 for p in points)
    assert all(p.confidence < 0.1 for p in points)


def test_a_series_without_dips_has_no_edges() -> None:
    rng = np.random.default_rng(5)
    assert holiday_edges(series_of(rng.normal(0, 0.03, 77))) == []


def daily(region: str, march: float) -> Series:
    """Two years of days with a low January-February whose ends are steps of `march` (log)."""
    days = np.arange(np.datetime64("2021-01-01"), np.datetime64("2023-01-01"))
    month = days.astype("datetime64[M]").astype(int) % 12 + 1
    wiggle = np.random.default_rng(int(region[1:]) if region[0] == "R" else 99).normal(0, 0.02, 24)[
        days.astype("datetime64[M]").astype(int) - 612
    ]
    values = np.exp(wiggle - march * (month <= 2))
    return Series(
        region=region, sector="industry", unit="MtCO2", frequency="day",
        periods=tuple(str(d) for d in days), values=tuple(values.tolist()),
        source="made-up", vintage="test", sha256="0" * 64,
    )  # fmt: skip


def test_daily_values_are_looked_at_by_month_and_counted_over_regions() -> None:
    peers = (*(daily(f"R{i}", 0.3) for i in range(6)), daily("R9", 0.0))
    edges = holiday_edges(daily("CN-YN", 0.3).model_copy(update={"peers": peers}))
    assert [e.month for e in edges] == ["2021-03", "2022-01", "2022-03"]
    assert all((e.compared, e.alike) == (7, 6) for e in edges)
    signs = [round(e.change, 1) for e in edges]
    assert signs[0] > 0.2 and signs[1] < -0.2 and signs[2] > 0.2


def test_an_edge_only_one_region_has_is_not_the_calendar() -> None:
    peers = tuple(daily(f"R{i}", 0.0) for i in range(6))
    assert holiday_edges(daily("CN-YN", 0.3).model_copy(update={"peers": peers})) == []
