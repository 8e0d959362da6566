"""A kept result is served again only by the code that made it."""

from pathlib import Path

import pytest
from turning.panels import made_up_panel

from tanzhe.api import episode as asked
from tanzhe.api import turning_points
from tanzhe.api._engine import PARTS, engine
from tanzhe.workspace import Workspace


def test_a_result_of_other_code_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = []
    search = asked.found_in
    monkeypatch.setattr(asked, "found_in", lambda *a, **k: searches.append(a) or search(*a, **k))
    series = made_up_panel(3, rho=0.3, size=6.0, n=2, years=4).series(0)
    with Workspace.open(tmp_path) as workspace:
        first = turning_points(series, workspace=workspace)
        again = turning_points(series, workspace=workspace)
        assert again.model_dump_json() == first.model_dump_json()
        assert len(searches) == 1
        # What is not kept of a series is there again: its peers are compared with.
        assert again.series.peers == first.series.peers != ()
        turning_points(series, top=3, workspace=workspace)
        assert len(searches) == 2
        monkeypatch.setattr(asked, "engine", lambda: "other code")
        turning_points(series, workspace=workspace)
        assert len(searches) == 3


def test_every_part_of_the_engine_is_there() -> None:
    root = Path(asked.__file__).parents[1]
    assert all((root / part).exists() for part in PARTS)
    assert len(engine()) == 64


def test_another_peer_or_second_source_is_another_question() -> None:
    series = made_up_panel(3, rho=0.3, size=6.0, n=3, years=4).series(0)
    other = series.model_copy(update={"peers": series.peers[:1]})
    second = series.model_copy(update={"reference": series.peers[0]})
    assert len({asked._key(one, 0) for one in (series, other, second)}) == 3
