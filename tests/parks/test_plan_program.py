"""The solver against enumeration and against problems solved by hand."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.parks.planning.program import Choice, Program, Row, least, relaxed, solve

sizes = st.integers(1, 10**6).map(float)


@st.composite
def all_or_nothing(draw: st.DrawFn) -> Program:
    """Measures that are taken whole or not at all, with groups and requirements."""
    count = draw(st.integers(1, 7))
    choices = []
    for number in range(count):
        size = draw(sizes)
        choices.append(
            Choice(
                name=str(number), largest=size, smallest=size,
                unit_cost=float(draw(st.integers(0, 60))),
                fixed_cost=float(draw(st.integers(0, 10**6))),
            )
        )  # fmt: skip
    weights = np.array([float(draw(st.integers(0, 100))) for _ in range(count)])
    total = sum(w * c.largest for w, c in zip(weights, choices, strict=True))
    need = float(round(total * draw(st.floats(0.05, 1.1))))
    return Program(
        choices=tuple(choices),
        rows=(Row(name="core", weights=weights, low=need, kind="threshold"),),
        groups=((0, 1),) if count > 3 and draw(st.booleans()) else (),
        requires=((0, 2),) if count > 2 and draw(st.booleans()) else (),
    )


def cheapest_by_enumeration(program: Program) -> float | None:
    row, best = program.rows[0], None
    for on in itertools.product((False, True), repeat=len(program.choices)):
        if any(on[i] and not on[j] for i, j in program.requires):
            continue
        if any(sum(on[i] for i in group) > 1 for group in program.groups):
            continue
        taken = [(c, w) for c, w, o in zip(program.choices, row.weights, on, strict=True) if o]
        if sum(c.largest * w for c, w in taken) < row.low:
            continue
        cost = sum(c.largest * c.unit_cost + c.fixed_cost for c, _ in taken)
        best = cost if best is None else min(best, cost)
    return best


@settings(max_examples=60)
@given(all_or_nothing())
def test_optimum_is_that_of_enumeration(program: Program) -> None:
    found, best = solve(program), cheapest_by_enumeration(program)
    assert (found is None) == (best is None)
    if found is not None and best is not None:
        assert found.cost == pytest.approx(best, rel=1e-12, abs=1e-9)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(sizes, st.integers(1, 100), st.integers(0, 50)), min_size=1, max_size=8),
    st.floats(0.01, 0.99),
)
def test_continuous_measures_are_taken_in_the_order_of_their_cost_per_tonne(
    measures: list[tuple[float, int, int]], share: float
) -> None:
    weights = np.array([float(w) for _, w, _ in measures])
    need = share * float(sum(size * w for size, w, _ in measures))
    program = Program(
        choices=tuple(
            Choice(name=str(i), largest=size, unit_cost=float(cost))
            for i, (size, _, cost) in enumerate(measures)
        ),
        rows=(Row(name="core", weights=weights, low=need, kind="threshold"),),
    )
    left, cost = need, 0.0
    for size, weight, price in sorted(measures, key=lambda m: m[2] / m[1]):
        take = min(size, left / weight)
        cost, left = cost + take * price, left - take * weight
    found = solve(program)
    assert found is not None
    # Thresholds are passed by 1e-9 of the row's largest part.
    dearest = max(price / weight for _, weight, price in measures)
    margin = 2e-9 * dearest * max(need, *(size * weight for size, weight, _ in measures))
    assert found.cost == pytest.approx(cost, rel=1e-12, abs=margin + 1e-9)
    assert float(weights @ found.amounts) >= need * (1 - 1e-12)


def test_whole_steps() -> None:
    """250 t at 1 t a MWh, in turbines of 60 MWh: five of them, 300."""
    turbine = Choice(name="turbine", largest=600, step=60, unit_cost=2)
    row = Row(name="core", weights=np.array([1.0]), low=250, kind="threshold")
    found = solve(Program(choices=(turbine,), rows=(row,)))
    assert found is not None
    assert found.amounts.tolist() == [300] and found.cost == 600


def test_what_costs_nothing_and_is_not_needed_is_not_taken() -> None:
    choices = (Choice(name="a", largest=1, unit_cost=3), Choice(name="b", largest=1))
    row = Row(name="core", weights=np.array([1.0, 0.0]), low=1, kind="threshold")
    found = solve(Program(choices=choices, rows=(row,)))
    assert found is not None
    assert found.taken.tolist() == [True, False]


def test_price_of_the_next_tonne() -> None:
    """The second measure is the marginal one: 7 yuan for 2 t, 3.5 a tonne."""
    choices = (
        Choice(name="a", largest=10, unit_cost=1),
        Choice(name="b", largest=100, unit_cost=7),
    )
    row = Row(name="core", weights=np.array([1.0, 2.0]), low=50, kind="threshold")
    found = solve(Program(choices=choices, rows=(row,)))
    assert found is not None
    assert found.amounts == pytest.approx([10, 20])
    assert found.row_prices == pytest.approx([3.5])
    assert found.choice_prices == pytest.approx([2.5, 0])  # one more a saves 3.5 and costs 1


def test_what_cannot_be_met_is_missed_by_the_least() -> None:
    row = Row(name="core", weights=np.array([1.0]), low=50, kind="threshold")
    program = Program(choices=(Choice(name="a", largest=30, unit_cost=1),), rows=(row,))
    assert solve(program) is None
    wider, soft = relaxed(program)
    found = solve(wider)
    assert soft == (0,) and found is not None
    assert found.amounts == pytest.approx([30, 20])


def test_least_ignores_costs() -> None:
    row = Row(name="core", weights=np.array([1.0, 1.0]), low=5, kind="threshold")
    choices = (Choice(name="a", largest=10, fixed_cost=1e6), Choice(name="b", largest=10))
    program = Program(choices=choices, rows=(row,))
    found = least(program, np.array([1.0, 3.0]))
    assert found is not None
    assert found.amounts == pytest.approx([5, 0])


@settings(max_examples=25)
@given(all_or_nothing(), st.integers(-6, 6))
def test_another_unit_changes_nothing(program: Program, power: int) -> None:
    """kWh or GWh, yuan or 亿元: the same measures are taken."""
    unit = 10.0**power
    other = replace(
        program,
        choices=tuple(
            replace(c, largest=c.largest * unit, smallest=c.largest * unit,
                    unit_cost=c.unit_cost / unit)
            for c in program.choices
        ),
        rows=tuple(replace(r, weights=r.weights / unit) for r in program.rows),
    )  # fmt: skip
    one, two = solve(program), solve(other)
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert one.cost == pytest.approx(two.cost, rel=1e-9)


def test_the_same_program_gives_the_same_answer() -> None:
    choices = tuple(Choice(name=str(i), largest=10, unit_cost=5) for i in range(6))
    row = Row(name="core", weights=np.ones(6), low=25, kind="threshold")
    program = Program(choices=choices, rows=(row,))
    one, two = solve(program), solve(program)
    assert one is not None and two is not None
    assert one.amounts.tolist() == two.amounts.tolist()
