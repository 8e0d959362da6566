"""The published figures of Proposition 99, and cases calculated by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from tanzhe.effects.estimators import (
    difference_in_differences,
    synthetic_control,
    synthetic_difference_in_differences,
)
from tanzhe.effects.weights import Floats, simplex_weights
from tanzhe.errors import InputError

SHARED = Path(__file__).parents[3] / "shared/data/synthetic_control"


def shared(name: str) -> pd.DataFrame:
    """A published table; it may not be packaged, so the test is skipped without the folder."""
    path = next(
        (p for p in (SHARED / name, Path("../shared/data/synthetic_control") / name) if p.exists()),
        None,
    )
    if path is None:
        pytest.skip(f"{name} is published research data that is not packaged: no ../shared here")
    return pd.read_csv(path, sep=None, engine="python")


def wide(frame: pd.DataFrame, unit: str, time: str, outcome: str) -> pd.DataFrame:
    return frame.pivot(index=unit, columns=time, values=outcome)


def split(table: pd.DataFrame, treated: str, first: int) -> tuple[Floats, Floats, int]:
    own = table.loc[treated].to_numpy(float)
    donors = table.drop(index=treated).to_numpy(float)
    return own, donors, list(table.columns).index(first)


def test_proposition_99() -> None:
    """Arkhangelsky et al. 2021, table 1: -27.3, -19.6 (exact optimum -19.5), -15.6 packs."""
    california = split(
        wide(shared("prop99.csv"), "State", "Year", "PacksPerCapita"), "California", 1989
    )
    assert difference_in_differences(*california).effect == pytest.approx(-27.3, abs=0.05)
    assert synthetic_control(*california).effect == pytest.approx(-19.51, abs=0.05)
    found = synthetic_difference_in_differences(*california)
    assert found.effect == pytest.approx(-15.6, abs=0.05)
    assert found.time_weights is not None
    assert found.weights.sum() == pytest.approx(1) == found.time_weights.sum()
    # The published weights put all of time on 1986 to 1988.
    assert found.time_weights[-3:].sum() > 0.99


def by_hand(target: Floats, donors: Floats) -> Floats:
    """A second implementation: sequential quadratic programming on the simplex."""
    count = donors.shape[1]
    found = minimize(
        lambda w: float(((target - donors @ w) ** 2).sum()),
        np.full(count, 1 / count),
        jac=lambda w: -2 * donors.T @ (target - donors @ w),
        bounds=[(0, 1)] * count,
        constraints=[{"type": "eq", "fun": lambda w: w.sum() - 1}],
        method="SLSQP",
        options={"maxiter": 1000, "ftol": 1e-14},
    )
    return np.asarray(found.x)


@pytest.mark.parametrize(
    ("name", "unit", "time", "outcome", "treated", "first"),
    [
        ("basque.csv", "regionname", "year", "gdpcap", "Basque Country (Pais Vasco)", 1970),
        ("germany.csv", "country", "year", "gdp", "West Germany", 1990),
    ],
)
def test_outcome_only_weights_agree_with_a_second_implementation(
    name: str, unit: str, time: str, outcome: str, treated: str, first: int
) -> None:
    table = wide(shared(name), unit, time, outcome)
    own, donors, at = split(table, treated, first)
    scale = own[:at].mean()
    mine = simplex_weights(own[:at], donors[:, :at].T)
    other = by_hand(own[:at] / scale, donors[:, :at].T / scale)
    loss = [float(((own[:at] - w @ donors[:, :at]) ** 2).sum()) for w in (mine, other)]
    assert loss[0] <= loss[1] * (1 + 1e-6)
    assert synthetic_control(own, donors, at).effect == pytest.approx(
        float((own[at:] - other @ donors[:, at:]).mean()), rel=0.02
    )


def test_difference_in_differences_by_hand() -> None:
    """(6 - 2) less the mean of (5 - 1) and (2 - 2) is 2."""
    found = difference_in_differences(
        np.array([2.0, 2.0, 6.0]), np.array([[1.0, 1.0, 5.0], [2.0, 2.0, 2.0]]), 2
    )
    assert found.effect == 2.0
    assert found.path.tolist() == [0.0, 0.0, 2.0]


def test_a_mix_of_donors_is_found_and_the_effect_is_exact() -> None:
    rng = np.random.default_rng(3)
    donors = rng.normal(size=(6, 40)).cumsum(axis=1)
    truth = np.array([0.5, 0.3, 0.2, 0, 0, 0])
    own = truth @ donors
    own[30:] -= 7.0
    found = synthetic_control(own, donors, 30)
    assert found.weights == pytest.approx(truth, abs=1e-6)
    assert found.effect == pytest.approx(-7.0, abs=1e-5)
    # With a constant in it, a level of its own does no harm.
    shifted = synthetic_difference_in_differences(own + 100, donors, 30)
    assert shifted.effect == pytest.approx(-7.0, abs=1.0)


def test_weights_against_a_second_implementation() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        target, donors = rng.normal(size=12), rng.normal(size=(12, 5))
        assert simplex_weights(target, donors) == pytest.approx(by_hand(target, donors), abs=1e-4)


def test_the_unit_of_the_outcome_does_not_matter() -> None:
    rng = np.random.default_rng(8)
    own, donors = rng.normal(size=30).cumsum(), rng.normal(size=(7, 30)).cumsum(axis=1)
    for estimate in (
        difference_in_differences,
        synthetic_control,
        synthetic_difference_in_differences,
    ):
        one, other = estimate(own, donors, 20), estimate(own * 1e4, donors * 1e4, 20)
        assert other.effect == pytest.approx(one.effect * 1e4, rel=1e-4)


def test_what_cannot_be_estimated_is_refused() -> None:
    with pytest.raises(InputError):
        synthetic_control(np.array([1.0, np.nan, 2.0]), np.ones((2, 3)), 1)
    with pytest.raises(InputError):
        difference_in_differences(np.ones(3), np.ones((2, 3)), 0)
    with pytest.raises(InputError):
        synthetic_difference_in_differences(np.ones(3), np.ones((2, 4)), 2)
