"""Who works through the tasks of a run: this process, several, or the workers of a Dask cluster.

Workers compute and hand back; only the process that began the run writes. So a worker that dies
leaves nothing half-done, and its task is given to another.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from socket import create_connection
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tanzhe.errors import InputError, SourceError, Words

if TYPE_CHECKING:
    from distributed import Client

Task = TypeVar("Task")
Result = TypeVar("Result")
EXECUTORS = ("serial", "processes", "dask")
# A task that has taken so many workers with it is given up: it would take the others too.
MOST_TRIES = 3
# Tasks handed out beyond those being worked on, so that nobody waits and memory stays bounded.
AHEAD = 2
# A matrix of a series is small: several threads for one are slower than one.
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Executor(Protocol):
    """Works through tasks, in any order."""

    name: str
    workers: int

    def run(
        self, work: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[Task, Result]]:
        """Each task with its result, as they are done."""


class Serial:
    """This process, one task after another."""

    name = "serial"
    workers = 1

    def run(
        self, work: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[Task, Result]]:
        """Each task with its result, in turn."""
        for task in tasks:
            yield task, work(task)


class Processes:
    """Several processes of this computer.

    Args:
        workers: how many.
    """

    name = "processes"

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(
        self, work: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[Task, Result]]:
        """Each task with its result; those of a worker that died are done again.

        Raises:
            SourceError: a task has taken several workers with it.
        """
        waiting = iter(tasks)
        again: list[tuple[Task, int]] = []
        while True:
            try:
                yield from self._pool(work, waiting, again)
                return
            except BrokenProcessPool:
                if any(tries >= MOST_TRIES for _, tries in again):
                    raise _worn_out() from None

    def _pool(
        self,
        work: Callable[[Task], Result],
        waiting: Iterator[Task],
        again: list[tuple[Task, int]],
    ) -> Iterator[tuple[Task, Result]]:
        """One pool's work; what it leaves when it breaks stands in `again`."""
        held: dict[Future[Result], tuple[Task, int]] = {}
        # Started anew, not copied: a copy of a process with threads may stand still.
        with (
            one_thread_each(),
            ProcessPoolExecutor(
                self.workers, mp_context=get_context("spawn"), initializer=_leave_with_parent
            ) as pool,
        ):
            try:
                while True:
                    while len(held) < AHEAD * self.workers:
                        task, tries = again.pop() if again else (next(waiting, None), 0)
                        if task is None:
                            break
                        # Noted before it is handed out: a pool may break while it takes it.
                        again.append((task, tries))
                        held[pool.submit(work, task)] = again.pop()
                    if not held:
                        return
                    for done in wait(held, return_when=FIRST_COMPLETED).done:
                        result = done.result()
                        task, _ = held.pop(done)
                        yield task, result
            except BrokenProcessPool:
                again.extend((task, tries + 1) for task, tries in held.values())
                raise


def _leave_with_parent() -> None:
    """End this worker when the process that began the run is killed: nobody else would end it."""
    parent = parent_process()
    if parent is None:
        return

    def wait_for_end() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait_for_end, daemon=True).start()


class Dask:
    """The workers of a Dask cluster: the one named, else one of this computer.

    Args:
        workers: how many are started where no cluster is named.
        scheduler: address, e.g. tcp://127.0.0.1:8786, or None.
        patience: seconds in which a scheduler must answer.
    """

    name = "dask"

    def __init__(self, workers: int, scheduler: str | None = None, patience: float = 10.0) -> None:
        self.workers = workers
        self._scheduler, self._patience = scheduler, patience

    def run(
        self, work: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[Task, Result]]:
        """Each task with its result; those of a worker that died are done by another.

        Raises:
            SourceError: no scheduler answers, or a task has taken several workers with it.
        """
        try:
            from distributed import KilledWorker, as_completed
        except ImportError as error:
            raise _no_dask() from error
        waiting = iter(tasks)
        with self._client() as client:
            held: dict[Any, tuple[Task, Any]] = {}
            done = as_completed(loop=client.loop)
            self._hand_out(client, work, waiting, held, done)
            for future in done:
                try:
                    result = future.result()
                except KilledWorker:
                    raise _worn_out() from None
                task, _ = held.pop(future.key)
                future.release()
                yield task, result
                self._hand_out(client, work, waiting, held, done)

    def _hand_out(
        self,
        client: "Client",
        work: Callable[[Task], Result],
        waiting: Iterator[Task],
        held: dict[Any, tuple[Task, Any]],
        done: Any,
    ) -> None:
        """Keep every worker busy; a cluster may grow meanwhile."""
        self.workers = max(1, len(client.ncores()))
        while len(held) < AHEAD * self.workers:
            task = next(waiting, None)
            if task is None:
                return
            future = client.submit(work, task, pure=False)
            held[future.key] = (task, future)
            done.add(future)

    @contextmanager
    def _client(self) -> Iterator["Client"]:
        from distributed import Client, LocalCluster
        from distributed.comm.addressing import get_address_host_port

        if self._scheduler is None:
            with (
                one_thread_each(),
                LocalCluster(
                    n_workers=self.workers, threads_per_worker=1, processes=True,
                    host="127.0.0.1", dashboard_address=None, silence_logs=50,
                ) as cluster,
                Client(cluster, set_as_default=False) as client,
            ):  # fmt: skip
                yield client
            return
        try:
            # A client that does not get through waits and complains once more when it is dropped.
            create_connection(get_address_host_port(self._scheduler), self._patience).close()
            client = Client(self._scheduler, timeout=self._patience, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise _no_scheduler(self._scheduler) from error
        with client:
            if not client.scheduler_info()["workers"]:
                client.wait_for_workers(1, timeout=30)
            yield client


def executor_of(name: str, workers: int | None = None, scheduler: str | None = None) -> Executor:
    """The executor of a name.

    Args:
        name: serial, processes or dask.
        workers: how many work side by side; as many as there are processors when left out.
        scheduler: address of a running Dask scheduler.

    Raises:
        InputError: no such executor, or no worker at all.

    Example:
        >>> executor_of("processes", 2).workers
        2
    """
    many = workers if workers is not None else (os.cpu_count() or 1)
    if name not in EXECUTORS or many < 1:
        what = Words(f"不能这样计算：{name}，{many}", f"Cannot work so: {name}, {many}")
        do = Words("可用：serial、processes、dask", "Use serial, processes or dask")
        raise InputError.of(what, do, where="--executor")
    if name == "serial":
        return Serial()
    return Processes(many) if name == "processes" else Dask(many, scheduler)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Processes started meanwhile use one thread for linear algebra."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


_RESUMABLE = Words(
    "已完成的部分不会丢失，用 --resume 接着算",
    "What is done is kept: go on with --resume",
)


def _worn_out() -> SourceError:
    what = Words(
        f"同一个任务使 {MOST_TRIES} 个计算进程中断，多半是内存不足",
        f"One task took {MOST_TRIES} workers with it, most likely for want of memory",
    )
    do = Words(
        f"请减少 --workers 或换一台内存更大的计算机；{_RESUMABLE.zh}",
        f"Use fewer --workers or a computer with more memory. {_RESUMABLE.en}",
    )
    return SourceError.of(what, do, where="--executor")


def _no_scheduler(address: str) -> SourceError:
    what = Words("没有连上 Dask 调度器", "The Dask scheduler does not answer")
    do = Words(
        f"请核对地址并确认它在运行；{_RESUMABLE.zh}",
        f"Check the address and that it runs. {_RESUMABLE.en}",
    )
    return SourceError.of(what, do, where=address)


def _no_dask() -> InputError:
    what = Words("没有安装 Dask", "Dask is not installed")
    do = Words('请运行 pip install "tanzhe[dask]"', 'Run pip install "tanzhe[dask]"')
    return InputError.of(what, do, where="--executor dask")
