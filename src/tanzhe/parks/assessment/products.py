"""Energy per unit of product against the limits in force: level 1, 2 or 3, or why not judged."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from tanzhe.model.park import (
    IndicatorEntry,
    IndicatorResult,
    ParkYear,
    ProductResult,
    ProductRow,
)
from tanzhe.model.rules import Indicator
from tanzhe.names import folded
from tanzhe.parks.assessment.indicators import entry_of, excused, threshold_of, unjudged
from tanzhe.parks.terms import level_words
from tanzhe.parks.words import plausible_range
from tanzhe.quantity import Dimension, Quantity, Unit
from tanzhe.rulebook.energy_standards import (
    Edition,
    EnergyStandard,
    edition,
    energy_standards,
)
from tanzhe.rulebook.limited_products import (
    Limit,
    LimitedProduct,
    limited_product,
    limited_products,
    limits_of,
    product_names,
    to_be_told_apart,
)

MEASURE = "product_limit"
_DIGITS = 9
_CONVENTIONS = {"calorific": "当量值", "equivalence": "等价值"}


def product_results(park: ParkYear) -> tuple[ProductResult, ...]:
    """Every row of the products ledger against the standard that holds in the park's year.

    Args:
        park: checked by `read_park`.

    Returns:
        A level only where the standard in force and its limits are both in the rulebook.
    """
    results: list[ProductResult] = []
    for at, row in enumerate(park.products):
        result = _result(row, park.year)
        same = next((one for one in park.products[:at] if _is_same(one, row)), None)
        if same is not None:
            note = f"与 {same.id} 的产品、产量和能耗都相同，请确认不是重复填报"
            result = result.model_copy(update={"notes": (*result.notes, note)})
        results.append(result)
    return (*results, *_unreported(park, results))


def _is_same(one: ProductRow, other: ProductRow) -> bool:
    ids = {"id": "", "evidence": ""}
    return one.model_copy(update=ids) == other.model_copy(update=ids)


def _unreported(park: ParkYear, results: Sequence[ProductResult]) -> Iterator[ProductResult]:
    """The other limits of a product: each is a level of its own, and leaving one out hides it."""
    told = {(one.product, one.enterprise, one.metric) for one in results}
    seen: set[tuple[str, str]] = set()
    for row, one in zip(park.products, results, strict=True):
        found = limited_product(row.product, row.route)
        route = found[0].route(found[1]) if found else None
        if (
            found is None
            or route is None
            or not one.limits
            or (one.product, one.enterprise) in seen
        ):
            continue
        seen.add((one.product, one.enterprise))
        for limit in limits_of(found[0], route):
            if (one.product, one.enterprise, limit.metric) not in told:
                yield _left_out(one, limit)


def _left_out(one: ProductResult, limit: Limit) -> ProductResult:
    """A limit of a product that no row is held against."""
    return ProductResult(
        row=one.row,
        product=one.product,
        enterprise=one.enterprise,
        metric=limit.metric,
        status="not_judged",
        unit=limit.unit,
        limits=limit.levels,
        standard=one.standard,
        in_force_from=one.in_force_from,
        second_hand=limit.value.confidence != "confirmed",
        reserved=limit.correction,
        reason="这项限额的能耗没有填报，请另起一行填报；各项限额分别判级",
    )


def _result(row: ProductRow, year: int) -> ProductResult:
    found = limited_product(row.product, row.route)
    if found is None:
        return _without_limits(row, year)
    product, told = found
    stands = edition(product.name, year)
    assert stands is not None  # every product with limits is named by its standard, by test
    route = product.route(told)
    base = _open(row, stands).model_copy(update={"product": _named(product, route)})
    if stands.standard is None:
        return _because(base, _not_yet(stands, year))
    if not _holds_limits(product, stands.standard):
        return _because(base, f"{stands.standard.title}施行中，门槛不在规则库，请对照标准原文判断")
    if route is None:
        return _because(base, _which_route(product, told))
    limit = _limit(row, limits_of(product, route))
    if isinstance(limit, str):
        return _because(base, limit)
    return _against(base, row, limit, stands.standard)


def _named(product: LimitedProduct, route: str | None) -> str:
    return f"{product.name}（{route}）" if route else product.name


def _open(row: ProductRow, stands: Edition | None) -> ProductResult:
    """A result before anything is judged: the standard of the year, and what changed in it."""
    standard = stands.standard if stands else None
    return ProductResult(
        row=row.id,
        product=row.product,
        enterprise=row.enterprise,
        metric=row.metric,
        status="not_judged",
        standard=standard.title if standard else "",
        in_force_from=standard.in_force_from if standard else None,
        notes=_edition_notes(stands, standard),
    )


def _edition_notes(stands: Edition | None, standard: EnergyStandard | None) -> tuple[str, ...]:
    if stands is None or standard is None:
        return ()
    notes = [standard.note] if standard.note else []
    if stands.before:
        notes.append(
            f"{standard.number} 自 {standard.in_force_from} 起施行，此前适用 "
            f"{'、'.join(stands.before)}（门槛不在规则库）；全年按年末有效的一版对照"
        )
    if stands.coming:
        notes.append(f"{stands.coming.number} 自 {stands.coming.in_force_from} 起施行")
    return tuple(notes)


def _because(base: ProductResult, reason: str) -> ProductResult:
    return base.model_copy(update={"reason": reason})


def _without_limits(row: ProductRow, year: int) -> ProductResult:
    """A product that the rulebook holds no limits of: the standard in force is named, if any."""
    names = product_names(row.product)
    name = names[-1]
    stands = next((found for one in names if (found := edition(one, year))), None)
    base = _open(row, stands)
    apart = to_be_told_apart(name)
    if apart and stands and stands.standard:
        told = f"{stands.standard.title}按{'、'.join(apart)}分别设限额，请分行填报"
        return _because(base, told)
    if stands is None:
        return _because(base, _unknown(name))
    if stands.standard is None:
        return _because(base, _not_yet(stands, year))
    return _because(base, f"{stands.standard.title}施行中，门槛不在规则库，请对照标准原文判断")


def _unknown(name: str) -> str:
    names = [one.name for one in limited_products()]
    names += [name for one in energy_standards() for name in one.names]
    near = get_close_matches(name, dict.fromkeys(names), n=3, cutoff=0.5)
    hint = f"是不是{'、'.join(near)}？" if near else ""
    return (
        f"规则库的能耗限额标准目录里没有“{name}”。{hint}请核对产品名称；"
        "目录没有列全，没有国家限额标准的产品请在“园区企业产出产品单位能耗”的凭证中说明"
    )


def _not_yet(stands: Edition, year: int) -> str:
    """Why no standard of the register holds in the year, and which may."""
    if stands.coming is None:
        number = stands.undated.title if stands.undated else "对应的标准"
        return f"{number}的施行日期没有读到，请对照标准原文判断"
    coming = stands.coming
    older = "、".join(number for number in stands.replaced if _issued(number) <= year)
    before = f"当年适用被代替的 {older}" if older else "当年适用的版本没有读到"
    return (
        f"{coming.title}自 {coming.in_force_from} 起施行，{year} 年尚未施行；{before}，"
        "门槛不在规则库，请对照标准原文判断"
    )


def _issued(number: str) -> int:
    """The year in the number of a standard: GB 21256-2013."""
    year = number.rpartition("-")[2]
    return int(year) if year.isdigit() else 0


def _holds_limits(product: LimitedProduct, standard: EnergyStandard) -> bool:
    return any(
        limit.standard == standard.number
        for route in product.routes
        for limit in limits_of(product, route)
    )


def _which_route(product: LimitedProduct, told: str) -> str:
    known = "、".join(name for name in product.routes if name)
    if not told:
        return f"“{product.name}”的限额因工艺而异，请填工艺路线：{known}"
    return (
        f"“{product.name}”的工艺路线“{told}”不在规则库（有：{known}）；"
        "确为其他路线的，请对照标准原文判断"
    )


def _limit(row: ProductRow, limits: Sequence[Limit]) -> Limit | str:
    """The limit a row is held against, or why none."""
    electric = Unit.parse(row.energy_unit).dimension is Dimension.ELECTRICITY
    fitting = [one for one in limits if one.of_electricity == electric]
    if row.metric:
        fitting = [o for o in fitting if folded(row.metric) in (folded(o.metric), o.key)]
    if len(fitting) == 1:
        return fitting[0]
    have = "、".join(f"{one.metric}（{one.unit}）" for one in fitting or limits)
    if not fitting:
        return f"能耗以 {row.energy_unit} 填报，而限额是：{have}；请按限额的口径填报"
    return f"有几项限额：{have}；请在“限额指标”写明填的是哪一项，各项分行填报"


def _against(
    base: ProductResult, row: ProductRow, limit: Limit, standard: EnergyStandard
) -> ProductResult:
    """The value, and the level where nothing stands in the way."""
    per = Unit.KWH if limit.of_electricity else Unit.KGCE
    energy = Quantity(row.energy, Unit.parse(row.energy_unit)).to(per).value
    tonnes = Quantity(row.output, Unit.parse(row.output_unit)).to(Unit.T).value
    value = round(energy / tonnes, _DIGITS)
    level = next((n for n, most in enumerate(limit.levels, 1) if value <= most), None)
    limits = "、".join(f"{n}级 {most:g}" for n, most in enumerate(limit.levels, 1))
    result = base.model_copy(
        update={
            "metric": limit.metric,
            "value": value,
            "unit": limit.unit,
            "limits": limit.levels,
            "second_hand": limit.value.confidence != "confirmed",
            "reserved": limit.correction,
            "formula": f"{row.energy:,.10g} {row.energy_unit} ÷ {row.output:,.10g} "
            f"{row.output_unit} = {_shown(value, limit)} {limit.unit}（限额 {limits}）",
            "notes": (*base.notes, *_convention(row, limit, standard), *_far(value, limit)),
        }
    )
    if reason := _in_the_way(row, value, limit, standard):
        return _because(result, reason)
    status = "level" if level else "below_levels"
    return result.model_copy(update={"status": status, "level": level})


def _shown(value: float, limit: Limit) -> str:
    """Four decimals at most; all of them where fewer would hide which side of a limit it is."""
    short = f"{value:,.4f}".rstrip("0").rstrip(".")
    hidden = any(f"{most:,g}" == short and most != value for most in limit.levels)
    return f"{value:.12g}" if hidden else short


def _in_the_way(row: ProductRow, value: float, limit: Limit, standard: EnergyStandard) -> str:
    """Why a value is not held against its limit, or ""."""
    given, asked = row.electricity_basis, standard.electricity
    if not limit.of_electricity and given and asked in _CONVENTIONS and given != asked:
        return (
            f"填报的能耗中电力按{_CONVENTIONS[given]}折标，限额按{_CONVENTIONS[asked]}"
            f"（{standard.electricity_basis}），口径不同，不能对照；请按{_CONVENTIONS[asked]}重新折算"
        )
    low, _ = plausible_range("product_of_limits")
    first = limit.levels[0]
    if value < first * (low if first > 0 else 1 / low):
        return (
            f"{_shown(value, limit)} {limit.unit} 不到 1 级限额 {first:g} 的{low:.0%}，"
            "没有见过这样低的能耗；请核对单位和统计范围（能耗填全年总量，不是单耗）"
        )
    return ""


def _far(value: float, limit: Limit) -> tuple[str, ...]:
    _, high = plausible_range("product_of_limits")
    third = limit.levels[2]
    if third > 0 and value > third * high:
        return (
            f"高于 3 级限额 {third:g} 的 {high:g} 倍，请核对能耗和产量的单位，"
            "以及电力是否误按等价值折标（约为当量值的 2.4 倍）",
        )
    return ()


def _convention(row: ProductRow, limit: Limit, standard: EnergyStandard) -> tuple[str, ...]:
    """How electricity counts in the limit, as far as known."""
    if limit.of_electricity:
        return ()
    given = (
        f"填报按{_CONVENTIONS[row.electricity_basis]}" if row.electricity_basis else "填报没有注明"
    )
    if standard.electricity == "unknown":
        return (f"限额中电力按当量值还是等价值折标，规则库没有读到（{given}）",)
    asked = _CONVENTIONS[standard.electricity]
    return (f"限额中电力按{asked}折标（{standard.electricity_basis}；{given}）",)


def by_products(
    indicator: Indicator,
    stated: IndicatorResult,
    park: ParkYear,
    results: Sequence[ProductResult],
) -> IndicatorResult:
    """The indicator on products judged by the products ledger.

    Args:
        indicator: of the measure `product_limit`, 达到或优于N级.
        stated: the same judged by what the park states alone.
        park: as entered.
        results: from `product_results`, not empty.

    Returns:
        Not met when one product is worse; met when all are judged and none is; else what the park
        states decides, and nothing where it states nothing.
    """
    threshold = threshold_of(indicator)
    entry = entry_of(park, indicator)
    judged = [one for one in results if one.status != "not_judged" and not one.reserved]
    worse = [one for one in judged if one.level is None or not threshold.met(one.level)]
    open_ = [one for one in results if one not in judged]
    told = "；".join(f"{one.product}{one.metric} {level_words(one)}" for one in results)
    base = unjudged(indicator).model_copy(
        update={"formula": f"按产品能耗台账 {len(results)} 项：{told}", "evidence": "产品能耗台账"}
    )
    unlisted = _unlisted(park)
    notes = [*base.notes, *_on_limits(results, open_, unlisted)]
    if worse or not (open_ or unlisted):
        levels = [one.level for one in worse or judged]
        value = None if None in levels else float(max(level for level in levels if level))
        status = "not_met" if worse else "met"
        notes += _beside(entry, value)
        gap = None if value is None else threshold.gap(value)
        found = {"value": value, "status": status, "gap": gap, "notes": tuple(notes)}
        return excused(indicator, base.model_copy(update=found), park)
    if entry is not None and entry.value is not None:
        note = "台账不能判断全部产品，以园区填报为准"
        return stated.model_copy(update={"notes": (*stated.notes, *notes[len(base.notes) :], note)})
    return excused(indicator, base.model_copy(update={"notes": tuple(notes)}), park)


def _unlisted(park: ParkYear) -> list[str]:
    """Products with limits that the process ledger shows and the products ledger lacks."""
    found = [limited_product(row.product, row.route) for row in park.products]
    listed = {one[0].name for one in found if one}
    made = [one for row in park.processes if row.output_t and (one := limited_product(row.product))]
    return list(dict.fromkeys(one.name for one, _ in made if one.name not in listed))


def _on_limits(
    results: Sequence[ProductResult], open_: Sequence[ProductResult], unlisted: Sequence[str]
) -> list[str]:
    notes = [f"只按填报的 {len({one.row for one in results})} 行判断，产品是否列全由园区负责"]
    if unlisted:
        notes.append(f"工业过程台账有{'、'.join(unlisted)}，产品能耗没有填报")
    if any(one.limits and one.second_hand for one in results):
        notes.append("限额数值为二手，请与标准原文核对")
    if open_:
        names = "、".join(dict.fromkeys(one.product for one in open_))
        notes.append(f"{len(open_)} 项不能判断：{names}（原因见产品能耗）")
    return notes


def _beside(entry: IndicatorEntry | None, value: float | None) -> list[str]:
    """What is said when a park states a level for what its ledger tells."""
    if entry is None or entry.value is None:
        return []
    same = "，与台账一致" if entry.value == value else "，与台账不同，以台账为准"
    return [f"园区填报 {entry.value:g} 级{same}"]
