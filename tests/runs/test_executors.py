"""Workers that die lose nothing and double nothing; two real Dask workers over TCP among them."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from runs.conftest import files_of
from runs.labours import dying, dying_once, raising, square
from tanzhe.api.batches import batch as module
from tanzhe.api.batches.batch import Run, batch
from tanzhe.api.batches.tasks import Ask
from tanzhe.errors import InputError, SourceError
from tanzhe.runs.executors import Dask, Processes, Serial, executor_of

WAIT = 120


@pytest.mark.parametrize("by", [Serial(), Processes(2)], ids=["serial", "processes"])
def test_each_task_once(by: Serial | Processes) -> None:
    assert sorted(by.run(square, iter(range(9)))) == [(i, i * i) for i in range(9)]
    with pytest.raises(ValueError, match="no worker"):
        list(by.run(raising, [1]))


def test_the_task_of_a_worker_that_died_is_done_again(tmp_path: Path) -> None:
    found = list(Processes(2).run(partial(dying_once, str(tmp_path)), iter(range(9))))
    assert sorted(found) == [(i, i * i) for i in range(9)] and (tmp_path / "died").exists()


def test_a_task_that_kills_every_worker_is_given_up() -> None:
    with pytest.raises(SourceError, match="--resume"):
        list(Processes(1).run(dying, [1]))


def test_wrong_use() -> None:
    with pytest.raises(InputError, match="dask"):
        executor_of("spark")
    assert executor_of("processes").workers >= 1


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own, over TCP."""
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    source = str(Path(module.__file__).parents[2])
    environment = {
        **os.environ,
        "PYTHONPATH": source,
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s",
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    common = ["--host", "127.0.0.1", "--no-dashboard"]
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", str(port), *common]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1",
              "--no-nanny", *common]  # fmt: skip
    started = [subprocess.Popen(one, **quiet) for one in (command, worker, worker)]  # type: ignore[call-overload]
    try:
        yield address, started[1:]
    finally:
        for one in started:
            one.kill()
            one.wait()


def test_a_dask_cluster_whose_worker_is_killed_gives_the_same_bytes(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    run: Run,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from distributed import Client

    address, workers = cluster
    with Client(address, timeout=WAIT, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=WAIT)
        assert all(one.startswith("tcp://127.0.0.1:") for one in client.ncores())
    by = Dask(2, address)
    killed = []
    keep = module.RunFolder.keep

    def keep_and_kill(*args: object, **others: object) -> object:
        """After the first task that is done a worker is gone, whatever it has in hand."""
        if not killed:
            os.kill(workers[0].pid, signal.SIGKILL)
            killed.append(workers[0].wait())
        return keep(*args, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(module.RunFolder, "keep", keep_and_kill)
    began = time.monotonic()
    done = batch(Ask(data=str(data)), out=tmp_path / "dask", executor=by)
    assert killed == [-signal.SIGKILL] and time.monotonic() - began < WAIT
    assert files_of(done.folder) == files_of(run.folder)
    lines = (done.folder / "journal.jsonl").read_text("utf-8").splitlines()
    tasks = [json.loads(line)["task"] for line in lines]
    assert len(tasks) == len(set(tasks)) == 2
    assert done.manifest.made.executor == "dask"


def test_no_scheduler_is_a_message(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    by = Dask(1, f"tcp://127.0.0.1:{port}", patience=1)
    with pytest.raises(SourceError, match="Dask"):
        list(by.run(square, [1]))


KILLED = """
import sys
from tanzhe.cli import main
sys.argv = ["tanzhe", "batch", "--data", sys.argv[1], "--out", sys.argv[2], *sys.argv[3:]]
main()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_killed_run_is_finished_by_the_same_command(
    run: Run, data: Path, tmp_path: Path, executor: str
) -> None:
    """bench/faults_batch.py does this a hundred times."""
    out = tmp_path / "out"
    space = ["--workspace", str(tmp_path / "space"), "--executor", executor, "--workers", "1"]
    source = str(Path(module.__file__).parents[2])
    command = [sys.executable, "-c", KILLED, str(data), str(out), *space]
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": source}, stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + WAIT
    journal = out / "journal.jsonl"
    while not (journal.exists() and journal.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.01)
    workers = [pid for pid, parent in processes() if parent == process.pid]
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert journal.stat().st_size > 0
    done = batch(Ask(data=str(data)), out=out)
    assert files_of(done.folder) == files_of(run.folder)
    tasks = [json.loads(line)["task"] for line in journal.read_text("utf-8").splitlines()]
    assert len(tasks) == len(set(tasks)) == 2
    assert bool(workers) is (executor == "processes")
    while time.monotonic() < deadline and {pid for pid, _ in processes()} & set(workers):
        time.sleep(0.05)
    assert not {pid for pid, _ in processes()} & set(workers)  # no worker outlives its run


def processes() -> list[tuple[int, int]]:
    """Every process that runs, with its parent."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            about = path.read_text("utf-8", "replace").rpartition(")")[2].split()
            if about[0] != "Z":
                found.append((int(path.parent.name), int(about[1])))
    return found
