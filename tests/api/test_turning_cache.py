"""A kept result is served again only by the code that made it."""

from pathlib import Path

import pytest

from tanzhe.api import load, turning_points
from tanzhe.api import turning as asked
from tanzhe.api._engine import PARTS, engine
from tanzhe.turning import kept
from tanzhe.workspace import Workspace


def test_a_result_of_other_code_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = []
    search = asked.search
    monkeypatch.setattr(asked, "search", lambda *a, **k: searches.append(a) or search(*a, **k))
    series = load("海南", "cement", since="2020-02", until="2023-12")
    with Workspace.open(tmp_path) as workspace:
        first = turning_points(series, workspace=workspace)
        assert turning_points(series, workspace=workspace).points == first.points
        assert len(searches) == 1
        monkeypatch.setattr(asked, "engine", lambda: "other code")
        turning_points(series, workspace=workspace)
        assert len(searches) == 2


def test_every_part_of_the_engine_is_there() -> None:
    root = Path(asked.__file__).parents[1]
    assert all((root / part).exists() for part in PARTS)
    assert len(engine()) == 64


def test_the_next_province_need_not_learn_the_panel_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    span = {"since": "2020-02", "until": "2022-12"}
    alone = turning_points(load("青海", "cement", **span))
    with Workspace.open(tmp_path) as workspace:
        monkeypatch.setattr(kept, "_KNOWN", {})
        turning_points(load("宁夏", "cement", **span), workspace=workspace)
        monkeypatch.setattr(kept, "_KNOWN", {})  # as in a new process
        monkeypatch.setattr(kept, "learnt_from", lambda *_: pytest.fail("learnt anew"))
        next_one = turning_points(load("青海", "cement", **span), workspace=workspace)
        assert next_one.points == alone.points and next_one.adjusted == alone.adjusted
        monkeypatch.setattr(asked, "engine", lambda: "other code")
        monkeypatch.setattr(kept, "_KNOWN", {})
        with pytest.raises(pytest.fail.Exception, match="learnt anew"):
            turning_points(load("青海", "cement", **span), workspace=workspace)
