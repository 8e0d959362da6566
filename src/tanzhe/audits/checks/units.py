"""Amounts in units: one told twice, more than any place emits, kilowatts of energy."""

import itertools
import re
from functools import cache

from tanzhe import bundled
from tanzhe.audits.checks.sentences import Sentence, tell
from tanzhe.audits.records import ReportText, Verdicts
from tanzhe.audits.spans import places_in
from tanzhe.audits.words import every, said
from tanzhe.errors import Words
from tanzhe.text import QuantitySpan

# Sizes within one dimension; the units are those of `read_quantities`.
_SIZES: tuple[dict[str, float], ...] = (
    {"克": 1e-6, "千克": 1e-3, "公斤": 1e-3, "吨": 1.0, "kg": 1e-3},
    {"千瓦": 1.0, "兆瓦": 1e3, "吉瓦": 1e6, "瓦": 1e-3, "MW": 1e3, "GW": 1e6, "kW": 1.0},
    {"千瓦时": 1.0, "度": 1.0, "兆瓦时": 1e3, "吉瓦时": 1e6, "太瓦时": 1e9},
    {"平方米": 1.0, "亩": 666.667, "公顷": 1e4, "平方公里": 1e6},
    {"米": 1.0, "公里": 1e3, "千米": 1e3},
)
_EQUALS = re.compile(
    r"\s*(?:[，,]?\s*(?:即|也就是|合|折合|约合|相当于|等于|or|i\.e\.|that is|equ(?:al|ivalent) to)"
    r"(?:约|近|about)?\s*|[（(]\s*(?:即|合|约|约合|折合|or|about|=)?\s*)", re.I,
)  # fmt: skip
# Between amounts of one unit: what stands in brackets alone may be a part.
_SAYS_EQUAL = re.compile(r"即|也就是|合|等于|i\.e\.|that is|equ", re.I)
_DAY = re.compile(r"每[天日]|日均|日产|[/／]\s*[天日d]|per day|a day|daily", re.I)
_YEAR = re.compile(r"每年|年产|年均|一年|全年|[/／]\s*[年a]|per year|a year|annual|annually", re.I)
LEAST_DAYS, MOST_DAYS = 200.0, 370.0  # a plant runs that many days of a year
SLACK = 0.05  # of an amount converted and rounded


def check_units(at: Sentence, report: ReportText, verdicts: Verdicts) -> None:
    """Amounts told in two units or for a day and a year, beyond measure, or in a wrong unit."""
    _plausible(at, report, verdicts)
    for one, two in itertools.pairwise(at.spans):
        between = at.text[one.end : two.start]
        if _EQUALS.fullmatch(between):
            _converted(at, one, two, between, verdicts)
        if len(between) <= 30 and one.unit and one.unit == two.unit:
            _daily(at, one, two, verdicts)


def _written(span: QuantitySpan) -> str:
    """The unit of an amount as it stands: 亿吨, 万吨."""
    return re.sub(r"[\d.,\s]", "", span.text)


def _converted(
    at: Sentence, one: QuantitySpan, two: QuantitySpan, between: str, verdicts: Verdicts
) -> None:
    """1.2亿吨，即12000万吨."""
    sizes = next((s for s in _SIZES if one.unit in s and two.unit in s), None)
    if sizes is None or not one.value or not two.value:
        return
    if one.unit == two.unit and not (
        _SAYS_EQUAL.search(between) and _written(one) != _written(two)
    ):
        return
    ratio = one.value * sizes[one.unit] / (two.value * sizes[two.unit])
    if abs(ratio - 1) > SLACK:
        told = f"“{one.text}”与“{two.text}”不相等，相差 {max(ratio, 1 / ratio):.3g} 倍"
        en = f"“{one.text}” is not “{two.text}”: they differ {max(ratio, 1 / ratio):.3g} times"
        tell(at, Words(told, en), verdicts)


def _daily(at: Sentence, one: QuantitySpan, two: QuantitySpan, verdicts: Verdicts) -> None:
    """年产 2.4 万吨，折合每天 240 吨."""
    between = at.text[one.end : two.start]
    before, after = at.text[max(0, one.start - 10) : one.start], at.text[two.end : two.end + 8]
    year = _YEAR.search(before) or _YEAR.match(between.lstrip(" ，,"))
    day = _DAY.search(between) or _DAY.match(after.lstrip(" ，,"))
    if not year or not day or not two.value or re.search(r"[提升降增减]", between):
        return
    days = one.value / two.value
    if not LEAST_DAYS <= days <= MOST_DAYS:
        told = f"“{one.text}”一年、“{two.text}”一天，合 {days:.0f} 天，两个数必有一错"
        en = f"“{one.text}” a year and “{two.text}” a day make {days:.0f} days of a year"
        tell(at, Words(told, en), verdicts)


_POWER, _ENERGY = ("千瓦", "兆瓦", "吉瓦"), ("千瓦时", "度", "兆瓦时", "吉瓦时", "太瓦时")
_BREAK = re.compile(r"[，,。；;、（(]")
LONGEST_CLAUSE = 60  # letters before an amount in which its noun may stand
BEHIND = 12  # letters behind an amount of carbon dioxide in which it may be called so


def _plausible(at: Sentence, report: ReportText, verdicts: Verdicts) -> None:
    """Carbon dioxide beyond every known year, kilowatts of energy, kilowatt-hours of capacity."""
    for span in at.spans:
        before = at.text[max(0, span.start - LONGEST_CLAUSE) : span.start]
        clause = before[max((m.end() for m in _BREAK.finditer(before)), default=0) :]
        _emission(at, span, clause, report.region, verdicts)
        _dimension(at, span, clause, verdicts)


@cache
def _most() -> dict[str, float]:
    told = bundled.tree("tanzhe.audits.data", "most_emitted.yaml")
    return {place: float(row["tonnes"]) for place, row in told.items()}


def _emission(
    at: Sentence, span: QuantitySpan, clause: str, region: str | None, verdicts: Verdicts
) -> None:
    behind = at.text[span.end : span.end + BEHIND]
    spoken = said("emitted", f"{clause}{behind}")
    if span.unit != "吨" or not spoken or span.change or said("summed_up", at.text):
        return
    named = [p.iso for p in places_in(at.text[: span.start])][-1:] or [region or "CN"]
    place = "world" if said("worldwide", clause) else "nation" if "CN" in named else "province"
    of_it = places_in(at.text) or said("own_place", at.text)
    if place == "province" and not of_it:
        place = "nation"  # which place it is of is not said
    most = _most()[place]
    if span.value > most:
        zh = {"world": "全世界", "nation": "全国", "province": "一个省"}[place]
        en = {"world": "the world", "nation": "China", "province": "a province"}[place]
        words = Words(
            f"“{span.text}”：{zh}一年的二氧化碳排放从未超过 {most / 1e8:g} 亿吨，"
            "多半是单位或小数点错了",
            f"“{span.text}”: {en} has never emitted over {most / 1e9:g} Gt of CO2 a year; the "
            "unit or decimal point is likely wrong",
        )
        verdicts.wrong(
            "implausible_amount", at.line, words, severity="error", item=at.item, field=at.label
        )


def _dimension(at: Sentence, span: QuantitySpan, clause: str, verdicts: Verdicts) -> None:
    """The noun nearest before an amount says power or energy; storage has both."""
    unit = "power" if span.unit in _POWER else "energy" if span.unit in _ENERGY else ""
    nouns = [
        (m.end(), kind, m[0]) for kind in ("power", "energy") for m in every(f"of_{kind}", clause)
    ]
    if not unit or not nouns or said("storage", at.text):
        return
    _, kind, noun = max(nouns)
    if kind != unit:
        zh = {"power": "功率（千瓦）", "energy": "电量（千瓦时）"}
        en = {"power": "power (kW)", "energy": "energy (kWh)"}
        words = Words(
            f"“{noun}”的单位应是{zh[kind]}，“{span.text}”是{zh[unit]}",
            f"“{noun}” is {en[kind]}, “{span.text}” is {en[unit]}",
        )
        verdicts.wrong(
            "implausible_amount", at.line, words, severity="error", item=at.item, field=at.label
        )
