"""One prepared workspace and one server for all tests of the pages."""

import fcntl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
import uvicorn

from tanzhe.web.app import build
from tanzhe.web.desk import Asked, Desk
from tanzhe.web.pages import overview
from tanzhe.web.settings import Settings

PATIENCE = 600


class Served(NamedTuple):
    """A running server.

    Attributes:
        address: without a slash at its end.
        desk: behind it.
    """

    address: str
    desk: Desk

    def get(self, path: str, **options: object) -> httpx.Response:
        """The answer, once it is worked out."""
        until = time.monotonic() + PATIENCE
        while True:
            found = httpx.get(self.address + path, timeout=PATIENCE, **options)  # type: ignore[arg-type]
            if found.status_code != 202 or time.monotonic() > until:
                return found
            time.sleep(0.2)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the panels of industry are learnt: once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    place = shared / "served"
    with (shared / "served.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "prepared").exists():
            desk = Desk(Settings(workspace=place))
            for job in (desk.overview("industry"), desk.told(Asked("CN-YN", "industry"))):
                job.future.result(timeout=PATIENCE)
            desk.close()
            (place / "prepared").touch()
    return place


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[Served]:
    # One sector is enough for the table: each further one would be a panel to learn.
    overview.TABLE = ("industry",)
    with serving(Settings(workspace=folder, warm=False, port=0)) as found:
        yield found


class serving:
    """A server in a thread, for as long as the block lasts."""

    def __init__(self, settings: Settings) -> None:
        self._app = build(settings)
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._app, host="127.0.0.1", port=0, log_level="warning", timeout_keep_alive=600
            )
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Served:
        self._thread.start()
        until = time.monotonic() + 60
        while not self._server.started:
            assert time.monotonic() < until and self._thread.is_alive()
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return Served(f"http://127.0.0.1:{port}", self._app.state.desk)

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=30)
