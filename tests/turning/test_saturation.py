"""The panel search against the published results, and against a slow second implementation."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from tanzhe.errors import InputError
from tanzhe.turning import saturate
from tanzhe.turning.panels.halfwidth import error_probabilities, half_width
from tanzhe.turning.panels.treesearch import independent, search_block

PANELS = Path(__file__).parents[3] / "shared/data/panels"
needs_panels = pytest.mark.skipif(
    not PANELS.exists(), reason="published panels not in ../shared: validation data, not packaged"
)
EXACT = {"rtol": 0, "atol": 1e-9}


@needs_panels
@pytest.mark.parametrize("alpha", ["0.001", "0.01", "0.05"])
@pytest.mark.parametrize("impulses", [False, True])
def test_koch_2022(alpha: str, impulses: bool) -> None:
    frame = pd.read_csv(PANELS / "koch2022/koch_estimateddata.csv")
    fit = saturate(
        frame, outcome="y", controls=["lgdp", "lgdp_sq", "lpop"], unit="id", time="time",
        impulses=impulses, alpha=float(alpha), max_block=30,
    )  # fmt: skip
    stem = f"koch2022/koch_EU15_p{alpha}_iis{str(impulses).upper()}"
    published = pd.read_csv(PANELS / f"{stem}_breaks.csv")
    every = pd.read_csv(PANELS / f"{stem}_coefs.csv")
    steps = fit.breaks[fit.breaks.kind == "step"]
    both = steps.merge(published, left_on=["unit", "time"], right_on=["id", "time"])
    assert len(both) == len(steps) == len(published)
    np.testing.assert_allclose(both.coefficient, both.coef, **EXACT)
    np.testing.assert_allclose(both.standard_error, both.sd, **EXACT)
    assert both.half_width.tolist() == both.tci.tolist()
    found = fit.breaks[fit.breaks.kind == "impulse"]
    assert len(found) == every.name.str.startswith("iis").sum()
    own = every[every.name.isin(["lgdp", "lgdp_sq", "lpop"])]
    ours = fit.coefficients.set_index("name").loc[own.name]
    np.testing.assert_allclose(ours.coefficient, own.coef, **EXACT)
    np.testing.assert_allclose(ours.standard_error, own["std.error"], **EXACT)


@needs_panels
@pytest.mark.parametrize("sector", ["buildings", "electricity_heat", "industry", "transport"])
def test_stechemesser_2024_developing(sector: str) -> None:
    frame = pd.read_csv(PANELS / "stechemesser2024/developing_panel.csv")
    fit = saturate(
        frame, outcome=f"log_{sector}_co2", controls=["lgdp", "lpop", "lgdp_sq", "hdd", "cdd"],
        unit="country", time="year", unit_trends=True, alpha=0.01, max_block=20,
    )  # fmt: skip
    published = pd.read_csv(PANELS / f"stechemesser2024/stech_AC6_{sector}_fesis.csv")
    names = fit.breaks.unit.str.replace(" ", "") + "." + fit.breaks.time.astype(str)
    ours = fit.breaks.set_index("fesis" + names).loc[published.name]
    assert len(fit.breaks) == len(published)
    np.testing.assert_allclose(ours.coefficient, published.coef, **EXACT)
    np.testing.assert_allclose(ours.standard_error, published["std.error"], **EXACT)


@needs_panels
def test_the_null_panel_keeps_what_the_published_tool_keeps() -> None:
    frame = pd.read_csv(PANELS / "scale31x24.csv")
    fit = saturate(
        frame, outcome="y", controls=["x1", "x2", "x3"], unit="id", time="year", max_block=30
    )
    kept = set(zip(fit.breaks.unit, fit.breaks.time, strict=True))
    assert kept == {("p01", 15), ("p03", 3), ("p07", 12), ("p29", 20)}
    assert fit.expected_false == pytest.approx(31 * 23 * 0.01)


def made_up(seed: int, units: int = 6, periods: int = 16) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = [
        (f"u{u}", 2000 + t, rng.normal() + 6 * (u == 2 and t >= 7), rng.normal())
        for u in range(units) for t in range(periods)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["unit", "time", "y", "x"])


def slow_search(
    columns: np.ndarray, outcome: np.ndarray, kept: np.ndarray, alpha: float
) -> list[int]:
    """The tree search by plain regressions: no downdating, no Gram matrix."""
    rows, base = len(outcome), np.linalg.matrix_rank(kept)

    def fitted(members: list[int]) -> tuple[np.ndarray, float, np.ndarray]:
        design = np.hstack([kept, columns[:, members]])
        coefficients, _, _, _ = np.linalg.lstsq(design, outcome, rcond=None)
        rest = outcome - design @ coefficients
        rss, degrees = float(rest @ rest), rows - base - len(members)
        errors = np.sqrt(rss / degrees * np.diag(np.linalg.pinv(design.T @ design)))
        t = (coefficients / errors)[kept.shape[1] :]
        parameters = base + len(members)
        criterion = (
            np.log(2 * np.pi * rss / degrees) + degrees / rows + parameters * np.log(rows) / rows
        )
        return 2 * student.sf(np.abs(t), degrees), criterion, t

    def paths(members: list[int]) -> Iterator[list[int]]:
        yield members
        p, _, _ = fitted(members)
        for start in np.flatnonzero(p > alpha):
            left = [m for i, m in enumerate(members) if i != start]
            while left:
                p_left, _, _ = fitted(left)
                if p_left.max() <= alpha:
                    break
                left = [m for i, m in enumerate(left) if i != int(p_left.argmax())]
            yield left

    ends = list(paths(list(range(columns.shape[1]))))
    return min(ends, key=lambda end: fitted(end)[1])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("alpha", [0.05, 0.2])
def test_downdating_agrees_with_plain_regressions(seed: int, alpha: float) -> None:
    rng = np.random.default_rng(seed)
    kept = np.column_stack([np.ones(40), rng.normal(size=40)])
    columns = (np.arange(40)[:, None] >= rng.choice(np.arange(2, 39), 9, replace=False)).astype(
        float
    )
    outcome = rng.normal(size=40) + 2.0 * columns[:, 3]
    basis, _ = np.linalg.qr(kept)
    reduced = columns - basis @ (basis.T @ columns)
    rest = outcome - basis @ (basis.T @ outcome)
    ours = search_block(
        reduced.T @ reduced, reduced.T @ rest, columns.sum(axis=0), float(rest @ rest), 40, 2, alpha
    )
    assert ours.tolist() == slow_search(columns, outcome, kept, alpha)


def test_later_collinear_columns_go_first() -> None:
    columns = np.random.default_rng(0).normal(size=(20, 4))
    columns[:, 2] = columns[:, 0] - columns[:, 1]
    norms = (columns**2).sum(axis=0)
    assert independent(columns.T @ columns, norms).tolist() == [0, 1, 3]


def test_units_and_row_order_do_not_matter_to_what_is_found() -> None:
    frame = made_up(1)
    fit = saturate(frame, outcome="y", controls=["x"], alpha=0.001)
    assert fit.breaks[["unit", "time"]].values.tolist() == [["u2", 2007]]
    shuffled = frame.sample(frac=1, random_state=2).sort_values("unit", kind="stable")
    again = saturate(shuffled, outcome="y", controls=["x"], alpha=0.001)
    pd.testing.assert_frame_equal(fit.breaks, again.breaks)


@settings(max_examples=20)
@given(st.integers(0, 50), st.floats(1e-3, 1e3), st.floats(-100, 100))
def test_unit_and_level_of_the_outcome_do_not_matter(seed: int, scale: float, shift: float) -> None:
    frame = made_up(seed)
    fit = saturate(frame, outcome="y", controls=["x"])
    moved = saturate(frame.assign(y=frame.y * scale + shift), outcome="y", controls=["x"])
    assert moved.breaks[["unit", "time"]].equals(fit.breaks[["unit", "time"]])
    np.testing.assert_allclose(moved.breaks.coefficient, fit.breaks.coefficient * scale, rtol=1e-6)


@pytest.mark.parametrize("effects", ["twoways", "unit", "time", "none"])
def test_every_kind_of_effects_finds_the_planted_step(effects: str) -> None:
    fit = saturate(made_up(3), outcome="y", effects=effects, alpha=0.001)  # type: ignore[arg-type]
    assert ["u2", 2007] in fit.breaks[["unit", "time"]].values.tolist()


def test_missing_rows_are_allowed() -> None:
    frame = made_up(4).drop(index=[3, 40, 41])
    fit = saturate(frame, outcome="y", alpha=0.001)
    assert ["u2", 2007] in fit.breaks[["unit", "time"]].values.tolist()


def test_clustered_errors_are_reported_beside_the_classical() -> None:
    fit = saturate(made_up(5), outcome="y", alpha=0.001)
    assert (fit.breaks.robust_error > 0).all()
    assert set(fit.coefficients.columns) == {
        "name", "coefficient", "standard_error", "robust_error",
    }  # fmt: skip


BAD = [
    (lambda f: f.drop(columns="y"), "No such column"),
    (lambda f: f.assign(y=f.y.where(f.index != 3)), "missing"),
    (lambda f: f.assign(y="a"), "not numbers"),
    (lambda f: pd.concat([f, f.iloc[:1]], ignore_index=True), "Several rows"),
    (lambda f: f[f.unit == "u0"], "Only 1 units"),
    (lambda f: f.iloc[:0], "no rows"),
]


@pytest.mark.parametrize(("spoil", "says"), BAD)
def test_bad_frames_are_refused(spoil: object, says: str) -> None:
    with pytest.raises(InputError, match=says):
        saturate(spoil(made_up(0)), outcome="y")  # type: ignore[operator]


def test_no_room_left_is_refused() -> None:
    frame = made_up(0, units=2, periods=3)
    with pytest.raises(InputError, match="no room"):
        saturate(frame, outcome="y", unit_trends=True, controls=["x"])


@pytest.mark.parametrize("delta", [0.8, 1.5, 2.5])
def test_date_errors_agree_with_simulation(delta: float) -> None:
    rng = np.random.default_rng(7)
    sides = [np.cumsum(rng.normal(-delta / 2, 1, (200_000, 15)), axis=1) for _ in range(2)]
    walk = np.hstack([sides[0][:, ::-1], np.zeros((200_000, 1)), sides[1]])
    error = np.abs(walk.argmax(axis=1) - 15)
    simulated = np.bincount(error, minlength=16) / len(error)
    exact = error_probabilities(delta, 15)
    np.testing.assert_allclose(np.append(exact[0], 2 * exact[1:]), simulated, atol=0.005)


def test_half_widths_of_the_published_tool_and_without_its_cut() -> None:
    assert [half_width(d, 0.99, reach=15) for d in (1, 2, 3, 4, 5)] == [14, 5, 2, 1, 1]
    assert half_width(1, 0.99) == 20
    widths = [half_width(d / 10, 0.95) for d in range(5, 60)]
    assert widths == sorted(widths, reverse=True)
