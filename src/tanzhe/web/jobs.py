"""Long work in one thread beside the pages: asked for once, told how far it is, kept."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from typing import Any, Generic, TypeVar

import anyio.to_thread

from tanzhe.errors import Words
from tanzhe.model import Progress

Result = TypeVar("Result")
# So many answers are kept; a series with its report is a few megabytes.
MOST_KEPT = 256
# Seconds that the step at hand is waited for when the server ends.
LAST_STEP = 5.0
# An estimate of what is left is said from this part of the work on.
FIRST_SHARE = 0.02


class Stopped(Exception):
    """Somebody cancelled the work, or the server ends."""


class Job(Generic[Result]):
    """A piece of work.

    Attributes:
        number: its name in addresses, /runs/{number}.
        title: what it does, for a reader.
        address: the page that waits for it, or empty.
        owner: the member whose it is; empty: everybody's.
        what: the step it is at.
        done: how many of the step are done.
        total: how many there are; 0: not known.
        asked: when it was asked for, seconds since the epoch.
        before: the last good answer to the same question, of an older state; or None.
    """

    def __init__(
        self,
        number: int,
        title: Words,
        address: str = "",
        owner: str = "",
        state: Callable[[], Hashable] = lambda: None,
    ) -> None:
        self.number = number
        self.title = title
        self.address = address
        self.owner = owner
        self.what = Words("排队", "waiting")
        self.done = 0
        self.total = 0
        self.asked = time.time()
        self.future: Future[Result] = Future()
        self.before: Result | None = None
        self._state = state
        self._began_with: Hashable = None
        self._begun: float | None = None
        self._stop = threading.Event()

    @property
    def is_done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.future.done()

    @property
    def result(self) -> Result:
        """What came of it; raises what went wrong."""
        return self.future.result(timeout=0)

    @property
    def failure(self) -> BaseException | None:
        """What went wrong, or None."""
        return self.future.exception(timeout=0) if self.future.done() else None

    @property
    def seconds_left(self) -> float | None:
        """About how long it still takes; None where that cannot be told."""
        share = self.done / self.total if self.total else 0.0
        if self._begun is None or share < FIRST_SHARE:
            return None
        return (time.monotonic() - self._begun) * (1 - share) / share

    def holds(self) -> bool:
        """Whether its answer is, or will be, that of the state as it is now."""
        return self._begun is None or self._began_with == self._state()

    def cancel(self) -> None:
        """Stop it at its next step."""
        self._stop.set()

    def progress(self, what: Words, done: int, total: int) -> None:
        """The `Progress` that the work tells."""
        if self._stop.is_set():
            raise Stopped
        self.what, self.done, self.total = what, done, total

    def run(self, work: Callable[[Progress], Result]) -> None:
        """Do it, in whatever thread this is called."""
        self._began_with = self._state()
        self._begun = time.monotonic()
        try:
            self.progress(Words("开始", "starting"), 0, 0)
            self.future.set_result(work(self.progress))
        except BaseException as error:
            # Of a job nobody may be waiting for: the error is its result, never lost.
            self.future.set_exception(error)

    async def wait(self, seconds: float) -> bool:
        """Wait for its end without holding anybody up; whether it has ended."""
        if not self.future.done() and seconds > 0:
            await anyio.to_thread.run_sync(lambda: wait_for([self.future], timeout=seconds))
        return self.future.done()


class Jobs:
    """All work of a server; each key is worked on once and its answer kept.

    What a reader waits for comes before what is worked out in advance.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Job[Any]] = OrderedDict()
        self._queue: list[tuple[bool, int, Job[Any], Callable[[Progress], Any]]] = []
        self._changed = threading.Condition()
        self._number = 0
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="tanzhe-work", daemon=True)
        self._thread.start()

    def ask(
        self,
        key: Hashable,
        title: Words,
        work: Callable[[Progress], Result],
        *,
        address: str = "",
        owner: str = "",
        state: Callable[[], Hashable] = lambda: None,
        ahead: bool = False,
        quick: bool = False,
    ) -> Job[Result]:
        """The job of a key: the one that is there, else a new one.

        Args:
            key: what is asked, with everything the answer rests on but its state.
            title: what it does.
            work: handed the `Progress` to tell.
            address: the page that waits for it.
            owner: the member whose it is; empty: everybody's.
            state: gives what may change under the answer: where it did, the work is done anew, and
                the last answer stands in meanwhile (`Job.before`).
            ahead: nobody waits for it yet: it comes after what somebody waits for.
            quick: a matter of seconds, which does not wait for a panel that is being learnt.
        """
        with self._changed:
            job = self._kept.get(key)
            if job is None or job.failure is not None or not job.holds():
                self._number += 1
                last, job = job, Job(self._number, title, address, owner, state)
                if last is not None:
                    good = last.is_done and last.failure is None
                    job.before = last.result if good else last.before
                self._kept[key] = job
                if quick:
                    threading.Thread(target=job.run, args=(work,), daemon=True).start()
                else:
                    self._queue.append((ahead, job.number, job, work))
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            elif not ahead:
                self._hurry(job)
            self._kept.move_to_end(key)
            self._changed.notify()
            return job

    def _hurry(self, job: Job[Any]) -> None:
        """Somebody waits now for what was to be worked out in advance."""
        self._queue = [
            (ahead and queued is not job, number, queued, work)
            for ahead, number, queued, work in self._queue
        ]

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._queue and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                first = min(self._queue, key=lambda one: one[:2])
                self._queue.remove(first)
            _, _, job, work = first
            job.run(work)

    def __iter__(self) -> Iterator[Job[Any]]:
        """All jobs that are kept, the newest first."""
        with self._changed:
            return iter(sorted(self._kept.values(), key=lambda job: -job.number))

    def of(self, number: int) -> Job[Any] | None:
        """The job of a number, or None."""
        return next((job for job in self if job.number == number), None)

    def close(self) -> None:
        """Cancel what is under way, begin nothing more; waits a moment for the step at hand."""
        for job in self:
            job.cancel()
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(LAST_STEP)
