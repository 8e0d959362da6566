"""Load and green supply matched hour by hour."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Record

Hours = NDArray[np.float64]


class Storage(NamedTuple):
    """A storage: most it takes and gives in an hour, most it holds, and what of a charge returns.

    Attributes:
        charge: most energy charged in an hour, as the load is counted.
        discharge: most energy delivered in an hour.
        capacity: most that is held, after the losses of charging.
        efficiency: delivered over charged; losses belong to the charge.
    """

    charge: float
    discharge: float
    capacity: float
    efficiency: float = 0.9


class Matched(NamedTuple):
    """What each hour was covered by.

    Attributes:
        load: of the hour.
        direct: used at once from direct lines and roofs.
        contract: covered by contracts with hourly proof.
        charged: taken by storage from what direct supply left.
        discharged: delivered by storage.
        state: held at the end of the hour.
        direct_left: direct supply that nobody used.
        contract_left: contracted supply beyond the load.
        unmatched: what the grid delivered without proof.
    """

    load: Hours
    direct: Hours
    contract: Hours
    charged: Hours
    discharged: Hours
    state: Hours
    direct_left: Hours
    contract_left: Hours
    unmatched: Hours


class HourlyScore(Record):
    """The year beside the hour.

    Attributes:
        load: all load.
        score: share of the load covered in its own hour.
        score_without_storage: the same if nothing were stored.
        volume_share: all green supply over all load, at most 1: what a yearly account sees.
        with_grid: score with the grid's carbon-free share of unmatched hours, or None.
        deficit_hours: hours not covered whole.
        deficit: energy not covered.
        direct: used from direct supply at once.
        contract: covered by contract.
        discharged: delivered by storage.
        charged: taken by storage.
        direct_left: direct supply left over.
        contract_left: contracted supply left over.
        grid: energy received from the grid, contracts included.
        annex4_share: direct, discharge and cancelled certificates up to the grid's, over load.
        own_use: direct supply used or charged over direct supply available.
        direct_of_load: direct and discharge over load.
        exported: direct supply left over direct supply available.
    """

    load: float
    score: float
    score_without_storage: float
    volume_share: float
    with_grid: float | None
    deficit_hours: int
    deficit: float
    direct: float
    contract: float
    discharged: float
    charged: float
    direct_left: float
    contract_left: float
    grid: float
    annex4_share: float
    own_use: float | None
    direct_of_load: float
    exported: float | None


# Below a billionth of the load an hour counts as covered: figures of meters have six decimals.
_NOTHING = 1e-9


def match(load: Hours, direct: Hours, contract: Hours, storage: Storage | None = None) -> Matched:
    """Cover each hour's load: direct supply, contracts, storage, and the grid for the rest.

    Each hour counts at most its load; what is left never carries over but through storage, which
    charges from direct supply only and begins empty.

    Args:
        load: energy of each hour.
        direct: available from direct lines and roofs.
        contract: of contracts with hourly proof.
        storage: or None.

    Example:
        >>> done = match(np.array([10.0, 10]), np.array([14.0, 0]), np.zeros(2), Storage(5, 5, 9))
        >>> done.discharged.round(6).tolist(), done.unmatched.round(6).tolist()
        ([0.0, 3.6], [0.0, 6.4])
    """
    used = np.minimum(load, direct)
    covered = np.minimum(load - used, contract)
    charged, discharged, state = _stored(load - used - covered, direct - used, storage)
    return Matched(
        load, used, covered, charged, discharged, state,
        direct - used - charged, contract - covered, load - used - covered - discharged,
    )  # fmt: skip


def _stored(rest: Hours, surplus: Hours, storage: Storage | None) -> tuple[Hours, Hours, Hours]:
    """Charge from surplus, deliver to what is left, hour after hour."""
    charged, discharged, state = (np.zeros(len(rest)) for _ in range(3))
    if storage is None:
        return charged, discharged, state
    held = 0.0
    for at in range(len(rest)):
        if surplus[at] > 0:
            room = (storage.capacity - held) / storage.efficiency
            charged[at] = min(surplus[at], storage.charge, room)
            held += charged[at] * storage.efficiency
        elif rest[at] > 0:
            discharged[at] = min(rest[at], storage.discharge, held)
            held -= discharged[at]
        state[at] = held
    return charged, discharged, state


def score(
    matched: Matched,
    *,
    grid_free: Hours | None = None,
    cancelled: float | None = None,
) -> HourlyScore:
    """The scores of matched hours.

    Args:
        matched: of `match`.
        grid_free: carbon-free share of the grid in each hour, 0 to 1, or None.
        cancelled: energy of certificates cancelled for the load, for the share of annex 4; the
            contracted energy when left out.
    """
    load = float(matched.load.sum())
    sums = {name: float(getattr(matched, name).sum()) for name in Matched._fields}
    green = matched.direct + matched.contract + matched.discharged
    available = sums["direct"] + sums["charged"] + sums["direct_left"]
    contracted = sums["contract"] + sums["contract_left"]
    grid = sums["contract"] + sums["unmatched"]
    proven = min(contracted if cancelled is None else cancelled, grid)
    short = matched.unmatched > _NOTHING * max(load / max(len(matched.load), 1), 1e-9)
    return HourlyScore(
        load=load,
        score=_over(float(green.sum()), load),
        score_without_storage=_over(sums["direct"] + sums["contract"], load),
        volume_share=min(1.0, _over(available + contracted, load)),
        with_grid=None if grid_free is None
        else _over(float(green.sum() + (matched.unmatched * grid_free).sum()), load),
        deficit_hours=int(short.sum()),
        deficit=sums["unmatched"],
        direct=sums["direct"], contract=sums["contract"], discharged=sums["discharged"],
        charged=sums["charged"], direct_left=sums["direct_left"],
        contract_left=sums["contract_left"], grid=grid,
        annex4_share=_over(sums["direct"] + sums["discharged"] + proven, load),
        own_use=None if available <= 0 else (sums["direct"] + sums["charged"]) / available,
        direct_of_load=_over(sums["direct"] + sums["discharged"], load),
        exported=None if available <= 0 else sums["direct_left"] / available,
    )  # fmt: skip


def _over(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0
