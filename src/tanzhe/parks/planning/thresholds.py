"""The rows of a park's program: what an indicator system demands, what the ledgers hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np

from tanzhe.model.park import ParkYear
from tanzhe.model.rules import Condition, Indicator, RuleSet
from tanzhe.model.told import Told
from tanzhe.parks.assessment.indicators import Threshold, threshold_of
from tanzhe.parks.planning.changes import GRID, Change, applied, available
from tanzhe.parks.planning.gains import stated
from tanzhe.parks.planning.program import Choice, Program, Row
from tanzhe.parks.planning.ratios import BALANCES, RATIOS, at, name_of, sums
from tanzhe.quantity import Quantity, Unit
from tanzhe.solver import Vector

_PROBE = 0.5  # share of what a measure can do at which its effect is measured
_WAN = 1e4  # yuan in 万元


@dataclass(frozen=True, kw_only=True)
class Demand:
    """A threshold the plan must meet.

    Attributes:
        id: of the indicator.
        name: in Chinese.
        threshold: in the unit of results.
        above: position of the numerator among the sums; -1 where the park states the value.
        below: position of the denominator; -1 likewise.
        stated: the value the park states, where no ledger tells it.
    """

    id: str
    name: Told
    threshold: Threshold
    above: int = -1
    below: int = -1
    stated: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What measures can do in one park.

    Attributes:
        park: as it is.
        changes: of each measure.
        base: the park's sums.
        slopes: change of each sum per unit of each measure, shape (sums, measures).
        most: how much of each measure the ledgers can hold, in its own unit.
    """

    park: ParkYear
    changes: tuple[Change, ...]
    base: Vector
    slopes: Vector
    most: Vector


def reach_of(park: ParkYear, changes: Sequence[Change]) -> Reach:
    """What measures do to a park's sums, measured by the accounting itself.

    The account is linear in the ledgers' amounts, so a measure taken at half of what it can do
    tells its effect per unit. Grid power is added first where a measure needs it, so that
    certificates for power that another measure brings find something to cover.
    """
    most = _most(park, changes)
    power = np.array([c.proves + c.falls * (c.row == GRID) for c in changes])
    needs = float(power @ most)
    room = Change(measure=changes[0].measure, to=GRID, grows=1.0)
    roomy = applied(park, [room], [needs]) if needs else park
    start = sums(roomy)
    slopes = np.zeros((len(start), len(changes)))
    for number, (change, amount) in enumerate(zip(changes, most, strict=True)):
        if amount > 0:
            probe = _PROBE * amount
            slopes[:, number] = (sums(applied(roomy, [change], [probe])) - start) / probe
    return Reach(
        park=park, changes=tuple(changes), base=sums(park), slopes=slopes, most=most
    )  # fmt: skip


def _most(park: ParkYear, changes: Sequence[Change]) -> Vector:
    """How much of each measure can be taken, with all that others may add to its row."""
    held = available(park)
    for change in changes:
        if change.to:
            held[change.to] += change.grows * change.measure.potential
    found = []
    for change in changes:
        taken = change.proves or change.falls
        row = GRID if change.proves else change.row
        bound = held[row] / taken if taken else inf
        found.append(min(change.measure.potential, bound))
    return np.array(found)


def program_of(
    reach: Reach, demands: Sequence[Demand], condition: Condition | None, banned: frozenset[int]
) -> Program:
    """The program of a park: measures, ledgers, the tier's bounds and the demands."""
    measures = [change.measure for change in reach.changes]
    position = {measure.name: i for i, measure in enumerate(measures)}
    groups: dict[str, list[int]] = {}
    for i, measure in enumerate(measures):
        if measure.group:
            groups.setdefault(measure.group, []).append(i)
    rows = [
        *_ledgers(reach),
        *_balances(reach),
        *_bounds(reach, condition),
        *(_row(reach, d) for d in demands),
    ]
    return Program(
        choices=tuple(
            Choice(
                name=m.name,
                largest=float(most) if most > 0 else m.potential,
                smallest=m.minimum,
                step=m.step,
                unit_cost=m.unit_cost_yuan,
                fixed_cost=m.fixed_cost_wan_yuan * _WAN,
            )
            for m, most in zip(measures, reach.most, strict=True)
        ),
        rows=tuple(rows),
        groups=tuple(tuple(group) for group in groups.values() if len(group) > 1),
        requires=tuple((i, position[o]) for i, m in enumerate(measures) for o in m.requires),
        banned=banned | {i for i, most in enumerate(reach.most) if most <= 0},
    )


def _ledgers(reach: Reach) -> Iterator[Row]:
    """No row falls below nothing, and certificates cover no more than the grid power left."""
    for id, held in available(reach.park).items():
        weights = np.array(
            [
                c.falls * (c.row == id) + c.proves * (id == GRID) - c.grows * (c.to == id)
                for c in reach.changes
            ]
        )
        if (weights > 0).any():
            yield Row(name=id, weights=weights, high=held)


def _balances(reach: Reach) -> Iterator[Row]:
    """What is sent out stays explained: no measure takes what it was made from."""
    for position in BALANCES:
        base, weights = reach.base[position], reach.slopes[position]
        if (weights < 0).any():
            yield Row(name=f"balance.{name_of(position)}", weights=weights, low=-base, kind="bound")


def _bounds(reach: Reach, condition: Condition | None) -> Iterator[Row]:
    """The measures of a tier: energy stays within its bounds."""
    if condition is None:
        return
    above, _ = RATIOS[condition.measure]
    unit = Unit.parse(condition.unit)
    own = {"tce": Unit.TCE, "tco2": Unit.T_CO2}[above]
    low, high = (
        default if bound is None else Quantity(bound, unit).to(own).value
        for bound, default in ((condition.at_least, -inf), (condition.below, inf))
    )
    base = reach.base[at(above)]
    yield Row(
        name=condition.measure,
        weights=reach.slopes[at(above)],
        low=low - base,
        high=high - base,
        kind="bound",
    )


def _row(reach: Reach, demand: Demand) -> Row:
    """A demand as a linear row: value >= limit, or above - limit * below >= 0."""
    limit = demand.threshold.value
    if demand.above < 0:
        weights = np.array(
            [sum(g.amount for g in c.gains if g.indicator == demand.id) for c in reach.changes]
        )
        start, target = demand.stated, limit
    else:
        weights = reach.slopes[demand.above] - limit * reach.slopes[demand.below]
        start, target = float(reach.base[demand.above] - limit * reach.base[demand.below]), 0.0
    low, high = target - start, target - start
    match demand.threshold.operator:
        case "<=" | "<" | "at_least_level":
            low = -inf
        case ">=" | ">":
            high = inf
        case "==":
            high = inf if _is_whole(demand.threshold) else high
    return Row(name=demand.id, weights=weights, low=low, high=high, kind="threshold")


def _is_whole(threshold: Threshold) -> bool:
    """A share of 100 % cannot be passed, so reaching it is meeting it."""
    return threshold.unit == Unit.ONE.text and threshold.value == 1


def demands_of(
    park: ParkYear, rules: RuleSet, condition: Condition | None, *, guiding: bool
) -> tuple[Demand, ...]:
    """What a plan must meet in a tier.

    Args:
        park: as it is.
        rules: the rule set.
        condition: the tier, or None where the rule set has none.
        guiding: whether indicators that may be explained must be met too.

    Returns:
        Indicators the ledgers tell and those the park states; what is missing, excused or has
        two readings is not among them: a plan decides nothing about it.
    """
    found = [_demand(park, one) for one in rules.indicators if one.condition in (None, condition)]
    may = [one for one in found if one is not None]
    duties = {one.id: one.duty for one in rules.indicators}
    return tuple(one for one in may if guiding or duties[one.id] == "mandatory")


def _demand(park: ParkYear, one: Indicator) -> Demand | None:
    threshold = threshold_of(one)
    if one.measure is not None and one.measure in RATIOS:
        above, below = RATIOS[one.measure]
        return Demand(
            id=one.id, name=one.told, threshold=threshold, above=at(above), below=at(below)
        )
    key, entry = stated(park, one)
    excused = one.duty == "excusable" and (park.excuses.get(one.id) or park.excuses.get(key))
    if entry is None or entry.value is None or excused or one.measure == "clean_energy":
        return None
    return Demand(id=one.id, name=one.told, threshold=threshold, stated=entry.value)


def conditions_of(rules: RuleSet) -> tuple[Condition | None, ...]:
    """The tiers of a rule set, or None alone where it has none."""
    found = [one.condition for one in rules.indicators if one.condition is not None]
    tiers = [one for one in dict.fromkeys(found) if one.measure in RATIOS]
    return tuple(tiers) or (None,)


def touches(row: Row, amounts: Vector) -> bool:
    """Whether amounts lie at a bound of a row; a row that no measure moves binds nothing."""
    if not row.weights.any():
        return False
    value = float(row.weights @ amounts)
    reach = float(np.abs(row.weights) @ amounts) + 1e-12
    bounds = [b for b in (row.low, row.high) if isfinite(b)]
    return any(abs(value - b) <= 1e-6 * max(reach, abs(b)) for b in bounds)
