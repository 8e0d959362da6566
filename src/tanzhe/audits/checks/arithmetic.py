"""Counts, points, yields, and what is said of the order of listed numbers must come out."""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from tanzhe.audits.checks.sentences import Sentence, sentences_in, tell
from tanzhe.audits.layout.subject import stated_counts
from tanzhe.audits.lines.labels import role_of
from tanzhe.audits.lines.marks import bare
from tanzhe.audits.records import Point, ReportText, Verdicts
from tanzhe.errors import Words
from tanzhe.numerals import small_number
from tanzhe.text import QuantitySpan

_POINTS = re.compile(r"转折|节点|变点|断点|turning|point|break", re.I)
_ITEMS = re.compile(r"事件|政策|项目|条目|措施|event|polic|item", re.I)
TOLERANCE = 0.006  # rounding of two decimals
# A square metre of panels yields 100 to 250 kWh a year; beyond these bounds a number is wrong.
LEAST_YIELD, MOST_YIELD = 30.0, 400.0
# 甲、乙、丙的排放分别为1、2、3: as many names as numbers.
_RESPECTIVE = re.compile(
    r"(?P<names>[^，。；：:、（(]{1,12}(?:[、和与及][^，。；：:、（(]{1,14}?){1,8}?)"
    r"(?:的?[^，。；：:、\d]{0,12}?)分别(?:为|是|达|约|增长|下降|上升|减少|降低)*"
)
_YEARS = re.compile(r"(?:19|20)\d{2}年?")
_FALLS = re.compile(
    r"(?:连续|连)[^，。；]{0,8}?(?:下降|减少|回落|走低)|逐[年月季](?:下降|减少|降低|回落)"
    r"|持续(?:下降|减少|回落|走低)|一路(?:下降|走低)"
)
_RISES = re.compile(
    r"(?:连续|连)[^，。；]{0,8}?(?:增长|增加|上升|走高)|逐[年月季](?:增长|增加|上升|提高)"
    r"|持续(?:增长|增加|上升|走高)|一路(?:上升|走高)"
)
_RANK = re.compile(
    r"(?P<name>[^，。；、\d]{1,12}?)(?:位?居|位列|列|排在?|排名)(?:全[省国]|各[省市])?"
    r"第(?P<n>[一二三四五六七八九十\d]{1,2})"
)
_MOST = re.compile(r"(?P<name>[^，。；、\d]{1,10}?)(?:排放|占比|产量)?最(?P<way>[高大多低小少])")
_MEAN = re.compile(r"(?:两|二|三|四|五|\d)年(?:的)?(?:年均|平均)(?:增[长速]|增速|下降)?[为约达]*$")
_BOTH = re.compile(r"(?:两|二|三|四|五|\d)年(?:的)?(?:累计|合计|共)(?:增长|下降|增加)?[为约达]*$")
_PEAK = re.compile(
    r"达峰|(?:达到?|到达?|出现|创)[^，。；\d]{0,6}(?:峰值|最高(?:值|点)?|历史最高)|峰值[为是约]*$"
)
_AIM = re.compile(r"目标|预计|预期|控制|计划|力争|规划|将")
_OF_YEAR = re.compile(r"((?:19|20)\d{2})年[^，。；\d]{0,12}$")
_NEGATIVE = ("下降", "减少", "降低", "回落")
OF_A_RATE = 0.25  # of a mean or a product of rates, beyond their last digits


class _Listed(NamedTuple):
    """Names and the numbers that stand for them, in order."""

    names: list[str]
    spans: list[QuantitySpan]
    end: int


def check_arithmetic(report: ReportText, verdicts: Verdicts) -> None:
    """Stated numbers against listed ones, and sums inside sentences."""
    _counts(report, verdicts)
    for sentence in sentences_in(report):
        _points(sentence, verdicts)
        _panels(sentence, verdicts)
        _in_order(sentence, verdicts)


def _counts(report: ReportText, verdicts: Verdicts) -> None:
    points = [p for p in report.points if p.heading]
    for line, text in report.head:
        for number, what in stated_counts(bare(text)):
            about_points = bool(_POINTS.search(what) or role_of(what[:6]) == "point")
            listed = len(points) if about_points else len(report.items)
            bare_items = not what.strip() and re.search(rf"{number}\s*[项条]", text)
            if (about_points or bare_items or _ITEMS.search(what)) and number != listed:
                noun = "个转折点" if about_points else "条"
                verdicts.wrong(
                    "arithmetic_or_count", line,
                    Words(
                        f"“{bare(text)[:30]}”，全文实际列出 {listed} {noun}",
                        f"“{bare(text)[:30]}”, {listed} are listed",
                    ),
                    severity="error",
                )  # fmt: skip
    for point in report.points:
        for line, text in [] if point.empty else point.prose:
            for number, what in stated_counts(text):
                if _ITEMS.search(what) and number != len(point.items):
                    _wrong_count(point, line, text, verdicts)


def _wrong_count(point: Point, line: int, text: str, verdicts: Verdicts) -> None:
    verdicts.wrong(
        "arithmetic_or_count", line,
        Words(
            f"“{text[:30]}”，本节实际列出 {len(point.items)} 条",
            f"“{text[:30]}”, but {len(point.items)} items are listed here",
        ),
        severity="error", point=point,
    )  # fmt: skip


def _points(at: Sentence, verdicts: Verdicts) -> None:
    """35.44 % against a target of 17 % is 18.44 points."""
    sentence, spans = at.text, at.spans
    shares = [s for s in spans if s.unit == "%"]
    for gap in (s for s in spans if s.unit == "个百分点"):
        before = [s for s in shares if s.end <= gap.start]
        words = sentence[before[-1].end : gap.start] if before else ""
        if len(before) < 2 or not re.search(
            r"超|高|低|多|少|差|提[高升]|比|收窄|缩小|扩大", sentence[: gap.start]
        ):
            continue
        if re.search(r"全国|平均|同期|上年|去年|同比|环比|增速", words):
            continue
        a, b = before[-2].value, before[-1].value
        if abs(abs(a - b) - abs(gap.value)) <= TOLERANCE * max(1.0, abs(gap.value)):
            verdicts.right(
                at.item, at.line, at.label or "正文",
                Words(
                    f"{a:g}% 与 {b:g}% 相差 {gap.value:g} 个百分点",
                    f"{a:g} % and {b:g} % do differ by {gap.value:g} points",
                ),
            )  # fmt: skip
        else:
            told = f"{a:g}% 与 {b:g}% 相差 {abs(a - b):g} 个百分点，不是“{gap.text}”"
            en = f"{a:g} % and {b:g} % differ by {abs(a - b):g} points, not “{gap.text}”"
            tell(at, Words(told, en), verdicts)


def _panels(at: Sentence, verdicts: Verdicts) -> None:
    """Area of solar panels against yearly generation."""
    sentence = at.text
    if not re.search(r"光伏|太阳能", sentence):
        return
    spans = at.spans
    areas = [
        s
        for s in spans
        if s.unit == "平方米" or re.match(r"\s*(?:平方?米|平米|㎡|m2|m²)", sentence[s.end :])
    ]
    power = [
        s
        for s in spans
        if s.unit in ("度", "千瓦时") and "年" in sentence[max(0, s.start - 8) : s.start]
    ]
    if not areas or not power or not areas[0].value:
        return
    each = power[0].value / areas[0].value
    if not LEAST_YIELD <= each <= MOST_YIELD:
        told = (
            f"“{areas[0].text}”平方米光伏板年发电“{power[0].text}”，每平方米只合 {each:.1f} 度；"
            "通常在 100—250 度，两个数必有一错"
        )
        en = f"{each:.1f} kWh a square metre and year; 100 to 250 are usual: one number is wrong"
        tell(at, Words(told, en), verdicts)


def _in_order(at: Sentence, verdicts: Verdicts) -> None:
    """Lists of numbers of a sentence, and peaks."""
    for one in _lists(at):
        _order(at, one, verdicts)
        _ranks(at, one, verdicts)
        _rates(at, one, verdicts)
    _peak(at, verdicts)


def _lists(at: Sentence) -> list[_Listed]:
    found = []
    for match in _RESPECTIVE.finditer(at.text):
        names = [n.strip() for n in re.split(r"[、和与及]", match["names"])]
        spans = [s for s in at.spans if s.start >= match.end()][: len(names)]
        beside = (at.text[a.end : b.start] for a, b in itertools.pairwise(spans))
        if (
            len(spans) == len(names) > 1
            and spans[0].start - match.end() <= 2
            and len({s.unit for s in spans}) == 1
            and all(re.fullmatch(r"\s*[、，,和与及]\s*", words) for words in beside)
        ):
            found.append(_Listed(names, spans, spans[-1].end))
    return found


def _order(at: Sentence, one: _Listed, verdicts: Verdicts) -> None:
    """2021年、2022年、2023年分别为5.1、4.9、5.0亿吨，连续三年下降."""
    if not all(_YEARS.fullmatch(name) for name in one.names) or one.names != sorted(one.names):
        return
    if any(s.change for s in one.spans):
        return
    after, shown = at.text[one.end : one.end + 24], _shown(one.spans)
    for pattern, goes in ((_FALLS, -1), (_RISES, 1)):
        word = pattern.search(after)
        steps = [goes * (b.value - a.value) for a, b in itertools.pairwise(one.spans)]
        if word and min(steps) <= 0:
            tell(at, Words(f"“{shown}”并没有{word[0]}", f"“{shown}” do not go so: “{word[0]}”"),
                 verdicts)  # fmt: skip
        elif word:
            words = Words(f"“{shown}”确是{word[0]}", f"“{shown}” do go so: “{word[0]}”")
            verdicts.right(at.item, at.line, at.label or "正文", words)


def _shown(spans: Sequence[QuantitySpan]) -> str:
    return "、".join(s.text for s in spans)


def _ranks(at: Sentence, one: _Listed, verdicts: Verdicts) -> None:
    """山东、江苏、河北分别为9.1、8.2、8.9亿吨，江苏居第二."""
    values = [s.value for s in one.spans]
    ranked = sorted(values, reverse=True)
    if len(set(values)) < len(values):
        return
    tail = at.text[one.end :]
    for match in [*_RANK.finditer(tail), *_MOST.finditer(tail)]:
        named = next((n for n in one.names if match["name"].strip().endswith(n)), None)
        if named is None:
            continue
        place = ranked.index(values[one.names.index(named)]) + 1
        said = match.groupdict()
        told = small_number(said["n"]) if said.get("n") else None
        if told is None and said.get("n", "").isdecimal():
            told = int(said["n"])
        if told is None:
            told = 1 if said["way"] in "高大多" else len(values)
        if told > len(values):
            continue  # of more places than are listed
        if told != place:
            words = Words(
                f"“{match[0]}”：按所列数值，{named}是第 {place}",
                f"“{match[0]}”: by the numbers listed {named} is number {place}",
            )
            tell(at, words, verdicts)


def _rates(at: Sentence, one: _Listed, verdicts: Verdicts) -> None:
    """Two years' mean and joint growth against the rates of the years."""
    if any(s.unit != "%" for s in one.spans):
        return
    sign = -1 if re.search("|".join(_NEGATIVE), at.text[max(0, one.spans[0].start - 6) :
                                                        one.spans[0].start]) else 1  # fmt: skip
    product = 1.0
    for span in one.spans:
        product *= 1 + sign * abs(span.value) / 100
    mean = 100 * abs(product ** (1 / len(one.spans)) - 1)
    joint = 100 * abs(product - 1)
    for span in (s for s in at.spans if s.start >= one.end and s.unit == "%"):
        before = at.text[one.end : span.start]
        true = mean if _MEAN.search(before) else joint if _BOTH.search(before) else None
        if true is None or abs(true - abs(span.value)) <= OF_A_RATE:
            continue
        shown = _shown(one.spans)
        words = Words(
            f"“{shown}”合起来是 {true:.1f}%，不是“{span.text}”",
            f"“{shown}” make {true:.1f} % together, not “{span.text}”",
        )
        tell(at, words, verdicts)


def _peak(at: Sentence, verdicts: Verdicts) -> None:
    """2019年达到峰值900万吨，2021年为920万吨: a peak that a later year exceeds."""
    spans = [s for s in at.spans if s.unit and s.unit != "%" and not s.change and not s.bound]
    for number, span in enumerate(spans):
        before = at.text[: span.start]
        clause = re.split(r"[，。；]", before)[-1]
        if not (_PEAK.search(clause) and _YEARS.search(clause)):
            continue
        for other in spans[number + 1 :]:
            words = re.split(r"[，。；]", at.text[: other.start])[-1]
            later = _OF_YEAR.search(words) and not _AIM.search(words)
            if other.unit == span.unit and later and other.value > span.value * 1.001:
                told = f"“{other.text}”比称为峰值的“{span.text}”高"
                tell(at, Words(told, f"“{other.text}” exceeds the peak “{span.text}”"), verdicts)
                return
