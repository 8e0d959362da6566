"""Chinese and numeric dates: days, months, quarters, halves and years."""

import re
from datetime import date, timedelta

from tanzhe.numerals import DIGIT, in_digits
from tanzhe.periods import Month
from tanzhe.text.dates.days import (
    Days,
    Groups,
    Reader,
    Rule,
    half,
    half_month,
    months,
    number_of,
    one_day,
    one_month,
    period,
    quarters,
    ten_days,
    years,
)
from tanzhe.text.dates.weeks import few_of_year, week_of_month, week_of_year

# Document numbers and announcement numbers: their year is not a date.
MASKS = (
    re.compile(r"[〔\[［【(（﹝]\s*(?:19|20)\d{2}\s*[〕\]］】)）﹞]\s*第?\s*\d+\s*号"),
    re.compile(r"(?:19|20)\d{2}\s*年\s*第\s*\d+\s*号"),
    # Standards: GB 21256—2013, HJ 2.2-2018, DB53/T 1209-2023.
    re.compile(
        r"(?<![A-Za-z])(?:GB|DB\d{0,2}|HJ|[A-Z]{2})(?:/[TZ])?\s?\d[\d.]{0,12}\s?[-—–]\s?(?:19|20)\d{2}(?!\d)"
    ),
)
N = "[一二三四五六七八九十廿卅零〇]"
TO = r"\s*[-—–―－~～至到]{1,2}\s*"
RELATIVE_YEARS = {
    "今年": 0, "本年": 0, "这一年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2,
    "大前年": -3, "明年": 1, "来年": 1, "下一年": 1, "后年": 2, "大后年": 3,
}  # fmt: skip
YEARS_IN_CONTEXT = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1, "第二年": 1}
_WORDS = "|".join(sorted((*RELATIVE_YEARS, *YEARS_IN_CONTEXT), key=len, reverse=True)).replace(
    "上一年", "(?<!马)上一年"
)
FULL_YEAR = (
    rf"(?P<year>(?:19|20)\d{{2}}|[一二]{DIGIT}{{3}}|两千(?:[零〇]{DIGIT}|[一二三]?十{DIGIT}?)?)"
    r"\s*财?年(?!代)度?"
)
SHORT_YEAR = (
    (r"(?<![\d.第万千百十个])(?P<yy>\d{2}|[零〇九]DIGIT|[一二](?=[零〇])DIGIT|一[一-九])年")
    .replace("DIGIT", DIGIT)
    .replace("[一-九]", "[一二三四五六七八九]")
)
# Looked at first: no year begins with another character.
YEAR_CHARS = r"\d一二两零〇○九民" + "".join(
    sorted({word[0] for word in (*RELATIVE_YEARS, *YEARS_IN_CONTEXT)})
)
REPUBLIC = rf"民国(?P<republic>\d{{1,3}}|{N}{{1,4}})年"
OLD_YEAR = rf"(?:{FULL_YEAR}|{REPUBLIC}|(?P<rel>{_WORDS})度?)"
YEAR = rf"(?:{FULL_YEAR}|{SHORT_YEAR}|{REPUBLIC}|(?P<rel>{_WORDS})度?)"
MONTH = rf"(?P<month>\d{{1,2}}|{N}{{1,3}}|元)\s*月份?"
_DAY = rf"(?P<day>\d{{1,2}}|{N}{{1,4}})"
_DAY_TO = rf"(?:\s*[日号]?{TO}(?P<day2>\d{{1,2}}|{N}{{1,4}}))?"
# What may follow a day: its weekday and an hour, or hours from and to.
_HOUR = (
    r"(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})\s*(?:时(?!间|期|代|段)|点(?!\d)钟?|[:：]\d{2})"
    r"(?:\s*(?:\d{1,2}|[零一二三四五六七八九十]{1,3})\s*分(?!之)|[:：]\d{2}|半|一刻|三刻|整)?"
)
_PART = r"凌晨|清晨|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|晚间|夜间|深夜|午夜|夜里|早|晚"
CLOCK = (
    r"(?:\s*[（(]?\s*(?:星期|周)[一二三四五六日天]\s*[)）]?)?"
    rf"(?:(?:\s*(?:{_PART})?\s*|T){_HOUR}(?:{TO}(?:{_PART})?{_HOUR}(?!\s*[月日]))?"
    r"|\s*(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间|深夜|晚)(?!稻|会))?"
)
TEN = (
    r"(?P<ten>中上旬|上中旬|中下旬|上旬|中旬|下旬|初(?!步)|底|末|中(?!国|央|共|心|期|小|标|"
    r"型|旬))"
)
WEEK_OF = (
    "的?(?:第(?=[一二三四五])|(?=最后))(?P<week_of>[一二三四五]|最后(?=一个?))一?个?"
    "(?:(?:周|星期)(?P<weekday>[一二三四五六日天])|周|星期)"
)
FORTNIGHT = "(?P<fortnight>[上下])半月"
_Q = "[一二三四1-4]"
QUARTER = (
    rf"(?:第?(?P<q1>{_Q})(?:\s*[、和]第?\s*|{TO}第?)(?P<q2>{_Q})|第?(?P<quarter>{_Q})|(?P<qwo"
    r"rd>首|末))\s*季(?!节)度?"
)
EDGE = (
    r"(?P<edge>年?末(?!端|级|梢|日|位)|年?底(?!层|部|座|数|线|泥|板|色|气)|年?初(?!步|级"
    r"|期|衷|心|始|夏|秋|冬|春|稿|审|创)"
    r"|年?中(?!国|央|共|心|期|小|标|型|部|等|介|东|亚|旬|美|欧|秋|西|南|华|铝|石|海|核|"
    r"科|医|药|学|的|有|，|,))"
)
_MM = rf"(?P<m1>\d{{1,2}}|{N}{{1,3}})\s*月?(?:(?P<to>{TO})|、)(?P<m2>\d{{1,2}}|{N}{{1,3}})\s*月份?"
_MM += rf"(?!\s*(?:\d{{1,2}}|{N}{{1,4}})\s*[日号])"
_NEXT = r"(?P<m1>[一二三四五六七八九])(?P<m2>[二三四五六七八九十])月份?"
_FIRST = r"(?:头|前)(?P<firstm>\d{1,2}|[一二两三四五六七八九十]{1,2})个?月"
_FREE = rf"(?<![\d.年第每{N[1:-1]}])"  # a tail without a year must not begin inside something else
_NO_DAY = rf"(?!\s*(?:\d|{N}{{1,4}}\s*[日号]))"
_MORE = (
    rf"(?!\s*(?:\d{{1,2}}|{N}{{1,3}}|元)\s*月)(?!\s*(?:[上下前后]半年|第?{_Q}\s*季度|[上中下]旬))"
)
_YY = (
    rf"(?P<y1>(?:19|20)\d{{2}}|[一二]{DIGIT}{{3}})\s*年?度?{TO}(?P<y2>(?:19|20)\d{{2}}|[一二]"
    rf"{DIGIT}{{3}}|1[3-9]|[2-9]\d)"
)
# A two-digit year without a month must not be a duration.
_BEFORE_SHORT = r"(?<![\d.第万千百十个近去来后前用时为期约达超过满续每共了续余约长足这那整多])"
_AFTER_SHORT = (
    r"(?!的|来|间|内|以|时|的?历史|后|前|之|期|多|左右|龄|质|经|寿|工|老|保|一遇|后|\d|零|又|半"
    r"|或)"
)


def _number(words: str) -> int:
    return 1 if words == "元" else number_of(words)


def full_year(words: str) -> int:
    """2021, 二〇二一, 21, 九八 or 08 as a year; two digits below 50 lie in this century.

    Example:
        >>> full_year("二〇二一"), full_year("98"), full_year("零八")
        (2021, 1998, 2008)
    """
    if words.startswith("两千"):
        return _number(words)
    digits = in_digits(words)
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def year_of(g: Groups, reader: Reader, month: int | None = None) -> tuple[int | None, bool]:
    """The year a phrase names, and whether it had to be inferred."""
    if g.get("year") or g.get("yy"):
        return full_year(g.get("year") or g["yy"]), False
    if g.get("republic"):
        return 1911 + _number(g["republic"]), False
    rel = g.get("rel", "")
    if rel in YEARS_IN_CONTEXT:
        return reader.years_after(YEARS_IN_CONTEXT[rel]), True
    if rel:
        return reader.years_on(RELATIVE_YEARS[rel]), True
    return reader.year_for(month), True


def _calendar(g: Groups, reader: Reader) -> Days | None:
    month = _number(g["month"]) if g.get("month") else None
    year, inferred = year_of(g, reader, month)
    if year is None or not 1900 <= year <= 2100:
        return None
    if month is not None:
        return _within_month(year, month, g, inferred=inferred)
    return _within_year(year, g, inferred=inferred)


def _within_month(year: int, month: int, g: Groups, *, inferred: bool) -> Days | None:
    if g.get("ten"):
        return ten_days(year, month, g["ten"], inferred=inferred)
    if g.get("fortnight"):
        return half_month(year, month, g["fortnight"], inferred=inferred)
    if g.get("week_of"):
        return week_of_month(year, month, g, inferred=inferred)
    if not g.get("day"):
        return one_month(year, month, inferred=inferred)
    if (month, _number(g["day"])) == (2, 29) and inferred:
        year -= year % 4  # without its year: the last that had such a day
    day = date(year, month, _number(g["day"]))
    if not g.get("day2"):
        return one_day(day, inferred=inferred)
    return period(day, date(year, month, _number(g["day2"])), inferred=inferred)


def _within_year(year: int, g: Groups, *, inferred: bool) -> Days | None:
    if g.get("m1"):
        m1, m2 = _number(g["m1"]), _number(g["m2"])
        if m1 == m2 or not (1 <= m1 <= 12 and 1 <= m2 <= 12) or (m1 > m2 and not g.get("to")):
            return None  # 8月至2月 ends in the year after
        end = Month(year + (m2 < m1), m2)
        return months(Month(year, m1), end, "period", inferred=inferred)
    if g.get("nth"):
        return one_month(year, _number(g["nth"]), inferred=inferred)
    if g.get("few"):
        return few_of_year(year, g, inferred=inferred)
    if g.get("firstm"):
        last = _number(g["firstm"])
        date(year, last, 1)
        return months(Month(year, 1), Month(year, last), "period", inferred=inferred)
    if g.get("q1") or g.get("quarter") or g.get("qword") or g.get("firstq"):
        return _quarter(year, g, inferred=inferred)
    if g.get("final"):
        return (
            one_month(year, 12, inferred=inferred)
            if g["final"] == "月"
            else quarters(year, 4, 4, inferred=inferred)
        )
    if g.get("week"):
        return week_of_year(year, _number(g["week"]), inferred=inferred)
    if g.get("half"):
        return half(year, 1 if g["half"][0] in "上前" else 2, inferred=inferred)
    if g.get("edge"):
        month = 1 if "初" in g["edge"] else 6 if "中" in g["edge"] else 12
        return one_month(year, month, inferred=inferred, approximate=True)
    return years(year, year, inferred=inferred)


def _quarter(year: int, g: Groups, *, inferred: bool) -> Days | None:
    if g.get("firstq"):
        return quarters(year, 1, _number(g["firstq"]), inferred=inferred)
    if g.get("q1"):
        return quarters(year, _number(g["q1"]), _number(g["q2"]), inferred=inferred)
    number = _number(g["quarter"]) if g.get("quarter") else 1 if g["qword"] == "首" else 4
    if g.get("qedge"):
        month = 3 * number - (2 if g["qedge"] == "初" else 0)
        return one_month(year, month, inferred=inferred, approximate=True)
    return quarters(year, number, number, inferred=inferred)


def _from_year_to_year(g: Groups, _: Reader) -> Days | None:
    first, second = full_year(g["y1"]), g["y2"]
    last = full_year(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if not 0 < last - first <= 60:
        return None
    return years(first, last)


def _day_after(g: Groups, reader: Reader) -> Days | None:
    return one_day(reader.day + timedelta(days=1), inferred=True) if reader.day else None


def _none(g: Groups, reader: Reader) -> Days | None:
    """每年3月 is no date, and nothing in it is one."""
    return None


_PATTERNS = (
    rf"{YEAR}\s*{MONTH}\s*{_DAY}{_DAY_TO}\s*[日号]{CLOCK}",
    # 二零零四年八月十五, 一月二十三: without 日 at the end of a clause; 八月十五 alone is a feast.
    rf"{YEAR}\s*{MONTH}\s*(?P<day>{N}{{1,3}})(?=$|[，。；、,\s)）])",
    rf"{_FREE}(?!八月十五){MONTH}\s*(?P<day>[一二三]?十{N}?)(?=$|[，。；,)）])",
    rf"{YEAR}\s*{MONTH}\s*{TEN}",
    rf"{YEAR}\s*{MONTH}\s*{FORTNIGHT}",
    rf"{YEAR}\s*{MONTH}{WEEK_OF}",
    rf"{YEAR}的?\s*(?:{_MM}|{_NEXT.replace('m1', 'm3').replace('m2', 'm4')})",
    rf"{YEAR}的?\s*{MONTH}{_NO_DAY}",
    rf"{YEAR}的?\s*{QUARTER}(?P<qedge>初|末|底)?",
    rf"{YEAR}的?\s*前(?P<firstq>[一二三两123])个?季度?",
    rf"{YEAR}的?\s*{_FIRST}",
    rf"{YEAR}的?最后一个(?P<final>月|季度)",
    rf"{YEAR}的?第(?P<week>\d{{1,2}}|{N}{{1,3}})(?:个?星期|周)",
    rf"{YEAR}的?第(?P<nth>\d{{1,2}}|{N}{{1,3}})个月",
    rf"{YEAR}的?(?P<side>前|最初|最后)\s?(?P<few>\d{{1,2}}|[两{N[1:-1]}]{{1,3}})\s?"
    rf"(?P<of>天|周|个?星期|个月)(?!前|后)",
    rf"(?:{YEAR}|(?P<half_year>(?:19|20)\d{{2}}))的?\s*(?P<half>[上下前后]半年)",
    rf"{YEAR}\s*{EDGE}",
    r"(?<![\d.])(?P<half_year>(?:19|20)\d{2})年?岁(?P<edge>末)",
    rf"{OLD_YEAR}{_MORE}(?:全年)?",
    rf"{_BEFORE_SHORT}{SHORT_YEAR}{_MORE}(?:全年|{_AFTER_SHORT})",
    rf"(?<=[自从]){SHORT_YEAR}(?=以来|起|后)",
    # 07年以后 and 98年以前 are years; 10年以后 is not.
    r"(?<![\d.第万千百十个])(?P<yy>0\d|[89]\d)\s?年(?=(?:(?:及|或)?(?:之|以))?[前后]|以来|的)",
    rf"(?<=[较比在于与同]){SHORT_YEAR}(?=的)",
    rf"{REPUBLIC}",
    rf"{_FREE}{MONTH}\s*{_DAY}{_DAY_TO}\s*(?:日|号(?!文)){CLOCK}",
    rf"{_FREE}{MONTH}\s*{TEN}",
    rf"{_FREE}{MONTH}\s*{FORTNIGHT}",
    rf"{_FREE}{MONTH}{WEEK_OF}",
    rf"{_FREE}{_MM}",
    rf"{_FREE}{_NEXT}",
    rf"{_FREE}{MONTH}(?!\s*(?:\d|{N}{{1,4}}\s*[日号]|[饼亮球]))",
    rf"{_FREE}{QUARTER}(?P<qedge>初|末|底)?",
    rf"{_FREE}前(?P<firstq>[一二三两])个?季度",
    rf"{_FREE}{_FIRST}(?!来|内|后)",
    rf"{_FREE}(?P<half>[上下]半年)",
    r"(?<![\d年本每])(?P<edge>年[底末初]|年中(?![国央共心期小标型]))",
)


def _patched(g: Groups, reader: Reader) -> Days | None:
    """Groups that stand twice in a pattern under their one name."""
    return _calendar(
        {
            **g,
            "m1": g.get("m1") or g.get("m3", ""),
            "m2": g.get("m2") or g.get("m4", ""),
            "year": g.get("year") or g.get("half_year", ""),
        },
        reader,
    )


def _rule(pattern: str) -> Rule:
    quick = rf"(?=[{YEAR_CHARS}])" if pattern.startswith((YEAR, OLD_YEAR)) else ""
    return Rule(quick + pattern, _patched)


DATES = (
    *(_rule(pattern) for pattern in _PATTERNS),
    Rule(
        rf"{_YY}\s*年度?(?!\s*(?:\d{{1,2}}|{N}{{1,3}})\s*月|年?[底末]|初(?!步)|[上下]半年)",
        _from_year_to_year,
    ),
    Rule(
        rf"(?<!\d){_YY}(?![\d年.%\-/])(?!\s*(?:万|亿|元|吨|家|个|人|号))",
        _from_year_to_year,
    ),
    # 2025、2030年, 2021和2022两年: each year for itself, as its value is.
    Rule(
        r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?=(?:[、和与及](?:19|20)\d{2}){1,9}"
        r"(?:年(?!\s*\d{1,2}\s*月)|[两三四五]年))",
        _calendar,
    ),
    Rule(r"(?:次日|翌日|第二天)", _day_after),
    Rule(
        rf"每(?:逢|隔)?(?:个?(?:年度?|月|周|星期|季度|日|天|半年))?的?(?:{MONTH}(?:\s*(?:\d{{"
        rf"1,2}}|{N}{{1,4}})\s*[日号])?"
        rf"|(?:\d{{1,2}}|{N}{{1,3}})\s*[日号](?:[、和及或](?:\d{{1,2}}|{N}{{1,3}})\s*[日号])*|(?:周|星期)?[一二三四五六日](?:、(?:周|"
        r"星期)[一二三四五六日])*)?",
        _none,
    ),
)
