"""What columns, rows and marks of tables are called, where only a word can tell.

Structure and values are asked first; these words decide between what is left. They are compared
folded: width, case, blanks and hyphens do not count.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal, get_args

from tanzhe import bundled
from tanzhe.names import folded

Role = Literal["date", "year", "month", "day", "value", "region", "sector", "unit"]


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return bundled.lists("tanzhe.tables.data", "names.csv")


def words(name: str) -> tuple[str, ...]:
    """The words of a list of `data/names.csv`, in order."""
    return _lists()[name]


ROLES = {
    role: frozenset(folded(name).replace("_", "") for name in words(role))
    for role in get_args(Role)
}
# Labels in the first column of a block of header rows, as data services export them.
BLOCK_ROLE = {
    folded(word): name.removeprefix("block.")
    for name, labels in _lists().items()
    if name.startswith("block.")
    for word in labels
}

# Columns that never hold what is asked for, however numeric they are.
_NO_VALUE = re.compile(
    r"^(?:序号|编号|行号|id|no|index|unnamed\d*|lat|lon|latitude|longitude|纬度|经度|code|.*代码|.*编码"
    r"|.*id|.*code|column_?order|timestamp|.*timestamp|备注|remark.*|note.*|source.*|version|版本"
    r"|adcode|rank|排名|flag|status|.*_flag|confidence.*|uncertainty.*|权重|days?|天数)$"
)
# Words that say change or share, never a level.
_RATE = re.compile(
    r"同比|环比|增速|增长|增幅|涨幅|降幅|占比|比重|份额|比例|%|增减|变化率|变动|百分点"
    r"|y/y|y-o-y|\b(?:yoy|mom|growth|change|shares?|percent(?:age)?|pct|ratio|rate)\b"
)
_COMPARED = re.compile(
    r"上年|去年|上期|上月|往年|基期|同期|\b(?:last|previous|prior) (?:year|month|period)\b"
)
_SUM = re.compile(
    r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|全年|全年合计|年合计|年度合计|总和|总量|累计|平均|均值"
    r"|(?:grand\s*)?(?:sub)?-?total|sum|average|mean|annual|ytd|all)(?:\s*[(:].*)?$"
)
_FOOT = re.compile(
    r"^[\s*#]*(?:注|注释|说明|备注|资料来源|数据来源|来源|数据截至|截至|填表|制表|审核|单位负责人|统计负责人"
    r"|联系|打印|导出|下载|更新|p\s*[:=]|r\s*[:=]|e\s*[:=]|\d+[.、)]|[*†①②③]"
    r"|notes?\b|sources?\b|remarks?\b|data\s*source|footnote|last\s*update|copyright|©|generated)"
)


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """A column's name folded for comparison, without the unit in brackets."""
    return folded(re.sub(r"[(（\[【][^)）\]】]{0,200}[)）\]】]", "", name)).replace("_", "")


def level_text(text: str) -> str:
    """A text in one width and case, without blanks at its ends."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def has_role(name: str, role: Role) -> bool:
    """Whether a column is called what columns of a role are called.

    Example:
        >>> has_role("碳排放量（万吨CO2）", "value"), has_role("Region", "region")
        (True, True)
    """
    return key(name) in ROLES[role]


def is_rate(name: str) -> bool:
    """Whether a name says growth, change or share."""
    return bool(_RATE.search(level_text(name).replace("_", " ")))


def is_compared(name: str) -> bool:
    """Whether a name says the figure of another period, which stands beside for comparison."""
    return bool(_COMPARED.search(level_text(name)))


def is_no_value(name: str) -> bool:
    """Whether a name says a number that measures nothing: an id, a place on the globe, a rank."""
    return bool(_NO_VALUE.match(level_text(name)))


def is_sum(text: str) -> bool:
    """Whether a name says the sum or mean of its neighbours.

    Example:
        >>> is_sum("合计"), is_sum("Total"), is_sum("合成氨")
        (True, True, False)
    """
    return bool(_SUM.match(level_text(text)))


_TOTAL = re.compile(r"(?:合计|总计|小计|总和)\s*(?:[(:].*)?$|\b(?:sub|grand )?total\b")
_PART = re.compile(r"^\s*(?:其中|of which|including|#)")


def is_total(text: str) -> bool:
    """Whether a name says a total, be it of named parts: 三省合计.

    Example:
        >>> is_total("三省合计"), is_total("Total Energy"), is_total("水泥")
        (True, True, False)
    """
    return is_sum(text) or bool(_TOTAL.search(level_text(text)))


def is_part(text: str) -> bool:
    """Whether a name says a part of the one before: 其中：原煤."""
    return bool(_PART.match(level_text(text)))


def is_foot(text: str) -> bool:
    """Whether a line is a note, a source or a signature below a table."""
    return bool(_FOOT.match(level_text(text)))


# Of a whole cell or a remark that opens it: figures that nobody has measured yet.
_AHEAD = re.compile(
    r"预测|预计|预估|预期|推算|规划|计划|目标|(?:\d{4}年?)?展望"
    r"|(?:forecast|project(?:ed|ions?)|outlook|planned|plan|targets?|expected)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_ahead(text: str) -> bool:
    """Whether a category says that its figures are forecasts or targets.

    Example:
        >>> is_ahead("预测"), is_ahead("Projection"), is_ahead("实际"), is_ahead("发展规划司")
        (True, True, False, False)
    """
    return bool(_AHEAD.match(text.strip("（()） ")))
