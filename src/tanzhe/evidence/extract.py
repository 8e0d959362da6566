"""Events of one document by rules: a sentence with a trigger, a date and a place."""

import re
from dataclasses import dataclass
from datetime import date

from tanzhe.evidence.colophon import issuing_office, own_dates, policy_dates
from tanzhe.evidence.eventdates import date_kind, is_usable, nearest_date
from tanzhe.evidence.instructions import is_instruction, without_instructions
from tanzhe.evidence.naming import (
    has_own_clause,
    is_demanded,
)
from tanzhe.evidence.passages import (
    LEAD,
    Passage,
    passage_at,
    passages,
    quote,
    reference_day,
)
from tanzhe.evidence.readings import (
    bodies_in,
    dates_in,
    document_numbers_in,
    places_in,
    quantities_in,
)
from tanzhe.evidence.subjects import event_name, industries_told
from tanzhe.evidence.triggers import (
    Trigger,
    find_triggers,
    industries_in,
    is_attribute,
    is_told,
    may_hold_event,
    stage_in,
)
from tanzhe.model import (
    Event,
    EventBody,
    EventDate,
    EventPlace,
    EventQuantity,
    Quote,
    Source,
)
from tanzhe.model.evidence import DateKind, Stage
from tanzhe.text import BodySpan, DateSpan, PlaceSpan
from tanzhe.text.boilerplate import without_boilerplate

MOST_EVENTS = 40  # of one document; a list of hundreds is a table, not a report
_NATIONAL = re.compile(
    r"^(?:国务院|国家|生态环境部|工业和信息化部|财政部|环境保护部|商务部|科技部|"
    r"中共中央)"
)
_POLICY_TITLE = re.compile(
    r"关于|通知|方案|办法|意见|规划|计划|条例|公告|决定|规定|措施|细则|要点|通报|批复|标准"
)
_DATELINE = re.compile(r"(?:社|网|报)[^，。：\s]{2,12}?\d{1,2}月\d{1,2}日\s*(?:电|讯)")
_POWER = {"power_rationing", "electricity_price", "emissions_trading", "weather"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A document as extraction needs it.

    Attributes:
        sha256: id of the document.
        text: the archived text that quotes refer to.
        title: its title, "" when there is none.
        source: where it can be read.
    """

    sha256: str
    text: str
    title: str
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class _Setting:
    """What holds for the whole document: its title's span, places and dates."""

    page: Page
    reference: date | None
    title_start: int
    places: tuple[EventPlace, ...]
    own_dates: tuple[EventDate, ...]
    document_number: str | None
    is_draft: bool

    def quote(self, start: int, end: int) -> Quote:
        return quote(self.page.sha256, self.page.text, start, end)


def _place(setting: _Setting, span: PlaceSpan | BodySpan, at: int) -> EventPlace:
    where = setting.quote(at + span.start, at + span.end)
    code, name = (span.code, span.name) if isinstance(span, PlaceSpan) else ("000000", "中国")
    return EventPlace(code=code, name=name, status="verified", quote=where)


def _places_in(setting: _Setting, text: str, at: int) -> tuple[EventPlace, ...]:
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


def _issuer(setting: _Setting, head: str) -> tuple[EventPlace, ...]:
    """The nation, where a national body heads a policy; its addressees are not its place."""
    spans = [b for b in bodies_in(head) if _NATIONAL.match(b.name)][:1]
    return tuple(_place(setting, span, 0) for span in spans)


def _title_start(page: Page, text: str) -> int:
    """Where the title stands: in the text itself, else anywhere on the page; -1 for nowhere."""
    if not page.title:
        return -1
    start = text.find(page.title)
    return start if start >= 0 else page.text.find(page.title)


def _setting(page: Page) -> _Setting:
    text = without_boilerplate(page.text)
    start = _title_start(page, text)
    bare = _Setting(
        page=page,
        reference=reference_day(page.text),
        title_start=start,
        places=(),
        own_dates=own_dates(page.sha256, page.text),
        document_number=None,
        is_draft=False,
    )
    head_end = max(start, 0) + len(page.title) + LEAD
    places = _places_in(bare, page.title, start) if start >= 0 else ()
    if not places and _POLICY_TITLE.search(page.title):
        places = _issuer(bare, text[:head_end])
    if not places:
        places = _places_in(bare, text[:head_end], 0)[:1]
    numbers = document_numbers_in(text[: head_end + LEAD])
    return _Setting(
        page=page,
        reference=bare.reference,
        title_start=start,
        places=places,
        own_dates=bare.own_dates,
        document_number=numbers[0].number if numbers else None,
        is_draft="征求意见" in page.title,
    )


def _event_date(setting: _Setting, passage: Passage, span: DateSpan, kind: DateKind) -> EventDate:
    until = span.last_day.isoformat() if span.last_day > span.first_day else None
    return EventDate(
        kind=kind,
        date=span.first_day.isoformat(),
        until=until,
        precision=span.precision,
        status="verified",
        quote=setting.quote(passage.start + span.start, passage.start + span.end),
    )


def _quantities(setting: _Setting, passage: Passage) -> tuple[EventQuantity, ...]:
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


def _bodies(setting: _Setting, passage: Passage) -> tuple[EventBody, ...]:
    found: dict[str, EventBody] = {}
    for span in bodies_in(passage.text):
        where = setting.quote(passage.start + span.start, passage.start + span.end)
        found.setdefault(span.name, EventBody(name=span.name, status="verified", quote=where))
    return tuple(found.values())


def _sectors(trigger: Trigger, industries: tuple[str, ...]) -> tuple[str, ...]:
    power = {"coal_power", "hydro", "wind", "solar", "nuclear", "grid"}
    if industries and set(industries) <= power:
        return ("power",)
    return ("industry", "power") if trigger.instrument in _POWER else ("industry",)


def _stage(setting: _Setting, passage: Passage, trigger: Trigger, span: DateSpan | None) -> Stage:
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


def _event_places(
    setting: _Setting, passage: Passage, trigger: Trigger, name: tuple[int, int]
) -> tuple[EventPlace, ...]:
    """Places in the name, else in the sentence, else of the document.

    A national body only stands for the nation where it made a policy: a mine in a letter of a
    ministry is not the nation's.
    """
    found = _places_in(setting, passage.text, passage.start)
    if not found and name[0] < passage.start:  # named in a sentence before: that one's place
        told = passage_at(setting.page.text, name[0])
        found = _places_in(setting, told.text, told.start)
    found = found or setting.places
    if trigger.kind != "policy":
        found = tuple(p for p in found if p.quote and places_in(p.quote.text)) or ()
    named = tuple(p for p in found if p.quote and name[0] <= p.quote.start < name[1])
    return named or found


def _event(
    setting: _Setting, passage: Passage, trigger: Trigger, *, dates: tuple[EventDate, ...],
    span: DateSpan | None, name: tuple[int, int],
) -> Event | None:  # fmt: skip
    places = _event_places(setting, passage, trigger, name)
    if not places or not dates:
        return None
    page = setting.page
    industries = industries_told(page.text, passage) or industries_in(page.title)
    name_quote = setting.quote(*name)
    return Event(
        id=f"doc-{page.sha256[:12]}-{passage.start + trigger.start}",
        name=name_quote.text,
        kind=trigger.kind,
        stage=_stage(setting, passage, trigger, span),
        instrument=trigger.instrument,
        direction=trigger.direction,
        dates=dates,
        places=places,
        bodies=_bodies(setting, passage),
        sectors=_sectors(trigger, industries),
        industries=industries,
        quantities=_quantities(setting, passage),
        document_number=setting.document_number if trigger.kind == "policy" else None,
        summary=passage.text,
        status="verified",
        quotes=(name_quote, setting.quote(passage.start, passage.end)),
        sources=(page.source,),
    )


def _from_sentence(setting: _Setting, passage: Passage, done: set[str]) -> list[Event]:
    named = find_triggers(passage.text)
    if not named:
        return []
    page = setting.page
    industries = industries_told(page.text, passage) or industries_in(page.title)
    in_policy = bool(_POLICY_TITLE.search(setting.page.title))
    triggers = [
        trigger
        for trigger in named
        if trigger.instrument not in done
        and not (in_policy and trigger.kind == "policy")
        and is_told(trigger, passage.text, industries)
    ]
    if not triggers:
        return []
    spans = dates_in(passage.text, setting.reference)
    found: list[Event] = []
    for trigger in triggers:
        span = nearest_date(passage.text, spans, trigger)
        if span is None or trigger.instrument in {e.instrument for e in found}:
            continue
        # What the policy of this sentence asks for is its content: 印发通知，要求水泥企业减产.
        if any(t.kind == "policy" for t in named) and is_demanded(passage, trigger):
            continue
        # What only describes a thing has no date but one beside it: 2020年投产的电厂.
        if is_attribute(trigger, passage.text) and not has_own_clause(passage, trigger, span.start):
            continue
        kind = date_kind(passage.text, span, trigger)
        dates = (_event_date(setting, passage, span, kind), *setting.own_dates)
        name = event_name(setting.page.text, passage, trigger)
        if name is None:
            continue
        event = _event(setting, passage, trigger, dates=dates, span=span, name=name)
        if event:
            found.append(event)
    return found


def _from_title(setting: _Setting) -> list[Event]:
    """The event a title names, dated by the document itself."""
    page = setting.page
    triggers = find_triggers(page.title)
    dates = policy_dates(page.sha256, page.text)
    if setting.title_start < 0 or not dates or not triggers:
        return []
    is_policy = bool(_POLICY_TITLE.search(page.title))
    passage = Passage(setting.title_start, setting.title_start + len(page.title), page.title)
    # The posting day of a report does not say when the thing happened; a policy is its document.
    if not is_policy:
        return []
    name = (passage.start, passage.end)
    event = _event(setting, passage, triggers[0], dates=dates, span=None, name=name)
    if event is None:
        return []
    stage: Stage = "draft" if setting.is_draft else "issued"
    bodies = event.bodies or issuing_office(page.sha256, page.text)
    number = setting.document_number
    changed = {"kind": "policy", "stage": stage, "bodies": bodies, "document_number": number}
    return [event.model_copy(update=changed)]


def _lead_event(setting: _Setting) -> list[Event]:
    """A report whose title has the trigger and whose lead has the date."""
    page = setting.page
    triggers = find_triggers(page.title)
    if setting.title_start < 0 or not triggers or _POLICY_TITLE.search(page.title):
        return []
    end = setting.title_start + len(page.title)
    text = without_boilerplate(page.text)
    lead = Passage(end, min(len(text), end + LEAD), text[end : end + LEAD])
    spans = [s for s in dates_in(lead.text, setting.reference) if is_usable(s)]
    own = {(d.quote.start, d.quote.end) for d in setting.own_dates if d.quote}
    spans = [s for s in spans if (lead.start + s.start, lead.start + s.end) not in own]
    if not spans:
        return []
    kind = date_kind(lead.text, spans[0], triggers[0])
    # The day on which a document was issued is not that of the cuts the headline tells of.
    if kind == "issued" and triggers[0].kind != "policy":
        return []
    dates = (_event_date(setting, lead, spans[0], kind), *setting.own_dates)
    title = Passage(setting.title_start, end, page.title)
    event = _event(
        setting, title, triggers[0], dates=dates, span=spans[0], name=(title.start, title.end)
    )
    if event is None:
        return []
    # The sentence of the date is quoted as well: it may name the document itself.
    told = passage_at(page.text, lead.start + spans[0].start)
    where = setting.quote(told.start, told.end)
    return [event.model_copy(update={"quotes": (*event.quotes, where)})]


def extract_events(page: Page) -> tuple[Event, ...]:
    """Events of a document; every field is a span of its text.

    A sentence is an event when a trigger word, a date and a place are found; the place may be the
    title's. A policy may be the whole document, dated by its signing or posting. Words of the
    document are data: nothing in it is followed, and a paragraph that speaks to a program is none.

    Args:
        page: the document.

    Returns:
        At most 40, in the order of the text; not yet checked (`verify_event`).
    """
    if not may_hold_event(page.text) or is_instruction(page.title):
        return ()
    setting = _setting(page)
    found = _from_title(setting) or _lead_event(setting)
    done = {event.instrument or "" for event in found if event.kind == "policy"}
    for passage in without_instructions(page.text, passages(page.text)):
        if len(found) >= MOST_EVENTS:
            break
        if passage.text != page.title and len(passage.text) <= 600:
            found += _from_sentence(setting, passage, done)
    return tuple(found)
