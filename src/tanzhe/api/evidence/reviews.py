"""Reviewing events: people accept, reject, edit and merge what was found, and reports follow."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from tanzhe.errors import InputError, Words
from tanzhe.evidence.finders.find import Finder, FinderAnswer, Query
from tanzhe.model import Event, Evidence, Note, Record
from tanzhe.workspace import Workspace
from tanzhe.workspace.reviews import Action, Review, Reviews, Standing, State

# What a person may put right; places in documents and how a field is known are not his to change.
EDITABLE = (
    "name", "name_en", "kind", "stage", "instrument", "direction", "sectors", "industries",
    "document_number", "summary", "summary_en",
)  # fmt: skip


class Reviewed(Record):
    """An event and what people decided about it.

    Attributes:
        event: as it stands now, with what was edited.
        found: as it was found.
        standing: open, accepted, rejected or merged, with who decided last and when.
        history: every decision, oldest first.
    """

    event: Event
    found: Event
    standing: Standing
    history: tuple[Review, ...] = ()


def reviewed_events(workspace: Workspace, state: State | None = None) -> tuple[Reviewed, ...]:
    """The events that reports found, with the decisions about them.

    Args:
        workspace: where reports were made.
        state: only those that stand so; None: all.

    Returns:
        In the order in which they were found first.
    """
    own = Reviews(workspace.db)
    history: dict[str, list[Review]] = {}
    for one in own.history():
        history.setdefault(one.subject, []).append(one)
    standings = own.standings()
    found = []
    for id, record in own.events().items():
        event, standing = Event.model_validate_json(record), standings.get(id, Standing())
        if state is None or standing.state == state:
            told = tuple(history.get(id, ()))
            now = edited(event, standing)
            found.append(Reviewed(event=now, found=event, standing=standing, history=told))
    return tuple(found)


def open_events(workspace: Workspace) -> int:
    """How many events nobody has decided about."""
    own = Reviews(workspace.db)
    standings = own.standings()
    return sum(id not in standings or standings[id].state == "open" for id in own.ids())


def reviewed_event(workspace: Workspace, id: str) -> Reviewed:
    """One event with every decision about it.

    Raises:
        InputError: there is no such event.
    """
    own = Reviews(workspace.db)
    record = own.event(id)
    if record is None:
        raise _no_event(id)
    event, history = Event.model_validate_json(record), own.history(id)
    standing = own.standings().get(id, Standing())
    return Reviewed(event=edited(event, standing), found=event, standing=standing, history=history)


def review_event(
    workspace: Workspace,
    id: str,
    action: Action,
    *,
    fields: Mapping[str, Any] | None = None,
    words: str = "",
    seen: int | None = None,
) -> Reviewed:
    """Decide about an event: accept, reject, edit, merge, or undo the last decision.

    Args:
        workspace: where it is kept; who decides is the user of the server, or TANZHE_USER.
        id: of the event.
        action: what is decided.
        fields: of an edit, new values by name (`EDITABLE`); of a merge, {"into": id that stays}.
        words: the reason.
        seen: id of the last decision that was seen, 0 for none; another since then is an error.

    Returns:
        The event as it stands then.

    Raises:
        InputError: there is no such event, a field that may not be changed or a value that it
            cannot have, nothing to undo, or somebody else decided meanwhile.
        WorkspaceError: who decides may not.
    """
    if action == "edit":
        _check_fields(reviewed_event(workspace, id), fields or {})
    Reviews(workspace.db).decide(id, action, fields=fields, words=words, seen=seen)
    return reviewed_event(workspace, id)


def _check_fields(one: Reviewed, fields: Mapping[str, Any]) -> None:
    if wrong := sorted(set(fields) - set(EDITABLE)):
        names = ", ".join(wrong)
        raise _wrong(Words(f"不能改：{names}", f"It cannot be changed: {names}"), one.found.id)
    try:
        Event.model_validate({**one.event.model_dump(), **fields})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise _wrong(
            Words(f"{where} 的值不对", f"The value of {where} is wrong: {first['msg']}"),
            one.found.id,
        ) from error


def edited(event: Event, standing: Standing) -> Event:
    """An event with what people put right; a lead that was accepted counts as reviewed."""
    changes: dict[str, Any] = dict(standing.fields)
    if standing.state == "accepted" and not event.reviewed:
        changes["reviewed"] = True
    if not changes:
        return event
    who = (standing.by, standing.at[:10])
    note = Note(
        code="event_reviewed",
        zh=f"“{event.name}”经 {who[0]} 复核（{who[1]}）",
        en=f"“{event.name_en or event.name}” was reviewed by {who[0]} ({who[1]})",
    )
    return Event.model_validate({**event.model_dump(), **changes, "notes": (*event.notes, note)})


class ReviewedFinder:
    """A finder whose events are as people decided: rejected and merged ones are not given.

    Args:
        finder: the finder.
        standings: where events stand, by id.
        merged: sources of events that were merged into another, by the other's id.
    """

    def __init__(self, finder: Finder, workspace: Workspace) -> None:
        self._finder = finder
        own = Reviews(workspace.db)
        self._standings = own.standings()
        self._sources: dict[str, list[Any]] = {}
        for id, one in self._standings.items():
            record = own.event(id) if one.into is not None else None
            if record is not None:
                sources = Event.model_validate_json(record).sources
                self._sources.setdefault(str(one.into), []).extend(sources)
        self._given: dict[int, tuple[FinderAnswer, FinderAnswer]] = {}

    @property
    def name(self) -> str:
        """What the report calls it."""
        return self._finder.name

    def find(self, query: Query) -> FinderAnswer:
        """The finder's answer, as reviewed; the same object for the same answer."""
        answer = self._finder.find(query)
        if not self._standings:
            return answer
        if id(answer) not in self._given:
            kept = tuple(self._events(answer.events))
            self._given[id(answer)] = (answer, answer.model_copy(update={"events": kept}))
        return self._given[id(answer)][1]

    def _events(self, events: Iterable[Event]) -> Iterable[Event]:
        for event in events:
            standing = self._standings.get(event.id)
            if standing is not None and standing.state in ("rejected", "merged"):
                continue
            own = event if standing is None else edited(event, standing)
            more = [one for one in self._sources.get(event.id, ()) if one not in own.sources]
            yield own.model_copy(update={"sources": (*own.sources, *more)}) if more else own


def keep_found(workspace: Workspace, evidence: Sequence[Evidence]) -> None:
    """Keep the events that a report prints, and its leads, so that people can review them."""
    if workspace.read_only:
        return
    found = {
        linked.event.id: linked.event for one in evidence for linked in (*one.events, *one.leads)
    }
    Reviews(workspace.db).keep(
        (
            id,
            event.model_dump_json(),
            [
                {"sha256": q.document, "first": q.start, "last": q.end, "text": q.text}
                for q in event.quotes
            ],
        )
        for id, event in found.items()
    )


def _no_event(id: str) -> InputError:
    return _wrong(Words("没有这个事件", "There is no such event"), id)


def _wrong(what: Words, where: str) -> InputError:
    do = Words("请核对后再试", "Check it and try again")
    return InputError.of(what, do, where=where)
