"""Dates in English text."""

from collections.abc import Callable
from datetime import date, timedelta

from tanzhe.numerals import ENGLISH_NUMBERS
from tanzhe.periods import Month
from tanzhe.text.dates.days import (
    Days,
    Groups,
    Reader,
    Rule,
    half,
    months,
    moved,
    one_day,
    one_month,
    period,
    quarters,
    ten_days,
    years,
)

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {word: n for word, n in ENGLISH_NUMBERS.items() if 1 <= n <= 12} | {
    "a": 1,
    "an": 1,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "couple of": 2,
}
_SHIFTS = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_CAPITAL = "|".join(sorted((n.capitalize() for n in MONTHS), key=len, reverse=True))
_EY = r"(?P<ey>(?:19|20)\d{2})"
_D = r"(?<![A-Za-z\d.])(?P<ed>\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|to|until|through)\s*"
_SHIFT = r"(?P<shift>last|previous|this|current|next|coming)"
_N = r"(?P<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?|couple of)"
_UNIT = r"(?P<unit>day|week|month|quarter|year|decade)s?"


def _number(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words.lower()]


def _year(g: Groups, reader: Reader, month: int | None = None) -> tuple[int | None, bool]:
    if g.get("ey"):
        return int(g["ey"]), False
    if g.get("short"):
        return 2000 + int(g["short"]), False
    if g.get("rel"):
        return reader.years_on(_SHIFTS[g["rel"].lower()]), True
    return reader.year_for(month), True


def _month(g: Groups, reader: Reader) -> Days | None:
    number = MONTHS[g["em"].lower()]
    year, inferred = _year(g, reader, number)
    if year is None:
        return None
    if g.get("ed"):
        day = date(year, number, int(g["ed"]))
        if g.get("ed2"):
            return period(day, date(year, number, int(g["ed2"])), inferred=inferred)
        return one_day(day, inferred=inferred)
    if g.get("part"):
        part = g["part"].lower()
        word = (
            "初"
            if part in ("early", "beginning", "start")
            else "中"
            if part in ("mid", "middle")
            else "底"
        )
        return ten_days(year, number, word, inferred=inferred)
    if g.get("em2"):
        last = MONTHS[g["em2"].lower()]
        if last <= number:
            return None
        return months(Month(year, number), Month(year, last), "period", inferred=inferred)
    return one_month(year, number, inferred=inferred)


def _named_month(g: Groups, reader: Reader) -> Days | None:
    """Last December is the latest before the day of writing, next May the first after it."""
    if reader.reference is None:
        return None
    number, shift = MONTHS[g["em"].lower()], _SHIFTS[g["shift"].lower()]
    year = reader.reference.year
    if shift < 0 and number >= reader.reference.month:
        year -= 1
    if shift > 0 and number <= reader.reference.month:
        year += 1
    return one_month(year, number, inferred=True)


def _in_year(
    read: Callable[[int, Groups, bool], Days | None],
) -> Callable[[Groups, Reader], Days | None]:
    def reading(g: Groups, reader: Reader) -> Days | None:
        year, inferred = _year(g, reader)
        return None if year is None else read(year, g, inferred)

    return reading


def _quarter(year: int, g: Groups, inferred: bool) -> Days | None:
    number = _number(g["q"])
    return quarters(year, 1 if g.get("whole") else number, number, inferred=inferred)


def _half(year: int, g: Groups, inferred: bool) -> Days | None:
    return half(year, _number(g["h"]), inferred=inferred)


def _edge(year: int, g: Groups, inferred: bool) -> Days | None:
    word = g["edge"].lower()
    month = 6 if word in ("mid", "middle") else 1 if word in ("early", "beginning", "start") else 12
    return one_month(year, month, inferred=inferred, approximate=True)


def _season(year: int, g: Groups, inferred: bool) -> Days | None:
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[g["season"].lower()]
    days = months(
        Month(year, first),
        Month(year, first).next(2),
        "period",
        inferred=inferred,
        approximate=True,
    )
    return days


def _first_months(year: int, g: Groups, inferred: bool) -> Days | None:
    return months(Month(year, 1), Month(year, _number(g["n"])), "period", inferred=inferred)


def _whole_year(year: int, g: Groups, inferred: bool) -> Days | None:
    last = g.get("ey2")
    if not last:
        return years(year, year, inferred=inferred)
    end = int(last) if len(last) == 4 else year // 100 * 100 + int(last)
    return years(year, end) if 0 < end - year <= 60 else None


def _span_of_unit(day: date, unit: str, shift: int) -> Days | None:
    if unit == "week":
        monday = day + timedelta(days=7 * shift - day.weekday())
        return period(monday, monday + timedelta(days=6), inferred=True)
    if unit == "month":
        to = Month(day.year, day.month).next(shift)
        return one_month(to.year, to.month, inferred=True)
    if unit == "quarter":
        to = Month(day.year, day.month).next(3 * shift)
        return quarters(to.year, (to.month + 2) // 3, (to.month + 2) // 3, inferred=True)
    return years(day.year + shift, day.year + shift, inferred=True)


def _last_unit(g: Groups, reader: Reader) -> Days | None:
    if reader.reference is None:
        return None
    return _span_of_unit(reader.reference, g["unit"].lower(), _SHIFTS[g["shift"].lower()])


def _weekday(g: Groups, reader: Reader) -> Days | None:
    if reader.reference is None:
        return None
    monday = reader.reference - timedelta(days=reader.reference.weekday())
    weeks = _SHIFTS[g["shift"].lower()] if g.get("shift") else 0
    at = WEEKDAYS.index(g["weekday"].lower())
    return one_day(monday + timedelta(weeks=weeks, days=at), inferred=True)


def _day(g: Groups, reader: Reader) -> Days | None:
    if reader.reference is None:
        return None
    word = " ".join(g["word"].lower().split())
    shift = {"yesterday": -1, "today": 0, "tomorrow": 1, "the day before yesterday": -2,
             "the day after tomorrow": 2}[word]  # fmt: skip
    return one_day(reader.reference + timedelta(days=shift), inferred=True)


def _counted(g: Groups, reader: Reader) -> Days | None:
    """The past three years, two weeks ago, within six months."""
    if reader.reference is None:
        return None
    unit, number = g["unit"].lower(), _number(g["n"]) if g.get("n") else 1
    if unit == "decade":
        unit, number = "year", 10 * number
    side = g["side"].lower()
    back = side in ("ago", "past", "last", "previous", "recent")
    other = moved(reader.reference, -number if back else number, unit)
    if not 1900 <= other.year <= 2100:
        return None
    if side in ("ago", "later", "from now", "in"):
        about = unit not in ("day", "week")
        return Days(first=other, last=other, precision="day", inferred=True, approximate=about)
    first, last = sorted((other, reader.reference))
    return Days(first=first, last=last, precision="period", inferred=True, approximate=True)


def _slashed(g: Groups, _: Reader) -> Days | None:
    """5/31/2021 can only be May; 5/6/2021 stays unread."""
    a, b, year = int(g["a"]), int(g["b"]), int(g["ey"])
    if (a > 12) == (b > 12):
        return one_day(date(year, a, b)) if a == b else None
    return one_day(date(year, min(a, b), max(a, b)))


def _rule(pattern: str, read: Callable[[Groups, Reader], Days | None], **more: bool) -> Rule:
    return Rule(f"(?i){pattern}", read, **more)


_OF = r"\s*,?\s*(?:of\s+|in\s+)?"
_WHEN = rf"(?:{_OF}(?:{_EY}|(?P<rel>last|this|next)\s+year)\b)?"
_SURE = rf"{_OF}(?:{_EY}|(?P<rel>last|this|next)\s+year)\b"
_PART = r"early|mid|late|middle|beginning|start|end"
ENGLISH = (
    _rule(
        rf"{_D}(?:\s*(?:-|–|to)\s*(?P<ed2>\d{{1,2}})(?:st|nd|rd|th)?)?\s+(?:of\s+)?(?P<em>"
        rf"{_NAMES})\b\.?,?(?:\s+{_EY})\b",
        _month,
    ),
    _rule(
        rf"\b(?P<em>{_NAMES})\b\.?\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|–|to)\s*(?P<"
        rf"ed2>\d{{1,2}})(?:st|nd|rd|th)?)?,?\s+{_EY}\b",
        _month,
    ),
    _rule(
        rf"\b(?:(?P<part>{_PART})(?:\s+of\s+|[- ]))?(?P<em>{_NAMES})\b\.?,?\s+(?:of\s+)?(?:"
        rf"{_EY}|(?P<rel>last|this|next)\s+year)\b",
        _month,
    ),
    _rule(rf"\b(?P<part>{_PART})(?:\s+of\s+|[- ])(?P<em>(?-i:{_CAPITAL}))\b", _month),
    _rule(rf"{_D}(?:\s+of)?\s+(?P<em>(?-i:{_CAPITAL}))\b(?!\s+\d)", _month),
    _rule(
        rf"\b(?P<em>(?-i:{_CAPITAL}))\b\.?\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:,?\s"
        r"*(?:19|20)\d{2}|%|million|billion|percent|\.\d|,\d{3}))",
        _month,
    ),
    _rule(
        rf"\b(?P<em>(?-i:{_CAPITAL}))\b\.?{_TO}(?P<em2>(?-i:{_CAPITAL}))\b\.?(?:,?\s+{_EY}\b)"
        r"?",
        _month,
    ),
    _rule(rf"(?<=\b[Ii]n\s)(?P<em>(?-i:{_CAPITAL}))\b(?!\s+\d|\s+of)", _month),
    _rule(rf"\b{_SHIFT}\s+(?P<em>(?-i:{_CAPITAL}))\b", _named_month),
    _rule(rf"(?<![A-Za-z\d])Q(?P<q>[1-4])(?![A-Za-z\d型号])(?:{_OF}{_EY}\b)?", _in_year(_quarter)),
    _rule(rf"(?<!\d){_EY}\s*年?\s*-?Q(?P<q>[1-4])\b", _in_year(_quarter)),
    _rule(
        rf"\b(?P<q>first|second|third|fourth|final)[- ]quarter{_WHEN}(?!\s+of\s+the\s+(?!year"
        r"))",
        _in_year(_quarter),
    ),
    _rule(rf"\b(?P<whole>first)\s+(?P<q>two|three)\s+quarters{_SURE}", _in_year(_quarter)),
    _rule(rf"\b(?P<h>first|second)\s+half{_SURE}", _in_year(_half)),
    _rule(rf"\bH(?P<h>[12]){_OF}{_EY}\b", _in_year(_half)),
    _rule(rf"\b{_EY}\s*H(?P<h>[12])\b", _in_year(_half)),
    _rule(r"\b(?P<h>[12])H\s?(?:(?P<ey>20\d{2})|(?P<short>\d{2}))\b", _in_year(_half)),
    _rule(
        rf"\b(?P<edge>{_PART})[- ](?:of\s+)?(?:the\s+year\s+)?(?:{_EY}|(?P<rel>last|this|next"
        r")\s+year)\b",
        _in_year(_edge),
    ),
    _rule(
        rf"\b(?:year[- ](?P<edge>end)|end[- ]year){_WHEN}",
        lambda g, r: _in_year(_edge)({**g, "edge": "end"}, r),
    ),
    _rule(rf"\bfirst\s+{_N}\s+months{_SURE}", _in_year(_first_months)),
    _rule(
        rf"\b(?P<season>spring|summer|autumn|fall|winter)(?!\s+festival)\s+(?:of\s+)?(?:{_EY}"
        r"|(?P<rel>last|this|next)\s+year)\b",
        _in_year(_season),
    ),
    _rule(
        r"\b(?P<rel>last|this|next)\s+(?P<season>spring|summer|autumn|fall|winter)\b(?!\s+festival)",
        _in_year(_season),
    ),
    _rule(
        rf"(?<![\w-])(?P<side>in)\s+{_N}\s+{_UNIT}\b(?!['’]?\s*(?:time|of|to|from|since|and))",
        _counted,
        counted=True,
    ),
    _rule(rf"\b(?:FY|fiscal\s+(?:year\s+)?)\s?{_EY}\b", _in_year(_whole_year)),
    _rule(
        rf"(?:\b[Ff]rom|\b[Bb]etween)\s+{_EY}\s+(?:to|and)\s+(?P<ey2>(?:19|20)\d{{2}})\b",
        _in_year(_whole_year),
    ),
    *(
        _rule(
            rf"(?<=\b{word}\s){_EY}\b(?!\s*(?:tons|tonnes|MW|GW|yuan|million|%|percent|compan"
            r"ies))",
            _in_year(_whole_year),
        )
        for word in (
            "in",
            "by",
            "since",
            "until",
            "during",
            "before",
            "after",
            "of",
            "around",
            "for",
        )
    ),
    _rule(rf"\b{_SHIFT}\s+(?P<unit>week|month|quarter|year)\b(?!['’]s)", _last_unit),
    _rule(
        rf"\b(?:{_SHIFT}\s+)?(?P<weekday>(?-i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturd"
        r"ay|Sunday))\b",
        _weekday,
    ),
    _rule(
        r"\b(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|t"
        r"oday|tomorrow)\b",
        _day,
    ),
    _rule(
        rf"(?<![\d.])\b{_N}\s+{_UNIT}\s+(?P<side>ago|later|from\s+now)\b", _counted, counted=True
    ),
    _rule(
        rf"\b(?:the\s+)?(?P<side>past|last|previous|next|coming|recent)\s+{_N}\s+{_UNIT}"
        r"\b",
        _counted,
        counted=True,
    ),
    _rule(
        r"\b(?:the\s+)?(?P<side>past|last|next|coming)\s+(?P<unit>decade)\b", _counted, counted=True
    ),
    _rule(rf"\b(?P<side>within)\s+(?:the\s+next\s+)?{_N}\s+{_UNIT}\b", _counted, counted=True),
    _rule(rf"(?<![\d/])(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/{_EY}(?![\d/])", _slashed),
)
