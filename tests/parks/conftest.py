"""Workbooks that several tests look at after LibreOffice has computed them: one start for all."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from parks.soffice import converted_all
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.office import example_park, office_options, template
from tanzhe.reports.park.workbook import park_workbook
from tanzhe.rulebook import rule_set


@pytest.fixture(scope="session")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example's template, its result in both languages, and one with two amounts changed."""
    folder = tmp_path_factory.mktemp("computed")
    park = example_park()
    template(office_options(), park).save(folder / "填报.xlsx")
    result = folder / "结果.xlsx"
    judged = assess_park(park, rule_set("cn-yn-2025-987"))
    result.write_bytes(park_workbook(judged))
    (folder / "result.xlsx").write_bytes(park_workbook(judged, language="en"))
    book = load_workbook(result)
    for row in book["核算明细"].iter_rows(min_row=3):
        if row[0].value == "D2":
            row[3].value = 4.2e9  # over a million tce: the other tier
        if row[0].value == "F1":
            row[3].value = 100.0
    book.save(folder / "改.xlsx")
    names = ("填报", "结果", "改", "result")
    done = converted_all([folder / f"{name}.xlsx" for name in names], "xlsx", folder)
    return dict(zip(names, done, strict=True))
