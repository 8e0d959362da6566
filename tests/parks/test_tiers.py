"""Which indicators apply: every bound of every rule set just below, at and just above."""

import pytest

from tanzhe.model.park import HeatRow, ParkYear
from tanzhe.model.rules import Condition, Indicator, RuleSet
from tanzhe.model.verdict import UnknownFigure
from tanzhe.parks.account.account import account
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.assessment.judging import judged_by
from tanzhe.parks.assessment.tiers import outside, tiers_of
from tanzhe.quantity import Unit
from tanzhe.rulebook import rule_set
from tanzhe.rulebook.rule_sets import rule_set_ids

RULES = rule_set("cn-yn-2025-987")
CORE = next(one for one in RULES.indicators if one.kind == "core")
GRAM = 1e-6
UNKNOWN = UnknownFigure(row="X1", field="gj", what="某行", source="heat", tco2=0, tce=1)


def using(tce: float, *, fossil: bool = False, **more: object) -> EnergyUse:
    """A park that uses bought heat and nothing else."""
    row = HeatRow(id="R1", direction="in", gj=tce * 29.3076, fossil=fossil)
    park = ParkYear(name="甲", region="CN-YN", year=2025, equivalence_kgce_per_kwh=0.3, heat=(row,))
    return EnergyUse(account(park.model_copy(update=more)))


def tier(id: str, low: float | None, high: float | None, **more: object) -> Indicator:
    told = {"measure": "energy_tce", "at_least": low, "below": high, "unit": "tce"}
    return CORE.model_copy(
        update={"id": id, "condition": Condition(**{**told, **more})}  # type: ignore[arg-type]
    )


def rules(*indicators: Indicator) -> RuleSet:
    return RULES.model_copy(update={"indicators": indicators})


@pytest.mark.parametrize("id", rule_set_ids())
def test_each_bound_of_a_rule_set_on_both_sides(id: str) -> None:
    found = rule_set(id)
    held = [one.condition for one in found.indicators]
    assert all(one is None or one.measure == "energy_tce" for one in held)

    def size(one: Condition) -> float:
        return Unit.parse(one.unit).size / Unit.TCE.size

    bounds = {
        round(bound * size(one)) for one in held if one
        for bound in (one.at_least, one.below) if bound
    }  # fmt: skip
    for value in (v for bound in bounds for v in (bound - GRAM, bound, bound + GRAM)):
        use = using(value)
        assert use.total == round(value, 6)
        applying = [
            one for one, on in zip(found.indicators, held, strict=True)
            if on is None or ((on.at_least or 0) * size(on) <= value
                              and (on.below is None or value < on.below * size(on)))
        ]  # fmt: skip
        tiers = tiers_of(found, use)
        assert list(tiers.applying) == applying
        without = {one.measure for one in found.indicators} - {one.measure for one in applying}
        assert [one.measure for one in tiers.without_tier] == list(dict.fromkeys(
            one.measure for one in found.indicators if one.measure in without))  # fmt: skip
        assert tiers.unknown == ()
        core = [one for one in applying if one.kind == "core"]
        assert (tiers.core, tiers.below_core is None) == ((core or [None])[0], bool(core))


LOW, HIGH = tier("low", 2e5, 1e6), tier("high", 1e6, 2e6)


@pytest.mark.parametrize("order", [(LOW, HIGH), (HIGH, LOW)])
@pytest.mark.parametrize(
    ("tce", "reason", "words"),
    [
        (1e5, "below_threshold", "不足 200,000 tce"),
        (2e5 - GRAM, "below_threshold", "不足 200,000 tce"),
        (2e6, "outside_tiers", "不在各档之内"),
        (3e6, "outside_tiers", "不在各档之内"),
    ],
)
def test_why_no_tier_applies(
    order: tuple[Indicator, ...], tce: float, reason: str, words: str
) -> None:
    found = outside(rules(*order), using(tce))
    assert found.reason == reason and words in found.words.zh
    judged = judged_by(rules(*order), using(tce).account, ())
    assert (judged.verdict, judged.reason) == ("not_applicable", reason)
    assert (judged.core, judged.core_status) == (None, None)
    (one,) = judged.indicators
    assert (one.status, one.threshold, one.gap, one.readings) == ("undefined", None, None, ())
    assert "不在文件所设的各档之内" in one.notes[-1]


def test_between_two_tiers_of_which_one_has_no_lower_bound() -> None:
    either = rules(tier("small", None, 1e5), tier("large", 1e6, None))
    assert outside(either, using(5e5)).reason == "outside_tiers"
    assert outside(rules(tier("zero", 0.0, 1e5)), using(5e5)).reason == "outside_tiers"
    assert outside(rules(tier("tiny", 0.05, 0.08)), using(0.04)).reason == "below_threshold"
    both = rules(tier("none", None, 0.01), tier("tiny", 0.05, 0.08))
    assert outside(both, using(0.04)).reason == "outside_tiers"


def test_bounds_of_another_unit_are_met_to_the_ninth_digit() -> None:
    use = using(200_000.123456)  # 20.0000123456
    ids = [
        one.id for one in tiers_of(
            rules(
                tier("at", 20.000012346, None, unit="万tce"),
                tier("above", 20.000012347, None, unit="万tce"),
                tier("below", None, 20.000012346, unit="万tce"),
            ), use,
        ).applying
    ]  # fmt: skip
    assert ids == ["at"]
    for tce, holds in ((200_000.0, True), (200_000 - 10 * GRAM, False)):
        found = tiers_of(rules(tier("yunnan", 20.0, None, unit="万tce")), using(tce))
        assert bool(found.applying) is holds


@pytest.mark.parametrize(
    "untold",
    [{"measure": "floor_area"}, {"unit": "亩"}, {"unit": "t"}, {"measure": "clean_energy"}],
)
def test_a_tier_that_the_ledgers_cannot_tell(untold: dict[str, str]) -> None:
    first, second = tier("first", 0.0, 1.0, **untold), tier("second", 1.0, None, **untold)
    found = tiers_of(rules(first, second, LOW), using(5e5))
    assert (found.applying, found.unknown, found.without_tier) == ((LOW,), (first,), ())
    guiding = first.model_copy(update={"kind": "guiding", "id": "guiding"})
    found = tiers_of(rules(guiding, first, second), using(5e5))
    assert (found.applying, found.unknown) == ((), (guiding, first))
    # Nobody can say whether it applies; where data are missing, they can once they are there.
    (told,) = judged_by(rules(first), using(5e5).account, ()).indicators
    assert (told.status, told.threshold is None) == ("undefined", False)
    assert "适用条件" in told.notes[-1]
    missing = using(5e5, unknown=(UNKNOWN,)).account
    (told,) = judged_by(rules(first), missing, ()).indicators
    assert (told.status, told.threshold) == ("missing", None)
    doubtful = using(5e5, equivalence_kgce_per_kwh=0.6).account
    assert doubtful.doubts
    (told,) = judged_by(rules(first), doubtful, ()).indicators
    assert (told.status, told.threshold) == ("missing", None)


def test_results_stand_in_the_order_of_the_document() -> None:
    free = CORE.model_copy(update={"id": "free", "kind": "guiding", "condition": None})
    untold = tier("untold", 0.0, 1.0, measure="floor_area").model_copy(
        update={"kind": "other", "measure": "x"}
    )
    below = tier("below", 1e9, None).model_copy(update={"kind": "characteristic"})
    for order in ((free, untold, below, LOW), (below, LOW, untold, free)):
        judged = judged_by(rules(*order), using(5e5).account, ())
        assert [one.id for one in judged.indicators] == [one.id for one in order]
        assert judged.core == LOW
        assert judged.core_status == next(o.status for o in judged.indicators if o.id == "low")
