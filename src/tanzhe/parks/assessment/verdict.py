"""The whole: met, not met, cannot be judged, or no threshold, and why.

A core indicator is the first condition and a characteristic one must be reached (云发改资环
〔2025〕987号 附件 一); a guiding one must be reached or explained. So any indicator that is not met
and not explained decides; else a missing or undefined one leaves the whole open. A deduction that
nothing explains leaves the core indicator open, whatever the park's size seems to be.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tanzhe.model.park import IndicatorResult, IndicatorStatus
from tanzhe.model.told import Told
from tanzhe.model.verdict import Doubt, DoubtReason, Verdict, VerdictReason
from tanzhe.operators import sign_words
from tanzhe.parks.assessment.indicators import shown
from tanzhe.parks.assessment.tiers import Outside
from tanzhe.parks.terms import KINDS, STATUSES

_FIRST: tuple[DoubtReason, ...] = ("unexplained_negative_term", "implausible_value")
_OPEN: tuple[IndicatorStatus, ...] = ("missing", "undefined")


class Judgement(NamedTuple):
    """The whole.

    Attributes:
        verdict: met, not met, cannot be judged, or no threshold.
        reason: the first reason in one word; None where all is met.
        reasons: sentences, what decides first.
    """

    verdict: Verdict
    reason: VerdictReason | None
    reasons: tuple[Told, ...]


def verdict_of(
    indicators: Sequence[IndicatorResult],
    *,
    outside: Outside | None = None,
    doubts: Sequence[Doubt] = (),
) -> Judgement:
    """The verdict and its reasons.

    Args:
        indicators: as judged.
        outside: why no tier of the core indicator applies, or None.
        doubts: why the account cannot be relied on.
    """
    if outside is not None:
        indicators = [one for one in indicators if one.threshold is not None]
    failing = [_reason(one) for one in indicators if one.status == "not_met"]
    open_ = [_reason(one) for one in indicators if one.status in _OPEN]
    excused = [_reason(one) for one in indicators if one.status == "excused"]
    if outside is not None:
        first = Told(
            f"{outside.words.zh}，文件没有设门槛，不作总体判断；以下指标仅供参考",
            f"{outside.words.en}, for which the document sets no threshold: no verdict on the "
            "whole; the indicators below are for information",
        )
        return Judgement("not_applicable", outside.reason, (first, *failing, *open_, *excused))
    doubtful = [
        Told(f"核心指标无法判断：{one.zh}", f"the core indicator cannot be judged: {one.en}")
        for one in doubts
    ]
    if failing:
        core = any(one.status == "not_met" and one.kind == "core" for one in indicators)
        reason: VerdictReason = "core_not_met" if core else "indicator_not_met"
        return Judgement("not_met", reason, (*failing, *doubtful, *open_, *excused))
    if doubts or open_:
        return Judgement("cannot_judge", _why(indicators, doubts), (*doubtful, *open_, *excused))
    return Judgement("met", None, (_MET, *excused))


_MET = Told(
    "核心指标和其他必须达到的指标均已达到，引导指标已达到或附有说明",
    "the core indicator and the others that must be reached are met, guiding ones are met or "
    "explained",
)


def _why(indicators: Sequence[IndicatorResult], doubts: Sequence[Doubt]) -> VerdictReason:
    if doubts:
        return min((one.reason for one in doubts), key=_FIRST.index)
    missing = any(one.status == "missing" for one in indicators)
    return "data_missing" if missing else "reading_undefined"


def _reason(one: IndicatorResult) -> Told:
    duty = Told() if one.duty == "mandatory" else _EXPLAIN[one.status]
    kind, state, numbers = KINDS[one.kind], STATUSES[one.status], _numbers(one)
    return Told(
        f"{kind}“{one.name}”{state}{numbers}{duty}",
        f"{kind.en} “{one.name.en}” {state.en}{numbers.en}{duty.en}",
    )


def _numbers(one: IndicatorResult) -> Told:
    if one.status != "not_met" or one.value is None or one.threshold is None:
        return Told()
    value, limit = shown(one.value, one.unit), shown(one.threshold, one.unit)
    # A hair's breadth is shown whole.
    told = Told(f"{one.value:.10g}") if value.zh == limit.zh else value
    sign = sign_words(one.operator)
    return Told(f"：{told}，要求 {sign.zh} {limit}", f": {told.en}, to be {sign.en} {limit.en}")


_EXPLAIN: dict[IndicatorStatus, Told] = {
    "met": Told(),
    "not_met": Told(
        "；没有说明（引导指标不具备条件的，可附理由说明）",
        "; not explained (a guiding indicator may be explained where conditions are lacking)",
    ),
    "missing": Told("（补充数据，或附理由说明）", " (add the data, or explain)"),
    "excused": Told(),
    "undefined": Told(
        "（请主管部门明确口径，或附理由说明）",
        " (ask the authority for the definition, or explain)",
    ),
}
