"""Decades, centuries and five-year plans."""

from datetime import date

from tanzhe.numerals import DIGITS, in_digits
from tanzhe.periods import five_year_plan
from tanzhe.text.dates.days import Days, Groups, Reader, Rule, number_of, years

_TENS = r"[一二三四五六七八九]十|[1-9]0"
_BOTH = r"(?:(?P<lone>[二三四五六七八])(?=[三四五六七八九]十年代))?"
_PART = r"(?P<part>初期?|中期|中叶|末期?|后期|前期)?"
_PART_OF_CENTURY = (
    r"(?P<part>初期?|中期|中叶|末期?|后期|前期|[前上](?:半叶|半期|半段|半(?!年|月|场|部))"
    r"|[后下](?:半叶|半期|半段|半(?!年|月|场|部)))?"
)
_PARTS = {"初": (0, 3), "前": (0, 4), "中": (3, 6), "末": (7, 9), "后": (5, 9)}


def _plan(g: Groups, _: Reader) -> Days | None:
    words = g.get("nth") or g["plan"]
    number = number_of(words)
    if not 1 <= number <= 20:
        return None
    first, last = five_year_plan(number)
    if g.get("edge"):
        last, first = (first, first) if g["edge"] == "初" else (last, last)
    elif g.get("few"):
        few = number_of(g["few"])
        first, last = (first, first + few - 1) if g["side"] == "前" else (last - few + 1, last)
    if first == last:
        return years(first, last, approximate=True)
    return Days(first=date(first, 1, 1), last=date(last, 12, 31), precision="period")


def _tens(words: str) -> int:
    return 10 * int(in_digits(words[0]))


def _century(g: Groups, reader: Reader) -> int:
    """The year before a century's first: 1900 for 20世纪, 上世纪."""
    if g.get("c"):
        return 100 * (number_of(g["c"]) - 1)
    now = reader.reference.year if reader.reference else 2001
    return (now - 1) // 100 * 100 - (100 if g.get("which") == "上" else 0)


def _decade(g: Groups, reader: Reader) -> Days | None:
    if g.get("y"):
        first = int(g["y"])
    else:
        tens = _tens(g["tens"])
        named = g.get("c") or g.get("which")
        first = (_century(g, reader) if named else 1900 if tens >= 30 else 2000) + tens
    last = first + 9
    if g.get("lone"):  # 六七十年代
        first = first - first % 100 + 10 * DIGITS[g["lone"]]
    if g.get("tens2"):
        last = first - first % 100 + _tens(g["tens2"]) + 9
    if g.get("part"):
        low, high = _PARTS[g["part"][0]]
        return years(first + low, first + high, approximate=True)
    return years(first, last) if first >= 1900 else None


def _of_century(g: Groups, reader: Reader) -> Days | None:
    base = _century(g, reader)
    if base < 1900:
        return None
    half = {"first": "前", "second": "后"}.get((g.get("half") or "").lower(), " ")
    part = (g.get("part") or half)[0]
    first, last = {
        "初": (1, 10),
        "前": (1, 50),
        "上": (1, 50),
        "中": (41, 60),
        "末": (91, 100),
        "后": (51, 100),
        "下": (51, 100),
    }.get(part, (1, 100))
    return years(base + first, base + last, approximate=part != " ")


# Years of reigns (康熙20年9月) are no dates of ours, and 20年9月 in them is none either.
_REIGNS = (
    "洪武|永乐|万历|崇祯|顺治|康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|光绪|宣统|贞观|开元|神龙|"
    "明治|大正|昭和|平成|令和"
)
_REIGN = (
    rf"(?:{_REIGNS}|[\u4e00-\u9fff]{{2}}(?=元年))(?:元|\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})年"
    r"(?:(?:闰?[正腊元]|\d{1,2}|[一二三四五六七八九十]{1,3})月(?:初?[\d一二三四五六七八九十]{1,3}[日号]?)?|大年三十)?"
)
_WHOSE = r"(?:(?P<which>上|本)(?:个)?世纪|(?P<c>\d{2}|[一二]?十[一二三四五六七八九]?|二十)世纪)"
_AFTER = r"(?:规划|计划)?(?:期间?|时期)?"
_EDGE = r"(?:(?P<edge>[初末])期?|(?P<side>[前后])(?P<few>[一二两三四])年)?"
ERAS = (
    Rule(_REIGN, lambda g, r: None),
    Rule(
        r"[“\"‘「]?(?<![一二三四五六七八九十百千\d])(?P<plan>十[一二三四五六七])·?五[”\"’」]?"
        rf"{_AFTER}{_EDGE}(?![一二三四五六七八九]|亿|万|个)",
        _plan,
    ),
    Rule(rf"[“\"‘「](?P<plan>[一二三四五六七八九十])五[”\"’」]{_AFTER}{_EDGE}", _plan),
    Rule(
        r"(?<![一二三四五六七八九十百千\d])(?P<plan>[一二三四五六七八九十])五(?:规划|计划|时"
        r"期|期间)",
        _plan,
    ),
    Rule(
        r"第(?P<plan>[一二三四五六七八九十]{1,3})个五年(?:规划|计划)(?:期间|时期)?"
        rf"{_EDGE}",
        _plan,
    ),
    Rule(r"(?i)\b(?P<nth>\d{1,2})(?:st|nd|rd|th)\s+Five[- ]Year\s+Plan(?:\s+period)?", _plan),
    Rule(rf"(?<!\d)(?P<y>(?:19|20)\d0)\s*年代{_PART}", _decade),
    Rule(r"\b(?:the\s+)?(?P<y>(?:19|20)\d0)s\b", _decade),
    Rule(
        rf"{_WHOSE}?{_BOTH}(?<!\d)(?P<tens>{_TENS})(?:[、至-]?(?P<tens2>{_TENS}))?年代{_PART}",
        _decade,
    ),
    Rule(rf"{_WHOSE}(?!\s*(?:{_TENS})年代){_PART_OF_CENTURY}", _of_century),
    Rule(
        r"(?i)\b(?:the\s+)?(?:(?P<half>first|second) half of the\s+)?"
        r"(?P<c>2[01])(?:st|th)\s+century\b",
        _of_century,
    ),
    Rule(r"(?P<y>)千禧年", lambda g, r: years(2000, 2000)),
)
