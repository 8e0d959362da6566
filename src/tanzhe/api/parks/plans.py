"""What a park can do: the cheapest plan, and a file of measures to fill in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tanzhe.api.parks.assessment import assess
from tanzhe.model.park import Assessment, ParkYear
from tanzhe.model.plan import Measure, Plan
from tanzhe.model.rules import RuleSet
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.measures.file import MeasureFile, given_measures, read_measures
from tanzhe.parks.planning.plan import plan_park
from tanzhe.parks.planning.template import measure_template
from tanzhe.rulebook import asked_rule_set
from tanzhe.workspace import Workspace

Park = str | Path | Mapping[str, object]


def plan(
    park: Park,
    measures: str | Path | Sequence[Measure],
    *,
    rules: str | Path | None = None,
    by: str | None = None,
    guiding: bool = False,
    direct_supply: bool = False,
    workspace: Workspace | None = None,
) -> Plan:
    """The cheapest of a user's measures with which a park meets its thresholds.

    Args:
        park: as `assess` takes it.
        measures: a .yaml, .json or .csv file in the form of docs/parks/plan.md, or records.
        rules: as `assess` takes it.
        by: month (YYYY-MM) by which measures must work; the rule set's next review when left out.
        guiding: indicators that may be explained must be met too.
        direct_supply: half of the power must be supplied directly, as the method asks in
            principle.
        workspace: where confirmed rule sets are kept.

    Returns:
        The plan with the park before and after by the same accounting, or why there is none.

    Raises:
        InputError: every fault of the park, or every fault of the measures.
    """
    before = assess(park, rules=rules, workspace=workspace)
    chosen = rules_of(before, rules, workspace)

    def judge(year: ParkYear) -> Assessment:
        return assess_park(year, chosen)

    return plan_park(
        before,
        _measures(measures),
        chosen,
        judge=judge,
        by=by,
        guiding=guiding,
        direct_supply=direct_supply,
    )


def _measures(measures: str | Path | Sequence[Measure]) -> MeasureFile:
    if isinstance(measures, str | Path):
        return read_measures(Path(measures))
    return given_measures(tuple(measures))


def rules_of(
    assessment: Assessment, wanted: str | Path | None, workspace: Workspace | None
) -> RuleSet:
    """The rule set an assessment rests on, with the targets of its year."""
    return _whole(assessment, wanted, workspace).in_year(assessment.park.year)


def _whole(
    assessment: Assessment, wanted: str | Path | None, workspace: Workspace | None
) -> RuleSet:
    is_file = wanted is not None and str(wanted).lower().endswith((".yaml", ".yml"))
    folder = workspace.folder if workspace is not None else None
    return asked_rule_set(wanted if is_file and wanted else assessment.rules, folder=folder)


def plan_template(
    park: Park, *, rules: str | Path | None = None, workspace: Workspace | None = None
) -> str:
    """A measures file for a park, its rows named and costs left empty, as YAML text.

    Raises:
        InputError: every fault of the park.
    """
    before = assess(park, rules=rules, workspace=workspace)
    return measure_template(before.park, rules_of(before, rules, workspace))
