"""Weak points of a park: where its meters and products show energy that may be saved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from tanzhe.api.meters.readings import months_wanted
from tanzhe.api.parks.assessment import assess
from tanzhe.errors import InputError, Words, refuse
from tanzhe.meters.loads import HOURS_A_DAY, Load, loads
from tanzhe.meters.months import settle
from tanzhe.meters.store import Store
from tanzhe.model.base import Progress, silent
from tanzhe.model.park import Assessment, ProductResult
from tanzhe.model.plan import Measure
from tanzhe.parks.measures.file import read_measures
from tanzhe.parks.words import plausible_range
from tanzhe.periods import years_of_workdays
from tanzhe.quantity import Dimension, Quantity, Unit
from tanzhe.rulebook import rule_value
from tanzhe.terms import words_of
from tanzhe.turning import breaks
from tanzhe.workspace import Workspace

Kind = Literal["night", "rest", "load_factor", "rise", "fall", "drift", "limit", "diagnosis"]
KINDS: Mapping[Kind, Words] = words_of("api.weak.kinds")
# Our choice. A base above the upper share is continuous operation, below the lower one it is small.
LOW_BASE, CONTINUOUS = 0.3, 0.85
LOW_FACTOR = 0.35
FEWEST_WEEKS = 8
SURE, LEAST_CHANGE = 0.8, 0.05  # confidence of a turning point, and its size
_HOURS_A_YEAR = 365 * HOURS_A_DAY
_YUAN_A_WAN = 1e4


class WeakPoint(NamedTuple):
    """One place to look at.

    Attributes:
        kind: which.
        who: the meter, product or firm.
        firm: whose it is.
        told: what was seen, with its numbers.
        kwh: that are at stake a year, at most; None where it is no energy, or not power.
        tce: likewise of products.
        tco2: of it by the method's factor of other power, or the firm's own ratio; None likewise.
        cost: 万元 a year of a measure that is known for it, or None.
        measure: its name, or "".
    """

    kind: Kind
    who: str
    firm: str
    told: Words
    kwh: float | None = None
    tce: float | None = None
    tco2: float | None = None
    cost: float | None = None
    measure: str = ""


class WeakPoints(NamedTuple):
    """What was found, the largest first, and what it rests on.

    Attributes:
        points: ranked by tCO2, those without a figure last.
        meters: how many meters had hours enough.
        short: meters of power that had not.
        key_firms: firms above the limit of the law, with their tce; the number is the denominator
            of the indicator on diagnosis.
        notes: how to read it.
    """

    points: tuple[WeakPoint, ...]
    meters: int
    short: tuple[str, ...]
    key_firms: Mapping[str, float]
    notes: tuple[Words, ...]


def weak_points(
    store: Store | None,
    months: Sequence[str] = (),
    *,
    park: str | Path | None = None,
    measures: str | Path | None = None,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> WeakPoints:
    """Weak points of a park's meters, products and firms.

    Args:
        store: meters, of `open_store`; None: products and firms alone.
        months: which; all when left out.
        park: the park's file: products, firms, year.
        measures: a file of measures, for costs.
        workspace: where confirmed rule sets are kept.
        progress: told of each month that is settled.

    Raises:
        InputError: no readings and no park, or faults of the files.
    """
    told = assess(park, workspace=workspace) if park is not None else None
    known = _measures(measures)
    held: list[Load] = []
    short: tuple[str, ...] = ()
    if store is not None and (store.manifest.months or told is None):
        wanted = months_wanted(store, months)
        settle(store, wanted, progress)
        held = list(loads(store, wanted))
        seen = {one.meter for one in held}
        tree = store.tree
        power = [n for n in tree.names if tree.of(n)[-1].carrier == "electricity"]
        short = tuple(name for name in power if name not in seen)
    year = told.park.year if told else int(_last_year(held))
    factor = rule_value("annex4.grid_other_electricity", year=year).value.value
    points = [
        _priced(point, factor, known)
        for one in held
        for point in _of_load(one, store.tree.of(one.meter)[-1].firm if store else "")
    ]
    firms = _key_firms(told)
    if told is not None:
        points += [*_of_products(told), *_of_firms(told, firms)]
    seen_years = {week.year for one in held for week in one.weeks}
    points.sort(key=lambda one: (one.tco2 is None, -(one.tco2 or 0.0), one.who))
    return WeakPoints(tuple(points), len(held), short, firms, tuple(_notes(factor, seen_years)))


def _measures(file: str | Path | None) -> tuple[Measure, ...]:
    if file is None:
        return ()
    found = read_measures(Path(file))
    refuse(found.faults)
    return found.measures


def _last_year(held: Sequence[Load]) -> int:
    return max((one.weeks[-1].year for one in held if one.weeks), default=2025)


def _of_load(one: Load, firm: str) -> Iterator[WeakPoint]:
    yearly = _HOURS_A_YEAR / one.hours
    bases: tuple[tuple[Kind, float | None, int], ...] = (
        ("night", one.night, one.night_hours),
        ("rest", one.rest, one.rest_hours),
    )
    for kind, base, hours in bases:
        if base is None or one.work <= 0 or not LOW_BASE < base / one.work < CONTINUOUS:
            continue
        kwh = (base - LOW_BASE * one.work) * hours * yearly
        share = base / one.work
        when = Words("夜间 0 至 6 时", "at night, 0 to 6 h") if kind == "night" else Words(
            "周末和节假日同一时段", "at these hours of days of rest"
        )  # fmt: skip
        told = Words(
            f"{when.zh}平均 {base:,.1f} kW，是工作时段 {one.work:,.1f} kW 的 {share:.0%}；"
            f"若降到 {LOW_BASE:.0%}，一年最多少用 {kwh:,.0f} kWh",
            f"{base:,.1f} kW {when.en}, {share:.0%} of {one.work:,.1f} kW at work; at "
            f"{LOW_BASE:.0%} at most {kwh:,.0f} kWh a year less",
        )
        yield WeakPoint(kind, one.meter, firm, told, kwh)
    factor = one.mean / one.peak
    if factor < LOW_FACTOR:
        told = Words(
            f"负荷率 {factor:.0%}：平均 {one.mean:,.1f} kW，最高一小时 {one.peak:,.1f} kW",
            f"load factor {factor:.0%}: mean {one.mean:,.1f} kW, busiest hour {one.peak:,.1f} kW",
        )
        yield WeakPoint("load_factor", one.meter, firm, told)
    yield from _turns(one, firm)


def _turns(one: Load, firm: str) -> Iterator[WeakPoint]:
    """Turning points of the weekly load, by the product's own engine."""
    if np.isfinite(one.weekly).sum() < FEWEST_WEEKS:
        return
    level = float(np.nanmean(one.weekly))
    for found in breaks(one.weekly, 0):
        week = one.weeks[found.index]
        if found.confidence < SURE:
            continue
        if found.kind == "step":
            change = found.effect / level
            if abs(change) < LEAST_CHANGE:
                continue
            kwh = found.effect * _HOURS_A_YEAR
            told = Words(
                f"{week} 起周平均负荷{'抬升' if change > 0 else '下降'} {abs(found.effect):,.1f} kW"
                f"（{change:+.0%}，可信度 {found.confidence:.0%}）",
                f"from {week} the weekly load is {found.effect:+,.1f} kW ({change:+.0%}, "
                f"confidence {found.confidence:.0%})",
            )
            way: Kind = "rise" if change > 0 else "fall"
            yield WeakPoint(way, one.meter, firm, told, kwh if change > 0 else None)
        else:
            drift = found.effect * 52 / level
            if abs(drift) < LEAST_CHANGE:
                continue
            told = Words(
                f"{week} 起负荷的走势改变 {drift:+.0%}/年（可信度 {found.confidence:.0%}）",
                f"from {week} the trend changes by {drift:+.0%} a year "
                f"(confidence {found.confidence:.0%})",
            )
            yield WeakPoint("drift", one.meter, firm, told)


def _priced(point: WeakPoint, factor: float, known: Sequence[Measure]) -> WeakPoint:
    """With tCO2 by the method's factor, and the cost of a measure that is known for it."""
    if (kwh := point.kwh) is None:
        return point
    point = point._replace(tco2=kwh * factor / 1000)
    for one in known:
        named = any(
            name and (name == one.row or name in one.name) for name in (point.who, point.firm)
        )
        if one.kind == "efficiency" and named and (size := _kwh_of(one.unit)):
            amount = min(kwh / size, one.potential)
            cost = amount * one.unit_cost_yuan / _YUAN_A_WAN + one.fixed_cost_wan_yuan
            return point._replace(cost=cost, measure=one.name)
    return point


def _kwh_of(unit: str) -> float | None:
    """How many kWh one of a unit is; None for what is no unit of power sold."""
    try:
        parsed = Unit.parse(unit)
    except InputError:
        return None
    same = parsed.dimension is Unit.KWH.dimension
    return Quantity(1.0, parsed).to(Unit.KWH).value if same else None


def _of_products(told: Assessment) -> Iterator[WeakPoint]:
    """Products whose energy is above level 2 of the limit in force."""
    rows = {one.id: one for one in told.park.products}
    ratios = {one.name: one.emission_per_energy for one in told.firms}
    for one in told.products:
        row = rows.get(one.row)
        if row is None or not _above(one) or one.value is None:
            continue
        excess = one.value - one.limits[1]
        tce = None
        if one.unit == "kgce/t" and _is_mass(row.output_unit):
            tonnes = Quantity(row.output, Unit.parse(row.output_unit)).to(Unit.T).value
            tce = excess * tonnes / 1000
        ratio = ratios.get(one.enterprise) or told.emission_per_energy
        words = Words(
            f"单耗 {one.value:,.6g} {one.unit}，比 {one.standard} 的 2 级 {one.limits[1]:,.6g} 高 "
            f"{excess:,.4g}",
            f"{one.value:,.6g} {one.unit}, {excess:,.4g} above level 2 ({one.limits[1]:,.6g}) of "
            f"{one.standard}",
        )
        tco2 = tce * ratio if tce is not None and ratio is not None else None
        yield WeakPoint("limit", one.product, one.enterprise, words, None, tce, tco2)


def _is_mass(unit: str) -> bool:
    try:
        return Unit.parse(unit).dimension is Dimension.MASS
    except InputError:
        return False


def _above(one: ProductResult) -> bool:
    worse = one.status == "below_levels" or (one.status == "level" and (one.level or 0) > 2)
    return worse and len(one.limits) == 3


def _key_firms(told: Assessment | None) -> dict[str, float]:
    """Firms that the law calls key users of energy, by tce."""
    if told is None:
        return {}
    least = plausible_range("park_tce")[0]  # a single key user: 节约能源法 art. 52
    return {one.name: one.energy_tce for one in told.firms if one.name and one.energy_tce >= least}


def _of_firms(told: Assessment, firms: Mapping[str, float]) -> Iterator[WeakPoint]:
    """Key firms, whose diagnosis within two years the indicator counts."""
    stated = told.park.indicators.get("energy_diagnosis")
    share = "" if stated is None or stated.value is None else f"{stated.value:.0%}"
    for name, tce in firms.items():
        zh = f"园区填报的能效诊断覆盖率 {share}" if share else "园区没有填报能效诊断覆盖率"
        en = f"the park states a coverage of {share}" if share else "the park states no coverage"
        told_of = Words(
            f"年用能 {tce:,.0f} tce，属重点用能单位，两年内应有节能诊断报告；{zh}",
            f"{tce:,.0f} tce a year: a key user, whose diagnosis within two years counts; {en}",
        )
        yield WeakPoint("diagnosis", name, name, told_of, tce=None)


def _notes(factor: float, years: Iterable[int]) -> Iterator[Words]:
    yield Words(
        f"电量是上限，不是承诺；折 CO2 用核算方法的其他电力因子 {factor:g} kgCO2/kWh，"
        "有绿电的企业实际减排更少。",
        f"Amounts are upper bounds; CO2 by the factor of other power, {factor:g} kgCO2/kWh.",
    )
    yield Words(
        "上级表与下级表的电量有重叠，不能相加。",
        "Amounts of a meter and of those behind it overlap: never add them up.",
    )
    yield Words(
        f"夜间或休息日负荷在工作时段的 {CONTINUOUS:.0%} 以上视为连续生产，不列。",
        f"A base above {CONTINUOUS:.0%} of that at work is continuous operation and not listed.",
    )
    first, last = years_of_workdays()
    if any(not first <= one <= last for one in years):
        yield Words(
            f"{last} 年以后的放假安排尚未收录，周末、法定固定假日和春节一周作休息日，调休上班的周末"
            "没有分出。",
            f"Holidays after {last} are not in the data: weekends, fixed days of rest and the week "
            "of Spring Festival count as rest, make-up workdays too.",
        )
