"""Markdown: the canonical text, without figures, which need a form that can hold them."""

from collections.abc import Iterator, Sequence

from tanzhe.characters import unsteered
from tanzhe.reports.pages.blocks import (
    Annex,
    Block,
    Figure,
    Footnote,
    Heading,
    Line,
    Listing,
    Paragraph,
    Run,
    Table,
    flat,
    plain,
    with_remarks,
)
from tanzhe.reports.pages.page import Page
from tanzhe.reports.words.escape import escaped, line_start, link

FORM = {
    "name": "md",
    "suffix": ".md",
    "media": "text/markdown; charset=utf-8",
    "is_text": True,
}


def render(page: Page) -> bytes:
    """The page as Markdown."""
    return markdown(tuple(with_remarks(page.blocks))).encode()


def markdown(blocks: Sequence[Block]) -> str:
    """Blocks as Markdown."""
    notes = [block for block in blocks if isinstance(block, Footnote)]
    rest = [block for block in blocks if not isinstance(block, Footnote | Figure)]
    text = "\n\n".join("\n".join(_block(block)) for block in [*rest, *notes]) + "\n"
    return unsteered(text)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {flat(_line(block.line))}"
        case Annex():
            yield f"## {escaped(block.title)}"
        case Paragraph():
            mark = "> " if block.role == "quote" else ""
            yield mark + line_start(_line(block.line))
        case Listing():
            yield from _list(block)
        case Table():
            yield from _table(block)
        case Footnote():
            yield f"[^{block.number}]: {_line(block.line)}"


def _list(block: Listing) -> Iterator[str]:
    loose = any(not isinstance(one, Listing) for item in block.items for one in item.blocks)
    for number, item in enumerate(block.items, 1):
        if loose and number > 1:
            yield ""
        mark = f"{number}. " if block.ordered else "- "
        yield mark + line_start(_line(item.line))
        for inner in item.blocks:
            if not isinstance(inner, Listing):
                yield ""
            yield from (" " * len(mark) + text if text else "" for text in _block(inner))


def _table(block: Table) -> Iterator[str]:
    if block.caption or block.unit:
        unit = f"（{block.unit}）" if block.caption and block.unit else block.unit
        yield escaped(f"{block.caption}{unit}")
        yield ""
    yield _row(block.head)
    yield "|" + "---|" * len(block.head)
    yield from (_row(row) for row in block.rows)


def _row(cells: Sequence[Line]) -> str:
    return "| " + " | ".join(_line(cell).replace("\n", " ") for cell in cells) + " |"


def _line(line: Line) -> str:
    told, at = "", 0
    while at < len(line):
        run, end = line[at], at + 1
        while end < len(line) and _alike(run, line[end]):
            end += 1
        told += _set(line[at:end])
        at = end
    return told


def _alike(one: Run, other: Run) -> bool:
    """Whether two runs stand in the same bold words or the same link."""
    return (
        one.note is None and other.note is None and (one.bold, one.url) == (other.bold, other.url)
    )


def _set(runs: Sequence[Run]) -> str:
    first = runs[0]
    if first.note is not None:
        return f"[^{first.note}]"
    text = escaped(plain(tuple(runs)))
    if first.address is not None:
        return link(text, first.address)
    return f"**{text}**" if first.bold else text
