"""Assessments and refusals in the JSON form of the interface."""

import re
from collections.abc import Iterable
from typing import Any

from tanzhe.errors import Fault, Language
from tanzhe.model.park import Assessment
from tanzhe.model.told import said_in

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
        "emissions": result.emissions.model_dump(),
        "energy_tce": result.energy_tce,
        "emission_per_energy": result.emission_per_energy,
        "tier": result.tier,
        "direct_share": result.direct_share,
        "indicators": [one.model_dump() for one in result.indicators],
        "products": [one.model_dump() for one in result.products],
        "firms": [one.model_dump() for one in result.firms],
        "verdict": result.verdict,
        "reason": result.reason,
        "reasons": list(result.reasons),
        "doubts": [one.model_dump() for one in result.doubts],
        "unknown": [one.model_dump() for one in park.unknown],
        "bounds": dict(result.bounds),
        "rests_on": list(result.rests_on),
        "gap_by_source": result.gap_by_source,
        "unproven_share_limit": result.unproven_share_limit,
        "offsets_listed": result.offsets_listed,
        "listed_apart": result.listed_apart,
        "missing_evidence": [one.model_dump() for one in result.missing_evidence],
        "sensitivity": [one.model_dump() for one in result.sensitivity],
        "lines": [line.model_dump() for line in result.lines],
        "notes": [note.said(language) for note in result.notes],
        "manifest": result.manifest.model_dump(),
    }
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
