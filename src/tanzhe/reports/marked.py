"""Our own Markdown, and only ours, read back as blocks for renderers of other formats.

Templates use headings, paragraphs, lists, tables, figures, footnotes, bold and links. Everything
from a document comes escaped (`tanzhe.reports.escape`), so none of it can become one of these.
"""

import re
from collections.abc import Sequence
from typing import Literal

from tanzhe.model import Record
from tanzhe.reports.escape import unescaped

_INLINE = re.compile(
    r"\*\*(?P<bold>(?:\\.|[^\\*])+)\*\*"
    r"|\[\^(?P<note>\d+)\]"
    r"|\[(?P<text>(?:\\.|[^\\\]])*)\]\((?P<url>[^()\s]+)\)"
    r"|(?P<plain>(?:\\.|[^\\*\[])+|.)",
    re.DOTALL,
)
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>-|\d+\.) (?P<text>.*)")
_NOTE = re.compile(r"\[\^(?P<number>\d+)\]: (?P<text>.*)")
_FIGURE = re.compile(r"!\[(?P<text>(?:\\.|[^\\\]])*)\]\(chart:(?P<about>\w+)\)")
# A cell of a table that is longer than this is words.
_LONGEST_NUMBER = 14
_CELL = re.compile(r"(?:\\.|[^\\|])+")


class Run(Record):
    """A piece of a line: text, and how it is set."""

    text: str
    bold: bool = False
    url: str | None = None
    note: int | None = None

    @property
    def address(self) -> str | None:
        """Where a link leads, if that is a page of the web; nothing else is ever a link."""
        return self.url if self.url and re.match(r"https?://", self.url) else None


Line = tuple[Run, ...]


def plain(line: Line) -> str:
    """The words of a line, without marks of notes."""
    return "".join(run.text for run in line if run.note is None)


class Part(Record):
    """A block of a finished report.

    Attributes:
        kind: what it is.
        level: of a heading, from 1.
        about: which figure.
        line: text of a heading, paragraph, item, figure or note.
        ordered: whether a list is numbered.
        rows: cells of a table, the head first.
        parts: items of a list, and what stands inside an item.
    """

    kind: Literal["heading", "paragraph", "list", "item", "table", "figure", "note"]
    level: int = 0
    about: str = ""
    line: Line = ()
    ordered: bool = False
    rows: tuple[tuple[Line, ...], ...] = ()
    parts: "tuple[Part, ...]" = ()


def number_columns(rows: Sequence[Sequence[Line]]) -> tuple[bool, ...]:
    """Which columns of a table hold numbers below the head; the first never does."""
    return tuple(
        at > 0 and len(rows) > 1 and all(_is_number(plain(row[at])) for row in rows[1:])
        for at in range(len(rows[0]))
    )


def _is_number(text: str) -> bool:
    """Whether a cell holds an amount, a change or a rank; — and words for nothing are neutral."""
    return len(text) <= _LONGEST_NUMBER and bool(re.match(r"[+−少多]?[排产]?\d|—|未", text))


def read_inline(text: str) -> Line:
    """A line as runs."""
    runs: list[Run] = []
    for match in _INLINE.finditer(text):
        if match["bold"]:
            runs.append(Run(text=unescaped(match["bold"]), bold=True))
        elif match["note"]:
            runs.append(Run(text=match["note"], note=int(match["note"])))
        elif match["url"]:
            runs.append(Run(text=unescaped(match["text"]), url=match["url"]))
        else:
            runs.append(Run(text=unescaped(match["plain"])))
    return tuple(runs)


def read_parts(markdown: str) -> tuple[Part, ...]:
    """A finished report as parts, in order."""
    return tuple(_parts(markdown.splitlines()))


def _parts(lines: list[str]) -> list[Part]:
    parts: list[Part] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif heading := re.match(r"(#{1,4}) (.*)", line):
            parts.append(Part(kind="heading", level=len(heading[1]), line=read_inline(heading[2])))
            at += 1
        elif figure := _FIGURE.fullmatch(line):
            line_of = read_inline(figure["text"])
            parts.append(Part(kind="figure", about=figure["about"], line=line_of))
            at += 1
        elif note := _NOTE.fullmatch(line):
            line_of = read_inline(note["text"])
            parts.append(Part(kind="note", level=int(note["number"]), line=line_of))
            at += 1
        else:
            part, at = _longer(lines, at)
            parts.append(part)
    return parts


def _longer(lines: list[str], at: int) -> tuple[Part, int]:
    if lines[at].startswith("| "):
        return _table(lines, at)
    if _ITEM.fullmatch(lines[at]):
        return _list(lines, at)
    return _paragraph(lines, at)


def _paragraph(lines: list[str], at: int) -> tuple[Part, int]:
    taken = []
    while at < len(lines) and lines[at].strip() and not _ITEM.fullmatch(lines[at]):
        taken.append(lines[at].strip())
        at += 1
    return Part(kind="paragraph", line=read_inline(_joined(taken))), at


def _joined(lines: list[str]) -> str:
    """Lines as one; Chinese needs no space where they meet."""
    text = lines[0]
    for line in lines[1:]:
        wide = ord(text[-1]) > 0x2E7F and ord(line[0]) > 0x2E7F
        text += line if wide else f" {line}"
    return text


def _table(lines: list[str], at: int) -> tuple[Part, int]:
    rows = []
    while at < len(lines) and lines[at].startswith("|"):
        if not lines[at].startswith("|---"):
            cells = _CELL.findall(lines[at].strip("|"))
            rows.append(tuple(read_inline(cell.strip()) for cell in cells))
        at += 1
    return Part(kind="table", rows=tuple(rows)), at


def _list(lines: list[str], at: int) -> tuple[Part, int]:
    first = _ITEM.fullmatch(lines[at])
    assert first is not None
    indent, ordered = len(first["indent"]), first["mark"] != "-"
    items: list[Part] = []
    while at < len(lines):
        match = _ITEM.fullmatch(lines[at])
        if match is None or len(match["indent"]) != indent or (match["mark"] != "-") != ordered:
            break
        inside, at = _inside(lines, at + 1, indent)
        line = read_inline(match["text"])
        items.append(Part(kind="item", line=line, parts=tuple(_parts(inside))))
    return Part(kind="list", ordered=ordered, parts=tuple(items)), at


def _inside(lines: list[str], at: int, indent: int) -> tuple[list[str], int]:
    """The lines that belong to an item: deeper ones, and blanks between them."""
    taken: list[str] = []
    while at < len(lines):
        line = lines[at]
        depth = len(line) - len(line.lstrip())
        if line.strip() and depth <= indent:
            break
        taken.append(line)
        at += 1
    width = min((len(x) - len(x.lstrip()) for x in taken if x.strip()), default=0)
    return [x[width:] for x in taken], at
