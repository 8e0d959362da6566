"""The Chinese terms of kinds, states, verdicts, sources and ledgers: each stands here once."""

from collections.abc import Mapping

from tanzhe.model.account import EmissionSource
from tanzhe.model.columns import sheets
from tanzhe.model.park import IndicatorResult, IndicatorStatus, ParkYear, ProductResult
from tanzhe.model.verdict import Bound, Verdict

TOTAL_ROW = "total_row"  # how the codes of notes begin that belong beside the verdict
KINDS: Mapping[str, str] = {
    "core": "核心指标",
    "guiding": "引导指标",
    "characteristic": "特色指标",
    "other": "指标",
}
STATUSES: Mapping[IndicatorStatus, str] = {
    "met": "达到",
    "not_met": "未达到",
    "missing": "数据缺失",
    "excused": "不适用（附说明）",
    "undefined": "口径待定",
}
VERDICTS: Mapping[Verdict, str] = {
    "met": "达到",
    "not_met": "未达到",
    "cannot_judge": "无法判断",
    "not_applicable": "不适用",
}
SOURCES: Mapping[EmissionSource, str] = {
    "fuel": "燃料燃烧",
    "conversion": "加工转换",
    "electricity": "电力",
    "heat": "热力",
    "process": "工业过程",
}
TOTALS: Mapping[str, str] = {
    **dict(SOURCES.items()),
    "total": "排放合计",
    "energy_tce": "综合能源消费量",
}
BOUNDS: Mapping[Bound, str] = {
    "at_least": "是下限",
    "at_most": "是上限",
    "open": "偏大偏小不定",
}
LEDGERS: Mapping[str, str] = {
    key: one.title.removesuffix("台账") for key, one in sheets(ParkYear).items() if one.account
}


def kind_words(one: IndicatorResult) -> str:
    """核心, 引导, 特色 or 其他."""
    return KINDS[one.kind].removesuffix("指标") or "其他"


def state_words(one: IndicatorResult) -> str:
    """The state, or that no threshold exists for a park of this size."""
    return STATUSES[one.status] if one.threshold is not None else "没有门槛"


def level_words(one: ProductResult) -> str:
    """1 级, 劣于 3 级 or 不作判断; a level by an uncorrected limit says so."""
    match one.status:
        case "level":
            return f"{one.level} 级" + ("（按未修正的限额）" if one.reserved else "")
        case "below_levels":
            return "劣于 3 级" + ("（按未修正的限额）" if one.reserved else "")
        case "not_judged":
            return "不作判断"
