import pytest

from tanzhe.errors import InputError, UnknownName
from tanzhe.quantity import Unit
from tanzhe.rulebook import activity_factors, factor, fixed_factor
from tanzhe.rulebook.factors import parse_factor
from tanzhe.rulebook.strict_yaml import read_yaml
from tanzhe.rulebook.years import value_for_year
from tanzhe.sectors import Product, sector_of

# Every resolved value: a change of any factor shows up here in review.
SNAPSHOT = {
    "caustic_soda": {2020: 0.15},
    "cement": {2020: 0.52},
    "crude_steel": {2015: 1.844, 2016: 1.813, 2017: 1.725, 2018: 1.646, 2019: 1.604},
    "ethylene": {2006: 1.73},
    "flat_glass": {2020: 0.03},
    "nonferrous_metals_10": {2019: 3.3},
    "soda_ash": {2020: 0.75},
    "thermal_power_and_heat": {2015: 1.114, 2016: 1.096, 2017: 1.099, 2018: 1.101, 2019: 1.089},
    "thermal_power_generation": {2021: 0.8426, 2022: 0.8325, 2023: 0.8273},
}
FIXED = {
    "caustic_soda": 0.15,
    "cement": 0.52,
    "crude_steel": 1.604,
    "ethylene": 1.73,
    "flat_glass": 0.03,
    "nonferrous_metals_10": 3.3,
    "soda_ash": 0.75,
    "thermal_power_and_heat": 1.089,
    "thermal_power_generation": 0.8325,
}
GOOD = """
product: cement
unit: tCO2/t
series_year: 2020
series_year_reason: {zh: 一, en: one}
scope: {zh: 一, en: one}
values:
  - {year: 2020, value: 0.52, source: s, number: n, confidence: derived, checked: {by: x, on: y}}
"""


def test_snapshot_of_all_factors() -> None:
    resolved = {p: {v.describes: v.value for v in f.values} for p, f in activity_factors().items()}
    assert resolved == SNAPSHOT
    assert {p: fixed_factor(p).value.value for p in activity_factors()} == FIXED


def test_every_factor_multiplies_its_products_unit() -> None:
    for product, known in activity_factors().items():
        entry = sector_of(product)
        if isinstance(entry, Product):
            made = fixed_factor(product).quantity
            assert Unit.parse(known.unit) is made.unit
            assert (type(made)(1.0, Unit.parse(entry.unit)) * made).unit is Unit.T_CO2


def test_every_value_has_source_and_check() -> None:
    for known in activity_factors().values():
        assert known.series_year_reason.zh
        assert known.scope.zh
        for value in known.values:
            assert value.authority.title
            assert value.authority.number or value.confidence == "derived"
            assert value.checked is not None
            assert value.checked.by
            assert value.checked.on


def test_unknown_product() -> None:
    with pytest.raises(UnknownName, match="cement"):
        factor("bricks", 2020)


@pytest.mark.parametrize(
    ("year", "described", "way"),
    [(2014, 2015, "back"), (2015, 2015, ""), (2019, 2019, ""), (2020, 2019, "forward")],
)
def test_both_sides_of_each_edge(year: int, described: int, way: str) -> None:
    found = factor("crude_steel", year)
    assert found.value.describes == described
    assert [note.en for note in found.notes] == [
        f"“activity.crude_steel” is the value of {described}, carried {way} to {year}."
    ] * bool(way)


def test_between_two_years_the_earlier_holds() -> None:
    text = GOOD + (
        "  - {year: 2023, value: 0.6, source: s, number: n, confidence: derived, "
        "checked: {by: x, on: y}}\n"
    )
    values = parse_factor(text, name="x").values
    chosen = {year: value_for_year(values, year).value.describes for year in range(2019, 2025)}
    assert chosen == {2019: 2020, 2020: 2020, 2021: 2020, 2022: 2020, 2023: 2023, 2024: 2023}


def test_duplicate_keys_are_refused() -> None:
    with pytest.raises(InputError, match="unit"):
        read_yaml(GOOD + "unit: t\n", name="x.yaml")


def test_codes_stay_text() -> None:
    assert read_yaml("a: 011\nb: no\nc: 1e4", name="x") == {"a": "011", "b": "no", "c": "1e4"}


def test_broken_yaml() -> None:
    for text in ("a: [", "- 1", "a: *nobody", ""):
        with pytest.raises(InputError):
            read_yaml(text, name="x.yaml")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("unit: tCO2/t", "unit: tons per ton", "unit"),
        ("unit: tCO2/t", "unit: 万吨", "unit"),
        ("series_year: 2020", "series_year: 2019", "years"),
        ("value: 0.52", "value: 0.52, low: 0.6", "outside"),
        ("value: 0.52", "valeu: 0.52", "valeu"),
        ("confidence: derived", "confidence: sure", "confidence"),
    ],
)
def test_faulty_files_are_refused(old: str, new: str, named: str) -> None:
    with pytest.raises(InputError, match=named):
        parse_factor(GOOD.replace(old, new, 1), name="x.yaml")


def test_all_faults_at_once() -> None:
    with pytest.raises(InputError) as caught:
        parse_factor(GOOD.replace("product:", "produkt:").replace("0.52", "x"), name="x.yaml")
    assert len(caught.value.faults) >= 3
