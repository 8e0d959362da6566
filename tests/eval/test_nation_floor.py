"""What the nation is told to have had: the table is bench/national.py."""

import numpy as np
import pytest
from turning.panels import made_up_panel

from tanzhe.turning.calendar import Calendar
from tanzhe.turning.episodes.engine import judge
from tanzhe.turning.episodes.told import Told


def told_of(logs: np.ndarray) -> list[list[Told]]:
    count, periods = logs.shape
    calendar = Calendar(tuple(t % 11 for t in range(periods)), (0.0,) * periods, 11)
    judged = judge([f"R{i:02d}" for i in range(count)], logs, calendar)
    return [judged.told(i) for i in range(count)]


def test_steps_of_some_provinces_are_no_fall_of_the_nation() -> None:
    """Their sum is a fall of the mean at .93: once told of 18 provinces, 12 of which had none."""
    panel = made_up_panel(9002, rho=0.0, size=4.0)
    told = told_of(panel.logs)
    assert not any(one.shared for every in told for one in every)
    found = [
        any(one.run.sign == sign and abs(one.run.period - at) <= 1 for one in every)
        for every, at, sign in zip(told, panel.at, panel.sign, strict=True)
    ]
    assert np.mean(found) >= 0.8


@pytest.mark.parametrize("low", [0.5, 0.0])
def test_what_all_had_is_told_of_all_however_unlike(low: float) -> None:
    """Loadings from a half to one and a half, or from none to two."""
    panel = made_up_panel(9010, rho=0.3, size=0.0)
    periods = panel.logs.shape[1]
    course = (
        -4.0 * np.median(panel.sigma) * ((np.arange(periods) >= 40) & (np.arange(periods) < 46))
    )
    loading = np.random.default_rng(1).uniform(low, 2 - low, len(panel.logs))
    told = told_of(panel.logs + loading[:, None] * course)
    has = [any(one.shared and abs(one.run.period - 40) <= 1 for one in every) for every in told]
    assert np.mean([there for there, part in zip(has, loading, strict=True) if part > 0.7]) >= 0.9
