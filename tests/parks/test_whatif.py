"""What green power alone can do: the published limit L c / f, and its general form."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.api.parks.assessment import assess
from tanzhe.model.plan import GreenShare
from tanzhe.parks.planning.whatif import green_share

RULES = "cn-ndrc-2025-910"


def park(grid: float, green: float = 0.0, c: float = 0.3, **more: Any) -> dict[str, Any]:
    """A park with grid and direct non-fossil power in GWh."""
    return {
        "name": "园区", "region": "贵州", "year": 2025, "equivalence_kgce_per_kwh": c,
        "electricity": [
            {"supply": "grid", "kwh": grid * 1e6},
            {"supply": "direct", "generation": "nonfossil", "kwh": green * 1e6},
        ],
        **more,
    }  # fmt: skip


def green(tree: dict[str, Any]) -> GreenShare:
    return green_share(assess(tree, rules=RULES))


def test_seven_point_two_percent() -> None:
    """L = 0.2, c = 0.30: 0.2 × 0.30 ÷ 0.8325 = 7.2 %, whatever the size of the park."""
    for size in (700, 1000, 3000):
        assert green(park(size)).unproven_at_most == pytest.approx(0.0720720720)


def test_above_a_million_tonnes_the_limit_is_higher() -> None:
    assert green(park(3400)).unproven_at_most == pytest.approx(0.3 * 0.3 / 0.8325)


def test_fuel_takes_from_the_room() -> None:
    """1,000 GWh and 10,000 t of coal at 2 t/t, 1 tce/t: (0.2 × 310,000 − 20,000) ÷ 832,500."""
    coal = {"fuel": "烟煤", "purpose": "fuel", "quantity": 10_000, "unit": "t",
            "factor_tco2": 2, "energy_gj_per_unit": 29.3076}  # fmt: skip
    found = green(park(1000, fuels=[coal]))
    assert found.unproven_at_most == pytest.approx(42_000 / 832_500)
    assert found.other_tco2 == pytest.approx(20_000)


def test_primary_aluminium_cannot_pass_on_green_power() -> None:
    """Process CO2 of 0.40 t/tce at c = 0.30 is above 0.2 with every kWh proven."""
    metal = {"product": "原铝", "output_t": 75_000, "factor_tco2_per_t": 1.6, "basis": "用例"}
    found = green(park(0, 1000, processes=[metal]))
    assert found.unproven_at_most is not None and found.unproven_at_most < 0
    assert found.share == pytest.approx(1)
    assert found.points[-1].emission_per_energy == pytest.approx(0.4)
    assert "仅靠绿电不能达标" in found.words and "60,000.0 tCO2" in found.words


def test_below_all_tiers_there_is_a_curve_and_no_limit() -> None:
    found = green(park(100))
    assert found.limit is None and found.unproven_at_most is None
    assert found.points[0].emission_per_energy == pytest.approx(0.8325 / 0.3)


def test_without_power_there_is_nothing_to_say() -> None:
    coal = {"fuel": "烟煤", "purpose": "fuel", "quantity": 300_000, "unit": "t",
            "factor_tco2": 2, "energy_gj_per_unit": 29.3076}  # fmt: skip
    found = green(park(0, fuels=[coal]))
    assert found.points == () and found.unproven_at_most is None


@settings(max_examples=25)
@given(
    st.integers(700, 3000), st.floats(0, 1), st.sampled_from([0.285, 0.3, 0.305]),
    st.integers(0, 20_000),
)  # fmt: skip
def test_the_limit_is_where_the_indicator_meets_it(
    size: int, share: float, c: float, coal: int
) -> None:
    """Entered at the limit, the accounting gives the limit; and the curve is the accounting's."""
    fuel = {"fuel": "烟煤", "purpose": "fuel", "quantity": coal, "unit": "t",
            "factor_tco2": 2, "energy_gj_per_unit": 23.0}  # fmt: skip
    found = green(park(size * (1 - share), size * share, c, fuels=[fuel]))
    assert found.share == pytest.approx(share, abs=1e-9)
    most = found.unproven_at_most
    if most is None or not 0 <= most <= 1 or found.limit is None:
        return
    at_limit = assess(park(size * most, size * (1 - most), c, fuels=[fuel]), rules=RULES)
    assert at_limit.emission_per_energy == pytest.approx(found.limit, abs=1e-8)
    point = min(found.points, key=lambda p: abs(p.share - (1 - most)))
    assert point.emission_per_energy == pytest.approx(found.limit, abs=1e-8)
