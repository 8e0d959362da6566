"""What columns, rows and marks of tables are called, where only a word can tell.

Structure and values are asked first; these words decide between what is left. They are compared
folded: width, case, blanks and hyphens do not count.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from tanzhe.names import folded

Role = Literal["date", "year", "month", "day", "value", "region", "sector", "unit"]

NAMES: dict[Role, tuple[str, ...]] = {
    "date": (
        "日期", "时间", "月份", "时期", "期间", "年月", "统计时间", "统计期", "统计月份", "期别",
        "报告期", "数据时间", "数据日期", "采集时间", "抄表日期", "月度", "季度",
        "date", "period", "time", "datetime", "timestamp", "time period", "ref_date", "yyyymm",
        "year_month", "yearmonth", "start_time", "start_datetime_utc", "obs_date", "month year",
        "日期时间", "時間", "月份/时间", "指标名称",
    ),
    "year": ("年", "年份", "年度", "year", "yr", "yyyy"),
    "month": ("月", "月份", "month", "mon", "mm", "月度"),
    "day": ("日", "号", "day", "dd"),
    "value": (
        "数值", "值", "排放", "排放量", "碳排放", "碳排放量", "二氧化碳排放量", "二氧化碳排放",
        "产量", "co2排放量", "co2排放", "本月产量", "当月产量", "本期值", "当期值", "当月值",
        "value", "emissions", "emission", "co2", "co2emissions", "emissions_quantity", "obs_value",
        "數值", "排放量co2", "actual_value", "本月", "本期", "当月", "当期", "generation", "output",
        "total emissions", "co2_emissions", "月值",
    ),
    "region": (
        "地区", "省份", "省", "省区市", "省市", "省市自治区", "城市", "园区", "国家", "国别",
        "区域",
        "地區", "行政区", "市", "区县", "地名", "州市", "盟市",
        "region", "province", "state", "city", "country", "area", "entity", "location", "geo",
        "country name", "country/region", "ref_area", "stateid", "province_zh", "reporter",
        "provinces", "iso3_country", "iso3", "country_code_a3", "country code", "country_name",
    ),
    "sector": (
        "部门", "行业", "产品", "领域", "产品名称", "行业名称", "部門", "行業",
        "sector", "industry", "product", "original_inventory_sector", "subsector", "sectors",
    ),
    "unit": (
        "单位", "計量單位", "计量单位", "unit", "units", "uom", "value-units", "unit of measure",
        "emissions_quantity_units", "單位",
    ),
}  # fmt: skip
ROLES = {
    role: frozenset(folded(name).replace("_", "") for name in names)
    for role, names in NAMES.items()
}

# Labels in the first column of a block of header rows, as data services export them.
BLOCK = {
    "name": ("name", "指标名称", "指标", "series", "series name", "indicator", "名称", "指标名"),
    "unit": ("unit", "单位", "units", "計量單位", "计量单位"),
    "frequency": ("frequency", "频率", "频度", "頻率"),
    "region": ("region", "地区", "country", "国家", "subnational", "area", "区域"),
    "other": (
        "id", "指标id", "指标代码", "series id", "series code", "sr code", "source", "来源",
        "数据来源", "update", "更新时间", "last update time", "最近更新", "更新日期", "status",
        "状态",
        "mnemonic", "first obs. date", "last obs. date", "first obs date", "last obs date",
        "时间区间", "起始时间", "结束时间", "remarks", "备注", "function information",
        "function description", "类型", "type", "key series", "suggestions", "series tags", "start",
        "end", "时间范围", "指标来源", "frequencytype", "magnitude", "currency", "multiplier",
        "数量级",
        "创建时间", "说明",
    ),
}  # fmt: skip
BLOCK_ROLE = {folded(word): role for role, words in BLOCK.items() for word in words}

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
