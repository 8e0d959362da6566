"""The terms of kinds, states, verdicts, sources and ledgers: each stands here once."""

from collections.abc import Mapping

from tanzhe.model.account import EmissionSource
from tanzhe.model.columns import sheets
from tanzhe.model.park import IndicatorResult, IndicatorStatus, ParkYear, ProductResult
from tanzhe.model.told import Told
from tanzhe.model.verdict import Bound, Verdict

TOTAL_ROW = "total_row"  # how the codes of notes begin that belong beside the verdict
KINDS: Mapping[str, Told] = {
    "core": Told("核心指标", "core indicator"),
    "guiding": Told("引导指标", "guiding indicator"),
    "characteristic": Told("特色指标", "characteristic indicator"),
    "other": Told("指标", "indicator"),
}
STATUSES: Mapping[IndicatorStatus, Told] = {
    "met": Told("达到", "met"),
    "not_met": Told("未达到", "not met"),
    "missing": Told("数据缺失", "data missing"),
    "excused": Told("不适用（附说明）", "not applicable (explained)"),
    "undefined": Told("口径待定", "definition open"),
}
VERDICTS: Mapping[Verdict, Told] = {
    "met": Told("达到", "met"),
    "not_met": Told("未达到", "not met"),
    "cannot_judge": Told("无法判断", "cannot be judged"),
    "not_applicable": Told("不适用", "not applicable"),
}
SOURCES: Mapping[EmissionSource, Told] = {
    "fuel": Told("燃料燃烧", "fuel combustion"),
    "conversion": Told("加工转换", "energy conversion"),
    "electricity": Told("电力", "electricity"),
    "heat": Told("热力", "heat"),
    "process": Told("工业过程", "industrial processes"),
}
TOTALS: Mapping[str, Told] = {
    **dict(SOURCES.items()),
    "total": Told("排放合计", "total emissions"),
    "energy_tce": Told("综合能源消费量", "energy consumption"),
}
BOUNDS: Mapping[Bound, Told] = {
    "at_least": Told("是下限", "is a lower bound"),
    "at_most": Told("是上限", "is an upper bound"),
    "open": Told("偏大偏小不定", "may be too large or too small"),
}
LEDGERS: Mapping[str, Told] = {
    key: Told(one.title.removesuffix("台账"), one.en)
    for key, one in sheets(ParkYear).items()
    if one.account
}


def kind_words(one: IndicatorResult) -> Told:
    """核心, 引导, 特色 or 其他."""
    kind = KINDS[one.kind]
    return Told(
        kind.zh.removesuffix("指标") or "其他", kind.en.removesuffix("indicator").strip() or "other"
    )


def state_words(one: IndicatorResult) -> Told:
    """The state, or that no threshold exists for a park of this size."""
    return STATUSES[one.status] if one.threshold is not None else Told("没有门槛", "no threshold")


def level_words(one: ProductResult) -> Told:
    """1 级, 劣于 3 级 or 不作判断; a level by an uncorrected limit says so."""
    bare = Told("（按未修正的限额）", " (by the uncorrected limit)") if one.reserved else Told("")
    match one.status:
        case "level":
            return Told(f"{one.level} 级{bare}", f"level {one.level}{bare.en}")
        case "below_levels":
            return Told(f"劣于 3 级{bare}", f"below level 3{bare.en}")
        case "not_judged":
            return Told("不作判断", "not judged")
