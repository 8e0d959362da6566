"""The cheapest storage and shifting with which green power covers a share of the load by the hour.

A linear program over all hours. Green supply that the load does not take in its hour may charge a
storage (from direct supply beyond the load alone, as hours are matched) or serve load that is moved
within its day; what is left comes from the grid. Storage is paid by its power and its energy,
shifting by the energy moved.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, eye, hstack, vstack

from tanzhe.errors import Fault, Words, refuse
from tanzhe.model import Record
from tanzhe.solver import Vector, run

HOURS_A_YEAR = 8760
LONGEST = 8784
_FINE = 1e-9
# A kWh from the grid costs a trace, so that of plans of one cost the greenest is taken.
_TRACE = 1e-6
_WAN = 1e4


class StorageCost(NamedTuple):
    """What a storage costs a year, and what of the energy comes back.

    Attributes:
        power: yuan a kW and year.
        energy: yuan a kWh of capacity and year.
        efficiency: delivered over charged, above 0 and up to 1.
        most: largest capacity, kWh, or None.
    """

    power: float
    energy: float
    efficiency: float = 0.9
    most: float | None = None


class ShiftCost(NamedTuple):
    """How much load may move within its day, and what it costs.

    Attributes:
        share: of each hour's load that may leave it, 0 to 1.
        yuan: a kWh moved.
    """

    share: float
    yuan: float


class HourlyPlan(Record):
    """The cheapest way to a share of load covered in its hour.

    Attributes:
        status: planned, already met, or infeasible.
        target: the share asked for.
        score: the share reached; where infeasible the highest that can be.
        before: the share without storage and shifting.
        cost_wan_yuan: a year.
        power_kw: of the storage.
        capacity_kwh: of it.
        discharged_kwh: a year.
        shifted_kwh: a year.
        deficit_hours: hours of the data in which the grid is still needed.
        price_yuan: what one more kWh covered would cost at the target, or None.
    """

    status: Literal["planned", "already_met", "infeasible"]
    target: float
    score: float
    before: float
    cost_wan_yuan: float | None = None
    power_kw: float = 0.0
    capacity_kwh: float = 0.0
    discharged_kwh: float = 0.0
    shifted_kwh: float = 0.0
    deficit_hours: int = 0
    price_yuan: float | None = None


def plan_hours(
    load: Vector, direct: Vector, contract: Vector, *, target: float,
    storage: StorageCost | None = None, shift: ShiftCost | None = None,
    days: Sequence[int] | None = None,
) -> HourlyPlan:  # fmt: skip
    """The cheapest storage and shifting that cover a share of the load in its hour.

    Args:
        load: kWh of each hour, shape (hours,), a year at most.
        direct: available from direct lines and own plants, kWh.
        contract: of contracts with hourly proof, kWh.
        target: share of the load to be covered, 0 to 1.
        storage: what a storage costs, or None.
        shift: how load may move within its day, or None.
        days: the day of each hour; 24 hours a day from the first when left out.

    Raises:
        InputError: shares outside 0 to 1, negative costs, neither storage nor shifting, or more
            hours than a year; all at once.

    Example:
        >>> load, sun = np.array([10.0] * 24), np.array([0.0] * 12 + [30.0] * 12)
        >>> none = np.zeros(24)
        >>> found = plan_hours(load, sun, none, target=0.75, storage=StorageCost(0, 365, 1.0))
        >>> round(found.capacity_kwh, 6), round(found.before, 2)
        (60.0, 0.5)
    """
    refuse(_faults(load, target, storage, shift))
    count = len(load)
    of_day = np.arange(count, dtype=np.int64) // 24
    if days is not None:
        of_day = np.asarray(days, dtype=np.int64)
    whole = float(load.sum())
    before = float(np.minimum(load, direct + contract).sum()) / whole if whole else 1.0
    if before >= target - _FINE:
        short = int(np.sum(load - direct - contract > _FINE * max(1.0, whole / count)))
        return HourlyPlan(status="already_met", target=target, score=before, before=before,
                          cost_wan_yuan=0.0, deficit_hours=short)  # fmt: skip
    program = _Program(load, direct, contract, of_day, storage, shift)
    found = program.cheapest(target)
    if found is None:
        return HourlyPlan(status="infeasible", target=target, score=program.highest(),
                          before=before)  # fmt: skip
    return program.told(found, target, before)


def _faults(
    load: Vector, target: float, storage: StorageCost | None, shift: ShiftCost | None
) -> list[Fault]:
    found = []
    if not 0 <= target <= 1:
        found.append((Words("目标应在 0 到 1 之间", "The target lies between 0 and 1"),
                      Words("如 0.9", "e.g. 0.9")))  # fmt: skip
    if storage is None and shift is None:
        found.append((_NOTHING, Words("给出储能或移峰的成本", "Give what one of them costs")))
    if storage and not (min(storage.power, storage.energy) >= 0 and 0 < storage.efficiency <= 1):
        found.append((Words("储能的成本不能为负，效率在 0 到 1 之间",
                            "Costs of storage are not negative, its efficiency is 0 to 1"),
                      Words("请核对", "Check them")))  # fmt: skip
    if shift and not (0 < shift.share <= 1 and shift.yuan >= 0):
        found.append((Words("可移动的份额在 0 到 1 之间，成本不能为负",
                            "The share that moves is 0 to 1, its cost is not negative"),
                      Words("请核对", "Check them")))  # fmt: skip
    if not 0 < len(load) <= LONGEST:
        found.append((Words(f"{len(load)} 小时不是一年以内的小时",
                            f"{len(load)} hours are none, or more than a year"),
                      Words("请逐年计算", "Give a year at a time")))  # fmt: skip
    return [Fault(what, do) for what, do in found]


_NOTHING = Words("没有储能也没有移峰，无从优化", "Neither storage nor shifting is given")


class _Program:
    """The program in shares of the mean load, so that tolerances mean the same for every park.

    Columns, each a block of hours: green from direct supply, green from contracts, grid, charge,
    discharge, state, load moved out, load moved in; then the power and the capacity of the storage.
    """

    _BLOCKS = ("direct", "contract", "grid", "charge", "discharge", "state", "out", "in")

    def __init__(
        self, load: Vector, direct: Vector, contract: Vector, days: NDArray[np.int64],
        storage: StorageCost | None, shift: ShiftCost | None,
    ) -> None:  # fmt: skip
        self._scale = float(load.mean())
        self._load, self._direct, self._contract = (
            one / self._scale for one in (load, direct, contract)
        )
        self._days = days
        self._storage, self._shift = storage, shift
        self._count = len(load)

    def _block(self, **parts: csr_matrix) -> csr_matrix:
        """Rows in which some blocks of hours stand, and the sizes of the storage."""
        rows = next(iter(parts.values())).shape[0]
        none = csr_matrix((rows, self._count))
        sizes = parts.get("sizes", csr_matrix((rows, 2)))
        return hstack([*(parts.get(name, none) for name in self._BLOCKS), sizes], format="csr")

    def _laws(self) -> tuple[csr_matrix, Vector, Vector]:
        """What holds in every hour: rows, lowest and highest values."""
        count, one = self._count, eye(self._count, format="csr")
        free = np.full(count, -np.inf)
        efficiency = self._storage.efficiency if self._storage else 1.0
        before = _rolled(count)
        power = csr_matrix(np.column_stack([-np.ones(count), np.zeros(count)]))
        capacity = csr_matrix(np.column_stack([np.zeros(count), -np.ones(count)]))
        day = _daily(self._days)
        laws = [
            (self._block(direct=one, contract=one, grid=one, discharge=one, out=one,
                         **{"in": -one}), self._load, self._load),
            (self._block(direct=one, charge=one), free, self._direct),
            (self._block(state=one - before, charge=-efficiency * one, discharge=one),
             np.zeros(count), np.zeros(count)),
            (self._block(charge=one, sizes=power), free, np.zeros(count)),
            (self._block(discharge=one, sizes=power), free, np.zeros(count)),
            (self._block(state=one, sizes=capacity), free, np.zeros(count)),
            (self._block(out=day, **{"in": -day}), np.zeros(day.shape[0]), np.zeros(day.shape[0])),
        ]  # fmt: skip
        return (
            vstack([law[0] for law in laws], format="csr"),
            np.concatenate([law[1] for law in laws]),
            np.concatenate([law[2] for law in laws]),
        )

    def _columns(self) -> tuple[Vector, Vector]:
        count = self._count
        none, free = np.zeros(count), np.full(count, np.inf)
        held = free if self._storage else none
        moved = self._shift.share * self._load if self._shift else none
        most = np.inf
        if self._storage and self._storage.most is not None:
            most = self._storage.most / self._scale
        sizes = np.array([np.inf, most]) if self._storage else np.zeros(2)
        spare = np.clip(self._direct - self._load, 0.0, None) if self._storage else none
        high = [free, self._contract, free, spare, held, held, moved, moved, sizes]
        return np.zeros(8 * count + 2), np.concatenate(high)

    def _solved(self, costs: Vector, grid_at_most: float) -> tuple[Vector, float] | None:
        matrix, low, high = self._laws()
        grid = self._block(grid=csr_matrix(np.ones((1, self._count))))
        answer = run(
            costs, vstack([matrix, grid], format="csr"),
            (np.append(low, -np.inf), np.append(high, grid_at_most)), self._columns(), fine=_FINE,
        )  # fmt: skip
        return None if answer is None else (answer.x, float(answer.row_prices[-1]))

    def _costs(self) -> Vector:
        """Yuan of the stretch of hours for a unit of each column."""
        count, part = self._count, self._count / HOURS_A_YEAR
        costs = np.zeros(8 * count + 2)
        costs[2 * count : 3 * count] = _TRACE
        costs[6 * count : 7 * count] = self._shift.yuan if self._shift else 0.0
        if self._storage:
            costs[-2:] = self._storage.power * part, self._storage.energy * part
        return costs

    def cheapest(self, target: float) -> tuple[Vector, float] | None:
        """The columns of least cost and the price of the target; None where none reaches it."""
        return self._solved(self._costs(), (1 - target) * self._load.sum())

    def highest(self) -> float:
        """The highest share that any storage and shifting reach."""
        costs = np.zeros(8 * self._count + 2)
        costs[2 * self._count : 3 * self._count] = 1.0
        found = self._solved(costs, np.inf)
        assert found is not None  # the grid alone is always possible
        grid = found[0][2 * self._count : 3 * self._count].sum()
        return float(1 - grid / self._load.sum())

    def told(self, found: tuple[Vector, float], target: float, before: float) -> HourlyPlan:
        """The plan of a solution, in kWh and a year."""
        x, price = found
        count, scale = self._count, self._scale
        blocks = {name: x[at * count : (at + 1) * count] for at, name in enumerate(self._BLOCKS)}
        yearly = HOURS_A_YEAR / count * scale
        cost = float(self._costs() @ x - _TRACE * blocks["grid"].sum()) * yearly / _WAN
        return HourlyPlan(
            status="planned",
            target=target,
            score=float(1 - blocks["grid"].sum() / self._load.sum()),
            before=before,
            cost_wan_yuan=max(0.0, cost),
            power_kw=float(x[-2]) * scale,
            capacity_kwh=float(x[-1]) * scale,
            discharged_kwh=float(blocks["discharge"].sum()) * yearly,
            shifted_kwh=float(blocks["out"].sum()) * yearly,
            deficit_hours=int(np.sum(blocks["grid"] > 1e-7)),
            price_yuan=price if price > _TRACE else None,
        )


def _rolled(count: int) -> csr_matrix:
    """The state of the hour before; before the first stands the last."""
    hours = np.arange(count)
    return csr_matrix((np.ones(count), (hours, (hours - 1) % count)), shape=(count, count))


def _daily(days: NDArray[np.int64]) -> csr_matrix:
    """A row a day, with a one at each of its hours."""
    _, day = np.unique(days, return_inverse=True)
    ones = np.ones(len(day))
    return csr_matrix((ones, (day, np.arange(len(day)))), shape=(int(day.max()) + 1, len(day)))
