"""Begin and end of episodes: what is sought around which of them."""

import pytest

from evidence.conftest import episodes_of, make_episode
from tanzhe.evidence import ChronicleFinder, edges_of, gather


def test_an_episode_has_a_begin_and_where_it_ended_an_end() -> None:
    moved = (("nonferrous_metals_10", -9.0), ("cement", -3.0))
    begin, end = edges_of(episodes_of(make_episode(contributions=moved)))
    assert (begin.name, begin.period, begin.percent) == ("begin", "2021-05", -12.0)
    assert (end.name, end.period, end.interval) == ("end", "2021-09", ("2021-09", "2021-09"))
    # What fell comes back: the causes of the end push the other way, in the same products.
    assert end.percent == 12.0
    assert [one.percentage_points for one in end.drivers] == [9.0, 3.0]
    (lasting,) = edges_of(episodes_of(make_episode(end=None)))
    assert lasting.name == "begin"


@pytest.mark.parametrize("scope", ["data", "calendar"])
def test_artefacts_have_no_edges(scope: str) -> None:
    assert edges_of(episodes_of(make_episode(scope=scope))) == ()
    assert gather(episodes_of(make_episode(scope=scope)), [ChronicleFinder()]) == ()


@pytest.mark.parametrize(
    ("depth", "excess", "exceeds"),
    [(-12.0, -6.0, True), (-12.0, -1.0, False), (-12.0, 6.0, False), (12.0, 6.0, True),
     (-12.0, None, False)],
)  # fmt: skip
def test_an_own_excess_is_told(depth: float, excess: float | None, exceeds: bool) -> None:
    episode = make_episode(depth=depth, excess=excess, scope="national")
    assert {edge.exceeds for edge in edges_of(episodes_of(episode))} == {exceeds}


def test_evidence_is_told_apart_by_edge() -> None:
    found = gather(episodes_of(make_episode()), [ChronicleFinder()])
    assert [(one.point, one.edge) for one in found] == [
        ("CN-YN-industry-2021-05", "begin"),
        ("CN-YN-industry-2021-05", "end"),
    ]
    assert found[0].events[0].event.id == "cn-yn-2021-05-aluminium-power-rationing"
    assert found[1].searched.first == "2021-07-01"
