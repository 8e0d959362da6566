"""A park's year as entered by workbook or JSON."""

from typing import Annotated

from pydantic import Field

from tanzhe.errors import Words
from tanzhe.model.base import Record
from tanzhe.model.columns import Column, Sheet
from tanzhe.model.ledgers import EVIDENCE, ElectricityRow, FuelUse, HeatRow, ProcessRow
from tanzhe.model.products import ProductRow
from tanzhe.model.verdict import UnknownFigure

_DOCUMENTED = Words("替代值须有文件和原文", "An override needs a document and its words")


class Offset(Record):
    """A sink or capture, tCO2: listed beside the account, never subtracted."""

    kind: Annotated[
        str,
        Column(
            "类别",
            "kind",
            "如：林业碳汇。",
            en_hint="e.g. forest sinks",
            width=26,
            ask=Words("请写抵消的种类，如 碳汇", "Name the kind, e.g. a sink"),
        ),
    ]
    tco2: Annotated[
        float,
        Column("数量", "amount", "全年数量。", en_hint="amount of the whole year", unit="tCO2"),
    ]


class IndicatorEntry(Record):
    """What a park states for an indicator: shares from 0 to 1, counts and levels as they are."""

    value: Annotated[
        float | None,
        Column(
            "数值",
            "value",
            "比例按百分数填；数量填个数；能耗限额等级填 1、2、3。没有数据就留空，不要填 0。",
            unit="比例写 93% 或 0.93",
        ),
    ] = None
    evidence: Annotated[str, EVIDENCE] = ""


class Project(Record):
    """A project of the park: who does what, at what cost (万元), when, and what it cuts (tCO2)."""

    name: Annotated[
        str,
        Column(
            "项目名称",
            "project",
            "全称。",
            en_hint="its full name",
            width=30,
            ask=Words("请写项目名称", "Name the project"),
        ),
    ]
    owner: Annotated[str, Column("责任单位", "owner", "建设单位。", width=22)] = ""
    content: Annotated[str, Column("建设内容", "content", "一两句话。", width=36)] = ""
    investment: Annotated[
        float | None, Column("总投资", "investment", "没有则留空。", unit="万元")
    ] = None
    period: Annotated[str, Column("建设周期", "period", "如：2025—2027 年。", width=18)] = ""
    abatement: Annotated[
        float | None, Column("年减排量", "abatement a year", "投运后每年减排。", unit="tCO2")
    ] = None


class Override(Record):
    """A documented value that replaces one of the rulebook in this account."""

    id: Annotated[
        str,
        Column(
            "规则库编号",
            "id in the rulebook",
            "要替代的数值的编号，用 tanzhe rules show 查得。",
            en_hint="id of the value to be replaced, as `tanzhe rules show` tells it",
            width=34,
            ask=_DOCUMENTED,
        ),
    ]
    value: Annotated[
        float, Column("数值", "value", "替代后的数值。", en_hint="the value in its place")
    ]
    unit: Annotated[
        str,
        Column(
            "单位",
            "unit",
            "与规则库的单位一致。",
            en_hint="the unit of the rulebook",
            ask=_DOCUMENTED,
        ),
    ]
    document: Annotated[
        str,
        Column(
            "文件",
            "document",
            "名称和文号。",
            en_hint="title and number",
            width=34,
            ask=_DOCUMENTED,
        ),
    ]
    quote: Annotated[
        str,
        Column("原文", "quote", "照录原文。", en_hint="the exact words", width=44, ask=_DOCUMENTED),
    ]


def _indicator(hint: str, en_hint: str) -> Column:
    return Column(
        "指标",
        "indicator",
        hint,
        en_hint=en_hint,
        kind="indicator",
        needed=True,
        width=44,
        field="indicator",
    )


_REASON = Column(
    "理由",
    "reason",
    "写明客观条件。",
    en_hint="state the objective circumstances",
    needed=True,
    width=60,
    field="reason",
    ask=Words("请写明不具备条件的理由", "Say why the conditions are lacking"),
)


class ParkYear(Record):
    """One park in one calendar year, as entered by workbook or JSON.

    Attributes:
        name: name of the park.
        region: ISO 3166-2 code.
        year: calendar year.
        equivalence_kgce_per_kwh: 等价 coefficient of electricity, kgce/kWh; no national constant
            exists, so it is entered and printed in every result.
        equivalence_source: where the coefficient comes from.
        reporter: the body that reports, e.g. the park's administration.
        indicators: values stated for indicators, by indicator id.
        excuses: reasons given for guiding indicators, by indicator id.
        overrides: documented values that replace the rulebook's.
        products: products with their energy, for the limits of products; no part of the account.
        absent_ledgers: ledgers whose data are said to be missing; sums over them are unknown.
        unknown: single figures that are said to be missing; their rows are in no ledger.

    Long because it is a list: each field and ledger with its titles and how it is filled.
    """

    name: Annotated[
        str,
        Column(
            "园区名称",
            "name of the park",
            "全称。",
            en_hint="its full name",
            ask=Words("请写园区名称", "Name the park"),
        ),
    ]
    region: Annotated[
        str,
        Column(
            "所在省份",
            "province",
            "从下拉中选。",
            en_hint="choose from the list",
            kind="place",
            ask=Words("请写省份，如 云南", "Name the province"),
        ),
    ]
    year: Annotated[
        int,
        Column(
            "核算年度",
            "year",
            "公历年，四位数字；一本工作簿只填一个年度。",
            en_hint="calendar year of four digits; a workbook holds one year",
            unit="年",
            bounds=(2000, 2100),
        ),
    ]
    equivalence_kgce_per_kwh: Annotated[
        float,
        Column(
            "电力等价折标系数",
            "equivalence coefficient",
            (
                "没有全国统一的数值：按上年电厂发电标准煤耗填写，并写明出处。"
                "不是电力的当量值，两者不可混用。"
            ),
            en_hint=(
                "no national value exists: standard coal that power plants used per kWh in "
                "the year before, with its source; not the calorific value of power"
            ),
            unit="kgce/kWh",
            ask=Words(
                "请填电力等价值折标系数（kgce/kWh）并写明出处；国家没有统一常数，通常为上年发电标准煤耗",
                "Give the equivalence coefficient in kgce/kWh with its source; "
                "no national constant exists",
            ),
        ),
    ]
    equivalence_source: Annotated[
        str, Column("等价系数出处", "source of the coefficient", "文件名、文号或统计资料名称。")
    ] = ""
    reporter: Annotated[
        str,
        Column(
            "编制单位",
            "reporting body",
            "编制和提交报告的单位，如园区管委会，写全称；印在报告上。",
            later=True,
        ),
    ] = ""
    fuels: Annotated[
        tuple[FuelUse, ...],
        Sheet(
            title="燃料",
            en="fuels",
            prefix="F",
            account=True,
            about="一种能源一行，列与统计报表 205-1、205-2 一致；电力、热力不填在这里。",
        ),
    ] = ()
    electricity: Annotated[
        tuple[ElectricityRow, ...],
        Sheet(
            title="电力台账",
            en="electricity",
            prefix="D",
            account=True,
            about="一笔电一行：网购、专线直供、自发自用、绿电交易、核电交易、外送分开填。",
        ),
    ] = ()
    heat: Annotated[
        tuple[HeatRow, ...],
        Sheet(
            title="热力",
            en="heat",
            prefix="R",
            account=True,
            about="园区边界上购入和外供的热力；园区内部的余热利用不填。",
        ),
    ] = ()
    processes: Annotated[
        tuple[ProcessRow, ...],
        Sheet(
            title="工业过程",
            en="processes",
            prefix="G",
            account=True,
            about="生产中除燃烧以外产生二氧化碳的产品，如水泥熟料、石灰、电解铝、合成氨。",
        ),
    ] = ()
    products: Annotated[
        tuple[ProductRow, ...],
        Sheet(
            title="产品能耗",
            en="energy of products",
            prefix="N",
            optional=True,
            about="有国家能耗限额标准的产品，一种产品、一项限额、一家企业一行；只用于判断能耗限额等级，不参加碳排放核算。",
        ),
    ] = ()
    offsets: Annotated[
        tuple[Offset, ...],
        Sheet(title="抵消项", en="offsets", about="碳汇、捕集利用等，只列示，不从排放量中扣除。"),
    ] = ()
    indicators: Annotated[
        dict[str, IndicatorEntry],
        Sheet(
            title="指标",
            en="indicators",
            about="单位能耗碳排放由台账算出，不用填；清洁能源消费占比也由台账算出，填了只并列显示；其余填数值和凭证，没有数据的留空。",
            more=(
                _indicator(
                    "已列出各项；自定的指标填其代码。", "an indicator of your own goes by its id"
                ),
            ),
        ),
    ] = Field(default_factory=dict)
    excuses: Annotated[
        dict[str, str],
        Sheet(
            title="说明",
            en="explanations",
            about="引导指标因客观条件达不到的，在此说明理由。",
            more=(_indicator("从下拉中选。", "choose from the list"), _REASON),
        ),
    ] = Field(default_factory=dict)
    projects: Annotated[
        tuple[Project, ...],
        Sheet(title="项目", en="projects", about="零碳园区建设项目清单，一个项目一行。"),
    ] = ()
    overrides: Annotated[
        tuple[Override, ...],
        Sheet(
            title="替代值", en="overrides", about="用有文件依据的数值替代规则库的数值；没有就空着。"
        ),
    ] = ()
    absent_ledgers: tuple[str, ...] = ()
    unknown: tuple[UnknownFigure, ...] = ()
