"""Which rows a good result rests on: without one of them the park would fail.

A park that fails must not pass by one more row unnoticed, whatever that row is. Rows that no park
can have are refused or doubted elsewhere; a row that is possible, and decides, is named beside the
verdict, so that whoever reviews it asks for its proof first.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import takewhile
from math import fsum

from tanzhe.model.park import ElectricityRow, FuelUse, HeatRow, ParkYear, ProcessRow, ProductResult
from tanzhe.model.rules import RuleSet
from tanzhe.model.told import Told, row_of
from tanzhe.parks.account.account import Account, account, emissions_of, rounded
from tanzhe.parks.account.certificates import counts
from tanzhe.parks.account.unknown import is_incomplete
from tanzhe.parks.assessment.judging import Judged, judged_by
from tanzhe.parks.terms import LEDGERS

# A park of a thousand rows is judged again for those that weigh most; a row below them would have
# to decide by less than a fortieth of the whole.
_MOST = 40
_SHOWN = 8


def rests_on(
    rules: RuleSet, done: Account, now: Judged, products: Sequence[ProductResult]
) -> tuple[str, ...]:
    """Ids of rows, certificates and overrides without which the result would be not met.

    Args:
        rules: the rule set, of the park's year.
        done: the account.
        now: what the rule set says of it.
        products: the energy of its products, judged by their standards.

    Returns:
        In the order of the ledgers; nothing where the core indicator is not met as it is, or
        cannot be judged.
    """
    if now.core_status not in ("met", None) or done.doubts or is_incomplete(done.park):
        return ()

    def decides(then: Account) -> bool:
        return _worse(now, judged_by(rules, then, products))

    found = [row for row in _weightiest(done) if decides(without(done, {row}))]
    for rows in _deductions(done.park):
        if not set(rows) & set(found) and decides(without(done, set(rows))):
            found += rows
    # The larger a certificate, the more falls with it: below one that does not decide none does.
    found += takewhile(
        lambda id: decides(account(_uncertified(done.park, id))), _counting(done.park)
    )
    if done.park.overrides:
        plain = account(done.park.model_copy(update={"overrides": ()}))
        found += [one.id for one in done.park.overrides] if decides(plain) else []
    return tuple(found)


def _deductions(park: ParkYear) -> Iterator[list[str]]:
    """Rows that take off, kind by kind: what one of them does not decide, several may."""
    for rows in (
        [r.id for r in park.fuels if r.purpose == "conversion_output" and r.quantity],
        [r.id for r in park.electricity if r.supply == "exported" and r.kwh],
        [r.id for r in park.heat if r.direction == "out" and r.gj],
    ):
        if len(rows) > 1:
            yield rows


def _counting(park: ParkYear) -> list[str]:
    """Numbers of the certificates that cover power, the largest first."""
    counting = [
        one
        for row in park.electricity
        for one in row.certificates
        if row.supply == "grid" and counts(one, park.year) and one.mwh
    ]
    return [one.id for one in sorted(counting, key=lambda one: -one.mwh)]


def _worse(now: Judged, then: Judged) -> bool:
    """Whether the core indicator, or the whole, is not met any more."""
    if then.core_status == "not_met":
        return True
    return then.verdict == "not_met" and now.verdict in ("met", "not_applicable")


def _weightiest(done: Account) -> list[str]:
    """The rows that carry most of the energy or of the CO2, in the order of the account."""
    energy, tco2 = abs(done.energy_tce) or 1.0, abs(done.emissions.total) or 1.0
    weights: dict[str, float] = {}
    for line in done.lines:
        weight = abs(line.tce) / energy + abs(line.tco2) / tco2
        weights[line.row] = weights.get(line.row, 0.0) + weight
    first = sorted(weights, key=lambda row: -weights[row])[:_MOST]
    return [row for row in weights if row in first]


def without(done: Account, rows: Set[str]) -> Account:
    """The account had these rows not been there."""
    park = done.park.model_copy(
        update={
            ledger: tuple(one for one in getattr(done.park, ledger) if one.id not in rows)
            for ledger in LEDGERS
        }
    )
    certified = any(one.certificates for one in done.park.electricity if one.supply == "grid")
    if certified and any(r.id in rows and r.supply == "grid" for r in done.park.electricity):
        return account(park)  # its certificates may have covered others, or others' it
    lines = tuple(line for line in done.lines if line.row not in rows)
    return replace(
        done,
        park=park,
        lines=lines,
        emissions=emissions_of(lines),
        energy_tce=rounded(fsum(line.tce for line in lines)),
    )


def _uncertified(park: ParkYear, id: str) -> ParkYear:
    rows = tuple(
        row.model_copy(
            update={"certificates": tuple(one for one in row.certificates if one.id != id)}
        )
        for row in park.electricity
    )
    return park.model_copy(update={"electricity": rows})


def resting(done: Account, now: Judged, rows: tuple[str, ...]) -> Iterator[Told]:
    """The sentence that names the rows a result rests on, or none."""
    if not rows:
        return
    result = _REACHED if now.core is not None else _NO_THRESHOLD
    named = row_of(_named(done.park, one) for one in rows[:_SHOWN])
    more = Told()
    if len(rows) > _SHOWN:
        more = Told(f"等 {len(rows)} 行", f" and others, {len(rows)} rows in all")
    yield Told(
        f"{result}取决于{named}{more}：去掉其中任何一行，结论就变为未达到，请先核实其数量和凭证",
        f"{result.en} rests on {named.en}{more.en}: without any one of them the result is not "
        "met; check their amounts and proof first",
    )


_REACHED = Told("达到核心指标", "that the core indicator is met")
_NO_THRESHOLD = Told("没有适用的门槛", "that no threshold applies")


def _named(park: ParkYear, id: str) -> Told:
    for ledger in LEDGERS:
        for row in getattr(park, ledger):
            if row.id == id:
                proof = _proof(row)
                return Told(f" {id}（{proof}）", f"{id} ({proof.en})")
    if any(one.id == id for one in park.overrides):
        return Told(f"替代值“{id}”", f"override “{id}”")
    return Told(f"绿证“{id}”", f"certificate “{id}”")


def _proof(row: FuelUse | ElectricityRow | HeatRow | ProcessRow) -> Told:
    proof = row.basis if isinstance(row, ProcessRow) else row.evidence
    return Told(f"凭证：{proof}", f"proof: {proof}") if proof else Told("没有凭证", "no proof")
