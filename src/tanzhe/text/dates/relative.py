"""Dates counted from the day of writing: 上周五, 三天前, 近三年, 下季度."""

from datetime import date, timedelta

from tanzhe.numerals import DIGITS
from tanzhe.periods import Month
from tanzhe.text.dates.days import (
    Days,
    Groups,
    Reader,
    Rule,
    half_month,
    moved,
    number_of,
    one_day,
    one_month,
    period,
    quarters,
    ten_days,
)
from tanzhe.text.dates.words import CLOCK, TEN, TO, N

_DAYS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0,
    "今": 0, "明天": 1, "明日": 1, "明": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_UNITS = {
    "天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "个月": "month",
    "月": "month", "季度": "quarter", "年": "year",
}  # fmt: skip
_COUNT = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_UNIT = r"个?(?P<unit>天|周|星期|礼拜|季度|年)|个(?P<unit2>月)|(?<=[一二两三])(?P<unit3>月)"
_UNIT = rf"(?:{_UNIT})"
_FREE = r"(?<![\d.一二三四五六七八九十百千万第])"
_MORE_OR_LESS = r"(?:\s*(?:至|到|-|—|~)\s*(?P<n2>\d{1,3}|[一二两三四五六七八九十]{1,3}))?"


def _shift(word: str) -> int:
    """上 is one before, 上上 two before, 下 one after, 本 and 这 none."""
    return word.count("下") - word.count("上")


def _count(words: str) -> float:
    return 0.5 if words == "半" else number_of(words)


def _day(g: Groups, reader: Reader) -> Days | None:
    if reader.reference is None:
        return None
    return one_day(reader.reference + timedelta(days=_DAYS[g["day"]]), inferred=True)


def _same_day(g: Groups, reader: Reader) -> Days | None:
    """去年的今天."""
    if reader.reference is None:
        return None
    return one_day(
        moved(reader.reference, {"去": -1, "前": -2, "明": 1}[g["of"]], "year"), inferred=True
    )


def _week(g: Groups, reader: Reader) -> Days | None:
    if reader.reference is None:
        return None
    monday = reader.reference - timedelta(days=reader.reference.weekday())
    monday += timedelta(weeks=_shift(g.get("which", "")))
    weekday = g.get("weekday", "")
    if not weekday:
        return period(monday, monday + timedelta(days=6), inferred=True)
    if weekday == "末":
        return period(monday + timedelta(days=5), monday + timedelta(days=6), inferred=True)
    at = 6 if weekday in "日天" else DIGITS[weekday] - 1
    return one_day(monday + timedelta(days=at), inferred=True)


def _month(g: Groups, reader: Reader) -> Days | None:
    if reader.reference is None:
        return None
    month = Month(reader.reference.year, reader.reference.month).next(_shift(g.get("which", "")))
    if g.get("ten"):
        return ten_days(month.year, month.month, g["ten"], inferred=True)
    if g.get("half"):
        return half_month(month.year, month.month, g["half"], inferred=True)
    if not g.get("d"):
        return one_month(month.year, month.month, inferred=True)
    day = date(month.year, month.month, int(_count(g["d"])))
    if not g.get("d2"):
        return one_day(day, inferred=True)
    return period(day, date(month.year, month.month, int(_count(g["d2"]))), inferred=True)


def _quarter(g: Groups, reader: Reader) -> Days | None:
    if reader.reference is None:
        return None
    month = Month(reader.reference.year, reader.reference.month).next(3 * _shift(g["which"]))
    number = (month.month + 2) // 3
    return quarters(month.year, number, number, inferred=True)


def _unit(g: Groups) -> str:
    return _UNITS[g.get("unit") or g.get("unit2") or g["unit3"]]


def _span(first: date, last: date) -> Days | None:
    if first.year < 1900 or last.year > 2100:
        return None
    return Days(first=first, last=last, precision="period", inferred=True, approximate=True)


def _ago(g: Groups, reader: Reader) -> Days | None:
    """三天前, 十年后: a day, as exact as its unit."""
    if reader.reference is None:
        return None
    number = _count(g["n"]) * (-1 if g["side"] == "前" else 1)
    unit = _unit(g)
    day = moved(reader.reference, number, unit)
    if not 1900 <= day.year <= 2100:
        return None
    about = unit not in ("day", "week")
    return Days(first=day, last=day, precision="day", inferred=True, approximate=about)


def _past(g: Groups, reader: Reader) -> Days | None:
    if reader.reference is None:
        return None
    number = _count(g.get("n2") or g["n"])
    return _span(moved(reader.reference, -number, _unit(g)), reader.reference)


def _future(g: Groups, reader: Reader) -> Days | None:
    if reader.reference is None:
        return None
    number = _count(g.get("n2") or g["n"])
    return _span(reader.reference, moved(reader.reference, number, _unit(g)))


def _both_years(g: Groups, reader: Reader) -> Days | None:
    """今明两年, 去今两年."""
    if reader.reference is None:
        return None
    first, last = (reader.reference.year + {"去": -1, "今": 0, "明": 1}[g[k]] for k in ("a", "b"))
    return _span(date(first, 1, 1), date(last, 12, 31))


_WHICH = r"(?P<which>上+|下+|本|这)"
_WD = r"(?P<weekday>[一二三四五六日天末])"
RELATIVE = (
    Rule(
        r"(?P<day>大前天|前天|昨天|昨日|今天(?!然)|今日|明天|明日(?!报)|大后天|后天)"
        rf"{CLOCK}",
        _day,
    ),
    Rule(r"(?<![\d之以生])(?P<day>前日)(?!本)", _day),
    Rule(
        r"(?P<day>[昨今明])(?:[早晚]|晨|夜|午)(?:间|上)?(?!报|稻)(?:\d{1,2}|[一二两三四五六"
        r"七八九十]{1,2})?(?:[点时](?:半|一刻|\d{1,2}分)?)?",
        _day,
    ),
    Rule(r"(?P<of>[去前明])年的?(?:今天|今日|这一天)", _same_day),
    Rule(
        rf"(?<!马)(?P<which>上+|下+|本|这)(?:一?个?)(?:周|星期|礼拜){_WD}?(?:[日天](?=\b))?(?!年|期|"
        rf"刊|口|边|围|密|全|转){CLOCK}",
        _week,
    ),
    Rule(
        r"(?<![每\d一二三四五六七八九十两几个满整上下本这隔])(?:周|星期|礼拜)(?P<weekday>[一"
        r"二三四五六日天])(?![围年岁方体片些个])" + CLOCK,
        _week,
    ),
    Rule(
        rf"(?<![\d.年第每以])(?:{_WHICH}一?个?月)(?!球|饼|季)"
        rf"(?:{TEN}|(?P<half>[上下])半月|\s*(?P<d>\d{{1,2}}|{N}{{1,4}})(?:\s*[日号]?{TO}(?P<d2>\d{{1,2}}|"
        rf"{N}{{1,4}}))?\s*[日号])?",
        _month,
    ),
    Rule(r"(?<![\d个一二三四五六七八九十每])月(?P<ten>[底末初中](?=[前之，。、）)\s]|$))", _month),
    Rule(r"(?P<which>上+|下+|本|这)(?:一|个)?季度", _quarter),
    Rule(
        rf"{_FREE}(?!(?:0\d|[89]\d)年){_COUNT}{_UNIT}(?:之|以)?(?P<side>[前后])(?!期|续|者|景|沿|列|三|两|年|方|"
        r"台|勤|备|工|十)",
        _ago,
        counted=True,
    ),
    Rule(
        rf"(?:最近|过去|近|此前|以往)的?\s?(?:这|大约|约)?{_COUNT}{_MORE_OR_LESS}\s?{_UNIT}(?:以?来"
        r"|间|里|内|中)?",
        _past,
        counted=True,
    ),
    Rule(rf"{_FREE}(?<![自从]){_COUNT}{_UNIT}(?:以来|来(?!自|源|水|电))", _past, counted=True),
    Rule(
        rf"(?:未来|今后|接下来|此后|往后)的?{_COUNT}{_MORE_OR_LESS}{_UNIT}(?:之?[内间]|里"
        r")?",
        _future,
        counted=True,
    ),
    Rule(
        rf"{_FREE}{_COUNT}{_UNIT}(?:之|以)?内(?!部|外|容|陆|在|蒙|需|存|河|涝)",
        _future,
        counted=True,
    ),
    Rule(r"(?P<a>[去今])(?P<b>[今明])两年", _both_years),
)
