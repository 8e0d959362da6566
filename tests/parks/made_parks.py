"""Random parks in the JSON form of the interface, all of them acceptable."""

from typing import Any

from hypothesis import strategies as st

# Letters, signs that Excel might take for something else, spaces inside; never blank.
_WORDS = st.text(alphabet="煤炭园区厂Aa1+=-@'\"%，。 ", min_size=1, max_size=12).map(
    lambda text: f"甲{text}乙"
)
_EVIDENCE = st.one_of(st.just(""), _WORDS)
_AMOUNT = st.one_of(
    st.floats(min_value=0.001, max_value=1e6, allow_nan=False, allow_infinity=False),
    st.integers(min_value=1, max_value=10**6).map(float),
)
_KWH = st.floats(min_value=1.0, max_value=1e9)


@st.composite
def _fuel(draw: st.DrawFn, number: int) -> dict[str, object]:
    purposes = ("fuel", "feedstock", "conversion_input", "conversion_output", "sold")
    row: dict[str, object] = {
        "fuel": draw(st.sampled_from(("烟煤", "无烟煤", "焦炭", "柴油", "汽油"))),
        "purpose": draw(st.sampled_from((*purposes, "international_transport"))),
        # The number keeps two rows from holding the same amount, which would be refused.
        "quantity": round(draw(_AMOUNT), 6) * 100 + number,
        "unit": "t",
        "evidence": draw(_EVIDENCE),
    }
    if draw(st.booleans()):
        row |= {"factor_set": draw(st.sampled_from(("industry_2013", "steel_2013")))}
    else:
        row |= {
            "factor_tco2": draw(st.floats(min_value=0.5, max_value=4)),
            "energy_gj_per_unit": draw(st.floats(min_value=5, max_value=50)),
        }
    return row


@st.composite
def _power(draw: st.DrawFn, number: int) -> dict[str, object]:
    supply = draw(st.sampled_from(("grid", "grid", "direct", "onsite", "green_trade")))
    generation = "nonfossil" if supply != "grid" else draw(st.sampled_from((None, "fossil")))
    kwh = draw(_KWH)
    row: dict[str, object] = {"supply": supply, "kwh": kwh, "evidence": draw(_EVIDENCE)}
    if generation:
        row["generation"] = generation
    if supply == "grid" and draw(st.booleans()):
        count = draw(st.integers(min_value=1, max_value=3))
        row["certificates"] = [
            {
                "id": f"{draw(_WORDS)}{number}-{i}",
                "mwh": kwh / 1000 / count * draw(st.floats(min_value=0, max_value=0.9)),
                "generated": f"2025-{draw(st.integers(min_value=1, max_value=12)):02d}",
                "status": draw(st.sampled_from(("cancelled", "held"))),
                "holder": draw(_EVIDENCE),
            }
            for i in range(count)
        ]
    return row


@st.composite
def _heat(draw: st.DrawFn) -> dict[str, object]:
    row: dict[str, object] = {
        "direction": draw(st.sampled_from(("in", "out"))),
        "gj": draw(_AMOUNT),
        "fossil": draw(st.booleans()),
        "evidence": draw(_EVIDENCE),
    }
    if draw(st.booleans()):
        row["factor_tco2_per_gj"] = draw(st.floats(min_value=0.05, max_value=0.15))
    return row


@st.composite
def park_trees(draw: st.DrawFn) -> dict[str, object]:
    """A park's year with any ledger filled, empty or absent."""
    tree: dict[str, object] = {
        "name": draw(_WORDS),
        "region": draw(st.sampled_from(("云南", "CN-NM", "Jiangsu"))),
        "year": draw(st.sampled_from((2024, 2025))),
        "equivalence_kgce_per_kwh": draw(st.floats(min_value=0.27, max_value=0.33)),
        "equivalence_source": draw(_EVIDENCE),
        "electricity": [
            draw(_power(i)) for i in range(draw(st.integers(min_value=1, max_value=4)))
        ],
        "offsets": [{"kind": draw(_WORDS), "tco2": draw(_AMOUNT)}] * draw(st.integers(0, 1)),
        "indicators": {
            id: {"value": draw(st.floats(min_value=0, max_value=1)), "evidence": draw(_EVIDENCE)}
            for id in draw(st.sets(st.sampled_from(("solid_waste", "water_reuse", "roof_pv"))))
        },
        "excuses": {"waste_energy": draw(_WORDS)} if draw(st.booleans()) else {},
        "projects": [{"name": draw(_WORDS), "investment": draw(_AMOUNT), "owner": draw(_EVIDENCE)}]
        * draw(st.integers(0, 1)),
    }
    ledgers = {
        "fuels": lambda i: _fuel(i),
        "heat": lambda i: _heat(),
        "processes": lambda i: st.fixed_dictionaries(
            {
                "product": _WORDS,
                "output_t": _AMOUNT,
                "factor_tco2_per_t": st.floats(min_value=0.1, max_value=2),
                "basis": _EVIDENCE,
            }
        ),
    }
    for name, row in ledgers.items():
        count = draw(st.integers(min_value=-1, max_value=3))
        if count >= 0:  # -1: nobody gave the ledger at all
            tree[name] = [draw(row(i)) for i in range(count)]
    return typed(tree)


def typed(tree: Any) -> Any:
    """The tree with numbers as a person types them; workbooks keep 15 digits, not 17."""
    if isinstance(tree, dict):
        return {key: typed(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [typed(one) for one in tree]
    return float(f"{tree:.12g}") if isinstance(tree, float) else tree
