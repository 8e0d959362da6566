"""Many regions, sectors and products at once, as a run on disk that can be resumed and repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from tanzhe.api.batch_plan import plan_of
from tanzhe.api.batch_tasks import PACKAGED, Ask, Plan, SourceTask, TableTask, Task
from tanzhe.api.episode import episodes
from tanzhe.api.seeds import seeds
from tanzhe.errors import Fault, InputError, SourceError, Words
from tanzhe.extras import require
from tanzhe.kept import code
from tanzhe.model import Episodes, PeakStatus, Progress, Series, silent
from tanzhe.model.run import new_manifest
from tanzhe.peaks import peak_status
from tanzhe.runs.executors import Executor, Serial
from tanzhe.runs.folder import Part, RunFolder
from tanzhe.runs.manifest import Made, RunManifest, read_manifest
from tanzhe.runs.rows import EpisodeRow, SeriesRow, episode_rows, refused_row, series_row
from tanzhe.series import monthly
from tanzhe.series.sources import load_series
from tanzhe.series.table_panels import is_wanted, with_peers
from tanzhe.series.vintages import output_in
from tanzhe.workspace import Workspace, default_folder

RUNS = "runs"
# Up to so many regions of a sector have a folder each; more are kept by the company they were
# compared in: a file for each of ten thousand cities would cost more than the search.
MOST_FOLDERS = 40
_SEARCHING = Words("计算各序列", "Searching the series")


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run that is finished.

    Attributes:
        folder: where it lies.
        manifest: what it rests on and what came of it.
    """

    folder: Path
    manifest: RunManifest


class Worked(NamedTuple):
    """What a worker hands back: rows, the code it ran, and how long it took."""

    parts: list[Part]
    engine: str
    seconds: float


def batch(
    ask: Ask,
    *,
    out: Path | None = None,
    executor: Executor | None = None,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> Run:
    """Episodes and peak of every series that is asked for, as a folder on disk.

    Args:
        ask: which data, regions, sectors, months.
        out: the folder; a place in the workspace that is named after the question when left out.
            A folder with the same question is gone on with: what is done there is not done again.
        executor: who works; this process when left out.
        workspace: where downloads and additions to the built-in data are looked for.
        progress: told how far it is.

    Returns:
        The folder and its manifest. The outputs are the same bytes with any executor and after
        any number of interruptions.

    Raises:
        InputError: an unknown region or sector, unreadable data, or another run in the folder.
        SourceError: workers died again and again, or have another version.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     done = batch(Ask(regions=("上海",), sectors=("水泥",)), out=Path(folder))
        ...     (done.manifest.outputs.series, done.manifest.outputs.episodes > 0)
        (1, True)
    """
    require("pyarrow", where="tanzhe batch")
    plan = plan_of(ask, workspace)
    by = executor or Serial()
    manifest = _manifest(plan, by)
    folder = out or _runs(workspace) / manifest.id
    with RunFolder.begun(folder, manifest) as run:
        names: list[str] = []
        known, total = 0.0, float(plan.weight)

        def waiting() -> Iterator[Task]:
            nonlocal known
            for task in plan.tasks():
                names.append(task.id)
                if task.id in run.done:
                    known += task.weight
                else:
                    yield task

        progress(_SEARCHING, 0, plan.weight)
        for task, worked in by.run(work, waiting()):
            _refuse_other_code(worked.engine)
            run.keep(task.id, worked.parts, worked.seconds)
            known += task.weight
            progress(_SEARCHING, int(min(known, total)), plan.weight)
        return Run(folder=folder, manifest=run.finish(names, _now()))


def resume(
    folder: Path,
    *,
    data: str | None = None,
    executor: Executor | None = None,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> Run:
    """Go on with a run that was interrupted; one that is finished is looked through and repaired.

    Args:
        folder: of the run.
        data: where its tables lie now, when they were moved.
        executor: who works; any, whatever began it.
        workspace: as for `batch`.
        progress: told how far it is.

    Raises:
        InputError: no run is there, or data, settings or code are not those it began with.
    """
    ask = ask_of(read_manifest(folder), data)
    return batch(ask, out=folder, executor=executor, workspace=workspace, progress=progress)


def ask_of(manifest: RunManifest, data: str | None = None) -> Ask:
    """The question of a run.

    Raises:
        InputError: it is the manifest of a report.
    """
    if manifest.kind != "batch":
        what = Words("这是报告的清单，不是批量运行", "This is the manifest of a report, no run")
        do = Words("请用 tanzhe reproduce", "Use tanzhe reproduce")
        raise InputError(Fault(what=what, where=manifest.kind, do=do))
    found = Ask.model_validate(manifest.settings)
    where = data or manifest.made.data
    return found.model_copy(update={"data": where}) if where else found


def work(task: Task) -> Worked:
    """Search the series of a task; what a worker does, anywhere."""
    begun = perf_counter()
    made = _of_table(task) if isinstance(task, TableTask) else _of_source(task)
    return Worked(list(made), code("tanzhe.api.turning"), perf_counter() - begun)


def _of_source(task: SourceTask) -> Iterator[Part]:
    of = output_in(Path(task.output)) if task.output else None
    for region in task.regions:
        names = (task.source, task.sector, region)
        series: Series | None = None
        try:
            series = load_series(
                region, task.sector, task.data, task.since, task.until, of, as_of=task.as_of
            )
        except Exception as error:  # each series on its own: none takes the others with it
            row = refused_row(None, names, error)
            yield Part(*names, [row], [], task.inputs)
            continue
        row, told = _judged(series)
        rests_on = (PACKAGED, row.source_name)
        yield Part(row.source_name, row.sector_name, row.region_name, [row], told, rests_on)


def _of_table(task: TableTask) -> Iterator[Part]:
    company = task.company
    rows: list[SeriesRow] = []
    told: list[EpisodeRow] = []
    for own in company.members:
        if is_wanted(own.region, task.regions):
            row, some = _judged(with_peers(own, company.members, company.unusable))
            rows.append(row.model_copy(update={"source_name": task.source}))
            told.extend(one.model_copy(update={"source_name": task.source}) for one in some)
    for bad in company.unusable:
        if is_wanted(bad.region, task.regions):
            rows.append(refused_row(None, (task.source, company.sector, bad.region), bad.error))
    rows.sort(key=lambda row: row.region_name)
    if task.many <= MOST_FOLDERS:
        for row in rows:
            own_rows = [one for one in told if one.region_name == row.region_name]
            where = (task.source, company.sector, row.region_name)
            yield Part(*where, [row], own_rows, task.inputs)
        return
    told.sort(key=lambda one: (one.region_name, one.begin, one.id))
    name = f"{company.number:05d}-{company.of:05d}"
    yield Part(task.source, company.sector, name, rows, told, task.inputs)


def _judged(series: Series) -> tuple[SeriesRow, list[EpisodeRow]]:
    """The rows of a series; one that is refused or fails says why."""
    try:
        months = monthly(series)
        found = episodes(months)
        return series_row(found, _peak(found)), episode_rows(found)
    except Exception as error:  # each series on its own: none takes the others with it
        names = (series.source, series.sector, series.region)
        return refused_row(series, names, error), []


def _peak(found: Episodes) -> PeakStatus | None:
    try:
        return peak_status(found.series)
    except InputError:
        return None


def _manifest(plan: Plan, by: Executor) -> RunManifest:
    about = new_manifest((), {}, created=_now())
    return RunManifest(
        kind="batch",
        tanzhe=about.tanzhe,
        python=about.python,
        libraries=about.libraries,
        engine=code("tanzhe.api.turning"),
        inputs=plan.inputs,
        vintage=plan.vintage,
        settings=plan.settings,
        seeds=seeds(),
        made=Made(begun=about.created, executor=by.name, workers=by.workers, data=plan.where),
    )


def _runs(workspace: Workspace | None) -> Path:
    return (default_folder() if workspace is None else workspace.folder) / RUNS


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _refuse_other_code(found: str) -> None:
    if found != code("tanzhe.api.turning"):
        what = Words("计算进程的 tanzhe 版本不同", "A worker has another version of tanzhe")
        do = Words("请在所有计算机上安装同一版本", "Install one version on all computers")
        raise SourceError(Fault(what=what, where="--executor dask", do=do))


def runs_of(workspace: Workspace | None) -> Sequence[Path]:
    """The folders of the runs kept in a workspace, by name."""
    return sorted(path.parent for path in _runs(workspace).glob("*/manifest.json"))
