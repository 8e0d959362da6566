"""Assessments and refusals in the JSON form of the interface."""

import re
from collections.abc import Iterable
from typing import Any

from tanzhe.errors import Fault, Language
from tanzhe.model.park import Assessment
from tanzhe.model.told import said_in
from tanzhe.trees import picked

_CELL = re.compile(r"(?P<sheet>.+)!(?P<cell>[A-Z]{1,3}\d+)")


def assessment_json(result: Assessment, language: Language = "zh") -> dict[str, Any]:
    """An assessment as `tanzhe park assess --json` prints it.

    Args:
        result: from `assess_park`.
        language: of sentences and notes.
    """
    park = result.park
    tree = {
        "name": park.name,
        "region": park.region,
        "year": park.year,
        "rules": result.rules,
        "equivalence_kgce_per_kwh": park.equivalence_kgce_per_kwh,
        **picked(
            result, "emissions", "energy_tce", "emission_per_energy", "tier", "direct_share",
            "indicators", "products", "firms", "verdict", "reason", "reasons", "doubts",
            mode="python",
        ),
        **picked(park, "unknown", mode="python"),
        **picked(
            result, "bounds", "rests_on", "gap_by_source", "unproven_share_limit",
            "offsets_listed", "listed_apart", "missing_evidence", "sensitivity", "lines",
            mode="python",
        ),
        "notes": [note.said(language) for note in result.notes],
        "manifest": result.manifest.model_dump(),
    }  # fmt: skip
    told: dict[str, Any] = said_in(tree, language)
    return told


def refusal_json(faults: Iterable[Fault], language: Language = "zh") -> dict[str, Any]:
    """A refused input: every fault with its path, or its sheet and cell in a workbook."""
    return {
        "errors": [
            {**_place(one.where), "what": one.what.said(language), "do": one.do.said(language)}
            for one in faults
        ]
    }


def _place(where: str) -> dict[str, str]:
    cell = _CELL.fullmatch(where)
    return cell.groupdict() if cell else {"path": where}
