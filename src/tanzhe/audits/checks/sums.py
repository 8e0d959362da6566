"""Parts against their whole, and lists against the number they are said to have."""

import itertools
import re
from collections.abc import Sequence

from tanzhe.audits.checks.sentences import Sentence, tell
from tanzhe.audits.records import Verdicts
from tanzhe.audits.words import said
from tanzhe.errors import Words
from tanzhe.numerals import small_number
from tanzhe.text import QuantitySpan

_COUNTER = r"(?:个|家|大|类|项|省|市|县|种|座|地|条|台|户|处|批|套|宗|名)"
_NUMBER = r"(?P<n>\d{1,2}|[二两三四五六七八九十]{1,3})"
_LIST = re.compile(
    r"(?P<list>[^，。；：:、（(\n]{1,12}(?:、[^，。；：:、\n]{1,12}?){2,20}?)(?P<etc>等)?(?:这|共|共计)?"
    rf"{_NUMBER}{_COUNTER}"
)
_NAMED = re.compile(
    rf"{_NUMBER}\s*{_COUNTER}[^，。；：:、（(\d]{{0,14}}[^。；：:（(\d]{{0,12}}?"
    r"(?:[，,]?\s*(?:分别|依次)(?:是|为|在)|[，,]?\s*即|[：:—–]{1,2})\s*"
    r"(?P<list>[^，。；：:、（()）\n\d]{1,12}(?:[、和及][^，。；：:、（()）\n\d]{1,12}?){2,20})(?P<more>等)?"
    r"(?=[。；，（(）)\n]|$)"
)
_WORDS = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
]  # fmt: skip
_ENGLISH = re.compile(
    rf"\b(?P<n>\d{{1,2}}|(?i:{'|'.join(_WORDS)}))\s+(?:[a-z]+[ -]){{0,3}}[a-z]+s\b[^.:;()]{{0,40}}"
    r"(?::|--|—|–|, namely|, that is|\()\s*(?P<list>(?:in |at |of |the )?[A-Z][\w' -]{1,24}"
    r"(?:,\s+(?:and |the )?[A-Z][\w' -]{1,24}?){1,20}(?:,? and [A-Z][\w' -]{1,24}?))"
    r"(?=\s*[.;:(),]|\s*$)"
)
_OF_WHICH = re.compile(r"其中|\bof which\b|\bof them\b")
_TOTAL = re.compile(
    r"(?:合计|共计|总计|总共|一共|in total|totalling|together|altogether)[为约达是]?"
)
_BARE_PART = re.compile(r"[^\W\d_]{1,8}?(?P<n>\d+(?:\.\d+)?)(?=\s*[、，,和。；;及]|\s*$)")
_BARE_WHOLE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SHARE_OF = r"占|比重|份额|贡献|构成"
SLACK = 0.005  # of the whole: parts are rounded


def check_sums(at: Sentence, verdicts: Verdicts) -> None:
    """Parts and lists of one sentence."""
    _shares(at, verdicts)
    _with_rest(at, verdicts)
    if not _bare_parts(at, verdicts):
        _sum(at, verdicts)
    _listed(at, verdicts)


def _shares(at: Sentence, verdicts: Verdicts) -> None:
    """Parts named with 其中 cannot be more than the whole."""
    inside = _OF_WHICH.search(at.text)
    wholes = [s for s in at.spans if inside and s.end <= inside.start() and s.unit not in _NO_WHOLE]
    if not inside or not wholes:
        return _kinds(at, verdicts)
    whole = wholes[-1]
    end = _reach(at.text, inside.start())
    parts = [s for s in at.spans if inside.start() < s.start < end and s.unit == whole.unit]
    if len({s.change for s in (whole, *parts) if s.change}) > 1:
        return None  # 减少120亿元，其中短期增加33亿元
    largest = max(parts, key=lambda s: s.value, default=None)
    shares = [
        s.value
        for s in at.spans
        if inside.start() < s.start < end and s.unit == "%" and not s.change
    ]
    if largest and largest.value > whole.value * 1.001:
        told = f"其中一项“{largest.text}”大于总数“{whole.text}”"
        tell(at, Words(told, f"the part “{largest.text}” exceeds “{whole.text}”"), verdicts)
    elif len(shares) >= 2 and _added(at.text[inside.start() : end]) and sum(shares) > 100.5:
        told = f"各项占比之和 {sum(shares):g}% 超过 100%"
        tell(at, Words(told, f"the shares add up to {sum(shares):g} %"), verdicts)


def _reach(text: str, at: int) -> int:
    """How far the parts of a whole are told: to the end of the brackets they stand in."""
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] in "（(") - (text[place] in "）)")
        if depth < 0:
            return place
    return len(text)


def _added(text: str) -> bool:
    """Whether shares are of one whole: those of several years stand behind 分别."""
    return "占" in text and not re.search(r"(?:占|比重|比例)[^，。；]{0,12}分别", text)


def _with_rest(at: Sentence, verdicts: Verdicts) -> None:
    """电力占 48 %、工业占 36 %、其他占 16 %: a list that ends with the rest is a whole."""
    for rest in _REST.finditer(at.text):
        nth = next((n for n, s in enumerate(at.spans) if s.start >= rest.end()), None)
        if nth is None or at.spans[nth].unit != "%" or at.spans[nth].start - rest.end() > MOST_SAID:
            continue
        run = [at.spans[nth]]
        for span in reversed(at.spans[:nth]):
            between = at.text[span.end : run[0].start]
            if span.unit != "%" or span.change or not _BESIDE.fullmatch(between):
                break
            run.insert(0, span)
        total = sum(s.value for s in run)
        slack = 0.15 + sum(0.5 * 10.0 ** -len(_DECIMALS.sub("", s.text)) for s in run)
        if len(run) < LEAST_SHARES or not re.search(_SHARE, at.text[: run[0].start + 60]):
            continue
        wholes = [100.0, *(s.value for s in at.spans if s.end <= run[0].start and s.unit == "%")]
        listed = "、".join(s.text for s in run)
        if all(abs(total - whole) > slack for whole in wholes):
            told = f"“{listed}”连同“{rest[0]}”之和是 {total:g}%，不是 100%"
            en = f"{', '.join(s.text for s in run)} with “{rest[0]}” make {total:g} %, not 100 %"
            tell(at, Words(told, en), verdicts)
        else:
            words = Words(f"各项占比之和是 {total:g}%", f"the shares add up to {total:g} %")
            verdicts.right(at.item, at.line, at.label or "正文", words)


_REST = re.compile(
    r"其[他它余](?:[^，。；、\d占]{0,8})|剩余|\b(?:the )?(?:rest|others?|remainder)\b", re.I
)
_SHARE = r"占|比重|份额|构成|account|share|make up|made up|contribut|per cent|%"
_BESIDE = re.compile(r"[、，,；;]?[^。；;\n其]{0,24}(?:其[他它余])?[^。；;\n其]{0,12}")
_DECIMALS = re.compile(r"^[^.]*\.?|[^\d]+$")  # what stands before and behind them
LEAST_SHARES = 3  # of a list that can be known for one
MOST_SAID = 12  # letters between the rest and its share


def _kinds(at: Sentence, verdicts: Verdicts) -> None:
    """Shares of products, sectors or fuels of one place at one time cannot exceed the whole."""
    for match in _SHARES_OF.finditer(at.text):
        names = re.split(r"[、和与及]", match["names"])
        shares = [s for s in at.spans if s.start >= match.end()][: len(names)]
        alike = all(said("kind_of_source", name) for name in names) and {
            s.unit for s in shares
        } == {"%"}
        beside = alike and len(shares) == len(names) and _beside(at.text, shares)
        total = sum(s.value for s in shares)
        if beside and total > 100.5:
            told = f"“{match[0]}{'、'.join(s.text for s in shares)}”之和 {total:g}% 超过 100%"
            tell(at, Words(told, f"the shares add up to {total:g} %"), verdicts)


# Places and years may each have a share of a whole of their own; kinds of one thing may not.
_SHARES_OF = re.compile(
    r"(?P<names>(?:[^，。；：:、（(\d和与及]{1,10}[、和与及]){1,8}[^，。；：:、（(\d]{1,10}?)(?:的?占比|的?比重|的?份额|占)"
    r"[^，。；：:\d]{0,12}分别[为是占约]{0,2}"
)
_NO_WHOLE = ("%", "个百分点", "")


def _sum(at: Sentence, verdicts: Verdicts) -> None:
    """Parts listed side by side after 其中 or before 合计 against their whole."""
    spans = [s for s in at.spans if not s.change and not s.bound]
    inside, total = _OF_WHICH.search(at.text), _TOTAL.search(at.text)
    if inside and total and not any(s.end <= inside.start() for s in spans):
        inside = None  # the whole follows its parts
    whole: QuantitySpan | None
    if inside:
        end = _reach(at.text, inside.start())
        parts = [s for s in spans if inside.end() <= s.start < end]
        units = [s.unit for s in parts if s.unit] or [""]  # 1号高炉108万吨 counts tons
        before = [s for s in spans if s.end <= inside.start() and s.unit == units[0]]
        whole = before[-1] if before else None
    else:
        whole = next((s for s in spans if total and 0 <= s.start - total.end() <= 4), None)
        parts = [s for s in spans if total and s.end <= total.start()]
    counted = inside is not None and inside[0] != "其中"  # English counts bear no unit
    shares = whole is not None and whole.unit == "%" and re.search(_SHARE_OF, at.text)
    if whole is None or whole.unit == "倍" or not (whole.unit or counted):
        return
    if whole.unit == "%" and not shares:
        return
    parts = [s for s in parts if s.unit == whole.unit]
    if len(parts) < 2 or not _beside(at.text, parts):
        return
    added = sum(s.value for s in parts)
    over = added > whole.value * (1 + SLACK)
    named = at.text[parts[-2].end : parts[-1].start]
    complete = not inside or _REST.search(named)  # a list that ends with the rest is a whole
    wrong = over if not complete else abs(added / whole.value - 1) > SLACK if whole.value else False
    if wrong and max(s.value for s in parts) <= whole.value:
        told = f"“{'、'.join(s.text for s in parts)}”加起来与“{whole.text}”不符"
        en = f"“{', '.join(s.text for s in parts)}” do not add up to “{whole.text}”"
        tell(at, Words(told, en), verdicts)
    elif not wrong and abs(added / whole.value - 1) <= SLACK:
        words = Words(f"各项之和等于“{whole.text}”", f"the parts add up to “{whole.text}”")
        verdicts.right(at.item, at.line, at.label or "正文", words)


def _bare_parts(at: Sentence, verdicts: Verdicts) -> bool:
    """210 万千瓦，其中武汉 90、宜昌 60、黄石 80: parts without a unit have that of the whole."""
    inside = _OF_WHICH.search(at.text)
    wholes = [s for s in at.spans if inside and s.end <= inside.start() and s.unit not in _NO_WHOLE]
    if not inside or not wholes:
        return False
    end = _reach(at.text, inside.start())
    parts = [float(m["n"]) for m in _BARE_PART.finditer(at.text, inside.end(), end)]
    number = _BARE_WHOLE.search(wholes[-1].text)
    if len(parts) < 2 or not number:
        return False
    whole = float(number[0].replace(",", ""))
    if sum(parts) > whole * (1 + SLACK) and max(parts) <= whole:
        told = f"各项之和 {sum(parts):g} 大于“{wholes[-1].text}”"
        en = f"the parts add up to {sum(parts):g}, more than “{wholes[-1].text}”"
        tell(at, Words(told, en), verdicts)
    return True


def _beside(sentence: str, parts: Sequence[QuantitySpan]) -> bool:
    """Whether parts are listed side by side: few words and one comma between two."""
    between = (sentence[a.end : b.start] for a, b in itertools.pairwise(parts))
    return all(
        len(words) <= 20 and re.search(r"[、，,和与]|and", words) and not _TOTAL.search(words)
        for words in between
    )


def _listed(at: Sentence, verdicts: Verdicts) -> None:
    """Lists and the number they are said to have."""
    for match in _LIST.finditer(at.text):
        names = [n for n in match["list"].split("、") if n.strip()]
        number = small_number(match["n"])
        if number and len(names) > number and match["etc"]:
            _miscounted(at, match[0], names, number, verdicts)
        elif match["etc"] and number and len(names) == number:
            verdicts.right(
                at.item, at.line, at.label or "正文",
                Words(f"所列 {number} 项与所称个数相符", f"the {number} listed are {number}"),
            )  # fmt: skip
    for match in _NAMED.finditer(at.text):
        names = [n for n in re.split(r"[、和及]", match["list"]) if n.strip()]
        number = small_number(match["n"])
        few = number is not None and len(names) < number and not match["more"]
        if number and (len(names) > number or few):
            _miscounted(at, match[0], names, number, verdicts)
    for match in _ENGLISH.finditer(at.text):
        names = [n for n in re.split(r",\s*(?:and )?|\s+and\s+", match["list"]) if n.strip()]
        word = match["n"].lower()
        number = int(word) if word.isdigit() else _WORDS.index(word) + 2
        if len(names) != number:
            _miscounted(at, match[0], names, number, verdicts)


def _miscounted(
    at: Sentence, words: str, names: list[str], number: int, verdicts: Verdicts
) -> None:
    told = f"“{words[-40:]}”：列了 {len(names)} 个，却说 {number} 个"
    tell(at, Words(told, f"{len(names)} are named, {number} are said"), verdicts)
