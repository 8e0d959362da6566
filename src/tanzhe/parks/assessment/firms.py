"""The account of a park's year by firm: what each emits, uses, and cannot prove."""

from collections.abc import Sequence
from math import fsum

from tanzhe.model.account import FirmResult, MissingEvidence
from tanzhe.names import folded
from tanzhe.parks.account.account import Account, emissions_of, per_energy, rounded
from tanzhe.parks.terms import LEDGERS
from tanzhe.quantity import Unit


def firm_results(done: Account, lacking: Sequence[MissingEvidence]) -> tuple[FirmResult, ...]:
    """Each firm's part of the account, in the order in which the ledgers name them.

    Args:
        done: the account of the park's year.
        lacking: what a reviewer will ask for.

    Returns:
        Nothing where no row names a firm; else every firm, and last what no firm was named for,
        so that the parts add up to the park.
    """
    named = _names(done)
    if not any(named):
        return ()
    rows = _rows(done)
    order = sorted(named, key=lambda key: not key)
    return tuple(_result(done, key, named[key], rows[key], lacking) for key in order)


def _rows(done: Account) -> dict[str, list[str]]:
    """Ids of the rows of each firm, products and rows with unknown figures included."""
    found: dict[str, list[str]] = {}
    for ledger in LEDGERS:
        for row in getattr(done.park, ledger):
            found.setdefault(folded(row.firm), []).append(row.id)
    for product in done.park.products:
        found.setdefault(folded(product.enterprise), []).append(product.id)
    for one in done.park.unknown:
        own = found.setdefault(folded(one.firm), [])
        if one.row not in own:
            own.append(one.row)
    return found


def _names(done: Account) -> dict[str, str]:
    """Firms as first written, by key."""
    found: dict[str, str] = {}
    rows = [row for ledger in LEDGERS for row in getattr(done.park, ledger)]
    for name in (
        *(row.firm for row in rows),
        *(one.firm for one in done.park.unknown),
        *(product.enterprise for product in done.park.products if any(row.firm for row in rows)),
    ):
        found.setdefault(folded(name), name)
    return found


def _result(
    done: Account, key: str, name: str, ids: Sequence[str], lacking: Sequence[MissingEvidence]
) -> FirmResult:
    own = set(ids)
    lines = tuple(line for line in done.lines if line.row in own)
    emissions = emissions_of(lines)
    energy = rounded(fsum(line.tce for line in lines))
    power = [line for line in lines if line.source == "electricity"]
    unknown = tuple(one.what for one in done.park.unknown if folded(one.firm) == key)
    total = done.emissions.total
    return FirmResult(
        name=name,
        rows=tuple(ids),
        emissions=emissions,
        energy_tce=energy,
        emission_per_energy=None if unknown else per_energy(emissions.total, energy),
        share=emissions.total / total if total > 0 else None,
        power_kwh=rounded(fsum(line.amount for line in power if line.unit == Unit.KWH.text)),
        unproven_kwh=rounded(fsum(line.amount for line in power if line.tco2 > 0)),
        unknown=unknown,
        missing_evidence=tuple(one for one in lacking if one.where in own),
    )
