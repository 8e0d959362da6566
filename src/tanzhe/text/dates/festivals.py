"""Festivals, the lunar calendar and seasons as dates."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from tanzhe import bundled
from tanzhe.text.dates.days import Days, Groups, Reader, Rule, number_of, one_day, period
from tanzhe.text.dates.lunar import lunar_day, lunar_month, qingming
from tanzhe.text.dates.words import YEAR, YEAR_CHARS, year_of

SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}  # the month each begins in
_LATER = {"初": 0, "早": 0, "仲": 1, "盛": 1, "隆": 1, "寒": 1, "深": 2, "暮": 2, "晚": 2}


@cache
def _festivals() -> dict[str, dict[str, str]]:
    return {
        name.lower(): row
        for row in bundled.rows("tanzhe.text.data", "festivals.csv")
        for name in row["names"].split(";")
    }


def _weekday(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def festival_day(name: str, year: int) -> date:
    """The day of a festival in a calendar year.

    Example:
        >>> str(festival_day("中秋", 2021)), str(festival_day("除夕", 2022))
        ('2021-09-21', '2022-01-31')
    """
    row = _festivals()[name.lower()]
    month, day = int(row["month"]), int(row["day"])
    match row["calendar"]:
        case "lunar":
            return lunar_day(year, month, day)
        case "lunar_before":  # the twelfth month belongs to the year before
            return lunar_day(year - 1, month, day)
        case "eve":
            return lunar_day(year, 1, 1) - timedelta(days=1)
        case "qingming":
            return qingming(year)
        case "sunday":
            return _weekday(year, month, 6, day)
        case "thursday":
            return _weekday(year, month, 3, day)
        case _:
            return date(year, month, day)


def _festival(g: Groups, reader: Reader) -> Days | None:
    name = (g.get("feast") or g.get("mark") or g["en"]).lower()
    row = _festivals()[name]
    year, inferred = year_of(g, reader, int(row["month"]) or None)
    if told := g.get("y1") or g.get("y2") or g.get("y3"):
        year, inferred = int(told), False
    if year is None:
        return None
    day = festival_day(name, year)
    length = int(row["holiday_days"])
    if not g.get("long") or length == 1:
        return one_day(day, inferred=inferred)
    last = day + timedelta(days=length - 1)
    return period(day, last, inferred=inferred, approximate=True)


def _lunar(g: Groups, reader: Reader) -> Days | None:
    year, inferred = year_of(g, reader)
    if year is None:
        return None
    month = {"正": 1, "冬": 11, "腊": 12}.get(g["lm"]) or number_of(g["lm"])
    leap = bool(g.get("leap"))
    if not g.get("ld"):
        first, last = lunar_month(year, month, leap=leap)
        return period(first, last, inferred=inferred)
    day = number_of(g["ld"].removeprefix("初"))
    return one_day(lunar_day(year, month, day, leap=leap), inferred=inferred)


def _season_days(year: int, first: str, last: str) -> tuple[date, date]:
    """From the first day of a season of a year to the last of one that follows it."""
    start = date(year, SEASONS[first], 1)
    end_year = year + (last == "冬" or SEASONS[last] < SEASONS[first])
    end_month = 2 if last == "冬" else SEASONS[last] + 2
    return start, date(end_year, end_month, monthrange(end_year, end_month)[1])


def _season(g: Groups, reader: Reader) -> Days | None:
    year, inferred = year_of(g, reader)
    if g.get("near"):
        year, inferred = reader.years_on({"去": -1, "今": 0, "明": 1}[g["near"]]), True
    if g.get("y1"):
        year, inferred = int(g["y1"]), False
    if year is None:
        return None
    if g.get("pair"):  # 去冬今春, 今冬明春
        year = reader.years_on({"去冬今春": -1, "今冬明春": 0}[g["pair"]])
        if year is None:
            return None
        return period(*_season_days(year, "冬", "春"), inferred=True, approximate=True)
    if g.get("heating"):
        return period(
            date(year, 11, 15), date(year + 1, 3, 15), inferred=inferred, approximate=True
        )
    first, last = _season_days(year, g["s1"], g.get("s2") or g["s1"])
    if g.get("part"):
        month = SEASONS[g["s1"]] + _LATER[g["part"]]
        year, month = (year, month) if month <= 12 else (year + 1, month - 12)
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return period(first, last, inferred=inferred, approximate=True)


def _feast_patterns() -> tuple[str, str, str]:
    """Names that stand alone, names that need a word beside them, English names."""
    names = sorted(_festivals(), key=len, reverse=True)
    alone = [n for n in names if not n.isascii() and (_festivals()[n]["bare"] or _long(n))]
    beside = [n for n in names if not n.isascii() and n not in alone]
    latin = [re.escape(n) for n in names if n.isascii()]
    return "|".join(alone), "|".join(beside), "|".join(latin)


def _long(name: str) -> bool:
    return len(name) > 2 or name.endswith("节")


_LONG = r"(?P<long>期间|小长假|长假|假期|假日|黄金周)"
_END = r"(?=$|[，。、；：,.;:！？!?）)\s”\"]|节|前|后|当|到|至|以|与|和|起|止|这|的|是|将)"
_LUNAR_DAY = (
    r"(?P<ld>初[一二三四五六七八九十]|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|"
    r"廿[一二三四五六七八九]?|三十)"
)
_LUNAR_MONTH = r"(?P<leap>闰)?(?P<lm>正|冬|腊|十[一二]?|[一二三四五六七八九])月"
_STARTS = '农阴旧正腊闰大采供冬入初早仲盛隆寒深暮晚春夏秋“\\"三四五六七八'
_EY = r"(?:19|20)\d{2}"


@cache
def festivals() -> tuple[Rule, ...]:
    """The rules for festivals, lunar days and seasons; the table is read when first needed."""
    alone, beside, latin = _feast_patterns()
    loose = "|".join(n for n in beside.split("|") if n not in ("五一", "十一"))
    # Looked at first: no festival, month or season begins with another character.
    first = "".join(sorted({n[0] for n in _festivals() if not n.isascii()}))
    given = rf"(?=[{YEAR_CHARS}{first}{_STARTS}])(?:{YEAR}的?)?"
    return (
        Rule(rf"{given}(?P<feast>{alone})(?:{_LONG})?", _festival),
        Rule(rf"{given}[“\"](?P<mark>{beside})[”\"](?:{_LONG})?", _festival),
        Rule(rf"{given}(?P<feast>{beside})(?:{_LONG})", _festival),
        Rule(
            rf"(?=[{YEAR_CHARS}])(?<![第\d百千])(?:{YEAR}的?)(?P<feast>{beside}){_END}", _festival
        ),
        Rule(
            r"(?<![\u4e00-\u9fff])(?P<feast>"
            rf"{loose}){_END}",
            _festival,
        ),
        Rule(
            rf"(?i)\b(?:(?P<y1>{_EY})(?:['’]s)?\s+)?(?P<en>{latin})(?:\s+(?P<y2>{_EY}))?"
            rf"(?P<long>\s+holidays?)?(?:\s+(?:of|in)\s+(?P<y3>{_EY}))?\b",
            _festival,
        ),
        Rule(rf"(?:农历|阴历|旧历)\s*{given}{_LUNAR_MONTH}{_LUNAR_DAY}?[日]?", _lunar),
        Rule(rf"{given}{_LUNAR_MONTH}(?P<ld>初[一二三四五六七八九十])", _lunar),
        Rule(rf"{given}(?P<lm>正|腊)月{_LUNAR_DAY}?", _lunar),
        Rule(r"大年(?P<ld>初[一二三四五六七])(?P<lm>)", lambda g, r: _lunar({**g, "lm": "正"}, r)),
        Rule(r"(?P<pair>去冬今春|今冬明春)", _season),
        Rule(
            rf"(?=[{YEAR_CHARS}])(?:{YEAR}的?|(?P<near>[去今明]))(?P<s1>[春夏秋冬])(?P<s2>[春夏秋"
            r"冬])?(?:两?季节?|天)?(?!节|运|耕)",
            _season,
        ),
        Rule(
            rf"{given}(?P<part>[初早仲盛隆寒深暮晚])(?P<s1>[春夏秋冬])(?:季节?|时节)?(?!\w节"
            r")",
            _season,
        ),
        Rule(rf"{given}入(?P<s1>[春夏秋冬])", _season),
        Rule(
            r"(?P<s1>[春夏秋冬])(?P<s2>[春夏秋冬])?(?:两?季节?(?!度|风)|天(?!津|然|山|水|池)"
            r")",
            _season,
        ),
        Rule(
            r"(?P<y1>(?:19|20)\d{2})\s*年?[-—–~～至/](?:20)?\d{2}\s*年?度?(?:(?P<heating>[采供]"
            r"暖(?:季|期))|(?P<s1>[春夏秋冬])(?P<s2>[春夏秋冬])?季)",
            _season,
        ),
        Rule(rf"{given}(?P<heating>(?:冬季)?[采供]暖(?:季|期))", _season),
    )
