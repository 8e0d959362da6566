"""The electricity ledger: what every kWh emits and adds to consumption."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from tanzhe.model.account import AccountLine
from tanzhe.model.park import ElectricityRow, ParkYear
from tanzhe.model.rules import RuleValue
from tanzhe.model.told import Told, row_of
from tanzhe.parks.account.certificates import counts, covered_kwh
from tanzhe.parks.account.factors import Factors, basis_of
from tanzhe.quantity import Quantity, Unit
from tanzhe.terms import told_of

_OTHER = "grid_other_electricity"
_DIRECT = "direct_nonfossil_electricity"
_CERTIFIED = "certified_electricity"


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of a row that is treated alike.

    Attributes:
        kwh: negative where it leaves the park.
        factor: key of the method's factor.
        what: of the power.
        consumed: whether it is energy consumption of the park.
    """

    kwh: float
    factor: str
    what: Told
    consumed: bool = True


def electricity_lines(park: ParkYear, factors: Factors) -> list[AccountLine]:
    """The account of the electricity ledger, one line for each part of a row treated alike."""
    covered = covered_kwh(park.electricity, park.year)
    return [
        _line(row, share, park, factors)
        for row in park.electricity
        for share in _shares(row, covered)
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


def _basis(row: ElectricityRow, share: Share, value: RuleValue, year: int) -> Told:
    """The rule, and the row's evidence or the certificates behind it."""
    proof, rule = Told(row.evidence), basis_of(value)
    if share.factor == _CERTIFIED and row.supply == "grid":
        ids = row_of(one.id for one in row.certificates if counts(one, year))
        proof = Told(f"绿证 {ids}", f"certificates {ids.en}") if ids else _OTHERS
    return Told(f"{rule}；{proof}", f"{rule}; {proof.en}") if proof else Told(rule)


_OTHERS = Told(
    "其他网购电行多出的绿证", "certificates that other rows of purchased power left over"
)


def _shares(row: ElectricityRow, covered: Mapping[str, float]) -> Iterator[Share]:
    match row.supply:
        case "grid":
            yield from _bought(row.kwh, covered[row.id])
        case "direct":
            yield _direct(row)
        case "onsite":
            yield _onsite(row)
        case "green_trade":
            yield Share(kwh=row.kwh, factor=_CERTIFIED, what=Told("绿电交易", "green-power trade"))
        case "nuclear_trade":
            what = Told("核电交易（按其他电力计）", "nuclear trade (counts as other power)")
            yield Share(kwh=row.kwh, factor=_OTHER, what=what)
        case "exported":
            yield _sent(row)
        case _:
            assert_never(row.supply)


def _bought(kwh: float, covered: float) -> Iterator[Share]:
    if covered:
        what = Told("网购电（有核销绿证）", "purchased power (cancelled certificates)")
        yield Share(kwh=covered, factor=_CERTIFIED, what=what)
    if kwh > covered or not covered:
        bare = Told("网购电", "purchased power")
        yield Share(kwh=kwh - covered, factor=_OTHER, what=bare)


def _direct(row: ElectricityRow) -> Share:
    """Only non-fossil power counts 0; what nobody named is not non-fossil."""
    if row.generation == "nonfossil":
        what = Told("直供非化石电", "direct non-fossil power")
        return Share(kwh=row.kwh, factor=_DIRECT, what=what)
    what = _OTHER_DIRECT.get(row.generation or "", _OTHER_DIRECT[""])
    return Share(kwh=row.kwh, factor=_OTHER, what=what)


_OTHER_DIRECT = told_of("parks.electricity.other_direct")


def _onsite(row: ElectricityRow) -> Share:
    """Power made here from listed fuel or waste heat is in the account already."""
    match row.generation:
        case "nonfossil":
            what = Told("自发自用非化石电", "own non-fossil power")
            return Share(kwh=row.kwh, factor=_DIRECT, what=what)
        case "fossil":
            what = Told(
                "自发化石电（排放和能耗已计入燃料）",
                "own fossil power (emissions and energy are in the fuel)",
            )
            return Share(kwh=row.kwh, factor=_DIRECT, what=what, consumed=False)
        case "waste_heat":
            what = Told(
                "余热余压发电（不计排放，不计能耗）",
                "power from waste heat (no emissions, no energy)",
            )
            return Share(kwh=row.kwh, factor=_DIRECT, what=what, consumed=False)
        case None:
            what = Told(
                "自发电（电源未注明，按其他电力计）",
                "own power (generation not stated, counts as other power)",
            )
            return Share(kwh=row.kwh, factor=_OTHER, what=what)
        case _:
            assert_never(row.generation)


def _sent(row: ElectricityRow) -> Share:
    match row.generation:
        case "fossil":
            what = Told("外送化石电", "fossil power sent out")
            return Share(kwh=-row.kwh, factor=_OTHER, what=what)
        case "nonfossil":
            what = Told("外送非化石电（按0计）", "non-fossil power sent out (counts 0)")
            return Share(kwh=-row.kwh, factor=_DIRECT, what=what)
        case "waste_heat":
            what = Told(
                "外送余热余压电（不计排放，不计能耗）",
                "waste-heat power sent out (no emissions, no energy)",
            )
            return Share(kwh=-row.kwh, factor=_DIRECT, what=what, consumed=False)
        case None:
            what = Told(
                "外送电（电源未注明，不予扣减排放）",
                "power sent out (generation not stated, takes off no emissions)",
            )
            return Share(kwh=-row.kwh, factor=_DIRECT, what=what)
        case _:
            assert_never(row.generation)
