"""What the method refuses when rows are seen together: double counting and impossible sums."""

from collections.abc import Callable, Iterator, Mapping, Set
from math import fsum
from typing import get_args

from tanzhe.errors import Fault, InputError, Words
from tanzhe.faults import fault_of
from tanzhe.model.park import ElectricityRow, FuelUse, Generation, ParkYear, ProcessRow
from tanzhe.names import folded
from tanzhe.parks.account.certificates import above_grid, covered_kwh
from tanzhe.parks.account.energy import kwh_of
from tanzhe.parks.account.firms import may_be_one_firm
from tanzhe.parks.account.fuels import BURNT, burnt_gj
from tanzhe.parks.entry.naming import AS_JSON, Naming
from tanzhe.parks.words import impossible_equivalence, names
from tanzhe.quantity import GJ_PER_KWH, Quantity, Unit

Check = Callable[[ParkYear, Mapping[str, str], Naming], Iterator[Fault]]


def refusals(
    park: ParkYear,
    places: Mapping[str, str],
    naming: Naming = AS_JSON,
    *,
    incomplete: Set[str] = frozenset(),
) -> list[Fault]:
    """Every fault that shows only when rows are compared.

    Args:
        park: the rows that are sound by themselves.
        places: path of each row by its id.
        naming: how the file calls places and codes.
        incomplete: ledgers with faulty rows; sums over them are not judged.
    """
    return [
        fault
        for needs, check in _CHECKS
        if not incomplete & needs
        for fault in check(park, places, naming)
    ]


def _unit_of_equivalence(
    park: ParkYear, places: Mapping[str, str], naming: Naming
) -> Iterator[Fault]:
    if park.equivalence_kgce_per_kwh > impossible_equivalence():
        yield fault_of(
            "parks.refusals.unit_of_equivalence",
            equivalence_kgce_per_kwh=park.equivalence_kgce_per_kwh,
            where="equivalence_kgce_per_kwh",
        )


def _contradicted(park: ParkYear, places: Mapping[str, str], naming: Naming) -> Iterator[Fault]:
    """Green-power trade is of renewable power."""
    for row in park.electricity:
        if row.supply == "green_trade" and row.generation in ("fossil", "waste_heat"):
            yield Fault(
                Words(
                    "绿电交易的电量不能是化石或余热发电",
                    "Green-power trade cannot be fossil or waste-heat power",
                ),
                Words(
                    f"请改供电类型，或把电源改为 {naming.of('nonfossil')}",
                    f"Correct the supply, or write {naming.of('nonfossil')} as its generation",
                ),
                where=f"{places[row.id]}.generation",
            )


def _exports(park: ParkYear, places: Mapping[str, str], naming: Naming) -> Iterator[Fault]:
    """No more can leave than came in or was made: in all, and of each kind that is taken off."""
    out = [row for row in park.electricity if row.supply == "exported"]
    rows = [row for row in park.electricity if row.supply != "exported"]
    covered = fsum(covered_kwh(park.electricity, park.year).values())
    made_of_heat = [r for r in rows if r.supply == "onsite" and r.generation == "waste_heat"]
    for kind, source, zh, en in (
        (None, kwh_of(rows), "电量", "power"),
        ("fossil", kwh_of(filter(_may_be_fossil, rows)) - covered, "化石电量", "fossil power"),
        ("waste_heat", kwh_of(made_of_heat), "余热余压电量", "waste-heat power"),
    ):
        sent = [row for row in out if kind in (None, row.generation)]
        if kwh_of(sent) > source:
            proven = Words("", "")
            if covered:
                proven = Words(
                    f"（另有 {covered:,.10g} kWh 由绿证抵扣，按 0 计）",
                    f" (another {covered:,.10g} kWh are covered by certificates and count 0)",
                )
            yield Fault(
                Words(
                    f"外送{zh} {kwh_of(sent):,.10g} kWh 多于来源 {source:,.10g} kWh{proven.zh}",
                    f"{kwh_of(sent):,.10g} kWh of {en} sent out, {source:,.10g} kWh there "
                    f"was{proven.en}",
                ),
                Words("请补全来源，或核对电量和单位", "List the sources, or check the unit"),
                where=f"{places[sent[-1].id]}.kwh",
            )
            return


def _may_be_fossil(row: ElectricityRow) -> bool:
    return row.supply in ("grid", "direct", "onsite") and row.generation in (None, "fossil")


def _unnamed_direct(park: ParkYear, places: Mapping[str, str], naming: Naming) -> Iterator[Fault]:
    """A direct line counts 0 or 0.8325 by what it carries; nobody decides that silently."""
    kinds = [naming.of(one) for one in get_args(Generation)]
    for row in park.electricity:
        if row.supply == "direct" and row.generation is None:
            yield Fault(
                Words(
                    "直供电没有写发电类型，按 0 还是按其他电力计无法决定",
                    "A direct line names no generation: it may count 0 or as other power",
                ),
                Words(
                    f"请选 {kinds[0]}、{kinds[1]} 或 {kinds[2]}，以合同和计量为凭",
                    f"Write {kinds[0]}, {kinds[1]} or {kinds[2]}, as contract and meter prove",
                ),
                where=f"{places[row.id]}.generation",
            )


def _unlisted_fuel(park: ParkYear, places: Mapping[str, str], naming: Naming) -> Iterator[Fault]:
    """Fossil power made in the park holds less energy than the fuel listed."""
    made = [r for r in park.electricity if r.supply == "onsite" and r.generation == "fossil"]
    power = sum(row.kwh for row in made) * GJ_PER_KWH
    fuel = burnt_gj(park)
    if power > fuel:
        yield fault_of(
            "parks.refusals.unlisted_fuel", power=power, fuel=fuel, where=places[made[-1].id]
        )


def _fuel_and_feedstock(
    park: ParkYear, places: Mapping[str, str], naming: Naming
) -> Iterator[Fault]:
    """The same amount of the same fuel, once burnt and once as feedstock, by one firm."""
    burnt = [row for row in park.fuels if row.purpose in BURNT and row.quantity]
    for row in (one for one in park.fuels if one.purpose == "feedstock"):
        other = next(
            (o for o in burnt if _amount(o) == _amount(row) and may_be_one_firm(o, row)), None
        )
        if other is not None:
            there = naming.place(places[other.id])
            yield fault_of(
                "parks.refusals.fuel_and_feedstock",
                fuel=row.fuel,
                quantity=row.quantity,
                unit=row.unit,
                there=there,
                where=places[row.id],
            )


def _amount(row: FuelUse) -> tuple[str, str, float]:
    """A fuel's name and amount, in the base unit where the unit is known."""
    try:
        quantity = Quantity(row.quantity, Unit.parse(row.unit))
    except InputError:
        return folded(row.fuel), folded(row.unit), row.quantity
    base = row.quantity * quantity.unit.size
    return folded(row.fuel), quantity.unit.dimension.value, float(f"{base:.9g}")


def _steel_and_carbon(park: ParkYear, places: Mapping[str, str], naming: Naming) -> Iterator[Fault]:
    """A factor per tonne of steel holds the carbon of its own works' blast furnace already."""
    steel = [p for p in park.processes if names("steel", p.product) and p.output_t]
    carbon: list[tuple[FuelUse | ProcessRow, str]] = [
        (f, f.fuel)
        for f in park.fuels
        if f.purpose in BURNT and f.quantity and names("blast_furnace", f.fuel)
    ]
    carbon += [
        (p, p.product)
        for p in park.processes
        if p not in steel and p.output_t and names("blast_furnace", p.product)
    ]
    for row, name in carbon:
        made = next((one for one in steel if may_be_one_firm(one, row)), None)
        if made is None:
            continue
        there = naming.place(places[made.id])
        yield fault_of(
            "parks.refusals.steel_and_carbon",
            name=name,
            product=made.product,
            there=there,
            where=places[row.id],
        )


def _above_grid(park: ParkYear, places: Mapping[str, str], naming: Naming) -> Iterator[Fault]:
    yield from above_grid(park, places)


_NONE: frozenset[str] = frozenset()
_CHECKS: tuple[tuple[Set[str], Check], ...] = (
    (_NONE, _unit_of_equivalence),
    (frozenset({"electricity"}), _above_grid),
    (_NONE, _contradicted),
    (_NONE, _unnamed_direct),
    (frozenset({"electricity"}), _exports),
    (frozenset({"electricity", "fuels"}), _unlisted_fuel),
    (_NONE, _fuel_and_feedstock),
    (_NONE, _steel_and_carbon),
)
