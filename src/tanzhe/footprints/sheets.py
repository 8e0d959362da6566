"""The form of a product study: its sheets and columns, from which reader and template follow."""

from tanzhe.errors import Words
from tanzhe.footprints.choices import (
    BOUNDARIES,
    CATEGORIES,
    DATA,
    GENERATION,
    GWP,
    METHODS,
    POWER_SOURCES,
    STAGES,
)
from tanzhe.footprints.form import Column, Sheet

PRODUCT = Sheet(
    key="product",
    title="产品",
    about=Words(
        "产品、声明单位、边界和时间。必填项带星号。",
        "The product, its declared unit, boundary and time. A star means needed.",
    ),
    lines=True,
    columns=(
        Column(
            key="name",
            title="产品名称",
            needed=True,
            hint=Words("企业自己的叫法", "what the firm calls it"),
        ),
        Column(
            key="description",
            title="产品说明",
            hint=Words("规格、工艺、质量参数", "grade, process, quality"),
        ),
        Column(key="company", title="企业名称", needed=True),
        Column(
            key="company_id",
            title="企业标识",
            hint=Words(
                "URN，没有就留空，导出时按名称生成", "a URN; left empty it is made from the name"
            ),
        ),
        Column(
            key="product_id", title="产品标识", hint=Words("URN，没有就留空", "a URN, or empty")
        ),
        Column(
            key="classification",
            title="产品分类",
            hint=Words(
                "URN，如 urn:pact:productclassification:un-cpc:41431，没有就留空",
                "a URN such as urn:pact:productclassification:un-cpc:41431, or empty",
            ),
        ),
        Column(
            key="region",
            title="地域",
            needed=True,
            hint=Words("省名，或国家代码如 CN", "a province, or a country code such as CN"),
        ),
        Column(
            key="start",
            title="起始日期",
            kind="date",
            needed=True,
            hint=Words("如 2025-01-01", "e.g. 2025-01-01"),
        ),
        Column(
            key="end",
            title="结束日期",
            kind="date",
            needed=True,
            hint=Words("含这一天，如 2025-12-31", "the last day itself, e.g. 2025-12-31"),
        ),
        Column(key="boundary", title="系统边界", kind="choice", needed=True, choices=BOUNDARIES),
        Column(
            key="processes",
            title="边界说明",
            needed=True,
            hint=Words("包括哪些过程", "which processes it holds"),
        ),
        Column(
            key="unit",
            title="声明单位",
            needed=True,
            hint=Words(
                "kg、件、kWh、MJ、m3、L、t·km、m2、小时；功能单位写在产品说明里",
                "kg, 件 (piece), kWh, MJ, m3, L, t·km, m2, 小时 (hour); the functional unit stands "
                "in the description",
            ),
        ),
        Column(
            key="unit_amount",
            title="声明单位数量",
            kind="number",
            needed=True,
            hint=Words(
                "一个声明单位含多少，一般填 1", "how much a declared unit holds, as a rule 1"
            ),
        ),
        Column(
            key="unit_mass",
            title="声明单位质量",
            kind="number",
            hint=Words(
                "千克，不含包装；按质量声明的不用填",
                "kg without packaging; not where mass is declared",
            ),
        ),
        Column(
            key="output",
            title="产量",
            kind="number",
            needed=True,
            hint=Words("起止日期内的合格产量", "good output between the two days"),
        ),
        Column(
            key="output_unit",
            title="产量单位",
            needed=True,
            hint=Words("与声明单位同类，如 t", "of the kind of the declared unit, e.g. t"),
        ),
        Column(
            key="fossil_carbon",
            title="化石碳含量",
            kind="number",
            hint=Words(
                "每声明单位千克碳；导出 PACT 必填，没有填 0",
                "kg of carbon a declared unit; PACT needs it, 0 where there is none",
            ),
        ),
        Column(
            key="biogenic_carbon",
            title="生物碳含量",
            kind="number",
            hint=Words("每声明单位千克碳", "kg of carbon a declared unit"),
        ),
        Column(
            key="recycled_carbon",
            title="再生碳含量",
            kind="number",
            hint=Words("每声明单位千克碳", "kg of carbon a declared unit"),
        ),
        Column(
            key="gwp",
            title="全球变暖潜势",
            kind="choice",
            needed=True,
            choices=GWP,
            hint=Words("因子所依据的 IPCC 报告", "the IPCC report that the factors rest on"),
        ),
        Column(
            key="rules",
            title="产品种类规则",
            hint=Words("采用的 PCR 名称；没有就留空", "the product category rules, or empty"),
        ),
        Column(key="purpose", title="目的", hint=Words("为谁、做什么用", "for whom and for what")),
        Column(key="comment", title="备注"),
    ),
)

_FACTOR = (
    Column(
        key="factor",
        title="因子",
        kind="factor",
        hint=Words(
            "数字，或规则库编号（tanzhe rules show），或供应商 PACT 文件名",
            "a number, an id of the rulebook (tanzhe rules show), or a supplier's PACT file",
        ),
    ),
    Column(
        key="factor_unit",
        title="因子单位",
        hint=Words("如 kgCO2e/kg、tCO2e/t", "e.g. kgCO2e/kg, tCO2e/t"),
    ),
    Column(
        key="factor_source",
        title="因子来源",
        hint=Words(
            "数据库名称和版本、文件；自有因子必填",
            "database and version, or document; needed for a factor of one's own",
        ),
        width=26,
    ),
    Column(
        key="factor_year",
        title="因子年份",
        kind="year",
        hint=Words(
            "自有因子必填；确实不知道写“不详”",
            "needed for a factor of one's own; 不详 where nobody knows",
        ),
    ),
    Column(
        key="factor_region",
        title="因子地区",
        hint=Words(
            "如 中国、云南、全球；自有因子必填",
            "e.g. 中国, 云南, 全球; needed for a factor of one's own",
        ),
    ),
)
_COMMON = (
    Column(
        key="share",
        title="分配",
        hint=Words(
            "分配组的编号，或“本产品”；没有分配组时留空",
            "the allocation group, or 本产品 (this product); empty without groups",
        ),
    ),
    Column(
        key="technological",
        title="技术代表性",
        kind="rating",
        hint=Words("1 最好，5 最差", "1 is best, 5 worst"),
    ),
    Column(
        key="geographical",
        title="地域代表性",
        kind="rating",
        hint=Words("1 最好，5 最差", "1 is best, 5 worst"),
    ),
    Column(
        key="temporal",
        title="时间代表性",
        kind="rating",
        hint=Words("1 最好，5 最差", "1 is best, 5 worst"),
    ),
    Column(
        key="evidence",
        title="凭证",
        hint=Words("结算单、发票、计量器具编号", "settlement, invoice, number of the meter"),
        width=26,
    ),
)
_LEDGER = Column(
    key="ledger",
    title="台账行",
    hint=Words(
        "园区台账的行号（与 --park 同用），数量可留空",
        "row id of the park's ledger (with --park); the amount may be empty",
    ),
)

POWER = Sheet(
    key="power",
    title="电力",
    about=Words(
        "每一笔电。绿电绿证须唯一、可追溯、已注销给本企业、同一时期，否则按全国平均计。",
        "Every lot of power. A contract counts where it is unique, tracked, cancelled for the firm "
        "and of the same period; else the national average does.",
    ),
    columns=(
        Column(key="id", title="编号", needed=True, hint=Words("不得重复", "each once"), width=8),
        Column(key="what", title="名称", needed=True, width=26),
        Column(key="source", title="电力来源", kind="choice", needed=True, choices=POWER_SOURCES),
        Column(
            key="generation",
            title="发电类型",
            kind="choice",
            choices=GENERATION,
            hint=Words("电网无凭证的留空", "empty for grid power without proof"),
        ),
        Column(key="amount", title="数量", kind="number"),
        Column(key="unit", title="单位", hint=Words("kWh、MWh、万kWh", "kWh, MWh, 万kWh")),
        _LEDGER,
        Column(
            key="proof",
            title="凭证号",
            hint=Words("绿证编号、交易凭证号", "number of the certificate or the trade"),
            width=20,
        ),
        Column(
            key="generated",
            title="发电期间",
            hint=Words("年或年月，如 2025、2025-03", "year or month, e.g. 2025, 2025-03"),
        ),
        Column(
            key="cancelled",
            title="已注销给本企业",
            kind="yes",
            hint=Words("是或否", "是 (yes) or 否 (no)"),
        ),
        Column(
            key="sold",
            title="绿证已售出",
            kind="yes",
            hint=Words(
                "自发自用、专线直供：证书卖给别人了吗",
                "own or direct power: were its certificates sold",
            ),
        ),
        *_FACTOR,
        *_COMMON,
    ),
)
ACTIVITY = Sheet(
    key="activity",
    title="活动数据",
    about=Words(
        "原料、燃料、运输、过程、包装、废物，一行一笔。购买的抵消不写在这里。",
        "Materials, fuels, transport, processes, packaging, waste, one a row; no offsets.",
    ),
    columns=(
        Column(key="id", title="编号", needed=True, hint=Words("不得重复", "each once"), width=8),
        Column(key="stage", title="阶段", kind="choice", needed=True, choices=STAGES),
        Column(key="what", title="名称", needed=True, width=26),
        Column(
            key="category",
            title="气体类别",
            kind="choice",
            choices=CATEGORIES,
            hint=Words("留空为化石", "empty is fossil"),
        ),
        Column(key="amount", title="数量", kind="number"),
        Column(
            key="unit",
            title="单位",
            hint=Words(
                "t、kg、万m3、MWh、t·km……；直接测得排放的写 tCO2e，不填因子",
                "t, kg, 万m3, MWh, t·km ...; tCO2e without a factor where emissions were measured",
            ),
        ),
        _LEDGER,
        *_FACTOR,
        Column(key="data", title="数据类型", kind="choice", needed=True, choices=DATA),
        Column(
            key="primary_share",
            title="供应商初级占比",
            kind="percent",
            hint=Words(
                "供应商碳足迹里初级数据占百分之几",
                "percent of primary data in the supplier's footprint",
            ),
        ),
        *_COMMON,
    ),
)
ALLOCATION = Sheet(
    key="allocation",
    title="分配",
    about=Words(
        "分不开的联产品。先设法拆分；拆不开的按物理关系，再不行才按经济价值。",
        "Products that come together. Take them apart first; else by physical relation, and last "
        "by value.",
    ),
    columns=(
        Column(
            key="group",
            title="分配组",
            needed=True,
            hint=Words("编号，如 A1", "an id, e.g. A1"),
            width=8,
        ),
        Column(key="product", title="产品", needed=True, width=20),
        Column(
            key="own",
            title="本产品",
            kind="yes",
            needed=True,
            hint=Words("每组恰有一个是", "exactly one 是 a group"),
        ),
        Column(key="method", title="方法", kind="choice", needed=True, choices=METHODS),
        Column(key="mass", title="质量", kind="number", hint=Words("t", "t")),
        Column(key="energy", title="能量", kind="number", hint=Words("GJ", "GJ")),
        Column(key="economic", title="收入", kind="number", hint=Words("万元", "10,000 yuan")),
        Column(key="other", title="其他量", kind="number"),
        Column(
            key="reason",
            title="理由",
            needed=True,
            hint=Words(
                "为什么拆不开，为什么用这种方法",
                "why it cannot be taken apart, and why by this method",
            ),
            width=30,
        ),
    ),
)
CUT_OFF = Sheet(
    key="cut_off",
    title="未计入",
    about=Words(
        "有意不计的流，和不涉及的阶段（占比填 0）。",
        "Flows left out on purpose, and stages that do not occur (0 percent).",
    ),
    columns=(
        Column(key="what", title="内容", needed=True, width=30),
        Column(
            key="stage",
            title="阶段",
            kind="choice",
            choices=STAGES,
            hint=Words("整个阶段不计时选", "where a whole stage is left out"),
        ),
        Column(
            key="percent",
            title="估计占比",
            kind="percent",
            needed=True,
            hint=Words("占碳足迹的百分之几", "percent of the footprint"),
        ),
        Column(key="reason", title="理由", needed=True, width=40),
    ),
)
OFFSETS = Sheet(
    key="offsets",
    title="抵消",
    about=Words("购买的碳信用等，只列出，从不扣减。", "Credits bought: listed, never taken off."),
    columns=(
        Column(key="what", title="项目", needed=True, width=30),
        Column(
            key="tonnes", title="数量", kind="number", needed=True, hint=Words("tCO2e", "tCO2e")
        ),
        Column(key="evidence", title="凭证", width=26),
    ),
)
SHEETS = (PRODUCT, POWER, ACTIVITY, ALLOCATION, CUT_OFF, OFFSETS)
