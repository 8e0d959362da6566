"""A series as it would have been asked about at the end of a month."""

from pathlib import Path

import pytest

from tanzhe.api.series.episode import episodes
from tanzhe.api.series.turning import load, main_products
from tanzhe.errors import InputError
from tanzhe.series.calendar import monthly
from tanzhe.series.companions import faulty_periods
from tanzhe.series.nbs import nbs_series
from tanzhe.series.span import AS_OF, as_known


def test_nothing_later_is_in_the_series_or_beside_it() -> None:
    found = load("云南", "工业", as_of="2022-06")
    assert found.periods[-1] == "2022-06" and found.as_of == "2022-06"
    assert all(peer.periods[-1] == "2022-06" for peer in found.peers) and found.peers
    assert all(len(part.values) == len(found) for part in found.parts) and found.parts
    assert AS_OF in found.notes
    assert AS_OF in monthly(found).notes and monthly(found).as_of == "2022-06"


def test_it_is_the_series_until_then() -> None:
    """The basket too is chosen from what was known."""
    asked, until = load("云南", "工业", as_of="2022-06"), load("云南", "工业", until="2022-06")
    assert asked.values == until.values and asked.parts == until.parts
    assert [p.values for p in asked.peers] == [p.values for p in until.peers]


def test_the_nation_is_cut_too() -> None:
    found = load("全国", "电力", as_of="2022-06")
    assert (found.periods[-1], found.as_of) == ("2022-06", "2022-06")


def test_a_january_is_known_with_its_february() -> None:
    assert load("云南", "cement", as_of="2022-01").periods[-1] == "2021-12"
    assert load("云南", "cement", as_of="2022-02").periods[-1] == "2022-02"


def test_a_month_after_the_end_cuts_nothing() -> None:
    whole = load("云南", "cement")
    assert load("云南", "cement", as_of="2099-01").values == whole.values
    assert whole.as_of is None and AS_OF not in whole.notes


def test_the_earlier_of_until_and_as_of_ends_the_series() -> None:
    assert load("云南", "cement", until="2021-06", as_of="2022-06").periods[-1] == "2021-06"
    assert load("云南", "cement", until="2022-06", as_of="2021-06").periods[-1] == "2021-06"


def test_a_year_is_known_when_it_is_over(tmp_path: Path) -> None:
    table = tmp_path / "years.csv"
    rows = "\n".join(f"{year},{100 + year - 1990}" for year in range(1990, 2024))
    table.write_text("year,CO2 (Mt)\n" + rows, encoding="utf-8")
    assert load("云南", "全部", table, as_of="2022-11").periods[-1] == "2021"
    assert load("云南", "全部", table, as_of="2022-12").periods[-1] == "2022"


@pytest.mark.parametrize(("month", "words"), [("2022", "YYYY-MM"), ("2022-13", "YYYY-MM"),
                                              ("2001-05", "2001-05")])  # fmt: skip
def test_what_cannot_be_asked_is_refused(month: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        load("云南", "cement", as_of=month)


def test_faults_are_found_with_what_was_known() -> None:
    whole = nbs_series("CN-FJ", "crude_steel")
    assert "2022-10" in faulty_periods("CN-FJ", "crude_steel", whole)
    then = as_known(whole, "2022-11")
    assert all(p <= "2022-11" for p in faulty_periods("CN-FJ", "crude_steel", then))


def test_products_are_cut_as_their_sector() -> None:
    products = main_products(load("云南", "工业", as_of="2022-06"))
    assert products
    assert {(one.as_of, one.periods[-1]) for one in products} == {("2022-06", "2022-06")}


def test_episodes_say_that_nothing_later_was_used() -> None:
    span = {"since": "2018-02"}
    asked = episodes(load("宁夏", "cement", as_of="2022-06", **span))
    until = episodes(load("宁夏", "cement", until="2022-06", **span))
    assert asked.episodes == until.episodes and asked.expected == until.expected
    assert asked.manifest.parameters["as_of"] == "2022-06"
