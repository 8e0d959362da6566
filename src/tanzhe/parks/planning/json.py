"""A plan in the JSON form of the interface."""

from typing import Any

from tanzhe.errors import Language
from tanzhe.model.park import Assessment
from tanzhe.model.plan import Plan
from tanzhe.model.told import said_in
from tanzhe.parks.assessment.json import assessment_json

_STATE = (
    "emissions",
    "energy_tce",
    "emission_per_energy",
    "tier",
    "direct_share",
    "verdict",
    "reason",
    "reasons",
)
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
        "status": plan.status,
        "tier": plan.tier,
        "by": plan.by,
        "cost_wan_yuan": plan.cost_wan_yuan,
        "measures": [one.model_dump() for one in plan.measures],
        "unused": list(plan.unused),
        "too_late": list(plan.too_late),
        "before": _state(plan.before, language),
        "after": None if plan.after is None else _state(plan.after, language),
        "binding": [one.model_dump() for one in plan.binding],
        "alternatives": [one.model_dump() for one in plan.alternatives],
        "unreachable": [one.model_dump() for one in plan.unreachable],
        "left_by_source": dict(plan.left_by_source),
        "green": plan.green.model_dump(),
        "open": list(plan.open),
        "notes": [note.said(language) for note in plan.notes],
        "manifest": plan.before.manifest.model_dump(),
    }
    told: dict[str, Any] = said_in(tree, language)
    return told


def _state(one: Assessment, language: Language) -> dict[str, Any]:
    """What the plan changes of an assessment."""
    tree = assessment_json(one, language)
    rows = [{key: row[key] for key in _INDICATOR} for row in tree["indicators"]]
    return {**{key: tree[key] for key in _STATE}, "indicators": rows}
