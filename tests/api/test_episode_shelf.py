"""A searched panel is kept in the workspace for its other regions, by the code that made it."""

from pathlib import Path

import pytest

from tanzhe.api.series.episode import episodes
from tanzhe.api.series.turning import load
from tanzhe.turning.episodes import kept
from tanzhe.workspace import Workspace

SPAN = {"since": "2020-02", "until": "2022-12"}


def test_the_next_region_need_not_search_the_panel_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_KNOWN", {})
    with Workspace.open(tmp_path) as workspace:
        episodes(load("宁夏", "cement", **SPAN), workspace=workspace)
        known = dict(kept._KNOWN)
        alone = episodes(load("青海", "cement", **SPAN))
        assert kept._KNOWN.keys() == known.keys()  # one panel, whoever asks
        kept._KNOWN.clear()  # as in a new process
        monkeypatch.setattr(kept, "judge", lambda *_: pytest.fail("searched anew"))
        next_one = episodes(load("青海", "cement", **SPAN), workspace=workspace)
        assert next_one.episodes == alone.episodes and next_one.expected == alone.expected
        kept._KNOWN.clear()
        monkeypatch.setattr(kept, "key", lambda *_: "other code")
        with pytest.raises(pytest.fail.Exception, match="searched anew"):
            episodes(load("甘肃", "cement", **SPAN), workspace=workspace)
