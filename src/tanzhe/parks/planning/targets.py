"""Measures beside a park: which ledger rows they move, in which units, and what is wrong."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from tanzhe.errors import Words, refuse
from tanzhe.model.park import ElectricityRow, FuelUse, HeatRow, ParkYear, ProcessRow
from tanzhe.model.plan import Measure
from tanzhe.model.rules import RuleSet
from tanzhe.parks.measures.file import MeasureFile
from tanzhe.parks.measures.words import words
from tanzhe.parks.planning.changes import GRID, Change, rows_of
from tanzhe.parks.planning.gains import gain_faults, gains_of
from tanzhe.parks.planning.meant_rows import MeantRows
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
_FILL = Words("请补上", "Fill it in")
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
        faults += [*reader.rows.faults, *gain_faults(measure, place, park, rules)]
        if change is not None:
            changes.append(replace(change, gains=gains_of(measure, park, rules)))
    refuse(faults)
    return tuple(changes)


class _Target:
    """What one measure does to the ledgers.

    Long because each kind of measure moves them in its own way.
    """

    def __init__(self, park: ParkYear, measure: Measure, place: str) -> None:
        self.park = park
        self.measure = measure
        self.rows = MeantRows(park, measure, place)

    def change(self) -> Change | None:
        """The change, or None where the measure does not fit the park."""
        self._fields()
        found = self._found()
        return None if self.rows.faults else found

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
                self.rows.say(key, told, Words("请删去，或改类型", "Remove it, or change the kind"))
            if not given and key in _NEEDS.get(self.measure.kind, ()):
                told = Words(f"“{kind}”要写“{shown}”", f"Kind “{self.measure.kind}” needs {key}")
                self.rows.say(key, told, _FILL)
        if self.measure.kind == "indicator" and not self.measure.indicators:
            told = Words("没有写改善哪个指标", "Says no indicator it moves")
            self.rows.say("indicators", told, _FILL)

    def _power(self) -> Change | None:
        """Certificates for grid power, or power from elsewhere instead of it."""
        row = self.rows.row((ElectricityRow,), default=GRID)
        size = self._certificate_size() or self.rows.size(Unit.KWH)
        if row is None or size is None:
            return None
        kind = self.measure.kind
        if kind == "certificate":
            if row != GRID:
                told = Words("绿证只能用于网购电", "Certificates cover grid power only")
                self.rows.say(
                    "row", told, Words("请删去，或写“网购电”", "Remove it, or write grid")
                )
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
        row = self.rows.row(kinds if electrified else (*kinds, ElectricityRow))
        size = None if row is None else self.rows.size_of(row)
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
        row = self.rows.row((FuelUse,))
        size = None if row is None else self.rows.size_of(row)
        to, new = self._fuel_to()
        if row is None or size is None or not (to or new):
            return None
        if to == row:
            told = Words("改为同一行等于没有改", "The same row grows and falls")
            self.rows.say("to", told)
            return None
        grows = self.measure.per_unit or 0.0
        return Change(measure=self.measure, row=row, falls=size, to=to, new=new, grows=grows)

    def _fuel_to(self) -> tuple[str, FuelUse | None]:
        """The fuel row that grows: an existing one, or a new one with its factors."""
        if not self.measure.to:
            return "", None
        found = self.rows.named(self.measure.to, (FuelUse,))
        if len(found) == 1:
            for key in ("to_unit", "to_factor_tco2", "to_energy_gj_per_unit"):
                if getattr(self.measure, key) not in (None, ""):
                    told = Words(
                        f"“{self.measure.to}”已在台账中（{found[0]}），因子以台账为准",
                        f"“{self.measure.to}” stands in the ledger ({found[0]}) with its factors",
                    )
                    self.rows.say(key, told, Words("请删去", "Remove it"))
            return found[0], None
        if found:
            self.rows.several("to", self.measure.to, found)
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
            self.rows.say(key, told, _FILL)
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
        row = self.rows.row((HeatRow, FuelUse) if self.measure.row else (HeatRow,))
        size = None if row is None else self.rows.size_of(row)
        if row is None or size is None:
            return None
        replaced = rows_of(self.park)[row]
        if isinstance(replaced, FuelUse) and self.measure.per_unit is None:
            told = Words(
                "以热力替代燃料，要写每单位燃料改用多少 GJ 热力",
                "Heat instead of fuel: say how many GJ replace a unit of it",
            )
            self.rows.say("per_unit", told, _FILL)
            return None
        grows = size if self.measure.per_unit is None else self.measure.per_unit
        new = HeatRow(id="", direction="in", gj=0.0, fossil=False, evidence=self._evidence())
        return Change(measure=self.measure, row=row, falls=size, new=new, grows=grows)

    def _process_change(self) -> Change | None:
        row = self.rows.row((ProcessRow,))
        size = None if row is None else self.rows.size_of(row)
        if row is None or size is None:
            return None
        grows = size if self.measure.per_unit is None else self.measure.per_unit
        if not self.measure.to:
            return Change(measure=self.measure, row=row, falls=size)
        found = self.rows.named(self.measure.to, (ProcessRow,))
        if len(found) > 1:
            self.rows.several("to", self.measure.to, found)
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
            self.rows.say("to_factor_tco2", told, _FILL)
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
