"""The built-in catalogue of dated facts, and users' own records in the same form."""

from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import ValidationError, field_validator

from tanzhe.errors import NOT_UTF8, Fault, Words, refuse, why_not
from tanzhe.model import (
    Event,
    EventBody,
    EventDate,
    EventPlace,
    EventQuantity,
    Note,
    Record,
    Source,
)
from tanzhe.model.evidence import DateKind, EventKind, Stage, Status
from tanzhe.places import place_of
from tanzhe.text.publishers import tier_of


class _Quantity(Record):
    what: str
    value: float
    unit: str
    as_stated: str


class _Source(Record):
    url: str | None
    publisher: str
    publisher_tier: str = ""
    published: str | None = None
    seen: str = ""


class _Checked(Record):
    by: str
    on: str
    how: str


class ChronicleRecord(Record):
    """One line of a chronicle; the fields are explained in `data/CHRONICLE.md`."""

    id: str
    start: date
    end: date | None = None
    date_precision: Literal["day", "month", "year"]
    regions: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    kind: EventKind
    instrument: str | None = None
    stage: Stage = "unknown"
    direction: Literal["down", "up", "mixed", "none", "unknown"] = "unknown"
    name_zh: str
    name_en: str | None = None
    summary_zh: str
    summary_en: str | None = None
    actors: tuple[str, ...] = ()
    document_number: str | None = None
    quantities: tuple[_Quantity, ...] = ()
    sources: tuple[_Source, ...]
    checked: _Checked
    confidence: Literal["high", "medium", "low"]
    reviewed: bool

    @field_validator("regions")
    @classmethod
    def _known_regions(cls, regions: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [iso for iso in regions if place_of(iso) is None]
        if unknown or not regions:
            raise ValueError(f"unknown ISO 3166-2 codes: {unknown}" if unknown else "no region")
        return regions

    @field_validator("sources")
    @classmethod
    def _some_source(cls, sources: tuple[_Source, ...]) -> tuple[_Source, ...]:
        if not sources:
            raise ValueError("no source")
        return sources

    @property
    def is_fact(self) -> bool:
        """Reviewed and not of low confidence; everything else is a lead."""
        return self.reviewed and self.confidence != "low"


def _fault(where: str, line: int, field: str, message: str) -> Fault:
    return Fault(
        what=Words(f"事件记录有误：{message}", f"Bad chronicle record: {message}"),
        where=f"{where} 第{line}行 {field}".strip(),
        do=Words("请按 data/CHRONICLE.md 改正该字段", "Correct the field after data/CHRONICLE.md"),
    )


def _unopened(where: str, why: Words) -> Fault:
    return Fault(
        what=Words(f"大事记打不开：{why.zh}", f"The chronicle cannot be opened: {why.en}"),
        where=where,
        do=Words("请检查路径，文件应为 UTF-8 的 JSON 行", "Check the path; JSON lines in UTF-8"),
    )


def _record(line: str, where: str, number: int, faults: list[Fault]) -> ChronicleRecord | None:
    try:
        return ChronicleRecord.model_validate_json(line)
    except ValidationError as error:
        for one in error.errors():
            field = ".".join(str(part) for part in one["loc"])
            faults.append(_fault(where, number, field, one["msg"]))
        return None


def read_chronicle(text: str, where: str = "") -> tuple[ChronicleRecord, ...]:
    """Records of a chronicle in JSON lines.

    Args:
        text: one JSON object a line; empty lines are skipped.
        where: file name, for the errors.

    Raises:
        InputError: lists every fault of every line, with line number and field.
    """
    faults: list[Fault] = []
    records: list[ChronicleRecord] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        record = _record(line.strip(), where, number, faults)
        if record is None:
            continue
        if record.id in seen:
            message = f"id {record.id} already on line {seen[record.id]}"
            faults.append(_fault(where, number, "id", message))
        if record.end and record.end < record.start:
            faults.append(_fault(where, number, "end", "before start"))
        seen.setdefault(record.id, number)
        records.append(record)
    refuse(faults)
    return tuple(records)


_LOW = Note(
    code="chronicle_low_confidence",
    zh="该条目可信度低，仅作线索。",
    en="This record is of low confidence and only a lead.",
)
_END_OPEN = Note(
    code="chronicle_date_kind",
    zh="编目日期未说明是签发、生效、发布还是报道之日。",
    en="The catalogue's date may be that of signing, effect, posting or report.",
)


def event_of(record: ChronicleRecord) -> Event:
    """The event of a record: catalogued when reviewed, else a lead."""
    status: Status = "catalogued" if record.is_fact else "unsupported"
    is_period = record.kind == "statistic" and record.end is not None
    kind: DateKind = "reported_period" if is_period else "unknown"
    return Event(
        id=record.id,
        name=record.name_zh,
        name_en=record.name_en,
        kind=record.kind,
        stage=record.stage,
        instrument=record.instrument,
        direction=record.direction,
        dates=(
            EventDate(
                kind=kind,
                date=record.start.isoformat(),
                until=record.end.isoformat() if record.end else None,
                precision=record.date_precision,
                status=status,
            ),
        ),
        places=tuple(_place(iso, status) for iso in record.regions),
        bodies=tuple(EventBody(name=name, status=status) for name in record.actors),
        sectors=record.sectors,
        industries=record.industries,
        quantities=tuple(
            EventQuantity(
                what=q.what, value=q.value, unit=q.unit, as_stated=q.as_stated, status=status
            )
            for q in record.quantities
        ),
        document_number=record.document_number,
        summary=record.summary_zh,
        summary_en=record.summary_en,
        status=status,
        reviewed=record.is_fact,
        sources=tuple(
            Source(
                url=s.url,
                publisher=s.publisher,
                tier=tier_of(s.url, s.publisher_tier),
                published=s.published,
            )
            for s in record.sources
        ),
        notes=(_END_OPEN, *(() if record.confidence != "low" else (_LOW,))),
    )


def _place(iso: str, status: Status) -> EventPlace:
    place = place_of(iso)
    return EventPlace(code=iso, name=place.zh if place else iso, status=status)


@cache
def chronicle() -> tuple[Event, ...]:
    """The built-in records as events, by start."""
    text = files("tanzhe.data").joinpath("chronicle.jsonl").read_text(encoding="utf-8")
    return tuple(event_of(record) for record in read_chronicle(text, "chronicle.jsonl"))


def load_chronicle(path: str | Path) -> tuple[Event, ...]:
    """A user's records as events.

    Raises:
        InputError: lists every fault; or the file cannot be read as UTF-8.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = why_not(error) if isinstance(error, OSError) else NOT_UTF8
        refuse([_unopened(path.name, why)])
        raise  # refuse has raised already
    return tuple(event_of(record) for record in read_chronicle(text, path.name))
