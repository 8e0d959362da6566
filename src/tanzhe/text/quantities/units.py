"""Units as they are written, and the one way each is written in results."""

import re
from collections.abc import Iterable

from tanzhe import bundled
from tanzhe.characters import plain

# What is written -> (normal form, factor). Order does not matter: the longest match wins.
UNITS: dict[str, tuple[str, float]] = {}
# What is written -> what it measures: money, mass, energy.
KINDS: dict[str, str] = {}
# One Chinese digit before these is mostly idiom (一个, 一项), not a number.
IDIOM: set[str] = set()
for _row in bundled.rows("tanzhe.text.data", "units.csv"):
    for _written in _row["written"].split(";"):
        UNITS[_written] = (_row["unit"], float(_row["factor"]))
        KINDS[_written] = _row["kind"]
        if _row["idiom"]:
            IDIOM.add(_written)

# Written before the number.
CURRENCY = {
    "¥": "元", "￥": "元", "RMB": "元", "CNY": "元", "人民币": "元", "$": "美元", "US$": "美元",
    "USD": "美元", "€": "欧元", "EUR": "欧元", "£": "英镑", "GBP": "英镑", "HK$": "港元",
    "NT$": "新台币", "新台币": "新台币", "A$": "澳元", "C$": "加元", "港币": "港元", "₽": "卢布",
    "₩": "韩元", "₹": "卢比",
}  # fmt: skip
# Denominators that are not units of quantity themselves, and how results write them.
PER = {
    **{w: w for w in ("年", "月", "日", "天", "小时", "人", "户", "年度", "万元", "次")},
    "亿元": "亿元",
    "万千瓦时": "万千瓦时", "万人": "万人", "kWh": "千瓦时", "度": "千瓦时", "ton": "吨",
    "h": "小时", "hr": "小时", "hour": "小时", "min": "分钟", "分": "分钟", "s": "秒", "a": "年",
    "d": "天", "yr": "年",
    "capita": "人", "person": "人",
}  # fmt: skip


# 三双 is a number of pairs, 十双碳 is none; 2021岁末 is no age.
NOT_BEFORE = {"双": "碳控重方边层向面创减职语曲翼氧循优高", "岁": "末首"}
# Spaces and dots may stand in a unit or not (kW·h, t CO₂), and its powers may be raised or not.
_LOOSE = {" ": "[ \u00a0]?", "·": "[ \u00a0]?[·*×.-]?[ \u00a0]?", "2": "[2²]", "3": "[3³]"}
_KEY = str.maketrans("²³", "23", " \u00a0·*×.-")


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words; Latin words as whole words."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        tail = r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else ""
        tail += f"(?![{NOT_BEFORE[word]}])" if word in NOT_BEFORE else ""
        parts.append("".join(_LOOSE.get(c, re.escape(c)) for c in word) + tail)
    return "(?:" + "|".join(parts) + ")"


_BY_KEY = {written.translate(_KEY): normal for written, normal in UNITS.items()}
UNIT = one_of(UNITS)
_BELOW = one_of({*UNITS, *PER})
_OVER = r"[ \u00a0]?(?:/|每|\bper\b)[ \u00a0]?"
# One or two units to divide by, in brackets where a dot joins them; or each with its ⁻¹.
_DENOMINATOR = (
    rf"(?:[(（][ \u00a0]?{_BELOW}(?:[ \u00a0]?[·*×][ \u00a0]?{_BELOW})?[ \u00a0]?[)）]|{_BELOW})"
)
_INVERSE = rf"(?:[ \u00a0]?[·*×]?[ \u00a0]?{_BELOW}⁻¹){{1,3}}"
# A unit, alone or divided: 元/千瓦时, tCO₂/(MW·h), kg/(m²·a), 吨/人/年, g·kW⁻¹·h⁻¹.
MEASURE = rf"{UNIT}(?:(?:{_OVER}{_DENOMINATOR}){{1,2}}|{_INVERSE})?"
_QUOTIENT = re.compile(r"\s*(?:/|每|\bper\b)\s*")
_FIRST_INVERSE = re.compile(rf"[ \u00a0]?[·*×]?[ \u00a0]?(?={_BELOW}⁻¹)")


def _single(words: str) -> tuple[str, float] | None:
    """A unit without a denominator, however it is spaced and dotted."""
    return UNITS.get(words) or _BY_KEY.get(words.translate(_KEY))


def _below(words: str) -> tuple[str, float]:
    """Normal form and factor of what a unit is divided by."""
    bare = words.replace("⁻¹", "").strip(" \u00a0()（）")
    whole = PER.get(bare) or _single(bare)
    if isinstance(whole, str):
        return whole, 1.0
    if whole:
        return whole
    parts = [_below(part) for part in re.split(r"[ \u00a0]?[·*×/][ \u00a0]?", bare, maxsplit=2)]
    if len(parts) == 1:
        return bare, 1.0
    factor = 1.0
    for _, one in parts:
        factor *= one
    return "·".join(name for name, _ in parts), factor


def normal_unit(words: str) -> tuple[str, float]:
    """Normal form and factor of a unit, also a quotient: 元/kWh is ("元/千瓦时", 1).

    Example:
        >>> normal_unit("元/kWh"), normal_unit("Mt"), normal_unit("km/h"), normal_unit("")
        (('元/千瓦时', 1.0), ('吨', 1000000.0), ('公里/小时', 1.0), ('', 1.0))
        >>> normal_unit("tCO2/(MW·h)"), normal_unit("g·kW⁻¹·h⁻¹")
        (('吨二氧化碳/兆瓦时', 1.0), ('克/千瓦时', 1.0))
    """
    words = plain(words)
    found = _single(words)
    if found or not words:
        return found or ("", 1.0)
    head, *tail = _QUOTIENT.split(words, maxsplit=1)
    if not tail:
        head, *tail = _FIRST_INVERSE.split(words, maxsplit=1)
    if not tail:
        return words, 1.0
    unit, factor = normal_unit(head.strip())
    below, divisor = _below(tail[0])
    return f"{unit}/({below})" if "·" in below else f"{unit}/{below}", factor / divisor
