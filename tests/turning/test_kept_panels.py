"""A judged panel, kept as text: every digit, for its own panel, and no other."""

import numpy as np
import pytest

from tanzhe.model import Episodes, Series
from tanzhe.turning.episodes import episodes, kept
from tanzhe.turning.episodes.engine import judge
from turning.panels import made_up_panel


class Shelf(dict[str, str]):
    def fetch(self, key: str) -> str | None:
        return self.get(key)

    def store(self, key: str, text: str) -> None:
        self[key] = text


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process."""
    monkeypatch.setattr(kept, "_KNOWN", {})


def some(n: int = 10, region: int = 0, seed: int = 5) -> Series:
    return made_up_panel(seed, rho=0.4, size=4.0, n=n, years=3).series(region)


def said(found: Episodes) -> str:
    return found.model_dump_json(exclude={"manifest": {"created"}})


@pytest.mark.parametrize("n", [4, 10])
def test_another_member_of_a_kept_panel_says_the_same(
    n: int, fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    anew = said(episodes(some(n, region=3)))
    kept._KNOWN.clear()
    episodes(some(n), shelf=shelf)
    assert len(shelf) == n + 1  # the panel and each of its members
    kept._KNOWN.clear()
    monkeypatch.setattr(kept, "judge", lambda *_: pytest.fail("searched anew"))
    assert said(episodes(some(n, region=3), shelf=shelf)) == anew
    # The members that came from the shelf add to each other.
    assert said(episodes(some(n, region=2), shelf=shelf))
    assert said(episodes(some(n, region=3))) == anew


def test_a_panel_is_searched_once_in_a_process(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = said(episodes(some()))
    monkeypatch.setattr(kept, "judge", lambda *_: pytest.fail("searched anew"))
    assert said(episodes(some())) == first
    assert episodes(some(region=4)).series.region != episodes(some()).series.region


def test_other_figures_are_another_panel(fresh: None) -> None:
    shelf = Shelf()
    first = some()
    episodes(first, shelf=shelf)
    count = len(shelf)
    peer = first.peers[0]
    values = np.array(peer.values, dtype=float)
    values[3] *= 1.01
    changed = peer.model_copy(update={"values": tuple(values.tolist())})
    update = {"peers": (changed, *first.peers[1:])}
    episodes(first.model_copy(update=update), shelf=shelf)
    assert len(shelf) == 2 * count  # though both say to come from the same bytes


@pytest.mark.parametrize("text", ["{", '{"alone": 1, "apart": null}'])
def test_a_broken_text_is_searched_anew(fresh: None, text: str) -> None:
    shelf = Shelf()
    before = said(episodes(some(), shelf=shelf))
    good = dict(shelf)
    for key in shelf:
        shelf[key] = text
    kept._KNOWN.clear()
    assert said(episodes(some(), shelf=shelf)) == before
    assert shelf == good


def test_the_panel_of_other_regions_is_not_taken() -> None:
    first = some()
    members = [first, *first.peers]
    figures = kept.figures_of(members)
    judged = judge(*figures)
    text = kept.panel_text(judged)
    assert kept.judged_from(text, {}, figures, judged.settings) is not None
    assert kept.judged_from(text, {}, kept.figures_of(members[:-1]), judged.settings) is None


def test_only_the_last_panels_are_remembered(fresh: None) -> None:
    for seed in range(kept.MOST_KNOWN + 2):
        episodes(some(n=2, seed=seed))
    assert len(kept._KNOWN) == kept.MOST_KNOWN
