"""The tasks that a batch falls into, of built-in and downloaded sources."""

from pathlib import Path

from tanzhe.api.batches.tables import plan_of_tables
from tanzhe.api.batches.tasks import Ask, Plan, SourceTask, Task, packaged_input, settings_of
from tanzhe.api.series.turning import CARBON_MONITOR, NBS, downloaded, output_folder, output_used
from tanzhe.errors import InputError, Words
from tanzhe.places import find_place, provinces
from tanzhe.runs.manifest import Input
from tanzhe.sectors import find_sector, sectors
from tanzhe.series import ember
from tanzhe.series.carbon_monitor import is_carbon_monitor, read_panel
from tanzhe.series.sources import EMBER
from tanzhe.workspace import Workspace


def plan_of(ask: Ask, workspace: Workspace | None = None) -> Plan:
    """The tasks of a batch.

    Raises:
        InputError: nothing there to read, or an unknown region or sector.
    """
    data = ask.data
    if data == CARBON_MONITOR:
        found = downloaded(workspace)
        data = None if found is None else str(found)
        if data is None:
            raise _not_downloaded()
    if data is None or data in (NBS, EMBER):
        return _built_in(ask, workspace)
    path = Path(data)
    if path.is_file() and is_carbon_monitor(path):
        return _carbon_monitor(ask, path)
    return plan_of_tables(ask, path)


def _not_downloaded() -> InputError:
    what = Words("尚未下载 Carbon Monitor 数据", "Carbon Monitor has not been downloaded")
    do = Words("请先运行 tanzhe data fetch carbon-monitor", "Run tanzhe data fetch carbon-monitor")
    return InputError.of(what, do, where="--data carbon-monitor")


def _built_in(ask: Ask, workspace: Workspace | None) -> Plan:
    of = output_used(workspace)
    inputs = [packaged_input()]
    if ask.data != EMBER:
        inputs.append(Input(name=NBS, sha256=of.sha256, vintage=of.vintage))
    if ask.data != NBS:
        held = ember.ember()
        inputs.append(Input(name=EMBER, sha256=held.sha256, vintage=held.vintage))
    regions = _regions(ask) or ("CN", *(place.iso for place in provinces()))
    kinds = _sectors(ask)
    if ask.data == EMBER:
        regions = tuple(one for one in regions if one == "CN") or regions
        kinds = kinds or (ember.POWER, *ember.COLUMNS)
    kinds = kinds or ("industry", "power", *of.products)
    names = tuple(one.name for one in inputs)
    output = str(output_folder(workspace)) if workspace is not None else ""
    tasks = tuple(
        _source_task(ask, kind, regions, names, ask.data or NBS, ask.data, output) for kind in kinds
    )
    return _of_tasks(ask, tasks, tuple(inputs), "")


def _carbon_monitor(ask: Ask, path: Path) -> Plan:
    panel = read_panel(path)
    held = Input(
        name=CARBON_MONITOR, sha256=panel.sha256, size=path.stat().st_size, vintage=panel.vintage
    )
    have = {region for region, _ in panel.values}
    regions = _regions(ask) or ("CN", *(p.iso for p in provinces() if p.iso in have))
    kinds = _sectors(ask) or tuple(
        one.id for one in sectors() if any(kind == one.id for _, kind in panel.values)
    )
    inputs = (packaged_input(), held)
    names = tuple(one.name for one in inputs)
    tasks = tuple(
        _source_task(ask, kind, regions, names, CARBON_MONITOR, str(path.resolve()), "")
        for kind in kinds
    )
    return _of_tasks(ask, tasks, inputs, str(path.resolve()), CARBON_MONITOR)


def _of_tasks(
    ask: Ask,
    tasks: tuple[Task, ...],
    inputs: tuple[Input, ...],
    where: str,
    name: str | None = None,
) -> Plan:
    vintage = "; ".join(f"{one.name} {one.vintage}" for one in inputs if one.vintage)
    weight = int(sum(task.weight for task in tasks))
    return Plan(
        lambda: iter(tasks), weight, inputs, vintage, settings_of(ask, name or ask.data), where
    )


def _source_task(
    ask: Ask, kind: str, regions: tuple[str, ...], inputs: tuple[str, ...], source: str,
    data: str | None, output: str,
) -> SourceTask:  # fmt: skip
    return SourceTask(
        id=f"{source}|{kind}", inputs=inputs, weight=len(regions), source=source, data=data,
        sector=kind, regions=regions, since=ask.since, until=ask.until, as_of=ask.as_of,
        output=output,
    )  # fmt: skip


def _regions(ask: Ask) -> tuple[str, ...]:
    return tuple(dict.fromkeys(find_place(name).iso for name in ask.regions))


def _sectors(ask: Ask) -> tuple[str, ...]:
    return tuple(dict.fromkeys(find_sector(name).id for name in ask.sectors))
