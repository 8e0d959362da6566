"""The account by firm on the page of a park, in both languages."""

import pytest

from reports.made_products import assessed
from tanzhe.parks.office import example_park
from tanzhe.reports.products.parkassessment import assessment_page


@pytest.mark.parametrize(("language", "title"), [("zh", "分企业的"), ("en", "by firm")])
def test_firms_stand_in_a_table_and_in_the_data(language: str, title: str) -> None:
    firms = ("甲厂", "乙厂")
    rows = tuple(
        row.model_copy(update={"firm": firms[at % 2]})
        for at, row in enumerate(example_park().electricity)
    )
    result = assessed(electricity=rows, reporter="管委会")
    page = assessment_page(result, language)  # type: ignore[arg-type]
    (table,) = [one for one in page.tables if one.name == "firms"]
    assert [row[0] for row in table.rows][:2] == ["甲厂", "乙厂"]
    assert sum(float(row[1] or 0) for row in table.rows) == pytest.approx(result.emissions.total)
    told = repr(page.blocks)
    assert title in told and "甲厂" in told and "管委会" in told


def test_a_park_without_firms_has_no_such_section() -> None:
    page = assessment_page(assessed())
    assert "firms" not in [one.name for one in page.tables]
    assert "分企业" not in repr(page.blocks)
