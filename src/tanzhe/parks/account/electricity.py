"""The electricity ledger: what every kWh emits and adds to consumption."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from tanzhe.model.account import AccountLine
from tanzhe.model.park import ElectricityRow, ParkYear
from tanzhe.model.rules import RuleValue
from tanzhe.parks.account.certificates import counts, covered_kwh
from tanzhe.parks.account.factors import Factors, basis_of
from tanzhe.quantity import Quantity, Unit

_OTHER = "grid_other_electricity"
_DIRECT = "direct_nonfossil_electricity"
_CERTIFIED = "certified_electricity"


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of a row that is treated alike.

    Attributes:
        kwh: negative where it leaves the park.
        factor: key of the method's factor.
        what: in Chinese.
        consumed: whether it is energy consumption of the park.
    """

    kwh: float
    factor: str
    what: str
    consumed: bool = True


def electricity_lines(park: ParkYear, factors: Factors) -> list[AccountLine]:
    """The account of the electricity ledger, one line for each part of a row treated alike."""
    covered = covered_kwh(park.electricity, park.year)
    return [
        _line(row, share, park, factors)
        for row in park.electricity
        for share in _shares(row, covered.get(row.id, 0.0))
    ]


def _line(row: ElectricityRow, share: Share, park: ParkYear, factors: Factors) -> AccountLine:
    value = factors(share.factor)
    amount = Quantity(share.kwh, Unit.KWH)
    consumed = share.kwh * park.equivalence_kgce_per_kwh if share.consumed else 0.0
    return AccountLine(
        row=row.id,
        source="electricity",
        what=share.what,
        amount=share.kwh,
        unit=Unit.KWH.text,
        factor=value.value,
        factor_unit=value.unit,
        tco2=(amount * Quantity(value.value, Unit.parse(value.unit))).value,
        tce=Quantity(consumed, Unit.KGCE).to(Unit.TCE).value,
        basis=_basis(row, share, value, park.year),
        factor_id=value.id,
    )


def _basis(row: ElectricityRow, share: Share, value: RuleValue, year: int) -> str:
    """The rule, and the row's evidence or the certificates behind it."""
    proof = row.evidence
    if share.factor == _CERTIFIED and row.supply == "grid":
        ids = [one.id for one in row.certificates if counts(one, year)]
        proof = f"绿证 {'、'.join(ids)}" if ids else "其他网购电行多出的绿证"
    return f"{basis_of(value)}；{proof}" if proof else basis_of(value)


def _shares(row: ElectricityRow, covered: float) -> Iterator[Share]:
    match row.supply:
        case "grid":
            yield from _bought(row.kwh, covered)
        case "direct":
            yield _direct(row)
        case "onsite":
            yield _onsite(row)
        case "green_trade":
            yield Share(kwh=row.kwh, factor=_CERTIFIED, what="绿电交易")
        case "nuclear_trade":
            yield Share(kwh=row.kwh, factor=_OTHER, what="核电交易（按其他电力计）")
        case "exported":
            yield _sent(row)
        case _:
            assert_never(row.supply)


def _bought(kwh: float, covered: float) -> Iterator[Share]:
    if covered:
        yield Share(kwh=covered, factor=_CERTIFIED, what="网购电（有核销绿证）")
    if kwh > covered or not covered:
        yield Share(kwh=kwh - covered, factor=_OTHER, what="网购电")


def _direct(row: ElectricityRow) -> Share:
    """Only non-fossil power counts 0; what nobody named is not non-fossil."""
    if row.generation == "nonfossil":
        return Share(kwh=row.kwh, factor=_DIRECT, what="直供非化石电")
    name = {"fossil": "直供化石电", "waste_heat": "直供余热余压电（按其他电力计）"}
    what = name.get(row.generation or "", "直供电（电源未注明，按其他电力计）")
    return Share(kwh=row.kwh, factor=_OTHER, what=what)


def _onsite(row: ElectricityRow) -> Share:
    """Power made here from listed fuel or waste heat is in the account already."""
    match row.generation:
        case "nonfossil":
            return Share(kwh=row.kwh, factor=_DIRECT, what="自发自用非化石电")
        case "fossil":
            what = "自发化石电（排放和能耗已计入燃料）"
            return Share(kwh=row.kwh, factor=_DIRECT, what=what, consumed=False)
        case "waste_heat":
            what = "余热余压发电（不计排放，不计能耗）"
            return Share(kwh=row.kwh, factor=_DIRECT, what=what, consumed=False)
        case None:
            what = "自发电（电源未注明，按其他电力计）"
            return Share(kwh=row.kwh, factor=_OTHER, what=what)
        case _:
            assert_never(row.generation)


def _sent(row: ElectricityRow) -> Share:
    match row.generation:
        case "fossil":
            return Share(kwh=-row.kwh, factor=_OTHER, what="外送化石电")
        case "nonfossil":
            return Share(kwh=-row.kwh, factor=_DIRECT, what="外送非化石电（按0计）")
        case "waste_heat":
            what = "外送余热余压电（不计排放，不计能耗）"
            return Share(kwh=-row.kwh, factor=_DIRECT, what=what, consumed=False)
        case None:
            return Share(kwh=-row.kwh, factor=_DIRECT, what="外送电（电源未注明，不予扣减排放）")
        case _:
            assert_never(row.generation)
