"""What the words beside a column say about its figures.

Words decide only where values cannot: that 7.3 is a growth rate and not 7.3 million tonnes. They
are the statistics office's own names of its measures, and their English ones.
"""

import re
from collections.abc import Iterable

from tanzhe.errors import Fault, Words, refuse

_RATE = re.compile(
    r"[%％‰]|百分点|百分比|percent|per cent"
    r"|同比|环比|增速|增长率|增长速度|增幅|降幅|变化率|growth|year.on.year|month.on.month|\byoy\b|\bmom\b"
    r"|比重|占比|份额|所占比例|\bshares?\b"
    r"|(?:上年|上月|去年|同期|同月)\s*[=＝]\s*100|定基|指数|\bindex\b|\bindices\b",
    re.IGNORECASE,
)
# 累计值, 1-5月累计, 年初至今: the year to date. A growth rate of it is a rate.
_CUMULATIVE = re.compile(
    r"累计|年初至|本年至|自年初|cumulative|year.to.date|\bytd\b|accumulated", re.IGNORECASE
)
_RUNNING = re.compile(
    r"表底|表码|示数|示值|读数|止码|起码|meter reading|\breadings?\b|\bregister\b", re.IGNORECASE
)


def _said(pattern: re.Pattern[str], words: Iterable[str]) -> str:
    return next((found.group() for w in words if (found := pattern.search(w))), "")


def rate_word(words: Iterable[str]) -> str:
    """The word that makes figures growth rates, shares or an index; empty where there is none.

    Example:
        >>> rate_word(["工业增加值同比"]), rate_word(["数值(%)"]), rate_word(["排放量(万吨)"])
        ('同比', '%', '')
    """
    return _said(_RATE, words)


def says_cumulative(words: Iterable[str]) -> bool:
    """Whether a column is called cumulative."""
    return bool(_said(_CUMULATIVE, words))


def says_running(words: Iterable[str]) -> bool:
    """Whether a column is called a meter's reading."""
    return bool(_said(_RUNNING, words))


def refuse_rates(words: Iterable[str], where: str) -> None:
    """Refuse growth rates, shares and indices, which are no level of emissions.

    Args:
        words: name of the value column and its unit.
        where: the file.

    Raises:
        InputError: one of the words says so.
    """
    if word := rate_word(words):
        what = Words(
            f"“{word}”表明这些数值是增速、比重或指数，不是排放量",
            f"“{word}”: these are growth rates, shares or an index, no level of emissions",
        )
        do = Words(
            "请改用数量列（如当期值，万吨）；若确为数量，请改列名和单位",
            "Use the column of quantities (such as 当期值, 万吨); if they are quantities, "
            "rename the column and its unit",
        )
        refuse([Fault(what=what, where=where, do=do)])
