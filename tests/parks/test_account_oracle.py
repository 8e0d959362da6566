"""The account a second time, in exact fractions, from the words of annex 4.

Parks are drawn from few amounts, so that equal ones are frequent and every border (all that came in
leaves again, certificates for exactly the power bought) is met from both sides.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction as F
from random import Random
from typing import Any

import pytest

from tanzhe.model.park import (
    Certificate,
    ElectricityRow,
    FuelUse,
    HeatRow,
    ParkYear,
    ProcessRow,
)
from tanzhe.model.verdict import UnknownFigure
from tanzhe.parks.account.account import Account, account
from tanzhe.parks.account.certificates import above_grid, covered_kwh, idle
from tanzhe.parks.account.energy import EnergyUse
from tanzhe.parks.account.unknown import bounds, effect_of, is_incomplete
from tanzhe.parks.words import carbon_per_energy, plausible_range

GRID, HEAT, TCE = F("0.8325"), F("0.11"), F("29.3076")  # kgCO2/kWh, tCO2/GJ, GJ/tce
YEAR = 2025
SUPPLIES = ("grid", "grid", "direct", "onsite", "green_trade", "nuclear_trade", "exported")
GENERATIONS = (None, "nonfossil", "fossil", "waste_heat")
PURPOSES = {"fuel": 1, "feedstock": 0, "conversion_input": 1, "conversion_output": -1, "sold": 0,
            "international_transport": 1}  # fmt: skip
# How often it is counted, whether it emits as other power, whether it is consumption.
POWER: dict[tuple[str, str | None], tuple[int, bool, bool]] = {
    ("grid", None): (1, True, True),
    ("direct", None): (1, True, True),
    ("direct", "nonfossil"): (1, False, True),
    ("onsite", None): (1, True, True),
    ("onsite", "nonfossil"): (1, False, True),
    ("onsite", "fossil"): (1, False, False),
    ("onsite", "waste_heat"): (1, False, False),
    ("green_trade", None): (1, False, True),
    ("nuclear_trade", None): (1, True, True),
    ("exported", None): (-1, False, True),
    ("exported", "nonfossil"): (-1, False, True),
    ("exported", "fossil"): (-1, True, True),
    ("exported", "waste_heat"): (-1, False, False),
}
COAL, GAS, BIOGAS, BIOMASS = "烟煤", "天然气", "生物天然气", "生物质成型燃料"
# tCO2 and GJ of a unit: usual ones, and those on both sides of what such a fuel may have.
LOW, HIGH = carbon_per_energy(COAL)
RICHEST = plausible_range("energy_per_t_no_hydrogen")[1]
FACTORS = [
    (0.0, 0.0), (1.0, 0.0), (1.0, 10.0), (1.0, 10.0), (2.0, 20.0), (2.5, 20.0), (1.0, 20.0),
    (LOW, 1.0), (LOW * 0.999, 1.0), (HIGH, 1.0), (HIGH * 1.001, 1.0),
    (6.0, RICHEST), (6.0, RICHEST * 1.001),
]  # fmt: skip


def drawn(seed: int) -> ParkYear:
    rng = Random(seed)
    some = rng.choice((1, 2, 4))
    # One in three is a works whose product holds about what came in, and nothing else.
    works = rng.random() < 0.33
    purposes = ["conversion_input", "conversion_output"] if works else list(PURPOSES)
    factors = [(1.0, 10.0), (1.0, 20.0)] if works else FACTORS

    def certificates(row: int) -> Iterator[Certificate]:
        for number in range(rng.choice((0, 0, 1, 2))):
            yield Certificate(
                id=f"C{row}{number}", mwh=rng.randrange(4),
                generated=rng.choice(("2025-03", "2025-11", "2024-12")),
                status=rng.choice(("cancelled", "cancelled", "held")),
            )  # fmt: skip

    def power(number: int) -> ElectricityRow:
        return ElectricityRow(
            id=f"D{number}", firm=rng.choice(("", "甲厂", "甲 厂", "乙厂")),
            supply=rng.choice(SUPPLIES), generation=rng.choice(GENERATIONS),
            kwh=1000.0 * rng.randrange(4), certificates=tuple(certificates(number)),
        )  # fmt: skip

    def fuel(number: int) -> FuelUse:
        tco2, gj = rng.choice(factors)
        return FuelUse(
            id=f"F{number}", fuel=rng.choice((COAL, COAL, GAS, BIOGAS, BIOMASS)), unit="t",
            purpose=rng.choice(purposes), quantity=rng.randrange(4), factor_tco2=tco2,
            energy_gj_per_unit=gj,
        )  # fmt: skip

    def heat(number: int) -> HeatRow:
        return HeatRow(
            id=f"R{number}", direction=rng.choice(("in", "in" if works else "out")),
            gj=10 * rng.randrange(3), fossil=rng.random() < 0.7,
            factor_tco2_per_gj=rng.choice((None, None, 0.0, 0.0199, 0.02, 0.1, 0.11, 0.25, 0.2501)),
        )  # fmt: skip

    def process(number: int) -> ProcessRow:
        return ProcessRow(id=f"G{number}", product="石灰", output_t=rng.randrange(3),
                          factor_tco2_per_t=0.5)  # fmt: skip

    def unknown(number: int) -> UnknownFigure:
        source = rng.choice(("fuel", "conversion", "electricity", "heat", "process"))
        return UnknownFigure(row=f"X{number}", field="kwh", what="某行", source=source,
                             tco2=rng.choice((-1, 0, 1)), tce=rng.choice((-1, 0, 1)))  # fmt: skip

    def rows(make: Any) -> Any:
        return tuple(make(number) for number in range(rng.randrange(some + 1)))

    return ParkYear(
        name="甲园区", region="CN-YN", year=YEAR,
        equivalence_kgce_per_kwh=rng.choice((0.3, 0.3, 0.45, 0.451)),
        electricity=rows(power), fuels=rows(fuel), heat=rows(heat), processes=rows(process),
        unknown=rows(unknown) if rng.random() < 0.2 else (),
        absent_ledgers=rng.choice(((),) * 12 + (("fuels",), ("heat",), ("processes", "fuels"))),
    )  # fmt: skip


@pytest.fixture(scope="module")
def told() -> list[Account]:
    return [account(drawn(seed)) for seed in range(600)]


def tokens(park: ParkYear) -> dict[str, F]:
    """What certificates cover: own row, rows of the same firm, then what nobody's are left."""
    grid = [row for row in park.electricity if row.supply == "grid"]
    left = {row.id: sum(F(1000) * F(one.mwh) for one in row.certificates
                        if one.status == "cancelled" and one.generated[:4] == str(park.year))
            for row in grid}  # fmt: skip
    need = {row.id: F(row.kwh) for row in grid}
    firm = {row.id: row.firm.replace(" ", "") for row in grid}
    ways = [(row.id, row.id) for row in grid]
    ways += [(a.id, b.id) for a in grid for b in grid if firm[a.id] and firm[a.id] == firm[b.id]]
    ways += [(a.id, b.id) for a in grid for b in grid if not firm[a.id]]
    for giver, taker in ways:
        moved = min(left[giver], need[taker])
        left[giver] -= moved
        need[taker] -= moved
    return {row.id: F(row.kwh) - need[row.id] for row in grid}


Line = tuple[str, str, F, F, F]  # row, term, amount, tCO2, GJ


def by_hand(park: ParkYear) -> Iterator[Line]:
    for row in park.fuels:
        sign = PURPOSES[row.purpose]
        term = "conversion" if row.purpose.startswith("conversion") else "fuel"
        amount, counted = F(row.quantity), sign * F(row.quantity)
        tco2, gj = F(row.factor_tco2), F(row.energy_gj_per_unit)
        yield row.id, term, counted if sign else amount, counted * tco2, counted * gj
    coefficient = F(park.equivalence_kgce_per_kwh) * TCE / 1000
    covered = tokens(park)
    for one in park.electricity:
        kind = (one.supply, one.generation)
        sign, emits, used = POWER.get(kind) or POWER[one.supply, None]
        parts = [(F(one.kwh), emits)]
        if green := covered.get(one.id):
            parts = [(green, False), *([(one.kwh - green, True)] if one.kwh > green else [])]
        for kwh, counts in parts:
            yield (one.id, "electricity", sign * kwh, sign * kwh * GRID / 1000 * counts,
                   sign * kwh * coefficient * used)  # fmt: skip
    for heat in park.heat:
        gj = F(heat.gj) * (1 if heat.direction == "in" else -1)
        measured = heat.factor_tco2_per_gj
        factor = (HEAT if measured is None else F(measured)) if heat.fossil else F(0)
        yield heat.id, "heat", gj, gj * factor, gj
    for made in park.processes:
        amount = F(made.output_t)
        yield made.id, "process", amount, amount * F(made.factor_tco2_per_t), F(0)


def test_every_line_is_amount_times_factor(told: list[Account]) -> None:
    for one in told:
        hand = list(by_hand(one.park))
        assert [(x.row, x.source) for x in one.lines] == [x[:2] for x in hand]
        for line, (_, _, amount, tco2, gj) in zip(one.lines, hand, strict=True):
            assert line.amount == pytest.approx(float(amount), rel=1e-12)
            assert line.tco2 == pytest.approx(float(tco2), rel=1e-12, abs=1e-12)
            assert line.tce == pytest.approx(float(gj / TCE), rel=1e-12, abs=1e-12)
            scale = 1000 if line.source == "electricity" else 1
            assert line.tco2 == pytest.approx(line.amount * line.factor / scale)


def test_totals_are_sums_of_lines_to_the_gram(told: list[Account]) -> None:
    for one in told:
        hand = list(by_hand(one.park))
        for term in ("fuel", "conversion", "electricity", "heat", "process"):
            sum_ = sum(tco2 for _, source, _, tco2, _ in hand if source == term)
            assert getattr(one.emissions, term) == pytest.approx(float(sum_), abs=5.1e-7)
        total, gj = sum(x[3] for x in hand), sum(x[4] for x in hand)
        assert one.emissions.total == pytest.approx(float(total), abs=5.1e-7)
        assert one.energy_tce == pytest.approx(float(gj / TCE), abs=5.1e-7)
        known = not is_incomplete(one.park) and not one.doubts and one.energy_tce > 0
        ratio = round(one.emissions.total / one.energy_tce, 9) if known else None
        assert one.emission_per_energy == ratio


class Sums:
    """What the balances ask for, in fractions."""

    def __init__(self, park: ParkYear) -> None:
        self.park, self.lines = park, list(by_hand(park))
        self.made = [f.id for f in park.fuels if f.purpose == "conversion_output" and f.quantity]
        self.out = [r.id for r in park.heat if r.direction == "out" and r.fossil and r.gj]
        self.in_ = [r.id for r in park.heat if r.direction == "in" and r.fossil]

    def t(self, *terms: str) -> F:
        return sum((x[3] for x in self.lines if x[1] in terms), F(0))

    def of(self, rows: list[str], part: int) -> F:
        return sum((x[part] for x in self.lines if x[0] in rows), F(0))

    def gj(self, *purposes: str) -> F:
        return sum((F(f.quantity) * F(f.energy_gj_per_unit) for f in self.park.fuels
                    if f.purpose in purposes), F(0))  # fmt: skip

    @property
    def heat_source(self) -> F:
        lost = self.gj("conversion_input") - self.gj("conversion_output")
        return self.of(self.in_, 2) + self.gj("fuel", "feedstock") + max(F(0), lost)

    @property
    def heat_carbon(self) -> F:
        return self.t("fuel", "process") + self.of(self.in_, 3) + max(F(0), self.t("conversion"))


def test_what_is_left_of_deductions(told: list[Account]) -> None:
    for one in told:
        s = Sums(one.park)
        down = any(x[3] < 0 for x in s.lines)
        assert one.balance == pytest.approx(
            (
                float(s.t("conversion")) if s.made else 0.0,
                float(s.heat_source + s.of(s.out, 2)) if s.out else 0.0,
                float(s.heat_carbon + s.of(s.out, 3)) if s.out else 0.0,
                float(s.t("fuel", "conversion", "electricity", "heat")) if down else 0.0,
            ),
            abs=1e-9,
        )


def unexplained(s: Sums) -> Iterator[list[str]]:
    fed = [f.id for f in s.park.fuels if f.purpose == "conversion_input"]
    driven = s.gj("fuel", "conversion_input", "international_transport")
    driven += sum(F(r.gj) for r in s.park.heat if r.direction == "in")
    driven += sum(F(r.kwh) for r in s.park.electricity if r.supply != "exported") * F("0.0036")
    if s.made and (-s.of(s.made, 3) > s.of(fed, 3) or s.gj("conversion_output") > driven):
        yield s.made
    if -s.of(s.out, 2) > s.heat_source or -s.of(s.out, 3) > s.heat_carbon:
        yield s.out
    green = [r for r in s.park.electricity if r.generation == "nonfossil" and r.kwh]
    sent = [r for r in green if r.supply == "exported"]
    there = [r for r in green if r.supply in ("direct", "onsite")]
    there += [r for r in s.park.electricity if r.supply == "green_trade"]
    proven = sum((F(r.kwh) for r in there), F(0)) + sum(tokens(s.park).values())
    if sum(F(r.kwh) for r in sent) > proven:
        yield [r.id for r in sent]
    if s.t("fuel", "conversion", "electricity", "heat") < 0:
        yield list(dict.fromkeys(x[0] for x in s.lines if x[3] < 0))


def implausible(park: ParkYear) -> Iterator[list[str]]:
    if park.equivalence_kgce_per_kwh > plausible_range("equivalence")[1]:
        yield ["equivalence_kgce_per_kwh"]
    for row in park.fuels:
        sign, tco2, gj = PURPOSES[row.purpose], row.factor_tco2, row.energy_gj_per_unit
        assert tco2 is not None and gj is not None
        if not sign or not row.quantity:
            continue
        low, high = carbon_per_energy(row.fuel)
        if gj == 0:
            wrong = sign < 0 and tco2 > 0
        elif sign < 0:
            wrong = tco2 / gj > high
        else:
            wrong = gj > RICHEST or (row.fuel in (COAL, GAS) and tco2 / gj < low)
        if wrong:
            yield [row.id]
    low, high = plausible_range("heat_tco2_per_gj")
    for one in park.heat:
        factor = one.factor_tco2_per_gj
        wrong = factor is not None and (factor < low if one.direction == "in" else factor > high)
        if one.fossil and one.gj and wrong:
            yield [one.id]


def test_what_cannot_be_judged_and_which_rows_are_to_blame(told: list[Account]) -> None:
    met = set()
    for one in told:
        hand = [("implausible_value", tuple(rows)) for rows in implausible(one.park)]
        if not is_incomplete(one.park):
            sums = Sums(one.park)
            hand = [*(("unexplained_negative_term", tuple(r)) for r in unexplained(sums)), *hand]
        assert [(x.reason, x.rows) for x in one.doubts] == hand, one.park
        met.update(hand)
    assert len(met) > 20  # the parks drawn do meet them


def test_what_the_energy_is_made_of(told: list[Account]) -> None:
    for one in told:
        park, use, lines = one.park, EnergyUse(one), list(by_hand(one.park))

        def kwh(*supplies: str, green: bool = False, park: ParkYear = park) -> float:
            return sum(r.kwh for r in park.electricity if r.supply in supplies
                       and (r.generation == "nonfossil" or not green))  # fmt: skip

        def tce(ids: list[str], lines: list[Line] = lines) -> float:
            return float(sum((x[4] for x in lines if x[0] in ids), F(0)) / TCE)

        power = use.power
        direct = kwh("direct", "onsite", green=True) - kwh("exported", green=True)
        assert power.direct == pytest.approx(max(0, direct))
        assert power.certified == pytest.approx(float(sum(tokens(park).values())))
        assert power.traded == kwh("green_trade") and power.nuclear == kwh("nuclear_trade")
        assert power.used == pytest.approx(kwh(*set(SUPPLIES)) - 2 * kwh("exported"))
        assert power.renewable == pytest.approx(power.direct + power.certified + power.traded)
        assert power.nonfossil == pytest.approx(power.renewable + power.nuclear)
        assert replace(power, used=0.5).share(0.25) == 0.5
        assert power.share(500.0) == (500.0 / power.used if power.used > 0 else None)
        assert use.of_power(1e4) == pytest.approx(10 * park.equivalence_kgce_per_kwh)

        def burnt(*names: str, park: ParkYear = park) -> list[str]:
            return [f.id for f in park.fuels if PURPOSES[f.purpose] > 0 and f.fuel in names]

        assert use.natural_gas == pytest.approx(tce(burnt(GAS)))
        assert use.nonfossil_fuel == pytest.approx(tce(burnt(BIOGAS, BIOMASS)))
        warm = tce([r.id for r in park.heat if not r.fossil])
        assert use.nonfossil_heat == pytest.approx(max(0.0, warm))
        electric = tce([r.id for r in park.electricity])
        assert use.electricity == pytest.approx(electric)
        twice = use.with_coefficient(2 * park.equivalence_kgce_per_kwh)
        assert twice == pytest.approx(one.energy_tce + electric)


def test_certificates_that_cover_nothing_say_why(told: list[Account]) -> None:
    for one in told:
        hand = [
            (c.id, "只有网购电" if r.supply != "grid" else "尚未核销" if c.status == "held"
             else "生产年月 2024-12 不在核算年度 2025")
            for r in one.park.electricity for c in r.certificates
            if r.supply != "grid" or c.status == "held" or not c.generated.startswith("2025-")
        ]  # fmt: skip
        found = idle(one.park)
        assert [c.id for _, c, _ in found] == [id for id, _ in hand]
        assert all(why.startswith(said) for (_, _, why), (_, said) in zip(found, hand, strict=True))


def test_more_certificates_than_power_are_told_of_each_firm_or_of_all(told: list[Account]) -> None:
    for one in told:
        grid = [r for r in one.park.electricity if r.supply == "grid"]
        counting = {r.id: sum(c.mwh for c in r.certificates if c.status == "cancelled"
                              and c.generated[:4] == "2025") for r in grid}  # fmt: skip
        names = [*dict.fromkeys(r.firm.replace(" ", "") for r in grid if r.firm)]
        groups = [[r for r in grid if r.firm.replace(" ", "") == name] for name in names]

        def above(rows: list[ElectricityRow], counting: Any = counting) -> list[str]:
            over = 1000 * sum(counting[r.id] for r in rows) > sum(r.kwh for r in rows)
            last = [r.id for r in rows if counting[r.id]][-1:]
            return [f"{id}.certificates" for id in last if over]

        hand = [where for rows in groups for where in above(rows)] or above(grid)
        assert [fault.where for fault in above_grid(one.park, {})] == hand


def test_totals_that_are_bounds(told: list[Account]) -> None:
    """Everything missing pushes a total up or down; where both, it is open."""
    ledgers = {"fuels": {"fuel": "+", "conversion": "+", "energy_tce": "+", "total": "+"},
               "heat": {"heat": "+-", "energy_tce": "+-", "total": "+-"},
               "processes": {"process": "+", "total": "+"}}  # fmt: skip
    words = {"+": "at_least", "-": "at_most", "+-": "open"}
    for one in told:
        pushed: dict[str, set[str]] = {}
        for ledger in one.park.absent_ledgers:
            for key, ways in ledgers[ledger].items():
                pushed.setdefault(key, set()).update(ways)
        for x in one.park.unknown:
            for key, way in ((x.source, x.tco2), ("total", x.tco2), ("energy_tce", x.tce)):
                if way:
                    pushed.setdefault(key, set()).add("+" if way > 0 else "-")
        hand = {key: words["".join(sorted(ways))] for key, ways in pushed.items()}
        assert bounds(one.park) == hand
        assert is_incomplete(one.park) is bool(hand)


FILLED: dict[str, dict[str, Any]] = {
    "fuels": {"quantity": 1.0, "factor_tco2": 1.0, "energy_gj_per_unit": 1.0},
    "electricity": {"kwh": 1.0, "certificates": ()},
    "heat": {"gj": 1.0, "factor_tco2_per_gj": 0.1},
    "processes": {"output_t": 1.0},
}


def test_an_unknown_row_would_have_pushed_the_way_its_line_does(told: list[Account]) -> None:
    for one in told:
        for row in (*one.park.fuels, *one.park.heat, *one.park.processes, *one.park.electricity):
            ledger = {"F": "fuels", "R": "heat", "G": "processes", "D": "electricity"}[row.id[0]]
            full = row.model_copy(update=FILLED[ledger])
            alone = one.park.model_copy(update={
                name: (full,) if name == ledger else ()
                for name in ("fuels", "heat", "processes", "electricity")})  # fmt: skip
            ((_, source, _, tco2, gj),) = by_hand(alone)
            assert effect_of(row) == (source, (tco2 > 0) - (tco2 < 0), (gj > 0) - (gj < 0))


def test_certificates_cover_what_they_do_one_after_another(told: list[Account]) -> None:
    for one in told:
        hand = {id: float(kwh) for id, kwh in tokens(one.park).items()}
        assert covered_kwh(one.park.electricity, YEAR) == pytest.approx(hand)


def test_no_row_holds_more_than_any_park() -> None:
    most = plausible_range("park_tce")[1]
    for gj, wrong in ((29.3076 * most, False), (29.3076 * most * 1.001, True)):
        row = HeatRow(id="R1", direction="in", gj=gj, fossil=False)
        park = drawn(0).model_copy(update={
            "heat": (row,), "fuels": (), "electricity": (), "processes": (), "unknown": (),
            "absent_ledgers": (), "equivalence_kgce_per_kwh": 0.3})  # fmt: skip
        assert [x.rows for x in account(park).doubts] == ([("R1",)] if wrong else [])


@pytest.mark.parametrize(
    ("fuel", "unit", "size", "key"),
    [
        (COAL, "t", 1.0, "energy_per_t_no_hydrogen"),
        (COAL, "kg", 1e-3, "energy_per_t_no_hydrogen"),
        ("氢气", "t", 1.0, "energy_per_t"), (GAS, "t", 1.0, "energy_per_t_no_hydrogen"),
        (GAS, "m3", 1.0, "energy_per_gas_m3"), (GAS, "万m3", 1e4, "energy_per_gas_m3"),
        ("柴油", "m3", 1.0, "energy_per_liquid_m3"), ("柴油", "L", 1e-3, "energy_per_liquid_m3"),
        (COAL, "GJ", 1.0, None), (COAL, "车", 1.0, None),
    ],
)  # fmt: skip
def test_a_fuel_holds_no_more_than_the_richest_of_its_kind(
    fuel: str, unit: str, size: float, key: str | None
) -> None:
    most = plausible_range(key)[1] if key else 1e3
    for more, wrong in ((0.999, False), (1.001, key is not None)):
        gj = most * size * more
        row = FuelUse(id="F1", fuel=fuel, purpose="fuel", quantity=1, unit=unit,
                      energy_gj_per_unit=gj, factor_tco2=0.1 * gj)  # fmt: skip
        park = drawn(0).model_copy(update={
            "fuels": (row,), "heat": (), "electricity": (), "processes": (), "unknown": (),
            "absent_ledgers": (), "equivalence_kgce_per_kwh": 0.3})  # fmt: skip
        found = account(park).doubts
        assert [x.rows for x in found] == ([("F1",)] if wrong else [])
        if wrong:
            assert f"热值 {gj / size:.4g} GJ/{'t' if '_t' in str(key) else 'm3'}" in found[0].zh
