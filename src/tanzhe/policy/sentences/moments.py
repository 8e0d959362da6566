"""The years, halves and months a sentence names, and what each is for: ahead, a base, or past."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tanzhe.numerals import DIGIT, DIGITS, in_digits
from tanzhe.periods import five_year_plan
from tanzhe.policy.outline.quoted import without_titles

MomentKind = Literal["aim", "year", "base", "past"]
_SPELT = re.compile(rf"二[〇零○Ｏ0]{DIGIT}{{2}}(?=年)")
_MONTH = r"(?:(?P<month>\d{1,2})月份?(?:(?P<day>\d{1,2}日)|底|末|中旬|下旬|上旬)?)"
_HALF = r"(?P<half>上半年|下半年|年中)|(?:第?(?P<quarter>[一二三四1-4])季度(?:末|底)?)"
_YEAR = re.compile(
    rf"(?:(?P<from>20\d\d)年?[-—–~～至到]{{1,2}})?(?P<year>20\d\d)(?:年度?(?:{_MONTH}|{_HALF})?|(?=[、和及]20\d\d年))"
    r"(?P<end>(?:年?[底末])?(?:以前|之前|前)?)(?P<list>(?=[、和及与，或]{1,2}(?:到|至)?20\d\d))?"
    r"|“?十(?P<plan>[四五六七])五”?(?P<planned>末|期末|期间|时期|以来)"
    r"|(?P<now>(?:今年|本年度|当年)(?:年?底|末)?前?|年底前|(?<![\d一二三四五六七八九十两几近去半全])年内)"
)
_AHEAD = re.compile(r"(?:到|至|截至|力争|争取|确保)$")
_BASE_BEFORE = re.compile(r"(?:(?<!占)比|(?<!比)较|相较于?|相对于?|相比于?|对比|高于|低于|由|从)$")
_BASE_AFTER = re.compile(
    r"(?:为基[数期准年]|的?基础上|(?:同期|实际)?水平|的?同期|相比|基期|基准年?|基数)"
)
_TOLD_AFTER = re.compile(r"(?:以来|起|印发|发布|出台|公布|制定|修订|颁布|获批|版)")
_PAST = re.compile(
    r"(?:截至)?目前|现有|近年来|近[一二两三四五\d]年|过去|以来"
    r"|(?<!不)已(?:经)?(?:累计)?(?:建成|达到|实现|完成|超过|突破|达|有)"
)
_ADJOINING = re.compile(r"[、和及与，或至到以]{0,3}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A time that a sentence names.

    Attributes:
        start: offset in the sentence.
        end: offset after it.
        kind: aim: by then something is to be reached; year: a year alone; base: what a change is
            counted from; past: what was reached already.
        year: the year, None for past times without one.
        by: the year, or the month as YYYY-MM where the sentence names a month, half or quarter.
    """

    start: int
    end: int
    kind: MomentKind
    year: int | None
    by: str | None


def digits(text: str) -> str:
    """A text with years in digits (二〇二八年 is 2028年), letter for letter."""
    return _SPELT.sub(lambda m: in_digits(m[0].replace("Ｏ", "0")), text)


def moments(text: str, issued: date | None) -> list[Moment]:
    """The times of a sentence, in order.

    Args:
        text: the sentence, years in digits.
        issued: day of the document; what lies before it is past.

    Example:
        >>> [(m.kind, m.by) for m in moments("到2028年9月底，能耗比2025年下降14%", None)]
        [('aim', '2028-09'), ('base', '2025')]
    """
    text = without_titles(text)
    found = [one for match in _YEAR.finditer(text) if (one := _moment(text, match, issued))]
    for match in _PAST.finditer(text):
        found.append(Moment(start=match.start(), end=match.end(), kind="past", year=None, by=None))
    return sorted(found, key=lambda one: one.start)


def _moment(text: str, match: re.Match[str], issued: date | None) -> Moment | None:
    before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() :][:8]
    if match["plan"]:
        kind: MomentKind = "past" if match["planned"] == "以来" else "aim"
        year: int | None = five_year_plan(10 + DIGITS[match["plan"]])[1]
    elif match["now"]:
        kind, year = "aim", issued.year if issued else None
    else:
        year = int(match["year"])
        kind = _kind(match, before, after, issued)
    if year is None:
        return None
    by = _by(match, year)
    if issued and kind != "base" and (year < issued.year or by < issued.isoformat()[: len(by)]):
        kind = "past"
    return Moment(start=match.start(), end=match.end(), kind=kind, year=year, by=by)


def _kind(match: re.Match[str], before: str, after: str, issued: date | None) -> MomentKind:
    if _BASE_BEFORE.search(before) or _BASE_AFTER.match(after):
        return "base"
    if _TOLD_AFTER.match(after) and not match["end"]:
        return "past"
    if issued is None and before.endswith("截至"):
        return "past"
    ahead = _AHEAD.search(before) or match["end"] or match["half"] or match["quarter"]
    if match["day"] and not ahead:
        return "past"  # the day of a meeting or a signature
    return "aim" if ahead or match["month"] else "year"


def _by(match: re.Match[str], year: int) -> str:
    """YYYY, or YYYY-MM with the last month of a half or quarter."""
    month = 0
    if match["month"]:
        month = int(match["month"])
    elif match["half"]:
        month = 12 if match["half"] == "下半年" else 6
    elif match["quarter"]:
        month = 3 * int(in_digits(match["quarter"]))
    return f"{year}-{month:02d}" if 0 < month <= 12 else str(year)


def grouped(text: str, times: list[Moment]) -> list[list[Moment]]:
    """Times that follow each other without other words: 2027年、2028年和2030年."""
    groups: list[list[Moment]] = []
    for one in times:
        between = text[groups[-1][-1].end : one.start] if groups else "x"
        if groups and _ADJOINING.fullmatch(between):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups
