"""What storage could do at best: the most load covered, by linear programming."""

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError, Words
from tanzhe.meters.hours.matching import Hours, Matched, Storage

# A delivered unit is worth one, a charged one a trace less than nothing: no useless charging, and
# never charge and discharge in one hour.
_TRACE = 1e-6
_FINE = 1e-9
LONGEST = 24 * 366


def best(load: Hours, direct: Hours, contract: Hours, storage: Storage) -> Matched:
    """The use of a storage that covers most of the load, its state equal at both ends.

    It is what `match` would reach with foresight: direct supply first, contracts, and storage from
    the surplus of direct supply.

    Args:
        load: energy of each hour, a year at most.
        direct: available from direct lines and roofs.
        contract: of contracts with hourly proof.
        storage: what it can.

    Raises:
        InputError: more hours than a year.

    Reference:
        HiGHS (Huangfu and Hall 2018), https://highs.dev.
    """
    if len(load) > LONGEST:
        what = Words(f"{len(load)} 小时超过一年", f"{len(load)} hours are more than a year")
        do = Words("请逐年计算", "Give a year at a time")
        raise InputError.of(what, do)
    used = np.minimum(load, direct)
    covered = np.minimum(load - used, contract)
    surplus, rest = direct - used, load - used - covered
    charged, discharged = _solved(surplus, rest, storage)
    state = np.cumsum(storage.efficiency * charged - discharged)
    start = max(0.0, -float(state.min(initial=0.0)))
    return Matched(
        load, used, covered, charged, discharged, state + start, surplus - charged,
        contract - covered, rest - discharged,
    )  # fmt: skip


def _solved(
    surplus: Hours, rest: Hours, storage: Storage
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Charged and discharged energies; state of hour h is that before plus what came and went."""
    from scipy.sparse import coo_matrix

    from tanzhe.solver import run

    count = len(surplus)
    hours = np.arange(count)
    ones = np.ones(count)
    # state[h] - state[h-1] - efficiency * charged[h] + discharged[h] = 0, cyclic
    rows = np.concatenate([hours, hours, hours, hours])
    before = 2 * count + (hours - 1) % count
    columns = np.concatenate([hours, count + hours, 2 * count + hours, before])
    values = np.concatenate([-storage.efficiency * ones, ones, ones, -ones])
    matrix = coo_matrix((values, (rows, columns)), shape=(count, 3 * count)).tocsr()
    cost = np.concatenate([_TRACE * ones, -ones, np.zeros(count)])
    most = np.concatenate(
        [
            np.minimum(surplus, storage.charge),
            np.minimum(rest, storage.discharge),
            np.full(count, storage.capacity),
        ]
    )
    none = np.zeros(count)
    answer = run(cost, matrix, (none, none), (np.zeros(3 * count), most), fine=_FINE)
    if answer is None:
        what = Words("优化没有结果", "The optimum was not found")
        raise InputError.of(what, Words("请核对储能参数", "Check the storage"))
    return answer.x[:count], answer.x[count : 2 * count]
