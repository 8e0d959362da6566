"""The sheet 产品能耗: a row for each product, route and limit of its standard."""

from tanzhe.model.park import ProductRow
from tanzhe.parks.office.columns import EVIDENCE, Column, Ledger, id_column
from tanzhe.parks.office.words import ELECTRICITY_BASES
from tanzhe.quantity import Unit

_OUTPUTS = (Unit.T, Unit.WAN_T, Unit.WAN_CASE, Unit.WAN_M3, Unit.WAN_KWH)
_ENERGIES = (Unit.TCE, Unit.KGCE, Unit.GJ, Unit.KWH, Unit.MWH, Unit.WAN_KWH, Unit.YI_KWH)

PRODUCTS = Ledger(
    sheet="产品能耗",
    path="products",
    record=ProductRow,
    prefix="N",
    optional=True,
    about="有国家能耗限额标准的产品，一种产品、一项限额、一家企业一行；只用于判断能耗限额等级，不参加碳排放核算。",
    columns=(
        id_column("N"),
        Column(
            field="product",
            title="产品",
            kind="name",
            options="products",
            needed=True,
            hint="从下拉中选，没有的照标准中的名称填。粗钢按工序分行：烧结矿、球团矿、生铁、转炉钢、电炉钢。",
            width=18,
        ),
        Column(
            field="route",
            title="工艺路线",
            kind="text",
            hint="限额因工艺而异的必填：电解铝填铝液或铝锭，焦炭填顶装焦或捣固焦，甲醇填烟煤或天然气。",
            width=16,
        ),
        Column(
            field="metric",
            title="限额指标",
            kind="text",
            hint="一种产品有几项限额的填：综合能耗、综合电耗、交流电耗、冶炼电耗等；只有一项的可空。",
            width=16,
        ),
        Column(
            field="output",
            title="产量",
            unit="按右边的单位",
            needed=True,
            hint="标准规定口径的全年合格品产量。",
        ),
        Column(
            field="output_unit",
            title="产量单位",
            kind="choice",
            choices={unit.text: unit.text for unit in _OUTPUTS},
            hint="从下拉中选；空着按 t。",
            width=10,
        ),
        Column(
            field="energy",
            title="能耗",
            unit="按右边的单位",
            needed=True,
            signed=True,
            hint="这项限额统计范围内的全年能耗总量，不是单耗；回收多于消耗的工序填负数。",
        ),
        Column(
            field="energy_unit",
            title="能耗单位",
            kind="choice",
            choices={unit.text: unit.text for unit in _ENERGIES},
            needed=True,
            hint="综合能耗用 tce 或 kgce，电耗用 kWh、MWh 或万千瓦时。",
            width=10,
        ),
        Column(
            field="electricity_basis",
            title="电力折标口径",
            kind="choice",
            choices=ELECTRICITY_BASES,
            hint="综合能耗中的电力按哪种折标。限额标准多按当量值，与园区核算的等价值不同。",
            width=12,
        ),
        Column(field="enterprise", title="企业", kind="text", hint="企业全称。", width=22),
        EVIDENCE,
    ),
)
