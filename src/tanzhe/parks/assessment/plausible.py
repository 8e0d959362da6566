"""Numbers that look a thousand or ten thousand times too large or small: told, never changed."""

from collections.abc import Iterator
from math import fsum

from tanzhe.model import Note
from tanzhe.model.park import FuelUse
from tanzhe.model.told import Told
from tanzhe.parks.account.account import Account
from tanzhe.parks.account.certificates import counting_kwh
from tanzhe.parks.account.energy import lines_of, power
from tanzhe.parks.account.fuels import fuel_factor, measured_in, sign
from tanzhe.parks.account.unknown import is_incomplete
from tanzhe.parks.words import plausible_range

_MANY = 10  # from here on a factor is told without decimals
_WHOLE, _SMALL = 1e6, 1e-4  # where six digits would be written with an exponent


def unit_warnings(account: Account) -> list[Note]:
    """A note for every number whose unit should be checked; the numbers stay as entered."""
    return [
        *_equivalence(account),
        *_fuels(account),
        *_heat(account),
        *_processes(account),
        *_large(account),
        *_small(account),
        *_certificates(account),
    ]


def _note(where: str, what: Told, number: float, low: float, high: float, unit: str) -> Note:
    times = number / high if number > high else low / number
    away = f"{times:,.1f}" if times < _MANY else f"{times:,.0f}"
    return Note(
        code=f"unit.{where}.{what}",
        zh=f"请核对单位：{where} 的{what} {_plain(number)} {unit} 不在常见范围 "
        f"{_plain(low)} 至 {_plain(high)} 内（相差约 {away} 倍）；按填报值计算。",
        en=f"Check the unit: {what.en} of {where} is {_plain(number)} {unit}, usual is "
        f"{_plain(low)} to {_plain(high)} (about {away} times off); computed as entered.",
    )


def _plain(number: float) -> str:
    """A number without an exponent: whole above a million, else six digits."""
    if abs(number) >= _WHOLE:
        return f"{number:,.0f}"
    return f"{number:,.6g}" if abs(number) >= _SMALL or not number else f"{number:.10f}".rstrip("0")


def _odd(where: str, what: Told, number: float, range_: str, unit: str) -> Iterator[Note]:
    """A note when a number other than 0 lies outside a range."""
    low, high = plausible_range(range_)
    if number and not low <= number <= high:
        yield _note(where, what, number, low, high, unit)


def _equivalence(account: Account) -> Iterator[Note]:
    coefficient = account.park.equivalence_kgce_per_kwh
    what = Told("等价系数", "the coefficient")
    yield from _odd("equivalence_kgce_per_kwh", what, coefficient, "equivalence", "kgce/kWh")


def _fuels(account: Account) -> Iterator[Note]:
    for row in account.park.fuels:
        if sign(row.purpose):
            factor = fuel_factor(row, account.factors)
            yield from _fuel(row, factor.tco2, factor.gj)


def _fuel(row: FuelUse, tco2: float, gj: float) -> Iterator[Note]:
    """Factor and heating value by what the unit measures; their ratio where that is not known."""
    if not gj and row.quantity:
        yield Note(
            code=f"unit.{row.id}.zero",
            zh=f"{row.id}“{row.fuel}”的热值为 0，能耗没有计入：请确认，没有数据的不要填 0。",
            en=f"{row.id} “{row.fuel}” has a heating value of 0: no energy is counted.",
        )
    size, kind = measured_in(row)
    heating, per_heat, per_unit = (
        Told(f"“{row.fuel}”{zh}", f"{en} of “{row.fuel}”")
        for zh, en in (
            ("热值", "the heating value"),
            ("单位热值排放", "the factor by heat"),
            ("排放因子", "the emission factor"),
        )
    )
    if kind in ("", "gj"):
        ratio = tco2 / gj if gj else 0.0
        yield from _odd(row.id, per_heat, ratio, "tco2_per_gj", "tCO2/GJ")
        if kind:
            yield from _odd(row.id, heating, gj / size, "energy_per_gj", "GJ/GJ")
        else:
            yield _not_a_fuels(row)
        return
    base = "t" if kind == "t" else "m3"
    notes = [
        *_odd(row.id, heating, gj / size, f"energy_per_{kind}", f"GJ/{base}"),
        *_odd(row.id, per_unit, tco2 / size, f"tco2_per_{kind}", f"tCO2/{base}"),
    ]
    yield from notes[:1]


def _not_a_fuels(row: FuelUse) -> Note:
    return Note(
        code=f"unit.{row.id}.unknown",
        zh=f"请核对单位：{row.id} 的“{row.fuel}”按“{row.unit}”计量，不是认识的重量、体积或"
        "热量单位，数量级无法核对；因子和热值按每一个该单位计算。",
        en=f"Check the unit: “{row.fuel}” of {row.id} is measured in “{row.unit}”, which is "
        "no known "
        "unit of mass, volume or energy: its size could not be checked; factors are taken by it.",
    )


def _heat(account: Account) -> Iterator[Note]:
    for row in account.park.heat:
        if row.fossil and row.factor_tco2_per_gj is not None:
            factor = row.factor_tco2_per_gj
            yield from _odd(
                row.id,
                Told("热力因子", "the factor of heat"),
                factor,
                "heat_tco2_per_gj",
                "tCO2/GJ",
            )


def _processes(account: Account) -> Iterator[Note]:
    for row in account.park.processes:
        factor = row.factor_tco2_per_t
        what = Told(f"“{row.product}”因子", f"the factor of “{row.product}”")
        yield from _odd(row.id, what, factor, "process_tco2_per_t", "tCO2/t")
        if not factor and row.output_t:
            yield Note(
                code=f"unit.{row.id}.zero",
                zh=f"{row.id}“{row.product}”的过程排放因子填了 0，这种产品不计过程排放："
                "请确认有依据，没有数据的不要填 0。",
                en=f"{row.id} “{row.product}” has a process factor of 0: make sure that it is so.",
            )


def _large(account: Account) -> Iterator[Note]:
    """Rows and totals beyond what a park uses or makes."""
    for line in account.lines:
        yield from _odd(line.row, Told("能量", "energy"), abs(line.tce), "row_tce", "tce")
        if line.source == "process":
            yield from _odd(line.row, Told("产量", "output"), line.amount, "row_output_t", "t")
    if not is_incomplete(account.park):
        whole = Told("综合能源消费量", "energy consumption")
        yield from _odd("energy_tce", whole, abs(account.energy_tce), "park_tce", "tce")
        used = power(account.park).used
        yield from _odd("electricity", Told("全年用电量", "power used"), used, "park_kwh", "kWh")
    ratio = max(0.0, account.emission_per_energy or 0.0)
    core = Told("单位能耗碳排放", "emissions per energy")
    yield from _odd("emission_per_energy", core, ratio, "park_per_energy", "tCO2/tce")


def _small(account: Account) -> Iterator[Note]:
    """Ledgers and rows so small beside the others that thousands may be missing."""
    total = account.energy_tce
    for source, name, range_ in _SHARES:
        by_row = _by_row(account, source)
        largest = max(by_row.values(), default=0.0)
        share = fsum(by_row.values()) / total if total > 0 else 0.0
        what = Told(f"{name}合计", f"all {name.en}")
        yield from _tiny(source, what, Told("园区能耗", "the park's energy"), share, range_)
        for row, tce in by_row.items():
            what = Told(f"{row} 的能量", f"energy of {row}")
            most = Told("本台账最大一行", "the largest row of its ledger")
            yield from _tiny(row, what, most, tce / (largest or 1.0), "row_share")


def _certificates(account: Account) -> Iterator[Note]:
    for row in account.park.electricity:
        if row.kwh:
            share = counting_kwh(row, account.park.year) / row.kwh
            what = Told(f"{row.id} 的绿证", f"certificates of {row.id}")
            whole = Told("该行电量", "the power of the row")
            yield from _tiny(f"{row.id}.certificates", what, whole, share, "row_share")


def _tiny(where: str, what: Told, whole: Told, share: float, range_: str) -> Iterator[Note]:
    """A note where a part is so small that thousands may be missing; nothing is no part."""
    if 0 < share < plausible_range(range_)[0]:
        yield Note(
            code=f"unit.{where}.{what}",
            zh=f"请核对单位：{what}只有{whole}的 {share:.3%}，若属实请忽略；"
            "常见错误是少写了一千倍或一万倍。",
            en=f"Check the unit: {what.en} is {share:.3%} of {whole.en}; ignore this if it is "
            "so. A "
            "usual slip is a thousand or ten thousand times too little.",
        )


_SHARES = (
    ("fuel", Told("燃料", "fuel"), "row_share"),
    ("electricity", Told("电量", "power"), "ledger_share"),
    ("heat", Told("热力", "heat"), "row_share"),
)


def _by_row(account: Account, source: str) -> dict[str, float]:
    """Energy of each row of a ledger, tce, whichever way it goes."""
    found: dict[str, float] = {}
    for line in lines_of(account, source):
        found[line.row] = found.get(line.row, 0.0) + abs(line.tce)
    return found
