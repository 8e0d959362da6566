"""What the nation is told to have had: the table is bench/national.py."""

import numpy as np
import pytest
from turning.panels import made_up_panel

from tanzhe import episodes, load
from tanzhe.turning.calendar import Calendar
from tanzhe.turning.episodes.engine import judge, sum_judged
from tanzhe.turning.episodes.prepare import is_searchable
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


@pytest.mark.parametrize("size", [4.0, 0.0])
def test_the_sum_is_told_what_all_had_and_nothing_else(size: float) -> None:
    """A slide over half a year in provinces whose sum is mostly that of one loud province."""
    panel = made_up_panel(9011, rho=0.3, size=0.0)
    count, periods = panel.logs.shape
    slide = np.clip((np.arange(periods) - 35) / 6, 0, 1)
    logs = panel.logs - size * np.median(panel.sigma) * slide
    logs[0] += 4.0
    calendar = Calendar(tuple(t % 11 for t in range(periods)), (0.0,) * periods, 11)
    whole = judge([f"R{i:02d}" for i in range(count)], logs, calendar)
    alone = judge(["sum"], np.log(np.exp(logs).sum(axis=0))[None], calendar)
    told = sum_judged(whole, alone).told(0)
    lasting = [one for one in told if not one.is_month]
    assert [one.run.sign for one in lasting] == ([-1] if size else [])
    assert all(one.run.first <= 37 <= one.run.last + 2 for one in lasting)


@pytest.mark.parametrize("product", ["industry", "crude_steel", "cement"])
def test_the_nation_tells_what_its_provinces_tell(product: str) -> None:
    nation = load("CN", product)
    own = {(one.begin, one.depth_percent > 0) for one in episodes(nation).episodes}
    every = [episodes(load(peer.region, product)).episodes for peer in nation.peers[::3]
             if is_searchable(peer)]  # fmt: skip
    shared = [(one.begin, one.depth_percent > 0) for told in every for one in told
              if one.scope == "national"]  # fmt: skip
    common = {one for one in shared if shared.count(one) > len(every) / 2}
    assert common and common <= own
    assert all(one.scope == "province" and one.rank is None for one in episodes(nation).episodes)
