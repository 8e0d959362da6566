"""The robust panel search: planted truths, invariance, and input that is not nice."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.errors import InputError
from tanzhe.turning import saturate


def panel(seed: int = 0, units: int = 8, periods: int = 36, rho: float = 0.3) -> pd.DataFrame:
    """Own level, season of six and noise of each unit, a movement of all, and one step."""
    rng = np.random.default_rng(seed)
    shared = np.cumsum(rng.normal(size=periods))
    rows = []
    for u in range(units):
        noise, season, size = 0.0, rng.normal(size=6), 0.5 + u / 4
        for t in range(periods):
            noise = rho * noise + rng.normal() * size
            step = 6 * size * (u == 2 and t >= 20)
            rows.append(
                (f"u{u}", 2000 + t, t % 6, 10 * u + season[t % 6] + shared[t] + noise + step)
            )
    return pd.DataFrame(rows, columns=["unit", "time", "season", "y"])


def found(frame: pd.DataFrame, **asked: object) -> list[list[object]]:
    fit = saturate(frame, outcome="y", robust=True, **asked)  # type: ignore[arg-type]
    return fit.breaks[["unit", "time", "kind"]].values.tolist()


def test_the_planted_step_stands_out_of_the_common_movement() -> None:
    fit = saturate(panel(), outcome="y", season="season", robust=True)
    (row,) = fit.breaks.to_dict("records")
    assert (row["unit"], row["time"], row["kind"]) == ("u2", 2020, "step")
    assert row["first"] <= 2020 <= row["last"]
    assert row["low"] < 6.0 < row["high"]
    assert row["low"] < row["coefficient"] < row["high"]
    assert row["confidence"] > 0.8
    assert fit.expected_false == pytest.approx(1 - row["confidence"])
    assert fit.searched["step"] == 8 * (36 + 1 - 4)


def test_a_pulse_is_two_steps_and_an_odd_period_an_impulse() -> None:
    frame = panel(1)
    frame.loc[(frame.unit == "u2"), "y"] -= 6 * (frame.time >= 2026)[frame.unit == "u2"]
    frame.loc[(frame.unit == "u5") & (frame.time == 2010), "y"] += 30
    rows = found(frame, season="season", impulses=True)
    assert ["u2", 2020, "step"] in rows and ["u2", 2026, "step"] in rows
    assert ["u5", 2010, "impulse"] in rows
    assert ["u5", 2010, "impulse"] not in found(frame, season="season")


def test_coefficients_of_controls_are_told() -> None:
    frame = panel(2)
    frame["x"] = np.random.default_rng(5).normal(size=len(frame))
    fit = saturate(frame.assign(y=frame.y + 3 * frame.x), outcome="y", controls=["x"],
                   season="season", robust=True)  # fmt: skip
    (control,) = fit.coefficients.to_dict("records")
    assert abs(control["coefficient"] - 3) < 4 * control["standard_error"] < 1


def test_noise_with_memory_makes_no_steps_where_the_published_search_finds_many() -> None:
    rng = np.random.default_rng(3)
    rows = []
    for u in range(10):
        e = 0.0
        for t in range(40):
            e = 0.6 * e + rng.normal()
            rows.append((u, t, e))
    frame = pd.DataFrame(rows, columns=["unit", "time", "y"])
    assert len(saturate(frame, outcome="y").breaks) >= 5
    assert found(frame) == []


@settings(max_examples=4)
@given(st.floats(1e-6, 1e6), st.floats(-100, 100))
def test_unit_and_level_do_not_matter(scale: float, shift: float) -> None:
    frame = panel(4, units=4, periods=24)
    moved = frame.assign(y=frame.y * scale + shift * scale)
    assert found(moved) == found(frame)


def test_time_reversed_is_the_mirror_image() -> None:
    frame = panel(0)
    there = found(frame, season="season")
    back = found(frame.assign(time=-frame.time).sort_values("time"), season="season")
    assert there == [["u2", 2020, "step"]]
    assert back == [["u2", -2019, "step"]]


def test_the_same_input_gives_the_same_table() -> None:
    one, two = (saturate(panel(6), outcome="y", robust=True).breaks for _ in range(2))
    pd.testing.assert_frame_equal(one, two)


HARMLESS = {
    "a constant unit": lambda f: f.assign(y=f.y.where(f.unit != "u1", 7.0)),
    "all constant": lambda f: f.assign(y=7.0),
    "a unit seen once": lambda f: f[(f.unit != "u1") | (f.time == 2004)],
    "unbalanced": lambda f: f[(f.unit != "u1") | (f.time > 2012)].drop(index=[3, 4, 110]),
    "collinear controls": lambda f: f.assign(x=1.0, z=f.time, w=2.0 * f.time),
    "a season longer than the series": lambda f: f.assign(season=f.time),
    "tiny": lambda f: f.assign(y=f.y * 1e-90),
    "huge": lambda f: f.assign(y=f.y * 1e90),
}


@pytest.mark.parametrize("name", HARMLESS)
@pytest.mark.parametrize("robust", [False, True])
def test_odd_panels_are_searched(name: str, robust: bool) -> None:
    frame = HARMLESS[name](panel(7, units=5, periods=24))
    controls = [c for c in "xzw" if c in frame]
    seasons = "season" if robust or name != "a season longer than the series" else None
    fit = saturate(frame, outcome="y", controls=controls, season=seasons, robust=robust)
    assert np.isfinite(fit.breaks.coefficient).all()
    assert np.isfinite(fit.expected_false)
    if name == "all constant":
        assert not len(fit.breaks)


REFUSED = {
    "one period": (lambda f: f[f.time == 2003], "Only 5 units, 1 periods"),
    "one unit": (lambda f: f[f.unit == "u1"], "Only 1 units"),
    "infinite": (lambda f: f.assign(y=f.y.where(f.index != 3, np.inf)), "not numbers"),
    "missing": (lambda f: f.assign(y=f.y.where(f.index != 3)), "missing"),
    "1e300": (lambda f: f.assign(y=f.y * 1e299), "another unit"),
    "1e-300": (lambda f: f.assign(y=f.y * 1e-299), "another unit"),
    "duplicated": (lambda f: pd.concat([f, f[:3]]), "Several rows"),
    "two seasons": (lambda f: f.assign(season=range(len(f))), "two seasons"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("robust", [False, True])
def test_impossible_panels_are_refused(name: str, robust: bool) -> None:
    spoil, says = REFUSED[name]
    with pytest.raises(InputError, match=says):
        saturate(spoil(panel(8, units=5, periods=24)), outcome="y", season="season", robust=robust)


def test_too_short_for_the_robust_search() -> None:
    with pytest.raises(InputError, match="robust search needs"):
        saturate(panel(9, units=5, periods=6), outcome="y", robust=True)


@pytest.mark.parametrize("jump", [15.0, 100.0])
def test_a_leap_of_one_is_not_mirrored_in_few_others(jump: float) -> None:
    rng = np.random.default_rng(1)
    table = rng.normal(size=(6, 24)) + rng.normal(size=24).cumsum()
    table[2, 12:] += jump
    units, years = np.meshgrid([f"u{i}" for i in range(6)], range(2000, 2024), indexing="ij")
    frame = pd.DataFrame({"unit": units.ravel(), "time": years.ravel(), "y": table.ravel()})
    fit = saturate(frame, outcome="y", robust=True)
    (row,) = fit.breaks.to_dict("records")
    assert (row["unit"], row["time"]) == ("u2", 2012)
    assert row["coefficient"] == pytest.approx(jump, abs=3)
