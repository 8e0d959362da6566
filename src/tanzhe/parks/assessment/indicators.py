"""One indicator judged: value, threshold, gap, formula, and one of five states."""

import re
from dataclasses import dataclass

from tanzhe.model.park import IndicatorEntry, IndicatorResult, IndicatorStatus, ParkYear, Reading
from tanzhe.model.rules import Indicator
from tanzhe.model.told import Told, row_of
from tanzhe.operators import Operator, sign_words
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.assessment.measured import Measured, measured
from tanzhe.quantity import Dimension, Quantity, Unit

# Units of results by what they measure; all others stay as the rule set has them.
_UNITS = {
    Dimension.SHARE: Unit.ONE,
    Dimension.INTENSITY_ENERGY: Unit.T_CO2_PER_TCE,
    Dimension.ENERGY: Unit.TCE,
    Dimension.CO2: Unit.T_CO2,
}
_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """What a value is compared with: shares from 0 to 1, energy in tce, CO2 in t."""

    operator: Operator
    value: float
    unit: str

    def met(self, value: float) -> bool:
        """Whether a value is on the right side; equal counts for <=, >= and ==."""
        gap = round(value - self.value, _DIGITS)
        match self.operator:
            case "<=" | "at_least_level":
                return gap <= 0
            case ">=":
                return gap >= 0
            case "==":
                return gap == 0
            case "<":
                return gap < 0
            case ">":
                return gap > 0

    def gap(self, value: float) -> float:
        """How far a value is on the wrong side; 0 when met."""
        return 0.0 if self.met(value) else abs(round(value - self.value, _DIGITS))

    def status(self, value: float) -> IndicatorStatus:
        """Met or not met."""
        return "met" if self.met(value) else "not_met"


def threshold_of(indicator: Indicator) -> Threshold:
    """The threshold in the units of results.

    Example:
        >>> from tanzhe.rulebook import rule_set
        >>> clean = rule_set("cn-yn-2025-987").indicators[2]
        >>> threshold_of(clean).value, threshold_of(clean).unit
        (0.9, '1')
    """
    unit = Unit.known(indicator.unit)
    if unit is None:  # a draft nobody confirmed may have any unit
        return Threshold(
            operator=indicator.operator, value=indicator.threshold, unit=indicator.unit
        )
    shown = _UNITS.get(unit.dimension, unit)
    value = Quantity(indicator.threshold, unit).to(shown).value
    return Threshold(operator=indicator.operator, value=round(value, _DIGITS), unit=shown.text)


def judged(indicator: Indicator, use: EnergyUse) -> IndicatorResult:
    """An indicator judged by the ledgers where they tell, else by what the park states.

    Args:
        indicator: one that applies to the park.
        use: the park's consumption.

    Returns:
        Missing values stay missing; an explanation stands in only where the rule set allows it.
    """
    park = use.account.park
    entry = entry_of(park, indicator)
    found = measured(indicator.measure or "", use)
    result = _by_ledger(indicator, found, entry) if found else _by_statement(indicator, entry)
    return excused(indicator, result, park)


def entry_of(park: ParkYear, indicator: Indicator) -> IndicatorEntry | None:
    """What the park states for an indicator, by its id or else by its measure."""
    return park.indicators.get(indicator.id) or park.indicators.get(indicator.measure or "")


def unjudged(indicator: Indicator) -> IndicatorResult:
    """An indicator before anything is known of its value: missing, with its own notes."""
    threshold = threshold_of(indicator)
    return IndicatorResult(
        id=indicator.id,
        name=indicator.told,
        kind=indicator.kind,
        duty=indicator.duty,
        operator=indicator.operator,
        value=None,
        threshold=threshold.value,
        unit=threshold.unit,
        status="missing",
        gap=None,
        formula=Told(),
        notes=_own_notes(indicator),
    )


def _own_notes(indicator: Indicator) -> tuple[Told, ...]:
    note = Told(indicator.note, indicator.note_en or None)
    return tuple(one for one in (note, _UNCHECKED if indicator.checked is None else Told()) if one)


_UNCHECKED = Told(
    "这一条尚未与官方原文核对", "this one was not yet compared with the official text"
)
_BY_LEDGER = Told("按台账计算", "computed from the ledgers")


def _by_ledger(
    indicator: Indicator, found: tuple[Measured, ...], entry: IndicatorEntry | None
) -> IndicatorResult:
    threshold, base = threshold_of(indicator), unjudged(indicator)
    readings = tuple(_reading(one, threshold) for one in found) if len(found) > 1 else ()
    first = found[0]
    states = {_status(one, threshold) for one in found}
    status: IndicatorStatus = states.pop() if len(states) == 1 else "undefined"
    if first.value is not None and first.unit.text != threshold.unit:
        return _other_unit(base, first)
    known = first.value is not None and status != "undefined"
    return base.model_copy(
        update={
            "value": first.value,
            "status": status,
            "gap": threshold.gap(first.value or 0.0) if known else None,
            "formula": row_of(map(_named, found), "；", "; "),
            "evidence": _BY_LEDGER,
            "readings": readings,
            "notes": (*base.notes, *_beside(entry, status, threshold)),
        }
    )


def _named(one: Measured) -> Told:
    """The formula behind the name of its reading."""
    if not one.name:
        return one.formula
    return Told(f"{one.name}：{one.formula}", f"{one.name.en}: {one.formula.en}")


def _other_unit(base: IndicatorResult, found: Measured) -> IndicatorResult:
    """A draft's threshold in a unit the ledgers do not tell."""
    note = Told(
        f"门槛单位“{base.unit}”与台账所得单位“{found.unit.text}”不是一类，请复核指标体系",
        f"the threshold is in “{base.unit}”, the ledgers tell “{found.unit.text}”, which is of "
        "another kind: review the rule set",
    )
    return base.model_copy(
        update={
            "status": "undefined",
            "formula": found.formula,
            "evidence": _BY_LEDGER,
            "notes": (*base.notes, note),
        }
    )


def _status(one: Measured, threshold: Threshold) -> IndicatorStatus:
    return "missing" if one.value is None else threshold.status(one.value)


def _reading(one: Measured, threshold: Threshold) -> Reading:
    status = _status(one, threshold)
    return Reading(name=one.name, value=one.value, status=status, formula=one.formula)


def _beside(
    entry: IndicatorEntry | None, status: IndicatorStatus, threshold: Threshold
) -> tuple[Told, ...]:
    """What is said when a park states a value for what the ledgers tell."""
    open_ = (_TWO_READINGS,) if status == "undefined" else ()
    if entry is None or entry.value is None:
        return open_
    proof = Told("，没有凭证", ", no proof")
    if entry.evidence:
        proof = Told(f"，凭证：{entry.evidence}", f", proof: {entry.evidence}")
    differs = Told()
    if threshold.status(entry.value) != status:
        differs = Told("，与台账结论不同", ", which the ledgers contradict")
    told = Told(
        f"园区填报 {entry.value:g}{proof}{differs}；以台账计算为准，填报值只并列显示",
        f"the park states {entry.value:g}{proof.en}{differs.en}; the ledgers decide, the stated "
        "value is shown beside",
    )
    return (*open_, told)


_TWO_READINGS = Told(
    "文件没有定义口径，两种读法结论不同", "the document defines it not, and two readings disagree"
)


def _by_statement(indicator: Indicator, entry: IndicatorEntry | None) -> IndicatorResult:
    base, threshold = unjudged(indicator), threshold_of(indicator)
    if entry is None or entry.value is None:
        evidence = entry.evidence if entry else ""
        silent = Told("没有填报", "not stated")
        return base.model_copy(update={"formula": silent, "evidence": Told(evidence)})
    met = threshold.met(entry.value)
    state = Told("满足", "which is") if met else Told("不满足", "which is not")
    sign, limit = sign_words(threshold.operator), shown(threshold.value, threshold.unit)
    value = shown(entry.value, threshold.unit)
    told = Told(
        f"园区填报 {value}，{state} {sign.zh} {limit}",
        f"the park states {value.en}, {state.en} {sign.en} {limit.en}",
    )
    return base.model_copy(
        update={
            "value": entry.value,
            "status": threshold.status(entry.value),
            "gap": threshold.gap(entry.value),
            "formula": told,
            "evidence": Told(entry.evidence),
            "notes": base.notes if entry.evidence else (*base.notes, _NO_PROOF),
        }
    )


_NO_PROOF = Told("没有凭证", "no proof")
# Levels and pieces are counted without a word in English.
_COUNTED = re.compile(r" ?[级个项]$")


def shown(value: float, unit: str) -> Told:
    """A value for reading: shares in percent, not more digits than decide anything.

    Example:
        >>> shown(0.799, "1"), shown(0.20005, "tCO2/tce"), shown(10.0, "个")
        ('79.9%', '0.20005 tCO2/tce', '10 个')
    """
    if unit == Unit.ONE.text:
        return Told(f"{value * 100:.5g}%")
    told = f"{value:,.5g} {unit}" if abs(value) < 1e4 else f"{value:,.2f} {unit}"
    return Told(told, _COUNTED.sub("", told))


def excused(indicator: Indicator, result: IndicatorResult, park: ParkYear) -> IndicatorResult:
    """A result with the park's explanation, which stands in only where the rule set allows it."""
    reason = park.excuses.get(indicator.id) or park.excuses.get(indicator.measure or "")
    if not reason:
        return result
    if indicator.duty == "mandatory":
        note = Told(
            f"必须达到的指标，说明不能代替（说明：{reason}）",
            f"it must be reached, an explanation does not stand in for it (explained: {reason})",
        )
        return result.model_copy(update={"notes": (*result.notes, note)})
    if result.status == "met":
        return result.model_copy(update={"notes": (*result.notes, _UNUSED)})
    note = Told(f"园区说明：{reason}", f"the park explains: {reason}")
    return result.model_copy(update={"status": "excused", "notes": (*result.notes, note)})


_UNUSED = Told("已达到，说明未采用", "met; the explanation was not needed")
