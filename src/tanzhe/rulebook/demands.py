"""What the words around a number demand: a lower or an upper limit, a share, a tier, a year."""

import re
from functools import cache
from typing import Literal, NamedTuple

from tanzhe.numerals import NumberAt, numbers_in
from tanzhe.operators import Bound, spellings
from tanzhe.rulebook.numerals import says_number

Direction = Literal["at_least", "at_most"]
_SAME = 1e-9
# Words right before a number, and right behind it and its unit.
_WAYS: dict[Bound, Direction] = {
    "at_least": "at_least", "at_most": "at_most", "over": "at_least", "under": "at_most",
}  # fmt: skip
_BEFORE = tuple(
    (way, re.compile(rf"(?:{spellings(bound, 'signs', 'words', 'near')})[约\s]*$", re.I))
    for bound, way in _WAYS.items()
)
_UNIT = r"\s*[%％‰A-Za-z/\u4e00-\u9fff·]{0,12}?"
_LIMITS: tuple[Direction, ...] = ("at_most", "at_least")
_AFTER = tuple((way, re.compile(rf"{_UNIT}(?:{spellings(way, 'behind')})")) for way in _LIMITS)
# In a name, not before a number: 规模以上 and 最高负荷 say nothing of the limit.
_OF_NAME: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    (
        "at_most",
        re.compile(r"上限|最高(?=$|值|限|比例|比重|占比)|不(?:得)?(?:高于|超过|大于)(?!\s*\d)"),
    ),
    (
        "at_least",
        re.compile(r"下限|最低(?=$|值|限|比例|比重|占比)|不(?:得)?(?:低于|少于|小于)(?!\s*\d)"),
    ),
)
_BRACKET = re.compile(r"[（(［\[【〔]([^（）()［］\[\]【】〔〕]*)[）)］\]】〕]")
# 20-100万吨标准煤 outside brackets, unless it tells which enterprises are counted.
_TIER = re.compile(
    r"[^\d]{0,3}\d[\d.]{0,12}万?(?:吨标准煤|吨标煤|tce)?(?:\s*[-–—−~～至到]\s*\d[\d.]{0,12}万?)?"
    r"(?:吨标准煤|吨标煤|tce)(?:（?含）?)?(?:及?以上|及?以下|以内)?",
    re.I,
)
_COUNTED_NEXT = re.compile(
    r"\s*的?(?:重点|规上|规模以上)?(?:用能)?(?:工业)?(?:企业|单位|用户|项目|建筑)"
)
_COUNTED = re.compile(r"企业|单位(?!能耗)|用户|项目|建筑|车辆|机组")
_ENERGY = re.compile(r"吨标准煤|吨标煤|tce", re.I)
_TO = re.compile(r"\s*(?:万?吨标准煤|万?tce|万)?\s*[-–—−~～至到]+\s*", re.I)
_YEAR = re.compile(r"(?<![\d.])(20[2-6]\d)(?=年|[）)]|$)")
_BASELINE = re.compile(r"(?:较|(?<!占)比|与|以|基准|基于|自) *$")
_BEFORE_LONGEST = 12


class Tier(NamedTuple):
    """A range of energy that words tell, tce."""

    at_least: float | None
    below: float | None


def direction_of(words: str, value: float) -> Direction | None:
    """Whether words demand at least or at most a number; None where they do not tell, or both.

    Args:
        words: exact words of a document.
        value: the number they hold.

    Example:
        >>> direction_of("≤0.2吨（≥100万吨标准煤）", 0.2), direction_of("10个及以上", 10)
        ('at_most', 'at_least')
        >>> direction_of("达到或优于二级", 2) is None
        True
    """
    found = {said for one in _at(words, value) for said in _said(words, one)}
    return found.pop() if len(found) == 1 else None


def _said(words: str, one: NumberAt) -> set[Direction]:
    ahead = words[max(0, one.start - _BEFORE_LONGEST) : one.start]
    for way, sign in _BEFORE:
        if sign.search(ahead):
            return {way}
    return {way for way, sign in _AFTER if sign.match(words, one.end)}


def name_direction(name: str) -> Direction | None:
    """Whether a name itself says that its limit is a lower or an upper one.

    Example:
        >>> name_direction("余电上网比例上限"), name_direction("规模以上企业能效诊断覆盖率") is None
        ('at_most', True)
    """
    bare = _BRACKET.sub("", name)
    found = {way for way, sign in _OF_NAME if sign.search(bare)}
    return found.pop() if len(found) == 1 else None


def is_percent(words: str, value: float) -> bool | None:
    """Whether a number stands in percent; None where words do not tell, or lack the number.

    Example:
        >>> is_percent("不低于85%", 85), is_percent("10个及以上", 10), is_percent("≥70", 70)
        (True, False, None)
    """
    found = {_percent_behind(words[one.end :]) for one in _at(words, value)}
    return True if True in found else False if False in found else None


def _percent_behind(rest: str) -> bool | None:
    if re.match(r"\s*[%％]", rest):
        return True
    return False if re.match(r"\s*[个项家座台套件吨亩人次户种批公千万亿kKMG]", rest) else None


def _at(words: str, value: float) -> list[NumberAt]:
    return [
        one
        for one in numbers_in(words)
        if abs(abs(one.value) - abs(value)) <= _SAME * max(1.0, abs(value))
    ]


def tier_in(name: str) -> Tier | None:
    """The range of a park's energy that a name tells, in brackets or not; None where none.

    Example:
        >>> tier_in("单位能耗碳排放（20-100万吨标准煤）")
        Tier(at_least=200000.0, below=1000000.0)
        >>> tier_in("单位能耗碳排放（≥100万吨标准煤）"), tier_in("单位能耗碳排放（吨/吨标准煤）")
        (Tier(at_least=1000000.0, below=None), None)
    """
    for words in (*_of_parks(name), *_outside(name)):
        found = list(numbers_in(words))
        unit = _ENERGY.search(words)
        if not found or unit is None or found[-1].start > unit.start():
            continue
        if len(found) > 1 and _TO.fullmatch(words, found[-2].end, found[-1].start):
            high = found[-1].value
            low = found[-2].value * (found[-1].scale if found[-2].scale == 1 else 1)
            return Tier(low, high)
        one = found[-1]
        if direction_of(words, one.value) == "at_most":
            return Tier(None, one.value)
        return Tier(one.value, None)
    return None


def _of_parks(name: str) -> list[str]:
    """Brackets of a name, those aside that tell which enterprises or buildings are counted."""
    return [words for words in _BRACKET.findall(name) if not _COUNTED.search(words)]


def _outside(name: str) -> list[str]:
    """Tiers that stand in a name without brackets."""
    bare = _BRACKET.sub("", name)
    found = _TIER.finditer(bare)
    return [m.group() for m in found if not _COUNTED_NEXT.match(bare, m.end())]


def numbers_in_brackets(name: str) -> list[str]:
    """Brackets of a name that hold a number: they tell for whom or until when it holds.

    Example:
        >>> numbers_in_brackets("绿电占比（用电1亿千瓦时以上）"), numbers_in_brackets("占比（%）")
        (['用电1亿千瓦时以上'], [])
    """
    return [
        words
        for words in _of_parks(name)
        if re.search(r"(?<![A-Za-z\d.])\d", words) and not _YEAR.search(words)
    ]


def target_year(name: str) -> int | None:
    """The year a name sets as target, base years aside.

    Example:
        >>> target_year("清洁能源占比（2030年）"), target_year("较2025年下降率") is None
        (2030, True)
    """
    for match in _YEAR.finditer(name):
        if not _BASELINE.search(name[: match.start()]):
            return int(match[1])
    return None


def target_years(words: str) -> set[int]:
    """All years that words set as targets, base years aside.

    Example:
        >>> sorted(target_years("2027年70%，2030年90%")), target_years("较2025年下降20%")
        ([2027, 2030], set())
    """
    found = _YEAR.finditer(words)
    return {int(m[1]) for m in found if not _BASELINE.search(words[: m.start()])}


def demanded(words: str) -> list[float]:
    """All numbers that words demand at least or at most.

    Example:
        >>> demanded("不低于10%、不高于30%"), demanded("85%")
        ([10.0, 30.0], [])
    """
    return [one.value for one in numbers_in(words) if len(_said(words, one)) == 1]


@cache
def without_brackets(name: str) -> str:
    """A name without brackets, tiers, target years and words of direction: what it is about.

    Example:
        >>> without_brackets("绿电占比上限（2030年）")
        '绿电占比'
    """
    bare = _BRACKET.sub("", name)
    for words in _outside(name):
        bare = bare.replace(words, "")
    bare = re.sub(r"(?:到|至)?20[2-6]\d年(?:底)?", "", bare)
    return re.sub(r"上限|下限|最[高低](?=$|值|限|比例|比重|占比)", "", bare).strip()


def holds_times_hundred(words: str, value: float) -> bool:
    """Whether words hold a hundred times a number and not the number: 85% for 0.85."""
    return says_number(words, round(value * 100, 9)) and not says_number(words, value)
