"""The words dates are made of, and how each becomes a first and a last day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tanzhe.model.evidence import Precision
from tanzhe.periods import Month
from tanzhe.text.numerals import DIGIT, DIGITS, small_number


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """First and last day of what a phrase names."""

    first: date
    last: date
    precision: Precision
    approximate: bool = False
    inferred: bool = False
    year: int | None = None


# Document numbers and announcement numbers: their year is not a date.
MASKS = (
    re.compile(r"[〔\[［【(（﹝]\s*(?:19|20)\d{2}\s*[〕\]］】)）﹞]\s*第?\s*\d+\s*号"),
    re.compile(r"(?:19|20)\d{2}\s*年\s*第\s*\d+\s*号"),
)
_N = "[一二三四五六七八九十廿卅零〇]"
_YEAR = rf"(?:(?P<year>(?:19|20)\d{{2}}|[一二]{DIGIT}{{3}})\s*年(?!代)度?"
_YEAR += r"|(?P<rel>今年|去年|前年|明年|后年|上年|本年|当年|同年|次年|翌年)度?)"
_MONTH = rf"(?P<month>\d{{1,2}}|{_N}{{1,3}})\s*月份?"
_DAY = rf"(?P<day>\d{{1,2}}|{_N}{{1,4}})\s*(?:日|号(?!文))"
_DAY_TO = rf"(?:\s*[日号]?\s*(?:[-—–~～至到]{{1,2}})\s*(?P<day2>\d{{1,2}}|{_N}{{1,4}}))?"
_TEN = r"(?P<ten>中上旬|上中旬|中下旬|上旬|中旬|下旬|初|底|末|中(?!国|央|共|心|期|小|标|型))"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])\s*季度"
_HALF = r"(?P<half>上半年|下半年)"
_EDGE = r"(?P<edge>年?[底末初]|年中(?!国|央|心))"
_MM = rf"(?P<m1>\d{{1,2}}|{_N}{{1,3}})\s*月?\s*(?:[-—–~～至到]{{1,2}})\s*"
_MM += rf"(?P<m2>\d{{1,2}}|{_N}{{1,3}})\s*月份?(?!\s*[\d一二三四五六七八九十]{{1,3}}\s*[日号])"
_NOT_MONTH = r"(?!\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月)"
_FREE = r"(?<![\d.年第])"  # a tail without a year must not begin inside something else
_YY = (
    r"(?P<y1>(?:19|20)\d{2})\s*年?\s*(?:[-—–~～至到]{1,2})\s*(?P<y2>(?:19|20)\d{2}|1[3-9]|[2-9]\d)"
)
# A joint and the next date show that the phrase before it was whole.

CHINESE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}\s*{_MONTH}\s*(?P<day>\d{{1,2}}|{_N}{{1,4}}){_DAY_TO}\s*[日号]",
        rf"{_YEAR}\s*{_MONTH}\s*{_TEN}",
        rf"{_YEAR}的?\s*{_MM}",
        rf"{_YEAR}的?\s*{_MONTH}(?!\s*(?:\d|{_N}{{1,4}}\s*[日号]))",
        rf"{_YEAR}的?\s*{_QUARTER}",
        rf"{_YEAR}的?\s*前(?P<firstq>[一二三两])个?季度",
        rf"{_YEAR}的?\s*{_HALF}",
        rf"{_YEAR}\s*{_EDGE}",
        rf"{_YY}\s*年度?(?!\s*(?:\d{{1,2}}|{_N}{{1,3}})\s*月)",
        rf"(?<!\d){_YY}(?![\d年.%\-/])(?!\s*(?:万|亿|元|吨|家|个|人|号))",
        rf"{_YEAR}{_NOT_MONTH}(?!\s*(?:上半年|下半年|第?[一二三四1-4]\s*季度))",
        rf"{_FREE}(?P<relmonth>本月|当月|上月|上个月|下月|下个月|这个月)"
        rf"(?:{_TEN}|\s*(?P<day>\d{{1,2}}|{_N}{{1,4}})\s*[日号])?",
        rf"{_FREE}{_MONTH}\s*(?P<day>\d{{1,2}}|{_N}{{1,4}}){_DAY_TO}\s*[日号]",
        rf"{_FREE}{_MONTH}\s*{_TEN}",
        rf"{_FREE}{_MM}",
        rf"{_FREE}{_MONTH}(?!\s*(?:\d|{_N}{{1,4}}\s*[日号]|[饼]))",
        rf"{_FREE}{_QUARTER}",
        rf"{_FREE}前(?P<firstq>[一二三两])个?季度",
        rf"{_FREE}{_HALF}",
        r"(?<![\d年本])(?P<edge>年[底末初])",
        r"(?P<relday>大前天|前天|昨天|昨日|今天|今日|明天|明日|后天)",
        r"(?P<relweek>上周|上个星期|本周|这周|下周|下个星期)(?P<weekday>[一二三四五六日天末])?",
        # numeric
        (
            r"(?<![\d.])(?P<iy>(?:19|"
            r"20)\d{2})(?P<sep>[-/.])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})(?![\d])"
        ),
        r"(?<![\d\-/.])(?P<iy>(?:19|20)\d{2})[-/](?P<im>0?[1-9]|1[0-2])(?![\d\-/.%年])",
        (
            r"(?<![\d.])(?P<iy>(?:19|20)\d{2})(?P<im>0[1-9]|1[0-2])(?P<id>0[1-9]|[12]\d|"
            r"3[01])(?![\d.])"
        ),
    )
)

PLANS = (
    re.compile(
        r"[“\"‘「]?(?<![一二三四五六七八九十百千\d])十(?P<plan>[一二三四五六])五[”\"’」]?"
        r"(?:规划(?:期间?|时期)?|时期|期间)?(?![一二三四五六七八九]|亿|万|个)"
    ),
    re.compile(r"(?P<nth>\d{2})th\s+Five[- ]Year\s+Plan(?:\s+period)?", re.I),
)

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_EY = r"(?P<ey>(?:19|20)\d{2})"
_Q = {"first": 1, "second": 2, "third": 3, "fourth": 4}
ENGLISH = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        (rf"(?<![A-Za-z\d])(?P<ed>\d{{1,2}})(?:st|nd|rd|"
rf"th)?\s+(?:of\s+)?(?P<em>{_NAMES})\b\.?,?\s+{_EY}\b"),
        rf"\b(?P<em>{_NAMES})\b\.?\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_EY}\b",
        rf"\b(?:(?P<part>early|mid|late)[- ])?(?P<em>{_NAMES})\b\.?,?\s+{_EY}\b",
        rf"(?<![A-Za-z\d])(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<em>{_NAMES})\b(?!\s+\d)",
        r"\b(?P<em>(?-i:January|February|March|April|May|June|July|August|September|October|"
        r"November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec))\b\.?\s+"
        r"(?P<ed>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*(?:,?\s*(?:19|20)\d{2}|%|million|billion|\.\d))",
        rf"\bQ(?P<eq>[1-4])\s*(?:of\s+|,\s*)?{_EY}\b",
        rf"\b{_EY}\s*Q(?P<eq>[1-4])\b",
        rf"\b(?P<eqw>first|second|third|fourth)\s+quarter\s+(?:of\s+)?{_EY}\b",
        rf"\bfirst\s+(?P<efq>two|three)\s+quarters\s+(?:of\s+)?{_EY}\b",
        r"(?<=\b[Ii]n\s)(?P<em>(?-i:January|February|March|April|May|June|July|August|September|"
        r"October|November|December))\b(?!\s+\d|\s+of)",
        rf"\b(?P<ehw>first|second)\s+half\s+(?:of\s+)?{_EY}\b",
        rf"\bH(?P<eh>[12])\s*(?:of\s+)?{_EY}\b",
        rf"\b(?P<eedge>end|beginning|start)\s+of\s+{_EY}\b",
        (rf"(?<![\d.])(?<=\b[Ii]n\s){_EY}\b|(?<=\bby\s){_EY}\b|"
rf"(?<=\bsince\s)(?P<ey2>(?:19|20)\d{{2}})\b")
        .replace(f"|(?<=\\bby\\s){_EY}", r"|(?<=\bby\s)(?P<ey3>(?:19|20)\d{2})"),
        (r"(?:\b[Ff]rom|\b[Bb]etween)\s+(?P<ey4>(?:19|20)\d{2})\s+(?:to|"
r"and)\s+(?P<ey5>(?:19|20)\d{2})\b"),
        r"\b(?P<erel>last|this|next)\s+(?P<eunit>year|month)\b",
        r"\b(?P<eday>yesterday|today|tomorrow)\b",
    )
)  # fmt: skip

_REL = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
_CONTEXT = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1}
_RELDAY = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0,
    "明天": 1, "明日": 1, "后天": 2, "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
_TENS = {
    "上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "中上旬": (1, 20),
    "上中旬": (1, 20),
}  # fmt: skip


def _year_days(year: int, *, inferred: bool = False) -> Days:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Days(first=first, last=last, precision="year", inferred=inferred, year=year)


def _month_days(first: Month, last: Month, precision: Precision, **more: bool) -> Days:
    return Days(
        first=first.first_day, last=last.last_day, precision=precision, year=first.year, **more
    )


def _one_month(year: int, month: int, *, inferred: bool, approximate: bool = False) -> Days:
    date(year, month, 1)  # refuses month 13
    one = Month(year, month)
    return _month_days(one, one, "month", inferred=inferred, approximate=approximate)


def _ten_days(year: int, month: int, word: str, *, inferred: bool) -> Days:
    end = Month(year, month).last_day.day
    first, last = _TENS.get(word, (11 if word == "中下旬" else 21, end))
    return Days(
        first=date(year, month, first),
        last=date(year, month, last),
        precision="ten_days",
        approximate=not word.endswith("旬"),
        inferred=inferred,
        year=year,
    )


def five_year_plan(match: re.Match[str]) -> Days:
    """“十四五” and 14th Five-Year Plan: 2021-2025."""
    groups = match.groupdict()
    number = int(groups["nth"]) if groups.get("nth") else 10 + DIGITS[groups["plan"]]
    year = 1953 + 5 * (number - 1) if number < 6 else 1981 + 5 * (number - 6)
    return Days(first=date(year, 1, 1), last=date(year + 4, 12, 31), precision="period")


def numeric_days(match: re.Match[str]) -> Days | None:
    """2021-05-10, 2021/5/10, 20210510 or 2021-05; None when the match is something else."""
    groups = match.groupdict()
    if not groups.get("iy"):
        return None
    year, month = int(groups["iy"]), int(groups["im"])
    if not groups.get("id"):
        return _one_month(year, month, inferred=False)
    day = date(year, month, int(groups["id"]))
    return Days(first=day, last=day, precision="day", year=year)


def english_days(match: re.Match[str], reader: "Reader") -> Days | None:
    """English dates; relative ones need a reference day."""
    g = match.groupdict()
    if g.get("erel") or g.get("eday"):
        return reader.english_relative(g)
    if g.get("ey4"):
        y1, y2 = int(g["ey4"]), int(g["ey5"])
        return Days(first=date(y1, 1, 1), last=date(y2, 12, 31), precision="period")
    stated = g.get("ey") or g.get("ey2") or g.get("ey3")
    month = MONTHS[g["em"].lower()] if g.get("em") else None
    year = int(stated) if stated else reader.year_for(month)
    if year is None:
        return None
    inferred = not stated
    if month and g.get("ed"):
        day = date(year, month, int(g["ed"]))
        return Days(first=day, last=day, precision="day", inferred=inferred, year=year)
    if month and g.get("part"):
        word = {"early": "初", "mid": "中", "late": "底"}[g["part"].lower()]
        return _ten_days(year, month, word, inferred=inferred)
    if month:
        return _one_month(year, month, inferred=inferred)
    quarter = _Q[g["eqw"].lower()] if g.get("eqw") else int(g.get("eq") or 0)
    if quarter:
        return _quarter(year, quarter, inferred=inferred)
    if g.get("efq"):
        number = 2 if g["efq"].lower() == "two" else 3
        return _quarter(year, number, inferred=inferred, from_first=True)
    half = _Q[g["ehw"].lower()] if g.get("ehw") else int(g.get("eh") or 0)
    if half:
        return _half(year, half, inferred=inferred)
    if g.get("eedge"):
        month = 12 if g["eedge"].lower() == "end" else 1
        return _one_month(year, month, inferred=inferred, approximate=True)
    return _year_days(year)


def _quarter(year: int, number: int, *, inferred: bool, from_first: bool = False) -> Days:
    first = Month(year, 1 if from_first else 3 * number - 2)
    precision: Precision = "period" if from_first and number > 1 else "quarter"
    return _month_days(first, Month(year, 3 * number), precision, inferred=inferred)


def _half(year: int, number: int, *, inferred: bool) -> Days:
    first = Month(year, 6 * number - 5)
    return _month_days(first, first.next(5), "half_year", inferred=inferred)


class Reader:
    """Turns matches into days and remembers the years it has seen.

    Args:
        reference: the day the text was written, or None.
    """

    def __init__(self, reference: date | None) -> None:
        self.reference = reference
        self.sentence_year: int | None = None
        self.text_year: int | None = None

    def new_sentence(self) -> None:
        """A year named in an earlier sentence counts only when there is no reference."""
        self.sentence_year = None

    def saw(self, days: Days) -> None:
        """Remember the year of a date for those that follow."""
        if days.year is not None:
            self.sentence_year = self.text_year = days.last.year

    def year_for(self, month: int | None) -> int | None:
        """The year of a month that is named without one."""
        if self.sentence_year is not None:
            return self.sentence_year
        if self.reference is None:
            return self.text_year
        earlier = month is not None and month >= 10 and self.reference.month <= 3
        return self.reference.year - 1 if earlier else self.reference.year

    def _year(self, g: dict[str, str | None], month: int | None) -> tuple[int | None, bool]:
        year, rel = g.get("year"), g.get("rel")
        if year:
            digits = year if year.isascii() else "".join(str(DIGITS[c]) for c in year)
            return int(digits), False
        if rel in _CONTEXT:
            base = self.sentence_year or self.text_year
            return (None if base is None else base + _CONTEXT[rel]), True
        if rel:
            return (self.reference.year + _REL[rel] if self.reference else None), True
        return self.year_for(month), True

    def chinese(self, match: re.Match[str]) -> Days | None:
        """Days of a Chinese phrase; None without a year to put it in."""
        g = match.groupdict()
        if g.get("relday") or g.get("relweek") or g.get("relmonth"):
            return self._relative(g)
        if g.get("y1"):
            return _years(str(g["y1"]), str(g["y2"]))
        month = small_number(g["month"]) if g.get("month") else None
        year, inferred = self._year(g, month)
        if year is None or not 1900 <= year <= 2100:
            return None
        if month is not None:
            return _within_month(year, month, g, inferred=inferred)
        return _within_year(year, g, inferred=inferred)

    def _relative(self, g: dict[str, str | None]) -> Days | None:
        if self.reference is None:
            return None
        if g.get("relday"):
            return self._shifted(_RELDAY[str(g["relday"])])
        if g.get("relweek"):
            return self._week(str(g["relweek"]), g.get("weekday"))
        word = str(g["relmonth"])
        shift = -1 if word.startswith("上") else 1 if word.startswith("下") else 0
        month = Month(self.reference.year, self.reference.month).next(shift)
        return _within_month(month.year, month.month, g, inferred=True)

    def _shifted(self, days: int) -> Days | None:
        if self.reference is None:
            return None
        day = self.reference + timedelta(days=days)
        return Days(first=day, last=day, precision="day", inferred=True, year=day.year)

    def _week(self, word: str, weekday: str | None) -> Days | None:
        if self.reference is None:
            return None
        shift = -7 if word.startswith("上") else 7 if word.startswith("下") else 0
        monday = self.reference + timedelta(days=shift - self.reference.weekday())
        if weekday is None:
            last = monday + timedelta(days=6)
            return Days(first=monday, last=last, precision="period", inferred=True)
        at = 5 if weekday == "末" else 6 if weekday in "日天" else DIGITS[weekday] - 1
        day = monday + timedelta(days=at)
        last = day + timedelta(days=weekday == "末")
        precision: Precision = "period" if weekday == "末" else "day"
        return Days(first=day, last=last, precision=precision, inferred=True, year=day.year)

    def english_relative(self, g: dict[str, str | None]) -> Days | None:
        """Last year, this month, yesterday."""
        if self.reference is None:
            return None
        if g.get("eday"):
            return self._shifted(_RELDAY[str(g["eday"]).lower()])
        shift = {"last": -1, "this": 0, "next": 1}[str(g["erel"]).lower()]
        if str(g["eunit"]).lower() == "year":
            return _year_days(self.reference.year + shift, inferred=True)
        month = Month(self.reference.year, self.reference.month).next(shift)
        return _one_month(month.year, month.month, inferred=True)


def _years(first: str, last: str) -> Days | None:
    y1 = int(first)
    y2 = int(last) if len(last) == 4 else y1 // 100 * 100 + int(last)
    if not 0 < y2 - y1 <= 60:
        return None
    return Days(first=date(y1, 1, 1), last=date(y2, 12, 31), precision="period", year=y1)


def _within_month(year: int, month: int, g: dict[str, str | None], *, inferred: bool) -> Days:
    if g.get("ten"):
        return _ten_days(year, month, str(g["ten"]), inferred=inferred)
    if not g.get("day"):
        return _one_month(year, month, inferred=inferred)
    day = date(year, month, small_number(str(g["day"])) or 0)
    last = date(year, month, small_number(str(g["day2"])) or 0) if g.get("day2") else day
    precision: Precision = "period" if last > day else "day"
    return Days(first=day, last=last, precision=precision, inferred=inferred, year=year)


def _within_year(year: int, g: dict[str, str | None], *, inferred: bool) -> Days | None:
    if g.get("m1"):
        m1, m2 = small_number(str(g["m1"])) or 0, small_number(str(g["m2"])) or 0
        if not 1 <= m1 < m2 <= 12:
            return None
        return _month_days(Month(year, m1), Month(year, m2), "period", inferred=inferred)
    if g.get("quarter"):
        return _quarter(year, small_number(str(g["quarter"])) or 0, inferred=inferred)
    if g.get("firstq"):
        number = 2 if g["firstq"] == "两" else small_number(str(g["firstq"])) or 1
        return _quarter(year, number, inferred=inferred, from_first=True)
    if g.get("half"):
        return _half(year, 1 if str(g["half"]).startswith("上") else 2, inferred=inferred)
    if g.get("edge"):
        word = str(g["edge"])
        month = 1 if "初" in word else 6 if "中" in word else 12
        return _one_month(year, month, inferred=inferred, approximate=True)
    return _year_days(year, inferred=inferred)
