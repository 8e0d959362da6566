"""The `Report` tree: blocks whose sentences hold fact ids, and the facts they point to.

A sentence says *what* is stated (`effect`) and which facts it rests on; the words are the
register's. So the same report in two registers cannot differ in its facts.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from tanzhe.errors import Language
from tanzhe.model import Record

FactKind = Literal["number", "date", "name", "address", "place", "body", "unit", "code", "text"]
BlockKind = Literal["title", "section", "paragraph", "list", "table", "chart", "footnotes"]


class Fact(Record):
    """One number, date, name, unit, address or document's word that a report may print.

    Attributes:
        id: short name inside one report (`n3`).
        kind: what it is.
        value: the exact value behind the text; signed, unrounded.
        unit: unit of a number, else empty.
        zh: text in Chinese, rounded, with its unit.
        en: the same in English.
        full: the long Chinese form (云南省) for registers that ask for it, or empty.
    """

    id: str
    kind: FactKind
    value: float | str
    unit: str = ""
    zh: str
    en: str
    full: str = ""

    def said(self, language: Language, *, full: bool = False) -> str:
        """The text of the fact in one language; `full`: the long form where there is one."""
        if language == "en":
            return self.en
        return self.full if full and self.full else self.zh


class Place(Record):
    """Where a fact comes from.

    Attributes:
        zh: the place in Chinese.
        en: the same in English.
        row: anchor of a row of a table of data on the same page, or empty.
        url: address of the passage, or empty.
    """

    zh: str
    en: str
    row: str = ""
    url: str = ""


class Sentence(Record):
    """One statement without words.

    Attributes:
        says: which statement it is, e.g. `effect`.
        facts: fact ids by slot, in the order they are to be named.
        marks: closed choices the words depend on, e.g. direction: down.
    """

    says: str
    facts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    marks: dict[str, str] = Field(default_factory=dict)


class Block(Record):
    """A part of the report.

    Attributes:
        kind: title, section, paragraph, list, table, chart or footnotes.
        about: what it is about, e.g. `points`, `point`, `event`, `lead`.
        sentences: its statements.
        blocks: the blocks inside it.
        notes: numbers of the footnotes that belong to it, from 1.
    """

    kind: BlockKind
    about: str
    sentences: tuple[Sentence, ...] = ()
    blocks: "tuple[Block, ...]" = ()
    notes: tuple[int, ...] = ()

    def walk(self) -> Iterator["Block"]:
        """This block and all inside it, top down."""
        yield self
        for block in self.blocks:
            yield from block.walk()


class Report(Record):
    """A report before it has words.

    Attributes:
        language: the language asked for; every fact knows both.
        facts: all facts, in order of first use.
        blocks: the parts, in the order of the canonical report.
    """

    language: Language = "zh"
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]

    def walk(self) -> Iterator[Block]:
        """All blocks, top down."""
        for block in self.blocks:
            yield from block.walk()

    def fact_ids(self) -> set[str]:
        """Ids of the facts that some sentence holds."""
        return {
            fact
            for block in self.walk()
            for sentence in block.sentences
            for ids in sentence.facts.values()
            for fact in ids
        }
