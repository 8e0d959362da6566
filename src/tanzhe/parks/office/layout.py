"""The sheets and columns of the workbook: the one place that writer, reader and guide share."""

from tanzhe.model import Record
from tanzhe.model.park import (
    Certificate,
    ElectricityRow,
    HeatRow,
    IndicatorEntry,
    Offset,
    Override,
    ParkYear,
    ProcessRow,
    Project,
)
from tanzhe.parks.office.columns import EVIDENCE, FIRM, Column, Ledger, id_column
from tanzhe.parks.office.fuel_sheet import FUELS
from tanzhe.parks.office.product_sheet import PRODUCTS
from tanzhe.parks.office.words import (
    CERTIFICATE_STATES,
    FOSSIL,
    GENERATIONS,
    HEAT_DIRECTIONS,
    LEDGER_STATES,
    SUPPLIES,
)
from tanzhe.quantity import Unit

POWER_UNITS = (Unit.KWH, Unit.MWH, Unit.WAN_KWH, Unit.YI_KWH)
OPTIONS = "选项"
GUIDE = "填报说明"
REMARK = "备注"
STATE = "state of "  # fields of the sheet on the park that say why a ledger is empty


# Ledgers of the account, by path: when one is empty, the park says why.
_MAY_BE_EMPTY = (
    ("fuels", "燃料"),
    ("electricity", "电力台账"),
    ("heat", "热力"),
    ("processes", "工业过程"),
)

PARK = Ledger(
    sheet="园区信息",
    path="",
    record=ParkYear,
    about="每格一项，填在“填写”一列。",
    columns=(
        Column(field="name", title="园区名称", kind="text", needed=True, hint="全称。"),
        Column(field="region", title="所在省份", kind="place", needed=True, hint="从下拉中选。"),
        Column(
            field="year",
            title="核算年度",
            kind="whole",
            unit="年",
            needed=True,
            hint="公历年，四位数字；一本工作簿只填一个年度。",
        ),
        Column(
            field="equivalence_kgce_per_kwh",
            title="电力等价折标系数",
            unit="kgce/kWh",
            needed=True,
            hint=(
                "没有全国统一的数值：按上年电厂发电标准煤耗填写，并写明出处。"
                "不是电力的当量值，两者不可混用。"
            ),
        ),
        Column(
            field="equivalence_source",
            title="等价系数出处",
            kind="text",
            hint="文件名、文号或统计资料名称。",
        ),
        *(
            Column(
                field=f"{STATE}{path}",
                title=f"{sheet}填报情况",
                kind="choice",
                choices=LEDGER_STATES,
                hint=f"“{sheet}”表空着时必须选：确实没有，还是有而缺数据。缺数据不会当作零。",
            )
            for path, sheet in _MAY_BE_EMPTY
        ),
        Column(
            field="reporter",
            title="编制单位",
            kind="text",
            later=True,
            hint="编制和提交报告的单位，如园区管委会，写全称；印在报告上。",
        ),
    ),
)

ELECTRICITY = Ledger(
    sheet="电力台账",
    path="electricity",
    record=ElectricityRow,
    prefix="D",
    about="一笔电一行：网购、专线直供、自发自用、绿电交易、核电交易、外送分开填。",
    columns=(
        id_column("D"),
        Column(
            field="supply",
            title="供应方式",
            kind="choice",
            choices=SUPPLIES,
            needed=True,
            hint=(
                "从下拉中选。买了绿证的电仍填“网购电”，证书填在“绿证”表；"
                "通过市场购买的核电填“核电交易”。"
            ),
        ),
        Column(
            field="generation",
            title="发电类型",
            kind="choice",
            choices=GENERATIONS,
            hint="专线直供、自发自用、外送的电必须选；燃煤专线选“化石能源”。网购电可不选。",
        ),
        Column(
            field="kwh",
            title="电量",
            unit="按右边的单位",
            needed=True,
            figure=True,
            hint="全年电量；有而不知道的留空或写“暂缺”，不要填 0。",
        ),
        Column(
            field="kwh_unit",
            title="单位",
            kind="choice",
            choices={unit.text: unit.text for unit in POWER_UNITS},
            needed=True,
            hint="从下拉中选；1 万千瓦时写 1 并选“万千瓦时”，不要自己换算。",
            width=10,
        ),
        EVIDENCE,
        FIRM,
    ),
)

CERTIFICATES = Ledger(
    sheet="绿证",
    path="certificates",
    record=Certificate,
    about="一批绿证一行，注明抵扣电力台账的哪一行网购电。",
    columns=(
        Column(
            field="row",
            title="对应电力台账编号",
            kind="text",
            needed=True,
            hint="电力台账中“网购电”那一行的编号，如 D1。",
        ),
        Column(
            field="id",
            title="绿证编号",
            kind="text",
            needed=True,
            hint="证书号或批次号。",
            width=26,
        ),
        Column(
            field="mwh",
            title="对应电量",
            unit="MWh",
            needed=True,
            figure=True,
            hint="1 张绿证为 1 MWh，即 1 千千瓦时。",
        ),
        Column(
            field="generated",
            title="发电年月",
            kind="month",
            unit="如 2025-03",
            needed=True,
            hint="证书上的电量生产年月，不是购买或核销的日期。",
        ),
        Column(
            field="status",
            title="状态",
            kind="choice",
            choices=CERTIFICATE_STATES,
            needed=True,
            hint="只有已核销的才作数；持有未核销的如实填，只列示。",
        ),
        Column(field="holder", title="持有人", kind="text", hint="企业全称。", width=26),
    ),
)

HEAT = Ledger(
    sheet="热力",
    path="heat",
    record=HeatRow,
    prefix="R",
    about="园区边界上购入和外供的热力；园区内部的余热利用不填。",
    columns=(
        id_column("R"),
        Column(
            field="direction",
            title="方向",
            kind="choice",
            choices=HEAT_DIRECTIONS,
            needed=True,
            hint="从下拉中选。",
        ),
        Column(field="gj", title="热量", unit="GJ", needed=True, figure=True, hint="全年热量。"),
        Column(
            field="fossil",
            title="热源",
            kind="choice",
            choices=FOSSIL,
            needed=True,
            hint="燃煤、燃气等供的热选“化石能源”。",
        ),
        Column(
            field="factor_tco2_per_gj",
            title="实测排放因子",
            unit="tCO2/GJ",
            hint="供热单位的实测值；没有则留空，按核算方法的缺省值。",
        ),
        EVIDENCE,
        FIRM,
    ),
)

PROCESSES = Ledger(
    sheet="工业过程",
    path="processes",
    record=ProcessRow,
    prefix="G",
    about="生产中除燃烧以外产生二氧化碳的产品，如水泥熟料、石灰、电解铝、合成氨。",
    columns=(
        id_column("G"),
        Column(
            field="product", title="产品", kind="text", needed=True, hint="产品名称。", width=18
        ),
        Column(
            field="output_t",
            title="产量",
            unit="t",
            needed=True,
            figure=True,
            hint="全年产量，吨。",
        ),
        Column(
            field="factor_tco2_per_t",
            title="过程排放因子",
            unit="tCO2/t",
            needed=True,
            figure=True,
            hint="每吨产品的过程排放，出处写在“依据”。",
        ),
        Column(
            field="basis",
            title="依据",
            kind="text",
            hint="因子的文件、表号，或物料平衡的算法。",
            width=34,
        ),
        FIRM,
    ),
)

OFFSETS = Ledger(
    sheet="抵消项",
    path="offsets",
    record=Offset,
    about="碳汇、捕集利用等，只列示，不从排放量中扣除。",
    columns=(
        Column(
            field="kind", title="类别", kind="text", needed=True, hint="如：林业碳汇。", width=26
        ),
        Column(field="tco2", title="数量", unit="tCO2", needed=True, hint="全年数量。"),
    ),
)

INDICATORS = Ledger(
    sheet="指标",
    path="indicators",
    record=IndicatorEntry,
    about="单位能耗碳排放由台账算出，不用填；清洁能源消费占比也由台账算出，填了只并列显示；其余填数值和凭证，没有数据的留空。",
    columns=(
        Column(
            field="indicator",
            title="指标",
            kind="indicator",
            needed=True,
            hint="已列出各项；自定的指标填其代码。",
            width=44,
        ),
        Column(
            field="value",
            title="数值",
            unit="比例写 93% 或 0.93",
            hint="比例按百分数填；数量填个数；能耗限额等级填 1、2、3。没有数据就留空，不要填 0。",
        ),
        EVIDENCE,
    ),
)

EXCUSES = Ledger(
    sheet="说明",
    path="excuses",
    record=Record,
    about="引导指标因客观条件达不到的，在此说明理由。",
    columns=(
        Column(
            field="indicator",
            title="指标",
            kind="indicator",
            needed=True,
            hint="从下拉中选。",
            width=44,
        ),
        Column(
            field="reason", title="理由", kind="text", needed=True, hint="写明客观条件。", width=60
        ),
    ),
)

PROJECTS = Ledger(
    sheet="项目",
    path="projects",
    record=Project,
    about="零碳园区建设项目清单，一个项目一行。",
    columns=(
        Column(field="name", title="项目名称", kind="text", needed=True, hint="全称。", width=30),
        Column(field="owner", title="责任单位", kind="text", hint="建设单位。", width=22),
        Column(field="content", title="建设内容", kind="text", hint="一两句话。", width=36),
        Column(field="investment", title="总投资", unit="万元", hint="没有则留空。"),
        Column(field="period", title="建设周期", kind="text", hint="如：2025—2027 年。", width=18),
        Column(field="abatement", title="年减排量", unit="tCO2", hint="投运后每年减排。"),
    ),
)

OVERRIDES = Ledger(
    sheet="替代值",
    path="overrides",
    record=Override,
    about="用有文件依据的数值替代规则库的数值；没有就空着。",
    columns=(
        Column(
            field="id",
            title="规则库编号",
            kind="text",
            needed=True,
            hint="要替代的数值的编号，用 tanzhe rules show 查得。",
            width=34,
        ),
        Column(field="value", title="数值", needed=True, hint="替代后的数值。"),
        Column(field="unit", title="单位", kind="text", needed=True, hint="与规则库的单位一致。"),
        Column(
            field="document", title="文件", kind="text", needed=True, hint="名称和文号。", width=34
        ),
        Column(field="quote", title="原文", kind="text", needed=True, hint="照录原文。", width=44),
    ),
)

LEDGERS = (
    FUELS,
    ELECTRICITY,
    CERTIFICATES,
    HEAT,
    PROCESSES,
    PRODUCTS,
    OFFSETS,
    INDICATORS,
    EXCUSES,
    PROJECTS,
    OVERRIDES,
)
