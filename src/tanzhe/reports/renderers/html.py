"""Self-contained HTML: the chart and the style inside, no script, no request to anywhere."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from tanzhe.errors import Language
from tanzhe.reports.charts import Drawing, drawing
from tanzhe.reports.marked import Line, Part, Run, number_columns, plain, read_parts
from tanzhe.reports.page import Page
from tanzhe.reports.vocabulary import label

# The whole page may load nothing: no script, no image, no font, no frame.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def render(page: Page) -> str:
    """The report as one HTML file."""
    parts = read_parts(page.markdown)
    heading = next(part for part in parts if part.kind == "heading")
    sheets = (_sheet("page.css"), _sheet("chart.css"))
    notes = [part for part in parts if part.kind == "note"]
    body, folded = _folded([part for part in parts if part.kind != "note"], page)
    annex = _annex(folded, notes, page)
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGES[page.language]}">\n<head>\n'
        f'<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(plain(heading.line))}</title>\n<style>\n{''.join(sheets)}</style>\n"
        f"</head>\n<body>\n<main>\n{body}\n{annex}</main>\n</body>\n</html>\n"
    )


def _sheet(name: str) -> str:
    return files("tanzhe.reports.renderers").joinpath(name).read_text(encoding="utf-8")


def _folded(parts: Sequence[Part], page: Page) -> tuple[str, str]:
    """The body, and what stands under the heading of the annex."""
    name = label("page", "annex", page.language)
    heads = [i for i, p in enumerate(parts) if p.kind == "heading" and plain(p.line) == name]
    at = heads[0] if heads else len(parts)
    body, rest = parts[:at], parts[at + 1 :]
    return ("\n".join(_block(p, page) for p in body), "\n".join(_block(p, page) for p in rest))


def _annex(inside: str, notes: Sequence[Part], page: Page) -> str:
    """The annex and the notes, folded; a browser opens them for a link, and for print."""
    told = f"{inside}\n{_notes(notes, page.language)}" if inside else _notes(notes, page.language)
    if not inside:
        return told
    name = label("page", "annex", page.language)
    return f'<details class="annex"><summary>{name}</summary>\n{told}</details>\n'


def _block(part: Part, page: Page) -> str:
    if part.kind == "heading":
        return f"<h{part.level}>{_inline(part.line)}</h{part.level}>"
    if part.kind == "paragraph":
        return f"<p>{_inline(part.line)}</p>"
    if part.kind == "list":
        return _list(part, page)
    if part.kind == "table":
        return _table(part.rows)
    return _figure(part, page)


def _list(part: Part, page: Page) -> str:
    tag = "ol" if part.ordered else "ul"
    items = []
    for item in part.parts:
        inside = "\n".join(_block(one, page) for one in item.parts)
        items.append(f"<li>{_inline(item.line)}{inside}</li>")
    return f"<{tag}>\n" + "\n".join(items) + f"\n</{tag}>"


def _table(rows: Sequence[Sequence[Line]]) -> str:
    """A table that scrolls by itself where it is too wide; numbers stand to the right."""
    right = number_columns(rows)

    def style(at: int) -> str:
        return ' class="number"' if right[at] else ""

    head = "".join(f'<th scope="col"{style(i)}>{_inline(c)}</th>' for i, c in enumerate(rows[0]))
    body = "".join(
        "<tr>"
        + f'<th scope="row">{_inline(row[0])}</th>'
        + "".join(f"<td{style(i)}>{_inline(cell)}</td>" for i, cell in enumerate(row[1:], 1))
        + "</tr>\n"
        for row in rows[1:]
    )
    return (
        f'<div class="scroll" tabindex="0"><table>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}</tbody>\n</table></div>"
    )


def _inline(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    if run.note is not None:
        return f'<sup><a href="#note-{run.note}" role="doc-noteref">{run.note}</a></sup>'
    text = escape(run.text)
    if run.address is not None:
        return f'<a href="{escape(run.address)}" rel="noopener noreferrer nofollow">{text}</a>'
    return f"<strong>{text}</strong>" if run.bold else text


def _notes(notes: Sequence[Part], language: Language) -> str:
    if not notes:
        return ""
    items = "".join(
        f'<li id="note-{note.level}" value="{note.level}">{_inline(note.line)}</li>\n'
        for note in notes
    )
    name = label("page", "notes", language)
    head = f'<section class="notes" role="doc-endnotes"><h2>{name}</h2>'
    return f"{head}\n<ol>\n{items}</ol></section>\n"


def _figure(part: Part, page: Page) -> str:
    title = plain(part.line)
    drawn = drawing(part.about, page.findings, title=title, language=page.language)
    return (
        f'<figure>\n<div class="wide">{drawn.wide}</div>\n'
        f'<div class="narrow">{drawn.narrow}</div>\n'
        f"<figcaption><strong>{escape(title)}</strong>{_gap(page.language)}{escape(drawn.key)}"
        f"</figcaption>\n{_values(drawn, page.language)}</figure>"
    )


def _gap(language: Language) -> str:
    return "　" if language == "zh" else " "


def _values(drawn: Drawing, language: Language) -> str:
    """The numbers of a picture, for who cannot see it or wants them."""
    if not drawn.table:
        return ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in drawn.table[0])
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in rest)}</tr>\n"
        for first, *rest in drawn.table[1:]
    )
    return (
        f"<details><summary>{label('page', 'values', language)}</summary>\n"
        f'<div class="scroll" tabindex="0"><table class="values"><thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></div></details>\n"
    )
