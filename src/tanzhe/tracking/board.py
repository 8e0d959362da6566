"""The board: all changes added up, and which changes are allowed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from tanzhe.errors import Fault, InputError, Words, listed, refuse
from tanzhe.faults import fault_of
from tanzhe.tracking.history import Event, History
from tanzhe.tracking.items import STATUSES, Evidence, Item, Status

# From each status to those it may become; pausing and cancelling are possible from any open one.
_NEXT: Mapping[Status, tuple[Status, ...]] = {
    "not_started": ("in_progress", "paused", "cancelled"),
    "in_progress": ("to_verify", "paused", "cancelled"),
    "to_verify": ("done", "in_progress", "paused", "cancelled"),
    "done": ("in_progress", "paused", "cancelled"),
    "paused": ("in_progress", "cancelled"),
    "cancelled": (),
}
_FIXED = {"id", "kind", "updated_by", "updated_at", "changes"}
FULL = 100.0


class Wanted(NamedTuple):
    """A change that somebody asks for: of which item, to what, and where it was asked."""

    item: str
    fields: Mapping[str, Any]
    where: str = ""


class Board:
    """The items of a project folder.

    Args:
        folder: where the history lies.
        clock: says what time it is.
    """

    def __init__(
        self, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.history = History(folder)
        self._clock = clock

    def items(self) -> dict[str, Item]:
        """All items by id, in the order in which they came."""
        return added_up(self.history.events())

    def events_of(self, id: str) -> list[Event]:
        """Every change of an item, oldest first.

        Raises:
            InputError: there is no such item.
        """
        found = [one for one in self.history.events() if one.item == id]
        if not found:
            raise InputError(_unknown(id, self.items()))
        return found

    def add(self, items: Sequence[Item], who: str) -> list[Item]:
        """Put new items on the board; those it has already are left as they are.

        Raises:
            InputError: nobody is named.
        """
        refuse(_nobody(who))
        with self.history.alone():
            known = self.items()
            new = [one for one in items if one.id not in known]
            if new:
                self.history.append([self._event(one.id, _told(one), who, "") for one in new])
        return new

    def change(self, wanted: Sequence[Wanted], who: str, why: str = "") -> list[Item]:
        """Change items, all or none; what is as it was is no change.

        Args:
            wanted: items with their new fields.
            who: who decides.
            why: the reason; going back asks for one.

        Raises:
            InputError: every change that is not allowed, all at once.
        """
        faults = list(_nobody(who))
        with self.history.alone():
            events = self.history.events()
            known = added_up(events)
            made: list[Event] = []
            for one in wanted:
                if one.item not in known:
                    faults.append(_unknown(one.item, known))
                    continue
                before = known[one.item]
                after = _after(before, one, faults)
                if after is None:
                    continue
                faults += _forbidden(before, after, who, why, _sender(events, one.item), one.where)
                if fields := _difference(before, after):
                    made.append(self._event(one.item, fields, who, why))
            refuse(dict.fromkeys(faults))
            if made:
                self.history.append(made)
            items = added_up([*events, *made])
        return [items[one.item] for one in made]

    def _event(self, id: str, fields: Mapping[str, Any], who: str, why: str) -> Event:
        at = self._clock().astimezone(UTC).isoformat(timespec="seconds")
        return Event(at=at, who=who.strip(), item=id, fields=dict(fields), why=why.strip())


def added_up(events: Iterable[Event]) -> dict[str, Item]:
    """The items as they are after these changes."""
    found: dict[str, Item] = {}
    for one in events:
        told = {"updated_by": one.who, "updated_at": one.at}
        before = found.get(one.item)
        if before is None:
            tree = {**one.fields, **told, "changes": 0}
        else:
            tree = {**before.model_dump(), **one.fields, **told, "changes": before.changes + 1}
        found[one.item] = Item.model_validate(tree)
    return found


def _told(item: Item) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude_defaults=True)


def _difference(before: Item, after: Item) -> dict[str, Any]:
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return {key: value for key, value in new.items() if value != old[key]}


def _after(before: Item, wanted: Wanted, faults: list[Fault]) -> Item | None:
    """The item as it would be; what is no such field or value is a fault."""
    where = wanted.where or before.id
    known = set(Item.model_fields) - _FIXED
    unknown = [key for key in wanted.fields if key not in known]
    if unknown:
        faults.append(fault_of("tracking.board.after", unknown=listed(unknown), where=where))
        return None
    try:
        after = Item.model_validate({**before.model_dump(), **wanted.fields})
    except ValidationError as error:
        for one in error.errors():
            faults.append(_wrong_value(str(one["loc"][0]), one.get("input"), where))
        return None
    if not 0 <= after.progress <= FULL:
        faults.append(_wrong_value("progress", after.progress, where))
        return None
    if after.start and after.due and after.start > after.due:
        what = Words("开始晚于完成时限", "It begins after it is due")
        faults.append(Fault(what, Words("请核对两个日期", "Check both days"), where=where))
        return None
    return after


def _wrong_value(field: str, value: object, where: str) -> Fault:
    names = listed(words.zh for words in STATUSES.values())
    do = {
        "progress": Words("请填 0 至 100", "Give 0 to 100"),
        "status": Words(f"可用：{names.zh}", f"One of {', '.join(STATUSES)}"),
        "start": Words("请写成 2026-03-31", "Write 2026-03-31"),
        "due": Words("请写成 2026-12-31", "Write 2026-12-31"),
    }.get(field, Words("请核对", "Check it"))
    return Fault(Words(f"{field} 不能是“{value}”", f"{field} cannot be “{value}”"), do, where=where)


def _forbidden(
    before: Item, after: Item, who: str, why: str, sender: str, where: str
) -> list[Fault]:
    """What a change of status lacks."""
    old, new = before.status, after.status
    where = where or before.id
    if old == new:
        if new == "done" and after.evidence != before.evidence and not why:
            return [_lacking("核实后改佐证材料要写理由", "A reason for changed evidence", where)]
        return []
    if new not in _NEXT[old]:
        allowed = listed(STATUSES[one].zh for one in _NEXT[old])
        return [
            Fault(
                Words(
                    f"“{STATUSES[old].zh}”不能改为“{STATUSES[new].zh}”",
                    f"“{STATUSES[old].en}” cannot become “{STATUSES[new].en}”",
                ),
                Words(
                    f"可改为：{allowed.zh}" if allowed.zh else "取消后不再改动，请另立一项",
                    f"It may become {', '.join(_NEXT[old])}"
                    if _NEXT[old]
                    else "What was cancelled stays so: make a new item",
                ),
                where=where,
            )
        ]
    needs = []
    back = old in ("to_verify", "done", "paused") and new == "in_progress"
    if new == "in_progress" and not after.person:
        needs.append(("启动要有责任人（--person）", "Somebody answers for it (--person)"))
    if new == "to_verify" and not after.evidence:
        needs.append(("报核要有佐证材料（--evidence）", "Evidence (--evidence)"))
    if new in ("done", "in_progress") and old == "to_verify" and who.strip() == sender:
        needs.append(("核实和退回要由报核人以外的人作出", "Another person than who sent it in"))
    if back and not why:
        needs.append(("退回或重新启动要写理由（--why）", "A reason (--why)"))
    if new in ("paused", "cancelled") and len(after.evidence) == len(before.evidence):
        needs.append(("暂缓和取消要有文件（--evidence）", "A document (--evidence)"))
    return [_lacking(zh, en, where) for zh, en in needs]


def _lacking(zh: str, en: str, where: str) -> Fault:
    return Fault(
        Words("这一步还缺条件", "Something is lacking for this step"), Words(zh, en), where=where
    )


def _sender(events: Sequence[Event], id: str) -> str:
    """Who sent an item in for verification last."""
    sent = [one.who for one in events if one.item == id and one.fields.get("status") == "to_verify"]
    return sent[-1] if sent else ""


def _nobody(who: str) -> list[Fault]:
    if who.strip():
        return []
    do = Words("请用 --who 写明姓名或单位", "Name yourself with --who")
    return [Fault(Words("没有写明谁改的", "Who changes it is not said"), do)]


def _unknown(id: str, known: Mapping[str, Item]) -> Fault:
    some = listed(list(known)[:12])
    return Fault(
        Words(f"没有编号为“{id}”的事项", f"There is no item “{id}”"),
        Words(f"现有：{some.zh or '（空）'}", f"There are: {some.en or 'none'}"),
    )


def evidence_of(content: bytes, name: str) -> Evidence:
    """A document as evidence.

    Example:
        >>> evidence_of(b"x", "a.pdf").sha256[:8]
        '2d711642'
    """
    import hashlib

    return Evidence(name=name, sha256=hashlib.sha256(content).hexdigest())
