"""What people decided about events that were found: every decision is kept, none is overwritten.

A decision is taken back by one that undoes it, so that who decided what, and when, can be told of
every state that ever was. The database itself refuses to change what stands there.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import Field
from sqlalchemy import delete, insert, select

from tanzhe.errors import InputError, Words
from tanzhe.model import Record
from tanzhe.workspace.database import Database
from tanzhe.workspace.log import now, who
from tanzhe.workspace.schema import events, passages, reviews

Action = Literal["accept", "reject", "edit", "merge", "undo"]
State = Literal["open", "accepted", "rejected", "merged"]
ACTIONS: tuple[Action, ...] = get_args(Action)

_EVENT = "event"
_STATES: dict[str, State] = {"accept": "accepted", "reject": "rejected", "merge": "merged"}


class Review(Record):
    """One decision.

    Attributes:
        id: in the order of time.
        at: UTC time.
        by: who decided.
        subject: id of the event.
        action: accept, reject, edit, merge, or undo (the last one before it that was not undone).
        fields: of an edit, the new values by name; of a merge, `into`: the event that stays.
        words: the reason that was given; "" for none.
    """

    id: int
    at: str
    by: str
    subject: str
    action: Action
    fields: dict[str, Any] = Field(default_factory=dict)
    words: str = ""


class Standing(Record):
    """Where an event stands after all decisions.

    Attributes:
        state: open, accepted, rejected or merged.
        fields: edited values by name.
        into: id of the event that it was merged into, or None.
        by: who decided last; "" while nobody did.
        at: when; "" while nobody did.
    """

    state: State = "open"
    fields: dict[str, Any] = Field(default_factory=dict)
    into: str | None = None
    by: str = ""
    at: str = ""


class Reviews:
    """The events of a workspace and the decisions about them.

    Args:
        db: of the workspace.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, found: Iterable[tuple[str, str, Sequence[Mapping[str, Any]]]]) -> None:
        """Keep events that were found; one that somebody decided about stays as it was then.

        Args:
            found: id, record as JSON, and the quoted passages (sha256, first, last, text) of each.
        """
        with self._db.transaction():
            decided = set(self.standings())
            for id, record, quoted in found:
                if id in decided and self.event(id) is not None:
                    continue
                self._db.run(delete(passages).where(passages.c.event == id))
                self._db.run(delete(events).where(events.c.id == id))
                self._db.run(insert(events), {"id": id, "record": record, "added": now()})
                rows = [{"event": id, "number": at, **one} for at, one in enumerate(quoted)]
                self._db.run(insert(passages), rows)

    def event(self, id: str) -> str | None:
        """The record of an event as it was found, as JSON; or None."""
        found = self._db.value(select(events.c.record).where(events.c.id == id))
        return None if found is None else str(found)

    def ids(self) -> list[str]:
        """Ids of all events."""
        return [str(row.id) for row in self._db.all(select(events.c.id))]

    def events(self) -> dict[str, str]:
        """Id to record of all events, as they were found."""
        asked = select(events.c.id, events.c.record).order_by(events.c.added, events.c.id)
        return {row.id: row.record for row in self._db.all(asked)}

    def decide(
        self,
        id: str,
        action: Action,
        *,
        fields: Mapping[str, Any] | None = None,
        words: str = "",
        seen: int | None = None,
    ) -> Review:
        """Add a decision.

        Args:
            id: of an event that is kept.
            action: what is decided.
            fields: of an edit or a merge, as `Review` tells.
            words: the reason.
            seen: id of the last decision about it that was seen (0 for none): another one since
                then is not overruled unseen.

        Raises:
            InputError: there is no such event, nothing to undo, a merge into itself or into one
                that is gone, or somebody else decided meanwhile.
        """
        with self._db.transaction():
            before = self.history(id)
            if self.event(id) is None:
                raise _refused(Words("没有这个事件", "There is no such event"), id)
            if seen is not None and seen != (before[-1].id if before else 0):
                last = before[-1] if before else None
                other = last.by if last else ""
                raise _refused(
                    Words(f"{other} 刚刚作了另一个决定", f"{other} has decided meanwhile"), id
                )
            self._check(id, action, fields or {}, before)
            row = {
                "at": now(), "by": who(self._db), "kind": _EVENT, "subject": id, "action": action,
                "record": json.dumps(fields, ensure_ascii=False) if fields else None,
                "words": words,
            }  # fmt: skip
            self._db.run(insert(reviews), row)
            return self.history(id)[-1]

    def _check(
        self, id: str, action: Action, fields: Mapping[str, Any], before: Sequence[Review]
    ) -> None:
        if action == "undo" and not _standing_ones(before):
            raise _refused(Words("没有可撤销的决定", "There is nothing to undo"), id)
        if action == "edit" and not fields:
            raise _refused(Words("没有要改的内容", "There is nothing to change"), id)
        if action != "merge":
            return
        into = str(fields.get("into", ""))
        if into == id or self.event(into) is None:
            raise _refused(Words("没有可并入的事件", "There is no event to merge it into"), into)
        if (other := self.standings().get(into)) and other.state in ("merged", "rejected"):
            raise _refused(
                Words("要并入的事件已被否决或并入别的", "The other is rejected or merged itself"),
                into,
            )

    def history(self, id: str | None = None) -> tuple[Review, ...]:
        """All decisions, or those about one event, oldest first."""
        asked = select(reviews).where(reviews.c.kind == _EVENT).order_by(reviews.c.id)
        if id is not None:
            asked = asked.where(reviews.c.subject == id)
        return tuple(
            Review(
                id=row.id, at=row.at, by=row.by, subject=row.subject, action=row.action,
                fields=json.loads(row.record) if row.record else {}, words=row.words,
            )
            for row in self._db.all(asked)
        )  # fmt: skip

    def standings(self) -> dict[str, Standing]:
        """Where the events stand about which somebody decided something."""
        told: dict[str, list[Review]] = {}
        for one in self.history():
            told.setdefault(one.subject, []).append(one)
        return {id: standing(own) for id, own in told.items()}

    def digest(self) -> str | None:
        """One sign for all decisions that stand; None where there are none."""
        told = {
            id: one.model_dump(exclude={"by", "at"})
            for id, one in sorted(self.standings().items())
            if one.state != "open" or one.fields
        }
        if not told:
            return None
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _standing_ones(history: Iterable[Review]) -> list[Review]:
    """The decisions that were not taken back."""
    kept: list[Review] = []
    for one in history:
        if one.action != "undo":
            kept.append(one)
        elif kept:
            kept.pop()
    return kept


def standing(history: Sequence[Review]) -> Standing:
    """Where an event stands after its decisions.

    Example:
        >>> one = Review(id=1, at="2026-11-30", by="a", subject="e", action="accept")
        >>> standing([one]).state, standing([one, one.model_copy(update={"action": "undo"})]).state
        ('accepted', 'open')
    """
    state: State = "open"
    fields: dict[str, Any] = {}
    into = None
    for one in _standing_ones(history):
        if one.action == "edit":
            fields |= one.fields
        else:
            state = _STATES[one.action]
            into = str(one.fields["into"]) if one.action == "merge" else None
    if not history:
        return Standing()
    last = history[-1]
    return Standing(state=state, fields=fields, into=into, by=last.by, at=last.at)


def _refused(what: Words, where: str) -> InputError:
    do = Words("请重新打开这一页再决定", "Open the page again and decide then")
    return InputError.of(what, do, where=where)
