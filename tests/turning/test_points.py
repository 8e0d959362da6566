"""Turning points of made-up series whose truth is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.api.series.turning import load, turning_points
from tanzhe.errors import InputError
from tanzhe.model import Series, TurningPoint, TurningPoints
from tanzhe.turning.episodes import episodes
from turning.panels import Panel, made_up_panel, months, series_of

# When it was computed stands in every manifest.
WHEN = {"manifest": True, "found": {"manifest"}, "peak": {"manifest"}}


def quiet(years: int = 7, seed: int = 0, sd: float = 0.03) -> np.ndarray:
    """Level, season and white noise."""
    rng = np.random.default_rng(seed)
    return np.tile(rng.normal(0, 0.1, 11), years) + rng.normal(0, sd, 11 * years)


def durable(points: TurningPoints) -> list[TurningPoint]:
    return [p for p in points if p.scope != "calendar" and p.band != "weak"]


def test_a_lasting_fall_is_a_step_with_date_size_and_amount() -> None:
    logs = quiet(seed=14)
    logs[40:] += np.log(0.8)
    point = durable(turning_points(series_of(logs)))[0]
    assert point.date == months(7)[40] == "2021-09"
    assert (point.kind, point.scope, point.band, point.until) == (
        "step", "province", "established", None,
    )  # fmt: skip
    assert point.interval[0] <= "2021-09" <= point.interval[1]
    low, high = point.effect.percent_interval
    assert low < -20 < high and -24 < point.effect.percent < -16
    # Against what the year would have had, which is near what the year before had.
    year_before = np.exp(logs[29:40]).mean() * 365.25
    assert point.effect.mt_per_year == pytest.approx(
        year_before * point.effect.percent / 100, rel=0.05
    )


def test_a_fall_that_ends_is_a_pulse_with_its_end() -> None:
    logs = quiet(seed=1)
    logs[40:44] -= 0.25
    found = durable(turning_points(series_of(logs)))
    assert [(p.date, p.kind, p.until) for p in found] == [("2021-09", "pulse", "2022-02")]


def test_a_single_odd_month_is_told_apart() -> None:
    logs = quiet(seed=2)
    logs[40] -= 0.3
    points = turning_points(series_of(logs))
    assert durable(points) == []
    odd = points[0]
    assert (odd.date, odd.kind, odd.until, odd.band) == ("2021-09", "pulse", "2021-10", "weak")
    assert odd.single is not None and odd.single > 0.9 > 0.1 > odd.confidence
    assert odd.effect.mt_per_year is None
    assert "single_month" in [n.code for n in odd.notes]


def test_a_bend_is_a_slope() -> None:
    logs = quiet(years=10, seed=3, sd=0.02)
    logs[55:] -= 0.15 * np.arange(1, 56) / 11
    point = durable(turning_points(series_of(logs)))[0]
    assert point.kind == "slope"
    assert abs(months(10).index(point.date) - 55) <= 6
    assert point.effect.percent == pytest.approx(-14, abs=4)


def test_nothing_is_found_where_nothing_is() -> None:
    assert durable(turning_points(series_of(quiet(seed=4)))) == []


def test_weak_signals_fill_the_list_only_when_asked_for() -> None:
    series = series_of(quiet(seed=0))
    assert durable(turning_points(series)) == []
    filled = [p for p in turning_points(series, top=10) if p.scope == "province"]
    assert 2 <= len(filled) <= 10
    assert {p.band for p in filled} == {"weak"} and {p.single for p in filled} == {None}
    confidences = [p.confidence for p in filled]
    assert confidences == sorted(confidences, reverse=True)
    assert len([p for p in turning_points(series, top=2) if p.scope == "province"]) == 2


def test_what_all_regions_share_is_national() -> None:
    panel = made_up_panel(7, rho=0.3, size=0.0, n=12)
    logs = panel.logs.copy()
    logs[:, 40:] -= 6 * np.median(panel.sigma)
    shared = Panel(logs, panel.at, panel.sign, panel.sigma)
    point = durable(turning_points(shared.series(int(np.argmin(panel.sigma)))))[0]
    assert (point.date, point.scope) == ("2021-09", "national")
    assert point.regions_compared == 11 and point.regions_alike == 11


def test_what_one_region_has_alone_is_its_own() -> None:
    panel = made_up_panel(8, rho=0.3, size=0.0, n=12)
    logs = panel.logs.copy()
    logs[0, 40:] -= 6 * panel.sigma[0]
    alone = Panel(logs, panel.at, panel.sign, panel.sigma)
    point = durable(turning_points(alone.series(0)))[0]
    assert (point.date, point.scope) == ("2021-09", "province")


def test_what_a_second_source_does_not_see_is_a_defect_of_the_data() -> None:
    logs = quiet(seed=6)
    second = series_of(logs + np.random.default_rng(1).normal(0, 0.02, 77), scale=2.0)
    logs = logs.copy()
    logs[40:] += 0.6
    first = series_of(logs).model_copy(update={"reference": second})
    point = durable(turning_points(first))[0]
    assert (point.date, point.scope) == ("2021-09", "data")
    both = series_of(logs).model_copy(update={"reference": series_of(logs, scale=0.5)})
    assert durable(turning_points(both))[0].scope == "province"


def test_missing_months_make_no_points() -> None:
    logs = quiet(seed=9)
    logs[[20, 21, 22, 50]] = np.nan
    assert durable(turning_points(series_of(logs))) == []


def test_yearly_series_work() -> None:
    rng = np.random.default_rng(12)
    level = np.where(np.arange(30) >= 14, 70.0, 100.0) * np.exp(rng.normal(0, 0.02, 30))
    series = Series(
        region="CN-YN", sector="industry", unit="MtCO2", frequency="year",
        periods=tuple(str(y) for y in range(1990, 2020)), values=tuple(level.tolist()),
        source="made-up", vintage="test", sha256="0" * 64,
    )  # fmt: skip
    point = durable(turning_points(series))[0]
    assert (point.date, point.kind) == ("2004", "step")
    assert point.effect.mt_per_year == pytest.approx(-30, abs=3)


def fingerprint(points: TurningPoints) -> list[tuple[object, ...]]:
    return [(p.date, p.interval, p.kind, p.until, round(p.confidence, 3)) for p in points]


@settings(max_examples=8)
@given(st.floats(1e-4, 1e4), st.integers(0, 20))
def test_the_unit_of_the_data_does_not_matter(scale: float, seed: int) -> None:
    logs = quiet(years=4, seed=seed)
    logs[25:] -= 0.2
    assert fingerprint(turning_points(series_of(logs, scale=scale))) == fingerprint(
        turning_points(series_of(logs))
    )


def test_turning_the_series_upside_down_turns_only_the_signs() -> None:
    logs = quiet(seed=13)
    logs[30:] -= 0.2
    up = [p for p in turning_points(series_of(-logs)) if p.scope == "province"]
    down = [p for p in turning_points(series_of(logs)) if p.scope == "province"]
    assert [(p.date, p.interval) for p in up] == [(p.date, p.interval) for p in down]
    assert up[0].effect.percent > 0 > down[0].effect.percent


def test_the_same_input_gives_the_same_bytes() -> None:
    panel = made_up_panel(21, rho=0.4, size=4.0, n=9)
    once, again = (
        turning_points(panel.series(0), top=5).model_dump_json(exclude=WHEN) for _ in range(2)
    )
    assert once == again


def test_confidence_is_made_of_its_parts() -> None:
    panel = made_up_panel(22, rho=0.6, size=4.0, n=9)
    for index in range(9):
        for point in turning_points(panel.series(index), top=6):
            assert point.interval[0] <= point.date <= point.interval[1]
            low, high = point.effect.percent_interval
            assert low <= point.effect.percent <= high
            band = point.band
            assert band == (
                "established" if point.confidence >= 0.8
                else "possible" if point.confidence >= 0.5 else "weak"
            )  # fmt: skip


def test_a_constant_series_has_no_points() -> None:
    assert durable(turning_points(series_of(np.zeros(77)))) == []


def test_a_series_of_zeros_is_told_not_judged() -> None:
    zeros = series_of(quiet()).model_copy(update={"values": tuple([0.0] * 70 + [1.0] * 7)})
    found = turning_points(zeros)
    assert len(found) == 0
    assert "idle_series" in [note.code for note in found.series.notes]


def test_a_sector_does_not_triple_overnight() -> None:
    logs = quiet(seed=16)
    logs[40:] += np.log(4)
    assert durable(turning_points(series_of(logs)))[0].scope == "data"
    assert durable(turning_points(series_of(logs, unit="万吨")))[0].scope == "province"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"frequency": "day"}, "merged"),
        ({"merged": False}, "merged"),
        ({"values": tuple([None] * 70 + [1.0] * 7)}, "7 periods"),
        ({"values": (-1.0, *([1.0] * 76))}, "Negative"),
    ],
)
def test_bad_series_are_refused(change: dict[str, object], says: str) -> None:
    series = series_of(quiet()).model_copy(update=change)
    with pytest.raises(InputError, match=says):
        episodes(series)


def test_the_adjusted_series_has_the_step_and_not_the_season() -> None:
    logs = quiet(seed=15)
    logs[40:] += np.log(0.8)
    logs[20] = np.nan
    found = turning_points(series_of(logs))
    adjusted = np.log([np.nan if v is None else v for v in found.adjusted])
    assert np.isnan(adjusted[20]) and np.isfinite(np.delete(adjusted, 20)).all()
    before, after = np.delete(adjusted[:40], 20), adjusted[40:]
    assert after.mean() - before.mean() == pytest.approx(np.log(0.8), abs=0.03)
    # What is left is the noise of 3 %, not the season of 10 %.
    assert before.std() < 0.045 and after.std() < 0.045


@pytest.mark.parametrize("noise", [0.0, 0.001, 0.003, 0.03])
def test_a_step_that_dwarfs_the_noise_is_not_shrunk(noise: float) -> None:
    logs = np.random.default_rng(0).normal(0, noise, 77)
    logs[40:] += np.log(0.7)
    (point,) = durable(turning_points(series_of(logs)))
    assert point.confidence > 0.99
    assert point.effect.percent == pytest.approx(-30, abs=max(0.25, 50 * noise))
    assert point.effect.percent_interval[0] <= -30 <= point.effect.percent_interval[1]


def test_a_month_that_no_other_province_publishes_hides_nothing() -> None:
    rng = np.random.default_rng(0)
    own = rng.normal(0, 0.03, 77) - 0.3 * (np.arange(77) >= 40)
    others = rng.normal(0, 0.03, (14, 77))
    others[:, 20] = np.nan
    peers = tuple(series_of(row, region=f"R{i:02d}") for i, row in enumerate(others))
    found = durable(turning_points(series_of(own).model_copy(update={"peers": peers})))
    assert [(p.date, p.scope) for p in found] == [(months(7)[40], "province")]


def test_every_point_is_an_episode_under_the_same_id() -> None:
    panel = made_up_panel(23, rho=0.3, size=5.0, n=9)
    for index in range(9):
        points = turning_points(panel.series(index), top=5)
        assert points.found is not None
        told = {one.id: one for one in (*points.found.episodes, *points.found.weaker)}
        assert {one.id for one in points.found.episodes} <= {p.id for p in points}
        for point in points.of_scope("province", "national", "data"):
            one = told[point.id]
            assert (point.date, point.interval) == (one.begin, one.begin_interval)
            assert (point.effect.mt_per_year is None) == (point.kind == "pulse")
            assert point.until == (one.end if point.kind == "pulse" else None)


def test_drivers_add_up_to_the_effect_and_never_against_it() -> None:
    points = turning_points(load("甘肃", "工业"), top=5)
    driven = [p for p in points if p.drivers and p.kind != "slope"]
    assert driven
    for point in driven:
        total = sum(d.percentage_points for d in point.drivers)
        assert total == pytest.approx(point.effect.percent, abs=0.05)


def test_the_cuts_of_late_2021_in_gansu_end_with_the_winter() -> None:
    points = turning_points(load("甘肃", "工业"))
    (one,) = [p for p in points if p.date in ("2021-10", "2021-11") and p.scope == "province"]
    assert (one.kind, one.until) == ("pulse", "2022-02") and -37 < one.effect.percent < -19


def test_the_lockdowns_of_hubei_and_shanghai_are_told() -> None:
    hubei = turning_points(load("湖北", "水泥"))
    assert any(p.date == "2020-02" and p.effect.percent < -50 for p in hubei)
    shanghai = turning_points(load("上海", "水泥"))
    (one,) = [p for p in shanghai if p.scope == "province" and p.date == "2022-04"]
    assert one.until == "2022-06" and one.effect.percent < -80 and one.band == "established"


def test_aluminium_of_yunnan_rises_for_good_in_the_spring_of_2022() -> None:
    points = turning_points(load("云南", "nonferrous_metals_10"))
    (one,) = [p for p in points if p.date == "2022-03"]
    assert (one.kind, one.scope) == ("step", "province") and one.effect.percent > 15


@pytest.mark.parametrize(("years", "found"), [(8, False), (8, True), (20, True)])
def test_eight_years_are_enough_for_a_large_step(years: int, found: bool) -> None:
    half = years // 2
    rng = np.random.default_rng(3)
    level = 100 * np.exp(rng.normal(0, 0.01, years) - 0.5 * found * (np.arange(years) >= half))
    series = Series(
        region="X", sector="industry", unit="MtCO2", frequency="year",
        periods=tuple(str(2000 + i) for i in range(years)), values=tuple(level.tolist()),
        source="made-up", vintage="test", sha256="0" * 64,
    )  # fmt: skip
    points = turning_points(series)
    assert [p.date for p in durable(points)] == ([str(2000 + half)] if found else [])
    assert points.peak is not None and len(points.adjusted) == years


def test_no_peak_is_judged_on_three_years_and_it_is_said_why() -> None:
    points = turning_points(series_of(quiet(years=3)))
    assert points.peak is None and points.peak_missing is not None
    assert "5" in points.peak_missing.zh
