"""24/3 is a month where a column runs through the months, and nothing elsewhere."""

import pytest

from tanzhe.tables.axis import axis

MONTHS = [(year, month) for year in (22, 23) for month in range(1, 13)]


@pytest.mark.parametrize("form", ["{}/{}", "{}-{}", "{}/{:02d}"])
def test_a_column_of_months_is_read_and_told(form: str) -> None:
    found = axis([form.format(*one) for one in MONTHS])
    assert [m.text if m else "" for m in found.moments] == [
        f"20{year}-{month:02d}" for year, month in MONTHS
    ]
    assert any("年/月" in one.zh for one in found.told)


@pytest.mark.parametrize(
    "cells",
    [
        [f"{month:02d}/{day:02d}" for month in range(1, 13) for day in range(1, 29)],  # days
        [f"{month:02d}/1" for month in range(1, 13)],  # the first of each month
        ["10-12", "12-3", "15-6"],
        [f"22/{month}" for month in range(1, 7)],  # too few to tell
    ],
)
def test_what_may_be_days_or_spans_is_no_month(cells: list[str]) -> None:
    found = axis(cells)
    assert not any(found.moments) and not found.told
