"""Begin and end of episodes: what is sought around which of them."""

from datetime import date

import pytest

from evidence.conftest import episodes_of, make_episode
from evidence.trials import Fixed
from tanzhe.evidence.events.verified import verified_share
from tanzhe.evidence.finders.find import ChronicleFinder
from tanzhe.evidence.gather import gather
from tanzhe.evidence.links.edge import edges_of
from tanzhe.evidence.links.window import ending
from tanzhe.model import (
    Episode,
    Event,
    EventDate,
    EventPlace,
    Evidence,
    LinkedEvent,
    Source,
    VerifiedShare,
)
from tanzhe.places import find_place, provinces


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
    assert found[1].searched.first == "2021-07-01"  # two months before


def event(**change: object) -> Event:
    base = Event(
        id="mine-1", name="云南电解铝有序用电", kind="event", stage="started",
        instrument="power_rationing", direction="down",
        dates=(EventDate(kind="happened", date="2021-05-10", until="2021-08-25", precision="day",
                         status="catalogued"),),
        places=(EventPlace(code="CN-YN", name="云南", status="catalogued"),),
        sectors=("industry", "power"), industries=("aluminium",), summary="",
        status="catalogued", sources=(Source(publisher="局", tier="media"),),
    )  # fmt: skip
    return base.model_copy(update=change)


def asked(
    episode: Episode, *events: Event, sector: str = "nonferrous_metals_10", region: str = "CN-YN"
) -> tuple[Evidence, ...]:
    return gather(episodes_of(episode, sector=sector, region=region), [Fixed(events)])


def test_at_an_end_a_lifted_curb_counts_and_a_new_one_does_not() -> None:
    episode = make_episode("2021-05", "2021-09")
    again = event(id="mine-2", dates=(event().dates[0].model_copy(
        update={"date": "2021-09-05", "until": None}),))  # fmt: skip
    restart = again.model_copy(update={"id": "mine-3", "direction": "up", "instrument": "restart"})
    begin, end = asked(episode, event(), again, restart)
    assert [(one.event.id, one.link.moment) for one in begin.events if not one.link.context] == [
        ("mine-1", "begin")
    ]
    graded = {one.event.id: (one.link.moment, one.link.grade) for one in end.events}
    assert graded["mine-3"] == ("begin", "medium")
    assert graded["mine-1"] == ("end", "medium")
    assert graded["mine-2"][1] == "none"  # pushes the same way again: no reason to come back
    # Told as it is: the curb with its own direction and dates.
    lifted = next(one for one in end.events if one.event.id == "mine-1")
    assert (lifted.event.direction, lifted.event.dates) == ("down", event().dates)
    assert lifted.link.ended == "2021-08-25"


def test_what_was_over_before_it_began_did_not_end_it() -> None:
    curb = event(dates=(event().dates[0].model_copy(update={"until": "2021-07-31"}),))
    _, end = asked(make_episode("2021-08", "2021-09"), curb)
    assert end.events == ()
    assert end.searched.first == "2021-08-01"


def test_an_event_stands_once_where_its_better_side_stands() -> None:
    short = event(dates=(event().dates[0].model_copy(update={"until": "2021-05-25"}),))
    worse = event(id="mine-2", sources=(Source(publisher="转", tier="mirror"),),
                  dates=(event().dates[0].model_copy(update={"until": None}),))  # fmt: skip
    (found,) = asked(make_episode("2021-05", None), worse, short)
    assert [(one.event.id, one.link.moment) for one in found.events] == [
        ("mine-1", "begin"),
        ("mine-2", "begin"),
    ]


@pytest.mark.parametrize(
    ("change", "ends"),
    [
        ({}, True),
        ({"kind": "project"}, False),  # a plant that opened does not close at its date's end
        ({"kind": "statistic"}, False),
        ({"direction": "none"}, False),
        ({"instrument": "environmental_inspection"}, False),  # nothing is lifted when it leaves
        ({"dates": (EventDate(kind="happened", date="2021-01-01", until="2021-12-31",
                              precision="year", status="catalogued"),)}, False),
        ({"dates": (EventDate(kind="effective", date="2019-01-01", until="2021-08-31",
                              precision="day", status="catalogued"),)}, False),
        ({"dates": (EventDate(kind="happened", date="2021-05-10", precision="day",
                              status="catalogued"),)}, False),
    ],
)  # fmt: skip
def test_only_what_acts_while_it_lasts_has_an_end(change: dict[str, object], ends: bool) -> None:
    assert (ending(event(**change)) is not None) is ends


def test_what_was_in_force_when_it_began_is_weak_at_most() -> None:
    (begin,) = asked(make_episode("2021-08", None), event())
    (one,) = begin.events
    assert (one.link.moment, one.link.grade, one.link.lag_months) == ("during", "weak", 3)
    # What was over by then is not found.
    (later,) = asked(make_episode("2021-11", None), event())
    assert later.events == ()


@pytest.mark.parametrize(
    ("sector", "industries", "grade"),
    [
        ("crude_steel", ("steel", "coking"), "medium"),
        ("crude_steel", ("cement",), "none"),
        ("cement", ("steel",), "none"),
        ("cement", (), "medium"),
        ("industry", ("aluminium",), "medium"),
        ("industry", ("glass",), "none"),  # did not move
        ("industry", ("textiles",), "none"),  # is no part of it
    ],
)
def test_events_of_industries_that_did_not_move_are_none(
    sector: str, industries: tuple[str, ...], grade: str
) -> None:
    moved = (("nonferrous_metals_10", -9.0), ("cement", -2.8), ("flat_glass", -0.2))
    episode = make_episode("2021-05", None, contributions=moved)
    (found,) = asked(episode, event(industries=industries), sector=sector)
    assert [one.link.grade for one in found.events] == [grade]


@pytest.mark.parametrize(
    ("sector", "percent", "grade"),
    [("hydro_power_generation", -20.0, "medium"), ("thermal_power_generation", 20.0, "medium"),
     ("thermal_power_generation", -20.0, "none"), ("hydro_power_generation", 20.0, "none"),
     ("solar_power_generation", -20.0, "none")],
)  # fmt: skip
def test_a_drought_lowers_hydropower_and_raises_coal(
    sector: str, percent: float, grade: str
) -> None:
    drought = event(instrument="weather", direction="up", industries=("hydro",), sectors=("power",))
    (found,) = asked(make_episode("2021-05", None, depth=percent), drought, sector=sector)
    assert [one.link.grade for one in found.events] == [grade]


def test_national_measures_come_first_at_what_the_nation_shares() -> None:
    national = event(id="nation", places=(EventPlace(code="CN", name="全国", status="catalogued"),))
    shared = make_episode("2021-05", None, scope="national", excess=0.0)
    own = make_episode("2021-05", None, scope="province")
    further = make_episode("2021-05", None, scope="national", excess=-8.0)
    assert [one.event.id for one in asked(shared, event(), national)[0].events] == [
        "nation",
        "mine-1",
    ]
    assert [one.event.id for one in asked(own, event(), national)[0].events] == [
        "mine-1",
        "nation",
    ]
    scores = {one.event.id: one.link.score for one in asked(further, event(), national)[0].events}
    assert scores["mine-1"] == pytest.approx(scores["nation"])


def test_what_most_provinces_did_is_the_nations() -> None:
    isos = [place.iso for place in provinces()]
    alike = [
        event(id=f"level-1-{iso}", instrument="epidemic", industries=(),
              places=(EventPlace(code=iso, name=iso, status="catalogued"),))
        for iso in isos
    ]  # fmt: skip
    episode = make_episode("2021-05", None, scope="national")
    (few,) = asked(episode, *alike[:8], alike[isos.index("CN-YN")])
    (most,) = asked(episode, *alike)
    assert [one.event.id for one in most.events] == ["level-1-CN-YN"]
    assert most.events[0].link.score > few.events[0].link.score
    assert "shared_measure" in {note.code for note in most.events[0].event.notes}
    assert "shared_measure" not in {note.code for note in few.events[0].event.notes}
    (nation,) = asked(episode.model_copy(update={"scope": "province"}), *alike, region="CN")
    assert nation.events[0].link.grade == "medium"
    assert nation.events[0].event.name.startswith("31个省份的同类措施，如")
    assert (nation.events[0].event.name_en or "").startswith("similar measures in 31 provinces")
    # Told once for the nation, where one province's own event is no cause.
    assert len(nation.events) == 1
    (none,) = asked(episode, event(), region="CN")
    assert none.events == ()


def test_background_is_apart_and_few() -> None:
    plans = [
        event(id=f"plan-{n}", kind="policy", instrument="planning_target", direction="none",
              dates=(EventDate(kind="issued", date=f"2021-0{n}-01", precision="day",
                               status="catalogued"),))
        for n in (1, 2, 3, 4)
    ]  # fmt: skip
    old = event(id="old", kind="policy", instrument="planning_target",
                dates=(EventDate(kind="issued", date="2015-01-01", precision="day",
                                 status="catalogued"),))  # fmt: skip
    other = plans[0].model_copy(update={"id": "other", "industries": ("textiles",)})
    lead = plans[0].model_copy(update={"id": "lead", "reviewed": False})
    begin, end = asked(make_episode(), *plans, old, other, lead, event())
    assert [one.event.id for one in begin.background] == ["plan-4", "plan-3", "plan-2"]
    assert {one.link.grade for one in begin.background} == {"none"}
    assert [one.event.id for one in begin.events] == ["mine-1"]
    assert end.background == ()


def test_what_was_not_known_yet_is_hidden() -> None:
    late = event(id="told-late", sources=(
        Source(publisher="报", tier="media", published="2023-01-05"),))  # fmt: skip
    found = episodes_of(make_episode("2021-05", "2021-09"), sector="nonferrous_metals_10")
    begin, end = gather(found, [Fixed([event(), late])], known_by=date(2021, 6, 30))
    then = found.series.model_copy(update={"as_of": "2021-06"})
    asked = found.model_copy(update={"series": then})
    assert gather(asked, [Fixed([event(), late])]) == (begin, end)
    assert [one.event.id for one in begin.events] == ["mine-1"]
    assert begin.events[0].event.dates[0].until is None  # nobody could know when it would end
    assert end.events == ()
    ordered = event(dates=(event().dates[0].model_copy(update={"kind": "effective"}),))
    _, end = gather(found, [Fixed([ordered])], known_by=date(2021, 6, 30))
    assert [one.link.moment for one in end.events] == ["end"]


def test_the_verified_share_counts_statements() -> None:
    catalogued = event(summary="五月起压减。", document_number="云〔2021〕1号")
    # Name, summary, number, one date, one place.
    assert verified_share([catalogued, catalogued]) == VerifiedShare(
        verified=0, catalogued=5, printed=5
    )
    read = event(
        id="doc-1", status="verified",
        dates=(event().dates[0].model_copy(update={"status": "verified"}),),
        places=(EventPlace(code="CN-YN", name="云南", status="verified"),
                EventPlace(code="CN-GZ", name="贵州", status="unsupported")),
    )  # fmt: skip
    both = verified_share([catalogued, read])
    assert (both.verified, both.printed, both.share) == (3, 8, 3 / 8)
    assert verified_share([event(reviewed=False)]).share is None


@pytest.mark.parametrize(
    "sector",
    ["industry", "power", "cement", "crude_steel", "nonferrous_metals_10",
     "thermal_power_generation", "electricity_consumption"],
)  # fmt: skip
def test_the_epidemic_is_found_in_every_province(sector: str) -> None:
    finder = ChronicleFinder()
    shared = make_episode("2020-02", "2020-04", scope="national", excess=0.0)
    missed = []
    for place in (*provinces(), find_place("全国")):
        begin, end = gather(
            episodes_of(shared, region=place.iso, sector=sector), [finder], most=200
        )
        best = {edge: _best(found) for edge, found in (("begin", begin), ("end", end))}
        if best["begin"] is None or best["begin"].event.instrument != "epidemic":
            missed.append((place.iso, "begin"))
        # The lifting: everywhere but where the records know of none (Ningxia, Tibet).
        if best["end"] is None and place.iso not in ("CN-NX", "CN-XZ"):
            missed.append((place.iso, "end"))
    assert missed == []


def _best(found: Evidence) -> LinkedEvent | None:
    graded = [one for one in found.events if one.link.grade != "none"]
    order = ("strong", "medium", "weak")
    return min(graded, key=lambda one: (order.index(one.link.grade), -one.link.score), default=None)
