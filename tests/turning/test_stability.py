"""What is told of how often fresh episodes are taken back."""

import pytest

from tanzhe.model import Episodes
from tanzhe.model.episode import STABILITY_AGES, Stability
from tanzhe.reports.answers.episode import episode_lines, episodes_json
from tanzhe.turning.episodes import episodes, stability
from tanzhe.turning.episodes.stability import stability_of
from turning.panels import made_up_panel

TABLE = {
    (True, "established", "0"): Stability(kept=0.75, moved=0.1, rebanded=0.2, later=11, n=40),
    (True, "established", "3"): Stability(kept=0.9, moved=0.1, rebanded=0.2, later=11, n=50),
    (True, "established", "11"): Stability(kept=0.95, moved=0.0, rebanded=0.1, later=11, n=30),
    (False, "possible", "all"): Stability(kept=0.4, moved=0.0, rebanded=0.2, later=11, n=60),
}


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stability, "_measured", lambda: TABLE)


@pytest.mark.parametrize(
    ("age", "kept"), [(-1, None), (0, 0.75), (1, None), (3, 0.9), (5, 0.9), (6, None), (11, 0.95),
                      (12, None)]
)  # fmt: skip
def test_the_figure_is_that_of_the_age(measured: None, age: int, kept: float | None) -> None:
    found = stability_of(lasting=True, band="established", age=age)
    assert (found and found.kept) == kept


def test_other_kinds_and_bands_have_figures_of_their_own(measured: None) -> None:
    assert stability_of(lasting=False, band="established", age=0) is None
    assert stability_of(lasting=True, band="possible", age=0) is None


def test_where_an_age_was_seen_too_rarely_all_ages_count(measured: None) -> None:
    assert stability_of(lasting=False, band="possible", age=3) == TABLE[(False, "possible", "all")]
    assert stability_of(lasting=False, band="possible", age=12) is None


def test_the_packaged_table_holds_shares_of_enough_cases() -> None:
    found = [
        one
        for lasting in (True, False)
        for band in ("established", "possible")
        for age in STABILITY_AGES
        if (one := stability_of(lasting=lasting, band=band, age=age)) is not None
    ]
    assert found and all(one.n >= stability.FEWEST and one.later == 11 for one in found)
    lasting = stability_of(lasting=True, band="established", age=6)
    month = stability_of(lasting=False, band="possible", age=0)
    assert lasting is not None and month is not None and month.kept < lasting.kept


def fallen(periods_ago: int) -> Episodes:
    """A panel in which one region fell by half so many periods before the end."""
    first = made_up_panel(3, rho=0.3, size=0.0, n=10, years=6).series(0)
    values = tuple(
        value and value * (0.5 if i >= len(first) - 1 - periods_ago else 1.0)
        for i, value in enumerate(first.values)
    )
    return episodes(first.model_copy(update={"values": values}))


def test_a_fresh_episode_says_how_often_such_stood(measured: None) -> None:
    found = fallen(4)
    (fresh,) = (one for one in found.episodes if one.depth_percent < -30)
    assert fresh.stability == TABLE[(True, "established", "3")]
    assert any("一年后有90%仍成立" in line and "50例" in line for line in episode_lines(found))
    assert any(
        "of 50 such findings, 90% of them still stood" in line
        for line in episode_lines(found, "en")
    )
    told = episodes_json(found)["episodes"]
    assert isinstance(told, list)
    assert any(isinstance(one, dict) and one["stability"] is not None for one in told)


def test_an_old_episode_says_nothing_of_it(measured: None) -> None:
    found = fallen(30)
    (old,) = (one for one in found.episodes if one.depth_percent < -30)
    assert old.stability is None
    assert not any("一年后仍成立" in line for line in episode_lines(found))
