"""The marks of our templates read as blocks: headings, lists, tables, figures, notes, bold, links.

Everything from a document comes escaped (`tanzhe.reports.words.escape`), so none of it can become
one of these; every fact comes in its marks (`tanzhe.reports.facts.factmarks`) and keeps its id.
"""

import re
from collections.abc import Callable, Iterator

from tanzhe.reports.facts.factmarks import FACT
from tanzhe.reports.pages.blocks import (
    Annex,
    Block,
    Figure,
    Footnote,
    Heading,
    Item,
    Line,
    Listing,
    Paragraph,
    Run,
    Table,
    plain,
)
from tanzhe.reports.words.escape import unescaped

# Gives the figure of a name under a title; None where a page holds none.
Drawer = Callable[[str, Line], Figure | None]

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
_CELL = re.compile(r"(?:\\.|[^\\|])+")


def read_inline(text: str) -> Line:
    """A line as runs; each fact in its marks is a run of its own."""
    runs: list[Run] = []
    for match in _INLINE.finditer(text):
        if match["bold"]:
            runs.extend(_pieces(match["bold"], Run(text="", bold=True)))
        elif match["note"]:
            runs.append(Run(text=match["note"], note=int(match["note"])))
        elif match["url"]:
            runs.extend(_pieces(match["text"], Run(text="", url=match["url"])))
        else:
            runs.extend(_pieces(match["plain"], Run(text="")))
    return _joined_runs(runs)


def _pieces(text: str, like: Run) -> Iterator[Run]:
    """The text as runs set like one, those of facts apart."""
    at = 0
    for match in FACT.finditer(text):
        yield like.model_copy(update={"text": unescaped(text[at : match.start()])})
        yield like.model_copy(update={"text": unescaped(match["said"]), "fact": match["fact"]})
        at = match.end()
    yield like.model_copy(update={"text": unescaped(text[at:])})


def _joined_runs(runs: list[Run]) -> Line:
    """Neighbours that are set alike and say no fact as one; none is empty."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        bare = run.note is None and not run.fact
        if not run.text:
            continue
        if (
            last
            and bare
            and last.note is None
            and last == run.model_copy(update={"text": last.text})
        ):
            joined[-1] = last.model_copy(update={"text": last.text + run.text})
        else:
            joined.append(run)
    return tuple(joined)


def read_blocks(text: str, *, figure: Drawer, annex: str) -> tuple[Block, ...]:
    """The words of a template as blocks, in order.

    Args:
        text: from `worded`.
        figure: gives the picture of a name.
        annex: the heading below which the annex stands.
    """
    return tuple(
        Annex(title=annex)
        if isinstance(block, Heading) and block.level == 2 and plain(block.line) == annex
        else block
        for block in _Reader(figure).blocks(text.splitlines())
    )


class _Reader:
    """Reads lines as blocks."""

    def __init__(self, figure: Drawer) -> None:
        self._drawn = figure

    def blocks(self, lines: list[str]) -> list[Block]:
        found: list[Block] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            if not line.strip():
                at += 1
            elif heading := re.match(r"(#{1,4}) (.*)", line):
                found.append(Heading(level=len(heading[1]), line=read_inline(heading[2])))
                at += 1
            elif figure := _FIGURE.fullmatch(line):
                drawn = self._drawn(figure["about"], read_inline(figure["text"]))
                found += [drawn] if drawn else []
                at += 1
            elif note := _NOTE.fullmatch(line):
                line_of = read_inline(note["text"])
                found.append(Footnote(number=int(note["number"]), line=line_of))
                at += 1
            else:
                block, at = self._longer(lines, at)
                found.append(block)
        return found

    def _longer(self, lines: list[str], at: int) -> tuple[Block, int]:
        if lines[at].startswith("| "):
            return _table(lines, at)
        if _ITEM.fullmatch(lines[at]):
            return self._list(lines, at)
        return _paragraph(lines, at)

    def _list(self, lines: list[str], at: int) -> tuple[Listing, int]:
        first = _ITEM.fullmatch(lines[at])
        assert first is not None
        indent, ordered = len(first["indent"]), first["mark"] != "-"
        items: list[Item] = []
        while at < len(lines):
            match = _ITEM.fullmatch(lines[at])
            if match is None or len(match["indent"]) != indent or (match["mark"] != "-") != ordered:
                break
            inside, at = _inside(lines, at + 1, indent)
            line = read_inline(match["text"])
            items.append(Item(line=line, blocks=tuple(self.blocks(inside))))
        return Listing(ordered=ordered, items=tuple(items)), at


def _paragraph(lines: list[str], at: int) -> tuple[Paragraph, int]:
    taken = []
    while at < len(lines) and lines[at].strip() and not _ITEM.fullmatch(lines[at]):
        taken.append(lines[at].strip())
        at += 1
    return Paragraph(line=read_inline(_joined(taken))), at


def _joined(lines: list[str]) -> str:
    """Lines as one; Chinese needs no space where they meet."""
    text = lines[0]
    for line in lines[1:]:
        wide = ord(text[-1]) > 0x2E7F and ord(line[0]) > 0x2E7F
        text += line if wide or line.startswith("[^") else f" {line}"
    return text


def _table(lines: list[str], at: int) -> tuple[Table, int]:
    rows = []
    while at < len(lines) and lines[at].startswith("|"):
        if not lines[at].startswith("|---"):
            cells = _CELL.findall(lines[at].strip("|"))
            rows.append(tuple(read_inline(cell.strip()) for cell in cells))
        at += 1
    return Table(head=rows[0], rows=tuple(rows[1:])), at


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
