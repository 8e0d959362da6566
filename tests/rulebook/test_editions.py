"""A second edition of a fuel or a limit: the year decides, by the one rule of official numbers."""

import sys

import pytest

from tanzhe.rulebook import find_fuel, fuels
from tanzhe.rulebook.limited_products import limited_product, limits_of
from tanzhe.rulebook.table_file import parse_table

HEAD = """
documents:
  old: {title: 旧版, number: GB 1-2020, published: 2020-01-01, used_from: 2020}
  new: {title: 新版, number: GB 1-2025, published: 2025-01-01, used_from: 2026}
defaults: {place: 表1, confidence: confirmed, checked: {by: 某人, on: 2026-01-01}}
values:
"""
FUELS = """
table: fuel.made
name: 试验
family: co2
""" + HEAD + """
  - {id: coal.emission_factor, name: 煤 排放因子, value: 2.0 tCO2/t, document: old}
  - {id: coal.emission_factor, name: 煤 排放因子, value: 2.5 tCO2/t, document: new}
  - {id: gas.emission_factor, name: 气 排放因子, value: 1.5 tCO2/t, document: old, describes: 2021}
"""  # fmt: skip
LIMITS = "table: energy_limits\nname: 试验\nfamily: energy\n" + HEAD + "".join(
    f"  - {{id: clinker.energy.level{level}, name: 熟料 综合能耗 {level}级, value: {value} kgce/t, "
    f"document: {document}}}\n"
    for document, values in (("old", (100, 110, 120)), ("new", (90, 95, 99)))
    for level, value in enumerate(values, 1)
)  # fmt: skip


@pytest.fixture(autouse=True)
def _made(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (parse_table(FUELS, name="made.yaml"),)
    limits = parse_table(LIMITS, name="limits.yaml").values
    of_fuels = sys.modules[fuels.__module__]
    monkeypatch.setattr(of_fuels, "tables", lambda name: made)
    of_fuels._fuels.cache_clear()
    monkeypatch.setattr(sys.modules[limits_of.__module__], "rule_values", lambda name: limits)
    yield
    of_fuels._fuels.cache_clear()


@pytest.mark.parametrize(("year", "value"), [(2020, 2.0), (2025, 2.0), (2026, 2.5), (None, 2.5)])
def test_the_year_decides_on_the_edition_of_a_fuel(year: int | None, value: float) -> None:
    factor = find_fuel("made", "煤", year).emission_factor
    assert factor is not None and factor.value == value


def test_a_value_of_another_year_says_so() -> None:
    gas = find_fuel("made", "gas", 2024)
    assert [note.code for note in gas.notes] == ["carried.fuel.made.gas.emission_factor"]
    assert find_fuel("made", "gas", 2021).notes == ()


def test_a_fuel_of_later_years_only_is_not_there_before() -> None:
    assert [one.id for one in fuels("made", 2019)] == []


@pytest.mark.parametrize(
    ("year", "levels", "number"),
    [
        (2024, (100, 110, 120), "GB 1-2020"),
        (2025, (100, 110, 120), "GB 1-2020"),
        (2026, (90, 95, 99), "GB 1-2025"),
        (None, (90, 95, 99), "GB 1-2025"),
    ],
)
def test_the_year_decides_on_the_edition_of_a_limit(
    year: int | None, levels: tuple[float, ...], number: str
) -> None:
    found = limited_product("熟料")
    assert found is not None
    (limit,) = limits_of(found[0], "", year)
    assert (limit.levels, limit.standard) == (levels, number)


def test_before_any_edition_no_limit_holds() -> None:
    found = limited_product("熟料")
    assert found is not None and limits_of(found[0], "", 2019) == ()
