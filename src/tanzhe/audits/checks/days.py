"""Days against the calendar: weekdays, days that no month has, and how many a stretch has."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from tanzhe.audits.checks.sentences import Sentence, sentences_in, tell
from tanzhe.audits.lines.marks import bare
from tanzhe.audits.records import ReportText, Verdicts
from tanzhe.audits.spans import MONTHS, days_of_no_month
from tanzhe.errors import Words

_ZH = "一二三四五六日"
_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES = tuple(Words(f"星期{zh}", en) for zh, en in zip(_ZH, _EN, strict=True))
_MONTH = "|".join(MONTHS)
_WEEKDAY = "|".join(_EN)
_CHINESE = re.compile(
    r"(?<!农历)(?:(?P<y>(?:19|20)\d{2})\s*[年/.-]\s*)?(?<!\d)(?P<m>\d{1,2})\s*[月/.-]\s*"
    r"(?P<d>\d{1,2})\s*[日号]?\s*[（(，,]?\s*(?:农历[^）)，,]{2,10}[，,]\s*)?"
    r"(?:星期|礼拜|(?<!一)周)(?P<w>[一二三四五六日天])(?![年岁期])"
)
_DAY = (
    rf"(?:(?P<d>\d{{1,2}})\s+(?P<m>{_MONTH})|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})),?\s+"
    r"(?P<y>20\d\d)"
)
_ENGLISH = (
    re.compile(rf"\b(?P<w>{_WEEKDAY}),?\s+(?:the\s+)?{_DAY}", re.I),
    re.compile(rf"\b{_DAY}\s*\(?,?\s*(?:a\s+)?(?P<w>{_WEEKDAY})\b", re.I),
)
_STRETCH = re.compile(
    r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日?\s*[至到—–~～-]{1,2}\s*(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日"
    r"\s*[（(，,]?\s*(?:共|共计|历时|为期|持续)(?:了|约)?\s*(?P<n>\d{1,3})\s*天"
)


def check_days(report: ReportText, verdicts: Verdicts) -> None:
    """Every day of a report that bears a weekday, and days that do not exist."""
    for at in chain(sentences_in(report), _dated(report)):
        _days(at, report, verdicts)


def _dated(report: ReportText) -> Iterator[Sentence]:
    """The fields that give the date of an item."""
    for item in report.items:
        for one in item.of("date"):
            yield Sentence(
                item=item, line=one.line, label=one.label, text=bare(one.value), spans=()
            )


def _days(at: Sentence, report: ReportText, verdicts: Verdicts) -> None:
    for text in days_of_no_month(at.text):
        words = Words(f"没有“{text}”这一天", f"there is no “{text}”")
        verdicts.wrong(
            "date_implausible", at.line, words, severity="error", item=at.item, field=at.label
        )
    for match in _CHINESE.finditer(at.text):
        year = int(match["y"]) if match["y"] else _year(at, report, match.start(), int(match["m"]))
        if year:
            weekday = _ZH.index(match["w"].replace("天", "日"))
            _weekday(at, match[0], (year, int(match["m"]), int(match["d"])), weekday, verdicts)
    for match in (m for pattern in _ENGLISH for m in pattern.finditer(at.text)):
        month = MONTHS.index((match["m"] or match["m2"]).title()) + 1
        weekday = _EN.index(match["w"].title())
        day = int(match["d"] or match["d2"])
        _weekday(at, match[0], (int(match["y"]), month, day), weekday, verdicts)
    for match in _STRETCH.finditer(at.text):
        _stretch(at, match, _year(at, report, match.start(), int(match["m"])), verdicts)


def _year(at: Sentence, report: ReportText, where: int, month: int) -> int | None:
    """The year last named before a day, else the one in which it is nearest its turning point."""
    named = re.findall(r"(?<!\d)((?:19|20)\d{2})\s*年", at.text[:where])
    if named:
        return int(named[-1])
    point = next((p for p in report.points if at.item and at.item in p.items), None)
    days = point.days if point else None
    if days is None or days.precision == "year":
        return None
    return days.first.year + round((days.first.month - month) / 12)


def _weekday(
    at: Sentence, text: str, when: tuple[int, int, int], told: int, verdicts: Verdicts
) -> None:
    try:
        day = date(*when)
    except ValueError:  # told as a day of no month
        return
    if day.weekday() != told:
        own, text = _NAMES[day.weekday()], _shut(text)
        words = Words(f"{day} 是{own.zh}，不是“{text}”", f"{day} was a {own.en}, not “{text}”")
        verdicts.wrong(
            "self_contradiction", at.line, words, severity="error", item=at.item, field=at.label
        )


def _stretch(at: Sentence, match: re.Match[str], year: int | None, verdicts: Verdicts) -> None:
    """9月23日至29日（共7天）; the last day may be left out of the count."""
    try:
        first = date(year or 2001, int(match["m"]), int(match["d"]))
        last = date(year or 2001, int(match["m2"] or match["m"]), int(match["d2"]))
    except ValueError:
        return
    days = (last - first).days + 1
    if days > 1 and int(match["n"]) not in (days - 1, days):
        told = f"“{_shut(match[0])}”：首尾都算是 {days} 天"
        tell(at, Words(told, f"“{_shut(match[0])}” has {days} days, both ends counted"), verdicts)


def _shut(text: str) -> str:
    """Words as written, with the bracket closed that they open."""
    text = text.strip()
    opened = next((mark for mark in "（(" if mark in text), "")
    return text + ("）" if opened == "（" else ")" if opened else "")
