"""Quality floors of the default: a drop fails. The full measurement is bench/episodes.py."""

import numpy as np
import pytest
from turning.panels import Panel, made_up_panel

from tanzhe.turning.episodes.engine import judge
from tanzhe.turning.episodes.prepare import calendar_of
from tanzhe.turning.episodes.told import Told


def analysed(seed: int, **shape: float) -> tuple[list[list[Told]], Panel]:
    panel = made_up_panel(seed, **shape)  # type: ignore[arg-type]
    names = [f"R{i:02d}" for i in range(len(panel.logs))]
    judged = judge(names, panel.logs, calendar_of(panel.series(0)))
    return [judged.told(i) for i in range(len(names))], panel


@pytest.mark.parametrize(("rho", "shared"), [(0.0, 0.0), (0.3, 0.5), (0.6, 0.0)])
def test_few_false_points_on_a_null_panel(rho: float, shared: float) -> None:
    found, _ = analysed(100, rho=rho, size=0.0, shared=shared)
    lasting = [any(not one.is_month for one in told) for told in found]
    assert sum(lasting) <= 2  # of 31; measured rate 0-5 %
    assert sum(bool(told) for told in found) <= 5


@pytest.mark.parametrize(
    ("rho", "shared", "floor"), [(0.0, 0.0, 0.75), (0.3, 0.5, 0.5), (0.6, 0.0, 0.5)]
)
def test_steps_of_four_innovations_are_found(rho: float, shared: float, floor: float) -> None:
    found, panel = analysed(200, rho=rho, size=4.0, shared=shared)
    truth = zip(found, panel.at, panel.sign, panel.sigma, strict=True)
    hits, covered = [], []
    for told, at, sign, sigma in truth:
        right = [t for t in told if t.run.sign == sign and abs(t.run.period - at) <= 1]
        hits.append(bool(right))
        covered += [t.life.depth[0] <= sign * 4 * sigma <= t.life.depth[2] for t in right]
    assert np.mean(hits) >= floor  # this panel: .58 where all wander together, .61 at AR .6
    assert np.mean(covered) >= 0.7  # nominal .9 of about 30
