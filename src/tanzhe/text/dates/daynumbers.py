"""Days named by their number alone: 25日, 24日至26日, 25号下午."""

from datetime import date, timedelta
from functools import partial

from tanzhe.text.dates.days import Days, Groups, Reader, Rule, number_of, one_day, period
from tanzhe.text.dates.words import CLOCK, TO

# Before a number of days for which something lasts: 拘留10日, 公示期为5日. All of two characters.
_LASTING = (
    "拘留|整顿|停产|限产|停业|停工|停运|暂停|关停|为期|历时|连续|持续|延长|缩短|提前|推迟|延期|延后|累计|合计|"
    "超过|不足|不满|不少|至少|最多|最长|最短|长达|共计|公示|期限|期为|限为|休假|工期|少于|多于|不超|大于|小于|"
    "达到|未来|过去|今后|往后|相隔|间隔|逾期|拖延|耗时|用时|需要|只需|满了|共有"
)
_ONE_LASTING = "起近约满达逾共超仅足每隔第百千万亿几数多需"
# After it: 30日内, 5日游, 7日均价, 500日元.
_COUNTED = "(?!之内|以内|内|以上|以下|左右|上下|有余|余|游|均|龄|元|圆|产|用|照|历|常|期|线|移动)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ZH_DAY = "(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_ALONE = rf"(?=\d)(?<![\d.年月/{_ONE_LASTING}])(?<!\d[-—–~～:：])(?<!{_LASTING})(?P<bare>{_DAY})"
_OTHER = rf"(?:\s?[日号]?(?:{TO}|(?P<and>[、和及与]))(?P<bare2>{_DAY}|{_ZH_DAY}))?"
_NUMBERED = rf"{_OTHER}\s?日{_COUNTED}{CLOCK}"
_BEFORE = "(?=之前|以前|前)"
_CLAUSE = r"(?<![^，。；：、！？,;:\s（(”“\"])"
# A text names a day by its number alone when it is near: of the month of writing or just outside.
NEAR, JUST_NOW = 10, 3  # days


def _in_month(month: date | None, number: int) -> date | None:
    try:
        return month.replace(day=number) if month else None
    except ValueError:
        return None


def _not_before(base: date | None, number: int) -> date | None:
    """The day of that number in the month of another, unless it lies before it."""
    same = _in_month(base, number)
    return same if base and same and same >= base else None


def _nearest(written: date, number: int, *, ahead: bool) -> date | None:
    """The day of that number which a text written on some day means; None where it is unsure."""
    this = _in_month(written, number)
    if ahead and this and this < written:
        later = _in_month(written.replace(day=28) + timedelta(days=4), number)
        return later if later and (later - written).days <= NEAR else this
    if this and (this <= written or ahead):
        return this
    before = _in_month(written.replace(day=1) - timedelta(days=1), number)
    if before and (this is None or (written - before).days <= NEAR):
        return before
    return this if this and (this - written).days <= NEAR else None


def day_numbered(number: int, reader: Reader, *, ahead: bool = False) -> date | None:
    """The day that a bare number means where a reader stands.

    The sentence decides (8月16日起飞，但17日取消), then the time of writing where the day is one of
    the last three, then the paragraph (7月22日出发。26日失联), then the time of writing.

    Args:
        number: 1 to 31.
        reader: what was read before.
        ahead: the words say that the day is to come (将于, 前).

    Returns:
        None where no day fits, or where two would.
    """
    written = reader.reference
    same = _not_before(reader.sentence_day, number)
    if same and (written is None or ahead or (same - written).days <= NEAR):
        return same
    if written is None:
        base = reader.paragraph_day or reader.day
        return _in_month(base, number)
    nearest = _nearest(written, number, ahead=ahead)
    if nearest and 0 <= (written - nearest).days <= JUST_NOW:
        return nearest
    for base in (reader.sentence_month, reader.paragraph_day):
        same = _not_before(base, number)
        if same and (same <= written or ahead):
            return same
    return nearest


def _numbered(g: Groups, reader: Reader, *, ahead: bool = False) -> Days | None:
    first = number_of(g["bare"])
    day = day_numbered(first, reader, ahead=ahead)
    if day is None or not g.get("bare2"):
        return one_day(day, inferred=True) if day else None
    last = number_of(g["bare2"])
    if g.get("and") and last != first + 1:  # 5日、20日: two days, and no name for them
        return None
    month = day if last > first else day.replace(day=28) + timedelta(days=4)
    end = _in_month(month, last)
    return period(day, end, inferred=True) if end else None


def _slashed(g: Groups, reader: Reader) -> Days | None:
    """7/13日."""
    year = reader.year_for(int(g["im"]))
    return one_day(date(year, int(g["im"]), int(g["id"])), inferred=True) if year else None


def _unsure(g: Groups, reader: Reader) -> Days | None:
    """5日后, 3日前: counted or named, nobody can tell."""
    return None


_to_come = partial(_numbered, ahead=True)
DAY_NUMBERS = (
    Rule(rf"(?<=将于|拟于|定于|将在|拟在|定在){_ALONE}{_NUMBERED}", _to_come),
    Rule(rf"(?<=[于在至]){_ALONE}\s?日{_BEFORE}", _to_come),
    Rule(rf"(?<![\d于在至])\d\s?日(?:之|以)?前(?!后)|{_ALONE}\s?日(?:之|以)?后", _unsure),
    Rule(rf"{_ALONE}\s?日{_BEFORE}", _to_come),
    Rule(rf"{_ALONE}{_NUMBERED}", _numbered),
    Rule(rf"{_ALONE}号(?=上午|下午|晚|早|中午|凌晨|傍晚|清晨){CLOCK}", _numbered),
    Rule(rf"(?=\d){_CLAUSE}(?P<bare>{_DAY})号(?=$|[，,])", _numbered),
    Rule(
        rf"(?=[一二三十]){_CLAUSE}(?P<bare>{_ZH_DAY}){_NUMBERED}(?=[，,在从由讯电起]|$)", _numbered
    ),
    Rule(r"(?<![\d/.])(?P<im>0?[1-9]|1[0-2])/(?P<id>0?[1-9]|[12]\d|3[01])日", _slashed),
)
