"""The closed choices of a park's entries, and the words of the workbook for them."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from tanzhe.model.told import Told

FuelPurpose = Literal[
    "fuel", "feedstock", "conversion_input", "conversion_output", "sold", "international_transport"
]
Supply = Literal["grid", "direct", "onsite", "green_trade", "nuclear_trade", "exported"]
Generation = Literal["nonfossil", "fossil", "waste_heat"]
CertificateStatus = Literal["cancelled", "held"]
HeatDirection = Literal["in", "out"]
ElectricityBasis = Literal["calorific", "equivalence"]


class Purpose(NamedTuple):
    """What a fuel is for.

    Attributes:
        word: in the workbook.
        told: in the account.
        sign: whether it adds to the account, takes from it, or stands outside it.
        stands: in the workbook's amount of all that was consumed, or beside it.
    """

    word: str
    told: Told
    sign: int
    stands: Literal["whole", "inside", "beside"]


_FUEL = Told("燃料燃烧", "burnt as fuel")
_FEEDSTOCK = Told("原料、材料用途，不计", "feedstock, not counted")
_PUT_IN = Told("加工转换投入", "put into conversion")
_MADE = Told("加工转换产出", "made in conversion")
_SOLD = Told("外销，不计", "sold, not counted")
_ABROAD = Told(
    "国际航空航海，计入合计并单列",
    "international aviation and shipping, in the total and listed apart",
)
PURPOSES: Mapping[FuelPurpose, Purpose] = {
    "fuel": Purpose("作燃料", _FUEL, 1, "whole"),
    "feedstock": Purpose("作原料", _FEEDSTOCK, 0, "inside"),
    "conversion_input": Purpose("加工转换投入", _PUT_IN, 1, "inside"),
    "conversion_output": Purpose("加工转换产出", _MADE, -1, "beside"),
    "sold": Purpose("外销", _SOLD, 0, "beside"),
    "international_transport": Purpose("国际航空航海", _ABROAD, 1, "inside"),
}
SUPPLIES: Mapping[object, str] = {
    "grid": "网购电",
    "direct": "专线直供",
    "onsite": "自发自用",
    "green_trade": "绿电交易",
    "nuclear_trade": "核电交易",
    "exported": "外送",
}
GENERATIONS: Mapping[object, str] = {
    "nonfossil": "非化石能源",
    "fossil": "化石能源",
    "waste_heat": "余热余压",
}
CERTIFICATE_STATES: Mapping[object, str] = {"cancelled": "已核销", "held": "持有未核销"}
ELECTRICITY_BASES: Mapping[object, str] = {"calorific": "当量值", "equivalence": "等价值"}
HEAT_DIRECTIONS: Mapping[object, str] = {"in": "购入", "out": "外供"}
FOSSIL: Mapping[object, str] = {True: "化石能源", False: "非化石能源"}
LEDGER_STATES: Mapping[object, str] = {
    "filled": "已填报",
    "none": "没有此项",
    "absent": "数据缺失",
}
