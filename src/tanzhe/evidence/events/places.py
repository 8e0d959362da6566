"""Where an event happened: places of its name, its sentence or its document."""

import re

from tanzhe.evidence.events.page import Setting
from tanzhe.evidence.events.passages import Passage, passage_at
from tanzhe.evidence.events.readings import bodies_in, places_in
from tanzhe.evidence.events.triggers import Trigger
from tanzhe.model import EventPlace
from tanzhe.text import BodySpan, PlaceSpan

_NATIONAL = re.compile(
    r"^(?:国务院|国家|生态环境部|工业和信息化部|财政部|环境保护部|商务部|科技部|"
    r"中共中央)"
)
_DATELINE = re.compile(r"(?:社|网|报)[^，。：\s]{2,12}?\d{1,2}月\d{1,2}日\s*(?:电|讯)")


def _place(setting: Setting, span: PlaceSpan | BodySpan, at: int) -> EventPlace:
    where = setting.quote(at + span.start, at + span.end)
    code, name = (span.code, span.name) if isinstance(span, PlaceSpan) else ("000000", "中国")
    return EventPlace(code=code, name=name, status="verified", quote=where)


def told_places(setting: Setting, text: str, at: int) -> tuple[EventPlace, ...]:
    """Places of a passage; a national body stands for the nation where no place is named."""
    lines = [match.span() for match in _DATELINE.finditer(text)]
    spans: list[PlaceSpan | BodySpan] = [
        span for span in places_in(text) if not any(a <= span.start < b for a, b in lines)
    ]
    if not spans:
        spans += [b for b in bodies_in(text) if _NATIONAL.match(b.name)][:1]
    found: dict[str, EventPlace] = {}
    for span in spans:
        place = _place(setting, span, at)
        found.setdefault(place.code, place)
    return tuple(found.values())


def issuer_place(setting: Setting, head: str) -> tuple[EventPlace, ...]:
    """The nation, where a national body heads a policy; its addressees are not its place."""
    spans = [b for b in bodies_in(head) if _NATIONAL.match(b.name)][:1]
    return tuple(_place(setting, span, 0) for span in spans)


def event_places(
    setting: Setting, passage: Passage, trigger: Trigger, name: tuple[int, int]
) -> tuple[EventPlace, ...]:
    """Places in the name, else in the sentence, else of the document.

    A national body only stands for the nation where it made a policy: a mine in a letter of a
    ministry is not the nation's.
    """
    found = told_places(setting, passage.text, passage.start)
    if not found and name[0] < passage.start:  # named in a sentence before: that one's place
        told = passage_at(setting.page.text, name[0])
        found = told_places(setting, told.text, told.start)
    found = found or setting.places
    if trigger.kind != "policy":
        found = tuple(p for p in found if p.quote and places_in(p.quote.text)) or ()
    named = tuple(p for p in found if p.quote and name[0] <= p.quote.start < name[1])
    return named or found
