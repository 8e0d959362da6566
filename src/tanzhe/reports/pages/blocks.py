"""The blocks a page is made of, whatever the product and whatever the form.

Text is text: no block holds markup. A run that says a fact keeps the fact's id to the last form.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from tanzhe.model import Record

Align = Literal["left", "right", "centre"]
# A cell of a table that is longer than this is words.
_LONGEST_NUMBER = 14


class Run(Record):
    """A piece of a line: text, how it is set, and what it says.

    Attributes:
        text: the words.
        bold: whether it is set bold.
        url: where it leads, as it was found.
        note: the footnote it is the mark of.
        fact: id of the fact it says, or empty.
    """

    text: str
    bold: bool = False
    url: str | None = None
    note: int | None = None
    fact: str = ""

    @property
    def address(self) -> str | None:
        """Where a link leads, if that is a page of the web; nothing else is ever a link."""
        return self.url if self.url and re.match(r"https?://", self.url) else None


Line = tuple[Run, ...]


def plain(line: Line) -> str:
    """The words of a line, without marks of notes."""
    return "".join(run.text for run in line if run.note is None)


def flat(text: str) -> str:
    """Text on one line: where it was broken, Chinese needs no space."""
    return re.sub(r"(?<=[⺀-￿])\n|\n(?=[⺀-￿])", "", text).replace("\n", " ")


class Heading(Record):
    """A heading; level 1 is the title of the page."""

    level: int
    line: Line


class Paragraph(Record):
    """A paragraph.

    Attributes:
        line: its words.
        role: body; small below a table; right for the date; quote for words of a document.
        remarks: what is said of it beside it: comments in the margin in Word, below it elsewhere.
    """

    line: Line
    remarks: tuple[str, ...] = ()
    role: Literal["body", "small", "right", "quote"] = "body"


class Item(Record):
    """An item of a list: a line, and the blocks below it."""

    line: Line
    blocks: "tuple[Block, ...]" = ()


class Listing(Record):
    """A list of items, numbered or not."""

    items: tuple[Item, ...]
    ordered: bool = False


class Table(Record):
    """A table.

    Attributes:
        head: names of its columns.
        rows: cells; as many as the head has.
        caption: what it is, without its number; empty for a table that the text introduces.
        unit: of all its numbers, printed above it, or empty.
        align: of each column; empty: numbers to the right, the rest to the left.
        total: whether its last row is a sum.
    """

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    caption: str = ""
    unit: str = ""
    align: tuple[Align, ...] = ()
    total: bool = False

    @property
    def sides(self) -> tuple[Align, ...]:
        """How each column is set."""
        if self.align:
            return self.align
        numbers = number_columns(self.rows) or (False,) * len(self.head)
        return tuple("right" if one else "left" for one in numbers)


class Drawing(Record):
    """A picture with what belongs to it.

    Attributes:
        wide: for a page, as SVG.
        narrow: for a phone.
        key: how to read it, with the unit.
        table: its numbers, the head first; empty where the text has them.
    """

    wide: str
    narrow: str
    key: str
    table: tuple[tuple[str, ...], ...] = ()


class Figure(Record):
    """A picture with the words that stand for it.

    Attributes:
        title: its caption.
        drawing: the picture, wide and narrow, how to read it, and its numbers.
    """

    title: Line
    drawing: Drawing


class Footnote(Record):
    """A footnote; stands at the end of a page, or at the foot of one."""

    number: int
    line: Line


class Annex(Record):
    """What follows is an annex: folded on the web, smaller in print."""

    title: str


Block = Heading | Paragraph | Listing | Table | Figure | Footnote | Annex


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """All blocks, those inside items too, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Listing):
            for item in block.items:
                yield from walk(item.blocks)


def lines_of(block: Block) -> Iterator[Line]:
    """The lines that a block itself holds; those of blocks inside it are theirs."""
    match block:
        case Heading() | Paragraph() | Footnote():
            yield block.line
        case Listing():
            yield from (item.line for item in block.items)
        case Table():
            yield from block.head
            yield from (cell for row in block.rows for cell in row)
        case Figure():
            yield block.title


def number_columns(rows: Sequence[Sequence[Line]]) -> tuple[bool, ...]:
    """Which columns of a table hold numbers; the first never does."""
    return tuple(
        at > 0 and all(_is_number(plain(row[at])) for row in rows)
        for at in range(len(rows[0]) if rows else 0)
    )


def _is_number(text: str) -> bool:
    """Whether a cell holds an amount, a change or a rank; — and words for nothing are neutral."""
    return len(text) <= _LONGEST_NUMBER and bool(re.match(r"[+−少多]?[排产]?\d|—|未", text))


Item.model_rebuild()
Listing.model_rebuild()


def with_remarks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the remarks of paragraphs as paragraphs of their own, right below."""
    for block in blocks:
        yield block
        if isinstance(block, Paragraph):
            for one in block.remarks:
                yield Paragraph(line=(Run(text=one),), role="quote")
