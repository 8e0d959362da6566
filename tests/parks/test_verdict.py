"""The whole from its parts, each rule on both sides."""

from itertools import product

import pytest

from tanzhe.errors import Words
from tanzhe.model.park import IndicatorResult
from tanzhe.model.verdict import Doubt
from tanzhe.parks.assessment.tiers import Outside
from tanzhe.parks.assessment.verdict import verdict_of

BELOW = Outside("below_threshold", Words("年综合能源消费量不足", "below"))


def judged(status: str, **change: object) -> IndicatorResult:
    told = {
        "id": f"x_{status}", "name": f"某{status}", "kind": "guiding", "duty": "mandatory",
        "operator": ">=", "value": 0.5, "threshold": 0.8, "unit": "%", "status": status,
        "gap": None, "formula": "",
    } | change  # fmt: skip
    return IndicatorResult(**told)  # type: ignore[arg-type]


MET = judged("met", value=0.9)


@pytest.mark.parametrize(
    ("indicators", "verdict", "reason"),
    [
        ([MET], "met", None),
        ([MET, judged("excused")], "met", None),
        ([MET, judged("missing", value=None)], "cannot_judge", "data_missing"),
        ([MET, judged("undefined", value=None)], "cannot_judge", "reading_undefined"),
        ([judged("undefined"), judged("missing")], "cannot_judge", "data_missing"),
        ([MET, judged("not_met")], "not_met", "indicator_not_met"),
        ([judged("not_met", kind="core")], "not_met", "core_not_met"),
        ([judged("not_met"), judged("met", kind="core")], "not_met", "indicator_not_met"),
        ([judged("not_met", kind="core"), judged("missing")], "not_met", "core_not_met"),
    ],
)
def test_what_decides(indicators: list[IndicatorResult], verdict: str, reason: str | None) -> None:
    found = verdict_of(indicators)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_without_a_tier_nothing_is_judged() -> None:
    bare = judged("not_met", name="没有门槛", threshold=None)
    found = verdict_of(
        [judged("not_met"), bare, judged("missing"), judged("excused")], outside=BELOW
    )
    assert (found.verdict, found.reason) == ("not_applicable", "below_threshold")
    assert found.reasons[0].startswith(BELOW.words.zh)
    told = "".join(found.reasons)
    assert "某not_met" in told and "某missing" in told and "某excused" in told
    assert "没有门槛" not in told
    # With a tier it counts.
    assert "没有门槛" in "".join(verdict_of([bare]).reasons)


def test_every_reason_is_told_once_in_its_order() -> None:
    doubt = Doubt(reason="implausible_value", rows=(), zh="某行", en="a row")
    parts = [judged("excused"), judged("missing"), MET, judged("not_met")]
    told = verdict_of(parts, doubts=[doubt]).reasons
    assert [one for one in told if "某met" in one] == []
    order = ["某not_met", "某行", "某missing", "某excused"]
    assert [next(i for i, one in enumerate(told) if name in one) for name in order] == [0, 1, 2, 3]
    assert len(told) == 4
    assert verdict_of([MET], doubts=[doubt]).reason == "implausible_value"
    first = Doubt(reason="unexplained_negative_term", rows=(), zh="某扣减", en="a deduction")
    assert verdict_of([MET], doubts=[doubt, first]).reason == "unexplained_negative_term"


def test_only_who_may_explain_is_told_so() -> None:
    (must,) = verdict_of([judged("missing")]).reasons
    (may,) = verdict_of([judged("missing", duty="excusable")]).reasons
    assert "理由" not in must and "理由" in may


def test_numbers_are_told_of_what_is_not_met_only() -> None:
    (failing,) = verdict_of([judged("not_met")]).reasons
    assert "要求" in failing and "要求" not in "".join(verdict_of([judged("excused")]).reasons)
    hair = judged("not_met", value=0.79999999, unit="")
    assert "0.79999999" in verdict_of([hair]).reasons[0]


PARTS = [
    judged(status, kind=kind, threshold=threshold, name=f"{status}{kind}{threshold}")
    for status in ("met", "not_met", "missing", "undefined", "excused")
    for kind, threshold in (("core", 0.8), ("guiding", 0.8), ("guiding", None))
]
DOUBTS = [
    Doubt(reason="implausible_value", rows=(), zh="某行", en="a row"),
    Doubt(reason="unexplained_negative_term", rows=(), zh="某扣减", en="a deduction"),
]


def by_hand(
    parts: tuple[IndicatorResult, ...], doubts: tuple[Doubt, ...], below: bool
) -> tuple[str, str | None, list[str]]:
    """Verdict, reason and what each sentence is about, as the documents have it."""
    parts = tuple(one for one in parts if one.threshold is not None or not below)
    failing, missing, undefined, excused = (
        [one for one in parts if one.status == status]
        for status in ("not_met", "missing", "undefined", "excused")
    )
    open_ = [one for one in parts if one.status in ("missing", "undefined")]
    if below:
        told = [BELOW.words.zh, *(one.name for one in (*failing, *open_, *excused))]
        return "not_applicable", "below_threshold", told
    doubted = [one.zh for one in doubts]
    told = [*(one.name for one in failing), *doubted, *(one.name for one in (*open_, *excused))]
    if failing:
        core = "core" in {one.kind for one in failing}
        return "not_met", "core_not_met" if core else "indicator_not_met", told
    if doubts:
        first = [one.reason for one in doubts if one.reason == "unexplained_negative_term"]
        return "cannot_judge", first[0] if first else doubts[0].reason, told
    if missing or undefined:
        return "cannot_judge", "data_missing" if missing else "reading_undefined", told
    return "met", None, ["均已达到", *told]


@pytest.mark.parametrize("below", [False, True])
def test_every_mix_of_two_indicators_and_doubts(below: bool) -> None:
    for parts in ((), *((one,) for one in PARTS), *product(PARTS, repeat=2)):
        for doubts in ((), (DOUBTS[0],), (DOUBTS[1],), tuple(DOUBTS), tuple(DOUBTS[::-1])):
            found = verdict_of(parts, outside=BELOW if below else None, doubts=doubts)
            verdict, reason, told = by_hand(parts, doubts, below)
            assert (found.verdict, found.reason) == (verdict, reason)
            assert len(found.reasons) == len(told)
            assert all(words in one for words, one in zip(told, found.reasons, strict=True))


@pytest.mark.parametrize(
    ("value", "threshold", "numbers"),
    [
        (0.5, 0.8, "：50%，要求"), (0.79999999, 0.8, "：0.79999999，要求"),
        (None, 0.8, None), (0.5, None, None),
    ],
)  # fmt: skip
def test_the_numbers_of_what_is_not_met(
    value: float | None, threshold: float | None, numbers: str | None
) -> None:
    (told,) = verdict_of([judged("not_met", value=value, threshold=threshold, unit="1")]).reasons
    assert (numbers in told) if numbers else ("要求" not in told)
