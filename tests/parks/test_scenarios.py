"""What if a park were supplied otherwise: the ledgers moved, the same method, no energy lost."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.api.parks.assessment import assess
from tanzhe.api.parks.scenarios import Scenario, what_if
from tanzhe.errors import InputError

RULES = "cn-ndrc-2025-910"


def park(**more: Any) -> dict[str, Any]:
    return {
        "name": "园区", "region": "贵州", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
        "electricity": [{"supply": "grid", "kwh": 900e6}],
        "heat": [{"direction": "in", "gj": 1_000_000, "fossil": True}],
        **more,
    }  # fmt: skip


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=30)
def test_energy_stays_and_emissions_fall_by_what_is_moved(direct: float, heat: float) -> None:
    before = assess(park(), rules=RULES)
    after = what_if(before, Scenario(direct=direct, heat=heat), rules=RULES)
    assert after.energy_tce == pytest.approx(before.energy_tce)
    assert after.emissions.electricity == pytest.approx(
        (1 - direct) * before.emissions.electricity, abs=1e-6
    )
    assert after.emissions.heat == pytest.approx((1 - heat) * before.emissions.heat, abs=1e-6)


def test_at_the_share_that_green_power_alone_needs_the_limit_is_just_reached() -> None:
    """A second way to the same answer: the closed form of the published limit."""
    from tanzhe.parks.planning.whatif import green_share

    before = assess(park(heat=[]), rules=RULES)
    answer = green_share(before)
    assert answer.unproven_at_most is not None and answer.limit is not None
    after = what_if(before, Scenario(direct=1 - answer.unproven_at_most), rules=RULES)
    assert after.emission_per_energy == pytest.approx(answer.limit, rel=1e-9)


def test_nothing_supposed_is_the_year_itself_and_a_share_is_a_share() -> None:
    before = assess(park(), rules=RULES)
    assert what_if(before, Scenario(), rules=RULES) is before
    with pytest.raises(InputError) as caught:
        what_if(before, Scenario(direct=1.2, fuel=-0.1), rules=RULES)
    assert [one.where for one in caught.value.faults] == ["direct", "fuel"]
