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
    title="凭证",
    en="evidence",
    hint="能证明本行数字的材料：结算单、发票、计量器具编号、统计报表表号等。",
    width=30,
)
FIRM = Column(
    title="企业",
    en="firm",
    later=True,
    hint="这笔属于哪家企业，写全称，各表写法一致；填了就按企业分列结果。属于园区公共部分的留空。",
    width=20,
)
POWER_UNITS = (Unit.KWH, Unit.MWH, Unit.WAN_KWH, Unit.YI_KWH)


def row_id(letter: str) -> Column:
    """Ids of rows, as the template fills them in."""
    hint = f"行的编号，结果里每一吨都标着它。可改成自己的编号，不得重复，如 {letter}1。"
    return Column(title="编号", en="row id", hint=hint, width=8)


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
            title="能源名称",
            en="fuel",
            kind="name",
            options="fuels",
            needed=True,
            width=16,
            hint="从下拉中选；原煤要分煤种。下拉中没有的可直接写，但须自己填写排放因子和热值。",
            ask=Words("请写燃料名称", "Name the fuel"),
        ),
    ]
    purpose: Annotated[FuelPurpose, Column(title="用途", en="purpose", kind="choice", hint="")]
    quantity: Annotated[
        float, Column(title="数量", en="quantity", kind="number", figure=True, hint="")
    ]
    unit: Annotated[
        str,
        Column(
            title="计量单位",
            en="unit",
            kind="name",
            options="units",
            needed=True,
            hint="本行所有数量的单位，须与因子的单位一致：吨写 t，万立方米（标准状态）写 万m3。",
            ask=Words("请写单位，如 t、万m3", "Write the unit, e.g. t, 万m3"),
        ),
    ]
    factor_tco2: Annotated[
        float | None,
        Column(
            title="实测排放因子",
            en="measured emission factor",
            kind="number",
            called="排放因子",
            unit="tCO2/计量单位",
            hint="有实测值才填，并在凭证中写明检测报告；填了就以它为准。",
        ),
    ] = None
    energy_gj_per_unit: Annotated[
        float | None,
        Column(
            title="实测热值",
            en="measured heating value",
            kind="number",
            called="热值",
            unit="GJ/计量单位",
            hint="低位发热量，有实测值才填；填了就以它为准。",
        ),
    ] = None
    factor_set: Annotated[
        str | None,
        Column(
            title="因子集",
            en="factor set",
            kind="name",
            options="factor_sets",
            width=40,
            hint="选用哪一套排放因子和热值，必须自己选定，程序不代选；填了实测因子的可不选。",
        ),
    ] = None
    evidence: Annotated[str, EVIDENCE] = ""


class Certificate(Record):
    """Green certificates of one number: volume, generation month, state and holder."""

    id: Annotated[
        str,
        Column(
            title="绿证编号",
            en="certificate",
            needed=True,
            hint="证书号或批次号。",
            width=26,
            ask=Words("请写绿证编号", "Write its number"),
        ),
    ]
    mwh: Annotated[
        float,
        Column(
            title="对应电量",
            en="volume",
            kind="number",
            unit="MWh",
            needed=True,
            figure=True,
            called="绿证电量",
            hint="1 张绿证为 1 MWh，即 1 千千瓦时。",
        ),
    ]
    generated: Annotated[
        str,
        Column(
            title="发电年月",
            en="month of generation",
            kind="month",
            unit="如 2025-03",
            needed=True,
            hint="证书上的电量生产年月，不是购买或核销的日期。",
            ask=Words(
                "请写电量生产年月，如 2025-03", "Write the month of generation, e.g. 2025-03"
            ),
        ),
    ]
    status: Annotated[
        CertificateStatus,
        Column(
            title="状态",
            en="state",
            kind="choice",
            choices=CERTIFICATE_STATES,
            needed=True,
            hint="只有已核销的才作数；持有未核销的如实填，只列示。",
        ),
    ]
    holder: Annotated[str, Column(title="持有人", en="holder", hint="企业全称。", width=26)] = ""


CERTIFICATES = Sheet(
    title="绿证",
    en="certificates",
    about="一批绿证一行，注明抵扣电力台账的哪一行网购电。",
    more=(
        Column(
            title="对应电力台账编号", en="electricity row", needed=True, field="row",
            hint="电力台账中“网购电”那一行的编号，如 D1。",
        ),
    ),
)  # fmt: skip


class ElectricityRow(Record):
    """One row of the electricity ledger: where whose power came from, how much, what proves it."""

    id: Annotated[str, row_id("D")]
    firm: Annotated[str, FIRM] = ""
    supply: Annotated[
        Supply,
        Column(
            title="供应方式",
            en="supply",
            kind="choice",
            choices=SUPPLIES,
            needed=True,
            hint=(
                "从下拉中选。买了绿证的电仍填“网购电”，证书填在“绿证”表；"
                "通过市场购买的核电填“核电交易”。"
            ),
        ),
    ]
    generation: Annotated[
        Generation | None,
        Column(
            title="发电类型",
            en="generation",
            kind="choice",
            choices=GENERATIONS,
            hint="专线直供、自发自用、外送的电必须选；燃煤专线选“化石能源”。网购电可不选。",
        ),
    ] = None
    kwh: Annotated[
        float,
        Column(
            title="电量",
            en="power",
            kind="number",
            unit=NEXT_UNIT,
            needed=True,
            figure=True,
            units=tuple(one.text for one in POWER_UNITS),
            hint="全年电量；有而不知道的留空或写“暂缺”，不要填 0。",
            unit_hint="从下拉中选；1 万千瓦时写 1 并选“万千瓦时”，不要自己换算。",
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
            title="方向",
            en="direction",
            kind="choice",
            choices=HEAT_DIRECTIONS,
            needed=True,
            hint="从下拉中选。",
        ),
    ]
    gj: Annotated[
        float,
        Column(
            title="热量",
            en="heat",
            kind="number",
            unit="GJ",
            needed=True,
            figure=True,
            hint="全年热量。",
        ),
    ]
    fossil: Annotated[
        bool,
        Column(
            title="热源",
            en="source of heat",
            kind="choice",
            choices=FOSSIL,
            needed=True,
            hint="燃煤、燃气等供的热选“化石能源”。",
        ),
    ]
    factor_tco2_per_gj: Annotated[
        float | None,
        Column(
            title="实测排放因子",
            en="measured emission factor",
            kind="number",
            unit="tCO2/GJ",
            hint="供热单位的实测值；没有则留空，按核算方法的缺省值。",
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
            title="产品",
            en="product",
            needed=True,
            hint="产品名称。",
            width=18,
            ask=Words("请写产品名称", "Name the product"),
        ),
    ]
    output_t: Annotated[
        float,
        Column(
            title="产量",
            en="output",
            kind="number",
            unit="t",
            needed=True,
            figure=True,
            hint="全年产量，吨。",
        ),
    ]
    factor_tco2_per_t: Annotated[
        float,
        Column(
            title="过程排放因子",
            en="process emission factor",
            kind="number",
            unit="tCO2/t",
            needed=True,
            figure=True,
            hint="每吨产品的过程排放，出处写在“依据”。",
            ask=Words(
                "请填有依据的因子；没有因子的用物料平衡求出，并写明依据（basis）",
                "Give a documented factor, or one from a mass balance explained in basis",
            ),
        ),
    ]
    basis: Annotated[
        str,
        Column(title="依据", en="basis", width=34, hint="因子的文件、表号，或物料平衡的算法。"),
    ] = ""
