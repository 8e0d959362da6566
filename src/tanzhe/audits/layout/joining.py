"""Sections as read become whole: prose into items, references and links to what they bear."""

import re
from collections.abc import Mapping
from dataclasses import replace

from tanzhe.audits.layout.prose import join_references, read_prose
from tanzhe.audits.layout.references import References
from tanzhe.audits.layout.sharing import share_links
from tanzhe.audits.lines.marks import mark_of
from tanzhe.audits.records import Field, Item, Point, ReportText
from tanzhe.errors import Words


def join_parts(report: ReportText, references: References, reach: Mapping[int, int]) -> None:
    """Make the items of a report complete.

    Args:
        report: turning points, items and prose as read from top to bottom.
        references: its list of references.
        reach: the last line of lines that were broken at the edge of the page.
    """
    for point in report.points:
        for item in point.items:
            _settle(item)
        _share_hanging(point, report)
        for item in point.items:  # a bullet with a source of its own stands for itself
            item.loose = item.loose and (item.cited or not any(f.links for f in item.fields))
        read_prose(point, references.by_mark)
        point.empty = point.empty or _says_nothing(point)
        for number, item in enumerate(point.items, 1):
            item.id = f"{point.id or '0'}/{number}"
            join_references(item, references.by_mark)
            item.links = [link for one in item.fields for link in one.links]
            lines = [item.line, item.last_line, *(f.line for f in item.fields if f.value)]
            item.last_line = max(reach.get(n, n) for n in lines)
        share_links(point)
    report.references = [link for entry in references.entries for link in entry.links]
    _drop_nameless(report)


def _settle(item: Item) -> None:
    """A bold start without further labels is a title with its text, not a label."""
    labelled = [f for f in item.fields if f.role not in ("name", "text")]
    if item.category and not labelled:
        item.title, first = item.category, item.fields[0]
        first.role, first.label = "text", ""
        item.category = ""
    elif item.category and not item.title:
        item.title, item.category = item.category, ""


def _says_nothing(point: Point) -> bool:
    """Nothing but one short sentence of denial under a heading, in whatever words."""
    words = [text for _, text in point.prose]
    if point.items or not words or any(re.search(r"\d|://", text) for text in words[1:]):
        return False
    denial = re.search(r"没|未|无|空|缺|\bno\b|none|nothing", words[0], re.I)
    return bool(len(words[0]) <= 60 and denial)


def _share_hanging(point: Point, report: ReportText) -> None:
    """A source line that hangs under bare bullets is that of all of them."""
    bullets = [mark_of(report.lines[item.line - 1]).kind == "bullet" for item in point.items]
    if len(point.items) < 2 or not all(bullets):
        return
    last = point.items[-1]
    sources = [
        one for one in last.of("source") if mark_of(report.lines[one.line - 1]).kind == "plain"
    ]
    if sources and not any(one.links for item in point.items[:-1] for one in item.fields):
        shared = [replace(link, cited=True) for one in sources for link in one.links]
        for item in point.items:
            item.cited = True
            item.fields.append(
                Field(label=sources[0].label, role="source", value="", line=sources[0].line)
            )
            item.fields[-1].links = list(shared)
        last.fields = [one for one in last.fields if not any(one is s for s in sources)]


def _drop_nameless(report: ReportText) -> None:
    """An item for which no name was read, outside tables, was misread: it is not judged."""
    for point in report.points:
        nameless = [i for i in point.items if not (i.title.strip() or i.in_table or i.of("name"))]
        for item in nameless:
            why = Words("没有读出条目的名称", "no name of the item could be read")
            report.unread.append((item.line, item.last_line, why))
        point.items = [i for i in point.items if not any(i is n for n in nameless)]
