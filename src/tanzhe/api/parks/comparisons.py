"""A province's parks side by side, or one park over the years."""

from collections.abc import Sequence
from pathlib import Path

from tanzhe.api.parks.assessment import assess
from tanzhe.api.parks.plans import rules_of
from tanzhe.errors import Fault, InputError, TanzheError, Words, listed, refuse
from tanzhe.faults import fault_of
from tanzhe.parks.compare import Comparison, Entered, compare_parks
from tanzhe.workspace import Workspace


def compare(
    parks: Sequence[str | Path],
    *,
    rules: str | Path | None = None,
    workspace: Workspace | None = None,
) -> Comparison:
    """Parks side by side, judged by one rule set.

    Args:
        parks: two or more files as `assess` takes them: several parks, or years of one.
        rules: as `assess` takes it; by the parks' region when left out, which must then be one.
        workspace: where confirmed rule sets are kept.

    Returns:
        Each park's state, what is expected of it at the next review, missing evidence, projects.

    Raises:
        InputError: every fault of every file at once, each with the file's name; fewer than two
            files; parks that fall under different rule sets; one park and year twice.
    """
    names = _names([Path(park) for park in parks])
    entered: list[Entered] = []
    faults: list[Fault] = []
    for park, name in zip(parks, names, strict=True):
        try:
            entered.append(Entered(name, assess(park, rules=rules, workspace=workspace)))
        except InputError as error:
            faults += [_in_file(fault, name) for fault in error.faults]
    if len(parks) < 2:
        faults.append(fault_of("api.comparisons.too_few"))
    faults += _mixed(entered)
    if faults:
        faults += _found(entered, rules, workspace)
        refuse(dict.fromkeys(faults))
    return compare_parks(entered, rules_of(entered[0].assessment, rules, workspace))


def _names(paths: Sequence[Path]) -> list[str]:
    """File names, with their folders where two are alike."""
    alone = [path.name for path in paths]
    return [str(path) if alone.count(path.name) > 1 else path.name for path in paths]


def _in_file(fault: Fault, name: str) -> Fault:
    where = fault.where if fault.where.startswith(name) else f"{name}: {fault.where}".rstrip(": ")
    return Fault(fault.what, fault.do, where=where)


def _found(
    entered: Sequence[Entered], rules: str | Path | None, workspace: Workspace | None
) -> tuple[Fault, ...]:
    """What is wrong between the files that could be read."""
    try:
        if entered:
            compare_parks(entered, rules_of(entered[0].assessment, rules, workspace))
    except TanzheError as error:
        return error.faults
    return ()


def _mixed(entered: Sequence[Entered]) -> list[Fault]:
    sets = {one.assessment.rules for one in entered}
    if len(sets) < 2:
        return []
    files = {id: listed(e.file for e in entered if e.assessment.rules == id) for id in sets}
    zh = "；".join(f"{id}：{files[id].zh}" for id in sorted(sets))
    en = "; ".join(f"{id}: {files[id].en}" for id in sorted(sets))
    return [
        Fault(
            Words(
                f"各园区按所在省份适用不同的指标体系（{zh}）",
                f"The parks fall under different rule sets ({en})",
            ),
            Words(
                "请用 --rules 指定一个，或分省比较",
                "Choose one with --rules, or compare by province",
            ),
        )
    ]
