"""What must hold for any park: order, splitting, zero rows, units, certificates, sums."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.api.parks.assessment import assess
from tanzhe.errors import InputError
from tanzhe.model.park import Assessment
from tanzhe.parks.assessment.json import assessment_json
from tanzhe.parks.entry.park import read_park

AMOUNTS = st.floats(min_value=0, max_value=1e8).map(lambda x: round(x, 3))
SUPPLIES = st.sampled_from(
    [
        ("grid", None), ("direct", "nonfossil"), ("direct", "fossil"), ("onsite", "nonfossil"),
        ("onsite", "waste_heat"), ("green_trade", None), ("nuclear_trade", None),
    ]
)  # fmt: skip
ROWS = st.builds(lambda s, kwh: {"supply": s[0], "generation": s[1], "kwh": kwh}, SUPPLIES, AMOUNTS)
FUELS = st.builds(
    lambda purpose, quantity, factor, gj: {
        "fuel": f"燃料{quantity:g}", "purpose": purpose, "quantity": quantity, "unit": "t",
        "factor_tco2": factor, "energy_gj_per_unit": gj,
    },
    st.sampled_from(["fuel", "conversion_input", "international_transport", "sold"]),
    st.floats(0, 1e6), st.floats(0, 4), st.floats(1, 50),
)  # fmt: skip
PARKS = st.builds(
    lambda electricity, fuels, heat, output: {
        "name": "园区", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
        "fuels": fuels, "electricity": electricity,
        "heat": [{"direction": "in", "gj": heat, "fossil": True}],
        "processes": [{"product": "石灰", "output_t": output, "factor_tco2_per_t": 0.683}],
    },
    st.lists(ROWS, max_size=6), st.lists(FUELS, max_size=4), AMOUNTS, st.floats(0, 1e6),
)  # fmt: skip


def same(one: Assessment, other: Assessment) -> None:
    a, b = assessment_json(one), assessment_json(other)
    for key in ("emissions", "energy_tce", "emission_per_energy", "direct_share", "gap_by_source"):
        if a[key] is None or b[key] is None:
            assert a[key] == b[key], key
        else:
            assert a[key] == pytest.approx(b[key], rel=1e-9, abs=1e-5), key
    assert (a["verdict"], a["tier"]) == (b["verdict"], b["tier"])


@settings(max_examples=20)
@given(PARKS, st.randoms())
def test_order_of_rows_does_not_matter(tree: dict[str, Any], random: Any) -> None:
    other = copy.deepcopy(tree)
    for ledger in ("fuels", "electricity"):
        random.shuffle(other[ledger])
    same(assess(tree), assess(other))


@settings(max_examples=20)
@given(PARKS)
def test_parts_sum_to_the_total_and_lines_to_the_parts(tree: dict[str, Any]) -> None:
    told = assessment_json(assess(tree))
    emissions = dict(told["emissions"])
    total = emissions.pop("total")
    assert sum(emissions.values()) == pytest.approx(total, abs=1e-4)
    for source, tco2 in emissions.items():
        own = [line["tco2"] for line in told["lines"] if line["source"] == source]
        assert sum(own) == pytest.approx(tco2, rel=1e-9, abs=1e-5)
    assert sum(line["tce"] for line in told["lines"]) == pytest.approx(told["energy_tce"], abs=1e-4)
    assert all(
        line["tco2"]
        == pytest.approx(line["amount"] * line["factor"] / (1000 if "kWh" in line["unit"] else 1))
        for line in told["lines"]
    )


@settings(max_examples=20)
@given(PARKS)
def test_zero_rows_and_split_rows_change_nothing(tree: dict[str, Any]) -> None:
    other = copy.deepcopy(tree)
    other["electricity"].append({"supply": "grid", "kwh": 0})
    other["heat"].append({"direction": "out", "gj": 0, "fossil": True})
    split = []
    for row in other["electricity"]:
        half = row["kwh"] / 2
        split += [{**row, "kwh": half}, {**row, "kwh": half}]
    other["electricity"] = split
    same(assess(tree), assess(other))


@settings(max_examples=20)
@given(PARKS, st.integers(1, 10**6))
def test_a_certificate_lowers_emissions_by_the_factor_alone(tree: dict[str, Any], mwh: int) -> None:
    row = {"supply": "grid", "kwh": mwh * 1000.0}
    certificate = {
        "id": "G1", "mwh": mwh, "generated": "2025-07", "status": "cancelled", "holder": "甲",
    }  # fmt: skip
    bare = assess({**tree, "electricity": [*tree["electricity"], row]})
    green = assess(
        {**tree, "electricity": [*tree["electricity"], {**row, "certificates": [certificate]}]}
    )
    saved = bare.emissions.total - green.emissions.total
    assert saved == pytest.approx(mwh * 0.8325, rel=1e-9, abs=1e-4)
    assert green.energy_tce == bare.energy_tce


@settings(max_examples=15)
@given(PARKS)
def test_units_of_fuel_scale_with_their_factors(tree: dict[str, Any]) -> None:
    other = copy.deepcopy(tree)
    for row in other["fuels"]:
        row |= {
            "quantity": row["quantity"] * 1000, "unit": "kg",
            "factor_tco2": row["factor_tco2"] / 1000,
            "energy_gj_per_unit": row["energy_gj_per_unit"] / 1000,
        }  # fmt: skip
    same(assess(tree), assess(other))


@settings(max_examples=20)
@given(PARKS)
def test_gap_parts_sum_to_what_is_above_the_limit(tree: dict[str, Any]) -> None:
    told = assess(tree)
    if told.tier is None:
        assert told.gap_by_source == {} and told.verdict == "not_applicable"
        return
    limit = next(one.threshold for one in told.indicators if one.id == told.tier)
    assert limit is not None
    above = max(0.0, told.emissions.total - limit * told.energy_tce)
    assert sum(told.gap_by_source.values()) == pytest.approx(above, rel=1e-9, abs=1e-3)


@settings(max_examples=15)
@given(PARKS)
def test_the_account_does_not_depend_on_offsets_or_statements(tree: dict[str, Any]) -> None:
    stated = {"roof_pv": {"value": 0.4, "evidence": "x"}, "clean_energy": {"value": 0.99}}
    other = {**tree, "offsets": [{"kind": "碳汇", "tco2": 1e6}], "indicators": stated}
    one, two = assess(tree), assess(other)
    assert one.emissions == two.emissions
    assert one.gap_by_source == two.gap_by_source
    assert two.offsets_listed == 1e6


@settings(max_examples=15)
@given(PARKS)
def test_a_read_park_survives_its_own_json(tree: dict[str, Any]) -> None:
    park = read_park(tree)
    assert read_park(json.loads(park.model_dump_json(exclude={"absent_ledgers"}))) == park


FACTORS = {
    ("grid", None): 0.8325, ("direct", "nonfossil"): 0, ("direct", "fossil"): 0.8325,
    ("onsite", "nonfossil"): 0, ("onsite", "waste_heat"): 0, ("green_trade", None): 0,
    ("nuclear_trade", None): 0.8325,
}  # fmt: skip


@settings(max_examples=40)
@given(PARKS)
def test_totals_are_those_of_a_calculation_by_hand(tree: dict[str, Any]) -> None:
    """An account written from the method's text alone, a row at a time."""
    tco2 = tce = 0.0
    for row in tree["electricity"]:
        tco2 += row["kwh"] * FACTORS[row["supply"], row["generation"]] / 1000
        tce += 0 if row["generation"] == "waste_heat" else row["kwh"] * 0.3 / 1000
    for row in tree["fuels"]:
        if row["purpose"] != "sold":
            tco2 += row["quantity"] * row["factor_tco2"]
            tce += row["quantity"] * row["energy_gj_per_unit"] / 29.3076
    tco2 += tree["heat"][0]["gj"] * 0.11 + tree["processes"][0]["output_t"] * 0.683
    tce += tree["heat"][0]["gj"] / 29.3076
    told = assess(tree)
    assert told.emissions.total == pytest.approx(tco2, rel=1e-9, abs=1e-4)
    assert told.energy_tce == pytest.approx(tce, rel=1e-9, abs=1e-4)
    if tce > 1:
        assert told.emission_per_energy == pytest.approx(tco2 / tce, rel=1e-6, abs=1e-8)
    core = next((one for one in told.indicators if one.kind == "core"), None)
    assert core is not None
    if tce < 199_999:
        assert (told.verdict, core.threshold) == ("not_applicable", None)
    elif 200_001 < tce < 999_999:
        assert core.threshold == 0.2
    elif tce > 1_000_001:
        assert core.threshold == 0.3


WILD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["grid", "fuel", "in", "云南", "2025-01", "cancelled", "nonfossil"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
KEYS = [
    "name", "region", "year", "equivalence_kgce_per_kwh", "fuels", "electricity", "heat",
    "processes", "offsets", "indicators", "excuses", "projects", "overrides", "extra",
]  # fmt: skip
ROW_KEYS = [
    "id", "fuel", "purpose", "quantity", "unit", "factor_tco2", "energy_gj_per_unit", "supply",
    "generation", "kwh", "evidence", "certificates", "mwh", "generated", "status", "direction",
    "gj", "fossil", "product", "output_t", "factor_tco2_per_t", "kind", "tco2", "value", "roof_pv",
]  # fmt: skip
LEDGER = st.lists(st.dictionaries(st.sampled_from(ROW_KEYS), WILD, max_size=8), max_size=3)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(KEYS), WILD | LEDGER))
def test_wild_input_is_refused_and_never_crashes(tree: dict[str, Any]) -> None:
    try:
        assess(tree)
    except InputError as error:
        assert error.faults
        assert error.said("zh").encode() and error.said("en").encode()


@settings(max_examples=40)
@given(PARKS, st.data())
def test_one_wild_field_is_refused_or_read(tree: dict[str, Any], data: st.DataObject) -> None:
    """Damage one field of a sound park, at any depth."""
    ledger = data.draw(st.sampled_from(["fuels", "electricity", "heat", "processes", None]))
    target = tree
    if ledger and tree[ledger]:
        target = data.draw(st.sampled_from(tree[ledger]))
    key = data.draw(st.sampled_from(sorted(target)))
    target[key] = data.draw(WILD)
    try:
        told = assessment_json(assess(tree))
        assert json.dumps(told, allow_nan=False)
    except InputError as error:
        assert error.faults
