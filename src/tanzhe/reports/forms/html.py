"""Self-contained HTML: pictures, data and style inside, no script, no request to anywhere.

Each number leads to its fact (`#f-n3`) in the annex, and the fact to its row or passage.
"""

from collections.abc import Sequence
from html import escape

from tanzhe import bundled
from tanzhe.characters import unsteered
from tanzhe.errors import Language
from tanzhe.reports.charts.tokens import coloured
from tanzhe.reports.forms.annextables import data_tables, facts_table, said_facts
from tanzhe.reports.pages.blocks import (
    Align,
    Annex,
    Block,
    Drawing,
    Figure,
    Footnote,
    Heading,
    Line,
    Listing,
    Paragraph,
    Run,
    Table,
    flat,
    with_remarks,
)
from tanzhe.reports.pages.page import Page
from tanzhe.reports.words.escape import one_line
from tanzhe.reports.words.vocabulary import label

FORM = {
    "name": "html",
    "suffix": ".html",
    "media": "text/html; charset=utf-8",
    "is_text": True,
}

# The whole page may load nothing: no script, no image, no font, no frame.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
LANGUAGES = {"zh": "zh-Hans", "en": "en"}
# Kinds of facts that are a door; a name that stands in every sentence is not.
_DOORS = ("number", "date")
_SIDES: dict[Align, str] = {"left": "", "right": ' class="number"', "centre": ' class="centre"'}


def render(page: Page) -> bytes:
    """The page as one HTML file."""
    told = unsteered(_Writer(page).whole())
    sheets = (_sheet("page.css"), _sheet("chart.css"))
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGES[page.language]}">\n<head>\n'
        f'<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(unsteered(flat(page.title)))}</title>\n<style>\n{''.join(sheets)}</style>\n"
        f"</head>\n<body>\n<main>\n{told}</main>\n</body>\n</html>\n"
    ).encode()


def _sheet(name: str) -> str:
    sheet = bundled.text("tanzhe.reports.forms", name)
    return coloured(sheet)


def _text(text: str) -> str:
    """Words as inert HTML; signs that hide or turn text around are dropped."""
    kept = one_line(text)
    lead = " " if text[:1].isspace() and kept else ""
    tail = " " if text[-1:].isspace() and kept else ""
    return escape(lead + kept + tail) if kept else (" " if text.isspace() else "")


class _Writer:
    """A page on its way to HTML."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._kinds = {fact.id: fact.kind for fact in page.facts}

    def whole(self) -> str:
        """The body, the annex folded below it; a browser opens it for a link, and for print."""
        blocks = [
            block for block in with_remarks(self._page.blocks) if not isinstance(block, Footnote)
        ]
        at = next((i for i, b in enumerate(blocks) if isinstance(b, Annex)), len(blocks))
        body = "\n".join(self.block(block) for block in blocks[:at])
        annex = blocks[at] if at < len(blocks) else None
        inside = "\n".join(self.block(block) for block in blocks[at + 1 :])
        name = annex.title if isinstance(annex, Annex) else label("page", "annex", self._language)
        told = f"{inside}\n{self._notes()}{self._behind()}"
        folded = f'<details class="annex"><summary>{_text(name)}</summary>\n{told}</details>\n'
        return f"{body}\n{folded}"

    @property
    def _language(self) -> Language:
        return self._page.language

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Heading():
                level = min(block.level, 6)
                broken = [run.model_copy(update={"text": flat(run.text)}) for run in block.line]
                return f"<h{level}>{self._inline(tuple(broken))}</h{level}>"
            case Paragraph():
                kind = "" if block.role == "body" else f' class="{block.role}"'
                tag = "blockquote" if block.role == "quote" else "p"
                return f"<{tag}{kind}>{self._inline(block.line)}</{tag}>"
            case Listing():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Footnote() | Annex():  # pragma: no cover - stand at the end
                return ""

    def _list(self, block: Listing) -> str:
        tag = "ol" if block.ordered else "ul"
        items = []
        for item in block.items:
            inside = "\n".join(self.block(one) for one in item.blocks)
            items.append(f"<li>{self._inline(item.line)}{inside}</li>")
        return f"<{tag}>\n" + "\n".join(items) + f"\n</{tag}>"

    def _table(self, block: Table) -> str:
        """A table that scrolls by itself where it is too wide."""
        sides = [_SIDES[side] for side in block.sides]
        head = "".join(
            f'<th scope="col"{side}>{self._inline(cell)}</th>'
            for cell, side in zip(block.head, sides, strict=True)
        )
        body = "".join(self._row(row, sides, last=row is block.rows[-1] and block.total)
                       for row in block.rows)  # fmt: skip
        unit = f"（{block.unit}）" if block.unit and block.caption else block.unit
        words = f"{block.caption}{unit}"
        caption = f"<caption>{_text(words)}</caption>\n" if words else ""
        return (
            f'<div class="scroll" tabindex="0"><table>\n{caption}<thead><tr>{head}</tr></thead>\n'
            f"<tbody>\n{body}</tbody>\n</table></div>"
        )

    def _row(self, row: Sequence[Line], sides: Sequence[str], *, last: bool) -> str:
        cells = "".join(
            f"<td{side}>{self._inline(cell)}</td>"
            for cell, side in zip(row[1:], sides[1:], strict=True)
        )
        kind = ' class="total"' if last else ""
        return f'<tr{kind}><th scope="row"{sides[0]}>{self._inline(row[0])}</th>{cells}</tr>\n'

    def _inline(self, line: Line) -> str:
        return "".join(self._run(run) for run in line)

    def _run(self, run: Run) -> str:
        if run.note is not None:
            return f'<sup><a href="#note-{run.note}" role="doc-noteref">{run.note}</a></sup>'
        text = _text(run.text)
        if run.address is not None:
            return f'<a href="{escape(run.address)}" rel="noopener noreferrer nofollow">{text}</a>'
        if self._kinds.get(run.fact) in _DOORS:
            text = f'<a class="fact" href="#f-{run.fact}">{text}</a>'
        return f"<strong>{text}</strong>" if run.bold else text

    def _figure(self, block: Figure) -> str:
        drawn, gap = block.drawing, "　" if self._language == "zh" else " "
        return (
            f'<figure>\n<div class="wide">{drawn.wide}</div>\n'
            f'<div class="narrow">{drawn.narrow}</div>\n'
            f"<figcaption><strong>{self._inline(block.title)}</strong>{gap}{_text(drawn.key)}"
            f"</figcaption>\n{self._values(drawn)}</figure>"
        )

    def _values(self, drawn: Drawing) -> str:
        """The numbers of a picture, for who cannot see it or wants them."""
        if not drawn.table:
            return ""
        head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in drawn.table[0])
        rows = "".join(
            f'<tr><th scope="row">{_text(first)}</th>'
            f"{''.join(f'<td>{_text(cell)}</td>' for cell in rest)}</tr>\n"
            for first, *rest in drawn.table[1:]
        )
        return (
            f"<details><summary>{label('page', 'values', self._language)}</summary>\n"
            f'<div class="scroll" tabindex="0"><table class="values"><thead><tr>{head}</tr></thead>'
            f"\n<tbody>\n{rows}</tbody></table></div></details>\n"
        )

    def _notes(self) -> str:
        notes = [block for block in self._page.blocks if isinstance(block, Footnote)]
        if not notes:
            return ""
        items = "".join(
            f'<li id="note-{note.number}" value="{note.number}">{self._inline(note.line)}</li>\n'
            for note in notes
        )
        name = label("page", "notes", self._language)
        head = f'<section class="notes" role="doc-endnotes"><h2>{name}</h2>'
        return f"{head}\n<ol>\n{items}</ol></section>\n"

    def _behind(self) -> str:
        """The facts with their exact values and places, and the tables of data they lead to."""
        facts = said_facts(self._page)
        told = facts_table(self._page, facts, _text) if facts else ""
        return told + data_tables(self._page, _text)
