"""What stands behind a page in HTML: its facts with their places, and its tables of data."""

from collections.abc import Callable, Sequence
from html import escape

from tanzhe.errors import Language, Words
from tanzhe.reports.facts.tree import Fact
from tanzhe.reports.pages.blocks import lines_of, walk
from tanzhe.reports.pages.datatables import Cell, DataTable
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_anchor
from tanzhe.reports.words.escape import is_web_address

Text = Callable[[str], str]
_FACTS = Words("数从哪里来", "Where the numbers come from")
_HEAD = (Words("文中", "Text"), Words("精确值", "Exact value"), Words("出处", "From"))
_PASSAGE = Words("原文网址", "address")


def said_facts(page: Page) -> list[Fact]:
    """The facts that some run of the page says, in their order."""
    said = {run.fact for block in walk(page.blocks) for line in lines_of(block) for run in line}
    return [fact for fact in page.facts if fact.id in said]


def facts_table(page: Page, facts: Sequence[Fact], text: Text) -> str:
    """Each fact with its exact value, and a link to its row or passage."""
    language = page.language
    head = "".join(f'<th scope="col">{one.said(language)}</th>' for one in _HEAD)
    rows = "".join(
        f'<tr id="f-{fact.id}"><th scope="row">{text(fact.said(language))}</th>'
        f"<td>{text(exact(fact))}</td><td>{_place(page, fact, text)}</td></tr>\n"
        for fact in facts
    )
    return _folded(_FACTS.said(language), head, rows, "")


def exact(fact: Fact) -> str:
    """The value behind the words, unrounded, with its unit; empty where the words are the value."""
    if isinstance(fact.value, str):
        return "" if fact.value in (fact.zh, fact.en) else fact.value
    return f"{fact.value:.12g} {fact.unit}".strip()


def _place(page: Page, fact: Fact, text: Text) -> str:
    place = page.places.get(fact.id)
    if place is None:
        return ""
    said = text(place.zh if page.language == "zh" else place.en)
    told = f'<a href="#{place.row}">{said}</a>' if place.row else said
    if place.url and is_web_address(place.url):
        link = f'href="{escape(place.url)}" rel="noopener noreferrer nofollow"'
        told += f" · <a {link}>{_PASSAGE.said(page.language)}</a>"
    return told


def data_tables(page: Page, text: Text) -> str:
    """Every table of data, folded, each row with its anchor."""
    return "".join(_data(table, page.language, text) for table in page.tables)


def _data(table: DataTable, language: Language, text: Text) -> str:
    head = "".join(f'<th scope="col">{text(c.said(language))}</th>' for c in table.columns)
    rows = "".join(
        f'<tr id="{row_anchor(table.name, at)}">'
        + "".join(f"<td>{text(shown(cell))}</td>" for cell in row)
        + "</tr>\n"
        for at, row in enumerate(table.rows)
    )
    return _folded(table.title.said(language), head, rows, f' id="{row_anchor(table.name)}"')


def shown(cell: Cell) -> str:
    """A cell of data as text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "✓" if cell else "✕"
    return f"{cell:.9g}" if isinstance(cell, float) else str(cell)


def _folded(title: str, head: str, rows: str, mark: str) -> str:
    return (
        f"<details{mark}><summary>{escape(title)}</summary>\n"
        f'<div class="scroll" tabindex="0"><table class="data"><thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></div></details>\n"
    )
