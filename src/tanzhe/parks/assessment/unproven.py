"""What a reviewer will ask for and the park has not given."""

from collections.abc import Iterator, Sequence

from tanzhe.model.account import MissingEvidence
from tanzhe.model.park import IndicatorResult, ParkYear
from tanzhe.model.told import Told
from tanzhe.parks.account.certificates import idle
from tanzhe.parks.account.fuels import sign
from tanzhe.parks.terms import LEDGERS
from tanzhe.terms import told_of

_Lack = tuple[str, Told]


def missing_evidence(
    park: ParkYear, indicators: Sequence[IndicatorResult]
) -> tuple[MissingEvidence, ...]:
    """Rows and indicators without proof, in the order of the ledgers.

    Args:
        park: as entered.
        indicators: as judged.
    """
    found = [*_general(park), *_rows(park), *_certificates(park), *_indicators(indicators)]
    return tuple(MissingEvidence(where=where, what=what) for where, what in found)


def _general(park: ParkYear) -> Iterator[_Lack]:
    if not park.equivalence_source:
        yield "equivalence_source", _SOURCE
    for key in park.absent_ledgers:
        name = LEDGERS[key]
        yield key, _both(f"{name}台账", f"the ledger of {name.en}")
    for one in park.unknown:
        yield one.row, _both(one.what, one.what.en)


def _rows(park: ParkYear) -> Iterator[_Lack]:
    for fuel in park.fuels:
        if sign(fuel.purpose) and not fuel.evidence:
            proof = Told(
                f"“{fuel.fuel}”的计量或结算凭证", f"meter or settlement records of “{fuel.fuel}”"
            )
            yield fuel.id, proof
    for row in park.electricity:
        supply = _SUPPLIES[row.supply]
        if not row.evidence and row.kwh:
            yield row.id, Told(f"{supply}的凭证", f"proof of the {supply.en}")
        if row.supply in ("direct", "onsite", "exported") and row.generation is None:
            source = Told(
                f"{supply}的电源（是否非化石）",
                f"how the {supply.en} was generated (non-fossil or not)",
            )
            yield row.id, source
    for heat in park.heat:
        if heat.gj and not heat.evidence:
            yield heat.id, _HEAT
    for process in park.processes:
        if not process.basis:
            basis = Told(
                f"“{process.product}”因子的依据或物料平衡",
                f"the basis of the factor of “{process.product}”, or a mass balance",
            )
            yield process.id, basis
    for product in park.products:
        if not product.evidence:
            proof = Told(
                f"“{product.product}”产量和能耗的凭证",
                f"proof of output and energy of “{product.product}”",
            )
            yield product.id, proof


_SUPPLIES = told_of("parks.unproven.supplies")
_SOURCE = Told(
    "电力等价值折标系数的出处", "the source of the equivalence coefficient of electricity"
)
_HEAT = Told(
    "热力的计量或结算凭证；填写实测因子的，还须检测凭证",
    "meter or settlement records of the heat; of a measured factor the test report too",
)


def _both(zh: str, en: str) -> Told:
    return Told(f"{zh}的数据和凭证", f"data and proof of {en}")


def _certificates(park: ParkYear) -> Iterator[_Lack]:
    for row, one, why in idle(park):
        if one.status != "cancelled":
            proof = Told(
                f"绿证“{one.id}”的核销凭证（{why}，未抵扣）",
                f"proof that certificate “{one.id}” is cancelled ({why.en}; it covers nothing)",
            )
            yield row.id, proof


def _indicators(indicators: Sequence[IndicatorResult]) -> Iterator[_Lack]:
    for one in indicators:
        if one.status == "missing":
            yield one.id, _both(f"“{one.name}”", f"“{one.name.en}”")
        elif one.status in ("met", "not_met") and one.value is not None and not one.evidence:
            yield (
                one.id,
                Told(f"“{one.name}”填报值的凭证", f"proof of the value stated for “{one.name.en}”"),
            )
