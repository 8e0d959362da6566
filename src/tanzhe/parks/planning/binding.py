"""What limits a plan, and what a little more room would save."""

from collections.abc import Iterator, Sequence

from tanzhe.model.plan import Binding
from tanzhe.model.told import Told
from tanzhe.operators import sign_words
from tanzhe.parks.planning.changes import GRID, rows_of
from tanzhe.parks.planning.program import Program, Row, Solution
from tanzhe.parks.planning.ratios import name_of
from tanzhe.parks.planning.thresholds import Demand, Reach, touches
from tanzhe.quantity import Unit

_UNITS = {"tco2": "tCO2", "tce": "tce", "direct": "kWh", "renewable": "kWh", "one": "1"}


def bindings(
    reach: Reach, program: Program, solution: Solution, demands: Sequence[Demand]
) -> tuple[Binding, ...]:
    """The limits a plan lies at: thresholds, ledgers, potentials.

    Args:
        reach: what the measures do.
        program: the program that was solved.
        solution: its solution.
        demands: the thresholds among its rows.
    """
    by_id = {demand.id: demand for demand in demands}
    return (
        *_rows(reach, program, solution, by_id),
        *_potentials(reach, solution),
    )


def _rows(
    reach: Reach, program: Program, solution: Solution, demands: dict[str, Demand]
) -> Iterator[Binding]:
    for row, price in zip(program.rows, solution.row_prices, strict=True):
        if not touches(row, solution.amounts):
            continue
        demand = demands.get(row.name)
        if demand is not None:
            yield Binding(
                kind="threshold",
                name=row.name,
                what=_threshold(demand),
                price_yuan=_price(price),
                unit=_unit_of(demand),
            )
        elif row.kind == "law":
            yield _ledger(reach, row, price)


def _threshold(demand: Demand) -> Told:
    """The threshold for reading, shares in percent."""
    threshold = demand.threshold
    sign = sign_words(threshold.operator)
    limit = f"{threshold.value:.10g} {threshold.unit}"
    if threshold.unit == Unit.ONE.text:
        limit = f"{threshold.value * 100:.10g}%"
    return Told(f"{demand.name} {sign.zh} {limit}", f"{demand.name.en} {sign.en} {limit}")


def _unit_of(demand: Demand) -> str:
    if demand.above < 0:
        return demand.threshold.unit
    return _UNITS.get(name_of(demand.above), "tce")


_NO_GRID = Told("没有绿证的网购电已全部用完", "no power bought without a certificate is left")


def _ledger(reach: Reach, row: Row, price: float) -> Binding:
    if row.name == GRID:
        what, unit, name = _NO_GRID, "kWh", "grid"
    else:
        found = rows_of(reach.park)[row.name]
        what = Told(f"台账行 {row.name} 已全部替代", f"row {row.name} is replaced as a whole")
        unit, name = _row_unit(found), row.name
    return Binding(kind="ledger", name=name, what=what, price_yuan=_price(price), unit=unit)


def _row_unit(row: object) -> str:
    unit = getattr(row, "unit", None)
    if unit is not None:
        return str(unit)
    return {"ElectricityRow": "kWh", "HeatRow": "GJ"}.get(type(row).__name__, "t")


def _potentials(reach: Reach, solution: Solution) -> Iterator[Binding]:
    for number, change in enumerate(reach.changes):
        measure, amount = change.measure, float(solution.amounts[number])
        full = amount >= measure.potential * (1 - 1e-9)
        if full and measure.minimum < measure.potential:
            yield Binding(
                kind="potential",
                name=measure.name,
                what=Told(
                    f"“{measure.name}”的潜力 {measure.potential:,.10g} {measure.unit} 已用满",
                    f"the potential of “{measure.name}”, {measure.potential:,.10g} "
                    f"{measure.unit}, is used up",
                ),
                price_yuan=_price(float(solution.choice_prices[number])),
                unit=measure.unit,
            )


def _price(price: float) -> float | None:
    """Whole steps and all-or-nothing measures leave no marginal cost."""
    return float(price) if price > 1e-12 else None
