"""What one cell may mean as a date: every way people and programs write a moment."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

from tanzhe.numerals import DIGIT, NUMERAL, in_digits, small_number
from tanzhe.periods import BEIJING
from tanzhe.tables.grid import Cell, text_of
from tanzhe.tables.moments import Moment

# Statistics and inventories of emissions begin with industrialisation and end with targets.
FIRST_YEAR, LAST_YEAR = 1860, 2100

Readings = tuple[tuple[str, Moment], ...]
"""What a cell may mean, each with the name of the way of writing; "" where there is one only."""


_EN = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MON = {name: i for i, name in enumerate(_EN, start=1)}
_LONG = "january february march april may june july august september october november december"
_MON |= {name: i for i, name in enumerate(_LONG.split(), start=1)} | {"sept": 9}
_MON_RE = "(" + "|".join(sorted(_MON, key=len, reverse=True)) + r")\.?"
_ZH = re.compile(NUMERAL)
_ZH_YEAR = re.compile(rf"{DIGIT}{{4}}(?=年)|(?<!\d){DIGIT}{{2}}(?=年)")
_ZH_SMALL = re.compile(r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日号季周])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ROMAN_MONTHS = {name: i for i, name in enumerate(_ROMANS, start=1)}
_HALVES = {"上半年": 1, "下半年": 2, "h1": 1, "h2": 2, "1h": 1, "2h": 2, "s1": 1, "s2": 2}
_ROC = re.compile(r"^(?:民国|民國|roc)\s*(\d{2,3})(?=年|[-/.])")
# Marks of preliminary, revised or estimated figures behind a date say nothing about when.
_MARK = re.compile(r"[*†]+$|\s*[(\[](?:p|r|e|f|预测|预计|初步|估算|修订|初值|yr\d{4})[)\]]$")

_Y = r"(\d{4})"
_SEP = r"\s*[-/._\\年]\s*"
_TIME = r"(?:[ t]?(\d{1,2})(?::(\d{2})(?::\d{2}(?:\.\d+)?)?|[时点h](?:(\d{1,2})分?)?))"
_ZONE = r"\s*(z|[+-]\d{2}:?\d{2}|utc|gmt|cst|bst)?(?:[+-]\d{4})?"
_YMD = re.compile(rf"{_Y}{_SEP}(\d{{1,2}})\s*[-/._\\月]\s*(\d{{1,2}})\s*[日号]?{_TIME}?{_ZONE}")
_YM = re.compile(rf"{_Y}\s*[-/_\\年m]\s*(\d{{1,2}})\s*月?(?:份|末|底)?")
_Y_MON = re.compile(rf"(?:{_Y}\s*[-/_. ]?\s*{_MON_RE}|{_MON_RE}\s*[-/_., ']*\s*{_Y})")
_D_MON_Y = re.compile(rf"(\d{{1,2}})\s*[-/ ]?\s*{_MON_RE}\s*[-/, ]?\s*{_Y}{_TIME}?{_ZONE}")
_MON_D_Y = re.compile(rf"{_MON_RE}\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_Y}{_TIME}?{_ZONE}")
_MY = re.compile(rf"(\d{{1,2}})\s*[-/.]\s*{_Y}")
_XXY = re.compile(
    rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.]{_Y}(?:\s+(\d{{1,2}}):(\d{{2}})(?::\d{{2}})?)?"
)
_XXYY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})(?:\s+(\d{1,2}):(\d{2})(?::\d{2})?)?")
_DOT = re.compile(rf"{_Y}\.(\d+)")
_DOT_MONTH = re.compile(rf"{_Y}\.(\d{{1,2}})(?:月|\.)")
_PACKED = re.compile(rf"{_Y}(\d{{2}})(\d{{2}})?(?:[ t]?(\d{{2}}):?(\d{{2}})(?::?\d{{2}})?)?")
_YEAR = re.compile(rf"(?:y|fy|y_|x)?{_Y}\s*(?:年(?:度)?|[per])?(?:\s*\[yr{_Y}\])?")
_SHORT_YEAR = re.compile(r"(\d{2})年(?:(\d{1,2})月)?")
_QUARTER = re.compile(
    rf"{_Y}?\s*[-/年 ]?\s*(?:第?([1-4])季度?|q([1-4])|([1-4])q|季度?([1-4])|(iv|i{{1,3}})季度?)"
    rf"\s*[-/ ]?\s*(?:{_Y}|(\d{{2}}))?"
)
_HALF = re.compile(rf"{_Y}?\s*[-/年 ]?\s*({'|'.join(_HALVES)})\s*[-/ ]?{_Y}?")
_WEEK = re.compile(rf"{_Y}?\s*[-/年]?\s*(?:w(?:eek)?\s*(\d{{1,2}})|第?(\d{{1,2}})周)")
_MONTHS = re.compile(
    rf"{_Y}?\s*[-/年.]?\s*(?:0?(\d{{1,2}})月?\s*(?:[-~–—－至到、,和&]|--|——)\s*0?(\d{{1,2}})月"
    rf"|{_MON_RE}\s*[-~–—]\s*{_MON_RE}(?:\s+{_Y})?)(?:份|累计)?"
)
_MONTH_ONLY = re.compile(rf"(?:(\d{{1,2}})月(?:份)?|{_MON_RE}|m(\d{{1,2}}))")
_MON_NN = re.compile(rf"{_MON_RE}\s*[-/' ]\s*'?(\d{{2}})|(\d{{1,2}})\s*[-/ ]?\s*{_MON_RE}")
_ROMAN_RE = "(x?i{1,3}|i?[vx]|vi{1,3})"
_ROMAN_MONTH = re.compile(rf"{_ROMAN_RE}\s*[-/. ]\s*{_Y}|{_Y}\s*[-/. ]\s*{_ROMAN_RE}")
_AS_OF = re.compile(r"^(?:截至|截止(?:到|至)?|as of)\s*(?=\d)")
_DAY_ONLY = re.compile(r"(\d{1,2})[日号]")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_RANGE = re.compile(
    rf"{_Y}{_SEP}(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})日?\s*(?:~|～|至|到|—|–|--|-|/|to)\s*"
    rf"{_Y}{_SEP}(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})日?"
)
_TIME_ONLY = re.compile(r"(\d{1,2}):(\d{2})(?::00)?|(\d{1,2})[时点]")


def plain(cell: Cell) -> str:
    """A cell's text without width, case, doubled blanks and marks of preliminary figures."""
    text = unicodedata.normalize("NFKC", text_of(cell)).casefold().strip()
    text = text.replace("−", "-").replace("－", "-").strip("'\"[]【】() ")
    text = re.sub(r"(?<=\d)[/-]$", "", text)  # 2015/1/
    if text and text[-1] in "*†":
        text = _MARK.sub("", text)
    text = re.sub(r"\s*[(\[](?:p|r|e|f|预测|预计|初步|估算|修订|初值)[)\]]$", "", text)
    if _ZH.search(text):
        text = _ZH_YEAR.sub(lambda m: in_digits(m[0]), text)
        text = _ZH_SMALL.sub(lambda m: str(small_number(m[0])), text)
    text = _AS_OF.sub("", text)
    if found := _ROC.match(text):
        text = f"{int(found[1]) + 1911}{text[found.end() :]}"
    return text


def readings(cell: Cell) -> Readings:
    """What a cell may mean as a date, or as a part of one; empty where it is none.

    Args:
        cell: a date of a workbook, a number or text.

    Returns:
        Pairs of the way of writing and the moment. Ways: "" beyond doubt; `dmy` and `mdy` for
        01/02/2018; `dot` for 2018.1; `decimal` for 2018.25; `year` and `day` for Jan-18;
        `short` for 24/3; `serial` for Excel's count of days; `seconds` and `milliseconds` since
        1970.

    Example:
        >>> [(way, m.text) for way, m in readings("2021年5月")], readings("约三成")
        ([('', '2021-05')], ())
        >>> [(way, m.text) for way, m in readings("01/02/2018")]
        [('dmy', '2018-02-01'), ('mdy', '2018-01-02')]
    """
    if isinstance(cell, bool):
        return ()
    if isinstance(cell, datetime):
        return _sure(_from_datetime(cell))
    if isinstance(cell, date):
        return _sure(Moment(year=cell.year, month=cell.month, day=cell.day))
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return _sure(Moment(minute=minutes)) if 0 <= minutes <= 1440 else ()
    if cell is None:
        return ()
    if hasattr(cell, "hour") and hasattr(cell, "minute"):
        return _sure(Moment(minute=cell.hour * 60 + cell.minute))
    text = plain(cell)
    return _of_text(text) if 0 < len(text) <= 40 else ()


def _sure(moment: Moment | None) -> Readings:
    return () if moment is None else (("", moment),)


def _from_datetime(cell: datetime) -> Moment:
    if cell.tzinfo is not None and (cell.hour or cell.minute):
        cell = cell.astimezone(BEIJING)
    minute = cell.hour * 60 + cell.minute + (cell.second >= 30)
    return Moment(year=cell.year, month=cell.month, day=cell.day, minute=minute if minute else None)


def _of_text(text: str) -> Readings:
    for pattern, make in _WAYS:
        if found := pattern.fullmatch(text):
            made = make(found)
            if made:
                return made
    return ()


def _valid(year: str | int, month: str | int | None = None, day: str | int | None = None) -> bool:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return False
    if month is not None and not 1 <= int(month) <= 12:
        return False
    try:
        return day is None or bool(date(int(year), int(month or 1), int(day)))
    except ValueError:
        return False


def _minute(hour: str | None, minute: str | None) -> int | None:
    if hour is None:
        return None
    value = int(hour) * 60 + int(minute or 0)
    return value if value <= 1440 and int(minute or 0) < 60 else -1


def _day(
    year: str, month: str, day: str, hour: str | None = None, minute: str | None = None,
    zone: str | None = None,
) -> Moment | None:  # fmt: skip
    at = _minute(hour, minute)
    if not _valid(year, month, day) or at == -1:
        return None
    if zone and at and zone not in ("cst", "bst"):
        return _zoned(int(year), int(month), int(day), at, zone)
    # Midnight beside days alone is how R, pandas and databases print a day.
    return Moment(year=int(year), month=int(month), day=int(day), minute=at)


def _zoned(year: int, month: int, day: int, minute: int, zone: str) -> Moment:
    digits = zone.replace(":", "")
    hours = 0.0
    if digits[0] in "+-":
        hours = (int(digits[1:3]) + int(digits[3:5] or 0) / 60) * (1 if digits[0] == "+" else -1)
    at = datetime(year, month, day, tzinfo=timezone(timedelta(hours=hours)))
    told = (at + timedelta(minutes=minute)).astimezone(BEIJING)
    total = told.hour * 60 + told.minute
    return Moment(year=told.year, month=told.month, day=told.day, minute=total)


def _ymd(m: re.Match[str]) -> Readings:
    return _sure(_day(m[1], m[2], m[3], m[4], m[5] or m[6], m[7]))


def _ym(m: re.Match[str]) -> Readings:
    return _sure(Moment(year=int(m[1]), month=int(m[2]))) if _valid(m[1], m[2]) else ()


def _y_mon(m: re.Match[str]) -> Readings:
    year, name = (m[1], m[2]) if m[1] else (m[4], m[3])
    return _sure(Moment(year=int(year), month=_MON[name])) if _valid(year) else ()


def _d_mon_y(m: re.Match[str]) -> Readings:
    return _sure(_day(m[3], str(_MON[m[2]]), m[1], m[4], m[5] or m[6], m[7]))


def _mon_d_y(m: re.Match[str]) -> Readings:
    return _sure(_day(m[3], str(_MON[m[1]]), m[2], m[4], m[5] or m[6], m[7]))


def _my(m: re.Match[str]) -> Readings:
    return _sure(Moment(year=int(m[2]), month=int(m[1]))) if _valid(m[2], m[1]) else ()


def _xxy(m: re.Match[str]) -> Readings:
    year = m[3] if len(m[3]) == 4 else f"20{m[3]}"
    first = _day(year, m[2], m[1], m[4], m[5])
    second = _day(year, m[1], m[2], m[4], m[5])
    if first and second and first == second:
        return _sure(first)
    ways = (("dmy", first), ("mdy", second))
    return tuple((way, moment) for way, moment in ways if moment is not None)


def _dot(m: re.Match[str]) -> Readings:
    year, tail = m[1], m[2]
    if not _valid(year):
        return ()
    found: list[tuple[str, Moment]] = []
    if len(tail) <= 2 and 1 <= int(tail) <= 12:
        found.append(("dot", Moment(year=int(year), month=int(tail))))
    # A twelfth of a year, as R writes months: 2018.083 is February. Rounded to the digits given.
    twelfths = float(f"0.{tail}") * 12
    if abs(twelfths - round(twelfths)) <= 12 * 0.6 * 10.0 ** -len(tail) and round(twelfths) < 12:
        found.append(("decimal", Moment(year=int(year), month=round(twelfths) + 1)))
    return tuple(found)


def _packed(m: re.Match[str]) -> Readings:
    if m[3]:
        return _sure(_day(m[1], m[2], m[3], m[4], m[5]))
    if m[2] == "13" and _valid(m[1]):  # energy statistics write the year as its thirteenth month
        return _sure(Moment(year=int(m[1])))
    return () if m[4] else _ym(m)


def _year(m: re.Match[str]) -> Readings:
    return _sure(Moment(year=int(m[1]))) if _valid(m[1]) else ()


def _short_year(m: re.Match[str]) -> Readings:
    year = 2000 + int(m[1])
    if m[2] is None:
        return _sure(Moment(year=year))
    return _sure(Moment(year=year, month=int(m[2]))) if _valid(year, m[2]) else ()


def _quarter(m: re.Match[str]) -> Readings:
    told = m[2] or m[3] or m[4] or m[5] or _ROMAN.get(m[6] or "")
    year = m[1] or m[7] or (f"20{m[8]}" if m[8] else None)
    if year is not None and not _valid(year):
        return ()
    return _sure(Moment(year=int(year) if year else None, quarter=int(told or 0)))


def _half(m: re.Match[str]) -> Readings:
    year = m[1] or m[3]
    if year is not None and not _valid(year):
        return ()
    return _sure(Moment(year=int(year) if year else None, half=_HALVES[m[2]]))


def _week(m: re.Match[str]) -> Readings:
    week = int(m[2] or m[3])
    if not 1 <= week <= 53 or (m[1] and not _valid(m[1])):
        return ()
    return _sure(Moment(year=int(m[1]) if m[1] else None, week=week))


def _months(m: re.Match[str]) -> Readings:
    begin = int(m[2]) if m[2] else _MON[m[4]]
    end = int(m[3]) if m[3] else _MON[m[5]]
    year = m[1] or m[6]
    if not 1 <= begin <= end <= 12 or (year and not _valid(year)):
        return ()
    return _sure(
        Moment(year=int(year) if year else None, month=end, first=begin if begin < end else None)
    )


def _month_only(m: re.Match[str]) -> Readings:
    month = _MON[m[2]] if m[2] else int(m[1] or m[3])
    return _sure(Moment(month=month)) if 1 <= month <= 12 else ()


def _mon_nn(m: re.Match[str]) -> Readings:
    month, told = (_MON[m[1]], m[2]) if m[1] else (_MON[m[4]], m[3])
    found = []
    if len(told) == 2:
        found.append(("year", Moment(year=2000 + int(told) - 100 * (int(told) > 79), month=month)))
    if 1 <= int(told) <= 31:
        found.append(("day", Moment(month=month, day=int(told))))
    return tuple(found)


def _roman_month(m: re.Match[str]) -> Readings:
    """A month in Roman numerals; a column of none beyond IV may mean quarters."""
    month, year = ROMAN_MONTHS.get(m[1] or m[4]), m[2] or m[3]
    if month is None or not _valid(year):
        return ()
    return (("roman", Moment(year=int(year), month=month)),)


def _day_only(m: re.Match[str]) -> Readings:
    return _sure(Moment(day=int(m[1]))) if 1 <= int(m[1]) <= 31 else ()


def _month_day(m: re.Match[str]) -> Readings:
    if not _valid(2020, m[1], m[2]):
        return ()
    return _sure(Moment(month=int(m[1]), day=int(m[2])))


def _time_only(m: re.Match[str]) -> Readings:
    minute = _minute(m[1] or m[3], m[2])
    return _sure(Moment(minute=minute)) if minute is not None and minute >= 0 else ()


def _range(m: re.Match[str]) -> Readings:
    """From day to day: the week, month, quarter, half or year that they enclose."""
    if not (_valid(m[1], m[2], m[3]) and _valid(m[4], m[5], m[6])):
        return ()
    first, last = date(int(m[1]), int(m[2]), int(m[3])), date(int(m[4]), int(m[5]), int(m[6]))
    if (last - first).days == 6:
        year, week, day = first.isocalendar()
        return _sure(Moment(year=year, week=week)) if day == 1 else ()
    after = last + timedelta(days=1)
    if first.day != 1 or after.day != 1 or first.year != last.year or last < first:
        return ()
    if first.month == last.month:
        return _sure(Moment(year=first.year, month=first.month))
    return _sure(Moment(year=first.year, month=last.month, first=first.month))


# 24/3, 24-3: of a column that runs through the months, March 2024.
SHORT = "short"
_YY_M = re.compile(r"(\d{2})[-/](\d{1,2})")


def _yy_m(m: re.Match[str]) -> Readings:
    year = 2000 + int(m[1])
    return ((SHORT, Moment(year=year, month=int(m[2]))),) if _valid(year, m[2]) else ()


_SERIAL = re.compile(r"([2-6]\d{4})(?:\.(\d+))?")
_EPOCH = re.compile(r"(\d{10})(\d{3})?")


def _serial(m: re.Match[str]) -> Readings:
    """Excel's count of days since 1899-12-30; 1954 to 2091 are what a table can speak of."""
    day = date(1899, 12, 30) + timedelta(days=int(m[1]))
    minute = round(float(f"0.{m[2]}") * 1440) if m[2] else 0
    moment = Moment(year=day.year, month=day.month, day=day.day, minute=minute or None)
    return (("serial", moment),)


def _epoch(m: re.Match[str]) -> Readings:
    at = datetime.fromtimestamp(int(m[1]), BEIJING)
    way = "milliseconds" if m[2] else "seconds"
    minute = at.hour * 60 + at.minute
    return ((way, Moment(year=at.year, month=at.month, day=at.day, minute=minute)),)


_WAYS = (
    (_YEAR, _year), (_YM, _ym), (_YMD, _ymd), (_PACKED, _packed), (_XXY, _xxy), (_MY, _my),
    (_DOT_MONTH, _ym), (_DOT, _dot), (_Y_MON, _y_mon), (_MON_NN, _mon_nn), (_D_MON_Y, _d_mon_y),
    (_MON_D_Y, _mon_d_y), (_XXYY, _xxy), (_SHORT_YEAR, _short_year), (_MONTHS, _months),
    (_ROMAN_MONTH, _roman_month),
    (_MONTH_ONLY, _month_only), (_MONTH_DAY, _month_day), (_QUARTER, _quarter), (_HALF, _half),
    (_WEEK, _week), (_DAY_ONLY, _day_only), (_TIME_ONLY, _time_only), (_RANGE, _range),
    (_YY_M, _yy_m), (_SERIAL, _serial), (_EPOCH, _epoch),
)  # fmt: skip
