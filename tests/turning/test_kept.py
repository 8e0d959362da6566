"""What a panel taught, kept as text: every digit, for its own panel, and no other."""

import pytest

from tanzhe.errors import InputError
from tanzhe.model import Series, TurningPoints
from tanzhe.turning import kept, learn, turning_points
from tanzhe.turning.joint import learnt_from
from tanzhe.turning.prepare import prepared
from tanzhe.turning.settings import DEFAULT
from turning.panels import made_up_panel


class Shelf(dict[str, str]):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def fetch(self, key: str) -> str | None:
        self.asked.append(key)
        return self.get(key)

    def store(self, key: str, text: str) -> None:
        self[key] = text


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process."""
    monkeypatch.setattr(kept, "_KNOWN", {})


def some(n: int = 9, seed: int = 5, region: int = 0) -> Series:
    return made_up_panel(seed, rho=0.4, size=4.0, n=n, years=3).series(region)


def said(points: TurningPoints) -> str:
    return points.model_dump_json(exclude={"manifest": {"created"}})


@pytest.mark.parametrize("n", [4, 9])
def test_lessons_come_back_with_every_digit(n: int) -> None:
    first = some(n)
    values = {s.region: prepared(s) for s in (first, *first.peers)}
    panel = learnt_from(values, DEFAULT)
    text = kept.text_of(panel)
    again = kept.panel_from(text, values, DEFAULT)
    assert again is not None and kept.text_of(again) == text
    assert (again.apart is None) == (panel.apart is None) == (n == 4)
    assert again.alone.prior.log_rates.tolist() == panel.alone.prior.log_rates.tolist()
    if panel.apart and again.apart:
        for region, left in panel.apart.left.items():
            assert again.apart.left[region].logs.tolist() == left.logs.tolist()
            assert again.apart.left[region].missing == left.missing


def test_another_province_of_a_kept_panel_says_the_same(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    learn(some(), shelf)
    assert len(shelf) == 1
    learnt = turning_points(some(region=3), top=3)
    kept._KNOWN.clear()
    monkeypatch.setattr(kept, "learnt_from", lambda *_: pytest.fail("learnt anew"))
    assert said(turning_points(some(region=3), top=3, shelf=shelf)) == said(learnt)


def test_other_values_are_another_panel(fresh: None) -> None:
    shelf = Shelf()
    first = some()
    learn(first, shelf)
    changed = first.peers[0].model_copy(
        update={"values": (first.peers[0].values[0] or 0.0, *first.peers[0].values[:-1])}
    )
    learn(first.model_copy(update={"peers": (changed, *first.peers[1:])}), shelf)
    assert len(shelf) == 2  # though both say to come from the same bytes


@pytest.mark.parametrize("text", ["{", '{"alone": 1, "apart": null}'])
def test_a_broken_text_is_learnt_anew(fresh: None, text: str) -> None:
    shelf = Shelf()
    before = said(turning_points(some(), shelf=shelf))
    (key,) = shelf
    good = shelf[key]
    shelf[key] = text
    kept._KNOWN.clear()
    assert said(turning_points(some(), shelf=shelf)) == before
    assert shelf[key] == good


def test_the_lessons_of_other_regions_are_not_taken(fresh: None) -> None:
    first = some()
    values = {s.region: prepared(s) for s in (first, *first.peers)}
    text = kept.text_of(learnt_from(values, DEFAULT))
    assert kept.panel_from(text, dict(list(values.items())[:-1]), DEFAULT) is None


def test_a_series_that_cannot_be_searched_teaches_nothing(fresh: None) -> None:
    shelf = Shelf()
    with pytest.raises(InputError):
        learn(some().model_copy(update={"merged": False}), shelf)
    learn(some().model_copy(update={"values": (0.0,) * 33}), shelf)
    assert not shelf
