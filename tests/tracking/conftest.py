"""A board that lives in a folder, with a clock that tests set."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tanzhe.tracking.board import Board
from tanzhe.tracking.items import Item

SEED = Path(__file__).parents[1] / "policy" / "data"
TODAY = date(2026, 6, 30)


class Clock:
    """Says a later second each time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 30, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return Board(tmp_path / "tracking", Clock())


@pytest.fixture
def task(board: Board) -> Callable[..., Item]:
    def make(id: str = "T1", **fields: object) -> Item:
        tree = {"id": id, "kind": "task", "title": "推进直供", **fields}
        return board.add([Item.model_validate(tree)], "张三")[0]

    return make
