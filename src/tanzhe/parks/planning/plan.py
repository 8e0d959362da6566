"""The cheapest measures with which a park meets its thresholds, or why none do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.model import Note
from tanzhe.model.park import Assessment, ParkYear
from tanzhe.model.plan import Alternative, Binding, Plan, PlannedMeasure
from tanzhe.model.rules import Condition, RuleSet
from tanzhe.model.told import Told
from tanzhe.notes import note_of
from tanzhe.parks.assessment.indicators import Threshold
from tanzhe.parks.assessment.outlook import next_review
from tanzhe.parks.measures.fields import MONTH
from tanzhe.parks.measures.file import MeasureFile
from tanzhe.parks.planning.binding import bindings
from tanzhe.parks.planning.changes import applied
from tanzhe.parks.planning.obstacles import Obstacles, obstacles
from tanzhe.parks.planning.program import Program, Solution, solve
from tanzhe.parks.planning.ratios import at
from tanzhe.parks.planning.targets import changes_of
from tanzhe.parks.planning.thresholds import (
    Demand,
    Reach,
    conditions_of,
    demands_of,
    program_of,
    reach_of,
)
from tanzhe.parks.planning.undecided import undecided
from tanzhe.parks.planning.whatif import green_share
from tanzhe.parks.terms import LEDGERS
from tanzhe.quantity import Quantity, Unit
from tanzhe.rulebook import rule_value

DIRECT_SUPPLY = "direct_supply_share"
_MOST_ALTERNATIVES = 12
_ALTERNATIVE_GAP = 1e-4  # the plan itself is the cheapest; an alternative may cost 0.01 % more
_WAN = 1e4  # yuan in 万元
_TAKEN = 1e-9  # share of a measure's potential that is nothing

Judge = Callable[[ParkYear], Assessment]


class _Found(NamedTuple):
    """A tier's program and its cheapest solution."""

    condition: Condition | None
    demands: tuple[Demand, ...]
    program: Program
    solution: Solution


@dataclass(frozen=True, kw_only=True)
class _Question:
    """What is asked: a park, its measures, and what counts as meeting."""

    before: Assessment
    reach: Reach
    rules: RuleSet
    judge: Judge
    guiding: bool
    direct_supply: bool
    late: frozenset[int]

    def demands(self, condition: Condition | None) -> tuple[Demand, ...]:
        """The demands of a tier, and direct supply where it was asked for."""
        park = self.before.park
        found = demands_of(park, self.rules, condition, guiding=self.guiding)
        return (*found, _direct_supply(park)) if self.direct_supply else found

    def program(self, condition: Condition | None, banned: frozenset[int]) -> Program:
        """The program of a tier."""
        return program_of(self.reach, self.demands(condition), condition, self.late | banned)

    def cheapest(self, banned: frozenset[int] = frozenset(), *, gap: float = 0.0) -> _Found | None:
        """The cheapest plan over the tiers a plan may end in."""
        best: _Found | None = None
        for condition in conditions_of(self.rules):
            program = self.program(condition, banned)
            solution = solve(program, gap=gap)
            if solution and (best is None or solution.cost < best.solution.cost):
                best = _Found(condition, self.demands(condition), program, solution)
        return best

    def planned(self, solution: Solution) -> tuple[PlannedMeasure, ...]:
        """The measures of a solution that are taken."""
        return tuple(
            self._measure(number, float(amount))
            for number, amount in enumerate(solution.amounts[: len(self.reach.changes)])
            if amount > _TAKEN * self.reach.changes[number].measure.potential
        )

    def _measure(self, number: int, amount: float) -> PlannedMeasure:
        measure, slopes = self.reach.changes[number].measure, self.reach.slopes[:, number]
        return PlannedMeasure(
            name=measure.name,
            kind=measure.kind,
            amount=amount,
            unit=measure.unit,
            share_of_potential=amount / measure.potential,
            cost_wan_yuan=measure.unit_cost_yuan * amount / _WAN + measure.fixed_cost_wan_yuan,
            tco2=float(slopes[at("tco2")] * amount),
            tce=float(slopes[at("tce")] * amount),
        )

    def after(self, solution: Solution) -> Assessment:
        """The park with the measures, by the same accounting."""
        amounts = [
            amount if amount > _TAKEN * change.measure.potential else 0.0
            for change, amount in zip(
                self.reach.changes, map(float, solution.amounts), strict=False
            )
        ]
        return self.judge(applied(self.before.park, self.reach.changes, amounts))


def plan_park(
    before: Assessment,
    file: MeasureFile,
    rules: RuleSet,
    *,
    judge: Judge,
    by: str | None = None,
    guiding: bool = False,
    direct_supply: bool = False,
) -> Plan:
    """The cheapest measures with which a park meets its thresholds.

    Args:
        before: the park as it is.
        file: measures with costs a year and potentials, from `read_measures`.
        rules: the rule set that `before` was judged by.
        judge: assesses a park by that rule set.
        by: month (YYYY-MM) by which measures must work; later ones are left out. The rule set's
            next review when left out.
        guiding: whether indicators that may be explained must be met too.
        direct_supply: whether half of the power must be supplied directly, as the method asks in
            principle.

    Returns:
        Measures with amounts, the park after them by the same accounting, what binds the plan,
        and alternatives; or what cannot be met and by how much.

    Raises:
        InputError: every fault of the measures.

    Note:
        The core indicator E / W <= L is linear within a tier, E - L W <= 0, and each tier that a
        plan could end in is solved by itself; a plan that falls below the lowest tier meets
        nothing. Example and method: docs/parks/plan.md.
    """
    changes = changes_of(before.park, file, rules)
    _check_month(by)
    _check_ledgers(before)
    review = next_review(rules, before.park.year)
    by = by or (review.date[:7] if review else None)
    late = frozenset(i for i, c in enumerate(changes) if _late(c.measure.ready, by))
    question = _Question(
        before=before,
        reach=reach_of(before.park, changes),
        rules=rules,
        judge=judge,
        guiding=guiding,
        direct_supply=direct_supply,
        late=late,
    )
    told = Plan(
        status="not_applicable",
        tier=before.tier,
        by=by,
        cost_wan_yuan=None,
        too_late=tuple(changes[i].measure.name for i in sorted(late)),
        before=before,
        green=green_share(before),
        notes=(*_COSTS, *_blank(file)),
    )
    if before.verdict == "not_applicable":
        return told.model_copy(update={"open": undecided(before, ())})
    found = question.cheapest()
    return _planned(question, told, found) if found else _infeasible(question, told)


def _check_month(by: str | None) -> None:
    if by is not None and not MONTH.fullmatch(by):
        raise InputError(fault_of("parks.plan.check_month", by=by, where="--by"))


def _check_ledgers(before: Assessment) -> None:
    """Totals that are incomplete or in doubt: a plan over them would promise too much."""
    absent = [
        fault_of("parks.plan.check_ledgers", ledger=Words(LEDGERS[key], key), where=key)
        for key in before.park.absent_ledgers
    ]
    absent += [
        Fault(
            Words(
                f"缺{one.what}，合计不完整，求不出可信的方案",
                f"{one.what.en} is missing: over incomplete totals no plan can be trusted",
            ),
            Words("请补上再求方案", "Add it first"),
            where=f"{one.row}.{one.field}",
        )
        for one in before.park.unknown
    ]
    doubtful = [
        Fault(
            Words(one.zh, one.en), Words("请改正后再求方案", "Mend this first"), where=one.rows[0]
        )
        for one in before.doubts
    ]
    refuse([*absent, *doubtful])


def _late(ready: str | None, by: str | None) -> bool:
    return ready is not None and by is not None and ready > by


def _direct_supply(park: ParkYear) -> Demand:
    rule = rule_value(f"annex4.{DIRECT_SUPPLY}", year=park.year, overrides=park.overrides).value
    least = Quantity(rule.value, Unit.parse(rule.unit)).to(Unit.ONE).value
    return Demand(
        id=DIRECT_SUPPLY,
        name=Told(rule.name, "share of power supplied directly"),
        threshold=Threshold(operator=">=", value=least, unit=Unit.ONE.text),
        above=at("direct"),
        below=at("used"),
    )


def _planned(question: _Question, told: Plan, found: _Found) -> Plan:
    measures = question.planned(found.solution)
    after = question.after(found.solution)
    taken = {one.name for one in measures}
    return told.model_copy(
        update={
            "status": "planned" if measures else "already_met",
            "tier": after.tier,
            "cost_wan_yuan": found.solution.cost / _WAN,
            "measures": measures,
            "unused": _unused(question, taken),
            "after": after,
            "binding": _binding(question, found) if measures else (),
            "alternatives": _alternatives(question, taken),
            "open": undecided(after, [demand.id for demand in found.demands]),
            "notes": (*told.notes, *_doubts(found, after), *_moved(told.before, after)),
        }
    )


def _binding(question: _Question, found: _Found) -> tuple[Binding, ...]:
    return bindings(question.reach, found.program, found.solution, found.demands)


def _unused(question: _Question, taken: set[str]) -> tuple[str, ...]:
    changes = question.reach.changes
    names = [c.measure.name for i, c in enumerate(changes) if i not in question.late]
    return tuple(name for name in names if name not in taken)


def _alternatives(question: _Question, taken: set[str]) -> tuple[Alternative, ...]:
    """For each chosen measure the cheapest plan without it, cheapest first, impossible ones last.

    Every other set of measures lacks one of the chosen ones or only adds to them, so the first is
    the next cheapest plan that differs in a measure.
    """
    changes = question.reach.changes
    chosen = [i for i, c in enumerate(changes) if c.measure.name in taken][:_MOST_ALTERNATIVES]
    found = []
    for number in chosen:
        other = question.cheapest(frozenset({number}), gap=_ALTERNATIVE_GAP)
        found.append(
            Alternative(
                without=changes[number].measure.name,
                cost_wan_yuan=other.solution.cost / _WAN if other else None,
                measures=question.planned(other.solution) if other else (),
            )
        )
    return tuple(sorted(found, key=lambda a: (a.cost_wan_yuan is None, a.cost_wan_yuan or 0.0)))


def _infeasible(question: _Question, told: Plan) -> Plan:
    """Nothing meets all thresholds in the tier the park is in: what fails, and by how much."""
    condition = _tier_of(question)
    demands = question.demands(condition)
    program = question.program(condition, frozenset())
    met: Obstacles = obstacles(question.reach, program, demands)
    after = question.after(met.nearest)
    best = question.after(met.lowest) if met.lowest is not None else after
    return told.model_copy(
        update={
            "status": "infeasible",
            "measures": question.planned(met.nearest),
            "after": after,
            "unreachable": met.told(best),
            "left_by_source": _left(best),
            "open": undecided(after, [demand.id for demand in demands]),
        }
    )


def _tier_of(question: _Question) -> Condition | None:
    tier = next((i for i in question.rules.indicators if i.id == question.before.tier), None)
    return tier.condition if tier is not None else conditions_of(question.rules)[0]


def _left(best: Assessment) -> dict[str, float]:
    told = best.emissions.model_dump(exclude={"total"})
    return {source: tco2 for source, tco2 in told.items() if tco2}


_COSTS = (note_of("plan_costs"),)


def _blank(file: MeasureFile) -> tuple[Note, ...]:
    if not file.blank:
        return ()
    names = "、".join(file.blank)
    return (note_of("plan_blank_measures", names=names),)


def _doubts(found: _Found, after: Assessment) -> tuple[Note, ...]:
    """Says so, should the accounting not confirm what the solver found."""
    failed = [
        one.name
        for one in after.indicators
        if one.status != "met" and one.id in {demand.id for demand in found.demands}
    ]
    if not failed:
        return ()
    names = "、".join(failed)
    return (note_of("plan_not_confirmed", names=names),)


def _moved(before: Assessment, after: Assessment) -> tuple[Note, ...]:
    if before.tier == after.tier:
        return ()
    return (note_of("plan_moves_tier", before=before.energy_tce, after=after.energy_tce),)
