"""All indicators of a rule set judged for one account, and the whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tanzhe.model.park import IndicatorResult, IndicatorStatus, ProductResult
from tanzhe.model.rules import Indicator, RuleSet
from tanzhe.model.told import Told
from tanzhe.model.verdict import Verdict, VerdictReason
from tanzhe.parks.account.account import Account
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.account.unknown import is_incomplete
from tanzhe.parks.assessment.indicators import judged, unjudged
from tanzhe.parks.assessment.product_indicator import MEASURE, by_products
from tanzhe.parks.assessment.tiers import Tiers, outside, tiers_of
from tanzhe.parks.assessment.verdict import verdict_of


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a rule set says of an account.

    Attributes:
        core: the core indicator that applies, or None.
        indicators: all that bear on the park, in the order of the document.
        verdict: the whole.
        reason: in one word.
        reasons: sentences.
    """

    core: Indicator | None
    indicators: tuple[IndicatorResult, ...]
    verdict: Verdict
    reason: VerdictReason | None
    reasons: tuple[Told, ...]

    @property
    def core_status(self) -> IndicatorStatus | None:
        """State of the core indicator, or None where no tier applies."""
        found = (one.status for one in self.indicators if self.core and one.id == self.core.id)
        return next(found, None)


def judged_by(rules: RuleSet, account: Account, products: Sequence[ProductResult]) -> Judged:
    """An account judged by a rule set whose thresholds are those of the year.

    Args:
        rules: the rule set.
        account: of the park's year.
        products: the energy of its products, judged by their standards.
    """
    use = EnergyUse(account)
    tiers = tiers_of(rules, use)
    indicators = _indicators(rules, tiers, use, products)
    beyond = outside(rules, use) if tiers.core is None and tiers.below_core else None
    whole = verdict_of(indicators, outside=beyond, doubts=account.doubts)
    return Judged(
        core=tiers.core,
        indicators=indicators,
        verdict=whole.verdict,
        reason=whole.reason,
        reasons=whole.reasons,
    )


def _indicators(
    rules: RuleSet, tiers: Tiers, use: EnergyUse, products: Sequence[ProductResult]
) -> tuple[IndicatorResult, ...]:
    """All that bear on the park, in the order of the document."""
    place = {one.id: at for at, one in enumerate(rules.indicators)}
    found = [
        *_without_tier(tiers, use),
        *(_judged(one, use, products) for one in tiers.applying),
        *(_unknown(one, use) for one in tiers.unknown),
    ]
    return tuple(sorted(found, key=lambda one: place[one.id]))


def _judged(one: Indicator, use: EnergyUse, products: Sequence[ProductResult]) -> IndicatorResult:
    """By the ledgers; the energy of products by their own ledger where the park keeps one."""
    result = judged(one, use)
    if one.measure == MEASURE and products:
        return by_products(one, result, use.account.park, products)
    return result


def _without_tier(tiers: Tiers, use: EnergyUse) -> Iterator[IndicatorResult]:
    """An indicator whose tiers all exclude the park: its value, and no threshold."""
    for one in tiers.without_tier:
        result = judged(one, use)
        yield result.model_copy(
            update={
                "threshold": None,
                "status": "undefined",
                "gap": None,
                "readings": (),
                "notes": (*result.notes, _NO_TIER),
            }
        )


def _unknown(one: Indicator, use: EnergyUse) -> IndicatorResult:
    """An indicator whose tier the ledgers cannot tell: data are missing, or nobody knows how."""
    if is_incomplete(use.account.park) or use.account.doubts:
        return judged(one, use).model_copy(update={"threshold": None})
    return unjudged(one).model_copy(update={"status": "undefined", "notes": (_UNTOLD,)})


_NO_TIER = Told(
    "园区不在文件所设的各档之内，没有门槛，不作判断",
    "the park is in none of the document's tiers: no threshold, no judgement",
)
_UNTOLD = Told(
    "适用条件所看的量无法由台账得出，请人工判断是否适用",
    "the ledgers do not tell whether it applies: somebody has to decide that",
)
