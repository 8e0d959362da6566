"""The fields of an event that its sentence tells: date, numbers, bodies, sectors, stage."""

from tanzhe.evidence.events.page import Setting
from tanzhe.evidence.events.passages import Passage
from tanzhe.evidence.events.readings import bodies_in, quantities_in
from tanzhe.evidence.events.triggers import Trigger, stage_in
from tanzhe.model import EventBody, EventDate, EventQuantity
from tanzhe.model.evidence import DateKind, Stage
from tanzhe.text import DateSpan

_POWER = {"power_rationing", "electricity_price", "emissions_trading", "weather"}
_CLEAN_OR_COAL = {"coal_power", "hydro", "wind", "solar", "nuclear", "grid"}


def event_date(setting: Setting, passage: Passage, span: DateSpan, kind: DateKind) -> EventDate:
    """A date that a sentence states, with its words."""
    until = span.last_day.isoformat() if span.last_day > span.first_day else None
    return EventDate(
        kind=kind,
        date=span.first_day.isoformat(),
        until=until,
        precision=span.precision,
        status="verified",
        quote=setting.quote(passage.start + span.start, passage.start + span.end),
    )


def quantities_of(setting: Setting, passage: Passage) -> tuple[EventQuantity, ...]:
    """Numbers of the passage, each with the words of its clause that say what it measures."""
    found = []
    for span in quantities_in(passage.text, setting.reference):
        if span.unit in ("", "年", "个月", "天"):
            continue
        left = max(passage.text.rfind(mark, 0, span.start) for mark in "，,；：、（") + 1
        what = passage.text[left : span.start].strip()[-24:]
        found.append(
            EventQuantity(
                what=what or passage.text[span.end : span.end + 12].strip("，,；：、（） "),
                value=span.value,
                unit=span.unit,
                as_stated=span.text,
                status="verified",
                quote=setting.quote(passage.start + span.start, passage.start + span.end),
            )
        )
    return tuple(found[:8])


def bodies_of(setting: Setting, passage: Passage) -> tuple[EventBody, ...]:
    """Bodies that a sentence names, each once."""
    found: dict[str, EventBody] = {}
    for span in bodies_in(passage.text):
        where = setting.quote(passage.start + span.start, passage.start + span.end)
        found.setdefault(span.name, EventBody(name=span.name, status="verified", quote=where))
    return tuple(found.values())


def sectors_of(trigger: Trigger, industries: tuple[str, ...]) -> tuple[str, ...]:
    """Sectors that an event of these industries concerns."""
    if industries and set(industries) <= _CLEAN_OR_COAL:
        return ("power",)
    return ("industry", "power") if trigger.instrument in _POWER else ("industry",)


def stage_of(setting: Setting, passage: Passage, trigger: Trigger, span: DateSpan | None) -> Stage:
    """How far what is told has come: drafts and plans are no facts."""
    if setting.is_draft:
        return "draft"
    # What is said after the clause is about something else: 已投产，预计年产值10亿元.
    ends = [at for mark in "，,；" if (at := passage.text.find(mark, trigger.end)) >= 0]
    stage = stage_in(passage.text[: min(ends, default=None)], trigger.stage)
    reference = setting.reference
    # What lies after the day of writing has not happened yet.
    if stage == trigger.stage and trigger.kind != "policy" and span and reference:
        return "target" if span.first_day > reference else stage
    return stage
