"""Each workspace twice: in a folder, and in a database of a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tanzhe.workspace import Workspace


@pytest.fixture
def workspace(place: str | Path) -> Iterator[Workspace]:
    with Workspace.open(place) as opened:
        yield opened
