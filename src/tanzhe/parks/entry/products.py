"""Rows of the products ledger: output and energy of a product, for the limits of products."""

from collections.abc import Iterator
from dataclasses import replace

from tanzhe.errors import InputError, Words, quoted
from tanzhe.model.park import ProductRow
from tanzhe.names import folded
from tanzhe.parks.entry.fields import Fields
from tanzhe.quantity import Dimension, Unit
from tanzhe.rulebook.limited_products import Limit, limited_product, limits_of

_ENERGIES = (Dimension.ENERGY, Dimension.ELECTRICITY)
_OUTPUTS = (
    Dimension.MASS,
    Dimension.VOLUME,
    Dimension.ELECTRICITY,
    Dimension.GLASS_CASE,
    Dimension.COUNT,
)


def product_faults(row: Fields, built: ProductRow) -> None:
    """What is wrong with a row of products beyond its fields one by one."""
    if row.has("output") and built.output == 0:
        row.fault(
            "output",
            Words("产量为零，不能相除", "The output is zero"),
            Words("请填全年产量；没有生产的产品请删去这一行", "Give the output, or drop the row"),
        )
    output = _unit(row, "output_unit", built.output_unit, _OUTPUTS, "t、万吨、kWh")
    energy = _unit(row, "energy_unit", built.energy_unit, _ENERGIES, "tce、kgce、GJ、kWh、万千瓦时")
    _metric(row, built, output, energy)


def _unit(
    row: Fields, key: str, text: str, kinds: tuple[Dimension, ...], examples: str
) -> Unit | None:
    """The unit of a field, or its fault."""
    if not text:
        return None
    try:
        unit = Unit.parse(text)
    except InputError as error:
        row.faults += [replace(fault, where=row.at(key)) for fault in error.faults]
        return None
    if unit.dimension in kinds:
        return unit
    row.fault(
        key,
        Words(f"单位“{text}”用在这里不对", f"The unit “{text}” does not fit here"),
        Words(f"可用：{examples}", f"e.g. {examples}"),
    )
    return None


def _metric(row: Fields, built: ProductRow, output: Unit | None, energy: Unit | None) -> None:
    """The limit that is named must be one of the product, in a unit of its kind."""
    limits = list(_limits(built))
    if not limits:
        return
    if output is not None and output.dimension is not Dimension.MASS:
        row.fault(
            "output_unit",
            Words("限额按每吨产品计，产量单位应为质量", "Limits are per tonne of product"),
            Words("请换算成 t 或 万吨", "Give the output in t"),
        )
    if not built.metric:
        return
    known = [one for one in limits if folded(built.metric) in (folded(one.metric), one.key)]
    if not known:
        have = quoted(dict.fromkeys(one.metric for one in limits))
        row.fault(
            "metric",
            Words(
                f"“{built.product}”没有限额指标“{built.metric}”",
                f"“{built.product}” has no limit “{built.metric}”",
            ),
            Words(f"请从中选：{have.zh}；不确定的留空", f"Choose one of {have.en}, or none"),
        )
    elif energy is not None and (energy.dimension is Dimension.ELECTRICITY) != (
        known[0].of_electricity
    ):
        right = quoted(("kWh", "万千瓦时") if known[0].of_electricity else ("tce", "kgce", "GJ"))
        row.fault(
            "energy_unit",
            Words(
                f"“{known[0].metric}”的限额单位是 {known[0].unit}，能耗不能用 {energy.text}",
                f"The limit “{known[0].metric}” is in {known[0].unit}, not {energy.text}",
            ),
            Words(f"请用 {right.zh} 填写", f"Use {right.en}"),
        )


def _limits(built: ProductRow) -> Iterator[Limit]:
    """The limits of the product's route, of all its routes where it names none."""
    found = limited_product(built.product, built.route)
    if found is None:
        return
    product, told = found
    route = product.route(told)
    for one in product.routes if route is None else (route,):
        yield from limits_of(product, one)
