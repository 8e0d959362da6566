"""Work beside the pages."""

import threading
import time

import pytest

from tanzhe.errors import Words
from tanzhe.model import Progress
from tanzhe.web.jobs import Jobs, Stopped

TITLE = Words("事", "work")


@pytest.fixture
def jobs():
    made = Jobs()
    yield made
    made.close()


def test_a_key_is_worked_on_once_and_anew_after_a_failure(jobs: Jobs) -> None:
    asked: list[int] = []

    def work(_: Progress) -> int:
        asked.append(1)
        if len(asked) == 1:
            raise ValueError("first")
        return len(asked)

    first = jobs.ask("key", TITLE, work)
    with pytest.raises(ValueError, match="first"):
        first.future.result(timeout=600)
    second = jobs.ask("key", TITLE, work)
    assert second.future.result(timeout=600) == 2
    assert jobs.ask("key", TITLE, work) is second and len(asked) == 2
    assert jobs.ask("other", TITLE, work).future.result(timeout=600) == 3


def test_what_somebody_waits_for_comes_first(jobs: Jobs) -> None:
    begun, free, order = threading.Event(), threading.Event(), []

    def block(_: Progress) -> None:
        begun.set()
        free.wait(10)

    def note(name: str):
        return lambda _: order.append(name)

    jobs.ask("block", TITLE, block)
    assert begun.wait(10)
    later = jobs.ask("a", TITLE, note("a"), ahead=True)
    jobs.ask("b", TITLE, note("b"), ahead=True)
    jobs.ask("c", TITLE, note("c"))
    jobs.ask("b", TITLE, note("b"))  # somebody came for it
    free.set()
    later.future.result(timeout=600)
    assert order == ["b", "c", "a"]


def test_work_is_cancelled_at_its_next_step_and_tells_how_far_it_is(jobs: Jobs) -> None:
    free = threading.Event()

    def work(told: Progress) -> None:
        told(TITLE, 1, 4)
        free.wait(10)
        told(TITLE, 2, 4)

    job = jobs.ask("key", TITLE, work)
    until = time.monotonic() + 10
    while job.done != 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert (job.done, job.total, job.what) == (1, 4, TITLE)
    assert job.seconds_left is not None and not job.is_done
    job.cancel()
    free.set()
    with pytest.raises(Stopped):
        job.future.result(timeout=600)
