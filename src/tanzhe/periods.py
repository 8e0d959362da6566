"""Days, months and years as text that sorts; merged January-February; Spring Festival."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import NamedTuple

# The dip of industrial activity around Spring Festival in days before and after the first day of
# the lunar year; measured on national daily emissions, see docs/turning/calendar.md.
HOLIDAY_BEFORE = 10
HOLIDAY_AFTER = 25
# Days of rest by law on a fixed day, in every version of 全国年节及纪念日放假办法 since 2007.
_FIXED_REST = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))

BEIJING = timezone(timedelta(hours=8))


def today() -> date:
    """The day in Beijing, whatever the zone of the machine: deadlines and signatures are of it."""
    return datetime.now(BEIJING).date()


_TYPED = re.compile(
    r"(\d{4})(?:\s*[年/.-]\s*(\d{1,2})(?:\s*[月/.-]\s*(?:(\d{1,2})\s*[日号]?)?)?|(\d{2})(\d{2})?|年)?"
)


def as_iso(text: str) -> str:
    """A year, month or day as people type it, written YYYY, YYYY-MM or YYYY-MM-DD; else as it is.

    Example:
        >>> as_iso("2021年9月"), as_iso("2021/9/10"), as_iso("202109"), as_iso("去年")
        ('2021-09', '2021-09-10', '2021-09', '去年')
    """
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return text
    year, month, day = found[1], found[2] or found[4], found[3] or found[5]
    return "-".join(f"{int(part):02d}" for part in (year, month, day) if part)


class Month(NamedTuple):
    """A calendar month that sorts; a merged January-February period is its February.

    Example:
        >>> str(Month(2021, 5)), Month.parse("2021-12").next()
        ('2021-05', Month(year=2022, month=1))
    """

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month of YYYY-MM or YYYY-MM-DD."""
        return cls(int(text[:4]), int(text[5:7]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def next(self, months: int = 1) -> "Month":
        """The month `months` later; negative: earlier."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def first_day(self) -> date:
        """First day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Last day of the month."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])


def months_between(first: Month | date, last: Month | date) -> int:
    """Number of months from `first` to `last`; negative when `last` is earlier."""
    return (last.year - first.year) * 12 + last.month - first.month


def merged_periods(first: Month, last: Month) -> list[Month]:
    """All periods from `first` to `last` with January-February as one, written YYYY-02.

    Example:
        >>> [str(p) for p in merged_periods(Month(2020, 12), Month(2021, 3))]
        ['2020-12', '2021-02', '2021-03']
    """
    count = months_between(first, last)
    return [m for m in (first.next(i) for i in range(count + 1)) if m.month != 1]


def period_days(period: Month, *, merged: bool) -> int:
    """Days in a period; a merged January-February period counts both months.

    Example:
        >>> period_days(Month(2020, 2), merged=True), period_days(Month(2020, 2), merged=False)
        (60, 29)
    """
    days = monthrange(period.year, period.month)[1]
    return days + 31 if merged and period.month == 2 else days


@cache
def spring_festivals() -> tuple[date, ...]:
    """First days of the lunar years 2010 to 2035."""
    text = files("tanzhe.data").joinpath("spring_festival.csv").read_text(encoding="utf-8")
    return tuple(date.fromisoformat(line) for line in text.split()[1:])


@cache
def _workdays() -> dict[date, str]:
    """Days that are not what their weekday says: `rest` from Monday to Friday, `work` else."""
    text = files("tanzhe.data").joinpath("workdays.csv").read_text(encoding="utf-8")
    rows = (line.split(",") for line in text.split()[1:])
    return {date.fromisoformat(day): kind for day, kind in rows}


@cache
def years_of_workdays() -> tuple[int, int]:
    """First and last year whose days of rest and make-up workdays are known."""
    years = [day.year for day in _workdays()]
    return min(years), max(years)


def is_rest_day(day: date) -> bool:
    """Whether nobody works on a day: a weekend or holiday, and no make-up workday (调休).

    Outside `years_of_workdays` a weekend, a day of rest by law on a fixed day, or one of the week
    that begins on the eve of Spring Festival.

    Reference:
        Annual arrangements of holidays by the General Office of the State Council.

    Example:
        >>> is_rest_day(date(2025, 1, 28)), is_rest_day(date(2025, 1, 26))
        (True, False)
    """
    first, last = years_of_workdays()
    if first <= day.year <= last:
        return _workdays().get(day, "rest" if day.weekday() >= 5 else "work") == "rest"
    if day.weekday() >= 5 or (day.month, day.day) in _FIXED_REST:
        return True
    return any(-1 <= (day - start).days < 6 for start in spring_festivals())


def spring_festival(year: int) -> date | None:
    """First day of the lunar year that begins in `year`, or None outside 2010-2035.

    Example:
        >>> spring_festival(2022)
        datetime.date(2022, 2, 1)
    """
    return next((day for day in spring_festivals() if day.year == year), None)


def holiday_days(period: Month, *, merged: bool) -> int:
    """Days of a period that fall into the dip around Spring Festival.

    Args:
        period: the month; with `merged`, February stands for January and February.
        merged: whether January and February are one period.

    Returns:
        Days from 10 before to 25 after the first day of the lunar year; 0 for years outside
        2010-2035.

    Example:
        >>> holiday_days(Month(2021, 3), merged=True), holiday_days(Month(2023, 3), merged=True)
        (9, 0)
    """
    new_year = spring_festival(period.year)
    if new_year is None:
        return 0
    first = date(period.year, 1, 1) if merged and period.month == 2 else period.first_day
    start = max(first, new_year - timedelta(days=HOLIDAY_BEFORE))
    end = min(period.last_day, new_year + timedelta(days=HOLIDAY_AFTER))
    return max(0, (end - start).days + 1)


def five_year_plan(number: int) -> tuple[int, int]:
    """First and last year of a five-year plan.

    Example:
        >>> five_year_plan(1), five_year_plan(14)
        ((1953, 1957), (2021, 2025))
    """
    first = 1953 + 5 * (number - 1) if number < 3 else 1966 + 5 * (number - 3)
    return first, first + 4


def plan_of_year(year: int) -> int:
    """The number of the five-year plan that a year from 1966 on lies in.

    Example:
        >>> plan_of_year(2020), plan_of_year(2021)
        (13, 14)
    """
    return 3 + (year - 1966) // 5
