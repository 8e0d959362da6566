"""Floors of the robust panel search where all units move together; the tables: bench/robust.py."""

import numpy as np
import pandas as pd
from turning.panels import Panel, made_up_panel

from tanzhe.turning import saturate


def made(seed: int, size: float, rho: float) -> Panel:
    return made_up_panel(seed, rho=rho, size=size, n=14, years=6, shared=0.5)


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
