"""Parks and plans made from the short Chinese form of tests/rules/plans.yaml."""

import json
from pathlib import Path
from typing import Any

from tanzhe.api.parks.plans import plan
from tanzhe.model.plan import Plan


def park_of(case: dict[str, Any]) -> dict[str, Any]:
    """The JSON of the interface: MWh become kWh."""
    told = case["园区"]
    rows: list[dict[str, Any]] = [{"supply": "grid", "kwh": told["网购电"] * 1000}]
    if "已核销绿证" in told:
        held = {"id": "GEC-1", "mwh": told["已核销绿证"], "generated": "2025-06"}
        rows[0]["certificates"] = [{**held, "status": "cancelled", "holder": "园区"}]
    if "直供非化石电" in told:
        kwh = told["直供非化石电"] * 1000
        rows.append({"supply": "direct", "generation": "nonfossil", "kwh": kwh})
    heat = told.get("购入化石热力")
    return {
        "name": "用例园区",
        "region": "云南" if "规则" in case else "贵州",
        "year": 2025,
        "equivalence_kgce_per_kwh": told.get("系数", 0.30),
        "equivalence_source": "用例",
        "electricity": rows,
        "fuels": [
            {
                "fuel": f["燃料"], "purpose": "fuel", "quantity": f["数量"], "unit": f["单位"],
                "factor_tco2": f["因子"], "energy_gj_per_unit": f["热值"],
            }
            for f in told.get("燃料", [])
        ],
        "heat": [{"direction": "in", "gj": heat, "fossil": True}] if heat else [],
        "processes": [
            {"product": p["产品"], "output_t": p["产量"], "factor_tco2_per_t": p["因子"]}
            for p in told.get("过程", [])
        ],
        "indicators": {
            key: {"value": value, "evidence": "用例"} for key, value in told.get("指标", {}).items()
        },
    }  # fmt: skip


def plan_of(case: dict[str, Any], folder: Path) -> Plan:
    measures = folder / "measures.json"
    measures.write_text(json.dumps({"措施": case["措施"]}, ensure_ascii=False), encoding="utf-8")
    return plan(
        park_of(case),
        measures,
        rules=case.get("规则", "cn-ndrc-2025-910"),
        by=str(case["截至"]) if "截至" in case else None,
        guiding=bool(case.get("引导")),
        direct_supply=bool(case.get("直供")),
    )
