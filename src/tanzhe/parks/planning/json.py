"""A plan in the JSON form of the interface."""

from typing import Any

from tanzhe.errors import Language
from tanzhe.model.park import Assessment
from tanzhe.model.plan import Plan
from tanzhe.model.told import said_in
from tanzhe.parks.assessment.json import assessment_json
from tanzhe.trees import picked

_STATE = (
    "emissions", "energy_tce", "emission_per_energy", "tier", "direct_share", "verdict", "reason",
    "reasons",
)  # fmt: skip
_INDICATOR = ("id", "name", "value", "threshold", "unit", "status", "gap")


def plan_json(plan: Plan, language: Language = "zh") -> dict[str, Any]:
    """A plan as `tanzhe park plan --json` prints it; the forms stand in docs/parks/plan.md.

    Args:
        plan: from `plan_park`.
        language: of sentences and notes.
    """
    park = plan.before.park
    tree = {
        "name": park.name,
        "region": park.region,
        "year": park.year,
        "rules": plan.before.rules,
        **picked(
            plan, "status", "tier", "by", "cost_wan_yuan", "measures", "unused", "too_late",
            mode="python",
        ),
        "before": _state(plan.before, language),
        "after": None if plan.after is None else _state(plan.after, language),
        **picked(
            plan, "binding", "alternatives", "unreachable", "left_by_source", "green", "open",
            mode="python",
        ),
        "notes": [note.said(language) for note in plan.notes],
        "manifest": plan.before.manifest.model_dump(),
    }  # fmt: skip
    told: dict[str, Any] = said_in(tree, language)
    return told


def _state(one: Assessment, language: Language) -> dict[str, Any]:
    """What the plan changes of an assessment."""
    tree = assessment_json(one, language)
    rows = [{key: row[key] for key in _INDICATOR} for row in tree["indicators"]]
    return {**{key: tree[key] for key in _STATE}, "indicators": rows}
