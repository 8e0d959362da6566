"""What a reviewer will ask for and the park has not given."""

from collections.abc import Iterator, Sequence

from tanzhe.model.account import MissingEvidence
from tanzhe.model.park import IndicatorResult, ParkYear
from tanzhe.parks.account.certificates import idle
from tanzhe.parks.account.fuels import sign
from tanzhe.parks.terms import LEDGERS


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


def _general(park: ParkYear) -> Iterator[tuple[str, str]]:
    if not park.equivalence_source:
        yield "equivalence_source", "电力等价值折标系数的出处"
    for key in park.absent_ledgers:
        yield key, f"{LEDGERS[key]}台账的数据和凭证"
    for one in park.unknown:
        yield one.row, f"{one.what}的数据和凭证"


def _rows(park: ParkYear) -> Iterator[tuple[str, str]]:
    for fuel in park.fuels:
        if sign(fuel.purpose) and not fuel.evidence:
            yield fuel.id, f"“{fuel.fuel}”的计量或结算凭证"
    for row in park.electricity:
        if not row.evidence and row.kwh:
            yield row.id, f"{_SUPPLIES[row.supply]}的凭证"
        if row.supply in ("direct", "onsite", "exported") and row.generation is None:
            yield row.id, f"{_SUPPLIES[row.supply]}的电源（是否非化石）"
    for heat in park.heat:
        if heat.gj and not heat.evidence:
            yield heat.id, "热力的计量或结算凭证；填写实测因子的，还须检测凭证"
    for process in park.processes:
        if not process.basis:
            yield process.id, f"“{process.product}”因子的依据或物料平衡"
    for product in park.products:
        if not product.evidence:
            yield product.id, f"“{product.product}”产量和能耗的凭证"


_SUPPLIES = {
    "grid": "网购电",
    "direct": "直供电",
    "onsite": "自发自用电",
    "green_trade": "绿电交易",
    "nuclear_trade": "核电交易",
    "exported": "外送电",
}


def _certificates(park: ParkYear) -> Iterator[tuple[str, str]]:
    for row, one, why in idle(park):
        if one.status != "cancelled":
            yield row.id, f"绿证“{one.id}”的核销凭证（{why}，未抵扣）"


def _indicators(indicators: Sequence[IndicatorResult]) -> Iterator[tuple[str, str]]:
    for one in indicators:
        if one.status == "missing":
            yield one.id, f"“{one.name}”的数据和凭证"
        elif one.status in ("met", "not_met") and one.value is not None and not one.evidence:
            yield one.id, f"“{one.name}”填报值的凭证"
