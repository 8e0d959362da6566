"""Heat over the park's boundary: in less out, fossil by factor, non-fossil 0."""

from tanzhe.model.account import AccountLine
from tanzhe.model.park import HeatRow, ParkYear
from tanzhe.parks.account.factors import Factors, basis_of
from tanzhe.quantity import Quantity, Unit

_DIRECTIONS = {"in": "购入", "out": "外供"}


def heat_lines(park: ParkYear, factors: Factors) -> list[AccountLine]:
    """The account of the heat ledger, a line a row; what leaves is negative."""
    return [_line(row, factors) for row in park.heat]


def _line(row: HeatRow, factors: Factors) -> AccountLine:
    amount = Quantity(row.gj if row.direction == "in" else -row.gj, Unit.GJ)
    factor, basis, id = _factor(row, factors)
    kind = "化石" if row.fossil else "非化石"
    return AccountLine(
        row=row.id,
        source="heat",
        what=f"{_DIRECTIONS[row.direction]}{kind}热力",
        amount=amount.value,
        unit=Unit.GJ.text,
        factor=factor,
        factor_unit=Unit.T_CO2_PER_GJ.text,
        tco2=(amount * Quantity(factor, Unit.T_CO2_PER_GJ)).value,
        tce=amount.to(Unit.TCE).value,
        basis=f"{basis}；{row.evidence}" if row.evidence else basis,
        factor_id=id,
    )


def _factor(row: HeatRow, factors: Factors) -> tuple[float, str, str]:
    """The factor in tCO2/GJ, its basis and id: measured where fossil heat was measured."""
    value = factors("heat_fossil_default" if row.fossil else "heat_nonfossil")
    if row.fossil and row.factor_tco2_per_gj not in (None, value.value):
        return row.factor_tco2_per_gj or 0.0, "园区填报的实测因子", ""
    return value.value, basis_of(value), value.id
