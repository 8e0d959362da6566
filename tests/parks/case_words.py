"""The Chinese words of tests/rules/parks_*.yaml as the JSON of the interface."""

from typing import Any

LEDGERS = {
    "燃料": "fuels", "电力": "electricity", "热力": "heat", "过程": "processes",
    "抵消": "offsets", "替代值": "overrides", "产品能耗": "products",
}  # fmt: skip
KEYS = {
    "燃料": "fuel", "用途": "purpose", "数量": "quantity", "排放因子": "factor_tco2",
    "热值": "energy_gj_per_unit", "参数集": "factor_set", "类型": "supply", "电源": "generation",
    "电量": "kwh", "凭证": "evidence", "绿证": "certificates", "兆瓦时": "mwh",
    "生产年月": "generated", "状态": "status", "持有者": "holder", "方向": "direction",
    "吉焦": "gj", "化石": "fossil", "产品": "product", "产量": "output_t", "依据": "basis",
    "种类": "kind", "吨": "tco2", "值": "value", "文件": "document", "原文": "quote",
    "编号": "id", "单位": "unit", "企业": "firm",
}  # fmt: skip
OWN_KEYS = {
    "产品能耗": {
        "产量": "output", "产量单位": "output_unit", "能耗": "energy", "单位": "energy_unit",
        "工艺": "route", "限额指标": "metric", "口径": "electricity_basis", "企业": "enterprise",
    },
}  # fmt: skip
WORDS = {
    "口径": {"当量值": "calorific", "等价值": "equivalence"},
    "用途": {
        "燃料": "fuel", "原料": "feedstock", "加工转换投入": "conversion_input",
        "加工转换产出": "conversion_output", "外销": "sold",
        "国际航空航海": "international_transport",
    },
    "类型": {
        "网购电": "grid", "直供": "direct", "自发自用": "onsite", "绿电交易": "green_trade",
        "核电交易": "nuclear_trade", "外送": "exported",
    },
    "电源": {"非化石": "nonfossil", "化石": "fossil", "余热": "waste_heat"},
    "状态": {"已核销": "cancelled", "持有": "held"},
    "方向": {"购入": "in", "外供": "out"},
    "化石": {"是": True, "否": False},
}  # fmt: skip
# What a row has unless the case says otherwise.
PROOF = {"products": "报表", "fuels": "计量", "electricity": "结算单", "heat": "结算单"}
OWN_FACTOR = {"热力": "因子", "过程": "因子"}
FACTORS = {"热力": "factor_tco2_per_gj", "过程": "factor_tco2_per_t"}
ALL_MET = {
    "product_limit": 2, "solid_waste": 0.8, "waste_energy": 0.5, "water_reuse": 0.8,
    "clean_transport": 0.6, "roof_pv": 0.5, "green_building": 0.3, "cfp_products": 10,
    "energy_diagnosis": 1,
}  # fmt: skip
ALL_DIRECT = [{"类型": "直供", "电源": "非化石", "电量": 1_000_000_000}]


def row_of(ledger: str, row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in row.items():
        name = FACTORS[ledger] if key == "因子" else KEYS.get(key, key)
        name = OWN_KEYS.get(ledger, {}).get(key, name)
        if key == "绿证":
            value = [row_of(ledger, one) for one in value]
        elif isinstance(value, str):
            value = WORDS.get(key, {}).get(value, value)
        found[name] = value
    if "certificates" not in row and "mwh" not in found and LEDGERS[ledger] in PROOF:
        found.setdefault("evidence", PROOF[LEDGERS[ledger]])
    return found


def entry_of(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"value": value, "evidence": "台账"}


def indicators_of(case: dict[str, Any]) -> dict[str, Any]:
    stated = case.get("指标", {})
    values = dict(ALL_MET if stated == "全部达到" else stated)
    values |= case.get("指标改动", {})
    return {id: entry_of(value) for id, value in values.items() if value != "无"}


def tree_of(case: dict[str, Any]) -> dict[str, Any]:
    """The JSON of a case: Yunnan, 2025, 0.30 kgce/kWh where nothing else is said."""
    tree: dict[str, Any] = {
        "name": case.get("园区", "示例园区"),
        "region": case.get("省份", "云南"),
        "year": case.get("年份", 2025),
        "equivalence_kgce_per_kwh": case.get("等价系数", 0.30),
        "equivalence_source": "示例",
        "indicators": indicators_of(case),
        "excuses": case.get("说明", {}),
        "projects": [],
    }
    alone = not any(key in case for key in LEDGERS if key != "产品能耗")
    for word, key in LEDGERS.items():
        rows = case.get(word, ALL_DIRECT if alone and key == "electricity" else [])
        tree[key] = [row_of(word, row) for row in rows]
    tree |= dict.fromkeys(case.get("缺失", []))
    return {key: value for key, value in tree.items() if key not in case.get("省略", [])}
