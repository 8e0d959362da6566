"""A clock that is set back a day, or ahead a year, loses nothing that was kept.

Order is that of writing, keys are those of content, and a session is timed by a clock that nobody
sets; what a wall clock says is only told.
"""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from runs.conftest import cities, files_of, table

from tanzhe.api.batches.batch import batch, resume
from tanzhe.api.batches.tasks import Ask
from tanzhe.tracking.board import Board, Wanted
from tanzhe.tracking.items import Item
from tanzhe.workspace import Workspace
from tanzhe.workspace.reviews import Reviews

START = datetime.fromisoformat("2026-03-01T08:00:00+00:00")
Set = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Set]:
    """Sets the wall clock of every module of ours."""
    told = [START]

    class Wall(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Wall":
            now = told[0] if tz is None else told[0].astimezone(tz)
            return cls.fromisoformat(now.isoformat())

    for name, module in list(sys.modules.items()):
        if name.startswith("tanzhe") and vars(module).get("datetime") is datetime:
            monkeypatch.setattr(module, "datetime", Wall)
    monkeypatch.setattr(time, "time", lambda: told[0].timestamp())

    def put(at: datetime) -> None:
        told[0] = at

    yield put


JUMPS = [timedelta(days=-1), timedelta(days=365)]


@pytest.mark.parametrize("jump", JUMPS, ids=["back", "ahead"])
def test_decisions_and_kept_answers(tmp_path: Path, clock: Set, jump: timedelta) -> None:
    with Workspace.open(tmp_path) as workspace:
        own = Reviews(workspace.db)
        own.keep([("event", "{}", [])])
        own.decide("event", "accept")
        workspace.store_json("kind", "key", "one")
        clock(START + jump)
        own.decide("event", "reject")
        assert workspace.fetch_json("kind", "key") == "one"
    with Workspace.open(tmp_path) as workspace:
        own = Reviews(workspace.db)
        assert own.standings()["event"].state == "rejected"
        assert [one.action for one in own.history("event")] == ["accept", "reject"]
        at = [one.at for one in own.history("event")]
        assert at == [START.isoformat(), (START + jump).isoformat()]


@pytest.mark.parametrize("jump", JUMPS, ids=["back", "ahead"])
def test_a_run_is_gone_on_with(tmp_path: Path, clock: Set, jump: timedelta) -> None:
    data = table(tmp_path / "in.csv", cities(3))
    whole = batch(Ask(data=str(data)), out=tmp_path / "whole")
    shutil.copytree(whole.folder, tmp_path / "half")
    for lost in (tmp_path / "half" / "episodes").rglob("*.parquet"):
        lost.unlink()
    clock(START + jump)
    again = resume(tmp_path / "half")
    assert again.manifest.id == whole.manifest.id
    assert files_of(again.folder) == files_of(whole.folder)


@pytest.mark.parametrize("jump", JUMPS, ids=["back", "ahead"])
def test_the_last_change_of_a_board_stands(tmp_path: Path, clock: Set, jump: timedelta) -> None:
    board = Board(tmp_path)
    board.add([Item.model_validate({"id": "T1", "kind": "task", "title": "一"})], "张三")
    board.change([Wanted("T1", {"title": "二"})], "张三", "改名")
    clock(START + jump)
    board.change([Wanted("T1", {"title": "三"})], "张三", "改名")
    assert Board(tmp_path).items()["T1"].title == "三"
