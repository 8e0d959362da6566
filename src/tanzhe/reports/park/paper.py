"""A paper: headings, paragraphs with footnotes, tables; no format of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tanzhe.numerals import spoken

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True)
class Words:
    """A run of text; `note` is the footnote behind it, or ""."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `about` is body, small, right (the date) or list (of attachments)."""

    runs: tuple[Words, ...]
    about: Literal["body", "small", "right", "list"] = "body"


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is 一、, level 2 （一）; the number stands in the text."""

    level: Literal[1, 2]
    text: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table.

    Attributes:
        caption: 表1 and its title.
        unit: printed at the upper right, or "".
        head: headers.
        rows: cells as text.
        shares: widths in parts of the whole.
        align: of each column.
        bold_last: whether the last row is a sum.
    """

    caption: str
    unit: str = ""
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    align: tuple[Align, ...]
    bold_last: bool = False


@dataclass(frozen=True)
class Attachment:
    """An attachment begins on a page of its own: 附件, then its title."""

    title: str


@dataclass(frozen=True)
class Picture:
    """A picture as `<svg>`, with its caption; the text beside it has its numbers."""

    caption: str
    svg: str


Block = Paragraph | Heading | Table | Attachment | Picture


@dataclass(frozen=True)
class Paper:
    """A finished paper.

    Attributes:
        title: centred above everything; a line break stands where the sense allows one.
        blocks: from the top down.
    """

    title: str
    blocks: tuple[Block, ...]


@dataclass
class Draft:
    """A paper in the making: numbers its headings and tables.

    Attributes:
        blocks: what has been written so far.
    """

    blocks: list[Block] = field(default_factory=list)
    _first: int = 0
    _second: int = 0
    _tables: int = 0
    _pictures: int = 0

    def section(self, title: str) -> None:
        """A heading of the first level: 一、."""
        self._first, self._second = self._first + 1, 0
        self.blocks.append(Heading(1, f"{spoken(self._first)}、{title}"))

    def part(self, title: str) -> None:
        """A heading of the second level: （一）."""
        self._second += 1
        self.blocks.append(Heading(2, f"（{spoken(self._second)}）{title}"))

    def say(self, text: str, note: str = "", after: str = "") -> None:
        """A paragraph: text, a footnote behind it, and what follows the mark."""
        runs = (Words(text, note), Words(after)) if after else (Words(text, note),)
        self.blocks.append(Paragraph(runs))

    def count(self, texts: Sequence[str]) -> None:
        """Numbered paragraphs: 1., 2., 3."""
        for number, text in enumerate(texts, 1):
            self.say(f"{number}. {text}")

    def picture(self, title: str, svg: str) -> None:
        """A picture with the next number."""
        self._pictures += 1
        self.blocks.append(Picture(f"图{self._pictures}  {title}", svg))

    def small(self, texts: Sequence[str]) -> None:
        """Paragraphs in small print, below a table."""
        self.blocks.extend(Paragraph((Words(text),), "small") for text in texts)

    def table(
        self,
        title: str,
        head: tuple[str, ...],
        rows: Sequence[tuple[str, ...]],
        *,
        shares: tuple[int, ...],
        align: tuple[Align, ...],
        unit: str = "",
        bold_last: bool = False,
    ) -> None:
        """A table with the next number."""
        self._tables += 1
        self.blocks.append(
            Table(
                caption=f"表{self._tables}  {title}",
                unit=unit,
                head=head,
                rows=tuple(rows),
                shares=shares,
                align=align,
                bold_last=bold_last,
            )
        )
