"""Several processes share a run through one workspace: each task once, nothing lost, same bytes."""

import json
import multiprocessing
import os
import signal
import threading
import time
from collections import Counter
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest

from runs.conftest import cities, files_of, table
from tanzhe.api.batches import team as batch_team
from tanzhe.api.batches.batch import Run, batch
from tanzhe.api.batches.plan import plan_of
from tanzhe.api.batches.tasks import Ask, TableTask
from tanzhe.api.batches.team import Team, join
from tanzhe.api.batches.work import work
from tanzhe.errors import SourceError, WorkspaceError
from tanzhe.workspace import Workspace
from tanzhe.workspace.jobs import MOST_ATTEMPTS, Jobs

_SPAWN = multiprocessing.get_context("spawn")


def helper(place: str | Path, report: Any) -> None:
    """Another computer of the team: works until it is killed."""
    with Workspace.open(place) as workspace:
        join(workspace, stay=True, told=lambda words: report.put((os.getpid(), words.en)))


def dying(place: str | Path, report: Any) -> None:
    """A computer that takes a task and is switched off before it is done."""
    batch_team.work = lambda task: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment,return-value]
    Jobs.take = partialmethod(Jobs.take, seconds=1.0)  # type: ignore[assignment]
    helper(place, report)


def test_three_processes_and_one_that_dies_give_the_same_bytes(
    place: str | Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_team, "PAUSE", 0.05)
    folder = tmp_path / "in"
    for number in range(6):
        table(folder / f"{number}.csv", cities(3, seed=100 * number))
    ask = Ask(data=str(folder))
    alone = batch(ask, out=tmp_path / "alone")
    Workspace.open(place).close()
    report: Any = _SPAWN.Queue()
    started = [_SPAWN.Process(target=one, args=(place, report)) for one in (helper, helper, dying)]
    for one in started:
        one.start()
    # Nothing is done here, so that the others must do all.
    monkeypatch.setattr(Jobs, "take", lambda *_, **__: None)
    try:
        with Workspace.open(place) as workspace:
            done = batch(ask, out=tmp_path / "team", executor=Team(workspace), workspace=workspace)
            left = workspace.db.all(batch_team_rows())
    finally:
        for one in started:
            one.kill()
            one.join()
    assert files_of(done.folder) == files_of(alone.folder)
    assert done.manifest.id == alone.manifest.id and done.manifest.made.executor == "workspace"
    lines = (done.folder / "journal.jsonl").read_text("utf-8").splitlines()
    assert Counter(Counter(json.loads(line)["task"] for line in lines).values()) == {1: 6}
    assert left == []


def batch_team_rows() -> Any:
    from sqlalchemy import select, union_all

    from tanzhe.workspace.schema import cache, jobs

    return union_all(select(jobs.c.key), select(cache.c.key).where(cache.c.kind == "task"))


def test_one_alone_is_a_team_too(run: Run, data: Path, tmp_path: Path, place: str | Path) -> None:
    with Workspace.open(place) as workspace:
        assert join(workspace) == 0
        done = batch(Ask(data=str(data)), out=tmp_path / "one", executor=Team(workspace))
        assert files_of(done.folder) == files_of(run.folder)
        assert Jobs(workspace.db).begun() == {}


def test_tasks_say_the_same_on_another_computer(tmp_path: Path) -> None:
    """Both kinds, and a region whose rows cannot be used, go through the workspace unchanged."""
    bad = table(tmp_path / "表.csv", cities(3))
    bad.write_text(bad.read_text("utf-8") + "2020-01,城坏,工业,很多\n", "utf-8")
    with Workspace.open(tmp_path / "w") as workspace:
        tables = list(plan_of(Ask(data=str(bad))).tasks())
        built_in = list(
            plan_of(Ask(sectors=("水泥",), regions=("上海", "云南")), workspace).tasks()
        )
        for task in (*tables, *built_in):
            again = batch_team._read(batch_team._written(task), workspace)
            assert str(tmp_path) not in batch_team._written(task)
            one, other = work(task), work(again)
            assert one.parts == other.parts and one.parts
            assert batch_team._WORKED.validate_json(batch_team._WORKED.dump_json(one)) == one
        assert any(row.status == "refused" for part in work(tables[0]).parts for row in part.series)


def test_products_that_tell_faults_travel_with_a_series(tmp_path: Path) -> None:
    lines = ["月份,地区,产品,产量(万吨)"]
    for product, held in (("粗钢", cities(2)), ("生铁", cities(2, seed=7))):
        made = table(tmp_path / "one.csv", held, product).read_text("utf-8").splitlines()
        lines += made[1:]
    (tmp_path / "both.csv").write_text("\n".join(lines) + "\n", "utf-8")
    sent, met = [], []
    with Workspace.open(tmp_path / "w") as workspace:
        for task in plan_of(Ask(data=str(tmp_path / "both.csv"))).tasks():
            again = batch_team._read(batch_team._written(task), workspace)
            assert isinstance(task, TableTask) and isinstance(again, TableTask)
            sent += [one.companions for one in task.company.members]
            met += [one.companions for one in again.company.members]
    assert met == sent and all(sent) and len(sent) == 4


@pytest.mark.parametrize(("state", "said"), [("failed", "ValueError: no"), ("lost", "memory")])
def test_a_task_that_fails_ends_the_run_with_a_message(
    data: Path, tmp_path: Path, state: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(task: object) -> object:
        raise ValueError("no")

    ask = Ask(data=str(data))
    with Workspace.open(tmp_path / "w") as workspace:
        if state == "failed":
            monkeypatch.setattr("tanzhe.api.batches.batch.work", failing)
        else:
            real = Jobs.take
            monkeypatch.setattr(Jobs, "take", lambda own, run, who: real(own, run, who, seconds=-1))
            monkeypatch.setattr(batch_team, "_do", lambda *_: False)
            monkeypatch.setattr(batch_team, "PAUSE", 0.0)
        with pytest.raises(SourceError, match=said):
            batch(ask, out=tmp_path / "run", executor=Team(workspace))
        monkeypatch.undo()
        if state == "lost":
            run = next(iter(Jobs(workspace.db).begun()))
            assert Jobs(workspace.db).states(run)
            assert MOST_ATTEMPTS > 1
            return
        # Whoever mended the cause goes on: what failed is not kept as failed.
        again = batch(ask, out=tmp_path / "run", executor=Team(workspace))
        assert again.manifest.outputs is not None and not again.manifest.outputs.failed


def test_other_code_or_data_is_left_alone(data: Path, tmp_path: Path) -> None:
    told: list[str] = []
    with Workspace.open(tmp_path / "w") as workspace:
        jobs = Jobs(workspace.db)
        jobs.begin("old", json.dumps({"engine": "other", "tanzhe": "0.0.9", "inputs": {}}))
        jobs.begin(
            "data",
            json.dumps(
                {"engine": batch_team.engine(), "tanzhe": "0", "inputs": {"nbs-output": "0" * 64}}
            ),
        )
        for run in ("old", "data"):
            jobs.add(run, {"a": "{}"})
        assert join(workspace, told=lambda words: told.append(words.en)) == 0
        assert jobs.counts("old") == jobs.counts("data") == {"waiting": 1}
    assert any("0.0.9" in one for one in told) and any("nbs-output" in one for one in told)


def test_a_piece_that_takes_long_stays_its_worker_s(place: str | Path) -> None:
    with Workspace.open(place) as one, Workspace.open(place) as other:
        jobs = Jobs(one.db)
        jobs.begin("run", "{}")
        jobs.add("run", {"a": "what to do"})
        job = jobs.take("run", "slow", seconds=0.6)
        assert job is not None and jobs.task(job) == "what to do"
        with jobs.kept(job, seconds=0.6):
            time.sleep(1.5)
            assert Jobs(other.db).take("run", "quick") is None
        assert jobs.done(job, "right")


def test_the_clock_of_a_worker_does_not_count_on_a_server(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime, timedelta

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(UTC) + timedelta(days=1)

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Workspace.open(server.fresh()) as workspace:
        jobs = Jobs(workspace.db)
        jobs.add("run", ["a"])
        assert jobs.take("run", "right") is not None
        monkeypatch.setattr("tanzhe.workspace.jobs.datetime", Ahead)
        assert jobs.take("run", "a day ahead") is None


def test_a_workspace_that_can_only_be_read_has_no_team(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w") as workspace:
        workspace.db.read_only = True
        with pytest.raises(WorkspaceError, match="只能读"):
            Team(workspace)
        with pytest.raises(WorkspaceError, match="只能读"):
            join(workspace)


def test_two_helpers_in_one_process(run: Run, data: Path, tmp_path: Path) -> None:
    """Helpers that come while there is work, and leave when there is none."""
    Workspace.open(tmp_path / "w").close()
    done: list[int] = []

    def help_until(stop: threading.Event) -> None:
        with Workspace.open(tmp_path / "w") as workspace:
            while not stop.is_set():
                done.append(join(workspace))
                time.sleep(0.05)

    stop = threading.Event()
    threads = [threading.Thread(target=help_until, args=(stop,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    with Workspace.open(tmp_path / "w") as workspace:
        other = batch(Ask(data=str(data)), out=tmp_path / "run", executor=Team(workspace))
    stop.set()
    for thread in threads:
        thread.join()
    assert files_of(other.folder) == files_of(run.folder) and sum(done) <= 2
