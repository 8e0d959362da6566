"""The gap to the core limit taken apart by source, and the share of unproven power it allows."""

from tanzhe.model.account import EmissionSource
from tanzhe.parks.account.account import SOURCES, Account, rounded
from tanzhe.parks.account.energy import lines_of
from tanzhe.quantity import Quantity, Unit


def gap_by_source(account: Account, limit: float | None) -> dict[str, float]:
    """CO2 above the limit by term of the method, t: what a term emits less what its energy may.

    Args:
        account: of the park's year.
        limit: tCO2/tce, or None where no tier applies.

    Returns:
        Empty without a limit; all zero when the limit is met. The parts add up to emissions less
        limit times energy; a negative part is a source cleaner than the limit.
    """
    if limit is None:
        return {}
    parts = {source: _excess(account, source, limit) for source in SOURCES}
    if rounded(account.emissions.total - limit * account.energy_tce) <= 0:
        return dict.fromkeys(parts, 0.0)
    return {str(source): rounded(excess) for source, excess in parts.items()}


def _excess(account: Account, source: EmissionSource, limit: float) -> float:
    own = lines_of(account, source)
    return sum(line.tco2 for line in own) - limit * sum(line.tce for line in own)


def unproven_share_limit(account: Account, limit: float | None) -> float | None:
    """The largest share of unproven power with which an all-electric park meets the limit.

    It is L c / f: limit (tCO2/tce) times equivalence coefficient (kgce/kWh) over the factor of
    unproven power (kgCO2/kWh); above 1 every share will do.

    Args:
        account: of the park's year.
        limit: tCO2/tce, or None where no tier applies.
    """
    if limit is None:
        return None
    unproven = account.factors("grid_other_electricity")
    factor = Quantity(unproven.value, Unit.parse(unproven.unit)).to(Unit.KG_CO2_PER_KWH).value
    return round(limit * account.park.equivalence_kgce_per_kwh / factor, 9)


def all_electric(account: Account) -> bool:
    """Whether nothing but power emits."""
    told = account.emissions
    return told.electricity == told.total and not any((told.fuel, told.heat, told.process))
