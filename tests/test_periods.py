"""Months, days of rest, the dip of Spring Festival and five-year plans, by the calendar."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import tanzhe
from tanzhe.periods import (
    Month,
    as_iso,
    five_year_plan,
    holiday_days,
    is_rest_day,
    merged_periods,
    months_between,
    period_days,
    plan_of_year,
    spring_festival,
    today,
)


@pytest.mark.parametrize(
    ("year", "merged", "days"),
    [
        # New year on 2022-02-01: from 22 January to 26 February.
        (2022, False, {1: 10, 2: 26, 3: 0}), (2022, True, {2: 36, 3: 0}),
        # On 2023-01-22: from 12 January to 16 February.
        (2023, False, {1: 20, 2: 16, 3: 0}), (2023, True, {2: 36}),
        # On 2015-02-19: from 9 February to 16 March.
        (2015, False, {1: 0, 2: 20, 3: 16}), (2015, True, {2: 20, 3: 16}),
        (2009, False, {1: 0, 2: 0}), (2036, True, {2: 0}),
    ],
)  # fmt: skip
def test_days_of_the_dip(year: int, merged: bool, days: dict[int, int]) -> None:
    told = {month: holiday_days(Month(year, month), merged=merged) for month in days}
    assert told == days


@pytest.mark.parametrize(
    ("day", "rests"),
    [
        # 2030 is not arranged yet: weekends, days by law, the week from the eve of 3 February.
        (date(2030, 1, 1), True), (date(2030, 1, 2), False), (date(2030, 5, 1), True),
        (date(2030, 5, 2), False), (date(2030, 10, 1), True), (date(2030, 10, 2), True),
        (date(2030, 10, 3), True), (date(2030, 10, 4), False), (date(2030, 9, 30), False),
        (date(2030, 2, 1), False), (date(2030, 2, 4), True), (date(2030, 2, 8), True),
        (date(2030, 2, 11), False), (date(2030, 6, 1), True), (date(2030, 6, 3), False),
        # New year on Wednesday 11 February 2032: from the eve to the Monday after.
        (date(2032, 2, 10), True), (date(2032, 2, 9), False), (date(2032, 2, 16), True),
        (date(2032, 2, 17), False),
        # Arranged: make-up workdays on weekends, rest on weekdays.
        (date(2025, 1, 26), False), (date(2025, 1, 28), True), (date(2025, 10, 8), True),
        (date(2025, 10, 9), False), (date(2025, 10, 11), False), (date(2025, 10, 12), True),
    ],
)  # fmt: skip
def test_days_of_rest(day: date, rests: bool) -> None:
    assert is_rest_day(day) is rests


@pytest.mark.parametrize(
    ("number", "years"),
    [(1, (1953, 1957)), (2, (1958, 1962)), (3, (1966, 1970)), (4, (1971, 1975)),
     (12, (2011, 2015)), (13, (2016, 2020)), (14, (2021, 2025)), (15, (2026, 2030))],
)  # fmt: skip
def test_five_year_plans(number: int, years: tuple[int, int]) -> None:
    assert five_year_plan(number) == years
    if number > 2:
        assert {plan_of_year(year) for year in range(years[0], years[1] + 1)} == {number}


def test_months() -> None:
    assert Month(2021, 12).next() == Month(2022, 1) and Month(2021, 1).next(-1) == Month(2020, 12)
    assert Month(2021, 5).next(0) == Month(2021, 5) and Month(2021, 5).next(19) == Month(2022, 12)
    assert Month.parse("2021-12-31") == Month(2021, 12)
    assert (Month(2020, 2).first_day, Month(2020, 2).last_day) == (
        date(2020, 2, 1), date(2020, 2, 29)
    )  # fmt: skip
    assert months_between(Month(2020, 11), Month(2021, 2)) == 3
    assert months_between(Month(2021, 2), Month(2020, 11)) == -3
    assert [str(one) for one in merged_periods(Month(2020, 11), Month(2021, 3))] == [
        "2020-11", "2020-12", "2021-02", "2021-03",
    ]  # fmt: skip
    assert [str(one) for one in merged_periods(Month(2021, 2), Month(2021, 2))] == ["2021-02"]
    assert period_days(Month(2021, 2), merged=True) == 59
    assert period_days(Month(2021, 2), merged=False) == 28
    assert period_days(Month(2021, 1), merged=True) == 31


def test_new_years() -> None:
    known = {2010: (2, 14), 2015: (2, 19), 2022: (2, 1), 2023: (1, 22), 2035: (2, 8)}
    assert {year: spring_festival(year) for year in known} == {
        year: date(year, *day) for year, day in known.items()
    }
    assert spring_festival(2009) is None and spring_festival(2036) is None


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2021-09", "2021-09"), ("2021-9", "2021-09"), ("2021年9月", "2021-09"),
        ("2021/9", "2021-09"), ("2021.10", "2021-10"), ("202109", "2021-09"),
        ("２０２１年９月", "2021-09"), ("2021年", "2021"), ("2021", "2021"),
        ("2021年9月10日", "2021-09-10"), ("2021/9/10", "2021-09-10"), ("20210910", "2021-09-10"),
        ("去年", "去年"), ("2021-13", "2021-13"), ("九月", "九月"), ("9/2021", "9/2021"),
    ],
)  # fmt: skip
def test_moments_as_people_type_them(typed: str, iso: str) -> None:
    assert as_iso(typed) == iso


def test_the_day_is_that_of_beijing_everywhere() -> None:
    """Where the machine keeps UTC, a signature of the first hours of a day is not of tomorrow."""
    assert today() == datetime.now(ZoneInfo("Asia/Shanghai")).date()
    sources = Path(tanzhe.__file__).parent.rglob("*.py")
    assert not [path.name for path in sources if "date.today()" in path.read_text("utf-8")]
