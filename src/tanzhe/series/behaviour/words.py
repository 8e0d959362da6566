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
# 比上年同月±, 较上月增减: a difference to another period, whatever its sign.
_CHANGE = re.compile(
    r"[比较](?:上年|上月|上期|上季|去年|前年|同期)|增减|增加量|增长量|变动额|变化量|净增|±"
    r"|\b(?:change|difference|increase|decrease) (?:from|over|vs|on|to|against)\b|\bdelta\b",
    re.IGNORECASE,
)
# 近12个月, 滚动合计, 年初以来平均: each figure holds many months, and moves long after them.
_ROLLING = re.compile(
    r"(?:近|过去|最近)\s*(?:\d{1,2}|[一三六十]二?|两)\s*(?:个月|年)|滚动|移动(?:平均|合计|求和|加总)"
    r"|累计(?:月|日)?平均|平均累计|年初(?:以来|至今)(?:月|日)?平均"
    r"|\brolling\b|\bmoving (?:average|mean|sum|total)|\btrailing\b|\b[tl]tm\b"
    r"|\b(?:last|past) (?:\d{1,2}|three|six|twelve) months\b",
    re.IGNORECASE,
)
# 日均排放, 万吨/日: a mean over the days of a period is no total of it.
_A_DAY = r"(?<![年月])(?:/|／|\bper\s+)(?:日|天|days?|d)(?![a-z])"
_DAILY = re.compile(
    rf"日均|每[日天]平均|平均每[日天]|{_A_DAY}"
    r"|\bdaily (?:mean|average)\b|\b(?:mean|average) (?:daily|per day)\b",
    re.IGNORECASE,
)
# 排放强度, 单位产值碳排放, 人均排放: a quotient moves with what it is divided by.
_INTENSITY = re.compile(
    r"强度|单位(?:产值|增加值|产品|产量|面积|能耗|地区生产总值|国内生产总值|GDP)|人均|户均|地均|吨钢|[万亿]元产值"
    r"|\bintensity\b|\bper (?:capita|unit|head|person|GDP)\b",
    re.IGNORECASE,
)
# 累计值, 1-5月累计, 年初至今: the year to date. A growth rate of it is a rate.
_CUMULATIVE = re.compile(
    r"累计|年初至|本年至|自年初|cumulative|year.to.date|\bytd\b|accumulated", re.IGNORECASE
)
_ADJUSTED = re.compile(
    r"季节?调整?后|经季节?调整|季调|seasonally[ -]adjusted|\bs\.?a\.?(?=$|[)）\]，,])",
    re.IGNORECASE,
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


def change_word(words: Iterable[str]) -> str:
    """The word that makes figures changes against another period.

    Example:
        >>> change_word(["比上年同月±万吨"]), change_word(["碳排放"])
        ('比上年', '')
    """
    return _said(_CHANGE, words)


def rolling_word(words: Iterable[str]) -> str:
    """The word that makes figures sums or means over many months.

    Example:
        >>> rolling_word(["近12个月碳排放（万吨）"]), rolling_word(["日均排放"])
        ('近12个月', '')
    """
    return _said(_ROLLING, words)


def says_cumulative(words: Iterable[str]) -> bool:
    """Whether a column is called cumulative."""
    return bool(_said(_CUMULATIVE, words))


def says_running(words: Iterable[str]) -> bool:
    """Whether a column is called a meter's reading."""
    return bool(_said(_RUNNING, words))


def daily_mean_word(words: Iterable[str]) -> str:
    """The word that makes figures means over the days of a period.

    Example:
        >>> daily_mean_word(["日均排放（万吨）"]), daily_mean_word(["日排放量"])
        ('日均', '')
    """
    return _said(_DAILY, words)


def without_day(unit: str) -> str:
    """A unit a day as one of totals.

    Example:
        >>> [without_day(unit) for unit in ("万吨/日", "kt CO2 per day", "t/d", "Mt")]
        ['万吨', 'kt CO2', 't', 'Mt']
    """
    return re.sub(rf"\s*{_A_DAY}$", "", unit.strip(), flags=re.IGNORECASE)


def intensity_word(words: Iterable[str]) -> str:
    """The word that makes figures quotients of emissions and something else.

    Example:
        >>> intensity_word(["单位产值碳排放"]), intensity_word(["碳排放（万吨）"])
        ('单位产值', '')
    """
    return _said(_INTENSITY, words)


_KINDS = (
    (
        rate_word,
        Words(
            "增速、比重或指数，不是排放量",
            "growth rates, shares or an index, no level of emissions",
        ),
    ),
    (
        change_word,
        Words(
            "与另一时期相比的增减，不是排放量",
            "changes against another period, no level of emissions",
        ),
    ),
    (
        rolling_word,
        Words(
            "多个月的滚动合计或平均，一个月的变化要拖延多月才显完",
            "sums or means over many months, in which one month's change shows for as long",
        ),
    ),
    (
        intensity_word,
        Words(
            "强度或人均数，分母变了也会变，不是总量",
            "intensities or figures a head, no total: they move with what they are divided by",
        ),
    ),
)


def refuse_rates(words: Iterable[str], where: str) -> None:
    """Refuse growth rates, shares, indices, changes and rolling sums: no level of one period.

    Args:
        words: name of the value column and its unit.
        where: the file.

    Raises:
        InputError: one of the words says so.
    """
    texts = list(words)
    for word_of, kind in _KINDS:
        if word := word_of(texts):
            what = Words(f"“{word}”表明这些数值是{kind.zh}", f"“{word}”: these are {kind.en}")
            do = Words(
                "请改用数量列（如当期值，万吨）；若确为数量，请改列名和单位",
                "Use the column of quantities (such as 当期值, 万吨); if they are quantities, "
                "rename the column and its unit",
            )
            refuse([Fault(what, do, where=where)])


def adjusted_word(words: Iterable[str]) -> str:
    """The word that says that a season was taken out; empty where there is none.

    Example:
        >>> adjusted_word(["CO2 seasonally adjusted (Mt)"]), adjusted_word(["排放（季调）"])
        ('seasonally adjusted', '季调')
    """
    return _said(_ADJUSTED, words)
