import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhe.series.basket import choose

YEARS = np.repeat(np.arange(2015, 2025), 11)
N = len(YEARS)
NAN = float("nan")


def of(**products: np.ndarray) -> dict[str, str]:
    """What happens to each product of one unit."""
    choice = choose(np.array([[values] for values in products.values()]), YEARS)
    names = {(True, False): "enters", (False, True): "left_out", (False, False): "absent"}
    return {
        name: names[bool(choice.enters[i, 0]), bool(choice.left_out[i, 0])]
        for i, name in enumerate(products)
    }


def steady(level: float = 10.0) -> np.ndarray:
    return np.full(N, level)


def gap(values: np.ndarray, start: int, length: int) -> np.ndarray:
    values = values.copy()
    values[start : start + length] = NAN
    return values


def test_steady_products_enter() -> None:
    assert of(a=steady(), b=steady(0.01)) == {"a": "enters", "b": "enters"}


@pytest.mark.parametrize("start", [0, 40, 99])
def test_ending_and_starting_products_stay_out(start: int) -> None:
    assert of(a=steady(), b=gap(steady(), start, 11))["b"] == "left_out"


def test_short_gap_of_a_material_product_enters() -> None:
    assert of(a=steady(), b=gap(steady(), 50, 3))["b"] == "enters"


def test_small_product_with_a_gap_stays_out() -> None:
    assert of(a=steady(), b=gap(steady(0.1), 50, 1))["b"] == "left_out"


def test_product_never_published_is_absent() -> None:
    assert of(a=steady(), b=steady(NAN)) == {"a": "enters", "b": "absent"}


def test_entry_by_a_trickle_stays_out() -> None:
    trickle = steady(5.0)
    trickle[:44] = 0.001
    assert of(a=steady(), b=trickle)["b"] == "left_out"


def test_winter_stop_enters() -> None:
    winter = steady()
    winter[10::11] = 0.05
    winter[0::11] = 0.2
    assert of(a=steady(), b=winter)["b"] == "enters"


@given(
    starts=st.lists(st.integers(0, N - 1), min_size=1, max_size=4),
    lengths=st.lists(st.integers(1, N), min_size=4, max_size=4),
    levels=st.lists(st.floats(0.01, 100), min_size=4, max_size=4),
)
def test_no_entry_or_exit_makes_a_step(
    starts: list[int], lengths: list[int], levels: list[float]
) -> None:
    """All products run at a constant level, with holes anywhere: the total is constant or None."""
    grid = np.array(
        [[gap(steady(level), s, n)] for s, n, level in zip(starts, lengths, levels, strict=False)]
    )
    choice = choose(grid, YEARS)
    total = grid[choice.enters[:, 0], 0].sum(axis=0)
    known = total[np.isfinite(total)]
    assert np.ptp(known) <= 1e-9 * max(1.0, known.max()) if known.size else True
