"""What changes how an account should be read, as notes in the order of the ledgers."""

from collections.abc import Iterator, Mapping
from math import fsum

from tanzhe.errors import Words, listed
from tanzhe.model import Note, Record
from tanzhe.model.park import ElectricityRow, FuelUse
from tanzhe.names import folded
from tanzhe.notes import note_of
from tanzhe.parks.account.account import Account
from tanzhe.parks.account.certificates import counting_kwh, idle
from tanzhe.parks.account.energy import EnergyUse, lines_of
from tanzhe.parks.account.factors import basis_of
from tanzhe.parks.account.firms import firm_key
from tanzhe.parks.account.fuels import sign
from tanzhe.parks.account.unknown import bounds
from tanzhe.parks.assessment.measured import direct_supply
from tanzhe.parks.terms import BOUNDS, LEDGERS, TOTALS
from tanzhe.parks.words import carbon_per_energy, names
from tanzhe.quantity import GJ_PER_KWH, Quantity, Unit
from tanzhe.rulebook import rule_value

INTERNATIONAL = "international_transport"
_UNSIZED = Words("；没有全部填写热值，能量未计", "; not all heating values given")
_NEAR = 0.01  # the calorific coefficient is written with three or four digits


def account_remarks(account: Account) -> list[Note]:
    """All notes on a park's account, those on its factors apart."""
    return [
        *_equivalence(account),
        *_absent(account),
        *_twice(account),
        *_fuels(account),
        *_electricity(account),
        *_direct_supply(account),
        *_heat(account),
        *_offsets(account),
        *_overrides(account),
    ]


def listed_apart(account: Account) -> dict[str, float]:
    """CO2 that is in the total and listed apart too, t: fuel of international transport."""
    rows = {row.id for row in account.park.fuels if row.purpose == INTERNATIONAL}
    tco2 = fsum(line.tco2 for line in account.lines if line.row in rows)
    return {INTERNATIONAL: tco2} if rows else {}


def _equivalence(account: Account) -> Iterator[Note]:
    park = account.park
    source = park.equivalence_source or "未注明"
    yield Note(
        code="equivalence",
        zh=f"电力按等价值 {park.equivalence_kgce_per_kwh:g} kgce/kWh 折标（{park.year} 年，"
        f"出处：{source}）。国家没有统一常数，系数大则单位能耗碳排放小；另见敏感性。",
        en=f"Electricity counts {park.equivalence_kgce_per_kwh:g} kgce/kWh ({park.year}, source: "
        f"{park.equivalence_source or 'not stated'}); no national constant exists, and a larger "
        "coefficient lowers the indicator; see the sensitivity too.",
    )
    calorific = Quantity(GJ_PER_KWH, Unit.GJ).to(Unit.KGCE).value
    if abs(park.equivalence_kgce_per_kwh / calorific - 1) < _NEAR:
        yield Note(
            code="equivalence_is_calorific",
            zh=f"{park.equivalence_kgce_per_kwh:g} kgce/kWh 是电力的当量值，不是等价值：方法要求"
            "按等价值折标，请改用上年发电标准煤耗；现按填报值计算，结论不可用于申报。",
            en=f"{park.equivalence_kgce_per_kwh:g} kgce/kWh is the calorific coefficient of "
            "electricity; the method asks for the equivalence value, the coal rate of generation "
            "of the year before. It is computed as entered and no result to apply with.",
        )


def _absent(account: Account) -> Iterator[Note]:
    park = account.park
    if park.absent_ledgers:
        told = "、".join(LEDGERS[key] for key in park.absent_ledgers)
        yield Note(
            code="ledger_absent",
            zh=f"缺少{told}台账的数据：排放和能耗合计不完整，核心指标不能判断。",
            en=f"Data are missing for {', '.join(park.absent_ledgers)}: the totals are incomplete "
            "and the core indicator cannot be judged.",
        )
    for one in park.unknown:
        yield Note(
            code=f"figure_unknown.{one.row}.{one.field}",
            zh=f"缺{one.what}：没有当作零，该行不在合计之内；补上数字再评估，没有这笔的删去该行。",
            en=f"{one.what.en} is missing; it was not taken as zero and its row is in no total: "
            "add the figure, or remove the row.",
        )
    if found := bounds(park):
        told = "、".join(f"{TOTALS[key]}{BOUNDS[bound]}" for key, bound in found.items())
        yield Note(
            code="totals_are_bounds",
            zh=f"数据不全，下列合计不是全部：{told}；其余合计不受影响。",
            en="Data are missing, so that "
            + ", ".join(f"{TOTALS[key].en} {BOUNDS[bound].en}" for key, bound in found.items())
            + "; other totals stand.",
        )


def omitted(tree: Mapping[str, object]) -> list[Note]:
    """A note when a tree does not speak of a ledger at all: it is counted as empty."""
    keys = [key for key in LEDGERS if key not in tree]
    if not keys:
        return []
    told = "、".join(LEDGERS[key] for key in keys)
    return [
        Note(
            code="ledger_omitted",
            zh=f"没有提交{told}台账，按没有这些活动计；确实没有的请提交空表以示确认，"
            "有而缺数据的请写明缺失。",
            en=f"Not given and counted as none: {', '.join(keys)}. Where there is nothing give an "
            "empty ledger; where data are missing say so.",
        )
    ]


def _twice(account: Account) -> Iterator[Note]:
    """Rows that say the same but for their ids: entered twice, or two alike."""
    for ledger in LEDGERS:
        rows = [r for r in getattr(account.park, ledger) if any(_amounts(r))]
        same: dict[Record, list[str]] = {}
        for row in rows:
            same.setdefault(row.model_copy(update={"id": ""}), []).append(row.id)
        for ids in (listed(found) for found in same.values() if len(found) > 1):
            yield Note(
                code=f"row_twice.{ids.en}",
                zh=f"{ids.zh} 的内容完全相同，都已计入：请确认是两笔，重复填报的请删去。",
                en=f"{ids.en} are alike and all counted: remove those entered twice.",
            )


def _amounts(row: Record) -> Iterator[float]:
    """What a row measures."""
    for name in ("quantity", "kwh", "gj", "output_t"):
        yield getattr(row, name, 0.0)


def _fuels(account: Account) -> Iterator[Note]:
    rows = account.park.fuels
    raw = listed(r.id for r in rows if sign(r.purpose) and names("raw_coal", r.fuel))
    if raw.zh:
        yield note_of("raw_coal", raw=raw)
    yield from _carbon_free(account)
    yield from _feedstock(account, [r for r in rows if r.purpose == "feedstock"])
    if any(r.purpose == "sold" for r in rows):
        yield note_of("sold_fuel")
    if any(r.purpose.startswith("conversion") for r in rows):
        yield from _conversion(account)
    for tco2 in listed_apart(account).values():
        yield Note(
            code=INTERNATIONAL,
            zh=f"国际航空航海用能排放 {tco2:,.2f} tCO2 计入合计，并单列。",
            en=f"{tco2:,.2f} tCO2 of international transport is in the total and listed apart.",
        )


def _carbon_free(account: Account) -> Iterator[Note]:
    """Fuel of less CO2 than any fossil one lowers the indicator by its energy alone."""
    least = Quantity(carbon_per_energy("")[0], Unit.T_CO2_PER_GJ).to(Unit.T_CO2_PER_TCE).value
    free = [one for one in lines_of(account, "fuel") if 0 <= one.tco2 < least * one.tce]
    if free:
        ids = listed(one.row for one in free)
        tce = fsum(one.tce for one in free)
        yield note_of("carbon_free_fuel", ids=ids, tce=tce)


def _feedstock(account: Account, rows: list[FuelUse]) -> Iterator[Note]:
    if not rows:
        return
    gj = fsum(r.quantity * (r.energy_gj_per_unit or 0.0) for r in rows)
    tce = Quantity(gj, Unit.GJ).to(Unit.TCE).value
    known = all(r.energy_gj_per_unit is not None for r in rows)
    size = Words(f"，约 {tce:,.1f} tce", f", about {tce:,.1f} tce") if known else _UNSIZED
    ids = listed(r.id for r in rows)
    yield note_of("feedstock", ids=ids, size=size)
    burnt = {r.fuel for r in account.park.fuels if r.purpose == "fuel"}
    both = listed(sorted(burnt & {r.fuel for r in rows}))
    if both.zh:
        yield note_of("fuel_and_feedstock", both=both)


def _conversion(account: Account) -> Iterator[Note]:
    yield note_of("conversion_oxidation")


def _electricity(account: Account) -> Iterator[Note]:
    rows = account.park.electricity
    for row, one, why in idle(account.park):
        yield Note(
            code=f"certificate_idle.{one.id}",
            zh=f"绿证“{one.id}”（{row.id}，{one.mwh:,.10g} MWh）只列出，不抵扣：{why}。",
            en=f"Certificate “{one.id}” ({row.id}, {one.mwh:,.10g} MWh) is listed and covers "
            f"nothing: {why.en}.",
        )
    yield from _holders(rows)
    spilling = [r for r in rows if counting_kwh(r, account.park.year) > r.kwh and not r.firm]
    if spilling:
        yield Note(
            code="certificates_spill",
            zh=f"{'、'.join(r.id for r in spilling)} 的绿证多于该行电量，多出部分抵扣其他网购电行；"
            "绿证按用户认定，请确认是同一用户。",
            en=f"Certificates of {', '.join(r.id for r in spilling)} exceed the power of the row; "
            "the rest covers other grid rows. Certificates belong to users: make sure it is "
            "the same one.",
        )
    if any(r.supply == "nuclear_trade" for r in rows):
        yield note_of("nuclear_trade")
    yield from _unnamed(rows)
    yield from _counted_elsewhere(rows)


def _holders(rows: tuple[ElectricityRow, ...]) -> Iterator[Note]:
    """Certificates that somebody else holds than the firm whose power they cover."""
    for row in rows:
        for one in row.certificates:
            if row.firm and one.holder and folded(one.holder) != firm_key(row):
                yield Note(
                    code=f"certificate_holder.{one.id}",
                    zh=f"绿证“{one.id}”的持有人是“{one.holder}”，用在“{row.firm}”的 {row.id}："
                    "绿证按用户认定，请附代购或划转的凭证。",
                    en=f"Certificate “{one.id}” is held by “{one.holder}” and used by "
                    f"“{row.firm}” ({row.id}): add the proof of purchase on its behalf.",
                )


def _unnamed(rows: tuple[ElectricityRow, ...]) -> Iterator[Note]:
    kinds = ("onsite", "exported")
    ids = [r.id for r in rows if r.supply in kinds and r.generation is None]
    if ids:
        yield Note(
            code="generation_unnamed",
            zh=f"{'、'.join(ids)} 没有注明电源：受入按其他电力计，外送不予扣减。",
            en=f"{', '.join(ids)}: no generation named; counted as other power.",
        )
    ids = [r.id for r in rows if r.supply == "grid" and r.generation is not None]
    if ids:
        yield Note(
            code="grid_generation",
            zh=f"{'、'.join(ids)} 是网购电，所填电源不作依据；非化石须有核销绿证、绿电交易或直供。",
            en=f"{', '.join(ids)}: the generation of grid power is no proof.",
        )


def _counted_elsewhere(rows: tuple[ElectricityRow, ...]) -> Iterator[Note]:
    made = [r.id for r in rows if r.supply == "onsite" and r.generation == "fossil"]
    if made:
        yield Note(
            code="onsite_fossil",
            zh=f"{'、'.join(made)} 由台账中的燃料发出，排放和能耗已计入燃料，不重复计。",
            en=f"{', '.join(made)}: made from listed fuel, nothing is added.",
        )
    waste = [r.id for r in rows if r.generation == "waste_heat"]
    if waste:
        yield Note(
            code="waste_heat",
            zh=f"{'、'.join(waste)} 为余热余压发电：园区内自用的不计排放，也不计能耗。",
            en=f"{', '.join(waste)}: waste heat used inside is neither emission nor consumption.",
        )


def _direct_supply(account: Account) -> Iterator[Note]:
    """The method's principle, which is no indicator of either rule set."""
    found = direct_supply(EnergyUse(account))
    if found.value is None:
        return
    rule = rule_value("annex4.direct_supply_share", year=account.park.year).value
    least = Quantity(rule.value, Unit.parse(rule.unit)).to(Unit.ONE).value
    state = Words("低于", "below") if found.value < least else Words("不低于", "not below")
    yield Note(
        code="direct_supply",
        zh=f"电力直接供应比例：{found.formula}，{state.zh} {least:.0%}"
        f"（{basis_of(rule)}，原则性要求，不是指标）。",
        en=f"Power supplied directly: {found.formula.en}, {state.en} the {least:.0%} that the "
        f"method asks for in principle ({basis_of(rule)}), which is no indicator.",
    )


def _heat(account: Account) -> Iterator[Note]:
    ignored = [r.id for r in account.park.heat if not r.fossil and r.factor_tco2_per_gj]
    if ignored:
        yield Note(
            code="nonfossil_heat_factor",
            zh=f"{'、'.join(ignored)} 是非化石热力，按 0 计，所填因子未采用。",
            en=f"{', '.join(ignored)}: non-fossil heat counts 0; the factor was not used.",
        )


def _overrides(account: Account) -> Iterator[Note]:
    unused = [o.id for o in account.park.overrides if o.id not in account.factors.used]
    if unused:
        yield Note(
            code="override_unused",
            zh=f"替代值 {'、'.join(unused)} 在本次核算中没有用到。",
            en=f"Overrides not used in this account: {', '.join(unused)}.",
        )


def _offsets(account: Account) -> Iterator[Note]:
    if account.park.offsets:
        yield note_of("offsets")
