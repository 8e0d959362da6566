"""A footprint as JSON: the numbers rounded for reading, the lines whole."""

from decimal import Decimal
from typing import Any

from tanzhe.footprints.records import FootprintResult, Line

_DECIMALS = 10  # of kgCO2e per declared unit; beyond that nobody measured anything


def footprint_json(result: FootprintResult) -> dict[str, Any]:
    """The result for programs: figures are decimal texts, every line names its row and cell."""
    product = result.study.product
    return {
        "product": product.name,
        "company": product.company,
        "declared_unit": f"{_text(product.unit_amount)} {product.unit}",
        "period": [product.start.isoformat(), product.end.isoformat()],
        "boundary": product.boundary,
        "unit": "kgCO2e per declared unit",
        "per_unit": _text(result.per_unit),
        "to_gate": _text(result.to_gate),
        "biogenic_uptake": _text(result.uptake),
        "stages": {k: _text(v) for k, v in result.stages.items()},
        "categories": {k: _text(v) for k, v in result.categories.items()},
        "primary_share_percent": None
        if result.primary_share is None
        else _text(result.primary_share),
        "data_quality": None if result.quality is None else [_text(one) for one in result.quality],
        "exempted_percent": _text(result.exempted),
        "allocation": {k: _text(v) for k, v in result.shares.items()},
        "gaps": list(result.gaps),
        "complete": not result.gaps,
        "sensitivity": [
            {"code": one.code, "zh": one.zh, "en": one.en, "per_unit": _text(one.per_unit)}
            for one in result.alternatives
        ],
        "offsets_listed_t": _text(result.offsets),
        "lines": [_line(one) for one in result.lines],
        "notes": [note.model_dump() for note in result.notes],
        "study": {"file": result.study.name, "sha256": result.study.sha256},
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "row": line.row,
        "at": line.at,
        "stage": line.stage,
        "what": line.what,
        "category": line.category,
        "amount": _text(line.amount),
        "unit": line.unit,
        "factor": {**line.factor.model_dump(), "value": _text(line.factor.value)},
        "kg": _text(line.kg),
        "share": _text(line.share),
        "allocated_kg": _text(line.allocated),
        "per_unit": _text(line.per_unit),
        "primary": _text(line.primary),
    }


def _text(value: Decimal) -> str:
    rounded = f"{round(value, _DECIMALS):f}"
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded
