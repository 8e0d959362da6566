"""A kept result is served again only to the same question, by the code and data that made it."""

from pathlib import Path

import pytest
from turning.panels import made_up_panel

from tanzhe.api.series import episode as asked
from tanzhe.api.series.turning import turning_points
from tanzhe.model import Series
from tanzhe.workspace import Workspace


def test_a_changed_series_is_another_question(
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
        doubled = tuple(None if one is None else 2 * one for one in series.values)
        other = turning_points(series.model_copy(update={"values": doubled}), workspace=workspace)
        assert len(searches) == 3
        assert other.series.values == doubled
        monkeypatch.setattr(asked, "key", lambda *_: "other code")
        turning_points(series, workspace=workspace)
        assert len(searches) == 4


def test_every_field_of_a_series_and_of_its_company_is_part_of_the_question() -> None:
    series = made_up_panel(3, rho=0.3, size=6.0, n=2, years=4).series(0)
    series = series.model_copy(update={"reference": series.peers[0]})
    changed = [series.model_copy(update={name: "other"}) for name in Series.model_fields]
    changed += [
        series.model_copy(update={"peers": (series.peers[0].model_copy(update={name: "other"}),)})
        for name in Series.model_fields
    ]
    keys = {asked.key("tanzhe.api.series.episode", 0, one) for one in (series, *changed)}
    assert len(keys) == 1 + 2 * len(Series.model_fields)
