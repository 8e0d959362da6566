"""Dates wholly in digits: 2021-09-11, 2021.09, 20210911, 13.5.2015."""

from datetime import date

from tanzhe.periods import Month
from tanzhe.text.dates.days import Days, Groups, Reader, Rule, months, one_day, one_month
from tanzhe.text.dates.words import CLOCK, TO

_FULL = r"(?P<iy>(?:19|20)\d{2})"


def _numeric(g: Groups, reader: Reader) -> Days | None:
    month = int(g["im"])
    year = int(g["iy"]) if g.get("iy") else reader.year_for(month)
    if year is None:
        return None
    if g.get("iy2"):
        return months(
            Month(year, month), Month(int(g["iy2"]), int(g["im2"])), "period", inferred=False
        )
    if not g.get("id"):
        return one_month(year, month, inferred=False)
    return one_day(date(year, month, int(g["id"])), inferred=not g.get("iy"))


def _day_or_month_first(g: Groups, reader: Reader) -> Days | None:
    """13.5.2015, 5/13/2015: only where one of the two can be no month."""
    a, b = int(g["d1"]), int(g["d2"])
    if a != b and a <= 12 and b <= 12:
        return None
    day, month = (a, b) if b <= 12 else (b, a)
    return one_day(date(int(g["iy"]), month, day))


NUMERIC = (
    Rule(
        rf"(?<![\d.]){_FULL}(?P<sep>[-/.])(?P<im>\d{{1,2}})(?P=sep)(?P<id>\d{{1,2}})(?![\d])"
        rf"{CLOCK}",
        _numeric,
    ),
    Rule(
        rf"(?<![\d\-/.]){_FULL}[-/](?P<im>0?[1-9]|1[0-2])(?![\d\-/.%年])",
        _numeric,
    ),
    Rule(rf"(?<![\d\-/.]){_FULL}\.(?P<im>0[1-9]|1[0-2])(?![\d.%万亿元吨])", _numeric),
    Rule(
        rf"(?<![\d.]){_FULL}(?P<im>0[1-9]|1[0-2])(?P<id>0[1-9]|[12]\d|3[01])(?![\d.])",
        _numeric,
    ),
    Rule(
        rf"(?<![\d\-/.]){_FULL}\.(?P<im>0?[1-9]|1[0-2]){TO}(?P<iy2>20\d{{2}})\.(?P<im2>0?[1-9"
        r"]|1[0-2])(?![\d.])",
        _numeric,
    ),
    Rule(
        r"(?<![\d\-/.:A-Za-z])(?P<im>0[1-9])-(?P<id>0[1-9]|[12]\d|3[01])(?![\d\-/.%:A-Za-z])"
        r"(?![万亿千百个家吨元])",
        _numeric,
    ),
    Rule(
        rf"(?<![\d.]){_FULL}\s(?P<im>0[1-9]|1[0-2])\s(?P<id>0[1-9]|[12]\d|3[01])(?![\d.])",
        _numeric,
    ),
    Rule(
        r"(?<![\d./-])(?P<d1>\d{1,2})(?P<sep>[./-])(?P<d2>\d{1,2})(?P=sep)(?P<iy>(?:19|20)\d{2})(?!\d)",
        _day_or_month_first,
    ),
)
