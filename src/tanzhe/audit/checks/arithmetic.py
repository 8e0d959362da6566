"""Counts, differences, shares, sums and yields that must come out."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tanzhe.audit.compare import MOST_NUMBERS
from tanzhe.audit.labels import role_of
from tanzhe.audit.marks import bare
from tanzhe.audit.records import Field, Item, Point, ReportText, Verdicts
from tanzhe.audit.subject import stated_counts
from tanzhe.errors import Words
from tanzhe.numerals import small_number
from tanzhe.text import QuantitySpan, read_quantities

_POINTS = re.compile(r"转折|节点|变点|断点|turning|point|break", re.I)
_ITEMS = re.compile(r"事件|政策|项目|条目|措施|event|polic|item", re.I)
_LIST = re.compile(
    r"(?P<list>[^，。；：:、（(\n]{1,12}(?:、[^，。；：:、\n]{1,12}?){2,20}?)(?P<etc>等)?(?:这|共|共计)?"
    r"(?P<n>\d{1,2}|[二两三四五六七八九十]{1,3})(?:个|家|大|类|项|省|市|县|种|座|地)"
)
_OF_WHICH = re.compile(r"其中|\bof which\b|\bof them\b")
_TOTAL = re.compile(r"(?:合计|共计|总计|总共|in total|totalling)[为约达是]?")
_FROM_TO = re.compile(r"[由从]|from", re.I)
TOLERANCE = 0.006  # rounding of two decimals
# A square metre of panels yields 100 to 250 kWh a year; beyond these bounds a number is wrong.
LEAST_YIELD, MOST_YIELD = 30.0, 400.0


def check_arithmetic(report: ReportText, verdicts: Verdicts) -> None:
    """Stated numbers against listed ones, and sums inside sentences."""
    _counts(report, verdicts)
    for item in report.items:
        for one in item.fields:
            if one.role not in ("source", "date"):
                for sentence in _sentences(one):
                    _points(item, one, sentence, verdicts)
                    _from_to(item, one, sentence, verdicts)
                    _shares(item, one, sentence, verdicts)
                    _sum(item, one, sentence, verdicts)
                    _listed(item, one, sentence, verdicts)
                    _panels(item, one, sentence, verdicts)


def _sentences(one: Field) -> Iterator[str]:
    value = bare(re.sub(r"\]\([^)]*\)?", "]", one.value))
    for sentence in re.split(r"[。；\n]", value):
        if sentence.strip():
            yield sentence


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
                        f"{number} are announced, {listed} are listed",
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


def _wrong(item: Item, one: Field, words: Words, verdicts: Verdicts) -> None:
    verdicts.wrong(
        "arithmetic_or_count", one.line, words, severity="error", item=item, field=one.label
    )


@lru_cache(maxsize=256)
def _quantities(sentence: str) -> tuple[QuantitySpan, ...]:
    return tuple(read_quantities(sentence)[:MOST_NUMBERS])


def _points(item: Item, one: Field, sentence: str, verdicts: Verdicts) -> None:
    """35.44 % against a target of 17 % is 18.44 points."""
    spans = _quantities(sentence)
    shares = [s for s in spans if s.unit == "%"]
    for gap in (s for s in spans if s.unit == "个百分点"):
        before = [s for s in shares if s.end <= gap.start]
        words = sentence[before[-1].end : gap.start] if before else ""
        if len(before) < 2 or not re.search(
            r"超|高|低|多|少|差|提[高升]|比", sentence[: gap.start]
        ):
            continue
        if re.search(r"全国|平均|同期|上年|去年", words):
            continue
        a, b = before[-2].value, before[-1].value
        if abs(abs(a - b) - abs(gap.value)) <= TOLERANCE * max(1.0, abs(gap.value)):
            verdicts.right(
                item, one.line, one.label or "正文",
                Words(f"{a:g}% 与 {b:g}% 相差 {gap.value:g} 个百分点", "the difference is right"),
            )  # fmt: skip
        else:
            told = f"{a:g}% 与 {b:g}% 相差 {abs(a - b):g} 个百分点，不是“{gap.text}”"
            en = f"{a:g} % and {b:g} % differ by {abs(a - b):g} points, not “{gap.text}”"
            _wrong(item, one, Words(told, en), verdicts)


def _from_to(item: Item, one: Field, sentence: str, verdicts: Verdicts) -> None:
    """由 A 降至 B，下降 C%."""
    spans = _quantities(sentence)
    for first, second in itertools.pairwise(spans):
        share = next(
            (s for s in spans if s.start >= second.end and s.unit == "%" and s.change), None
        )
        left = sentence[max(0, first.start - 4) : first.start]
        if not (
            second.reached and share and share.start - second.end <= 8 and _FROM_TO.search(left)
        ):
            continue
        if first.unit != second.unit or first.unit == "%" or not first.value or share.reached:
            continue
        true = 100 * abs(second.value - first.value) / abs(first.value)
        if abs(true - share.value) > max(0.6, 0.02 * true):
            told = f"从“{first.text}”到“{second.text}”变化 {true:.1f}%，不是“{share.text}”"
            en = f"from “{first.text}” to “{second.text}” is {true:.1f} %, not “{share.text}”"
            _wrong(item, one, Words(told, en), verdicts)


def _shares(item: Item, one: Field, sentence: str, verdicts: Verdicts) -> None:
    """Parts named with 其中 cannot be more than the whole."""
    if "其中" not in sentence:
        return
    at = sentence.index("其中")
    spans = _quantities(sentence)
    wholes = [s for s in spans if s.end <= at and s.unit not in ("%", "个百分点", "")]
    if not wholes:
        return
    whole = wholes[-1]
    parts = [s for s in spans if s.start > at and s.unit == whole.unit]
    top = max((s.value for s in parts), default=0.0)
    shares = [s.value for s in spans if s.start > at and s.unit == "%" and not s.change]
    if top > whole.value * 1.001:
        told = f"其中一项 {_show(parts, top)} 大于总数“{whole.text}”"
        _wrong(item, one, Words(told, f"a part is larger than “{whole.text}”"), verdicts)
    elif len(shares) >= 2 and "占" in sentence[at:] and sum(shares) > 100.5:
        told = f"各项占比之和 {sum(shares):g}% 超过 100%"
        _wrong(item, one, Words(told, f"the shares add up to {sum(shares):g} %"), verdicts)


def _sum(item: Item, one: Field, sentence: str, verdicts: Verdicts) -> None:
    """Parts listed side by side after 其中 or before 合计 against their whole."""
    spans = [s for s in _quantities(sentence) if not s.change and not s.bound]
    inside, total = _OF_WHICH.search(sentence), _TOTAL.search(sentence)
    whole: QuantitySpan | None
    if inside:
        parts = [s for s in spans if s.start >= inside.end()]
        units = [s.unit for s in parts if s.unit] or [""]  # 1号高炉108万吨 counts tons
        before = [s for s in spans if s.end <= inside.start() and s.unit == units[0]]
        whole = before[-1] if before else None
    else:
        whole = next((s for s in spans if total and 0 <= s.start - total.end() <= 4), None)
        parts = [s for s in spans if total and s.end <= total.start()]
    counted = inside is not None and inside[0] != "其中"  # English counts bear no unit
    if whole is None or whole.unit in ("%", "倍") or (not whole.unit and not counted):
        return
    parts = [s for s in parts if s.unit == whole.unit]
    if len(parts) < 2 or not _beside(sentence, parts):
        return
    added = sum(s.value for s in parts)
    wrong = added > whole.value * 1.005 if inside else abs(added / whole.value - 1) > 0.005
    if wrong and max(s.value for s in parts) <= whole.value:
        told = f"“{'、'.join(s.text for s in parts)}”加起来与“{whole.text}”不符"
        en = f"“{', '.join(s.text for s in parts)}” do not add up to “{whole.text}”"
        _wrong(item, one, Words(told, en), verdicts)


def _beside(sentence: str, parts: Sequence[QuantitySpan]) -> bool:
    """Whether parts are listed side by side: few words and one comma between two."""
    between = (sentence[a.end : b.start] for a, b in itertools.pairwise(parts))
    return all(len(words) <= 16 and re.search(r"[、，,和与]|and", words) for words in between)


def _show(parts: Sequence[QuantitySpan], value: float) -> str:
    return next(f"“{s.text}”" for s in parts if s.value == value)


def _listed(item: Item, one: Field, sentence: str, verdicts: Verdicts) -> None:
    """A list of names that ends in 等八个 has at most eight."""
    for match in _LIST.finditer(sentence):
        names = [n for n in match["list"].split("、") if n.strip()]
        number = small_number(match["n"]) or 0
        if number and len(names) > number and match["etc"]:
            told = f"“{match[0][-40:]}”：列了 {len(names)} 个，却说 {number} 个"
            _wrong(item, one, Words(told, f"{len(names)} are named, {number} are said"), verdicts)
        elif match["etc"] and number and len(names) == number:
            verdicts.right(
                item, one.line, one.label or "正文",
                Words(f"所列 {number} 项与所称个数相符", f"the {number} listed are {number}"),
            )  # fmt: skip


def _panels(item: Item, one: Field, sentence: str, verdicts: Verdicts) -> None:
    """Area of solar panels against yearly generation."""
    if not re.search(r"光伏|太阳能", sentence):
        return
    spans = _quantities(sentence)
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
        _wrong(item, one, Words(told, en), verdicts)
