"""What a report says, with lines, and what was found wrong and right about it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tanzhe.errors import Language, Words
from tanzhe.model import Record, Result

Severity = Literal["error", "warning", "note"]
Role = Literal[
    "point", "name", "source", "stage", "date", "place", "sector", "actor", "cost", "target",
    "cause", "effect", "scale", "content", "text", "other",
]  # fmt: skip
Layout = Literal["labelled", "bullets", "table", "prose", "empty"]


@dataclass(frozen=True, kw_only=True)
class Days:
    """A day or period a report claims.

    Attributes:
        first: first day.
        last: last day, inclusive.
        precision: as `DateSpan.precision`.
        text: as written.
    """

    first: date
    last: date
    precision: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """An address in a report.

    Attributes:
        label: the words of the link, or the words before the address.
        url: as written.
        line: counted from 1.
        broken: what is wrong with its form, or None.
        cited: whether it stands in a list of references and is cited by a mark.
        posted: the day a reference gives for itself, or None.
    """

    label: str
    url: str
    line: int
    broken: Words | None = None
    cited: bool = False
    posted: Days | None = None


@dataclass(kw_only=True)
class Field:
    """One labelled passage of an item; `label` is as written, "" for bare text."""

    label: str
    role: Role
    value: str
    line: int
    links: list[Link] = field(default_factory=list)


@dataclass(kw_only=True)
class Item:
    """One policy or event of a report."""

    id: str
    point: str
    title: str
    line: int
    last_line: int
    fields: list[Field] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    category: str = ""
    loose: bool = False  # a sentence or a bare bullet: what it does not say stands around it
    in_table: bool = False  # a row of a table
    in_prose: bool = False  # a paragraph or part of one
    cited: bool = False  # by marks that a list of references explains

    def of(self, *roles: Role) -> list[Field]:
        """Its fields of the given roles, in order."""
        return [one for one in self.fields if one.role in roles]

    @property
    def text(self) -> str:
        """Title and all fields but the sources."""
        values = [f.value for f in self.fields if f.role not in ("source", "name")]
        return "。".join([self.title, *values])


@dataclass(kw_only=True)
class Point:
    """A turning point as a report heads it."""

    id: str
    heading: str
    line: int
    days: Days | None
    confidence: float | None = None
    items: list[Item] = field(default_factory=list)
    prose: list[tuple[int, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    empty: bool = False


@dataclass(kw_only=True)
class ReportText:
    """A report read into turning points, items and fields.

    Attributes:
        name: file name.
        title: its title, "" when there is none.
        layout: how items are written.
        lines: all lines as read; line 1 is `lines[0]`.
        points: in order.
        head: lines before the first turning point, with their numbers.
        region: ISO code of the province it is about, or None.
        sector: `industry`, `power`, ... or None.
        written: day it was made, or None.
        odd: faults of form found while reading: line, what.
        asides: lines that are no events by their place: methods, summaries, annexes, closings.
        references: entries of the list of references, as links.
        understood: share of the text whose part in the report was made out, 0 to 1.
        unread: first line, last line and why, for text that was not made out and not judged.
    """

    name: str
    title: str
    layout: Layout
    lines: list[str]
    points: list[Point] = field(default_factory=list)
    head: list[tuple[int, str]] = field(default_factory=list)
    region: str | None = None
    sector: str | None = None
    written: date | None = None
    odd: list[tuple[int, Words]] = field(default_factory=list)
    asides: list[tuple[int, str]] = field(default_factory=list)
    references: list[Link] = field(default_factory=list)
    understood: float = 1.0
    unread: list[tuple[int, int, Words]] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        """All items in order."""
        return [item for point in self.points for item in point.items]


class Finding(Record):
    """One defect of a report.

    Attributes:
        kind: as docs/audit/audit.md lists them.
        item: id of the item, or None.
        turning_point: its id, or None.
        field: label of the field as written, or None.
        line: counted from 1.
        severity: error (wrong), warning (cannot be relied on), note (should be said better).
        explanation: what is wrong and how it is known, Chinese.
        explanation_en: the same in English.
        against: name and line in the other report or document, or None.
    """

    kind: str
    item: str | None = None
    turning_point: str | None = None
    field: str | None = None
    line: int
    severity: Severity
    explanation: str
    explanation_en: str
    against: str | None = None

    def said(self, language: Language = "zh") -> str:
        """The explanation in one language."""
        return self.explanation if language == "zh" else self.explanation_en


class Passed(Record):
    """A field that was checked and is right."""

    item: str
    line: int
    field: str
    zh: str
    en: str


class Verdicts:
    """Collects findings and passed checks; the same finding is kept once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.passed: list[Passed] = []
        self._seen: set[tuple[str, int, str | None]] = set()

    def wrong(
        self,
        kind: str,
        line: int,
        words: Words,
        *,
        severity: Severity = "warning",
        item: Item | None = None,
        point: Point | str | None = None,
        field: str | None = None,
        against: str | None = None,
    ) -> None:
        """Keep a finding; one of each kind for a line and other text."""
        if (kind, line, against) in self._seen:
            return
        self._seen.add((kind, line, against))
        where = point.id if isinstance(point, Point) else point or (item.point if item else None)
        self.findings.append(
            Finding(
                kind=kind,
                item=item.id if item else None,
                turning_point=where,
                field=field or None,
                line=line,
                severity=severity,
                explanation=words.zh,
                explanation_en=words.en,
                against=against,
            )
        )

    def right(self, item: Item | None, line: int, field: str, words: Words) -> None:
        """Keep a check that was passed by an item."""
        if item is None:
            return
        self.passed.append(Passed(item=item.id, line=line, field=field, zh=words.zh, en=words.en))


class Audit(Result):
    """The result: what was read and what was found.

    Attributes:
        name: file name.
        title: title of the report.
        layout: how its items are written.
        items: rows of id, turning_point, title, line and fields.
        findings: by line.
        passed: checks that were passed, by item.
        notes: what changes how the result should be read; what was not understood.
        understood: share of the text whose part in the report was made out, 0 to 1.
        lines: of the report, as read; line numbers count from 1.
    """

    name: str
    title: str
    layout: Layout
    items: tuple["AuditItem", ...]
    findings: tuple[Finding, ...]
    passed: tuple[Passed, ...]
    notes: tuple[Words, ...] = ()
    understood: float = 1.0
    lines: tuple[str, ...] = ()

    @property
    def by_kind(self) -> dict[str, int]:
        """Number of findings of each kind, by name."""
        return dict(sorted(Counter(f.kind for f in self.findings).items()))


class AuditItem(Record):
    """One item as read."""

    id: str
    turning_point: str
    title: str
    line: int
    fields: dict[str, str]


Audit.model_rebuild()
