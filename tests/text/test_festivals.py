"""Festivals by published calendars, seasons and parts of a century."""

from datetime import date

import pytest

from tanzhe.text import read_dates
from tanzhe.text.dates.festivals import festival_day
from tanzhe.text.dates.lunar import lunar_month


@pytest.mark.parametrize(
    ("name", "in_2021", "in_2024"),
    [
        ("元旦", (1, 1), (1, 1)), ("春节", (2, 12), (2, 10)), ("除夕", (2, 11), (2, 9)),
        ("元宵节", (2, 26), (2, 24)), ("清明节", (4, 4), (4, 4)), ("端午节", (6, 14), (6, 10)),
        ("七夕", (8, 14), (8, 10)), ("中秋节", (9, 21), (9, 17)), ("重阳节", (10, 14), (10, 11)),
        ("国庆节", (10, 1), (10, 1)),
        # The second Sunday of May, the third of June, the fourth Thursday of November.
        ("母亲节", (5, 9), (5, 12)), ("父亲节", (6, 20), (6, 16)), ("感恩节", (11, 25), (11, 28)),
    ],
)  # fmt: skip
def test_days(name: str, in_2021: tuple[int, int], in_2024: tuple[int, int]) -> None:
    assert festival_day(name, 2021) == date(2021, *in_2021)
    assert festival_day(name, 2024) == date(2024, *in_2024)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2021年春季", (2021, 3, 1), (2021, 5, 31)), ("2021年夏季", (2021, 6, 1), (2021, 8, 31)),
        ("2021年秋季", (2021, 9, 1), (2021, 11, 30)), ("2021年冬季", (2021, 12, 1), (2022, 2, 28)),
        ("2021年初春", (2021, 3, 1), (2021, 3, 31)), ("2021年仲夏", (2021, 7, 1), (2021, 7, 31)),
        ("2021年深秋", (2021, 11, 1), (2021, 11, 30)), ("去年夏天", (2021, 6, 1), (2021, 8, 31)),
        ("今年夏天", (2022, 6, 1), (2022, 8, 31)), ("明年春天", (2023, 3, 1), (2023, 5, 31)),
        ("20世纪", (1901, 1, 1), (2000, 12, 31)), ("20世纪中叶", (1941, 1, 1), (1960, 12, 31)),
        ("20世纪末", (1991, 1, 1), (2000, 12, 31)), ("20世纪前期", (1901, 1, 1), (1950, 12, 31)),
        ("20世纪后期", (1951, 1, 1), (2000, 12, 31)), ("21世纪初", (2001, 1, 1), (2010, 12, 31)),
        ("今春", (2022, 3, 1), (2022, 5, 31)), ("明春", (2023, 3, 1), (2023, 5, 31)),
        ("去冬", (2021, 12, 1), (2022, 2, 28)), ("去冬今春", (2021, 12, 1), (2022, 5, 31)),
        ("今冬明春", (2022, 12, 1), (2023, 5, 31)), ("2021年晚秋", (2021, 11, 1), (2021, 11, 30)),
        ("2021年暮春", (2021, 5, 1), (2021, 5, 31)), ("2021年隆冬", (2022, 1, 1), (2022, 1, 31)),
        ("2021年早春", (2021, 3, 1), (2021, 3, 31)), ("2021年深冬", (2022, 2, 1), (2022, 2, 28)),
        ("近三年", (2019, 3, 1), (2022, 3, 1)), ("三天前", (2022, 2, 26), (2022, 2, 26)),
    ],
)  # fmt: skip
def test_seasons_and_centuries(
    words: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    (span,) = read_dates(words, date(2022, 3, 1))
    assert (span.first_day, span.last_day) == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("words", "approximate"),
    [("20世纪", False), ("20世纪末", True), ("三天前", False), ("3年后", True), ("近三年", True)],
)
def test_what_is_said_roughly(words: str, approximate: bool) -> None:
    (span,) = read_dates(words, date(2022, 3, 1))
    assert span.approximate is approximate
    assert span.inferred is (not words.startswith("20"))


@pytest.mark.parametrize(
    ("words", "inferred"),
    [
        ("2021年夏季", False), ("去年夏天", True), ("今春", True), ("去冬今春", True),
        ("2021年采暖季", False), ("2021年初春", False), ("2021—2022年采暖季", False),
    ],
)  # fmt: skip
def test_seasons_begin_on_no_day_that_a_text_names(words: str, inferred: bool) -> None:
    (span,) = read_dates(words, date(2022, 6, 15))
    assert (span.approximate, span.inferred) == (True, inferred)


@pytest.mark.parametrize(
    ("year", "month", "leap"),
    [(1949, 1, False), (2061, 1, False), (2021, 0, False), (2021, 13, False),
     (2021, 4, True), (2020, 5, True)],
)  # fmt: skip
def test_months_that_no_lunar_year_has(year: int, month: int, leap: bool) -> None:
    with pytest.raises(ValueError, match=f"{year}-{month}"):
        lunar_month(year, month, leap=leap)


@pytest.mark.parametrize(
    ("year", "month", "leap", "first", "last"),
    [
        # 2020 has a second fourth month: tables of the Purple Mountain Observatory.
        (2020, 4, False, date(2020, 4, 23), date(2020, 5, 22)),
        (2020, 4, True, date(2020, 5, 23), date(2020, 6, 20)),
        (2020, 5, False, date(2020, 6, 21), date(2020, 7, 20)),
        (1950, 1, False, date(1950, 2, 17), date(1950, 3, 17)),
    ],
)
def test_a_leap_month_stands_behind_its_own(
    year: int, month: int, leap: bool, first: date, last: date
) -> None:
    assert lunar_month(year, month, leap=leap) == (first, last)
