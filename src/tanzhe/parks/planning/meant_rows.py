"""The rows of a park's ledgers that a measure means, and its size in their units."""

from collections.abc import Sequence

from tanzhe.errors import Fault, InputError, Words, listed
from tanzhe.model.park import ElectricityRow, FuelUse, HeatRow, ParkYear, ProcessRow
from tanzhe.model.plan import Measure
from tanzhe.names import folded
from tanzhe.parks.measures.words import REPAIR, fault_at, words
from tanzhe.parks.planning.changes import GRID, Row, rows_of
from tanzhe.quantity import Quantity, Unit


class MeantRows:
    """Finds the rows that a measure means and collects what is wrong with naming them.

    Args:
        park: as it is.
        measure: whose rows are sought.
        place: of the measure in its file, for messages.
    """

    def __init__(self, park: ParkYear, measure: Measure, place: str) -> None:
        self.park = park
        self.measure = measure
        self.place = place
        self.faults: list[Fault] = []

    def row(self, kinds: tuple[type, ...], *, default: str = "") -> str | None:
        """The id of the row that falls."""
        named = self.measure.row
        if not named and default:
            return default
        if ElectricityRow in kinds and folded(named) in words().grid:
            return GRID
        found = self.named(named, kinds)
        if len(found) == 1:
            row = rows_of(self.park)[found[0]]
            return GRID if isinstance(row, ElectricityRow) and row.supply == "grid" else found[0]
        if found:
            self.several("row", named, found)
            return None
        self._unknown(named, kinds)
        return None

    def named(self, name: str, kinds: tuple[type, ...]) -> list[str]:
        """Ids of the rows of an id or name; without a name, of all that could be meant."""
        rows = {id: r for id, r in rows_of(self.park).items() if isinstance(r, kinds)}
        rows = {id: row for id, row in rows.items() if _may_move(row)}
        if not name:
            return list(rows)
        if name in rows:
            return [name]
        return [id for id, row in rows.items() if folded(_name(row)) == folded(name)]

    def several(self, key: str, name: str, found: list[str]) -> None:
        """Say that a name may mean any of some rows."""
        ids = listed(found)
        told = Words(
            f"“{name}”指哪一行不清楚：{ids.zh}" if name else f"没有写哪一行，可能的有：{ids.zh}",
            f"“{name}” may be any of {ids.en}" if name else f"No row is named; it may be {ids.en}",
        )
        self.say(key, told, Words("请写行号", "Write the row's id"))

    def _unknown(self, name: str, kinds: tuple[type, ...]) -> None:
        rows = {id: row for id, row in rows_of(self.park).items() if _may_move(row)}
        fitting = [f"{id}（{_name(r)}）" for id, r in rows.items() if isinstance(r, kinds)]
        fitting += ["grid（网购电）"] if ElectricityRow in kinds else []
        known = listed(fitting) if fitting else Words("无", "none")
        told = Words(
            f"台账中没有可以减少的“{name}”" if name else "台账中没有可以减少的行",
            f"The ledgers have no row “{name}” that could fall",
        )
        self.say("row", told, Words(f"可用的行：{known.zh}", f"Rows: {known.en}"))

    def size_of(self, row: str) -> float | None:
        """The row's units in one unit of the measure."""
        found = rows_of(self.park).get(row)
        match found:
            case FuelUse():
                return self._fuel_size(found)
            case HeatRow():
                return self.size(Unit.GJ)
            case ProcessRow():
                return self.size(Unit.T)
            case _:
                return self.size(Unit.KWH)

    def _fuel_size(self, row: FuelUse) -> float | None:
        try:
            own = Unit.parse(row.unit)
        except InputError:
            own = None
        if own is not None:
            return self.size(own)
        if folded(row.unit) == folded(self.measure.unit):
            return 1.0
        self._wrong_unit(row.unit, [row.unit])
        return None

    def size(self, own: Unit) -> float | None:
        """A unit of the ledger in one unit of the measure; None where they do not convert."""
        try:
            return Quantity(1.0, Unit.parse(self.measure.unit)).to(own).value
        except InputError:
            known = [u.text for u in Unit if u.dimension is own.dimension]
            self._wrong_unit(own.text, known)
            return None

    def _wrong_unit(self, own: str, known: Sequence[str]) -> None:
        units = listed(known)
        told = Words(
            f"单位“{self.measure.unit}”不能换算成台账的 {own}",
            f"The unit “{self.measure.unit}” is not one of the ledger's {own}",
        )
        self.say("unit", told, Words(f"可用单位：{units.zh}", f"Units: {units.en}"))

    def say(self, key: str, what: Words, do: Words = REPAIR) -> None:
        """Keep what is wrong with a field of the measure."""
        self.faults.append(fault_at(self.place, key, what, do))


def _may_move(row: Row) -> bool:
    """Rows that measures can take from: used in the park, and not empty."""
    match row:
        case FuelUse():
            return row.purpose not in ("feedstock", "sold", "conversion_output")
        case ElectricityRow():
            return row.supply != "exported"
        case HeatRow():
            return row.direction == "in" and row.fossil
        case ProcessRow():
            return True


def _name(row: Row) -> str:
    match row:
        case FuelUse():
            return row.fuel
        case ElectricityRow():
            return row.supply
        case HeatRow():
            return "购入热力"
        case ProcessRow():
            return row.product
