"""Dates a second time: by the standard library, day by day, and by published lunar years."""

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tanzhe.periods import spring_festivals
from tanzhe.text import DateSpan, read_dates
from tanzhe.text.dates.days import half, half_month, moved, quarters, ten_days
from tanzhe.text.dates.festivals import festival_day
from tanzhe.text.dates.lunar import lunar_day, lunar_month, qingming
from tanzhe.text.dates.weeks import few_of_year, week_of_month, week_of_year

DAY = timedelta(days=1)
MONTHS = [(year, month) for year in (2023, 2024) for month in range(1, 13)]
# Ends of months and years, a leap day, every weekday.
WRITTEN = sorted(
    {date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1)}
    | {date(year, month, monthrange(year, month)[1]) for year, month in MONTHS}
    | {date(2024, 5, 13) + n * DAY for n in range(7)}
)
NUMERALS = "一二三四五六七八九十"


def last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def month_on(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def one(words: str, written: date) -> DateSpan:
    (found,) = read_dates(words, written)
    return found


def bounds(words: str, written: date) -> tuple[date, date]:
    found = one(words, written)
    return found.first_day, found.last_day


@pytest.mark.parametrize("number", [-30, -12, -3, -1, 0, 1, 2, 11, 25])
def test_so_many_units_later(number: int) -> None:
    for day in WRITTEN:
        assert moved(day, number, "day") == day + number * DAY
        assert moved(day, number, "week") == day + 7 * number * DAY
        for unit, months in (("month", 1), ("quarter", 3), ("year", 12)):
            assert moved(day, number, unit) == month_on(day, number * months)
        assert moved(day, number + 0.5, "year") == month_on(day, 12 * number + 6)
        whole, rest = (number, 15) if number >= 0 else (number + 1, -15)
        assert moved(day, number + 0.5, "month") == month_on(day, whole) + rest * DAY


def test_parts_of_every_month_tile_it() -> None:
    for year, month in MONTHS:
        end = last_day(year, month).day
        for words in (("上旬", "中旬", "下旬"), ("中上旬", "下旬"), ("上中旬", "下旬"),
                      ("上旬", "中下旬"), ("初", "中", "底"), ("初", "中", "末")):  # fmt: skip
            parts = [ten_days(year, month, word, inferred=False) for word in words]
            days = [(one.first.day, one.last.day) for one in parts]
            assert [first for first, _ in days] == [1, *(last + 1 for _, last in days[:-1])]
            assert days[-1][1] == end and {last for _, last in days[:-1]} <= {10, 20}
            assert all(one.first.month == one.last.month == month for one in parts)
            assert [one.approximate for one in parts] == [not w.endswith("旬") for w in words]
            assert {(one.precision, one.year, one.inferred) for one in parts} == {
                ("ten_days", year, False)
            }
        first, second = (half_month(year, month, word, inferred=False) for word in "上下")
        assert (first.first.day, first.last.day) == (1, 15)
        assert (second.first.day, second.last.day) == (16, end)
        assert {first.precision, second.precision} == {"period"}


def test_quarters_and_halves_of_a_year() -> None:
    for first in range(6):
        for last in range(6):
            found = quarters(2024, first, last, inferred=False)
            if not 1 <= first <= last <= 4:
                assert found is None
                continue
            assert found is not None
            assert found.first == date(2024, 3 * first - 2, 1)
            assert found.last == last_day(2024, 3 * last)
            assert found.precision == ("quarter" if first == last else "period")
            assert (found.year, found.approximate, found.inferred) == (2024, False, False)
    one, two = (half(2024, number, inferred=False) for number in (1, 2))
    assert (one.first, one.last) == (date(2024, 1, 1), date(2024, 6, 30))
    assert (two.first, two.last) == (date(2024, 7, 1), date(2024, 12, 31))
    assert {one.precision, two.precision} == {"half_year"}


def test_weeks_of_every_year_are_those_of_iso_8601() -> None:
    weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
    day = date(1999, 12, 20)
    while day.year < 2031:
        weeks[day.isocalendar()[:2]].append(day)
        day += DAY
    for year in range(2000, 2030):
        for number in range(55):
            days = weeks.get((year, number))
            if days is None:
                with pytest.raises(ValueError, match="week"):
                    week_of_year(year, number, inferred=False)
                continue
            found = week_of_year(year, number, inferred=False)
            assert (found.first, found.last, found.precision) == (days[0], days[-1], "period")


def test_weeks_and_weekdays_of_every_month() -> None:
    for year, month in MONTHS:
        days = [date(year, month, n) for n in range(1, last_day(year, month).day + 1)]
        for weekday, name in enumerate("一二三四五六日"):
            own = [day for day in days if day.weekday() == weekday]
            for at, which in enumerate((*NUMERALS[:5], "最后")):
                wanted = own[-1] if which == "最后" else own[at] if at < len(own) else None
                g = {"week_of": which}
                found = week_of_month(year, month, {**g, "weekday": name}, inferred=False)
                assert (found and (found.first, found.last)) == (wanted and (wanted, wanted))
                if name == "四":  # a week is the month's that holds its Thursday
                    whole = week_of_month(year, month, g, inferred=False)
                    assert (whole and (whole.first, whole.last)) == (
                        wanted and (wanted - 3 * DAY, wanted + 3 * DAY)
                    )
        assert week_of_month(year, month, {"week_of": "零"}, inferred=False) is None
        sky = week_of_month(year, month, {"week_of": "一", "weekday": "天"}, inferred=False)
        assert sky and sky.first.weekday() == 6


@pytest.mark.parametrize("count", [1, 2, 3, 10])
def test_the_first_and_last_days_weeks_and_months_of_a_year(count: int) -> None:
    for year in range(2018, 2028):

        def part(side: str, of: str, year: int = year) -> tuple[date, date]:
            g = {"few": str(count), "side": side, "of": of}
            found = few_of_year(year, g, inferred=False)
            assert found is not None and found.precision == "period"
            return found.first, found.last

        new, end = date(year, 1, 1), date(year, 12, 31)
        assert part("前", "天") == (new, new + (count - 1) * DAY)
        assert part("最后", "天") == (end - (count - 1) * DAY, end)
        assert part("前", "个月") == (new, last_day(year, count))
        assert part("最后", "个月") == (date(year, 13 - count, 1), end)
        weeks = [new + n * DAY for n in range(-10, 380)]
        own = [day for day in weeks if day.isocalendar()[0] == year]
        assert part("前", "周") == (own[0], own[0] + (7 * count - 1) * DAY)
        assert part("最后", "周") == (own[-1] - (7 * count - 1) * DAY, own[-1])


@pytest.mark.parametrize("written", WRITTEN, ids=str)
def test_what_is_counted_from_the_day_of_writing(written: date) -> None:
    for words, shift in (("大前天", -3), ("前天", -2), ("昨天", -1), ("昨日", -1), ("今天", 0),
                         ("今日", 0), ("明天", 1), ("明日", 1), ("后天", 2), ("大后天", 3),
                         ("昨晚", -1), ("今晨", 0), ("明早", 1)):  # fmt: skip
        found = one(words, written)
        assert (found.first_day, found.last_day) == (written + shift * DAY,) * 2, words
        assert (found.precision, found.inferred, found.approximate) == ("day", True, False)
    monday = written - written.weekday() * DAY
    for words, shift in (("上上周", -2), ("上周", -1), ("本周", 0), ("这周", 0), ("下周", 1),
                         ("下下周", 2)):  # fmt: skip
        start = monday + 7 * shift * DAY
        assert bounds(words, written) == (start, start + 6 * DAY), words
        assert bounds(f"{words}末", written) == (start + 5 * DAY, start + 6 * DAY)
        for at, weekday in enumerate("一二三四五六日"):
            assert bounds(f"{words}{weekday}", written) == (start + at * DAY,) * 2
    for words, shift in (("上上月", -2), ("上月", -1), ("上个月", -1), ("本月", 0), ("下月", 1),
                         ("下下月", 2)):  # fmt: skip
        first = month_on(written.replace(day=1), shift)
        last = last_day(first.year, first.month)
        assert bounds(words, written) == (first, last)
        assert bounds(f"{words}上半月", written) == (first, first.replace(day=15))
        assert bounds(f"{words}下半月", written) == (first.replace(day=16), last)
        assert bounds(f"{words}下旬", written) == (first.replace(day=21), last)
        assert bounds(f"{words}8日", written) == (first.replace(day=8),) * 2
        assert bounds(f"{words}8日至12日", written) == (first.replace(day=8), first.replace(day=12))
    for words, shift in (("前", -2), ("去", -1), ("明", 1)):
        assert bounds(f"{words}年今天", written) == (month_on(written, 12 * shift),) * 2
    for words, since, to in (("今明", 0, 1), ("去今", -1, 0)):
        first, last = date(written.year + since, 1, 1), date(written.year + to, 12, 31)
        found = one(f"{words}两年", written)
        assert (found.first_day, found.last_day, found.approximate) == (first, last, True)


UNITS = (("天", 1, 0), ("周", 7, 0), ("个月", 0, 1), ("季度", 0, 3), ("年", 0, 12))


@pytest.mark.parametrize("number", [1, 3, 10])
@pytest.mark.parametrize(("unit", "days", "months"), UNITS)
def test_so_long_ago_and_ahead(unit: str, days: int, months: int, number: int) -> None:
    count = f"{NUMERALS[number - 1]}{'个' if unit == '季度' else ''}{unit}"
    for written in WRITTEN:
        back, ahead = (month_on(written + n * days * DAY, n * months) for n in (-number, number))
        for words, day in ((f"{count}前", back), (f"{count}后", ahead)):
            found = one(words, written)
            assert (found.first_day, found.last_day) == (day, day), words
            assert (found.precision, found.approximate) == ("day", months > 0), words
        for words, span in (
            (f"过去{count}", (back, written)), (f"最近{count}", (back, written)),
            (f"未来{count}", (written, ahead)), (f"今后{count}", (written, ahead)),
        ):  # fmt: skip
            found = one(words, written)
            assert (found.first_day, found.last_day) == span, words
            assert (found.precision, found.approximate, found.inferred) == ("period", True, True)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("过去122年", True), ("过去123年", False), ("未来78年", True), ("未来79年", False),
        ("122年前", True), ("123年前", False), ("78年后", True), ("79年后", False),
    ],
)  # fmt: skip
def test_nothing_before_1900_and_after_2100(words: str, read: bool) -> None:
    assert bool(read_dates(words, date(2022, 6, 1))) is read


@pytest.mark.parametrize("written", range(1, 13))
def test_the_year_of_a_month_for_every_month_of_writing(written: int) -> None:
    """Of what lies further ahead than back, only the last quarter is the year before's."""
    for month in range(1, 13):
        before = month >= 10 and written <= 3
        found = one(f"{month}月", date(2022, written, 15))
        assert found.first_day == date(2021 if before else 2022, month, 1)
        assert found.inferred


PLANS = {1: 1953, 2: 1958, 3: 1966} | {n: 1971 + 5 * (n - 4) for n in range(4, 21)}
ORDINALS = ["", *NUMERALS, *(f"十{one}" for one in NUMERALS[:9]), "二十"]


def test_every_five_year_plan() -> None:
    for number, first in PLANS.items():
        name = f"第{ORDINALS[number]}个五年计划"
        found = one(name, date(2022, 6, 1))
        assert (found.first_day, found.last_day) == (date(first, 1, 1), date(first + 4, 12, 31))
        assert (found.precision, found.approximate) == ("period", False)
        for words, since, to in (("初", 0, 0), ("末", 4, 4), ("前三年", 0, 2), ("后两年", 3, 4),
                                 ("前一年", 0, 0), ("后四年", 1, 4)):  # fmt: skip
            part = one(f"{name}{words}", date(2022, 6, 1))
            years = (part.first_day.year, part.last_day.year)
            assert years == (first + since, first + to), words
            assert (part.precision == "year") is part.approximate is (since == to)
    assert read_dates("第二十一个五年计划", date(2022, 6, 1)) == []
    assert read_dates("第零个五年计划", date(2022, 6, 1)) == []


@pytest.mark.parametrize(
    ("words", "since", "to"),
    [("", 0, 9), ("初", 0, 3), ("初期", 0, 3), ("前期", 0, 4), ("中期", 3, 6), ("中叶", 3, 6),
     ("末", 7, 9), ("末期", 7, 9), ("后期", 5, 9)],
)  # fmt: skip
def test_every_decade_and_its_parts(words: str, since: int, to: int) -> None:
    for tens in range(10, 100, 10):
        for name, first in (
            (f"19{tens}年代", 1900 + tens), (f"20世纪{tens}年代", 1900 + tens),
            (f"上世纪{NUMERALS[tens // 10 - 1]}十年代", 1900 + tens),
            (f"{tens}年代", (1900 if tens >= 30 else 2000) + tens),
            (f"本世纪{tens}年代", 2000 + tens),
        ):  # fmt: skip
            found = one(f"{name}{words}", date(2022, 6, 1))
            years = (found.first_day.year, found.last_day.year)
            assert years == (first + since, first + to), name
            assert found.approximate is bool(words)
            assert (found.first_day.month, found.last_day.month) == (1, 12)


# Leap months of every year from 1950 to 2060, as 中国科学院紫金山天文台 publishes them.
LEAPS = {
    1952: 5, 1955: 3, 1957: 8, 1960: 6, 1963: 4, 1966: 3, 1968: 7, 1971: 5, 1974: 4, 1976: 8,
    1979: 6, 1982: 4, 1984: 10, 1987: 6, 1990: 5, 1993: 3, 1995: 8, 1998: 5, 2001: 4, 2004: 2,
    2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3,
    2033: 11, 2036: 6, 2039: 5, 2042: 2, 2044: 7, 2047: 5, 2050: 3, 2052: 8, 2055: 6, 2058: 4,
}  # fmt: skip


def lunar_year(year: int) -> list[tuple[int, bool]]:
    leap = LEAPS.get(year)
    return [(m, late) for m in range(1, 13) for late in ((False, True) if m == leap else (False,))]


def test_lunar_months_tile_every_year() -> None:
    months = [
        (year, *lunar_month(year, month, leap=leap))
        for year in range(1950, 2061)
        for month, leap in lunar_year(year)
    ]
    for (_, _, last), (_, first, _) in pairwise(months):
        assert first == last + DAY
    assert {(last - first).days for _, first, last in months} == {28, 29}
    for new_year in spring_festivals():
        assert lunar_month(new_year.year, 1)[0] == new_year
    for year in range(1950, 2061):
        for month in range(1, 13):
            if LEAPS.get(year) != month:
                with pytest.raises(ValueError, match=f"{year}-{month}"):
                    lunar_month(year, month, leap=True)


def test_days_of_a_lunar_month_are_its_own() -> None:
    for month, leap in lunar_year(2023):
        first, last = lunar_month(2023, month, leap=leap)
        length = (last - first).days + 1
        days = [lunar_day(2023, month, n, leap=leap) for n in range(1, length + 1)]
        assert days == [first + n * DAY for n in range(length)]
        for wrong in (0, length + 1):
            with pytest.raises(ValueError, match=f"{month}-{wrong}"):
                lunar_day(2023, month, wrong, leap=leap)


def test_qingming() -> None:
    known = {1950: 5, 2020: 4, 2021: 4, 2022: 5, 2023: 5, 2024: 4, 2025: 4, 2026: 5, 2060: 4}
    assert {year: qingming(year).day for year in known} == known
    assert {qingming(year).month for year in known} == {4}
    for year in (1949, 2061):
        with pytest.raises(ValueError, match=str(year)):
            qingming(year)


SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
PARTS = {"初": 0, "早": 0, "仲": 1, "盛": 1, "隆": 1, "寒": 1, "深": 2, "暮": 2, "晚": 2}
NOW = date(2022, 6, 15)


def season(year: int, first: str, last: str) -> tuple[date, date]:
    """From the first day of one to the next last day of the other."""
    start = date(year, SEASONS[first], 1)
    ends = (month_on(start, n) for n in range(1, 13))
    end = next(day for day in ends if day.month == (SEASONS[last] + 2) % 12)
    return start, last_day(end.year, end.month)


def test_every_season_and_its_parts() -> None:
    for year in (2020, 2021, 2023):
        for one_, begins in SEASONS.items():
            for words in (f"{year}年{one_}季", f"{year}年{one_}天"):
                assert bounds(words, NOW) == season(year, one_, one_), words
            for part, later in PARTS.items():
                first = month_on(date(year, begins, 1), later)
                wanted = (first, last_day(first.year, first.month))
                assert bounds(f"{year}年{part}{one_}", NOW) == wanted, (part, one_)
            for other in SEASONS:
                if other != one_:
                    assert bounds(f"{year}年{one_}{other}两季", NOW) == season(year, one_, other)
    for words, shift in (("去", -1), ("今", 0), ("明", 1)):
        for one_ in SEASONS:
            found = one(f"{words}{one_}", NOW)
            assert (found.first_day, found.last_day) == season(2022 + shift, one_, one_)
            assert (found.precision, found.approximate, found.inferred) == ("period", True, True)
    assert bounds("入冬", NOW) == season(2022, "冬", "冬")
    assert bounds("去冬今春", NOW) == season(2021, "冬", "春")
    assert bounds("今冬明春", NOW) == season(2022, "冬", "春")
    for words in ("2021年采暖季", "2021—2022年采暖季", "2021-2022年供暖期", "2021年冬季供暖期"):
        assert bounds(words, NOW) == (date(2021, 11, 15), date(2022, 3, 15)), words
    assert bounds("2021—2022年冬季", NOW) == season(2021, "冬", "冬")


def test_festivals_of_the_sun_by_their_weekday() -> None:
    for year in range(1995, 2055):
        for name, month, weekday, earliest in (
            ("母亲节", 5, 6, 8), ("父亲节", 6, 6, 15), ("感恩节", 11, 3, 22),
        ):  # fmt: skip
            day = festival_day(name, year)
            assert (day.year, day.month, day.weekday()) == (year, month, weekday)
            assert earliest <= day.day < earliest + 7


# Festivals of the moon by month and day; 除夕 and 腊八 lie in the lunar year before.
MOON = {"春节": (1, 1), "元宵节": (1, 15), "端午节": (5, 5), "七夕节": (7, 7), "中元节": (7, 15),
        "中秋节": (8, 15), "重阳节": (9, 9)}  # fmt: skip


def test_festivals_of_the_moon() -> None:
    for year in range(1951, 2060):
        for name, (month, day) in MOON.items():
            first, _ = lunar_month(year, month)
            assert festival_day(name, year) == first + (day - 1) * DAY
        assert festival_day("除夕", year) == lunar_month(year, 1)[0] - DAY
        assert festival_day("腊八节", year) == lunar_month(year - 1, 12)[0] + 7 * DAY
        assert festival_day("清明节", year) == qingming(year)
    assert festival_day("腊八节", 2021) == date(2021, 1, 20)


@pytest.mark.parametrize(
    ("words", "first", "days"),
    [
        ("2021年国庆期间", (2021, 10, 1), 7), ("2021年五一假期", (2021, 5, 1), 5),
        ("2021年元旦假期", (2021, 1, 1), 3), ("2021年春节期间", (2021, 2, 12), 7),
        ("2021年中秋小长假", (2021, 9, 21), 3), ("2021年教师节期间", (2021, 9, 10), 1),
        ("2021年国庆节", (2021, 10, 1), 1), ("2021年春节", (2021, 2, 12), 1),
        ("National Day holidays of 2021", (2021, 10, 1), 7),
        ("the 2021 National Day holidays", (2021, 10, 1), 7),
        ("National Day 2021 holidays", (2021, 10, 1), 7),
        ("2021's Spring Festival", (2021, 2, 12), 1),
        ("Spring Festival of 2021", (2021, 2, 12), 1), ("Christmas in 2019", (2019, 12, 25), 1),
    ],
)  # fmt: skip
def test_a_festival_is_a_day_and_its_holiday_some(
    words: str, first: tuple[int, int, int], days: int
) -> None:
    found, start = one(words, NOW), date(*first)
    assert (found.first_day, found.last_day) == (start, start + (days - 1) * DAY)
    assert (found.precision, found.approximate, found.inferred) == (
        "day" if days == 1 else "period", days > 1, False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "written", "day"),
    [
        ("国庆节", date(2022, 3, 31), date(2021, 10, 1)),
        ("国庆节", date(2022, 4, 1), date(2022, 10, 1)),
        ("教师节", date(2022, 3, 31), date(2022, 9, 10)),
        ("元旦", date(2022, 3, 31), date(2022, 1, 1)),
        ("除夕", date(2022, 3, 31), date(2022, 1, 31)),
    ],
)
def test_the_year_of_a_festival_without_one(words: str, written: date, day: date) -> None:
    found = one(words, written)
    assert (found.first_day, found.last_day, found.inferred) == (day, day, True)


MONTH_NAMES = ("正", *NUMERALS[1:], "冬", "腊")
DAY_NAMES = (
    *(f"初{one}" for one in NUMERALS), *(f"十{one}" for one in NUMERALS[:9]), "二十",
    *(f"廿{one}" for one in NUMERALS[:9]), "三十",
)  # fmt: skip


def test_every_day_of_a_lunar_year_as_it_is_written() -> None:
    for month, leap in lunar_year(2023):
        first, last = lunar_month(2023, month, leap=leap)
        name = f"农历2023年{'闰' if leap else ''}{MONTH_NAMES[month - 1]}月"
        assert bounds(name, NOW) == (first, last)
        for number, word in enumerate(DAY_NAMES):
            day = first + number * DAY
            found = read_dates(f"{name}{word}", NOW)
            if day <= last:
                assert [(f.first_day, f.precision) for f in found] == [(day, "day")], (name, word)
            else:
                assert found == []
    assert bounds("2023年正月初八", NOW) == (date(2023, 1, 29),) * 2
    assert bounds("2023年腊月廿三", NOW) == (date(2024, 2, 2),) * 2
    assert bounds("大年初三", NOW) == (date(2022, 2, 3),) * 2
    assert read_dates("农历正月初八", None) == []


@pytest.mark.parametrize(
    ("days", "month"),
    [
        ("18日", 3),
        ("5日至18日", 3),  # thirteen days on: a visit, after which the next day lies
        ("5日至19日", 6),  # a period says nothing of the next day: the last 26th before the writing
        ("上旬", 6),
    ],
)
def test_a_day_alone_lies_behind_the_day_or_visit_last_named(days: str, month: int) -> None:
    found = read_dates(f"2021年3月{days}限产。26日恢复", date(2021, 7, 1))
    assert found[-1].text == "26日" and found[-1].first_day == date(2021, month, 26)
