"""A province's view over its zero-carbon parks."""

from collections.abc import Sequence
from pathlib import Path

from tanzhe.api.parks.assessment import assess
from tanzhe.api.rules.registers import list_parks
from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.parks.province import ProvinceView, province_view
from tanzhe.places import find_place
from tanzhe.workspace import Workspace


def view_province(
    region: str | None = None,
    files: Sequence[str | Path] = (),
    *,
    rules: str | Path | None = None,
    workspace: Workspace | None = None,
) -> ProvinceView:
    """The parks on official lists beside those whose files are given.

    Args:
        region: a province; the whole country when left out.
        files: of parks, as `assess` takes them.
        rules: as `assess` takes it.
        workspace: where confirmed rule sets are kept.

    Returns:
        Each park with lists, data and rank; availability and benchmark of each indicator.

    Raises:
        InputError: every fault of every file, with its name; a park of another province.
    """
    listed = list_parks(region)
    iso = find_place(region).iso if region else "CN"
    results, faults = [], []
    for file in files:
        name = Path(file).name
        try:
            one = assess(file, rules=rules, workspace=workspace)
        except InputError as error:
            faults += [
                Fault(f.what, f.do, where=f"{name}: {f.where}".rstrip(": ")) for f in error.faults
            ]
            continue
        if iso not in ("CN", one.park.region):
            what = Words(f"“{one.park.name}”不在{region}", f"“{one.park.name}” is not in {region}")
            do = Words("请换省份，或去掉这个文件", "Name another province, or leave it out")
            faults.append(Fault(what, do, where=name))
        results.append(one)
    refuse(faults)
    return province_view(listed, results)
