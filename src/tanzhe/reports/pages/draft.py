"""A page in the making: facts are entered once in both languages, headings number themselves."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

from tanzhe.errors import Language, Words
from tanzhe.model import Record
from tanzhe.model.told import Told
from tanzhe.numerals import spoken
from tanzhe.reports.facts.factmarks import CLOSE, FACT, MIDDLE, OPEN, marked
from tanzhe.reports.facts.ledger import Ledger
from tanzhe.reports.facts.tree import FactKind, Place
from tanzhe.reports.pages.blocks import (
    Align,
    Annex,
    Block,
    Drawing,
    Figure,
    Footnote,
    Heading,
    Item,
    Line,
    Listing,
    Paragraph,
    Run,
    Table,
)
from tanzhe.reports.pages.datatables import DataTable, YearValue
from tanzhe.reports.pages.page import Page

Any_ = TypeVar("Any_")
Role = Literal["body", "small", "right", "quote"]
_NOTE = re.compile("\ue003(?P<note>\\d+)\ue004")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Known(NamedTuple):
    """A fact whose text stands in a sentence that somebody else has written.

    Attributes:
        value: behind the text.
        words: as the sentence says it.
        unit: of a number, or empty.
        kind: what it is.
    """

    value: float | str
    words: Words
    unit: str = ""
    kind: FactKind = "number"


def clean(value: Any_) -> Any_:
    """A result without private signs in its texts, which would look like marks of ours."""
    return _clean(value)  # type: ignore[no-any-return]


def _clean(value: Any) -> Any:
    if isinstance(value, Told):
        return Told(_PRIVATE.sub("", value.zh), _PRIVATE.sub("", value.en))
    if isinstance(value, str):
        return _PRIVATE.sub("", value)
    if isinstance(value, Record):
        held = {name: getattr(value, name) for name in type(value).model_fields}
        new = {name: _clean(one) for name, one in held.items()}
        changed = {name: one for name, one in new.items() if one is not held[name]}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(_clean(one) for one in value))
    if isinstance(value, tuple) and type(value) is tuple:
        new_items = tuple(_clean(one) for one in value)
        same = all(new is old for new, old in zip(new_items, value, strict=True))
        return value if same else new_items
    if isinstance(value, dict):
        return {_clean(key): _clean(one) for key, one in value.items()}
    return value


def bold(text: str) -> str:
    """Text that is set bold; facts in their marks may stand in it."""
    return f"\ue005{text}\ue006"


def line_of(text: str) -> Line:
    """Text with marks of facts, notes and bold as a line."""
    runs: list[Run] = []
    for number, piece in enumerate(re.split("[\ue005\ue006]", text)):
        strong = {"bold": True} if number % 2 else {}
        runs += [run.model_copy(update=strong) for run in _runs(piece) if run.text]
    return tuple(runs)


def _runs(text: str) -> Iterator[Run]:
    at = 0
    for match in re.finditer(f"{FACT.pattern}|{_NOTE.pattern}", text):
        yield Run(text=text[at : match.start()])
        if match["note"]:
            yield Run(text=match["note"], note=int(match["note"]))
        else:
            yield Run(text=match["said"], fact=match["fact"])
        at = match.end()
    yield Run(text=text[at:])


class Draft:
    """Collects blocks, facts and notes of one page.

    Long because each kind of part of a page has one short method, and all number each other.
    """

    def __init__(self, language: Language, title: Words) -> None:
        """Begin a page.

        Args:
            language: of the page.
            title: its title; a line break stands where the sense allows one.
        """
        self.language = language
        self.blocks: list[Block] = [Heading(level=1, line=(Run(text=title.said(language)),))]
        self.ledger = Ledger(language)
        self.places: dict[str, Place] = {}
        self._numbers = [0, 0]
        self._notes: list[str] = []

    def fact(
        self, value: float | str, words: Words, *, unit: str = "", kind: FactKind = "number",
        place: Place | None = None,
    ) -> str:  # fmt: skip
        """Enter a fact; its text in the page's language, marked."""
        id = self.ledger.enter(kind, value, words, unit=unit)
        if place is not None:
            self.places.setdefault(id, place)
        return marked(id, words.said(self.language))

    def same(self, value: float, text: str, *, unit: str = "", place: Place | None = None) -> str:
        """Enter a number that both languages write alike."""
        return self.fact(value, Words(text, text), unit=unit, place=place)

    def told(self, text: str, known: Sequence[Known], place: Place | None = None) -> str:
        """A sentence of this page's language with its known facts marked, the longest first.

        Args:
            text: without marks.
            known: what it may say.
            place: where all of them come from.
        """
        said = [(one.words.said(self.language), one) for one in known]
        for words, one in sorted(said, key=lambda pair: -len(pair[0])):
            if words:
                text = self._marked(text, words, one, place)
        return text

    def _marked(self, text: str, words: str, one: Known, place: Place | None) -> str:
        """The text with each free place of some words marked as the fact."""
        free = f"{OPEN}[^{CLOSE}]*{CLOSE}|(?<![\\d.,]){re.escape(words)}(?![\\d]|[.,]\\d)"

        def mark(match: re.Match[str]) -> str:
            if match[0].startswith(OPEN):
                return match[0]
            return self.fact(one.value, one.words, unit=one.unit, kind=one.kind, place=place)

        return re.sub(free, mark, text) if MIDDLE not in words else text

    def section(self, title: Words) -> None:
        """A heading of the first level: 一、 or 1."""
        self._numbers = [self._numbers[0] + 1, 0]
        number = self._numbers[0]
        self._head(2, Words(f"{spoken(number)}、{title.zh}", f"{number}. {title.en}"))

    def part(self, title: Words) -> None:
        """A heading of the second level: （一） or 1.1."""
        self._numbers[1] += 1
        first, second = self._numbers
        self._head(3, Words(f"（{spoken(second)}）{title.zh}", f"{first}.{second} {title.en}"))

    def heading(self, title: Words, level: int = 2) -> None:
        """A heading without a number."""
        self._head(level, title)

    def _head(self, level: int, title: Words) -> None:
        self.blocks.append(Heading(level=level, line=line_of(title.said(self.language))))

    def say(self, words: Words | str, role: Role = "body", *, remarks: Sequence[str] = ()) -> None:
        """A paragraph, and what is remarked on it in its margin."""
        text = words if isinstance(words, str) else words.said(self.language)
        if text:
            made = Paragraph(line=line_of(text), role=role, remarks=tuple(remarks))
            self.blocks.append(made)

    def note(self, words: Words) -> str:
        """The mark of a footnote; the same words give the same one."""
        text = words.said(self.language)
        if not text:
            return ""
        if text not in self._notes:
            self._notes.append(text)
        return f"\ue003{self._notes.index(text) + 1}\ue004"

    def count(self, texts: Sequence[Words | str], *, ordered: bool = True) -> None:
        """A list."""
        said = [one if isinstance(one, str) else one.said(self.language) for one in texts]
        if said:
            items = tuple(Item(line=line_of(text)) for text in said)
            self.blocks.append(Listing(items=items, ordered=ordered))

    def annex(self, title: Words) -> None:
        """What follows is an annex."""
        self.blocks.append(Annex(title=title.said(self.language)))

    def table(
        self, caption: Words, head: Sequence[Words], rows: Sequence[Sequence[str]], *,
        align: Sequence[Align] = (), unit: Words | None = None, total: bool = False,
    ) -> None:  # fmt: skip
        """A table; nothing where it has no rows.

        Args:
            caption: what it is.
            head: names of its columns.
            rows: cells, with facts in their marks.
            align: of each column.
            unit: of all its numbers.
            total: whether the last row is a sum.
        """
        if not rows:
            return
        self.blocks.append(
            Table(
                head=tuple(line_of(one.said(self.language)) for one in head),
                rows=tuple(tuple(line_of(cell) for cell in row) for row in rows),
                caption=caption.said(self.language),
                unit=unit.said(self.language) if unit else "",
                align=tuple(align),
                total=total,
            )
        )

    def figure(self, title: Words, drawing: Drawing) -> None:
        """A picture with its caption."""
        self.blocks.append(Figure(title=line_of(title.said(self.language)), drawing=drawing))

    def page(
        self, *, product: str, about: str, made: str, answer: Callable[[], Mapping[str, object]],
        tables: Sequence[DataTable], values: Sequence[YearValue] = (), scenario: str = "",
        workbook: Callable[[], bytes] | None = None,
        places: Mapping[str, Place] | None = None,
    ) -> Page:  # fmt: skip
        """The finished page; arguments as the attributes of `Page`."""
        notes = [
            Footnote(number=number, line=line_of(text))
            for number, text in enumerate(self._notes, 1)
        ]
        return Page(
            product=product, about=about, language=self.language,
            blocks=(*self.blocks, *notes), facts=self.ledger.facts,
            places={**(places or {}), **self.places}, made=made, answer=answer,
            tables=tuple(table for table in tables if table.rows) or tuple(tables[:1]),
            values=tuple(values), scenario=scenario, workbook=workbook,
        )  # fmt: skip
