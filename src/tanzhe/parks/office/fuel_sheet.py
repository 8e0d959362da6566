"""The sheet 燃料: one row a fuel, columns as in statistics forms 205-1 and 205-2."""

from tanzhe.model import Record
from tanzhe.parks.office.columns import EVIDENCE, FIRM, Column, Ledger, id_column

FUEL_USES: tuple[Column, ...] = (
    Column(
        field="total",
        title="消费量合计",
        unit="按计量单位",
        figure=True,
        hint="205-1 表“消费量合计”。减去右边各“其中”项之后的余数按作燃料燃烧核算。",
    ),
    Column(
        field="industry",
        title="其中工业生产消费",
        unit="按计量单位",
        figure=True,
        hint="205-1 表“工业生产消费量”，只用于核对，不单独核算。",
    ),
    Column(
        field="feedstock",
        title="其中用于原材料",
        unit="按计量单位",
        figure=True,
        hint="205-1 表“用于原材料”。不计入燃料燃烧排放。",
    ),
    Column(
        field="conversion_input",
        title="其中加工转换投入",
        unit="按计量单位",
        figure=True,
        hint=(
            "205-2 表加工转换投入中的炼焦、炼油、制气、洗选等项；"
            "火力发电、供热的投入按燃烧核算，不填在这里。"
        ),
    ),
    Column(
        field="international_transport",
        title="其中国际航空航海",
        unit="按计量单位",
        figure=True,
        hint="国际航班、国际航行船舶用油。计入总量，另行列示。",
    ),
    Column(
        field="conversion_output",
        title="加工转换产出",
        unit="按计量单位",
        figure=True,
        hint="205-2 表“能源加工转换产出”中的焦炭、煤气、油品等，在该产品自己的一行填写。",
    ),
    Column(
        field="sold", title="外销量", unit="按计量单位", figure=True, hint="离开园区的能源产品。"
    ),
)

FUELS = Ledger(
    sheet="燃料",
    path="fuels",
    record=Record,
    prefix="F",
    about="一种能源一行，列与统计报表 205-1、205-2 一致；电力、热力不填在这里。",
    columns=(
        id_column("F"),
        Column(
            field="fuel",
            title="能源名称",
            kind="name",
            options="fuels",
            needed=True,
            hint="从下拉中选；原煤要分煤种。下拉中没有的可直接写，但须自己填写排放因子和热值。",
            width=16,
        ),
        Column(
            field="unit",
            title="计量单位",
            kind="name",
            options="units",
            needed=True,
            hint="本行所有数量的单位，须与因子的单位一致：吨写 t，万立方米（标准状态）写 万m3。",
        ),
        Column(
            field="opening", title="年初库存量", unit="按计量单位", hint="205-1 表，只用于核对。"
        ),
        Column(field="bought", title="购进量", unit="按计量单位", hint="205-1 表，只用于核对。"),
        *FUEL_USES,
        Column(
            field="closing", title="期末库存量", unit="按计量单位", hint="205-1 表，只用于核对。"
        ),
        Column(
            field="factor_set",
            title="因子集",
            kind="name",
            options="factor_sets",
            hint="选用哪一套排放因子和热值，必须自己选定，程序不代选；填了实测因子的可不选。",
            width=40,
        ),
        Column(
            field="factor_tco2",
            title="实测排放因子",
            unit="tCO2/计量单位",
            hint="有实测值才填，并在凭证中写明检测报告；填了就以它为准。",
        ),
        Column(
            field="energy_gj_per_unit",
            title="实测热值",
            unit="GJ/计量单位",
            hint="低位发热量，有实测值才填；填了就以它为准。",
        ),
        EVIDENCE,
        FIRM,
    ),
)
