"""Units as they are written, and the one way each is written in results."""

import re
from collections.abc import Iterable

from tanzhe.text.tables import rows

# What is written -> (normal form, factor). Order does not matter: the longest match wins.
UNITS: dict[str, tuple[str, float]] = {}
# One Chinese digit before these is mostly idiom (一个, 一项), not a number.
IDIOM: set[str] = set()
for _row in rows("units.csv"):
    for _written in _row["written"].split(";"):
        UNITS[_written] = (_row["unit"], float(_row["factor"]))
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


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words; Latin words as whole words."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        tail = r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else ""
        parts.append(re.escape(word) + tail)
    return "(?:" + "|".join(parts) + ")"


UNIT = one_of(UNITS)
DENOMINATOR = one_of({*UNITS, *PER})
_QUOTIENT = re.compile(r"\s*(?:/|每|\bper\b)\s*")


def normal_unit(words: str) -> tuple[str, float]:
    """Normal form and factor of a unit, also a quotient: 元/kWh is ("元/千瓦时", 1).

    Example:
        >>> normal_unit("元/kWh"), normal_unit("Mt"), normal_unit("km/h"), normal_unit("")
        (('元/千瓦时', 1.0), ('吨', 1000000.0), ('公里/小时', 1.0), ('', 1))
    """
    if words in UNITS:
        return UNITS[words]
    head, *tail = _QUOTIENT.split(words, maxsplit=1)
    if tail:
        unit, factor = normal_unit(head.strip())
        below = PER.get(tail[0].strip()) or UNITS.get(tail[0].strip(), (tail[0].strip(), 1))[0]
        return f"{unit}/{below}", factor
    return (words, 1)
