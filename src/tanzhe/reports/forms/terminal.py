"""A page as lines for a terminal: a line a paragraph, tables in columns."""

from collections.abc import Iterator

from tanzhe.reports.forms.typography import letters
from tanzhe.reports.pages.blocks import (
    Annex,
    Block,
    Figure,
    Footnote,
    Heading,
    Line,
    Listing,
    Paragraph,
    Table,
    flat,
    with_remarks,
)
from tanzhe.reports.pages.page import Page

FORM = {
    "name": "txt",
    "suffix": ".txt",
    "media": "text/plain; charset=utf-8",
    "is_text": True,
}

_GAP = "  "


def render(page: Page) -> bytes:
    """The page as plain text."""
    lines = [line for block in with_remarks(page.blocks) for line in _block(block, "")]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _block(block: Block, indent: str) -> Iterator[str]:
    match block:
        case Heading():
            yield from (("", _line(block.line)) if block.level > 1 else (_line(block.line),))
        case Annex():
            yield from ("", block.title)
        case Paragraph():
            yield indent + _line(block.line)
        case Listing():
            for number, item in enumerate(block.items, 1):
                mark = f"{number}. " if block.ordered else "· "
                yield f"{indent}{_GAP}{mark}{_line(item.line)}"
                for one in item.blocks:
                    yield from _block(one, indent + _GAP * 2)
        case Table():
            yield from _table(block, indent)
        case Footnote():
            yield f"[{block.number}] {_line(block.line)}"
        case Figure():
            return


def _line(line: Line) -> str:
    return flat("".join(f"[{run.note}]" if run.note is not None else run.text for run in line))


def _table(block: Table, indent: str) -> Iterator[str]:
    rows = [[_line(cell) for cell in row] for row in (block.head, *block.rows)]
    widths = [max(letters(row[at]) for row in rows) for at in range(len(block.head))]
    if block.caption or block.unit:
        yield indent + f"{block.caption} {block.unit}".strip()
    for row in rows:
        cells = [
            " " * (width - letters(cell)) + cell
            if side == "right"
            else cell + " " * (width - letters(cell))
            for cell, width, side in zip(row, widths, block.sides, strict=True)
        ]
        yield (indent + _GAP.join(cells)).rstrip()
