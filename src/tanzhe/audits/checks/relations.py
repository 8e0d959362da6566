"""Amounts of a sentence against what it says of them: differences, times, intensities, plans."""

import itertools
import re
from collections.abc import Iterator

from tanzhe.audits.checks.sentences import Sentence, tell
from tanzhe.audits.records import Verdicts
from tanzhe.errors import Words
from tanzhe.numerals import small_number
from tanzhe.periods import five_year_plan
from tanzhe.text import QuantitySpan

_LED = re.compile(r"[由从自][^，。；\d]{0,12}(?:(?:19|20)\d{2}年的?)?$")
_INTO = re.compile(r"[增升扩涨提](?:长|加|高|大)?(?:至|到|为)|[至到]")
_TIMES_MORE = re.compile(r"(?:增长|增加|提高|扩大|上升|翻)了?(?:约|近)?$|翻番$")
_TIMES_AS = re.compile(
    r"(?:是|为|相当于)[^，。；\d]{0,8}的?(?:约|近)?$|(?:增长|增加|提高|扩大)(?:到|至)了?$"
)
_THAN = re.compile(
    r"(?P<one>[^，。；、\d比]{1,12})比(?P<two>[^，。；、\d比]{1,12}?)的?(?:排放|产量|总量)?"
    r"(?P<way>多|高|大|少|低|小)(?:出|了|约)*$"
)
_DOUBLE = re.compile(r"(?:下降|减少|降低|回落)了?约?\s*[-−－负]\s*\d")
_POINT = re.compile(r"[由从](?P<a>[\d.]+)%(?P<way>收窄|缩小|扩大|提高|上升|下降|降低|回落|加快)"
                    r"[至到](?P<b>[\d.]+)%")  # fmt: skip
_BY_RATE = re.compile(
    r"^[^。；%]{0,10}?(?:收窄|缩小|扩大|提高|上升|下降|降低|回落|加快)了?(?P<d>[\d.]+)"
    r"(?P<unit>个百分点|%)"
)
_LESS = ("收窄", "缩小", "下降", "降低", "回落")
_PLAN = re.compile(
    r"(?P<year>20\d{2})年?是[^，。；]{0,6}?[“\"]?(?P<plan>十[一二三四五六]五)[”\"]?(?:规划)?(?:的)?"
    r"(?P<which>开局|起步|收官|最后一|第[一二三四五])之?年"
)
_DONE = re.compile(r"超额完成|提前完成|完成了?目标|达到了?目标")
_AIMED = re.compile(
    r"目标[为是]?(?:下降|降低|减少)(?P<aim>[\d.]+)%[^。；]{0,8}?实际(?:下降|降低|减少)(?P<real>[\d.]+)%"
)
_INTENSITY = re.compile(r"强度|单位(?:地区|国内)?生产总值|单位GDP|每万元", re.I)
ROUNDED = 0.03  # of a ratio or a difference of rounded amounts
NEAR = 40
_FROM = re.compile(r"(?:[由从自]|\bfrom)[^，。；,;\d]{0,20}$", re.I)
_FROM_YEAR = re.compile(r"(?:[由从自]|\bfrom)[^，。；,;]{0,24}$", re.I)  # 从2020年的24977万吨
_TO = re.compile(
    r"(?:[至到为]|\bto|\binto)\s*(?:了|约|about )?(?:20\d{2}年(?:\d{1,2}月)?的?)?$", re.I
)
_BY = re.compile(
    r"\bby (?:about |some )?$|(?:压减|下降|提高|[减增降升])[^，。；\d]{0,8}$"
    r"|\b(?:down|up|a (?:cut|fall|drop|rise|decrease|increase|reduction) of)\s*$", re.I,
)  # fmt: skip
# Of another base, or of many years: not the difference of the two levels.
_OTHER = re.compile(
    r"其中|同时|另外|同比|环比|累计|年均|平均|每年|计划|of which|annual|per year"
    r"|year[- ]on[- ]year",
    re.I,
)
MOST_APART = 60  # letters between two neighbours of the three amounts
SLACK = 0.01  # of the change: beyond what rounding to the last digits leaves open


def check_relations(at: Sentence, verdicts: Verdicts) -> None:
    """What a sentence says of two of its amounts."""
    _differences(at, verdicts)
    for words in (
        *_times(at), *_than(at), *_rates(at), *_plans(at), *_aims(at), *_intensity(at),
        *_quarters(at), *_shares_of_change(at),
    ):  # fmt: skip
        tell(at, words, verdicts)
    for match in _DOUBLE.finditer(at.text):
        tell(
            at,
            Words(f"“{match[0]}”：下降的幅度是负数", f"“{match[0]}”: a fall below zero"),
            verdicts,
        )


def _plain(at: Sentence) -> list[QuantitySpan]:
    return [s for s in at.spans if s.unit not in ("%", "个百分点", "倍", "") and s.value > 0]


def _times(at: Sentence) -> Iterator[Words]:
    """由200万吨增至600万吨，增长3倍: three times as much is two times more."""
    spans = _plain(at)
    for times in (s for s in at.spans if s.unit == "倍" and s.low == s.high):
        near = [s for s in spans if s.end <= times.start][-2:] or spans[:2]
        if len(near) < 2 or near[0].unit != near[1].unit or near[0].change:
            continue
        one, two = near
        led = _LED.search(at.text[: one.start]) and _INTO.search(at.text[one.end : two.start])
        ahead = times.end <= one.start
        words = at.text[times.end : one.start] if ahead else at.text[two.end : times.start]
        if not led or len(words) > NEAR // 2 or re.search(r"[。；]", words):
            continue
        lead = at.text[: times.start]
        doubled = "翻" in times.text or _TIMES_AS.search(lead) or times.reached
        more = not doubled and (_TIMES_MORE.search(lead) or times.change)
        if not (doubled or more):
            continue
        true = two.value / one.value - (1 if more else 0)
        if abs(true - times.value) > 0.05 * max(1.0, times.value) + 0.05:
            as_much, told = two.value / one.value, f"{lead[-4:]}{times.text}"
            yield Words(
                f"“{one.text}”到“{two.text}”是原来的 {as_much:.3g} 倍、增长 {as_much - 1:.3g} 倍，"
                f"不是“{told}”",
                f"“{two.text}” is {as_much:.3g} times “{one.text}”, {as_much - 1:.3g} times more, "
                f"not “{told}”",
            )


def _than(at: Sentence) -> Iterator[Words]:
    """钢铁480万吨，水泥390万吨，钢铁比水泥多80万吨."""
    spans = _plain(at)
    for by in spans:
        match = _THAN.search(at.text[: by.start])
        if not match:
            continue
        own = [_named(at, spans, match[name].strip(), match.start()) for name in ("one", "two")]
        if any(one is None or one.unit != by.unit for one in own):
            continue
        values = [one.value for one in own if one is not None]
        true = (values[0] - values[1]) * (1 if match["way"] in "多高大" else -1)
        if abs(true - by.value) > ROUNDED * max(abs(true), by.value):
            yield Words(
                f"“{match[0]}{by.text}”：按前面的数相差 {true / by.value * float(_number(by)):.4g}",
                f"“{match[0]}{by.text}”: the numbers before differ by "
                f"{true / by.value * float(_number(by)):.4g}",
            )


def _named(at: Sentence, spans: list[QuantitySpan], name: str, end: int) -> QuantitySpan | None:
    """The amount whose clause before names something, if only one does."""
    found = [s for s in spans if s.end <= end and name in _clause(at, s)]
    return found[0] if len(found) == 1 else None


def _clause(at: Sentence, span: QuantitySpan) -> str:
    return re.split(r"[，。；、]", at.text[: span.start])[-1]


def _rates(at: Sentence) -> Iterator[Words]:
    """降幅由6%收窄至8%; 由8%收窄至6%，收窄3个百分点; 占比由42%提高到50%，提高8%."""
    for match in _POINT.finditer(at.text):
        a, b = float(match["a"]), float(match["b"])
        less = match["way"] in _LESS
        if (b > a) if less else (b < a):
            words = f"“{match[0]}”：{a:g}% 与 {b:g}% 的大小与“{match['way']}”相反"
            yield Words(words, f"“{match[0]}”: {a:g} % to {b:g} % is no “{match['way']}”")
            continue
        by = _BY_RATE.match(at.text[match.end() :])
        if not by or not a:
            continue
        gap, told = abs(b - a), float(by["d"])
        ratio = 100 * gap / a
        if by["unit"] == "%" and abs(told - gap) <= 0.05 and abs(told - ratio) > 0.6:
            yield Words(
                f"{a:g}% 与 {b:g}% 相差 {gap:g} 个百分点，不是 {told:g}%",
                f"{a:g} % and {b:g} % differ by {gap:g} points, not by {told:g} %",
            )


def _plans(at: Sentence) -> Iterator[Words]:
    """2024年是“十四五”收官之年."""
    for match in _PLAN.finditer(at.text):
        first, last = five_year_plan(small_number(match["plan"][:2]) or 0)
        which = match["which"]
        place = "一二三四五".find(which[-1]) if which.startswith("第") else -1
        true = first + place if place >= 0 else first if which in ("开局", "起步") else last
        if int(match["year"]) != true:
            yield Words(f"“{match[0]}”：应是 {true} 年", f"“{match[0]}”: that was {true}")


def _aims(at: Sentence) -> Iterator[Words]:
    """超额完成目标：目标下降14%，实际下降12%."""
    for match in _AIMED.finditer(at.text):
        if _DONE.search(at.text[: match.start() + 4]) and float(match["real"]) < float(
            match["aim"]
        ):
            yield Words(f"“{match[0]}”：没有达到目标，却写成完成",
                        f"“{match[0]}”: short of the target, told as met")  # fmt: skip


def _intensity(at: Sentence) -> Iterator[Words]:
    """排放3000万吨，生产总值1.5万亿元，强度2吨/万元."""
    if not _INTENSITY.search(at.text):
        return
    mass = [s for s in at.spans if s.unit == "吨" and not s.change]
    money = [s for s in at.spans if s.unit == "元" and not s.change]
    each = [s for s in at.spans if s.unit in ("吨/万元", "吨/元") and not s.change]
    if len(mass) == len(money) == len(each) == 1 and money[0].value:
        true = mass[0].value / money[0].value * (1e4 if each[0].unit == "吨/万元" else 1)
        if abs(true / each[0].value - 1) > ROUNDED:
            yield Words(
                f"“{mass[0].text}”除以“{money[0].text}”是 {true:.3g} {each[0].unit}，"
                f"不是“{each[0].text}”",
                f"“{mass[0].text}” by “{money[0].text}” is {true:.3g} {each[0].unit}, not "
                f"“{each[0].text}”",
            )


def _quarters(at: Sentence) -> Iterator[Words]:
    """一季度210万吨，二季度220万吨，上半年440万吨."""
    names = ("一季度", "二季度", "上半年")
    found = [_named(at, _plain(at), name, len(at.text)) for name in names]
    if any(one is None or one.change for one in found):
        return
    one, two, half = (s for s in found if s is not None)
    if len({s.unit for s in (one, two, half)}) > 1:
        return
    if abs((one.value + two.value) / half.value - 1) > ROUNDED / 3:
        yield Words(f"“{one.text}”与“{two.text}”之和不是“{half.text}”",
                    f"“{one.text}” and “{two.text}” do not make “{half.text}”")  # fmt: skip


_CUT = re.compile(r"(?:减少|增加|下降|压减)[^，。；\d]{0,4}$")
_WIDTH = re.compile(r"(?:降幅|增幅|减幅|幅度)(?:为|达|约|是)*$")
_BASE = re.compile(r"(?:上年|去年|基期|前一年)(?:同期)?(?:为|是|约)*$")


def _shares_of_change(at: Sentence) -> Iterator[Words]:
    """减少50万吨，降幅10%，上年为1000万吨."""
    spans = _plain(at)
    cut = [s for s in spans if s.change or _CUT.search(at.text[: s.start])]
    base = [s for s in spans if _BASE.search(at.text[: s.start])]
    width = [s for s in at.spans if s.unit == "%" and _WIDTH.search(at.text[: s.start])]
    if len(cut) == len(base) == len(width) == 1 and cut[0].unit == base[0].unit != "":
        true = 100 * cut[0].value / base[0].value
        if abs(true - abs(width[0].value)) > max(0.6, ROUNDED * true):
            yield Words(f"“{cut[0].text}”是“{base[0].text}”的 {true:.1f}%，不是“{width[0].text}”",
                        f"“{cut[0].text}” is {true:.1f} % of “{base[0].text}”, not "
                        f"“{width[0].text}”")  # fmt: skip


def _differences(at: Sentence, verdicts: Verdicts) -> None:
    """Three amounts of one unit side by side, one led by from, one by to, one by by."""
    spans = [s for s in at.spans if s.unit and s.low == s.high and not s.bound]
    for three in zip(spans, spans[1:], spans[2:], strict=False):
        roles = {_role(at, span): span for span in three}
        if len({s.unit for s in three}) > 1 or set(roles) != {"from", "to", "by"}:
            continue
        words = at.text[three[0].start : three[-1].end]
        gaps = [b.start - a.end for a, b in itertools.pairwise(three)]
        if max(gaps) > MOST_APART or _OTHER.search(words):
            continue
        _judge(at, roles["from"], roles["to"], roles["by"], verdicts)


def _role(at: Sentence, span: QuantitySpan) -> str:
    before = at.text[max(0, span.start - 26) : span.start]
    if span.reached or _TO.search(before):
        return "to"
    if _FROM.search(before):
        return "from"
    if span.change or _BY.search(before):
        return "by"
    return "from" if _FROM_YEAR.search(before) else ""


def _judge(
    at: Sentence, start: QuantitySpan, end: QuantitySpan, by: QuantitySpan, verdicts: Verdicts
) -> None:
    true, told = abs(start.value - end.value), abs(by.value)
    slack = sum(_half_digit(s) for s in (start, end, by)) + SLACK * told
    relative = 100 * true / start.value if by.unit == "%" and start.value else told
    if abs(true - told) <= slack or (by.unit == "%" and abs(relative - told) <= 0.6):
        words = Words(
            f"“{by.text}”是“{start.text}”与“{end.text}”之差",
            f"“{by.text}” is the difference of “{start.text}” and “{end.text}”",
        )
        verdicts.right(at.item, at.line, at.label or "正文", words)
        return
    shown = by.text.replace(_number(by), f"{true * float(_number(by)) / told:.4g}", 1)
    told_zh = f"“{start.text}”与“{end.text}”相差 {shown}，不是“{by.text}”"
    told_en = f"“{start.text}” and “{end.text}” differ by {shown}, not “{by.text}”"
    tell(at, Words(told_zh, told_en), verdicts)


def _number(span: QuantitySpan) -> str:
    match = re.search(r"\d+(?:\.\d+)?", span.text.replace(",", ""))
    return match[0] if match else "1"


def _half_digit(span: QuantitySpan) -> float:
    """Half a unit of the last digit an amount is written with."""
    number = _number(span)
    places = len(number.partition(".")[2])
    return 0.5 * 10.0**-places * abs(span.value) / float(number) if float(number) else 0.0
