"""Many regions, sectors and products at once, as a run on disk that can be resumed and repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tanzhe.api.batches.plan import plan_of
from tanzhe.api.batches.tasks import Ask, Plan, Task
from tanzhe.api.batches.team import Team
from tanzhe.api.batches.work import engine, work
from tanzhe.api.series.seeds import seeds
from tanzhe.errors import InputError, SourceError, Words
from tanzhe.extras import require
from tanzhe.model import Progress, silent
from tanzhe.model.run import new_manifest, now
from tanzhe.runs.executors import Executor, Serial
from tanzhe.runs.folder import RunFolder
from tanzhe.runs.manifest import Made, RunManifest, read_manifest
from tanzhe.workspace import Workspace, default_folder

RUNS = "runs"
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


def batch(
    ask: Ask,
    *,
    out: Path | None = None,
    executor: Executor | Team | None = None,
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
        asked = by.of(manifest) if isinstance(by, Team) else by
        for task, worked in asked.run(work, waiting()):
            _refuse_other_code(worked.engine)
            run.keep(task.id, worked.parts, worked.seconds)
            known += task.weight
            progress(_SEARCHING, int(min(known, total)), plan.weight)
        return Run(folder=folder, manifest=run.finish(names, now()))


def resume(
    folder: Path,
    *,
    data: str | None = None,
    executor: Executor | Team | None = None,
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
        raise InputError.of(what, do, where=manifest.kind)
    found = Ask.model_validate(manifest.settings)
    where = data or manifest.made.data
    return found.model_copy(update={"data": where}) if where else found


def _manifest(plan: Plan, by: Executor | Team) -> RunManifest:
    about = new_manifest((), {}, created=now())
    return RunManifest(
        kind="batch",
        tanzhe=about.tanzhe,
        python=about.python,
        libraries=about.libraries,
        engine=engine(),
        inputs=plan.inputs,
        vintage=plan.vintage,
        settings=plan.settings,
        seeds=seeds(),
        made=Made(begun=about.created, executor=by.name, workers=by.workers, data=plan.where),
    )


def _runs(workspace: Workspace | None) -> Path:
    return (default_folder() if workspace is None else workspace.folder) / RUNS


def _refuse_other_code(found: str) -> None:
    if found != engine():
        what = Words("计算进程的 tanzhe 版本不同", "A worker has another version of tanzhe")
        do = Words("请在所有计算机上安装同一版本", "Install one version on all computers")
        raise SourceError.of(what, do, where="--executor")


def runs_of(workspace: Workspace | None) -> Sequence[Path]:
    """The folders of the runs kept in a workspace, by name."""
    return sorted(path.parent for path in _runs(workspace).glob("*/manifest.json"))
