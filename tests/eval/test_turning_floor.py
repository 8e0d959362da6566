"""Quality floors of the default: a drop fails. The full measurement is bench/calibration.py."""

import numpy as np
import pytest
from turning.panels import Panel, made_up_panel

from tanzhe.turning.dating import Dated, date_points
from tanzhe.turning.edges import edges
from tanzhe.turning.lessons import lessons
from tanzhe.turning.pooling import built_in, explore
from tanzhe.turning.prepare import prepared
from tanzhe.turning.settings import DEFAULT


def analysed(seed: int, **shape: float) -> tuple[list[list[Dated]], Panel]:
    panel = made_up_panel(seed, **shape)  # type: ignore[arg-type]
    first = panel.series(0)
    values = [prepared(first), *(prepared(p) for p in first.peers)]
    n = len(first)
    learnt = lessons(values, DEFAULT)
    prior, chosen = learnt.prior, learnt.settings
    found = [
        date_points(edges(explore(v, built_in(n, chosen), chosen), prior), n, chosen, 0)
        for v in values
    ]
    return [[p for p in points if p.kind != "odd"] for points in found], panel


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_few_false_points_on_a_null_panel(rho: float) -> None:
    found, _ = analysed(100, rho=rho, size=0.0)
    assert sum(bool(points) for points in found) <= 2  # of 31; measured rate 0-2 %


@pytest.mark.parametrize(("rho", "floor"), [(0.0, 0.95), (0.3, 0.9), (0.6, 0.75)])
def test_steps_of_four_innovations_are_found(rho: float, floor: float) -> None:
    found, panel = analysed(200, rho=rho, size=4.0)
    at, sign = panel.at, panel.sign
    truth = list(zip(found, at, sign, panel.sigma, strict=True))
    right = [
        [p for p in points if p.sign == s and abs(p.period - t) <= 1] for points, t, s, _ in truth
    ]
    assert np.mean([bool(points) for points in right]) >= floor
    covered = [
        p.low <= s * 4 * sigma <= p.high
        for points, (_, _, s, sigma) in zip(right, truth, strict=True)
        for p in points
    ]
    assert np.mean(covered) >= 0.75  # nominal .9 of about 30
