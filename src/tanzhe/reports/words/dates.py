"""Dates and periods as a reader writes them."""

import re
from calendar import month_name
from datetime import UTC, datetime

from tanzhe.errors import Words
from tanzhe.model import EventDate, Series
from tanzhe.periods import BEIJING

TEN_DAYS = (Words("上旬", "early"), Words("中旬", "mid-"), Words("下旬", "late"))
QUARTERS = (
    Words("第一季度", "first quarter of"),
    Words("第二季度", "second quarter of"),
    Words("第三季度", "third quarter of"),
    Words("第四季度", "fourth quarter of"),
)
HALVES = (Words("上半年", "first half of"), Words("下半年", "second half of"))


# A source may give its date in any form; what is not one of these is printed as it stands.
_KNOWN_FORM = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _parts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("-"))


def day_words(text: str) -> Words:
    """A year, month or day written YYYY, YYYY-MM or YYYY-MM-DD.

    Example:
        >>> day_words("2021-09"), day_words("2021-09-11").en
        (Words(zh='2021年9月', en='September 2021'), '11 September 2021')
    """
    if not _KNOWN_FORM.fullmatch(text):
        return Words(text, text)
    parts = _parts(text)
    year = parts[0]
    if len(parts) == 1:
        return Words(f"{year}年", str(year))
    month = month_name[parts[1]]
    if len(parts) == 2:
        return Words(f"{year}年{parts[1]}月", f"{month} {year}")
    return Words(f"{year}年{parts[1]}月{parts[2]}日", f"{parts[2]} {month} {year}")


def _is_merged(series: Series, period: str) -> bool:
    return series.merged and series.frequency == "month" and period[5:7] == "02"


def period_words(series: Series, period: str) -> Words:
    """A period of a series; a merged one names both months."""
    if not _is_merged(series, period):
        return day_words(period)
    year = period[:4]
    return Words(f"{year}年1—2月", f"{month_name[1]}–{month_name[2]} {year}")


def span_words(series: Series, first: str, last: str) -> Words:
    """A run of periods of a series; a merged first period begins in its January."""
    if first == last:
        return period_words(series, first)
    start = f"{first[:4]}-01" if _is_merged(series, first) else first
    return range_words(start, last)


def short_month(period: str, *, merged: bool) -> str:
    """A month as a picture or a tile has room for: 2021.4; a merged one 2021.1–2.

    Example:
        >>> short_month("2021-04", merged=True), short_month("2021-02", merged=True)
        ('2021.4', '2021.1–2')
    """
    if len(period) != 7:
        return period
    year, month = period.split("-")
    return f"{year}.1–2" if merged and month == "02" else f"{year}.{int(month)}"


def range_words(first: str, last: str) -> Words:
    """From one date to another; what both share is said once.

    Example:
        >>> range_words("2021-04", "2021-06").zh, range_words("2021-11-02", "2022-02-01").zh
        ('2021年4月—6月', '2021年11月2日—2022年2月1日')
    """
    if first == last:
        return day_words(first)
    begin, end = day_words(first), day_words(last)
    known = _KNOWN_FORM.fullmatch(first) and _KNOWN_FORM.fullmatch(last)
    if not known or first[:4] != last[:4] or len(first) == 4:
        return Words(f"{begin.zh}—{end.zh}", f"{begin.en} – {end.en}")
    return Words(f"{begin.zh}—{end.zh.split('年')[1]}", f"{begin.en.rsplit(' ', 1)[0]} – {end.en}")


# A begin or record that may lie anywhere in more than half a year is told as its years.
HALF_A_YEAR = 6


def is_vague(first: str, last: str) -> bool:
    """Whether an interval of months is too wide for one month to be named in its stead.

    Example:
        >>> is_vague("2021-03", "2021-06"), is_vague("2019-11", "2021-06"), is_vague("2019", "2021")
        (False, True, True)
    """
    if first[:4] == last[:4]:
        return len(first) >= 7 and int(last[5:7]) - int(first[5:7]) > HALF_A_YEAR
    if len(first) < 7:
        return True
    years = int(last[:4]) - int(first[:4])
    return 12 * years + int(last[5:7]) - int(first[5:7]) > HALF_A_YEAR


def years_words(first: str, last: str) -> Words:
    """The years between two dates, for what cannot be dated to a month.

    Example:
        >>> years_words("2019-11", "2021-06"), years_words("2019-02", "2019-12").zh
        (Words(zh='2019—2021年间', en='2019–2021'), '2019年')
    """
    begin, end = first[:4], last[:4]
    if begin == end:
        return day_words(begin)
    return Words(f"{begin}—{end}年间", f"{begin}–{end}")


def _ten_days(text: str) -> Words:
    year, month, day = _parts(text)
    third = TEN_DAYS[min(2, (day - 1) // 10)]
    joint = "" if third.en.endswith("-") else " "
    return Words(f"{year}年{month}月{third.zh}", f"{third.en}{joint}{month_name[month]} {year}")


def event_date_words(date: EventDate) -> Words:
    """A date of an event, no more exact than it is known."""
    text = date.date
    if not _KNOWN_FORM.fullmatch(text):
        return Words(text, text)
    month = int(text[5:7]) if len(text) >= 7 else 1
    length = {"month": 7, "year": 4}.get(date.precision, 10)
    if date.precision == "ten_days" and len(text) == 10:
        return _ten_days(text)
    if date.precision in ("quarter", "half_year"):
        name = QUARTERS[(month - 1) // 3] if date.precision == "quarter" else HALVES[month > 6]
        return Words(f"{text[:4]}年{name.zh}", f"{name.en} {text[:4]}")
    if date.until is not None and date.until[:length] > text[:length]:
        return range_words(text[:length], date.until[:length])
    return day_words(text[:length])


def moment_words(created: str) -> Words:
    """The UTC time of a run in Beijing time, to the minute."""
    moment = datetime.fromisoformat(created)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    local = moment.astimezone(BEIJING)
    day = day_words(local.date().isoformat())
    clock = f"{local:%H:%M}"
    return Words(f"{day.zh}{clock}（北京时间）", f"{day.en}, {clock} (Beijing time)")
