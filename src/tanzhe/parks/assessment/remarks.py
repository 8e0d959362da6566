"""What changes how an account should be read, as notes in the order of the ledgers."""

import re
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
        *_firms_alike(account),
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
        yield note_of("equivalence_is_calorific", used=park.equivalence_kgce_per_kwh)


def _absent(account: Account) -> Iterator[Note]:
    park = account.park
    if park.absent_ledgers:
        told = "、".join(LEDGERS[key] for key in park.absent_ledgers)
        yield note_of("ledger_absent", ledgers=Words(told, ", ".join(park.absent_ledgers)))
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
    return [note_of("ledger_omitted", ledgers=Words(told, ", ".join(keys)))]


def _twice(account: Account) -> Iterator[Note]:
    """Rows that say the same but for their ids: entered twice, or two alike."""
    for ledger in LEDGERS:
        rows = [r for r in getattr(account.park, ledger) if any(_amounts(r))]
        same: dict[Record, list[str]] = {}
        for row in rows:
            bare = {key: old for key, old in _BARE.items() if hasattr(row, key)}
            same.setdefault(row.model_copy(update=bare), []).append(row.id)
        for ids in (listed(found) for found in same.values() if len(found) > 1):
            yield Note(
                code=f"row_twice.{ids.en}",
                zh=f"{ids.zh} 的内容完全相同，都已计入：请确认是两笔，重复填报的请删去。",
                en=f"{ids.en} are alike and all counted: remove those entered twice.",
            )


_BARE: Mapping[str, object] = {"id": "", "certificates": ()}  # what rows entered twice differ in
_FORM = re.compile(r"[（(].*?[）)]|股份|有限|责任|公司|集团")


def _firms_alike(account: Account) -> Iterator[Note]:
    """Firms whose names differ in nothing but how a company is called: perhaps one firm."""
    same: dict[str, dict[str, str]] = {}
    for ledger in LEDGERS:
        for row in getattr(account.park, ledger):
            if key := firm_key(row):
                same.setdefault(_FORM.sub("", key) or key, {})[key] = row.firm
    for found in (list(one.values()) for one in same.values() if len(one) > 1):
        told = listed(found)
        yield Note(
            code=f"firms_alike.{told.en}",
            zh=f"{told.zh}只差公司的写法，按不同企业计：若是同一家，请统一名称。",
            en=f"{told.en} differ only in how a company is called and count as several firms: "
            "write one name if they are one.",
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
        yield note_of("certificates_spill", names=listed(r.id for r in spilling))
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
        yield note_of("generation_unnamed", names=listed(ids))
    ids = [r.id for r in rows if r.supply == "grid" and r.generation is not None]
    if ids:
        yield note_of("grid_generation", names=listed(ids))


def _counted_elsewhere(rows: tuple[ElectricityRow, ...]) -> Iterator[Note]:
    made = [r.id for r in rows if r.supply == "onsite" and r.generation == "fossil"]
    if made:
        yield note_of("onsite_fossil", names=listed(made))
    waste = [r.id for r in rows if r.generation == "waste_heat"]
    if waste:
        yield note_of("waste_heat", names=listed(waste))


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
        yield note_of("override_unused", names=listed(unused))


def _offsets(account: Account) -> Iterator[Note]:
    if account.park.offsets:
        yield note_of("offsets")
