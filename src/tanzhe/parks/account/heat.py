"""Heat over the park's boundary: in less out, fossil by factor, non-fossil 0."""

from tanzhe.model.account import AccountLine
from tanzhe.model.park import HeatRow, ParkYear
from tanzhe.model.told import Told
from tanzhe.parks.account.factors import Factors, basis_of
from tanzhe.quantity import Quantity, Unit

_DIRECTIONS = {"in": Told("购入", "bought"), "out": Told("外供", "sent out")}
_KINDS = {True: Told("化石", "fossil"), False: Told("非化石", "non-fossil")}


_MEASURED = Told("园区填报的实测因子", "measured, entered by the park")


def heat_lines(park: ParkYear, factors: Factors) -> list[AccountLine]:
    """The account of the heat ledger, a line a row; what leaves is negative."""
    return [_line(row, factors) for row in park.heat]


def _line(row: HeatRow, factors: Factors) -> AccountLine:
    amount = Quantity(row.gj if row.direction == "in" else -row.gj, Unit.GJ)
    factor, basis, id = _factor(row, factors)
    way, kind = _DIRECTIONS[row.direction], _KINDS[row.fossil]
    return AccountLine(
        row=row.id,
        source="heat",
        what=Told(f"{way.zh}{kind.zh}热力", f"{kind.en} heat {way.en}"),
        amount=amount.value,
        unit=Unit.GJ.text,
        factor=factor,
        factor_unit=Unit.T_CO2_PER_GJ.text,
        tco2=(amount * Quantity(factor, Unit.T_CO2_PER_GJ)).value,
        tce=amount.to(Unit.TCE).value,
        basis=Told(f"{basis}；{row.evidence}", f"{basis.en}; {row.evidence}")
        if row.evidence
        else basis,
        factor_id=id,
    )


def _factor(row: HeatRow, factors: Factors) -> tuple[float, Told, str]:
    """The factor in tCO2/GJ, its basis and id: measured where fossil heat was measured."""
    value = factors("heat_fossil_default" if row.fossil else "heat_nonfossil")
    measured = row.factor_tco2_per_gj
    if row.fossil and measured is not None and measured != value.value:
        return measured, _MEASURED, ""
    return value.value, Told(basis_of(value)), value.id
