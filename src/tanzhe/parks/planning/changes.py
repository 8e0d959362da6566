"""What measures change in a park's ledgers, and the park after them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import NamedTuple, TypeVar

from tanzhe.model.park import (
    Certificate,
    ElectricityRow,
    FuelUse,
    HeatRow,
    IndicatorEntry,
    ParkYear,
    ProcessRow,
)
from tanzhe.model.plan import Measure
from tanzhe.parks.account.certificates import counting_kwh, covered_kwh
from tanzhe.parks.account.firms import firm_key
from tanzhe.quantity import Quantity, Unit

Row = FuelUse | ElectricityRow | HeatRow | ProcessRow
_Kind = TypeVar("_Kind", FuelUse, ElectricityRow, HeatRow, ProcessRow)

GRID = "*grid"  # all purchased grid power without a certificate, whichever row it stands in
_ADDED = "plan-grid"
_NOTHING = 1e-9  # share of a row that is a rounding
_WATT_HOURS = 6  # decimals of a certificate's MWh


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one unit of a measure does to the ledgers.

    Attributes:
        measure: as entered.
        row: id of the row that falls, `GRID`, or "".
        falls: amount by which it falls, in the row's unit (kWh, GJ, t, the fuel's unit).
        to: id of the existing row that grows, `GRID`, or "".
        new: a new row with an amount of 0, or None.
        grows: amount by which `to` or `new` grows, in that row's unit.
        proves: kWh of grid power that get a certificate.
        gains: of stated indicators, by the key the park states them under.
    """

    measure: Measure
    row: str = ""
    falls: float = 0.0
    to: str = ""
    new: Row | None = None
    grows: float = 0.0
    proves: float = 0.0
    gains: tuple["Gain", ...] = ()


class Gain(NamedTuple):
    """A gain of a stated indicator a unit, and the value it cannot pass."""

    indicator: str
    key: str
    amount: float
    most: float


def amount_of(row: Row) -> float:
    """The amount of a ledger row in its own unit."""
    match row:
        case FuelUse():
            return row.quantity
        case ElectricityRow():
            return row.kwh
        case HeatRow():
            return row.gj
        case ProcessRow():
            return row.output_t


def _with_amount(row: _Kind, amount: float) -> _Kind:
    fields = {FuelUse: "quantity", ElectricityRow: "kwh", HeatRow: "gj", ProcessRow: "output_t"}
    return row.model_copy(update={fields[type(row)]: amount})


def rows_of(park: ParkYear) -> dict[str, Row]:
    """All ledger rows by id."""
    rows: tuple[Row, ...] = (*park.fuels, *park.electricity, *park.heat, *park.processes)
    return {row.id: row for row in rows}


def bare_grid_kwh(park: ParkYear) -> dict[str, float]:
    """The kWh of each grid row that no certificate covers, by row id."""
    covered = covered_kwh(park.electricity, park.year)
    return {r.id: r.kwh - covered[r.id] for r in park.electricity if r.supply == "grid"}


def available(park: ParkYear) -> dict[str, float]:
    """What each row holds that measures could take, by row id and for `GRID`."""
    amounts = {id: amount_of(row) for id, row in rows_of(park).items()}
    return {**amounts, GRID: sum(bare_grid_kwh(park).values())}


def applied(park: ParkYear, changes: Sequence[Change], amounts: Sequence[float]) -> ParkYear:
    """The park with measures taken.

    Args:
        park: as it is.
        changes: of each measure.
        amounts: of each measure, in its own unit; no more than the ledgers hold.

    Returns:
        Rows with their new amounts, new rows and certificates with ids that begin with `plan-`,
        and indicators with their gains.
    """
    moved: dict[str, float] = defaultdict(float)
    new: list[Row] = []
    proven: list[tuple[str, float]] = []
    for number, (change, amount) in enumerate(zip(changes, amounts, strict=True), 1):
        moved[change.row] -= change.falls * amount
        moved[change.to] += change.grows * amount if change.new is None else 0.0
        if change.new is not None and amount > 0:
            new.append(change.new.model_copy(update={"id": f"plan-{number}"}))
            moved[f"plan-{number}"] += change.grows * amount
        if change.proves * amount > 0:
            proven.append((f"plan-{number}", change.proves * amount))
    power = (*_grid_moved(park, moved[GRID]), *_of(ElectricityRow, new))
    power = tuple(_moved(r, moved) if r.supply != "grid" else r for r in power)
    return park.model_copy(
        update={
            "fuels": tuple(_moved(r, moved) for r in (*park.fuels, *_of(FuelUse, new))),
            "heat": tuple(_moved(r, moved) for r in (*park.heat, *_of(HeatRow, new))),
            "processes": tuple(_moved(r, moved) for r in (*park.processes, *_of(ProcessRow, new))),
            "electricity": _certified(power, proven, park),
            "indicators": _gained(park, changes, amounts),
        }
    )


def _of(kind: type[_Kind], rows: Sequence[Row]) -> list[_Kind]:
    return [row for row in rows if isinstance(row, kind)]


def _moved(row: _Kind, moved: dict[str, float]) -> _Kind:
    change = moved.get(row.id, 0.0)
    if not change:
        return row
    before = amount_of(row)
    after = before + change
    return _with_amount(row, after if after > _NOTHING * before else 0.0)


def _grid_moved(park: ParkYear, change: float) -> tuple[ElectricityRow, ...]:
    """More grid power in a row of its own; less taken from what has no certificate, in order."""
    if change > 0:
        added = next((r for r in park.electricity if r.id == _ADDED), None)
        if added is None:
            return (*park.electricity, ElectricityRow(id=_ADDED, supply="grid", kwh=change))
        more = _with_amount(added, added.kwh + change)
        return tuple(more if row is added else row for row in park.electricity)
    left, bare = -change, bare_grid_kwh(park)
    rows: list[ElectricityRow] = []
    for row in park.electricity:
        take = min(left, bare.get(row.id, 0.0))
        left -= take
        rows.append(_with_amount(row, row.kwh - take) if take else row)
    return tuple(rows)


def _certified(
    rows: tuple[ElectricityRow, ...], proven: Sequence[tuple[str, float]], park: ParkYear
) -> tuple[ElectricityRow, ...]:
    """Certificates for the year, at each firm's first grid row; never above the power it bought.

    The method adds up the park, so it does not matter at which grid row of a firm they stand.
    """
    grid = [row for row in rows if row.supply == "grid"]
    if not proven or not grid:
        return rows
    room = _room(grid, park.year)
    left = dict(proven)
    made: dict[str, list[Certificate]] = {}
    for firm in dict.fromkeys(firm_key(row) for row in grid):
        own = [row for row in grid if firm_key(row) == firm]
        own_room = min(room, _room(own, park.year))
        for id, kwh in left.items():
            mwh = _down(Quantity(min(kwh, own_room), Unit.KWH).to(Unit.MWH).value)
            if mwh <= 0:
                continue
            taken = Quantity(mwh, Unit.MWH).to(Unit.KWH).value
            own_room, room, left[id] = own_room - taken, room - taken, kwh - taken
            held = made.setdefault(own[0].id, [])
            # One number stands once: what goes to a second firm is a part with its own.
            part = f"{id}-{len(made)}" if len(made) > 1 else id
            month = f"{park.year:04d}-12"
            holder = own[0].firm or park.name
            held.append(
                Certificate(id=part, mwh=mwh, generated=month, status="cancelled", holder=holder)
            )
    return tuple(
        row.model_copy(update={"certificates": (*row.certificates, *made[row.id])})
        if row.id in made
        else row
        for row in rows
    )


def _room(rows: Sequence[ElectricityRow], year: int) -> float:
    """The kWh that no certificate covers yet."""
    return sum(row.kwh for row in rows) - sum(counting_kwh(row, year) for row in rows)


def _down(mwh: float) -> float:
    """Whole watt-hours, so that the sum of certificates never passes the power by a rounding."""
    nearest = round(mwh, _WATT_HOURS)
    return nearest if nearest <= mwh else floor(mwh * 10**_WATT_HOURS) / 10**_WATT_HOURS


def _gained(
    park: ParkYear, changes: Sequence[Change], amounts: Sequence[float]
) -> dict[str, IndicatorEntry]:
    """Stated indicators with the gains of the measures."""
    entries = dict(park.indicators)
    for change, amount in zip(changes, amounts, strict=True):
        for gain in change.gains:
            entry = entries[gain.key]
            if amount > 0 and entry.value is not None:
                value = min(gain.most, entry.value + gain.amount * amount)
                entries[gain.key] = entry.model_copy(update={"value": value})
    return entries
