"""Percentages against the two amounts they are said to come from."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanzhe.audits.checks.sentences import Sentence, tell
from tanzhe.audits.records import Verdicts
from tanzhe.errors import Words
from tanzhe.text import QuantitySpan

_UP = (
    r"增长|增加|上升|提高|提升|上涨|涨|升|增|多|扩大|rise|rose|up|increase|grew|growth|gain|"
    r"more|above|higher"
)
_DOWN = (
    r"下降|减少|降低|回落|下滑|压减|缩减|缩小|跌|降|减|少|drop|fell|fall|down|decline|decrease|cut|less|below|"
    r"lower|reduc|shrank|loss"
)
_CHANGE = re.compile(rf"{_UP}|{_DOWN}|变化|幅|change", re.I)
_START = re.compile(r"(?:[由从自]|\bfrom)[^，。；,;]{0,24}$", re.I)
_TO = re.compile(
    r"[降升增减跌涨提压扩落](?:低|高|少|加|到)?(?:至|到|为|了)|[至到]|→|⟶|->|—>|=>|\bto\b|\binto\b",
    re.I,
)
_OF_YEAR = re.compile(r"((?:19|20)\d{2})年(?!底|末|以来)[^，。；\d]{0,16}$")
_LEVEL_BEHIND = re.compile(r"\s*[，,]?\s*(?:[降升减增回落]{1,2})?[至到为]\s*(?:约|了)?\s*")
_THAN = re.compile(
    r"比|较|高于|低于|多于|少于|同期|上年|去年|\bthan\b|\bbelow\b|\babove\b|\bagainst\b|\bcompared\b|\bversus\b"
    r"|\bfrom\b|\bunder\b", re.I,
)  # fmt: skip
_PART_OF = re.compile(r"占|折合|相当于|约?为|\bof\b|\bout of\b", re.I)
_OTHER_BASE = re.compile(
    r"同比|环比|全国|平均|预期|目标|年均|累计|可比|不变价|实际增|剔除|利用率|开工率|负荷率|占比|比重|利率|税率|产率"
    r"|year[- ]on[- ]year|y/y|national|average|per year|share|utili[sz]ation|operating rate"
    r"|comparable|constant price|real terms", re.I,
)  # fmt: skip
_ON_YEAR = ("同比", "year-on-year", "year on year", "y/y")
_YEAR_BEFORE = re.compile(
    r"(?:上年|去年|前年|上一年)(?:同期|同月)?|a year (?:earlier|before|ago)", re.I
)
# 较年初增长33亿元: a change, not a level.
_GROWN = re.compile(r"(?:(?P<up>增长|增加|上升|多)|减少|下降|降低|少)(?:了|约)?$")
# Growth of money at constant prices is not that of the two sums.
_REAL = re.compile(r"可比|不变价|价格因素|实际增长|constant price|real terms|comparable", re.I)
# What may stand between the amount of a year before and the change it gives.
_AND_SO = re.compile(
    r"\s*(?:a year (?:earlier|before|ago)|in the same (?:month|period)[^,.;]{0,20})?[，,]?\s*"
    r"(?:同比|(?:or )?an?)?\s*(?:\w+ of|[增下减上回提降][^，。\d]{1,3}|increased|decreased|fell|"
    r"rose|up|down)?\s*(?:by|了|约)?\s*", re.I,
)  # fmt: skip
_RISES = re.compile(
    r"(?:升|增|提高|提升|上升|增长|增加|扩大|扩|上涨|涨)(?:至|到)|(?:rose|grew|increased|up) to",
    re.I,
)
_FALLS = re.compile(
    r"(?:降|减|下降|减少|降低|回落|压减|缩减|下滑|跌)(?:至|到)"
    r"|(?:fell|dropped|declined|decreased|down) to", re.I,
)  # fmt: skip
# Right before the first amount: what stands further off is of another pair.
_RISES_FROM = re.compile(r"(?:rose|grew|increased|up) from\s*$", re.I)
_FALLS_FROM = re.compile(r"(?:fell|dropped|declined|decreased|down) from\s*$", re.I)
# The word that says which way, right before its percentage: 上升12%, fell by 12 %.
_NEAREST = re.compile(
    r"(?:(?P<up>增长|增加|上升|提高|提升|上涨|rose|grew|increased|up|increase of|rise of|growth of)"
    r"|下降|减少|降低|回落|下滑|下跌|fell|dropped|declined|decreased|down"
    r"|decrease of|fall of|drop of|decline of)"
    r"(?:了|约|近|超过?|达|幅度?|为|\s|by|about|nearly|[-−])*$",
    re.I,
)
NEAREST = 16  # letters before the percentage
SLACK = 0.6  # points: what rounding to a whole percent leaves
RELATIVE = 0.02  # of the percentage: figures rounded to two or three digits
NEAR = 26  # letters between an amount and its percentage


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """Two amounts of one unit, one after the other, and what stands around them."""

    one: QuantitySpan
    two: QuantitySpan
    before: str
    between: str


def check_percentages(at: Sentence, verdicts: Verdicts) -> None:
    """Every percentage of a sentence that follows from two amounts beside it."""
    shares = [s for s in at.spans if s.unit == "%"]
    used: set[int] = set()
    for pair in _pairs(at):
        if _wrong_way(at, pair, verdicts) or (pair.one.unit == "元" and _REAL.search(at.text)):
            continue
        for share in shares:
            if share.start in used:
                continue
            base = _OTHER_BASE.search(at.around(share, 12, 0))
            own = base is None or (base[0] in _ON_YEAR and _is_year_before(at, pair))
            moved = _moved(at, pair, share) if own else None
            whole = base is None or base[0] in ("全国", "占比")
            true = moved or (_part(at, pair, share) if whole else None)
            if true is None:
                continue
            used.add(share.start)
            if not (moved and _turned(at, pair, share, moved[1], verdicts)):
                _judge(at, pair, share, *true, verdicts)
        _larger_part(at, pair, verdicts)


def _moved(at: Sentence, pair: _Pair, share: QuantitySpan) -> "_Result":
    found = _from_to(at, pair, share) or _than(at, pair, share) or _from_by(at, pair, share)
    return found or (_on_year(at, pair, share) if _is_year_before(at, pair) else None)


def _is_year_before(at: Sentence, pair: _Pair) -> bool:
    """Whether the second amount is of the year before that of the first."""
    if _YEAR_BEFORE.search(pair.between):
        return True
    one, two = _OF_YEAR.search(at.text[: pair.one.start]), _OF_YEAR.search(pair.between)
    return bool(one and two and int(one[1]) == int(two[1]) + 1)


def _on_year(at: Sentence, pair: _Pair, share: QuantitySpan) -> "_Result":
    """2023年A，2022年B，同比增长C%."""
    words = at.text[pair.two.end : share.start]
    told = re.fullmatch(rf"[，,]\s*同比(?:{_UP}|{_DOWN})了?约?", words)
    return _change(pair.two, pair.one) if told else None


def _wrong_way(at: Sentence, pair: _Pair, verdicts: Verdicts) -> bool:
    """From A rising to a smaller B, or falling to a larger one: told."""
    if not _START.search(pair.before) or re.search(r"[。；;]", pair.between):
        return False
    near = pair.between[-8:]
    up = _RISES.search(near) or _RISES_FROM.search(pair.before)
    down = _FALLS.search(near) or _FALLS_FROM.search(pair.before)
    word = up if up and pair.two.value < pair.one.value else None
    word = word or (down if down and pair.two.value > pair.one.value else None)
    if word is None or pair.one.unit != pair.two.unit:
        return False
    told = f"“{pair.one.text}”比“{pair.two.text}”{'大' if word is up else '小'}，却写成“{word[0]}”"
    size = "more" if word is up else "less"
    also = f"“{pair.one.text}” is {size} than “{pair.two.text}”, told as “{word[0]}”"
    tell(at, Words(told, also), verdicts)
    return True


def _pairs(at: Sentence) -> Iterator[_Pair]:
    amounts = [s for s in at.spans if s.unit != "%" and s.unit != "个百分点" and s.value > 0]
    for number, one in enumerate(amounts):
        for two in amounts[number + 1 : number + 3]:
            inside = [s for s in amounts if one.end <= s.start and s.end <= two.start]
            same = one.unit == two.unit or not one.unit or not two.unit
            if not same or any(s.unit in (one.unit, two.unit) for s in inside):
                continue
            if not one.unit and not two.unit and min(one.value, two.value) < 1:
                continue
            if two.start - one.end > 60:
                break
            yield _Pair(
                one=one, two=two, before=at.text[max(0, one.start - 30) : one.start],
                between=at.text[one.end : two.start],
            )  # fmt: skip
            break


_Result = tuple[float, float] | None  # the percentage, and the ratio it comes from


def _change(base: QuantitySpan, other: QuantitySpan) -> tuple[float, float]:
    ratio = other.value / base.value
    return 100 * abs(ratio - 1), ratio


def _share(part: QuantitySpan, whole: QuantitySpan) -> tuple[float, float]:
    ratio = part.value / whole.value
    return 100 * ratio, ratio


def _from_to(at: Sentence, pair: _Pair, share: QuantitySpan) -> _Result:
    """从 A 降至 B，下降 C%；减少 C%，从 A 降到 B；A → B（−C%）."""
    arrow = re.search(r"→|⟶|->|—>|=>", pair.between)
    leads = _START.search(pair.before) or arrow or pair.two.reached
    level = share.reached and "幅" not in at.around(share, 4, 0)  # 降幅为 15% is a change
    if not leads or not _TO.search(pair.between) or level or "个百分点" in pair.between:
        return None
    after = share.start - pair.two.end
    ahead = pair.one.start - share.end
    words = (
        at.text[pair.two.end : share.start] if after >= 0 else at.text[share.end : pair.one.start]
    )
    if not (0 <= after <= NEAR + 8 or 0 <= ahead <= 12) or re.search(r"[。；;]", words):
        return None
    told = _CHANGE.search(at.around(share, 14, 4)) or re.search(r"(?:\bor|即)\s*$", words)
    if after >= 0 and not (told or arrow or share.value < 0):
        return None
    if ahead >= 0 and after < 0 and not _CHANGE.search(at.around(share, 8, 0)):
        return None
    return _change(pair.one, pair.two)


def _from_by(at: Sentence, pair: _Pair, share: QuantitySpan) -> _Result:
    """较 A 回落 C%，至 B."""
    inside = pair.one.end <= share.start and share.end <= pair.two.start
    led = re.search(r"[较比由从][^，。；,;]{0,16}$", pair.before)
    if not inside or not led or not _LEVEL_BEHIND.fullmatch(at.text[share.end : pair.two.start]):
        return None
    told = re.fullmatch(
        rf"[^，。；\d]{{0,6}}(?:{_UP}|{_DOWN})了?约?", at.text[pair.one.end : share.start]
    )
    return _change(pair.one, pair.two) if told else None


def _than(at: Sentence, pair: _Pair, share: QuantitySpan) -> _Result:
    """A，比上年同期的 B 下降 C%；A, C % below the B of a year before."""
    if not _THAN.search(pair.between) or _START.search(pair.before):
        return None
    inside = pair.one.end <= share.start and share.end <= pair.two.start
    words = at.text[pair.two.end : share.start]
    behind = pair.two.end <= share.start
    after = behind and (len(words) <= 10 or _AND_SO.fullmatch(words) is not None)
    if inside and not re.search(
        r"than|below|above|under|高于|低于", at.text[share.end : pair.two.start]
    ):
        return None
    if not (inside or after) or not _CHANGE.search(at.around(share, 14, 12)):
        return None
    if grown := _GROWN.search(
        pair.between
    ):  # 较年初增长33亿元，增幅17%: the base is what was before
        before = pair.one.value + (-1 if grown["up"] else 1) * pair.two.value
        own = before > 0 and "其中" not in pair.between
        return (100 * pair.two.value / before, pair.one.value / before) if own else None
    return _change(pair.two, pair.one)


def _part(at: Sentence, pair: _Pair, share: QuantitySpan) -> _Result:
    """A，占全省 B 的 C%；B 中的 A，占 C%；17 of 21 (81 %)."""
    between = at.text[pair.two.end : share.start]
    if not 0 <= share.start - pair.two.end <= NEAR or re.search(r"[。；;]", between):
        return None
    among = re.search(r"[中里]的?[^，。]{0,10}$", pair.between)
    if among and re.search(r"占(?:比)?[约为近]?$", between):
        return _share(pair.two, pair.one)
    if _CHANGE.search(between):
        return None
    if re.fullmatch(r"[^，。,]{0,8}的(?:约|近|大约)?", between) and _PART_OF.search(pair.between):
        return _share(pair.one, pair.two)
    if re.fullmatch(r"\s*of(?: the)?\s*", pair.between) and re.fullmatch(
        r"[^.,;(]{0,40}(?:\(|, or |, i\.e\. )\s*", between
    ):
        return _share(pair.one, pair.two)
    return None


def _turned(
    at: Sentence, pair: _Pair, share: QuantitySpan, ratio: float, verdicts: Verdicts
) -> bool:
    """A change whose word says up where its amounts go down, or the other way round: told."""
    word = _NEAREST.search(at.text[max(0, share.start - NEAREST) : share.start])
    if not word or ratio == 1 or bool(word["up"]) == (ratio > 1):
        return False
    zh, en = ("下降", "down") if ratio < 1 else ("上升", "up")
    told = f"“{pair.one.text}”与“{pair.two.text}”之间是{zh}，却写成“{word[0]}{share.text}”"
    also = f"“{pair.one.text}” and “{pair.two.text}” go {en}, told as “{word[0]}{share.text}”"
    tell(at, Words(told, also), verdicts)
    return True


def _judge(
    at: Sentence, pair: _Pair, share: QuantitySpan, true: float, ratio: float, verdicts: Verdicts
) -> None:
    slack = max(SLACK, RELATIVE * true, _rounding(pair) * 100 * ratio)
    if abs(true - abs(share.value)) > slack:
        told = f"“{pair.one.text}”与“{pair.two.text}”之间是 {true:.1f}%，不是“{share.text}”"
        en = f"“{pair.one.text}” and “{pair.two.text}” give {true:.1f} %, not “{share.text}”"
        tell(at, Words(told, en), verdicts)
    else:
        words = Words(
            f"“{share.text}”与“{pair.one.text}”“{pair.two.text}”相合",
            f"“{share.text}” follows from “{pair.one.text}” and “{pair.two.text}”",
        )
        verdicts.right(at.item, at.line, at.label or "正文", words)


def _rounding(pair: _Pair) -> float:
    """What rounding both amounts to their last digit leaves open: the deviation of their ratio.

    A rounded number lies anywhere within a unit of its last digit, with a standard deviation of
    1/√12 of that unit; those of two numbers add in squares.
    """
    return math.hypot(*(_last_digit(s.text) for s in (pair.one, pair.two))) / math.sqrt(12)


def _last_digit(text: str) -> float:
    match = re.search(r"\d[\d,]*(?:\.(\d+))?", text)
    if not match:
        return 0.0
    number = float(match[0].replace(",", ""))
    unit: float = 10.0 ** -len(match[1]) if match[1] else 1.0
    return unit / number if number else 0.0


def _larger_part(at: Sentence, pair: _Pair, verdicts: Verdicts) -> None:
    """A part that is larger than its whole: 捕集 50 万吨，占排放 30 万吨的大部分."""
    after = at.text[pair.two.end : pair.two.end + 12]
    part = re.search(r"占", pair.between) and re.match(
        r"[^，。]{0,4}的(?:大部分|一半|多数|大半|\d|[一二三四五六七八九]成)", after
    )
    if part and pair.one.value > pair.two.value * 1.001 and pair.one.unit == pair.two.unit:
        told = f"“{pair.one.text}”说成“{pair.two.text}”的一部分，却比它大"
        en = f"“{pair.one.text}” is called a part of “{pair.two.text}”, and is larger"
        tell(at, Words(told, en), verdicts)
