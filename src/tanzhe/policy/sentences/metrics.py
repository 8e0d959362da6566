"""What a number measures: the noun before it, or after it where things are counted."""

import re

from tanzhe.policy.sentences.moments import moments
from tanzhe.policy.words import either
from tanzhe.text import QuantitySpan, read_quantities

_VERBS = rf"(?:{either('verbs_of_goals')})"
_AFTER_VERBS = re.compile(
    rf"(?:{_VERBS}|(?<!占)比|较|到|至|约|近|再|为|在|的|每年|年均|稳定|维持|保持)+$"
)
# 新增储能装机, but 增长率 and 建设用地 are nouns.
_BEFORE_VERBS = re.compile(
    rf"^(?:(?:以上|左右|以内|以下)?(?:{_VERBS}(?!率|幅|速|量|值|用地|水平|后)|并|且|使|让|到|至|[，、：；\s\"“]))+"
)
_BASE = re.compile(
    r"(?:(?<!占)比|(?<!比)较|相较于?|与|以|在)(?P<year>20\d\d)年(?:末|底)?(?:的)?"
    r"(?:为基[数期准]|基础上|同期|实际|平均|水平|相比)*"
)
_FROM = re.compile(r"(?:由|从)[^，由从]{0,12}\d[^，由从]{0,12}$")  # 由2025年的35%提高到
# 响应能力达到最大用电负荷的5%: what the share is of is not what is measured.
_OF_ANOTHER = re.compile(r"(?:达到|控制在|降至|提高到|提升至|不低于|不超过)[^，；\d]{2,16}的$")
_SIGNS = re.compile(r"[≥≤<>=＝]+$")
COUNTED = frozenset("个家座项条台套辆艘批种处户人次起只件张所名位")
_NUMBERED = re.compile(r"(?:数|数量|总数|规模|个数)(?:达到|超过|突破)?$")
_NOUN_AFTER = re.compile(
    r"(?:(?:及其?)?以上|左右|以内)?(?:的)?(?P<noun>(?!以上|左右|以内|及|和|与)[^，。；：、（）\d]{2,30}?)"
    r"(?=(?<!碳中)和(?!谐)|与|及|以及|[，。；：、（）\d]|$)"
)
_SHARE_OF = re.compile(r"(?:以上|左右)(?!的|，)(?P<noun>[\u4e00-\u9fff]{3,30})(?=[，。；、（]|$)")
_GRADE_OF = re.compile(r"级的?(?!及以|以上)(?P<noun>[\u4e00-\u9fff]{3,30})(?=[，。；、（]|$)")
# What is measured, which a list says once: 风电、光伏装机, 化学需氧量、氨氮减排量.
_MEASURE = re.compile(r"(?:(?:重点工程)?减排量|装机(?:容量|规模)?)$")
_NUMBER_LEAD = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳]|[一二三四五六七八九]是|[—\-–●·])+"
)


def base_year(text: str, start: int, end: int) -> int | None:
    """The year that a change between two offsets is counted from: 比2025年下降."""
    found = _BASE.search(text, start, end)
    return int(found["year"]) if found else None


def bare_subject(text: str, start: int, quantity: QuantitySpan) -> str:
    """The noun that stands before or after a number in its clause, "" where none does."""
    before = _OF_ANOTHER.sub("", _FROM.sub("", text[start : quantity.start]))
    found = _trimmed(_SIGNS.sub("", _timeless(before)))
    if quantity.unit in COUNTED and not _NUMBERED.search(found):
        noun = _NOUN_AFTER.match(text, quantity.end)
        if noun:
            return noun["noun"].strip("的")
    return found


def noun_end(text: str, quantity: QuantitySpan) -> int:
    """Where a number ends, with what it is a share of."""
    noun = _SHARE_OF.match(text, quantity.end) if quantity.unit == "%" else None
    return noun.end() if noun else quantity.end


def shared_by(text: str, start: int, quantity: QuantitySpan) -> str:
    """What a number is of, where that stands behind (80%以上产能完成改造, 千瓦级的…), else ""."""
    grade = _GRADE_OF.match(text, quantity.end)
    if grade:
        return grade["noun"]
    noun = _SHARE_OF.match(text, quantity.end) if quantity.unit == "%" else None
    if not noun:
        return ""
    before = re.split("，", bare_subject(text, start, quantity))[-1]
    beside = before and text[: quantity.start].endswith(before)  # 充电量60%以上集中在低谷
    return before + noun["noun"] if beside else noun["noun"]


def _timeless(words: str) -> str:
    """Words without years, so that only the noun and its verbs are left."""
    words = _BASE.sub("", words)
    for time in reversed(moments(words, None)):
        if time.year is not None:
            lead = re.search(r"(?:到|至|截至)$", words[: time.start])
            words = words[: lead.start() if lead else time.start] + "，" + words[time.end :]
    return words


def _trimmed(words: str) -> str:
    words = words.replace("（）", "").replace("（，）", "")  # a year stood in them
    words = _AFTER_VERBS.sub("", words.rstrip("，、：；以 "))
    words = _AFTER_VERBS.sub("", words.rstrip("，、：；以 "))
    words = _BEFORE_VERBS.sub("", _NUMBER_LEAD.sub("", words.lstrip("，、：； ")))
    return re.sub(r"^(?:和|及|与)", "", words.strip("，、：以“”"))


def subject(text: str, start: int, quantity: QuantitySpan) -> str:
    """The noun of a number; of the clause before, where its own has none."""
    found = bare_subject(text, start, quantity)
    if found:
        return found
    earlier = re.split(r"[，；。：]", text[:start].rstrip("，；"))[-1]
    number = next(iter(read_quantities(earlier)), None)
    return _trimmed(_timeless(earlier[: number.start] if number else earlier))


def parallel(metric: str, count: int) -> list[str]:
    """The names of several numbers: 风电、光伏装机分别达到…; the whole name where they do not fit.

    Example:
        >>> parallel("风电、光伏装机", 2), parallel("绿电占比", 2)
        (['风电装机', '光伏装机'], ['绿电占比', '绿电占比'])
    """
    for signs in ("[、，]", r"[、，]|以及|(?<![饱中总])和(?!谐)|(?<!参)与|(?<![普涉])及"):
        parts = [part for part in re.split(signs, metric) if part]
        if len(parts) == count > 1:
            measure = _MEASURE.search(parts[-1])
            shared = measure[0] if measure and measure.start() else ""
            bare = [part for part in parts[:-1] if not _MEASURE.search(part)]
            return [part + shared if part in bare else part for part in parts]
    return [metric] * count
