"""Lines become turning points, items and fields, in any layout near the known ones."""

import re
from collections import Counter
from dataclasses import replace

from tanzhe.audit.body import Body
from tanzhe.audit.draft import Draft
from tanzhe.audit.headings import Heading, Headings
from tanzhe.audit.labels import recurring_labels
from tanzhe.audit.marks import Mark, bare, mark_of
from tanzhe.audit.prose import join_references, read_prose
from tanzhe.audit.records import Field, Item, Layout, Point, ReportText
from tanzhe.audit.references import References, find_references
from tanzhe.audit.sharing import share_links
from tanzhe.audit.subject import region_of, sector_of_title, written_on
from tanzhe.audit.tables import TableReader
from tanzhe.audit.understanding import measure
from tanzhe.audit.wrapping import unwrapped

_CLOSING = re.compile(
    r"^\W*(?:附[录件注表]|说明|备注|总结|小结|结语|结论|数据来源|参考|免责|注[:：]|声明|后记|写在最后"
    r"|appendix|annex|method|limitation|conclusion|summary|about |disclaimer|data\b)", re.I,
)  # fmt: skip


_NOTE = re.compile(r"^\W{0,3}(?:说明|备注|注(?:释|意)?|附注|Notes?|Remarks?)\s*\d?\s*[:：]", re.I)


class _Reader:
    """Reads a report from top to bottom, each line by what it is."""

    def __init__(self, report: ReportText, lines: list[str], references: References) -> None:
        self.report = report
        self.references = references
        self.headings = Headings(lines, references.lines)
        self.draft = Draft(report)
        self.body = Body(self.draft, recurring_labels(lines))
        self.table = TableReader(self.draft)
        self.level = 0  # heading level of turning points

    def read(self) -> None:
        for number, mark in enumerate(self.headings.marks, 1):
            if number in self.references.lines or number in self.headings.pages:
                mark = Mark(kind="rule", text="")
            if mark.kind == "row":
                self.table.add(number, mark.text)
            else:
                self.table.end()
                self._line(number, mark)
            self.body.blank = mark.kind in ("blank", "rule")
        self.table.end()

    def _line(self, number: int, mark: Mark) -> None:
        if mark.kind == "blank":
            return
        if mark.kind == "rule":
            self.draft.close()
            return
        first = not self.report.title and self.draft.point is None
        heading = self.headings.at(number, alone=self.body.blank)
        if heading and mark.kind == "plain" and self.body.awaits(number):
            heading = None  # the value of the label above
        deeper = mark.kind == "heading" and self.level and mark.level > self.level
        if heading and not deeper:
            self._point(number, mark, heading)
        elif first:
            self.report.title = bare(mark.text)
            self.report.head.append((number, mark.text))
        elif mark.kind == "heading" or self._closes(number, mark):
            self._heading(number, mark)
        elif self.draft.aside:
            self.draft.say(number, mark.text)
        elif self.draft.item is None and self.draft.dated and _NOTE.match(mark.text):
            self.report.asides.append((number, mark.text))
        elif self.draft.point is None and not self.body.begins_item(mark):
            self.report.head.append((number, mark.text))
        elif self.draft.point is None and self.draft.dated:
            self.draft.say(number, mark.text)
        elif self.draft.point is None and self._is_preface(number):
            self.report.head.append((number, mark.text))
        else:
            self.body.line(number, mark)

    def _closes(self, number: int, mark: Mark) -> bool:
        """Whether a line that is no heading by its mark ends the telling of events."""
        last = word = False
        if self.draft.dated and mark.kind in ("plain", "number") and self.body.blank:
            last = not self._is_preface(number)
            word = len(mark.text) <= 20 and bool(_CLOSING.match(bare(mark.text)))
        return self.draft.dated and (self.headings.closes(number) or (last and word))

    def _is_preface(self, number: int) -> bool:
        """Whether turning points with headings are still to come: a list before them sums up."""
        return bool(self.headings.formed) and self.headings.formed[-1] > number

    def _point(self, number: int, mark: Mark, heading: Heading) -> None:
        if mark.kind == "heading" and not self.level:
            self.level = mark.level
        self.draft.begin_point(number, heading)
        if heading.rest:
            self.body.line(number, Mark(kind="plain", text=heading.rest))

    def _heading(self, number: int, mark: Mark) -> None:
        self.draft.close()
        closing = _CLOSING.match(bare(mark.text)) or mark.kind != "heading"
        if self.draft.point is None and not self.draft.dated:
            self.report.head.append((number, mark.text))
        elif not closing and not self.draft.aside and (
            mark.level > self.level or not self.level
        ) and self.draft.point is not None:  # fmt: skip
            self.body.heading(number, mark)
        elif self.draft.dated:
            self.draft.set_aside(number, mark.text)
        else:
            self.draft.point = None
            self.report.head.append((number, mark.text))


def _settle(item: Item, styles: Counter[str]) -> None:
    """A bold start without further labels is a title with its text, not a label."""
    labelled = [f for f in item.fields if f.role not in ("name", "text")]
    if item.category and not labelled:
        item.title, first = item.category, item.fields[0]
        first.role, first.label = "text", ""
        item.category = ""
    elif item.category and not item.title:
        item.title, item.category = item.category, ""
    styles["labelled" if labelled else "bullets"] += 1


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


def _finish(report: ReportText, references: References, tables: int) -> None:
    """Prose becomes items, references join, links find their items."""
    styles: Counter[str] = Counter()
    known = references.by_mark
    prose = False
    for point in report.points:
        for item in point.items:
            _settle(item, styles)
        _share_hanging(point, report)
        for item in point.items:
            own = any(one.links for one in item.fields)
            item.loose = item.loose and (
                item.cited or not own
            )  # a bullet with a source stands for itself
        listed = len(point.items)
        read_prose(point, known)
        prose = prose or len(point.items) > listed == 0
        point.empty = point.empty or _says_nothing(point)
        for number, item in enumerate(point.items, 1):
            item.id = f"{point.id or '0'}/{number}"
            join_references(item, known)
            item.links = [link for one in item.fields for link in one.links]
        share_links(point)
    report.references = [link for entry in references.entries for link in entry.links]
    report.layout = _layout(report, styles, prose=prose, tables=tables)
    named = " ".join([report.title, *(text for _, text in report.head[:6])])
    report.region = region_of(named, report.items)
    report.sector = sector_of_title(named)
    report.written = written_on(report)
    measure(report)


def _layout(report: ReportText, styles: Counter[str], *, prose: bool, tables: int) -> Layout:
    if not report.items:
        return "empty"
    if prose:
        return "prose"
    if tables:
        return "table"
    return "labelled" if styles["labelled"] >= styles["bullets"] else "bullets"


def read_layout(name: str, lines: list[str]) -> ReportText:
    """A report as turning points, items and fields.

    Args:
        name: file name, for explanations.
        lines: from `report_lines`.

    Returns:
        What could be read, and what share of the text that is; text that is no report gives no
        items.
    """
    whole, reach = unwrapped(lines)
    report = ReportText(name=name, title="", layout="empty", lines=lines)
    references = find_references(whole)
    reader = _Reader(report, whole, references)
    reader.read()
    _finish(report, references, reader.table.read)
    for item in report.items:
        item.last_line = max(reach.get(n, n) for n in (item.last_line, *_lines_of(item)))
    return report


def _lines_of(item: Item) -> list[int]:
    return [item.line, *(one.line for one in item.fields if one.value)]
