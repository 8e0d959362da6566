"""Lines become turning points, items and fields, in any layout near the known ones."""

import re

from tanzhe.audits.layout.body import Body
from tanzhe.audits.layout.draft import Draft
from tanzhe.audits.layout.joining import join_parts
from tanzhe.audits.layout.references import References, find_references, unexplained
from tanzhe.audits.layout.subject import region_of, sector_of_title, written_on
from tanzhe.audits.layout.tables import TableReader
from tanzhe.audits.layout.understanding import measure
from tanzhe.audits.lines.headings import Heading, Headings
from tanzhe.audits.lines.labels import bullet_fields, listed_fields, read_label, recurring_labels
from tanzhe.audits.lines.marks import Mark, bare
from tanzhe.audits.lines.wrapping import unwrapped
from tanzhe.audits.records import Layout, ReportText
from tanzhe.errors import Words

_CLOSING = re.compile(
    r"^\W*(?:附[录件注表]|说明|备注|总结|小结|结语|结论|数据来源|参考|免责|注[:：]|声明|后记|写在最后"
    r"|appendix|annex|method|limitation|conclusion|summary|about |disclaimer|data\b)", re.I,
)  # fmt: skip


_NOTE = re.compile(
    r"^\W{0,3}(?:(?:说明|备注|注(?:释|意)?|附注|Notes?|Remarks?)\s*\d?\s*[:：]"
    r"|(?:图表?|表|Figure|Fig\.|Table|Chart|Exhibit)\s*\d)", re.I,
)  # fmt: skip


class _Reader:
    """Reads a report from top to bottom, each line by what it is."""

    def __init__(self, report: ReportText, lines: list[str], references: References) -> None:
        self.report = report
        self.references = references
        self.headings = Headings(lines, references.lines)
        self.draft = Draft(report)
        self.body = Body(
            self.draft, recurring_labels(lines), bullet_fields(lines), listed_fields(lines)
        )
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
        if heading and mark.kind in ("plain", "bullet") and self._names_point(mark):
            self.draft.place(number, heading)
            return
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

    def _names_point(self, mark: Mark) -> bool:
        """Whether a line is the field of an item that says which turning point it belongs to."""
        item, label = self.draft.item, read_label(mark.text)
        if item is None or self.body.blank or label is None or label.role != "point":
            return False
        return len(label.label) > len("转折点") or not any(f.role == "date" for f in item.fields)

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


def _layout(report: ReportText) -> Layout:
    """How most items of a report are written."""
    items = report.items
    if not items:
        return "empty"
    if any(item.in_prose for item in items) and not any(i.in_table for i in items):
        return "prose"
    if any(item.in_table for item in items):
        return "table"
    labelled = sum(any(f.role not in ("name", "text") for f in i.fields) for i in items)
    return "labelled" if 2 * labelled >= len(items) else "bullets"


def _describe(report: ReportText) -> None:
    """What the report is about, and how it is written."""
    report.layout = _layout(report)
    named = " ".join([report.title, *(text for _, text in report.head[:6])])
    report.region = region_of(named, report.items)
    report.sector = sector_of_title(named)
    report.written = written_on(report)


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
    join_parts(report, references, reach)
    for mark, line in unexplained(whole, references).items():
        words = Words(
            f"引用了 [{mark}]，参考文献里没有这一条", f"[{mark}] is cited and is in no list"
        )
        report.odd.append((line, words))
    _describe(report)
    measure(report)
    return report
