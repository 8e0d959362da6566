"""Strict reading of chronicles: every fault of every record, in both languages, at once."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Literal

from pydantic import ConfigDict, ValidationError, field_validator

from tanzhe.errors import Fault, UnknownName, Words, listed, refuse
from tanzhe.model import Record
from tanzhe.model.evidence import EventKind, Stage
from tanzhe.places import find_place, place_of
from tanzhe.sectors import Product, find_sector, products
from tanzhe.terms import words_of

RecordDateKind = Literal[
    "happened", "issued", "effective", "posted", "reported_period", "announced"
]

# Industries of the catalogue of which no product is in the vocabulary.
_FURTHER = (
    "coal_chemicals", "coal_mining", "coking", "electronics", "ferroalloys", "grid", "hydrogen",
    "lithium", "magnesia", "refining", "silicon", "textiles", "wind",
)  # fmt: skip


class _Strict(Record):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, strict=True)


class _Quantity(_Strict):
    what: str
    value: float
    unit: str
    as_stated: str


class _Source(_Strict):
    url: str | None
    publisher: str
    publisher_tier: str = ""
    published: str | None = None
    seen: str = ""


class _Checked(_Strict):
    by: str
    on: str
    how: str


class _Wrong(ValueError):
    """A fault of ours in both languages, carried through pydantic."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)


@cache
def known_industries() -> frozenset[str]:
    """Ids of industries: those of the products, and those of the catalogue that make none."""
    return frozenset(_FURTHER) | {name for product in products() for name in product.industries}


class ChronicleRecord(_Strict):
    """One line of a chronicle; the fields are explained in `data/CHRONICLE.md`."""

    id: str
    start: date
    end: date | None = None
    date_kind: RecordDateKind | None = None
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

    @field_validator("id", "name_zh")
    @classmethod
    def _not_blank(cls, text: str) -> str:
        if not text.strip():
            raise _Wrong(Words("不能为空", "it is empty"))
        return text

    @field_validator("regions")
    @classmethod
    def _known_regions(cls, regions: tuple[str, ...]) -> tuple[str, ...]:
        if not regions:
            raise _Wrong(Words("没有地区", "no region"))
        if unknown := [iso for iso in regions if place_of(iso) is None]:
            near = ", ".join(iso for name in unknown if (iso := _code(name)))
            raise _Wrong(_unknown(unknown, Words("ISO 3166-2 地区代码", "ISO 3166-2 code"), near))
        return regions

    @field_validator("sectors")
    @classmethod
    def _known_sectors(cls, sectors: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [name for name in sectors if not _is_sector(name)]:
            raise _Wrong(_unknown(unknown, Words("部门", "sector"), "industry, power"))
        return sectors

    @field_validator("industries")
    @classmethod
    def _known_industries(cls, industries: tuple[str, ...]) -> tuple[str, ...]:
        known = known_industries()
        if unknown := [name for name in industries if name not in known]:
            near = dict.fromkeys(one for name in unknown for one in _near_industries(name))
            there_are = ", ".join(near or sorted(known))
            raise _Wrong(_unknown(unknown, Words("行业", "industry"), there_are))
        return industries

    @field_validator("sources")
    @classmethod
    def _some_source(cls, sources: tuple[_Source, ...]) -> tuple[_Source, ...]:
        if not sources:
            raise _Wrong(Words("没有来源", "no source"))
        return sources

    @property
    def is_fact(self) -> bool:
        """Reviewed and not of low confidence; everything else is a lead."""
        return self.reviewed and self.confidence != "low"


def _code(name: str) -> str:
    """The code of a province that somebody wrote by its name, else nothing."""
    try:
        return find_place(name).iso
    except UnknownName:
        return ""


def _is_sector(name: str) -> bool:
    try:
        find_sector(name)
    except UnknownName:
        return False
    return True


def _near_industries(name: str) -> tuple[str, ...]:
    """Industries that a wrong word may mean: those of a product of that name, or written alike."""
    try:
        entry = find_sector(name)
    except UnknownName:
        entry = None
    if isinstance(entry, Product):
        return entry.industries
    return tuple(get_close_matches(name.lower(), sorted(known_industries()), n=3))


def _unknown(names: Iterable[str], kind: Words, there_are: str) -> Words:
    said = listed(names)
    zh, en = (f"；可用：{there_are}", f"; there are: {there_are}") if there_are else ("", "")
    return Words(f"不认识的{kind.zh}：{said.zh}{zh}", f"unknown {kind.en}: {said.en}{en}")


MOST_FAULTS = 200  # told at once; a file that is no chronicle has one in every line
_UNREAD = Words("问题太多，以下没有再看", "too many faults; what follows was not looked at")
# What pydantic calls a fault, in our words; what is not here keeps its English message.
_SAID = words_of("evidence.chronicle_records.said")


def _words(error: object) -> Words:
    assert isinstance(error, dict)
    context = error.get("ctx") or {}
    if isinstance(own := context.get("error"), _Wrong):
        return own.words
    if error["type"] == "literal_error":
        expected = context["expected"]
        zh = expected.replace(" or ", "、").replace(", ", "、")
        return Words(f"只能是 {zh}", f"it should be {expected}")
    return _SAID.get(error["type"], Words(f"写法不对（{error['msg']}）", error["msg"]))


def _fault(where: str, at: str, field: str, message: Words) -> Fault:
    return Fault(
        Words(f"事件记录有误：{message.zh}", f"Bad chronicle record: {message.en}"),
        Words("请按 data/CHRONICLE.md 改正该字段", "Correct the field after data/CHRONICLE.md"),
        where=f"{where} {at} {field}".strip(),
    )


def _pieces(text: str, where: str, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    """Each record with its place: lines of JSON, or the items of one JSON list."""
    if not text.lstrip().startswith("["):
        lines = enumerate(text.split("\n"), 1)
        yield from ((f"第{number}行", line.strip()) for number, line in lines if line.strip())
        return
    try:
        items = json.loads(text)
    except ValueError:
        faults.append(_fault(where, "", "", _SAID["json_invalid"]))
        return
    for number, item in enumerate(items, 1):
        yield f"第{number}条", json.dumps(item, ensure_ascii=False)


def read_chronicle(text: str, where: str = "") -> tuple[ChronicleRecord, ...]:
    """Records of a chronicle in JSON lines, or in one JSON list.

    Args:
        text: one JSON object a line, empty lines are skipped; or a list of such objects.
        where: file name, for the errors.

    Raises:
        InputError: lists every fault of every record, with line (or number) and field.
    """
    faults: list[Fault] = []
    records: list[ChronicleRecord] = []
    seen: dict[str, str] = {}
    for at, piece in _pieces(text, where, faults):
        if len(faults) >= MOST_FAULTS:
            faults.append(_fault(where, at, "", _UNREAD))
            break
        try:
            record = ChronicleRecord.model_validate_json(piece)
        except ValidationError as error:
            for one in error.errors():
                field = ".".join(str(part) for part in one["loc"])
                faults.append(_fault(where, at, field, _words(one)))
            continue
        if record.id in seen:
            message = Words(
                f"编号与{seen[record.id]}重复", f"the id stands at {seen[record.id]} too"
            )
            faults.append(_fault(where, at, "id", message))
        if record.end and record.end < record.start:
            faults.append(_fault(where, at, "end", Words("早于开始", "it is before the start")))
        seen.setdefault(record.id, at)
        records.append(record)
    refuse(faults)
    return tuple(records)
