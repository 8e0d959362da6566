"""Indicators that the ledgers themselves answer, with formula and numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.terms import LEDGERS
from tanzhe.quantity import Quantity, Unit


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A value computed from the ledgers.

    Attributes:
        value: shares 0 to 1, energy in tce, CO2 in t; None where there is nothing to divide by.
        formula: with its numbers, in Chinese.
        name: which reading, where the document defines none.
        unit: of the value.
    """

    value: float | None
    formula: str
    name: str = ""
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
        told = "、".join(LEDGERS[key] for key in park.absent_ledgers)
        return (Measured(value=None, formula=f"缺少{told}台账的数据，不能计算"),)
    unknown = [
        one
        for one in park.unknown
        if (one.tco2 or one.tce) and (one.source == "electricity" or not of_power)
    ]
    if unknown:
        told = "、".join(one.what for one in unknown)
        return (Measured(value=None, formula=f"缺少{told}，不能计算"),)
    if use.account.doubts and not of_power:
        told = "、".join(dict.fromkeys(row for one in use.account.doubts for row in one.rows))
        return (Measured(value=None, formula=f"{told} 存疑，不能计算"),)
    return found(use)


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
    told = f"{value:.4f} tCO2/tce" if value is not None else "无法相除"
    division = f"{total:,.2f} tCO2 ÷ {use.total:,.2f} tce = {told}"
    formula = f"{division}（电力按等价值 {coefficient:g} kgce/kWh）"
    return (Measured(value=value, formula=formula, unit=Unit.T_CO2_PER_TCE),)


def _energy(use: EnergyUse) -> tuple[Measured, ...]:
    formula = f"各台账能量合计 {use.total:,.2f} tce"
    return (Measured(value=use.total, formula=formula, unit=Unit.TCE),)


def _total(use: EnergyUse) -> tuple[Measured, ...]:
    told = use.account.emissions
    return (
        Measured(
            value=told.total,
            unit=Unit.T_CO2,
            formula=f"燃料 {told.fuel:,.2f} + 加工转换 {told.conversion:,.2f} + 电力 "
            f"{told.electricity:,.2f} + 热力 {told.heat:,.2f} + 过程 {told.process:,.2f} = "
            f"{told.total:,.2f} tCO2",
        ),
    )


def _clean(use: EnergyUse) -> tuple[Measured, ...]:
    """Defined in neither document: with natural gas, as statistics have it, and without."""
    nonfossil = _nonfossil_parts(use)
    gas = ("天然气", use.natural_gas)
    return (
        _share("含天然气（统计公报口径）", [*nonfossil, gas], use.total),
        _share("不含天然气", nonfossil, use.total),
    )


def _nonfossil(use: EnergyUse) -> tuple[Measured, ...]:
    return (_share("", _nonfossil_parts(use), use.total),)


def _nonfossil_parts(use: EnergyUse) -> list[tuple[str, float]]:
    return [
        ("有凭证的非化石电力（含核电）", use.of_power(use.power.nonfossil)),
        ("非化石热力", use.nonfossil_heat),
        ("生物质等非化石燃料", use.nonfossil_fuel),
    ]


def _renewable(use: EnergyUse) -> tuple[Measured, ...]:
    parts = [
        ("有凭证的可再生电力", use.of_power(use.power.renewable)),
        ("非化石热力", use.nonfossil_heat),
        ("生物质等非化石燃料", use.nonfossil_fuel),
    ]
    return (_share("", parts, use.total),)


def _share(name: str, parts: list[tuple[str, float]], total: float) -> Measured:
    above = sum(tce for _, tce in parts)
    told = " + ".join(f"{what} {tce:,.1f}" for what, tce in parts)
    value = round(above / total, 9) if total > 0 else None
    result = f"{value:.2%}" if value is not None else "无法相除"
    return Measured(value=value, name=name, formula=f"（{told}）÷ {total:,.1f} tce = {result}")


def _green_electricity(use: EnergyUse) -> tuple[Measured, ...]:
    return (_power_share("直供、绿证、绿电交易", use.power.renewable, use),)


def _direct(use: EnergyUse) -> tuple[Measured, ...]:
    return (direct_supply(use),)


def direct_supply(use: EnergyUse) -> Measured:
    """The share of power supplied directly: non-fossil direct lines and own generation."""
    return _power_share("直供和自发自用非化石电", use.power.direct, use)


def _power_share(what: str, kwh: float, use: EnergyUse) -> Measured:
    share = use.power.share(kwh)
    above, below = (Quantity(k, Unit.KWH).to(Unit.MWH).value for k in (kwh, use.power.used))
    told = f"{share:.2%}" if share is not None else "没有用电"
    return Measured(
        value=None if share is None else round(share, 9),
        formula=f"{what} {above:,.1f} MWh ÷ 全部用电 {below:,.1f} MWh = {told}",
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
