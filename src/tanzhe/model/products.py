"""The ledger of products with their energy, for the energy limits of products."""

from typing import Annotated

from tanzhe.errors import Words
from tanzhe.model.base import Record
from tanzhe.model.columns import NEXT_UNIT, Column
from tanzhe.model.ledgers import EVIDENCE, POWER_UNITS, row_id
from tanzhe.model.park_choices import ELECTRICITY_BASES, ElectricityBasis
from tanzhe.quantity import Unit

_OUTPUTS = (Unit.T, Unit.WAN_T, Unit.WAN_CASE, Unit.WAN_M3, Unit.WAN_KWH)
_ENERGIES = (Unit.TCE, Unit.KGCE, Unit.GJ, *POWER_UNITS)


class ProductRow(Record):
    """What a product of the park took to make in the year, for the energy limits of products.

    Attributes:
        id: ledger-row id, e.g. `products-1`.
        product: its name.
        route: how it is made, where limits differ by that.
        metric: which limit is meant, e.g. 综合电耗; "" where the unit of the energy tells.
        output: sound product of the year in `output_unit`.
        output_unit: t, or another unit of quantity.
        energy: in `energy_unit`; negative where a process gives more than it takes.
        energy_unit: tce, kgce, GJ, or of electricity kWh and its multiples.
        electricity_basis: how electricity is counted in standard coal, or None where not told.
        enterprise: who makes it.
        evidence: meter, statistics form.
    """

    id: Annotated[str, row_id("N")]
    product: Annotated[
        str,
        Column(
            "产品",
            "product",
            "从下拉中选，没有的照标准中的名称填。粗钢按工序分行：烧结矿、球团矿、生铁、转炉钢、电炉钢。",
            en_hint=(
                "choose from the list, else as the standard names it. Crude steel has a "
                "row for each step: sinter, pellets, pig iron, converter steel, electric "
                "steel"
            ),
            options="products",
            width=18,
            ask=Words("请写产品名称", "Name the product"),
        ),
    ]
    route: Annotated[
        str,
        Column(
            "工艺路线",
            "route",
            "限额因工艺而异的必填：电解铝填铝液或铝锭，焦炭填顶装焦或捣固焦，甲醇填烟煤或天然气。",
            width=16,
        ),
    ] = ""
    metric: Annotated[
        str,
        Column(
            "限额指标",
            "limit",
            "一种产品有几项限额的填：综合能耗、综合电耗、交流电耗、冶炼电耗等；只有一项的可空。",
            width=16,
        ),
    ] = ""
    output: Annotated[
        float,
        Column(
            "产量",
            "output",
            "标准规定口径的全年合格品产量。",
            en_hint="qualified output of the whole year, as the standard counts it",
            unit=NEXT_UNIT,
        ),
    ]
    output_unit: Annotated[
        str,
        Column(
            "产量单位",
            "unit of output",
            "从下拉中选；空着按 t。",
            width=10,
            choices={unit.text: unit.text for unit in _OUTPUTS},
        ),
    ] = "t"
    energy: Annotated[
        float,
        Column(
            "能耗",
            "energy",
            "这项限额统计范围内的全年能耗总量，不是单耗；回收多于消耗的工序填负数。",
            en_hint=(
                "energy of the whole year within the boundary of this limit, not per unit; "
                "negative where more is recovered than used"
            ),
            unit=NEXT_UNIT,
            signed=True,
        ),
    ]
    energy_unit: Annotated[
        str,
        Column(
            "能耗单位",
            "unit of energy",
            "综合能耗用 tce 或 kgce，电耗用 kWh、MWh 或万千瓦时。",
            en_hint="tce or kgce for comprehensive energy; kWh, MWh or 万千瓦时 for power",
            width=10,
            choices={unit.text: unit.text for unit in _ENERGIES},
            ask=Words("请写单位，如 tce、kWh", "e.g. tce, kWh"),
        ),
    ]
    electricity_basis: Annotated[
        ElectricityBasis | None,
        Column(
            "电力折标口径",
            "convention of electricity",
            "综合能耗中的电力按哪种折标。限额标准多按当量值，与园区核算的等价值不同。",
            width=12,
            choices=ELECTRICITY_BASES,
        ),
    ] = None
    enterprise: Annotated[str, Column("企业", "enterprise", "企业全称。", width=22)] = ""
    evidence: Annotated[str, EVIDENCE] = ""
