"""Plans against enumeration: every set of measures entered by hand into the ledgers and judged."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.api.parks.assessment import assess
from tanzhe.api.parks.plans import plan
from tanzhe.errors import InputError
from tanzhe.model.plan import Measure

RULES = "cn-ndrc-2025-910"
YEAR = 2025


@st.composite
def parks(draw: st.DrawFn) -> dict[str, Any]:
    """A park with grid power, direct power, coal, heat and a process, near the two tiers."""
    grid = draw(st.integers(640, 3_500)) * 1_000_000
    return {
        "name": "随机园区", "region": "贵州", "year": YEAR,
        "equivalence_kgce_per_kwh": draw(st.sampled_from([0.285, 0.3, 0.31])),
        "electricity": [
            {"supply": "grid", "kwh": grid},
            {"supply": "direct", "generation": "nonfossil",
             "kwh": draw(st.integers(0, 500)) * 1_000_000},
        ],
        "fuels": [
            {"fuel": "烟煤", "purpose": "fuel", "quantity": draw(st.integers(0, 20)) * 1_000,
             "unit": "t", "factor_tco2": 2.0, "energy_gj_per_unit": 23.0},
        ],
        "heat": [{"direction": "in", "gj": draw(st.integers(0, 5)) * 100_000, "fossil": True}],
        "processes": [
            {"product": "熟料", "output_t": draw(st.integers(0, 5)) * 10_000,
             "factor_tco2_per_t": 0.5, "basis": "用例"},
        ],
    }  # fmt: skip


@st.composite
def whole_measures(draw: st.DrawFn, park: dict[str, Any]) -> list[Measure]:
    """Measures that are taken whole or not at all, so that all sets can be tried."""
    grid = park["electricity"][0]["kwh"] / 1000
    coal, heat = park["fuels"][0]["quantity"], park["heat"][0]["gj"]
    clinker = park["processes"][0]["output_t"]
    kinds = [
        ("certificate", "MWh", grid * 0.99, {}),
        ("certificate", "MWh", grid * 0.5, {}),
        ("onsite", "MWh", grid * 0.3, {}),
        ("efficiency", "MWh", grid * 0.1, {"row": "grid"}),
        ("electrification", "t", coal * 0.5, {"row": "fuels-1", "per_unit": 5000.0}),
        ("heat_switch", "GJ", heat, {}),
        ("process_change", "t", clinker * 0.8, {"row": "processes-1"}),
    ]
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4))
    return [
        Measure.model_validate(
            {
                "name": f"{kind} {number}", "kind": kind, "unit": unit, "potential": most,
                "minimum": most, "fixed_cost_wan_yuan": float(draw(st.integers(0, 1000))), **more,
            }
        )
        for number, (kind, unit, most, more) in enumerate(chosen)
        if most > 0
    ]  # fmt: skip


def entered(park: dict[str, Any], taken: list[Measure]) -> dict[str, Any] | None:
    """The ledgers with the measures entered by hand, or None where they do not hold so much."""
    kwh, certified, pv = park["electricity"][0]["kwh"], 0.0, 0.0
    coal, heat = park["fuels"][0]["quantity"], park["heat"][0]["gj"]
    clinker, green = park["processes"][0]["output_t"], 0.0
    for one in taken:
        amount = one.potential
        match one.kind:
            case "certificate":
                certified += amount
            case "onsite":
                kwh, pv = kwh - amount * 1000, pv + amount * 1000
            case "efficiency":
                kwh -= amount * 1000
            case "electrification":
                coal, kwh = coal - amount, kwh + amount * 5000
            case "heat_switch":
                heat, green = heat - amount, green + amount
            case "process_change":
                clinker -= amount
    if min(kwh - certified * 1000, coal, heat, clinker) < -1e-6:
        return None
    held = {"id": "GEC", "mwh": certified, "generated": f"{YEAR}-01", "status": "cancelled",
            "holder": "园区"}  # fmt: skip
    grid = {**park["electricity"][0], "kwh": kwh}
    more = [{"supply": "onsite", "generation": "nonfossil", "kwh": pv}]
    return {
        **park,
        "electricity": [
            {**grid, "certificates": [held]} if certified else grid, park["electricity"][1], *more,
        ],
        "fuels": [{**park["fuels"][0], "quantity": max(0.0, coal)}],
        "heat": [{**park["heat"][0], "gj": max(0.0, heat)},
                 {"direction": "in", "gj": green, "fossil": False}],
        "processes": [{**park["processes"][0], "output_t": max(0.0, clinker)}],
    }  # fmt: skip


def cheapest(park: dict[str, Any], measures: list[Measure]) -> float | None:
    """The cheapest set whose ledgers meet the core indicator."""
    best = None
    for count in range(len(measures) + 1):
        for taken in itertools.combinations(measures, count):
            tree = entered(park, list(taken))
            if tree is None:
                continue
            done = assess(tree, rules=RULES)
            core = next((one for one in done.indicators if one.id == done.tier), None)
            if core is None or core.status != "met":
                continue
            cost = sum(one.fixed_cost_wan_yuan for one in taken)
            best = cost if best is None else min(best, cost)
    return best


@settings(max_examples=30)
@given(st.data())
def test_the_cheapest_of_all_sets(data: st.DataObject) -> None:
    park = data.draw(parks())
    measures = data.draw(whole_measures(park))
    if not measures:
        return
    found = plan(park, measures, rules=RULES)
    best = cheapest(park, measures)
    if found.status == "not_applicable":
        assert found.before.tier is None
        return
    assert (found.status == "infeasible") == (best is None)
    if best is not None:
        assert found.cost_wan_yuan == pytest.approx(best, abs=1e-6)
        assert "plan_not_confirmed" not in {note.code for note in found.notes}
    assert found.after is not None
    total = found.before.emissions.total + sum(one.tco2 for one in found.measures)
    energy = found.before.energy_tce + sum(one.tce for one in found.measures)
    assert found.after.emissions.total == pytest.approx(total, rel=1e-9, abs=1e-5)
    assert found.after.energy_tce == pytest.approx(energy, rel=1e-9, abs=1e-5)


@settings(max_examples=12)
@given(st.data())
def test_the_order_of_measures_changes_no_cost(data: st.DataObject) -> None:
    park = data.draw(parks())
    measures = data.draw(whole_measures(park))
    if not measures:
        return
    one, other = (plan(park, list(m), rules=RULES) for m in (measures, reversed(measures)))
    assert one.status == other.status
    if one.cost_wan_yuan is not None and other.cost_wan_yuan is not None:
        assert one.cost_wan_yuan == pytest.approx(other.cost_wan_yuan, abs=1e-6)


def test_alternatives_are_the_cheapest_without() -> None:
    """Without PV certificates alone do; without certificates nothing does."""
    park = {
        "name": "园区", "region": "贵州", "year": YEAR, "equivalence_kgce_per_kwh": 0.3,
        "electricity": [{"supply": "grid", "kwh": 1e9}],
    }  # fmt: skip
    measures = [
        Measure(name="光伏", kind="onsite", potential=100_000, unit="MWh", unit_cost_yuan=1),
        Measure(name="绿证", kind="certificate", potential=1e6, unit="MWh", unit_cost_yuan=5),
    ]
    found = plan(park, measures, rules=RULES)
    told = {one.without: one.cost_wan_yuan for one in found.alternatives}
    assert told == {"光伏": pytest.approx(463.963964, abs=1e-4), "绿证": None}


def test_no_measures_are_refused() -> None:
    with pytest.raises(InputError):
        plan({"name": "x"}, [], rules=RULES)
