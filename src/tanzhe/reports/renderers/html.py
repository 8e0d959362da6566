"""Self-contained HTML: the chart and the style inside, no script, no request to anywhere."""

import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from tanzhe.errors import Language
from tanzhe.reports.axes import adjusted_rates
from tanzhe.reports.chart import chart
from tanzhe.reports.dates import period_words
from tanzhe.reports.findings import Findings
from tanzhe.reports.marked import Line, Part, Run, read_parts
from tanzhe.reports.page import Page
from tanzhe.reports.selection import charted_points
from tanzhe.reports.vocabulary import label, unit_name

# The whole page may load nothing: no script, no image, no font, no frame.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def render(page: Page) -> str:
    """The report as one HTML file."""
    parts = read_parts(page.markdown)
    heading = next(part for part in parts if part.kind == "heading")
    style = files("tanzhe.reports.renderers").joinpath("page.css").read_text(encoding="utf-8")
    notes = [part for part in parts if part.kind == "note"]
    body = "\n".join(_block(part, page) for part in parts if part.kind != "note")
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGES[page.language]}">\n<head>\n'
        f'<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(_plain(heading.line))}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n{_notes(notes, page.language)}</main>\n</body>\n</html>\n"
    )


def _plain(line: Line) -> str:
    return "".join(run.text for run in line if run.note is None)


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
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in rows[0])
    body = "".join(
        "<tr>"
        + f'<th scope="row">{_inline(row[0])}</th>'
        + "".join(f"<td>{_inline(cell)}</td>" for cell in row[1:])
        + "</tr>\n"
        for row in rows[1:]
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"


def _inline(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    if run.note is not None:
        return f'<sup><a href="#note-{run.note}" role="doc-noteref">{run.note}</a></sup>'
    text = escape(run.text)
    if run.url is not None and re.match(r"https?://", run.url):
        return f'<a href="{escape(run.url)}" rel="noopener noreferrer nofollow">{text}</a>'
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
    findings = page.findings
    points = charted_points(findings)
    title = _plain(part.line)
    drawn = chart(
        findings.points.series,
        points,
        title=title,
        adjusted=findings.points.adjusted,
        language=page.language,
    )
    return (
        f'<figure>\n<div class="scroll" tabindex="0">{drawn}</div>\n'
        f"<figcaption>{escape(title)}</figcaption>\n{_values(findings, page.language)}</figure>"
    )


def _values(findings: Findings, language: Language) -> str:
    """The numbers of the chart, for who cannot see it or wants them."""
    points = findings.points
    series, smooth = points.series, adjusted_rates(points.series, points.adjusted)
    unit = unit_name(series.unit).said(language)
    heads = [label("page", "period", language), unit]
    columns = [series.values]
    if smooth:
        each = label("each", series.frequency, language)
        heads.append(f"{label('legend', 'adjusted', language)} ({unit} / {each})")
        columns.append(tuple(smooth))
    rows = "".join(
        f'<tr><th scope="row">{escape(period_words(series, period).said(language))}</th>'
        f"{''.join(_number(value, language) for value in values)}</tr>\n"
        for period, *values in zip(series.periods, *columns, strict=True)
    )
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return (
        f"<details><summary>{label('page', 'values', language)}</summary>\n"
        f'<table class="values"><thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></details>\n"
    )


def _number(value: float | None, language: Language) -> str:
    missing = label("page", "missing", language)
    return f"<td>{missing if value is None else f'{value:,.6g}'}</td>"
