"""What a park's account would be if some of its energy were supplied otherwise."""

from pathlib import Path

from tanzhe.api.parks.plans import rules_of
from tanzhe.errors import InputError
from tanzhe.faults import fault_of
from tanzhe.model import Record
from tanzhe.model.park import Assessment, ElectricityRow, FuelUse, HeatRow, ParkYear
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.workspace import Workspace

SUPPOSED = "supposed-direct"


class Scenario(Record):
    """What is supposed, as shares from 0 to 1 of what the year's ledgers hold.

    Attributes:
        direct: of the power from the grid, supplied directly from non-fossil plants instead.
        fuel: of the fuel that is burnt, saved.
        heat: of the fossil heat bought, made without fossil fuel instead.
    """

    direct: float = 0.0
    fuel: float = 0.0
    heat: float = 0.0


def what_if(
    assessment: Assessment,
    scenario: Scenario,
    *,
    rules: str | Path | None = None,
    workspace: Workspace | None = None,
) -> Assessment:
    """A park's year accounted and judged again with another supply; no forecast and no plan.

    The energy used stays the same but for the fuel saved. Power supplied directly is taken as
    proven: what proof it needs, the assessment of real rows says.

    Args:
        assessment: of the year as it was, from `assess`.
        scenario: what is supposed.
        rules: as `assess` was asked for it; None for the assessment's own.
        workspace: where confirmed rule sets are kept.

    Returns:
        The assessment of the supposed year; that of the year itself where nothing is supposed.

    Raises:
        InputError: a share outside 0 to 1.
    """
    shares = scenario.model_dump()
    wrong = [name for name, share in shares.items() if not 0 <= share <= 1]
    if wrong:
        raise InputError(
            *(fault_of("api.scenarios.outside", share=shares[name], where=name) for name in wrong)
        )
    if not any(shares.values()):
        return assessment
    return assess_park(supposed(assessment.park, scenario), rules_of(assessment, rules, workspace))


def supposed(year: ParkYear, scenario: Scenario) -> ParkYear:
    """The ledgers of the supposed year.

    Example:
        >>> row = ElectricityRow(id="e1", supply="grid", kwh=1000.0)
        >>> year = ParkYear(name="示例", region="CN-YN", year=2025, electricity=(row,),
        ...                 equivalence_kgce_per_kwh=0.3)
        >>> [(one.supply, one.kwh) for one in supposed(year, Scenario(direct=.25)).electricity]
        [('grid', 750.0), ('direct', 250.0)]
    """
    return year.model_copy(
        update={
            "electricity": _power(year.electricity, scenario.direct),
            "fuels": tuple(_saved(one, scenario.fuel) for one in year.fuels),
            "heat": tuple(part for one in year.heat for part in _heat(one, scenario.heat)),
        }
    )


def _power(rows: tuple[ElectricityRow, ...], share: float) -> tuple[ElectricityRow, ...]:
    moved = share * sum(one.kwh for one in rows if one.supply == "grid")
    if not moved:
        return rows
    kept = [
        one.model_copy(update={"kwh": one.kwh * (1 - share)}) if one.supply == "grid" else one
        for one in rows
    ]
    direct = ElectricityRow(
        id=SUPPOSED, supply="direct", generation="nonfossil", kwh=moved, evidence="设想 supposed"
    )
    return (*(one for one in kept if one.kwh or one.supply != "grid"), direct)


def _saved(row: FuelUse, share: float) -> FuelUse:
    if row.purpose != "fuel" or not share:
        return row
    return row.model_copy(update={"quantity": row.quantity * (1 - share)})


def _heat(row: HeatRow, share: float) -> list[HeatRow]:
    if row.direction != "in" or not row.fossil or not share:
        return [row]
    clean = {"id": f"{row.id}-supposed", "gj": row.gj * share, "fossil": False,
             "factor_tco2_per_gj": None}  # fmt: skip
    rest = row.model_copy(update={"gj": row.gj * (1 - share)})
    return [*([rest] if rest.gj else []), row.model_copy(update=clean)]
