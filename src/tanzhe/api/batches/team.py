"""A batch that several computers work on together, through the workspace that they share.

Who begins the run puts its tasks into the workspace, works on them too and alone writes the folder;
the others take tasks and give results back. Both travel as JSON that is checked when it is read:
nothing that a member of the team wrote there is executed.
"""

import json
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator

from pydantic import TypeAdapter

from tanzhe.api.batches.tasks import PACKAGED, SourceTask, Task, packaged_input
from tanzhe.api.batches.work import Worked, engine, work
from tanzhe.api.series.turning import CARBON_MONITOR, NBS, downloaded, output_folder, output_used
from tanzhe.errors import SourceError, Words
from tanzhe.runs.manifest import RunManifest
from tanzhe.series.carbon_monitor import read_panel
from tanzhe.workspace import Workspace
from tanzhe.workspace.jobs import DONE, FAILED, LOST, MOST_ATTEMPTS, Job, Jobs
from tanzhe.workspace.mishaps import only_read

AHEAD = 64  # tasks that wait in the workspace at once
_WORKED = TypeAdapter(Worked)
_TASK: TypeAdapter[Task] = TypeAdapter(Task)
PAUSE = 0.5  # seconds between two looks at a workspace in which there is nothing to do


class Team:
    """Everybody who helps in a workspace (`tanzhe batch --join`), this process among them.

    Args:
        workspace: that the team shares.

    Raises:
        WorkspaceError: it can only be read.
    """

    name = "workspace"
    workers = 1

    def __init__(self, workspace: Workspace) -> None:
        if workspace.read_only:
            raise only_read(workspace.db.where)
        self._workspace = workspace
        self._jobs = Jobs(workspace.db)
        self._manifest: RunManifest | None = None

    def of(self, manifest: RunManifest) -> "Team":
        """The same team, at work on a run."""
        team = Team(self._workspace)
        team._manifest = manifest
        return team

    def run(
        self, work: Callable[[Task], Worked], tasks: Iterable[Task]
    ) -> Iterator[tuple[Task, Worked]]:
        """Each task with its result; those of a worker that died are done by another.

        Raises:
            SourceError: a task failed, or has taken several workers with it.
        """
        assert self._manifest is not None
        run, jobs = self._manifest.id, self._jobs
        jobs.begin(run, _about(self._manifest))
        # What failed when the same was asked before is tried again.
        failed = [key for key, (state, _) in jobs.states(run).items() if state in (FAILED, LOST)]
        jobs.forget(run, failed)
        waiting, held = iter(tasks), dict[str, Task]()
        me = worker_name()
        while True:
            fresh = dict[str, Task]()
            while len(held) + len(fresh) < AHEAD and (task := next(waiting, None)) is not None:
                fresh[task.id] = task
            held |= fresh
            if not held:
                break
            there = jobs.states(run)
            missing = {key: _written(task) for key, task in held.items() if key not in there}
            jobs.add(run, missing)
            ended = [key for key in held if there.get(key, ("", ""))[0] in (DONE, FAILED, LOST)]
            for key in ended:
                yield held.pop(key), _result(key, *there[key])
            jobs.forget(run, ended)
            if not ended and (job := jobs.take(run, me)) is not None:
                _do(jobs, job, self._workspace, work)
            elif not ended:
                time.sleep(PAUSE)
        jobs.end(run)


def join(
    workspace: Workspace, *, stay: bool = False, told: Callable[[Words], None] = lambda _: None
) -> int:
    """Help with the runs that others have begun in a workspace.

    Args:
        workspace: that the team shares.
        stay: wait for more work instead of leaving when there is none.
        told: is given what happens.

    Returns:
        How many tasks were done here.

    Raises:
        WorkspaceError: the workspace can only be read.
    """
    if workspace.read_only:
        raise only_read(workspace.db.where)
    jobs, me, done = Jobs(workspace.db), worker_name(), 0
    refused: set[str] = set()
    while True:
        job = None
        for run, about in jobs.begun().items():
            why = None if run in refused else _why_not(about, workspace)
            if why is not None:
                refused.add(run)
                told(Words(f"运行 {run}：{why.zh}，不参与", f"Run {run}: {why.en}; left alone"))
            if run not in refused and (job := jobs.take(run, me)) is not None:
                break
        if job is not None:
            done += _do(jobs, job, workspace, work)
            told(Words(f"{job.run} {job.key}", f"{job.run} {job.key}"))
        elif stay:
            time.sleep(PAUSE)
        else:
            return done


def worker_name() -> str:
    """A name for messages: computer and process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _do(jobs: Jobs, job: Job, workspace: Workspace, work: Callable[[Task], Worked]) -> bool:
    """Do a piece and hand its result in; whether it counted."""
    task = jobs.task(job)
    if not task:
        return False  # its run has ended meanwhile
    try:
        with jobs.kept(job):
            worked = work(_read(task, workspace))
    except KeyboardInterrupt:
        jobs.give_back(job)
        raise
    except Exception as error:  # whoever began the run is told
        return jobs.failed(job, f"{type(error).__name__}: {error}")
    return jobs.done(job, _WORKED.dump_json(worked).decode())


def _result(key: str, state: str, result: str) -> Worked:
    if state == DONE:
        return _WORKED.validate_json(result)
    if state == FAILED:
        what = Words(f"任务失败：{result}", f"A task failed: {result}")
    else:
        what = Words(
            f"同一个任务使 {MOST_ATTEMPTS} 个计算进程中断，多半是内存不足",
            f"One task took {MOST_ATTEMPTS} workers with it, most likely for want of memory",
        )
    do = Words(
        "已完成的部分不会丢失；排除原因后用 --resume 接着算",
        "What is done is kept: mend the cause and go on with --resume",
    )
    raise SourceError.of(what, do, where=key)


def _about(manifest: RunManifest) -> str:
    """What must be the same on every computer, for all to give the same answer."""
    inputs = {one.name: one.sha256 for one in manifest.inputs}
    return json.dumps({"engine": manifest.engine, "tanzhe": manifest.tanzhe, "inputs": inputs})


def _why_not(about: str, workspace: Workspace) -> Words | None:
    """Why this computer cannot help with a run, or None."""
    told = json.loads(about)
    if told["engine"] != engine():
        version = told["tanzhe"]
        return Words(
            f"由另一版本的 tanzhe（{version}）建立", f"another tanzhe ({version}) began it"
        )
    inputs = told["inputs"]
    own = {PACKAGED: packaged_input().sha256, NBS: output_used(workspace).sha256}
    if CARBON_MONITOR in inputs:
        file = downloaded(workspace)
        own[CARBON_MONITOR] = "" if file is None else read_panel(file).sha256
    other = [name for name, sha256 in own.items() if inputs.get(name, sha256) != sha256]
    if other:
        names = ", ".join(other)
        return Words(f"本机的数据不同：{names}", f"the data here are others: {names}")
    return None


def _written(task: Task) -> str:
    """A task as JSON, without places of files on this computer."""
    if isinstance(task, SourceTask):
        own = {"output": "here" if task.output else ""}
        if task.source == CARBON_MONITOR:
            own["data"] = CARBON_MONITOR
        task = task.model_copy(update=own)
    return task.model_dump_json()


def _read(told: str, workspace: Workspace) -> Task:
    """The same task, with the places of this computer."""
    task = _TASK.validate_json(told)
    if isinstance(task, SourceTask):
        own = {"output": str(output_folder(workspace)) if task.output else ""}
        if task.source == CARBON_MONITOR:
            own["data"] = str(downloaded(workspace))
        task = task.model_copy(update=own)
    return task
