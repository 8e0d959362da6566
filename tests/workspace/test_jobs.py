"""Pieces of work are taken by one at a time, done once, and left to others by who dies."""

import threading
from collections import Counter
from pathlib import Path

from tanzhe.workspace import Workspace
from tanzhe.workspace.jobs import MOST_ATTEMPTS, Jobs


def test_several_workers_do_each_piece_once(place: str | Path) -> None:
    keys = [f"k{number}" for number in range(60)]
    with Workspace.open(place) as workspace:
        Jobs(workspace.db).add("run", keys)
        Jobs(workspace.db).add("run", keys)
    seen: Counter[str] = Counter()
    lock = threading.Lock()

    def work(name: str) -> None:
        with Workspace.open(place) as workspace:
            own = Jobs(workspace.db)
            while (job := own.take("run", name)) is not None:
                with lock:
                    seen[job.key] += 1
                assert own.done(job, f"{job.key} done")

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == Counter(keys)
    with Workspace.open(place) as workspace:
        own = Jobs(workspace.db)
        assert own.counts("run") == {"done": 60}
        assert own.results("run") == {key: f"{key} done" for key in keys}


def test_who_comes_back_late_counts_nothing_twice(workspace: Workspace) -> None:
    own = Jobs(workspace.db)
    own.add("run", ["a"])
    first = own.take("run", "slow", seconds=-1)
    second = own.take("run", "quick")
    assert first is not None and second is not None and second.attempts == 2
    assert own.take("run", "third") is None
    assert own.done(second, "right") and not own.done(first, "late")
    assert own.results("run") == {"a": "right"}


def test_a_piece_that_kills_its_workers_is_given_up(workspace: Workspace) -> None:
    own = Jobs(workspace.db)
    own.add("run", ["a"])
    for _ in range(MOST_ATTEMPTS):
        assert own.take("run", "dies", seconds=-1) is not None
    assert own.take("run", "next") is None


def test_failed_and_given_back(workspace: Workspace) -> None:
    own = Jobs(workspace.db)
    own.add("run", ["a", "b"])
    first = own.take("run", "w")
    assert first is not None and own.failed(first, "why")
    second = own.take("run", "w")
    assert second is not None and second.key == "b" and own.give_back(second)
    assert own.counts("run") == {"failed": 1, "waiting": 1}
    assert own.take("other", "w") is None
