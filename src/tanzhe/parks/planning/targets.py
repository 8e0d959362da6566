"""Measures beside a park: which ledger rows they move, in which units, and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from tanzhe.errors import Fault, InputError, Words, listed, refuse
from tanzhe.model.park import ElectricityRow, FuelUse, HeatRow, ParkYear, ProcessRow
from tanzhe.model.plan import Measure
from tanzhe.model.rules import RuleSet
from tanzhe.names import folded
from tanzhe.parks.measures.file import MeasureFile
from tanzhe.parks.measures.words import REPAIR, fault_at, words
from tanzhe.parks.planning.changes import GRID, Change, Row, rows_of
from tanzhe.parks.planning.gains import gain_faults, gains_of
from tanzhe.quantity import Quantity, Unit
from tanzhe.rulebook import rule_value

# Beside name, potential, cost and the like: which fields a kind reads.
_USES: Mapping[str, tuple[str, ...]] = {
    "certificate": ("row",),
    "green_trade": ("row",),
    "direct": ("row",),
    "onsite": ("row",),
    "electrification": ("row", "per_unit"),
    "efficiency": ("row",),
    "fuel_switch": ("row", "to", "per_unit", "to_unit", "to_factor_tco2", "to_energy_gj_per_unit"),
    "heat_switch": ("row", "per_unit"),
    "process_change": ("row", "to", "per_unit", "to_factor_tco2"),
    "indicator": (),
    "enabling": (),
}
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "electrification": ("per_unit",),
    "fuel_switch": ("to", "per_unit"),
}
_PIECES = ("张", "个")  # how certificates are sold
_OPTIONAL = ("row", "to", "per_unit", "to_unit", "to_factor_tco2", "to_energy_gj_per_unit")


def changes_of(park: ParkYear, file: MeasureFile, rules: RuleSet) -> tuple[Change, ...]:
    """What each measure does to the park's ledgers.

    Args:
        park: as it is.
        file: the measures, with the faults found in reading them.
        rules: the rule set whose indicators measures may move.

    Raises:
        InputError: every fault of the file, in its words and beside the park.
    """
    faults = list(file.faults)
    changes: list[Change] = []
    for measure, place in zip(file.measures, file.places, strict=True):
        reader = _Target(park, measure, place)
        change = reader.change()
        faults += [*reader.faults, *gain_faults(measure, place, park, rules)]
        if change is not None:
            changes.append(replace(change, gains=gains_of(measure, park, rules)))
    refuse(faults)
    return tuple(changes)


class _Target:
    """Finds the rows of one measure and collects what is wrong with it.

    Long because each kind of measure finds its rows in its own way, and all share faults.
    """

    def __init__(self, park: ParkYear, measure: Measure, place: str) -> None:
        self.park = park
        self.measure = measure
        self.place = place
        self.faults: list[Fault] = []

    def change(self) -> Change | None:
        """The change, or None where the measure does not fit the park."""
        self._fields()
        found = self._found()
        return None if self.faults else found

    def _found(self) -> Change | None:
        kind = self.measure.kind
        match kind:
            case "certificate" | "green_trade" | "direct" | "onsite":
                return self._power()
            case "electrification" | "efficiency":
                return self._saving()
            case "fuel_switch":
                return self._fuel_switch()
            case "heat_switch":
                return self._heat_switch()
            case "process_change":
                return self._process_change()
            case "indicator" | "enabling":
                return Change(measure=self.measure)
            case _:
                assert_never(kind)

    def _fields(self) -> None:
        """What the kind needs is there; what it does not read is not."""
        kind = words().shown[self.measure.kind]
        for key in _OPTIONAL:
            given = getattr(self.measure, key) not in (None, "")
            shown = words().shown[key]
            if given and key not in _USES[self.measure.kind]:
                told = Words(
                    f"“{kind}”不用“{shown}”", f"Kind “{self.measure.kind}” does not read {key}"
                )
                self._say(key, told, Words("请删去，或改类型", "Remove it, or change the kind"))
            if not given and key in _NEEDS.get(self.measure.kind, ()):
                told = Words(f"“{kind}”要写“{shown}”", f"Kind “{self.measure.kind}” needs {key}")
                self._say(key, told, _FILL)
        if self.measure.kind == "indicator" and not self.measure.indicators:
            told = Words("没有写改善哪个指标", "Says no indicator it moves")
            self._say("indicators", told, _FILL)

    def _power(self) -> Change | None:
        """Certificates for grid power, or power from elsewhere instead of it."""
        row = self._row((ElectricityRow,), default=GRID)
        size = self._certificate_size() or self._size(Unit.KWH)
        if row is None or size is None:
            return None
        kind = self.measure.kind
        if kind == "certificate":
            if row != GRID:
                told = Words("绿证只能用于网购电", "Certificates cover grid power only")
                self._say("row", told, Words("请删去，或写“网购电”", "Remove it, or write grid"))
                return None
            return Change(measure=self.measure, proves=size)
        supply = kind if kind in ("green_trade", "direct", "onsite") else "direct"
        new = ElectricityRow(
            id="", supply=supply, generation="nonfossil", kwh=0.0, evidence=self._evidence()
        )  # fmt: skip
        return Change(measure=self.measure, row=row, falls=size, new=new, grows=size)

    def _certificate_size(self) -> float | None:
        """The kWh of one certificate, where certificates are counted in pieces."""
        if self.measure.kind != "certificate" or self.measure.unit not in _PIECES:
            return None
        value = rule_value("green_power.certificate_size", year=self.park.year).value
        return Quantity(value.value, Unit.parse(value.unit)).to(Unit.KWH).value

    def _saving(self) -> Change | None:
        """Less of a row; with electrification, grid power instead."""
        electrified = self.measure.kind == "electrification"
        kinds: tuple[type, ...] = (FuelUse, HeatRow)
        row = self._row(kinds if electrified else (*kinds, ElectricityRow))
        size = None if row is None else self._size_of(row)
        if row is None or size is None:
            return None
        added = self.measure.per_unit or 0.0
        return Change(
            measure=self.measure,
            row=row,
            falls=size,
            to=GRID if electrified else "",
            grows=added if electrified else 0.0,
        )

    def _fuel_switch(self) -> Change | None:
        row = self._row((FuelUse,))
        size = None if row is None else self._size_of(row)
        to, new = self._fuel_to()
        if row is None or size is None or not (to or new):
            return None
        if to == row:
            told = Words("改为同一行等于没有改", "The same row grows and falls")
            self._say("to", told)
            return None
        grows = self.measure.per_unit or 0.0
        return Change(measure=self.measure, row=row, falls=size, to=to, new=new, grows=grows)

    def _fuel_to(self) -> tuple[str, FuelUse | None]:
        """The fuel row that grows: an existing one, or a new one with its factors."""
        if not self.measure.to:
            return "", None
        found = self._named(self.measure.to, (FuelUse,))
        if len(found) == 1:
            for key in ("to_unit", "to_factor_tco2", "to_energy_gj_per_unit"):
                if getattr(self.measure, key) not in (None, ""):
                    told = Words(
                        f"“{self.measure.to}”已在台账中（{found[0]}），因子以台账为准",
                        f"“{self.measure.to}” stands in the ledger ({found[0]}) with its factors",
                    )
                    self._say(key, told, Words("请删去", "Remove it"))
            return found[0], None
        if found:
            self._several("to", self.measure.to, found)
            return "", None
        missing = [
            key
            for key in ("to_unit", "to_factor_tco2", "to_energy_gj_per_unit")
            if getattr(self.measure, key) in (None, "")
        ]
        for key in missing:
            told = Words(
                f"台账中没有“{self.measure.to}”，新燃料要写“{words().shown[key]}”",
                f"The ledger has no “{self.measure.to}”: a new fuel needs {key}",
            )
            self._say(key, told, _FILL)
        if missing:
            return "", None
        return "", FuelUse(
            id="",
            fuel=self.measure.to,
            purpose="fuel",
            quantity=0.0,
            unit=self.measure.to_unit,
            factor_tco2=self.measure.to_factor_tco2,
            energy_gj_per_unit=self.measure.to_energy_gj_per_unit,
            evidence=self._evidence(),
        )

    def _heat_switch(self) -> Change | None:
        row = self._row((HeatRow, FuelUse) if self.measure.row else (HeatRow,))
        size = None if row is None else self._size_of(row)
        if row is None or size is None:
            return None
        replaced = rows_of(self.park)[row]
        if isinstance(replaced, FuelUse) and self.measure.per_unit is None:
            told = Words(
                "以热力替代燃料，要写每单位燃料改用多少 GJ 热力",
                "Heat instead of fuel: say how many GJ replace a unit of it",
            )
            self._say("per_unit", told, _FILL)
            return None
        grows = size if self.measure.per_unit is None else self.measure.per_unit
        new = HeatRow(id="", direction="in", gj=0.0, fossil=False, evidence=self._evidence())
        return Change(measure=self.measure, row=row, falls=size, new=new, grows=grows)

    def _process_change(self) -> Change | None:
        row = self._row((ProcessRow,))
        size = None if row is None else self._size_of(row)
        if row is None or size is None:
            return None
        grows = size if self.measure.per_unit is None else self.measure.per_unit
        if not self.measure.to:
            return Change(measure=self.measure, row=row, falls=size)
        found = self._named(self.measure.to, (ProcessRow,))
        if len(found) > 1:
            self._several("to", self.measure.to, found)
            return None
        if found:
            return Change(measure=self.measure, row=row, falls=size, to=found[0], grows=grows)
        if self.measure.to_factor_tco2 is None:
            told = Words(
                f"台账中没有“{self.measure.to}”，新工艺要写排放因子 to_factor_tco2"
                "（tCO2/t，没有排放写 0）",
                f"The ledger has no “{self.measure.to}”: a new process needs to_factor_tco2 "
                "(tCO2/t, 0 where it emits nothing)",
            )
            self._say("to_factor_tco2", told, _FILL)
            return None
        new = ProcessRow(
            id="",
            product=self.measure.to,
            output_t=0.0,
            factor_tco2_per_t=self.measure.to_factor_tco2,
            basis=self._evidence(),
        )
        return Change(measure=self.measure, row=row, falls=size, new=new, grows=grows)

    def _evidence(self) -> str:
        return f"方案措施：{self.measure.name}"

    def _row(self, kinds: tuple[type, ...], *, default: str = "") -> str | None:
        """The id of the row that falls."""
        named = self.measure.row
        if not named and default:
            return default
        if ElectricityRow in kinds and folded(named) in words().grid:
            return GRID
        found = self._named(named, kinds)
        if len(found) == 1:
            row = rows_of(self.park)[found[0]]
            return GRID if isinstance(row, ElectricityRow) and row.supply == "grid" else found[0]
        if found:
            self._several("row", named, found)
            return None
        self._unknown_row(named, kinds)
        return None

    def _named(self, name: str, kinds: tuple[type, ...]) -> list[str]:
        """Ids of the rows of an id or name; without a name, of all that could be meant."""
        rows = {id: r for id, r in rows_of(self.park).items() if isinstance(r, kinds)}
        rows = {id: row for id, row in rows.items() if _may_move(row)}
        if not name:
            return list(rows)
        if name in rows:
            return [name]
        return [id for id, row in rows.items() if folded(_name(row)) == folded(name)]

    def _several(self, key: str, name: str, found: list[str]) -> None:
        ids = listed(found)
        told = Words(
            f"“{name}”指哪一行不清楚：{ids.zh}" if name else f"没有写哪一行，可能的有：{ids.zh}",
            f"“{name}” may be any of {ids.en}" if name else f"No row is named; it may be {ids.en}",
        )
        self._say(key, told, Words("请写行号", "Write the row's id"))

    def _unknown_row(self, name: str, kinds: tuple[type, ...]) -> None:
        rows = {id: row for id, row in rows_of(self.park).items() if _may_move(row)}
        fitting = [f"{id}（{_name(r)}）" for id, r in rows.items() if isinstance(r, kinds)]
        fitting += ["grid（网购电）"] if ElectricityRow in kinds else []
        known = listed(fitting) if fitting else Words("无", "none")
        told = Words(
            f"台账中没有可以减少的“{name}”" if name else "台账中没有可以减少的行",
            f"The ledgers have no row “{name}” that could fall",
        )
        self._say("row", told, Words(f"可用的行：{known.zh}", f"Rows: {known.en}"))

    def _size_of(self, row: str) -> float | None:
        """The row's units in one unit of the measure."""
        found = rows_of(self.park).get(row)
        match found:
            case FuelUse():
                return self._fuel_size(found)
            case HeatRow():
                return self._size(Unit.GJ)
            case ProcessRow():
                return self._size(Unit.T)
            case _:
                return self._size(Unit.KWH)

    def _fuel_size(self, row: FuelUse) -> float | None:
        try:
            own = Unit.parse(row.unit)
        except InputError:
            own = None
        if own is not None:
            return self._size(own)
        if folded(row.unit) == folded(self.measure.unit):
            return 1.0
        self._wrong_unit(row.unit, [row.unit])
        return None

    def _size(self, own: Unit) -> float | None:
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
        self._say("unit", told, Words(f"可用单位：{units.zh}", f"Units: {units.en}"))

    def _say(self, key: str, what: Words, do: Words = REPAIR) -> None:
        self.faults.append(fault_at(self.place, key, what, do))


_FILL = Words("请补上", "Fill it in")


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
