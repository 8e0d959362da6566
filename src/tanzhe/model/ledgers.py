"""The rows of a park's ledgers, each field with its titles, unit and how it is filled in."""

from typing import Annotated

from tanzhe.errors import Words
from tanzhe.model.base import Record
from tanzhe.model.columns import NEXT_UNIT, Column, Sheet
from tanzhe.model.park_choices import (
    CERTIFICATE_STATES,
    FOSSIL,
    GENERATIONS,
    HEAT_DIRECTIONS,
    SUPPLIES,
    CertificateStatus,
    FuelPurpose,
    Generation,
    HeatDirection,
    Supply,
)
from tanzhe.quantity import Unit

EVIDENCE = Column(
    "凭证",
    "evidence",
    "能证明本行数字的材料：结算单、发票、计量器具编号、统计报表表号等。",
    width=30,
)
FIRM = Column(
    "企业",
    "firm",
    "这笔属于哪家企业，写全称，各表写法一致；填了就按企业分列结果。属于园区公共部分的留空。",
    later=True,
    width=20,
)
POWER_UNITS = (Unit.KWH, Unit.MWH, Unit.WAN_KWH, Unit.YI_KWH)


def row_id(letter: str) -> Column:
    """Ids of rows, as the template fills them in."""
    hint = f"行的编号，结果里每一吨都标着它。可改成自己的编号，不得重复，如 {letter}1。"
    return Column("编号", "row id", hint, needed=False, width=8)


class FuelUse(Record):
    """One row of the fuel ledger; the sheet 燃料 spreads purpose and quantity over its columns.

    Attributes:
        id: ledger-row id, e.g. `fuels-1`.
        fuel: name of the fuel.
        purpose: burnt, feedstock, into or out of conversion, sold, or international transport.
        quantity: amount over the year in `unit`.
        unit: e.g. t, 万m3.
        factor_tco2: tCO2 per unit, or None when a named factor set is to supply it.
        energy_gj_per_unit: GJ per unit (29.3076 GJ = 1 tce), or None likewise.
        factor_set: id of the rulebook's fuel set chosen for this row, or None.
        evidence: invoice, meter, statistics form.
        firm: whose fuel it is, or "" where nobody said.
    """

    id: Annotated[str, row_id("F")]
    firm: Annotated[str, FIRM] = ""
    fuel: Annotated[
        str,
        Column(
            "能源名称",
            "fuel",
            "从下拉中选；原煤要分煤种。下拉中没有的可直接写，但须自己填写排放因子和热值。",
            en_hint=(
                "choose from the list, coal by its kind; a fuel that is not there may be "
                "written, with its own emission factor and heating value"
            ),
            options="fuels",
            width=16,
            ask=Words("请写燃料名称", "Name the fuel"),
        ),
    ]
    purpose: Annotated[FuelPurpose, Column("用途", "purpose", "")]
    quantity: Annotated[float, Column("数量", "quantity", "", figure=True)]
    unit: Annotated[
        str,
        Column(
            "计量单位",
            "unit",
            "本行所有数量的单位，须与因子的单位一致：吨写 t，万立方米（标准状态）写 万m3。",
            en_hint=(
                "unit of all amounts of the row, the one of the factor: t for tonnes, 万m3 "
                "for 10,000 m3 (standard state)"
            ),
            options="units",
            ask=Words("请写单位，如 t、万m3", "Write the unit, e.g. t, 万m3"),
        ),
    ]
    factor_tco2: Annotated[
        float | None,
        Column(
            "实测排放因子",
            "measured emission factor",
            "有实测值才填，并在凭证中写明检测报告；填了就以它为准。",
            called="排放因子",
            unit="tCO2/计量单位",
        ),
    ] = None
    energy_gj_per_unit: Annotated[
        float | None,
        Column(
            "实测热值",
            "measured heating value",
            "低位发热量，有实测值才填；填了就以它为准。",
            called="热值",
            unit="GJ/计量单位",
        ),
    ] = None
    factor_set: Annotated[
        str | None,
        Column(
            "因子集",
            "factor set",
            "选用哪一套排放因子和热值，必须自己选定，程序不代选；填了实测因子的可不选。",
            options="factor_sets",
            width=40,
        ),
    ] = None
    evidence: Annotated[str, EVIDENCE] = ""


class Certificate(Record):
    """Green certificates of one number: volume, generation month, state and holder."""

    id: Annotated[
        str,
        Column(
            "绿证编号",
            "certificate",
            "证书号或批次号。",
            en_hint="number of the certificate or of its batch",
            width=26,
            ask=Words("请写绿证编号", "Write its number"),
        ),
    ]
    mwh: Annotated[
        float,
        Column(
            "对应电量",
            "volume",
            "1 张绿证为 1 MWh，即 1 千千瓦时。",
            en_hint="a certificate is 1 MWh",
            unit="MWh",
            figure=True,
            called="绿证电量",
        ),
    ]
    generated: Annotated[
        str,
        Column(
            "发电年月",
            "month of generation",
            "证书上的电量生产年月，不是购买或核销的日期。",
            en_hint=(
                "month in which the power was generated, as the certificate says; not the "
                "day it was bought or cancelled"
            ),
            kind="month",
            unit="如 2025-03",
            ask=Words(
                "请写电量生产年月，如 2025-03", "Write the month of generation, e.g. 2025-03"
            ),
        ),
    ]
    status: Annotated[
        CertificateStatus,
        Column(
            "状态",
            "state",
            "只有已核销的才作数；持有未核销的如实填，只列示。",
            en_hint="cancelled ones alone count; those held are listed only",
            choices=CERTIFICATE_STATES,
        ),
    ]
    holder: Annotated[str, Column("持有人", "holder", "企业全称。", width=26)] = ""


CERTIFICATES = Sheet(
    title="绿证",
    en="certificates",
    about="一批绿证一行，注明抵扣电力台账的哪一行网购电。",
    more=(
        Column(
            "对应电力台账编号",
            "electricity row",
            "电力台账中“网购电”那一行的编号，如 D1。",
            en_hint="id of the row “网购电” (grid) of the electricity ledger, e.g. D1",
            needed=True,
            field="row",
        ),
    ),
)


class ElectricityRow(Record):
    """One row of the electricity ledger: where whose power came from, how much, what proves it."""

    id: Annotated[str, row_id("D")]
    firm: Annotated[str, FIRM] = ""
    supply: Annotated[
        Supply,
        Column(
            "供应方式",
            "supply",
            (
                "从下拉中选。买了绿证的电仍填“网购电”，证书填在“绿证”表；"
                "通过市场购买的核电填“核电交易”。"
            ),
            en_hint=(
                "choose from the list. Power with certificates stays “网购电” (grid), its "
                "certificates stand on “绿证”; nuclear power bought on the market is “核电交易”"
            ),
            choices=SUPPLIES,
        ),
    ]
    generation: Annotated[
        Generation | None,
        Column(
            "发电类型",
            "generation",
            "专线直供、自发自用、外送的电必须选；燃煤专线选“化石能源”。网购电可不选。",
            choices=GENERATIONS,
        ),
    ] = None
    kwh: Annotated[
        float,
        Column(
            "电量",
            "power",
            "全年电量；有而不知道的留空或写“暂缺”，不要填 0。",
            en_hint=(
                "power of the whole year; leave it empty or write “暂缺” where it is not "
                "known, never 0"
            ),
            unit=NEXT_UNIT,
            figure=True,
            units=tuple(one.text for one in POWER_UNITS),
            unit_hint="从下拉中选；1 万千瓦时写 1 并选“万千瓦时”，不要自己换算。",
            en_unit_hint="choose from the list: 1 万千瓦时 (10,000 kWh) is 1 with “万千瓦时”",
        ),
    ]
    evidence: Annotated[str, EVIDENCE] = ""
    certificates: Annotated[tuple[Certificate, ...], CERTIFICATES] = ()


class HeatRow(Record):
    """Heat bought or sold, GJ; the factor in tCO2/GJ where measured, else None."""

    id: Annotated[str, row_id("R")]
    firm: Annotated[str, FIRM] = ""
    direction: Annotated[
        HeatDirection,
        Column(
            "方向",
            "direction",
            "从下拉中选。",
            en_hint="choose from the list",
            choices=HEAT_DIRECTIONS,
        ),
    ]
    gj: Annotated[
        float,
        Column(
            "热量", "heat", "全年热量。", en_hint="heat of the whole year", unit="GJ", figure=True
        ),
    ]
    fossil: Annotated[
        bool,
        Column(
            "热源",
            "source of heat",
            "燃煤、燃气等供的热选“化石能源”。",
            en_hint="heat from coal, gas and the like is “化石能源” (fossil)",
            choices=FOSSIL,
        ),
    ]
    factor_tco2_per_gj: Annotated[
        float | None,
        Column(
            "实测排放因子",
            "measured emission factor",
            "供热单位的实测值；没有则留空，按核算方法的缺省值。",
            unit="tCO2/GJ",
        ),
    ] = None
    evidence: Annotated[str, EVIDENCE] = ""


class ProcessRow(Record):
    """A product whose making frees CO2: output in t, factor in tCO2/t, and its basis."""

    id: Annotated[str, row_id("G")]
    firm: Annotated[str, FIRM] = ""
    product: Annotated[
        str,
        Column(
            "产品",
            "product",
            "产品名称。",
            en_hint="name of the product",
            width=18,
            ask=Words("请写产品名称", "Name the product"),
        ),
    ]
    output_t: Annotated[
        float,
        Column(
            "产量",
            "output",
            "全年产量，吨。",
            en_hint="output of the whole year, t",
            unit="t",
            figure=True,
        ),
    ]
    factor_tco2_per_t: Annotated[
        float,
        Column(
            "过程排放因子",
            "process emission factor",
            "每吨产品的过程排放，出处写在“依据”。",
            en_hint="process emissions per tonne of product; its source stands in “依据”",
            unit="tCO2/t",
            figure=True,
            ask=Words(
                "请填有依据的因子；没有因子的用物料平衡求出，并写明依据（basis）",
                "Give a documented factor, or one from a mass balance explained in basis",
            ),
        ),
    ]
    basis: Annotated[
        str, Column("依据", "basis", "因子的文件、表号，或物料平衡的算法。", width=34)
    ] = ""
