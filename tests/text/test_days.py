"""Days counted on and years left out, on both sides of their borders."""

from datetime import date

import pytest

from tanzhe.text import read_dates, read_quantities
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


WRITTEN = date(2024, 8, 20)


@pytest.mark.parametrize(
    ("words", "first", "last", "precision"),
    [
        ("上月投产", (2024, 7, 1), (2024, 7, 31), "month"),
        ("上月上旬投产", (2024, 7, 1), (2024, 7, 10), "ten_days"),
        ("上月上半月投产", (2024, 7, 1), (2024, 7, 15), "period"),
        ("上月5日投产", (2024, 7, 5), (2024, 7, 5), "day"),
        ("上月5日至8日投产", (2024, 7, 5), (2024, 7, 8), "period"),
        ("上周三召开", (2024, 8, 14), (2024, 8, 14), "day"),
        ("上周日召开", (2024, 8, 18), (2024, 8, 18), "day"),
        ("上周召开", (2024, 8, 12), (2024, 8, 18), "period"),
        ("下周末召开", (2024, 8, 31), (2024, 9, 1), "period"),
        ("三天前召开", (2024, 8, 17), (2024, 8, 17), "day"),
        ("两年前召开", (2022, 8, 20), (2022, 8, 20), "day"),
        ("过去三个月", (2024, 5, 20), (2024, 8, 20), "period"),
    ],
)
def test_what_is_told_from_the_day_of_writing_is_inferred(
    words: str, first: tuple[int, int, int], last: tuple[int, int, int], precision: str
) -> None:
    (span,) = read_dates(words, WRITTEN)
    assert (span.first_day, span.last_day) == (date(*first), date(*last))
    assert (span.precision, span.inferred) == (precision, True)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(("words", "shift"), [("上季度", -1), ("本季度", 0), ("下季度", 1)])
def test_quarters_around_each_month(words: str, shift: int, month: int) -> None:
    (span,) = read_dates(f"{words}投产", date(2024, month, 15))
    number = 4 * 2024 + (month - 1) // 3 + shift
    assert span.first_day == date(number // 4, 3 * (number % 4) + 1, 1)
    assert (span.last_day.month - span.first_day.month, span.precision) == (2, "quarter")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("20世纪80年代", 1980, 1989), ("20世纪20年代", 1920, 1929), ("上世纪20年代", 1920, 1929),
        ("本世纪30年代", 2030, 2039), ("80年代", 1980, 1989), ("30年代", 1930, 1939),
        ("20年代", 2020, 2029), ("20世纪六七十年代", 1960, 1979), ("20世纪末", 1991, 2000),
        ("本世纪初", 2001, 2010), ("20世纪前期", 1901, 1950), ("20世纪中叶", 1941, 1960),
    ],
)  # fmt: skip
def test_decades_with_and_without_a_century(words: str, first: int, last: int) -> None:
    (span,) = read_dates(f"{words}建成", WRITTEN)
    assert (span.first_day.year, span.last_day.year) == (first, last)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2021年3月5日至8日", (2021, 3, 5), (2021, 3, 8)),
        ("2021年9月至10月", (2021, 9, 1), (2021, 10, 31)),
        ("2021年3月5日至2022年1月8日", (2021, 3, 5), (2022, 1, 8)),
        ("2021年至2023年", (2021, 1, 1), (2023, 12, 31)),
    ],
)
def test_a_period_written_in_full_is_neither_inferred_nor_rough(
    words: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    (span,) = read_dates(f"{words}限产", WRITTEN)
    assert (span.first_day, span.last_day) == (date(*first), date(*last))
    assert (span.precision, span.inferred, span.approximate) == ("period", False, False)


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("2020年开工，次年投产", 2021),  # of the same sentence
        ("2020年开工。项目于次年投产", 2021),  # of the text
        ("2018年批复。2020年开工，次年投产", 2021),
    ],
)
def test_the_year_after_the_one_last_named(words: str, year: int) -> None:
    assert read_dates(words, WRITTEN)[-1].first_day.year == year


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("三天前召开", (3, "天")), ("两年前建成", (2, "年")), ("过去三个月限产", (3, "个月")),
        ("三年来下降", (3, "年")), ("未来五年减排", (5, "年")), ("今后两年", (2, "年")),
        ("前三个月", None), ("上个月", None), ("去年", None),
    ],
)  # fmt: skip
def test_what_counts_from_a_day_is_a_duration_too(
    words: str, counted: tuple[int, str] | None
) -> None:
    assert len(read_dates(words, WRITTEN)) == 1
    found = [(one.value, one.unit) for one in read_quantities(words, WRITTEN)]
    assert found == ([counted] if counted else [])
