"""The Chinese words of the workbook for the closed choices of the records, and the way back."""

from collections.abc import Mapping

# Codes of the records, complete by test, and the words a drop-down shows for them.
Choices = Mapping[object, str]

LEDGER_STATES: Choices = {
    "filled": "已填报",
    "none": "没有此项",
    "absent": "数据缺失",
}
PURPOSES: Choices = {
    "fuel": "作燃料",
    "feedstock": "作原料",
    "conversion_input": "加工转换投入",
    "conversion_output": "加工转换产出",
    "sold": "外销",
    "international_transport": "国际航空航海",
}

SUPPLIES: Choices = {
    "grid": "网购电",
    "direct": "专线直供",
    "onsite": "自发自用",
    "green_trade": "绿电交易",
    "nuclear_trade": "核电交易",
    "exported": "外送",
}
GENERATIONS: Choices = {
    "nonfossil": "非化石能源",
    "fossil": "化石能源",
    "waste_heat": "余热余压",
}
CERTIFICATE_STATES: Choices = {
    "cancelled": "已核销",
    "held": "持有未核销",
}
ELECTRICITY_BASES: Choices = {"calorific": "当量值", "equivalence": "等价值"}
HEAT_DIRECTIONS: Choices = {"in": "购入", "out": "外供"}
FOSSIL: Choices = {True: "化石能源", False: "非化石能源"}
