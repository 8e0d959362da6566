"""Periods told by another one: 去年同期, 上年同月, 次月10日."""

from datetime import date

from tanzhe.periods import Month
from tanzhe.text.dates.days import (
    Days,
    Groups,
    Reader,
    Rule,
    half_month,
    number_of,
    one_day,
    one_month,
    ten_days,
    years,
)
from tanzhe.text.dates.words import RELATIVE_YEARS, TEN, N

_YEARS = {word: shift for word, shift in RELATIVE_YEARS.items() if shift}
_YEAR = rf"(?P<rel>{'|'.join(sorted(_YEARS, key=len, reverse=True))})"
_MONTHS = {"当月": 0, "同月": 0, "次月": 1, "翌月": 1}


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _same_period(g: Groups, reader: Reader) -> Days | None:
    """去年同期: the period the sentence speaks of, a year before; else the whole year."""
    last = reader.sentence_days
    year = reader.years_on(_YEARS[g["rel"]])
    if last is None:
        return years(year, year, inferred=True, approximate=True) if year else None
    if year is None or last.inferred is False:  # 2021年1—8月…比上年同期
        year = last.first.year + _YEARS[g["rel"]]
    shift = year - last.first.year
    end = _in_year(last.last, last.last.year + shift)
    if (end.month, end.day) == (2, 28) and end.year % 4 == 0 and last.precision != "day":
        end = end.replace(day=29)
    return Days(first=_in_year(last.first, year), last=end, precision=last.precision, inferred=True)


def _same_month(g: Groups, reader: Reader) -> Days | None:
    """上年同月: the month the sentence speaks of, or that of writing, a year before."""
    base = reader.sentence_days.last if reader.sentence_days else reader.reference
    if base is None:
        return None
    year = base.year + _YEARS[g["rel"]]
    if g.get("d"):
        return one_day(date(year, base.month, number_of(g["d"])), inferred=True)
    return one_month(year, base.month, inferred=True)


def _half_of_month(g: Groups, reader: Reader) -> Days | None:
    """上半月: of the month the sentence speaks of, else of the month of writing."""
    base = reader.sentence_month or reader.reference
    return half_month(base.year, base.month, g["half"], inferred=True) if base else None


def _month_after(g: Groups, reader: Reader) -> Days | None:
    """当月15日, 次月10日: of the month last named, else of the month of writing."""
    base = reader.sentence_month or reader.sentence_day or reader.paragraph_day
    shift = _MONTHS[g["which"]]
    if base is None and (shift or reader.reference is None):
        return None
    base = base or reader.reference
    assert base is not None
    month = Month(base.year, base.month).next(shift)
    if g.get("ten"):
        return ten_days(month.year, month.month, g["ten"], inferred=True)
    if g.get("d"):
        return one_day(date(month.year, month.month, number_of(g["d"])), inferred=True)
    return one_month(month.year, month.month, inferred=True)


CONTEXT = (
    Rule(rf"(?:{_YEAR})同期", _same_period),
    Rule(rf"{_YEAR}的?(?:同月份?|本月|这个月)(?:(?P<d>\d{{1,2}}|{N}{{1,4}})[日号])?", _same_month),
    Rule(r"(?<![月旬])(?P<half>[上下])半月(?![刊板])", _half_of_month),
    Rule(
        rf"(?P<which>{'|'.join(_MONTHS)})(?:{TEN}|(?P<d>\d{{1,2}}|{N}{{1,4}})[日号])?", _month_after
    ),
)
