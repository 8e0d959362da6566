"""The whole: met, not met, cannot be judged, or no threshold, and why.

A core indicator is the first condition and a characteristic one must be reached (云发改资环
〔2025〕987号 附件 一); a guiding one must be reached or explained. So any indicator that is not met
and not explained decides; else a missing or undefined one leaves the whole open.
"""

from collections.abc import Sequence

from tanzhe.model.park import IndicatorResult, IndicatorStatus, Verdict
from tanzhe.parks.assessment.indicators import OPERATORS, shown
from tanzhe.parks.terms import KINDS, STATUSES

_OPEN: tuple[IndicatorStatus, ...] = ("missing", "undefined")


def verdict_of(
    indicators: Sequence[IndicatorResult], *, no_threshold: str
) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict and its reasons, one Chinese sentence each, what decides first.

    Args:
        indicators: as judged.
        no_threshold: why no tier of the core indicator applies, or "".
    """
    if no_threshold:
        indicators = [one for one in indicators if one.threshold is not None]
    failing = [_reason(one) for one in indicators if one.status == "not_met"]
    open_ = [_reason(one) for one in indicators if one.status in _OPEN]
    excused = [_reason(one) for one in indicators if one.status == "excused"]
    if no_threshold:
        first = f"{no_threshold}，文件没有设门槛，不作总体判断；以下指标仅供参考"
        return "not_applicable", (first, *failing, *open_, *excused)
    if failing:
        return "not_met", (*failing, *open_, *excused)
    if open_:
        return "cannot_judge", (*open_, *excused)
    return "met", ("核心指标和其他必须达到的指标均已达到，引导指标已达到或附有说明", *excused)


def _reason(one: IndicatorResult) -> str:
    duty = "" if one.duty == "mandatory" else _EXPLAIN[one.status]
    return f"{KINDS[one.kind]}“{one.name}”{STATUSES[one.status]}{_numbers(one)}{duty}"


def _numbers(one: IndicatorResult) -> str:
    if one.status != "not_met" or one.value is None or one.threshold is None:
        return ""
    value, limit = shown(one.value, one.unit), shown(one.threshold, one.unit)
    told = f"{one.value:.10g}" if value == limit else value  # a hair's breadth is shown whole
    return f"：{told}，要求 {OPERATORS[one.operator]} {limit}"


_EXPLAIN: dict[IndicatorStatus, str] = {
    "met": "",
    "not_met": "；没有说明（引导指标不具备条件的，可附理由说明）",
    "missing": "（补充数据，或附理由说明）",
    "excused": "",
    "undefined": "（请主管部门明确口径，或附理由说明）",
}
