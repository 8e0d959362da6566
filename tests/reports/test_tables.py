"""Tables of data: what `tables.csv` says of them is what the products fill."""

import csv

import pytest
from house.test_house import SOURCE

from reports.made_products import MAKERS, made
from tanzhe.reports.products import page_of
from tanzhe.reports.products.tables import data_table, record_table

HOME = SOURCE / "reports" / "products"


@pytest.mark.parametrize("name", MAKERS)
def test_every_row_is_as_wide_as_its_table(name: str) -> None:
    for table in page_of(made(name)).tables:
        assert {len(row) for row in table.rows} <= {len(table.columns)}, table.name
        assert all(one.title.zh and one.title.en for one in table.columns), table.name


def test_every_table_of_the_file_is_asked_for() -> None:
    with (HOME / "tables.csv").open(encoding="utf-8", newline="") as file:
        names = {row["table"] for row in csv.DictReader(file)}
    source = "".join(path.read_text(encoding="utf-8") for path in HOME.glob("*.py"))
    assert sorted(name for name in names if f'"{name}"' not in source) == []


def test_a_table_is_filled_by_its_columns() -> None:
    sums = data_table("series.sums", [("2024-01", 1.0)], unit="MtCO2", period="yearmonth")
    assert (sums.name, sums.title.zh, sums.rows) == ("sums", "滚动合计", (("2024-01", 1.0),))
    assert [(one.type, one.unit) for one in sums.columns] == [
        ("yearmonth", ""),
        ("number", "MtCO2"),
    ]


def test_a_record_lends_its_fields() -> None:
    class Donor:
        region, weight, other = "CN-YN", 0.5, "left out"

    assert record_table("series.donors", [Donor()]).rows == (("CN-YN", 0.5),)
