"""People accept, reject, edit and merge events; every decision is kept, and reports follow."""

from pathlib import Path
from typing import Any

import pytest

from tanzhe.api.evidence.reviews import (
    ReviewedFinder,
    keep_found,
    review_event,
    reviewed_event,
    reviewed_events,
)
from tanzhe.errors import InputError, WorkspaceError
from tanzhe.evidence.finders.find import ChronicleFinder, FinderAnswer, Query
from tanzhe.model import Event, Evidence, Link, LinkedEvent, Searched
from tanzhe.workspace import Workspace
from tanzhe.workspace.reviews import Reviews

QUERY = Query(
    region_iso="CN-YN", sector="aluminium", first_day="2021-03-01", last_day="2021-08-01"
)  # fmt: skip


@pytest.fixture
def events() -> tuple[Event, ...]:
    """A fact, another, and a lead."""
    found = ChronicleFinder().find(QUERY).events
    lead = next(
        (e for e in found if not e.reviewed), found[2].model_copy(update={"reviewed": False})
    )
    return (*[e for e in found if e.reviewed][:2], lead)


@pytest.fixture
def workspace(tmp_path: Path, events: tuple[Event, ...], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TANZHE_USER", "张三")
    link = Link(grade="strong", score=0.9, lag_months=1)
    linked = tuple(LinkedEvent(event=one, link=link) for one in events)
    searched = Searched(
        queries=(), sources=(), documents_read=0, first="2021-01-01", last="2021-02-01"
    )
    with Workspace.open(tmp_path) as opened:
        keep_found(
            opened,
            [Evidence(turning_point="t", events=linked[:2], leads=linked[2:], searched=searched)],
        )
        yield opened


class Given:
    """Finds what it is given."""

    name = "given"

    def __init__(self, events: tuple[Event, ...]) -> None:
        self.answer = FinderAnswer(events=events, documents_read=len(events))

    def find(self, query: Query) -> FinderAnswer:
        return self.answer


def told(workspace: Workspace, events: tuple[Event, ...]) -> dict[str, Event]:
    finder = ReviewedFinder(Given(events), workspace)
    assert finder.find(QUERY) is finder.find(QUERY)
    return {one.id: one for one in finder.find(QUERY).events}


def test_what_was_found_waits_for_review(workspace: Workspace, events: tuple[Event, ...]) -> None:
    waiting = reviewed_events(workspace, "open")
    assert {one.event.id for one in waiting} == {one.id for one in events}
    assert told(workspace, events) == {one.id: one for one in events}
    assert Reviews(workspace.db).digest() is None


def test_rejected_is_told_no_more_until_it_is_undone(
    workspace: Workspace, events: tuple[Event, ...]
) -> None:
    done = review_event(workspace, events[0].id, "reject", words="不是本省的")
    assert (done.standing.state, done.standing.by) == ("rejected", "张三")
    assert set(told(workspace, events)) == {one.id for one in events[1:]}
    digest = Reviews(workspace.db).digest()
    assert digest is not None
    undone = review_event(workspace, events[0].id, "undo")
    assert undone.standing.state == "open" and [r.action for r in undone.history] == [
        "reject",
        "undo",
    ]
    assert told(workspace, events) == {one.id: one for one in events}
    assert Reviews(workspace.db).digest() is None


def test_an_accepted_lead_is_a_fact_that_says_who_says_so(
    workspace: Workspace, events: tuple[Event, ...]
) -> None:
    review_event(workspace, events[2].id, "accept", words="查过原文")
    lead = told(workspace, events)[events[2].id]
    assert lead.reviewed and "张三" in lead.notes[-1].zh and "张三" in lead.notes[-1].en
    assert [one.event.id for one in reviewed_events(workspace, "accepted")] == [events[2].id]


def test_edited_and_undone_one_by_one(workspace: Workspace, events: tuple[Event, ...]) -> None:
    id = events[0].id
    review_event(workspace, id, "edit", fields={"name": "新名"})
    review_event(workspace, id, "edit", fields={"direction": "up"})
    assert (told(workspace, events)[id].name, told(workspace, events)[id].direction) == (
        "新名",
        "up",
    )
    review_event(workspace, id, "undo")
    assert told(workspace, events)[id].direction == events[0].direction
    assert reviewed_event(workspace, id).found == events[0]


@pytest.mark.parametrize(
    "fields",
    [{"status": "verified"}, {"quotes": []}, {"direction": "sideways"}, {}, {"name": None}],
)
def test_what_may_not_be_edited(
    workspace: Workspace, events: tuple[Event, ...], fields: dict[str, object]
) -> None:
    with pytest.raises(InputError):
        review_event(workspace, events[0].id, "edit", fields=fields)
    assert reviewed_event(workspace, events[0].id).history == ()


def test_merged_gives_its_sources(workspace: Workspace, events: tuple[Event, ...]) -> None:
    review_event(workspace, events[1].id, "merge", fields={"into": events[0].id})
    left = told(workspace, events)
    assert events[1].id not in left
    assert {*events[0].sources, *events[1].sources} == set(left[events[0].id].sources)
    with pytest.raises(InputError):
        review_event(workspace, events[0].id, "merge", fields={"into": events[1].id})
    for wrong in (events[0].id, "nothing"):
        with pytest.raises(InputError):
            review_event(workspace, events[0].id, "merge", fields={"into": wrong})


def test_who_decided_meanwhile_is_not_overruled_unseen(
    workspace: Workspace, events: tuple[Event, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = review_event(workspace, events[0].id, "accept", seen=0)
    monkeypatch.setenv("TANZHE_USER", "李四")
    with pytest.raises(InputError, match="张三"):
        review_event(workspace, events[0].id, "reject", seen=0)
    review_event(workspace, events[0].id, "reject", seen=first.history[-1].id)
    assert reviewed_event(workspace, events[0].id).standing.by == "李四"


def test_nothing_of_it_can_be_rewritten(workspace: Workspace, events: tuple[Event, ...]) -> None:
    review_event(workspace, events[0].id, "reject")
    for forged in ("UPDATE reviews SET action = 'accept'", "DELETE FROM reviews"):
        with pytest.raises(WorkspaceError, match="only grow"):
            workspace.db.plain(forged)
    assert reviewed_event(workspace, events[0].id).standing.state == "rejected"


def test_a_decided_event_stays_as_it_was_decided_about(
    workspace: Workspace, events: tuple[Event, ...]
) -> None:
    review_event(workspace, events[0].id, "reject")
    changed = [
        (one.id, one.model_copy(update={"name": "别的"}).model_dump_json(), []) for one in events
    ]
    Reviews(workspace.db).keep(changed)
    names = {one.found.id: one.found.name for one in reviewed_events(workspace)}
    assert names == {events[0].id: events[0].name, events[1].id: "别的", events[2].id: "别的"}


def test_unknown_and_nothing_to_undo(workspace: Workspace, events: tuple[Event, ...]) -> None:
    with pytest.raises(InputError):
        review_event(workspace, "nothing", "accept")
    with pytest.raises(InputError):
        review_event(workspace, events[0].id, "undo")
