"""Why no plan meets all thresholds: what fails, by how much at best, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tanzhe.model.park import Assessment
from tanzhe.model.plan import Unreachable
from tanzhe.model.told import Told, row_of
from tanzhe.parks.planning.changes import applied
from tanzhe.parks.planning.program import Program, Solution, least, relaxed, solve
from tanzhe.parks.planning.ratios import at, sums
from tanzhe.parks.planning.thresholds import Demand, Reach
from tanzhe.parks.terms import SOURCES
from tanzhe.quantity import Unit

_ROUNDS = 30  # the ratio converges in three to five
_STILL = 1e-12
_MISSED = 1e-7  # share of a row's scale that is a rounding


@dataclass(frozen=True, kw_only=True)
class Obstacles:
    """What stands in the way.

    Attributes:
        reach: what the measures do.
        nearest: the measures with the least violation of all thresholds together.
        lowest: the measures with the lowest core indicator, or None where it can be met.
        missed: thresholds that no combination meets by itself.
        joint: thresholds that can be met alone, but not with the others.
    """

    reach: Reach
    nearest: Solution
    lowest: Solution | None
    missed: tuple[Demand, ...]
    joint: tuple[Demand, ...]

    def told(self, best: Assessment) -> tuple[Unreachable, ...]:
        """The thresholds with their nearest values; `best`: the park at its lowest indicator."""
        return (
            *(self._missed(demand, best) for demand in self.missed),
            *(self._joint(demand) for demand in self.joint),
        )

    def _missed(self, demand: Demand, best: Assessment) -> Unreachable:
        value = self._value(demand, self.lowest if _is_core(demand) else self.nearest)
        limit = demand.threshold.value
        told = Unreachable(
            indicator=demand.id,
            name=demand.name,
            best=value,
            threshold=limit,
            unit=demand.threshold.unit,
            gap=abs(value - limit),
            why=self._told(demand, value),
        )
        if not _is_core(demand):
            return told
        excess = best.emissions.total - limit * best.energy_tce
        return told.model_copy(update={"gap_tco2": excess, "why": _why(best, limit, told.why)})

    def _told(self, demand: Demand, value: float) -> Told:
        now, limit = (_shown(number, demand) for number in (value, demand.threshold.value))
        gains = (gain for change in self.reach.changes for gain in change.gains)
        if demand.above < 0 and all(gain.indicator != demand.id for gain in gains):
            return Told(
                f"没有一项措施改善它，现为 {now}，限值 {limit}",
                f"no measure moves it: it is {now}, the limit {limit}",
            )
        return Told(
            f"所列措施最好也只能到 {now}，限值 {limit}",
            f"at best the measures reach {now}, the limit is {limit}",
        )

    def _joint(self, demand: Demand) -> Unreachable:
        value = self._value(demand, self.nearest)
        limit = demand.threshold.value
        return Unreachable(
            indicator=demand.id,
            name=demand.name,
            best=value,
            threshold=limit,
            unit=demand.threshold.unit,
            gap=abs(value - limit),
            why=_NOT_TOGETHER,
        )

    def _value(self, demand: Demand, solution: Solution | None) -> float:
        changes = self.reach.changes
        found = solution or self.nearest
        amounts = [float(a) for a in found.amounts[: len(changes)]]
        if demand.above < 0:
            gains = [
                g.amount * a
                for c, a in zip(changes, amounts, strict=True)
                for g in c.gains
                if g.indicator == demand.id
            ]
            return demand.stated + sum(gains)
        after = sums(applied(self.reach.park, changes, amounts))
        return float(after[demand.above] / after[demand.below])


_NOT_TOGETHER = Told(
    "单独可以达到，与其他条件不能同时达到", "it can be met alone, but not together with the others"
)


def obstacles(reach: Reach, program: Program, demands: Sequence[Demand]) -> Obstacles:
    """Which thresholds no combination of measures meets.

    Args:
        reach: what the measures do.
        program: of the tier the park is in; it has no solution.
        demands: its thresholds.
    """
    wider, soft = relaxed(program)
    nearest = _solved(wider)
    by_id = {demand.id: demand for demand in demands}
    missed, joint = [], []
    for number, position in enumerate(soft):
        demand = by_id[program.rows[position].name]
        if _violation(wider, _alone(wider, number, len(soft)), number, len(soft)) > _MISSED:
            missed.append(demand)
        elif _violation(wider, nearest, number, len(soft)) > _MISSED:
            joint.append(demand)
    core = next((demand for demand in missed if _is_core(demand)), None)
    return Obstacles(
        reach=reach,
        nearest=nearest,
        lowest=None if core is None else _lowest(reach, program, core),
        missed=tuple(missed),
        joint=tuple(joint),
    )


def _shown(value: float, demand: Demand) -> str:
    """A value for reading, shares in percent."""
    if demand.threshold.unit == Unit.ONE.text:
        return f"{value * 100:.6g}%"
    return f"{value:.6g} {demand.threshold.unit}"


def _is_core(demand: Demand) -> bool:
    return demand.above == at("tco2") and demand.below == at("tce")


def _solved(program: Program) -> Solution:
    """A program in which thresholds give way: taking nothing is always possible."""
    found = solve(program)
    if found is None:
        raise AssertionError("a relaxed program has a solution")
    return found


def _alone(wider: Program, number: int, count: int) -> Solution:
    """The least violation of one threshold, the others giving way freely."""
    first = len(wider.choices) - count
    choices = [
        choice if i < first or i == first + number else replace(choice, unit_cost=0.0)
        for i, choice in enumerate(wider.choices)
    ]
    return _solved(replace(wider, choices=tuple(choices)))


def _violation(wider: Program, solution: Solution, number: int, count: int) -> float:
    """How far a threshold is missed, as a share of its row's scale."""
    position = len(wider.choices) - count + number
    return float(solution.amounts[position]) * wider.choices[position].unit_cost


def _lowest(reach: Reach, program: Program, core: Demand) -> Solution:
    """The measures with the lowest quotient of emissions and energy, whatever they cost.

    Dinkelbach's method: the least E - r W for a guess r, then r = E / W there, until it stays.
    """
    laws = replace(program, rows=tuple(r for r in program.rows if r.kind != "threshold"))
    above, below = reach.slopes[core.above], reach.slopes[core.below]
    ratio = float(reach.base[core.above] / reach.base[core.below])
    best: Solution | None = None
    for _ in range(_ROUNDS):
        found = least(laws, above - ratio * below)
        if found is None:
            break
        best = found
        emissions = float(reach.base[core.above] + above @ found.amounts)
        lower = emissions / float(reach.base[core.below] + below @ found.amounts)
        if ratio - lower <= _STILL * abs(ratio):
            break
        ratio = lower
    if best is None:
        raise AssertionError("taking nothing keeps the laws of the ledgers")
    return best


def _why(best: Assessment, limit: float, told: Told) -> Told:
    """Names what is left, and sources that pass the limit by themselves."""
    told_by_source = best.emissions.model_dump()
    left = {k: told_by_source[k] for k in SOURCES if told_by_source[k] > 0}
    parts = row_of(
        Told(f"{SOURCES[k]} {v:,.1f}", f"{SOURCES[k].en} {v:,.1f}")
        for k, v in sorted(left.items(), key=lambda p: -p[1])
    )
    alone = [
        Told(
            f"{SOURCES[k]}一项就为 {v / best.energy_tce:.4f} tCO2/tce，高于限值",
            f"{SOURCES[k].en} alone is {v / best.energy_tce:.4f} tCO2/tce, above the limit",
        )
        for k, v in left.items()
        if v / best.energy_tce > limit
    ]
    green = Told() if "electricity" in left else _ALL_GREEN
    rest = Told(
        f"{told}；届时剩余排放（tCO2）：{parts}{green}",
        f"{told.en}; emissions left then (tCO2): {parts.en}{green.en}",
    )
    return row_of([rest, *alone], "；", "; ")


_ALL_GREEN = Told(
    "，电力已全部为绿电，再买绿证没有用", "; all power is green, more certificates do not help"
)
