"""Counts, differences, shares, sums and yields that must come out."""

import re

from tanzhe.audits.checks.sentences import Sentence, sentences_in, tell
from tanzhe.audits.layout.subject import stated_counts
from tanzhe.audits.lines.labels import role_of
from tanzhe.audits.lines.marks import bare
from tanzhe.audits.records import Point, ReportText, Verdicts
from tanzhe.errors import Words

_POINTS = re.compile(r"转折|节点|变点|断点|turning|point|break", re.I)
_ITEMS = re.compile(r"事件|政策|项目|条目|措施|event|polic|item", re.I)
TOLERANCE = 0.006  # rounding of two decimals
# A square metre of panels yields 100 to 250 kWh a year; beyond these bounds a number is wrong.
LEAST_YIELD, MOST_YIELD = 30.0, 400.0


def check_arithmetic(report: ReportText, verdicts: Verdicts) -> None:
    """Stated numbers against listed ones, and sums inside sentences."""
    _counts(report, verdicts)
    for sentence in sentences_in(report):
        _points(sentence, verdicts)
        _panels(sentence, verdicts)


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
