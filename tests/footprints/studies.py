"""Small studies in the form of the template, written as YAML and as a workbook."""

from pathlib import Path
from typing import Any

from tanzhe.footprints.account import footprint
from tanzhe.footprints.entries import read_entries
from tanzhe.footprints.records import FootprintResult
from tanzhe.footprints.sheets import SHEETS
from tanzhe.footprints.study import study_of
from tanzhe.footprints.suppliers import read_suppliers
from tanzhe.footprints.template import workbook_template, yaml_template

PRODUCT: dict[str, Any] = {
    "name": "钢卷", "company": "某钢厂（虚构）", "region": "河北", "start": "2025-01-01",
    "end": "2025-12-31", "boundary": "摇篮到大门", "processes": "炼铁、炼钢、轧制", "unit": "kg",
    "unit_amount": 1, "output": 1000, "output_unit": "t", "gwp": "AR6", "fossil_carbon": 0,
}  # fmt: skip
OWN: dict[str, Any] = {
    "factor_source": "某数据库 1.0", "factor_year": 2024, "factor_region": "中国",
}  # fmt: skip
NOTHING_ELSE = [
    {"what": "其他阶段", "stage": stage, "percent": 0, "reason": "不涉及"}
    for stage in ("原材料", "运输进厂", "包装", "生产")
]


def flow(
    id: str, amount: object, unit: str, factor: object, per: str, **more: Any
) -> dict[str, Any]:
    """A row of activity with a factor of one's own."""
    row = {
        "id": id, "stage": "生产", "what": id, "amount": amount, "unit": unit, "factor": factor,
        "factor_unit": per, "data": "次级", **OWN, **more,
    }  # fmt: skip
    return {key: value for key, value in row.items() if value not in (None, "")}


def form(product: dict[str, Any] | None = None, **sheets: list[dict[str, Any]]) -> dict[str, Any]:
    """A filled form; stages that no row stands for are explained."""
    filled = {"product": [{**PRODUCT, **(product or {})}], "cut_off": NOTHING_ELSE, **sheets}
    assert set(filled) <= {one.key for one in SHEETS}
    return filled


def written(folder: Path, filled: dict[str, Any], name: str = "study.yaml") -> Path:
    """The form as a file."""
    path = folder / name
    if name.endswith(".xlsx"):
        path.write_bytes(workbook_template(filled))
    else:
        path.write_text(yaml_template(filled), encoding="utf-8")
    return path


def calculated(folder: Path, filled: dict[str, Any], name: str = "study.yaml") -> FootprintResult:
    """The footprint of a form."""
    study = study_of(read_entries(written(folder, filled, name)))
    return footprint(study, read_suppliers(study, folder))
