"""Events of one document by rules: a sentence with a trigger, a date and a place."""

import re

from tanzhe.evidence.events.colophon import issuing_office, own_dates, policy_dates
from tanzhe.evidence.events.dates import date_kind, is_own_day, is_usable, nearest_date
from tanzhe.evidence.events.fields import (
    bodies_of,
    event_date,
    quantities_of,
    sectors_of,
    stage_of,
)
from tanzhe.evidence.events.instructions import is_instruction, without_instructions
from tanzhe.evidence.events.naming import has_own_clause, is_demanded
from tanzhe.evidence.events.page import Page, Setting
from tanzhe.evidence.events.passages import LEAD, Passage, passage_at, passages, reference_day
from tanzhe.evidence.events.places import event_places, issuer_place, told_places
from tanzhe.evidence.events.readings import dates_in, document_numbers_in
from tanzhe.evidence.events.subjects import event_name, industries_told
from tanzhe.evidence.events.triggers import (
    Trigger,
    find_triggers,
    industries_in,
    is_attribute,
    is_told,
    may_hold_event,
)
from tanzhe.model import Event, EventDate
from tanzhe.model.evidence import Stage
from tanzhe.text import DateSpan
from tanzhe.text.files.boilerplate import without_boilerplate

MOST_EVENTS = 40  # of one document; a list of hundreds is a table, not a report
POLICY_TITLE = re.compile(
    r"关于|通知|方案|办法|意见|规划|计划|条例|公告|决定|规定|措施|细则|要点|通报|批复|标准"
)


def _title_start(page: Page, text: str) -> int:
    """Where the title stands: in the text itself, else anywhere on the page; -1 for nowhere."""
    if not page.title:
        return -1
    start = text.find(page.title)
    return start if start >= 0 else page.text.find(page.title)


def setting_of(page: Page) -> Setting:
    """What holds for all events of a page."""
    text = without_boilerplate(page.text)
    start = _title_start(page, text)
    bare = Setting(
        page=page,
        reference=reference_day(page.text),
        title_start=start,
        places=(),
        own_dates=own_dates(page.sha256, page.text),
        document_number=None,
        is_draft=False,
    )
    head_end = max(start, 0) + len(page.title) + LEAD
    places = told_places(bare, page.title, start) if start >= 0 else ()
    if not places and POLICY_TITLE.search(page.title):
        places = issuer_place(bare, text[:head_end])
    if not places:
        places = told_places(bare, text[:head_end], 0)[:1]
    numbers = document_numbers_in(text[: head_end + LEAD])
    return Setting(
        page=page,
        reference=bare.reference,
        title_start=start,
        places=places,
        own_dates=bare.own_dates,
        document_number=numbers[0].number if numbers else None,
        is_draft="征求意见" in page.title,
    )


def event_of(
    setting: Setting, passage: Passage, trigger: Trigger, *, dates: tuple[EventDate, ...],
    span: DateSpan | None, name: tuple[int, int],
) -> Event | None:  # fmt: skip
    """The event of a trigger, with the fields its sentence tells; None without date or place.

    Args:
        setting: of the document.
        passage: the sentence.
        trigger: as found in it.
        dates: the event's, then those of the document.
        span: the event's own date in the sentence, if it has one.
        name: offsets in the text of the words that name it.
    """
    places = event_places(setting, passage, trigger, name)
    if not places or not dates:
        return None
    page = setting.page
    industries = industries_told(page.text, passage) or industries_in(page.title)
    name_quote = setting.quote(*name)
    return Event(
        id=f"doc-{page.sha256[:12]}-{passage.start + trigger.start}",
        name=name_quote.text,
        kind=trigger.kind,
        stage=stage_of(setting, passage, trigger, span),
        instrument=trigger.instrument,
        direction=trigger.direction,
        dates=dates,
        places=places,
        bodies=bodies_of(setting, passage),
        sectors=sectors_of(trigger, industries),
        industries=industries,
        quantities=quantities_of(setting, passage),
        document_number=setting.document_number if trigger.kind == "policy" else None,
        summary=passage.text,
        status="verified",
        quotes=(name_quote, setting.quote(passage.start, passage.end)),
        sources=(page.source,),
    )


def _from_sentence(setting: Setting, passage: Passage, done: set[str]) -> list[Event]:
    named = find_triggers(passage.text)
    if not named:
        return []
    page = setting.page
    industries = industries_told(page.text, passage) or industries_in(page.title)
    in_policy = bool(POLICY_TITLE.search(setting.page.title))
    triggers = [
        trigger
        for trigger in named
        if trigger.instrument not in done
        and not (in_policy and trigger.kind == "policy")
        and is_told(trigger, passage.text, industries)
    ]
    if not triggers:
        return []
    found: list[Event] = []
    for trigger in triggers:
        if trigger.instrument in {e.instrument for e in found}:
            continue
        # What the policy of this sentence asks for is its content: 印发通知，要求水泥企业减产.
        if any(t.kind == "policy" for t in named) and is_demanded(passage, trigger):
            continue
        event = _told(setting, passage, trigger)
        if event:
            found.append(event)
    return found


def _told(setting: Setting, passage: Passage, trigger: Trigger) -> Event | None:
    """The event of one trigger of a sentence, dated by the sentence."""
    spans = dates_in(passage.text, setting.reference)
    span = nearest_date(passage.text, spans, trigger)
    dates = setting.own_dates
    if span is not None:
        kind = date_kind(passage.text, span, trigger)
        dates = (event_date(setting, passage, span, kind), *dates)
    elif trigger.kind != "policy" or all(is_own_day(passage.text, one) for one in spans):
        return None  # 9月12日获悉，印发通知: no day of its own, but the page's
    # What only describes a thing has no date but one beside it: 2020年投产的电厂.
    beside = span is not None and has_own_clause(passage, trigger, span.start)
    if is_attribute(trigger, passage.text) and not beside:
        return None
    name = event_name(setting.page.text, passage, trigger)
    if name is None:
        return None
    return event_of(setting, passage, trigger, dates=dates, span=span, name=name)


def _from_title(setting: Setting) -> list[Event]:
    """The event a title names, dated by the document itself."""
    page = setting.page
    triggers = find_triggers(page.title)
    dates = policy_dates(page.sha256, page.text)
    if setting.title_start < 0 or not dates or not triggers:
        return []
    is_policy = bool(POLICY_TITLE.search(page.title))
    passage = Passage(setting.title_start, setting.title_start + len(page.title), page.title)
    # The posting day of a report does not say when the thing happened; a policy is its document.
    if not is_policy:
        return []
    name = (passage.start, passage.end)
    event = event_of(setting, passage, triggers[0], dates=dates, span=None, name=name)
    if event is None:
        return []
    stage: Stage = "draft" if setting.is_draft else "issued"
    bodies = event.bodies or issuing_office(page.sha256, page.text)
    number = setting.document_number
    changed = {"kind": "policy", "stage": stage, "bodies": bodies, "document_number": number}
    return [event.model_copy(update=changed)]


def _lead_event(setting: Setting) -> list[Event]:
    """A report whose title has the trigger and whose lead has the date."""
    page = setting.page
    triggers = find_triggers(page.title)
    if setting.title_start < 0 or not triggers or POLICY_TITLE.search(page.title):
        return []
    end = setting.title_start + len(page.title)
    text = without_boilerplate(page.text)
    lead = Passage(end, min(len(text), end + LEAD), text[end : end + LEAD])
    spans = [
        span
        for span in dates_in(lead.text, setting.reference)
        if is_usable(span) and is_own_day(lead.text, span)
    ]
    own = {(d.quote.start, d.quote.end) for d in setting.own_dates if d.quote}
    spans = [s for s in spans if (lead.start + s.start, lead.start + s.end) not in own]
    if not spans:
        return []
    kind = date_kind(lead.text, spans[0], triggers[0])
    # The day on which a document was issued is not that of the cuts the headline tells of.
    if kind == "issued" and triggers[0].kind != "policy":
        return []
    dates = (event_date(setting, lead, spans[0], kind), *setting.own_dates)
    title = Passage(setting.title_start, end, page.title)
    event = event_of(
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
    setting = setting_of(page)
    found = _from_title(setting) or _lead_event(setting)
    done = {event.instrument or "" for event in found if event.kind == "policy"}
    for passage in without_instructions(page.text, passages(page.text)):
        if len(found) >= MOST_EVENTS:
            break
        if passage.text != page.title and len(passage.text) <= 600:
            found += _from_sentence(setting, passage, done)
    return tuple(found)
