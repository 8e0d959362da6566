"""Stated probabilities that a record stands, against what happened to provincial products."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]


def bench():  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location("bench_peaks", ROOT / "bench" / "peaks.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def judged():  # type: ignore[no-untyped-def]
    """The bench, and what it says of every eleventh period of two products."""
    module = bench()
    return module, module.product_cases(["cement", "thermal_power_generation"], every=11)


@pytest.mark.parametrize(("months", "floor"), [(12, 0.13), (24, 0.14)])
def test_two_products_are_judged_better_than_by_a_random_walk(
    judged,
    months: int,
    floor: float,  # type: ignore[no-untyped-def]
) -> None:
    """Brier score; .12 and .13 on eight products and every third period (docs/peaks/peaks.md)."""
    module, cases = judged
    year = months // 12
    held = cases[cases[f"stood{year}"].notna()]
    happened = held[f"stood{year}"].to_numpy()
    own = module.brier(held[f"own{year}"].to_numpy(), happened)
    walk = module.brier(held[f"walk{year}"].to_numpy(), happened)
    assert own <= floor
    assert own < walk
    assert len(held) > 200 and 0.2 < np.mean(happened) < 0.95
