"""Events of one document by rules: a sentence with a trigger, a date and a place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tanzhe.evidence.passages import (
    LEAD,
    Passage,
    passages,
    posted_day,
    quote,
    reference_day,
    signed_day,
)
from tanzhe.evidence.triggers import (
    Trigger,
    find_triggers,
    industries_in,
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
from tanzhe.text import (
    BodySpan,
    DateSpan,
    PlaceSpan,
    read_bodies,
    read_dates,
    read_document_numbers,
    read_places,
    read_quantities,
)

LONGEST_NAME = 48  # characters of an event's name
MOST_EVENTS = 40  # of one document; a list of hundreds is a table, not a report
_NATIONAL = re.compile(
    r"^(?:国务院|国家|生态环境部|工业和信息化部|财政部|环境保护部|商务部|科技部|"
    r"中共中央)"
)
_POLICY_TITLE = re.compile(
    r"关于|通知|方案|办法|意见|规划|计划|条例|公告|决定|规定|措施|细则|要点|通报|批复|标准"
)
_BASE = re.compile(r"(?:较|比|相较于?|不及|高于|低于|compared with|than in)\s*$")
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
    spans: list[PlaceSpan | BodySpan] = list(read_places(text))
    if not spans:
        spans += [b for b in read_bodies(text) if _NATIONAL.match(b.name)][:1]
    found: dict[str, EventPlace] = {}
    for span in spans:
        place = _place(setting, span, at)
        found.setdefault(place.code, place)
    return tuple(found.values())


def _own_dates(page: Page) -> tuple[EventDate, ...]:
    """Signing and posting of the document, kept as two kinds of date."""
    found = []
    for kind, stated in (("signed", signed_day(page.text)), ("posted", posted_day(page.text))):
        if stated:
            one: DateKind = "signed" if kind == "signed" else "posted"
            found.append(
                EventDate(
                    kind=one,
                    date=stated.day.isoformat(),
                    precision="day",
                    status="verified",
                    quote=quote(page.sha256, page.text, stated.start, stated.end),
                )
            )
    return tuple(found)


def _issuer(setting: _Setting, head: str) -> tuple[EventPlace, ...]:
    """The nation, where a national body heads a policy; its addressees are not its place."""
    spans = [b for b in read_bodies(head) if _NATIONAL.match(b.name)][:1]
    return tuple(_place(setting, span, 0) for span in spans)


def _setting(page: Page) -> _Setting:
    start = page.text.find(page.title) if page.title else -1
    bare = _Setting(
        page=page,
        reference=reference_day(page.text),
        title_start=start,
        places=(),
        own_dates=_own_dates(page),
        document_number=None,
        is_draft=False,
    )
    head_end = max(start, 0) + len(page.title) + LEAD
    places = _places_in(bare, page.title, start) if start >= 0 else ()
    if not places and _POLICY_TITLE.search(page.title):
        places = _issuer(bare, page.text[:head_end])
    if not places:
        places = _places_in(bare, page.text[:head_end], 0)[:1]
    numbers = read_document_numbers(page.text[: head_end + LEAD])
    return _Setting(
        page=page,
        reference=bare.reference,
        title_start=start,
        places=places,
        own_dates=bare.own_dates,
        document_number=numbers[0].number if numbers else None,
        is_draft="征求意见" in page.title,
    )


def _usable(span: DateSpan) -> bool:
    """A plan of five years dates nothing."""
    return (span.last_day - span.first_day).days <= 370


def _is_base(sentence: str, span: DateSpan) -> bool:
    """Whether a date is only what is compared with: 较2020年减产三成."""
    return _BASE.search(sentence[: span.start]) is not None or sentence.startswith("同期", span.end)


def _nearest_date(sentence: str, spans: Iterable[DateSpan], trigger: Trigger) -> DateSpan | None:
    """The date before the trigger and nearest to it, else the nearest after it."""
    usable = [span for span in spans if _usable(span) and not _is_base(sentence, span)]
    before = [span for span in usable if span.end <= trigger.start]
    after = [span for span in usable if span.start >= trigger.end]
    if before:
        return max(before, key=lambda span: span.end)
    return min(after, key=lambda span: span.start) if after else None


def _date_kind(sentence: str, span: DateSpan, trigger: Trigger) -> DateKind:
    around = sentence[max(0, span.start - 6) : span.end + 14]
    if re.search(r"施行|执行|实施|生效", around) and trigger.kind == "policy":
        return "effective"
    if re.search(r"印发|发布|下发|出台|公布|issued|released", around):
        return "issued"
    return "issued" if trigger.kind == "policy" else "happened"


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


def _clause(passage: Passage, trigger: Trigger) -> tuple[int, int]:
    """Offsets in the passage of the clause around the trigger, at most 48 characters."""
    start = max(passage.text.rfind(mark, 0, trigger.start) for mark in "，,：:") + 1
    ends = [at for mark in "，,：:" if (at := passage.text.find(mark, trigger.end)) >= 0]
    end = min(ends, default=len(passage.text))
    if trigger.end - start > LONGEST_NAME:
        # Begin after a particle, so that no word is cut in two.
        room = passage.text[trigger.end - LONGEST_NAME : trigger.start]
        cuts = [room.find(mark) for mark in "的、在于了和及与对"]
        least = min((cut for cut in cuts if cut >= 0), default=len(room) - 1)
        start = trigger.end - LONGEST_NAME + least + 1
    end = min(end, start + LONGEST_NAME)
    while start < end and passage.text[start] in " 　“”、":
        start += 1
    return start, end


def _quantities(setting: _Setting, passage: Passage) -> tuple[EventQuantity, ...]:
    """Numbers of the passage, each with the words of its clause that say what it measures."""
    found = []
    for span in read_quantities(passage.text, setting.reference):
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
    for span in read_bodies(passage.text):
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
    stage = stage_in(passage.text, trigger.stage)
    reference = setting.reference
    # What lies after the day of writing has not happened yet.
    if stage == trigger.stage and trigger.kind != "policy" and span and reference:
        return "target" if span.first_day > reference else stage
    return stage


def _event(
    setting: _Setting, passage: Passage, trigger: Trigger, *, dates: tuple[EventDate, ...],
    span: DateSpan | None, name: tuple[int, int],
) -> Event | None:  # fmt: skip
    places = _places_in(setting, passage.text, passage.start) or setting.places
    if not places or not dates:
        return None
    page = setting.page
    industries = industries_in(passage.text) or industries_in(page.title)
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
    industries = industries_in(passage.text) or industries_in(setting.page.title)
    in_policy = bool(_POLICY_TITLE.search(setting.page.title))
    triggers = [
        trigger
        for trigger in find_triggers(passage.text)
        if trigger.instrument not in done
        and not (in_policy and trigger.kind == "policy")
        and is_told(trigger, passage.text, industries)
    ]
    if not triggers:
        return []
    spans = read_dates(passage.text, setting.reference)
    found: list[Event] = []
    for trigger in triggers:
        span = _nearest_date(passage.text, spans, trigger)
        if span is None or trigger.instrument in {e.instrument for e in found}:
            continue
        kind = _date_kind(passage.text, span, trigger)
        dates = (_event_date(setting, passage, span, kind), *setting.own_dates)
        start, end = _clause(passage, trigger)
        name = (passage.start + start, passage.start + end)
        event = _event(setting, passage, trigger, dates=dates, span=span, name=name)
        if event:
            found.append(event)
    return found


def _from_title(setting: _Setting) -> list[Event]:
    """The event a title names, dated by the document itself."""
    page = setting.page
    triggers = find_triggers(page.title)
    if setting.title_start < 0 or not setting.own_dates or not triggers:
        return []
    is_policy = bool(_POLICY_TITLE.search(page.title))
    passage = Passage(setting.title_start, setting.title_start + len(page.title), page.title)
    # The posting day of a report does not say when the thing happened; a policy is its document.
    if not is_policy:
        return []
    event = _event(
        setting, passage, triggers[0], dates=setting.own_dates, span=None,
        name=(passage.start, passage.end),
    )  # fmt: skip
    if event is None:
        return []
    stage: Stage = "draft" if setting.is_draft else "issued"
    return [event.model_copy(update={"kind": "policy", "stage": stage})]


def _lead_event(setting: _Setting) -> list[Event]:
    """A report whose title has the trigger and whose lead has the date."""
    page = setting.page
    triggers = find_triggers(page.title)
    if setting.title_start < 0 or not triggers or _POLICY_TITLE.search(page.title):
        return []
    end = setting.title_start + len(page.title)
    lead = Passage(end, min(len(page.text), end + LEAD), page.text[end : end + LEAD])
    spans = [s for s in read_dates(lead.text, setting.reference) if _usable(s)]
    own = {(d.quote.start, d.quote.end) for d in setting.own_dates if d.quote}
    spans = [s for s in spans if (lead.start + s.start, lead.start + s.end) not in own]
    if not spans:
        return []
    kind = _date_kind(lead.text, spans[0], triggers[0])
    dates = (_event_date(setting, lead, spans[0], kind), *setting.own_dates)
    title = Passage(setting.title_start, end, page.title)
    event = _event(
        setting, title, triggers[0], dates=dates, span=spans[0], name=(title.start, title.end)
    )
    return [event] if event else []


def extract_events(page: Page) -> tuple[Event, ...]:
    """Events of a document; every field is a span of its text.

    A sentence is an event when a trigger word, a date and a place are found; the place may be the
    title's. A policy may be the whole document, dated by its signing or posting. Words of the
    document are data: nothing in it is followed.

    Args:
        page: the document.

    Returns:
        At most 40, in the order of the text; not yet checked (`verify_event`).
    """
    if not may_hold_event(page.text):
        return ()
    setting = _setting(page)
    found = _from_title(setting) or _lead_event(setting)
    done = {event.instrument or "" for event in found if event.kind == "policy"}
    for passage in passages(page.text):
        if len(found) >= MOST_EVENTS:
            break
        if passage.text != page.title and len(passage.text) <= 600:
            found += _from_sentence(setting, passage, done)
    return tuple(found)
