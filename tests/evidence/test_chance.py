"""Judgement against chance: what is compared with what."""

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from evidence.conftest import MakeFound
from evidence.trials import (
    DENSE,
    Draw,
    Fixed,
    catalogue,
    causes,
    draw,
    evidence_for,
    found_of,
    planted,
    planted_outcome,
)
from tanzhe.evidence.finders.find import ChronicleFinder, FinderAnswer, Query
from tanzhe.evidence.gather import gather
from tanzhe.evidence.grading.catalogue import Known, build, catalogue_of
from tanzhe.evidence.grading.chance import Chance
from tanzhe.evidence.grading.placebo import admissible, comparable, positions_of, strata
from tanzhe.evidence.links.edge import edges_of
from tanzhe.evidence.links.link import isos_of, link, place_score
from tanzhe.evidence.links.merge import _best_first, _joined, merge_groups, same_event
from tanzhe.evidence.links.window import beginning, is_in_force, window_of
from tanzhe.model import Event
from tanzhe.model.evidence import EdgeName

QUERY = Query(
    region_iso="CN-YN", sector="industry", first_day=date(2021, 5, 1), last_day=date(2021, 5, 31)
)
MAY_2021 = Draw(region="CN-YN", sector="industry", at=6 * 11 + 3, width=0, sign=-1)


def answer() -> FinderAnswer:
    return ChronicleFinder().find(QUERY)


@pytest.mark.parametrize("edge_name", ["begin", "end"])
@pytest.mark.parametrize("seed", range(12))
def test_scores_in_columns_are_those_of_links(seed: int, edge_name: EdgeName) -> None:
    drawn = draw(random.Random(seed))
    points = found_of(drawn)
    table = build([answer()])
    edge = replace(edges_of(points)[0], name=edge_name)
    best = Chance(table, edge, points.series, -2).best(facts=False)
    for at in (drawn.at, 40, 66, 80):
        found = found_of(
            Draw(region=drawn.region, sector=drawn.sector, at=at, width=drawn.width,
                 sign=drawn.sign)
        )  # fmt: skip
        edge = replace(edges_of(found)[0], name=edge_name)
        window = window_of(edge, merged=True)
        scores = [
            link(
                event, edge, window, region=drawn.region, sector=drawn.sector,
                shared=bool(table.shared[number]),
            ).score
            for number, event in enumerate(table.events)
            if not table.background[number]
            and place_score(isos_of(event), drawn.region) > 0
            and (
                window.first <= beginning(event)[1]
                or (edge_name == "begin" and is_in_force(event, window))
            )
            and beginning(event)[0] <= window.interval_last
        ]  # fmt: skip
        assert best[at] == pytest.approx(max(scores, default=-np.inf), abs=1e-4)


def test_every_cause_has_a_p_value_and_context_none() -> None:
    found = evidence_for(MAY_2021, Fixed(catalogue("real", random.Random(0))))
    for one in (*found.events, *found.leads):
        assert (one.link.p_value is None) is one.link.context
    values = [one.link.p_value for one in causes(found.events)]
    assert all(p is not None and 1 / 31 <= p <= 1 for p in values)


def test_a_better_score_never_has_the_larger_chance_of_dates() -> None:
    points = found_of(MAY_2021)
    chance = Chance(build([answer()]), edges_of(points)[0], points.series, -2)
    group = np.ones(chance.best(facts=True).size, dtype=bool)
    values = [chance._date_p(score, True, group) for score in (0.1, 0.3, 0.5, 0.7, 0.9, 1.1)]
    assert values == sorted(values, reverse=True)
    assert values[-1] == 1 / group.size


def test_without_twenty_dates_there_is_no_p_value(make_found: MakeFound) -> None:
    # The series of the fixture has two periods.
    (found,) = gather(make_found(("2021-02", "2021-03")), [ChronicleFinder()])
    assert found.events
    assert all(one.link.p_value is None for one in found.events)
    assert all(one.link.grade != "strong" for one in found.events)


def test_a_date_that_the_catalogue_does_not_cover_has_none() -> None:
    early = Draw(region="CN-HE", sector="industry", at=0, width=0, sign=-1)  # searched from 2014-11
    found = evidence_for(early, Fixed(catalogue("real", random.Random(0))))
    assert all(one.link.p_value is None for one in found.events)


def test_documents_gathered_around_the_point_cannot_say_what_chance_is() -> None:
    rng = random.Random(3)
    cause = planted(MAY_2021, rng)

    class Folder:
        name = "folder"

        def find(self, query: Query) -> FinderAnswer:
            day = beginning(cause)[0]
            return FinderAnswer(events=(cause,), documents_read=1, covers=(day, day))

    (found,) = gather(found_of(MAY_2021), [ChronicleFinder(), Folder()], most=50)
    mine = [one.link for one in found.events if one.event.id == "planted"]
    assert [one.p_value for one in mine] == [None]
    assert mine[0].score >= 0.75
    assert mine[0].grade == "medium"
    assert any(one.link.p_value is not None for one in found.events)


def test_a_finder_that_only_looked_around_the_window_gives_none() -> None:
    class Online:
        name = "online"

        def find(self, query: Query) -> FinderAnswer:
            return FinderAnswer(events=answer().events, documents_read=3)

    (found,) = gather(found_of(MAY_2021), [Online()])
    assert found.searched.documents_read == 3
    assert all(one.link.p_value is None for one in found.events)


def test_positions_keep_the_width_and_the_own_place() -> None:
    points = found_of(Draw(region="CN-YN", sector="cement", at=50, width=2, sign=1))
    positions = positions_of(edges_of(points)[0], points.series, -2)
    assert positions is not None
    assert positions.own == 50
    assert positions.ends.size == len(points.series) - 2
    window = window_of(edges_of(points)[0], merged=True)
    own = [table[50] for table in (positions.searched, positions.begins, positions.ends)]
    assert own == [
        day.toordinal() for day in (window.first, window.interval_first, window.interval_last)
    ]


def test_dense_years_are_compared_with_dense_years() -> None:
    points = found_of(MAY_2021)
    positions = positions_of(edges_of(points)[0], points.series, -2)
    assert positions is not None
    density = np.where(np.isin(positions.years, DENSE), 9.0, 2.0)
    days = np.arange(date(2018, 1, 1).toordinal(), date(2025, 1, 1).toordinal(), 20)
    known = Known(int(days[0]), int(days[-1]), days, days)
    chosen = comparable(known, positions, density)
    assert chosen is not None
    assert set(positions.years[chosen].tolist()) == set(DENSE)
    assert chosen[positions.own]
    assert admissible(known, positions).sum() > 60


def test_few_dates_are_not_split() -> None:
    years = np.repeat([2019, 2020, 2021], 11)
    assert set(strata(years, np.where(years == 2021, 9.0, 1.0)).tolist()) == {0}


def test_a_national_event_is_not_compared_with_provinces() -> None:
    points = found_of(MAY_2021)
    table = build([answer()])
    chance = Chance(table, edges_of(points)[0], points.series, -2)
    local = [chance._is_local(at) for at in range(len(table.events))]
    codes = [{place.code for place in event.places} for event in table.events]
    assert all(("CN-YN" in one) is is_local for one, is_local in zip(codes, local, strict=True))


def test_what_also_happened_elsewhere_says_less() -> None:
    rng = random.Random(5)
    events = catalogue("real", rng)
    cause = planted(MAY_2021, rng)
    elsewhere = [
        cause.model_copy(
            update={
                "id": f"elsewhere-{number}",
                "places": (cause.places[0].model_copy(update={"code": code}),),
            }
        )
        for number, code in enumerate(("CN-JS", "CN-GS", "CN-SD", "CN-HE", "CN-GD", "CN-NM"))
    ]
    alone = planted_outcome(MAY_2021, events, cause)
    shared = planted_outcome(MAY_2021, [*events, *elsewhere], cause)
    assert shared[1] >= 7 / 31 > alone[1]


def test_the_catalogue_is_built_once_for_the_same_answers() -> None:
    one = answer()
    assert catalogue_of([one]) is catalogue_of([one])


def naive(events: list[Event]) -> set[frozenset[str]]:
    groups: list[list[Event]] = []
    for event in sorted(events, key=_best_first):
        home = next((group for group in groups if same_event(group[0], event)), None)
        if home is None:
            groups.append([event])
        else:
            home.append(event)
    return {frozenset(event.id for event in group) for group in groups if _joined(group)}


@pytest.mark.parametrize("seed", range(3))
def test_merging_by_keys_is_merging_by_comparing_all(seed: int) -> None:
    rng = random.Random(seed)
    made = []
    for number in range(300):
        event = planted(draw(rng, (2021,)), rng)
        change = {
            "id": f"doc-{number}",
            "name": f"某公司第{number % 40}次停产限产的通知",
            "document_number": f"发〔2021〕{number % 9}号" if number % 7 == 0 else None,
        }
        made.append(event.model_copy(update=change))
    events = [*made, *answer().events]
    assert {ids for _, ids in merge_groups(events)} == naive(events)
