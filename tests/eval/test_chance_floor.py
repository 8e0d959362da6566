"""P-values at random dates keep their level, and planted causes are found: a drop fails.

The full measurement is bench/chance.py.
"""

import random

import pytest
from evidence.trials import (
    DENSE,
    Fixed,
    catalogue,
    draw,
    least_p,
    planted,
    planted_outcome,
)

LEVELS = (0.05, 0.10, 0.20)
DRAWS = 300
PLANTS = 60


@pytest.mark.parametrize("years", [(), DENSE], ids=["2018-24", "2021-22"])
@pytest.mark.parametrize("how", ["real", "uniform", "by year", "bursts"])
def test_random_dates_keep_their_level(how: str, years: tuple[int, ...]) -> None:
    rng = random.Random(f"floor {how} {years}")
    finders = [Fixed(catalogue(how, rng)) for _ in range(1 if how == "real" else 5)]
    drawn = [draw(rng, years) for _ in range(DRAWS)]
    # One finder after another: what is built of its catalogue serves all of its draws.
    least = [
        least_p(one, finder)
        for first, finder in enumerate(finders)
        for one in drawn[first :: len(finders)]
    ]
    for level in LEVELS:
        share = sum(p <= level for p in least) / DRAWS
        assert share <= level + 3 * (level * (1 - level) / DRAWS) ** 0.5, (level, share)


# In 2021 and 2022 the catalogue is dense: the best of many is rare less surely there.
@pytest.mark.parametrize(
    ("years", "width", "level", "floor"),
    [((), 0, 0.05, 0.9), ((), 1, 0.10, 0.8), ((), 2, 0.20, 0.85), (DENSE, 0, 0.05, 0.75)],
)
def test_planted_causes_are_first_and_rare(
    years: tuple[int, ...], width: int, level: float, floor: float
) -> None:
    rng = random.Random(f"planted {years} {width}")
    outcomes = []
    while len(outcomes) < PLANTS:
        drawn = draw(rng, years)
        if drawn.width == width:
            events = catalogue(rng.choice(("real", "by year")), rng)
            outcomes.append(planted_outcome(drawn, events, planted(drawn, rng)))
    assert sum(rank == 1 for rank, _, _ in outcomes) >= 0.9 * PLANTS
    assert all(rank <= 10 for rank, _, _ in outcomes)
    assert sum(p <= level for _, p, _ in outcomes) >= floor * PLANTS
