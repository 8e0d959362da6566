"""Days counted on and years left out, on both sides of their borders."""

from datetime import date

import pytest

from tanzhe.text import read_dates
from tanzhe.text.dates.days import moved


@pytest.mark.parametrize(
    ("written", "words", "year"),
    [
        (date(2022, 3, 31), "10月", 2021),  # of the year before, up to March
        (date(2022, 4, 1), "10月", 2022),
        (date(2022, 3, 31), "9月", 2022),
        (date(2022, 1, 1), "12月", 2021),
        (date(2022, 12, 31), "12月", 2022),
    ],
)
def test_the_year_of_a_month_without_one(written: date, words: str, year: int) -> None:
    (span,) = read_dates(words, written)
    assert span.first_day.year == span.last_day.year == year


@pytest.mark.parametrize(
    ("day", "number", "unit", "there"),
    [
        (date(2022, 3, 31), 0.5, "month", date(2022, 4, 15)),
        (date(2022, 3, 31), -0.5, "month", date(2022, 3, 16)),
        (date(2022, 1, 31), 1.5, "month", date(2022, 3, 15)),
        (date(2022, 3, 31), -1.5, "month", date(2022, 2, 13)),
        (date(2022, 3, 31), -1, "month", date(2022, 2, 28)),
        (date(2020, 3, 31), -1, "month", date(2020, 2, 29)),
        (date(2022, 3, 1), 2, "week", date(2022, 3, 15)),
        (date(2022, 3, 1), -3, "day", date(2022, 2, 26)),
        (date(2022, 11, 30), 1, "quarter", date(2023, 2, 28)),
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28)),
        (date(2022, 3, 1), 0.5, "year", date(2022, 9, 1)),
    ],
)
def test_days_later_and_before(day: date, number: float, unit: str, there: date) -> None:
    assert moved(day, number, unit) == there
