"""A park's year judged by an official indicator system."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tanzhe.api.parks.office import is_workbook, read_park_workbook
from tanzhe.disk import read_bounded
from tanzhe.errors import Fault, InputError, UnknownName, Words, refuse
from tanzhe.model import ManifestInput, Note
from tanzhe.model.park import Assessment
from tanzhe.model.rules import RuleSet
from tanzhe.names import folded
from tanzhe.notes import note_of
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.assessment.remarks import omitted
from tanzhe.parks.entry.faults import check_park
from tanzhe.parks.entry.source import ParkSource, parse_tree
from tanzhe.places import province_of
from tanzhe.rulebook import asked_rule_set, rule_set, rule_set_ids
from tanzhe.workspace import Workspace

LARGEST_FILE = 20_000_000  # bytes; a park's year is a few hundred kilobytes at most


def assess(
    park: str | Path | Mapping[str, object],
    *,
    rules: str | Path | None = None,
    workspace: Workspace | None = None,
) -> Assessment:
    """What a rule set says about a park's year.

    Args:
        park: a JSON file or workbook in the form of `park template`, or the parsed JSON object.
        rules: id of a rule set, built in or confirmed in the workspace, or a YAML file; by the
            park's region when left out.
        workspace: where confirmed rule sets are kept.

    Returns:
        Account, indicators, verdict and what is missing.

    Raises:
        InputError: every fault of the input at once, each with its path or cell; or an unknown
            rule set.
    """
    return _assessed(read_source(park), rules, workspace)


def assess_by(
    park: str | Path | Mapping[str, object],
    rules: Sequence[str | Path],
    *,
    workspace: Workspace | None = None,
) -> tuple[Assessment, ...]:
    """What several rule sets say about one park's year, which is read once.

    Args:
        park: as `assess` takes it.
        rules: rule sets as `assess` takes them, each once; none: by the park's region.
        workspace: where confirmed rule sets are kept.

    Returns:
        An assessment for each rule set, in their order; the accounts are the same.

    Raises:
        InputError: every fault of the input by any of the rule sets, or an unknown rule set.
    """
    source = read_source(park)
    faults: dict[Fault, None] = {}
    found = []
    for one in dict.fromkeys(map(str, rules)) or (None,):
        try:
            found.append(_assessed(source, one, workspace))
        except InputError as error:
            faults |= dict.fromkeys(error.faults)
    refuse(faults)
    return tuple(found)


def earlier_years(
    files: Sequence[str | Path], result: Assessment, *, workspace: Workspace | None = None
) -> tuple[Assessment, ...]:
    """Earlier years of a park, judged by the same rule set, for the tables by year.

    Args:
        files: as `assess` takes them.
        result: of the latest year.
        workspace: where confirmed rule sets are kept.

    Raises:
        InputError: every fault of every file; another park, a year twice or after the latest.
    """
    found: dict[int, Assessment] = {result.park.year: result}
    faults: list[Fault] = []
    for file in files:
        name = Path(file).name
        try:
            one = assess(file, rules=result.rules, workspace=workspace)
        except InputError as error:
            faults += [
                Fault(f.what, f.do, where=f"{name}: {f.where}".rstrip(": ")) for f in error.faults
            ]
            continue
        park = one.park
        if folded(park.name) != folded(result.park.name):
            what = Words(f"是另一个园区“{park.name}”", f"It is of another park, “{park.name}”")
        elif park.year in found:
            what = Words(f"{park.year} 年出现两次", f"The year {park.year} stands twice")
        elif park.year > result.park.year:
            what = Words(
                f"{park.year} 年晚于报告年度 {result.park.year} 年",
                f"{park.year} is after {result.park.year}, the year reported",
            )
        else:
            found[park.year] = one
            continue
        do = Words(
            "--earlier 只放同一园区以前的年份", "Give --earlier only earlier years of the same park"
        )
        faults.append(Fault(what, do, where=name))
    refuse(faults)
    return tuple(one for year, one in sorted(found.items()) if year != result.park.year)


def _assessed(
    source: ParkSource, rules: str | Path | None, workspace: Workspace | None
) -> Assessment:
    chosen, notes = _rules(source, rules, workspace)
    year = check_park(source, chosen)
    inputs = [ManifestInput(name=source.name, sha256=source.sha256)] if source.sha256 else []
    return assess_park(
        year, chosen, inputs=inputs, notes=[*notes, *source.notes, *omitted(source.tree)]
    )


def _rules(
    source: ParkSource, wanted: str | Path | None, workspace: Workspace | None
) -> tuple[RuleSet, list[Note]]:
    """The rule set asked for, or the one of the park's province, and what must be said."""
    folder = workspace.folder if workspace is not None else None
    if wanted is None:
        return _by_region(source.tree, folder)
    return asked_rule_set(wanted, folder=folder), []


def _by_region(tree: Mapping[str, object], folder: Path | None) -> tuple[RuleSet, list[Note]]:
    """The youngest rule set of the park's province for its year, else of the country."""
    known, notes = _known(folder)
    iso, year = _iso(tree.get("region")), tree.get("year")
    own = [one for one in known if one.region == iso] or [o for o in known if o.region == "CN"]
    begun = [one for one in own if not isinstance(year, int) or (one.used_from or 0) <= year]
    chosen = max(begun or own, key=lambda one: one.issued or "")
    note = note_of("rules_chosen", title=chosen.title, id=chosen.id)
    return chosen, [note, *notes]


def _known(folder: Path | None) -> tuple[list[RuleSet], list[Note]]:
    """All rule sets that can be read; a faulty one of the workspace is told, not fatal."""
    found, notes = [], []
    for id in rule_set_ids(folder):
        try:
            found.append(rule_set(id, folder=folder))
        except InputError as error:
            told = error.faults[0]
            zh = f"工作区的指标体系“{id}”无法使用，没有考虑：{told.what.zh}。"
            en = f"Rule set “{id}” of the workspace was left out: {told.what.en}."
            notes.append(Note(code=f"rules_unread.{id}", zh=zh, en=en))
    return found, notes


def _iso(region: object) -> str:
    """The province of the entries; what is wrong with it is told with the other faults."""
    try:
        return province_of(str(region)).iso
    except UnknownName:
        return ""


def read_source(park: str | Path | Mapping[str, object]) -> ParkSource:
    """The entries of a park, from a file or an object, not yet checked.

    Raises:
        InputError: a file that cannot be read.
    """
    if isinstance(park, Mapping):
        return ParkSource(tree=park)
    path = Path(park)
    if is_workbook(path):
        return read_park_workbook(path)
    do = Words("请检查路径，用 .json 或 .xlsx 文件", "Check the path; use a .json or .xlsx file")
    raw = read_bounded(path, LARGEST_FILE, where=path.name, do=do)
    return ParkSource(
        tree=parse_tree(raw, name=path.name),
        name=path.name,
        sha256=hashlib.sha256(raw).hexdigest(),
    )
