"""Measures a park may take, the cheapest set that meets its thresholds, and what binds it."""

from typing import Literal

from pydantic import Field

from tanzhe.model.account import EmissionSource
from tanzhe.model.base import Note, Record, Result
from tanzhe.model.park import Assessment
from tanzhe.model.told import Told

MeasureKind = Literal[
    "certificate",
    "green_trade",
    "direct",
    "onsite",
    "electrification",
    "efficiency",
    "fuel_switch",
    "heat_switch",
    "process_change",
    "indicator",
    "enabling",
]
PlanStatus = Literal["already_met", "planned", "infeasible", "not_applicable"]
BindingKind = Literal["threshold", "ledger", "potential"]


class Measure(Record):
    """One measure a park could take, as entered.

    Costs of all measures of a plan stand on one basis: cost per year.

    Attributes:
        name: unique in the file.
        kind: what it does to the ledgers.
        potential: most that can be taken in the year, in `unit`.
        unit: of `potential`: kWh, MWh, 万千瓦时, GJ, or the unit of the fuel row.
        unit_cost_yuan: yuan a unit.
        fixed_cost_wan_yuan: 万元 once anything of it is taken.
        minimum: least that can be taken where anything is, in `unit`.
        step: taken in whole multiples of it only, or None.
        row: ledger row that falls: its id, the name of its fuel or product, or `grid` for
            purchased grid power; "" where the kind says it.
        to: ledger row that grows instead, by id or name; a new row where no such row exists.
        per_unit: units of the other row (kWh for electrification, GJ for heat) added per unit.
        to_unit: unit of a new fuel row.
        to_factor_tco2: tCO2 per unit of a new fuel row, or per t of a new process row.
        to_energy_gj_per_unit: GJ per unit of a new fuel row.
        indicators: gain of indicators per unit, by indicator id; shares from 0 to 1.
        group: of one group at most one measure is taken.
        requires: names of measures without which it cannot be taken.
        ready: first month it can work, YYYY-MM, or None.
        source: where potential and cost come from.
    """

    name: str
    kind: MeasureKind
    potential: float
    unit: str
    unit_cost_yuan: float = 0.0
    fixed_cost_wan_yuan: float = 0.0
    minimum: float = 0.0
    step: float | None = None
    row: str = ""
    to: str = ""
    per_unit: float | None = None
    to_unit: str = ""
    to_factor_tco2: float | None = None
    to_energy_gj_per_unit: float | None = None
    indicators: dict[str, float] = Field(default_factory=dict)
    group: str = ""
    requires: tuple[str, ...] = ()
    ready: str | None = None
    source: str = ""


class PlannedMeasure(Record):
    """A measure that is taken: how much, at what cost (万元), and what it changes.

    Attributes:
        tco2: change of the park's emissions, t; negative where it cuts.
        tce: change of its energy consumption, tce.
    """

    name: str
    kind: MeasureKind
    amount: float
    unit: str
    share_of_potential: float
    cost_wan_yuan: float
    tco2: float
    tce: float


class Binding(Record):
    """A limit the plan lies at.

    Attributes:
        kind: a threshold, a ledger row used up, or a measure's potential.
        name: indicator id, ledger row or measure.
        what: the limit with its numbers.
        price_yuan: what one more `unit` of room would save a year; for the core indicator the cost
            of the last tonne. None where whole steps leave no marginal cost.
        unit: of the room.
    """

    kind: BindingKind
    name: str
    what: Told
    price_yuan: float | None
    unit: str


class Alternative(Record):
    """The cheapest plan without one of the chosen measures, to one part in ten thousand.

    Attributes:
        without: the measure that is left out.
        cost_wan_yuan: its cost, or None where the thresholds cannot be met without the measure.
        measures: what is taken instead.
    """

    without: str
    cost_wan_yuan: float | None
    measures: tuple[PlannedMeasure, ...] = ()


class Unreachable(Record):
    """A threshold that no combination of the measures meets.

    Attributes:
        indicator: id of the indicator.
        name: its name.
        best: the nearest value that can be reached, or None where it cannot be computed.
        threshold: in the same unit.
        unit: of both.
        gap: how far the best value misses.
        gap_tco2: for the core indicator, tonnes above its limit at best; else None.
        why: it cannot be met.
    """

    indicator: str
    name: Told
    best: float | None
    threshold: float
    unit: str
    gap: float
    gap_tco2: float | None = None
    why: Told


class GreenPoint(Record):
    """Emissions at a share of proven non-fossil power."""

    share: float
    tco2: float
    emission_per_energy: float


class GreenShare(Record):
    """What green power alone can do for the core indicator, all else as it is.

    Attributes:
        share: proven non-fossil power over all power used, now.
        limit: threshold of the core indicator the answer is for, tCO2/tce; None below all tiers.
        unproven_at_most: largest share of unproven power that meets it; negative where green
            power alone cannot do it, 1 or more where none is needed, None without power or tier.
        electricity_kwh: power used.
        other_tco2: emissions that green power does not touch, t.
        points: the curve.
        formula: with its numbers.
        words: the answer as a sentence.
    """

    share: float | None
    limit: float | None
    unproven_at_most: float | None
    electricity_kwh: float
    other_tco2: float
    points: tuple[GreenPoint, ...]
    formula: Told
    words: Told


class Plan(Result):
    """The cheapest measures that meet the thresholds, or why none do.

    Attributes:
        status: already met, planned, infeasible, or not applicable (below the lowest tier).
        tier: id of the core indicator the plan is for.
        by: month by which measures must work, YYYY-MM, or None.
        cost_wan_yuan: of the plan, a year.
        measures: what is taken.
        too_late: names of measures that are not ready by then.
        unused: names of the others that are not taken.
        before: the park as it is.
        after: the park with the plan, by the same accounting; None where there is no plan. Where
            infeasible, the park at its nearest to the thresholds.
        binding: what limits the plan.
        alternatives: for each chosen measure the cheapest plan without it, cheapest first.
        unreachable: where infeasible, the thresholds that cannot be met and by how much.
        left_by_source: where infeasible, tCO2 left at best by term of the method.
        green: what green power alone can do.
        open: indicators the plan does not decide (missing, undefined, excusable).
        notes: what changes how the numbers should be read.
    """

    status: PlanStatus
    tier: str | None
    by: str | None
    cost_wan_yuan: float | None
    measures: tuple[PlannedMeasure, ...] = ()
    too_late: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    before: Assessment
    after: Assessment | None = None
    binding: tuple[Binding, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()
    left_by_source: dict[EmissionSource, float] = Field(default_factory=dict)
    green: GreenShare
    open: tuple[Told, ...] = ()
    notes: tuple[Note, ...] = ()
