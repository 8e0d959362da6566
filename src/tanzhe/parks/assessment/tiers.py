"""Which indicators of a rule set apply to a park: tiers by the year's energy."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from tanzhe.errors import Words
from tanzhe.model.rules import Condition, Indicator, RuleSet
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.assessment.measured import tier_value
from tanzhe.quantity import Unit


@dataclass(frozen=True, kw_only=True)
class Tiers:
    """The indicators of a rule set as they bear on one park.

    Attributes:
        applying: to be judged, in the order of the document.
        without_tier: one indicator for each measure that has tiers of which none applies.
        unknown: one indicator for each measure whose tier the ledgers cannot tell.
        core: the core indicator that applies, or None.
    """

    applying: tuple[Indicator, ...]
    without_tier: tuple[Indicator, ...]
    unknown: tuple[Indicator, ...]

    @property
    def core(self) -> Indicator | None:
        """The core indicator that applies, emissions per energy before others, or None."""
        found = [one for one in self.applying if one.kind == "core"]
        return min(found, key=lambda one: one.measure != "emission_per_energy", default=None)

    @property
    def below_core(self) -> Indicator | None:
        """A core indicator of which no tier applies, or None."""
        return next((one for one in self.without_tier if one.kind == "core"), None)


def tiers_of(rules: RuleSet, use: EnergyUse) -> Tiers:
    """The indicators that apply.

    Args:
        rules: the rule set.
        use: the park's consumption; bounds are compared to the gram, so 200,000 tce is inside.
    """
    states = [(one, _holds(one.condition, use)) for one in rules.indicators]
    judged = {_family(one) for one, state in states if state is not False}
    without: dict[str, Indicator] = {}
    for one, _ in states:
        if _family(one) not in judged:
            without.setdefault(_family(one), one)
    unknown = {_family(one): one for one, state in reversed(states) if state is None}
    return Tiers(
        applying=tuple(one for one, state in states if state),
        without_tier=tuple(without.values()),
        unknown=tuple(reversed(unknown.values())),
    )


def _family(one: Indicator) -> str:
    return f"{one.kind} {one.measure or one.id}"


def _holds(condition: Condition | None, use: EnergyUse) -> bool | None:
    if condition is None:
        return True
    value = tier_value(condition.measure, use)
    unit = Unit.known(condition.unit)
    if value is None or unit is None or unit.dimension is not value.unit.dimension:
        return None
    return condition.holds(round(value.to(unit).value, 9))


class Outside(NamedTuple):
    """Why no tier of the core indicator applies, in one word and in a sentence."""

    reason: Literal["below_threshold", "outside_tiers"]
    words: Words


def outside(rules: RuleSet, use: EnergyUse) -> Outside:
    """Why no tier of the core indicator applies, e.g. below 200,000 tce."""
    lows = [one.condition for one in rules.indicators if one.kind == "core" and one.condition]
    lowest = min(lows, key=lambda c: c.at_least or 0.0, default=None)
    used = f"年综合能源消费量 {use.total:,.1f} tce"
    if lowest is not None and lowest.at_least and not _reaches(lowest, use):
        bound = f"{lowest.at_least:,.10g} {lowest.unit}"
        words = Words(f"{used}，不足 {bound}", f"{use.total:,.1f} tce, below {bound}")
        return Outside("below_threshold", words)
    words = Words(f"{used} 不在各档之内", f"{use.total:,.1f} tce is outside the tiers")
    return Outside("outside_tiers", words)


def _reaches(condition: Condition, use: EnergyUse) -> bool:
    return bool(_holds(condition.model_copy(update={"below": None}), use))
