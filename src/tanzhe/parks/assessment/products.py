"""Energy per unit of product against the limits in force: level 1, 2 or 3, or why not judged."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from tanzhe.model.park import ParkYear, ProductResult, ProductRow
from tanzhe.model.told import Told, row_of
from tanzhe.names import folded
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

_DIGITS = 9
_CONVENTIONS = {
    "calorific": Told("当量值", "the calorific value"),
    "equivalence": Told("等价值", "the equivalence value"),
}


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
            note = Told(
                f"与 {same.id} 的产品、产量和能耗都相同，请确认不是重复填报",
                f"product, output and energy are those of {same.id}: make sure it is not the same",
            )
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
        for limit in limits_of(found[0], route, park.year):
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
        reason=_UNREPORTED,
    )


_UNREPORTED = Told(
    "这项限额的能耗没有填报，请另起一行填报；各项限额分别判级",
    "energy by this limit was not entered: give it a row; each limit has a level of its own",
)


def _compare(standard: EnergyStandard) -> Told:
    return Told(
        f"{standard.title}施行中，门槛不在规则库，请对照标准原文判断",
        f"{standard.title} is in force, its limits are not in the rulebook: judge by the text",
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
    if not _holds_limits(product, stands.standard, year):
        return _because(base, _compare(stands.standard))
    if route is None:
        return _because(base, _which_route(product, told))
    limit = _limit(row, limits_of(product, route, year))
    if isinstance(limit, Told):
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


def _edition_notes(stands: Edition | None, standard: EnergyStandard | None) -> tuple[Told, ...]:
    if stands is None or standard is None:
        return ()
    notes = [Told(standard.note, standard.note_en or None)] if standard.note else []
    if stands.before:
        before = row_of(stands.before)
        notes.append(
            Told(
                f"{standard.number} 自 {standard.in_force_from} 起施行，此前适用 "
                f"{before}（门槛不在规则库）；全年按年末有效的一版对照",
                f"{standard.number} is in force since {standard.in_force_from}, before it "
                f"{before.en} was (limits not in the rulebook); the year is held against the "
                "edition of its end",
            )
        )
    if stands.coming:
        number, day = stands.coming.number, stands.coming.in_force_from
        notes.append(Told(f"{number} 自 {day} 起施行", f"{number} comes into force on {day}"))
    return tuple(notes)


def _because(base: ProductResult, reason: Told) -> ProductResult:
    return base.model_copy(update={"reason": reason})


def _without_limits(row: ProductRow, year: int) -> ProductResult:
    """A product that the rulebook holds no limits of: the standard in force is named, if any."""
    names = product_names(row.product)
    name = names[-1]
    stands = next((found for one in names if (found := edition(one, year))), None)
    base = _open(row, stands)
    apart = to_be_told_apart(name)
    if apart and stands and stands.standard:
        kinds, title = row_of(apart), stands.standard.title
        told = Told(
            f"{title}按{kinds}分别设限额，请分行填报",
            f"{title} has limits of their own for {kinds.en}: give each a row",
        )
        return _because(base, told)
    if stands is None:
        return _because(base, _unknown(name))
    if stands.standard is None:
        return _because(base, _not_yet(stands, year))
    return _because(base, _compare(stands.standard))


def _unknown(name: str) -> Told:
    names = [one.name for one in limited_products()]
    names += [name for one in energy_standards() for name in one.names]
    near = get_close_matches(name, dict.fromkeys(names), n=3, cutoff=0.5)
    near_ = row_of(near)
    hint = Told(f"是不是{near_}？", f"Is it {near_.en}? ") if near else Told()
    return Told(
        f"规则库的能耗限额标准目录里没有“{name}”。{hint}请核对产品名称；"
        "目录没有列全，没有国家限额标准的产品请在“园区企业产出产品单位能耗”的凭证中说明",
        f"The rulebook's catalogue of energy limits has no “{name}”. {hint.en}Check the name; the "
        "catalogue is not complete: of a product without a national limit say so in the evidence "
        "of the indicator on products",
    )


def _not_yet(stands: Edition, year: int) -> Told:
    """Why no standard of the register holds in the year, and which may."""
    if stands.coming is None:
        number = Told(stands.undated.title) if stands.undated else _THE_STANDARD
        return Told(
            f"{number}的施行日期没有读到，请对照标准原文判断",
            f"the day on which {number.en} came into force was not read: judge by its text",
        )
    coming = stands.coming
    older = row_of(number for number in stands.replaced if _issued(number) <= year)
    before = Told("当年适用的版本没有读到", "the edition of that year was not read")
    if older:
        before = Told(f"当年适用被代替的 {older}", f"{older.en}, which it replaced, held then")
    return Told(
        f"{coming.title}自 {coming.in_force_from} 起施行，{year} 年尚未施行；{before}，"
        "门槛不在规则库，请对照标准原文判断",
        f"{coming.title} is in force from {coming.in_force_from}, not yet in {year}; {before.en}; "
        "limits are not in the rulebook: judge by the text",
    )


_THE_STANDARD = Told("对应的标准", "its standard")


def _issued(number: str) -> int:
    """The year in the number of a standard: GB 21256-2013."""
    year = number.rpartition("-")[2]
    return int(year) if year.isdigit() else 0


def _holds_limits(product: LimitedProduct, standard: EnergyStandard, year: int) -> bool:
    return any(
        limit.standard == standard.number
        for route in product.routes
        for limit in limits_of(product, route, year)
    )


def _which_route(product: LimitedProduct, told: str) -> Told:
    known = row_of(name for name in product.routes if name)
    if not told:
        return Told(
            f"“{product.name}”的限额因工艺而异，请填工艺路线：{known}",
            f"limits of “{product.name}” differ by process: enter the route, {known.en}",
        )
    return Told(
        f"“{product.name}”的工艺路线“{told}”不在规则库（有：{known}）；"
        "确为其他路线的，请对照标准原文判断",
        f"the rulebook has no route “{told}” of “{product.name}” (it has {known.en}); if it is "
        "another one indeed, judge by the text of the standard",
    )


def _limit(row: ProductRow, limits: Sequence[Limit]) -> Limit | Told:
    """The limit a row is held against, or why none."""
    electric = Unit.parse(row.energy_unit).dimension is Dimension.ELECTRICITY
    fitting = [one for one in limits if one.of_electricity == electric]
    if row.metric:
        fitting = [o for o in fitting if folded(row.metric) in (folded(o.metric), o.key)]
    if len(fitting) == 1:
        return fitting[0]
    have = row_of(
        Told(f"{one.metric}（{one.unit}）", f"{one.metric} ({one.unit})")
        for one in fitting or limits
    )
    if not fitting:
        return Told(
            f"能耗以 {row.energy_unit} 填报，而限额是：{have}；请按限额的口径填报",
            f"energy is entered in {row.energy_unit}, and the limits are {have.en}: enter it as "
            "the limit counts it",
        )
    return Told(
        f"有几项限额：{have}；请在“限额指标”写明填的是哪一项，各项分行填报",
        f"there are several limits, {have.en}: name the one that is meant (column 限额指标), a row "
        "each",
    )


def _against(
    base: ProductResult, row: ProductRow, limit: Limit, standard: EnergyStandard
) -> ProductResult:
    """The value, and the level where nothing stands in the way."""
    per = Unit.KWH if limit.of_electricity else Unit.KGCE
    energy = Quantity(row.energy, Unit.parse(row.energy_unit)).to(per).value
    tonnes = Quantity(row.output, Unit.parse(row.output_unit)).to(Unit.T).value
    value = round(energy / tonnes, _DIGITS)
    level = next((n for n, most in enumerate(limit.levels, 1) if value <= most), None)
    limits = row_of(
        Told(f"{n}级 {most:g}", f"level {n} {most:g}") for n, most in enumerate(limit.levels, 1)
    )
    division = (
        f"{row.energy:,.10g} {row.energy_unit} ÷ {row.output:,.10g} {row.output_unit} = "
        f"{_shown(value, limit)} {limit.unit}"
    )
    result = base.model_copy(
        update={
            "metric": limit.metric,
            "value": value,
            "unit": limit.unit,
            "limits": limit.levels,
            "second_hand": limit.value.confidence != "confirmed",
            "reserved": limit.correction,
            "formula": Told(f"{division}（限额 {limits}）", f"{division} (limits: {limits.en})"),
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


def _in_the_way(row: ProductRow, value: float, limit: Limit, standard: EnergyStandard) -> Told:
    """Why a value is not held against its limit, or ""."""
    given, asked = row.electricity_basis, standard.electricity
    if not limit.of_electricity and given and asked in _CONVENTIONS and given != asked:
        mine, theirs = _CONVENTIONS[given], _CONVENTIONS[asked]
        return Told(
            f"填报的能耗中电力按{mine}折标，限额按{theirs}"
            f"（{standard.electricity_basis}），口径不同，不能对照；请按{theirs}重新折算",
            f"electricity is entered at {mine.en}, the limit counts it at {theirs.en} "
            f"(“{standard.electricity_basis}”): they do not compare; convert it at {theirs.en}",
        )
    low, _ = plausible_range("product_of_limits")
    first = limit.levels[0]
    if value < first * (low if first > 0 else 1 / low):
        size = f"{_shown(value, limit)} {limit.unit}"
        return Told(
            f"{size} 不到 1 级限额 {first:g} 的{low:.0%}，"
            "没有见过这样低的能耗；请核对单位和统计范围（能耗填全年总量，不是单耗）",
            f"{size} is less than {low:.0%} of the limit of level 1, {first:g}, which no plant "
            "reaches: check units and scope (energy is that of the year, not per unit)",
        )
    return Told()


def _far(value: float, limit: Limit) -> tuple[Told, ...]:
    _, high = plausible_range("product_of_limits")
    third = limit.levels[2]
    if third > 0 and value > third * high:
        return (
            Told(
                f"高于 3 级限额 {third:g} 的 {high:g} 倍，请核对能耗和产量的单位，"
                "以及电力是否误按等价值折标（约为当量值的 2.4 倍）",
                f"above {high:g} times the limit of level 3, {third:g}: check the units, and "
                "whether electricity counts at the equivalence value (about 2.4 times the "
                "calorific one)",
            ),
        )
    return ()


def _convention(row: ProductRow, limit: Limit, standard: EnergyStandard) -> tuple[Told, ...]:
    """How electricity counts in the limit, as far as known."""
    if limit.of_electricity:
        return ()
    given = Told("填报没有注明", "the entry does not say")
    if row.electricity_basis:
        mine = _CONVENTIONS[row.electricity_basis]
        given = Told(f"填报按{mine}", f"entered at {mine.en}")
    if standard.electricity == "unknown":
        return (
            Told(
                f"限额中电力按当量值还是等价值折标，规则库没有读到（{given}）",
                "whether the limit counts electricity at the calorific or the equivalence value "
                f"the rulebook does not know ({given.en})",
            ),
        )
    asked, why = _CONVENTIONS[standard.electricity], standard.electricity_basis
    return (
        Told(
            f"限额中电力按{asked}折标（{why}；{given}）",
            f"the limit counts electricity at {asked.en} (“{why}”; {given.en})",
        ),
    )
