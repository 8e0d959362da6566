"""Reminders as an Atom feed (RFC 4287): what is overdue, due soon, or waits for verification."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree

from tanzhe.errors import Language, Words
from tanzhe.parks.office.template import UNPRINTABLE
from tanzhe.tracking.items import OPEN, Item
from tanzhe.tracking.lights import due_of, is_overdue, light

ATOM = "http://www.w3.org/2005/Atom"
SOON = timedelta(days=30)
_NAMESPACE = "tag:tanzhe,2025:board"


class Reminder(NamedTuple):
    """One thing to do: the item, and why it is called to mind."""

    item: Item
    why: Words


def reminders(items: Iterable[Item], today: date) -> list[Reminder]:
    """What needs somebody's attention, the most urgent first."""
    found = [one for item in items for one in _of(item, today)]
    far = date.max
    return sorted(found, key=lambda one: (due_of(one.item, today) or far, one.item.id))


def _of(item: Item, today: date) -> Iterator[Reminder]:
    due = due_of(item, today)
    if item.status not in OPEN:
        return
    if is_overdue(item, today):
        days = (today - (due or today)).days
        yield Reminder(item, Words(f"已逾期 {days} 天", f"overdue by {days} days"))
    elif item.status == "to_verify":
        yield Reminder(item, Words("等待核实", "waits for verification"))
    elif due is not None and due - today <= SOON:
        left = (due - today).days
        lacks = (
            Words("，还没有佐证材料", ", no evidence yet") if not item.evidence else Words("", "")
        )
        yield Reminder(
            item, Words(f"还有 {left} 天到期{lacks.zh}", f"due in {left} days{lacks.en}")
        )
    elif light(item, today) == "red":
        yield Reminder(
            item, Words("进度落后计划 25 个百分点以上", "over 25 points behind the plan")
        )


def feed(items: Iterable[Item], today: date, language: Language = "zh") -> bytes:
    """The reminders of a day as an Atom feed; an entry keeps its id while its reason holds."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    title = Words("任务和项目提醒", "Reminders of tasks and projects")
    stamp = f"{today.isoformat()}T00:00:00Z"
    _add(root, "title", title.said(language))
    _add(root, "id", _NAMESPACE)
    _add(root, "updated", stamp)
    ElementTree.SubElement(root, f"{{{ATOM}}}generator").text = "tanzhe"
    author = ElementTree.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", "tanzhe")
    for one in reminders(items, today):
        due = due_of(one.item, today)
        entry = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
        kind = "overdue" if is_overdue(one.item, today) else one.item.status
        _add(entry, "title", f"{one.item.title}：{one.why.said(language)}")
        _add(entry, "id", f"{_NAMESPACE}:{quote(one.item.id)}:{kind}:{due or ''}")
        _add(entry, "updated", stamp)
        told = (one.item.park, one.item.lead, one.item.person, str(due or ""), one.item.text)
        summary = "\n".join(part for part in told if part)
        _add(entry, "summary", summary or one.item.title)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    """An element with a text that XML can hold."""
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = UNPRINTABLE.sub("", text)
