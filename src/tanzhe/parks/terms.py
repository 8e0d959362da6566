"""The terms of kinds, states, verdicts, sources and ledgers: each stands here once."""

from collections.abc import Mapping

from tanzhe.model.account import EmissionSource
from tanzhe.model.columns import sheets
from tanzhe.model.park import IndicatorResult, IndicatorStatus, ParkYear, ProductResult
from tanzhe.model.told import Told
from tanzhe.model.verdict import Bound, Verdict
from tanzhe.terms import told_of

TOTAL_ROW = "total_row"  # how the codes of notes begin that belong beside the verdict
KINDS: Mapping[str, Told] = told_of("parks.terms.kinds")
STATUSES: Mapping[IndicatorStatus, Told] = told_of("parks.terms.statuses")
VERDICTS: Mapping[Verdict, Told] = told_of("parks.terms.verdicts")
SOURCES: Mapping[EmissionSource, Told] = told_of("parks.terms.sources")
TOTALS: Mapping[str, Told] = {
    **dict(SOURCES.items()),
    "total": Told("排放合计", "total emissions"),
    "energy_tce": Told("综合能源消费量", "energy consumption"),
}
BOUNDS: Mapping[Bound, Told] = told_of("parks.terms.bounds")
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
