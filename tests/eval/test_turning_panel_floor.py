"""Floors where all provinces move together; the full tables are bench/robust.py, calibration.py."""

import numpy as np
import pandas as pd
import pytest
from turning.panels import Panel, made_up_panel

from tanzhe.turning import saturate
from tanzhe.turning.dating import Dated, date_points
from tanzhe.turning.edges import edges
from tanzhe.turning.joint import joined, learnt_from
from tanzhe.turning.pooling import built_in, explore
from tanzhe.turning.prepare import prepared
from tanzhe.turning.settings import DEFAULT


def made(seed: int, size: float, rho: float) -> Panel:
    return made_up_panel(seed, rho=rho, size=size, n=14, years=6, shared=0.5)


def durable(panel: Panel) -> list[list[Dated]]:
    """What `turning_points` reports of each province, before scopes."""
    first = panel.series(0)
    values = {s.region: prepared(s) for s in (first, *first.peers)}
    lessons = learnt_from(values, DEFAULT)
    prior, chosen, n = lessons.alone.prior, lessons.alone.settings, len(first)
    out = []
    for region, value in values.items():
        found = explore(value, built_in(n, chosen), chosen)
        both = joined(region, found, edges(found, prior), lessons)
        out.append([p for p in date_points(both, n, chosen, top=0) if p.kind != "odd"])
    return out


def hits(found: list[list[Dated]], panel: Panel) -> float:
    return float(
        np.mean(
            [
                any(p.sign == sign and abs(p.period - at) <= 1 for p in points)
                for points, at, sign in zip(found, panel.at, panel.sign, strict=True)
            ]
        )
    )


@pytest.mark.parametrize(("rho", "floor"), [(0.3, 0.85), (0.6, 0.6)])
def test_steps_stand_out_of_what_all_provinces_do(rho: float, floor: float) -> None:
    panel = made(300, 4.0, rho)
    assert hits(durable(panel), panel) >= floor  # 31 provinces, 7 years: .98 and .89


def test_what_all_provinces_do_makes_no_points() -> None:
    assert sum(bool(points) for points in durable(made(301, 0.0, 0.6))) <= 1  # of 14


def framed(panel: Panel) -> pd.DataFrame:
    units, periods = panel.logs.shape
    rows = [(i, t, t % 11, panel.logs[i, t]) for i in range(units) for t in range(periods)]
    return pd.DataFrame(rows, columns=["unit", "time", "season", "y"])


def test_robust_saturation_keeps_few_false_steps_and_finds_the_true_ones() -> None:
    null = saturate(framed(made(302, 0.0, 0.6)), outcome="y", season="season", robust=True)
    assert null.breaks.unit.nunique() <= 1  # the plain search: more than every second unit
    panel = made(303, 4.0, 0.3)
    fit = saturate(framed(panel), outcome="y", season="season", robust=True, level=0.9)
    right = [
        ((fit.breaks.unit == i) & ((fit.breaks.time - at).abs() <= 1)).any()
        for i, at in enumerate(panel.at)
    ]
    assert np.mean(right) >= 0.8
    assert abs(fit.expected_false - (1 - fit.breaks.confidence).sum()) < 1e-9
