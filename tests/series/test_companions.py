"""Faults of output that the figures give away: made-up ones, real ones, and real turns."""

import pytest

from tanzhe.series.companions import faulty_periods
from tanzhe.series.nbs import nbs_series


def codes(region: str, product: str) -> dict[str, str]:
    found = faulty_periods(region, product, nbs_series(region, product))
    return {period: note.code for period, note in found.items()}


def test_more_iron_than_steel_is_a_booking() -> None:
    """Fujian 2022-10 to -12: steel 82, 79, 80 while iron stays at 127 to 131."""
    told = codes("CN-FJ", "crude_steel")
    assert [told.get(f"2022-{m}") for m in (10, 11, 12)] == ["companion"] * 3
    assert told.get("2022-09") == "mistaken_month"  # 335, the month before 82
    assert not any(period.startswith("2021") for period in told)


def test_a_february_that_swallows_march_is_mistaken() -> None:
    """Henan 2022: cumulative February 722, so that March comes out as 12 and is left out."""
    assert codes("CN-HA", "crude_steel")["2022-02"] == "mistaken_month"


@pytest.mark.parametrize(
    ("region", "product", "period"),
    [
        ("CN-GD", "crude_steel", "2021-09"),  # curbs: iron falls too
        ("CN-GS", "crude_steel", "2021-11"),
        ("CN-SH", "electricity_consumption", "2022-04"),  # the lockdown
        ("CN-NM", "electricity_consumption", "2021-03"),
        ("CN-SH", "cement", "2022-04"),
        ("CN-HB", "cement", "2020-02"),
    ],
)
def test_what_happened_is_no_fault(region: str, product: str, period: str) -> None:
    assert period not in codes(region, product)


def test_few_periods_are_faulty() -> None:
    products = ("crude_steel", "cement", "nonferrous_metals_10")
    regions = ("CN-HE", "CN-JS", "CN-SD", "CN-YN", "CN-SC", "CN-HB")
    found = [len(codes(r, p)) for r in regions for p in products]
    assert sum(found) <= 0.03 * 110 * len(found)
