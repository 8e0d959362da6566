"""What no account can hold: deductions that nothing in the park explains, impossible numbers.

The method subtracts what is made and sent out (annex 4: 加工转换产出、送出电力、送出热力) because
its carbon and its energy came in or were made in the same park. Where they did not, the difference
is no emission of anybody, and the core indicator cannot be judged.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import fsum
from typing import NamedTuple

from tanzhe.model.account import AccountLine
from tanzhe.model.park import FuelUse, ParkYear
from tanzhe.model.verdict import Doubt
from tanzhe.parks.account.certificates import covered_kwh
from tanzhe.parks.account.factors import Factors
from tanzhe.parks.account.fuels import BURNT, FuelFactor, measured_in
from tanzhe.parks.account.unknown import is_incomplete
from tanzhe.parks.words import carbon_per_energy, names, plausible_range
from tanzhe.quantity import GJ_PER_KWH

# Sums of typed numbers differ by binary fractions only, far below a gram of a tonne.
_ROUNDING = 1e-9


def doubts(
    park: ParkYear,
    lines: Sequence[AccountLine],
    fuels: Mapping[str, FuelFactor],
    factors: Factors,
) -> tuple[Doubt, ...]:
    """Why the core indicator cannot be judged, or nothing.

    Args:
        park: one calendar year.
        lines: its account.
        fuels: factors of the fuel rows, by row id.
        factors: the method's.
    """
    book = _Book(park, lines, fuels)
    # Where rows are missing, what they would have explained is not unexplained.
    balances = (
        ()
        if is_incomplete(park)
        else (
            *_conversion(book),
            *_heat(book),
            *_power(book),
            *_energy(book),
        )
    )
    return (
        *balances,
        *_equivalence(park),
        *_fuels(book),
        *_heat_factors(park, factors),
        *_sizes(book),
    )


class Balance(NamedTuple):
    """What is left of what deductions were made from; below nothing they are unexplained.

    Always 0 where nothing is taken off.

    Attributes:
        conversion: carbon of conversion inputs less that of outputs, tCO2.
        heat: energy of the sources of fossil heat less what is sent out, GJ.
        carbon: CO2 of those sources less what heat sent out takes off, t.
        energy: CO2 of all energy activities, t.
    """

    conversion: float
    heat: float
    carbon: float
    energy: float


def balance_of(
    park: ParkYear, lines: Sequence[AccountLine], fuels: Mapping[str, FuelFactor]
) -> Balance:
    """The balances that `doubts` judges, for those who change a park."""
    book = _Book(park, lines, fuels)
    out, carbon = book.heat("out"), book.heat_carbon()
    return Balance(
        conversion=fsum(line.tco2 for line in lines if line.source == "conversion")
        if book.fuels("conversion_output")
        else 0.0,
        heat=book.heat_source() - book.heat_gj("out") if out else 0.0,
        carbon=carbon + book.tco2(out) if out else 0.0,
        energy=fsum(line.tco2 for line in lines if line.source != "process")
        if any(line.tco2 < 0 for line in lines)
        else 0.0,
    )


class _Book:
    """An account's sums as the balances ask for them: t of CO2 and GJ."""

    def __init__(
        self, park: ParkYear, lines: Sequence[AccountLine], factors: Mapping[str, FuelFactor]
    ) -> None:
        self.park, self.lines, self.factors = park, lines, factors

    def tco2(self, rows: Iterable[str]) -> float:
        """CO2 of rows, as the account signs it."""
        wanted = set(rows)
        return fsum(line.tco2 for line in self.lines if line.row in wanted)

    def gj(self, *purposes: str) -> float:
        """Energy of the fuels of these purposes."""
        rows = (row for row in self.park.fuels if row.purpose in purposes)
        return fsum(row.quantity * self.factors[row.id].gj for row in rows)

    def fuels(self, *purposes: str) -> list[str]:
        """Ids of the fuel rows of these purposes, those of nothing left out."""
        return [r.id for r in self.park.fuels if r.purpose in purposes and r.quantity]

    def heat(self, direction: str) -> list[str]:
        """Ids of the rows of fossil heat that go this way."""
        return [r.id for r in self.park.heat if r.direction == direction and r.fossil and r.gj]

    def heat_gj(self, direction: str) -> float:
        """Fossil heat that goes this way."""
        rows = set(self.heat(direction))
        return fsum(r.gj for r in self.park.heat if r.id in rows)

    def heat_source(self) -> float:
        """Energy that fossil heat may come from: heat bought, fuel, feedstock, what is lost."""
        lost = max(0.0, self.gj("conversion_input") - self.gj("conversion_output"))
        return self.heat_gj("in") + self.gj("fuel", "feedstock") + lost

    def heat_carbon(self) -> float:
        """CO2 of the same, and of processes."""
        made = fsum(line.tco2 for line in self.lines if line.source in ("fuel", "process"))
        lost = fsum(line.tco2 for line in self.lines if line.source == "conversion")
        return made + self.tco2(self.heat("in")) + max(0.0, lost)


def _unexplained(rows: Sequence[str], zh: str, en: str) -> Doubt:
    return Doubt(reason="unexplained_negative_term", rows=tuple(rows), zh=zh, en=en)


def _conversion(book: _Book) -> Iterator[Doubt]:
    """Carbon and energy that leave a conversion came in with its inputs."""
    made, given = book.fuels("conversion_output"), book.fuels("conversion_input")
    if not made:
        return
    came, left = book.tco2(given), -book.tco2(made)
    told = "、".join(made)
    if left > came * (1 + _ROUNDING):
        yield _unexplained(
            made,
            f"加工转换产出（{told}）的碳 {left:,.1f} tCO2 多于投入的 {came:,.1f} tCO2，物料不平衡："
            "请补上投入（填“加工转换投入”），核对数量和单位，投入和产出都用实测含碳量",
            f"Conversion output ({', '.join(made)}) holds {left:,.1f} tCO2 of carbon, its inputs "
            f"{came:,.1f}: list the inputs, check amounts, and use measured carbon contents",
        )
        return
    energy = book.gj("conversion_output")
    # Hydrogen is made from power, and steam and fuel drive conversions: all of it may be in it.
    power = fsum(r.kwh for r in book.park.electricity if r.supply != "exported") * GJ_PER_KWH
    heat = fsum(r.gj for r in book.park.heat if r.direction == "in")
    source = book.gj(*BURNT) + power + heat
    if energy > source * (1 + _ROUNDING):
        yield _unexplained(
            made,
            f"加工转换产出（{told}）含能 {energy:,.0f} GJ，多于园区全部投入的 {source:,.0f} GJ："
            "请补上投入，或核对数量、单位和热值",
            f"Conversion output ({', '.join(made)}) holds {energy:,.0f} GJ, all that came in "
            f"{source:,.0f} GJ: list the inputs, or check amounts and heating values",
        )


def _power(book: _Book) -> Iterator[Doubt]:
    """Non-fossil power that leaves came in or was made here as such."""
    nonfossil = [r for r in book.park.electricity if r.generation == "nonfossil" and r.kwh]
    sent = [r for r in nonfossil if r.supply == "exported"]
    out = fsum(r.kwh for r in sent)
    source = fsum(
        r.kwh
        for r in book.park.electricity
        if r.supply == "green_trade" or (r in nonfossil and r.supply in ("direct", "onsite"))
    )
    source += fsum(covered_kwh(book.park.electricity, book.park.year).values())
    if out > source * (1 + _ROUNDING):
        told = [r.id for r in sent]
        yield _unexplained(
            told,
            f"外送非化石电（{'、'.join(told)}）{out:,.0f} kWh 多于直供、自发、绿电交易和绿证抵扣的 "
            f"{source:,.0f} kWh：请补上它的来源，或核对数量、单位和发电类型",
            f"Non-fossil power sent out ({', '.join(told)}) is {out:,.0f} kWh, that supplied, "
            f"made, traded or certified {source:,.0f} kWh: list its source, or check amount, unit "
            "and generation",
        )


def _heat(book: _Book) -> Iterator[Doubt]:
    """Fossil heat that leaves came in, or was made here from fuel."""
    rows = book.heat("out")
    out = book.heat_gj("out")
    source = book.heat_source()
    told = "、".join(rows)
    if out > source * (1 + _ROUNDING):
        yield _unexplained(
            rows,
            f"外供化石热力（{told}）{out:,.0f} GJ 多于购入的化石热力与燃料、原料所含的 "
            f"{source:,.0f} GJ：请补上产热所用的燃料，或核对单位；用电、余热产的热请选“非化石能源”",
            f"{out:,.0f} GJ of fossil heat sent out ({', '.join(rows)}); heat bought and fuel hold "
            f"{source:,.0f} GJ: list the fuel it was made from, or check the unit",
        )
        return
    credit = -book.tco2(rows)
    carbon = book.heat_carbon()
    if credit > carbon * (1 + _ROUNDING):
        yield _unexplained(
            rows,
            f"外供化石热力（{told}）扣减 {credit:,.1f} tCO2，多于园区燃料、购入热力和过程排放的 "
            f"{carbon:,.1f} tCO2：请用实测因子，或补上产热所用的燃料",
            f"Heat sent out ({', '.join(rows)}) takes off {credit:,.1f} tCO2; fuel, heat bought "
            f"and processes emit {carbon:,.1f}: use the measured factor, or list the fuel",
        )


def _energy(book: _Book) -> Iterator[Doubt]:
    """Energy activities as a whole emit no less than nothing."""
    lines = [line for line in book.lines if line.source != "process"]
    total = fsum(line.tco2 for line in lines)
    moved = fsum(abs(line.tco2) for line in lines)
    if total < -_ROUNDING * moved:
        rows = list(dict.fromkeys(line.row for line in lines if line.tco2 < 0))
        yield _unexplained(
            rows,
            f"能源活动排放合计 {total:,.1f} tCO2，为负：{'、'.join(rows)} 的扣减多于园区燃料、"
            "购入电力和热力的全部排放，请核对外送、外供和产出的数量，或补上它们的来源",
            f"Energy activities add up to {total:,.1f} tCO2: {', '.join(rows)} take off more than "
            "all fuel, power and heat emit; check what leaves, or list where it came from",
        )


def _implausible(rows: Sequence[str], zh: str, en: str) -> Doubt:
    return Doubt(reason="implausible_value", rows=tuple(rows), zh=zh, en=en)


def _equivalence(park: ParkYear) -> Iterator[Doubt]:
    high = plausible_range("equivalence")[1]
    if park.equivalence_kgce_per_kwh > high:
        yield _implausible(
            ["equivalence_kgce_per_kwh"],
            f"电力等价系数 {park.equivalence_kgce_per_kwh:g} kgce/kWh 高于任何年份的发电煤耗"
            f"（{high:g}），会使单位能耗碳排放偏小：请改用有出处的等价值",
            f"The equivalence coefficient {park.equivalence_kgce_per_kwh:g} kgce/kWh is above any "
            f"year's coal rate ({high:g}): give one with its source",
        )


def _fuels(book: _Book) -> Iterator[Doubt]:
    """Fossil fuel of hardly any carbon, a product of too much, heating values no fuel has."""
    for row in book.park.fuels:
        factor = book.factors[row.id]
        burnt, made = row.purpose in BURNT, row.purpose == "conversion_output"
        if not (burnt or made) or not row.quantity:
            continue
        if not factor.gj:
            if made and factor.tco2:
                yield _implausible(
                    [row.id],
                    f"{row.id}“{row.fuel}”的热值为 0，产出只扣碳不扣能，会使单位能耗碳排放偏小："
                    "请填热值",
                    f"{row.id} “{row.fuel}” has a heating value of 0: its carbon is taken off and "
                    "its energy is not; give the heating value",
                )
            continue
        ratio = factor.tco2 / factor.gj
        low, high = carbon_per_energy(row.fuel)
        falls = burnt and names("fossil_fuel", row.fuel) and ratio < low
        if falls or (made and ratio > high):
            yield _implausible(
                [row.id],
                f"{row.id}“{row.fuel}”每 GJ 排放 {ratio:.4g} tCO2，不在这种燃料的 {low:.3g} 至 "
                f"{high:.3g} 之内，会使单位能耗碳排放偏小：请核对排放因子、热值和它们的单位",
                f"{row.id} “{row.fuel}” emits {ratio:.4g} tCO2/GJ, such fuels {low:.3g} to "
                f"{high:.3g}: check factor, heating value and their units",
            )
        elif burnt and (found := _too_rich(row, factor.gj)):
            yield found


def _too_rich(row: FuelUse, gj: float) -> Doubt | None:
    """A heating value above that of any fuel of its kind, which would swell the energy."""
    size, kind = measured_in(row)
    if kind == "t" and not names("hydrogen", row.fuel):
        kind = "t_no_hydrogen"
    if kind in ("", "gj") or gj / size <= (high := plausible_range(f"energy_per_{kind}")[1]):
        return None
    base = "m3" if kind.endswith("m3") else "t"
    return _implausible(
        [row.id],
        f"{row.id}“{row.fuel}”热值 {gj / size:.4g} GJ/{base}，高于任何这类燃料（{high:g}），"
        "会使能耗偏大、单位能耗碳排放偏小：请核对热值和单位",
        f"{row.id} “{row.fuel}” holds {gj / size:.4g} GJ/{base}, above any such fuel ({high:g}): "
        "check the heating value and its unit",
    )


def _heat_factors(park: ParkYear, factors: Factors) -> Iterator[Doubt]:
    """A factor of fossil heat too low where it comes in, too high where it leaves."""
    low, high = plausible_range("heat_tco2_per_gj")
    for row in park.heat:
        factor = row.factor_tco2_per_gj
        if factor is None:
            factor = factors("heat_fossil_default").value
        lowers = factor < low if row.direction == "in" else factor > high
        if row.fossil and row.gj and lowers:
            yield _implausible(
                [row.id],
                f"{row.id} 的化石热力因子 {factor:g} tCO2/GJ 不在 {low:g} 至 {high:g} 之内，"
                "会使排放偏小：请核对因子和单位，没有实测值的留空用缺省值",
                f"{row.id}: the factor of fossil heat {factor:g} tCO2/GJ is outside {low:g} to "
                f"{high:g}: check it, or leave it empty for the default",
            )


def _sizes(book: _Book) -> Iterator[Doubt]:
    """No row holds more energy than any park uses."""
    most = plausible_range("park_tce")[1]
    for line in book.lines:
        if line.tce > most:
            yield _implausible(
                [line.row],
                f"{line.row} 一行含能 {line.tce:,.0f} tce，超过任何园区全年的能耗（{most:,.0f}）："
                "请核对数量和单位",
                f"{line.row} alone holds {line.tce:,.0f} tce, more than any park uses "
                f"({most:,.0f}): check amount and unit",
            )
