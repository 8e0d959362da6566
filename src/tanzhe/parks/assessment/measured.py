"""Indicators that the ledgers themselves answer, with formula and numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from tanzhe.model.told import Told, row_of
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.terms import LEDGERS
from tanzhe.quantity import Quantity, Unit

NO_NAME = Told()


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A value computed from the ledgers.

    Attributes:
        value: shares 0 to 1, energy in tce, CO2 in t; None where there is nothing to divide by.
        formula: with its numbers.
        name: which reading, where the document defines none.
        unit: of the value.
    """

    value: float | None
    formula: Told
    name: Told = NO_NAME
    unit: Unit = Unit.ONE


def measured(measure: str, use: EnergyUse) -> tuple[Measured, ...]:
    """The readings of a measure: one where it is defined, two where it is not.

    Args:
        measure: identifier of the rulebook's vocabulary, e.g. `clean_energy`.
        use: the park's consumption.

    Returns:
        Nothing where the ledgers do not tell.
    """
    found = _MEASURES.get(measure)
    if found is None:
        return ()
    park = use.account.park
    of_power = measure in _OF_POWER
    if park.absent_ledgers and not of_power:
        told = row_of(LEDGERS[key] for key in park.absent_ledgers)
        return _unknown(f"缺少{told}台账的数据", f"data of the ledgers {told.en} are missing")
    unknown = [
        one
        for one in park.unknown
        if (one.tco2 or one.tce) and (one.source == "electricity" or not of_power)
    ]
    if unknown:
        told = row_of(one.what for one in unknown)
        return _unknown(f"缺少{told}", f"{told.en} missing")
    if use.account.doubts and not of_power:
        told = row_of(dict.fromkeys(row for one in use.account.doubts for row in one.rows))
        return _unknown(f"{told} 存疑", f"{told.en} in doubt")
    return found(use)


def _unknown(zh: str, en: str) -> tuple[Measured, ...]:
    return (Measured(value=None, formula=Told(f"{zh}，不能计算", f"{en}: cannot be computed")),)


_UNDIVIDED = Told("无法相除", "cannot be divided")


def tier_value(measure: str, use: EnergyUse) -> Quantity | None:
    """The value a tier's condition looks at, or None where the ledgers do not tell."""
    readings = measured(measure, use)
    if len(readings) != 1 or readings[0].value is None:
        return None
    return Quantity(readings[0].value, readings[0].unit)


def _per_energy(use: EnergyUse) -> tuple[Measured, ...]:
    account = use.account
    total, value = account.emissions.total, account.emission_per_energy
    coefficient = account.park.equivalence_kgce_per_kwh
    told = Told(f"{value:.4f} tCO2/tce") if value is not None else _UNDIVIDED
    division = f"{total:,.2f} tCO2 ÷ {use.total:,.2f} tce"
    formula = Told(
        f"{division} = {told}（电力按等价值 {coefficient:g} kgce/kWh）",
        f"{division} = {told.en} (electricity at the equivalence of {coefficient:g} kgce/kWh)",
    )
    return (Measured(value=value, formula=formula, unit=Unit.T_CO2_PER_TCE),)


def _energy(use: EnergyUse) -> tuple[Measured, ...]:
    size = f"{use.total:,.2f} tce"
    formula = Told(f"各台账能量合计 {size}", f"energy of all ledgers {size}")
    return (Measured(value=use.total, formula=formula, unit=Unit.TCE),)


def _total(use: EnergyUse) -> tuple[Measured, ...]:
    told = use.account.emissions
    return (
        Measured(
            value=told.total,
            unit=Unit.T_CO2,
            formula=Told(
                f"燃料 {told.fuel:,.2f} + 加工转换 {told.conversion:,.2f} + 电力 "
                f"{told.electricity:,.2f} + 热力 {told.heat:,.2f} + 过程 {told.process:,.2f} = "
                f"{told.total:,.2f} tCO2",
                f"fuel {told.fuel:,.2f} + conversion {told.conversion:,.2f} + electricity "
                f"{told.electricity:,.2f} + heat {told.heat:,.2f} + processes "
                f"{told.process:,.2f} = {told.total:,.2f} tCO2",
            ),
        ),
    )


def _clean(use: EnergyUse) -> tuple[Measured, ...]:
    """Defined in neither document: with natural gas, as statistics have it, and without."""
    nonfossil = _nonfossil_parts(use)
    gas = (Told("天然气", "natural gas"), use.natural_gas)
    return (
        _share(_WITH_GAS, [*nonfossil, gas], use.total),
        _share(_WITHOUT_GAS, nonfossil, use.total),
    )


def _nonfossil(use: EnergyUse) -> tuple[Measured, ...]:
    return (_share(Told(), _nonfossil_parts(use), use.total),)


_WITH_GAS = Told("含天然气（统计公报口径）", "with natural gas (as the statistics bureau counts)")
_WITHOUT_GAS = Told("不含天然气", "without natural gas")
_NONFOSSIL = Told("有凭证的非化石电力（含核电）", "non-fossil power with proof (nuclear included)")
_RENEWABLE = Told("有凭证的可再生电力", "renewable power with proof")
_HEAT = Told("非化石热力", "non-fossil heat")
_FUEL = Told("生物质等非化石燃料", "biomass and other non-fossil fuel")


def _nonfossil_parts(use: EnergyUse) -> list[tuple[Told, float]]:
    return [
        (_NONFOSSIL, use.of_power(use.power.nonfossil)),
        (_HEAT, use.nonfossil_heat),
        (_FUEL, use.nonfossil_fuel),
    ]


def _renewable(use: EnergyUse) -> tuple[Measured, ...]:
    parts = [
        (_RENEWABLE, use.of_power(use.power.renewable)),
        (_HEAT, use.nonfossil_heat),
        (_FUEL, use.nonfossil_fuel),
    ]
    return (_share(Told(), parts, use.total),)


def _share(name: Told, parts: list[tuple[Told, float]], total: float) -> Measured:
    above = sum(tce for _, tce in parts)
    told = row_of(
        (Told(f"{what} {tce:,.1f}", f"{what.en} {tce:,.1f}") for what, tce in parts), " + ", " + "
    )
    value = round(above / total, 9) if total > 0 else None
    result = Told(f"{value:.2%}") if value is not None else _UNDIVIDED
    formula = Told(
        f"（{told}）÷ {total:,.1f} tce = {result}",
        f"({told.en}) ÷ {total:,.1f} tce = {result.en}",
    )
    return Measured(value=value, name=name, formula=formula)


def _green_electricity(use: EnergyUse) -> tuple[Measured, ...]:
    return (_power_share(_GREEN, use.power.renewable, use),)


def _direct(use: EnergyUse) -> tuple[Measured, ...]:
    return (direct_supply(use),)


def direct_supply(use: EnergyUse) -> Measured:
    """The share of power supplied directly: non-fossil direct lines and own generation."""
    return _power_share(_DIRECT, use.power.direct, use)


_GREEN = Told("直供、绿证、绿电交易", "direct supply, certificates, green-power trade")
_DIRECT = Told("直供和自发自用非化石电", "direct and own non-fossil power")


def _power_share(what: Told, kwh: float, use: EnergyUse) -> Measured:
    share = use.power.share(kwh)
    above, below = (Quantity(k, Unit.KWH).to(Unit.MWH).value for k in (kwh, use.power.used))
    told = Told(f"{share:.2%}") if share is not None else Told("没有用电", "no power was used")
    return Measured(
        value=None if share is None else round(share, 9),
        formula=Told(
            f"{what} {above:,.1f} MWh ÷ 全部用电 {below:,.1f} MWh = {told}",
            f"{what.en} {above:,.1f} MWh ÷ all power used {below:,.1f} MWh = {told.en}",
        ),
    )


# Answered by the electricity ledger alone.
_OF_POWER = ("green_electricity", "direct_supply")
_MEASURES: dict[str, Callable[[EnergyUse], tuple[Measured, ...]]] = {
    "emission_per_energy": _per_energy,
    "energy_tce": _energy,
    "total_emissions": _total,
    "clean_energy": _clean,
    "nonfossil_energy": _nonfossil,
    "renewable_energy": _renewable,
    "green_electricity": _green_electricity,
    "direct_supply": _direct,
}
